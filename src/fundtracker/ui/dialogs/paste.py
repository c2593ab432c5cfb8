"""What was copied in a spreadsheet, shown as it will be kept: corrected here, then added all at once or not at all."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from fundtracker.application.actions.pasting import (
    BlockProblem,
    Pasted,
    RowsRefused,
    keep_block,
    many,
    read_again,
    read_block,
    try_block,
)
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column, Record, column_of, columns, plural
from fundtracker.domain.problems import Refused, Severity, StorageTrouble
from fundtracker.ui.bridge import Job, Progress
from fundtracker.ui.dialogs.paste_problems import PasteProblems
from fundtracker.ui.dialogs.paste_rows import LEFT_OUT, PasteRows
from fundtracker.ui.dialogs.saying import say_trouble
from fundtracker.ui.dialogs.working import run_with_progress
from fundtracker.ui.models.paste_table import SHOWN, PasteTable
from fundtracker.ui.views.choice_strip import ChoiceStrip
from fundtracker.ui.words import (
    CLOSE,
    SPACE,
    heading,
    nearly_as_large,
    plain_label,
    push_button,
    sentence,
)

Tried = tuple[Pasted, tuple[BlockProblem, ...]]
"""A block, and what the rules refuse of it."""


class PasteDialog(QDialog):
    """The block as a table, its problems below it, and the one button that keeps it."""

    help_page = "paste"

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        pasted: Pasted,
        refused: tuple[BlockProblem, ...],
        done: Callable[[str], None],
        show: Callable[[int], None] | None = None,
    ) -> None:
        """`refused` is what the rules say to the block."""
        super().__init__(parent)
        self.workspace = workspace
        self.pasted = pasted
        self._done, self._show_first = done, show
        self._refused = refused
        self._pressed = False
        """Whether it was asked to be kept since it was last corrected."""
        self._requests: list[dict[str, Any]] = []
        self._reading = False
        self._gone: set[int] = set()
        """Numbers of the rows that were left out."""
        self._problems: tuple[BlockProblem, ...] = ()
        self.setWindowTitle(f"Paste {plural(pasted.kind).lower()}")
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.model = PasteTable(pasted, self)
        self.model.corrected.connect(self._correct)
        self._build()
        nearly_as_large(self, parent)
        self._show(pasted)
        self.table.size_columns()
        self.table.setFocus()
        self._go_to(0) if self._problems else self.table.setCurrentIndex(self.model.index(0, 1))

    # Building

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        self.title = heading()
        self.note = plain_label(wrapped=True)
        self.note.setAccessibleName("About the rows")
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        self.headings = QCheckBox("First &row is headings")
        self.headings.setToolTip("Whether the first row names the fields, or is a record itself")
        self.headings.toggled.connect(self._choose_headings)
        self.fill_button = push_button(
            "Fill &down",
            "Copy the current cell to the chosen cells below it, or to every row below (Ctrl+D)",
            self.fill_down,
        )
        top.addWidget(self.headings)
        top.addWidget(self.fill_button)
        layout.addLayout(top)
        layout.addWidget(self.note)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._make_table())
        self.problems = PasteProblems()
        self.problems.asked.connect(self._go_to)
        splitter.addWidget(self.problems)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([420, 150])
        layout.addWidget(splitter, 1)
        layout.addLayout(self._make_buttons())

    def _make_table(self) -> QWidget:
        self.table = PasteRows(self.model, self.workspace, self)
        self.table.filled_down.connect(self.fill_down)
        self.table.unwanted.connect(self._leave_out_chosen)
        goes_to = {each.name: each.label for each in columns(self.pasted.kind)}
        self.strip = ChoiceStrip(self.table, "Where each column goes", {"": LEFT_OUT, **goes_to}, first=1)
        self.strip.chosen.connect(self._choose_fields)
        self.sums = plain_label(wrapped=True)
        self.sums.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.sums.setAccessibleName("Sums of the block")
        self.about = plain_label(wrapped=True)
        self.about.setAccessibleName("About the current cell")
        self.table.selectionModel().currentChanged.connect(self._say_cell)
        self.model.modelReset.connect(self._say_cell)
        self.model.dataChanged.connect(self._say_cell)
        beside = QHBoxLayout()
        beside.setSpacing(2 * SPACE)
        beside.addWidget(self.about, 2)
        beside.addWidget(self.sums, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(CLOSE)
        layout.addWidget(self.strip.with_table(), 1)
        layout.addLayout(beside)
        return whole

    def _make_buttons(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        self.reason = plain_label(wrapped=True)
        self.reason.setAccessibleName("Message")
        self.leave_out = push_button(
            "&Leave out the rows with problems", "Take them out of this block", self._leave_out
        )
        self.leave_repeated = push_button(
            "Leave &out the repeated rows",
            "Take out of this block what the file, or a row above, says already",
            self._leave_out_repeated,
        )
        self.keep = push_button("&Add", "Keep every row; one Ctrl+Z takes it back", self._keep)
        self.keep.setDefault(True)
        cancel = push_button("&Cancel", "Keep nothing", self.reject)
        for button in (self.leave_out, self.leave_repeated, cancel):
            button.setAutoDefault(False)
        self.fill_button.setAutoDefault(False)
        bar.addWidget(self.reason, 1)
        for button in (self.leave_out, self.leave_repeated, self.keep, cancel):
            bar.addWidget(button)
        return bar

    # Showing

    def _show(self, pasted: Pasted) -> None:
        """The block as it now reads, with what the rules refuse."""
        self.pasted = pasted
        whole = (*self._refused, *pasted.problems)
        self._problems = tuple(
            sorted(whole, key=lambda each: (each.severity is not Severity.ERROR, each.row))
        )
        self.model.show(pasted, self._problems)
        self._show_fields()
        self.headings.blockSignals(True)
        self.headings.setChecked(pasted.headings)
        self.headings.blockSignals(False)
        self.problems.show_problems(self._problems)
        self._say_counts()
        self._say_sums()

    def _show_fields(self) -> None:
        """Above each column the field it goes to; what was chosen while the block was read stays, where its columns do."""
        asked = any("fields" in each for each in self._requests)
        if asked and len(self.pasted.fields) == len(self.strip.boxes):
            return
        self.strip.show_choices(
            [name or "" for name in self.pasted.fields],
            [
                f"Field of column {place}, {self.model.heading(place)}"
                for place in range(1, self.model.columnCount())
            ],
        )

    def _say_counts(self) -> None:
        pasted, kind = self.pasted, self.pasted.kind
        words: list[str] = []
        new, changed = pasted.proposed
        if new or not changed:
            words.append(f"&Add {many(kind, new)}")
        if changed:
            words.append(f"change {changed:,}" if words else f"Ch&ange {many(kind, changed)}")
        self.keep.setText(", ".join(words))
        self.keep.setAccessibleName(", ".join(words).replace("&", ""))
        self.title.setText(f"{many(kind, len(pasted.rows))} to paste")
        more = (
            f" The first {SHOWN:,} rows are shown here, and after them those with problems; all {len(pasted.rows):,} are kept."
            if len(pasted.rows) > SHOWN
            else ""
        )
        same = len(pasted.rows) - new - changed
        unchanged = f" {same:,} say what the file says already." if same else ""
        gone = len(self._gone)
        out = f" {rows_in_words(gone)} {'was' if gone == 1 else 'were'} left out." if gone else ""
        self.note.setText(
            f"Check that each column goes to the right field. F2 or typing corrects a cell; Delete leaves the chosen rows out.{out}{unchanged}{more}"
        )
        self._enable()

    def _enable(self) -> None:
        wrong = len(self._bad_rows())
        reason = ""
        if self._reading:
            reason = "Reading again..."
        elif self._refused and self._pressed:
            reason = f"⚠ Not kept: {self._why_refused()}"
        elif wrong:
            reason = f"⚠ {wrong:,} {'row has' if wrong == 1 else 'rows have'} something to mend: correct {'it' if wrong == 1 else 'them'} above, or leave {'it' if wrong == 1 else 'them'} out."
        elif self._refused:
            reason = f"⚠ {self._why_refused()}"
        elif not self.pasted.rows:
            reason = "⚠ There is nothing left to keep."
        elif not self.pasted.new and not self.pasted.changed:
            reason = "⚠ There is nothing to keep: every row says what the file says already."
        self.reason.setText(reason)
        ready = not self._reading and not self.pasted.errors
        self.keep.setEnabled(ready and bool(self.pasted.new or self.pasted.changed))
        self.leave_out.setVisible(bool(self._bad_rows()))
        self.leave_repeated.setVisible(bool(self.pasted.repeated_rows))
        for button in (self.leave_out, self.leave_repeated):
            button.setEnabled(not self._reading)

    def _why_refused(self) -> str:
        first = self._refused[0]
        return f"{first.where}: {first.message}" if first.where else first.message

    def _bad_rows(self) -> frozenset[int]:
        return self.pasted.wrong_rows | {each.row for each in self._refused if each.row}

    def _say_cell(self) -> None:
        """What is wrong in the cell that the cursor is in."""
        current = self.table.currentIndex()
        found = self.model.problems_at(current.row(), current.column()) if current.isValid() else []
        self.about.setText("\n".join(f"⚠ {each.message}" for each in found))

    def _say_sums(self) -> None:
        sums: list[str] = []
        for name, amount in self.pasted.sums.items():
            unread = self.pasted.unread[name]
            missing = f" ({unread:,} can't be read)" if unread else ""
            sums.append(f"{column_of(self.pasted.kind, name).label} {amount.in_full}{missing}")
        self.sums.setText("  ·  ".join([rows_in_words(len(self.pasted.rows)), *sums]))

    # Correcting

    def _correct(self, row: int, place: int, text: str) -> None:
        self._again(cells={(row, place): text})

    def _choose_headings(self, on: bool) -> None:
        self._again(headings=on)

    def _choose_fields(self, chosen: tuple[str, ...]) -> None:
        self._again(fields=tuple(name or None for name in chosen))

    def _again(self, **wanted: Any) -> None:
        """Read the block again with what was asked; what is asked meanwhile follows. What the rules refused stands until they are
        tried again, but for what is mended by it.
        """
        self._requests.append(wanted)
        self._refused = tuple(each for each in self._refused if not _is_mended(each, **wanted))
        self._pressed = False
        if not self._reading:
            self._read()

    def _read(self) -> None:
        requests, self._requests = self._requests, []
        self._reading = True
        self._enable()
        workspace, pasted, refused = self.workspace, self.pasted, self._refused

        def work(progress: Progress) -> Tried:
            found = pasted
            for wanted in requests:
                found = read_again(workspace, found, progress=progress, **wanted)
            tried = try_block(workspace, found) if any(requests) else None
            return found, refused if tried is None else tried

        def failed(trouble: BaseException) -> None:
            self._reading = False
            self._enable()
            if not isinstance(trouble, StorageTrouble):
                raise trouble
            say_trouble(self, self.windowTitle(), str(trouble))

        Job(self, work, self._take, failed).start()

    def _take(self, tried: Tried) -> None:
        pasted, refused = tried
        self._reading = False
        if not self._requests:
            self._refused = refused
        columns = self.model.columnCount()
        number, column = self.table.number_here(), self.table.currentIndex().column()
        self._show(pasted)
        self.table.come_back(number, column)
        if self.model.columnCount() != columns:
            self.table.size_columns()
        if self._requests:
            self._read()

    def fill_down(self) -> None:
        """The current cell's text for the chosen cells below it in its column; with none chosen, for every row below."""
        current = self.table.currentIndex()
        if not current.isValid() or not current.column():
            return
        column, place = current.column(), current.column() - 1
        chosen = [
            each.row() for each in self.table.selectionModel().selectedIndexes() if each.column() == column
        ]
        first = min(chosen, default=current.row())
        if len(chosen) > 1:
            below = [self.model.rows[row].number for row in chosen if row != first]
        else:
            first = current.row()
            number = self.model.rows[first].number
            below = [row.number for row in self.pasted.rows if row.number > number]
        text = self.model.typed(first, column)
        if below:
            self._again(cells={(number, place): text for number in below})

    def _leave_out(self) -> None:
        self._go_without(self._bad_rows())

    def _leave_out_repeated(self) -> None:
        self._go_without(self.pasted.repeated_rows)

    def _leave_out_chosen(self) -> None:
        self._go_without(self.table.chosen_numbers())

    def _go_without(self, rows: frozenset[int]) -> None:
        """The keys stay with the rows that are left."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if rows:
            self._gone |= rows
            self._again(without=rows)

    def _go_to(self, row: int) -> None:
        """To the cell that the problem in this row of the list is about."""
        place = self.model.place_of(self._problems[row])
        if not place.isValid():
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.table.scrollTo(place)

    # Keeping

    def _keep(self) -> None:
        workspace, pasted = self.workspace, self.pasted

        def work(_progress: Progress) -> tuple[int, ...]:
            return keep_block(workspace, pasted)

        run_with_progress(self, self.windowTitle(), work, self._kept, self._not_kept)

    def _kept(self, ids: tuple[int, ...]) -> None:
        new, changed, kind = self.pasted.new, self.pasted.changed, self.pasted.kind
        added = f"{many(kind, new)} added" if new else ""
        if changed:
            added = f"{added}, {changed:,} changed" if added else f"{many(kind, changed)} changed"
        self.accept()
        self._done(f"{added}. Ctrl+Z takes it back.")
        if self._show_first is not None:
            self._show_first(ids[0])

    def _not_kept(self, refused: Refused) -> None:
        if isinstance(refused, RowsRefused):
            self._refused, self._pressed = refused.rows, True
            self._show(self.pasted)
            self._go_to(0)
            self._requests.append({})  # what the file says now may be other than what the preview showed
            self._read()
        else:
            say_trouble(self, self.windowTitle(), sentence(refused.problems))


def _is_mended(
    problem: BlockProblem,
    cells: Mapping[tuple[int, int], str] | None = None,
    without: Iterable[int] = (),
    **_others: Any,
) -> bool:
    """Whether a correction takes away what a rule said: of its cell, of its row as a whole, or of a block with other fields."""
    if cells is None:
        return not without or problem.row in without
    rows = {row for row, _ in cells}
    return (problem.row, problem.place) in cells or (problem.place < 0 and problem.row in rows)


def rows_in_words(count: int) -> str:
    """ "1 row", "40 rows"."""
    return f"{count:,} row{'' if count == 1 else 's'}"


def paste_into(
    parent: QWidget,
    workspace: Workspace,
    kind: type[Record],
    shown: tuple[Column, ...],
    at: int | None,
    known: dict[str, Any],
    text: str,
    done: Callable[[str], None],
    *,
    show_first: Callable[[int], None] | None = None,
) -> None:
    """Show what was copied as records of a kind, and keep it when asked; `done` is then told what came of it, `show_first` the id
    of the first.
    """

    def work(progress: Progress) -> Tried:
        pasted = read_block(workspace, kind, text, shown, at, known, progress)
        progress("Trying the rules", 0, 0)
        return pasted, try_block(workspace, pasted) or ()

    def show(tried: Tried) -> None:
        PasteDialog(parent, workspace, *tried, done, show_first).open()

    run_with_progress(parent, f"Paste {plural(kind).lower()}", work, show)
