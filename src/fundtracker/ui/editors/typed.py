"""Editors for what is typed: one line of text, money, numbers, years and quarters; a day with its calendar; long text."""

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QDate, QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QHelpEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolTip,
    QWidget,
    QWidgetAction,
)

from fundtracker.domain.columns import Column
from fundtracker.domain.periods import nearest_day
from fundtracker.domain.problems import Unreadable
from fundtracker.ui.models.cells import fill
from fundtracker.ui.words import plain_tip

LEAST_LINES, MOST_LINES = 3, 12
"""What a long text's editor has room for; a longer one scrolls."""
MARGIN = 2
"""Pixels: what Qt leaves at either side of a line's text."""


def is_windows_own(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether keys ask for an undo or redo of which an editor has none left."""
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    keys = cast("QKeyEvent", event)
    return (keys.matches(QKeySequence.StandardKey.Undo) and not undo) or (
        keys.matches(QKeySequence.StandardKey.Redo) and not redo
    )


def show_locked(widget: QWidget, locked: bool) -> None:
    """The ground of the window behind a text that can't be changed, in its full ink, and an outline as faint as the window's own."""
    palette = QPalette()
    if locked:
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, palette.color(QPalette.ColorRole.Window))
    widget.setPalette(palette)


def tell_the_rest(line: QLineEdit, event: QEvent) -> bool:
    """Where the pointer rests on a line whose text is longer than its room, the whole of it as a tool tip."""
    if event.type() != QEvent.Type.ToolTip:
        return False
    text = line.text()
    room = line.contentsRect().width() - line.textMargins().left() - line.textMargins().right() - 2 * MARGIN
    if line.fontMetrics().horizontalAdvance(text) <= room:
        return False
    QToolTip.showText(cast("QHelpEvent", event).globalPos(), plain_tip(text), line)
    return True


class TypedEditor(QLineEdit):
    """One line: text, money, numbers, years and quarters, as people type them."""

    committed = Signal()

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = column
        if column.kind.right_aligned:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        if column.kind.name != "text":
            self.setPlaceholderText(column.kind.hint)
        self.editingFinished.connect(self.committed)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z takes back typing while there is any; after that it is the window's, which takes back changes. Ctrl+Y likewise."""
        if is_windows_own(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return tell_the_rest(self, event) or super().event(event)

    def value(self) -> Any:
        typed = self.text().strip()
        if not typed and (self.column.nullable or self.column.kind.name != "text"):
            return None
        return self.column.kind.read(typed)

    def set_value(self, value: Any) -> None:
        self.setText("" if value is None else self.column.kind.typed(value))
        self.setCursorPosition(0)

    def typed(self) -> str:
        return self.text()

    def set_typed(self, text: str) -> None:
        self.setText(text)
        self.setCursorPosition(0)

    def set_locked(self, locked: bool) -> None:
        self.setReadOnly(locked)
        show_locked(self, locked)


class DateEditor(TypedEditor):
    """A day, typed many ways or chosen from a calendar (Alt+Down). Without a year it is the one nearest to `today`."""

    def __init__(self, column: Column, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(column, parent)
        self._today = today
        self.setPlaceholderText("dd/mm/yyyy")
        self._open = QAction(_calendar_icon(self), "Choose from a calendar", self)
        self._open.setShortcut("Alt+Down")
        self._open.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._open.triggered.connect(self._show_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)

    def _show_calendar(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget(menu)
        calendar.setAccessibleName(f"{self.column.label}: calendar")
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        try:
            day = self.value()
        except Unreadable:
            day = None
        shown = day or self._today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)

        def choose(chosen: QDate) -> None:
            self.setText(f"{chosen.day():02d}/{chosen.month():02d}/{chosen.year():04d}")
            menu.close()
            self.committed.emit()

        calendar.activated.connect(choose)
        calendar.clicked.connect(choose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        self._open.setEnabled(not locked)

    def value(self) -> Any:
        found = nearest_day(self.text(), self._today()) or super().value()
        if found is not None:
            self.setText(self.column.kind.typed(found))
        return found


def _calendar_icon(widget: QWidget) -> QIcon:
    """A leaf of a calendar in the text's colour, sharp on a screen of twice the points."""
    picture = QPixmap(32, 32)
    picture.fill(Qt.GlobalColor.transparent)
    colour = widget.palette().color(QPalette.ColorRole.Text)
    painter = QPainter(picture)
    painter.setPen(colour)
    painter.drawRect(QRect(5, 7, 21, 19))
    fill(painter, QRect(5, 7, 22, 6), colour)
    for across in (9, 15, 21):
        for down in (16, 21):
            fill(painter, QRect(across, down, 3, 3), colour)
    painter.end()
    return QIcon(picture)


class LongEditor(QPlainTextEdit):
    """Text of several lines, as high as they are within reason; Tab leaves it."""

    committed = Signal()

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = column
        self.setTabChangesFocus(True)
        self._before = ""
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # its lines are wrapped
        self.textChanged.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines in another width: a turn later, for Qt's form, in the midst of its layout, would take no notice."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Whole lines only: half a one would look like the last. A bar only where there are more than there is room for: beside a
        bar there would be more of them, which then asked for it.
        """
        around = 2 * (self.document().documentMargin() + self.frameWidth())
        needed = self._lines(self.width() - around)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if needed > MOST_LINES else policy.ScrollBarAlwaysOff
        )
        lines = min(max(needed, LEAST_LINES), MOST_LINES)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + around))

    def _lines(self, width: float) -> int:
        """How many lines its text takes in so many pixels; no more are counted than one without room."""
        many = 0
        for paragraph in self.toPlainText().split("\n"):
            laid = QTextLayout(paragraph, self.font())
            laid.setTextOption(self.document().defaultTextOption())
            laid.beginLayout()
            while many <= MOST_LINES and (line := laid.createLine()).isValid():
                line.setLineWidth(width)
                many += 1
            laid.endLayout()
        return many

    def event(self, event: QEvent) -> bool:
        """As a line's: Ctrl+Z and Ctrl+Y are the window's once no typing is left to take back."""
        if is_windows_own(
            event, undo=self.document().isUndoAvailable(), redo=self.document().isRedoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.toPlainText() != self._before:
            self.committed.emit()  # once kept, it is set anew; refused, it is tried again when the field is next left

    def value(self) -> Any:
        return self.column.kind.read(self.toPlainText())

    def set_value(self, value: Any) -> None:
        self.setPlainText("" if value is None else str(value))
        self._before = self.toPlainText()  # as Qt holds it: line ends of another system are no change

    def typed(self) -> str:
        return self.toPlainText()

    def set_typed(self, text: str) -> None:
        self.setPlainText(text)

    def set_locked(self, locked: bool) -> None:
        self.setReadOnly(locked)
        show_locked(self, locked)
