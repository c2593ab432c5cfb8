"""Rows as records: headings, cells, references, and each thing that can be wrong with them, said with its cell."""

from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from fundtracker.domain.bids import Bid, Expense
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, CostCategoryId, Office, OfficeId, Organisation
from fundtracker.domain.problems import Refused, Severity
from fundtracker.domain.records import RECORDS
from fundtracker.domain.rounds import Fund
from fundtracker.imports.found import Fault, Found, FoundRow, FoundSheet, FoundWorkbook, Wrong
from fundtracker.imports.references import References
from fundtracker.imports.workbook import Proposal, propose
from imports import hostile_workbooks as hostile
from imports.filling import proposed

COST = (
    "Reference", "Intervention", "Supplier", "Received", "Net", "VAT recoverable?",
    "Capital or resource", "Cost category", "Reversal of",
)  # fmt: skip
THERE: dict[tuple[type[Record], str], int] = {
    (Intervention, "ssf5-01"): 7,
    (CostCategory, "staff"): 3,
    (Cost, "c-00001"): 1,
}
"""What the file holds already."""


def sheet(name: str, *rows: tuple[Found, ...], **about: Any) -> FoundSheet:
    found = [FoundRow(number, row) for number, row in enumerate(rows, 1) if any(each is not None for each in row)]  # fmt: skip
    return FoundSheet(name, rows=found, **about)


def read(*sheets: FoundSheet, external_links: bool = False) -> Proposal:
    def lookup(kind: type[Record], key: str) -> int | None:
        return THERE.get((kind, key.lower()))

    def keys(kind: type[Record]) -> list[str]:
        return [key.upper() for each, key in THERE if each is kind]

    ids = {kind: count(1) for kind in RECORDS}
    return propose(
        FoundWorkbook("costs.xlsx", sheets, external_links),
        References(lookup, keys),
        lambda kind: next(ids[kind]),
        lambda kind, number: f"{kind.reference_prefix}-{number:05d}",
    )


def said(proposal: Proposal, severity: Severity = Severity.ERROR) -> list[str]:
    return [str(problem) for problem in proposal.problems if problem.severity is severity]


def cost(reference: Found = "C-9", **changes: Found) -> tuple[Found, ...]:
    """A row that is right but for the changes, named by the first word of their headings."""
    row: dict[str, Found] = {
        "Reference": reference, "Intervention": "SSF5-01", "Supplier": "Firm", "Received": date(2024, 5, 1),
        "Net": 12.5, "VAT": "No", "Capital": "Resource", "Cost": "Staff", "Reversal": None,
    }  # fmt: skip
    return tuple((row | changes).values())


