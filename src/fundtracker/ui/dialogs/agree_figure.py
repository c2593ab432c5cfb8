"""AgreeDialog: which figure of a tie-out is agreed, by whom; what it comes to now stands beside it."""

from collections.abc import Mapping

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from fundtracker.domain.ledger import AgreedFigure
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter, long_date
from fundtracker.ui.words import choice_box, plain_label, push_button


class AgreeDialog(QDialog):
    """Accepted: `figure`, `by` and `note` are what the user wants kept. Nothing is written here."""

    help_page = "tie_out"

    def __init__(
        self, parent: QWidget | None, award: str, quarter: Quarter, sums: Mapping[AgreedFigure, Money]
    ) -> None:
        """`sums` is what each figure comes to, from the start of the quarter's financial year to its end."""
        super().__init__(parent)
        self._sums = sums
        self.setWindowTitle("Agree a figure")
        self.setAccessibleName(self.windowTitle())
        self.figures = choice_box("Figure")
        for each in sums:
            self.figures.addItem(f"{each.value}: {sums[each].in_full}", each.value)
        self.figures.view().setAccessibleName("Figure")
        self.by = QLineEdit()
        self.by.setAccessibleName("Agreed by")
        self.by.setPlaceholderText("a role, such as Finance business partner")
        self.note = QLineEdit()
        self.note.setAccessibleName("Note")
        self.note.setAccessibleDescription("Left empty, or what was agreed besides")
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.hide()
        outer = QVBoxLayout(self)
        layout = QFormLayout()
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        span = f"from {long_date(quarter.year.begins_on)} to {long_date(quarter.ends_on)}"
        about = f"{award}, {span}. If the figure changes later, the tie-out and Home say so."
        layout.addRow(plain_label(about, wrapped=True))
        for words, field in (("Fig&ure", self.figures), ("Agreed &by", self.by), ("&Note", self.note)):
            label = plain_label(words)
            label.setBuddy(field)
            layout.addRow(label, field)
        layout.addRow(self.message)
        outer.addLayout(layout)
        outer.addStretch(1)
        outer.addWidget(self._make_buttons())
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 70)

    def _make_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(parent=self)
        agree = push_button("&Agree", "Keep what the figure comes to now as agreed", self._agree)
        agree.setDefault(True)
        box.addButton(agree, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(QDialogButtonBox.StandardButton.Cancel)
        box.rejected.connect(self.reject)
        return box

    @property
    def figure(self) -> AgreedFigure:
        return AgreedFigure(self.figures.currentData())

    def _agree(self) -> None:
        if self.by.text().strip():
            self.accept()
            return
        self.message.setText("⚠ Write who agreed it, by their role.")
        self.message.show()
        self.by.setFocus()
