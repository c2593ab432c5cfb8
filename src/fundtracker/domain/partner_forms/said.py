"""FormSaid: what a form that came back says, by the keys of its rows; FormProblem: what is wrong with it, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fundtracker.domain.partner_forms.layout import AboutField
from fundtracker.domain.problems import Severity


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that holds something which can't be taken as a value of its column: what it shows, and what to do."""

    shown: str
    message: str


@dataclass(frozen=True, slots=True)
class SaidRow:
    """One row as it came back. A column's value is of its kind, None where the cell is empty, or Unread."""

    key: str
    values: Mapping[str, Any]
    places: Mapping[str, str]
    """By column: "Costs!H12"."""

    def place(self, column: str) -> str:
        return self.places.get(column, "")

    def value(self, column: str) -> Any:
        """The value; None where it is empty or can't be read."""
        found = self.values.get(column)
        return None if isinstance(found, Unread) else found


@dataclass(frozen=True, slots=True, kw_only=True)
class FormProblem:
    """One thing that is wrong, however many cells show it. The message says what was found, what is wanted, what to do."""

    check: str
    message: str
    severity: Severity = Severity.ERROR
    places: tuple[str, ...] = ()
    for_office: bool = False
    """The office's own to mend: it isn't told to the partner."""

    def __str__(self) -> str:
        shown = ", ".join(self.places[:_SHOWN])
        more = f" and {len(self.places) - _SHOWN:,} more" if len(self.places) > _SHOWN else ""
        return f"{shown}{more}: {self.message}" if self.places else self.message


_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSaid:
    """Everything a form says. `rows` are by table name and row key, `odd` what the reader itself has to report."""

    name: str
    about: Mapping[AboutField, str]
    sha256: str = ""
    """Of the very bytes that were read."""
    rows: Mapping[str, Mapping[str, SaidRow]] = field(default_factory=dict[str, Mapping[str, SaidRow]])
    odd: tuple[FormProblem, ...] = ()

    def row(self, table: str, key: str) -> SaidRow | None:
        return self.rows.get(table, {}).get(key)
