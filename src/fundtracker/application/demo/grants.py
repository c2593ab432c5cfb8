"""Grants to the six partnerships and to Gloucester City Safe.

Public: £50,000 to the Cotswold partnership and £46,000 to City Safe for 12 months. All else is illustrative.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fundtracker.application.demo.interventions import intervention_id
from fundtracker.application.demo.people import (
    CHELTENHAM,
    CITY_SAFE,
    COTSWOLD,
    FOREST,
    GLOUCESTER,
    MANAGER,
    STROUD,
    TEWKESBURY,
    organisation_id,
    partnership_id,
)
from fundtracker.application.demo.plan import Vat
from fundtracker.domain.grants import (
    Condition,
    ConditionId,
    ConditionKind,
    Grant,
    GrantId,
    GrantSource,
    GrantSourceId,
    GrantStatus,
    Instalment,
    InstalmentId,
    InstalmentStatus,
)
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.terms import Term, TermId, TermKind, Waiver, WaiverId

_Instalment = tuple[str, date, InstalmentStatus, date | None]
_Condition = tuple[ConditionKind, str, date, date | None, date | None, int | None]
_PAID, _DUE, _HELD, _READY = (
    InstalmentStatus.PAID,
    InstalmentStatus.SCHEDULED,
    InstalmentStatus.HELD,
    InstalmentStatus.APPROVED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantPlan:
    """A grant with its parts. A condition's last number says which instalment (from 0) it holds back."""

    reference: str
    title: str
    recipient: str
    partnership: str
    purpose: str
    agreed_on: date
    starts_on: date
    ends_on: date
    sources: tuple[tuple[str, str, str], ...]  # intervention, financial year, amount
    instalments: tuple[_Instalment, ...]
    conditions: tuple[_Condition, ...]
    supplier: str
    goods: tuple[str, ...]
    vat: Vat = Vat.RECOVERABLE
    closed: bool = False
    cut: tuple[str, str, str] | None = None  # source whose amount the August variation lowers: its new amount

    def buys(self, intervention: str) -> tuple[str, tuple[str, ...]]:
        """From whom, and what, the partner buys for an intervention."""
        return _LINKED if intervention == _LINK else (self.supplier, self.goods)

    def amount(self, intervention: str, year: FinancialYear) -> Money:
        """What the grant gives to an intervention's year, after the cut; nought where it gives nothing."""
        found = [m for ref, y, m in self.sources if ref == intervention and FinancialYear.read(y) == year]
        if self.cut and self.cut[0] == intervention and FinancialYear.read(self.cut[1]) == year:
            found = [self.cut[2]]
        return Money.pounds(found[0]) if found else Money(0)


def _usual(
    statement: tuple[date | None, date | None],
    half_year: tuple[date | None, date | None],
    *,
    waived: bool = False,
) -> tuple[_Condition, ...]:
    """The conditions of every round 5 grant; the report holds the last instalment, the partner CFO's statement the third (but where waived)."""
    return (
        (
            ConditionKind.BEFORE_PAYMENT,
            "Signed agreement, bank details confirmed by telephone and due diligence complete.",
            date(2023, 12, 8),
            date(2023, 12, 5),
            date(2023, 12, 8),
            0,
        ),
        (
            ConditionKind.RETENTION,
            "Undertaking to keep invoices and records for six years after the funding period.",
            date(2023, 12, 8),
            date(2023, 12, 5),
            date(2023, 12, 8),
            None,
        ),
        (
            ConditionKind.CFO_STATEMENT,
            "Statement of 2023/24 spending, signed by the partner's chief finance officer.",
            date(2024, 6, 14),
            *statement,
            None if waived else 2,
        ),
        (
            ConditionKind.REPORT,
            "Half-year report of 2024/25: what was done, for whom, and what changed.",
            date(2024, 10, 14),
            *half_year,
            3,
        ),
    )


