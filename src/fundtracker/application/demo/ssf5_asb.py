"""Round 5, anti-social behaviour: its part of £1,000,000 is an illustrative split. Titles are published, the rest is illustrative."""

from datetime import date

from fundtracker.application.demo.people import (
    COMMUNICATIONS,
    EQUIPMENT,
    OPCC,
    PARTNER,
    POLICE,
    SERVICES,
    STAFF,
    TRAINING,
)
from fundtracker.application.demo.plan import AwardPlan, InterventionPlan, LinePlan, MilestonePlan
from fundtracker.application.demo.ssf5 import outcome, output, reports, years
from fundtracker.domain.bids import Expense
from fundtracker.domain.delivery import Direction
from fundtracker.domain.interventions import DelayCause

_C, _R = Expense.CAPITAL, Expense.RESOURCE

_ADMINISTRATOR = InterventionPlan(
    reference="SSF5-ASB-01",
    title="ASB case review administrator (fixed term)",
    kind="Case-work or multi-agency team",
    lead=OPCC,
    priorities="SVRR;ELC",
    lines=(
        LinePlan(
            expense=_R,
            category=STAFF,
            supplier="Gloucestershire OPCC payroll",
            goods=("ASB case review administrator (full-time, fixed term)",),
            years=years("17550", (39, 48), "36000", (28, 28), cut="6000", first_plan=(50, 50)),
        ),
        LinePlan(
            expense=_R,
            category=COMMUNICATIONS,
            supplier="Ashgrove Print (example)",
            goods=("Case review leaflets", "Posters for housing offices", "Web page and easy-read guide"),
            invoices=3,
            years=years("4000", (38, 60), "6000", (31, 26), cut="3469"),
        ),
        LinePlan(
            expense=_R,
            category=TRAINING,
            supplier="Penhallow Training (example)",
            goods=("Case review chairs' course", "Course for housing officers"),
            invoices=3,
            accrues=True,
            years=years("4000", (36, 60), "5000", (34, 24), cut="2000", second_plan=(25, 30, 25, 20)),
        ),
    ),
    milestones=(
        MilestonePlan("Administrator in post", date(2023, 10, 2), date(2023, 10, 16), date(2023, 10, 16)),
        MilestonePlan("One procedure agreed by all six districts", date(2024, 2, 29), date(2024, 3, 14), date(2024, 3, 14)),
        MilestonePlan("Annual figures published", date(2024, 11, 29), date(2024, 11, 29)),
    ),
    indicators=(
        output("Case review requests handled", "requests", (11, 19, 23, 20), 110),
        output("Case reviews decided within the agreed time", "reviews", (6, 15, 20, 18), 90),
        outcome(
            "Requests decided within the agreed time",
            "%",
            ("54.5", "78.9", "87", "90"),
            "95",
            baseline="48",
            baseline_period="April to September 2023",
            direction=Direction.INCREASE,
            source="Case review log",
        ),
    ),
    reports=reports(
        (
            2,
            2,
            "The administrator started two weeks late; the backlog of requests is being worked through.",
            DelayCause.RECRUITMENT,
        ),
        (1, 1, "All six districts now use one procedure. No request waits for more than the agreed time."),
        (1, 1, "Twenty-three requests handled; leaflets are in all housing offices."),
        (1, 1, "Nine in ten requests decided in time. Chairs of reviews in all districts are trained."),
    ),
)  # fmt: skip

_SOLACE = InterventionPlan(
    reference="SSF5-ASB-02",
    title="Solace in the rural districts",
    kind="Case-work or multi-agency team",
    lead=POLICE,
    priorities="CSC;SVRR",
    lines=(
        LinePlan(
            expense=_R,
            category=STAFF,
            supplier="Gloucestershire Constabulary payroll",
            goods=("Solace case officer, rural districts",),
            years=years("14000", (48, 49), "27000", (32, 32), cut="6000", first_plan=(50, 50)),
        ),
        LinePlan(
            expense=_R,
            category=SERVICES,
            supplier="Tallow Lane Mediation (example)",
            goods=("Mediation between neighbours", "Noise survey", "Translation and interpreters"),
            accrues=True,
            years=years("4000", (33, 62), "8000", (40, 22), cut="4000", second_plan=(25, 35, 25, 15)),
        ),
        LinePlan(
            expense=_C,
            category=EQUIPMENT,
            supplier="Fernhurst Software (example)",
            goods=("Noise-monitoring kit", "Case system module"),
            invoices=1,
            years=years("9500", (45, 52), "6000", (0, 62), cut="2000", second_plan=(0, 60, 40, 0)),
        ),
        LinePlan(
            expense=_R,
            category=PARTNER,
            invoices=3,
            years=years("24000", (38, 59), "32000", (24, 27), cut="12000", second_plan=(20, 25, 30, 25)),
        ),
    ),
    milestones=(
        MilestonePlan("Grants agreed with the four rural districts", date(2023, 11, 30), date(2023, 12, 7), date(2023, 12, 7)),
        MilestonePlan("Second wave of grants", date(2024, 9, 2), None),
    ),
    indicators=(
        output("New Solace cases, rural districts", "cases", (9, 17, 15, 14), 75, place="Rural districts", source="Solace team; published earlier figure 26 (period not stated), these illustrative"),
        output("Cases closed with the behaviour stopped", "cases", (5, 12, 14, 11), 60, place="Rural districts"),
        outcome(
            "ASB calls to the police, rural districts",
            "calls",
            ("742", "718", "781", "769"),
            "680",
            baseline="790",
            baseline_period="Quarterly mean, 2022/23",
            source="Police calls for service",
            place="Rural districts",
        ),
    ),
    reports=reports(
        (1, 2, "Grants signed with four districts in early December; the case officer works across all of them."),
        (1, 2, "Seventeen new cases in the quarter. Noise kits are shared between the districts."),
        (1, 2, "Mediation is used more than planned, and closes cases sooner."),
        (
            2,
            3,
            "Case work goes on as planned. The second wave of grants, planned for September, is not made: the award was cut.",
            DelayCause.FUNDER,
            "The cut of August 2024 took the second wave of grants; cover in the Forest is thinner than promised.",
        ),
    ),
)  # fmt: skip

ASB = AwardPlan(reference="SSF5-ASB", ledger="S5A", interventions=(_ADMINISTRATOR, _SOLACE))
