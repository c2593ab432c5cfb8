"""The grids of a round's, a bid's and a grant's page, an award's grants, and indicators with their readings: rows of ready texts."""

from collections.abc import Iterable, Iterator, Sequence

from fundtracker.application.record_facts import BidLines, RoundAwards
from fundtracker.domain.bids import Expense
from fundtracker.domain.book import AwardBook
from fundtracker.domain.columns import column_of
from fundtracker.domain.delivery import Indicator, Measures, Reading
from fundtracker.domain.delivery_rows import indicator_rows
from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import Grant, GrantSource, Instalment, InstalmentStatus
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.periods import FinancialYear, Quarter, quarters_between
from fundtracker.domain.variations import AWARD_CHANGES, VariationChange
from fundtracker.storage.portfolio import YearFigures
from fundtracker.ui.models.figures_table import Heading, TableRow, money

Drawn = tuple[Sequence[TableRow], Sequence[Heading]]
SUM = 0
"""As wide as the figures."""
GRANT_SUMS = (
    ("From\nhere", "What this page's record pays of the grant"),
    ("Whole\ngrant", "The grant, whichever awards pay for it"),
    ("Paid", "Instalments paid; paying a partner is not the partner spending"),
    ("Still\nto pay", "Instalments that are neither paid nor cancelled, those held among them"),
    ("Spent", "By the partner: received and accepted"),
    ("Unspent", "Paid less spent; negative where the partner is out of pocket"),
)
ROUND_SUMS = ("awarded", "profile", "spent", "forecast", "outturn", "left")


def round_grid(held: RoundAwards) -> Drawn:
    """Awards by year with their figures, and each year's total; years are never added together."""
    headings = (
        Heading("Year", 9),
        *(Heading(name.capitalize(), SUM, right=True) for name in ROUND_SUMS),
        Heading("Project", 34),
    )
    rows: list[TableRow] = []
    for year in sorted({year for _, _, figures in held.awards for year in figures.years}):
        of_year = [(a, title, f.years[year]) for a, title, f in held.awards if year in f.years]
        rows += [
            TableRow(
                (year, *_sums([found]), title),
                target=("Award", award.id),
                key=(award.id, year),
                name=award.reference,
            )
            for award, title, found in of_year
        ]
        rows.append(TableRow((year, *_sums([f for *_, f in of_year]), ""), key=year, name="All awards", bold=True, rule=True))  # fmt: skip
    return rows, headings


def _sums(found: Sequence[YearFigures]) -> Iterator[str]:
    return (money(total(getattr(each, name) for each in found)) for name in ROUND_SUMS)


def bid_grid(held: BidLines) -> Drawn:
    """What was asked for and what was awarded, by year, and capital or resource."""
    headings = tuple(Heading(name, SUM, right=True) for name in ("Requested", "Awarded", "Difference"))
    years = {each.year for each in held.asked} | {year for figures in held.awards for year in figures.years}
    rows: list[TableRow] = []
    for year in sorted(years):
        for expense in (*Expense, None):
            asked = total(e.asked for e in held.asked if e.year == year and expense in {None, e.expense})
            awarded = total(figures.awarded(year, expense) for figures in held.awards)
            if asked or awarded or expense is None:
                name = f"{year} {expense.value.lower()}" if expense else f"{year} total"
                cells = (money(asked), money(awarded), money(awarded - asked))
                rows.append(
                    TableRow(
                        cells, key=(year, expense), name=name, bold=expense is None, rule=expense is None
                    )
                )
    return rows, headings


def grant_grid(book: AwardBook | None) -> Drawn:
    """A grant's instalments and its partner's spending by quarter and year; a year's award is that of its sources."""
    if book is None:
        return (), ()
    figures, grant = Figures(book, book.today), book.all(Grant)[0]
    instalments = book.under(Instalment, grant_id=grant.id)
    open_ones = [(i.due_on, i.amount) for i in instalments if i.status not in {InstalmentStatus.PAID, InstalmentStatus.CANCELLED}]  # fmt: skip
    paid = [
        (i.paid_on, i.amount)
        for i in instalments
        if i.status is InstalmentStatus.PAID and i.paid_on and i.paid_on <= book.today
    ]
    open_ones += [
        (i.due_on, i.amount)
        for i in instalments
        if i.status is InstalmentStatus.PAID and i.paid_on and i.paid_on > book.today
    ]
    granted = _granted(book, figures)
    term = tuple((day, ZERO) for day in (grant.starts_on, grant.ends_on) if day is not None)
    stand = {Quarter.of(day) for day, _ in (*term, *open_ones, *paid)} | figures.spent.quarters
    years = sorted({each.year for each in stand} | set(granted))
    run = tuple(quarters_between(min(stand), max(stand))) if stand else ()
    periods = tuple(each for year in years for each in (*(q for q in run if q.year == year), year))

    def cells(of: list[Money | None]) -> tuple[str, ...]:
        return tuple(money(each) for each in of)

    def dated(entries: Iterable[tuple[object, Money]]) -> list[Money | None]:
        held = [(Quarter.of(day), amount) for day, amount in entries]  # pyright: ignore[reportArgumentType] - all are dates
        return [total(a for q, a in held if each in {q, q.year}) for each in periods]

    spent = [
        figures.spent.total(year=p) if isinstance(p, FinancialYear) else figures.spent.total(quarter=p)
        for p in periods
    ]
    paid_sums = dated(paid)
    unspent = [(p or ZERO) - s for p, s in zip(paid_sums, spent, strict=True)]
    awarded: list[Money | None] = [granted.get(p, ZERO) if isinstance(p, FinancialYear) else None for p in periods]  # fmt: skip
    by_year = [u if isinstance(p, FinancialYear) else None for p, u in zip(periods, unspent, strict=True)]
    rows = (
        TableRow(cells(awarded), key="awarded", name="Awarded", bold=True, help="Its sources, with variations in force"),
        TableRow(cells(dated(open_ones)), key="scheduled", name="Still to pay", help="Instalments not paid, by the day they are due"),
        TableRow(cells(paid_sums), key="paid", name="Paid", help="Instalments by the day they were paid"),
        TableRow(cells([*spent]), key="spent", name="Spent by the partner", bold=True, help="Received and accepted; paying a partner is not spending"),
        TableRow(cells(by_year), key="unspent", name="Unspent", bold=True, rule=True, help="Paid in the year less spent in it; negative where the partner is out of pocket"),
    )  # fmt: skip
    headings = tuple(
        Heading(f"{each}\ntotal", SUM, right=True, bold=True)
        if isinstance(each, FinancialYear)
        else Heading(f"{each.year}\nQ{each.number}", SUM, right=True, help=each.months)
        for each in periods
    )
    return rows, headings


