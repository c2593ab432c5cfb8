"""What the head of a record's page says: where it stands, its neighbours, its state and its money. Read off the window's thread."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidAmount
from fundtracker.domain.book import AwardBook
from fundtracker.domain.columns import Record, columns, described, key_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import Grant, GrantSource, Instalment
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money, total
from fundtracker.domain.organisations import CostCategory, Organisation
from fundtracker.domain.periods import FinancialYear, short_date
from fundtracker.domain.records import by_name
from fundtracker.domain.rounds import FundingRound
from fundtracker.domain.variations import Variation, VariationChange
from fundtracker.storage import portfolio
from fundtracker.storage.portfolio import AwardFigures
from fundtracker.storage.queries import ListQuery

FULL, HATCHED = "■", "▨"
"""Stand before the sums that a bar shows full and hatched."""
MOST_STEPS = 8
"""No record stands deeper."""


@dataclass(frozen=True, slots=True)
class Step:
    """A record to go to: what stands on the button, and what it is called in full."""

    kind: type[Record]
    record_id: int
    short: str
    words: str


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """A page's sums in words, and its bar: a whole, what is full of it and what is hatched, in pence, and the sums of these names.
    `of` is whatever the tabs draw.
    """

    sums: tuple[tuple[str, Money], ...] = ()
    bar: tuple[int, int, int] = (0, 0, 0)
    full: str = ""
    hatched: str = ""
    when: str = ""
    of: Any = None

    @property
    def words(self) -> str:
        """ "2024/25: awarded £400,000.00  ·  spent £123.45"."""
        return self._words({})

    @property
    def keyed(self) -> str:
        """The words as the key to the bar beside them: "2024/25: awarded £400,000.00  ·  ■ spent £123.45  ·  ▨ forecast £6.00"."""
        marks = {self.full: f"{FULL} ", self.hatched: f"{HATCHED} "} if max(self.bar) > 0 else {}
        return self._words(marks)

    def _words(self, marks: Mapping[str, str]) -> str:
        parts = "  ·  ".join(f"{marks.get(name, '')}{name} {amount.in_full}" for name, amount in self.sums)
        return f"{self.when}: {parts}" if self.when else parts[:1].upper() + parts[1:]


@dataclass(frozen=True, slots=True)
class Facts:
    """A record with all that the head of its page shows."""

    item: Record
    above: tuple[Step, ...]
    before: Step | None
    after: Step | None
    state: str
    money: MoneyFacts


ReadMoney = Callable[[Workspace, Any], MoneyFacts]
StateWords = Callable[[Workspace, Any, MoneyFacts], str]


def read_facts(
    workspace: Workspace,
    kind: type[Record],
    record_id: int,
    money: ReadMoney | None = None,
    state: StateWords | None = None,
) -> Facts:
    """The head of one record's page; Refused where it was removed."""
    item = workspace.get(kind, record_id)
    sums = money(workspace, item) if money is not None else MoneyFacts()
    above = steps_above(workspace, item)
    before, after = _neighbours(workspace, item)
    words = state(workspace, item, sums) if state is not None else state_in_words(item)
    return Facts(item, above, before, after, words, sums)


# Where it stands


def step(item: Record) -> Step:
    key = key_of(type(item))
    short = str(getattr(item, key.name)) if key else described(item)
    return Step(type(item), item.id, short, described(item))


def _parent(item: Record) -> tuple[str, type[Record]] | None:
    """The column that says what it belongs to: its first that must name a record, else the first that does."""
    if isinstance(item, (Grant, Organisation)):
        return None  # a grant belongs to what pays for it; organisations to nothing
    referring = [each for each in columns(type(item)) if each.refers_to and getattr(item, each.name)]
    found = next((each for each in referring if each.required), referring[0] if referring else None)
    return (found.name, by_name(found.refers_to)) if found and found.refers_to else None


def steps_above(workspace: Workspace, item: Record) -> tuple[Step, ...]:
    """What the record belongs to, from the top down; a grant under all that its sources have in common."""
    if isinstance(item, Grant):
        sources = workspace.select(GrantSource, grant_id=item.id)
        paying = {each.intervention_id for each in sources}
        paths = [(*steps_above(workspace, one), step(one)) for one in (workspace.get(Intervention, i) for i in sorted(paying))]  # fmt: skip
        return _shared(paths)
    found: list[Step] = []
    at: Record = item
    while (parent := _parent(at)) is not None and len(found) < MOST_STEPS:
        name, kind = parent
        at = workspace.get(kind, getattr(at, name))
        found.append(step(at))
    return tuple(reversed(found))


def _shared(paths: list[tuple[Step, ...]]) -> tuple[Step, ...]:
    if not paths:
        return ()
    levels = zip(*paths, strict=False)
    shared: list[Step] = []
    for level in levels:
        if len(set(level)) != 1:
            break
        shared.append(level[0])
    return tuple(shared)


