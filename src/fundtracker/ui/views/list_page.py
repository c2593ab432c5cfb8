"""ListPage: the one list of any kind of record, with its search, its totals, and the chosen record beside it."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from fundtracker.application.actions.records import remove
from fundtracker.application.workspace import Changed, Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.columns import Record, columns, plural, singular
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.ui.dialogs.working import run_with_progress
from fundtracker.ui.models.painting import RecordDelegate
from fundtracker.ui.models.record_table import RecordTableModel
from fundtracker.ui.views.page import Page
from fundtracker.ui.views.record_pane import RecordPane
from fundtracker.ui.views.tables import EDITS, Table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button, sentence

TYPING_PAUSE = 120
"""Milliseconds after the last key before a long list is searched; a short one is searched at every key."""
LONG_LIST = 100_000
WIDTHS = (34, 26, 18, 14)
"""Characters: the widest a column begins; the first of them with which every column is in sight. Where none is, SCROLLED."""
SCROLLED = 18
SAMPLE = 60
"""Rows measured for the widths of the columns."""
NOT_ADDED_HERE: dict[type[Record], str] = {
    FunderReturn: "No returns yet. A return is begun on the page of its award.",
    ReturnLine: "No return lines yet. Submitting a return writes them.",
}
"""What an empty list of a kind says that isn't added by hand."""
WITH_PAGES = (Award, FunderReturn)
"""Kinds whose records have a page of their own."""


