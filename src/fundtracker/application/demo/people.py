"""The office, whom it deals with, and its own short lists. All names are of public bodies, or say "(example)"."""

from datetime import date

from fundtracker.domain.organisations import (
    CostCategory,
    CostCategoryId,
    InterventionType,
    InterventionTypeId,
    Office,
    OfficeId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Partnership,
    PartnershipId,
    Priority,
    PriorityId,
)

OPCC = "Office of the Police and Crime Commissioner for Gloucestershire"
POLICE = "Gloucestershire Constabulary"
CITY_SAFE = "Gloucester City Safe"
RESTORATIVE = "Restorative Gloucestershire"
THEATRE = "Larkfield Theatre Company (example)"
YOUTH_TRUST = "Coldharbour Youth Trust (example)"
OUTREACH = "Lantern Outreach (example)"
CHELTENHAM, COTSWOLD, FOREST = (
    "Cheltenham Borough Council",
    "Cotswold District Council",
    "Forest of Dean District Council",
)
GLOUCESTER, STROUD, TEWKESBURY = (
    "Gloucester City Council",
    "Stroud District Council",
    "Tewkesbury Borough Council",
)

CO_ORDINATOR = "Safer Streets co-ordinator"
OFFICER = "Commissioning officer"
MANAGER = "Commissioning manager"
FINANCE = "Finance officer"
CFO = "Chief Finance Officer"

OFFICE_NAME = OPCC


def office(today: date) -> Office:
    """The one office of the file; `today` is the day the demonstration has come to."""
    return Office(
        id=OfficeId(1), name=OFFICE_NAME, short_name="Gloucestershire OPCC", marking="OFFICIAL", today=today
    )


_EXAMPLE = "Illustrative: invented for the demonstration."
_ORGANISATIONS: tuple[tuple[str, OrganisationKind, str, str, str], ...] = (
    (OPCC, OrganisationKind.POLICE, "Gloucestershire OPCC; OPCC; the office", "", "Lead bidder."),
    (POLICE, OrganisationKind.POLICE, "Gloucestershire Police; the Constabulary", "", ""),
    ("Home Office", OrganisationKind.GOVERNMENT, "HO", "", "Funder of Safer Streets."),
    ("Ministry of Justice", OrganisationKind.GOVERNMENT, "MoJ", "", "Funder of victims' services."),
    ("Gloucestershire County Council", OrganisationKind.COUNCIL, "GCC; the county council", "", ""),
    (CHELTENHAM, OrganisationKind.COUNCIL, "CBC; Cheltenham BC", "Cheltenham", ""),
    (COTSWOLD, OrganisationKind.COUNCIL, "CDC; Cotswold DC", "Cotswold", ""),
    (FOREST, OrganisationKind.COUNCIL, "FoDDC; Forest of Dean DC", "Forest of Dean", ""),
    (GLOUCESTER, OrganisationKind.COUNCIL, "Gloucester CC; the city council", "Gloucester", ""),
    (STROUD, OrganisationKind.COUNCIL, "SDC; Stroud DC", "Stroud", ""),
    (TEWKESBURY, OrganisationKind.COUNCIL, "TBC; Tewkesbury BC; Tewksbury Borough Council", "Tewkesbury", ""),
    (
        CITY_SAFE,
        OrganisationKind.OTHER,
        "City Safe",
        "Gloucester",
        "Business crime reduction partnership; can't recover VAT (illustrative).",
    ),
    (RESTORATIVE, OrganisationKind.OTHER, "Restorative Glos", "", ""),
    (THEATRE, OrganisationKind.CHARITY, "", "", _EXAMPLE),
    (YOUTH_TRUST, OrganisationKind.CHARITY, "", "", _EXAMPLE),
    (OUTREACH, OrganisationKind.CHARITY, "", "", _EXAMPLE),
    ("Whitmoor School (example)", OrganisationKind.EDUCATION, "", "Forest of Dean", _EXAMPLE),
)
ORGANISATIONS = tuple(
    Organisation(id=OrganisationId(n), name=name, kind=kind, aliases=aliases, district=district, note=note)
    for n, (name, kind, aliases, district, note) in enumerate(_ORGANISATIONS, 1)
)
_ORGANISATION_IDS = {each.name: each.id for each in ORGANISATIONS}

