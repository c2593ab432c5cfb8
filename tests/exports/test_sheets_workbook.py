"""The rest of the file: properties, page set-up, links, notes, tables; and that the same book gives the same bytes."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportOptionalMemberAccess=false
# pyright: reportAttributeAccessIssue=false, reportUnknownArgumentType=false
# openpyxl's stubs leave half of what it reads back unknown or optional; the asserts below say what must be there.

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from fundtracker.exports import sheet_rows
from fundtracker.exports.sheet_charts import bar_chart, line_chart
from fundtracker.exports.sheet_text import lines_of
from fundtracker.exports.sheets import (
    Block,
    Book,
    Cell,
    Column,
    DropDown,
    Highlight,
    PlacedChart,
    Row,
    Sheet,
    Table,
    on_sheet,
    sheet_name_of,
)
from fundtracker.exports.styles import DARK_BLUE, Look, Show, Style
from fundtracker.exports.workbook_writer import save_workbook

WHEN = datetime(2024, 10, 1, 13, 30, tzinfo=timezone(timedelta(hours=1)))


def return_book(*, draft: bool = False) -> Book:
    """A small book with one of everything."""
    spend = Sheet(
        name="Spend & forecast",
        widths=[30, 14, 14, 20],
        frozen_rows=2,
        frozen_columns=1,
        tab_colour=DARK_BLUE,
        footer="12 lines",
        hidden_columns=[4],
    )
    spend.add("Spend", look=Look.TITLE, height=28)
    spend.merge(1, 1, 3)
    spend.merge(12, 1, 2, rows=2)
    spend.add(
        "Intervention",
        Cell("Planned", note="What was planned.\nSum of the profile."),
        "Spent",
        look=Look.HEADING,
    )
    spend.add(Cell("Cameras", link="#'Costs'!A2"), Money(100), Cell(Money(90), link="#SpendTotal"))
    spend.add(
        "Total",
        Cell(Money(100), formula="SUM(B3:B3)"),
        Cell(Money(90), formula="SUM(C3:C3)"),
        look=Look.TOTAL,
    )
    spend.drop_downs += [
        DropDown("D3:D9", ("Yes", 'No "really"')),
        DropDown("E3:E9", source="'Lists'!$A$1:$A$2"),
    ]
    spend.highlights.append(Highlight("C3:C9", "C3>B3", Look.WARNING))
    labels, planned = on_sheet(spend.name, "$A$3:$A$3"), on_sheet(spend.name, "$B$3:$B$3")
    spend.charts.append(PlacedChart(bar_chart("Spend", labels, [("Planned", planned)], across=True), "A20"))
    spend.charts.append(PlacedChart(line_chart("Spend", labels, [("Planned", planned)]), "F20"))
    spend.breaks_after.append(15)
    costs = Sheet(name="Costs", widths=[12, 14], landscape=False)
    costs.add("Ref", "Net & VAT", look=Look.FILTER_HEADING)
    columns = [
        Column(link=lambda row: "#'Spend & forecast'!A3" if row[1] else ""),
        Column(style=Style(Look.BODY, Show.MONEY), pence=True),
    ]
    block = Block(columns, [("C-1", 9000), ("C-2", None)])
    costs.body.append(block)
    costs.tables.append(Table("CostLines", ("Ref", "Net & VAT"), block))
    lists = Sheet(name="Lists", hidden=True, filter="A1:A2", body=[Row(["a"]), Row(["b"])])
    return Book(
        title="Return 2024/25 Q2",
        office="Office of the Police & Crime Commissioner",
        subject="Safer Streets",
        created=WHEN,
        draft=draft,
        fingerprint="42:9f3a",
        sheets=[spend, costs, lists],
        names={"SpendTotal": "='Spend & forecast'!$C$4"},
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def test_properties_are_the_books_own(path: Path) -> None:
    save_workbook(return_book(), path)
    about = load_workbook(path).properties
    assert (about.title, about.subject, about.creator, about.lastModifiedBy) == (
        "Return 2024/25 Q2", "Safer Streets",
        "Office of the Police & Crime Commissioner", "Office of the Police & Crime Commissioner",
    )  # fmt: skip
    assert (about.category, about.keywords, about.contentStatus) == ("OFFICIAL", "OFFICIAL", "Final")
    half_past_twelve = datetime(2024, 10, 1, 12, 30, tzinfo=UTC).replace(tzinfo=None)
    assert about.created == about.modified == half_past_twelve
    with zipfile.ZipFile(path) as parts:
        app = parts.read("docProps/app.xml").decode()
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in parts.infolist()} == {3}  # on Windows too
        assert 'fullCalcOnLoad="1"' in parts.read("xl/workbook.xml").decode()
    assert "<Company>Office of the Police &amp; Crime Commissioner</Company>" in app
    assert "<Application>fundtracker</Application>" in app


def test_pages_are_set_up_to_print(path: Path) -> None:
    save_workbook(return_book(), path)
    spend = load_workbook(path)["Spend & forecast"]
    assert (spend.page_setup.orientation, spend.page_setup.paperSize) == ("landscape", 9)
    assert (spend.page_setup.fitToWidth, spend.page_setup.fitToHeight) == (1, 0)
    assert spend.print_title_rows == "$1:$2"
    assert spend.freeze_panes == "B3"
    assert {k: v.width for k, v in spend.column_dimensions.items()} == {"A": 30, "B": 14, "C": 14, "D": 20}
    assert spend.column_dimensions["D"].hidden
    assert (spend.row_dimensions[1].height, spend.sheet_properties.tabColor.rgb) == (28, "00" + DARK_BLUE)
    assert [str(area) for area in spend.merged_cells.sorted()] == ["A1:C1", "A12:B13"]
    assert [mark.id for mark in spend.row_breaks.brk] == [15]


@pytest.mark.parametrize(("draft", "middle"), [(True, "DRAFT"), (False, "OFFICIAL")])
def test_every_sheet_of_a_draft_says_so(path: Path, draft: bool, middle: str) -> None:
    save_workbook(return_book(draft=draft), path)
    book = load_workbook(path)
    assert book.properties.contentStatus == ("Draft" if draft else "Final")
    for sheet in book.worksheets:
        assert sheet.oddHeader.center.text == middle
        assert sheet.oddHeader.left.text == "Office of the Police && Crime Commissioner"
        assert sheet.oddFooter.left.text == ("12 lines" if sheet.title.startswith("Spend") else "42:9f3a")
        assert sheet.oddFooter.right.text == "&A · page &P of &N"


def test_a_header_never_passes_what_a_page_may_hold(path: Path) -> None:
    long = replace(return_book(), title="Very long & " * 40, office="Office " * 60, fingerprint="f" * 400)
    save_workbook(long, path)
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
    for tag in ("oddHeader", "oddFooter"):
        text = sheet.split(f"<{tag}>")[1].split(f"</{tag}>")[0].replace("&amp;", "&")
        assert len(text) <= 255


def test_links_and_notes(path: Path) -> None:
    save_workbook(return_book(), path)
    book = load_workbook(path)
    spend, costs = book["Spend & forecast"], book["Costs"]
    assert (spend["A3"].hyperlink.location, spend["A3"].style) == ("'Costs'!A2", "Office link")
    assert (spend["C3"].hyperlink.location, spend["C3"].hyperlink.target) == ("SpendTotal", None)
    assert costs["A2"].hyperlink.location == "'Spend & forecast'!A3"
    assert costs["A3"].hyperlink is None
    note = spend["B2"].comment
    assert note.text == "What was planned.\nSum of the profile."
    with zipfile.ZipFile(path) as parts:  # openpyxl doesn't read a note's size
        assert "width:300px;height:48px" in parts.read("xl/drawings/commentsDrawing1.vml").decode()
    assert book.defined_names["SpendTotal"].attr_text == "'Spend & forecast'!$C$4"


def test_a_link_out_of_the_workbook_is_refused(path: Path) -> None:
    sheet = Sheet(name="Out", body=[Row([Cell("x", link="https://example.org")])])
    with pytest.raises(ValueError, match="a link leads to a place in the workbook"):
        save_workbook(replace(return_book(), sheets=[sheet]), path)


def test_tables_filters_lists_highlights_and_charts(path: Path) -> None:
    save_workbook(return_book(), path)
    book = load_workbook(path)
    spend, costs, lists = book.worksheets
    table = costs.tables["CostLines"]
    assert (table.ref, table.autoFilter.ref, table.column_names) == ("A1:B3", "A1:B3", ["Ref", "Net & VAT"])
    assert (lists.sheet_state, lists.auto_filter.ref) == ("hidden", "A1:A2")
    assert [(each.formula1, str(each.sqref)) for each in spend.data_validations.dataValidation] == [
        ('"Yes,No ""really"""', "D3:D9"), ("'Lists'!$A$1:$A$2", "E3:E9"),
    ]  # fmt: skip
    rules = {str(area.sqref): [rule.formula for rule in area.rules] for area in spend.conditional_formatting}
    assert rules == {"C3:C9": [["C3>B3"]]}
    charts: Any = spend._charts  # no public way to ask
    assert [chart.series[0].val.numRef.f for chart in charts] == ["'Spend & forecast'!$B$3"] * 2
    assert [chart.anchor._from.row for chart in charts] == [19, 19]


