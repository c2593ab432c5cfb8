"""The book as its readers meet it: sheets, draft marks, links, notes, names, page set-up, and the same bytes anywhere."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportOptionalMemberAccess=false
# openpyxl's stubs leave half of what it reads back unknown or optional; the asserts below say what must be there.

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.workbook import Workbook

from fundtracker.domain.snapshot import Snapshot
from fundtracker.domain.snapshot_text import canonical, fingerprint
from fundtracker.exports.sheet_text import lines_of
from fundtracker.exports.sheets import Cell, Row
from fundtracker.exports.styles import Look, Show
from fundtracker.returns.definitions import DEFINITIONS, note
from fundtracker.returns.workbook import workbook_of, write_workbook
from returns.workbook_sample import HOSTILE, SEAL, WELSH, bare_snapshot, long_snapshot, rich_snapshot

SHEETS = [
    "Cover", "Summary", "Spend", "Costs", "Match", "Delivery", "Outputs", "Outcomes", "Risks", "Changes", "Onward grants",
    "Assets", "Underspend", "Checks",
]  # fmt: skip


def written(snapshot: Snapshot, folder: Path) -> Workbook:
    path = folder / "return.xlsx"
    write_workbook(snapshot, path)
    return load_workbook(path, data_only=True)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return rich_snapshot()


@pytest.fixture(scope="module")
def book(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    return written(snapshot, tmp_path_factory.mktemp("book"))


def texts(book: Workbook, sheet: str) -> set[str]:
    return {cell.value for row in book[sheet].iter_rows() for cell in row if isinstance(cell.value, str)}


def test_the_sheets_stand_in_the_order_of_the_return(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_a_draft_says_so_on_every_sheet_and_a_submitted_return_on_none(
    book: Workbook, tmp_path: Path
) -> None:
    for name in SHEETS:
        assert any(text.startswith("DRAFT") for text in texts(book, name)), name
        assert book[name].oddHeader.center.text == "DRAFT"
    final = written(rich_snapshot(draft=False), tmp_path)
    for name in SHEETS:
        assert not any("DRAFT" in text for text in texts(final, name)), name
        assert final[name].oddHeader.center.text == "OFFICIAL"
    assert "Section 151 Officer" in " ".join(texts(final, "Cover"))


def test_the_demonstration_is_named_only_in_one(book: Workbook, tmp_path: Path) -> None:
    banner = "Demonstration: illustrative data, today is 21 October 2024"
    assert banner in texts(book, "Cover")
    for name in SHEETS:
        assert any(banner in text for text in texts(book, name)), name
    plain = written(rich_snapshot(demonstration=False), tmp_path)
    assert not any("Demonstration" in text for name in SHEETS for text in texts(plain, name))


def test_the_cover_says_who_what_and_when(book: Workbook, snapshot: Snapshot) -> None:
    header, told = snapshot.header, texts(book, "Cover")
    wanted = {
        header.office, header.lead, header.title, header.award, header.theme, header.agreement, header.project_number,
        header.return_reference, "Return 3 to the Home Office: July to September 2024 (2024/25 Q2)", "2024/25 Q2",
        "1 July 2024 to 30 September 2024", "30 October 2024", "Draft, not submitted", "OFFICIAL", snapshot.sign_off.text,
        "Safer Streets co-ordinator", "Commissioning manager", f"1204:{SEAL}", fingerprint(canonical(snapshot)), "fundtracker 0.1.0, form version 1.0",
        *SHEETS[1:],
    }  # fmt: skip
    assert wanted <= told
    assert f"Fingerprint 1204:{SEAL[:16]}" in str(book["Spend"].oddFooter.left.text)


def links(book: Workbook) -> list[tuple[str, str, str]]:
    """Sheet, cell and place of every link."""
    return [
        (sheet.title, cell.coordinate, str(cell.hyperlink.location))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]


def test_every_link_leads_to_a_cell_with_something_in_it(book: Workbook) -> None:
    found = links(book)
    for where, _, location in found:
        match = re.fullmatch(r"'(?P<sheet>[^']+)'!(?P<cell>[A-Z]+\d+)(?::(?P<last>[A-Z]+\d+))?", location)
        assert match, (where, location)
        target = book[match["sheet"]]
        assert target[match["cell"]].value is not None, (where, location)
        assert match["last"] is None or target[match["last"]].row <= target.max_row
    contents = {location for where, _, location in found if where == "Cover"}
    assert {f"'{name}'!A1" for name in SHEETS[1:]} <= contents
    assert len(found) > 60


def test_the_trail_runs_from_summary_to_the_cost_lines_and_back(book: Workbook, snapshot: Snapshot) -> None:
    def target(sheet: str, cell: str) -> str:
        return next(place for where, at, place in links(book) if (where, at) == (sheet, cell))

    def cells(sheet: str) -> list[tuple[int, str]]:
        return [(row, str(book[sheet].cell(row, 1).value)) for row in range(1, book[sheet].max_row + 1)]

    row = next(row for row, text in cells("Summary") if text == "SSF5-VAWG-02")
    spend = int(target("Summary", f"A{row}").removeprefix("'Spend'!B"))
    assert book["Spend"].cell(spend, 3).value == WELSH
    number = book["Spend"].cell(spend + 1, 1).value
    area = target("Spend", f"A{spend + 1}").removeprefix("'Costs'!")
    lines: Any = book["Costs"][area]
    assert [line[0].value for line in lines] == [number] * len(lines)
    others = [r for r, text in cells("Costs") if text == str(number)]
    assert [line[0].row for line in lines] == others
    assert target("Costs", f"A{others[0]}") == f"'Spend'!A{spend + 1}"
    assert number == [line.reference for line in snapshot.spend].index("SSF5-VAWG-02") + 1


def test_costs_is_a_table_with_filters_and_frozen_headings(book: Workbook, snapshot: Snapshot) -> None:
    costs = book["Costs"]
    (table,) = costs.tables.values()
    lines = sum(row.part != "Earlier year" for row in snapshot.costs)
    area: Any = costs[table.ref]
    assert (table.displayName, len(area) - 1, table.autoFilter.ref) == ("CostLines", lines, table.ref)
    assert [cell.value for cell in area[0]] == [column.name for column in table.tableColumns]
    assert costs.freeze_panes == f"C{area[0][0].row + 1}"
    assert isinstance(area[1][12].value, datetime)
    names = {name: next(iter(found.destinations)) for name, found in book.defined_names.items()}
    assert names["Cost_amount"] == ("Costs", f"$T${area[1][0].row}:$T${area[-1][0].row}")


def test_the_first_return_of_an_adjusted_cost_is_told(book: Workbook, snapshot: Snapshot) -> None:
    """Domain 5.7 D: the earliest return that the cost's number stands in, as the note of the heading says."""
    adjusted = next(
        row for row in snapshot.costs if row.part == "Adjustment" and row.reason.startswith("Credit note")
    )
    stands = [row for row in book["Costs"].iter_rows(values_only=True) if row[1] == adjusted.cost]
    assert [(row[2], row[3]) for row in stands] == [
        ("Earlier return", "2024/25 Q1"),
        ("Adjustment", "2024/25 Q2"),
    ]
    (told,) = {
        cell.comment.text
        for row in book["Costs"].iter_rows()
        for cell in row
        if cell.comment and cell.value == "In return of"
    }
    assert "first claimed in the earliest return that its number" in told


