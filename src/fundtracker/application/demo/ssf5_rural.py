"""Round 5, rural, heritage and wildlife crime: an illustrative split of £1,000,000. Titles are published, the rest is illustrative."""

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
    WORKS,
)
from fundtracker.application.demo.plan import AwardPlan, InterventionPlan, LinePlan, MilestonePlan
from fundtracker.application.demo.ssf5 import outcome, output, reports, years
from fundtracker.domain.bids import Expense
from fundtracker.domain.interventions import DelayCause

_C, _R = Expense.CAPITAL, Expense.RESOURCE

_DRONES = InterventionPlan(
    reference="SSF5-RUR-01",
    title="Enhanced drone capability for rural surveillance",
    kind="Drones",
    lead=POLICE,
    priorities="SYC;CSC",
    lines=(
        LinePlan(
            expense=_C,
            category=EQUIPMENT,
            supplier="Thornwick Drones (example)",
            goods=("Drone with thermal and zoom cameras", "Spare batteries and chargers", "Live-stream ground station"),
            invoices=1,
            years=years("36000", (38, 60), "24000", (28, 27), cut="12000", second_plan=(14, 36, 30, 20)),
        ),
        LinePlan(
            expense=_R,
            category=TRAINING,
            supplier="Penhallow Training (example)",
            goods=("Remote pilot course", "Night flying endorsement"),
            invoices=2,
            years=years("6000", (35, 60), "6000", (36, 23), cut="2000"),
        ),
    ),
    milestones=(
        MilestonePlan("Two drones in service", date(2024, 1, 31), date(2024, 2, 9), date(2024, 2, 9)),
        MilestonePlan("Third drone in service", date(2024, 10, 31), date(2024, 11, 15)),
    ),
    indicators=(output("Drone flights on rural crime", "flights", (18, 46, 52, 57), 260),),
    reports=reports(
        (1, 1, "First drone delivered in December and flown from the start; pilots are in training."),
        (1, 1, "Both drones in service from 9 February; forty-six flights, nine of them with the live stream."),
        (1, 1, "Flights as planned; used in two hare-coursing operations."),
        (2, 1, "A third drone is ordered in a smaller size than planned, to fit the cut award.", DelayCause.FUNDER, "The third drone was ordered again in a smaller size after the cut, and comes two weeks late."),
    ),
)  # fmt: skip

_ANPR = InterventionPlan(
    reference="SSF5-RUR-02",
    title="ANPR on rural arterial routes",
    kind="ANPR",
    lead=POLICE,
    priorities="SYC;CSC",
    site_detail="Illustrative: camera positions are kept by the constabulary. Not for publication.",
    lines=(
        LinePlan(
            expense=_C,
            category=EQUIPMENT,
            supplier="Oakhanger Cameras (example)",
            goods=("ANPR cameras, pair", "Roadside cabinet with modem", "ANPR cameras, set of four"),
            invoices=2,
            years=years(
                "40000",
                (28, 69),
                "44000",
                (18, 32),
                cut="22000",
                first_plan=(35, 65),
                second_plan=(10, 40, 35, 15),
            ),
        ),
        LinePlan(
            expense=_C,
            category=WORKS,
            supplier="Haresfold Civil Works (example)",
            goods=("Column foundations and traffic management", "Power and cabinet connection"),
            invoices=3,
            accrues=True,
            years=years(
                "12000",
                (20, 66),
                "14000",
                (16, 38),
                cut="8000",
                first_plan=(25, 75),
                second_plan=(8, 42, 35, 15),
            ),
        ),
        LinePlan(
            expense=_R,
            category=SERVICES,
            supplier="Oakhanger Cameras (example)",
            goods=("Technician support, quarterly charge", "Data link charges"),
            invoices=2,
            years=years("6000", (42, 55), "10000", (30, 24), cut="2000"),
        ),
    ),
    milestones=(
        MilestonePlan("First six cameras live", date(2024, 3, 1), date(2024, 3, 20), date(2024, 3, 20)),
        MilestonePlan("Second phase live", date(2024, 12, 20), date(2025, 1, 31)),
    ),
    indicators=(
        output("ANPR cameras live", "cameras", (0, 6, 2, 4), 18),
        outcome(
            "Theft of and from vehicles, rural beats",
            "crimes",
            ("236", "221", "228", "214"),
            "190",
            baseline="241",
            baseline_period="Quarterly mean, 2022/23",
            source="Police recorded crime",
            place="Rural beats",
        ),
    ),
    reports=reports(
        (2, 2, "Column sites agreed; ground works wait for the highway permit.", DelayCause.CONSENT),
        (1, 2, "Six cameras live on 20 March. Works came late in the quarter but within the year."),
        (1, 2, "Two more cameras live. The first arrests from a stopped vehicle were made in May."),
        (
            3,
            3,
            "Four cameras of the second phase live; its last four now come in January.",
            DelayCause.SUPPLY,
            "The supplier's cabinets come eight weeks late, and the cut took four of the cameras planned.",
        ),
    ),
)

