"""LibreOffice, a program that is not ours, works the index out again to the same pennies, and keeps its links to the files beside it."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl's stubs leave half of what it reads back unknown.

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from application.packing import PackOffice, opened
from conftest import office as office_command

pytestmark = pytest.mark.office

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PackOffice]:
    yield from opened(tmp_path)


@pytest.mark.parametrize("words", ["SSF5-VAWG 2023-24-Q4", "G-1"])
def test_the_same_pennies_and_links(office: PackOffice, tmp_path: Path, words: str) -> None:
    folder = office.unpacked(words)
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    command = [
        str(office_command()), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "theirs"), str(folder / "Index.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    formulas = load_workbook(folder / "Index.xlsx")
    ours, theirs = (
        load_workbook(folder / name, data_only=True) for name in ("Index.xlsx", "theirs/Index.xlsx")
    )
    worked = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    one, other = (
                        ours[sheet.title][cell.coordinate].value,
                        theirs[sheet.title][cell.coordinate].value,
                    )
                    same = (
                        one == other
                        if isinstance(one, str)
                        else round(float(one), 2) == round(float(other), 2)
                    )
                    assert same, f"{sheet.title}!{cell.coordinate}: {one} and {other}"
                    worked += 1
    assert worked > 10
    links = [
        cell.hyperlink for sheet in theirs for row in sheet.iter_rows() for cell in row if cell.hyperlink
    ]
    targets = {
        unquote(str(each.target)) for each in links if each.target and not str(each.target).startswith("#")
    }
    # Written to a folder below, LibreOffice points one folder up: it understood where the files lie.
    found = {(folder / "theirs" / each.removeprefix("file://")).resolve() for each in targets}
    assert found
    assert all(each.is_file() for each in found)
