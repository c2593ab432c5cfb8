"""SignOff: who answers for a return."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SignOff:
    """Who prepared, checked and signed, and when: names or roles as the office writes them."""

    prepared_by: str
    checked_by: str
    signed_by: str
    signed_role: str
    signed_on: date | None = None
    checked_on: date | None = None