def test_a_right_row_is_a_record() -> None:
    found = read(sheet("costs", COST, cost()))
    assert found.problems == ()
    assert found.counts == {Cost: 1}
    (item,) = found.records
    assert isinstance(item, Cost)
    assert (item.id, item.reference, item.intervention_id, item.category_id) == (1, "C-9", 7, 3)
    assert (item.net, item.vat, item.vat_recoverable, item.expense) == (
        Money(1250), Money(0), False, Expense.RESOURCE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"Net": Wrong(Fault.ERROR, "#REF!")},
            "Costs!E2: Net shows #REF!: mend the formula, or type the value.",
        ),
        (
            {"Net": Wrong(Fault.FORMULA)},
            "Costs!E2: Net holds a formula whose result was never worked out: open the workbook in your spreadsheet program, save it, and import it again; or type the value.",
        ),
        (
            {"Net": Wrong(Fault.NUMBER, "NaN")},
            "Costs!E2: Net holds NaN, which is not a number that can be kept: type it again.",
        ),
        (
            {"Net": Wrong(Fault.PERCENT, "10%")},
            "Costs!E2: Net is formatted as a percentage (10%): format it as a number and type 10 for 10 per cent.",
        ),
        ({"Net": True}, "Costs!E2: Net holds TRUE: this should be an amount of money."),
        ({"Net": date(2024, 3, 1)}, "Costs!E2: Net holds 01/03/2024: this should be an amount of money."),
        (
            {"Net": "12,50"},
            "Costs!E2: Net: “12,50” is not an amount: type an amount such as 1,234.56 or 2.5k.",
        ),
        ({"Net": 1.005}, "Costs!E2: Net: 1.005 has part pence: round it to two decimals."),
        ({"Net": None}, "Costs!E2: Net is empty: enter pounds and pence, as 1,234.56."),
        (
            {"Received": "31.3.20255"},
            "Costs!D2: Received: “31.3.20255” is not a date: type it as 31/03/2025 or 31 March 2025.",
        ),
        (
            {"Received": "03/31/2025"},
            "Costs!D2: Received: “03/31/2025” is not a date: type it as 31/03/2025 or 31 March 2025.",
        ),
        (
            {"Received": 45_000},
            "Costs!D2: Received holds 45000: this should be a date: format the cell as a date and type it as 31/03/2025.",
        ),
        (
            {"Received": date(1924, 3, 1)},
            "Costs!D2: Received: 01/03/1924 is not between 1990 and 2099: check the year.",
        ),
        (
            {"Received": Wrong(Fault.TIME, "12:00:00")},
            "Costs!D2: Received holds a time (12:00:00): format the cell as the column needs it and type the value again.",
        ),
        ({"Supplier": True}, "Costs!C2: Supplier holds TRUE: this is TRUE or FALSE, and should be text."),
        (
            {"Supplier": datetime(2024, 4, 1)},  # noqa: DTZ001 - a cell has no zone
            "Costs!C2: Supplier holds 01/04/2024: this is a date, and should be text: format the cell as Text and type it again.",
        ),
        (
            {"Supplier": "x" * 30_001},
            "Costs!C2: Supplier: This text has 30,001 characters; at most 30,000 can be kept.",
        ),
        ({"Supplier": " \u200b\x07 "}, "Costs!C2: Supplier is empty: enter text."),
        ({"VAT": 1}, "Costs!F2: VAT recoverable? holds 1: this should be Yes or No."),
        ({"Capital": "Both"}, "Costs!G2: Capital or resource: “Both” is not one of: Capital, Resource."),
        ({"Capital": None}, "Costs!G2: Capital or resource is empty: enter one of the words in its list."),
        ({"Intervention": None}, "Costs!B2: Intervention is empty: enter the reference of its intervention."),
        (
            {"Intervention": "SSF5-001"},
            "Costs!B2: Intervention: there is no intervention “SSF5-001” in this workbook or in the file: did you mean “SSF5-01”?",
        ),
        (
            {"Intervention": "SSF5-01 Op Vigilant in Cheltenham"},
            "Costs!B2: Intervention: there is no intervention “SSF5-01 Op Vigilant in Cheltenham” in this workbook or in the file: did you mean “SSF5-01”?",
        ),
        (
            {"Cost": "Helicopters"},
            "Costs!H2: Cost category: there is no cost category “Helicopters” in this workbook or in the file: correct it, or add it to the sheet “Cost categories”.",
        ),
        (
            {"reference": "c-00001"},
            "Costs!A2: Reference “c-00001” is in the file already: delete the row, or write another.",
        ),
        (
            {"Reversal": "C-9"},
            "Costs!I2: Reversal of: this leads back to the same row: name the row that stands for itself.",
        ),
    ],
)
def test_each_wrong_cell_is_told_with_what_to_do(changes: dict[str, Found], message: str) -> None:
    found = read(sheet("Costs", COST, cost(**changes)))
    assert said(found) == [message]
    assert found.counts == {Cost: 1}


def test_problems_name_the_kind_and_the_field() -> None:
    (problem,) = read(sheet("Costs", COST, cost(Net="x"))).problems
    assert (problem.kind, problem.column, problem.where) == ("Cost", "net", "Costs!E2")


