"""The risk registers of the awards, closed risks included. Illustrative."""

from datetime import date

from fundtracker.application.demo.bids import award
from fundtracker.application.demo.interventions import intervention_id
from fundtracker.application.demo.people import CO_ORDINATOR, FINANCE, MANAGER
from fundtracker.domain.delivery import Proximity, Risk, RiskCategory, RiskId

_K, _P = RiskCategory, Proximity
_Row = tuple[
    str, str, RiskCategory, str, tuple[int, int], str, tuple[int, int], str, Proximity, date, date | None
]
_NOV = date(2023, 11, 8)

_ROWS: tuple[_Row, ...] = (
    ("SSF4-NC", "SSF4-NC-03", _K.DELIVERY, "Ground works for ANPR columns wait for permits", (4, 4), "Permits asked for in one batch; works booked only once granted.", (3, 2), CO_ORDINATOR, _P.QUARTER, date(2022, 9, 5), date(2023, 9, 22)),
    ("SSF4-VAWG", "", _K.FINANCE, "Money of 2022/23 can't be moved past 31 March", (5, 3), "Monthly forecast; orders placed by January.", (3, 2), FINANCE, _P.HALF_YEAR, date(2022, 8, 1), date(2023, 4, 14)),
    ("SSF5-VAWG", "", _K.FINANCE, "Money of 2023/24 is lost if not spent by 31 March 2024", (5, 3), "Forecast every month; works ordered by mid-January.", (3, 2), FINANCE, _P.HALF_YEAR, _NOV, date(2024, 4, 19)),
    ("SSF5-VAWG", "SSF5-VAWG-03", _K.DELIVERY, "Permits for works in the highway come late", (4, 3), "Permits asked for at the survey stage; sites that need none go first.", (3, 3), CO_ORDINATOR, _P.QUARTER, _NOV, None),
    ("SSF5-VAWG", "SSF5-VAWG-04", _K.PEOPLE, "The engagement worker leaves before the end of the fixed term", (4, 2), "The charity keeps a second worker trained.", (3, 2), CO_ORDINATOR, _P.HALF_YEAR, _NOV, None),
    ("SSF5-VAWG", "", _K.REPUTATION, "Fewer sites than promised to residents after the cut", (3, 4), "Residents' groups written to in August; both councils agree on the two sites.", (3, 2), MANAGER, _P.NOW, date(2024, 8, 12), None),
    ("SSF5-VAWG", "", _K.DELIVERY, "The work is done and women do not feel safer", (4, 3), "Survey twice a year; patrols and lighting moved to where fear is greatest.", (3, 2), CO_ORDINATOR, _P.YEAR, _NOV, None),
    ("SSF5-ASB", "", _K.FINANCE, "Fixed-term posts can't be kept after March 2025", (4, 4), "Exit plan with the districts; case review procedure handed over by February.", (3, 3), MANAGER, _P.HALF_YEAR, _NOV, None),
    ("SSF5-ASB", "SSF5-ASB-02", _K.PARTNERS, "A partner's statement of spending is late and holds back its instalment", (3, 4), "Monthly calls with the Forest of Dean; waiver used once, for Tewkesbury.", (3, 3), CO_ORDINATOR, _P.NOW, date(2024, 6, 17), None),
    ("SSF5-ASB", "SSF5-ASB-01", _K.PEOPLE, "The administrator is not in post by October 2023", (3, 3), "Agency cover agreed; not needed.", (1, 1), CO_ORDINATOR, _P.NOW, _NOV, date(2023, 12, 4)),
    ("SSF5-RUR", "", _K.DELIVERY, "Cameras and cabinets come later than ordered", (4, 3), "Two suppliers on the framework; orders placed in September.", (3, 3), CO_ORDINATOR, _P.QUARTER, _NOV, None),
    ("SSF5-RUR", "SSF5-RUR-05", _K.LEGAL, "Community cameras linked without a data protection assessment", (5, 2), "Assessment signed off in February 2024 before the store opened.", (2, 1), MANAGER, _P.LATER, _NOV, date(2024, 3, 4)),
    ("SSF5-RUR", "SSF5-RUR-01", _K.LEGAL, "Pilots' licences lapse", (4, 2), "Renewals in the duty system, two months ahead.", (3, 1), CO_ORDINATOR, _P.YEAR, _NOV, None),
)  # fmt: skip

RISKS = tuple(
    Risk(
        id=RiskId(n),
        award_id=award(reference).id,
        intervention_id=intervention_id(intervention) if intervention else None,
        category=category,
        title=title,
        impact_before=before[0],
        likelihood_before=before[1],
        mitigation=mitigation,
        impact_after=after[0],
        likelihood_after=after[1],
        owner=owner,
        proximity=proximity,
        raised_on=raised_on,
        closed_on=closed_on,
    )
    for n, (
        reference,
        intervention,
        category,
        title,
        before,
        mitigation,
        after,
        owner,
        proximity,
        raised_on,
        closed_on,
    ) in enumerate(_ROWS, 1)
)