def test_saving_twice_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    book = return_book(draft=True)
    save_workbook(book, path)
    save_workbook(book, tmp_path / "again.xlsx")
    assert path.read_bytes() == (tmp_path / "again.xlsx").read_bytes()


_ELSEWHERE = """
import hashlib, importlib.util, json, pathlib, sys
spec = importlib.util.spec_from_file_location("book", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
path = pathlib.Path(sys.argv[2])
module.save_workbook(module.return_book(), path)
print(json.dumps(hashlib.sha256(path.read_bytes()).hexdigest()))
"""


def test_the_same_bytes_in_any_time_zone_and_language(path: Path, tmp_path: Path) -> None:
    save_workbook(return_book(), path)
    wanted = hashlib.sha256(path.read_bytes()).hexdigest()
    places: Sequence[dict[str, str]] = (
        {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    )
    for n, place in enumerate(places):
        out = tmp_path / f"place{n}.xlsx"
        command = [sys.executable, "-c", _ELSEWHERE, __file__, str(out)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | place)
        assert json.loads(done.stdout) == wanted


def test_progress_is_told_and_can_stop_the_writing(path: Path) -> None:
    sheet = Sheet(name="Long", body=[Row(["head"]), Block([Column()], ((f"{n}",) for n in range(2000)))])
    book = replace(return_book(), sheets=[sheet])
    heard: list[int] = []

    def listen(done: int) -> None:
        heard.append(done)
        if done > 1000:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        save_workbook(book, path, listen)
    assert heard == [1, 513, 1025]
    path.unlink()  # nothing holds the file open


def test_more_rows_than_a_sheet_holds_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "LAST_ROW", 1000)
    sheet = Sheet(name="Costs", body=[Block([Column()], ((f"{n}",) for n in range(1001)))])
    with pytest.raises(Refused, match=r"The sheet “Costs” would have more than 1,000 rows.*export it as CSV"):
        save_workbook(replace(return_book(), sheets=[sheet]), path)


