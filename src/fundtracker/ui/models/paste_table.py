"""PasteTable: a pasted block as it will be kept, with what is wrong in its cells; any cell can be corrected in place."""

from typing import Any, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QStyleOptionViewItem, QWidget

from fundtracker.application.actions.pasting import BlockProblem, Pasted, PastedRow
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column, column_of, described, key_of
from fundtracker.domain.kinds import Choice, Reference, YesNo
from fundtracker.domain.problems import Severity
from fundtracker.ui.editors.factory import editor_for
from fundtracker.ui.models.cells import ACTIVE, LEFT, RIGHT, CellDelegate, Index, fill
from fundtracker.ui.words import SIGNS

SHOWN = 500
"""Rows shown from the first on; after them only those with problems, as many again."""
NO_INDEX = QModelIndex()
TINT = 56
"""Of 255: how much of the palette's colour lies over a cell with a problem."""


class PasteTable(QAbstractTableModel):
    """First what becomes of each row, then the columns of the block."""

    corrected = Signal(int, int, str)  # the row's number, the block's column, the text

    def __init__(self, pasted: Pasted, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bold = QFont()
        self._bold.setBold(True)
        self._take(pasted, pasted.problems)

    def show(self, pasted: Pasted, problems: tuple[BlockProblem, ...]) -> None:
        """Show the block as it now reads; the cursor stays where the rows and fields are the same."""
        before = [row.number for row in self.rows], self.pasted.fields
        wanted = _shown(pasted, problems)
        if wanted and before == ([row.number for row in wanted], pasted.fields):
            self._take(pasted, problems)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return
        self.beginResetModel()
        self._take(pasted, problems)
        self.endResetModel()

    def _take(self, pasted: Pasted, problems: tuple[BlockProblem, ...]) -> None:
        self.pasted = pasted
        self.rows = _shown(pasted, problems)
        self.columns: list[Column | None] = [
            column_of(pasted.kind, name) if name else None for name in pasted.fields
        ]
        here = {row.number for row in self.rows} | {0}
        self._typed = {row.number: row.cells for row in pasted.block if row.number in here}
        self._problems: dict[tuple[int, int], list[BlockProblem]] = {}
        for each in problems:
            if each.row in here:
                self._problems.setdefault((each.row, each.place), []).append(each)
        self._wrong = {each.row for each in problems if each.severity is Severity.ERROR}

    def place_of(self, problem: BlockProblem) -> QModelIndex:
        """The cell a problem is about; an index of nothing where its row isn't shown."""
        row = next((n for n, each in enumerate(self.rows) if each.number == problem.row), None)
        if row is None:
            row = 0 if problem.row == 0 and self.rows else None
        return NO_INDEX if row is None else self.index(row, problem.place + 1)

    def problems_at(self, row: int, column: int) -> list[BlockProblem]:
        """What is said of a cell; in the first column what is said of its row as a whole."""
        return self._problems.get((self.rows[row].number, column - 1), [])

    def cell(self, row: int, column: int) -> tuple[str, int, QFont | None]:
        """For the delegate."""
        if column == 0:
            return self._state(self.rows[row]), LEFT, None
        described_by = self.columns[column - 1]
        side = RIGHT if described_by is not None and described_by.kind.right_aligned else LEFT
        bold = self._bold if self.rows[row].old[column - 1] is not None else None
        return self._text(row, column), side, bold

    def _state(self, row: PastedRow) -> str:
        sign = "⚠ " if self._problems.get((row.number, -1)) or row.number in self._wrong else ""
        if row.number in self._wrong:
            word = "To mend"
        elif row.before is None:
            word = "Add"
        else:
            name = described(row.before) if key_of(self.pasted.kind) else ""
            word = f"Change {name}" if row.changes else f"Same as {name}"
        return f"{sign}{word}"

    def _text(self, row: int, column: int) -> str:
        item = self.rows[row]
        text, old = item.shown[column - 1].split("\n", 1)[0], item.old[column - 1]
        if old is not None:
            text = f"{old or 'empty'} → {text or 'empty'}"
        found = self.problems_at(row, column)
        if found:
            text = f"⚠ {SIGNS[found[0].severity]}: {text or 'empty'}"
        return text

    def typed(self, row: int, column: int) -> str:
        """A cell as it was pasted or corrected."""
        return self._typed[self.rows[row].number][column - 1]

    def heading(self, column: int) -> str:
        """What stands over a column: the block's own heading, or its number."""
        if column == 0:
            return "What is done"
        own = self.pasted.block[0].cells[column - 1].strip() if self.pasted.headings else ""
        described_by = self.columns[column - 1]
        return own or (described_by.label if described_by else f"Column {column}")

    # Qt's questions

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.cell(row, column)[0]
            case Qt.ItemDataRole.EditRole:
                return self.typed(row, column) if column else None
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                said = "\n".join(each.message for each in self.problems_at(row, column))
                return said or self.cell(row, column)[0]
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag(self.cell(row, column)[1])
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return self._row_heading(section, role)
        if not 0 <= section <= len(self.columns):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.heading(section)
        column = self.columns[section - 1] if section else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag(RIGHT if column is not None and column.kind.right_aligned else LEFT)
        return (column.help or None) if role == Qt.ItemDataRole.ToolTipRole and column else None

    def _row_heading(self, section: int, role: int) -> Any:
        """The number that its problems are listed by."""
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} and section < len(
            self.rows
        ):
            return f"{self.rows[section].number:,}"
        return Qt.AlignmentFlag(RIGHT) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() else usual

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed: the block is read again with it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not index.column():
            return False
        if str(value) != self.typed(index.row(), index.column()):
            self.corrected.emit(self.rows[index.row()].number, index.column() - 1, str(value))
        return True


