"""Words and small widgets that every place uses: labels that show data as plain text, problems in a sentence, Alt keys."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from fundtracker.domain.problems import Problem, Severity

SPACE = 8
"""The one spacing, in pixels; others are its multiples."""
SIGNS = {Severity.ERROR: "To mend", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
MENU_LETTERS = frozenset("FEGH")
"""Alt keys the menu bar has taken."""


def plain_label(text: str = "", parent: QWidget | None = None, *, wrapped: bool = False) -> QLabel:
    """A label that never guesses at HTML."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrapped)
    label.setText(text)
    return label


def plain_tip(text: str) -> str:
    """A tool tip that Qt, which guesses, shows as the letters it is made of."""
    if "<" not in text and "&" not in text:
        return text  # nothing Qt could guess at
    from html import escape

    return f"<qt>{escape(text).replace(chr(10), '<br>')}</qt>"


def heading(text: str = "", parent: QWidget | None = None, *, size: int = 4) -> QLabel:
    """A larger, bold label; `size` in points above the usual."""
    label = plain_label(text, parent)
    font = QFont(label.font())
    font.setPointSize(font.pointSize() + size)
    font.setBold(True)
    label.setFont(font)
    return label


def push_button(text: str, tip: str, act: Callable[[], Any]) -> QPushButton:
    """A button with its Alt key in `text` and what it does in `tip`."""
    button = QPushButton(text)
    button.setToolTip(plain_tip(tip))
    button.setAccessibleName(text.replace("&", "").removesuffix("..."))
    button.setAccessibleDescription(tip)
    button.clicked.connect(lambda: act())  # noqa: PLW0108 - not Qt's own argument
    return button


def with_alt_key(label: str, taken: set[str]) -> str:
    """The label with an & before a letter nobody has taken (a word's first where possible); it is then taken."""
    escaped = label.replace("&", "&&")
    starts = [n for n, c in enumerate(label) if c.isalpha() and (n == 0 or not label[n - 1].isalpha())]
    for place in (*starts, *range(len(label))):
        letter = label[place].upper()
        if letter.isascii() and letter.isalpha() and letter not in taken:
            taken.add(letter)
            return f"{label[:place].replace('&', '&&')}&{label[place:].replace('&', '&&')}"
    return escaped


def sentence(problems: Iterable[Problem]) -> str:
    """Problems as lines of text."""
    return "\n".join(problem.message for problem in problems)


def in_days(day: date, today: date) -> str:
    """ "today", "in 9 days", "12 days late"."""
    days = (day - today).days
    if days == 0:
        return "today"
    many = "day" if abs(days) == 1 else "days"
    return f"in {days} {many}" if days > 0 else f"{-days} {many} late"


def size_in_letters(window: QWidget, across: int, down: int) -> None:
    """A window so many characters wide and lines high, whatever their size, and no larger than fits the smallest screen."""
    metrics = window.fontMetrics()
    window.resize(min(metrics.averageCharWidth() * across, 1000), min(metrics.height() * down, 700))