def test_every_problem_is_collected_and_sound_rows_are_still_there() -> None:
    found = read(
        sheet("Costs", COST, cost("C-7", Net="x", Cost="Stafff"), cost("C-8"), cost("C-9", Received="soon"))
    )
    assert said(found) == [
        "Costs!E2: Net: “x” is not an amount: type an amount such as 1,234.56 or 2.5k.",
        "Costs!D4: Received: “soon” is not a date: type it as 31/03/2025 or 31 March 2025.",
        "Costs!H2: Cost category: there is no cost category “Stafff” in this workbook or in the file: did you mean “STAFF”?",
    ]
    assert [getattr(item, "reference", "") for item in found.records] == ["C-8"]
    assert found.counts == {Cost: 3}


def test_text_is_cleaned() -> None:
    """A byte order mark, control and bidirectional characters go; accents are composed; new lines in a cell stay."""
    found = read(
        sheet("Cost categories", ("\ufeffName ", "Note"), ("\ufeffLly\u0302n\u202e\x07", "one\r\ntwo\x00"))
    )
    assert found.records == (CostCategory(id=CostCategoryId(1), name="Llŷn", note="one\ntwo"),)


def test_headings_in_any_order_and_case_and_columns_left_out() -> None:
    found = read(sheet("organisations", (" KIND", None, "name"), ("council", None, "Council A")))
    assert found.problems == ()
    assert [(type(item), getattr(item, "name", "")) for item in found.records] == [
        (Organisation, "Council A")
    ]


def test_wrong_headings() -> None:
    found = read(
        sheet(
            "Cost categories", ("Nane", "Note", "note", "Colour", None), ("Staff", None, None, "red", "stray")
        )
    )
    assert said(found) == [
        "Cost categories!A1: “Nane” is no heading of the sheet “Cost categories”: did you mean “Name”?",
        "Cost categories!C1: The heading “note” stands here and in column B: delete one of the two columns.",
        "Cost categories!D1: “Colour” is no heading of the sheet “Cost categories”: delete the column, or give it one of the template's headings.",
        "Cost categories!1: The column “Name” is missing: add it, with its heading in row 1.",
        "Cost categories!E2: “stray” stands in a column without a heading: give the column its heading, or delete the entry.",
    ]


def test_an_entry_beyond_the_last_heading() -> None:
    found = read(sheet("Cost categories", ("Name",), ("Kit", None, "stray")))
    assert said(found) == [
        "Cost categories!C2: “stray” stands in a column without a heading: give the column its heading, or delete the entry."
    ]


def test_unknown_sheets() -> None:
    """Empty ones, the template's own and its hidden lists are left alone."""
    rows = (("Name",), ("Kit",))
    found = read(
        sheet("Sheet1"),
        sheet("Read me", *rows),
        sheet("Lists", *rows, hidden=True),
        sheet("Cost category", *rows),
        sheet("Budget 2024", *rows),
        sheet("Cost categories", *rows),
        sheet("cost  CATEGORIES", *rows),
    )
    assert said(found) == [
        "Cost category: “Cost category” is not the name of a sheet that can be imported: if it holds cost categories, call it “Cost categories”; if not, delete it.",
        "Budget 2024: “Budget 2024” is not the name of a sheet that can be imported: call it as the template does, or delete it.",
        "cost  CATEGORIES: Two sheets are called “cost  CATEGORIES”: put their rows into one, and delete the other.",
    ]


@pytest.mark.parametrize("name", ["Budget 2024", "Costs"])
def test_a_workbook_that_is_not_the_templates_is_told_so_at_once(name: str) -> None:
    """Not a fault in each of its cells, be one of its sheets called as one of the template's."""
    rows = [("Spend by quarter", None, "As at", "30/09/2024"), ("Item", "Q1", "Q2", "Q3")]
    rows += [("Kit", "1.00", "2.00", "3.00")] * 500
    with pytest.raises(Refused) as refused:
        read(sheet(name, *rows), sheet("Notes", ("Mind this",)), sheet("Read me", ("Words",)), sheet("Empty"))
    assert str(refused.value) == (
        "This workbook isn't laid out as the import template, so nothing of it was read: choose File, Import template, put your rows "
        f"under the headings of its sheets, and import that. Not recognised: “{name}”, “Notes”."
    )