_NIGHT_VISION = InterventionPlan(
    reference="SSF5-RUR-03",
    title="Night vision, trackers and redeployable CCTV for rural crime",
    kind="CCTV, redeployable",
    lead=POLICE,
    priorities="SYC;CSC",
    lines=(
        LinePlan(
            expense=_C,
            category=EQUIPMENT,
            supplier="Westering Security Supplies (example)",
            goods=(
                "Thermal monoculars",
                "Machinery trackers, box of 20",
                "Redeployable CCTV unit with solar panel",
            ),
            invoices=3,
            years=years("16000", (42, 55), "26000", (23, 26), cut="6000", second_plan=(18, 32, 30, 20)),
        ),
    ),
    milestones=(
        MilestonePlan("First kit issued", date(2023, 12, 15), date(2023, 12, 11), date(2023, 12, 11)),
        MilestonePlan("All units issued", date(2025, 1, 31), date(2025, 1, 31)),
    ),
    indicators=(output("Trackers and units issued", "items", (22, 31, 26, 24), 140),),
    reports=reports(
        (1, 1, "Kit for three beats bought and issued before Christmas."),
        (1, 1, "Trackers fitted to thirty-one machines; one quad bike recovered."),
        (1, 1, "Redeployable CCTV used at two heritage sites."),
        (1, 1, "Kit goes out as planned; fewer CCTV units after the cut."),
    ),
)

_FARM_WATCH = InterventionPlan(
    reference="SSF5-RUR-04",
    title="Farm Watch training",
    kind="Neighbourhood watch",
    lead=POLICE,
    priorities="ELC;CSC",
    lines=(
        LinePlan(
            expense=_R,
            category=TRAINING,
            supplier="Penhallow Training (example)",
            goods=("Farm Watch evening course", "Farm security advisers' course", "Hall hire and materials"),
            invoices=3,
            accrues=True,
            years=years("9000", (37, 60), "8000", (30, 25), cut="2000"),
        ),
        LinePlan(
            expense=_R,
            category=COMMUNICATIONS,
            supplier="Ashgrove Print (example)",
            goods=("Farm Watch signs", "Farm security guide"),
            invoices=2,
            years=years("3000", (40, 57), "2000", (26, 24)),
        ),
    ),
    milestones=(
        MilestonePlan("First course", date(2023, 11, 14), date(2023, 11, 14), date(2023, 11, 14)),
        MilestonePlan("Course in every district", date(2024, 6, 30), date(2024, 6, 18), date(2024, 6, 18)),
    ),
    indicators=(
        output("Farm Watch members trained", "people", (44, 71, 68, 39), 300),
        output("Farms with a security survey", "farms", (12, 27, 25, 16), 110),
    ),
    reports=reports(
        (1, 1, "Courses held in the Cotswolds and the Forest; forty-four members trained."),
        (1, 1, "Seventy-one more members trained, in four districts."),
        (1, 1, "Every rural district has now had a course."),
        (1, 1, "Fewer evenings at harvest time, as planned. Security surveys go on."),
    ),
)

