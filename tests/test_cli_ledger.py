"""The ledger's commands, as a person types them: what they print, and with which exit code."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from application.ledger_office import open_office
from finance_listing import HEADINGS, payments_of, write_csv, write_xlsx
from fundtracker.application.actions.ledger.matching import accept_many
from fundtracker.application.actions.ledger.suggesting import suggestions
from fundtracker.application.workspace import Workspace
from fundtracker.cli import run
from fundtracker.domain.ledger import LedgerLayout, LedgerLine

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "office.fundtracker"
    open_office(path).workspace.close()
    return path


def listing(file: Path, name: str = "q4.xlsx") -> Path:
    with Workspace.open(file) as workspace:
        lines = payments_of(workspace)
    path = file.with_name(name)
    return write_csv(path, lines) if path.suffix == ".csv" else write_xlsx(path, lines)


def test_ledger_takes_a_listing_and_says_what_it_did(file: Path, capsys: Captured) -> None:
    path = listing(file)
    assert run(["ledger", str(file), str(path)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "q4.xlsx, read by the layout “Payments”:",
        "  3 new, 0 the same, 0 changed, 0 no longer in it",
        "  3 lines may be matched, 2 of them at 95% or more: nothing is matched until somebody agrees.",
    ]
    assert said.err.splitlines() == [
        "Note: Transactions, row 7: “Total” was left out; its £230.00 agrees with the lines above it."
    ]
    assert run(["ledger", str(file), str(listing(file, "q4.csv")), "--layout", "payments"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "  0 new, 3 the same, 0 changed, 0 no longer in it"


def test_ledger_learns_a_layout_under_a_name(file: Path, capsys: Captured) -> None:
    assert run(["ledger", str(file), str(listing(file)), "--layout", "Our finance system"]) == 0
    assert (
        capsys.readouterr().out.splitlines()[0]
        == "q4.xlsx, read by the layout “Our finance system” (learnt from its headings):"
    )
    with Workspace.open(file) as workspace:
        assert [each.name for each in workspace.select(LedgerLayout)] == ["Payments", "Our finance system"]


def test_ledger_refuses_what_cannot_be_read_cell_by_cell(
    file: Path, tmp_path: Path, capsys: Captured
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"{','.join(HEADINGS)}\n1,31/01/2024,ACME,,,,ten\n", encoding="utf-8")
    assert run(["ledger", str(file), str(path)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "G2: “Amount” holds “ten”, which is not an amount such as 1,234.56."
    ]
    with Workspace.open(file) as workspace:
        assert workspace.select(LedgerLine) == ()


def test_tie_out_writes_the_workbook_and_names_the_gaps(file: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["ledger", str(file), str(listing(file))]) == 0
    with Workspace.open(file) as workspace:
        accept_many(workspace, suggestions(workspace))
    capsys.readouterr()
    path = tmp_path / "tie-out.xlsx"
    assert run(["tie-out", str(file), "SSF5-VAWG", "2023-24-Q4", "--out", str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"The tie-out of SSF5-VAWG for 2023/24 Q4 ties. It is in {path}.",
        "  £30.00 paid in advance but unspent (1)",
    ]
    assert load_workbook(path)["Tie-out"]["A1"].value == "Tie-out: SSF5-VAWG for 2023/24 Q4"
    assert run(["tie-out", str(file), "NOPE", "2023-24-Q4", "--out", str(path)]) == 1
    assert run(["tie-out", str(file), "SSF5-VAWG", "2023-24-Q4", "--out", str(tmp_path / "x.pdf")]) == 1
    assert (
        capsys.readouterr().err.splitlines()[-1] == "“x.pdf” should end in .xlsx: that says how to write it."
    )
