"""Round 4, neighbourhood crime (July 2022 to September 2023), closed. Titles are published; budgets are illustrative."""

from datetime import date

from fundtracker.application.demo.people import (
    COMMUNICATIONS,
    EQUIPMENT,
    POLICE,
    SERVICES,
    STAFF,
    TRAINING,
    WORKS,
)
from fundtracker.application.demo.plan import AwardPlan, InterventionPlan, LinePlan, MilestonePlan
from fundtracker.application.demo.ssf4 import counted, posts, years
from fundtracker.domain.bids import Expense
from fundtracker.domain.interventions import InterventionStatus

_C, _R = Expense.CAPITAL, Expense.RESOURCE
_DONE = InterventionStatus.COMPLETE

NEIGHBOURHOOD_CRIME = AwardPlan(
    reference="SSF4-NC",
    ledger="S4N",
    interventions=(
        InterventionPlan(
            reference="SSF4-NC-01",
            title="Digital doorbell footage upload software",
            kind="Video doorbell or alarm",
            lead=POLICE,
            priorities="SYC;CSC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=SERVICES,
                    supplier="Fernhurst Software (example)",
                    goods=("Upload portal, quarterly licence", "Integration work", "Public guidance pages"),
                    invoices=2,
                    years=years("48000", "22000"),
                ),
            ),
            milestones=(
                MilestonePlan(
                    "Portal open to the public", date(2022, 12, 1), date(2023, 1, 16), date(2023, 1, 16)
                ),
            ),
            indicators=counted("Clips uploaded by residents", "clips", (0, 0, 164, 228, 251), 600),
        ),
        InterventionPlan(
            reference="SSF4-NC-02",
            title="Drones for rural and isolated areas",
            kind="Drones",
            lead=POLICE,
            priorities="SYC;CSC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_C,
                    category=EQUIPMENT,
                    supplier="Thornwick Drones (example)",
                    goods=("Drone with thermal camera", "Batteries and field case", "Ground station"),
                    invoices=2,
                    years=years("64000", "18000"),
                ),
                LinePlan(
                    expense=_R,
                    category=TRAINING,
                    supplier="Penhallow Training (example)",
                    goods=("Remote pilot course", "Night flying endorsement"),
                    invoices=2,
                    years=years("12000", "6000"),
                ),
            ),
            milestones=(
                MilestonePlan(
                    "Eight pilots licensed", date(2022, 12, 15), date(2023, 2, 3), date(2023, 2, 3)
                ),
            ),
            indicators=counted("Drone flights in rural areas", "flights", (0, 22, 61, 74, 69), 200),
        ),
        InterventionPlan(
            reference="SSF4-NC-03",
            title="32 rural ANPR cameras with technician support",
            kind="ANPR",
            lead=POLICE,
            priorities="SYC;CSC",
            status=_DONE,
            site_detail="Illustrative: camera positions are kept by the constabulary and never leave this file.",
            lines=(
                LinePlan(
                    expense=_C,
                    category=EQUIPMENT,
                    supplier="Oakhanger Cameras (example)",
                    goods=("ANPR cameras, pair", "ANPR cameras, four", "Roadside cabinets"),
                    invoices=3,
                    years=years("112000", "64000"),
                ),
                LinePlan(
                    expense=_C,
                    category=WORKS,
                    supplier="Haresfold Civil Works (example)",
                    goods=("Column foundations", "Power connection", "Traffic management"),
                    invoices=3,
                    years=years("38000", "22000"),
                ),
                LinePlan(
                    expense=_R,
                    category=STAFF,
                    supplier="Gloucestershire Constabulary payroll",
                    goods=("ANPR technician",),
                    years=posts("21705", "18000"),
                ),
            ),
            milestones=(
                MilestonePlan(
                    "First 16 cameras live", date(2023, 1, 31), date(2023, 2, 28), date(2023, 2, 28)
                ),
                MilestonePlan("All 32 cameras live", date(2023, 8, 31), date(2023, 9, 22), date(2023, 9, 22)),
            ),
            indicators=counted("ANPR cameras live", "cameras", (0, 4, 12, 8, 8), 32),
        ),
        InterventionPlan(
            reference="SSF4-NC-04",
            title="Enhanced forensic testing for burglary",
            kind="Forensic kit",
            lead=POLICE,
            priorities="SYC;SVRR",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=SERVICES,
                    supplier="Amberley Forensics (example)",
                    goods=("DNA tests, batch", "Footwear comparisons", "Fast-track tests, burglary series"),
                    invoices=3,
                    years=years("44000", "24000"),
                ),
            ),
            indicators=counted("Burglary scenes with enhanced tests", "scenes", (11, 34, 39, 36, 31), 140),
        ),
        InterventionPlan(
            reference="SSF4-NC-05",
            title="Rural crime prevention kit: wildlife cameras, machinery trackers, gateway blocks",
            kind="Target hardening (locks, doors, windows)",
            lead=POLICE,
            priorities="CSC;ELC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_C,
                    category=EQUIPMENT,
                    supplier="Westering Security Supplies (example)",
                    goods=("Wildlife cameras, box of ten", "Machinery trackers", "Concrete gateway blocks"),
                    invoices=3,
                    years=years("40000", "20000", last=46),
                ),
                LinePlan(
                    expense=_R,
                    category=COMMUNICATIONS,
                    supplier="Ashgrove Print (example)",
                    goods=("Farm gate signs", "Leaflets for farm suppliers"),
                    invoices=2,
                    years=years("12000", "6000"),
                ),
            ),
            indicators=counted("Farms given prevention kit", "farms", (9, 37, 44, 40, 28), 150),
        ),
    ),
)
