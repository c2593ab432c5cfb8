"""Round 4, violence against women and girls (July 2022 to September 2023), closed.

Titles and the two grants (£50,000 and £46,000) are published; budgets are illustrative.
"""

from datetime import date

from fundtracker.application.demo.people import (
    CITY_SAFE,
    COMMUNICATIONS,
    EQUIPMENT,
    GLOUCESTER,
    OPCC,
    PARTNER,
    POLICE,
    RESTORATIVE,
    SERVICES,
    THEATRE,
    TRAINING,
    WORKS,
)
from fundtracker.application.demo.plan import AwardPlan, InterventionPlan, LinePlan, MilestonePlan, in_year
from fundtracker.application.demo.ssf4 import counted, years
from fundtracker.domain.bids import Expense
from fundtracker.domain.interventions import InterventionStatus

_C, _R = Expense.CAPITAL, Expense.RESOURCE
_DONE = InterventionStatus.COMPLETE

VAWG = AwardPlan(
    reference="SSF4-VAWG",
    ledger="S4V",
    interventions=(
        InterventionPlan(
            reference="SSF4-VAWG-01",
            title="Stalking campaign film",
            kind="Communications campaign",
            lead=OPCC,
            priorities="TVAWG;SVRR",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=COMMUNICATIONS,
                    supplier="Quillmoor Media (example)",
                    goods=(
                        "Film production stage payment",
                        "Cinema and online showing",
                        "Campaign evaluation",
                    ),
                    invoices=2,
                    years=years("38000", "7340"),
                ),
            ),
            milestones=(
                MilestonePlan("Film released", date(2022, 12, 5), date(2023, 1, 23), date(2023, 1, 23)),
            ),
            indicators=counted("Film views", "views", (0, 0, 41200, 18750, 6400), 60000),
        ),
        InterventionPlan(
            reference="SSF4-VAWG-02",
            title="Educational theatre in schools and colleges",
            kind="Education (theatre, lesson plan, video)",
            lead=THEATRE,
            priorities="TVAWG;TCC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=SERVICES,
                    supplier="Larkfield Theatre Company (example)",
                    goods=("Performances, secondary schools", "Workshops, colleges", "Script and rehearsal"),
                    invoices=3,
                    years=years("44000", "26000"),
                ),
            ),
            indicators=counted(
                "Pupils and students who saw the play", "people", (0, 1840, 2210, 1630, 0), 5500
            ),
        ),
        InterventionPlan(
            reference="SSF4-VAWG-03",
            title="CCTV, lighting and public realm improvements",
            kind="CCTV, fixed",
            lead=GLOUCESTER,
            priorities="TVAWG;CSC",
            status=_DONE,
            site_detail="Illustrative: camera positions are kept with the councils' control rooms.",
            lines=(
                LinePlan(
                    expense=_C,
                    category=EQUIPMENT,
                    supplier="Oakhanger Cameras (example)",
                    goods=("Low-light cameras", "Redeployable camera", "Control-room recorder"),
                    invoices=3,
                    years=years("124000", "36000"),
                ),
                LinePlan(
                    expense=_C,
                    category=WORKS,
                    supplier="Marlbrook Electrical (example)",
                    goods=(
                        "Lighting columns, supply and fit",
                        "Power connection",
                        "Hedge and sight-line works",
                    ),
                    invoices=3,
                    years=years("78000", "24000"),
                ),
            ),
            milestones=(
                MilestonePlan("Last site finished", date(2023, 6, 30), date(2023, 8, 18), date(2023, 8, 18)),
            ),
            indicators=counted("Sites improved", "sites", (0, 3, 4, 3, 2), 12),
        ),
        InterventionPlan(
            reference="SSF4-VAWG-04",
            title="Sexual harmful behaviour training for Restorative Gloucestershire",
            kind="Professional training",
            lead=RESTORATIVE,
            priorities="TVAWG;SVRR",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=TRAINING,
                    supplier="Penhallow Training (example)",
                    goods=("Specialist facilitator course", "Supervision days"),
                    invoices=2,
                    years=years("26000", "12000"),
                ),
            ),
            indicators=counted("Facilitators trained", "people", (0, 8, 11, 7, 4), 30),
        ),
        InterventionPlan(
            reference="SSF4-VAWG-05",
            title="Personal safety apps and alarms",
            kind="Personal safety app or alarm",
            lead=OPCC,
            priorities="TVAWG;CSC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=EQUIPMENT,
                    supplier="Westering Security Supplies (example)",
                    goods=("Personal alarms, box of 500", "Drink covers and strips"),
                    invoices=2,
                    years=years("32000", "12000"),
                ),
                LinePlan(
                    expense=_R,
                    category=SERVICES,
                    supplier="Fernhurst Software (example)",
                    goods=("Safety app licences", "App promotion and support"),
                    invoices=2,
                    years=years("14000", "18000"),
                ),
            ),
            indicators=counted("Alarms given out", "alarms", (400, 1350, 1600, 1150, 500), 5000),
        ),
        InterventionPlan(
            reference="SSF4-VAWG-06",
            title="Target hardening fund for Community Safety Partnerships",
            kind="Target hardening (locks, doors, windows)",
            lead=OPCC,
            priorities="TVAWG;ELC",
            status=_DONE,
            note="The £50,000 grant to the Cotswold partnership is published; the rest is illustrative.",
            lines=(
                LinePlan(
                    expense=_R,
                    category=EQUIPMENT,
                    supplier="Westering Security Supplies (example)",
                    goods=("Door and window locks", "Video doorbells for victims", "Safe-home packs"),
                    invoices=3,
                    years=years("36000", "24000"),
                ),
                LinePlan(
                    expense=_R,
                    category=PARTNER,
                    invoices=7,
                    years=(in_year("2023/24", "50000", (0, 100, 0, 0), (0, 100, 0, 0)),),
                ),
            ),
            indicators=counted("Homes and places made harder to attack", "places", (14, 46, 52, 44, 61), 200),
        ),
        InterventionPlan(
            reference="SSF4-VAWG-07",
            title="Spiking test machines for the night-time economy",
            kind="Spiking test kit",
            lead=POLICE,
            priorities="TVAWG;SYC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_C,
                    category=EQUIPMENT,
                    supplier="Amberley Forensics (example)",
                    goods=("Spiking test machine", "Machine set-up and calibration"),
                    invoices=1,
                    years=years("30000", "0"),
                ),
                LinePlan(
                    expense=_R,
                    category=EQUIPMENT,
                    supplier="Amberley Forensics (example)",
                    goods=("Test cartridges", "Sample kits for venues"),
                    invoices=2,
                    years=years("10000", "4000", last=35),
                ),
            ),
            indicators=counted("Spiking tests run", "tests", (0, 12, 26, 19, 15), 80),
        ),
        InterventionPlan(
            reference="SSF4-VAWG-08",
            title="Street medics and night safe officers in Gloucester",
            kind="Night-time economy marshals, medics and safe officers",
            lead=CITY_SAFE,
            priorities="TVAWG;CSC",
            district="Gloucester",
            status=_DONE,
            note="The £46,000 grant for 12 months is published; how it divides between years is illustrative.",
            lines=(
                LinePlan(
                    expense=_R,
                    category=PARTNER,
                    invoices=3,
                    years=(
                        in_year("2022/23", "23000", (0, 0, 50, 50), (0, 0, 50, 50)),
                        in_year("2023/24", "23000", (50, 50, 0, 0), (50, 49, 0, 0)),
                    ),
                ),
            ),
            indicators=counted(
                "People helped by medics and officers", "people", (0, 214, 188, 231, 246), 900
            ),
        ),
    ),
)
