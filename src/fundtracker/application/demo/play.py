"""Play the demonstration's story through the real Workspace, so that its history, its frozen returns and its adjustments are real."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fundtracker.application.actions.returns import (
    begin_return,
    look_at,
    mark_accepted,
    mark_paid,
    mark_queried,
    submit_return,
)
from fundtracker.application.demo.papers import draw_paper
from fundtracker.application.demo.play_papers import play_paper
from fundtracker.application.demo.returns import reason_for
from fundtracker.application.demo.steps import (
    Add,
    AgreeFigure,
    BeginReturn,
    Edit,
    ExplainVariances,
    FunderAnswers,
    IssueForms,
    ReturnRows,
    SendBackForm,
    Step,
    Submit,
    TakeForm,
    TakeListing,
)
from fundtracker.application.demo.story import awaited_forms, resolve_before_submission, story
from fundtracker.application.sign_off import SignOff
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.changes import Change, added
from fundtracker.domain.columns import Record, key_of
from fundtracker.domain.delivery import Document
from fundtracker.domain.interventions import Intervention, InterventionId
from fundtracker.domain.organisations import CostCategoryId
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import (
    Forecast,
    ForecastId,
    FunderReturn,
    ReturnState,
    VarianceReason,
    VarianceReasonId,
)
from fundtracker.domain.rules import variance_percent
from fundtracker.domain.spend import reason_for as reason_held
from fundtracker.domain.spend import spend_lines

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""
DEMONSTRATION_ACTOR = "Demonstration"


def write_demonstration(path: Path, progress: Progress | None = None, folder: Path | None = None) -> None:
    """The Gloucestershire programme up to 21 October 2024 in a new file; nothing is left behind if it can't be finished.

    `folder` keeps the forms that were issued, a copy that went back marked up, and the finance system's listings.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with Workspace.create(path, actor=DEMONSTRATION_ACTOR) as workspace:
        try:
            play(workspace, story(), progress, folder)
        except BaseException:
            workspace.discard()
            raise


def make_ready(workspace: Workspace) -> None:
    """What the co-ordinator does before the open returns can be submitted: two forms, the duplicate, the reading, the reason."""
    play(workspace, resolve_before_submission())


def take_awaited_forms(workspace: Workspace) -> None:
    """The two forms that 2024/25 Q2 waits for, accepted."""
    play(workspace, awaited_forms())


def play(
    workspace: Workspace,
    steps: Iterable[Step],
    progress: Progress | None = None,
    folder: Path | None = None,
) -> None:
    """Each step as its actor did it, at its time. Files that come and go are left in `folder`, if there is one."""
    steps = tuple(steps)
    with TemporaryDirectory() as passing:
        for number, step in enumerate(steps, 1):
            workspace.actor = step.actor
            workspace.clock = _clock(step.at)
            _play(workspace, step, folder or Path(passing))
            if progress:
                progress(number, len(steps))


def _clock(at: datetime) -> Callable[[], datetime]:
    return lambda: at.astimezone(UTC)


def _play(workspace: Workspace, step: Step, folder: Path) -> None:
    match step:
        case Add():
            records = [_filed(workspace, each) for each in step.records]
            workspace.do(step.title, added(*records), reason=step.reason)
        case Edit():
            workspace.do(step.title, [_edit(workspace, *each) for each in step.changes], reason=step.reason)
        case BeginReturn():
            draft = begin_return(workspace, _award(workspace, step.award).id)
            if draft.quarter != step.quarter:
                raise Refused(f"{step.award}: the next return is for {draft.quarter}, not {step.quarter}.")
        case ReturnRows():
            _fill(workspace, step)
        case ExplainVariances():
            _explain(workspace, step)
        case Submit():
            signed = SignOff(
                step.prepared_by,
                step.checked_by,
                step.signed_by,
                step.signed_role,
                signed_on=step.signed_on,
                checked_on=step.checked_on,
            )
            submit_return(workspace, _return(workspace, step).id, signed)
        case FunderAnswers():
            _answer(workspace, step)
        case IssueForms() | TakeForm() | SendBackForm() | TakeListing() | AgreeFigure():
            play_paper(workspace, step, folder)


