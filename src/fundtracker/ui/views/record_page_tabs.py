"""The parts that the pages of records are made of: a grid of figures, lists of what belongs to the record, its form, its history."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.record_facts import Facts
from fundtracker.application.workspace import Changed
from fundtracker.domain.periods import FinancialYear, long_date
from fundtracker.domain.records import by_name
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.page_stack import PageStack
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.parts import MoreParts, PartsBar
from fundtracker.ui.views.record_form import BUTTON_LETTERS, RecordForm
from fundtracker.ui.views.record_page import DETAILS, RecordPage, TabOf
from fundtracker.ui.views.record_pane import Child, children_of
from fundtracker.ui.views.record_story import RecordStory
from fundtracker.ui.views.tables import at_left, column_widths, figures_table, fit
from fundtracker.ui.words import SPACE, choice_box, plain_label

Drawn = tuple[Sequence[TableRow], Sequence[Heading]]
Draw = Callable[[Facts, Any], Drawn]
Part = tuple[str, Callable[[RecordPage], QWidget]]
"""A part of a tab: its title, and how it is made."""
HEAD_LETTERS = frozenset("PNBCIM")
"""Alt keys of the buttons in the head of a page."""


class FiguresTab(QWidget):
    """A grid of figures read like a workbook; where there are several views of it, a choice above."""

    def __init__(
        self,
        page: RecordPage,
        name: str,
        draw: Draw,
        choices: Sequence[tuple[str, Any]] = (),
        note: str | Callable[[date], str] = "",
        row_names: int = 20,
        names_of: str = "",
        empty: str = "There is nothing to show yet.",
    ) -> None:
        """`note` may depend on the day; `empty` is said where there is no row."""
        super().__init__()
        self._page, self._draw_rows, self._note = page, draw, note
        self._facts: Facts | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        self.choice = choice_box(f"Which of the {name.lower()} to show")
        for words, value in choices:
            self.choice.addItem(words, value)
        self.choice.currentIndexChanged.connect(self._show)
        if choices:
            label = plain_label("Sho&w")
            label.setBuddy(self.choice)
            bar.addWidget(label)
            bar.addWidget(self.choice)
        else:
            self.choice.setParent(self)
            self.choice.hide()
        self.note = plain_label("" if callable(note) else note, wrapped=True)
        bar.addWidget(self.note, 1)
        if choices or note:
            layout.addLayout(bar)
        else:
            self.note.setParent(self)
            self.note.hide()
        self.grid = FiguresTable((), self)
        self.table = figures_table(name, self.grid, by_cell=True, row_names=row_names, names_of=names_of)
        self.table.asked.connect(self._go)
        fit(self.table, width=True)
        self.table.viewport().installEventFilter(self)
        self.empty = plain_label(empty, wrapped=True)
        layout.addWidget(self.empty)
        layout.addLayout(at_left(self.table), 1)
        layout.addStretch(0)

    def draw(self, facts: Facts) -> None:
        self._facts = facts
        if callable(self._note):
            self.note.setText(self._note(self._page.workspace.today))
        self._show()

    def _show(self) -> None:
        if self._facts is not None:
            rows, headings = self._draw_rows(self._facts, self.choice.currentData())
            first = not self.grid.rows
            self.grid.set_rows(rows, headings)
            self._share_width()
            self.table.setVisible(bool(rows))
            self.empty.setVisible(not rows)
            self.note.setVisible(bool(rows) and bool(self.note.text()))
            if first and rows:
                QTimer.singleShot(0, self, self._show_year_at_hand)  # once it has its width

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table.viewport() and event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._share_width()
        return super().eventFilter(watched, event)

    def _share_width(self) -> None:
        """Sums are equally wide, or as wide as they must where only so all fit. Where they don't, whole columns fill the room,
        wherever the table is scrolled to.
        """
        widths = column_widths(self.table)
        if not widths or not all(each.right for each in self.grid.headings):
            return
        beside = self.table.verticalScrollBar()
        room = self.width() - self.table.verticalHeader().width() - 2 * self.table.frameWidth()
        room -= beside.sizeHint().width() if beside.maximum() else 0
        widest = max(widths)
        if widest * len(widths) <= room:
            widths = [widest] * len(widths)
        elif sum(widths) > room:
            widths = [max(widest, room // max(1, room // widest))] * len(widths)
        for column, width in enumerate(widths):
            if self.table.columnWidth(column) != width:
                self.table.setColumnWidth(column, width)

    def _show_year_at_hand(self) -> None:
        """A narrow window begins with the year that runs, not at the oldest quarter: its first quarter is in sight, and its total
        where there is room for both.
        """
        year = str(FinancialYear.of(self._page.workspace.today))
        places = [n for n, each in enumerate(self.grid.headings) if each.words.startswith(year)]
        for place in (*places[-1:], *places[:1]):
            self.table.scrollTo(self.grid.index(0, place))

    def _go(self, row: int) -> None:
        target = self.grid.rows[row].target
        if target is not None:
            self._page.opened.emit(by_name(target[0]), target[1])


class ListsTab(QWidget):
    """What belongs to the record, one part at a time, each made when it is first looked at: lists, and other views among them."""

    def __init__(self, page: RecordPage, parts: Sequence[Part]) -> None:
        super().__init__()
        self._page = page
        self._parts = tuple(parts)
        self.made: dict[int, Any] = {}
        self._facts: Facts | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.choice = PartsBar(self)
        self.choice.setAccessibleName("Which part to show")
        self.choice.setDrawBase(False)
        self.choice.setExpanding(False)
        self.stack = PageStack()
        for title, _ in self._parts:
            self.choice.addTab(title.replace("&", "&&"))
            holder = QWidget()
            QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
            self.stack.addWidget(holder)
        if len(self._parts) > 1:
            bar = QHBoxLayout()
            bar.setContentsMargins(0, SPACE, 0, 0)
            bar.setSpacing(SPACE)
            label = plain_label("Sho&w")
            label.setBuddy(self.choice)
            bar.addWidget(label)
            bar.addWidget(self.choice, 1)
            bar.addWidget(MoreParts(self.choice, self))
            layout.addLayout(bar)
        else:
            self.choice.hide()
        layout.addWidget(self.stack, 1)
        self.choice.currentChanged.connect(self._look)
        self._look(0)

    def _look(self, place: int) -> None:
        if place not in self.made:
            self.made[place] = made = self._parts[place][1](self._page)
            holder = self.stack.widget(place)
            layout = holder.layout() if holder is not None else None
            if layout is not None:
                layout.addWidget(made)
                made.show()
            self._draw(place)
        self.stack.setCurrentIndex(place)

    @property
    def shown_part(self) -> str:
        """The title of the part looked at; nothing where there is only one."""
        return self._parts[self.choice.currentIndex()][0] if len(self._parts) > 1 else ""

    def show_part(self, title: str) -> Any:
        """The part of this title, looked at."""
        place = next(n for n, (each, _) in enumerate(self._parts) if each == title)
        self.choice.setCurrentIndex(place)
        return self.made[place]

    def _draw(self, place: int) -> None:
        draw = getattr(self.made[place], "draw", None)
        if draw is not None and self._facts is not None:
            draw(self._facts)

    def draw(self, facts: Facts) -> None:
        self._facts = facts
        for place in self.made:
            self._draw(place)

    def lists(self) -> list[ListPage]:
        """The lists made so far."""
        return [each for each in self.made.values() if isinstance(each, ListPage)]

    def heard(self, changed: Changed) -> None:
        for each in self.lists():
            each.heard(changed)

    def finish(self) -> None:
        """Write what was typed in a grid and still waits."""
        for each in self.made.values():
            finish: Callable[[], None] | None = getattr(each, "finish", None)
            if finish is not None:
                finish()

    @property
    def unkept(self) -> str:
        """What was typed in a grid and is not in the file; a list's page says its own."""
        grids = (each for each in self.made.values() if not isinstance(each, ListPage))
        return "\n".join(filter(None, (getattr(each, "unkept", "") for each in grids)))


