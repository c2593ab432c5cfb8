"""LibreOffice, a program that is not ours, works the whole return out again and gets the same pennies."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl's stubs leave half of what it reads back unknown.

import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from conftest import office
from fundtracker.domain.snapshot import Snapshot
from fundtracker.returns.workbook import write_workbook
from returns.workbook_sample import bare_snapshot, long_snapshot, rich_snapshot, year_end_snapshot

pytestmark = pytest.mark.office

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Left alone, LibreOffice shows the stored results and works nothing out."""

Differences = Callable[[Path], list[tuple[str, str, Any, Any]]]


@pytest.fixture
def differences(tmp_path: Path) -> Differences:
    """Every formula of a workbook whose stored result another program doesn't get: sheet, cell, stored, worked out."""
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")

    def compare(path: Path) -> list[tuple[str, str, Any, Any]]:
        command = [
            str(office()), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to", "xlsx", "--outdir", str(tmp_path / "theirs"), str(path),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        formulas, stored = load_workbook(path), load_workbook(path, data_only=True)
        theirs = load_workbook(tmp_path / "theirs" / path.name, data_only=True)
        found: list[tuple[str, str, Any, Any]] = []
        seen = 0
        for sheet in formulas:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        seen += 1
                        ours = stored[sheet.title][cell.coordinate].value
                        other = theirs[sheet.title][cell.coordinate].value
                        if not same(ours, other):
                            found.append((sheet.title, cell.coordinate, ours, other))
        assert seen > 100
        return found

    return compare


def same(one: Any, other: Any) -> bool:
    """The same words, or the same penny: far closer, so that no hair is left by a sum."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) < 1e-9 * max(1.0, abs(one))
    return type(one) is type(other) and one == other


@pytest.mark.parametrize("make", [rich_snapshot, year_end_snapshot, bare_snapshot])
def test_every_formula_gives_the_programs_own_figure(
    make: Callable[[], Snapshot], differences: Differences, tmp_path: Path
) -> None:
    write_workbook(make(), tmp_path / "return.xlsx")
    assert differences(tmp_path / "return.xlsx") == []


def test_one_wrong_formula_would_be_noticed(differences: Differences, tmp_path: Path) -> None:
    """A total of Spend that leaves its last row out."""
    write_workbook(rich_snapshot(), tmp_path / "right.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "right.xlsx") as source,
        zipfile.ZipFile(tmp_path / "wrong.xlsx", "w") as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet3.xml":
                part, planted = re.subn(rb"(SUMIF\(\$A\$7:\$A\$)(\d+)", plant, part, count=1)
                assert planted == 1
            target.writestr(name, part)
    found = differences(tmp_path / "wrong.xlsx")
    assert ("Spend", "E26") in {(sheet, cell) for sheet, cell, _, _ in found}


def plant(match: re.Match[bytes]) -> bytes:
    return match[1] + str(int(match[2]) - 1).encode()


@pytest.mark.deep
def test_five_thousand_costs_leave_no_hair(differences: Differences, tmp_path: Path) -> None:
    write_workbook(long_snapshot(5_000), tmp_path / "long.xlsx")
    assert differences(tmp_path / "long.xlsx") == []
