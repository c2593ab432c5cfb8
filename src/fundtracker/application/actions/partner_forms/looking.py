"""Looking at a form that came back: what it says, what is wrong with it, what accepting it would change. Nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from fundtracker.application.workspace import Workspace
from fundtracker.application.writing import LookIn
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, Indicator, Reading
from fundtracker.domain.form_chains import standing_for
from fundtracker.domain.form_rows import FormReading
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.grants import Grant
from fundtracker.domain.guards_costs import last_day
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import total
from fundtracker.domain.partner_forms.case import FormCase, form_case, form_reference
from fundtracker.domain.partner_forms.checks import form_problems
from fundtracker.domain.partner_forms.differences import Difference, between, differences
from fundtracker.domain.partner_forms.examined import Examined, FormHeld, Twin
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.partner_forms.layout import AboutField
from fundtracker.domain.partner_forms.said import FormProblem, FormSaid
from fundtracker.domain.periods import Quarter, long_date
from fundtracker.domain.problems import Problem, Refused, Severity, StorageTrouble
from fundtracker.domain.returns import FunderReturn
from fundtracker.imports.form_reading import period_of, read_form
from fundtracker.storage.evidence import EvidenceStore
from fundtracker.storage.form_twins import costs_with_invoices
from fundtracker.storage.grant_books import load_grant_book


@dataclass(frozen=True)
class FormLooked:
    """A form looked at. `fresh`: its record isn't in the file yet, for it is a second form made of a copy of an accepted one.

    `differences` are against what is held (for a second form: what the first one said); `corrected` against the form as it
    was sent back, None where it wasn't or that file is gone.
    """

    path: Path
    form: PartnerForm
    fresh: bool
    replaces: PartnerForm | None
    case: FormCase
    book: GrantBook
    examined: Examined
    problems: tuple[FormProblem, ...]
    differences: tuple[Difference, ...]
    corrected: tuple[Difference, ...] | None

    @property
    def said(self) -> FormSaid:
        return self.examined.said

    @property
    def another(self) -> bool:
        """Whether it is a form of something else than it was handed in for: it can be neither accepted nor sent back."""
        return any(each.check in _ANOTHER for each in self.problems)

    @property
    def errors(self) -> tuple[FormProblem, ...]:
        """What has to be mended before it can be accepted."""
        return tuple(each for each in self.problems if each.severity is Severity.ERROR)


def look_at_form(
    workspace: Workspace,
    path: Path,
    wanted: PartnerForm | None = None,
    files: Iterable[str] | None = None,
) -> FormLooked:
    """Read and check the form at `path`. Refused where it is none, or is of no grant and quarter that this file issued a form for.

    `wanted` is the form it was handed in for, where somebody said; `files` the names of the evidence files that came with it.
    """
    said = read_form(path)
    named = frozenset(files) if files is not None else None
    return look_again(workspace, path, said, wanted, named)


def look_again(
    workspace: Workspace, path: Path, said: FormSaid, wanted: PartnerForm | None, files: frozenset[str] | None
) -> FormLooked:
    """Check what was read against what the file holds now."""
    with workspace.database.reader() as conn:
        grant_id, quarter = (wanted.grant_id, wanted.quarter) if wanted else _meant(workspace, said)
        book = load_grant_book(conn, grant_id, today=workspace.today)
        forms = book.under(PartnerForm, quarter=quarter)
        _refuse_same(book, forms, said)
        form, fresh = _form_for(workspace, book, quarter)
        case = form_case(book, quarter, form)
        held = _held(workspace, book, case, form, forms, said, files)
    examined = Examined(case, said, held)
    problems = form_problems(examined)
    right = not any(each.check in _ANOTHER for each in problems)
    return FormLooked(
        path=path,
        form=form,
        fresh=fresh,
        replaces=book.find(PartnerForm, form.replaces_id),
        case=case,
        book=book,
        examined=examined,
        problems=problems,
        differences=differences(examined) if right else (),
        corrected=_since_sent_back(workspace, book, examined) if right else None,
    )


_ANOTHER = frozenset({"template", "grant", "period", "issued"})


def _meant(workspace: Workspace, said: FormSaid) -> tuple[int, Quarter]:
    """The grant and quarter the form says it is for."""
    grant = workspace.find(Grant, said.about[AboutField.GRANT])
    if grant is None:
        raise Refused(
            f"“{said.name}” is a form of the grant {said.about[AboutField.GRANT]}, and this file has no grant of that name: "
            "open the programme's file that it was issued from."
        )
    return grant.id, period_of(said)


def _refuse_same(book: GrantBook, forms: Iterable[PartnerForm], said: FormSaid) -> None:
    """The very file that was accepted says nothing new."""
    accepted = {each.id: each for each in forms if each.accepted_on is not None}
    for document in book.all(Document):
        form = accepted.get(document.form_id) if document.form_id else None
        if form and document.sha256 == said.sha256 and form.accepted_on:
            raise Refused(
                f"“{said.name}” is the very file that was accepted as {form.reference} on {long_date(form.accepted_on)}: there is nothing new in it."
            )


def _form_for(workspace: Workspace, book: GrantBook, quarter: Quarter) -> tuple[PartnerForm, bool]:
    """The quarter's open form; where the accepted one is the last, a second form in its place, not yet in the file."""
    forms = book.under(PartnerForm, quarter=quarter)
    found = next((each for each in forms if each.accepted_on is None), None)
    if found is not None:
        return found, False
    standing = book.standing_forms().get(quarter)
    if standing is None:
        raise Refused(
            f"No form of {book.grant.reference} for {quarter} was issued from this file: issue it first, and ask the partner to fill in that one."
        )
    return second_form(workspace, book, standing), True