def _shown(pasted: Pasted, problems: tuple[BlockProblem, ...]) -> tuple[PastedRow, ...]:
    told = {each.row for each in problems}
    later = [row for row in pasted.rows[SHOWN:] if row.number in told]
    return (*pasted.rows[:SHOWN], *later[:SHOWN])


class PasteDelegate(CellDelegate):
    """Tints the cells with problems; offers words and records to choose from where the field has them."""

    def __init__(self, model: PasteTable, workspace: Workspace, table: QAbstractItemView) -> None:
        super().__init__(model, table)
        self._model, self._workspace, self._view = model, workspace, table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        chosen = self._view.selectionModel().isSelected(index)
        if not chosen and self._model.problems_at(index.row(), index.column()):
            parts = cast("Any", option)
            palette: QPalette = parts.palette
            area: QRect = parts.rect
            colour = QColor(palette.color(ACTIVE, QPalette.ColorRole.Highlight))
            colour.setAlpha(TINT)
            fill(painter, area, colour)

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002 - Qt's signature
        index: Index,
    ) -> QWidget:
        column = self._model.columns[index.column() - 1]
        if column is not None and isinstance(column.kind, (Choice, YesNo, Reference)):
            widget = cast("QWidget", editor_for(column, self._workspace, parent, compact=True))
        else:
            widget = QLineEdit(parent)
            widget.setAccessibleName(self._model.heading(index.column()))
            if column is not None:
                widget.setPlaceholderText(column.kind.hint)
        widget.setAutoFillBackground(True)
        return widget

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What was pasted, also where it can't be read: it is there to be mended. Once: a block that is read again must not take
        away what is being typed meanwhile.
        """
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        typed = self._model.typed(index.row(), index.column())
        if isinstance(editor, QComboBox):
            if editor.isEditable():
                editor.setEditText(typed)
                line = editor.lineEdit()
                if line is not None:
                    line.selectAll()  # as Qt does where the editor is a line: what is typed replaces it
            else:
                place = editor.findText(typed.strip(), Qt.MatchFlag.MatchFixedString)
                editor.setCurrentIndex(max(0, place))
        else:
            cast("QLineEdit", editor).setText(typed)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        text = editor.currentText() if isinstance(editor, QComboBox) else cast("QLineEdit", editor).text()
        model.setData(index, text)
