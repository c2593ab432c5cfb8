"""The tie-out sheet: LibreOffice works it out again to the same pennies, a wrong penny shows, and it prints on one page."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl's stubs leave half of what it reads back unknown.

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from pypdf import PdfReader

from conftest import office
from domain.test_tie_out import Q4, Ledger, instalment
from domain.test_tie_out import office as small_office
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import AgreedBalance, AgreedBalanceId, AgreedFigure
from fundtracker.domain.money import Money
from fundtracker.domain.tie_out import TieOut, tie_out
from fundtracker.returns.tie_out_sheet import BEHIND, TIE_OUT, write_tie_out
from programme import Programme
from returns.test_workbook_office import through_office

pytestmark = pytest.mark.office


def rich() -> TieOut:
    """Every part of the page holds something, and each gap more than stands on it."""
    built, ledger = small_office()
    op = built.rows[Intervention][1]
    for n in range(9):
        ledger.pays(Money(1_01 + n), date(2024, 3, 20 + n))
    for n, name in enumerate(("Street lighting and cameras along the canal", "Night-time marshals"), 2):
        more = built.intervenes(name)
        cost = built.spends(
            more, Money(123_45 * n), date(2024, 2, 1), vat=Money(24_69 * n), paid_on=date(2024, 3, 2)
        )
        ledger.pays(cost.net + cost.vat, date(2024, 3, 2 + n), cost)
        grant = built.grants(more, "900", "2023/24")
        ledger.pays("300", date(2024, 4, 2), instalment(built, grant, "300", date(2024, 3, 28)))
        built.spends(more, "11.11", date(2024, 3, 3), grant_id=grant.id)
    built.spends(op, "80", date(2024, 2, 1), paid_on=date(2024, 2, 20), supplier="Lost Ltd")
    agree(built, "902.51")
    return tie_out(built.book(), Q4, ledger.of_award())


def agree(built: Programme, amount: str) -> None:
    built.rows[AgreedBalance] = {
        1: AgreedBalance(
            id=AgreedBalanceId(1), award_id=built.award.id, figure=AgreedFigure.CLAIMED, quarter=Q4, amount=Money.pounds(amount),
            agreed_on=date(2024, 4, 18), agreed_by="Chief Finance Officer",
        )
    }  # fmt: skip


def long() -> TieOut:
    """As many lines as a large award's quarter has."""
    built, ledger = Programme(today=date(2024, 4, 20)), Ledger()
    for n in range(10):
        op = built.intervenes(f"Intervention {n} in the town centre and along the river")
        cost = built.spends(
            op, Money(100_00 + n), date(2024, 2, 1), category_id=built.equipment.id, paid_on=date(2024, 3, 2)
        )
        ledger.pays(cost.net, date(2024, 3, 3), cost)
        if n % 3 == 0:
            built.spends(op, Money(5_00 + n), date(2024, 2, 1))
    return tie_out(built.book(), Q4, ledger.of_award())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("tie-out")
    for name, tied in (("rich", rich()), ("long", long())):
        write_tie_out(tied, found / f"{name}.xlsx", office="An office")
    return found


@pytest.fixture(scope="module")
def theirs(folder: Path) -> dict[str, Workbook]:
    """As LibreOffice works them out; `wrong` is `rich` with one penny more in a cost's line."""
    book = load_workbook(folder / "rich.xlsx")
    sheet = book[TIE_OUT]
    (row,) = (
        row
        for row in range(1, 20)
        if sheet.cell(row, 1).value == "SSF5-VAWG-01" and sheet.cell(row, 3).value == "Resource"
    )
    cell: Any = sheet.cell(row, 6)
    cell.value += 0.01
    book.save(folder / "wrong.xlsx")
    return through_office(folder, [folder / "rich.xlsx", folder / "long.xlsx", folder / "wrong.xlsx"])


def values(book: Workbook) -> dict[tuple[str, str], Any]:
    return {
        (sheet.title, cell.coordinate): round(cell.value, 4) if isinstance(cell.value, float) else cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize("name", ["rich", "long"])
def test_another_program_works_out_the_same_pennies(
    folder: Path, theirs: dict[str, Workbook], name: str
) -> None:
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in load_workbook(folder / f"{name}.xlsx")
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    stored, worked = values(load_workbook(folder / f"{name}.xlsx", data_only=True)), values(theirs[name])
    assert len(formulas) > 40
    assert {place: worked.get(place) for place in formulas} == {place: stored[place] for place in formulas}


def row_of(sheet: Any, text: str, column: int = 1) -> list[Any]:
    (row,) = (row for row in sheet.iter_rows(values_only=True) if str(row[column - 1] or "").startswith(text))
    return list(row)


def test_the_page_says_what_the_tie_out_says(theirs: dict[str, Workbook]) -> None:
    page, tied = theirs["rich"][TIE_OUT], rich()
    assert page["A3"].value == "Something doesn't tie: see the differences marked on this page."
    assert theirs["long"][TIE_OUT]["A3"].value == "Everything ties: each difference on this page is 0.00."
    claim = row_of(page, "The claim that the return makes")
    assert [round(each, 2) for each in claim[8:]] == [float(tied.claim.in_pounds)] * 2 + [0]
    assert [row_of(page, f"{part}: ")[8] for part in ("Reported by a partner but not ours yet", "Paid in advance but unspent", "In the ledger but in no return")] == [
        22.22, 799.5, pytest.approx(float(sum(1_01 + n for n in range(9)) / 100)),
    ]  # fmt: skip
    assert row_of(page, "and 5 more, on the sheet “Behind it”", 2)[8] == pytest.approx(5.15)
    assert row_of(page, "Payments that the ledger shows otherwise: 1 item")[8] == 80
    assert round(row_of(page, "Claimed, 01/04/2023 to 31/03/2024")[10], 2) == float(
        (tied.balances[0].difference).in_pounds
    )
    assert [row[1] for row in theirs["rich"][BEHIND].iter_rows(min_row=4, values_only=True)] == [
        each.reference
        for part in (tied.reported, tied.in_advance, tied.unreturned, tied.mismatches)
        for each in part
    ]


def test_a_penny_that_is_wrong_shows(theirs: dict[str, Workbook]) -> None:
    right, wrong = values(theirs["rich"]), values(theirs["wrong"])
    changed = {place for place, value in wrong.items() if right.get(place) != value}
    columns = {at.rstrip("0123456789") for _, at in changed}
    assert columns == {"F", "I", "K"}
    assert {round(wrong[place], 2) for place in changed if place[1].startswith("K")} == {0.01}


def test_it_prints_on_one_page(folder: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(office()), "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, *(str(folder / f"{name}.xlsx") for name in ("rich", "long"))],
        check=True,
        capture_output=True,
        timeout=180,
    )
    pages = {
        name: [page.extract_text() for page in PdfReader(tmp_path / f"{name}.pdf").pages]
        for name in ("rich", "long")
    }
    assert [len(pages["rich"]), len(pages["long"])] == [2, 1]
    assert ["Agreed balances" in each for each in pages["rich"]] == [True, False]
