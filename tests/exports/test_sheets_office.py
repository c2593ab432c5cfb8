"""LibreOffice, a program that is not ours, opens the workbooks and works them out again."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.domain.money import Money
from fundtracker.exports.list_sheets import Heading, sheet_of_rows
from fundtracker.exports.sheets import Book, Cell, Column, Sheet
from fundtracker.exports.styles import Show
from fundtracker.exports.workbook_writer import save_workbook

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]
WHEN = datetime(2024, 10, 1, tzinfo=UTC)

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Left alone, LibreOffice shows the stored results and works nothing out."""

Through = Callable[[Sheet], Worksheet]


@pytest.fixture
def through_office(tmp_path: Path) -> Through:
    """Save a sheet, let LibreOffice open and save it, and read what it made of it."""
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")

    def convert(sheet: Sheet) -> Worksheet:
        save_workbook(Book(title="t", office="o", created=WHEN, sheets=[sheet]), tmp_path / "ours.xlsx")
        command = [
            str(OFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to", "xlsx", "--outdir", str(tmp_path / "theirs"), str(tmp_path / "ours.xlsx"),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return load_workbook(tmp_path / "theirs" / "ours.xlsx", data_only=True)[sheet.name]

    return convert


def payloads() -> list[str]:
    """Sixty-odd texts that have been used to make a spreadsheet program work something out."""
    bodies = [
        "1+1", "2+5+cmd|' /C calc'!A0", 'HYPERLINK("https://example.org","x")', "SUM(1,2)", "NOW()", "A1", "$A$1*2",
        'IMPORTXML("https://example.org","//a")', 'WEBSERVICE("https://example.org")', 'DDE("cmd";"/C calc";"x")', "1e3", "2",
    ]  # fmt: skip
    signs = ["=", "+", "-", "@"]
    found = [sign + body for body in bodies for sign in signs]
    found += [
        "==1+1",
        "=-1+1",
        "\t=1+1",
        " =1+1",
        "\n=1+1",
        "\r=1+1",
        "{=1+1}",
        "=1+1\n=2+2",
        "'=1+1",
        '"=1+1"',
    ]
    found += [
        "＝1+1",
        "＋1",
        "－1",
        "＠A1",
        "=\u202e1+1",
        "\ufeff=1+1",
        "%0A=1",
        "_x003D_1+1",
        "TRUE",
        "01/02/2024",
        "1E5",
    ]
    found += ["0012", "£5", "50%", "#REF!", "#N/A", "</t></is></c><c><f>1+1</f></c>", "&#61;1+1", "]]>=1+1"]
    return found


def test_no_text_is_worked_out(through_office: Through) -> None:
    texts = payloads()
    sheet = Sheet(name="Texts")
    for text in texts:
        sheet.add(text, Cell(text))
    sheet.add_block([Column(), Column()], [(text, text) for text in texts])
    found = through_office(sheet)
    wanted = [text.replace("\r", "\n") for text in texts]
    assert len(texts) >= 60
    for n, text in enumerate(wanted + wanted, 1):
        for column in (1, 2):
            cell = found.cell(n, column)
            assert (cell.value, cell.data_type) == (text, "s")


def test_a_recalculating_program_gets_the_stored_results(through_office: Through) -> None:
    headings = [
        Heading(label="Ref"),
        Heading(label="Day", show=Show.DATE),
        Heading(label="Net", show=Show.MONEY, totalled=True),
        Heading(label="Units", show=Show.COUNT, totalled=True),
    ]
    rows = [(f"C-{n}", date(2024, 4, 1) + timedelta(n), Money(n * 1031 - 9_999), n) for n in range(40)]
    sheet = sheet_of_rows("Costs", headings, rows)
    sheet.add(
        Cell(Money(-18), formula="ROUND(C2/2,2)+49.82"), Cell("over", formula='IF(C41>0,"over","under")')
    )
    found = through_office(sheet)
    total = sum(n * 1031 - 9_999 for n in range(40))
    assert [found["C42"].value, found["D42"].value] == [total / 100, 780]
    assert found["A43"].value == pytest.approx(-0.18, abs=1e-9)
    assert found["B43"].value == "over"
    assert found["B41"].value == datetime(2024, 5, 10)  # noqa: DTZ001 - a day in a cell has no zone


def test_it_notices_a_result_that_is_wrong(through_office: Through) -> None:
    """Proves the test above: the stored result is not simply passed on."""
    sheet = Sheet(name="Wrong")
    sheet.add(Money(100), Money(200), Cell(Money(999), formula="A1+B1"))
    assert through_office(sheet)["C1"].value == 3
