"""The text a spreadsheet program puts on the clipboard: its rows of cells, which field a heading means, and a value as it shows it.

Excel and LibreOffice separate cells by tabs and rows by line ends, and put a cell in quotation marks (doubling those in it) where it
holds a tab, a line end or a quotation mark.
"""

import re
from collections.abc import Sequence

from fundtracker.domain.columns import Column
from fundtracker.domain.kinds import DateKind, Kind, MoneyKind, Number, QuarterKind, WholeNumber, clean_text
from fundtracker.domain.problems import Unreadable

_CELL = re.compile(r'(?:"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*))(\t|\r\n|\r|\n|\Z)')
_NEEDS_QUOTES = re.compile(r'[\t\r\n]|""')
_ODD_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f", " "))
_ERROR = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!)")
_TOO_NARROW = re.compile(r"#{3,}")
_NOUGHT = re.compile(r"£?\s*[-\u2212\u2013]\s*£?")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_TRAILING_MINUS = re.compile(r"([£\d][£\d,. ]*)[-\u2212]")
_WEEKDAY = re.compile(
    r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.IGNORECASE
)
_TIME = re.compile(r"[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_WHOLE = re.compile(r"(.*\d)\.0+")
_QUARTER_FIRST = re.compile(r"(q\s*[1-4])[\s,/-]+(\d{4}\s*[/-]\s*\d{2,4})", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^\w?]+")
_LITTLE = frozenset({"date", "no", "number", "of", "or", "and", "the"})
_AMOUNTS = frozenset({"amount", "value", "sum", "total", "cost", "in"})
_SHORTEST_BEGINNING = 3
"""Letters: fewer might be the beginning of any value."""


def cells_of(text: str) -> list[list[str]]:
    """The rows of a copied block, each its cells as they read; the line end after the last row makes no row."""
    if '"' not in text:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if not lines[-1]:
            lines.pop()
        return [line.split("\t") for line in lines]
    rows: list[list[str]] = []
    row: list[str] = []
    place, end = 0, len(text)
    while place < end or row:
        match = _CELL.match(text, place)
        assert match is not None  # noqa: S101 - an empty cell before any separator, or before the end, always matches
        row.append(_unquoted(match))
        if match[3] != "\t":
            rows.append(row)
            row = []
        place = match.end()
    return rows


def _unquoted(match: re.Match[str]) -> str:
    """A cell that nothing made the spreadsheet quote holds its quotation marks itself: a supplier called "The Hub"."""
    inside = match[1]
    if inside is None:
        return match[2]
    if inside and not _NEEDS_QUOTES.search(inside):
        return f'"{inside}"'
    return inside.replace('""', '"')


def fields_named(cells: Sequence[str], columns: Sequence[Column]) -> tuple[str | None, ...] | None:
    """The field each heading means, None for one that means none (or the field of one before it); None where the row holds no headings.

    It holds headings where at least half of its cells name fields, one of them in full.
    """
    wanted = [_word(each) for each in cells]
    found = [_meant(word, columns) if word else None for word in wanted]
    filled = sum(bool(word) for word in wanted)
    exact = {_word(each.label) for each in columns} | {each.name for each in columns}
    if not any(word in exact for word in wanted) or 2 * sum(each is not None for each in found) < filled:
        return None
    return tuple(None if each in found[:place] else each for place, each in enumerate(found))


def _word(text: str) -> str:
    return _NOT_WORDS.sub(" ", clean_text(text).casefold()).strip()


def _meant(word: str, columns: Sequence[Column]) -> str | None:
    """The field of this label or name; else the only one whose label begins so, or has this word; else the longest label it begins with."""
    labels = {each.name: _word(each.label) for each in columns}
    exact = next((name for name, label in labels.items() if word in {label, name}), None)
    if exact is not None or len(word) < _SHORTEST_BEGINNING:
        return exact
    begins = [name for name, label in labels.items() if label.startswith(word)]
    if begins:
        return begins[0] if len(begins) == 1 else None
    holds = [name for name, label in labels.items() if f" {word} " in f" {label} "]
    if len(holds) == 1:
        return holds[0]
    longer = [name for name, label in labels.items() if word.startswith(f"{label} ")]
    return max(longer, key=lambda name: len(labels[name]), default=None) or _alike(word, columns)


def _alike(word: str, columns: Sequence[Column]) -> str | None:
    """As people head their own sheets: "Date received", "Invoice date", "Invoice number", "Capital/resource"; "Amount" is the only sum
    that must be filled.
    """
    said = set(word.split())
    if said <= _AMOUNTS:
        sums = [each.name for each in columns if isinstance(each.kind, MoneyKind) and each.required]
        return sums[0] if len(sums) == 1 else None
    of_dates = "date" in said
    core = said - _LITTLE
    fitting = [each for each in columns if isinstance(each.kind, DateKind) == of_dates] if core else []
    found = [
        each.name
        for each in fitting
        if (held := set(_word(each.label).split()) - _LITTLE)
        and (core <= held or (of_dates and all(any(h.startswith(c) for h in held) for c in core)))
    ]
    return found[0] if len(found) == 1 else None


def as_typed(kind: Kind, text: str) -> str:
    """A cell's text as a person would type it for a field of this kind; Unreadable for what a spreadsheet shows instead of a value."""
    found = text.translate(_ODD_BLANKS).strip()
    if _ERROR.fullmatch(found):
        raise Unreadable(f"the spreadsheet shows {found}: mend the formula there, or type the value.")
    if _TOO_NARROW.fullmatch(found):
        raise Unreadable(
            f"the spreadsheet shows {found}: widen the column there and copy again, or type the value."
        )
    match kind:
        case MoneyKind():
            return _amount(found)
        case Number() | WholeNumber():
            return _number(kind, found)
        case DateKind():
            return _day(found)
        case QuarterKind():
            return _QUARTER_FIRST.sub(r"\2 \1", found)
        case _:
            return found


def _amount(text: str) -> str:
    if _NOUGHT.fullmatch(text):  # how the accounting format shows nought
        return "0"
    if match := _TRAILING_MINUS.fullmatch(text):
        text = f"-{match[1]}"
    return _THOUSANDS.sub("", text)


def _number(kind: Kind, text: str) -> str:
    text = _THOUSANDS.sub("", text)
    if isinstance(kind, WholeNumber):
        text = text.removesuffix("%").strip()
        if match := _WHOLE.fullmatch(text):
            text = match[1]
    return text


def _day(text: str) -> str:
    """Without the weekday of a long date and the time of a date with one; "November 15, 2023" is the 15th of it."""
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    if match := _TIME.search(text):
        text = text[: match.start()] if match.end() == len(text) else text
    if match := _MONTH_FIRST.fullmatch(text):
        text = f"{match[2]} {match[1]} {match[3]}"
    return text.strip()
