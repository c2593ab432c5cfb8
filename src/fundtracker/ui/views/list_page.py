"""ListPage: the one list of any kind of record, with its search, filters and totals, and the chosen record beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.columns import Record, plural
from fundtracker.domain.delivery import Document
from fundtracker.domain.problems import Refused
from fundtracker.ui.models.record_table import RecordTableModel
from fundtracker.ui.views import list_menus
from fundtracker.ui.views.list_bar import bar_of
from fundtracker.ui.views.list_chosen import ChosenRows
from fundtracker.ui.views.list_commands import ListCommands
from fundtracker.ui.views.list_empty import EmptyWords, empty_list, missing_before
from fundtracker.ui.views.list_evidence import EvidenceCommands
from fundtracker.ui.views.list_filters import FilterRow
from fundtracker.ui.views.list_foot import ListFoot
from fundtracker.ui.views.list_narrowed import Narrowed
from fundtracker.ui.views.list_search import ListSearch
from fundtracker.ui.views.list_table import ListTable
from fundtracker.ui.views.list_view import ListView
from fundtracker.ui.views.message import Message
from fundtracker.ui.views.page import Page, give_focus
from fundtracker.ui.views.record_pane import RecordPane
from fundtracker.ui.words import SPACE, offer


class ListPage(Page):
    """A list with the record at its right. `within` narrows it to what belongs to one record; `compact` leaves the record out."""

    wants_new = Signal(object, dict)  # kind and known values: a compact list has no form of its own
    rows_wanted = Signal(object, tuple)  # a kind, and the path conditions of its rows; none for all of them
    place_wanted = Signal(str)  # a place of the window
    letters: ClassVar[frozenset[str]] = frozenset()
    """Alt keys that a place takes beside those of every list."""

    def __init__(
        self,
        workspace: Workspace,
        kind: type[Record],
        *,
        within: tuple[tuple[str, Any], ...] = (),
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workspace, parent)
        self.kind = kind
        self.within = within
        self.model = RecordTableModel(workspace, kind, within, self)
        self.kinds = self.model.shown_kinds
        self.commands = ListCommands(self)
        self.evidence = EvidenceCommands(self) if kind is Document else None
        self._chosen: int | None = None
        self._column = 0
        self._count = 0
        self._sized = False
        self._changed = False
        self.pane: RecordPane | None = None
        self._build(compact=compact)
        self._listen()
        self.view.begin()
        self.model.refresh()

    # Building

    def _build(self, *, compact: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        self.bar = bar_of(self, compact=compact)
        self.search = self.bar.search
        self.add_button, self.duplicate_button = self.bar.add_button, self.bar.duplicate_button
        self.open_button, self.remove_button = self.bar.open_button, self.bar.remove_button
        layout.addWidget(self.bar)
        self.narrowed = Narrowed(
            f"all {plural(self.kind).lower()}", lambda: self.rows_wanted.emit(self.kind, ())
        )
        layout.addWidget(self.narrowed)
        self.table = ListTable(self.model, frozenset(path for path, _ in self.within), self)
        self.choice = ChosenRows(self.table)
        self.filters = FilterRow(self.table)
        self.searching = ListSearch(self)
        self.view = ListView(self)
        self.nothing = EmptyWords(self.table)
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.table, 1)
        self.message = Message(self)
        beside.addWidget(self.message)
        self.foot = ListFoot(self.model, self.clear_filters, self)
        beside.addWidget(self.foot)
        if compact:
            layout.addWidget(left, 1)
            return
        self.pane = RecordPane(self.workspace, self.kind, ListPage, taken=self.letters)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([600, 400])
        layout.addWidget(splitter, 1)

    def _listen(self) -> None:
        model, table = self.model, self.table
        model.counted.connect(self._show_count)
        model.ordered.connect(self._restore)
        model.ordered.connect(self.choice.forget)
        model.refused.connect(self.show_refusal)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.headerDataChanged.connect(self.view.keep)
        table.selectionModel().currentRowChanged.connect(self._row_chosen)
        table.cells.settled.connect(self.hush)
        table.asked.connect(self.open_chosen)
        table.typed.connect(self._say_what_types)
        table.menu_asked.connect(lambda place: list_menus.pop_up(list_menus.row_menu(self), place))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - a point
        table.column_menu_asked.connect(self._column_menu)
        self.commands.listen()
        if self.evidence is not None:
            self.evidence.prepare()
        self.filters.filtered.connect(lambda found: model.show(filters=found))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - filters
        self.filters.wrong.connect(self.show_message)
        self.filters.toggled.connect(self.bar.filter_button.setChecked)
        if self.pane is not None:
            self.pane.form.saved.connect(self._form_saved)
            self.pane.form.said.connect(self.said)
            self.pane.form.discarded.connect(self.leave_new)
            self.pane.opened.connect(self.opened)
            self.pane.wants_new.connect(self.wants_new)
            self.pane.said.connect(self.said)

    def begins_at(self) -> QWidget:
        return self.table

    def say_narrowed(self, ask: Callable[[], str]) -> None:
        """Say which of its kind's records these are: what `ask` answers, now and after each change."""
        self.narrowed.say(ask)
        self._say_empty()

    # Searching and filtering

    def look_for(self) -> None:
        self.searching.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no field of the list wanted. Of a list within a list, the inner one answers: it hears them first."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.enter()
        elif event.key() == Qt.Key.Key_F2 and self.table.hasFocus():  # the table opened no cell
            self.show_message(self.commands.why_not_edited() or "Go to a cell first: F2 edits it.")
        elif event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.toggle_filters()
        elif event.key() == Qt.Key.Key_Escape and self.search.hasFocus():
            self.searching.leave()
        elif event.key() == Qt.Key.Key_Escape and self.pane is not None and self.pane.form.is_new:
            self.leave_new()
        else:
            super().keyPressEvent(event)

    def _say_what_types(self) -> None:
        """Letters typed on a row do nothing: somebody means to write in the cell, or to find something."""
        here = self.table.currentIndex().isValid() and not self.commands.why_not_edited()
        edits = "F2 edits the cell; " if here else ""
        self.show_message(f"{edits}Ctrl+F searches the list.")

    def add_new(self) -> None:
        self.commands.add_new()

    def show_print(self) -> None:
        self.commands.show_print()

    def filter(self, section: int | None = None) -> None:
        """To the row of filters, under the heading of a column: the one the cursor is in, unless told."""
        index = self.table.currentIndex()
        self.filters.open(index.column() if section is None and index.isValid() else section)

    def toggle_filters(self) -> None:
        """Show the row of filters and go there; from there, hide it again."""
        if self.filters.isVisible():
            self.filters.close_row()
        else:
            self.filter()

    def filter_by(self, column: str, text: str) -> None:
        """Only rows whose column holds what the text says, as if it had been typed there; with the filters that stand."""
        self.filters.set_texts({**self.filters.texts(), column: text})

    def clear_filters(self) -> None:
        """Show every row again."""
        self.filters.set_texts({})
        self.table.enter()

    def menu_in_sight(self) -> QMenu:
        """What can be done with its rows now."""
        return list_menus.row_menu(self)

    def more_commands(self) -> tuple[tuple[str, Callable[[], Any]], ...]:
        """What a place adds to the menu of its rows: words and deeds."""
        return (("De&tails", self.show_details),) if self.evidence is not None and self.pane is None else ()

    def _column_menu(self, section: int, place: Any) -> None:
        list_menus.pop_up(list_menus.column_menu(self, section), place)

    # Choosing

    def _row_chosen(self) -> None:
        index = self.table.currentIndex()
        record_id = self.model.id_at(index.row()) if index.isValid() else None
        if record_id is None or record_id == self._chosen:
            return
        self._chosen = record_id
        self.hush()
        self._show_form(record_id)

    def _show_form(self, record_id: int) -> None:
        found = self.workspace.select(self.kind, id=record_id) if self.pane is not None else ()
        if found and self.pane is not None:
            self.pane.show_record(found[0])
        self.enable_buttons()

    def _remember(self) -> None:
        self.choice.remember()
        if self.table.currentIndex().isValid():
            self._column = self.table.currentIndex().column()

    def showEvent(self, event: QShowEvent) -> None:
        """The columns are sized to the room there is, and the first record is chosen: its form shows what there is."""
        super().showEvent(event)
        self._fit()
        self._choose_where_none_is()

    def _choose_where_none_is(self) -> None:
        """The first row, unless one is looked at, or a new one is being made."""
        if self.pane is not None and self._chosen is None and not self.pane.form.busy:
            self.choose_first()

    def choose_first(self) -> None:
        """The first row there is, with its form."""
        first = self.model.id_at(0) if self._count else None
        if first is not None:
            self._chosen = first
            self._choose_row(0)
            self._show_form(first)

    def _fit(self) -> None:
        """Once there is something to fit to, and the layout has given the table its room; the headings of an empty list fill theirs."""
        if not self._sized and (self._count or self.empty):
            self._sized = bool(self._count)
            self.table.setUpdatesEnabled(False)  # or all its cells would be painted twice
            QTimer.singleShot(0, self, self._fit_now)
        elif self._sized and self._changed:
            QTimer.singleShot(0, self, self.table.fit_what_grew)
        self._changed = False

    def _fit_now(self) -> None:
        """Qt paints the columns in their new widths a turn later; so long the table waits."""
        self.table.fit()
        QTimer.singleShot(0, self, lambda: self.table.setUpdatesEnabled(True))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.table.cells.unkept:
            self.said.emit(self.table.cells.unkept)
        self.view.write_what_waits()

    def _restore(self) -> None:
        """Choose the same record again after a refresh, wherever it now is, and the others that were chosen with it."""
        if self._chosen is None:
            return
        current = self.table.currentIndex()
        if not (current.isValid() and self.model.id_at(current.row()) == self._chosen):
            row = self.model.row_of(self._chosen)
            if row is None:
                return
            with self.choice.returning():
                self._choose_row(row)
        self.choice.choose_again()

    def _choose_row(self, row: int) -> None:
        index = self.model.index(row, self.table.nearest_shown(self._column))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self.table.scrollTo(index)

    def choose(self, record_id: int, column: str = "") -> None:
        """Choose a record by its id, show it, and put the cursor in a field of it."""
        self._chosen = record_id
        self.table.clearSelection()  # what was chosen before is not chosen with it
        if self.search.text():
            self.search.clear()
        if self.model.query.filters:
            self.filters.set_texts({})
        self._show_form(record_id)
        row = self.model.row_of(record_id)
        if row is not None:
            self._choose_row(row)
        else:  # far down: chosen once the ids are at hand; until then no other row stands for the form beside it
            self.table.selectionModel().clear()
        if column and self.pane is not None:
            self.pane.go_to(column)
        else:
            give_focus(self.table)

    @property
    def chosen_id(self) -> int | None:
        """The record that is looked at."""
        return self._chosen

    def chosen_ids(self) -> list[int]:
        """The ids of the rows chosen, from top to bottom."""
        return self.model.ids_at(self.table.chosen_rows())

    def chosen(self, most: int | None = None) -> list[Record]:
        """The records of the rows chosen (the first `most` of them), as they now are."""
        ids = self.chosen_ids()[:most]
        return [found for record_id in ids for found in self.workspace.select(self.kind, id=record_id)]

    def beside_chosen(self) -> int | None:
        """The id of the row after those chosen, else of the one before them: chosen once they are gone."""
        rows = self.table.chosen_rows()
        after = rows[-1] + 1 if rows else self.model.rowCount()
        if after < self.model.rowCount():
            return self.model.id_at(after)
        return self.model.id_at(rows[0] - 1) if rows and rows[0] else None

    def forget_chosen(self, then: int | None = None) -> None:
        """What was chosen is gone; `then` is chosen instead, once the list is drawn anew."""
        self._chosen = then
        if self.pane is not None:
            self.pane.clear()
        if then is not None:
            self._show_form(then)
        self._show_pane()

    def open_chosen(self) -> None:
        index = self.table.currentIndex()
        found = self.model.id_at(index.row()) if index.isValid() else None
        if found is not None and self.evidence is not None:
            self.evidence.open_file(found)
        elif found is not None:
            self.opened.emit(self.kind, found)

    def show_details(self) -> None:
        """The chosen record in its kind's own list, where opening it does something else."""
        for record_id in self.chosen_ids()[:1]:
            self.opened.emit(self.kind, record_id)

    # Doing

    def begin(self, values: dict[str, Any], *, resume: bool = False) -> None:
        """An empty form, with what is already known; or, to `resume`, the one left half-typed."""
        if self.pane is not None:
            self._chosen = None
            self.table.clearSelection()
            self.pane.show_new(values, resume=resume)
            self._show_pane()

    def leave_new(self) -> None:
        """From a new form back to the list; what was typed waits there for Add, unless it was discarded."""
        current = self.table.currentIndex()
        self.forget_chosen(self.model.id_at(current.row()) if current.isValid() else None)
        self._restore()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def export(self, path: Path) -> None:
        """Write the list as shown."""
        self.commands.export(path)

    # Telling

    def refresh(self) -> None:
        self.model.refresh()

    def heard(self, changed: Changed) -> None:
        if self.narrowed.isVisible():
            self.narrowed.again()
        if changed.kinds & self.kinds:
            self.foot.forget_whole()
            self._changed = True
            if self.table.cells.is_of_the_gone:
                self.said.emit(self.table.cells.unkept)
                self.table.give_up_cell()
            if self.isVisible():
                self.model.heard(changed)
            else:
                self._stale = True
        if self.pane is not None:
            self.pane.heard(changed)
        if changed.kinds & self.kinds:
            self.enable_buttons()  # what was a draft may be frozen now

    def _form_saved(self, item: Record) -> None:
        if self._chosen != item.id:
            self._chosen = item.id
            self._restore()
        self.hush()

    def hush(self) -> None:
        """Take back what was said, unless it tells why a cell stays open."""
        if not self.table.cells.wrong:
            self.show_message("")

    def show_refusal(self, refused: Refused) -> None:
        """Say below the table what stands in the way."""
        self.message.refuse(refused.problems)

    def show_message(self, text: str) -> None:
        """Say something below the table, or take back what was said."""
        self.message.say(text)

    def _show_count(self, count: int) -> None:
        self._count = count
        self.enable_buttons()
        if self.isVisible():
            self._fit()
            QTimer.singleShot(0, self, self._choose_where_none_is)  # of an answer that took long
        self.foot.show_count(count)
        self._say_empty()
        self._show_pane()

    @property
    def empty(self) -> bool:
        """Whether it has no rows, rather than none that are looked for."""
        query = self.model.query
        return not (self._count or self.model.counting or query.filters or query.search.strip())

    def _show_pane(self) -> None:
        """Beside an empty list only while a record is being made: there is none to choose."""
        if self.pane is not None:
            self.pane.setVisible(not self.empty or self.pane.form.busy)

    def enable_buttons(self) -> None:
        """Those that need a row to act on, and those that a list which only shows has no use for; a tool tip says why not."""
        some, editable = bool(self._count), self.model.editable
        offer(self.add_button, self.commands.why_not_added())
        self.open_button.setEnabled(some)
        kept = self.commands.why_kept()
        for button in (self.duplicate_button, self.remove_button):
            offer(button, kept)
            button.setEnabled(some and editable and not kept)

    def stand_in_page(self) -> None:
        """In a page that has margins of its own: its edges are this one's. The tab it stands in has its name."""
        self.bar.leave_out_heading()
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, SPACE, 0, 0)

    def empty_words(self) -> str:
        """What it says while it is empty: why, where it is narrowed; else what it is for and how to begin."""
        missing = missing_before(self.workspace, self.kind, self.within)
        return self.narrowed.empty or empty_list(self.kind, missing, self.add_button.accessibleName())

    def _say_empty(self) -> None:
        self.nothing.say(self.empty_words() if self.empty else "")
