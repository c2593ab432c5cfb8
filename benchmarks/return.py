"""return: the workbook of a return with 5,000 cost lines, charts and all; floor: openpyxl as usual, shared styles, the same cells."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from _large_return import large_snapshot
from _measure import main
from fundtracker.returns.workbook import write_workbook

GOAL = 0.30


def _timed(act: Callable[[], None]) -> float:
    begun = perf_counter()
    act()
    return (perf_counter() - begun) * 1000


def ours() -> float:
    snapshot = large_snapshot()
    with TemporaryDirectory() as folder:
        return _timed(lambda: write_workbook(snapshot, Path(folder) / "return.xlsx"))


def floor() -> float:
    """Read what ours wrote, then write the same cells with openpyxl alone; only the writing counts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "return.xlsx"
        write_workbook(large_snapshot(), path)
        sheets = [
            (sheet.title, [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()])
            for sheet in load_workbook(path)
        ]
        return _timed(lambda: _write(sheets, Path(folder) / "floor.xlsx"))


def _write(sheets: list[tuple[str, list[list[tuple[Any, str]]]]], path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    styles: dict[str, NamedStyle] = {}
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, (value, shown) in enumerate(row, 1):
                if value is None:
                    continue
                cell = sheet.cell(number, column, value)
                cell.style = styles.setdefault(shown, _style(len(styles), shown))
    book.save(path)


def _style(number: int, shown: str) -> NamedStyle:
    style = NamedStyle(f"style {number}", number_format=shown)
    style.font = Font(name="Calibri", sz=10)
    style.fill = PatternFill("solid", fgColor="FFFFFF")
    style.border = Border(bottom=Side(style="thin", color="D0D5DD"))
    style.alignment = Alignment(vertical="top")
    return style


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
