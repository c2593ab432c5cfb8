"""Figures of a return by intervention, with room below them to write why the chosen line differs from its profile."""

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from fundtracker.application.behind_spend import SpendFigure
from fundtracker.domain.cubes import Line
from fundtracker.domain.snapshot import Snapshot, SpendRow
from fundtracker.ui.editors.typed import show_locked
from fundtracker.ui.models import return_tables
from fundtracker.ui.models.figures_table import FiguresTable, TableRow
from fundtracker.ui.models.return_tables import ADJUSTED, BEHIND, CATEGORY, REASON
from fundtracker.ui.views.return_parts import Tab
from fundtracker.ui.views.tables import column_widths, figures_table
from fundtracker.ui.words import SPACE, plain_label, push_button
from fundtracker.ui.wrapping import WrappingRow

TITLE, TITLE_LETTERS, FEWEST_LETTERS = 0, 30, 12
"""The column of the interventions' titles, its width in letters at most and at least."""
REASON_LETTERS, SHORT_REASON, SHORT_CATEGORY = 24, 18, 10
"""Letters: the least of a reason beside a title, and without; the least of a category."""
CHOOSE = "Choose a line above to read or write its reason."
ASK = "Why does the outturn differ from the profile, and what happens next?"
NONE_WRITTEN = "No reason was written for this line."


