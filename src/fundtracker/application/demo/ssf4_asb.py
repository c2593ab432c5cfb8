"""Round 4, anti-social behaviour (July 2022 to September 2023), closed. Titles are published; budgets are illustrative.

Solace case figures by district are published; their period is not.
"""

from datetime import date
from decimal import Decimal

from fundtracker.application.demo.people import (
    COMMUNICATIONS,
    EQUIPMENT,
    OPCC,
    POLICE,
    RESTORATIVE,
    SERVICES,
    STAFF,
    TRAINING,
    YOUTH_TRUST,
)
from fundtracker.application.demo.plan import (
    AwardPlan,
    IndicatorPlan,
    InterventionPlan,
    LinePlan,
    MilestonePlan,
    quarter,
)
from fundtracker.application.demo.ssf4 import counted, posts, years
from fundtracker.domain.bids import Expense
from fundtracker.domain.interventions import InterventionStatus

_C, _R = Expense.CAPITAL, Expense.RESOURCE
_DONE = InterventionStatus.COMPLETE
_PUBLISHED = "Published figure; the source doesn't state its period."


def _solace(district: str, new: int) -> IndicatorPlan:
    return IndicatorPlan(
        title=f"New Solace cases, {district}",
        unit="cases",
        readings=((quarter("2022/23 Q4"), Decimal(new)),),
        target=None,
        source="Solace team, published by the office",
        place=district,
        caveat=_PUBLISHED,
    )


_CASES_OPENED = IndicatorPlan(
    title="Solace cases opened, whole county, by end of April 2023",
    unit="cases",
    readings=((quarter("2023/24 Q1"), Decimal(144)),),
    target=Decimal(135),
    baseline=Decimal(81),
    baseline_period="2020 (2021: 170; 2022: 135)",
    source="Solace team, published by the office",
    place="Gloucestershire",
    caveat="Published as “2023 to April: 144”; 2020: 81, 2021: 170, 2022: 135.",
)

ASB = AwardPlan(
    reference="SSF4-ASB",
    ledger="S4A",
    interventions=(
        InterventionPlan(
            reference="SSF4-ASB-01",
            title="Six PCSOs, one for each district, for low-level ASB",
            kind="Community wardens and guardianship",
            lead=POLICE,
            priorities="CSC;SYC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=STAFF,
                    supplier="Gloucestershire Constabulary payroll",
                    goods=("Six PCSOs, one for each district",),
                    years=posts("190000", "100000"),
                ),
            ),
            milestones=(
                MilestonePlan("All six in post", date(2022, 9, 1), date(2022, 10, 3), date(2022, 10, 3)),
            ),
            indicators=counted(
                "PCSO patrol hours on low-level ASB", "hours", (980, 2610, 2745, 2720, 2580), 11000
            ),
        ),
        InterventionPlan(
            reference="SSF4-ASB-02",
            title="Restorative conversations film and lesson plan for primary schools",
            kind="Education (theatre, lesson plan, video)",
            lead=RESTORATIVE,
            priorities="TCC;CSC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=SERVICES,
                    supplier="Quillmoor Media (example)",
                    goods=("Film production stage payment", "Lesson plan, writing", "School launch events"),
                    invoices=2,
                    years=years("42000", "8000"),
                ),
            ),
            milestones=(
                MilestonePlan("Film released", date(2023, 1, 31), date(2023, 2, 20), date(2023, 2, 20)),
            ),
            indicators=counted("Primary schools reached", "schools", (0, 12, 41, 38, 9), 100),
        ),
        InterventionPlan(
            reference="SSF4-ASB-03",
            title="Outreach and diversionary activities for young people",
            kind="Youth outreach and diversion",
            lead=YOUTH_TRUST,
            priorities="TCC;CSC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=SERVICES,
                    supplier="Coldharbour Youth Trust (example)",
                    goods=(
                        "Detached youth work, evening sessions",
                        "Holiday activities",
                        "Sports sessions and hall hire",
                        "Mobile youth bus",
                    ),
                    invoices=4,
                    years=years("78000", "48000"),
                ),
            ),
            milestones=(
                MilestonePlan(
                    "First evening session", date(2022, 8, 15), date(2022, 8, 15), date(2022, 8, 15)
                ),
            ),
            indicators=counted(
                "Young people met in detached sessions", "contacts", (210, 388, 402, 431, 366), 1600
            ),
        ),
        InterventionPlan(
            reference="SSF4-ASB-04",
            title="Street drinking prevention in Gloucester and Cheltenham",
            kind="Community wardens and guardianship",
            lead=OPCC,
            priorities="CSC;ELC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=SERVICES,
                    supplier="Lantern Outreach (example)",
                    goods=("Street outreach shifts", "Treatment referrals, key worker", "Signs and bins"),
                    invoices=3,
                    years=years("46124", "24000"),
                ),
            ),
            indicators=counted("Street drinkers referred to treatment", "referrals", (6, 17, 21, 19, 14), 70),
        ),
        InterventionPlan(
            reference="SSF4-ASB-05",
            title="Solace roll-out to rural districts",
            kind="Case-work or multi-agency team",
            lead=POLICE,
            priorities="CSC;SVRR",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=STAFF,
                    supplier="Gloucestershire Constabulary payroll",
                    goods=("Solace case officers, rural districts",),
                    years=posts("62000", "38000"),
                ),
                LinePlan(
                    expense=_C,
                    category=EQUIPMENT,
                    supplier="Fernhurst Software (example)",
                    goods=("Case system licence and set-up", "Noise-monitoring kit"),
                    invoices=1,
                    years=years("20000", "6000"),
                ),
            ),
            milestones=(
                MilestonePlan("Rural team at work", date(2022, 10, 1), date(2022, 11, 7), date(2022, 11, 7)),
            ),
            indicators=(
                _CASES_OPENED,
                _solace("Gloucester", 66),
                _solace("Cheltenham", 46),
                _solace("Rural districts", 26),
            ),
        ),
        InterventionPlan(
            reference="SSF4-ASB-06",
            title="ASB case review (community trigger) promotion",
            kind="Communications campaign",
            lead=OPCC,
            priorities="ELC;SVRR",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=COMMUNICATIONS,
                    supplier="Ashgrove Print (example)",
                    goods=("Campaign design", "Leaflets and posters", "Radio and social media"),
                    invoices=3,
                    years=years("24000", "10000"),
                ),
            ),
            indicators=counted("Visits to the case review page", "visits", (140, 620, 910, 780, 655), 2500),
        ),
        InterventionPlan(
            reference="SSF4-ASB-07",
            title="Holistic ASB training for local partner agencies",
            kind="Professional training",
            lead=OPCC,
            priorities="CSC;SVRR",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=TRAINING,
                    supplier="Penhallow Training (example)",
                    goods=("Two-day ASB course", "Course materials", "Follow-up clinic for partners"),
                    invoices=3,
                    years=years("37000", "16000", last=41),
                ),
            ),
            indicators=counted("Partner staff trained", "people", (0, 58, 74, 61, 42), 220),
        ),
    ),
)
