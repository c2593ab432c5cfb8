"""Filter: what a list's column has to hold, typed as people type it (">100", "2024/25 Q2", "north") and said in words."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from fundtracker.domain.columns import Column
from fundtracker.domain.kinds import (
    Choice,
    DateKind,
    Kind,
    MoneyKind,
    Number,
    QuarterKind,
    WholeNumber,
    YearKind,
    YesNo,
    clean_text,
)
from fundtracker.domain.periods import FinancialYear, Quarter, read_date, short_date
from fundtracker.domain.problems import Unreadable

Span = tuple[Any, Any]
"""First and last value, both included."""
EMPTY, FILLED = frozenset({"-", "\u2212", "empty"}), frozenset({"not empty"})
_COMPARED = re.compile(r"(>=|<=|=>|=<|≥|≤|>|<|=)?\s*(.*)", re.DOTALL)
_RANGE = re.compile(r"\s*(?:\.{2,}|…)\s*")
_CALENDAR_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"(?:\d{1,2}\s*[/.\-]\s*|[a-z]{3,9}\.?\s+)(?:19|20)\d\d", re.IGNORECASE)
_SHORTENED = re.compile(r"(.*\d)\s*([km])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing entered; or, `filled`, anything."""

    filled: bool = False

    def __str__(self) -> str:
        return "not empty" if self.filled else "empty"


@dataclass(frozen=True, slots=True)
class Contains:
    """A part of the text, without regard to case or accents; of a reference, a part of what is shown."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Exactly:
    """The whole text, without regard to the case of the letters A to Z; accents count."""

    text: str

    def __str__(self) -> str:
        return f"={self.text}"


@dataclass(frozen=True, slots=True)
class Between:
    """From `low` to `high`, both included unless `above` or `below` leaves them out; None is no limit. Nothing entered is never within."""

    low: Any = None
    high: Any = None
    above: bool = False
    below: bool = False

    def __str__(self) -> str:
        if self.high is None:
            return f"{'>' if self.above else '>='}{said(self.low)}"
        if self.low is None:
            return f"{'<' if self.below else '<='}{said(self.high)}"
        return span_named(self.low, self.high) or f"{said(self.low)}..{said(self.high)}"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of these: options of a choice, True or False, and None for nothing entered."""

    options: tuple[Any, ...]

    def __str__(self) -> str:
        words = [said(each) for each in self.options]
        return ("; " if any("," in word for word in words) else ", ").join(words)


@dataclass(frozen=True, slots=True)
class Filter:
    """What one column has to hold. Its text reads back to the same: read_filter(column, str(filter)) == filter."""

    column: str
    want: Empty | Contains | Exactly | Between | AnyOf

    def __str__(self) -> str:
        return str(self.want)


def read_filter(column: Column, typed: str) -> Filter | None:
    """What a person typed, None for nothing; Unreadable says what to type."""
    text = clean_text(typed).replace("\n", " ")
    if not text:
        return None
    word = text.casefold()
    if word in EMPTY or word in FILLED or word == "=":
        return Filter(column.name, Empty(filled=word in FILLED))
    if isinstance(column.kind, (Choice, YesNo)):
        return Filter(column.name, _read_options(column.kind, text))
    span = _span_reader(column.kind)
    if span is None:
        return Filter(column.name, Exactly(text[1:].strip()) if text.startswith("=") else Contains(text))
    try:
        return Filter(column.name, _read_between(span, text))
    except Unreadable:
        raise Unreadable(f"“{text}” can't be looked for in {column.label}: type {hint(column)}.") from None


def hint(column: Column) -> str:
    """What can be typed to filter a column."""
    kind = column.kind
    ways = {
        MoneyKind: "100, >100, <=2.5k or 100..200",
        Number: "12.5, >12.5, <=2.5k or 10..20",
        WholeNumber: "12, >12, <=2k or 10..20",
        DateKind: "2024, 10/2024, 2024/25, 2024/25 Q2, >1/4/2024 or 1/4/2024..30/6/2024",
        YearKind: "2024/25, >=2024/25 or 2023/24..2025/26",
        QuarterKind: "2024/25 Q2, 2024/25, >=2024/25 Q2 or 2024/25 Q1..2024/25 Q3",
    }
    if isinstance(kind, (Choice, YesNo)):
        return f"one or more of: {'; '.join(_words(kind))}; or - for empty"
    way = next((words for each, words in ways.items() if isinstance(kind, each)), "")
    return f"{way}; or - for empty" if way else "a part of the text, =the whole of it, or - for empty"


