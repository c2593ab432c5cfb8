"""How many lines a text takes in a column of a sheet, and how high its row must be: programs don't all work it out on opening.

Widths are those of Calibri's letters (Carlito's are the same), from the font's own tables.
"""

from functools import lru_cache

_LETTERS = (
    "23 33 40 50 51 71 68 22 30 30 50 50 25 31 25 39 51 51 51 51 51 51 51 51 51 51 27 27 50 50 50 46 "
    "89 58 54 53 62 49 46 63 62 25 32 52 42 85 65 66 52 67 54 46 49 64 57 89 52 49 47 31 39 31 50 50 "
    "29 48 53 42 53 50 31 47 53 23 24 45 23 80 53 53 53 53 35 39 33 53 45 71 43 45 40 31 46 31 50"
)
"""Hundredths of the letters' size, from the blank to the tilde."""
_WIDTHS = {chr(32 + n): int(width) / 100 for n, width in enumerate(_LETTERS.split())}
_OTHER = 0.55
_WIDE = 0.9
"""A text is surely short enough where so many sizes for each letter fit; only the M's and W's of a text are as wide."""
_BOLDER = 1.03
_SPARE = 1.02
"""Programs round each letter's width to their screen's dots: room for that."""
_POINTS_PER_WIDTH = 5.25
_INDENT = 7.0
"""Points of a cell's width that its text has no use for: the margins and a step of indent."""
LINE = 1.28
"""Height of a line, of the size of its letters."""
_MARGINS, _TALLEST = 2.6, 405.0
"""Points: above and below a text, and the tallest row a spreadsheet program takes."""


@lru_cache(maxsize=8192)
def lines_of(text: str, width: float, size: float = 10.0, *, bold: bool = False) -> int:
    """Lines a text takes in a column `width` characters wide, broken between words; `size` in points."""
    room = max(size, width * _POINTS_PER_WIDTH - _INDENT) / (size * _SPARE * (_BOLDER if bold else 1.0))
    return sum(_lines_of_one(part, room) for part in text.split("\n"))


def _lines_of_one(text: str, room: float) -> int:
    if len(text) * _WIDE <= room or _wide(text) <= room:
        return 1
    lines, used = 1, 0.0
    for word in text.split(" "):
        needed, gap = _wide(word), _WIDTHS[" "] if used else 0.0
        if used and used + gap + needed > room:
            lines, used, gap = lines + 1, 0.0, 0.0
        used += gap + needed
        if used > room:  # a word longer than a line is broken
            lines += int(used // room)
            used %= room
    return lines


def _wide(text: str) -> float:
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text)


def height_of_lines(lines: int, size: float = 10.0) -> float:
    """Points that a row of so many lines needs."""
    return min(_TALLEST, round(lines * size * LINE + _MARGINS, 1))
