"""The history in plain words: each change of an entry is a line that says what kind of thing it was, once."""

import pytest

from fundtracker.application.actions.history import entries, in_words
from fundtracker.application.actions.records import add, edit, remove
from fundtracker.application.naming import called
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, columns, key_of, title_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import Milestone
from fundtracker.domain.organisations import CostCategory, Office, Organisation
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import Forecast
from fundtracker.domain.terms import Waiver


def newest(workspace: Workspace) -> tuple[str, ...]:
    (entry,) = entries(workspace, 1)
    return in_words(workspace, entry)


@pytest.mark.parametrize(
    ("kind", "column", "value", "said"),
    [
        (
            Office,
            "short_name",
            "PCC",
            "Office of the Police and Crime Commissioner: short name from OPCC to PCC",
        ),
        (
            Office,
            "name",
            "Officers of the county",
            "Office Officers of the county: name from Office of the Police and Crime Commissioner to Officers of the county",
        ),
        (
            Organisation,
            "name",
            "organisation of Cotswold",
            "Organisation of Cotswold: name from Cotswold District Council to organisation of Cotswold",
        ),
        (Cost, "ledger_code", "S5", "Cost C-00001: ledger code from empty to S5"),
        (Waiver, "reason", "Other", "Waiver of T-1, 01/12/2023: reason from Late start to Other"),
        (
            Milestone,
            "what",
            "Poles up",
            "Milestone of SSF5-VAWG-01, Poles up: milestone from First patrol to Poles up",
        ),
    ],
)
def test_a_change_names_its_record_and_its_kind_once(
    workspace: Workspace, kind: type[Record], column: str, value: str, said: str
) -> None:
    edit(workspace, workspace.get(kind, 1), **{column: value})
    assert newest(workspace) == (said,)


def test_what_was_added_or_removed_is_told_field_by_field(workspace: Workspace) -> None:
    fields = ("    Name: Office supplies",)
    stationery = add(workspace, CostCategory, {"name": "Office supplies"})
    assert newest(workspace) == ("Cost category Office supplies: added", *fields)
    remove(workspace, stationery)
    assert newest(workspace) == ("Cost category Office supplies: removed", *fields)


def test_what_has_no_reference_goes_by_what_it_hangs_on(workspace: Workspace) -> None:
    """In the entry's own title too; and every kind has a reference, a title, or columns that name it."""
    remove(workspace, workspace.get(Milestone, 1))
    assert [each.title for each in entries(workspace, 1)] == [
        "Delete milestone of SSF5-VAWG-01, First patrol"
    ]
    assert (
        called(workspace, workspace.get(Forecast, 1))
        == "forecast of SSF5-VAWG-01, 2023/24 Q4, Resource, Staff, SSF5-VAWG 2023-24-Q3"
    )
    for kind in RECORDS:
        assert key_of(kind) or title_of(kind) or kind.known_by, kind.__name__
        assert set(kind.known_by) <= {each.name for each in columns(kind)}
