"""ImportPreview: what a workbook would add, and what must be mended first. Nothing is written before its button is pressed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.actions.importing import Proposed
from fundtracker.domain.columns import plural
from fundtracker.domain.problems import Problem, Severity
from fundtracker.ui.dialogs.problem_table import as_text, faults, headings, rows
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, TO_READ, heading, plain_label, push_button, size_in_letters


def records_in_words(many: int) -> str:
    return f"{many:,} record{'' if many == 1 else 's'}"


class ImportPreview(QDialog):
    """Accepted: the user wants what was proposed. The button is there only while nothing stands in the way."""

    help_page = "import"
    wants_again = False
    """Closed because the workbook was mended meanwhile, and is to be read again."""

    def __init__(self, parent: QWidget | None, proposed: Proposed, problems: Sequence[Problem]) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Import {proposed.name}")
        self.setAccessibleName(f"Import {proposed.name}")
        self.faults = faults(problems)
        self.many = sum(proposed.counts.values())
        self.errors = sum(each.severity is Severity.ERROR for each in problems)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(heading(self._headline(), size=2))
        layout.addWidget(plain_label(self._advice(), wrapped=True))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._counts_table(proposed))
        if self.faults:
            self.whole = QPlainTextEdit()
            self.whole.setReadOnly(True)
            self.whole.setTabChangesFocus(True)
            self.whole.setAccessibleName("The chosen problem in full")
            self.whole.setAccessibleDescription(TO_READ)
            splitter.addWidget(self._problems())
            splitter.addWidget(self.whole)
            for part, share in enumerate((3, 4, 1)):
                splitter.setStretchFactor(part, share)
            splitter.setSizes([300, 400, 100])  # of one another
        layout.addWidget(splitter, 1)
        layout.addWidget(self._buttons())
        size_in_letters(self, 140, 36)

    def _headline(self) -> str:
        if self.errors:
            return f"{self.errors:,} {'cell needs' if self.errors == 1 else 'cells need'} mending first"
        return f"{records_in_words(self.many)} can be imported" if self.many else "There is nothing to import"

    def _advice(self) -> str:
        if self.errors:
            return "Nothing was changed. Mend the workbook as the list says, save it, and read it again: it comes in whole or not at all."
        if not self.many:
            return "None of its sheets holds a row below the headings. File, Import template writes a workbook to fill in."
        odd = (
            " Look at the warnings first: they are kept in the history with the import."
            if self.faults
            else ""
        )
        return f"Every rule was tried and none stands in the way.{odd} All of it is one change, which Undo takes back."

    def _counts_table(self, proposed: Proposed) -> Table:
        said = "In the workbook" if self.errors else "Would be added"
        model = self.counts = FiguresTable((Heading("What", 30), Heading(said, 16, right=True)), self)
        named = [(plural(kind), count) for kind, count in proposed.counts.items() if count]
        lines = [TableRow((name, f"{count:,}"), key=name) for name, count in named]
        if len(lines) > 1:
            lines.append(TableRow(("All", f"{self.many:,}"), key="", bold=True))
        model.set_rows(lines)
        table = figures_table(said, model)
        table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
        return table

    def _problems(self) -> Table:
        model = FiguresTable(headings(self.faults), self)
        model.set_rows(rows(self.faults))
        table = figures_table("Problems", model)
        table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
        table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(lambda: self._show_whole(table.currentIndex().row()))
        table.selectRow(0)
        return table

    def _show_whole(self, row: int) -> None:
        fault = self.faults[row]
        place = ", ".join(filter(None, (fault.sheet, fault.places)))
        self.whole.setPlainText(f"{place}\n{fault.what}" if place else fault.what)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(parent=self)
        if self.faults:
            copy = push_button(
                "&Copy the problems", "Copy the list, to paste into a message or a sheet", self.copy
            )
            box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
            again = push_button(
                "&Read it again", "Once it is mended and saved: look at the workbook anew", self.ask_again
            )
            box.addButton(again, QDialogButtonBox.ButtonRole.ActionRole)
        if self.many and not self.errors:
            words = f"&Import {records_in_words(self.many)}"
            take = push_button(words, "Add them all to this file, as one change", self.accept)
            take.setDefault(True)
            box.addButton(take, QDialogButtonBox.ButtonRole.AcceptRole)
            box.addButton(QDialogButtonBox.StandardButton.Cancel)
        else:
            box.addButton(QDialogButtonBox.StandardButton.Close).setDefault(True)
        box.rejected.connect(self.reject)
        return box

    def ask_again(self) -> None:
        self.wants_again = True
        self.reject()

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self.faults))
