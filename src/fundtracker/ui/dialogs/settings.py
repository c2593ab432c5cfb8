"""SettingsDialog: a row for each described field of `Settings`; a new setting needs nothing here."""

from dataclasses import Field, fields, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from fundtracker.ui.editors.levels import level
from fundtracker.ui.settings import Settings
from fundtracker.ui.words import SPACE, plain_label, push_button, with_alt_key

LETTERS, WIDEST = 84, 960
"""Of the dialog: characters, and pixels."""
LONGEST_NAME = 100
LONGEST_PATH = 1_000


class SettingsDialog(QDialog):
    """Nothing changes before OK; `settings` then holds what was chosen."""

    help_page = "settings"

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.setWindowTitle("Settings")
        self.setAccessibleName("Settings")
        self.editors: dict[str, QWidget] = {}
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE * 2)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(SPACE)
        taken: set[str] = set()
        for each in fields(settings):
            if each.metadata:
                self._add_row(form, each, taken)
        layout.addLayout(form)
        layout.addStretch(1)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        width = min(self.fontMetrics().averageCharWidth() * LETTERS, WIDEST)
        self.setMinimumWidth(width)
        self.resize(width, layout.totalHeightForWidth(width))

    def _add_row(self, form: QFormLayout, described: "Field[Any]", taken: set[str]) -> None:
        about, value = described.metadata, getattr(self.settings, described.name)
        words = with_alt_key(about["label"], taken)
        editor = _editor(value, about)
        editor.setAccessibleName(about["label"])
        editor.setAccessibleDescription(about["help"])
        self.editors[described.name] = editor
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(SPACE // 2)
        row = QHBoxLayout()
        row.addWidget(editor, 0 if isinstance(editor, (QSpinBox, QComboBox)) else 1)
        if isinstance(editor, (QSpinBox, QComboBox)):
            row.addStretch(1)
        if about["folder"]:
            row.addWidget(
                push_button(
                    with_alt_key("Choose...", taken), "Choose the folder", lambda: self._choose(editor)
                )
            )
        column.addLayout(row)
        note = plain_label(about["help"], wrapped=True)
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column.addWidget(note, 1)
        if isinstance(editor, QCheckBox):
            editor.setText(words)
            form.addRow(QLabel(), part)  # without a name Qt would keep it higher than it is
            return
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(editor)
        level(label)
        form.addRow(label, part)

    def _choose(self, line: Any) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, "Folder for exports", line.text() or str(self.settings.export_folder)
        )
        if chosen:
            line.setText(chosen)

    def _take(self) -> None:
        values = {name: _value(editor) for name, editor in self.editors.items()}
        self.settings = replace(self.settings, **values)
        self.accept()


def _editor(value: Any, about: Any) -> QWidget:
    """The widget for a kind of setting."""
    if about["choices"]:
        box = QComboBox()
        for known, words in about["choices"]:
            box.addItem(words, known)
        box.setCurrentIndex(box.findData(value))
        return box
    if isinstance(value, bool):
        check = QCheckBox()
        check.setChecked(value)
        return check
    if isinstance(value, int):
        number = QSpinBox()
        number.setRange(*about["limits"])
        number.setSingleStep(about["step"])
        number.setSuffix(about["unit"])
        number.setValue(value)
        return number
    line = QLineEdit(value)
    line.setMaxLength(LONGEST_PATH if about["folder"] else LONGEST_NAME)
    line.setPlaceholderText(about["empty"])
    return line


def _value(editor: QWidget) -> Any:
    match editor:
        case QComboBox():
            return editor.currentData()
        case QCheckBox():
            return editor.isChecked()
        case QSpinBox():
            return editor.value()
        case QLineEdit():
            return editor.text().strip()
        case _:
            raise TypeError(type(editor).__name__)


def ask_settings(parent: QWidget | None, settings: Settings) -> Settings | None:
    """What the user chose; None where the dialog is cancelled."""
    dialog = SettingsDialog(settings, parent)
    return dialog.settings if dialog.exec() == QDialog.DialogCode.Accepted else None