def _granted(book: AwardBook, figures: Figures) -> dict[FinancialYear, Money]:
    """What a grant is awarded of each year's money: its sources and its variations in force."""
    found: dict[FinancialYear, Money] = {}
    for source in book.all(GrantSource):
        found[source.year] = found.get(source.year, ZERO) + source.amount
    moved: list[VariationChange] = [c for c in figures.changes_in_force if c.kind in AWARD_CHANGES and c.year]
    for change in moved:
        if change.year:
            found[change.year] = found.get(change.year, ZERO) + change.difference
    return found


def grants_of_award(book: AwardBook, intervention: int | None = None) -> Drawn:
    """The grants that the award, or one intervention, helps to pay, whole, and its own part of each."""
    headings = (
        Heading("Recipient", 0),
        *(Heading(name, 9, right=True, help=about) for name, about in GRANT_SUMS),
        Heading("Status", 0),
    )
    figures = Figures(book, book.today)
    rows: list[TableRow] = []
    for grant in sorted(book.all(Grant), key=lambda each: each.reference):
        sources = book.under(GrantSource, grant_id=grant.id)
        if intervention is not None and all(each.intervention_id != intervention for each in sources):
            continue
        found = figures.grant(grant)
        own = (
            found.from_award
            if intervention is None
            else total(e.amount for e in sources if e.intervention_id == intervention)
        )
        sums = (own, found.granted, found.paid, found.scheduled, found.spent, found.unspent)
        recipient = book.get(Organisation, grant.recipient_id).name
        rows.append(
            TableRow(
                (recipient, *map(money, sums), grant.status.value),
                target=("Grant", grant.id),
                key=grant.id,
                name=grant.reference,
                help=grant.title,
            )
        )
    return rows, headings


def readings_grid(book: AwardBook, measures: Measures, intervention: int | None = None) -> Drawn:
    """Indicators with a reading for each quarter, and where each stands against its target."""
    figures, show = Figures(book, book.today), column_of(Reading, "value").kind.show
    wanted = [
        each
        for each in book.all(Indicator)
        if each.measures is measures and intervention in {None, each.intervention_id}
    ]
    readings = {
        (r.indicator_id, r.quarter): r for e in wanted for r in book.under(Reading, indicator_id=e.id)
    }
    quarters = sorted({quarter for _, quarter in readings} | set(_until_now(figures)))
    standing = {row.reference: row for row in indicator_rows(book, max(quarters), measures)} if quarters else {}  # fmt: skip
    headings = (
        Heading("Unit", 10),
        *(Heading(name, 9, right=True) for name in ("Baseline", "Target", "To date")),
        Heading("Progress", 9, right=True, help="(Actual - baseline) / (target - baseline)"),
        *(Heading(f"{each.year}\nQ{each.number}", 8, right=True, help=each.months) for each in quarters),
    )
    rows: list[TableRow] = []
    for each in sorted(wanted, key=lambda one: one.reference):
        found = standing.get(each.reference)
        percent = found.progress_percent if found else None
        numbers = (each.baseline, each.target, found.to_date if found else None)
        held = (readings.get((each.id, quarter)) for quarter in quarters)
        cells = (
            each.unit,
            *("" if number is None else show(number) for number in numbers),
            "" if percent is None else f"{percent:.1f}%",
            *(show(r.value) if r else "" for r in held),
        )
        rows.append(
            TableRow(
                cells,
                target=("Indicator", each.id),
                key=each.id,
                name=f"{each.reference} {each.title}",
                help=each.title,
            )
        )
    return rows, headings


def _until_now(figures: Figures) -> Iterator[Quarter]:
    """The award's quarters that have ended."""
    return quarters_between(Quarter.of(figures.book.award.starts_on), figures.reported)
