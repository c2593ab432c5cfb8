"""Palette (Ctrl+K): one line to jump to any record, go to a place, or give any command. It remembers nothing."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QHeaderView, QLineEdit, QVBoxLayout

from fundtracker.application.actions.jumping import jump
from fundtracker.domain.columns import singular
from fundtracker.storage.jumping import EXACT, MOST, Found
from fundtracker.ui.bridge import Progress, Question
from fundtracker.ui.commands_in_sight import (
    Command,
    InSight,
    commands_in_sight,
    keys_of,
    new_records,
    plain,
)
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.navigation import MAIN_PLACES
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, plain_label

if TYPE_CHECKING:
    from fundtracker.ui.main_window import MainWindow

HEADINGS = (Heading("What", 52), Heading("Kind", 20), Heading("Keys", 14))
PAUSE = 60
"""Milliseconds after the last letter before the file is asked: nobody reads what the letters between would find."""
LONGEST = 200
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the list: what it says, of which sort it is, its keys, and what it does; it is also found by other words."""

    words: str
    sort: str
    keys: str
    act: Callable[[], Any]
    key: Any
    also: str = ""

    @property
    def row(self) -> TableRow:
        return TableRow((self.words, self.sort, self.keys), key=self.key)

    def answers(self, typed: str) -> bool:
        return answers(typed, f"{self.words} {self.sort} {self.also}")

    def is_named_by(self, typed: str) -> bool:
        """Whether a word typed is one of its own, rather than of where it belongs."""
        parts = _WORD.findall(typed)
        return not parts or any(answers(part, f"{self.words} {self.also}") for part in parts)


def answers(typed: str, words: str) -> bool:
    """Whether every word typed begins a word of `words`."""
    held = [word.casefold() for word in _WORD.findall(words)]
    return all(any(word.startswith(part.casefold()) for word in held) for part in _WORD.findall(typed))


