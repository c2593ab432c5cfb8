"""What the funder paid for a return, and when: entered once the money has come, corrected where it was entered wrongly."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import column_of
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.editors.levels import level
from fundtracker.ui.editors.typed import DateEditor, TypedEditor
from fundtracker.ui.views.form_field import Field
from fundtracker.ui.words import SPACE, close_fit, make_room, plain_label

Keep = Callable[[Money, date], Any]
"""Keeps a sum and a day; Refused or StorageTrouble says why it does not."""
KEEP_IT = "&Keep it all the same"


class PaymentDialog(QDialog):
    """Which return, two fields, and what OK does. It stays open, and says beside the field why, while something will not do.

    A sum that isn't the claim is asked about once more before it is kept; Enter does not answer that.
    """

    help_page = "return"

    def __init__(self, parent: QWidget | None, held: FunderReturn, today: date, keep: Keep) -> None:
        super().__init__(parent)
        self._held, self._keep = held, keep
        self._asked: Money | None = held.received if held.received_on else None
        """The sum that was asked about, or is held already."""
        self.setWindowTitle("Correct the payment" if held.received_on else "The funder paid")
        self.setAccessibleName(self.windowTitle())
        self.received = TypedEditor(column_of(FunderReturn, "received"))
        self.received_on = DateEditor(column_of(FunderReturn, "received_on"), lambda: today)
        self.received.set_value(held.received if held.received_on else held.claim)
        self.received_on.set_value(held.received_on or today)
        self.about = plain_label(_about(held), wrapped=True)
        self.difference = plain_label()
        self.difference.setAccessibleName("Compared with the claim")
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.hide()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        self.keep_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        self.fields = {each.column.name: Field(each.column, each, self) for each in self._editors}
        self._lay_out()
        for editor in self._editors:
            editor.textChanged.connect(self._typed)
        self._compare()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)
        self.received.setFocus()

    @property
    def _editors(self) -> tuple[TypedEditor, TypedEditor]:
        return self.received, self.received_on

    def _lay_out(self) -> None:
        layout = QFormLayout(self)
        layout.setSpacing(SPACE)
        layout.addRow(self.about)
        for words, editor in zip(("&Received", "Received &on"), self._editors, strict=True):
            label = plain_label(words)
            label.setBuddy(editor)
            editor.setAccessibleName(editor.column.label)
            level(label)
            layout.addRow(label, self.fields[editor.column.name])
            if editor is self.received:
                layout.addRow("", self.difference)
        layout.addRow(self.message)
        layout.addRow(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        close_fit(self)

    # While it is typed

    def _typed(self) -> None:
        """Other words are another question."""
        for field in self.fields.values():
            field.say("")
        self.message.hide()
        self.keep_button.setText("OK")
        self.keep_button.setDefault(True)
        self._compare()

    def _compare(self) -> None:
        """How what is typed differs from the claim."""
        try:
            received = self.received.value()
        except Unreadable:
            received = None
        self.difference.setText("" if received is None else f"{self._compared(received)}.")

    def _compared(self, received: Money) -> str:
        """ "£876,360.54 more than it claims"."""
        off = received - self._held.claim
        if not off:
            return "Just what it claims"
        return f"{abs(off).in_prose} {'more' if off > Money(0) else 'less'} than it claims"

    # Once it is to be kept

    def _take(self) -> None:
        found = self._read()
        if found is not None and found[0] not in {self._held.claim, self._asked}:
            self._ask_about(found[0])
        elif found is not None:
            self._try(*found)
        make_room(self)

    def _try(self, received: Money, received_on: date) -> None:
        try:
            self._keep(received, received_on)
        except Refused as refused:
            self._say_refusal(refused)
        except StorageTrouble as trouble:
            self._say(f"Not kept. {trouble}")
        else:
            self.accept()

    def _read(self) -> tuple[Money, date] | None:
        """What is entered; None where it can't be read or is missing, which is said beside its field."""
        found: dict[str, Any] = {}
        for name, field in self.fields.items():
            try:
                found[name] = field.editor.value()
            except Unreadable as unread:
                field.say(str(unread))
            else:
                missing = found[name] is None
                field.say(
                    f"{field.column.label} is empty: enter {field.column.kind.hint}." if missing else ""
                )
        wrong = next((field for field in self.fields.values() if field.wrong), None)
        if wrong is not None:
            wrong.widget.setFocus()
            return None
        return found["received"], found["received_on"]

    def _ask_about(self, received: Money) -> None:
        self._asked = received
        self._say(
            f"{self._compared(received)} ({self._held.claim.in_full}): correct it, or choose “{KEEP_IT.replace('&', '')}”."
        )
        self.keep_button.setText(KEEP_IT)
        self.keep_button.setDefault(False)
        self.keep_button.setAutoDefault(False)
        self.received.setFocus()
        self.received.selectAll()

    def _say_refusal(self, refused: Refused) -> None:
        """Beside the fields it names, else below them."""
        others: list[str] = []
        for problem in refused.problems:
            field = self.fields.get(problem.column)
            if field is None:
                others.append(problem.message)
            else:
                field.say(problem.message)
                field.widget.setFocus()
        if others:
            self._say("\n".join(others))

    def _say(self, text: str) -> None:
        self.message.setText(f"⚠ {text}")
        self.message.show()


def _about(held: FunderReturn) -> str:
    claims = f"{held.reference} claims {held.claim.in_prose}."
    if held.received_on:
        return f"{claims} Correct what came, or when: the history keeps what was entered before."
    return f"{claims} Enter what came, and when: the return is then Paid."


def ask_payment(parent: QWidget, workspace: Workspace, held: FunderReturn, keep: Keep) -> None:
    """What was paid for a return and when, kept with `keep`; or nothing, where the question is cancelled."""
    PaymentDialog(parent, held, workspace.today, keep).exec()
