"""Tie-out of an award's quarter: the return beside the costs, payments beside the ledger, and by name what stands between them.

Every figure is worked out in two ways that share no sum: from the costs and instalments themselves, and from what the return or the
ledger says. Where they differ the difference is shown, never spread.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fundtracker.domain.award_ledger import AwardLedger, awards_part, unmatched
from fundtracker.domain.bids import Expense
from fundtracker.domain.book import AwardBook
from fundtracker.domain.claims import Claim, claim_lines, said_before
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Cell, Cube, Line
from fundtracker.domain.figures import cell_of
from fundtracker.domain.form_costs import FormGap, form_gaps, gap_problem
from fundtracker.domain.grants import Grant, GrantSource, Instalment, InstalmentStatus
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.periods import Quarter, short_date
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.returns import FunderReturn, ReturnLine
from fundtracker.domain.tie_out_agreed import BalanceRow, balance_rows, broken_balances
from fundtracker.domain.tie_out_gaps import GapItem, in_advance, reported_not_ours, unreturned


@dataclass(frozen=True, slots=True)
class TieRow:
    """A line of the return: the costs of the quarter, partners' and the office's own, and adjustments, as they now stand.

    `changed` is what has changed of them since the return was submitted, and stands in a later return.
    """

    reference: str
    title: str
    expense: Expense
    category: str
    partners: Money
    own: Money
    adjustments: Money
    changed: Money
    returned: Money

    @property
    def worked_out(self) -> Money:
        return self.partners + self.own + self.adjustments - self.changed

    @property
    def difference(self) -> Money:
        """Nought, or the return doesn't tie."""
        return self.worked_out - self.returned


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """What was paid in the quarter, going by our records, for an intervention or a grant, and what the ledger shows of it."""

    reference: str
    title: str
    partner: bool
    paid: Money
    vat: Money
    """Recoverable VAT that the ledger line holds too."""
    ledger: Money

    @property
    def difference(self) -> Money:
        return self.paid + self.vat - self.ledger


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A payment that the ledger shows otherwise, or not at all."""

    reference: str
    what: str
    paid_on: date
    difference: Money


@dataclass(frozen=True, slots=True)
class TieOut:
    """One award and quarter. Pure: the book, and the award's part of the ledger."""

    book: AwardBook
    quarter: Quarter
    ledger: AwardLedger
    rows: tuple[TieRow, ...]
    claim: Money
    """The return's own claim; of one that isn't submitted yet, as it would be now."""
    earlier_years: Money
    funder_return: FunderReturn | None
    payments: tuple[PaymentRow, ...]
    mismatches: tuple[Mismatch, ...]
    posted: "Posted"
    reported: tuple[GapItem, ...]
    in_advance: tuple[GapItem, ...]
    unreturned: tuple[GapItem, ...]
    balances: tuple[BalanceRow, ...]
    form_gaps: tuple[FormGap, ...]
    """Lines of the quarter's accepted forms whose costs have been changed since."""

    @property
    def ties(self) -> bool:
        """Return, payments, ledger and partners' forms agree to the penny; gaps are no fault, and stand by name."""
        rows = all(not each.difference for each in self.rows)
        paid = all(not each.difference for each in self.payments)
        return (
            rows
            and paid
            and self.claim == total(each.returned for each in self.rows)
            and not self.posted.difference
            and not self.form_gaps
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that doesn't agree, in words."""
        return tuple(_problems(self))


@dataclass(frozen=True, slots=True)
class Posted:
    """From the ledger lines of the quarter's payments to the lines posted in the quarter."""

    of_payments: Money
    outside: Money
    """Of those, posted in another quarter."""
    other_quarters: Money
    """Posted in this quarter for what was paid, going by our records, in another."""
    not_paid: Money
    """Posted in this quarter for what isn't marked as paid."""
    unmatched: Money
    """Posted in this quarter to a code of the award, and matched to nothing."""
    lines: Money
    """The award's part of the lines posted in the quarter, added line by line."""

    @property
    def worked_out(self) -> Money:
        return self.of_payments - self.outside + self.other_quarters + self.not_paid + self.unmatched

    @property
    def difference(self) -> Money:
        return self.worked_out - self.lines


def tie_out(book: AwardBook, quarter: Quarter, ledger: AwardLedger) -> TieOut:
    """Everything that the tie-out of a quarter shows, as book and ledger now stand."""
    made = next((each for each in book.all(FunderReturn) if each.quarter == quarter), None)
    claim = Claim(book, quarter)
    frozen = made if made and made.state.frozen else None
    payments, mismatches = _payments(book, quarter, ledger)
    return TieOut(
        book=book,
        quarter=quarter,
        ledger=ledger,
        rows=tuple(_rows(book, claim, frozen)),
        claim=frozen.claim if frozen else claim.claim,
        earlier_years=frozen.earlier_years if frozen else claim.earlier_years.total(),
        funder_return=made,
        payments=payments,
        mismatches=mismatches,
        posted=_posted(book, quarter, ledger, total(each.ledger for each in payments)),
        reported=reported_not_ours(book, quarter),
        in_advance=in_advance(book, quarter),
        unreturned=unreturned(claim, ledger),
        balances=balance_rows(book, ledger),
        form_gaps=tuple(each for each in form_gaps(book) if each.form.quarter == quarter),
    )


# The return


def _rows(book: AwardBook, claim: Claim, frozen: FunderReturn | None) -> Iterator[TieRow]:
    """A row for each line in which anything stands, interventions and categories in the order of their names."""
    quarter = claim.quarter
    costs = [(cell, each) for each in book.all(Cost) if (cell := cell_of(each)) and cell.quarter <= quarter]
    partners = Cube.of((cell, each.eligible) for cell, each in costs if each.grant_id is not None)
    own = Cube.of((cell, each.eligible) for cell, each in costs if each.grant_id is None)
    said = Cube.of((cell, amount) for (_, cell), amount in said_before(book, quarter).items())

    def earlier(cell: Cell) -> bool:
        return cell.quarter.year == quarter.year and cell.quarter < quarter

    adjustments = (partners + own - said).only(earlier).by_line()
    changed: Mapping[Line, Money] = changed_since(book, quarter) if frozen else {}
    returned = _returned(book, claim, frozen)
    here = [cube.only(lambda cell: cell.quarter == quarter).by_line() for cube in (partners, own)]
    lines = {
        line for sums in (*here, adjustments, changed, returned) for line, amount in sums.items() if amount
    }
    for line in sorted(lines, key=lambda each: _order(book, each)):
        intervention = book.find(Intervention, line.intervention_id)
        category = book.find(CostCategory, line.category_id)
        yield TieRow(
            reference=intervention.reference if intervention else f"no. {line.intervention_id}",
            title=intervention.title if intervention else "an intervention of another award",
            expense=line.expense,
            category=category.name if category else f"no. {line.category_id}",
            partners=here[0].get(line, ZERO),
            own=here[1].get(line, ZERO),
            adjustments=adjustments.get(line, ZERO),
            changed=changed.get(line, ZERO),
            returned=returned.get(line, ZERO),
        )


def _order(book: AwardBook, line: Line) -> tuple[str, str, str]:
    intervention, category = (
        book.find(Intervention, line.intervention_id),
        book.find(CostCategory, line.category_id),
    )
    return (
        intervention.reference if intervention else "",
        line.expense.value,
        category.name if category else "",
    )


def _returned(book: AwardBook, claim: Claim, frozen: FunderReturn | None) -> Mapping[Line, Money]:
    """What the return says of its financial year, line by line: its own lines once it is submitted."""
    if frozen is None:
        return (claim.this_quarter + claim.adjustments).by_line()
    return Cube.of(
        (Cell(each.intervention_id, each.expense, each.category_id, each.quarter), each.amount)
        for each in book.under(ReturnLine, return_id=frozen.id)
        if each.quarter.year == frozen.quarter.year
    ).by_line()


def changed_since(book: AwardBook, quarter: Quarter) -> Mapping[Line, Money]:
    """What later returns say, and the next one will, of a submitted return's year up to its quarter."""
    sent = {each.id: each.quarter for each in book.all(FunderReturn) if each.state.frozen}
    following = max(sent.values(), default=quarter).next
    later = [
        (Cell(each.intervention_id, each.expense, each.category_id, each.quarter), each.amount)
        for each in book.all(ReturnLine)
        if each.return_id in sent and sent[each.return_id] > quarter
    ]
    waiting = [(each.cell, each.amount) for each in claim_lines(book, following)]
    return (
        Cube.of([*later, *waiting])
        .only(lambda cell: cell.quarter.year == quarter.year and cell.quarter <= quarter)
        .by_line()
    )


# Payments


def _payments(
    book: AwardBook, quarter: Quarter, ledger: AwardLedger
) -> tuple[tuple[PaymentRow, ...], tuple[Mismatch, ...]]:
    sums: dict[tuple[bool, str, str], list[Money]] = {}
    mismatches: list[Mismatch] = []

    def add(
        key: tuple[bool, str, str], item: Cost | Instalment, what: str, paid: Money, vat: Money, shown: Money
    ) -> None:
        held = sums.setdefault(key, [ZERO, ZERO, ZERO])
        for n, amount in enumerate((paid, vat, shown)):
            held[n] += amount
        if (difference := paid + vat - shown) and item.paid_on:
            mismatches.append(Mismatch(item.reference, what, item.paid_on, difference))

    for cost in book.all(Cost):
        if cost.grant_id is None and cost.paid_on and cost.paid_on in quarter:
            intervention = book.get(Intervention, cost.intervention_id)
            shown = total(each.amount for each in ledger.of_cost.get(cost.id, ()))
            key = (False, intervention.reference, intervention.title)
            add(key, cost, cost.supplier, cost.eligible, _vat_shown(cost, shown), shown)
    for instalment in book.all(Instalment):
        if (
            instalment.status is InstalmentStatus.PAID
            and instalment.paid_on
            and instalment.paid_on in quarter
        ):
            grant = book.get(Grant, instalment.grant_id)
            shown = total(each.amount for each in ledger.of_instalment.get(instalment.id, ()))
            key = (True, grant.reference, _grant_title(book, grant))
            add(key, instalment, grant.title, instalment.amount, ZERO, shown)
    rows = (PaymentRow(key[1], key[2], key[0], *sums[key]) for key in sorted(sums))
    return tuple(rows), tuple(
        sorted(mismatches, key=lambda each: (-abs(each.difference.pence), each.reference))
    )


def _grant_title(book: AwardBook, grant: Grant) -> str:
    """A grant that other awards help to pay is shown whole, and says so (our choice: an instalment isn't paid in shares)."""
    own = {each.id for each in book.all(Intervention)}
    shared = any(each.intervention_id not in own for each in book.under(GrantSource, grant_id=grant.id))
    return f"{grant.title} (whole; other awards help to pay it)" if shared else grant.title


def _vat_shown(cost: Cost, shown: Money) -> Money:
    """Recoverable VAT, where what the ledger shows is nearer to the sum with it: some ledgers post it apart."""
    if not cost.vat_recoverable or not shown:
        return ZERO
    with_it, without = shown - cost.eligible - cost.vat, shown - cost.eligible
    return cost.vat if abs(with_it) < abs(without) else ZERO


def _posted(book: AwardBook, quarter: Quarter, ledger: AwardLedger, of_payments: Money) -> Posted:
    paid_on = _paid_on(book)
    sums = {"outside": ZERO, "other_quarters": ZERO, "not_paid": ZERO}
    for match in ledger.matches:
        key = (match.cost_id, match.instalment_id)
        if key not in paid_on:
            continue  # another award's
        posted_here, paid = ledger.by_id[match.line_id].posted_on in quarter, paid_on[key]
        paid_here = paid is not None and paid in quarter
        if paid_here and not posted_here:
            sums["outside"] += match.amount
        elif posted_here and not paid_here:
            sums["other_quarters" if paid else "not_paid"] += match.amount
    here = [each for each in ledger.lines if each.posted_on in quarter]
    return Posted(
        of_payments=of_payments,
        **sums,
        unmatched=total(unmatched(ledger, each) for each in here if ledger.is_coded(each)),
        lines=total(awards_part(book, ledger, each) for each in here),
    )


def _paid_on(book: AwardBook) -> dict[tuple[int | None, int | None], date | None]:
    """Every own cost and instalment of the award, as a match names it, and the day it was paid."""
    found: dict[tuple[int | None, int | None], date | None] = {
        (each.id, None): each.paid_on for each in book.all(Cost) if each.grant_id is None
    }
    for each in book.all(Instalment):
        found[None, each.id] = each.paid_on if each.status is InstalmentStatus.PAID else None
    return found


def _problems(tied: TieOut) -> Iterator[Problem]:
    for row in tied.rows:
        if row.difference:
            yield Problem(
                kind=FunderReturn.__name__,
                message=f"{row.reference}, {row.expense.value.lower()}, {row.category}: the costs come to {row.worked_out.in_full}, the return says {row.returned.in_full}.",
            )
    if tied.claim != (said := total(each.returned for each in tied.rows)):
        text = f"The return claims {tied.claim.in_full}, and its lines come to {said.in_full}."
        yield Problem(kind=FunderReturn.__name__, message=text)
    yield from (gap_problem(tied.book, each) for each in tied.form_gaps)
    for each in tied.mismatches:
        side = "more than the ledger shows" if each.difference.pence > 0 else "less than the ledger shows"
        yield Problem(
            severity=Severity.WARNING,
            message=f"{each.reference} ({each.what}), paid on {short_date(each.paid_on)}: {abs(each.difference).in_full} {side}.",
        )
    if tied.posted.difference:
        yield Problem(
            message=f"The ledger lines of the quarter come to {tied.posted.lines.in_full} line by line, and to {tied.posted.worked_out.in_full} match by match.",
        )
    yield from broken_balances(tied.book, tied.ledger)
