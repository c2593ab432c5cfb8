"""Issuing forms: written to a folder, recorded with their seal, and the words to send them with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from fundtracker.application.actions.partner_forms.looking import second_form
from fundtracker.application.actions.partner_forms.numbering import Numbering
from fundtracker.application.actions.partner_forms.states import FormStanding, form_states
from fundtracker.application.actions.partner_forms.wording import covering_text
from fundtracker.application.actions.written import write_to
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import Change
from fundtracker.domain.forms import FormState, PartnerForm
from fundtracker.domain.grants import GrantStatus
from fundtracker.domain.partner_forms.case import FormCase, form_case, form_due_on, form_reference
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.partner_forms.layout import TEMPLATE_VERSION
from fundtracker.domain.periods import Quarter, long_date
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.returns.partner_form import save_form
from fundtracker.storage.grant_books import load_grant_book

TO_ISSUE = frozenset({FormState.NOT_ISSUED, FormState.ISSUED, FormState.LATE})
"""States in which the forms of a quarter are written, all at once: what has come is left alone."""


LEAST_NOTICE = timedelta(days=7)
"""A partner has at least so long, however late the office issues its form (our choice)."""


@dataclass(frozen=True)
class Issued:
    """A form that was written, and the e-mail to send it with."""

    form: PartnerForm
    path: Path
    text: str


@dataclass(frozen=True)
class _Drawn:
    case: FormCase
    before: PartnerForm | None
    form: PartnerForm


def issue_form(
    workspace: Workspace, grant_id: int, quarter: Quarter, folder: Path, *, again: bool = False
) -> tuple[PartnerForm, Path]:
    """Write the form of a grant's quarter to `folder` and record it; one that is issued already is written anew.

    `again` asks for a second form where the quarter's is accepted. Refused where the grant has no such quarter.
    """
    numbers = Numbering(workspace)
    drawn = _drawn(workspace, numbers, grant_id, quarter, again=again)
    (issued,) = _issue(workspace, [drawn], folder, f"Issue the form {drawn.form.reference}")
    return issued.form, issued.path


def issue_forms(
    workspace: Workspace, quarter: Quarter, folder: Path, grant_ids: Iterable[int] | None = None
) -> tuple[Issued, ...]:
    """Write the forms of a quarter, of all agreed grants or of those named, in one step that one undo takes back."""
    standings = form_states(workspace, quarter)
    wanted = set(grant_ids) if grant_ids is not None else {each.grant.id for each in standings}
    numbers = Numbering(workspace)
    drawn = [
        _drawn(workspace, numbers, each.grant.id, quarter, again=False)
        for each in standings
        if each.grant.id in wanted and each.state in TO_ISSUE and _runs(each)
    ]
    if not drawn:
        raise Refused(
            f"No grant waits for a form of {quarter}: each has sent its form in, or has no money that year."
        )
    return _issue(
        workspace, drawn, folder, f"Issue {len(drawn)} form{'s' if len(drawn) > 1 else ''} of {quarter}"
    )


def _runs(standing: FormStanding) -> bool:
    return standing.grant.status is GrantStatus.AGREED


def _drawn(
    workspace: Workspace, numbers: Numbering, grant_id: int, quarter: Quarter, *, again: bool
) -> _Drawn:
    """The form as it will be recorded, with what it is drawn from."""
    with workspace.database.reader() as conn:
        book = load_grant_book(conn, grant_id, today=workspace.today)
        _refuse_unagreed(book)
        before = next(
            (each for each in book.under(PartnerForm, quarter=quarter) if each.accepted_on is None), None
        )
        form = before or _new_form(workspace, numbers, book, quarter, again=again)
        case = form_case(book, quarter, form)
    seal = case.seal
    if seal not in form.seals[:1]:  # the copies sent out before may come back still
        seals = " ".join((seal, *(each for each in form.seals if each != seal)))
        form = replace(form, issued_on=workspace.today, seal=seals, template=TEMPLATE_VERSION)
        case = replace(case, made_on=form.issued_on)
    return _Drawn(case, before, form)


def _refuse_unagreed(book: GrantBook) -> None:
    grant = book.grant
    if grant.status in {GrantStatus.OFFERED, GrantStatus.WITHDRAWN}:
        raise Refused(
            f"{grant.reference} is {grant.status.value.lower()}, not agreed: a form is issued once its agreement is signed."
        )


def _new_form(
    workspace: Workspace, numbers: Numbering, book: GrantBook, quarter: Quarter, *, again: bool
) -> PartnerForm:
    standing = book.standing_forms().get(quarter)
    if standing is None:
        form_case(book, quarter)  # refuses a quarter that isn't the grant's
        return numbers.new(
            PartnerForm,
            grant_id=book.grant.id,
            quarter=quarter,
            reference=form_reference(book.grant.reference, quarter),
            issued_on=workspace.today,
            due_on=max(form_due_on(book, quarter), workspace.today + LEAST_NOTICE),
            template=TEMPLATE_VERSION,
        )
    if not again:
        raise Refused(
            f"{standing.reference} was accepted on {long_date(standing.accepted_on or workspace.today)}: ask for a second form only where something in it was wrong."
        )
    return second_form(workspace, book, standing)


def _issue(workspace: Workspace, drawn: list[_Drawn], folder: Path, title: str) -> tuple[Issued, ...]:
    """The files first: a form is recorded as issued once it is there to be sent. Nothing else in the folder is written over."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageTrouble(
            f"The folder {folder} can't be made ({error.strerror or error}): choose another one. Nothing was changed."
        ) from error
    paths = [folder / each.case.file_name for each in drawn]
    _refuse_others(drawn, paths)
    issued: list[Issued] = []
    for each, path in zip(drawn, paths, strict=True):
        write_to(path, lambda target, case=each.case: save_form(case, target))
        issued.append(Issued(each.form, path, covering_text(workspace, each.form, each.case)))
    changes = [Change(each.before, each.form) for each in drawn if each.form != each.before]
    if changes:
        workspace.do(title, changes)
    return tuple(replace(each, form=workspace.get(PartnerForm, each.form.id)) for each in issued)


def _refuse_others(drawn: list[_Drawn], paths: list[Path]) -> None:
    """A form that came back is often saved under its own name: what lies there is left alone, unless it is the very form."""
    others: list[str] = []
    with TemporaryDirectory(prefix="fundtracker-") as hidden:
        anew = Path(hidden) / "form.xlsx"
        for each, path in zip(drawn, paths, strict=True):
            if path.exists():
                save_form(each.case, anew)
                if not _same(anew, path):
                    others.append(f"“{path.name}”")
    if others:
        raise Refused(
            f"{', '.join(others)} {'is' if len(others) == 1 else 'are'} in the folder already, and not as it would be written now: "
            "a partner may have filled it in. Move it, or choose another folder. Nothing was written."
        )


def _same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:  # what can't be looked at isn't ours to write over
        return False
