"""Records in from a workbook and out to one: all or nothing, and what goes out comes in again."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from application.filling import contents, fill
from fundtracker.application.actions.exporting import export_programme, too_large_to_import
from fundtracker.application.actions.importing import import_workbook, write_import_template
from fundtracker.application.actions.listing import export_kind, export_list
from fundtracker.application.actions.records import add
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import AwardLine
from fundtracker.domain.changes import added
from fundtracker.domain.columns import column_of, plural
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Asset, AssetId, IndicatorId, Reading, ReadingId
from fundtracker.domain.filters import read_filter
from fundtracker.domain.interventions import InterventionId
from fundtracker.domain.kinds import clean_text
from fundtracker.domain.money import LARGEST_PENCE, Money
from fundtracker.domain.organisations import (
    Organisation,
    OrganisationId,
    OrganisationKind,
    Partnership,
    PartnershipId,
)
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn, ReturnLine, ReturnLineId
from fundtracker.storage.journal import head, history
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.verify import verify

NOW = datetime(2024, 10, 21, 9, tzinfo=UTC)
ORGANISATION = {"Name": "Council", "Kind": "Council"}


def copied(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    return target


def opened(path: Path) -> Workspace:
    return Workspace.open(path, actor="officer", clock=lambda: NOW)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new file; tests copy it."""
    path = tmp_path_factory.mktemp("empty") / "empty.fundtracker"
    Workspace.create(path).close()
    return path


@pytest.fixture
def workspace(empty: Path, tmp_path: Path) -> Iterator[Workspace]:
    with opened(copied(empty, tmp_path / "office.fundtracker")) as made:
        yield made


def test_a_whole_programme_goes_out_and_comes_in_again(
    demonstration: Path, workspace: Workspace, tmp_path: Path
) -> None:
    with opened(demonstration) as theirs:
        count = export_programme(theirs, tmp_path / "all.xlsx")
        counts = import_workbook(workspace, tmp_path / "all.xlsx")
        assert contents(workspace) == contents(theirs)
    assert sum(counts.values()) == count > 2_500
    assert list(counts) == [plural(kind) for kind in RECORDS]
    with workspace.database.reader() as conn:
        (entry,) = history(conn)
        assert (entry.title, entry.kind, entry.actor) == ("Import all.xlsx", "import", "officer")
        assert verify(conn) == ()
    states = {each.reference: each.state.frozen for each in workspace.select(FunderReturn)}
    assert (sum(states.values()), len(states)) == (9, 12)


def test_what_came_in_submitted_is_frozen(demonstration: Path, workspace: Workspace, tmp_path: Path) -> None:
    with opened(demonstration) as theirs:
        export_programme(theirs, tmp_path / "all.xlsx")
    import_workbook(workspace, tmp_path / "all.xlsx")
    line = workspace.select(ReturnLine)[0]
    with pytest.raises(Refused, match="This belongs to a submitted return, which is frozen"):
        workspace.do("Slip a line in", added(_like(line, workspace.new_id(ReturnLine))), freezing=True)
    before = contents(workspace)
    with pytest.raises(Refused):
        workspace.undo()
    assert contents(workspace) == before


def _like(line: ReturnLine, new_id: int) -> ReturnLine:
    return replace(line, id=ReturnLineId(new_id))


def test_the_same_workbook_twice_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    book = fill(tmp_path / "in.xlsx", {"Organisations": [ORGANISATION]})
    assert import_workbook(workspace, book) == {"Organisations": 1}
    with pytest.raises(Refused) as refused:
        import_workbook(workspace, book)
    assert [str(each) for each in refused.value.problems] == [
        "Organisations!A3: Name “Council” is in the file already: delete the row, or write another."
    ]
    assert len(workspace.select(Organisation)) == 1


def test_one_bad_cell_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    import_workbook(workspace, fill(tmp_path / "first.xlsx", {"Organisations": [ORGANISATION]}))
    with workspace.database.reader() as conn:
        before = head(conn)
    rows = [{"Name": f"Body {n}", "Kind": "Council" if n != 7 else "Counsel"} for n in range(20)]
    with pytest.raises(Refused) as refused:
        import_workbook(workspace, fill(tmp_path / "second.xlsx", {"Organisations": rows}))
    (problem,) = refused.value.problems
    assert str(problem).startswith("Organisations!B10: Kind: “Counsel” is not one of: Council, Police, ")
    with workspace.database.reader() as conn:
        assert head(conn) == before
    assert [each.name for each in workspace.select(Organisation)] == ["Council"]


