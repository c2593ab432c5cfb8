"""MatchPanel: below the ledger's list, what the chosen line is matched to and what it may have paid for, and what can be done about it."""

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from fundtracker.application.actions.ledger.looking import LineLooked, LineLooker
from fundtracker.application.ledger_combining import Combination
from fundtracker.application.ledger_scoring import Suggestion
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, Instalment
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import LedgerLine, LedgerMatch
from fundtracker.domain.organisations import Organisation, Partnership
from fundtracker.domain.periods import long_date
from fundtracker.domain.records import by_name
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.models.ledger_rows import LIKELY, OF_LINE, SURE, rows_of_line
from fundtracker.ui.views.return_parts import wrapping_table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button

PAUSE = 40
"""Milliseconds after the last step from line to line before one is looked at."""
LETTERS = frozenset("ABSMNUKIO")
"""Alt keys of the place's own buttons."""
OFFERS = (Suggestion, Combination)
"""What a row can offer, to be agreed to."""
COMPARED: frozenset[type[Any]] = frozenset({Cost, Instalment, Grant, Organisation, Partnership})
SHOWN: frozenset[type[Any]] = COMPARED | {LedgerLine, LedgerMatch, Intervention}


class MatchPanel(QWidget):
    """It shows and asks; its page does what is asked."""

    accepted = Signal(object)  # Suggestion, or Combination
    many_wanted = Signal()
    split_wanted = Signal()
    cost_wanted = Signal()
    aside_wanted = Signal()
    back_wanted = Signal()
    unmatched = Signal(object)  # a tuple of LedgerMatch
    opened = Signal(object, int)
    shown = Signal()  # the line that was chosen last is looked at and drawn

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looker = LineLooker(workspace)
        self._asked = 0
        self._line_id: int | None = None
        self.looked: LineLooked | None = None
        """The line shown; None while the one chosen is being looked at."""
        self.title = heading(size=1)
        self.title.setWordWrap(True)
        self.note = plain_label(wrapped=True)
        self.note.setAccessibleName("About the line")
        self.model, self.table = wrapping_table("What the line paid for", OF_LINE, 1, 3)
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.asked.connect(self._enter)
        self.table.selectionModel().currentRowChanged.connect(self._enable)
        self.model.modelReset.connect(self._enable)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.title)
        layout.addWidget(self.note)
        layout.addWidget(self.table, 1)
        self._buttons = self._make_buttons()
        layout.addLayout(self._buttons)
        layout.addStretch(0)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._look)
        self.say_nothing("")

    def _make_buttons(self) -> QBoxLayout:
        self.accept_button = push_button(
            "&Accept", "Agree that the line paid for the chosen suggestion (Enter on the line)", self.accept
        )
        self.many_button = push_button(
            f"Accept all a&bove {SURE}%...",
            "See every suggestion that is at least so sure, or as sure as you then say, and agree to all of them at once",
            self.many_wanted.emit,
        )
        self.split_button = push_button(
            "&Split...",
            "Match parts of the line to several costs or instalments, or to one you choose",
            self.split_wanted.emit,
        )
        self.cost_button = push_button(
            "&Make a cost of it...", "Enter the cost that this line paid, and match it", self.cost_wanted.emit
        )
        self.aside_button = push_button(
            "&Not ours...",
            "Say why the chosen lines need no match: another programme's, a transfer",
            self.aside_wanted.emit,
        )
        self.back_button = push_button(
            "Bring bac&k", "The chosen lines are to be matched after all", self.back_wanted.emit
        )
        self.undo_button = push_button(
            "&Undo match",
            "Take the chosen match off, or all of the line's where none is chosen",
            self._unmatch,
        )
        self.open_button = push_button(
            "G&o to it", "Open the cost or the grant of the chosen row", self._open
        )
        self._parts = QHBoxLayout(), QHBoxLayout()
        for part, buttons in zip(
            self._parts,
            (
                (self.accept_button, self.many_button, self.split_button, self.cost_button),
                (self.aside_button, self.back_button, self.undo_button, self.open_button),
            ),
            strict=True,
        ):
            part.setSpacing(SPACE)
            for each in buttons:
                part.addWidget(each)
        self._parts[1].addStretch(1)
        both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        both.setSpacing(SPACE)
        for part in self._parts:
            both.addLayout(part)
        return both

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand in one row where there is room for all of them, else in two."""
        super().resizeEvent(event)
        wanted = sum(each.sizeHint().width() for each in self._parts) + SPACE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(across if wanted <= event.size().width() else down)

    def minimumSizeHint(self) -> QSize:
        """So narrow it can get: its buttons in two rows."""
        hint = super().minimumSizeHint()
        wide = max(each.minimumSize().width() for each in self._parts)
        return QSize(min(hint.width(), wide), hint.height())

    # Showing

    def show_line(self, line_id: int | None) -> None:
        """Look at a line, in a moment."""
        if line_id == self._line_id and (line_id is None or self.looked is not None):
            return
        self._line_id = line_id
        self._asked += 1
        self.looked = None
        if line_id is None:
            self.say_nothing("")
            return
        self._enable()
        self._soon.start()

    def say_nothing(self, words: str) -> None:
        """No line is chosen; `words` say what to do."""
        self._line_id, self.looked = None, None
        self._asked += 1
        self._soon.stop()
        self.title.setText("What the line paid for")
        self.note.setText(words or "Choose a line in the list.")
        self.note.show()
        self.model.set_rows(())
        self.table.hide()
        self._enable()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._line_id is not None and self.looked is None:
            self._soon.start()

    def heard(self, changed: Changed) -> None:
        if changed.kinds & COMPARED:
            self._looker.forget()
        if self._line_id is not None and changed.kinds & SHOWN:
            self.looked = None
            self._soon.start()

    def _look(self) -> None:
        line_id = self._line_id
        if line_id is None or not self.isVisible():  # the file may be closed by now
            return
        self._asked += 1
        asked, looker = self._asked, self._looker

        def work(_progress: Progress) -> LineLooked | None:
            return looker.look(line_id)

        def take(looked: LineLooked | None) -> None:
            if asked == self._asked:
                self._show(looked)

        Question(self, work, take).start()

    def _show(self, looked: LineLooked | None) -> None:
        if looked is None:
            self.say_nothing("This line was removed. Ctrl+Z brings it back.")
            return
        self.looked = looked
        line = looked.line
        parts = (
            line.reference,
            long_date(line.posted_on),
            line.supplier,
            line.invoice_number,
            line.amount.in_full,
        )
        self.title.setText("  ·  ".join(each for each in parts if each))
        self.note.setText(_about(looked))
        rows = rows_of_line(looked)
        self.model.set_rows(())  # another line's rows: the first of them is chosen
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        if rows:
            self.table.selectRow(next((n for n, row in enumerate(rows) if isinstance(row.key, OFFERS)), 0))
        self._enable()
        self.shown.emit()

    def _enable(self) -> None:
        looked, chosen = self.looked, self._chosen()
        held = looked is not None
        aside = held and bool(looked.line.set_aside)
        open_still = held and bool(looked.left) and not aside
        self.accept_button.setEnabled(isinstance(chosen, OFFERS))
        self.split_button.setEnabled(open_still)
        self.cost_button.setEnabled(open_still)
        self.aside_button.setEnabled(held and not aside and not looked.paid)
        self.aside_button.setVisible(not aside)
        self.back_button.setVisible(aside)
        self.undo_button.setEnabled(held and bool(looked.paid))
        self.open_button.setEnabled(chosen is not None and not isinstance(chosen, Combination))

    # Doing

    def _chosen(self) -> Any:
        """The LedgerMatch, the Combination or the Suggestion of the chosen row."""
        row = self.table.currentIndex().row()
        return (
            self.model.rows[row].key if self.looked is not None and 0 <= row < len(self.model.rows) else None
        )

    @property
    def best(self) -> Suggestion | None:
        """The surest suggestion, where the line is looked at and has one."""
        found = self.looked.suggestions if self.looked is not None else ()
        return found[0][0] if found else None

    def accept(self) -> None:
        chosen = self._chosen()
        if isinstance(chosen, OFFERS):
            self.accepted.emit(chosen)

    def accept_best(self) -> bool:
        """Enter on the line: the best suggestion, which is in sight; one that is but perhaps right is gone to instead. Whether it was done."""
        best = self.best
        together = self.looked is not None and bool(self.looked.together)
        if best is None and not together:
            return False
        if best is None or together or best.confidence < LIKELY:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.accepted.emit(best)
        return True

    def _enter(self) -> None:
        if isinstance(self._chosen(), OFFERS):
            self.accept()
        else:
            self._open()

    def _unmatch(self) -> None:
        chosen = self._chosen()
        if isinstance(chosen, LedgerMatch):
            self.unmatched.emit((chosen,))
        elif self.looked is not None and self.looked.paid:
            self.unmatched.emit(tuple(each.match for each in self.looked.paid))

    def _open(self) -> None:
        row = self.table.currentIndex().row()
        target = self.model.rows[row].target if 0 <= row < len(self.model.rows) else None
        if target is not None:
            self.opened.emit(by_name(target[0]), target[1])


def _about(looked: LineLooked) -> str:
    line = looked.line
    said = f"Finance calls it “{line.description}”. " if line.description else ""
    if line.set_aside:
        return f"{said}Set aside: {line.set_aside}"
    if not looked.left:
        return f"{said}Matched in full."
    part = f"{looked.left.in_full} of it is left to match. " if looked.paid else ""
    if looked.together:
        return f"{said}{part}{looked.together[0][0].named} come to exactly this sum: Enter goes to them, and once more matches the line to all of them."
    if looked.suggestions:
        best = looked.suggestions[0][0]
        how = (
            "Enter accepts the first suggestion."
            if best.confidence >= LIKELY
            else "No suggestion is likely: Enter goes to them, to choose one."
        )
        return f"{said}{part}{how}"
    return f"{said}{part}Nothing here has this reference or sum. Split it by hand, make a cost of it, or say that it isn't ours."
