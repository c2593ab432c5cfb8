"""Cells as the text of a sheet's file. Everything that is put in a cell passes through here.

Text is always text: it is written as an inline string, which no program evaluates, and marked so that it stays text when
somebody edits it.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fundtracker.domain.money import Money
from fundtracker.domain.periods import short_date
from fundtracker.exports.sheets import Value

LONGEST_TEXT = 32_767
"""What one cell holds, counted as spreadsheet programs count: a character outside the basic plane is two."""
FORMULA_SIGNS = frozenset("=+-@'")
"""Text that begins so is marked (quotePrefix): typed over or confirmed in a cell, it would turn into something else."""

_NOT_SIMPLE_AT_END = FORMULA_SIGNS | {"", " "}
_SURELY_SHORT = LONGEST_TEXT // 2
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DAY = date(1900, 3, 1)
"""Before it, spreadsheet programs disagree: some hold that 1900 was a leap year."""
_DAY_NOUGHT = date(1899, 12, 30).toordinal()
LARGEST_EXACT = 10**15
"""Pence: below it, a division by 100 is nearer to the penny it came from than to any other."""
_BASIC_PLANE = 0xFFFF
_MOST_REMEMBERED = 20_000

Fragment = str
"""A cell from behind its address on: ` s="4"><v>12</v></c>`."""


def clean(text: str) -> str:
    """Without the characters a sheet can't hold; every line end a plain one."""
    if text.isprintable():
        return text
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cut(text: str, longest: int = LONGEST_TEXT) -> str:
    """At most `longest` units of UTF-16; what is left out is said at the end."""
    if 2 * len(text) <= longest or _units(text) <= longest:
        return text
    room = longest - len(f" … [cut: {len(text):,} more characters]")
    used = 0
    for kept, character in enumerate(text):
        used += 1 + (ord(character) > _BASIC_PLANE)
        if used > room:
            return f"{text[:kept]} … [cut: {len(text) - kept:,} more characters]"
    raise AssertionError("a text that is too long has a place to cut it")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escape(text: str) -> str:
    """As it stands between tags: & < > escaped, and what would read as an escape of the file format (_x0041_)."""
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_element(tag: str, text: str) -> str:
    """<t>text</t>, outer blanks kept."""
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<{tag}{space}>{escape(text)}</{tag}>"


def is_simple(text: str) -> bool:
    """Nothing to clean, cut, escape or mark: true of most text, and quick to see."""
    return (
        text.isprintable()
        and "&" not in text
        and "<" not in text
        and ">" not in text
        and "_x" not in text
        and text[:1] not in _NOT_SIMPLE_AT_END
        and text[-1:] != " "
        and len(text) < _SURELY_SHORT
    )


def put_text(text: str, plain: int, quoted: int) -> Fragment:
    """The one way text gets into a cell; `plain` and `quoted` are the numbers of its style."""
    if is_simple(text):
        return f' s="{plain}" t="inlineStr"><is><t>{text}</t></is></c>'
    held = cut(clean(text))
    if not held:
        return f' s="{plain}"/>'
    style = quoted if held[0] in FORMULA_SIGNS else plain
    return f' s="{style}" t="inlineStr"><is>{text_element("t", held)}</is></c>'


def pence_text(pence: int) -> str:
    """ "-1234.56": exact; the division is rounded to the penny it came from at any size up to £10 billion and beyond."""
    if -LARGEST_EXACT < pence < LARGEST_EXACT:
        return f"{pence / 100:.2f}"
    return Money(pence).plain


def day_number(day: date) -> int | None:
    """The day as a spreadsheet counts it (1900 system), None before March 1900."""
    return day.toordinal() - _DAY_NOUGHT if day >= _FIRST_DAY else None


def number_text(value: object) -> str | None:
    """The number a cell holds for a value; None for a day too early to be one. TypeError for what has no place in a cell."""
    if isinstance(value, Money):
        return pence_text(value.pence)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise TypeError(f"a cell can't hold {value}")
        return f"{value:f}"
    if isinstance(value, bool) or not isinstance(value, (int, date)) or isinstance(value, datetime):
        raise TypeError(f"a cell can't hold {value!r}: give text, a number, Money or a day")
    if isinstance(value, int):
        return f"{value:d}"
    day = day_number(value)
    return None if day is None else f"{day}"


def put(value: Value, plain: int, quoted: int) -> Fragment:
    """Any value, in a style known by its numbers."""
    if value is None:
        return f' s="{plain}"/>'
    if isinstance(value, str):
        return put_text(value, plain, quoted)
    number = number_text(value)
    if number is None and isinstance(value, date):
        return put_text(short_date(value), plain, quoted)
    return f' s="{plain}"><v>{number}</v></c>'


def formula_of(formula: str) -> str:
    """As it stands in the file: without its first =, escaped."""
    return clean(formula).removeprefix("=").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def stored(value: Value) -> str:
    """The result of a formula, with the end of its cell."""
    if value is None:
        return "</c>"
    if isinstance(value, str):
        return f"{text_element('v', cut(clean(value)))}</c>"
    return f"<v>{number_text(value)}</v></c>"


def put_formula(formula: str, value: Value, style: int) -> Fragment:
    """A formula with its stored result."""
    kind = ' t="str"' if isinstance(value, str) else ""
    return f' s="{style}"{kind}><f>{formula_of(formula)}</f>{stored(value)}'


class Remembered(dict[Any, Fragment]):
    """Fragments by value: names, choices and days come again and again in a column. Holds a bounded number."""

    def __init__(self, make: Callable[[Any], Fragment]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Fragment:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        fragment = self[value] = self._make(value)
        return fragment
