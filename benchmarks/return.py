"""return: the workbook of a return with 5,000 cost lines, charts and all; floor: openpyxl as usual, styles shared, the same cells and charts."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from _drawing import floor_timed, ours_timed
from _measure import main
from fundtracker.returns.workbook import write_workbook

GOAL = 0.30


def ours() -> float:
    return ours_timed(write_workbook, "return.xlsx")


def floor() -> float:
    """Read what ours wrote, then write the same cells and charts with openpyxl alone; only the writing counts."""
    return floor_timed(
        write_workbook, "return.xlsx", lambda path: [_Read(sheet) for sheet in load_workbook(path)], _write
    )


class _Read:
    """A sheet of ours, taken apart: each cell's value and the looks it is drawn in, the charts, the columns' widths."""

    def __init__(self, sheet: Any) -> None:
        self.title: str = sheet.title
        self.rows: list[list[tuple[Any, str, str]]] = [
            [(cell.value, cell.style, cell.number_format) for cell in row] for row in sheet.iter_rows()
        ]
        self.charts: list[Any] = list(sheet._charts)  # noqa: SLF001 - openpyxl has no other name for them
        self.widths = {letter: found.width for letter, found in sheet.column_dimensions.items()}


def _write(sheets: list[_Read], path: Path) -> None:
    """Each style is put together once, and cells share it as openpyxl holds it: quicker than by name, or than font by font."""
    book = Workbook()
    book.remove(book.worksheets[0])
    known: dict[tuple[str, str], Any] = {}
    for read in sheets:
        sheet = book.create_sheet(read.title)
        for number, row in enumerate(read.rows, 1):
            for column, (value, look, shown) in enumerate(row, 1):
                cell = sheet.cell(number, column, value)
                style = known.get((look, shown))
                if style is None:
                    cell.style = _style(f"style {len(known)}", look, shown)
                    style = known[look, shown] = cell._style  # noqa: SLF001 - what everybody copies from cell to cell
                else:
                    cell._style = style  # noqa: SLF001 - as above
        for chart in read.charts:
            sheet.add_chart(chart)
        for letter, width in read.widths.items():
            sheet.column_dimensions[letter].width = width
    book.save(path)


def _style(name: str, look: str, shown: str) -> NamedStyle:
    style = NamedStyle(name, number_format=shown)
    style.font = Font(name="Calibri", sz=10, b="otal" in look)
    style.fill = PatternFill("solid", fgColor="FFFFFF")
    style.border = Border(bottom=Side(style="thin", color="D0D5DD"))
    style.alignment = Alignment(vertical="center")
    return style


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