def _neighbours(workspace: Workspace, item: Record) -> tuple[Step | None, Step | None]:
    """The records before and after it in its kind's list, of the same parent; an only child's, of its parent's parent, and so on up."""
    ids, place = _among(workspace, item)

    def at(where: int) -> Step | None:
        found = workspace.select(type(item), id=ids[where]) if 0 <= where < len(ids) else ()
        return step(found[0]) if found else None

    return at(place - 1), at(place + 1)


def _among(workspace: Workspace, item: Record) -> tuple[Sequence[int], int]:
    """The ids it stands among, and its place there."""
    at, path, ids = item, "", [item.id]
    while (parent := _parent(at)) is not None:
        name, kind = parent
        above = int(getattr(at, name))
        path = f"{path}.{name}" if path else name
        ids = workspace.lists.ids(ListQuery(type(item), within=((path, above),)))
        if len(ids) > 1:
            return ids, ids.index(item.id)
        at = workspace.get(kind, above)
    ids = workspace.lists.ids(ListQuery(type(item)))
    return ids, ids.index(item.id)


# How it stands


def _between(starts: date | None, ends: date | None) -> str:
    if starts and ends:
        return f"{short_date(starts)} to {short_date(ends)}"
    return f"from {short_date(starts)}" if starts else f"until {short_date(ends)}" if ends else ""


def joined(*parts: str) -> str:
    """What is not empty, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def state_in_words(item: Record) -> str:
    """Of any record: its choices, and its dates by name."""
    values = ((column, getattr(item, column.name)) for column in columns(type(item)))
    return joined(
        *(
            str(value.value) if isinstance(value, Enum) else f"{column.label.lower()} {short_date(value)}"
            for column, value in values
            if isinstance(value, (Enum, date))
        )
    )


def award_state(_: Workspace, award: Award, money: MoneyFacts) -> str:
    """With its last day as variations have moved it."""
    figures: Figures = money.of
    book, ends = figures.book, figures.ends_on
    extended = f" (first agreed: {short_date(award.ends_on)})" if ends != award.ends_on else ""
    return joined(
        award.status.value, f"{book.round.code} {book.round.name}", f"{_between(award.starts_on, ends)}{extended}"
    )  # fmt: skip


def round_state(workspace: Workspace, item: FundingRound, _: MoneyFacts) -> str:
    """Where the round is on its way, by today."""
    today = workspace.today
    if today > item.delivery_to:
        words = "Delivery is over"
    elif today >= item.delivery_from:
        words = "Delivery under way"
    elif item.opens_on and today >= item.opens_on and (item.closes_on is None or today <= item.closes_on):
        words = "Open for bids"
    else:
        words = "Before delivery"
    bids = _between(item.opens_on, item.closes_on)
    return joined(
        words,
        f"bids {bids}" if bids else "",
        f"delivery {_between(item.delivery_from, item.delivery_to)}",
    )


def bid_state(workspace: Workspace, bid: Bid, _: MoneyFacts) -> str:
    lead = workspace.select(Organisation, id=bid.lead_id) if bid.lead_id else ()
    return joined(
        bid.status.value,
        bid.theme.value,
        f"led by {lead[0].name}" if lead else "",
        f"submitted {short_date(bid.submitted_on)}" if bid.submitted_on else "",
        f"decided {short_date(bid.decided_on)}" if bid.decided_on else "",
    )


def intervention_state(_: Workspace, item: Intervention, __: MoneyFacts) -> str:
    return joined(
        item.status.value,
        item.theme.value,
        item.district or "whole county",
        _between(item.starts_on, item.ends_on),
    )


def grant_state(workspace: Workspace, grant: Grant, _: MoneyFacts) -> str:
    recipient = workspace.get(Organisation, grant.recipient_id)
    return joined(
        grant.status.value,
        f"to {recipient.name}",
        f"agreed {short_date(grant.agreed_on)}" if grant.agreed_on else "",
        _between(grant.starts_on, grant.ends_on),
    )


# Its money


def year_to_show(figures: Figures) -> FinancialYear | None:
    """The year that runs on the day, or the award's nearest to it."""
    today = FinancialYear.of(figures.as_at)
    return min(figures.years, key=lambda year: abs(year.start - today.start), default=None)


def award_money(workspace: Workspace, award: Award) -> MoneyFacts:
    """Of the year that runs, never of all: awarded, spent, forecast, left."""
    return book_money(workspace.book(award.id), None)


def intervention_money(workspace: Workspace, item: Intervention) -> MoneyFacts:
    """As an award's; what an intervention may spend is its current profile."""
    return book_money(workspace.book(item.award_id), item.id)


def book_money(book: AwardBook, intervention: int | None) -> MoneyFacts:
    """The figures of the book go along, for the tabs."""
    figures = Figures(book, book.today)
    year = year_to_show(figures)
    if year is None:
        return MoneyFacts(of=figures)
    for cube in (figures.original_profile, figures.accrued, figures.claimed, figures.outturn):
        cube.years  # noqa: B018 - worked out here, off the window's thread, for the tabs
    spent = figures.spent.total(year=year, intervention=intervention)
    forecast = figures.forecast.total(year=year, intervention=intervention)
    if intervention is None:
        name, whole = "awarded", figures.awarded(year)
    else:
        name, whole = "profile", figures.current_profile.total(year=year, intervention=intervention)
    sums = ((name, whole), ("spent", spent), ("forecast", forecast), ("left", whole - spent))
    bar = (whole.pence, spent.pence, forecast.pence)
    return MoneyFacts(sums, bar, "spent", "forecast", str(year), figures)


