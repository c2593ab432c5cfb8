"""A form that came back is read by its keys and headings, whatever became of its rows, columns and sheets; or says why not."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from fundtracker.domain.money import Money
from fundtracker.domain.partner_forms.case import FormCase, form_case
from fundtracker.domain.partner_forms.layout import AboutField
from fundtracker.domain.partner_forms.said import FormSaid, Unread
from fundtracker.domain.problems import Refused, Severity
from fundtracker.imports.form_reading import read_form
from fundtracker.returns.partner_form import save_form
from partner import Partner
from partnering import COST_1, Q2, answers, book, pounds

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@pytest.fixture(scope="module")
def case() -> FormCase:
    return form_case(book(), Q2)


@pytest.fixture(scope="module")
def sent(case: FormCase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sent") / "form.xlsx"
    save_form(case, path)
    partner = Partner(path)
    partner.fills(case, answers(case))
    return partner.saves()


@pytest.fixture
def partner(sent: Path, tmp_path: Path) -> Partner:
    """With the form open, filled in, to be saved under another name."""
    opened = Partner(sent)
    opened.path = tmp_path / "Copy of form (final) v2.xlsx"
    return opened


def values(said: FormSaid, case: FormCase) -> dict[str, dict[str, dict[str, Any]]]:
    """What the partner typed: rows with something in an answered cell."""
    wanted = answers(case)
    return {
        table: {key: {name: said.rows[table][key].values[name] for name in row} for key, row in rows.items()}
        for table, rows in wanted.items()
    }


def odd(said: FormSaid) -> list[tuple[Severity, str, tuple[str, ...], str]]:
    return [(each.severity, each.check, each.places, each.message) for each in said.odd]


def test_what_was_typed_is_read_with_its_places(sent: Path, case: FormCase) -> None:
    said = read_form(sent)
    assert values(said, case) == answers(case)
    assert odd(said) == []
    assert said.about == case.about
    assert {table: len(rows) for table, rows in said.rows.items()} == {
        "costs": 200, "spend": 2, "budget": 2, "outputs": 1, "milestones": 2, "risks": 1, "new_risks": 5, "narrative": 3, "declaration": 1,
    }  # fmt: skip
    row = said.rows["costs"]["COST-007"]
    assert (row.place("net"), row.place("supplier")) == ("Costs!L14", "Costs!E14")
    assert said.rows["costs"]["COST-001"].values["evidence"] is None
    assert len(said.sha256) == 64


def test_sorted_rows_are_read_where_they_now_stand(partner: Partner, case: FormCase) -> None:
    partner.sorts("Costs", 8, 207, by=12)
    partner.sorts("Spend", 8, 9, by=2)
    said = read_form(partner.saves())
    assert values(said, case) == answers(case)
    assert odd(said) == []
    assert said.rows["costs"]["COST-007"].place("net") != "Costs!L14"


def test_rows_and_columns_put_in_above_and_between(partner: Partner, case: FormCase) -> None:
    partner["Costs"].insert_rows(1, 4)
    partner["Costs"].insert_rows(20, 3)
    partner["Costs"].insert_cols(1, 2)
    partner["Spend"].insert_cols(4)
    said = read_form(partner.saves())
    assert values(said, case) == answers(case)
    assert [each for each in odd(said) if each[0] is ERROR] == []
    assert said.rows["costs"]["COST-001"].place("net") == "Costs!N12"


def test_renamed_sheets_and_file_and_another_order(partner: Partner, case: FormCase) -> None:
    partner["Costs"].title = "Our invoices"
    partner["About"].title = "Ueber"
    partner.book.move_sheet("Our invoices", offset=5)
    said = read_form(partner.saves())
    assert values(said, case) == answers(case)
    assert odd(said) == [
        (NOTE, "renamed", ("Our invoices!A1",), "“Your costs of the quarter, invoice by invoice” was found on the sheet “Our invoices” instead of “Costs”, and is read from there.")
    ]  # fmt: skip


def test_hidden_columns_rows_and_sheets_are_read_and_told(partner: Partner, case: FormCase) -> None:
    partner["Costs"].column_dimensions["L"].hidden = True
    partner["Costs"].row_dimensions[14].hidden = True
    partner["Outputs"].sheet_state = "hidden"
    said = read_form(partner.saves())
    assert values(said, case) == answers(case)
    assert odd(said) == [
        (NOTE, "hidden", ("Costs!B14",), "Hidden rows are read too: unhide them to see what they hold."),
        (NOTE, "hidden", ("Costs!L6",), "Hidden columns are read too (“Net”): unhide them to see what they hold."),
        (NOTE, "hidden", ("Outputs!A1",), "The sheet “Outputs” is hidden, and is read too."),
    ]  # fmt: skip


def test_rows_that_look_blank_are_nothing(partner: Partner, case: FormCase) -> None:
    costs = partner["Costs"]
    for row in (12, 300, 900):
        costs.cell(row, 5, " \u00a0\u200b ")
    costs.cell(901, 5).number_format = "0.00"
    said = read_form(partner.saves())
    assert values(said, case) == answers(case)
    assert odd(said) == []
    assert said.rows["costs"]["COST-005"].values["supplier"] is None


def test_deleted_rows_are_not_said(partner: Partner) -> None:
    """Whether they may be missing is for the checks."""
    partner["Spend"].delete_rows(9)
    partner["Costs"].delete_rows(20, 100)
    said = read_form(partner.saves())
    assert list(said.rows["spend"]) == ["SPEND-1-R-1"]
    assert len(said.rows["costs"]) == 100
    assert odd(said) == []


TYPED: list[tuple[str, Any, Any]] = [
    ("Net", "£1,234.50", pounds("1234.50")),
    ("Net", "1.2k", pounds("1200")),
    ("Net", "(12.00)", pounds("-12")),
    ("Net", 0.1 + 0.2, pounds("0.30")),
    ("Net", "about 50", Unread("about 50", "“about 50” is not an amount: type an amount such as 1,234.56 or 2.5k.")),
    ("Net", "12.345", Unread("12.345", "“12.345” has part pence: give pounds and pence, two decimals at most.")),
    ("Net", True, Unread("TRUE", "TRUE can't be taken here: this should be an amount of money.")),
    ("Net", date(2024, 8, 1), Unread("01/08/2024", "01/08/2024 can't be taken here: this should be an amount of money.")),
    ("Net", "=1+1", Unread("a formula", "Holds a formula whose result was never worked out: open the form in a spreadsheet program and save it, or type the value.")),
    ("Received", "31.8.24", date(2024, 8, 31)),
    ("Received", "31 August 2024", date(2024, 8, 31)),
    ("Received", "08/31/2024", Unread("08/31/2024", "“08/31/2024” is not a date: type it as 31/03/2025 or 31 March 2025.")),
    ("Received", 45535.5, date(2024, 8, 31)),
    ("Invoice no.", 12, "12"),
    ("VAT recoverable?", "y", True),
    ("VAT recoverable?", "perhaps", Unread("perhaps", "“perhaps” is neither Yes nor No.")),
    ("Capital or resource", "RESOURCE", COST_1["expense"]),
    ("Capital or resource", "Revenue", Unread("Revenue", "“Revenue” is not one of: Capital, Resource.")),
]  # fmt: skip


def test_what_is_typed_is_read_as_a_person_in_the_uk_means_it(partner: Partner, case: FormCase) -> None:
    """Each in a row of its own."""
    names = {each.heading: each.name for each in case.table("costs").columns}
    for number, (heading, value, _) in enumerate(TYPED, 20):
        partner.cell(f"COST-{number:03d}", heading).value = value
    rows = read_form(partner.saves()).rows["costs"]
    found = [
        (heading, value, rows[f"COST-{number:03d}"].values[names[heading]])
        for number, (heading, value, _) in enumerate(TYPED, 20)
    ]
    assert found == TYPED


def test_percentages_and_times_are_no_money(partner: Partner) -> None:
    for key, number_format, value in (("COST-003", "0%", 0.5), ("COST-004", "hh:mm", time(9, 30))):
        cell = partner.cell(key, "Net")
        cell.value, cell.number_format = value, number_format
    rows = read_form(partner.saves()).rows["costs"]
    half, time_of_day = rows["COST-003"].values["net"], rows["COST-004"].values["net"]
    assert half == Unread("50%", "Is formatted as a percentage (50%): format it as a number and type 10 for 10 per cent.")  # fmt: skip
    assert isinstance(time_of_day, Unread)
    assert time_of_day.message.startswith("Holds a time (0.39")


def test_errors_of_formulas_are_told_and_the_forms_own_sums_may_be_unsaved(partner: Partner) -> None:
    partner.cell("COST-003", "Net").value = "#REF!"
    partner.cell("COST-003", "Net").data_type = "e"
    said = read_form(partner.saves())
    assert said.rows["costs"]["COST-003"].values["net"] == Unread(
        "#REF!", "Shows #REF!: mend the formula, or type the value."
    )
    assert said.rows["costs"]["COST-003"].values["eligible"] is None  # openpyxl keeps no results of formulas


def test_dates_counted_from_1904_are_the_same_days(partner: Partner, case: FormCase) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    partner.book.epoch = CALENDAR_MAC_1904
    assert values(read_form(partner.saves()), case) == answers(case)


def copies_a_row(partner: Partner) -> None:
    for cell in partner["Costs"][8]:
        partner["Costs"].cell(30, cell.column or 0, cell.value)


def types_between(partner: Partner) -> None:
    partner["Costs"].insert_rows(10)
    partner["Costs"]["E10"] = "Sundries Ltd"


def types_below(partner: Partner) -> None:
    for column, value in (("E", "Sundries Ltd"), ("L", 12.5)):
        partner["Costs"][f"{column}208"] = value


def adds_an_output(partner: Partner) -> None:
    partner["Outputs"]["B9"] = "Leaflets"
    partner["Outputs"]["F9"] = 400


def drops_the_keys(partner: Partner) -> None:
    partner["Outputs"].delete_cols(1)


def renames_a_heading(partner: Partner) -> None:
    partner["Costs"]["L6"] = "Netto"


def doubles_a_heading(partner: Partner) -> None:
    partner["Costs"]["Q6"] = "Net"


def removes_a_sheet(partner: Partner) -> None:
    del partner.book["Outputs"]


def merges(partner: Partner) -> None:
    partner["Costs"].merge_cells("E8:E9")


ODDITIES: dict[str, tuple[Callable[[Partner], None], Severity, str, tuple[str, ...], str]] = {
    "a row copied whole": (
        copies_a_row, ERROR, "duplicate_rows", ("Costs!B8", "Costs!B30"),
        "A row stands here more than once: a row was copied whole, with its hidden key. Delete the copy; copy only the cells you fill in, into a prepared row.",
    ),
    "a row put in by hand": (
        types_between, ERROR, "inserted_rows", ("Costs!E10",),
        "This row of “Your costs of the quarter, invoice by invoice” was added by hand: the form doesn't know it, and nothing in it is counted. Type it in the prepared rows instead (row 9 is the first that is free), and delete what was added.",
    ),
    "a row typed below": (
        types_below, ERROR, "inserted_rows", ("Costs!E208",),
        "This row of “Your costs of the quarter, invoice by invoice” was added by hand: the form doesn't know it, and nothing in it is counted. Type it in the prepared rows instead (row 9 is the first that is free), and delete what was added.",
    ),
    "a row where rows are fixed": (
        adds_an_output, ERROR, "inserted_rows", ("Outputs!B9",),
        "This row of “What you did in the quarter” was added by hand: the form doesn't know it, and nothing in it is counted. Its rows are fixed: type the values in the prepared rows, and ask the office where one is missing.",
    ),
    "the column of keys deleted": (
        drops_the_keys, ERROR, "keys", ("Outputs!A1",),
        "The hidden column of row keys is gone from the sheet “Outputs”, so that its rows can't be told apart: type its values into the form that was sent out.",
    ),
    "a heading renamed": (
        renames_a_heading, ERROR, "headings", ("Costs!A6",),
        "The heading “Net” of “Your costs of the quarter, invoice by invoice” isn't there any more: put the column back, with its heading in row 6.",
    ),
    "a heading twice": (
        doubles_a_heading, ERROR, "headings", ("Costs!L6", "Costs!Q6"),
        "The heading “Net” of “Your costs of the quarter, invoice by invoice” stands 2 times: delete the columns that were added.",
    ),
    "a sheet deleted": (
        removes_a_sheet, ERROR, "sheets", (),
        "The sheet “Outputs” isn't in the workbook: fill it in in the form that was sent out, and send that back whole.",
    ),
    "merged cells": (
        merges, WARNING, "merged", ("Costs!E8",),
        "Cells of “Your costs of the quarter, invoice by invoice” are merged (E8:E9), so that all but the first look empty: unmerge them, and fill in each.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("done", ODDITIES.values(), ids=ODDITIES)
def test_what_was_done_to_the_workbook_is_told(
    partner: Partner, done: tuple[Callable[[Partner], None], Severity, str, tuple[str, ...], str]
) -> None:
    act, *wanted = done
    act(partner)
    assert odd(read_form(partner.saves())) == [tuple(wanted)]


def test_a_sheet_whose_rows_were_moved_to_another_is_read_there_if_its_headings_went_along(
    partner: Partner, case: FormCase
) -> None:
    """A whole table cut and pasted below another one."""
    outputs, costs = partner["Outputs"], partner["Costs"]
    for source, target in ((6, 220), (8, 221)):
        for cell in outputs[source]:
            costs.cell(target, cell.column or 0, cell.value)
    outputs.delete_rows(6, 5)
    said = read_form(partner.saves())
    assert values(said, case) == answers(case)
    assert [(each[0], each[1]) for each in odd(said)] == [(NOTE, "renamed")]


def test_another_workbook_is_no_form(tmp_path: Path) -> None:
    other = Workbook()
    other.save(tmp_path / "budget.xlsx")
    with pytest.raises(Refused) as refused:
        read_form(tmp_path / "budget.xlsx")
    assert str(refused.value) == (
        "“budget.xlsx” is not a monitoring form of this program: the hidden sheet “About”, which says what it is, isn't there. "
        "Choose the form that was sent out. If sheets were deleted from it, issue the form again and ask the partner to fill in that one."
    )


def test_a_period_that_is_none_is_refused(partner: Partner) -> None:
    partner["About"]["B4"] = "summer"
    with pytest.raises(Refused, match="is for the period “summer”, which is no quarter"):
        read_form(partner.saves())


def test_another_template_and_grant_are_said_and_left_to_the_checks(partner: Partner) -> None:
    partner["About"]["B1"] = 0
    partner["About"]["B3"] = "G-9"
    about = read_form(partner.saves()).about
    assert (about[AboutField.TEMPLATE], about[AboutField.GRANT]) == ("0", "G-9")


def test_numbers_are_exact(partner: Partner) -> None:
    partner.types("OUT-1", "This quarter", 3.125)
    partner.types("COST-001", "Net", 1999999.99)
    said = read_form(partner.saves())
    assert said.rows["outputs"]["OUT-1"].values["value"] == Decimal("3.125")
    assert said.rows["costs"]["COST-001"].values["net"] == Money(199999999)
