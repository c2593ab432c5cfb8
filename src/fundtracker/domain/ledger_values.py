"""The values of a listing's cells: amounts in the ways that finance systems write them, days in their UK form, and text.

A formula without a result, an error, a truth value: Unreadable with its reason, never nought and never blank.
"""

import re
from datetime import date
from typing import NamedTuple

from fundtracker.domain.kinds import LONGEST_TEXT, DateKind, MoneyKind
from fundtracker.domain.ledger_listing import BadCell, Given, shown
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.text import as_shown

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+")
_MARK = re.compile(r"\s*\b(CR|DR)\.?$|(?<=\d)(CR|DR)\.?$", re.IGNORECASE)
_DASHES = frozenset({"-", "–", "—"})
_TIME = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_MONEY, _DATE = MoneyKind(), DateKind()


_LONGEST = 60
"""Characters of an amount or a day: more is neither, and takes long to be tried against their forms."""


class Said(NamedTuple):
    """An amount as written; `fixed` where CR or DR says which way it goes, whatever the column's sign means."""

    amount: Money
    fixed: bool = False


def read_amount(found: Given) -> Said | None:
    """12.00, (12.00), 12.00-, £12.00 or 12.00 CR; None for an empty cell or a dash. Unreadable says what is wrong."""
    if found is None:
        return None
    if isinstance(found, BadCell):
        raise Unreadable(found.message)
    if not isinstance(found, str):
        return Said(_MONEY.from_cell(found))
    text = found.replace("\u2212", "-").replace("£", "").replace("\xa0", " ").strip()
    if not text or text in _DASHES:
        return None
    if len(text) > _LONGEST:
        raise Unreadable(f"holds “{as_shown(found)}”, which is not an amount such as 1,234.56")
    mark = _MARK.search(text)
    which = (mark[1] or mark[2]).upper() if mark else ""
    core = (text[: mark.start()] if mark else text).strip()
    core, signs = _unsigned(core)
    if not _NUMBER.fullmatch(core):
        raise Unreadable(f"holds “{as_shown(found)}”, which is not an amount such as 1,234.56")
    if signs > 1 or (signs and which):
        raise Unreadable(f"holds “{as_shown(found)}”, which has more than one sign: write it with one")
    amount = Money.read(core)
    if which:
        return Said(-amount if which == "CR" else amount, fixed=True)
    return Said(-amount if signs else amount)


def _unsigned(text: str) -> tuple[str, int]:
    """A number's text without brackets and signs, and how many of them said "below nought"."""
    signs, core = 0, text
    if core.startswith("(") and core.endswith(")"):
        signs, core = 1, core[1:-1].strip()
    if core.startswith(("-", "+")):
        signs, core = signs + (core[0] == "-"), core[1:].strip()
    if core.endswith("-"):
        signs, core = signs + 1, core[:-1].strip()
    return core, signs


def read_day(found: Given) -> date | None:
    """A day, in its UK form where it is text (a time after it counts for nothing); None for an empty cell."""
    if isinstance(found, BadCell):
        raise Unreadable(found.message)
    if isinstance(found, str):
        text = found.strip()
        text = _TIME.sub("", text) if len(text) <= _LONGEST else text
        if not text:
            return None
        try:
            return _DATE.read(text)
        except Unreadable as wrong:
            raise Unreadable(_follows(str(wrong))) from None
    if found is None:
        return None
    return _DATE.from_cell(found)


def read_text(found: Given) -> str:
    """Text on one line, blanks between its words made one; a number as it is typed."""
    if isinstance(found, BadCell):
        raise Unreadable(found.message)
    text = " ".join(shown(found).split())
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"has {len(text):,} characters; at most {LONGEST_TEXT:,} can be kept")
    return text


def _follows(message: str) -> str:
    """ "“31/02/2024” is not a day: ..." as it follows the name of a column."""
    words = message.rstrip(".")
    if re.search("” is not a (date|day)", words):
        return f"holds {words.replace('” is not a ', '”, which is not a ', 1)}"
    return f"holds a day that can't be right: {words}"