# Options


def _read_options(kind: Choice | YesNo, text: str) -> AnyOf | Empty:
    found: list[Any] = []
    for piece in filter(None, (part.strip() for part in text.removeprefix("=").split(";"))):
        options = _options_called(kind, piece)
        words = list[str]() if options else [part.strip() for part in piece.split(",")]
        for word in filter(None, words):
            called = _options_called(kind, word)
            if not called:
                raise Unreadable(f"“{word}” is not one of: {', '.join(_words(kind))}.")
            options += called
        found += options
    known: list[Any] = [*kind.options] if isinstance(kind, Choice) else [True, False]
    chosen = tuple(each for each in (*known, None) if each in found)
    if not chosen:
        raise Unreadable(f"“{text}” names nothing to look for: type some of its words.")
    return Empty() if chosen == (None,) else AnyOf(chosen)


def _words(kind: Choice | YesNo) -> tuple[str, ...]:
    return kind.words if isinstance(kind, Choice) else ("Yes", "No")


def _options_called(kind: Choice | YesNo, word: str) -> list[Any]:
    """The option of that word, else all that begin so; none where nothing does."""
    plain = word.casefold()
    if plain in EMPTY:
        return [None]
    if isinstance(kind, YesNo):
        try:
            return [kind.read(word)]
        except Unreadable:
            return []
    exact = kind.by_word.get(plain)
    return [exact] if exact is not None else [v for w, v in kind.by_word.items() if w.startswith(plain)]


# Spans


def _read_between(span: Callable[[str], Span], text: str) -> Between:
    parts = _RANGE.split(text)
    if len(parts) == 1:
        return _read_compared(span, text)
    if len(parts) > 2 or not any(parts):  # noqa: PLR2004 - two ends
        raise Unreadable(text)
    first, last = (span(part) if part else None for part in parts)
    if first is None or last is None:
        return Between(first[0] if first else None, last[1] if last else None)
    if last[0] < first[0]:
        first, last = last, first
    return Between(first[0], max(first[1], last[1]))


def _read_compared(span: Callable[[str], Span], text: str) -> Between:
    match = _COMPARED.fullmatch(text)
    sign, rest = (match[1] or "", match[2]) if match else ("", text)
    low, high = span(rest)
    match sign:
        case ">":
            return Between(low=high, above=True)
        case "<":
            return Between(high=low, below=True)
        case ">=" | "=>" | "≥":
            return Between(low=low)
        case "<=" | "=<" | "≤":
            return Between(high=high)
        case _:
            return Between(low, high)


def _span_reader(kind: Kind) -> Callable[[str], Span] | None:
    """How a text of this kind is read as a first and a last value; None for texts and references."""
    if isinstance(kind, DateKind):
        return lambda text: _days(kind, text)
    if isinstance(kind, QuarterKind):
        return _quarters
    if isinstance(kind, (MoneyKind, Number, WholeNumber, YearKind)):
        return lambda text: (_one(kind, text),) * 2
    return None


def shown_value(kind: Kind, word: str) -> Span | None:
    """The value that a word is, or the quarters of the year that it is; None where a cell of this kind can't show it."""
    if not any(letter.isdigit() for letter in word):
        return None
    try:
        if isinstance(kind, QuarterKind):
            return _quarters(word)
        if isinstance(kind, (MoneyKind, Number, WholeNumber, DateKind, YearKind)):
            value = kind.read(word)
            return value, value
    except Unreadable:
        pass
    return None


def _one(kind: Kind, text: str) -> Any:
    """A single value; numbers may be short for thousands and millions, as money may."""
    match = _SHORTENED.fullmatch(text.strip())
    if match is None or isinstance(kind, MoneyKind):
        return kind.read(text)
    many = Number().read(match[1]) * (1_000 if match[2].lower() == "k" else 1_000_000)
    return kind.read(str(many.quantize(Decimal("0.001")).normalize().__format__("f")))