@pytest.mark.parametrize(
    ("sheets", "names"),
    [
        ([Sheet(name="A"), Sheet(name="a")], {}),
        ([Sheet(name="x" * 32)], {}),
        (
            [Sheet(name="A", body=[Row(["H"]), Row(["v"])], tables=[Table("T", ("H",), "A1:A2")])],
            {"t": "'A'!$A$1"},
        ),
        ([Sheet(name="A", body=[Row(["H"]), Row(["v"])], tables=[Table("T", ("H", "h"), "A1:B2")])], {}),
        ([Sheet(name="A", drop_downs=[DropDown("A1", ("one, two", "three"))])], {}),
    ],
)
def test_what_excel_would_have_to_repair_is_refused(
    path: Path, sheets: list[Sheet], names: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match=r"sheet name|defined names|no two may be the same|hold a comma"):
        save_workbook(replace(return_book(), sheets=sheets, names=names), path)


def test_sheet_names() -> None:
    assert sheet_name_of("Costs: 2024/25 [Q2]") == "Costs 2024 25 Q2"
    assert sheet_name_of("'A very long title of a list that goes on'") == "A very long title of a list th"
    assert sheet_name_of("History") == "History list"
    assert sheet_name_of("??") == "list"
    assert on_sheet("Bob's", "A1") == "'Bob''s'!A1"


def test_rows_grow_with_the_text_that_wraps_in_them(path: Path) -> None:
    wrapped = Style(Look.BODY, Show.WRAPPED)
    sheet = Sheet(name="Notes", widths=[22])
    sheet.add(Cell("short", wrapped))
    sheet.add(Cell("word " * 15, wrapped))
    sheet.add_block([Column(style=wrapped)], [("one\ntwo\nthree",), (None,)])
    save_workbook(replace(return_book(), sheets=[sheet]), path)
    rows = load_workbook(path)["Notes"].row_dimensions
    assert [rows[n].height for n in (1, 2, 3, 4)] == [None, 53.8, 41, None]


def test_a_row_is_as_high_as_its_words_are_wide_and_no_higher() -> None:
    assert lines_of("Straight line over five years", 26) == 1
    assert lines_of("i" * 40, 22) == 1 < lines_of("W" * 40, 22)
    assert [lines_of(text, 20) for text in ("", "one\ntwo", "a word or two more than fits")] == [1, 2, 2]
    assert lines_of("x" * 400, 20) >= 18


def test_an_offices_long_name_is_printed_smaller_before_it_is_cut(path: Path) -> None:
    found: list[tuple[str, Any]] = []
    for office in ("The office", "Office of the Commissioner " * 3, "A & B of the Commissioner " * 9):
        save_workbook(replace(return_book(draft=True), office=office), path)
        head = load_workbook(path).worksheets[0].oddHeader
        found.append((head.left.text.replace("&&", "&"), head.left.size))
        assert len(str(head)) <= 255
    (short, large), (long, small), (cut, least) = found
    assert (short, large) == ("The office", 8)
    assert (long, small) == (
        "Office of the Commissioner Office of the Commissioner Office of the Commissioner",
        7,
    )
    assert cut.endswith("…")
    assert (least, len(cut) <= 93) == (6, True)


def test_a_chart_says_what_it_shows_and_stands_clear_of_the_cells_beside_it(path: Path) -> None:
    sheet = Sheet(name="Chart")
    sheet.add("a", 1)
    chart = bar_chart("Spend", "'Chart'!$A$1:$A$1", [("Spent", "'Chart'!$B$1:$B$1")])
    sheet.charts.append(PlacedChart(chart, "D3", "Spend of each quarter"))
    save_workbook(replace(return_book(), sheets=[sheet]), path)
    with zipfile.ZipFile(path) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
    assert 'descr="Spend of each quarter"' in drawing
    assert "<from><col>3</col><colOff>108000</colOff><row>2</row>" in drawing.replace("xdr:", "")
