"""PlanTable: the cells of a profile or a forecast, with live totals. What can't be read or is refused stays as it was typed, and says why."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont

from fundtracker.application.actions.planning import write_plan
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Expense
from fundtracker.domain.cubes import Cell, Line
from fundtracker.domain.money import Money
from fundtracker.domain.planning import Plan, Planned
from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable
from fundtracker.ui.bridge import Job, Progress
from fundtracker.ui.models.cells import Index
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow, money

QUARTERS = 4
MANY = 24
"""Cells: more are written off the window's thread."""
TOTAL, AGAINST, DIFFERENCE = range(QUARTERS, QUARTERS + 3)
SUM_WIDTH = 9
SUMMED = "This is worked out from the quarters: type into those."
AGAINST_WORDS = {
    Planned.PROFILE: ("Awarded", "The award's lines of the year, with variations in force"),
    Planned.FORECAST: ("Profile", "The current profile of the year"),
}
TOTAL_ROWS: tuple[tuple[str, Expense | None], ...] = (
    ("All capital", Expense.CAPITAL),
    ("All resource", Expense.RESOURCE),
    ("All", None),
)


@dataclass(frozen=True, slots=True)
class Block:
    """Cells to be written in one entry, and what was typed in them."""

    amounts: Mapping[Cell, Money | None]
    title: str
    typed: Mapping[Cell, str]

    def text(self, cell: Cell) -> str:
        return self.typed.get(cell, money(self.amounts[cell]))


