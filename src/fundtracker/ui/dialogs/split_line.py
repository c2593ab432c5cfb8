"""SplitDialog: a ledger line parted among the costs and instalments that it paid."""

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.actions.ledger.choices import Choices
from fundtracker.application.actions.ledger.looking import LineLooked, in_words
from fundtracker.application.actions.ledger.matching import Part, split
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import column_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Instalment
from fundtracker.domain.guards_ledger import asked
from fundtracker.domain.ledger import LedgerMatch
from fundtracker.domain.money import Money, total
from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable
from fundtracker.ui.editors.part_choosing import PartEditor
from fundtracker.ui.editors.typed import TypedEditor
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.models.ledger_rows import line_in_words
from fundtracker.ui.views.list_empty import EmptyWords
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button, size_in_letters

PARTS = (Heading("What it paid", 70), Heading("Amount", 14, right=True))


class SplitDialog(QDialog):
    """Parts are added one by one; the button matches all of them at once. What they leave over stays open."""

    help_page = "ledger"

    def __init__(
        self, parent: QWidget | None, workspace: Workspace, looked: LineLooked, choices: Choices
    ) -> None:
        super().__init__(parent)
        self._workspace, self._looked = workspace, looked
        self.parts: list[Part] = []
        line = looked.line
        self.setWindowTitle(f"Split {line.reference}")
        self.setAccessibleName(self.windowTitle())
        self.title = heading(f"{line_in_words(line)}, {line.amount.in_full}", size=1)
        self.title.setWordWrap(True)
        self.state = plain_label(wrapped=True)
        self.state.setAccessibleName("What is left of the line")
        self.cost = PartEditor(Cost, workspace, choices)
        self.instalment = PartEditor(Instalment, workspace, choices)
        self.amount = TypedEditor(column_of(LedgerMatch, "amount"))
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.hide()
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.title)
        layout.addWidget(self.state)
        layout.addLayout(self._make_fields())
        layout.addWidget(self.message)
        self.model = FiguresTable(PARTS, self)
        self.table = figures_table("Parts", self.model)
        self.table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.nothing = EmptyWords(self.table)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._make_buttons())
        size_in_letters(self, 100, 30)
        self._show()
        self.cost.setFocus()

    def _make_fields(self) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, editor, name in (
            ("&Cost", self.cost, "Cost"),
            ("or &instalment", self.instalment, "Instalment"),
            ("&Amount", self.amount, "Amount"),
        ):
            label = plain_label(words)
            label.setBuddy(editor)
            editor.setAccessibleName(name)
            editor.setAccessibleDescription("Type part of its name, reference or sum, and choose it")
            form.addRow(label, editor)
        self.cost.committed.connect(lambda: self._offer_amount(self.cost, self.instalment))
        self.instalment.committed.connect(lambda: self._offer_amount(self.instalment, self.cost))
        self.add_button = push_button("A&dd the part", "Put this part on the list below", self.add_part)
        self.out_button = push_button("&Take the chosen part out", "Off the list below", self._take_out)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.add_button)
        row.addWidget(self.out_button)
        row.addStretch(1)
        form.addRow(row)
        return form

    def _make_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(parent=self)
        self.match_button = push_button(
            "&Match the parts", "Match the line to all of them, as one change", self._match
        )
        box.addButton(self.match_button, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = box.addButton(QDialogButtonBox.StandardButton.Cancel)
        for each in (self.match_button, cancel):
            each.setAutoDefault(False)  # Enter in a field adds its part
        box.rejected.connect(self.reject)
        self.add_button.setDefault(True)
        return box

    # Parts

    @property
    def left(self) -> Money:
        """What of the line is in no part yet."""
        return self._looked.left - total(each.amount for each in self.parts)

    def _offer_amount(self, chosen: PartEditor, other: PartEditor) -> None:
        """As much of the line as what was chosen can take; a part is of one or the other."""
        try:
            found = self._record(chosen)
        except Unreadable as unread:
            self._say(str(unread))
            return
        if found is None:
            return
        other.set_value(None)
        self._say("")
        asks = found.amount if isinstance(found, Instalment) else asked(found)
        key = "instalment_id" if isinstance(found, Instalment) else "cost_id"
        rest = asks - total(each.amount for each in self._workspace.select(LedgerMatch, **{key: found.id}))
        same_way = (rest.pence < 0) == (self.left.pence < 0)
        self.amount.set_value(min(self.left, rest, key=abs) if same_way else self.left)

    def _record(self, editor: PartEditor) -> Cost | Instalment | None:
        """The record chosen, None where none is; Unreadable where what was typed is none."""
        value = editor.value()
        if value is None:
            return None
        return self._workspace.get(Instalment if editor is self.instalment else Cost, value)

    def add_part(self) -> None:
        try:
            found = self._record(self.cost) or self._record(self.instalment)
            amount = self.amount.value()
        except (Unreadable, Refused) as trouble:
            self._say(str(trouble))
            return
        if found is None:
            self._say("Choose the cost or the instalment that this part paid.")
        elif not amount:
            self._say("Enter the amount of this part.")
        elif any(each.paid_for == found for each in self.parts):
            self._say(f"{found.reference} is a part already: take that part out to change its amount.")
        else:
            self.parts.append(Part(found, amount))
            for each in (self.cost, self.instalment, self.amount):
                each.set_value(None)
            self._say("")
            self._show()
            (self.cost if self.left else self.match_button).setFocus()

    def _take_out(self) -> None:
        for row in reversed(self.table.chosen_rows()):
            del self.parts[row]
        self._show()

    def _show(self) -> None:
        self.model.set_rows(
            [
                TableRow(
                    (in_words(self._workspace, each.paid_for), each.amount.shown),
                    key=(type(each.paid_for), each.paid_for.id),
                )
                for each in self.parts
            ]
        )
        self.nothing.say("" if self.parts else "No part yet. Choose what the line paid, then Add the part.")
        if self.parts:
            self.table.selectRow(len(self.parts) - 1)
        left, whole = self.left, self._looked.left
        found = [each.paid_for for each in self.parts]
        self.cost.narrow(left or whole, frozenset(each.id for each in found if isinstance(each, Cost)))
        self.instalment.narrow(
            left or whole, frozenset(each.id for each in found if isinstance(each, Instalment))
        )
        if left and (left.pence < 0) != (whole.pence < 0):
            words = f"The parts come to {abs(left).in_full} more than the {whole.in_full} there is to match."
        elif left:
            words = f"{left.in_full} of {whole.in_full} is still to split; what is left over stays open."
        else:
            words = f"All of {whole.in_full} is split."
        self.state.setText(words)
        self.match_button.setEnabled(bool(self.parts))
        self.out_button.setEnabled(bool(self.parts))

    def _match(self) -> None:
        try:
            split(self._workspace, self._looked.line, self.parts)
        except (Refused, StorageTrouble) as trouble:
            self._say(str(trouble))
            return
        self.accept()

    def _say(self, text: str) -> None:
        self.message.setText(f"⚠ {text}" if text else "")
        self.message.setVisible(bool(text))
