"""Who signs for money: the officer that the law makes answerable for it."""

import re

_ANSWERABLE = re.compile(
    r"\bchief\s+financ(e|ial)\s+officer\b|\bc\.?f\.?o\b|\b(s|section)?[\s.]*151\b|\btreasurer\b",
    re.IGNORECASE,
)


def signs_for_money(role: str) -> bool:
    """Whether a role names the chief finance officer, the section 151 officer or the treasurer, or who acts for one (domain 5.2)."""
    return _ANSWERABLE.search(role) is not None