@dataclass(frozen=True)
class BidLines:
    """What a bid asked for and what its awards promise, by year and capital or resource."""

    asked: tuple[BidAmount, ...]
    awards: tuple[Figures, ...]


def _promised(workspace: Workspace, award: Award) -> Figures:
    """Enough of an award's book to say what was awarded."""
    variations = workspace.select(Variation, award_id=award.id)
    rows: dict[type[Record], tuple[Any, ...]] = {
        AwardLine: workspace.select(AwardLine, award_id=award.id),
        Variation: variations,
        VariationChange: workspace.select(VariationChange, **{"variation_id.award_id": award.id}),
    }
    today = workspace.today
    return Figures(AwardBook(award, today, rows), today)


def _requested(asked: Money, awarded: Money, years: Iterable[str], of: Any) -> MoneyFacts:
    sums = (("requested", asked), ("awarded", awarded))
    return MoneyFacts(sums, (asked.pence, awarded.pence, 0), "awarded", when=_years(years), of=of)


def _years(years: Iterable[str]) -> str:
    """Of which years a sum is: it says so where it adds several up."""
    found = sorted(set(years))
    return "All years" if len(found) > 1 else "".join(found)


def bid_money(workspace: Workspace, bid: Bid) -> MoneyFacts:
    asked = workspace.select(BidAmount, bid_id=bid.id)
    awards = tuple(_promised(workspace, each) for each in workspace.select(Award, bid_id=bid.id))
    awarded = total(each.awarded(year) for each in awards for year in each.years)
    years = (str(year) for year in {*(a.year for a in asked), *(y for each in awards for y in each.years)})
    return _requested(total(each.asked for each in asked), awarded, years, BidLines(asked, awards))


@dataclass(frozen=True)
class RoundAwards:
    """The awards of a round with the title of each one's bid and its figures."""

    awards: tuple[tuple[Award, str, AwardFigures], ...] = field(default=())


def round_money(workspace: Workspace, item: FundingRound) -> MoneyFacts:
    titles = {each.id: each.title for each in workspace.select(Bid, round_id=item.id)}
    awards = workspace.select(Award, **{"bid_id.round_id": item.id})
    today = workspace.today
    with workspace.database.reader() as conn:
        figures = portfolio.awards(conn, today) if awards else {}
    held = RoundAwards(
        tuple(
            (each, titles[each.bid_id], figures.get(each.id, AwardFigures()))
            for each in sorted(awards, key=lambda award: award.reference)
        )
    )
    asked = workspace.select(BidAmount, **{"bid_id.round_id": item.id})
    awarded = total(year.awarded for _, _, found in held.awards for year in found.years.values())
    years = {
        *(str(each.year) for each in asked),
        *(year for *_, found in held.awards for year in found.years),
    }
    return _requested(total(each.asked for each in asked), awarded, years, held)


def grant_money(workspace: Workspace, grant: Grant) -> MoneyFacts:
    """Paying a partner is not the partner spending: each has its own sum."""
    book = grant_book(workspace, grant)
    if book is None:
        return MoneyFacts()
    figures = Figures(book, book.today)
    found = figures.grant(grant)
    sums = (
        ("awarded", found.granted),
        ("paid", found.paid),
        ("spent", found.spent),
        ("unspent", found.unspent),
    )
    bar = (found.granted.pence, found.spent.pence, max(found.unspent.pence, 0))
    paid = {FinancialYear.of(each.paid_on) for each in book.all(Instalment) if each.paid_on}
    years = {each.year for each in book.all(GrantSource)} | figures.spent.years | paid
    return MoneyFacts(sums, bar, "spent", "unspent", _years(map(str, years)), book)


def grant_book(workspace: Workspace, grant: Grant) -> AwardBook | None:
    """A book that holds the grant whole, whichever awards pay for it, and nothing else; None while nothing pays for it."""
    sources = workspace.select(GrantSource, grant_id=grant.id)
    if not sources:
        return None
    paying = _each(workspace, Intervention, (each.intervention_id for each in sources))
    variations = workspace.select(Variation, grant_id=grant.id)
    rows: dict[type[Record], tuple[Any, ...]] = {
        Grant: (grant,),
        GrantSource: sources,
        Intervention: paying,
        CostCategory: workspace.select(CostCategory),
        Instalment: workspace.select(Instalment, grant_id=grant.id),
        Cost: workspace.select(Cost, grant_id=grant.id),
        Variation: variations,
        VariationChange: workspace.select(VariationChange, **{"variation_id.grant_id": grant.id}),
    }
    return AwardBook(workspace.get(Award, paying[0].award_id), workspace.today, rows)


def _each(workspace: Workspace, kind: type[Intervention], ids: Iterable[int]) -> tuple[Intervention, ...]:
    return tuple(workspace.get(kind, each) for each in sorted(set(ids)))
