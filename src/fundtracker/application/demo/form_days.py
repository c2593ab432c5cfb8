"""When the forms of round 5's grants were issued, due, received and accepted, quarter by quarter."""

from datetime import date, timedelta

from fundtracker.application.demo.days import LAST_DAY, after
from fundtracker.application.demo.grants import GRANT_PLANS
from fundtracker.application.demo.returns import Q1, Q2, Q3, Q4
from fundtracker.domain.forms import PartnerFormId
from fundtracker.domain.grants import GrantId
from fundtracker.domain.periods import Quarter

EARLIER = (Q3, Q4, Q1)
"""Quarters whose forms stand in the story as records; those of Q2 are really drawn, read and accepted."""
QUARTERS = (*EARLIER, Q2)
_DUE_DAYS = 14
REPORTING = {GrantId(n): each for n, each in enumerate(GRANT_PLANS, 1) if "SSF5" in each.reference}
"""The grants that report, by id."""
_ORDER = sorted(each.reference for each in REPORTING.values())
_RECEIVED = {
    Q3: (9, 11, 12, 8, 12, 10),
    Q4: (10, 9, 12, 11, 16, 8),
    Q1: (9, 12, 16, 8, 11, 10),
}
"""Days after the quarter, in the order of the grants' references: Stroud was late once, the Forest of Dean too."""
_RECEIVED_NOW = {
    "GR-SSF5-TEW": date(2024, 10, 4),
    "GR-SSF5-CHE": date(2024, 10, 8),
    "GR-SSF5-GLO": date(2024, 10, 9),
    "GR-SSF5-COT": date(2024, 10, 10),
    "GR-SSF5-STR": date(2024, 10, 14),
}
_ACCEPTED_NOW = {
    "GR-SSF5-CHE": date(2024, 10, 16),
    "GR-SSF5-TEW": date(2024, 10, 16),
    "GR-SSF5-COT": date(2024, 10, 17),
    "GR-SSF5-GLO": date(2024, 10, 17),
}
SENT_BACK, LATE = "GR-SSF5-STR", "GR-SSF5-FOD"
"""What Q2 still waits for: one form came with problems, one has not come."""
SENT_BACK_ON, CHASED_ON = date(2024, 10, 16), date(2024, 10, 18)


def reports(grant_id: int | None, quarter: Quarter | None) -> bool:
    """Whether a cost of this grant and quarter is reported by a form."""
    return grant_id in REPORTING and quarter in QUARTERS


def form_id(reference: str, quarter: Quarter) -> PartnerFormId:
    """As forms are issued: a quarter at a time, in the order of the grants' references."""
    return PartnerFormId(1 + QUARTERS.index(quarter) * len(_ORDER) + _ORDER.index(reference))


def grants_reporting() -> tuple[str, ...]:
    """References in their order."""
    return tuple(_ORDER)


def issued_on(quarter: Quarter) -> date:
    return after(quarter, 2)


def due_on(quarter: Quarter) -> date:
    return quarter.ends_on + timedelta(days=_DUE_DAYS)


def received_on(reference: str, quarter: Quarter) -> date | None:
    """None where it has not come by the story's end."""
    if quarter == Q2:
        return _RECEIVED_NOW.get(reference)
    return quarter.ends_on + timedelta(days=_RECEIVED[quarter][_ORDER.index(reference)])


def accepted_on(reference: str, quarter: Quarter) -> date:
    """The forms that Q2 waits for are accepted when the co-ordinator makes the returns ready."""
    return _ACCEPTED_NOW.get(reference, LAST_DAY) if quarter == Q2 else after(quarter, 17)


def is_awaited(reference: str, quarter: Quarter) -> bool:
    """Whether it is not accepted when the story ends."""
    return quarter == Q2 and reference not in _ACCEPTED_NOW
