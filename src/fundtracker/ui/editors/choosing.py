"""Editors for what is chosen: one of a few words, or another record found by typing part of its name."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QStyle, QStyleOptionFrame, QStylePainter, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column, singular
from fundtracker.domain.kinds import Choice
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.records import by_name
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.sql import title_place
from fundtracker.ui.editors.typed import MARGIN, show_locked, tell_the_rest

OFFERED = 40
"""References offered at a time; typing narrows them."""
LETTERS = 10
"""Characters: so narrow a box may become where there is little room; what it offers is as wide as its words."""

CHANGING = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel, QEvent.Type.KeyPress}
)
LEAVING = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape})


def would_change(event: QEvent) -> bool:
    """Whether an event could choose another word: what a locked editor doesn't hear."""
    return event.type() in CHANGING and not (
        event.type() == QEvent.Type.KeyPress and cast("QKeyEvent", event).key() in LEAVING
    )


class LockableBox(QComboBox):
    """A box to choose from; locked, it looks as a locked line does, and has no arrow that would promise a choice."""

    def __init__(self, column: Column, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.column = column
        self._locked = False
        self.setMinimumContentsLength(LETTERS)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def set_locked(self, locked: bool) -> None:
        self._locked = locked
        show_locked(self, locked)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._locked:
            super().paintEvent(event)
            return
        frame = QStyleOptionFrame()
        frame.initFrom(self)
        frame.lineWidth = self.style().pixelMetric(QStyle.PixelMetric.PM_DefaultFrameWidth, frame, self)
        frame.state |= QStyle.StateFlag.State_Sunken | QStyle.StateFlag.State_ReadOnly
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, frame)
        if not self.isEditable():  # else its line paints the words
            within = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, self)
            within.adjust(MARGIN, 0, -MARGIN, 0)
            shown = self.fontMetrics().elidedText(
                self.currentText(), Qt.TextElideMode.ElideRight, within.width()
            )
            painter.setPen(self.palette().text().color())
            painter.drawText(within, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def showPopup(self) -> None:
        """As wide as the longest words that are offered, where the box is narrower."""
        view = self.view()
        view.setAccessibleName(self.column.label)
        view.setMinimumWidth(view.sizeHintForColumn(0) + 2 * self.fontMetrics().averageCharWidth())
        super().showPopup()


class ChoiceEditor(LockableBox):
    """One of a few words."""

    committed = Signal()

    def __init__(self, column: Column, parent: QWidget | None = None) -> None:
        super().__init__(column, parent)
        if column.nullable or column.required:
            self.addItem("", None)
        words = column.kind.words if isinstance(column.kind, Choice) else ("Yes", "No")
        for word in words:
            self.addItem(word, word)
        self.activated.connect(self.committed)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the form, it never changes a choice that isn't in focus; a locked one nothing changes."""
        wheel = event.type() == QEvent.Type.Wheel
        if (wheel and not self.hasFocus()) or (self._locked and would_change(event)):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def value(self) -> Any:
        word = self.currentText()
        return self.column.kind.read(word) if word else None

    def set_value(self, value: Any) -> None:
        self.set_typed("" if value is None else self.column.kind.show(value))

    def typed(self) -> str:
        return self.currentText()

    def set_typed(self, text: str) -> None:
        self.setCurrentIndex(max(0, self.findText(text)))


class ReferenceEditor(LockableBox):
    """Another record, found by typing part of its reference or title."""

    committed = Signal()

    def __init__(self, column: Column, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(column, parent)
        self._lists = workspace.lists
        self._target = by_name(column.refers_to or "")
        self._found: dict[str, int] = {}
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(QStringListModel(self), self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        # Later, when Qt has put the chosen text into the line.
        completer.activated.connect(self.committed, Qt.ConnectionType.QueuedConnection)
        line = self.lineEdit()
        if line is not None:
            line.textEdited.connect(self._offer)
            line.editingFinished.connect(self.committed)
            line.editingFinished.connect(self._show_beginning)
            line.setAccessibleName(column.label)
            line.setPlaceholderText("type part of its reference or name")
        self.activated.connect(self.committed)
        for chosen in (self.activated, completer.activated):
            chosen.connect(self._show_beginning, Qt.ConnectionType.QueuedConnection)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A locked one is read, not changed."""
        if self._locked and watched is self and would_change(event):
            event.ignore()
            return True
        line = self.lineEdit()
        if watched is self and line is not None and tell_the_rest(line, event):
            return True
        return super().eventFilter(watched, event)

    def set_locked(self, locked: bool) -> None:
        super().set_locked(locked)
        line = self.lineEdit()
        if line is not None:
            line.setReadOnly(locked)

    def showPopup(self) -> None:
        """Offer the first records before the list opens."""
        typed = self.currentText()
        if typed in self._found or not typed:
            self._fill(self._rows(""))
            self.setEditText(typed)
        super().showPopup()

    def _rows(self, typed: str) -> list[tuple[int, str]]:
        rows = self._lists.page(ListQuery(self._target, called=typed), 0, OFFERED)
        return [(record_id, title_place(self._target, texts)) for record_id, texts in rows]

    def _fill(self, rows: list[tuple[int, str]]) -> None:
        self._found |= {text: record_id for record_id, text in rows}
        self.blockSignals(True)
        self.clear()
        if self.column.nullable:
            self.addItem("", None)
        for record_id, text in rows:
            self.addItem(text, record_id)
        self.blockSignals(False)

    def _offer(self, typed: str) -> None:
        rows = self._rows(typed)
        self._found |= {text: record_id for record_id, text in rows}
        completer = self.completer()
        if completer is not None:
            cast("QStringListModel", completer.model()).setStringList([text for _, text in rows])
            completer.complete()
            popup = completer.popup()
            if popup is not None:
                popup.setAccessibleName(self.column.label)

    def value(self) -> Any:
        typed = self.currentText().strip()
        if not typed:
            return None
        if typed in self._found:
            return self._found[typed]
        rows = self._rows(typed)
        exact = [
            row
            for row in rows
            if row[1].casefold() == typed.casefold() or row[1].split(" ", 1)[0].casefold() == typed.casefold()
        ]
        if len(exact) == 1 or (len(rows) == 1 and not exact):
            record_id, text = (exact or rows)[0]
            self._found[text] = record_id
            self.setEditText(text)
            return record_id
        raise Unreadable(self._refusal(typed))

    def _refusal(self, typed: str) -> str:
        """Why what was typed is none of them, and what to do."""
        if not self._rows(""):
            from fundtracker.ui.places import place_of

            one = singular(self._target).lower()
            return f"There is no {one} yet: add it in {place_of(self._target)} first."
        return f"“{typed}” is not one of the {self.column.label.lower()} records: choose one from the list."

    def _text_of(self, record_id: int) -> str:
        """How a record stands in the line; "" where it is gone."""
        rows = self._lists.rows(self._target, [record_id])
        return title_place(self._target, rows[0][1]) if rows else ""

    def set_value(self, value: Any) -> None:
        if value is None:
            self.setEditText("")
            return
        text = self._text_of(value)
        if text:
            self._found[text] = value
            self.setEditText(text)
            self._show_beginning()

    def typed(self) -> str:
        return self.currentText()

    def set_typed(self, text: str) -> None:
        self.setEditText(text)
        self._show_beginning()

    def _show_beginning(self) -> None:
        """Of a record that is named: its reference tells it from the others. What names none yet may be typed on."""
        line = self.lineEdit()
        if line is not None and line.text() in self._found:
            line.setCursorPosition(0)