def _filed(workspace: Workspace, item: Record) -> Record:
    """A document with its paper drawn and kept beside the file; anything else as it is."""
    if not isinstance(item, Document):
        return item
    with TemporaryDirectory() as folder:
        paper = Path(folder, item.name)
        draw_paper(item, paper)
        return replace(item, sha256=workspace.evidence.take(paper).sha256)


def _award(workspace: Workspace, reference: str) -> Award:
    found = workspace.find(Award, reference)
    if found is None:
        raise Refused(f"The story names an award that isn't there: {reference}.")
    return found


def _return(
    workspace: Workspace, step: ReturnRows | ExplainVariances | Submit | FunderAnswers
) -> FunderReturn:
    returns = workspace.select(FunderReturn, award_id=_award(workspace, step.award).id)
    return next(each for each in returns if each.quarter == step.quarter)


def _edit(workspace: Workspace, kind: type[Record], name: str | int, values: Any) -> Change:
    found = workspace.get(kind, name) if isinstance(name, int) else workspace.find(kind, name)
    if found is None:
        key = key_of(kind)
        raise Refused(
            f"The story names a {kind.__name__} that isn't there: {key.label if key else 'id'} {name}."
        )
    return Change(found, replace(found, **values))


def _fill(workspace: Workspace, step: ReturnRows) -> None:
    """The return's own fields, and its forecasts in the place of those carried forward."""
    draft = _return(workspace, step)
    held = {
        (each.intervention_id, each.quarter, each.expense, each.category_id): each
        for each in workspace.select(Forecast, return_id=draft.id)
    }
    first_id = workspace.new_id(Forecast)
    changes: list[Change] = []
    for number, each in enumerate(step.forecasts):
        carried = held.pop((each.intervention_id, each.quarter, each.expense, each.category_id), None)
        if carried is None:
            changes.append(Change(None, replace(each, id=ForecastId(first_id + number), return_id=draft.id)))
        elif carried.amount != each.amount:
            changes.append(Change(carried, replace(carried, amount=each.amount)))
    changes.extend(Change(each, None) for each in held.values())
    if step.fields:
        changes.append(Change(draft, replace(draft, **step.fields)))
    if changes:
        workspace.do(step.title, changes, reason=step.reason)


def _explain(workspace: Workspace, step: ExplainVariances) -> None:
    """A reason for each line of Spend that needs one and has none."""
    view = look_at(workspace, _return(workspace, step).id)
    book, draft = view.case.book, view.case.funder_return
    above = variance_percent(book, step.quarter)
    first_id = workspace.new_id(VarianceReason)
    reasons: list[VarianceReason] = []
    for each in spend_lines(view.case.claim):
        reference = book.get(Intervention, each.line.intervention_id).reference
        if (
            each.reason_needed(above)
            and not reason_held(book, draft, each.line)
            and reference not in step.leave_out
            and each.line.category_id not in step.without
        ):
            reasons.append(
                VarianceReason(
                    id=VarianceReasonId(first_id + len(reasons)),
                    return_id=draft.id,
                    intervention_id=InterventionId(each.line.intervention_id),
                    expense=each.line.expense,
                    category_id=CostCategoryId(each.line.category_id),
                    reason=reason_for(reference, step.quarter),
                )
            )
    if reasons:
        workspace.do(step.title, added(*reasons), reason=step.reason)


def _answer(workspace: Workspace, step: FunderAnswers) -> None:
    sent = _return(workspace, step)
    match step.state:
        case ReturnState.QUERIED:
            mark_queried(workspace, sent.id, step.query)
        case ReturnState.ACCEPTED:
            mark_accepted(workspace, sent.id)
        case ReturnState.PAID:
            mark_paid(
                workspace,
                sent.id,
                sent.claim if step.received is None else step.received,
                step.received_on or workspace.today,
            )
        case _:
            raise Refused(f"The funder doesn't make a return {step.state.value.lower()}.")
