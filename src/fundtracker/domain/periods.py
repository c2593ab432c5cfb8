"""Financial years (April to March) and their quarters, as public bodies count them."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fundtracker.domain.problems import Unreadable
from fundtracker.domain.text import as_shown

_YEAR = re.compile(r"((?:19|20)\d\d)\s*[/-]\s*(?:20)?(\d\d)")
_QUARTER = re.compile(r"((?:19|20)\d\d)\s*[/-]\s*(?:20)?(\d\d)[\s-]*q\s*([1-4])", re.IGNORECASE)
_MONTHS = {1: "April to June", 2: "July to September", 3: "October to December", 4: "January to March"}


@dataclass(frozen=True, slots=True, order=True)
class FinancialYear:
    """1 April of `start` to 31 March of the next year, both days included."""

    start: int

    @classmethod
    def of(cls, day: date) -> "FinancialYear":
        return cls(day.year if day.month >= 4 else day.year - 1)  # noqa: PLR2004 - April

    @classmethod
    def read(cls, typed: str) -> "FinancialYear":
        """ "2023/24", "2023-24" or "2023/2024". Raises Unreadable."""
        match = _YEAR.fullmatch(typed.strip())
        if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
            raise Unreadable(f"“{as_shown(typed)}” is not a financial year: type it as 2023/24.")
        return cls(int(match[1]))

    @property
    def begins_on(self) -> date:
        return date(self.start, 4, 1)

    @property
    def ends_on(self) -> date:
        return date(self.start + 1, 3, 31)

    @property
    def quarters(self) -> tuple["Quarter", "Quarter", "Quarter", "Quarter"]:
        return Quarter(self, 1), Quarter(self, 2), Quarter(self, 3), Quarter(self, 4)

    @property
    def next(self) -> "FinancialYear":
        return FinancialYear(self.start + 1)

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a financial year: Q1 April-June, Q2 July-September, Q3 October-December, Q4 January-March."""

    year: FinancialYear
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(FinancialYear.of(day), (day.month + 8) % 12 // 3 + 1)

    @classmethod
    def read(cls, typed: str) -> "Quarter":
        """ "2023/24 Q3" or "2023-24-Q3". Raises Unreadable."""
        match = _QUARTER.fullmatch(typed.strip())
        if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
            raise Unreadable(f"“{as_shown(typed)}” is not a quarter: type it as 2023/24 Q3.")
        return cls(FinancialYear(int(match[1])), int(match[3]))

    @property
    def begins_on(self) -> date:
        month = 1 + self.number * 3 if self.number < 4 else 1  # noqa: PLR2004 - the fourth begins in January
        return date(self.year.start + (self.number == 4), month, 1)  # noqa: PLR2004

    @property
    def ends_on(self) -> date:
        return self.next.begins_on - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year.next, 1)  # noqa: PLR2004

    @property
    def previous(self) -> "Quarter":
        return (
            Quarter(self.year, self.number - 1)
            if self.number > 1
            else Quarter(FinancialYear(self.year.start - 1), 4)
        )

    @property
    def code(self) -> str:
        """ "2023-24-Q3": for files and commands, and in the database, where it sorts by time."""
        return f"{self.year.start}-{(self.year.start + 1) % 100:02d}-Q{self.number}"

    @property
    def months(self) -> str:
        """ "July to September 2024": as it stands on a cover."""
        return f"{_MONTHS[self.number]} {self.ends_on.year}"

    def __contains__(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on

    def __str__(self) -> str:
        return f"{self.year} Q{self.number}"


@dataclass(frozen=True, slots=True)
class QuarterRun:
    """Quarters from `first` to `last`, both included."""

    first: Quarter
    last: Quarter

    @property
    def begins_on(self) -> date:
        return self.first.begins_on

    @property
    def ends_on(self) -> date:
        return self.last.ends_on

    def __str__(self) -> str:
        """ "2024/25 Q1 to Q3"."""
        if self.first == self.last:
            return str(self.first)
        last = f"Q{self.last.number}" if self.last.year == self.first.year else str(self.last)
        return f"{self.first} to {last}"


def quarters_between(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """From `first` to `last`, both included; none where `last` is before `first`."""
    while first <= last:
        yield first
        first = first.next


def reported_quarter(as_at: date) -> Quarter:
    """The last quarter that had ended by `as_at` (the day included): the one a return then reports."""
    return Quarter.of(as_at + timedelta(days=1)).previous


_DATE_FORMS = (
    re.compile(r"(?P<d>\d{1,2})\s*[/.\-\s]\s*(?P<m>\d{1,2})\s*[/.\-\s]\s*(?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(
        r"(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s\-]*(?P<name>[a-z]{3,9})\.?[\s\-,]*(?P<y>\d{4}|\d{2})",
        re.IGNORECASE,
    ),
)
_LONGEST_DATE = 60
"""Characters. Anything longer is no day, and would be tried against the forms in a great many ways."""
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def read_date(typed: str) -> date:
    """A day as people type it in the UK: 1/4/2026, 01.04.26, 1 April 2026, 1-Apr-26, 2026-04-01. Raises Unreadable."""
    text = " ".join(typed.split())
    refusal = Unreadable(f"“{as_shown(text)}” is not a date: type it as 31/03/2025 or 31 March 2025.")
    if len(text) > _LONGEST_DATE:
        raise refusal
    for form in _DATE_FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        parts = match.groupdict()
        if name := (parts.get("name") or "").lower():
            if name[:3] not in _MONTH_NAMES or not (
                _FULL_MONTHS[_MONTH_NAMES.index(name[:3])].startswith(name) or name == "sept"
            ):
                raise refusal
            month = _MONTH_NAMES.index(name[:3]) + 1
        else:
            month = int(parts["m"])
        year, day = int(parts["y"]), int(parts["d"])
        year = year + 2000 if year < 100 else year  # noqa: PLR2004
        try:
            return date(year, month, day)
        except ValueError:
            raise _no_such_day(text, year, month, day) or refusal from None
    raise refusal


_WITHOUT_A_YEAR = re.compile(r"\d{1,2}(?:(?P<mark>[/.-])\d{1,2}|[ -]?[A-Za-z]{3,9})")


def nearest_day(typed: str, today: date) -> date | None:
    """A day typed without its year (31/8, 31 Aug), in the year that brings it nearest to today; or "today".

    None where the text is neither. Raises Unreadable where no year has such a day.
    """
    text = " ".join(typed.split())
    if text.casefold() == "today":
        return today
    match = _WITHOUT_A_YEAR.fullmatch(text)
    if match is None:
        return None
    mark = match["mark"] or " "
    found: list[date] = []
    trouble: Unreadable | None = None
    for year in (today.year, today.year - 1, today.year + 1):
        try:
            found.append(read_date(f"{text}{mark}{year}"))
        except Unreadable as unread:
            trouble = trouble or unread
    if not found and trouble is not None:
        raise trouble
    return min(found, key=lambda day: abs(day - today))


def _no_such_day(text: str, year: int, month: int, day: int) -> Unreadable | None:
    """ "“31/09/2024” is not a day: September has 30."; None where it isn't the day that is wrong."""
    if not 1 <= month <= len(_FULL_MONTHS) or day <= (last := monthrange(year, month)[1]):
        return None
    name = _FULL_MONTHS[month - 1].capitalize()
    of = f"{name} {year}" if name == "February" else name
    return Unreadable(f"“{as_shown(text)}” is not a day: {of} has {last}.")


def long_date(day: date) -> str:
    """ "1 April 2026"."""
    return f"{day.day} {_FULL_MONTHS[day.month - 1].capitalize()} {day.year}"


def short_date(day: date) -> str:
    """ "01/04/2026", for columns."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