RESOURCE = {"Capital or resource": "Resource"}
AMOUNT = {"Award": "A", "Financial year": "2024/25", **RESOURCE}


def test_what_can_stand_only_once_names_its_cell(workspace: Workspace, tmp_path: Path) -> None:
    lines = [
        {**AMOUNT, "Amount": 5},
        {**AMOUNT, "Capital or resource": "Capital", "Amount": 6},
        {**AMOUNT, "Amount": 7},
    ]
    with pytest.raises(Refused) as refused:
        import_workbook(workspace, fill(tmp_path / "twice.xlsx", {**SMALL, "Award lines": lines}))
    (problem,) = refused.value.problems
    assert str(problem) == (
        "Award lines!A5: A, 2024/25, Resource stands in a row above already, and can stand only once: "
        "correct this row, or delete it and change the other one."
    )
    assert not any(contents(workspace).values())


def test_what_stands_once_in_the_file_names_the_cell_too(workspace: Workspace, tmp_path: Path) -> None:
    import_workbook(
        workspace, fill(tmp_path / "first.xlsx", {**SMALL, "Award lines": [{**AMOUNT, "Amount": 5}]})
    )
    before = contents(workspace)
    with pytest.raises(Refused) as refused:
        import_workbook(
            workspace, fill(tmp_path / "again.xlsx", {"Award lines": [{**AMOUNT, "Award": "a", "Amount": 7}]})
        )
    (problem,) = refused.value.problems
    assert str(problem) == (
        "Award lines!A3: A, 2024/25, Resource stands in the file already, and can stand only once: "
        "correct this row, or delete it and change the other one."
    )
    assert contents(workspace) == before


def test_every_row_that_stands_twice_is_told(workspace: Workspace, tmp_path: Path) -> None:
    lines = [{**AMOUNT, "Amount": 5}] * 3
    readings = [{"Indicator": "O", "Quarter": "2024/25 Q1", "Value": 1}] * 2
    with pytest.raises(Refused) as refused:
        import_workbook(
            workspace, fill(tmp_path / "twice.xlsx", {**SMALL, "Award lines": lines, "Readings": readings})
        )
    assert [each.where for each in refused.value.problems] == [
        "Award lines!A4",
        "Award lines!A5",
        "Readings!A4 (RD-00002)",
    ]


def test_a_reference_people_gave_is_passed_over_when_the_next_is_given(
    workspace: Workspace, tmp_path: Path
) -> None:
    def cost(**more: Any) -> dict[str, Any]:
        return {"Intervention": "I", "Supplier": "S", "Cost category": "Staff", "Net": 1, **RESOURCE, **more}

    given = [cost(Reference=name) for name in ("C-00004", "C-00005", "c-00006", "C-00008")]
    sheets = {**SMALL, "Cost categories": [{"Name": "Staff"}], "Costs": given}
    import_workbook(workspace, fill(tmp_path / "given.xlsx", sheets))
    known = workspace.select(Cost)[0]
    values = {
        "intervention_id": known.intervention_id,
        "category_id": known.category_id,
        "net": Money(100),
        "expense": known.expense,
    }
    more = [add(workspace, Cost, {**values, "supplier": str(n)}) for n in range(3)]
    assert [each.reference for each in more] == ["C-00007", "C-00009", "C-00010"]