def second_form(workspace: Workspace, book: GrantBook, standing: PartnerForm) -> PartnerForm:
    """A form that takes the place of an accepted one, as it begins."""
    count = len(book.under(PartnerForm, quarter=standing.quarter)) + 1
    return PartnerForm(
        id=PartnerFormId(workspace.new_id(PartnerForm)),
        grant_id=standing.grant_id,
        quarter=standing.quarter,
        reference=f"{form_reference(book.grant.reference, standing.quarter)} ({count})",
        issued_on=workspace.today,
        due_on=max(standing.due_on, workspace.today),
        template=standing.template,
        replaces_id=standing.id,
    )


def _held(
    workspace: Workspace,
    book: GrantBook,
    case: FormCase,
    form: PartnerForm,
    forms: tuple[PartnerForm, ...],
    said: FormSaid,
    files: frozenset[str] | None,
) -> FormHeld:
    named = next((each for each in forms if each.reference == said.about[AboutField.FORM]), None)
    with workspace.database.reader() as conn:
        look = LookIn(conn, workspace.today)
        ends = {each.id: last_day(each, look) for each in book.all(Award)}
        awards = {each.id: each for each in book.all(Award)}
        own = {each.id for each in forms}
        twins = tuple(
            Twin(
                reference=cost.reference,
                where=_where(look, cost),
                supplier=cost.supplier,
                invoice_number=cost.invoice_number,
                net=cost.net,
                vat=cost.vat,
            )
            for cost in _standing(costs_with_invoices(conn, _numbers(said)), look)
            if cost.form_id not in own
        )
        counted = _counted(book, case, look)
    return FormHeld(
        today=workspace.today,
        form=form,
        seals=named.seals if named else (),
        references=frozenset(each.reference for each in forms),
        awards={each.id: (awards[each.award_id], ends[each.award_id]) for each in book.all(Intervention)},
        twins=twins,
        counted=counted,
        beside=tuple(
            each
            for each in book.all(Cost)
            if each.form_id is None and each.quarter == case.quarter and each.eligible
        ),
        later=tuple(
            each
            for each in book.all(Cost)
            if each.quarter and each.quarter.year == case.quarter.year and each.quarter > case.quarter
        ),
        last=book.standing_forms().get(case.quarter.previous),
        files=files,
    )


def _counted(book: GrantBook, case: FormCase, look: LookIn) -> dict[int, Decimal]:
    """What the quarter's readings hold beyond the accepted forms of all grants; where its return isn't submitted, for else nothing is added to it."""
    standing = {each.id for each in standing_for(look.select(PartnerForm, quarter=case.quarter)).values()}
    found: dict[int, Decimal] = {}
    for key in case.rows["outputs"]:
        indicator = book.get(Indicator, case.ids[key])
        award_id = book.get(Intervention, indicator.intervention_id).award_id
        sent = book.under(FunderReturn, award_id=award_id)
        if any(each.quarter == case.quarter and each.state.frozen for each in sent):
            continue
        said = look.select(FormReading, indicator_id=indicator.id)
        readings = book.under(Reading, indicator_id=indicator.id)
        held = sum((each.value for each in readings if each.quarter == case.quarter), Decimal(0))
        found[indicator.id] = held - sum(
            (each.value for each in said if each.form_id in standing), Decimal(0)
        )
    return found


def _numbers(said: FormSaid) -> tuple[str, ...]:
    found = (row.value("invoice_number") for row in said.rows.get("costs", {}).values())
    return tuple(dict.fromkeys(each for each in found if isinstance(each, str)))


def _standing(costs: Iterable[Cost], look: LookIn) -> list[Cost]:
    """Neither reversals nor what they take back whole."""
    return [each for each in costs if each.reversal_of is None and _left(each, look)]


def _left(cost: Cost, look: LookIn) -> bool:
    """Whether reversals leave anything of it."""
    taken = look.select(Cost, reversal_of=cost.id)
    return not taken or bool(cost.eligible + total(each.eligible for each in taken))


def _where(look: LookIn, cost: Cost) -> str:
    """The grant that a cost is claimed from, else the award."""
    grant = look.get(Grant, cost.grant_id)
    intervention = look.get(Intervention, cost.intervention_id)
    award = look.get(Award, intervention.award_id) if intervention else None
    return grant.reference if grant else award.reference if award else ""


def _since_sent_back(
    workspace: Workspace, book: GrantBook, examined: Examined
) -> tuple[Difference, ...] | None:
    """What was corrected since the form was last sent back; the file that came then lies in the evidence store."""
    form = examined.held.form
    sent = [each for each in book.under(Document, form_id=form.id) if each.sha256 != examined.said.sha256]
    if not form.problems or not sent:
        return None
    store = EvidenceStore(workspace.path)
    try:
        before = read_form(store.open(sent[-1].sha256).path)
    except (Refused, StorageTrouble):
        return None
    earlier = replace(examined, said=before)
    return between(examined.case, earlier.read, examined)


def as_problems(problems: Iterable[FormProblem]) -> tuple[Problem, ...]:
    """As commands and refusals say them."""
    return tuple(Problem(message=str(each), severity=each.severity, kind="PartnerForm") for each in problems)