_CAMERA_LINK = InterventionPlan(
    reference="SSF5-RUR-05",
    title="Community camera link-up and footage store",
    kind="CCTV, fixed",
    lead=OPCC,
    priorities="ELC;SYC",
    lines=(
        LinePlan(
            expense=_R,
            category=SERVICES,
            supplier="Fernhurst Software (example)",
            goods=("Footage store, licence", "Link-up of community cameras", "Data protection assessment"),
            invoices=3,
            years=years("8000", (0, 93), "14000", (29, 24), cut="4000", first_plan=(0, 100)),
        ),
        LinePlan(
            expense=_R,
            category=PARTNER,
            invoices=3,
            years=years("6000", (0, 96), "8000", (24, 22), first_plan=(0, 100)),
        ),
    ),
    milestones=(
        MilestonePlan("Store open to villages", date(2024, 2, 12), date(2024, 3, 4), date(2024, 3, 4)),
        MilestonePlan("Forty villages linked", date(2025, 2, 28), date(2025, 2, 28)),
    ),
    indicators=(output("Villages linked", "villages", (0, 6, 9, 8), 40),),
    reports=reports(
        (1, 2, "Not begun: it starts in January, with the data protection assessment."),
        (
            2,
            2,
            "The store opened three weeks late, after the data protection assessment.",
            DelayCause.CONSENT,
            "The data protection assessment took longer than planned.",
        ),
        (1, 2, "Nine more villages linked; footage was used in four investigations."),
        (1, 2, "Twenty-three villages linked in all."),
    ),
)

_CADETS = InterventionPlan(
    reference="SSF5-RUR-06",
    title="Volunteer Police Cadets in rural communities",
    kind="Youth outreach and diversion",
    lead=POLICE,
    priorities="TCC;ELC",
    lines=(
        LinePlan(
            expense=_R,
            category=EQUIPMENT,
            supplier="Westering Security Supplies (example)",
            goods=("Cadet uniforms", "First aid and radio kit"),
            invoices=3,
            years=years("5000", (41, 55), "8000", (29, 24), cut="1800"),
        ),
        LinePlan(
            expense=_R,
            category=TRAINING,
            supplier="Penhallow Training (example)",
            goods=("Cadet leaders' course", "Outdoor training weekend"),
            invoices=2,
            years=years("3000", (38, 57), "6000", (25, 27), cut="1000"),
        ),
    ),
    milestones=(
        MilestonePlan("Rural unit opened", date(2023, 11, 20), date(2023, 11, 20), date(2023, 11, 20)),
        MilestonePlan("Second unit opened", date(2024, 9, 16), date(2024, 9, 23), date(2024, 9, 23)),
    ),
    indicators=(output("Cadets enrolled", "cadets", (16, 9, 6, 14), 60),),
    reports=reports(
        (1, 1, "The first rural unit opened with sixteen cadets."),
        (1, 1, "Nine more cadets; they gave 140 hours to community events."),
        (1, 1, "Six more cadets; two leaders finished their course."),
        (1, 1, "The second unit opened on 23 September."),
    ),
)

_LEAD = InterventionPlan(
    reference="SSF5-RUR-07",
    title="Rural crime lead",
    kind="Project management and evaluation",
    lead=POLICE,
    priorities="SYC;CSC",
    lines=(
        LinePlan(
            expense=_R,
            category=STAFF,
            supplier="Gloucestershire Constabulary payroll",
            goods=("Rural crime lead (part-time)",),
            years=years("12000", (41, 50), "28000", (25, 25), cut="4000", first_plan=(50, 50)),
        ),
    ),
    milestones=(
        MilestonePlan("Lead in post", date(2023, 10, 2), date(2023, 10, 16), date(2023, 10, 16)),
        MilestonePlan("Rural crime plan adopted", date(2024, 4, 30), date(2024, 4, 25), date(2024, 4, 25)),
    ),
    indicators=(output("Rural crime days of action", "days", (1, 3, 3, 2), 14),),
    reports=reports(
        (2, 1, "In post two weeks late, on 16 October.", DelayCause.RECRUITMENT),
        (1, 1, "Three days of action, one of them on heritage sites."),
        (1, 1, "The rural crime plan was adopted on 25 April."),
        (1, 1, "Two days of action over harvest; work with the neighbouring forces has begun."),
    ),
)

RURAL = AwardPlan(
    reference="SSF5-RUR",
    ledger="S5R",
    interventions=(_DRONES, _ANPR, _NIGHT_VISION, _FARM_WATCH, _CAMERA_LINK, _CADETS, _LEAD),
)
