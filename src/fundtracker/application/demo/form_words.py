"""What partners wrote in their forms: done, in the way, to come; quarter by quarter. Illustrative."""

from fundtracker.application.demo.returns import Q1, Q2, Q3, Q4
from fundtracker.domain.periods import Quarter

Words = tuple[str, str, str]
"""What was done this quarter, what stands in the way, what comes next."""

_CHE: tuple[Words, ...] = (
    ("Surveyed the walk from the High Street to the station with residents, and ordered the first columns.", "Nothing yet; the highway permit is asked for.", "First columns go up, and the camera at the underpass."),
    ("Columns along the station walk are lit and one camera works. Way-finding signs are up at six corners.", "Frost held the ground works up for nine days.", "Feedback from residents, and a check of light levels."),
    ("Light levels were measured on all streets of the first phase; two lamps were turned away from windows.", "The permit for the second phase takes five weeks longer than planned.", "Works begin as soon as the permit is there."),
    ("Two cameras and one column were fitted on the second walk. The control room sees all of them.", "The second phase is smaller after the cut of August; residents were told by letter.", "The last column, then signs."),
)  # fmt: skip
_COT: tuple[Words, ...] = (
    ("The caseworker met the parish clerks of the north Cotswolds and took the first cases.", "Long drives between villages: two afternoons a week go on the road.", "Drop-in hours in Moreton and Fairford."),
    ("Drop-in hours began in Moreton and Fairford. Three villages' cameras were linked to the footage store.", "One village hall has no broadband worth the name.", "Casework as now; the link-up is done."),
    ("Neighbours in two long-running cases agreed to mediation, and one case was closed by summer.", "Referrals come unevenly: none for a month, then four.", "A meeting with the housing association on its own cases."),
    ("Three cases were taken on, two of them with the housing association, and two were closed.", "The caseworker's hours end in March; the second wave of grants isn't made.", "A plan for cases that will still be open in spring."),
)  # fmt: skip
_FOD: tuple[Words, ...] = (
    ("The caseworker started in the Forest and took on cases that had waited since summer.", "There is no room to meet people in Cinderford; the library may help.", "Youth mediation sessions at two schools."),
    ("Youth mediation sessions ran at two schools, and the first cases were closed.", "Our finance officer's post is vacant: statements will be late.", "Cameras of the first villages."),
    ("Cases were closed in Coleford and Lydney. The first villages' cameras were linked to the footage store.", "The statement of last year's spending waits for our new finance officer.", "More villages linked; sessions in the summer holidays."),
    ("Holiday sessions reached young people in three towns, and three more villages were linked.", "The new finance officer started in September and works through the backlog.", "The statement of last year's spending, then the half-year report."),
)  # fmt: skip
_GLO: tuple[Words, ...] = (
    ("Planters that hid the way to the bus station were taken out, and the first camera was ordered.", "The bus operator wants works at night only.", "The first camera at the bus station."),
    ("Cameras at the bus station and the Cross work, and sight lines are open on both sides.", "A delivery came with the wrong brackets; it was put right in a week.", "Feedback from shops and bus drivers."),
    ("Shopkeepers at the Cross were asked: two in three say that the square feels safer in the evening.", "The site of the next camera has to move: a tree may not be cut.", "The camera's new site is agreed with the control room."),
    ("Two cameras were fitted on the new site by the Cross, and one column was lit.", "After the cut there is no money for the cameras on the docks.", "The last camera of this grant goes up before Christmas."),
)  # fmt: skip
_STR: tuple[Words, ...] = (
    ("Seats in the casework system were bought and four officers trained. The first cases are in it.", "Old cases have to be typed in by hand.", "Noise kit for hire to the parishes."),
    ("Noise kit was lent to three parishes, and village cameras were linked to the footage store.", "The form is late: our finance system was changed at the year's end.", "Casework goes on; the link-up is done."),
    ("Cases were closed after the noise kit showed what the neighbours could hear.", "The kit is out all the time, and there is a waiting list.", "A second set, if money allows."),
    ("Three new cases were taken on, and two were closed with an agreement in writing.", "No second set of kit: the second wave of grants isn't made.", "A rota for the one set we have."),
)  # fmt: skip
_TEW: tuple[Words, ...] = (
    ("Casework began in Tewkesbury and Brockworth, with the housing association's officers.", "Nothing that holds us up.", "A noise survey in Brockworth."),
    ("The noise survey is done, and its findings closed two cases.", "Floods in January cost two weeks.", "Cameras of the first villages."),
    ("The first villages' cameras were linked. Casework closed more than it took on, for the first time.", "The audited statement of last year waits for the council's auditors.", "More villages linked."),
    ("Three more villages were linked. Casework took on three cases and closed two.", "One parish has withdrawn: its hall is to be sold.", "Another parish takes its place, without extra cost."),
)  # fmt: skip
_QUARTERS = (Q3, Q4, Q1, Q2)
_ALL = {
    "GR-SSF5-CHE": _CHE,
    "GR-SSF5-COT": _COT,
    "GR-SSF5-FOD": _FOD,
    "GR-SSF5-GLO": _GLO,
    "GR-SSF5-STR": _STR,
    "GR-SSF5-TEW": _TEW,
}


def words_of(grant: str, quarter: Quarter) -> Words:
    return _ALL[grant][_QUARTERS.index(quarter)]


def finance_officer(partnership: str) -> str:
    """A role, never a name."""
    return f"Finance officer, {partnership} (illustrative)"


DECLARED_AS = "Section 151 officer"
