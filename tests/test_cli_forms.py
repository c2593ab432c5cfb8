"""The commands of partner forms: what they print, and with which exit code."""

from dataclasses import replace
from pathlib import Path

import pytest

from filing import filed
from fundtracker.application.actions.partner_forms import look_at_form
from fundtracker.application.workspace import Workspace
from fundtracker.cli import run
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.organisations import Office
from partner import TODAY, Partner, records, sound


def test_a_form_is_issued_refused_marked_and_accepted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, folder = tmp_path / "office.fundtracker", tmp_path / "forms"
    held = [
        replace(each, today=TODAY) if isinstance(each, Office) else each for each in records(without=[3, 4])
    ]
    filed(file, held).close()
    assert run(["form", str(file), "g-1", "2024-25-Q2", "--out", str(folder)]) == 0
    path = folder / "G-1 2024-25-Q2.xlsx"
    assert capsys.readouterr().out == f"G-1 2024-25-Q2, due back on 17 October 2024:\n  {path}\n"

    with Workspace.open(file) as workspace:
        case = look_at_form(workspace, path).case
    partner = Partner(path)
    partner.fills(case, sound())
    partner.types("SPEND-1-R-1", "Spent this quarter", "a lot")
    partner.saves()
    wrong = (
        "Spend!F8: “Spent this quarter”: “a lot” is not an amount: type an amount such as 1,234.56 or 2.5k."
    )
    assert run(["accept", str(file), str(path)]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.splitlines()[0]) == ("", wrong)

    marked = tmp_path / "marked.xlsx"
    assert run(["accept", str(file), str(path), "--marked-up", str(marked)]) == 1
    assert capsys.readouterr().out == f"The marked-up copy to send back is in {marked}.\n"
    assert "Issues" in Partner(marked).book.sheetnames

    partner.types("SPEND-1-R-1", "Spent this quarter", 1000.10)
    partner.saves()
    assert run(["accept", str(file), str(path)]) == 0
    said = capsys.readouterr()
    assert said.out == "G-1 2024-25-Q2 is accepted: £1,240.16 spent, 19 entries taken in.\n"
    assert [line.partition(":")[0] for line in said.err.splitlines()] == ["Warning", "Warning"]
    with Workspace.open(file) as workspace:
        (form,) = [each for each in workspace.select(PartnerForm) if each.quarter == case.quarter]
        assert form.state(TODAY) is FormState.ACCEPTED


def test_another_workbook_is_told_and_exits_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "office.fundtracker"
    filed(file, records()).close()
    (tmp_path / "form.xlsx").write_bytes(b"not a workbook")
    assert run(["accept", str(file), str(tmp_path / "form.xlsx")]) == 1
    said = capsys.readouterr()
    assert (said.out, "form.xlsx" in said.err, "Traceback" in said.err) == ("", True, False)