def _two_years(
    *amounts: str, third: tuple[InstalmentStatus, date | None], last: InstalmentStatus
) -> tuple[_Instalment, ...]:
    one, two, three, four = amounts
    return (
        (one, date(2023, 12, 15), _PAID, date(2023, 12, 15)),
        (two, date(2024, 3, 15), _PAID, date(2024, 3, 14)),
        (three, date(2024, 6, 21), *third),
        (four, date(2024, 11, 29), last, None),
    )


_THIRD_PAID = (_PAID, date(2024, 6, 21))
_ON_TIME = (date(2024, 6, 7), date(2024, 6, 12))
_AGREED, _STARTS, _ENDS = date(2023, 12, 7), date(2023, 10, 1), date(2025, 3, 31)
_LINKED = (
    "Fernhurst Software (example)",
    ("Community camera link", "Connection and set-up, village hall", "Signs at linked cameras"),
)
_SOLACE, _LINK, _REALM = "SSF5-ASB-02", "SSF5-RUR-05", "SSF5-VAWG-03"
_RURAL_PURPOSE = "Casework with the Solace team on anti-social behaviour, and linking village cameras to the footage store."

GRANT_PLANS = (
    GrantPlan(
        reference="GR-SSF4-COT",
        title="Cotswold target hardening",
        recipient=COTSWOLD,
        partnership="COT",
        purpose="Public places in Cotswold towns made safer, after public consultation.",
        agreed_on=date(2023, 7, 18),
        starts_on=date(2023, 8, 1),
        ends_on=date(2023, 9, 30),
        sources=(("SSF4-VAWG-06", "2023/24", "50000"),),
        instalments=(("50000", date(2023, 9, 4), _PAID, date(2023, 9, 4)),),
        conditions=(
            (
                ConditionKind.BEFORE_PAYMENT,
                "Public consultation held and its result sent to the office.",
                date(2023, 8, 31),
                date(2023, 8, 24),
                date(2023, 8, 29),
                0,
            ),
        ),
        supplier="Westering Security Supplies (example)",
        goods=("Lighting of paths", "Doors and locks, public buildings", "Signs and mirrors", "Redeployable camera"),
        closed=True,
    ),
    GrantPlan(
        reference="GR-SSF4-CS",
        title="Street medics and night safe officers",
        recipient=CITY_SAFE,
        partnership="GLO",
        purpose="Medics and night safe officers in Gloucester's night-time economy for 12 months.",
        agreed_on=date(2022, 9, 26),
        starts_on=date(2022, 10, 1),
        ends_on=date(2023, 9, 30),
        sources=(("SSF4-VAWG-08", "2022/23", "23000"), ("SSF4-VAWG-08", "2023/24", "23000")),
        instalments=(
            ("23000", date(2022, 10, 14), _PAID, date(2022, 10, 14)),
            ("23000", date(2023, 4, 28), _PAID, date(2023, 4, 28)),
        ),
        conditions=(
            (
                ConditionKind.REPORT,
                "Half-year report of shifts worked and people helped.",
                date(2023, 4, 14),
                date(2023, 4, 11),
                date(2023, 4, 19),
                1,
            ),
        ),
        supplier="Harbour Medics (example)",
        goods=("Street medic shifts", "Night safe officer shifts", "First aid supplies"),
        vat=Vat.IRRECOVERABLE,
        closed=True,
    ),
    GrantPlan(
        reference="GR-SSF5-CHE",
        title="Cheltenham safer streets: lighting and cameras",
        recipient=CHELTENHAM,
        partnership="CHE",
        purpose="Lighting and cameras on walking routes used at night.",
        agreed_on=_AGREED,
        starts_on=_STARTS,
        ends_on=_ENDS,
        sources=((_REALM, "2023/24", "18000"), (_REALM, "2024/25", "22000")),
        instalments=_two_years("9000", "9000", "11000", "11000", third=_THIRD_PAID, last=_DUE),
        conditions=_usual(_ON_TIME, (date(2024, 10, 8), date(2024, 10, 15))),
        supplier="Marlbrook Electrical (example)",
        goods=("Lighting columns", "Camera and mounting", "Way-finding signs"),
    ),
    GrantPlan(
        reference="GR-SSF5-GLO",
        title="Gloucester safer streets: cameras and clear sight lines",
        recipient=GLOUCESTER,
        partnership="GLO",
        purpose="Cameras and open sight lines around the bus station and the Cross.",
        agreed_on=_AGREED,
        starts_on=_STARTS,
        ends_on=_ENDS,
        sources=((_REALM, "2023/24", "20000"), (_REALM, "2024/25", "24000")),
        instalments=_two_years("10000", "10000", "12000", "6000", third=_THIRD_PAID, last=_DUE),
        conditions=_usual(_ON_TIME, (date(2024, 10, 9), date(2024, 10, 15))),
        supplier="Oakhanger Cameras (example)",
        goods=("Low-light camera", "Column and cabinet", "Removal of old planters"),
        cut=(_REALM, "2024/25", "18000"),
    ),
    GrantPlan(
        reference="GR-SSF5-COT",
        title="Cotswold: Solace casework and village cameras",
        recipient=COTSWOLD,
        partnership="COT",
        purpose=_RURAL_PURPOSE,
        agreed_on=_AGREED,
        starts_on=_STARTS,
        ends_on=_ENDS,
        sources=((_SOLACE, "2023/24", "6500"), (_SOLACE, "2024/25", "5500"), (_LINK, "2023/24", "3000")),
        instalments=_two_years("3250", "6250", "2750", "2750", third=_THIRD_PAID, last=_DUE),
        conditions=_usual(_ON_TIME, (date(2024, 10, 10), date(2024, 10, 16))),
        supplier="Tallow Lane Mediation (example)",
        goods=("Casework hours", "Mediation between neighbours"),
    ),
    GrantPlan(
        reference="GR-SSF5-FOD",
        title="Forest of Dean: Solace casework and village cameras",
        recipient=FOREST,
        partnership="FOD",
        purpose=_RURAL_PURPOSE,
        agreed_on=_AGREED,
        starts_on=_STARTS,
        ends_on=_ENDS,
        sources=((_SOLACE, "2023/24", "6500"), (_SOLACE, "2024/25", "5500"), (_LINK, "2024/25", "4000")),
        instalments=_two_years("3250", "3250", "4750", "4750", third=(_HELD, None), last=_DUE),
        conditions=_usual((None, None), (None, None)),
        supplier="Tallow Lane Mediation (example)",
        goods=("Casework hours", "Youth mediation sessions"),
    ),
    GrantPlan(
        reference="GR-SSF5-STR",
        title="Stroud district: Solace casework and village cameras",
        recipient=STROUD,
        partnership="STR",
        purpose=_RURAL_PURPOSE,
        agreed_on=_AGREED,
        starts_on=_STARTS,
        ends_on=_ENDS,
        sources=((_SOLACE, "2023/24", "5500"), (_SOLACE, "2024/25", "4500"), (_LINK, "2023/24", "3000")),
        instalments=_two_years("2750", "5750", "2250", "2250", third=_THIRD_PAID, last=_DUE),
        conditions=_usual(_ON_TIME, (date(2024, 10, 14), None)),
        supplier="Fernhurst Software (example)",
        goods=("Casework system seats", "Noise-monitoring kit hire"),
    ),
    GrantPlan(
        reference="GR-SSF5-TEW",
        title="Tewkesbury: Solace casework and village cameras",
        recipient=TEWKESBURY,
        partnership="TEW",
        purpose=_RURAL_PURPOSE,
        agreed_on=_AGREED,
        starts_on=_STARTS,
        ends_on=_ENDS,
        sources=((_SOLACE, "2023/24", "5500"), (_SOLACE, "2024/25", "4500"), (_LINK, "2024/25", "4000")),
        instalments=_two_years("2750", "2750", "4250", "4250", third=_THIRD_PAID, last=_READY),
        conditions=_usual(
            (date(2024, 6, 24), date(2024, 9, 16)), (date(2024, 10, 4), date(2024, 10, 11)), waived=True
        ),
        supplier="Tallow Lane Mediation (example)",
        goods=("Casework hours", "Noise survey"),
    ),
)  # fmt: skip


