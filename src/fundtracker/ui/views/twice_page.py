"""TwicePage: the place of possible double funding: costs that may be one, over all awards and funds, and why they aren't."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fundtracker.application.actions.records import edit
from fundtracker.application.double_funding import Suspicion, suspicions
from fundtracker.application.glance import Within
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.organisations import Organisation, Partnership
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.dialogs.saying import ask_text
from fundtracker.ui.models.figures_table import Heading, TableRow
from fundtracker.ui.models.form_lines import counted
from fundtracker.ui.navigation import TWICE
from fundtracker.ui.views.list_narrowed import Narrowed
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.return_parts import wrapping_table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button
from fundtracker.ui.wrapping import WrappingRow

PAIRS = (
    Heading("Likeness", 22),
    Heading("First cost", 11),
    Heading("Second cost", 11),
    Heading("What is alike", 40),
    Heading("Net", 12, right=True),
    Heading("Answer", 30, help="Why the second cost isn't the first one again"),
)
EMPTY = (
    "No two costs look alike: neither supplier, invoice and amount, nor evidence, over all awards and funds."
)
ANSWERED = "Every pair of costs that look alike has its answer."


class TwicePage(Page):
    """Enter goes to the second cost, which is the one to remove, reverse or answer for."""

    help_page = "evidence"
    kinds = frozenset({Cost, Document, Organisation, Partnership})

    place_wanted = Signal(str)  # a place of the window

    def __init__(self, workspace: Workspace, within: Within = (), parent: QWidget | None = None) -> None:
        """`within`: any narrows it to the pairs that nobody has answered for."""
        super().__init__(workspace, parent)
        self._unanswered = bool(within)
        self.narrowed = Narrowed("all pairs", lambda: self.place_wanted.emit(TWICE))
        self._asked = 0
        self.pairs: tuple[Suspicion, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        title = heading("Possible double funding")
        title.setWordWrap(True)
        layout.addWidget(title)
        layout.addWidget(self.narrowed)
        if within:
            self.narrowed.say(lambda: "Only the pairs without an answer.")
        self.note = plain_label("Comparing all costs...", wrapped=True)
        self.note.setAccessibleName("What was found")
        layout.addWidget(self.note)
        self.model, self.table = wrapping_table("Possible double funding", PAIRS, 3, 5)
        self.answer_button = push_button(
            "&Write the answer...",
            "Say why the second cost of the pair isn't the first one again",
            self._answer,
        )
        self.first_button = push_button(
            "Open the fi&rst cost", "The cost entered earlier", lambda: self._open(0)
        )
        self.second_button = push_button(
            "Open the &second cost", "The cost entered later (Enter)", lambda: self._open(1)
        )
        row = WrappingRow()
        for each in (self.answer_button, self.first_button, self.second_button):
            row.addWidget(each)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addStretch(0)
        self.table.asked.connect(lambda _row: self._open(1))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - Qt's own number
        self.table.selectionModel().selectionChanged.connect(self._look)
        self._look()
        self.refresh()

    def refresh(self) -> None:
        """Reads every cost: off the window's thread, and only the latest answer is shown."""
        self._asked += 1
        asked, workspace, unanswered = self._asked, self.workspace, self._unanswered

        def work(_progress: Progress) -> Any:
            return tuple(each for each in suspicions(workspace) if not (unanswered and each.answer))

        def take(found: tuple[Suspicion, ...]) -> None:
            if asked == self._asked:
                self._show(found)

        Question(self, work, take).start()

    def _show(self, found: tuple[Suspicion, ...]) -> None:
        chosen = self._chosen()
        self.pairs = found
        self.model.set_rows([_row(each) for each in found])
        waiting = sum(not each.answer for each in found)
        self.note.setText(
            f"{counted(len(found), 'pair')} of costs may be the same cost entered twice; {_unanswered(waiting)}. "
            "Remove or reverse one cost of a pair, or write why they are two costs."
            if found
            else ANSWERED
            if self._unanswered
            else EMPTY
        )
        keys = [row.key for row in self.model.rows]
        if keys and not self.table.selectionModel().hasSelection():
            before = (chosen.first.id, chosen.second.id) if chosen else None
            self.table.selectRow(keys.index(before) if before in keys else 0)
        self._look()

    def _chosen(self) -> Suspicion | None:
        rows = self.table.chosen_rows()
        return self.pairs[rows[0]] if rows and rows[0] < len(self.pairs) else None

    def _look(self) -> None:
        chosen = self._chosen() is not None
        for each in (self.answer_button, self.first_button, self.second_button):
            each.setEnabled(chosen)

    def _open(self, which: int) -> None:
        pair = self._chosen()
        if pair is not None:
            self.opened.emit(Cost, (pair.first, pair.second)[which].id)

    def _answer(self) -> None:
        pair = self._chosen()
        if pair is None:
            return
        second = pair.second
        question = f"Why {second.reference} isn't {pair.first.reference} again ({second.supplier}, {second.net.in_prose} net):"
        answer = ask_text(self, "Write the answer", question, second.duplicate_reason)
        if answer is None:
            return
        try:
            edit(self.workspace, self.workspace.get(Cost, second.id), duplicate_reason=answer.strip())
        except (Refused, StorageTrouble) as trouble:
            from fundtracker.ui.dialogs.saying import say_trouble

            say_trouble(self, "The answer was not kept", str(trouble))
        else:
            self.said.emit(f"Answer kept on {second.reference}.")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def begins_at(self) -> QWidget:
        return self.table


def _unanswered(waiting: int) -> str:
    if not waiting:
        return "each has its answer"
    return f"{waiting:,} {'has' if waiting == 1 else 'have'} no answer yet"


def _row(pair: Suspicion) -> TableRow:
    answer = pair.answer or "⚠ None yet"
    return TableRow(
        (
            pair.alike.value,
            pair.first.reference,
            pair.second.reference,
            pair.why,
            pair.second.net.shown,
            answer,
        ),
        target=("Cost", pair.second.id),
        key=(pair.first.id, pair.second.id),
        bold=not pair.answer,
    )
