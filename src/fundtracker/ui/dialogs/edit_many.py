"""One value for many records: choose the fields, give the values, and all that are chosen change at once."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fundtracker.application.actions.many import Held, change_many, changeable, held_by
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column, Record, column_of, plural, singular
from fundtracker.domain.problems import Refused, Unreadable
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.dialogs.working import run_with_progress
from fundtracker.ui.editors.factory import Editor, editor_for
from fundtracker.ui.words import (
    SPACE,
    choice_box,
    heading,
    in_brief,
    make_room,
    offer,
    plain_label,
    push_button,
)

LONGEST = 24
"""Characters of a value that is told."""
NUMBERED = ("&1", "&2", "&3", "&4", "&5", "&6")
"""The Alt keys of the fields, and so how many there can be."""


class FieldChange(QWidget):
    """A field, its new value, and what the records hold in it now."""

    def __init__(self, workspace: Workspace, kind: type[Record], number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._kind = workspace, kind
        self._held: Mapping[str, Held] | None = None
        self._many = 0
        self.column: Column | None = None
        self.editor: Editor | None = None
        self.choice = choice_box(f"Field {number}")
        self.choice.setPlaceholderText("Choose a field")
        for each in changeable(kind):
            self.choice.addItem(each.label, each.name)
        self.choice.setCurrentIndex(-1)
        self.choice.currentIndexChanged.connect(self._chosen)
        label = plain_label(f"{NUMBERED[number - 1]}. Field")
        label.setBuddy(self.choice)
        self.now = plain_label(wrapped=True)
        self.now.setAccessibleName(f"Field {number} now")
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, SPACE)
        self._layout.setColumnStretch(2, 1)
        self._layout.addWidget(label, 0, 0)
        self._layout.addWidget(self.choice, 0, 1)
        self._layout.addWidget(self.now, 1, 1, 1, 2)

    @property
    def widget(self) -> QWidget | None:
        """The editor of the new value."""
        return cast("QWidget | None", self.editor)

    def tell(self, held: Mapping[str, Held], many: int) -> None:
        """What the chosen records hold now."""
        self._held, self._many = held, many
        self._say_now()

    def _chosen(self) -> None:
        if self.widget is not None:
            self._layout.removeWidget(self.widget)
            self.widget.deleteLater()
        self.column = column_of(self._kind, str(self.choice.currentData()))
        self.editor = editor_for(self.column, self._workspace, self, compact=True)
        widget = cast("QWidget", self.editor)
        widget.setAccessibleName(f"New value of {self.column.label}")
        self._layout.addWidget(widget, 0, 2)
        QWidget.setTabOrder(self.choice, widget)
        self._say_now()

    def _say_now(self) -> None:
        if self.column is None:
            self.now.setText("")
        elif self._held is None:
            self.now.setText("Now: looking...")
        else:
            self.now.setText(f"Now: {_in_words(self._held[self.column.name], self._many)}.")

    def value(self) -> Any:
        """The value to give; Unreadable says what to type instead."""
        if self.column is None or self.editor is None:
            raise Unreadable("Choose a field.")
        try:
            found = self.editor.value()
        except Unreadable as trouble:
            raise Unreadable(f"{self.column.label}: {trouble}") from None
        if (found is None and not self.column.nullable) or (found == "" and self.column.required):
            raise Unreadable(f"{self.column.label} is empty: enter {self.column.kind.hint}.")
        return found


def _in_words(held: Held, many: int) -> str:
    """ "3 different values (A, B, C)", "“A” in all 12"."""
    if held.different == 1:
        value = f"“{_cut(held.some[0])}”" if held.some[0] else "empty"
        return f"{value} in all {many:,}" if many > 1 else value
    some = ", ".join(f"“{_cut(text)}”" if text else "empty" for text in held.some)
    return f"{held.different:,} different values ({some}{', ...' if held.different > len(held.some) else ''})"


def _cut(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= LONGEST and line == text else f"{line[:LONGEST].rstrip()}..."


class EditManyDialog(QDialog):
    """Fields and values; a refusal is said in place, and nothing is then changed."""

    help_page = "many"

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        kind: type[Record],
        ids: tuple[int, ...],
        done: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self.workspace, self.kind, self.ids = workspace, kind, ids
        self._done = done
        self._held: dict[str, Held] | None = None
        whole = f"{len(ids):,} {(singular(kind) if len(ids) == 1 else plural(kind)).lower()}"
        self.setWindowTitle(f"Change {whole}")
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fields: list[FieldChange] = []
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(heading(self.windowTitle()))
        layout.addWidget(plain_label("All of them get the value that you give here.", wrapped=True))
        self._places = QVBoxLayout()
        layout.addLayout(self._places)
        self.another = push_button("Another &field", "Change one more field at the same time", self._add)
        layout.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeft)
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        layout.addWidget(self.message)
        layout.addStretch(1)
        bar = QHBoxLayout()
        self.apply = push_button(f"C&hange {whole}", "One Ctrl+Z takes it back", self._apply)
        self.apply.setDefault(True)
        cancel = push_button("&Cancel", "Change nothing", self.reject)
        for button in (self.another, cancel):
            button.setAutoDefault(False)
        bar.addStretch(1)
        bar.addWidget(self.apply)
        bar.addWidget(cancel)
        layout.addLayout(bar)
        self.setMinimumWidth(560)
        self._add()
        self._offer()

        def work(progress: Progress) -> dict[str, Held]:
            return held_by(workspace, kind, ids, progress)

        Question(self, work, self._tell).start()

    def _add(self) -> None:
        if len(self.fields) == len(NUMBERED):
            return
        field = FieldChange(self.workspace, self.kind, len(self.fields) + 1, self)
        self.fields.append(field)
        self._places.addWidget(field)
        if self._held is not None:
            field.tell(self._held, len(self.ids))
        self.another.setEnabled(len(self.fields) < len(NUMBERED))
        last = self.fields[-2] if len(self.fields) > 1 else None
        if last is not None:
            QWidget.setTabOrder(last.widget or last.choice, field.choice)
        field.choice.currentIndexChanged.connect(self._offer)
        field.choice.currentIndexChanged.connect(lambda: make_room(self))
        field.choice.setFocus()
        make_room(self)

    def _offer(self) -> None:
        chosen = any(field.column is not None for field in self.fields)
        offer(self.apply, "" if chosen else "Choose a field first")

    def _tell(self, held: dict[str, Held]) -> None:
        self._held = held
        for field in self.fields:
            field.tell(held, len(self.ids))
        make_room(self)

    def _say(self, text: str) -> None:
        self.message.setText(f"⚠ {text}" if text else "")
        make_room(self)

    def _values(self) -> dict[str, Any]:
        """What is to be given; Unreadable says what is missing. A row without a field counts for nothing."""
        values: dict[str, Any] = {}
        for field in self.fields:
            column = field.column
            if column is None:
                continue
            value = field.value()
            if column.name in values:
                raise Unreadable(f"{column.label} is chosen twice: choose another field for one of them.")
            values[column.name] = value
        return values

    def _apply(self) -> None:
        try:
            values = self._values()
        except Unreadable as trouble:
            self._say(str(trouble))
            return
        self._say("")
        workspace, kind, ids = self.workspace, self.kind, self.ids
        labels = " and ".join(column_of(kind, name).label for name in values)

        def work(progress: Progress) -> int:
            return change_many(workspace, kind, ids, values, progress)

        def finished(count: int) -> None:
            if not count:
                self._say("Nothing changed: all of them hold that already.")
                return
            self.accept()
            whole = f"{count:,} {(singular(kind) if count == 1 else plural(kind)).lower()}"
            self._done(f"{labels} of {whole} changed. Ctrl+Z takes it back.")

        run_with_progress(self, self.windowTitle(), work, finished, self._refused)

    def _refused(self, refused: Refused) -> None:
        self._say(f"Nothing was changed.\n{in_brief(refused.problems)}")


def edit_many(
    parent: QWidget,
    workspace: Workspace,
    kind: type[Record],
    ids: tuple[int, ...],
    done: Callable[[str], None],
) -> None:
    """Ask for fields and values, and give them to all these records; `done` is then told what came of it."""
    EditManyDialog(parent, workspace, kind, ids, done).open()
