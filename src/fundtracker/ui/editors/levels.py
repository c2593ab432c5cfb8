"""A field's name beside it: its first line level with the field's first line of text, however many lines either has."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QLayoutItem, QPlainTextEdit, QWidget

NAMES = QFormLayout.ItemRole.LabelRole


def first_line(widget: QWidget) -> int:
    """Pixels from the top of a field to its first line of text; one of a single line has it in its middle."""
    if isinstance(widget, QPlainTextEdit):
        return widget.frameWidth() + round(widget.document().documentMargin())
    return max(0, (widget.sizeHint().height() - widget.fontMetrics().height()) // 2)


def level(label: QLabel, *, above: bool = False) -> None:
    """Put a name, whose buddy is its field, at the top of its row: as far down as the field's text, or `above` the field, at once."""
    down = 0 if above else first_line(label.buddy())
    label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    if label.contentsMargins().top() != down:
        label.setContentsMargins(0, down, 0, 0)


def level_all(form: QFormLayout, *, above: bool = False) -> None:
    """Every name of a form; those of a form that is narrow stand `above` their fields."""
    for row in range(form.rowCount()):
        item: QLayoutItem | None = form.itemAt(row, NAMES)
        label: QWidget | None = item.widget() if item is not None else None
        if isinstance(label, QLabel):
            level(label, above=above)
