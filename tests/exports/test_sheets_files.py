"""Links to files beside a workbook: relative, only in a book that lies in a pack, and never in a return."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from fundtracker.domain.snapshot import Snapshot
from fundtracker.exports.sheets import Book, Cell, Sheet
from fundtracker.exports.workbook_writer import save_workbook
from fundtracker.returns.workbook import write_workbook
from returns.workbook_sample import rich_snapshot, year_end_snapshot

WHEN = datetime(2024, 10, 1, tzinfo=UTC)


def saved(path: Path, *links: str, in_pack: bool = True) -> Path:
    sheet = Sheet(name="Links", widths=[30])
    for link in links:
        sheet.add(Cell("Open", link=link))
    save_workbook(Book(title="t", office="o", created=WHEN, sheets=[sheet], in_pack=in_pack), path)
    return path


def test_a_file_beside_the_workbook(tmp_path: Path) -> None:
    name = "Evidence/C-00012 Invoice #1 & 50% ŵy.pdf"
    path = saved(tmp_path / "a.xlsx", f"file:{name}", "#'Links'!A1", f"file:{name}")
    sheet = load_workbook(path)["Links"]
    links = [sheet.cell(row, 1).hyperlink for row in (1, 2, 3)]
    target = "Evidence/C-00012%20Invoice%20%231%20%26%2050%25%20%C5%B5y.pdf"
    assert [(each.target, each.location) for each in links if each] == [
        (target, None),
        (None, "'Links'!A1"),
        (target, None),
    ]
    with ZipFile(path) as archive:
        related = archive.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert related.count("<Relationship ") == 1
    assert 'TargetMode="External"' in related


@pytest.mark.parametrize(
    "file",
    ["../a.pdf", "a/../../b.pdf", "/etc/passwd", "C:/a.pdf", "C:a.pdf", "\\\\server\\a.pdf", "https://example.org/a", "//server/a", "./a", "a//b", ""],
)  # fmt: skip
def test_any_other_file_is_refused(tmp_path: Path, file: str) -> None:
    with pytest.raises(ValueError, match="leads to a file beside the workbook"):
        saved(tmp_path / "a.xlsx", f"file:{file}")


def test_a_book_outside_a_pack_has_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="lies in no pack"):
        saved(tmp_path / "a.xlsx", "file:a.pdf", in_pack=False)


@pytest.mark.parametrize("sample", [rich_snapshot, year_end_snapshot])
def test_a_return_leads_nowhere_outside(tmp_path: Path, sample: Callable[[], Snapshot]) -> None:
    path = tmp_path / "return.xlsx"
    write_workbook(sample(), path)
    with ZipFile(path) as archive:
        assert all(
            b"External" not in archive.read(name) for name in archive.namelist() if name.endswith(".rels")
        )