def test_nothing_to_import() -> None:
    nothing = "There is nothing to import: no sheet has a row below its headings. The template's sheet “Read me” says how to fill it in."
    assert said(read()) == [nothing]
    assert said(read(sheet("Costs", COST, (" ", None, "\u200b")))) == [nothing]


def test_the_guidance_row_is_known_by_its_mark_wherever_it_is() -> None:
    guidance = ("ⓘ Required.", "ⓘ Optional.")
    names = ("Name", "Note")
    for rows in ((names, guidance, ("Kit", None)), (names, ("Kit", None), guidance), (guidance, names, ("Kit", None))):  # fmt: skip
        found = read(sheet("Cost categories", *rows))
        assert (said(found), found.records) == ([], (CostCategory(id=CostCategoryId(1), name="Kit"),))
    written_over = read(sheet("Cost categories", names, ("ⓘ Required.", "a note of mine")))
    assert [getattr(item, "note", "") for item in written_over.records] == ["a note of mine"]


def test_references_to_rows_of_this_workbook_come_first() -> None:
    found = read(
        sheet("Cost categories", ("Name",), ("Training",), ("Staff", None)),
        sheet("Costs", COST, cost(Cost="TRAINING"), cost("C-10", Cost="Equipment")),
    )
    assert said(found) == [
        "Cost categories!A3: Name “Staff” is in the file already: delete the row, or write another.",
        "Costs!H3: Cost category: there is no cost category “Equipment” in this workbook or in the file: correct it, or add it to the sheet “Cost categories”.",
    ]
    assert [item.category_id for item in found.records if isinstance(item, Cost)] == [1]


def test_capitals_count_only_where_nothing_else_differs() -> None:
    found = read(
        sheet("Cost categories", ("Name",), ("Kit",), ("KIT",)),
        sheet("Costs", COST, cost("C-7", Cost="KIT"), cost("C-8", Cost="Kit"), cost("C-9", Cost="kit")),
    )
    assert said(found) == []
    assert said(found, Severity.WARNING) == [
        "Cost categories!A3: Name “KIT” differs from “Kit” in row 2 only by its capitals: is it the same?"
    ]
    assert [item.category_id for item in found.records if isinstance(item, Cost)] == [2, 1, 1]


def test_the_same_reference_twice() -> None:
    found = read(sheet("Costs", COST, cost("C-7"), cost("C-8"), cost("C-7"), cost("C-7")))
    assert said(found) == [
        "Costs!A4: Reference “C-7” stands in row 2 already: each cost needs its own.",
        "Costs!A5: Reference “C-7” stands in row 2 already: each cost needs its own.",
    ]


def test_references_left_empty_are_given_and_never_one_that_is_taken() -> None:
    """C-00001 is in the file, C-00003 in a later row."""
    found = read(sheet("Costs", COST, cost(None), cost(None), cost("C-00003"), cost(None)))
    assert said(found) == []
    assert [item.reference for item in found.records if isinstance(item, Cost)] == [
        "C-00002", "C-00004", "C-00003", "C-00005",
    ]  # fmt: skip
    without = [row[1:] for row in (COST, cost(), cost())]
    assert [item.reference for item in read(sheet("Costs", *without)).records if isinstance(item, Cost)] == [
        "C-00002",
        "C-00003",
    ]


def test_a_reversal_is_written_after_what_it_reverses() -> None:
    rows = (
        cost("C-7", Reversal="C-8"),
        cost("C-8", Reversal="c-9"),
        cost("C-9"),
        cost("C-6", Reversal="C-7"),
    )
    found = read(sheet("Costs", COST, *rows))
    assert said(found) == []
    costs = [item for item in found.records if isinstance(item, Cost)]
    assert [(item.id, item.reference, item.reversal_of) for item in costs] == [
        (3, "C-9", None),
        (2, "C-8", 3),
        (1, "C-7", 2),
        (4, "C-6", 1),
    ]


def test_reversals_in_a_circle() -> None:
    found = read(sheet("Costs", COST, cost("C-7", Reversal="C-8"), cost("C-8", Reversal="C-7")))
    assert said(found) == [
        "Costs!I2: Reversal of: this leads back to the same row: name the row that stands for itself."
    ]


