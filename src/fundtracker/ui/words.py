"""Words and small widgets that every place uses: labels that show data as plain text, problems in a sentence, Alt keys."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from fundtracker.domain.problems import Problem, Severity

TO_READ = "To be read, or copied with Ctrl+C"
SPACE = 8
"""The one spacing, in pixels; others are its multiples."""
CLOSE = SPACE // 4
"""Between what is read as one: a field and its help, a choice and the next."""
SIGNS = {Severity.ERROR: "To mend", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
MARK = 3
"""Pixels: how thick the bar is that marks what is chosen or on."""
ABOUT = "about"
"""The property of a button that keeps what it does, while its tool tip says why it can't be pressed."""
MENU_LETTERS = frozenset("FEGH")
"""Alt keys the menu bar has taken."""
_JOINED = "\u2060"
"""Takes no room, and keeps what stands before and after it in one line."""
_HYPHEN = re.compile(r"(?<=\w)-(?=[^\W\d_])")
_LONG_WORD = re.compile(r"[^\W\d_]{25,}")
_PART = 8
"""Letters of a word that is wider than many a place ("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch") between two breaks."""
_MAY_BREAK = "\u200b"
_BEFORE_AMOUNT = re.compile(r"(?<=\w) (?=-?\u00a3)")


class PlainLabel(QLabel):
    """Words that are wrapped where a reader would pause: never within a reference, before an amount, or before a dot between two facts.

    Where they are wrapped, what they stand in never gets too low for them. Qt asks for the height that goes with a width only as far
    as the next splitter, table or tabs; the least height, which it asks for everywhere, is here the one for the width they have.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self._least = 0

    def setText(self, text: str) -> None:
        self._said = text
        super().setText(broken(kept_together(text)) if self.wordWrap() else kept_together(text))
        self._measure()

    def setWordWrap(self, on: bool) -> None:
        super().setWordWrap(on)
        self.setText(self._said)

    def text(self) -> str:
        """The words, without what keeps them together."""
        return self._said

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure()

    def minimumSizeHint(self) -> QSize:
        usual = super().minimumSizeHint()
        return QSize(usual.width(), max(usual.height(), self._least))

    def _measure(self) -> None:
        """How high the words are in the width they were given, if they were."""
        given = self.testAttribute(Qt.WidgetAttribute.WA_WState_Created) and self.wordWrap() and self._said
        least = self.heightForWidth(self.width()) if given else 0
        if least != self._least:
            self._least = least
            needs_room(self)


def needs_room(widget: QWidget | None) -> None:
    """What it needs has changed, and so has what everything around it needs: splitters and stacks don't always pass it on."""
    while widget is not None and not widget.isWindow():
        widget.updateGeometry()
        widget = widget.parentWidget()


def kept_together(text: str) -> str:
    """With what keeps a hyphen with the letters after it, a name with its amount, and a dot with the fact it stands behind: begun with a dot, a line looks like one of a list."""
    if "-" not in text and "\u00b7" not in text and "\u00a3" not in text:
        return text
    joined = _HYPHEN.sub(f"-{_JOINED}", text)
    return _BEFORE_AMOUNT.sub("\u00a0", joined).replace("  \u00b7", "\u00a0\u00a0\u00b7")


def broken(text: str) -> str:
    """With places where a line may end within a very long word, which else would make what it stands in as wide as itself."""

    def parts(found: re.Match[str]) -> str:
        word = found.group()
        return _MAY_BREAK.join(word[start : start + _PART] for start in range(0, len(word), _PART))

    return _LONG_WORD.sub(parts, text)


def plain_label(text: str = "", parent: QWidget | None = None, *, wrapped: bool = False) -> QLabel:
    """A label that never guesses at HTML."""
    label = PlainLabel(parent)
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


def choice_box(name: str) -> QComboBox:
    """A box to choose from, named for whoever hears it."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setAccessibleDescription("Up and Down choose")
    return made


def push_button(text: str, tip: str, act: Callable[[], Any]) -> QPushButton:
    """A button with its Alt key in `text` and what it does in `tip`."""
    return _named(QPushButton(text), tip, act)


def _named(button: QPushButton, tip: str, act: Callable[[], Any]) -> QPushButton:
    button.setToolTip(plain_tip(tip))
    button.setAccessibleName(button.text().replace("&", "").removesuffix("..."))
    button.setAccessibleDescription(tip)
    button.clicked.connect(lambda: act())  # noqa: PLW0108 - not Qt's own argument
    return button


def offer(button: QPushButton, why_not: str) -> None:
    """Whether a button made by `push_button` can be pressed; where it can't, its tool tip says why."""
    about = button.property(ABOUT) or button.accessibleDescription()
    button.setProperty(ABOUT, about)
    button.setEnabled(not why_not)
    button.setToolTip(plain_tip(why_not or about))
    button.setAccessibleDescription(why_not or about)


class Switch(QPushButton):
    """A button that stays down. What is on is told by a bar along its foot: in the dark a pressed button looks like any other."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            mark(self, QRect(MARK, self.height() - 2 * MARK, self.width() - 2 * MARK, MARK))


def switch_button(text: str, tip: str, act: Callable[[], Any]) -> QPushButton:
    """As `push_button`, for what is on or off."""
    button = _named(Switch(text), tip, act)
    button.setCheckable(True)
    return button


def mark(widget: QWidget, area: QRect) -> None:
    """The bar that says "this one", in a colour of the palette that stands out from the window's."""
    painter = QPainter(widget)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(widget.palette().color(QPalette.ColorRole.Accent))
    painter.drawRect(area)
    painter.end()


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


TOLD = 5
"""Problems told one by one where there are more."""


def whole(problems: Iterable[Problem]) -> list[str]:
    """Every problem in a line, with the place it names."""
    return list(dict.fromkeys(map(str, problems)))


def in_brief(problems: Iterable[Problem]) -> str:
    """Problems as lines of text; of many the first few, one for each field of a record, and how many more there are."""
    problems = tuple(problems)
    first: dict[object, Problem] = {}
    if len(whole(problems)) > TOLD:
        for each in problems:
            named = each.kind, each.record_id, each.column
            first.setdefault(str(each) if each.record_id is None else named, each)
    return first_of(whole(first.values() or problems))


def first_of(lines: Sequence[str]) -> str:
    """The first few of many lines, and how many more there are."""
    more = [f"And {len(lines) - TOLD:,} more."] if len(lines) > TOLD else []
    return "\n".join([*lines[:TOLD], *more])


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


def make_room(window: QWidget) -> None:
    """A window as high as what it now says needs; never lower than it is."""
    layout = window.layout()
    if layout is not None:
        layout.activate()
        needed = max(layout.totalHeightForWidth(window.width()), layout.totalSizeHint().height())
        window.resize(window.width(), max(window.height(), needed))


def close_fit(window: QWidget) -> None:
    """A window just as high as its words need in its width: Qt leaves room for them as in a narrower one."""
    layout = window.layout()
    if layout is not None:
        layout.activate()
        window.resize(window.width(), layout.totalHeightForWidth(window.width()))


def nearly_as_large(window: QWidget, parent: QWidget) -> None:
    """A window with much to read takes most of the room of the one it stands in front of."""
    room = parent.window().size()
    window.resize(max(720, room.width() * 9 // 10), max(480, room.height() * 9 // 10))


def row_height(rows: QWidget) -> int:
    """Pixels of a row of a table or a list, which are the same everywhere."""
    return rows.fontMetrics().height() + 10