class DetailsTab(RecordForm):
    """The record's own form."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page.workspace, page.kind, titled=False, taken=BUTTON_LETTERS | HEAD_LETTERS)
        self.said.connect(page.said)
        self.setFrameShape(RecordForm.Shape.NoFrame)

    def draw(self, facts: Facts) -> None:
        """The record as it is; fields half typed are left alone."""
        if self.item is None:
            self.show_record(facts.item)


class HistoryTab(RecordStory):
    """The story of the page's record."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page.workspace, page.kind)
        self._page = page

    def draw(self, _facts: Facts) -> None:
        self.tell(self._page.record_id)


def parted(title: str, *parts: Part | Child, about: str = "") -> TabOf:
    """A tab of several parts, chosen in a row above them."""
    made = tuple(_listed(each) if isinstance(each, Child) else each for each in parts)
    named = tuple(each for each, _ in made) if len(made) > 1 else ()
    return TabOf(title, lambda page: ListsTab(page, made), about, named)


def _listed(child: Child) -> Part:
    def make(page: RecordPage) -> QWidget:
        made = ListPage(page.workspace, child.kind, within=((child.path, page.record_id),))
        made.stand_in_page()
        made.opened.connect(page.opened)
        made.wants_new.connect(page.wants_new)
        made.said.connect(page.said)
        return made

    return child.title, make


def lists(title: str, *children: Child, about: str = "") -> TabOf:
    """A tab of lists."""
    return parted(title, *children, about=about)


def as_at(today: date) -> str:
    """The day the figures stand at: a return's own stand at its quarter's end."""
    return f"As at {long_date(today)}, in pounds. No column adds one year to another."


def details() -> TabOf:
    return TabOf(DETAILS, DetailsTab, "The fields of the record itself")


def history() -> TabOf:
    return TabOf("History", HistoryTab, "What was done to it, by whom and when")


def plain_tabs(kind: Any) -> tuple[TabOf, ...]:
    """Of a kind without a description: its form, a list for each kind that refers to it, its history."""
    return (details(), *(lists(each.title, each) for each in children_of(kind)), history())
