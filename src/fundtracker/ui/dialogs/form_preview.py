"""FormPreview: what a form that came back says, what is wrong with it, and what accepting it changes. Nothing is written here."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.actions.partner_forms import FormLooked
from fundtracker.domain.partner_forms.differences import Difference
from fundtracker.domain.partner_forms.said import FormProblem
from fundtracker.domain.periods import long_date
from fundtracker.domain.problems import Severity
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.models.form_lines import (
    DIFFERENCES,
    PROBLEMS,
    as_text,
    counted,
    difference_rows,
    problem_rows,
)
from fundtracker.ui.views.parts import PartsTabs
from fundtracker.ui.views.return_parts import wrapping_table
from fundtracker.ui.views.tables import Table
from fundtracker.ui.words import SIGNS, SPACE, heading, plain_label, push_button, size_in_letters

ACCEPT, SEND_BACK = "accept", "send back"


class FormPreview(QDialog):
    """`wanted` is what the user chose (ACCEPT or SEND_BACK; nothing where it was closed), `reason` what was given for it."""

    help_page = "partner_forms"

    def __init__(self, parent: QWidget | None, looked: FormLooked) -> None:
        super().__init__(parent)
        self.looked = looked
        self.wanted, self.reason = "", ""
        self.setWindowTitle(f"Take in {looked.path.name}")
        self.setAccessibleName(self.windowTitle())
        self.warnings = tuple(each for each in looked.problems if each.severity is not Severity.ERROR)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        title = heading(self._headline(), size=2)
        title.setWordWrap(True)
        layout.addWidget(title)
        layout.addWidget(plain_label(self._who(), wrapped=True))
        layout.addWidget(plain_label(self._advice(), wrapped=True))
        self.tabs = self._make_tabs()
        layout.addWidget(self.tabs, 1)
        self.reason_field = QLineEdit()
        self.reason_field.setAccessibleName("Reason")
        self._reason_row(layout)
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.hide()
        layout.addWidget(self.message)
        layout.addWidget(self._make_buttons())
        size_in_letters(self, 150, 40)

    # Words

    def _headline(self) -> str:
        case = self.looked.case
        if self.looked.another:
            return "This is another form than the one it was handed in for"
        if self.looked.errors:
            return f"{case.grant}, {case.quarter}: {counted(len(self.looked.errors), 'problem')} to mend"
        return f"{case.grant}, {case.quarter}: it can be accepted"

    def _who(self) -> str:
        case, form = self.looked.case, self.looked.form
        who = f"{case.recipient}, for {case.partnership}" if case.partnership else case.recipient
        replaced = self.looked.replaces
        second = f" It takes the place of {replaced.reference}, which was accepted." if replaced else ""
        return f"{case.grant_title}. {who}. {case.quarter.months}; due on {long_date(form.due_on)}.{second}"

    def _advice(self) -> str:
        if self.looked.another:
            return "Nothing was changed, and it can be neither accepted nor sent back from here."
        if self.looked.errors:
            return "Nothing was changed. Send back writes a copy with each problem marked at its cell, for the partner to mend."
        odd = " Look at the warnings first." if self.warnings else ""
        return f"Every check was made and none stands in the way.{odd} Accepting is one change, which Undo takes back."

    # Parts

    def _make_tabs(self) -> PartsTabs:
        tabs = PartsTabs("What the form says", "Parts of the preview")
        looked = self.looked
        self.problem_table = self.warning_table = self.difference_table = self.corrected_table = None
        if looked.errors:
            self.problem_table = _problems(tabs, "To mend", looked.errors)
        if looked.corrected is not None:
            self.corrected_table = _differences(tabs, "Corrected since it was sent back", looked.corrected)
        if not looked.another and (looked.differences or not looked.problems):
            self.difference_table = _differences(tabs, "What accepting changes", looked.differences)
        if self.warnings:
            self.warning_table = _problems(tabs, "Warnings", self.warnings)
        return tabs

    @property
    def reason_wanted(self) -> bool:
        """Whether it takes the place of an accepted form, or changes what a submitted return said."""
        looked = self.looked
        sent = any(
            each.state.frozen and each.quarter >= looked.case.quarter
            for each in looked.book.all(FunderReturn)
        )
        return not looked.errors and (looked.replaces is not None or sent)

    def _reason_row(self, layout: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        words = (
            "&Reason why it takes the place of the accepted form"
            if self.looked.replaces
            else "&Reason, where it changes what a submitted return said"
        )
        label = plain_label(words)
        label.setBuddy(self.reason_field)
        self.reason_field.setAccessibleDescription(words.replace("&", ""))
        row.addWidget(label)
        row.addWidget(self.reason_field, 1)
        layout.addLayout(row)
        for part in (label, self.reason_field):
            part.setHidden(not self.reason_wanted)

    def _make_buttons(self) -> QDialogButtonBox:
        """As they stand from left to right, which is how Tab goes too."""
        box, looked = QDialogButtonBox(parent=self), self.looked
        buttons: list[QPushButton] = []
        if looked.problems:
            copy = push_button(
                "Copy the &problems", "Copy the list, to paste into a message or a sheet", self.copy
            )
            box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
            buttons.append(copy)
        close = push_button("&Close", "Nothing is written (Esc)", self.reject)
        box.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.append(close)
        if not looked.errors:
            buttons.append(
                push_button("&Accept the form", "Take in all that it says, as one change", self._accept)
            )
        elif not looked.another:
            tip = "Write the marked-up copy where you say, and record that it went back"
            buttons.append(push_button("&Send back...", tip, self._send))
        if buttons[-1] is not close:
            box.addButton(buttons[-1], QDialogButtonBox.ButtonRole.AcceptRole)
        buttons[-1].setDefault(True)
        before: QWidget = self.reason_field
        for each in buttons:
            self.setTabOrder(before, each)
            before = each
        return box

    # Deeds

    def _accept(self) -> None:
        self.reason = self.reason_field.text().strip()
        if self.looked.replaces is not None and not self.reason:
            self.message.setText(
                "⚠ Give the reason why this form takes the place of the one that was accepted."
            )
            self.message.show()
            self.reason_field.setFocus()
            return
        self.wanted = ACCEPT
        self.accept()

    def _send(self) -> None:
        self.wanted = SEND_BACK
        self.accept()

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(as_text(self.looked.problems, SIGNS))


def _problems(tabs: PartsTabs, title: str, found: tuple[FormProblem, ...]) -> Table:
    model, table = wrapping_table(title, PROBLEMS, 1)
    model.set_rows(problem_rows(found))
    table.selectRow(0)
    tabs.addTab(table, f"{title} ({len(found)})")
    return table


def _differences(tabs: PartsTabs, title: str, found: tuple[Difference, ...]) -> Table:
    model, table = wrapping_table(title, DIFFERENCES, 1, 4)
    model.set_rows(difference_rows(found))
    table.selectRow(0)
    tabs.addTab(table, f"{title} ({len(found)})")
    return table