class ListPage(Page):
    """A list with the record at its right. `within` narrows it to what belongs to one record; `compact` leaves the record out."""

    wants_new = Signal(object, dict)  # kind and known values: a compact list has no form of its own

    def __init__(
        self,
        workspace: Workspace,
        kind: type[Record],
        *,
        within: tuple[tuple[str, int], ...] = (),
        compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workspace, parent)
        self.kind = kind
        self.within = within
        self.model = RecordTableModel(workspace, kind, within, self)
        self.kinds = self.model.shown_kinds
        self.model.counted.connect(self._show_count)
        self.model.totalled.connect(self._show_totals)
        self.model.ordered.connect(self._restore)
        self.model.refused.connect(self._show_refusal)
        self._chosen: int | None = None
        self._column = 0
        self._count = 0
        self._totals: dict[str, str] = {}
        self.pane: RecordPane | None = None
        self._build(compact=compact)
        self._sized = False
        self.model.refresh()

    # Building

    def _build(self, *, compact: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(self._bar(compact=compact))
        self.table = self._make_table()
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.setVisible(False)
        self.footer = plain_label(wrapped=True)
        self.footer.setAccessibleName("Count and totals")
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.table, 1)
        beside.addWidget(self.message)
        beside.addWidget(self.footer)
        if compact:
            layout.addWidget(left, 1)
            return
        self.pane = RecordPane(self.workspace, self.kind, ListPage)
        self.pane.form.saved.connect(self._form_saved)
        self.pane.form.said.connect(self.said)
        self.pane.opened.connect(self.opened)
        self.pane.wants_new.connect(self.wants_new)
        self.pane.said.connect(self.said)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes([600, 400])
        layout.addWidget(splitter, 1)

    def _bar(self, *, compact: bool) -> QBoxLayout:
        """Heading, search and buttons in a row; the narrow list beside a record has its search above its buttons."""
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        name = plural(self.kind)
        if not compact:
            bar.addWidget(heading(name))
            bar.addStretch(1)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search (Ctrl+F)")
        self.search.setAccessibleName(f"Search {name.lower()}")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(100)
        if not compact:
            self.search.setMaximumWidth(280)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE)
        self._pause.timeout.connect(self._search)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._search)
        whole: QBoxLayout = bar
        if compact:
            whole = QVBoxLayout()
            whole.addWidget(self.search)
            whole.addLayout(bar)
        else:
            bar.addWidget(self.search, 1)
        self.add_button = push_button("&Add", "Add a new record (Ctrl+N)", self.add_new)
        self.duplicate_button = push_button(
            "D&uplicate", "Copy the chosen record to a new one", self.duplicate
        )
        self.open_button = push_button("&Open", "Open the chosen record's page (Enter)", self.open_chosen)
        self.remove_button = push_button(
            "&Delete", "Delete the chosen records (Del); it can be undone", self.remove_chosen
        )
        by_hand = self.kind not in NOT_ADDED_HERE
        shown = {
            self.add_button: by_hand,
            self.duplicate_button: by_hand and not compact,
            self.open_button: compact or self.kind in WITH_PAGES,
            self.remove_button: self.kind is not ReturnLine,
        }
        for button, wanted in shown.items():
            bar.addWidget(button)
            if not wanted:
                button.hide()  # never setVisible(True): without a parent yet, it would be a window
        bar.addWidget(self._export_button())
        if compact:
            bar.addStretch(1)
        return whole

    def _export_button(self) -> QPushButton:
        button = QPushButton("Expo&rt")
        button.setToolTip("Export this list as shown")
        button.setAccessibleName("Export this list as shown")
        menu = QMenu(button)
        for words, ending in (
            ("&Excel workbook (.xlsx)...", "xlsx"),
            ("&Comma-separated text (.csv)...", "csv"),
            ("&PDF (.pdf)...", "pdf"),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, ending=ending: self.ask_export(ending))
        button.setMenu(menu)
        return button

    def _make_table(self) -> Table:
        table = Table(plural(self.kind), self.model, self)
        table.setItemDelegate(RecordDelegate(self.model, table))
        table.setEditTriggers(EDITS)
        table.setShowGrid(False)
        across = table.horizontalHeader()
        across.setSectionsMovable(True)
        described = columns(self.kind)
        fixed = {path for path, _ in self.within}
        for number, each in enumerate(described):
            table.setColumnHidden(number, each.name in fixed)
        across.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        table.selectionModel().currentRowChanged.connect(self._row_chosen)
        table.asked.connect(self.open_chosen)
        table.on_key(QKeySequence.StandardKey.Delete, self.remove_chosen)
        table.on_key(QKeySequence.StandardKey.New, self.add_new)
        self.model.modelAboutToBeReset.connect(self._remember)
        self.model.modelReset.connect(self._restore)
        return table

    def _size_columns(self) -> None:
        """From a sample of the first rows: measuring a million would take minutes. Long texts give way to what else there is."""
        across, metrics = self.table.horizontalHeader(), self.table.fontMetrics()
        sample = range(min(self.model.rowCount(), SAMPLE))
        labels = [metrics.horizontalAdvance(column.label) + 2 * SPACE for column in self.model.columns]
        texts = [
            max((metrics.horizontalAdvance(self.model.text(row, number)) for row in sample), default=0)
            for number in range(len(labels))
        ]
        shown = [number for number in range(len(labels)) if not self.table.isColumnHidden(number)]
        room, letter = self.table.viewport().width(), metrics.averageCharWidth()

        def widths(most: int) -> list[int]:
            return [
                max(label, min(text, most * letter)) + 2 * SPACE
                for label, text in zip(labels, texts, strict=True)
            ]

        tried = map(widths, WIDTHS)
        fitting = (each for each in tried if sum(each[number] for number in shown) <= room)
        for number, width in enumerate(next(fitting, None) or widths(SCROLLED)):
            across.resizeSection(number, width)

    # Searching

    def look_for(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _typed(self) -> None:
        if self._count > LONG_LIST:
            self._pause.start()
        else:
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        self.model.show(search=self.search.text())

    # Choosing

    def _row_chosen(self) -> None:
        index = self.table.currentIndex()
        record_id = self.model.id_at(index.row()) if index.isValid() else None
        if record_id is None or record_id == self._chosen:
            return
        self._chosen = record_id
        self._show_message("")
        self._show_form(record_id)

    def _show_form(self, record_id: int) -> None:
        found = self.workspace.select(self.kind, id=record_id) if self.pane is not None else ()
        if found and self.pane is not None:
            self.pane.show_record(found[0])

    def _remember(self) -> None:
        if self.table.currentIndex().isValid():
            self._column = self.table.currentIndex().column()

    def showEvent(self, event: QShowEvent) -> None:
        """The columns are sized to the room there is, and the first record is chosen: its form shows what there is."""
        super().showEvent(event)
        if not self._sized and self._count:
            self._sized = True
            QTimer.singleShot(0, self, self._size_columns)  # once the layout has given the table its room
        if (
            self.pane is not None
            and self._chosen is None
            and self.pane.item is None
            and not self.pane.form.busy
        ):
            first = self.model.id_at(0) if self._count else None
            if first is not None:
                self._chosen = first
                self._choose_row(0)
                self._show_form(first)

    def _restore(self) -> None:
        """Choose the same record again after a refresh, wherever it now is."""
        if self._chosen is None:
            return
        current = self.table.currentIndex()
        if current.isValid() and self.model.id_at(current.row()) == self._chosen:
            return
        row = self.model.row_of(self._chosen)
        if row is not None:
            self._choose_row(row)

    def _choose_row(self, row: int) -> None:
        index = self.model.index(row, self._column)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self.table.scrollTo(index)

    def choose(self, record_id: int, column: str = "") -> None:
        """Choose a record by its id, show it, and put the cursor in a field of it."""
        self._chosen = record_id
        if self.search.text():
            self.search.clear()
        self._show_form(record_id)
        row = self.model.row_of(record_id)
        if row is not None:
            self._choose_row(row)
        else:  # far down: chosen once the ids are at hand; until then no other row stands for the form beside it
            self.table.selectionModel().clear()
        if column and self.pane is not None:
            self.pane.form.go_to(column)

    def chosen(self) -> list[Record]:
        """The records of the rows chosen, as they now are."""
        ids = [found for row in self.table.chosen_rows() if (found := self.model.id_at(row)) is not None]
        return [found for record_id in ids for found in self.workspace.select(self.kind, id=record_id)]

    def open_chosen(self) -> None:
        index = self.table.currentIndex()
        found = self.model.id_at(index.row()) if index.isValid() else None
        if found is not None:
            self.opened.emit(self.kind, found)

    # Doing

    def add_new(self) -> None:
        """A new record in the form at the right; a compact list asks the window for one."""
        if self.kind in NOT_ADDED_HERE:
            return
        values: dict[str, Any] = {path: value for path, value in self.within if "." not in path}
        if self.pane is None:
            self.wants_new.emit(self.kind, values)
        else:
            self.begin(values)

    def begin(self, values: dict[str, Any]) -> None:
        """An empty form, with what is already known."""
        if self.pane is not None:
            self._chosen = None
            self.table.clearSelection()
            self.pane.show_new(values)

    def duplicate(self) -> None:
        chosen = self.chosen()
        if chosen:
            item = chosen[0]
            self.begin(
                {column.name: getattr(item, column.name) for column in columns(self.kind) if not column.key}
            )

    def remove_chosen(self) -> None:
        """Delete what is chosen; it can be undone, so nothing is asked."""
        chosen = self.chosen()
        if not chosen:
            return
        try:
            remove(self.workspace, *chosen)
        except Refused as refused:
            self._show_refusal(refused)
            return
        self._chosen = None
        if self.pane is not None:
            self.pane.clear()
        many = f"{len(chosen)} {plural(self.kind).lower()}" if len(chosen) > 1 else singular(self.kind)
        self.said.emit(f"{many} deleted. Ctrl+Z brings it back.")

    def ask_export(self, ending: str) -> None:
        """Ask where to, then write the list as shown."""
        name, _ = QFileDialog.getSaveFileName(
            self, "Export as shown", f"{plural(self.kind)}.{ending}", f"*.{ending}"
        )
        if name:
            self.export(Path(name).with_suffix(f".{ending}"))

    def export(self, path: Path) -> None:
        """Write the list as shown, off the window's thread."""
        from fundtracker.application.actions.transfer import export_list

        query, many = self.model.query, self._count
        run_with_progress(
            self,
            f"Exporting {plural(self.kind).lower()}",
            lambda progress: export_list(
                self.workspace, query, path, lambda done: progress("Writing rows", done, many)
            ),
            lambda count: self.said.emit(f"{count:,} rows written to {path.name}."),
            stopped=lambda: self.said.emit("Stopped. No file was written."),
        )

    # Telling

    def refresh(self) -> None:
        self.model.refresh()

    def heard(self, changed: Changed) -> None:
        if changed.kinds & self.kinds:
            if self.isVisible():
                self.model.heard(changed)
            else:
                self._stale = True
        if self.pane is not None:
            self.pane.heard(changed)

    def _form_saved(self, item: Record) -> None:
        if self._chosen != item.id:
            self._chosen = item.id
            self._restore()
        self._show_message("")

    def _show_refusal(self, refused: Refused) -> None:
        self._show_message(sentence(refused.problems))

    def _show_message(self, text: str) -> None:
        self.message.setText(f"⚠ {text}" if text else "")
        self.message.setVisible(bool(text))

    def _show_count(self, count: int) -> None:
        self._count = count
        self._totals = {}
        self._show_footer()

    def _show_totals(self, totals: dict[str, str]) -> None:
        self._totals = totals
        self._show_footer()

    def _show_footer(self) -> None:
        many = singular(self.kind) if self._count == 1 else plural(self.kind)
        words = f"{self._count:,} {many.lower()}"
        if not self._count and self.model.query.search.strip():
            words = "Nothing found: try fewer words, or the beginning of a word."
        elif not self._count and self.kind in NOT_ADDED_HERE:
            words = NOT_ADDED_HERE[self.kind]
        elif not self._count:
            words = f"No {plural(self.kind).lower()} yet. Choose Add to make the first."
        labels = {column.name: column.label for column in columns(self.kind)}
        sums = [f"{labels[name]} £{total}" for name, total in self._totals.items()] if self._count else []
        self.footer.setText("  ·  ".join([words, *sums]))
