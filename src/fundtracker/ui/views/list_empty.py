"""What an empty list says, where its rows would stand: what it is for, and what to do first."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView

from fundtracker.application.actions.records import why_locked
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, columns, plural, singular
from fundtracker.domain.organisations import Office
from fundtracker.domain.records import by_name
from fundtracker.domain.returns import Forecast, FunderReturn, FunderReturnId, ReturnLine, VarianceReason
from fundtracker.storage.queries import ListQuery
from fundtracker.ui.places import place_of
from fundtracker.ui.views.list_purposes import PURPOSES
from fundtracker.ui.views.list_words import NOT_ADDED_HERE
from fundtracker.ui.words import SPACE, plain_label

WIDEST = 80
"""Characters of a line: longer ones are hard to read."""


def missing_before(workspace: Workspace, kind: type[Record], within: tuple[tuple[str, Any], ...]) -> str:
    """What must be entered before the first of a kind can be, in words; empty where nothing is missing.

    A list within a record may be that of its children's children: of those in between there may be none yet.
    """
    for path, owner in within:
        name, _, rest = path.partition(".")
        if rest and (parent := _target(kind, name)) is not None and not _any(workspace, parent, rest, owner):
            return (
                f"Each needs {_one(parent)}, and there is none here yet: begin with {plural(parent).lower()}."
            )
    known = {path for path, _ in within}
    for column in columns(kind):
        parent = _target(kind, column.name) if column.required and column.name not in known else None
        if parent is not None and not _any(workspace, parent):
            return f"Each needs {_one(parent)}, and there is none yet: begin at {place_of(parent)}."
    return ""


def why_not_added(
    workspace: Workspace, kind: type[Record], within: tuple[tuple[str, Any], ...], *, empty: bool
) -> str:
    """Why nothing can be added to a list; empty where it can."""
    if kind in {Forecast, VarianceReason, ReturnLine}:
        for path, owner in within:
            if path == "return_id" and (
                why := why_locked(workspace, workspace.get(FunderReturn, FunderReturnId(owner)))
            ):
                return why
    if empty:
        return missing_before(workspace, kind, within)
    return "A file has one office: change its fields." if kind is Office else ""


def empty_list(kind: type[Record], missing: str, add: str) -> str:
    """ "No terms yet.", what they are for where a sentence says so, and what to do first. `add` is what the button says; `missing` as of `missing_before`."""
    first = NOT_ADDED_HERE.get(kind) or missing or f"Choose {add} to make the first."
    return "\n".join(filter(None, (f"No {plural(kind).lower()} yet.", PURPOSES.get(kind, ""), first)))


def _target(kind: type[Record], name: str) -> type[Record] | None:
    column = next((each for each in columns(kind) if each.name == name), None)
    return by_name(column.refers_to) if column is not None and column.refers_to else None


def _any(workspace: Workspace, kind: type[Record], path: str = "", owner: int = 0) -> bool:
    within = ((path, owner),) if path else ()
    return bool(workspace.lists.page(ListQuery(kind, within=within), 0, 1))


def _one(kind: type[Record]) -> str:
    name = singular(kind).lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


class EmptyWords(QObject):
    """The words on the ground of a table without rows. Mouse and keys still reach the table."""

    def __init__(self, table: QAbstractItemView) -> None:
        ground = table.viewport()
        super().__init__(ground)
        self._table, self._ground = table, ground
        self.label = plain_label("", ground, wrapped=True)
        self.label.setAccessibleName("Nothing here yet")
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self.label.setForegroundRole(ground.foregroundRole())
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.hide()
        ground.installEventFilter(self)

    def say(self, text: str) -> None:
        """Say something, or nothing again."""
        self.label.setText(text)
        self.label.setVisible(bool(text))
        self._place()

    def text(self) -> str:
        return self.label.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._ground.width() - 4 * SPACE
        wide = max(0, min(room, WIDEST * self.label.fontMetrics().averageCharWidth()))
        needed = self.label.heightForWidth(wide) if self.label.text() else 0
        self.label.setGeometry(2 * SPACE, 2 * SPACE, wide, max(needed, self._ground.height() - 2 * SPACE))
        around = self._table.height() - self._ground.height()
        self._table.setMinimumHeight(needed + 3 * SPACE + around if needed else 0)
