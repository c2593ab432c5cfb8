"""MissingPage: the place of missing evidence: costs that no document evidences, and documents whose file isn't there."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QSplitter, QVBoxLayout, QWidget

from fundtracker.application.behind import words_behind
from fundtracker.application.glance import Within
from fundtracker.application.missing_evidence import MOST, Missing, check_every_file, missing_evidence
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.organisations import Office
from fundtracker.domain.periods import short_date
from fundtracker.domain.records import by_name
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.dialogs.working import run_with_progress
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.models.form_lines import counted
from fundtracker.ui.navigation import MISSING
from fundtracker.ui.views.list_narrowed import Narrowed
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button

COSTS = (
    Heading("Cost", 10),
    Heading("Award", 14),
    Heading("Supplier", 30),
    Heading("Invoice no.", 16),
    Heading("Invoiced", 11),
    Heading("Eligible", 13, right=True),
)
DOCUMENTS = (Heading("Document", 36), Heading("What is wrong, and what to do", 70))


class MissingPage(Page):
    """Enter goes to the cost, or the document; a file dropped on a cost's line becomes its evidence."""

    help_page = "evidence"
    kinds = frozenset({Cost, Document, Intervention, Award, Office})

    place_wanted = Signal(str)  # a place of the window

    def __init__(self, workspace: Workspace, within: Within = (), parent: QWidget | None = None) -> None:
        """`within`: (("intervention_id.award_id", 3),) narrows it to the costs of award 3."""
        super().__init__(workspace, parent)
        self._asked = 0
        self._award_id: int | None = within[0][1] if within else None
        self.narrowed = Narrowed("all missing evidence", lambda: self.place_wanted.emit(MISSING))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        self.attach_button = push_button(
            "&Add evidence...", "Choose files to keep as evidence of the chosen cost", self._attach
        )
        self.check_button = push_button(
            "Chec&k every file",
            "Read each file and compare its fingerprint with the one it was taken in with",
            self._check,
        )
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(heading("Missing evidence"))
        top.addStretch(1)
        top.addWidget(self.attach_button)
        top.addWidget(self.check_button)
        layout.addLayout(top)
        layout.addWidget(self.narrowed)
        self.costs, self.table, self.costs_note, above = self._listed("Costs without evidence", COSTS, 2)
        self.documents, self.document_table, self.documents_note, below = self._listed(
            "Documents without their file", DOCUMENTS, 1
        )
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(above)
        splitter.addWidget(below)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        layout.addWidget(splitter, 1)
        if within:  # a document need not be of an award
            below.hide()
            self.check_button.hide()
            self.narrowed.say(lambda: words_behind(workspace, Cost, within))
        self.table.selectionModel().selectionChanged.connect(self._look)
        self._look()
        self.refresh()

    def _listed(
        self, name: str, headings: tuple[Heading, ...], stretched: int
    ) -> tuple[FiguresTable, Table, Any, QWidget]:
        model = FiguresTable(headings, self)
        table = figures_table(name, model)
        table.leads_on_double_click()
        table.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        table.asked.connect(lambda row: self._open(model, row))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - Qt's own number
        note = plain_label(wrapped=True)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(heading(name, size=1))
        column.addWidget(note)
        column.addWidget(table, 1)
        column.addStretch(0)
        return model, table, note, box

    def refresh(self) -> None:
        """Off the window's thread; only the latest answer is shown."""
        self._asked += 1
        asked, workspace, award_id = self._asked, self.workspace, self._award_id

        def work(_progress: Progress) -> Missing:
            return missing_evidence(workspace, award_id)

        def take(found: Missing) -> None:
            if asked == self._asked:
                self._show(found)

        Question(self, work, take).start()

    def _show(self, found: Missing) -> None:
        self.costs.set_rows(
            [
                TableRow(
                    (each.reference, each.award, each.supplier, each.invoice_number, short_date(each.invoiced_on), each.eligible.shown),
                    target=("Cost", each.cost_id),
                    key=each.cost_id,
                )
                for each in found.costs
            ]
        )  # fmt: skip
        self.documents.set_rows(
            [
                TableRow((each.name, each.why), target=("Document", each.document_id), key=each.document_id)
                for each in found.documents
            ]
        )
        many = len(found.costs)
        most = " The oldest are listed; the rest follow as these are done." if many == MOST else ""
        self.costs_note.setText(
            f"{counted(many, 'cost')} spent and invoiced without a document. Drop the invoice on its line.{most}"
            if many
            else f"Every cost {'of these ' if self._award_id else ''}that is spent and invoiced has a document."
        )
        self.documents_note.setText(_of_documents(found))
        if many and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._look()

    def _look(self) -> None:
        self.attach_button.setEnabled(bool(self.table.chosen_rows()))

    def _open(self, model: FiguresTable, row: int) -> None:
        target = model.rows[row].target
        if target is not None:
            self.opened.emit(by_name(target[0]), target[1])

    def _attach(self) -> None:
        from fundtracker.ui.attaching import ask_files, attach

        chosen = self.table.chosen_rows()[:1]
        files = ask_files(self) if chosen else []
        if files:
            attach(
                self.window(), self.workspace, files, (Cost, self.costs.rows[chosen[0]].key), self.said.emit
            )

    def _check(self) -> None:
        workspace = self.workspace

        def work(progress: Progress) -> Missing:
            return check_every_file(workspace, lambda done, of: progress("Reading the files", done, of))

        def done(found: Missing) -> None:
            self._asked += 1
            self._show(found)

        run_with_progress(self.window(), "Checking every file", work, done)

    def begins_at(self) -> QWidget:
        return self.table


def _of_documents(found: Missing) -> str:
    how = (
        "Every file was read."
        if found.checked
        else "So far the program has only checked that each file is there. Choose “Check every file” to read them too."
    )
    if not found.documents:
        return f"No file is missing{' or altered' if found.checked else ''}. {how}"
    return f"{counted(len(found.documents), 'document')}. {how}"
