"""Write cells of a profile or a forecast: one entry of the history, whatever their number."""

from fundtracker.application.workspace import Workspace
from fundtracker.domain.interventions import ProfileLine
from fundtracker.domain.planning import Amounts, Plan, Planned
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import Forecast


def write_plan(workspace: Workspace, plan: Plan, amounts: Amounts, title: str = "") -> Plan:
    """Bring the cells to these amounts, all or none; the plan as it then stands. Refused names the cell that is locked, and why."""
    locked = next((why for cell in amounts if (why := plan.locked(cell))), "")
    if locked:
        raise Refused(locked)
    kind = ProfileLine if plan.planned is Planned.PROFILE else Forecast
    changes = plan.changes(amounts, workspace.new_id(kind))
    if not changes:
        return plan
    workspace.do(title or _title(plan, amounts), changes)
    return plan.after(changes)


def _title(plan: Plan, amounts: Amounts) -> str:
    """ "Forecast of SSF5-VAWG-01 for 2024/25 Q3", or how many cells at once."""
    if len(amounts) == 1:
        cell = next(iter(amounts))
        reference = plan.named(cell.line)[0].reference
        return f"{plan.planned.value} of {reference} for {cell.quarter}"
    return f"{plan.planned.value} of {plan.award.reference} for {plan.year}: {len(amounts):,} cells"
