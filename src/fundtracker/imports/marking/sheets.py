"""A worksheet's own part: the style of its cells changed, missing cells and rows made in their order, the link to its comments."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from fundtracker.domain.problems import Severity
from fundtracker.imports.limits import Limits
from fundtracker.imports.marking.job import address, cell_of
from fundtracker.imports.marking.xml_edits import RELATED, RELATED_ID, Edits, Element, Visit, prefix_of, walk

Cell = tuple[int, int]
"""Row and column, from 1."""
Restyle = Callable[[int, Severity], int]
"""The number of a style like the given one, coloured."""

_BEFORE_COMMENTS: Final = frozenset(
    [
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "smartTags",
        "drawing",
    ]
)
"""The standard's order (ECMA-376, CT_Worksheet): what stands before <legacyDrawing>."""
_TRUE = frozenset({"1", "true"})
_ROW, _CELL = 2, 3
"""Depth in the part: worksheet, sheetData, row, c."""


@dataclass(frozen=True, slots=True)
class _Columns:
    first: int
    last: int
    style: int
    hidden: bool


@dataclass(slots=True)
class Survey:
    """What is to be known of a sheet before anything in it is changed."""

    root: Element
    rows: Element | None = None
    dimension: Element | None = None
    views: list[Element] = field(default_factory=list[Element])
    columns: list[_Columns] = field(default_factory=list[_Columns])
    merged: list[tuple[Cell, Cell]] = field(default_factory=list[tuple[Cell, Cell]])
    drawing: str = ""
    """Id of the relation to the comments' boxes."""
    drawing_goes_after: int = -1

    def anchor(self, cell: Cell) -> Cell:
        """The cell that is seen: of merged ones, the first."""
        row, column = cell
        for (top, left), (bottom, right) in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return cell

    def column_style(self, column: int) -> int:
        return next((each.style for each in self.columns if each.first <= column <= each.last), 0)

    def first_visible(self) -> int:
        """The first column that isn't hidden."""
        column = 1
        for each in sorted(self.columns, key=lambda one: one.first):
            if each.hidden and each.first <= column <= each.last:
                column = each.last + 1
        return column


def survey(data: bytes, limits: Limits) -> Survey:
    """One pass that keeps nothing of the cells."""
    found = Survey(Element("", {}, 0, 0))

    def end(element: Element) -> None:
        about = element.attributes
        if element.depth == 1 and element.name in _BEFORE_COMMENTS:
            found.drawing_goes_after = element.end
        match element.name:
            case "sheetData" if element.depth == 1:
                found.rows = element
            case "dimension":
                found.dimension = element
            case "sheetView":
                found.views.append(element)
            case "col":
                style, hidden = int(about.get("style", 0)), about.get("hidden") in _TRUE
                found.columns.append(_Columns(int(about["min"]), int(about["max"]), style, hidden))
            case "mergeCell":
                first, _, last = about["ref"].partition(":")
                found.merged.append((cell_of(first), cell_of(last or first)))
            case "legacyDrawing":
                found.drawing = about.get(RELATED_ID, "")
            case _:
                pass

    found.root = walk(data, Visit(end=end), limits)
    return found


def unselected(data: bytes, views: Iterable[Element]) -> bytes:
    """The sheet as one that isn't shown: two sheets selected together would both take what is typed into one."""
    edits = Edits(data)
    for view in views:
        if view.attributes.get("tabSelected") in _TRUE:
            edits.set(view, {"tabSelected": None})
    return edits.result()


def with_drawing(data: bytes, found: Survey, relation: str) -> bytes:
    """The sheet with <legacyDrawing>, without which no program shows its comments."""
    edits = Edits(data)
    prefix = prefix_of(data, found.root)
    element = f'<{prefix}legacyDrawing xmlns:r="{RELATED}" r:id="{relation}"/>'
    edits.insert(found.drawing_goes_after, element)
    return edits.result()


def coloured(
    data: bytes, found: Survey, cells: Mapping[Cell, Severity], restyle: Restyle, limits: Limits
) -> bytes:
    """The sheet with those cells in another style, everything else in it as it was."""
    if found.rows is None or not cells:
        return data
    painter = _Painter(data, found, cells, restyle)
    walk(data, Visit(painter.start, painter.end), limits)
    return painter.result()


class _Painter:
    """Goes through the rows and makes each wanted cell coloured, or a new one in its place."""

    def __init__(self, data: bytes, found: Survey, cells: Mapping[Cell, Severity], restyle: Restyle) -> None:
        self._found, self._restyle = found, restyle
        self._edits = Edits(data)
        self._prefix = prefix_of(data, found.root)
        self._left: dict[int, dict[int, Severity]] = {}
        for (row, column), severity in sorted(cells.items()):
            self._left.setdefault(row, {})[column] = severity
        self._row, self._column = 0, 0
        self._wanted: dict[int, Severity] = {}
        self._row_style: int | None = None
        self._made: list[Cell] = []
        self._added_to_row = False

    def start(self, element: Element) -> None:
        if element.name == "row" and element.depth == _ROW:
            self._row, self._column = int(element.attributes.get("r", self._row + 1)), 0
            for row in [row for row in self._left if row < self._row]:
                self._edits.insert(element.start, self._whole_row(row))
            self._wanted = self._left.pop(self._row, {})
            about = element.attributes
            self._row_style = int(about.get("s", 0)) if about.get("customFormat") in _TRUE else None
            self._added_to_row = False
        elif element.name == "c" and element.depth == _CELL and self._wanted:
            place = element.attributes.get("r")
            self._column = cell_of(place)[1] if place else self._column + 1
            for column in [column for column in self._wanted if column < self._column]:
                self._edits.insert(element.start, self._cell(self._row, column, self._wanted.pop(column)))
                self._added_to_row = True
            severity = self._wanted.pop(self._column, None)
            if severity is not None:
                style = int(element.attributes.get("s", 0))
                self._edits.set(element, {"s": str(self._restyle(style, severity))})
        elif element.name == "c" and element.depth == _CELL:
            self._column += 1

    def end(self, element: Element) -> None:
        if element.name == "row" and element.depth == _ROW:
            more = "".join(self._cell(self._row, column, kind) for column, kind in self._wanted.items())
            self._wanted = {}
            if more or self._added_to_row:
                self._edits.append(element, more, {"spans": None})  # a hint that would no longer be true
        elif element.name == "sheetData" and element.depth == 1 and self._left:
            self._edits.append(element, "".join([self._whole_row(row) for row in list(self._left)]))

    def _whole_row(self, row: int) -> str:
        self._row_style = None
        cells = "".join(self._cell(row, column, kind) for column, kind in self._left.pop(row).items())
        return f'<{self._prefix}row r="{row}">{cells}</{self._prefix}row>'

    def _cell(self, row: int, column: int, severity: Severity) -> str:
        style = self._found.column_style(column) if self._row_style is None else self._row_style
        self._made.append((row, column))
        return f'<{self._prefix}c r="{address(row, column)}" s="{self._restyle(style, severity)}"/>'

    def result(self) -> bytes:
        dimension = self._found.dimension
        if dimension is not None and self._made:
            first, _, last = dimension.attributes.get("ref", "A1").partition(":")
            corners = [cell_of(first), cell_of(last or first), *self._made]
            rows, columns = [row for row, _ in corners], [column for _, column in corners]
            area = f"{address(min(rows), min(columns))}:{address(max(rows), max(columns))}"
            self._edits.set(dimension, {"ref": area})
        return self._edits.result()