def test_a_flood_of_refusals_is_cut_short(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fundtracker.application.actions.importing._MOST_REFUSALS", 2)
    lines = [{**AMOUNT, "Amount": 5}] * 5
    with pytest.raises(Refused) as refused:
        import_workbook(workspace, fill(tmp_path / "flood.xlsx", {**SMALL, "Award lines": lines}))
    assert [str(each)[:20] for each in refused.value.problems][:2] == [
        "Award lines!A4: A, 2",
        "Award lines!A5: A, 2",
    ]
    assert str(refused.value.problems[2]) == "There are 2 more problems than the 2 listed: mend these first."


def test_an_import_is_taken_back_and_made_again(workspace: Workspace, tmp_path: Path) -> None:
    sheets = {
        "Organisations": [ORGANISATION],
        "Partnerships": [{"Code": "NB", "Name": "Northmoor partnership", "Accountable body": "COUNCIL"}],
    }
    import_workbook(workspace, fill(tmp_path / "in.xlsx", sheets))
    after = contents(workspace)
    assert after["Partnership"] == [("NB", "Northmoor partnership", "", "", "Council", "")]
    workspace.undo()
    assert not any(contents(workspace).values())
    workspace.redo()
    assert contents(workspace) == after


def test_what_was_odd_and_still_read_stands_in_the_history(workspace: Workspace, tmp_path: Path) -> None:
    path = fill(tmp_path / "in.xlsx", {"Organisations": [ORGANISATION, {"Name": "Police", "Kind": "Police"}]})
    book = load_workbook(path)
    book["Organisations"].row_dimensions[4].hidden = True
    book.save(path)
    import_workbook(workspace, path)
    with workspace.database.reader() as conn:
        assert history(conn)[0].reason == (
            "Organisations!4: 1 hidden row is read too (the first is row 4): unhide them to see what they hold, or delete them if they aren't meant."
        )


@pytest.mark.parametrize("words", ["costs", "Cost", "COSTS "])
def test_a_kind_is_known_by_any_of_its_names(demonstration: Path, tmp_path: Path, words: str) -> None:
    with opened(demonstration) as theirs:
        assert export_kind(theirs, words, tmp_path / "out.csv") == len(theirs.select(Cost))


@pytest.mark.parametrize("words", ["award-lines", "Award lines", "award_line", "AwardLine"])
def test_a_kind_of_two_words_too(demonstration: Path, tmp_path: Path, words: str) -> None:
    with opened(demonstration) as theirs:
        assert export_kind(theirs, words, tmp_path / "out.csv") == 27


def test_an_unknown_kind_is_refused_with_the_known_ones(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        export_kind(workspace, "coasts", tmp_path / "out.csv")
    assert str(refused.value).startswith(
        "There is no list called “coasts”. Did you mean costs? The lists are: office, organisations, partnerships,"
    )
    assert str(refused.value).endswith("agreed-balances; or all, for the whole programme.")
    assert list(tmp_path.glob("out*")) == []


def test_an_ending_that_can_not_be_written_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(
        Refused, match=r"^“out\.docx” should end in \.xlsx, \.csv or \.pdf: that says how to write it\.$"
    ):
        export_kind(workspace, "costs", tmp_path / "out.docx")
    with pytest.raises(Refused, match=r"^“t\.xls” should end in \.xlsx: that says how to write it\.$"):
        write_import_template(tmp_path / "t.xls")
    with pytest.raises(Refused, match=r"^There is nothing in office\.fundtracker to export yet\.$"):
        export_programme(workspace, tmp_path / "all.xlsx")


def test_a_list_in_excel_has_real_numbers_and_days_and_a_total(demonstration: Path, tmp_path: Path) -> None:
    with opened(demonstration) as theirs:
        export_kind(theirs, "costs", tmp_path / "costs.xlsx")
        costs, held = theirs.select(Cost), theirs.lists.rows(Cost, [1])[0][1]
    sheet = load_workbook(tmp_path / "costs.xlsx", data_only=True)["Costs"]
    headings = [cell.value for cell in sheet[1]]
    first = dict(zip(headings, (cell.value for cell in sheet[2]), strict=True))
    assert first["Reference"] == costs[0].reference
    assert first["Intervention"] == held[1] != ""
    assert " " in str(first["Intervention"])
    assert (Decimal(str(first["Net"])), first["Received"]) == (
        costs[0].net.in_pounds,
        datetime.combine(costs[0].received_on or date.min, datetime.min.time()),
    )
    assert first["VAT recoverable?"] in {"Yes", "No"}
    last = dict(zip(headings, (cell.value for cell in sheet[sheet.max_row]), strict=True))
    assert last["Reference"] == "Total of the rows shown"
    assert Decimal(str(last["Net"])) == sum((each.net.in_pounds for each in costs), Decimal(0))


def test_a_list_in_csv_has_plain_numbers(demonstration: Path, tmp_path: Path) -> None:
    with opened(demonstration) as theirs:
        export_kind(theirs, "costs", tmp_path / "costs.csv")
        costs = theirs.select(Cost)
    with (tmp_path / "costs.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Net"] for row in rows] == [each.net.plain for each in costs]
    assert any(row["Net"].startswith("-") for row in rows)


def test_a_list_in_pdf_has_its_total_and_no_empty_column(demonstration: Path, tmp_path: Path) -> None:
    with opened(demonstration) as theirs:
        later = read_filter(column_of(AwardLine, "year"), ">=2023/24")
        assert later is not None
        query = ListQuery(AwardLine, filters=(later,))
        export_list(theirs, query, tmp_path / "lines.pdf")
        totals = theirs.lists.totals_by_year(query)["amount"]
        export_kind(theirs, "assets", tmp_path / "assets.pdf")
        assert {each.transferee for each in theirs.select(Asset)} == {""}
    lines, assets = _printed(tmp_path / "lines.pdf"), _printed(tmp_path / "assets.pdf")
    assert list(totals) == ["2023/24", "2024/25"]
    assert all(f"Total {year} {total}" in lines for year, total in totals.items())
    assert "Serial no." in assets
    assert "Transferred to" not in assets


def test_a_wide_list_is_printed_on_large_paper_so_that_no_code_or_date_is_broken(
    demonstration: Path, tmp_path: Path
) -> None:
    path = tmp_path / "costs.pdf"
    with opened(demonstration) as theirs:
        export_kind(theirs, "costs", path)
        held = theirs.select(Cost)
        few = ("reference", "supplier", "net")
        export_list(
            theirs, ListQuery(Cost), tmp_path / "few.pdf", shown=few, told="Supplier contains “camera”."
        )
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    for each in held:
        assert each.reference in text
        assert f"{each.received_on or date(2024, 4, 1):%d/%m/%Y}" in text
    assert "Communications" in text
    assert "Communicatio\n" not in text
    assert len(PdfReader(path).pages) < len(held) / 20, "a page has more than twenty costs"
    printed = _printed(tmp_path / "few.pdf")
    assert "Demonstration: illustrative data, today is 21 October 2024" in printed
    assert "Supplier contains “camera”." in printed
    wide, few = (PdfReader(each).pages[0].mediabox for each in (path, tmp_path / "few.pdf"))
    assert [round(each) for each in (wide.width, wide.height)] == [1191, 842]
    assert [round(each) for each in (few.width, few.height)] == [842, 595]


def _printed(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_list_is_written_as_shown(demonstration: Path, tmp_path: Path) -> None:
    told: list[int] = []
    with opened(demonstration) as theirs:
        word = theirs.select(Cost)[0].supplier.split()[0]
        query = ListQuery(Cost, search=word, sort=(("net", True),))
        shown = [row[1][0] for row in theirs.lists.page(query, 0, 10_000)]
        assert export_list(theirs, query, tmp_path / "shown.csv", told.append) == len(shown)
        assert 1 < len(shown) < len(theirs.select(Cost))
    with (tmp_path / "shown.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Reference"] for row in csv.DictReader(file)] == shown
    assert told[-1] == len(shown)


def test_an_export_that_cant_come_in_again_says_so(
    demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(demonstration) as theirs:
        export_programme(theirs, tmp_path / "all.xlsx")
    assert too_large_to_import(tmp_path / "all.xlsx") == ""
    monkeypatch.setattr("fundtracker.imports.guard.LARGEST_PART", 500_000)
    assert "“all.xlsx” has a sheet or another part of more than" in too_large_to_import(tmp_path / "all.xlsx")


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_an_export_that_is_stopped_leaves_nothing(demonstration: Path, tmp_path: Path, ending: str) -> None:
    class Stopped(Exception):  # noqa: N818 - the user's wish, not an error
        pass

    def stop(_: int) -> None:
        raise Stopped

    with opened(demonstration) as theirs, pytest.raises(Stopped):
        export_list(theirs, ListQuery(Cost), tmp_path / f"costs.{ending}", stop)
    assert list(tmp_path.iterdir()) == []


# What goes out comes in again

_text = st.text(st.characters(codec="utf-8"), max_size=30).map(clean_text)
_awkward = st.sampled_from(
    ["=1+1", "+44", "-", "@SUM(A1)", "'quoted", "_x000D_", "a\nb", "0012", "1/4", "TRUE", "#REF!", "ⓘ"]
)
_words = st.one_of(_text, _awkward, st.just(""))
_names = st.one_of(_text, _awkward).filter(bool)
_money = st.integers(-LARGEST_PENCE, LARGEST_PENCE).map(Money)
_days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
_thousandths = st.integers(-(10**15) + 1, 10**15 - 1).map(lambda n: (Decimal(n) / 1000).normalize() + 0)


SMALL: dict[str, list[dict[str, Any]]] = {
    "Funds": [{"Code": "F", "Name": "Fund", "Funder": "Home Office", "Received or own": "Received"}],
    "Funding rounds": [
        {"Fund": "F", "Code": "R", "Name": "Round", "Delivery from": "1/4/2024", "Delivery to": "31/3/2025"}
    ],
    "Bids": [{"Round": "R", "Reference": "B", "Title": "Bid", "Theme": "VAWG"}],
    "Awards": [{"Bid": "B", "Reference": "A", "Starts": "1/4/2024", "Ends": "31/3/2025"}],
    "Interventions": [{"Award": "A", "Reference": "I", "Title": "Cameras", "Theme": "VAWG"}],
    "Indicators": [
        {
            "Intervention": "I",
            "Reference": "O",
            "Indicator": "Cameras",
            "Output or outcome": "Output",
            "Unit": "No.",
        }
    ],
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Path:
    """A file with one intervention, for assets and readings to belong to."""
    folder = tmp_path_factory.mktemp("small")
    path = copied(empty, folder / "small.fundtracker")
    with opened(path) as made:
        import_workbook(made, fill(folder / "small.xlsx", SMALL))
    return path


@st.composite
def random_records(draw: st.DrawFn) -> list[Any]:
    """Organisations and partnerships of any words, assets and readings of any sums, days and numbers."""
    names = draw(st.lists(_names, min_size=1, max_size=5, unique=True))
    codes = draw(st.lists(_names, max_size=4, unique=True))
    bodies = st.none() | st.integers(1, len(names)).map(OrganisationId)
    kinds = st.sampled_from(OrganisationKind)
    quarters = draw(st.lists(st.integers(0, 40), max_size=4, unique=True))
    return [
        *(
            Organisation(
                id=OrganisationId(n), name=name, kind=draw(kinds), aliases=draw(_words), note=draw(_words)
            )
            for n, name in enumerate(names, 1)
        ),
        *(
            Partnership(id=PartnershipId(n), code=code, name=draw(_names), accountable_body_id=draw(bodies))
            for n, code in enumerate(codes, 1)
        ),
        *(
            Asset(
                id=AssetId(n),
                intervention_id=InterventionId(1),
                description=draw(_names),
                bought_on=draw(_days),
                cost=draw(_money),
                proceeds=draw(st.none() | _money),
                disposed_on=draw(st.none() | _days),
            )
            for n in range(1, draw(st.integers(1, 4)))
        ),
        *(
            Reading(
                id=ReadingId(n),
                reference=f"RD-{n:05d}",
                indicator_id=IndicatorId(1),
                quarter=Quarter(FinancialYear(2020 + number // 4), number % 4 + 1),
                value=draw(_thousandths),
                evidence_held=draw(st.booleans()),
            )
            for n, number in enumerate(quarters, 1)
        ),
    ]


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(made=random_records())
def test_random_records_come_back(
    small: Path, empty: Path, tmp_path_factory: pytest.TempPathFactory, made: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("random")
    with (
        opened(copied(small, folder / "one.fundtracker")) as one,
        opened(copied(empty, folder / "other.fundtracker")) as other,
    ):
        one.do("Add", added(*made))
        export_programme(one, folder / "all.xlsx")
        import_workbook(other, folder / "all.xlsx")
        assert contents(other) == contents(one)


@pytest.mark.parametrize("ending", ["xlsx", "csv", "pdf"])
def test_a_list_is_written_with_the_columns_shown_in_their_order(
    demonstration: Path, tmp_path: Path, ending: str
) -> None:
    """Filtered and sorted too; the total stands under its column, wherever that is."""
    target = tmp_path / f"shown.{ending}"
    with opened(demonstration) as theirs:
        wanted = read_filter(column_of(AwardLine, "amount"), ">100000")
        assert wanted is not None
        year = read_filter(column_of(AwardLine, "year"), "2024/25")  # money of two years is never added
        assert year is not None
        query = ListQuery(AwardLine, sort=(("amount", True),), filters=(wanted, year))
        assert export_list(theirs, query, target, shown=("amount", "year")) == theirs.lists.count(query)
        lines = sorted(
            (e for e in theirs.select(AwardLine, year=FinancialYear(2024)) if e.amount.pence > 100_000_00),
            key=lambda each: (-each.amount.pence, -each.id),
        )
        total = theirs.lists.totals(query)["amount"]
    assert len(lines) > 1
    if ending == "csv":
        text = target.read_text(encoding="utf-8-sig").splitlines()
        assert text == ["Amount,Financial year", *(f"{each.amount.plain},{each.year}" for each in lines)]
    elif ending == "xlsx":
        sheet: Any = load_workbook(target, data_only=True)["Award lines"]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0] == ("Amount", "Financial year")
        assert [Money.pounds(str(row[0])) for row in rows[1 : 1 + len(lines)]] == [
            each.amount for each in lines
        ]
    else:
        text = _printed(target)
        assert all(f"{each.amount.shown} {each.year}" in text for each in lines)
        assert f"{total} Total" in text
        assert "Capital" not in text
