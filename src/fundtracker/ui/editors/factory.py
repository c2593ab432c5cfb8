"""editor_for(column): the widget for a kind of value, the same in a form and in a table."""

from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column
from fundtracker.domain.kinds import Choice, DateKind, LongText, Reference, YesNo
from fundtracker.ui.editors.choosing import ChoiceEditor, ReferenceEditor
from fundtracker.ui.editors.typed import DateEditor, LongEditor, TypedEditor


class Editor(Protocol):
    """What every editor can do, beside being a widget."""

    committed: Any  # a signal: the user has finished with the field

    def value(self) -> Any:
        """The value typed, None for empty where it may be; Unreadable says what to type instead."""
        ...

    def set_value(self, value: Any) -> None: ...

    def typed(self) -> str:
        """What stands in it, whether it can be read or not."""
        ...

    def set_typed(self, text: str) -> None: ...

    def set_locked(self, locked: bool) -> None:
        """Whether it only shows: it can still be reached, read aloud and copied from."""
        ...


def editor_for(
    column: Column, workspace: Workspace, parent: QWidget | None = None, *, compact: bool = False
) -> Editor:
    """An editor for a column; `compact` for a cell of a table."""
    editor: Editor
    match column.kind:
        case Choice() | YesNo():
            editor = ChoiceEditor(column, parent)
        case Reference():
            editor = ReferenceEditor(column, workspace, parent)
        case LongText() if not compact:
            editor = LongEditor(column, parent)
        case DateKind():
            editor = DateEditor(column, lambda: workspace.today, parent)
        case _:
            editor = TypedEditor(column, parent)
    widget: Any = editor
    widget.setAccessibleName(column.label)
    widget.setAccessibleDescription(
        " ".join(filter(None, (column.help or how_to_fill(column), column.why_locked)))
    )
    widget.setToolTip(column.why_locked)
    return editor


def how_to_fill(column: Column) -> str:
    """What a screen reader says of a field that has no help of its own."""
    if column.refers_to:
        return "Type part of its reference or name, and choose it"
    if isinstance(column.kind, (Choice, YesNo)):
        return "Up and Down choose"
    return f"Type {column.kind.hint}"
