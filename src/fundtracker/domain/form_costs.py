"""What accepted forms said of an award's lines, beside the costs that stand for them now.

An accepted form stays as the partner sent it; its costs may be changed by hand afterwards. Whatever differs is told, for as long as it does.
"""

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass

from fundtracker.domain.book import AwardBook, Indexed
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Line
from fundtracker.domain.form_chains import standing_for
from fundtracker.domain.form_rows import FormLine
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.spend import line_words


@dataclass(frozen=True, slots=True)
class FormGap:
    """A line of a standing form whose costs don't come to what the form says."""

    form: PartnerForm
    line: Line
    said: Money
    stands: Money
    """The eligible sum of its costs in the form's quarter, less what reversals take back of them."""

    @property
    def difference(self) -> Money:
        return self.stands - self.said


def form_gaps(book: AwardBook) -> tuple[FormGap, ...]:
    """Every line of the award's own interventions in which a standing form and its costs differ, form by form."""
    standing = standing_for(book.all(PartnerForm))
    if not standing:
        return ()
    said: dict[tuple[PartnerFormId, Line], Money] = defaultdict(lambda: ZERO)
    for each in book.all(FormLine):
        form = standing.get(each.form_id)
        if form is not None and form.id == each.form_id:
            said[form.id, Line(each.intervention_id, each.expense, each.category_id)] += each.spent
    stands = costs_of_forms(book, standing)
    forms = {each.id: each for each in standing.values()}
    gaps = (
        FormGap(forms[place[0]], place[1], said.get(place, ZERO), stands.get(place, ZERO))
        for place in {*said, *stands}
    )
    return tuple(sorted((each for each in gaps if each.difference), key=lambda each: _order(book, each)))


def costs_of_forms(
    book: Indexed, standing: dict[PartnerFormId, PartnerForm]
) -> dict[tuple[PartnerFormId, Line], Money]:
    """By standing form and line what its costs come to: a cost stands for the form it came in, and a reversal for the form of what it takes back, whoever made it."""
    sums: dict[tuple[PartnerFormId, Line], Money] = defaultdict(lambda: ZERO)
    for cost in book.all(Cost):
        came = book.find(Cost, cost.reversal_of) or cost
        form = standing.get(came.form_id) if came.form_id is not None else None
        if form is not None and cost.quarter == form.quarter:
            line = Line(cost.intervention_id, cost.expense, cost.category_id)
            sums[form.id, line] += cost.eligible
    return sums


def _order(book: AwardBook, gap: FormGap) -> tuple[str, str, str, int]:
    intervention = book.find(Intervention, gap.line.intervention_id)
    reference = intervention.reference if intervention else ""
    return gap.form.reference, reference, gap.line.expense.value, gap.line.category_id


def gap_problem(book: AwardBook, gap: FormGap) -> Problem:
    """In words: the form, its line, both sums and what to do."""
    return Problem(
        severity=Severity.WARNING,
        kind=PartnerForm.__name__,
        record_id=gap.form.id,
        message=f"{gap.form.reference}, {line_words(book, gap.line)}: the accepted form says {gap.said.in_full}, and the costs that stand for it come to {gap.stands.in_full}."
        " Take back what was changed by hand, or ask the partner for a second form.",
    )


def costs_beside(book: AwardBook) -> Iterator[tuple[PartnerForm, Cost]]:
    """The award's own accepted costs of partners that came in no form, beside the form that stands for their quarter, and don't say why."""
    standing = {(each.grant_id, each.quarter): each for each in standing_for(book.all(PartnerForm)).values()}
    for cost in book.all(Cost):
        if cost.grant_id is None or cost.form_id is not None or cost.reversal_of is not None:
            continue
        form = standing.get((cost.grant_id, cost.quarter)) if cost.quarter else None
        taken = book.under(Cost, reversal_of=cost.id)
        if form and not cost.duplicate_reason.strip() and total(each.eligible for each in (cost, *taken)):
            yield form, cost


def beside_problem(form: PartnerForm, cost: Cost) -> Problem:
    return Problem(
        severity=Severity.WARNING,
        kind=Cost.__name__,
        record_id=cost.id,
        column="duplicate_reason",
        message=f"{cost.reference}, {cost.eligible.in_full}, counts beside {form.reference}, which is accepted for {form.quarter} and doesn't say it."
        " Remove or reverse it, or write on the cost why it stands beside the form.",
    )


def form_problems(book: AwardBook, quarters: Container[Quarter] | None = None) -> Iterator[Problem]:
    """In words, where an accepted form and what counts of its grant's quarter differ: of some quarters, or of all."""
    for gap in form_gaps(book):
        if quarters is None or gap.form.quarter in quarters:
            yield gap_problem(book, gap)
    for form, cost in costs_beside(book):
        if quarters is None or form.quarter in quarters:
            yield beside_problem(form, cost)
