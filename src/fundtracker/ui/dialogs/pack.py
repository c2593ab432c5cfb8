"""PackDialog: what goes into an auditor's pack, how its sample is drawn, whether it is for the public, and where it is written."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.actions.pack.gathered import Asked
from fundtracker.domain.grants import Grant
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.sampling import USUAL_SIZE
from fundtracker.ui.dialogs.where import completed, may_write
from fundtracker.ui.editors.levels import level
from fundtracker.ui.editors.typed import show_locked
from fundtracker.ui.words import CLOSE, SPACE, heading, plain_label, push_button, size_in_letters

PACKS = "Auditor's packs (*.zip)"
MOST = 1_000
"""Lines in a sample: whoever wants more looks at all of them."""
SEED = "Words or a number that draw the sample; the same seed draws the same lines."
OF_RETURN = (
    "The return (workbook and PDF, as frozen once it is submitted), every cost line behind each of its figures with its evidence, the changes since "
    "the last return in plain words, variations, approvals, checks passed and waived, the tie-out, a sample by value, and what is missing."
)
OF_DRAFT = "This return isn't submitted yet: the pack says so, and its figures are as they stand now."
OF_GRANT = (
    "Every cost line the partner spent with its evidence, forms, instalments and conditions, the changes in plain words, "
    "variations, approvals, checks, how the grant ties out, a sample by value, and what is missing."
)


class PackDialog(QDialog):
    """Accepted: `asked` and `path` are what the user wants. Nothing is written here."""

    help_page = "pack"

    def __init__(self, parent: QWidget | None, subject: FunderReturn | Grant, folder: Path) -> None:
        super().__init__(parent)
        self.asked: Asked | None = None
        self.path: Path | None = None
        self._asked_about = ""
        """The file that the system's dialog was last left with: it asked whether to replace it."""
        name = f"{'Return' if isinstance(subject, FunderReturn) else 'Grant'} {subject.reference}"
        self.setWindowTitle(f"Auditor's pack: {name}")
        self.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        title = heading(name, size=2)
        title.setWordWrap(True)
        layout.addWidget(title)
        layout.addWidget(plain_label("One zip file that opens without fundtracker. In it:", wrapped=True))
        layout.addWidget(
            plain_label(OF_RETURN if isinstance(subject, FunderReturn) else OF_GRANT, wrapped=True)
        )
        if isinstance(subject, FunderReturn) and not subject.state.frozen:
            layout.addWidget(plain_label(f"⚠ {OF_DRAFT}", wrapped=True))
        layout.addLayout(self._make_fields(folder / f"{_safe(subject.reference)} audit pack.zip"))
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.hide()
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addWidget(self._make_buttons())
        size_in_letters(self, 110, 20)
        self._fit()

    def _make_fields(self, begins: Path) -> QFormLayout:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.seed = QLineEdit()
        self.seed.setAccessibleName("Seed of the sample")
        self.seed.setPlaceholderText("left empty: made of the reference and the file's fingerprint")
        self.seed.setAccessibleDescription(SEED)
        note = plain_label(SEED, wrapped=True)
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        seed = QVBoxLayout()
        seed.setSpacing(CLOSE)
        seed.addWidget(self.seed)
        seed.addWidget(note)
        label = plain_label("&Seed of the sample")
        label.setBuddy(self.seed)
        level(label)
        form.addRow(label, seed)
        self._make_sample(form)
        self.public = QCheckBox("For the &public: leave out what is not for publication, and say how much")
        self.public.setAccessibleName(self.public.text().replace("&", ""))
        form.addRow("", self.public)
        self.where = QLineEdit(str(begins))
        self.where.setAccessibleName("Where to write it")
        self.where.setAccessibleDescription("The folder and name of the zip file")
        browse = push_button("Bro&wse...", "Choose the folder and the file's name", self._browse)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.where, 1)
        row.addWidget(browse)
        label = plain_label("Where &to")
        label.setBuddy(self.where)
        form.addRow(label, row)
        return form

    def _make_sample(self, form: QFormLayout) -> None:
        """By the number of lines, or by the interval: each decides the other."""
        self.by_size = QRadioButton("At most this &many lines")
        self.by_interval = QRadioButton("One line for every so many po&unds")
        both = QButtonGroup(self)
        self.size_field = QSpinBox()
        self.size_field.setRange(1, MOST)
        self.size_field.setValue(USUAL_SIZE)
        self.size_field.setAccessibleName("Lines in the sample at most")
        self.size_field.setAccessibleDescription("Type a whole number")
        self.interval = QLineEdit()
        self.interval.setAccessibleName("Interval in pounds")
        self.interval.setPlaceholderText("such as 2,500")
        for button, field in ((self.by_size, self.size_field), (self.by_interval, self.interval)):
            both.addButton(button)
            button.setAccessibleName(button.text().replace("&", ""))
            button.toggled.connect(partial(_enable, field))
            _enable(field, False)
            form.addRow(button, field)
        self.by_size.setChecked(True)

    def _make_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(parent=self)
        self.make_button = push_button(
            "Ma&ke the pack", "Write it; this can be stopped at any moment", self._take
        )
        self.make_button.setDefault(True)
        box.addButton(self.make_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(QDialogButtonBox.StandardButton.Cancel)
        box.rejected.connect(self.reject)
        return box

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, "Where to write the pack", self.where.text(), PACKS)
        if chosen:
            self.where.setText(chosen)
            self._asked_about = chosen

    def _take(self) -> None:
        try:
            interval = Money.read(self.interval.text()) if self.by_interval.isChecked() else None
        except Unreadable as unread:
            self._say(f"The interval: {unread}", self.interval)
            return
        if interval is not None and interval.pence < 1:
            self._say("The interval is at least a penny: enter an amount such as 2,500.", self.interval)
            return
        typed = self.where.text().strip()
        if not typed:
            self._say("Say where to write the pack.", self.where)
            return
        path = completed(typed, ".zip")
        if not path.parent.is_dir():
            self._say(f"There is no folder {path.parent}: choose one that is there.", self.where)
            return
        if not may_write(self, path, asked_about=self._asked_about):
            self.where.setFocus()
            return
        self.path = path
        self.asked = Asked(
            seed=self.seed.text().strip(),
            size=self.size_field.value(),
            interval=interval,
            public=self.public.isChecked(),
        )
        self.accept()

    def _say(self, text: str, field: QWidget) -> None:
        self.message.setText(f"⚠ {text}")
        self.message.show()
        self._fit()
        field.setFocus()

    def _fit(self) -> None:
        """As high as what stands in it."""
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))


def _enable(field: QWidget, on: bool) -> None:
    """What the other choice needs can't be entered, and looks so."""
    field.setEnabled(on)
    show_locked(field, not on)


def _safe(reference: str) -> str:
    """A reference as part of a file's name, on any system."""
    return "".join("_" if each in '<>:"/\\|?*' else each for each in reference)