def test_hidden_and_merged_places_are_reported() -> None:
    rows = (("Name", "Note"), ("A", None), ("B", None), ("C", None))
    found = read(
        sheet(
            "Cost categories",
            *rows,
            hidden=True,
            hidden_rows=(1, 3, 4),
            hidden_columns=(2,),
            merged=("A2:A3", "A9:B9"),
        )
    )
    assert said(found) == [
        "Cost categories!A2: The cells A2:A3 are merged, so that all but the first look empty: unmerge them, and fill in each."
    ]
    assert said(found, Severity.WARNING) == [
        "Cost categories!3: 2 hidden rows are read too (the first is row 3): unhide them to see what they hold, or delete them if they aren't meant.",
        "Cost categories!B1: The column “Note” is hidden, and is read too.",
        "Cost categories: This sheet is hidden, and is read too.",
    ]


def test_a_row_pasted_twice_is_pointed_out() -> None:
    funds = sheet("Funds", ("Code", "Name", "Funder", "Received or own"), ("F", "Fund", "HO", "Received"))
    rounds = sheet(
        "Funding rounds",
        ("Fund", "Code", "Name", "Delivery from", "Delivery to"),
        ("F", "R", "Round", "1/4/2024", "31/3/2025"),
    )
    bids = sheet("Bids", ("Round", "Reference", "Title", "Theme"), ("R", "B-1", "Bid", "asb"))
    amount = ("B-1", "2024/25", "Capital", 10)
    amounts = sheet("Bid amounts", ("Bid", "Financial year", "Capital or resource", "Asked"), amount, amount)
    found = read(amounts, bids, rounds, funds)
    assert said(found) == []
    assert said(found, Severity.WARNING) == [
        "Bid amounts!3: This row says the same as row 2: delete one of them if it was entered twice."
    ]
    kinds = [type(item) for item in found.records]
    assert kinds[0] is Fund
    assert kinds.index(Bid) == 2


def test_external_links_are_noted() -> None:
    found = read(sheet("Cost categories", ("Name",), ("Kit",)), external_links=True)
    assert said(found, Severity.NOTE) == [
        "This workbook names other files. They were not opened: the results stored in it were read."
    ]
    assert found.errors == ()


def test_endless_problems_are_cut_short() -> None:
    found = read(sheet("Costs", COST, *(cost(f"D-{n}", Net="x", Cost=f"no{n}") for n in range(3_000))))
    assert len(found.problems) == 5_001
    assert str(found.problems[-1]) == "There are more problems than the 5,000 listed: mend these first."


def test_a_whole_file_with_dates_of_1904_and_one_with_text_dates(tmp_path: Path) -> None:
    found = proposed(hostile.write(tmp_path, hostile.in_date_system_1904))
    assert found.records == (
        Office(id=OfficeId(1), name="Office of the Commissioner", today=date(2021, 3, 31)),
    )
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.title = "Office"
    page.append(["Name", "Demonstration date"])
    page.append(["Office", "1 April 2024"])
    page.append(["=1+1", "2024/04/01"])
    workbook.save(tmp_path / "texts.xlsx")
    assert [str(problem) for problem in proposed(tmp_path / "texts.xlsx").problems] == [
        "Office!A3: Name holds a formula whose result was never worked out: open the workbook in your spreadsheet program, save it, and import it again; or type the value.",
        "Office!B3: Demonstration date: “2024/04/01” is not a date: type it as 31/03/2025 or 31 March 2025.",
    ]


def test_file_ids_and_references_already_there(tmp_path: Path) -> None:
    path = hostile.write(tmp_path, hostile.ordinary())
    assert proposed(path, first_id=40).records == (CostCategory(id=CostCategoryId(40), name="Staff"),)
    again = proposed(path, there=[(CostCategory, "staff", 1)])
    assert [str(problem) for problem in again.problems] == [
        "Cost categories!A2: Name “Staff” is in the file already: delete the row, or write another."
    ]
