"""The award and the quarter a return is of, chosen at the top of its page; where a quarter has none yet, it is begun."""

from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.dialogs.saying import ask, say, say_trouble
from fundtracker.ui.models.return_choices import ReturnChoices, quarter_to_begin, returns_of, words
from fundtracker.ui.words import SPACE, plain_tip

BEGIN = 0
"""In the list of quarters, in place of a return's id: the next one is to be begun."""


class Chooser(QWidget):
    """Two lists. `chosen` tells the id of the return to show."""

    chosen = Signal(int)

    def __init__(self, workspace: Workspace, held: FunderReturn) -> None:
        super().__init__()
        self.workspace, self.held = workspace, held
        self.awards = _list("Award")
        self.quarters = _list("Quarter and state")
        self.awards.activated.connect(self._award_chosen)
        self.quarters.activated.connect(self._quarter_chosen)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for text, chooser, stretch in (("A&ward", self.awards, 4), ("&Quarter", self.quarters, 3)):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(chooser)
            layout.addWidget(label)
            layout.addWidget(chooser, stretch)

    def show_choices(self, choices: ReturnChoices, held: FunderReturn) -> None:
        """Fill both lists, with the return at hand chosen."""
        self.held = held
        _fill(self.awards, choices.awards, held.award_id)
        quarters: list[tuple[int, str]] = [(each.id, words(each)) for each in choices.returns]
        if choices.begins is not None:
            text = f"{choices.begins}: not begun. Begin it..."
            quarters.insert(0, (BEGIN, text))
        _fill(self.quarters, tuple(quarters), held.id)

    def show_held(self) -> None:
        """Back to the return at hand."""
        for chooser, wanted in ((self.awards, self.held.award_id), (self.quarters, self.held.id)):
            chooser.setCurrentIndex(chooser.findData(wanted))

    def _award_chosen(self) -> None:
        """To the award's return of the same quarter, else its latest; where it has none, the first is offered."""
        award_id = int(self.awards.currentData())
        if award_id == self.held.award_id:
            return
        found = returns_of(self.workspace, award_id)
        same = next((each for each in found if each.quarter == self.held.quarter), None)
        wanted = same or next(iter(found), None)
        if wanted is not None:
            self.chosen.emit(wanted.id)
            return
        quarter = quarter_to_begin(self.workspace, award_id)
        if quarter is None:
            say(
                self.window(),
                "No return",
                f"{self.workspace.get(Award, award_id).reference} has no return, and none can be begun before its first day.",
            )
            self.show_held()
            return
        self._offer(award_id, quarter)

    def _quarter_chosen(self) -> None:
        wanted = int(self.quarters.currentData())
        if wanted == BEGIN:
            quarter = quarter_to_begin(self.workspace, self.held.award_id)
            if quarter is None:
                self.show_held()
            else:
                self._offer(self.held.award_id, quarter)
        elif wanted != self.held.id:
            self.chosen.emit(wanted)

    def _offer(self, award_id: int, quarter: Quarter) -> None:
        """Begin a return, if the user says so."""
        from fundtracker.application.actions.returns import begin_return

        reference = self.workspace.get(Award, award_id).reference
        question = (
            f"{reference} has no return for {quarter}, {quarter.months}. Begin it now?\n\n"
            "A draft is made, with the forecasts of the last return to start from. Ctrl+Z takes it back."
        )
        if not ask(self.window(), "Begin the return", question, "Begin the return"):
            self.show_held()
            return
        try:
            draft = begin_return(self.workspace, award_id)
        except (Refused, StorageTrouble) as trouble:
            say_trouble(self.window(), "No return was begun", str(trouble))
            self.show_held()
        else:
            self.chosen.emit(draft.id)


class _Wheelless(QObject):
    """The wheel never changes a choice that isn't in focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class _Chooser(QComboBox):
    """A text too long for it ends in an ellipsis; its tool tip has it all."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        parts = cast("Any", option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        inner = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        room = inner.width() - SPACE
        parts.currentText = self.fontMetrics().elidedText(
            parts.currentText, Qt.TextElideMode.ElideRight, room
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


def _list(name: str) -> QComboBox:
    chooser = _Chooser()
    chooser.setAccessibleName(name)
    chooser.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    chooser.setMinimumContentsLength(8)
    chooser.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    chooser.view().setAccessibleName(name)
    chooser.installEventFilter(_Wheelless(chooser))
    return chooser


def _fill(chooser: QComboBox, rows: tuple[tuple[int, str], ...], chosen: int) -> None:
    """Only where something is different: an open list is not emptied under the user's hand."""
    now = tuple((chooser.itemData(place), chooser.itemText(place)) for place in range(chooser.count()))
    if now != rows:
        chooser.clear()
        for data, text in rows:
            chooser.addItem(text, data)
            chooser.setItemData(chooser.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
    chooser.setCurrentIndex(chooser.findData(chosen))
    chooser.setToolTip(plain_tip(chooser.currentText()))