def _quarters(text: str) -> Span:
    try:
        found = Quarter.read(text)
    except Unreadable:
        year = FinancialYear.read(text)
        return year.quarters[0], year.quarters[-1]
    return found, found


def _days(kind: DateKind, text: str) -> Span:
    """A day, a month, a quarter, a financial or a calendar year."""
    text = text.strip()
    if _CALENDAR_YEAR.fullmatch(text):
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if _MONTH.fullmatch(text):
        first = read_date(f"1 {text}" if text[0].isalpha() else f"1/{text}")
        return first, _month_end(first)
    for period in (Quarter, FinancialYear):
        try:
            found = period.read(text)
        except Unreadable:
            continue
        return found.begins_on, found.ends_on
    day = kind.read(text)
    return day, day


def _month_end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def span_named(low: Any, high: Any) -> str:
    """The one word for all from `low` to `high`: the value itself, a month, a quarter, a year; "" where there is none."""
    if low == high:
        return said(low)
    if isinstance(low, Quarter):
        return str(low.year) if low.number == 1 and high == low.year.quarters[-1] else ""
    if not isinstance(low, date):
        return ""
    if (low, high) == (date(low.year, 1, 1), date(low.year, 12, 31)):
        return str(low.year)
    if low.day == 1 and high == _month_end(low):
        return f"{low.month:02d}/{low.year}"
    periods = (Quarter.of(low), FinancialYear.of(low))
    return next((str(each) for each in periods if (each.begins_on, each.ends_on) == (low, high)), "")


# Words


def said(value: Any) -> str:
    """A value as it stands in a filter: as it is shown in a list."""
    match value:
        case None:
            return "empty"
        case bool():
            return "Yes" if value else "No"
        case Enum():
            return str(value.value)
        case date():
            return short_date(value)
        case int() | Decimal():
            return f"{value:,}"
        case _:
            return str(value)


def in_words(column: Column, wanted: Filter) -> str:
    """ "Supplier contains “north”", "Net over 100.00": a filter as a reader is told of it."""
    match wanted.want:
        case Empty(filled):
            words = "is not empty" if filled else "is empty"
        case Contains(text):
            words = f"contains “{text}”"
        case Exactly(text):
            words = f"is “{text}”"
        case AnyOf(options):
            words = f"is {' or '.join(said(each) for each in options)}"
        case Between() as between:
            words = _between_in_words(
                between, in_time=isinstance(column.kind, (DateKind, YearKind, QuarterKind))
            )
    return f"{column.label} {words}"


def _between_in_words(between: Between, *, in_time: bool) -> str:
    low, high = between.low, between.high
    if high is None:
        ways = ("after", "from") if in_time else ("over", "at least")
        return f"{ways[0] if between.above else ways[1]} {said(low)}"
    if low is None:
        ways = ("before", "up to") if in_time else ("under", "at most")
        return f"{ways[0] if between.below else ways[1]} {said(high)}"
    named = span_named(low, high)
    if not named:
        return f"from {said(low)} to {said(high)}"
    return f"{('on' if low == high and isinstance(low, date) else 'in') if in_time else 'is'} {named}"


def plainly(text: str) -> str:
    """Without regard to case or accents: what is looked for, and what it is looked for in."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The words of a text as search sees them: letters and digits, without regard to case or accents."""
    return re.findall(r"[^\W_]+", plainly(text))


def is_figure(word: str) -> bool:
    """Whether it is of digits and marks alone ("10.01", "18/10/2021"): its parts mean something only together."""
    return not any(letter.isalpha() for letter in word)


def words_begin(text: str, word: str) -> bool:
    """Whether each part of a word ("o", "neill") begins some word of a text; those of a figure, one after another."""
    held, parts = words_of(text), words_of(word)
    if not is_figure(word):
        return all(any(each.startswith(part) for each in held) for part in parts)
    if not parts:
        return False
    *whole, last = parts
    places = range(len(whole), len(held))
    return any(held[n].startswith(last) and held[n - len(whole) : n] == whole for n in places)
