"""A workbook imported a second time: each row that is in the file already is a warning, seen before anything is written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.filling import fill
from fundtracker.application.actions.importing import (
    import_workbook,
    propose_import,
    rehearse_import,
)
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.problems import Severity
from fundtracker.storage.journal import history
from fundtracker.ui.dialogs.problem_table import faults


@pytest.fixture
def workspace(one_cost: Workspace) -> Workspace:
    return one_cost


def cost(workspace: Workspace, invoice: str, **other: Any) -> dict[str, Any]:
    return {
        "Intervention": workspace.select(Intervention)[0].reference,
        "Cost category": workspace.select(CostCategory)[0].name,
        "Supplier": "Acme",
        "Invoice no.": invoice,
        "Description": "Posters",
        "Received": date(2023, 11, 15),
        "Net": 10,
        "Capital or resource": "Resource",
        **other,
    }


def costs(workspace: Workspace, tmp_path: Path, *rows: dict[str, Any]) -> Path:
    """A workbook of costs; none has a reference, which the program gives."""
    return fill(tmp_path / "costs.xlsx", {"Costs": list(rows)})


def warned(workspace: Workspace, path: Path) -> list[str]:
    """What is said of a workbook in which nothing stands in the way."""
    proposed = propose_import(workspace, path)
    assert rehearse_import(workspace, proposed) == ()
    assert {each.severity for each in proposed.problems} <= {Severity.WARNING}
    return [str(each) for each in proposed.problems]


END = "with its supplier, invoice no. and sum: delete the row, or write in the column Why it isn't a duplicate why it isn't."


def test_a_cost_that_is_there_under_another_description_is_a_warning(
    workspace: Workspace, tmp_path: Path
) -> None:
    import_workbook(workspace, costs(workspace, tmp_path, cost(workspace, "P-1")))
    held = workspace.select(Cost)[-1].reference
    again = costs(
        workspace,
        tmp_path,
        cost(workspace, "p-1", Description="Leaflets"),
        cost(workspace, "P-2"),
        cost(workspace, "P-2", Description="Leaflets"),
        cost(workspace, "P-1", Description="Flags", **{"Why it isn't a duplicate": "Two deliveries"}),
    )
    assert warned(workspace, again) == [
        f"Costs!V3: This is the same cost as “{held}” in the file, {END}",
        f"Costs!V5: This is the same cost as “Costs!4” of this workbook, {END}",
    ]


def test_every_row_of_a_workbook_imported_again_is_a_warning(workspace: Workspace, tmp_path: Path) -> None:
    rows = [cost(workspace, f"P-{n}") for n in range(3)] + [cost(workspace, "", Description="Cash")]
    book = costs(workspace, tmp_path, *rows)
    import_workbook(workspace, book)
    held = [each.reference for each in workspace.select(Cost)[-4:]]
    said = [
        f"Costs!{n}: This says the same as “{name}” in the file: delete the row if it was entered already."
        for n, name in enumerate(held, 3)
    ]
    assert warned(workspace, book) == said
    (fault,) = faults(propose_import(workspace, book).problems)
    assert (fault.sheet, fault.places, fault.others) == ("Costs", "rows 3 to 6", 3)
    import_workbook(workspace, book)
    with workspace.database.reader() as conn:
        assert history(conn)[0].reason == "\n".join(said)


def test_a_kind_without_references_is_warned_of_too(workspace: Workspace, tmp_path: Path) -> None:
    intervention = workspace.select(Intervention)[0].reference
    row = {"Intervention": intervention, "Milestone": "Cameras up", "Baseline date": date(2024, 1, 31)}
    book = fill(tmp_path / "milestones.xlsx", {"Milestones": [row]})
    import_workbook(workspace, book)
    assert warned(workspace, book) == [
        "Milestones!3: This says the same as a milestone in the file: delete the row if it was entered already."
    ]


def test_rows_that_are_new_are_no_warning(workspace: Workspace, tmp_path: Path) -> None:
    import_workbook(workspace, costs(workspace, tmp_path, cost(workspace, "P-1")))
    other = cost(workspace, "P-1", Net=11), cost(workspace, "P-2")
    assert warned(workspace, costs(workspace, tmp_path, *other)) == []
