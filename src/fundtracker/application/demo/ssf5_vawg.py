"""Round 5, violence against women and girls: £442,950, cut to £363,219. Titles are published, the rest is illustrative."""

from datetime import date

from fundtracker.application.demo.people import (
    COMMUNICATIONS,
    EQUIPMENT,
    EVALUATION,
    OPCC,
    PARTNER,
    POLICE,
    SERVICES,
    STAFF,
    THEATRE,
    TRAINING,
    WORKS,
    YOUTH_TRUST,
)
from fundtracker.application.demo.plan import AwardPlan, InterventionPlan, LinePlan, MilestonePlan, Vat
from fundtracker.application.demo.ssf5 import outcome, output, reports, years
from fundtracker.domain.bids import Expense
from fundtracker.domain.delivery import Direction
from fundtracker.domain.interventions import DelayCause

_C, _R = Expense.CAPITAL, Expense.RESOURCE

_OP_VIGILANT = InterventionPlan(
    reference="SSF5-VAWG-01",
    title="Op Vigilant in Cheltenham town centre",
    kind="Plain-clothes or hotspot operation",
    lead=POLICE,
    priorities="TVAWG;CSC",
    district="Cheltenham",
    lines=(
        LinePlan(
            expense=_R,
            category=STAFF,
            supplier="Gloucestershire Constabulary payroll",
            goods=("Op Vigilant weekend patrols, plain clothes and uniform",),
            years=years("22400", (39, 59), "44800", (29, 25), cut="8000"),
        ),
        LinePlan(
            expense=_R,
            category=TRAINING,
            supplier="Penhallow Training (example)",
            goods=("Predatory behaviour course for patrol officers", "Refresher for door supervisors"),
            invoices=3,
            years=years("5050", (42, 45), "6200", (33, 26), cut="1731"),
        ),
    ),
    milestones=(
        MilestonePlan("First deployment", date(2023, 11, 3), date(2023, 11, 3), date(2023, 11, 3)),
        MilestonePlan("Door supervisors trained", date(2024, 3, 15), date(2024, 3, 22), date(2024, 3, 22)),
        MilestonePlan("Christmas deployments planned", date(2024, 11, 15), date(2024, 11, 15)),
    ),
    indicators=(
        output("Patrol deployments", "deployments", (14, 22, 19, 21), 110, place="Cheltenham"),
        output(
            "People spoken to for predatory behaviour", "people", (31, 52, 47, 44), 240, place="Cheltenham"
        ),
        outcome(
            "Women who feel safe in the town centre after dark",
            "% of those asked",
            ("41", "43.5", "46", "47.5"),
            "55",
            baseline="41",
            baseline_period="Autumn 2023 survey",
            direction=Direction.INCREASE,
            source="Town centre survey",
            place="Cheltenham",
        ),
    ),
    reports=reports(
        (
            1,
            2,
            "Patrols began on time in the first weekend of November and ran through the Christmas season.",
        ),
        (
            1,
            2,
            "Patrols every weekend; door supervisors of 18 venues trained. The survey shows the first rise.",
        ),
        (1, 2, "Race week and the start of summer were covered. Patrol hours are as planned."),
        (
            1,
            3,
            "Patrols kept up over the summer. After the cut, patrols from January are every other weekend.",
            DelayCause.NONE,
            "The award was cut in August: fewer patrols after Christmas may slow the gain in feelings of safety.",
        ),
    ),
)

_THEATRE = InterventionPlan(
    reference="SSF5-VAWG-02",
    title="Educational theatre in schools and colleges",
    kind="Education (theatre, lesson plan, video)",
    lead=THEATRE,
    priorities="TVAWG;TCC",
    lines=(
        LinePlan(
            expense=_R,
            category=SERVICES,
            supplier="Larkfield Theatre Company (example)",
            goods=(
                "Performances and workshops, secondary schools",
                "Performances, further education colleges",
                "Rehearsal and script revision",
                "Teachers' follow-up sessions",
            ),
            invoices=5,
            accrues=True,
            years=years("30000", (30, 66), "42000", (33, 21), cut="10000", second_plan=(30, 20, 25, 25)),
        ),
        LinePlan(
            expense=_R,
            category=COMMUNICATIONS,
            supplier="Ashgrove Print (example)",
            goods=("Programmes and helpline cards", "Parents' leaflet"),
            invoices=2,
            years=years("2000", (44, 52), "3000", (24, 23)),
        ),
    ),
    milestones=(
        MilestonePlan("Spring tour complete", date(2024, 3, 22), date(2024, 3, 27), date(2024, 3, 27)),
        MilestonePlan("Autumn tour booked", date(2024, 9, 13), date(2024, 9, 20), date(2024, 9, 20)),
        MilestonePlan("Autumn tour complete", date(2024, 12, 13), date(2024, 12, 18)),
    ),
    indicators=(
        output("Pupils and students who saw the play", "people", (1120, 2480, 1935, 410), 8500),
        output("Schools and colleges visited", "schools", (7, 15, 12, 3), 50),
    ),
    reports=reports(
        (
            2,
            2,
            "Seven schools visited before Christmas; three asked for dates in the new year instead.",
            DelayCause.PARTNER,
        ),
        (
            1,
            2,
            "The three schools were visited in January and the spring tour finished in the last week of term.",
        ),
        (1, 1, "Summer term dates kept. Teachers' follow-up sessions are well attended."),
        (
            1,
            1,
            "Few dates in the holidays, as planned. The autumn tour is booked, shortened to the cut award.",
        ),
    ),
)