def _numbers() -> Iterator[int]:
    return iter(range(1, 10_000))


_REASON = "Published under the Specified Information Order: to secure crime and disorder reduction in the district, under the conditions listed. Wording illustrative."
GRANTS = tuple(
    Grant(
        id=GrantId(n),
        reference=each.reference,
        title=each.title,
        recipient_id=organisation_id(each.recipient),
        partnership_id=partnership_id(each.partnership),
        purpose=each.purpose,
        status=GrantStatus.CLOSED if each.closed else GrantStatus.AGREED,
        agreed_on=each.agreed_on,
        starts_on=each.starts_on,
        ends_on=each.ends_on,
        publication=_REASON,
    )
    for n, each in enumerate(GRANT_PLANS, 1)
)
GRANT_IDS = {each.reference: each.id for each in GRANTS}


def _sources() -> Iterator[GrantSource]:
    numbers = _numbers()
    for plan in GRANT_PLANS:
        for intervention, year, amount in plan.sources:
            yield GrantSource(
                id=GrantSourceId(next(numbers)),
                grant_id=GRANT_IDS[plan.reference],
                intervention_id=intervention_id(intervention),
                year=FinancialYear.read(year),
                amount=Money.pounds(amount),
            )


def _instalments() -> Iterator[Instalment]:
    numbers = _numbers()
    for plan in GRANT_PLANS:
        for amount, due_on, status, paid_on in plan.instalments:
            n = next(numbers)
            yield Instalment(
                id=InstalmentId(n),
                grant_id=GRANT_IDS[plan.reference],
                reference=f"I-{n:05d}",
                amount=Money.pounds(amount),
                due_on=due_on,
                status=status,
                paid_on=paid_on,
            )