class ReasonText(QPlainTextEdit):
    """Several lines of text, kept when it is left; Esc takes back what was typed."""

    left = Signal()
    taken_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName("Reason for the variance")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu is no leaving
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.taken_back.emit()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FiguresTab(Tab):
    """The grid, and under it the chosen line's reason. `write(line, text)` keeps a reason; False where it was refused."""

    costs_wanted = Signal(object, object)  # SpendRow, SpendFigure

    def __init__(self, write: Callable[[Line, str], bool]) -> None:
        super().__init__()
        self._write = write
        self._rows: tuple[SpendRow, ...] = ()
        self._line: Line | None = None
        """The line whose reason stands in the editor, where it can be written."""
        self._reasons = False
        """Whether the column of reasons is in sight."""
        self._held = ""
        """Its reason as the file has it."""
        self.model = FiguresTable((), self, self._write_cell)
        self.table = figures_table(
            "Figures by intervention", self.model, by_cell=True, row_names=17, names_of="Intervention"
        )
        self.table.keep_totals()
        self.table.selectionModel().currentChanged.connect(self._choose)
        self.table.asked.connect(self._go_to_reason)
        self.table.doubleClicked.connect(self._ask_costs_of)
        self.reason = ReasonText()
        self.reason.left.connect(self.keep)
        self.reason.taken_back.connect(lambda: self.reason.setPlainText(self._held))
        self.reason.textChanged.connect(self._count)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self._below())
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([500, 130])
        self.table.viewport().installEventFilter(self)
        self.column.addWidget(splitter, 1)
        # On from what was written, though these stand above it.
        QWidget.setTabOrder(self.reason, self.next_button)
        QWidget.setTabOrder(self.next_button, self.costs_button)
        self._show_line()

    def _below(self) -> QWidget:
        self.line = plain_label(wrapped=True)
        self.line.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = plain_label()
        self.words.setAccessibleName("Words written")
        self.next_button = push_button(
            "&Next line without a reason", "To the next line that still needs a reason", self.go_to_next
        )
        self.costs_button = push_button(
            "Show its c&osts",
            "The costs that add up to the chosen figure; beside a profile or a forecast, those of the year to date",
            self._ask_costs,
        )
        label = QLabel("Reason for the l&ine")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(self.reason)
        bar = WrappingRow()
        for each in (label, self.words, self.next_button, self.costs_button):
            bar.addWidget(each)
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, SPACE // 2, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(bar)
        layout.addWidget(self.line)
        layout.addWidget(self.reason, 1)
        self.reason.setMinimumHeight(self.reason.fontMetrics().lineSpacing() * 2 + SPACE)
        return part

    # Showing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table.viewport() and event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._share_width()
        return super().eventFilter(watched, event)

    def _share_width(self) -> None:
        """The titles give way where the window is narrow, so that the reasons are in sight; then the reasons, which stand below
        too. What is left the categories have, so that no column is seen in part.
        """
        table, letter = self.table, self.table.fontMetrics().averageCharWidth()
        if not self.model.rows:
            return
        widths, room = column_widths(table), table.viewport().width()
        adjusted = any(row.adjustments for row in self._rows)
        table.setColumnHidden(ADJUSTED, not adjusted)  # noughts would only take the room
        widths[ADJUSTED] *= adjusted
        left = room - sum(widths[TITLE + 1 : REASON])
        titles = min(left - letter * REASON_LETTERS, letter * TITLE_LETTERS)
        titled = titles >= letter * FEWEST_LETTERS
        self._reasons = left >= letter * SHORT_REASON
        if self._reasons:
            widths[TITLE], widths[REASON] = (titles, left - titles) if titled else (widths[TITLE], left)
        else:
            end, spare = REASON, widths[CATEGORY] - letter * SHORT_CATEGORY
            while end > CATEGORY + 1 and sum(widths[TITLE + 1 : end]) - spare > room:
                end -= 1
            widths[CATEGORY] += room - sum(widths[TITLE + 1 : end])
        table.setColumnHidden(TITLE, not titled)
        for column in (TITLE, CATEGORY, REASON):
            if not table.isColumnHidden(column) and table.columnWidth(column) != widths[column]:
                table.setColumnWidth(column, widths[column])

    def show_figures(self, snapshot: Snapshot, rows: tuple[TableRow, ...]) -> None:
        """Draw the figures; the chosen line stays chosen, and what is typed and not kept stays typed."""
        year = snapshot.header.year
        count = return_tables.reason_count(snapshot.spend)
        explained = f"Spend of {year}, in pounds. To date + forecast = outturn; its variance is from the current profile."
        self.note.setText(f"{count}\n{explained}" if snapshot.header.draft else explained)
        before = self._key(self.table.currentIndex())
        self._rows = snapshot.spend
        self.model.set_rows(rows, return_tables.spend_headings(snapshot))
        self._share_width()
        place = next((n for n, each in enumerate(rows) if before is not None and each.key == before), None)
        if place is None and rows:
            place = next((n for n, each in enumerate(snapshot.spend) if return_tables.lacks_reason(each)), 0)
        if place is not None and place != self.table.currentIndex().row():
            self._mark(place)
        lacking = any(return_tables.lacks_reason(each) for each in snapshot.spend)
        wanted = lacking and snapshot.header.draft
        if self.next_button.hasFocus() and not wanted:  # Tab came to it just as the last reason was kept
            self.costs_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.next_button.setVisible(wanted)
        self._show_line()

    def _mark(self, place: int) -> None:
        """Choose a line, all of it: its cells are not all in sight. F2 writes its reason where that is."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.model.index(place, REASON if self._reasons else TITLE + 1)
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(self.model.index(place, TITLE + 1))

    def _key(self, index: QModelIndex) -> Any:
        row = index.row()
        return self.model.rows[row].key if index.isValid() and row < len(self.model.rows) else None

    def _ask_costs(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._rows):
            self.costs_wanted.emit(
                self._rows[row], BEHIND.get(self.table.currentIndex().column(), SpendFigure.TO_DATE)
            )

    def _ask_costs_of(self, index: QModelIndex) -> None:
        """A double click on a figure."""
        if self.model.headings[index.column()].right:
            self._ask_costs()

    def _go_to_reason(self, _row: int) -> None:
        """Enter on a line."""
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, now: QModelIndex, before: QModelIndex) -> None:
        if now.row() != before.row():
            self.keep()
            self._show_line()

    def _show_line(self) -> None:
        """The chosen line's words and reason; not over what is typed for it and not kept."""
        row = self.table.currentIndex().row()
        shown = self._rows[row] if 0 <= row < len(self._rows) else None
        key = self._key(self.table.currentIndex()) if shown is not None else None
        line = key if isinstance(key, Line) else None
        if line is not None and line == self._line and self.unkept:
            self._held = shown.reason if shown is not None else ""
            return
        self._line = line
        self._held = shown.reason if shown is not None else ""
        self.costs_button.setEnabled(shown is not None)
        self.line.setText(return_tables.line_words(shown) if shown is not None else CHOOSE)
        self.reason.setAccessibleDescription(self.line.text())
        self.reason.setReadOnly(self._line is None)
        show_locked(self.reason, self._line is None)
        self.reason.setPlaceholderText(
            ASK if self._line is not None else NONE_WRITTEN if shown is not None else ""
        )
        if self.reason.toPlainText() != self._held:
            self.reason.setPlainText(self._held)
        self._count()

    def _count(self) -> None:
        many = len(self.reason.toPlainText().split())
        state = "" if self._line is None else ", not kept yet" if self.unkept else ", kept"
        self.words.setText(f"{many} word{'' if many == 1 else 's'}{state}" if many or self.unkept else "")

    # Writing

    @property
    def unkept(self) -> bool:
        """Whether something is typed that isn't in the file."""
        return self._line is not None and self.reason.toPlainText().strip() != self._held.strip()

    def keep(self) -> None:
        """Keep what is typed; where it is refused, it stays to be mended."""
        line, text = self._line, self.reason.toPlainText().strip()
        if line is not None and self.unkept and self._write(line, text):
            self._held = text
            self._count()

    def _write_cell(self, key: object, text: str) -> None:
        """F2 in the grid writes the reason too."""
        line = cast("Line", key)
        if self._write(line, text) and line == self._line:
            self._held = text.strip()
            self.reason.setPlainText(self._held)

    def write_for(self, intervention_id: int) -> None:
        """Begin to write the first missing reason of an intervention."""
        self._begin(lambda line: line.intervention_id == intervention_id)

    def go_to_next(self) -> None:
        """Begin to write the next missing reason below the chosen line, else the first."""
        self.keep()
        now = self.table.currentIndex().row()
        below = {each.key for each in self.model.rows[now + 1 :]}
        if not self._begin(lambda line: line in below):
            self._begin(lambda _line: True)

    def _begin(self, wanted: Callable[[Line], bool]) -> bool:
        for place, (row, shown) in enumerate(zip(self._rows, self.model.rows, strict=False)):
            line = shown.key
            if isinstance(line, Line) and return_tables.lacks_reason(row) and wanted(line):
                self._mark(place)
                self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False