_PUBLIC_REALM = InterventionPlan(
    reference="SSF5-VAWG-03",
    title="CCTV, lighting and public realm improvements",
    kind="CCTV, fixed",
    lead=OPCC,
    priorities="TVAWG;CSC",
    site_detail="Illustrative: camera and column positions are kept with the councils' control rooms. Not for publication.",
    lines=(
        LinePlan(
            expense=_C,
            category=EQUIPMENT,
            supplier="Oakhanger Cameras (example)",
            goods=(
                "Low-light cameras, set of four",
                "Redeployable camera with cellular link",
                "Help point",
                "Control-room recorder",
            ),
            invoices=2,
            years=years(
                "34000",
                (26, 70),
                "48500",
                (21, 31),
                cut="26000",
                first_plan=(30, 70),
                second_plan=(10, 40, 35, 15),
            ),
        ),
        LinePlan(
            expense=_C,
            category=WORKS,
            supplier="Marlbrook Electrical (example)",
            goods=(
                "Lighting columns, supply and fit",
                "Ducting and power connection",
                "Sight-line clearance",
            ),
            invoices=3,
            accrues=True,
            years=years(
                "12000",
                (22, 74),
                "24000",
                (0, 46),
                cut="20000",
                first_plan=(25, 75),
                second_plan=(0, 40, 40, 20),
            ),
        ),
        LinePlan(
            expense=_C,
            category=PARTNER,
            invoices=4,
            years=years(
                "38000",
                (32, 63),
                "46000",
                (18, 26),
                cut="6000",
                first_plan=(35, 65),
                second_plan=(20, 30, 30, 20),
            ),
        ),
    ),
    milestones=(
        MilestonePlan("Surveys of sites complete", date(2023, 12, 8), date(2023, 12, 15), date(2023, 12, 15)),
        MilestonePlan("First four sites lit", date(2024, 3, 29), date(2024, 3, 27), date(2024, 3, 27)),
        MilestonePlan("Second phase ordered", date(2024, 7, 12), date(2024, 8, 23), date(2024, 8, 23)),
        MilestonePlan("Last site handed over", date(2025, 2, 28), date(2025, 3, 14)),
    ),
    indicators=(
        output("Cameras fitted", "cameras", (2, 8, 3, 5), 22),
        output("Lighting columns fitted", "columns", (0, 14, 0, 4), 24),
    ),
    reports=reports(
        (1, 2, "Sites surveyed with both councils and residents' groups; equipment for four sites ordered."),
        (1, 2, "Four sites lit and eight cameras live by year end. Residents' feedback is good."),
        (
            2,
            2,
            "The second phase waits for the county's permit for works in the highway.",
            DelayCause.CONSENT,
            "The permit for the second phase took five weeks longer than planned.",
        ),
        (
            3,
            3,
            "Second phase cut from four sites to two and ordered on 23 August; the last site will be two weeks late.",
            DelayCause.FUNDER,
            "The cut of the award came in mid-order: the second phase was re-scoped and lost six weeks.",
        ),
    ),
)

_YOUTH_WORKER = InterventionPlan(
    reference="SSF5-VAWG-04",
    title="Young person's engagement worker",
    kind="Youth outreach and diversion",
    lead=YOUTH_TRUST,
    priorities="TVAWG;TCC;SVRR",
    lines=(
        LinePlan(
            expense=_R,
            category=STAFF,
            supplier="Coldharbour Youth Trust payroll (example)",
            goods=("Young person's engagement worker (full-time)",),
            years=years("19000", (47, 50), "38000", (31, 31), cut="8000", first_plan=(50, 50)),
        ),
        LinePlan(
            expense=_R,
            category=SERVICES,
            supplier="Coldharbour Youth Trust (example)",
            goods=("Healthy relationships group sessions", "Room hire and refreshments", "Peer mentors' expenses"),
            vat=Vat.IRRECOVERABLE,
            years=years("8000", (35, 62), "6000", (24, 28)),
        ),
        LinePlan(
            expense=_R,
            category=EVALUATION,
            supplier="Brackendale Research (example)",
            goods=("Evaluation, stage payment", "Survey of young people"),
            invoices=2,
            years=years("8000", (40, 58), "6000", (25, 24)),
        ),
    ),
    milestones=(
        MilestonePlan("Worker in post", date(2023, 10, 9), date(2023, 10, 9), date(2023, 10, 9)),
        MilestonePlan("Interim evaluation", date(2024, 9, 30), date(2024, 10, 31)),
    ),
    indicators=(
        output("Young people supported one to one", "young people", (12, 21, 24, 19), 110),
        output("Group sessions held", "sessions", (9, 18, 20, 11), 90),
    ),
    reports=reports(
        (1, 1, "The worker started on 9 October; twelve young people referred by schools and the police."),
        (1, 1, "Case load at its planned level; group sessions run in six schools."),
        (1, 1, "Twenty-four young people supported; the peer mentor group has begun."),
        (2, 1, "Summer groups were smaller than hoped; the interim evaluation follows in October.", DelayCause.OTHER, "The interim evaluation slipped by a month: too few answers came in over the holidays."),
    ),
)  # fmt: skip

VAWG = AwardPlan(
    reference="SSF5-VAWG",
    ledger="S5V",
    interventions=(_OP_VIGILANT, _THEATRE, _PUBLIC_REALM, _YOUTH_WORKER),
)
