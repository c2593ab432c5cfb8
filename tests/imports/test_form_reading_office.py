"""A form that LibreOffice opened, worked out and saved again is read as if it had never left."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from fundtracker.domain.partner_forms.case import form_case
from fundtracker.domain.partner_forms.checks import form_problems
from fundtracker.imports.form_reading import read_form
from fundtracker.returns.partner_form import save_form
from partner import Partner, examined, sound
from partnering import Q2, book, pounds

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resaved")
    case = form_case(book(), Q2)
    save_form(case, folder / "form.xlsx")
    partner = Partner(folder / "form.xlsx")
    partner.fills(case, sound())
    partner.sorts("Costs", 8, 207, by=12)
    partner.saves()
    command = [
        str(OFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "xlsx", "--outdir", str(folder / "theirs"), str(folder / "form.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "theirs" / "form.xlsx"


def test_what_was_typed_the_sums_and_the_seal_survive(saved: Path) -> None:
    of = examined(sound())
    said = read_form(saved)
    theirs = replace(of, said=said)
    assert {table: theirs.read[table] for table in sound()} == {table: of.read[table] for table in sound()}
    assert theirs.untouched
    assert [(each.severity, each.check) for each in form_problems(theirs)] == [
        (each.severity, each.check) for each in form_problems(of)
    ]
    assert said.rows["spend"]["SPEND-1-R-1"].values["lines"] == pounds("1000.10")
    assert {c: v for c, v in said.rows["budget"]["BUDGET-1"].values.items() if c in {"spent", "forecast", "left"}} == {
        "spent": pounds("1000.10"),
        "forecast": pounds("3000"),
        "left": pounds("179.80"),
    }  # fmt: skip
