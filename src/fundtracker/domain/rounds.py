"""Funds and their rounds."""

from datetime import date
from enum import Enum
from typing import NewType

from fundtracker.domain.columns import Record, column, record

FundId = NewType("FundId", int)
FundingRoundId = NewType("FundingRoundId", int)


class FundSource(Enum):
    RECEIVED = "Received"
    OWN = "Own"


@record
class Fund(Record):
    """A pot of money: received from a funder, or the Commissioner's own."""

    id: FundId
    code: str = column("Code", key=True, help="As everybody calls it, such as SSF")
    name: str = column("Name", searchable=True)
    funder: str = column(
        "Funder", searchable=True, help="Home Office, Ministry of Justice, the Commissioner..."
    )
    source: FundSource = column(
        "Received or own",
        help="Received: a funder pays it, and wants returns. Own: the Commissioner's own money",
    )
    note: str = column("Note", default="", long=True)


@record
class FundingRound(Record):
    """One opening of a fund, with its own dates and Terms."""

    id: FundingRoundId
    fund_id: FundId = column("Fund", refers_to=Fund)
    code: str = column("Code", key=True, help="As everybody calls it, such as SSF5")
    name: str = column("Name", searchable=True)
    opens_on: date | None = column("Opens", default=None, help="Bids can be made from this day")
    closes_on: date | None = column("Closes", default=None, help="The last day for bids")
    delivery_from: date = column("Delivery from", help="The first day of delivery")
    delivery_to: date = column("Delivery to", help="The last day of delivery")
    note: str = column("Note", default="", long=True)
