"""LibreOffice, a program that is not ours, works a form out and saves it again: the figures are ours, and the form is still one."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from fundtracker.domain.money import Money
from fundtracker.domain.partner_forms.case import FormCase, form_case, seal_of
from fundtracker.domain.partner_forms.layout import Who
from fundtracker.domain.partner_forms.worked import Rows, sheets_done, worked
from fundtracker.returns.partner_form import save_form
from fundtracker.returns.partner_form.places import Places
from partnering import COST_1, Q2, answers, book, pounds

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
Said = dict[str, dict[str, dict[str, Any]]]
Typed = Callable[[Said], Path]


@pytest.fixture(scope="module")
def case() -> FormCase:
    return form_case(book(), Q2)


@pytest.fixture(scope="module")
def typed(case: FormCase, tmp_path_factory: pytest.TempPathFactory) -> Typed:
    """Types answers into a blank form, without a result of any formula, and lets LibreOffice work it out and save it."""
    folder = tmp_path_factory.mktemp("office")
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")

    def through(said: Said) -> Path:
        save_form(case, folder / "form.xlsx")
        form = load_workbook(folder / "form.xlsx")  # it keeps formulas without their results
        type_in(case, form, said)
        form.save(folder / "form.xlsx")
        command = [
            str(OFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", "xlsx", "--outdir", str(folder / "theirs"), str(folder / "form.xlsx"),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return folder / "theirs" / "form.xlsx"

    return through


def type_in(case: FormCase, form: Workbook, said: Said) -> None:
    for name, place in Places.of(case).by_name.items():
        for n, key in enumerate(case.rows[name]):
            for column, value in said.get(name, {}).get(key, {}).items():
                kind = place.table.column(column).kind
                cell: Any = form[place.table.sheet].cell(place.first + n, place.column(column))
                cell.value = kind.cell(value)
                if isinstance(cell.value, str):
                    cell.data_type = "s"


def read_back(case: FormCase, form: Workbook) -> Said:
    """Every cell of every table as a value of its kind, by the keys in the hidden column."""
    found: Said = {}
    for name, place in Places.of(case).by_name.items():
        for row in form[place.table.sheet].iter_rows(min_row=place.first, max_row=place.last):
            values = {}
            for column, cell in zip(place.table.columns, row[1:], strict=False):
                value = cell.value.date() if isinstance(cell.value, datetime) else cell.value
                values[column.name] = None if value in {None, ""} else column.kind.from_cell(value)
            found.setdefault(name, {})[str(row[0].value)] = values
    return found


def is_locked(cell: Any) -> bool:
    return cell.protection.locked


def states(form: Workbook) -> dict[str, str]:
    return {sheet.title: sheet["B3"].value for sheet in form.worksheets[1:-2]}


def wanted_states(case: FormCase, rows: Rows) -> dict[str, str]:
    done = sheets_done(case.tables, rows, quarter=case.quarter, percent=case.variance_percent)
    return {name: "Done" if is_done else "To do" for name, is_done in done.items()}


def test_a_filled_form_comes_to_the_same_pennies_and_words(case: FormCase, typed: Typed) -> None:
    form = load_workbook(typed(answers(case)), data_only=True)
    rows = read_back(case, form)
    said = answers(case)
    merged = {
        t: {k: {**row, **said.get(t, {}).get(k, {})} for k, row in of.items()} for t, of in case.rows.items()
    }
    for table, of in worked(merged).items():
        for key, values in of.items():
            assert {name: rows[table][key][name] for name in values} == values, (table, key)
    assert states(form) == wanted_states(case, merged)
    assert set(states(form).values()) == {"Done"}
    assert [form["Costs"]["L5"].value, form["Costs"]["O5"].value] == [1200.15, 1240.16]
    assert any(row[1] == "Everything is filled in: send the form back." for row in form["Start"].values)


def test_a_form_with_something_missing_says_so_on_the_same_sheets(case: FormCase, typed: Typed) -> None:
    said = answers(case)
    said["costs"]["COST-200"] = COST_1 | {"net": pounds("0.29")}
    said["costs"]["COST-199"] = {"evidence": "scan.pdf"}
    said["budget"]["BUDGET-2"] = {}
    said["milestones"]["MS-2"] = {}
    said["narrative"]["N-done"] = {"answer": " word" * 251}
    said["new_risks"] = {"RISK-NEW-5": {"title": "Untold"}}
    said["declaration"]["DECLARATION"]["agreed"] = False
    form = load_workbook(typed(said), data_only=True)
    rows = read_back(case, form)
    assert rows["spend"]["SPEND-1-R-1"]["lines"] == Money(1000_39)
    assert rows["narrative"]["N-done"]["words"] == 251
    merged = {
        t: {k: {**row, **said.get(t, {}).get(k, {})} for k, row in of.items()} for t, of in case.rows.items()
    }
    assert states(form) == wanted_states(case, merged)
    assert sum(state == "To do" for state in states(form).values()) == 6


def test_a_form_saved_by_another_program_is_still_the_form(case: FormCase, typed: Typed) -> None:
    path = typed(answers(case))
    shown, form = load_workbook(path, data_only=True), load_workbook(path)
    rows = read_back(case, shown)
    assert {name: list(of) for name, of in rows.items()} == {name: list(of) for name, of in case.rows.items()}
    assert seal_of(case.tables, rows) == case.seal
    for table, of in answers(case).items():
        for key, values in of.items():
            assert {name: rows[table][key][name] for name in values} == values
    assert {form["About"][f"A{n}"].value: form["About"][f"B{n}"].value for n in range(1, 5)} == {
        field.value: text for field, text in case.about.items()
    }
    assert form["About"].sheet_state != "visible"
    assert form["Lists"].sheet_state != "visible"
    for place in Places.of(case).by_name.values():
        sheet = form[place.table.sheet]
        assert sheet.protection.sheet
        assert sheet.column_dimensions["A"].hidden
        for column in place.table.columns:
            for row in (place.first, place.last):
                cell = sheet.cell(row, place.column(column.name))
                where = f"{sheet.title}!{cell.coordinate}"
                assert is_locked(cell) is (column.who is not Who.PARTNER), where
                assert (cell.data_type == "f") is (column.who is Who.WORKED), where
                checked = [e for e in sheet.data_validations.dataValidation if cell.coordinate in e.sqref]
                assert len(checked) == (column.who is Who.PARTNER), where


def test_it_notices_a_figure_that_is_wrong(case: FormCase, typed: Typed) -> None:
    """Proves the first test: what comes back was worked out, and not passed on."""
    said = answers(case)
    said["costs"]["COST-001"] = COST_1 | {"net": pounds("1000.11")}
    rows = read_back(case, load_workbook(typed(said), data_only=True))
    assert rows["spend"]["SPEND-1-R-1"]["difference"] == Money(-1)