def test_headings_carry_the_definition_of_their_figure(book: Workbook) -> None:
    notes = {
        (sheet.title, cell.value): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    for sheet, label, name in (
        ("Spend", "This quarter", "this_quarter"), ("Spend", "Outturn", "outturn"), ("Spend", "Q3", "forecast"),
        ("Costs", "Eligible", "eligible"), ("Costs", "Amount", "amount"), ("Summary", "Claim", "claim"),
        ("Match", "To date", "match_to_date"), ("Outputs", "Progress", "progress"), ("Risks", "Score after", "score"),
        ("Onward grants", "Unspent", "unspent"), ("Assets", "Cost", "asset_cost"), ("Checks", "Cost records", "ledger"),
        ("Underspend", "Forecast underspend", "underspend"), ("Delivery", "Days late", "days_late"),
    ):  # fmt: skip
        assert notes[sheet, label] == note(name), (sheet, label)
    assert all(text in {each.note for each in DEFINITIONS.values()} for text in notes.values())


def test_every_sheet_prints_on_pages_as_wide_as_itself(book: Workbook) -> None:
    for sheet in book:
        assert sheet.page_setup.orientation == (
            "portrait" if sheet.title in {"Cover", "Checks"} else "landscape"
        )
        assert sheet.page_setup.paperSize == (8 if sheet.title == "Costs" else 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows or sheet.title in {"Cover", "Match"} or sheet.max_row < 60
    assert book["Spend"].freeze_panes == "D7"
    about = book.properties
    assert (about.title, about.creator, about.category) == (
        "SSF5-VAWG return 2024/25 Q2", "Office of the Police and Crime Commissioner for Gloucestershire", "OFFICIAL",
    )  # fmt: skip
    assert about.created == datetime(2024, 10, 21)  # noqa: DTZ001 - a workbook's times have no zone


@pytest.mark.parametrize("make", [rich_snapshot, bare_snapshot])
def test_every_sheet_prints_all_that_it_holds(make: Callable[[], Snapshot], tmp_path: Path) -> None:
    """From the corner to its last column with a width and its last row."""
    book = written(make(), tmp_path)
    for sheet in book:
        wide = max(sheet.max_column, *(column_index_from_string(name) for name in sheet.column_dimensions))
        place, _, area = str(sheet.print_area).rpartition("!")
        assert place == f"'{sheet.title}'"
        last = f"$A$1:${get_column_letter(wide)}$"
        assert area in {f"{last}{sheet.max_row}", f"{last}{sheet.max_row + 1}"}, (
            sheet.title
        )  # Underspend ends in a gap
    assert len(book.sheetnames) == len(SHEETS)


def test_no_head_of_a_sheet_runs_out_of_what_is_printed(snapshot: Snapshot) -> None:
    """A text that isn't wrapped runs on over empty cells, and would be cut at the edge."""
    for sheet in workbook_of(snapshot).sheets[1:]:
        for row in sheet.body[:4]:
            assert isinstance(row, Row)
            last = row.cells[-1]
            text = last.value if isinstance(last, Cell) else last
            wrapped = isinstance(last, Cell) and last.style is not None and last.style.show is Show.WRAPPED
            size = {Look.TITLE: 16.0, Look.SUBTITLE: 11.0, Look.NOTE: 9.0}.get(row.look, 10.0)
            room = sum(sheet.widths[len(row.cells) - 1 :])
            assert wrapped or lines_of(str(text or ""), room, size) == 1, (sheet.name, text)
    assert "C3" in str(workbook_of(snapshot).sheets[SHEETS.index("Underspend")].merged)


def test_text_that_looks_like_a_formula_stays_text(
    book: Workbook, snapshot: Snapshot, tmp_path: Path
) -> None:
    hostile = replace(snapshot, header=replace(snapshot.header, title=HOSTILE, award="@SUM(1)"))
    write_workbook(hostile, tmp_path / "h.xlsx")
    formulas = load_workbook(tmp_path / "h.xlsx")
    found = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == HOSTILE
    ]
    assert {sheet for sheet, _ in found} == {"Cover", "Costs"}
    assert all(formulas[sheet][cell].data_type == "s" for sheet, cell in found)
    ours = re.compile(r"(ROUND|SUMIFS|IF|MAX|ROUNDDOWN|'\w+( \w+)?'!|[A-Z]+\d+(\*|$))")
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or ours.match(str(cell.value)[1:]), (sheet.title, cell.value)


def test_the_same_snapshot_gives_the_same_bytes_in_any_zone_and_language(
    snapshot: Snapshot, tmp_path: Path
) -> None:
    write_workbook(snapshot, tmp_path / "here.xlsx")
    here = hashlib.sha256((tmp_path / "here.xlsx").read_bytes()).hexdigest()
    script = (
        "import hashlib, pathlib, sys\n"
        "from fundtracker.returns.workbook import write_workbook\n"
        "from returns.workbook_sample import rich_snapshot\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "write_workbook(rich_snapshot(), path)\n"
        "print(hashlib.sha256(path.read_bytes()).hexdigest())\n"
    )
    elsewhere = os.environ | {
        "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }  # fmt: skip
    command = [sys.executable, "-c", script, str(tmp_path / "there.xlsx")]
    done = subprocess.run(command, env=elsewhere, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == here


def test_another_figure_gives_another_book(snapshot: Snapshot, tmp_path: Path) -> None:
    write_workbook(snapshot, tmp_path / "one.xlsx")
    other = replace(
        snapshot, cash=replace(snapshot.cash, committed=snapshot.cash.committed + snapshot.cash.claim)
    )
    write_workbook(other, tmp_path / "other.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() != (tmp_path / "other.xlsx").read_bytes()


def test_progress_is_told_and_can_stop_the_writing(tmp_path: Path) -> None:
    snapshot = long_snapshot(1_500)
    seen: list[tuple[int, int]] = []
    write_workbook(snapshot, tmp_path / "long.xlsx", lambda done, of: seen.append((done, of)))
    assert seen[0] == (0, seen[-1][1])
    assert seen[-1][0] == seen[-1][1] > 1_500
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)

    class Stopped(Exception):  # noqa: N818 - not an error: somebody pressed cancel
        pass

    def stop(done: int, _of: int) -> None:
        if done > 500:
            raise Stopped

    with pytest.raises(Stopped):
        write_workbook(snapshot, tmp_path / "stopped.xlsx", stop)


def test_no_row_stands_empty_where_a_part_is(tmp_path: Path) -> None:
    book = written(bare_snapshot(), tmp_path)
    for name in ("Match", "Outputs", "Outcomes", "Risks", "Changes", "Onward grants", "Assets"):
        headings = [text for text in texts(book, name) if text in {"Intervention", "Source", "Grant", "No."}]
        assert headings == [], name
    assert not book["Costs"].tables


def test_changes_of_money_are_sums_and_changes_of_words_are_words(book: Workbook, snapshot: Snapshot) -> None:
    found: list[tuple[Any, ...]] = [
        (row[4].value, row[5].value, row[6].value)
        for row in book["Changes"].iter_rows()
        if row[1].value in {change.variation for change in snapshot.changes}
    ]
    assert len(found) == len(snapshot.changes) > 0
    for change, (old, new, difference) in zip(snapshot.changes, found, strict=True):
        if change.difference is None:
            assert (old, new) == (change.old or None, change.new or None)
        else:
            assert round(difference * 100) == change.difference.pence
            assert round(((new or 0) - (old or 0)) * 100) == change.difference.pence
