"""Round 3 (2021/22): two awards, closed. Titles are published; budgets and delivery are illustrative."""

from datetime import date
from decimal import Decimal

from fundtracker.application.demo.people import (
    COMMUNICATIONS,
    EQUIPMENT,
    GLOUCESTER,
    OPCC,
    OUTREACH,
    SERVICES,
    STAFF,
    TRAINING,
    WORKS,
    YOUTH_TRUST,
)
from fundtracker.application.demo.plan import (
    AwardPlan,
    IndicatorPlan,
    InterventionPlan,
    LinePlan,
    MilestonePlan,
    Vat,
    YearPlan,
    in_year,
    quarter,
)
from fundtracker.domain.bids import Expense
from fundtracker.domain.interventions import InterventionStatus

_C, _R = Expense.CAPITAL, Expense.RESOURCE
_DONE = InterventionStatus.COMPLETE


def _spent(amount: str, *, third: int = 41, fourth: int = 59) -> tuple[YearPlan, ...]:
    """Planned over the last two quarters of 2021/22, and spent as given, per cent."""
    return (in_year("2021/22", amount, (0, 0, 45, 55), (0, 0, third, fourth)),)


def _counted(
    title: str, unit: str, readings: tuple[int, int], target: int, place: str = ""
) -> tuple[IndicatorPlan]:
    quarters = (quarter("2021/22 Q3"), quarter("2021/22 Q4"))
    values = tuple((each, Decimal(value)) for each, value in zip(quarters, readings, strict=True))
    return (IndicatorPlan(title=title, unit=unit, readings=values, target=Decimal(target), place=place),)


PREVENTION = AwardPlan(
    reference="SSF3-VAWG-A",
    ledger="S3A",
    interventions=(
        InterventionPlan(
            reference="SSF3-VAWG-A-01",
            title="Bystander training",
            kind="Bystander training",
            lead=OPCC,
            priorities="TVAWG;CSC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=TRAINING,
                    supplier="Penhallow Training (example)",
                    goods=(
                        "Bystander training day, licensed premises staff",
                        "Bystander training, college staff",
                        "Train-the-trainer course",
                        "Workbooks and materials",
                    ),
                    invoices=8,
                    years=_spent("118477"),
                ),
            ),
            milestones=(
                MilestonePlan("First course held", date(2021, 11, 1), date(2021, 11, 8), date(2021, 11, 8)),
            ),
            indicators=_counted("People trained as active bystanders", "people", (212, 347), 500),
        ),
        InterventionPlan(
            reference="SSF3-VAWG-A-02",
            title="Sex worker outreach programme (SWOP)",
            kind="Case-work or multi-agency team",
            lead=OUTREACH,
            priorities="TVAWG;SVRR",
            district="Gloucester",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=SERVICES,
                    supplier="Lantern Outreach (example)",
                    goods=(
                        "Evening outreach sessions",
                        "One-to-one support, monthly charge",
                        "Health drop-in",
                        "Safe-exit planning",
                    ),
                    invoices=8,
                    vat=Vat.IRRECOVERABLE,
                    years=_spent("160000", fourth=57),
                ),
            ),
            milestones=(
                MilestonePlan(
                    "Outreach vehicle on the road", date(2021, 11, 15), date(2021, 12, 1), date(2021, 12, 1)
                ),
            ),
            indicators=_counted("Outreach contacts", "contacts", (184, 263), 400, "Gloucester"),
        ),
        InterventionPlan(
            reference="SSF3-VAWG-A-03",
            title="Consent video and education package for primary schools",
            kind="Education (theatre, lesson plan, video)",
            lead=OPCC,
            priorities="TVAWG;TCC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=COMMUNICATIONS,
                    supplier="Quillmoor Media (example)",
                    goods=(
                        "Film production stage payment",
                        "Lesson plans, writing and testing",
                        "Teachers' packs, print",
                        "Subtitles and translations",
                    ),
                    invoices=6,
                    years=_spent("96000"),
                ),
            ),
            milestones=(
                MilestonePlan("Film released", date(2022, 2, 14), date(2022, 3, 7), date(2022, 3, 7)),
            ),
            indicators=_counted("Schools that hold the package", "schools", (0, 118), 100),
        ),
        InterventionPlan(
            reference="SSF3-VAWG-A-04",
            title="BOOST early intervention programme",
            kind="Youth outreach and diversion",
            lead=YOUTH_TRUST,
            priorities="TVAWG;TCC",
            status=_DONE,
            lines=(
                LinePlan(
                    expense=_R,
                    category=STAFF,
                    supplier="Coldharbour Youth Trust payroll (example)",
                    goods=("BOOST programme workers (2 full-time)",),
                    years=_spent("120000", third=50, fourth=50),
                ),
                LinePlan(
                    expense=_R,
                    category=SERVICES,
                    supplier="Coldharbour Youth Trust (example)",
                    goods=("BOOST group sessions", "Family support sessions", "Room hire and travel"),
                    invoices=6,
                    vat=Vat.IRRECOVERABLE,
                    years=_spent("47000", fourth=58),
                ),
            ),
            milestones=(
                MilestonePlan(
                    "Both workers in post", date(2021, 10, 18), date(2021, 10, 18), date(2021, 10, 18)
                ),
            ),
            indicators=_counted("Young people who completed BOOST", "young people", (31, 58), 80),
        ),
    ),
)

PLACES = AwardPlan(
    reference="SSF3-VAWG-B",
    ledger="S3B",
    interventions=(
        InterventionPlan(
            reference="SSF3-VAWG-B-01",
            title="Gloucester Park: lighting, CCTV and a community engagement officer",
            kind="Public realm and environmental design",
            lead=GLOUCESTER,
            priorities="TVAWG;CSC",
            district="Gloucester",
            status=_DONE,
            site_detail="Illustrative: column and camera positions are kept with the city council's control room.",
            lines=(
                LinePlan(
                    expense=_C,
                    category=EQUIPMENT,
                    supplier="Oakhanger Cameras (example)",
                    goods=(
                        "Fixed cameras with low-light lenses",
                        "Recorder and control-room licence",
                        "Help points",
                        "Camera columns",
                    ),
                    invoices=7,
                    years=_spent("210000"),
                ),
                LinePlan(
                    expense=_C,
                    category=WORKS,
                    supplier="Marlbrook Electrical (example)",
                    goods=(
                        "Path lighting columns, supply and fit",
                        "Trenching and ducting",
                        "Power connection",
                        "Tree crown lifting along paths",
                    ),
                    invoices=7,
                    years=_spent("230000", fourth=58),
                ),
                LinePlan(
                    expense=_R,
                    category=STAFF,
                    supplier="Gloucester City Council payroll",
                    goods=("Community engagement officer and evening wardens",),
                    years=_spent("62000", third=50, fourth=50),
                ),
                LinePlan(
                    expense=_R,
                    category=COMMUNICATIONS,
                    supplier="Ashgrove Print (example)",
                    goods=("Residents' consultation", "Signs and notice boards", "Park safety walk leaflets"),
                    invoices=4,
                    years=_spent("18000"),
                ),
            ),
            milestones=(
                MilestonePlan(
                    "Lighting switched on", date(2022, 2, 28), date(2022, 3, 18), date(2022, 3, 18)
                ),
                MilestonePlan("Cameras live", date(2022, 3, 11), date(2022, 3, 25), date(2022, 3, 25)),
            ),
            indicators=_counted("Lighting columns fitted", "columns", (0, 46), 46, "Gloucester"),
        ),
    ),
)