class PlanTable(FiguresTable):
    """Rows are lines and, below them, totals; the first four columns are the year's quarters."""

    troubled = Signal(str)  # what is wrong with what was typed, or nothing
    written = Signal(object)  # the lines
    rested = Signal()  # nothing waits to be written any more

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self.workspace = workspace
        self.plan: Plan | None = None
        self.wrong: dict[Cell, tuple[str, str]] = {}
        """What was typed and not kept, and why."""
        self._notice = ""
        self._blocks = deque[Block]()
        """What is being written off the window's thread, and what waits for its turn after it."""
        self._waiting: dict[Cell, str] = {}
        """What was typed in their cells."""
        self._job: Job | None = None
        self._fonts: dict[tuple[bool, bool], QFont] = {}
        for bold in (False, True):
            for italic in (False, True):
                font = QFont()
                font.setBold(bold)
                font.setItalic(italic)
                self._fonts[bold, italic] = font
        self._locks: dict[tuple[int, int], str] = {}

    def show_plan(self, plan: Plan | None) -> None:
        """Draw a sheet; what was typed and not kept stays where its cell is still there."""
        self.plan = plan
        self._locks.clear()
        if plan is None:
            self.set_rows((), ())
            return
        self.wrong = {cell: held for cell, held in self.wrong.items() if cell.line in plan.lines}
        rows = [self._line_row(plan, line) for line in plan.lines]
        self.set_rows([*rows, *self._total_rows(plan)], self._headings(plan))
        self._say()

    def has_rows_of(self, plan: Plan) -> bool:
        """Whether a sheet would change nothing but texts."""
        shown = self.plan.year if self.plan is not None else None
        return shown == plan.year and tuple(row.key for row in self.rows[: -len(TOTAL_ROWS)]) == plan.lines

    def _show_written(self, plan: Plan, lines: set[Line]) -> None:
        """Draw the lines that were written, and the totals."""
        self.plan = plan
        rows = [self._line_row(plan, row.key) if row.key in lines else row for row in self.rows]
        self.set_rows([*rows[: -len(TOTAL_ROWS)], *self._total_rows(plan)])

    def _headings(self, plan: Plan) -> tuple[Heading, ...]:
        whole = "Outturn" if plan.planned is Planned.FORECAST else "Total"
        against, about = AGAINST_WORDS[plan.planned]
        own = (
            *(
                Heading(f"Q{each.number}", SUM_WIDTH, right=True, help=each.months)
                for each in plan.year.quarters
            ),
            Heading(whole, SUM_WIDTH, right=True, help=f"The four quarters of {plan.year} together"),
        )
        if not plan.is_held_against:
            return own
        return (
            *own,
            Heading(against, SUM_WIDTH, right=True, help=about),
            Heading("Difference", SUM_WIDTH, right=True, help=f"The year less {against.lower()}"),
        )

    def _total_rows(self, plan: Plan) -> list[TableRow]:
        rows: list[TableRow] = []
        for name, expense in TOTAL_ROWS:
            quarters = tuple(money(plan.of_all(expense, quarter)) for quarter in plan.year.quarters)
            sums = _sums(plan, plan.of_all(expense), plan.against_all(expense))
            rows.append(
                TableRow(
                    (*quarters, *sums), key=name, name=name, bold=True, rule=expense is not Expense.RESOURCE
                )
            )
        return rows

    def _line_row(self, plan: Plan, line: Line) -> TableRow:
        intervention, category = plan.named(line)
        quarters = tuple(money(plan.amount(Cell(*line, quarter))) for quarter in plan.year.quarters)
        own = plan.intervention_id is None
        return TableRow(
            (*quarters, *_sums(plan, plan.of_line(line), plan.against_line(line))),
            key=line,
            name=" · ".join((*((intervention.reference,) if own else ()), line.expense.value, category.name)),
            help=f"{intervention.reference} {intervention.title}, {line.expense.value.lower()}, {category.name}",
        )

    # Cells

    def cell_at(self, row: int, column: int) -> Cell | None:
        """The plan's cell under a row and column; None for what is worked out."""
        if self.plan is None or not 0 <= row < len(self.rows) or not 0 <= column < QUARTERS:
            return None
        line = self.rows[row].key
        return Cell(*line, self.plan.year.quarters[column]) if isinstance(line, Line) else None

    def lock(self, row: int, column: int) -> str:
        """Why a cell can't be typed into; empty where it can."""
        if (row, column) not in self._locks:
            cell = self.cell_at(row, column)
            self._locks[row, column] = SUMMED if cell is None or self.plan is None else self.plan.locked(cell)
        return self._locks[row, column]

    def cell(self, row: int, column: int) -> tuple[str, int, QFont | None]:
        text, side, _ = super().cell(row, column)
        typed = self._typed(row, column)
        return text if typed is None else typed, side, self._font(row, column)

    def _font(self, row: int, column: int) -> QFont:
        """Italic where it is locked."""
        return self._fonts[self.rows[row].bold, column < QUARTERS and bool(self.lock(row, column))]

    def _typed(self, row: int, column: int) -> str | None:
        """ "⚠ 12x": what was typed in a cell and not kept, "12" while it waits to be written; None where neither is so."""
        cell = self.cell_at(row, column)
        if cell is None:
            return None
        held = self.wrong.get(cell)
        return f"⚠ {held[0]}" if held else self._waiting.get(cell)

    def standing(self, row: int, column: int) -> str:
        """What a cell holds, or will once it is written."""
        cell = self.cell_at(row, column)
        written = self.rows[row].cells[column]
        return written if cell is None else self._waiting.get(cell, written)

    def is_wrong(self, row: int, column: int) -> bool:
        """Whether what was typed there is not kept."""
        return self.cell_at(row, column) in self.wrong

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        cell = self.cell_at(row, column)
        held = self.wrong.get(cell) if cell else None
        if role == Qt.ItemDataRole.FontRole:
            return self._font(row, column)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            lock = self.lock(row, column)
            return held[1] if held else f"Locked: {lock}" if lock else None
        if role == Qt.ItemDataRole.EditRole:
            return held[0] if held else self.standing(row, column)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            typed = self._typed(row, column)
            return super().data(index, role) if typed is None else typed
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        open_to_type = index.isValid() and not self.lock(index.row(), index.column())
        return usual | Qt.ItemFlag.ItemIsEditable if open_to_type else usual

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.type_in({(index.row(), index.column()): str(value)})
        return True

    # Writing

    def type_in(self, texts: Mapping[tuple[int, int], str], title: str = "") -> None:
        """Texts typed or pasted into cells, by row and column: one entry for all that can be read."""
        amounts: dict[Cell, Money | None] = {}
        locked: list[str] = []
        for (row, column), text in texts.items():
            cell = self.cell_at(row, column)
            if self.lock(row, column):
                if text.strip() != self.rows[row].cells[column]:  # what stands there already is no change
                    locked.append(self.lock(row, column))
                continue
            assert cell is not None  # noqa: S101 - what isn't locked is a cell
            try:
                amounts[cell] = Money.read(text) if text.strip() else None
            except Unreadable as unread:
                self.wrong[cell] = (text.strip(), str(unread))
        self.write(amounts, title, typed={c: t for (r, k), t in texts.items() if (c := self.cell_at(r, k))})
        if locked:
            first = locked[0]
            self.notify(
                f"1 cell is locked and stays as it was. {first}"
                if len(locked) == 1
                else f"{len(locked)} cells are locked and stay as they were. {first}"
            )

    def notify(self, text: str) -> None:
        """Say something until the next thing is typed."""
        self._notice = text
        self._say()

    def write(
        self, amounts: Mapping[Cell, Money | None], title: str = "", typed: Mapping[Cell, str] | None = None
    ) -> None:
        """Write cells in one entry, after what still waits; a large block off the window's thread. A refusal stands beside them with
        what was typed.
        """
        if self.plan is None:
            return
        self._notice = ""
        for cell in amounts:
            self.wrong.pop(cell, None)
        if amounts:
            self._blocks.append(Block(dict(amounts), title, dict(typed or {})))
            self._write_waiting()
        self._redraw()

    def finish(self) -> None:
        """Write all that waits, before something else is done with the file, or the page is left."""
        while self._job is not None:
            self._job.finish()

    @property
    def writes(self) -> bool:
        """Whether something is being written, or waits for it."""
        return bool(self._blocks)

    def _write_waiting(self) -> None:
        """Block by block, in the order they came, each on the sheet that the one before it left."""
        while self._blocks and self._job is None and self.plan is not None:
            block = self._blocks[0]
            if len(block.amounts) > MANY:
                self._begin(self.plan, block)
                break
            self._blocks.popleft()
            try:
                self._take(write_plan(self.workspace, self.plan, block.amounts, block.title), block)
            except (Refused, StorageTrouble) as refused:
                self._refuse(str(refused), block)
        self._waiting = {cell: block.text(cell) for block in self._blocks for cell in block.amounts}

    def _begin(self, plan: Plan, block: Block) -> None:
        def work(_progress: Progress) -> Plan:
            return write_plan(self.workspace, plan, block.amounts, block.title)

        def done(after: Plan) -> None:
            self._end()
            self._take(after, block)
            self._go_on()

        def failed(trouble: BaseException) -> None:
            self._end()
            self._refuse(str(trouble), block)
            self._go_on()
            if not isinstance(trouble, (Refused, StorageTrouble)):
                raise trouble

        self._job = Job(self, work, done, failed)
        self._job.start()

    def _end(self) -> None:
        self._job = None
        self._blocks.popleft()

    def _go_on(self) -> None:
        self._write_waiting()
        self._redraw()
        if not self._blocks:
            self.rested.emit()

    def _take(self, after: Plan, block: Block) -> None:
        """What was written stands; the rest of the sheet is left."""
        if after is not self.plan:
            lines = {cell.line for cell in block.amounts}
            self._show_written(after, lines)
            self.written.emit(lines)

    def _refuse(self, why: str, block: Block) -> None:
        """Beside each of its cells, but not over what was typed there since."""
        newer = set(self.wrong).union(*(each.amounts for each in self._blocks))
        for cell in block.amounts.keys() - newer:
            self.wrong[cell] = (block.text(cell), f"Not kept. {why}")

    def _redraw(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.headings) - 1))
        self._say()

    def forget(self, places: Iterable[tuple[int, int]]) -> None:
        """Take back what was typed there and not kept."""
        self._notice = ""
        for row, column in places:
            cell = self.cell_at(row, column)
            if cell is not None:
                self.wrong.pop(cell, None)
        self._redraw()

    @property
    def unkept(self) -> str:
        """What was typed and not kept, in a sentence; empty where nothing is."""
        if self.plan is None or not self.wrong:
            return ""
        (cell, (text, why)), *others = self.wrong.items()
        beside = f" {len(others)} more cells were not kept either." if others else ""
        return f"{self._where(self.plan, cell)}: {why or text}{beside}"

    def _where(self, plan: Plan, cell: Cell) -> str:
        intervention, category = plan.named(cell.line)
        return f"{intervention.reference}, {cell.expense.value.lower()}, {category.name}, {cell.quarter}"

    def _say(self) -> None:
        self.troubled.emit("\n".join(filter(None, (self._notice, self.unkept))))


def _sums(plan: Plan, whole: Money, against: Money | None) -> tuple[str, ...]:
    if not plan.is_held_against:
        return (money(whole),)
    return money(whole), money(against), money(None if against is None else whole - against)
