"""The finance ledger in the story: its layout and codes learnt, two listings taken in, a figure agreed with finance."""

from collections.abc import Iterator
from datetime import date

from fundtracker.application.demo.acts import NO_TIME, Rank, Scene, add
from fundtracker.application.demo.bids import award
from fundtracker.application.demo.interventions import ROUND_5, intervention_id
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.listing import HEADINGS, code_of_partners
from fundtracker.application.demo.people import FINANCE, PARTNER, category_id
from fundtracker.application.demo.returns import Q1
from fundtracker.application.demo.steps import AgreeFigure, TakeListing
from fundtracker.domain.costs import Cost
from fundtracker.domain.ledger import AgreedFigure, LedgerCode, LedgerCodeId, LedgerLayout, LedgerLayoutId
from fundtracker.domain.organisations import CostCategoryId

LISTINGS = ((date(2024, 7, 15), date(2024, 6, 30)), (date(2024, 10, 15), date(2024, 10, 11)))
"""The day each was taken in, and to which day it lists."""
AGREED_ON = date(2024, 7, 19)
_SURE = 90
"""Per cent from which the finance officer agrees without looking."""
LAYOUT = LedgerLayout(
    id=LedgerLayoutId(1),
    name="Finance system, transactions of a cost centre",
    sheet="Transactions",
    **dict(
        zip(
            (
                "transaction_heading",
                "date_heading",
                "supplier_heading",
                "invoice_heading",
                "description_heading",
                "code_heading",
                "amount_heading",
            ),
            HEADINGS,
            strict=True,
        )
    ),
)


def finance() -> Iterator[Scene]:
    (first, _), *_ = LISTINGS
    records = (LAYOUT, *_codes())
    yield add(first, Rank.SET_UP, "How the finance system lists, and its codes", records, actor=FINANCE)
    for day, until in LISTINGS:
        title = f"Finance system's listing to {until:%d/%m/%Y} taken in"
        taken = TakeListing(at=NO_TIME, actor=FINANCE, title=title, until=until, least=_SURE)
        yield Scene(day, Rank.LEDGER, taken)
    agreed = AgreeFigure(
        at=NO_TIME,
        actor=FINANCE,
        title=f"SSF5-VAWG: ledger to {Q1} agreed",
        award="SSF5-VAWG",
        quarter=Q1,
        figure=AgreedFigure.LEDGER,
        agreed_by=FINANCE,
        note="Agreed with the finance system's report of 30 June 2024 before the return was sent.",
    )
    yield Scene(AGREED_ON, Rank.LEDGER, agreed)


def _codes() -> Iterator[LedgerCode]:
    """Every code that round 5's costs stand on, and those that partners are paid from."""
    found: dict[str, Cost] = {}
    for entry in ledger().by_hand:
        if entry.award.startswith("SSF5") and entry.cost.ledger_code:
            found.setdefault(entry.cost.ledger_code, entry.cost)
    owner = {
        intervention_id(each.reference): (plan.reference, each)
        for plan in ROUND_5
        for each in plan.interventions
    }
    rows = [
        (code, *owner[cost.intervention_id], cost.expense, cost.category_id) for code, cost in found.items()
    ]
    for plan in ROUND_5:
        for each, line, _ in plan.lines():
            code = code_of_partners(each.reference)
            if line.category == PARTNER and code not in {row[0] for row in rows}:
                rows.append((code, plan.reference, each, line.expense, category_id(PARTNER)))
    for n, (code, reference, each, expense, category) in enumerate(sorted(rows, key=lambda row: row[0]), 1):
        yield LedgerCode(
            id=LedgerCodeId(n),
            code=code,
            title=each.title,
            award_id=award(reference).id,
            intervention_id=intervention_id(each.reference),
            expense=expense,
            category_id=CostCategoryId(category),
        )
