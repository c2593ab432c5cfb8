"""The form as a file: what may be typed where, what is hidden, and that its words and figures are those of the case."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.domain.partner_forms.case import FormCase, form_case
from fundtracker.domain.partner_forms.layout import COST_ROWS, KEY_HEADING, NO_ROWS, Who
from fundtracker.domain.partner_forms.said import FormSaid, SaidRow, Unread
from fundtracker.returns.partner_form import save_form
from fundtracker.returns.partner_form.places import Places
from partnering import Q2, Q4, answers, book, said

PARTS = ["Costs", "Spend", "Budget", "Outputs", "Milestones", "Risks", "Narrative", "Declaration"]


@pytest.fixture(scope="module")
def case() -> FormCase:
    return form_case(book(), Q2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("forms")


@pytest.fixture(scope="module")
def blank(case: FormCase, folder: Path) -> Workbook:
    save_form(case, folder / "blank.xlsx")
    return load_workbook(folder / "blank.xlsx")


@pytest.fixture(scope="module")
def filled(case: FormCase, folder: Path) -> Workbook:
    """As a partner filled it in; the results of formulas."""
    save_form(case, folder / "filled.xlsx", said(case, answers(case)))
    return load_workbook(folder / "filled.xlsx", data_only=True)


def cells(case: FormCase, book: Workbook) -> Iterator[tuple[Who, str, str, str, Any]]:
    """Every cell of every table: who fills it in, its table, key and column, and the cell."""
    for name, place in Places.of(case).by_name.items():
        sheet = book[place.table.sheet]
        for n, key in enumerate(case.rows[name]):
            for column in place.table.columns:
                cell = sheet.cell(place.first + n, place.column(column.name))
                yield column.who, name, key, column.name, cell


def is_locked(cell: Any) -> bool:
    return cell.protection.locked


def value(case: FormCase, book: Workbook, table: str, key: str, column: str) -> Any:
    return next(cell.value for _, *where, cell in cells(case, book) if where == [table, key, column])


def test_the_sheets_stand_in_the_order_in_which_a_form_is_filled_in(blank: Workbook) -> None:
    assert blank.sheetnames == ["Start", *PARTS, "About", "Lists"]
    states = {sheet.title: sheet.sheet_state for sheet in blank.worksheets}
    assert {name for name, state in states.items() if state == "veryHidden"} == {"About", "Lists"}
    assert {state for name, state in states.items() if name not in {"About", "Lists"}} == {"visible"}


def test_the_hidden_sheet_says_which_form_it_is(blank: Workbook) -> None:
    assert [tuple(row) for row in blank["About"].values] == [
        ("template", "1"),
        ("form", "G-1 2024-25-Q2"),
        ("grant", "G-1"),
        ("period", "2024-25-Q2"),
    ]


def test_every_row_has_its_key_in_a_hidden_column_and_every_column_its_heading(
    case: FormCase, blank: Workbook
) -> None:
    for name, place in Places.of(case).by_name.items():
        sheet = blank[place.table.sheet]
        assert sheet.column_dimensions["A"].hidden
        headings = [cell.value for cell in sheet[place.heading]][: len(place.table.columns) + 1]
        assert headings == [KEY_HEADING, *(each.heading for each in place.table.columns)]
        keys = [sheet.cell(row, 1).value for row in range(place.first, place.last + 1)]
        assert keys == list(case.rows[name])
    assert len(case.rows["costs"]) == COST_ROWS


def test_only_the_partners_cells_are_open_and_no_sheet_has_a_password(
    case: FormCase, blank: Workbook
) -> None:
    opened = {cell.coordinate: cell for who, *_, cell in cells(case, blank) if who is Who.PARTNER}
    assert opened
    for who, table, key, column, cell in cells(case, blank):
        assert is_locked(cell) is (who is not Who.PARTNER), (table, key, column)
    for sheet in blank.worksheets:
        if sheet.sheet_state == "visible":
            assert sheet.protection.sheet
            assert sheet.protection.password is None
    ours = {(cell.parent.title, cell.coordinate) for *_, cell in cells(case, blank)}
    for sheet in blank.worksheets:
        loose = [c.coordinate for row in sheet.iter_rows() for c in row if not is_locked(c)]
        assert [each for each in loose if (sheet.title, each) not in ours] == []


def test_open_locked_and_worked_cells_look_different(case: FormCase, blank: Workbook) -> None:
    fills = {(who, cell.fill.fgColor.rgb) for who, *_, cell in cells(case, blank)}
    assert len(fills) == len({who for who, _ in fills}) == len({fill for _, fill in fills}) == 3


def test_a_blank_form_holds_what_the_case_says_and_nothing_else(case: FormCase, blank: Workbook) -> None:
    for who, table, key, column, cell in cells(case, blank):
        if who is Who.WORKED:
            assert cell.data_type == "f"
            continue
        wanted = case.rows[table][key].get(column)
        kind = case.table(table).column(column).kind
        found = cell.value.date() if isinstance(cell.value, datetime) else cell.value
        assert (None if found is None else kind.from_cell(found)) == wanted, (table, key, column)


def test_every_open_cell_is_checked_and_every_list_reaches_its_last_row(
    case: FormCase, blank: Workbook
) -> None:
    for who, table, key, column, cell in cells(case, blank):
        covering = [each for each in checks(cell.parent) if cell.coordinate in each.sqref]
        assert len(covering) == (who is Who.PARTNER), (table, key, column)


def checks(sheet: Worksheet) -> list[Any]:
    return sheet.data_validations.dataValidation


def check(case: FormCase, book: Workbook, table: str, column: str) -> Any:
    place = Places.of(case)[table]
    first = place.open_area(column).partition(":")[0]
    return next(each for each in checks(book[place.table.sheet]) if first in each.sqref)


def test_what_may_be_typed(case: FormCase, blank: Workbook) -> None:
    received = check(case, blank, "costs", "received_on")
    first = date(1899, 12, 30)
    assert (received.type, received.operator, received.errorStyle) == ("date", "between", None)
    assert [int(received.formula1), int(received.formula2)] == [
        (day - first).days for day in (date(2024, 7, 1), date(2024, 9, 30))
    ]
    assert "July to September 2024" in received.error
    assert "this decides the quarter" in received.prompt
    assert check(case, blank, "spend", "forecast_2024-25-Q3").formula1 == "0"
    assert check(case, blank, "costs", "net").formula1 == "-99999999"
    score = check(case, blank, "risks", "impact")
    assert (score.type, score.formula1, score.formula2) == ("whole", "1", "5")
    answer = check(case, blank, "narrative", "answer")
    assert (answer.type, answer.formula2) == ("textLength", "3000")
    assert check(case, blank, "costs", "vat_recoverable").formula1 == '"Yes,No"'
    assert check(case, blank, "new_risks", "proximity").formula1.count(",") == 4
    assert check(case, blank, "costs", "intervention").formula1 == "'Lists'!$A$2:$A$3"
    assert check(case, blank, "costs", "category").formula1 == "'Lists'!$B$2:$B$3"
    assert [cell.value for cell in blank["Lists"]["A"][1:]] == list(case.interventions)
    assert [cell.value for cell in blank["Lists"]["B"][1:]] == list(case.categories)


def test_a_cell_to_type_text_in_keeps_it_as_text(case: FormCase, blank: Workbook) -> None:
    """An invoice number 0012, an answer that begins with a hyphen."""
    formats = {
        column: cell.number_format
        for who, table, _, column, cell in cells(case, blank)
        if who is Who.PARTNER and table in {"costs", "narrative"}
    }
    assert {
        formats[name] for name in ("supplier", "invoice_number", "description", "evidence", "answer")
    } == {"@"}
    assert formats["received_on"] == "dd/mm/yyyy"


def test_a_blank_form_says_what_is_to_do(blank: Workbook, folder: Path) -> None:
    shown = load_workbook(folder / "blank.xlsx", data_only=True)
    states = {name: shown[name]["B3"].value for name in PARTS}
    assert states == dict.fromkeys(PARTS, "To do") | {"Milestones": "Done", "Risks": "Done"}
    start = {row[0]: row for row in shown["Start"].values}
    assert {name: start[name][2] for name in PARTS} == states
    assert any(row[1] == "6 of 8 sheets still to do." for row in shown["Start"].values)
    formulas = {row[0]: row[2] for row in blank["Start"].values if row[0] in PARTS}
    assert formulas == {name: f"='{name}'!$B$3" for name in PARTS}


def test_start_says_who_what_and_when(blank: Workbook) -> None:
    facts = {row[0]: row[1] for row in blank["Start"].values if row[1]}
    assert facts["From"] == "Office of the Police and Crime Commissioner"
    assert facts["To"] == "Cotswold District Council, for the Cotswold CSP"
    assert facts["Grant"] == "G-1 Solace, 1 October 2023 to 31 March 2025"
    assert facts["Period"] == "2024/25 Q2: 1 July 2024 to 30 September 2024"
    assert facts["Send it back by"] == "14 October 2024. A late form may delay your next payment."
    assert facts["Subject of your e-mail"] == "G-1 2024-25-Q2 monitoring form"


def test_a_filled_form_holds_what_was_said_and_what_it_comes_to(case: FormCase, filled: Workbook) -> None:
    assert value(case, filled, "costs", "COST-001", "supplier") == "=Payroll"
    assert value(case, filled, "costs", "COST-001", "received_on") == datetime(2024, 7, 31)  # noqa: DTZ001 - a day in a cell has no zone
    assert value(case, filled, "costs", "COST-007", "eligible") == 240.06
    assert value(case, filled, "spend", "SPEND-2-C-2", "lines") == 240.06
    assert value(case, filled, "budget", "BUDGET-1", "left") == 179.8
    assert value(case, filled, "budget", "BUDGET-1", "forecast") == 3000
    assert value(case, filled, "outputs", "OUT-1", "evidence_held") == "Yes"
    assert value(case, filled, "narrative", "N-done", "words") == 5
    assert {name: filled[name]["B3"].value for name in PARTS} == dict.fromkeys(PARTS, "Done")
    assert filled["Costs"]["L5"].value == 1200.15
    assert any(row[1] == "Everything is filled in: send the form back." for row in filled["Start"].values)


def test_what_is_said_of_a_locked_cell_or_a_row_the_form_has_not_is_not_drawn(
    case: FormCase, tmp_path: Path
) -> None:
    rows = {
        "SPEND-1-R-1": SaidRow(
            "SPEND-1-R-1", {"accepted": Decimal(1), "spent": Unread("1O", "no amount")}, {}
        ),
        "SPEND-9-R-9": SaidRow("SPEND-9-R-9", {"spent": Decimal(1)}, {}),
    }
    save_form(case, tmp_path / "odd.xlsx", FormSaid(name="odd", about={}, rows={"spend": rows}))
    drawn = load_workbook(tmp_path / "odd.xlsx")
    assert value(case, drawn, "spend", "SPEND-1-R-1", "accepted") == 1320.1
    assert value(case, drawn, "spend", "SPEND-1-R-1", "spent") == "1O"


def test_the_same_form_is_the_same_file(case: FormCase, blank: Workbook, folder: Path) -> None:
    assert blank.sheetnames
    save_form(form_case(book(), Q2), folder / "again.xlsx")
    assert (folder / "again.xlsx").read_bytes() == (folder / "blank.xlsx").read_bytes()


def test_the_last_quarter_has_no_forecasts_and_a_grant_without_outputs_says_so(tmp_path: Path) -> None:
    held = book()
    rows = {
        kind: of for kind, of in held.rows.items() if kind.__name__ not in {"Indicator", "Milestone", "Risk"}
    }
    case = form_case(type(held)(held.grant, held.today, rows), Q4)
    save_form(case, tmp_path / "last.xlsx")
    drawn = load_workbook(tmp_path / "last.xlsx", data_only=True)
    headings = [cell.value for cell in drawn["Spend"][Places.of(case)["spend"].heading]]
    assert headings[-1] == "Difference"
    assert value(case, drawn, "budget", "BUDGET-1", "forecast") == 0
    assert drawn["Outputs"]["B3"].value == "Done"
    assert drawn["Outputs"]["A8"].value == NO_ROWS
    assert drawn["Outputs"]["B8"].value == "Nothing is held here for G-1: there is nothing to fill in."


def test_it_prints_on_pages_it_fits(blank: Workbook) -> None:
    for sheet in blank.worksheets[:-2]:
        page: Any = sheet.sheet_properties.pageSetUpPr
        assert page.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert blank["Costs"].print_title_rows == "$6:$6"
