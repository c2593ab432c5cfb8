"""RecordForm: one form for every kind of record. Saves each field as it is left; a mistake stands beside its field."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from fundtracker.application.actions.records import add, edit, why_locked
from fundtracker.application.naming import called
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.columns import Column, Record, singular
from fundtracker.domain.problems import Problem, Refused, StorageTrouble, Unreadable
from fundtracker.ui.editors.factory import editor_for
from fundtracker.ui.editors.levels import level, level_all
from fundtracker.ui.views.form_draft import Draft, Texts, unsaved
from fundtracker.ui.views.form_field import Field
from fundtracker.ui.views.form_layout import FormLayout
from fundtracker.ui.views.list_order import entry_order
from fundtracker.ui.views.list_words import NOT_ADDED_HERE
from fundtracker.ui.words import MENU_LETTERS, SPACE, heading, plain_label, push_button, with_alt_key

BUTTON_LETTERS = frozenset("AUODRBLVCW")
"""Alt keys of the buttons beside a form on its list's page."""

NARROW = 36  # characters
NAMES = 14
"""Characters: so wide are the names at the left at least; longer ones are wrapped."""
WIDEST = 760
"""Pixels: a field is no easier to read when it is wider."""


class RecordForm(QScrollArea):
    """Shows one record, or a new one that is saved once its required fields are filled."""

    saved = Signal(object)  # the record, new or changed
    said = Signal(str)
    discarded = Signal()  # the new record, at the user's word

    def __init__(
        self,
        workspace: Workspace,
        kind: type[Record],
        *,
        only: Sequence[str] = (),
        titled: bool = True,
        taken: frozenset[str] = BUTTON_LETTERS,
        adds: Callable[[dict[str, Any]], Record] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`only` shows some of the columns, by name; `taken` are Alt keys that its page uses.

        With `adds` a new record waits for `make`, which makes it so; else it is added once nothing is missing.
        """
        super().__init__(parent)
        self.workspace = workspace
        self.kind = kind
        self.item: Record | None = None
        self._values: dict[str, Any] = {}
        self._adds = adds
        self._filling = False
        self._begun: Texts = {}
        self._to_try_again = False
        """Whether a new record was complete, and the file could not be written."""
        self._drafts: list[Draft] = []
        self._told_of_draft = False
        self._led_to: Field | None = None
        """Where the user was led: in sight also once the form has been laid out, until they scroll."""
        self.busy = False
        """Whether a record, or a new one, is being worked on."""
        self._taken = set(MENU_LETTERS | taken)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(f"{singular(kind)} form")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget(self)
        inside.setMaximumWidth(WIDEST)
        outer = QVBoxLayout(inside)
        left = SPACE if titled else 0  # without a title it goes on what stands above it
        outer.setContentsMargins(left, SPACE, SPACE, SPACE)
        self.title = heading(size=2)
        self.title.setWordWrap(True)
        outer.addWidget(self.title)
        self.title.setVisible(titled)
        outer.addLayout(self._make_top())
        self._body = QWidget()
        self._form = FormLayout(self._body)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.setVerticalSpacing(SPACE)
        outer.addWidget(self._body)
        outer.addStretch(1)
        self._body.setVisible(False)
        self._only = only
        self.setWidget(inside)
        self.verticalScrollBar().actionTriggered.connect(self._forget_led_to)

    def _make_top(self) -> QLayout:
        """What is said of the record as a whole; beside it, how to give up a new one."""
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.setVisible(False)
        self.discard_button = push_button(
            "Discard", "Give up this new record and what was typed of it", self.discard
        )
        self.discard_button.setVisible(False)
        top = QHBoxLayout()
        top.addWidget(self.message, 1)
        top.addWidget(self.discard_button, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing)
        return top

    @cached_property
    def fields(self) -> dict[str, Field]:
        """By their columns' names. Made for the first record: the list beside the form need not wait for two dozen editors.

        Made while they are hidden: else all of them would be laid out, in a width they will not have.
        """
        wanted = [column for column in entry_order(self.kind) if not self._only or column.name in self._only]
        return {column.name: self._field(column) for column in wanted}

    @property
    def made(self) -> Collection[Field]:
        """The fields, once there are any."""
        return self.fields.values() if "fields" in self.__dict__ else ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow for its letters, every name stands above its field."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW * self.fontMetrics().averageCharWidth()
        policy = QFormLayout.RowWrapPolicy
        wanted = policy.WrapAllRows if narrow else policy.WrapLongRows
        if wanted != self._form.rowWrapPolicy():
            self._form.setRowWrapPolicy(wanted)
            level_all(self._form, above=narrow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fields find their places after the form is shown, and those of long texts a turn later still."""
        answered = super().eventFilter(watched, event)
        led_to = self._led_to
        if led_to is not None and event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            if self.window().focusWidget() is led_to.widget:
                self.ensureWidgetVisible(led_to)
            else:
                self._forget_led_to()
        return answered

    def _forget_led_to(self) -> None:
        self._led_to = None

    def _field(self, column: Column) -> Field:
        editor = editor_for(column, self.workspace)
        field = Field(column, editor, self)
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(with_alt_key(column.label, self._taken) + ("\u00a0*" if self._needed(column) else ""))
        label.setBuddy(field.widget)
        label.setWordWrap(True)
        label.setMinimumWidth(NAMES * self.fontMetrics().averageCharWidth())
        level(label, above=self._form.rowWrapPolicy() == QFormLayout.RowWrapPolicy.WrapAllRows)
        editor.committed.connect(lambda: self._commit(column))
        self._form.addRow(label, field)
        return field

    # What is shown

    def show_record(self, item: Record) -> None:
        """Show a record as it is."""
        self._leave()
        self.item, self._values = item, {}
        self._say_all(())
        self._fill(item)
        self._lock(why_locked(self.workspace, item))
        self._begin()
        self._forget_led_to()
        self.ensureVisible(0, 0)

    def show_new(self, values: dict[str, Any]) -> None:
        """An empty form; `values` are what is already known (a child's parent, a copy's fields)."""
        self._leave()
        self._show_new(values)
        self._say_what_is_missing()
        first = next((name for name, value in self._values.items() if value in {None, ""}), None)
        self.go_to(first or next(iter(self.fields)))

    def _show_new(self, values: dict[str, Any]) -> None:
        self.item = None
        self._values = {name: values.get(name, field.column.default) for name, field in self.fields.items()}
        self.title.setText(f"New {singular(self.kind).lower()}")
        self._say_all(())
        self._filling = True
        for name, field in self.fields.items():
            field.fill(self._values[name])
        self._filling = False
        self._begun = self._texts()
        self._lock("")
        self._begin()
        if self._told_of_draft:
            self._told_of_draft = False
            self.said.emit("")  # it is no longer the last thing that was done

    def resume(self) -> bool:
        """Go on with the new record that was left half-typed; False where there is none."""
        if not self.half_typed:
            if not self._drafts:
                return False
            self._leave()
            self._take_up(self._drafts.pop())
        wrong = (name for name, field in self.fields.items() if field.wrong)
        self.go_to(next(chain(wrong, self._lacking(), self.fields)))
        return True

    def _take_up(self, draft: "Draft") -> None:
        """Each field as it was left: read again, and refused again where it still is."""
        self._show_new({})
        self._begun = draft.begun
        self._filling = True
        for name, field in self.fields.items():
            field.editor.set_typed(draft.texts[name])
            try:
                self._values[name] = field.editor.value()
            except Unreadable as unread:
                field.say(str(unread))
        self._filling = False
        if self._adds is None:
            self._save_new()
        else:
            self._say_what_is_missing()

    def discard(self) -> None:
        """Give up a new record."""
        self._begun = self._texts()
        self.discarded.emit()

    def _texts(self) -> Texts:
        return {name: field.editor.typed() for name, field in self.fields.items()}

    def _begin(self) -> None:
        self._body.setVisible(True)
        self.busy = True
        self.discard_button.setVisible(self.is_new and self._adds is None)

    def _lock(self, why: str) -> None:
        """A frozen record's fields are read and copied, not changed; `why` stands above them. What a step writes is always locked."""
        for field in self.fields.values():
            field.editor.set_locked(bool(why or field.column.step))
        if why:
            self._tell(why)

    def go_to(self, name: str) -> None:
        """Put the cursor in a field."""
        field = self.fields.get(name)
        if field is not None:
            field.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(field)
            self._led_to = field

    def remark(self, problems: Iterable[Problem]) -> None:
        """What is kept and still will not do, beside its field; a field with something not kept goes on saying that."""
        said: dict[str, list[str]] = {}
        for each in problems:
            said.setdefault(each.column, []).append(each.message)
        for name, field in self.fields.items():
            if not field.wrong:
                field.remark("\n".join(said.get(name, ())))

    def heard(self, changed: Changed) -> None:
        """Show the record anew where somebody changed it."""
        if self.item is not None and changed.concerns(self.kind, self.item.id):
            found = self.workspace.select(self.kind, id=self.item.id)
            if found:
                self.item = found[0]
                self._fill(self.item, also_typed=False)
                self._lock(why_locked(self.workspace, self.item))
            else:
                self.clear()

    def clear(self) -> None:
        """No record: words instead of empty fields."""
        self._leave()
        self.item = None
        self._values = {}
        self.title.setText(f"No {singular(self.kind).lower()} chosen")
        self._say_all(())
        self._filling = True
        for field in self.made:
            field.fill(None)
        self._filling = False
        self._body.setVisible(False)
        self.busy = False
        self.discard_button.setVisible(False)
        self._tell(
            f"Choose one in the list{'' if self.kind in NOT_ADDED_HERE else ', or Add to make a new one'}."
        )

    def _fill(self, item: Record, *, also_typed: bool = True) -> None:
        """Every field but those that hold something not kept, or, where it may stay, what is just being typed."""
        name = called(self.workspace, item)
        self.title.setText(name[:1].upper() + name[1:])
        self._filling = True
        for name, field in self.fields.items():
            if not field.wrong and (also_typed or not field.being_typed):
                field.fill(getattr(item, name))
        self._filling = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was typed in a field and not kept."""
        if event.key() == Qt.Key.Key_Escape and self.item is not None:
            self._say_all(())
            self._fill(self.item)
        else:
            super().keyPressEvent(event)

    # Saving

    def _commit(self, column: Column) -> None:
        """A field was left: read it, then save, or say beside it what is wrong."""
        if self._filling or not self.busy:
            return
        field = self.fields[column.name]
        field.leave()
        try:
            value = field.editor.value()
        except Unreadable as unread:
            field.say(str(unread))
            return
        if self.item is None:
            mended = field.wrong
            field.say("")
            if mended or self._to_try_again or self._values.get(column.name) != value:
                self._values[column.name] = value
                if self._adds is None:
                    self._save_new()
                else:
                    self._say_what_is_missing()
        elif value != getattr(self.item, column.name):
            self._save(self.item, field, value)
        else:
            field.say("")

    def _save(self, item: Record, field: Field, value: Any) -> None:
        field.say("")
        try:
            self.item = edit(self.workspace, item, **{field.column.name: value})
        except Refused as refused:
            self._say_refusal(refused.problems, field)
            return
        except StorageTrouble as trouble:  # what was typed stays, to be tried again
            field.say(f"Not kept yet. {trouble}")
            return
        self._tell("")
        self.saved.emit(self.item)

    def make(self) -> Record | None:
        """The new record, made at the user's word; None where something is missing or refused, which is said."""
        self._save_new()
        return self.item

    def _save_new(self) -> None:
        """Save as soon as nothing required is missing."""
        if self._say_what_is_missing() or any(field.wrong for field in self.fields.values()):
            return
        self._to_try_again = False
        filled = {name: value for name, value in self._values.items() if value is not None}
        try:
            item = self._adds(filled) if self._adds else add(self.workspace, self.kind, filled)
        except Refused as refused:
            self._say_all(refused.problems)
            return
        except StorageTrouble as trouble:
            self._to_try_again = True
            self._tell(f"Not saved yet. {trouble}")
            return
        self.item, self._values = item, {}
        self.discard_button.setVisible(False)
        self._say_all(())
        self._fill(item)
        self._tell("Added. Whatever you change now is saved as you leave the field.")
        self.saved.emit(item)

    def _needed(self, column: Column) -> bool:
        """Whether it must be filled in. A reference that the program gives need not be."""
        return column.required and not (column.key and bool(self.kind.reference_prefix))

    def _lacking(self) -> list[str]:
        """The fields, by name, that must be filled in and are not."""
        return [
            name
            for name, field in self.fields.items()
            if self._needed(field.column) and self._values.get(name) in {None, ""}
        ]

    def _say_what_is_missing(self) -> bool:
        missing = [self.fields[name].column.label for name in self._lacking()]
        self._tell(f"Not saved yet. Still to fill in: {', '.join(missing)}." if missing else "")
        return bool(missing)

    @property
    def is_new(self) -> bool:
        """Whether a new record is being made."""
        return self.busy and self.item is None

    @property
    def half_typed(self) -> bool:
        """Whether something was typed of a new record, and not taken back."""
        return self.is_new and self._texts() != self._begun

    @property
    def in_hand(self) -> str:
        """What was typed of the record in sight and is not in the file, in a sentence; empty where nothing is."""
        lost = [field.column.label for field in self.made if field.wrong]
        if self.item is not None and lost:
            return f"Not kept, since it could not be read or was refused: {', '.join(lost)}."
        return unsaved(self.kind, int(self.half_typed))

    @property
    def unkept(self) -> str:
        """All that was typed here and is not in the file, also of new records that were left half-typed."""
        many = len(self._drafts) + self.half_typed
        return "\n".join(filter(None, ("" if self.half_typed else self.in_hand, unsaved(self.kind, many))))

    def _leave(self) -> None:
        """Whoever goes on to another record hears what was not kept of this one; a new one waits as it was left."""
        if self.half_typed:
            self._drafts.append(Draft(self._texts(), self._begun))
            self._told_of_draft = True
            self.said.emit(
                f"The new {singular(self.kind).lower()} is not complete: Add brings back what was typed."
            )
        elif self.in_hand:
            self.said.emit(self.in_hand)

    def _say_refusal(self, problems: tuple[Problem, ...], field: Field) -> None:
        """Beside the fields they name; else beside the field that was left."""
        others: list[str] = []
        for problem in problems:
            named = self.fields.get(problem.column) if self._is_own(problem) else None
            if named is None or named is field:
                others.append(problem.message)
            else:
                named.remark(problem.message)
        field.say("\n".join(others) or f"Not kept: {problems[0].message}")

    def _say_all(self, problems: tuple[Problem, ...]) -> None:
        """Each problem beside its field; the rest at the top."""
        for field in self.made:
            field.say("")
        rest: list[str] = []
        for problem in problems:
            field = self.fields.get(problem.column) if self._is_own(problem) else None
            if field is None:
                rest.append(problem.message)
            else:
                field.say(problem.message)
        self._tell("\n".join(rest))

    def _tell(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _is_own(self, problem: Problem) -> bool:
        return problem.kind in {"", self.kind.__name__}
