"""Round 5 under way: costs by the month, payments, grants, registers, the cut of August 2024."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from fundtracker.application.demo.acts import Rank, Scene, add, edit
from fundtracker.application.demo.assets import assets
from fundtracker.application.demo.costs import CostEntry
from fundtracker.application.demo.days import PLANNED_ON
from fundtracker.application.demo.documents import documents
from fundtracker.application.demo.funds import NEW_CEILING, TERMS
from fundtracker.application.demo.grants import CONDITIONS, GRANTS, INSTALMENTS, grant_terms
from fundtracker.application.demo.interventions import MILESTONES
from fundtracker.application.demo.ledger import ledger
from fundtracker.application.demo.opening import by_day, grants
from fundtracker.application.demo.people import CO_ORDINATOR, FINANCE, MANAGER
from fundtracker.application.demo.reveal import CATCH_UP, Revelation, known_on, reference_of, revelations
from fundtracker.application.demo.risks import RISKS
from fundtracker.application.demo.variation import CUT_ON, DECISION, GRANT_VARIATIONS, VARIATIONS, changes
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Condition, Instalment, InstalmentStatus
from fundtracker.domain.interventions import Intervention, InterventionStatus, Milestone
from fundtracker.domain.money import Money
from fundtracker.domain.periods import long_date

GRANTED_ON = date(2023, 12, 7)
_WORDS: dict[type[Record], tuple[str, str]] = {
    Cost: ("Payments found in the ledger", FINANCE),
    Milestone: ("Milestones reached", CO_ORDINATOR),
    Condition: ("Partners' papers received and accepted", CO_ORDINATOR),
    Instalment: ("Instalments paid", FINANCE),
}


def running_year() -> Iterator[Scene]:
    yield from _costs()
    yield from grants(
        [each for each in GRANTS if "SSF5" in each.reference], GRANTED_ON, "Grants to the six partnerships"
    )
    terms, waivers = grant_terms(len(TERMS) + 2)
    yield add(GRANTED_ON, Rank.AGREEMENTS, "Rules of two grants", terms, actor=MANAGER)
    yield add(
        waivers[0].approved_on,
        Rank.AGREEMENTS,
        "An exception for Tewkesbury's third instalment",
        waivers,
        actor=MANAGER,
        reason=waivers[0].reason,
    )
    yield from _events()
    yield from _cut()
    yield from _catching_up()
    yield from _registers()


def _costs() -> Iterator[Scene]:
    def together(entry: CostEntry) -> tuple[date, str, str]:
        return entry.entered_on, entry.award, entry.batch

    for (day, award, batch), group in groupby(ledger().by_hand, key=together):
        records = tuple(known_on(each.cost, day) for each in group)
        yield add(day, Rank.COSTS, f"{award}: {batch}", records, actor=FINANCE)


def _events() -> Iterator[Scene]:
    """Single changes that have a story of their own."""
    begun = (Intervention, "SSF5-RUR-05", {"status": InterventionStatus.UNDER_WAY})
    yield edit(date(2024, 1, 8), Rank.CORRECTIONS, "SSF5-RUR-05 has begun", (begun,), actor=CO_ORDINATOR)
    wrong = ledger().correction
    new = {
        "net": wrong.net,
        "vat": Money((wrong.net.pence * 2 + 5) // 10),
        "adjustment_reason": wrong.reason,
    }
    yield edit(
        date(2024, 9, 10),
        Rank.CORRECTIONS,
        f"{wrong.cost.reference} corrected after it was claimed",
        ((Cost, wrong.cost.reference, new),),
        actor=FINANCE,
        reason=wrong.reason,
    )
    for day, title, wanted in (
        (date(2024, 6, 21), "Forest of Dean's third instalment held", InstalmentStatus.HELD),
        (date(2024, 10, 15), "Tewkesbury's last instalment approved", InstalmentStatus.APPROVED),
    ):
        held = [
            (Instalment, each.reference, {"status": wanted}) for each in INSTALMENTS if each.status is wanted
        ]
        yield edit(day, Rank.CORRECTIONS, title, held, actor=MANAGER)


def _cut() -> Iterator[Scene]:
    """The variations of 6 August 2024: one for each award of round 5, and what follows for a grant."""
    of = changes()
    yield add(
        CUT_ON, Rank.AGREEMENTS, "The new ceiling of round 5", (NEW_CEILING,), actor=MANAGER, reason=DECISION
    )
    for variation in (*VARIATIONS, *GRANT_VARIATIONS):
        yield add(
            CUT_ON,
            Rank.AGREEMENTS,
            f"{variation.reference}: the cut of August 2024",
            (variation, *of[variation.id]),
            actor=MANAGER,
            reason=DECISION,
        )


def _catching_up() -> Iterator[Scene]:
    found: dict[tuple[date, type[Record]], list[Revelation]] = {}
    for each in _all_revelations():
        found.setdefault((each.on, each.change[0]), []).append(each)
    for kind, (words, actor) in _WORDS.items():
        for day in (day for day, each in found if each is kind):
            own = found[day, kind]
            yield edit(
                day, Rank.CATCH_UP, f"{words}, to {long_date(day)}", (e.change for e in own), actor=actor
            )
    for risk in RISKS:
        if risk.closed_on and risk.closed_on > PLANNED_ON:
            closed = (type(risk), reference_of(risk), {"closed_on": risk.closed_on})
            yield edit(
                risk.closed_on, Rank.CATCH_UP, f"Risk closed: {risk.title}", (closed,), actor=CO_ORDINATOR
            )
    later = [
        (Milestone, each.id, {"forecast_on": each.forecast_on})
        for each in MILESTONES
        if each.actual_on is None and each.forecast_on != each.baseline_on
    ]
    yield edit(CATCH_UP[-1], Rank.CATCH_UP, "Milestones forecast anew", later, actor=CO_ORDINATOR)


def _all_revelations() -> Iterator[Revelation]:
    for entry in ledger().by_hand:
        yield from revelations((entry.cost,), entry.entered_on)
    yield from revelations(MILESTONES, PLANNED_ON)
    newer = {each.id for each in GRANTS if "SSF5" in each.reference}
    parts: list[Instalment | Condition] = [*INSTALMENTS, *CONDITIONS]
    yield from revelations((each for each in parts if each.grant_id in newer), GRANTED_ON)


def _registers() -> Iterator[Scene]:
    """Assets and documents on the day they came; risks raised on the way."""
    by_award = sorted(assets(), key=lambda each: (each[0], each[1], each[2].id))
    for (day, award), group in groupby(by_award, key=lambda each: (each[0], each[1])):
        yield add(
            day, Rank.REGISTERS, f"{award}: asset register, {long_date(day)}", (each for _, _, each in group)
        )
    for day, filed in by_day(documents()):
        yield add(day, Rank.REGISTERS, f"Evidence filed, {long_date(day)}", filed)
    for risk in RISKS:
        if risk.raised_on > PLANNED_ON:
            yield add(
                risk.raised_on, Rank.REGISTERS, f"Risk raised: {risk.title}", (risk,), actor=CO_ORDINATOR
            )