def _conditions() -> Iterator[Condition]:
    numbers = _numbers()
    for plan in GRANT_PLANS:
        own = [each for each in INSTALMENTS if each.grant_id == GRANT_IDS[plan.reference]]
        for kind, what, due_on, received_on, accepted_on, holds in plan.conditions:
            n = next(numbers)
            yield Condition(
                id=ConditionId(n),
                reference=f"CN-{n:05d}",
                grant_id=GRANT_IDS[plan.reference],
                instalment_id=None if holds is None else own[holds].id,
                kind=kind,
                what=what,
                due_on=due_on,
                received_on=received_on,
                accepted_on=accepted_on,
            )


GRANT_SOURCES = tuple(_sources())
INSTALMENTS = tuple(_instalments())
CONDITIONS = tuple(_conditions())


def grant_terms(first: int) -> tuple[tuple[Term, ...], tuple[Waiver, ...]]:
    """A rule of two grants, numbered from `first`, and the exception made for one of them."""
    terms = tuple(
        Term(
            id=TermId(first + n),
            reference=f"{reference}-T1",
            grant_id=GRANT_IDS[reference],
            kind=TermKind.INSTALMENT_CONDITION,
            number=Decimal(1),
            clause="Illustrative clause 5.2: the third instalment is paid once the partner's chief finance officer's statement of 2023/24 has been accepted.",
            effective_from=_AGREED,
        )
        for n, reference in enumerate(("GR-SSF5-FOD", "GR-SSF5-TEW"))
    )
    waiver = Waiver(
        id=WaiverId(1),
        term_id=terms[-1].id,
        reason="The statement waits for the council's audit; the spending report behind it was accepted. Paid so that casework does not stop.",
        approved_by=MANAGER,
        approved_on=date(2024, 6, 18),
        expires_on=date(2024, 9, 30),
        decision_reference="D18-2024 (illustrative)",
    )
    return terms, (waiver,)
