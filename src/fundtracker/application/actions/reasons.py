"""Write why a line of a return's Spend differs from its profile."""

from dataclasses import replace

from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import Change
from fundtracker.domain.cubes import Line
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.organisations import CostCategoryId
from fundtracker.domain.returns import FunderReturn, VarianceReason, VarianceReasonId


def write_reason(workspace: Workspace, return_id: int, line: Line, text: str) -> None:
    """Keep, change or (where the text is empty) take away the reason of a line's variance in a return."""
    funder_return = workspace.get(FunderReturn, return_id)
    found = workspace.select(
        VarianceReason,
        return_id=return_id,
        intervention_id=line.intervention_id,
        expense=line.expense,
        category_id=line.category_id,
    )
    held = found[0] if found else None
    reason = text.strip()
    if reason == (held.reason if held else ""):
        return
    intervention = workspace.get(Intervention, line.intervention_id)
    if held is not None:
        change = Change(held, replace(held, reason=reason) if reason else None)
    else:
        change = Change(
            None,
            VarianceReason(
                id=VarianceReasonId(workspace.new_id(VarianceReason)),
                return_id=funder_return.id,
                intervention_id=InterventionId(line.intervention_id),
                expense=line.expense,
                category_id=CostCategoryId(line.category_id),
                reason=reason,
            ),
        )
    workspace.do(
        f"Reason for the variance of {intervention.reference} in {funder_return.reference}", [change]
    )