class Palette(QDialog):
    """The line keeps the focus; arrows move in the list. What is chosen is done once it has closed."""

    help_page = "keyboard"

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._window = window
        self.setWindowTitle("Jump to a record or command")
        self.setAccessibleName("Jump to a record or command")
        self._in_sight = commands_in_sight(window)
        self._commands = (*_places(window), *_commands(window, self._in_sight))
        self._records: Sequence[Found] = ()
        self._choices: list[Choice] = []
        self.asked = 0
        self._build()
        self.soon = QTimer(self, singleShot=True, interval=PAUSE)
        self.soon.timeout.connect(self.ask)
        self.line.textChanged.connect(self._typed)
        self.line.returnPressed.connect(self.accept)
        self._show()

    def _build(self) -> None:
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        outside.addWidget(frame)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        self.line = QLineEdit()
        self.line.setMaxLength(LONGEST)
        self.line.setPlaceholderText("Part of a name, a reference or a command")
        self.line.setAccessibleName("Jump to")
        self.line.setAccessibleDescription(
            "Type part of a name, a reference or a command. The arrow keys choose, Enter goes there, Esc leaves."
        )
        self.line.installEventFilter(self)
        self.model = FiguresTable(HEADINGS, self)
        self.table = figures_table("What was found", self.model)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.leads_on_double_click()
        self.table.clicked.connect(self.accept)
        across = self.table.horizontalHeader()
        across.hide()
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.footer = plain_label()
        self.footer.setAccessibleName("How many were found")
        layout.addWidget(self.line)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.footer)

    def place(self) -> None:
        """In the upper part of its window, as wide as what it lists needs."""
        window = self._window
        width = min(window.width() - 2 * SPACE, self.fontMetrics().averageCharWidth() * 100)
        self.resize(width, min(window.height() * 2 // 3, self.fontMetrics().height() * 24))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, window.height() // 9)))

    # Asking

    def _typed(self) -> None:
        self.asked += 1
        self._records = ()
        self._show()
        self.soon.start()

    def ask(self) -> None:
        """Of the file, in a thread; an answer that comes after a newer question is let go."""
        typed, asked, workspace = self.line.text(), self.asked, self._window.workspace
        if not typed.strip():
            return

        def work(_progress: Progress) -> list[Found]:
            return jump(workspace, typed, lambda: asked == self.asked)

        def done(found: list[Found]) -> None:
            if asked == self.asked:
                self._records = found
                self._show(searched=True)

        Question(self, work, done).start()

    def _show(self, *, searched: bool = False) -> None:
        """Very references first, then places and commands, then the other records, then what else the place of a command names;
        the chosen line stays chosen.
        """
        chosen = self._chosen
        moved = chosen is not None and self.table.currentIndex().row() > 0
        typed = self.line.text()
        exact = [each for each in self._records if each.rank == EXACT]
        others = [each for each in self._records if each.rank != EXACT]
        given = [each for each in self._commands if each.answers(typed)]
        self._choices = [
            *map(self._to_record, exact),
            *(each for each in given if each.is_named_by(typed)),
            *map(self._to_record, others),
            *(each for each in given if not each.is_named_by(typed)),
        ]
        self.model.set_rows([each.row for each in self._choices])
        keys = [each.key for each in self._choices]
        self._choose(keys.index(chosen.key) if moved and chosen and chosen.key in keys else 0)
        self._say_how_many(typed, searched=searched)

    def _to_record(self, found: Found) -> Choice:
        words = f"{found.reference}  {found.name}".strip() or f"{singular(found.kind)} {found.id}"
        return Choice(
            words.split("\n", 1)[0],
            singular(found.kind),
            "",
            lambda: self._window.open_record(found.kind, found.id),
            (found.kind, found.id),
        )

    def _say_how_many(self, typed: str, *, searched: bool) -> None:
        many = len(self._records)
        if not typed.strip():
            said = "Up and Down choose, Enter opens what is chosen, Esc closes"
        elif many == MOST:
            said = f"The first {MOST} records; type more to narrow them"
        elif searched or self._choices:
            said = (
                f"{len(self._choices):,} found"
                if self._choices
                else "Nothing found: try another word, or a part of the reference"
            )
        else:
            said = "Looking..."
        self.footer.setText(said)

    # Choosing

    @property
    def _chosen(self) -> Choice | None:
        row = self.table.currentIndex().row()
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def _choose(self, row: int) -> None:
        if self._choices:
            self.table.selectRow(max(0, min(row, len(self._choices) - 1)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the line move in the list, and what is chosen there is said to screen readers."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _MOVES.get(Qt.Key(event.key()))
            if step is not None:
                self._choose(self.table.currentIndex().row() + step)
                self._announce()
                return True
        return super().eventFilter(watched, event)

    def _announce(self) -> None:
        if self._chosen is not None:
            text = f"{self._chosen.words}, {self._chosen.sort}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, text))

    def accept(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        super().accept()
        QTimer.singleShot(0, self._window, partial(_give, chosen, self._in_sight))

    def reject(self) -> None:
        self._in_sight.let_go()
        super().reject()


def _give(chosen: Choice, in_sight: InSight) -> None:
    try:
        chosen.act()
    finally:
        in_sight.let_go()


def _places(window: "MainWindow") -> Iterable[Choice]:
    from fundtracker.ui.places import OTHER_PLACES

    keys = {action.data(): action.shortcut() for action in window.findChildren(QAction) if action.data()}
    for place in (*MAIN_PLACES, *OTHER_PLACES):
        shown = keys.get(place, QKeySequence()).toString(QKeySequence.SequenceFormat.NativeText)
        yield Choice(place, "Place", shown, lambda place=place: window.go_into(place), ("place", place))


def _commands(window: "MainWindow", in_sight: InSight) -> Iterable[Choice]:
    """Of the place in sight, of the menus, and a new record of each kind."""
    of_menus = (
        Command(plain(action.text()), f"{menu} menu", keys_of(action), action.trigger)
        for menu, action in window.menus.commands()
    )
    for number, each in enumerate((*in_sight.commands, *of_menus, *new_records(window))):
        yield Choice(each.words, each.place, each.keys, each.act, ("command", number), each.also)


def show_palette(window: "MainWindow") -> Palette:
    """Over its window, until something is chosen."""
    palette = Palette(window)
    palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    palette.place()
    palette.open()
    palette.line.setFocus()
    return palette