_PARTNERSHIPS = (
    (
        "CHE",
        "Cheltenham Communities Partnership",
        "The Communities Partnership (Cheltenham); Cheltenham CSP",
        "Cheltenham",
        CHELTENHAM,
    ),
    ("COT", "Cotswold Community Safety Partnership", "Cotswold CSP; Cotswolds CSP", "Cotswold", COTSWOLD),
    (
        "FOD",
        "Forest of Dean Community Safety Partnership",
        "Forest of Dean CSP; FoD CSP",
        "Forest of Dean",
        FOREST,
    ),
    (
        "GLO",
        "Stronger and Safer Gloucester Partnership",
        "Gloucester CSP; SSGP; Stronger Safer Gloucester",
        "Gloucester",
        GLOUCESTER,
    ),
    ("STR", "Stroud District Community Safety Partnership", "Stroud CSP", "Stroud", STROUD),
    (
        "TEW",
        "Tewkesbury Borough Community Safety Partnership",
        "Tewkesbury CSP; Tewksbury CSP",
        "Tewkesbury",
        TEWKESBURY,
    ),
)
PARTNERSHIPS = tuple(
    Partnership(
        id=PartnershipId(n),
        code=code,
        name=name,
        aliases=aliases,
        district=district,
        accountable_body_id=_ORGANISATION_IDS[council],
    )
    for n, (code, name, aliases, district, council) in enumerate(_PARTNERSHIPS, 1)
)
_PARTNERSHIP_IDS = {each.code: each.id for each in PARTNERSHIPS}

_PRIORITIES = (
    ("CSC", "Creating safer communities"),
    ("TVAWG", "Tackling violence against women and girls"),
    ("SYC", "Strengthening your Constabulary"),
    ("TCC", "Targeting the causes of crime"),
    ("SVRR", "Supporting victims and reducing reoffending"),
    ("ELC", "Empowering local communities"),
)
PRIORITIES = tuple(
    Priority(id=PriorityId(n), code=code, name=name) for n, (code, name) in enumerate(_PRIORITIES, 1)
)

_TYPES = (
    "Target hardening (locks, doors, windows)", "CCTV, fixed", "CCTV, redeployable", "Street lighting", "Alley gates",
    "ANPR", "Video doorbell or alarm", "Property or bike marking", "Public realm and environmental design",
    "Neighbourhood watch", "Community wardens and guardianship", "Plain-clothes or hotspot operation",
    "Night-time economy marshals, medics and safe officers", "Education (theatre, lesson plan, video)",
    "Bystander training", "Professional training", "Communications campaign", "Personal safety app or alarm",
    "Spiking test kit", "Youth outreach and diversion", "Case-work or multi-agency team", "Forensic kit", "Drones",
    "Car-park accreditation", "Night-time economy accreditation", "Project management and evaluation",
)  # fmt: skip
TYPES = tuple(InterventionType(id=InterventionTypeId(n), name=name) for n, name in enumerate(_TYPES, 1))
_TYPE_IDS = {each.name: each.id for each in TYPES}

STAFF, EQUIPMENT, WORKS, TRAINING = "Staff", "Equipment", "Works and installation", "Training"
SERVICES, COMMUNICATIONS, PARTNER, EVALUATION = (
    "Services",
    "Communications",
    "Partner delivery",
    "Project management and evaluation",
)
_CATEGORIES = (
    (STAFF, "Pay with employer's National Insurance and pension, from the payroll."),
    (EQUIPMENT, "Things bought: capital where they last and cost enough, resource where they are used up."),
    (WORKS, "Fitting, ground works, power and connection."),
    (TRAINING, "Courses, trainers and materials."),
    (SERVICES, "Bought-in delivery: sessions, licences, testing, mediation."),
    (COMMUNICATIONS, "Campaigns, print, film and promotion."),
    (PARTNER, "Spent by a partner out of a grant, once the office has accepted its report."),
    (EVALUATION, "Managing and evaluating the project."),
)
CATEGORIES = tuple(
    CostCategory(id=CostCategoryId(n), name=name, note=note) for n, (name, note) in enumerate(_CATEGORIES, 1)
)
_CATEGORY_IDS = {each.name: each.id for each in CATEGORIES}


def organisation_id(name: str) -> OrganisationId:
    return _ORGANISATION_IDS[name]


def partnership_id(code: str) -> PartnershipId:
    return _PARTNERSHIP_IDS[code]


def type_id(name: str) -> InterventionTypeId:
    return _TYPE_IDS[name]


def category_id(name: str) -> CostCategoryId:
    return _CATEGORY_IDS[name]
