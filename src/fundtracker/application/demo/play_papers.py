"""Play what comes and goes as files: partner forms and the finance system's listings."""

from pathlib import Path
from tempfile import TemporaryDirectory

from fundtracker.application.actions.ledger.matching import accept_many
from fundtracker.application.actions.ledger.suggesting import suggestions
from fundtracker.application.actions.ledger.taking import propose_listing, take_listing
from fundtracker.application.actions.partner_forms import (
    FormLooked,
    accept_form,
    issue_forms,
    look_at_form,
    send_back,
)
from fundtracker.application.actions.tie_out import agree_balance
from fundtracker.application.demo.form_filling import filled_in
from fundtracker.application.demo.listing import write_listing
from fundtracker.application.demo.people import PARTNER, category_id
from fundtracker.application.demo.steps import (
    AgreeFigure,
    IssueForms,
    SendBackForm,
    TakeForm,
    TakeListing,
)
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.ledger import LedgerLayout
from fundtracker.domain.partner_forms.case import FormCase, form_case, form_reference
from fundtracker.domain.problems import Refused
from fundtracker.returns.partner_form import save_form
from fundtracker.storage.grant_books import load_grant_book

PaperStep = IssueForms | TakeForm | SendBackForm | TakeListing | AgreeFigure
FORMS, LEDGER, MARKED = "forms", "ledger", "marked up"


def play_paper(workspace: Workspace, step: PaperStep, folder: Path) -> None:
    """One step; what the office sends out or is sent lies in the folder afterwards."""
    match step:
        case IssueForms():
            issue_forms(workspace, step.quarter, folder / FORMS)
        case TakeForm():
            with TemporaryDirectory() as inbox:
                accept_form(workspace, _come_back(workspace, step, Path(inbox)))
        case SendBackForm():
            _send_back(workspace, step, folder / FORMS)
        case TakeListing():
            _take_listing(workspace, step, folder / LEDGER)
        case AgreeFigure():
            award = workspace.find(Award, step.award)
            if award is None:
                raise Refused(f"The story names an award that isn't there: {step.award}.")
            agree_balance(workspace, award.id, step.figure, step.quarter, step.agreed_by, step.note)


def _case(workspace: Workspace, step: TakeForm | SendBackForm) -> FormCase:
    """The step's form, with what is held of it."""
    form = workspace.find(PartnerForm, form_reference(step.grant, step.quarter))
    if form is None:
        raise Refused(f"The story names a form that wasn't issued: {step.grant}, {step.quarter}.")
    with workspace.database.reader() as conn:
        return form_case(load_grant_book(conn, form.grant_id, today=workspace.today), step.quarter, form)


def _come_back(workspace: Workspace, step: TakeForm | SendBackForm, inbox: Path) -> FormLooked:
    """The form as its partner filled it in, read from the workbook that came."""
    case = _case(workspace, step)
    path = inbox / case.file_name
    save_form(case, path, filled_in(case, step.says, category_id(PARTNER)))
    return look_at_form(workspace, path)


def _send_back(workspace: Workspace, step: SendBackForm, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as inbox:
        looked = _come_back(workspace, step, Path(inbox))
        marked = folder / f"{looked.path.stem} {MARKED}{looked.path.suffix}"
        send_back(workspace, looked, marked)


def _take_listing(workspace: Workspace, step: TakeListing, folder: Path) -> None:
    """The listing taken in, and the surest matches agreed to as one entry."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"Transactions to {step.until:%Y-%m-%d}.xlsx"
    write_listing(path, step.until)
    (layout,) = workspace.select(LedgerLayout)
    take_listing(workspace, propose_listing(workspace, path, layout))
    accept_many(workspace, suggestions(workspace), least=step.least)
