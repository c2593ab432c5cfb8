"""The figures over many awards, in SQL, are those of the book, to the penny, whatever the records."""

import random
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from filing import empty_file, store
from fundtracker.domain.awards import Award
from fundtracker.domain.columns import columns
from fundtracker.domain.figures import Figures
from fundtracker.domain.grants import Grant
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.storage import portfolio, repository
from fundtracker.storage.books import load_book
from fundtracker.storage.database import Database
from fundtracker.storage.glance import award_years
from fundtracker.storage.portfolio import AwardFigures, GrantSums, QuarterFigures, YearFigures
from random_programme import FIRST_DAY, LAST_DAY, TURNS, RandomProgramme

# A day before, within and after everything; and the turns of quarters, when figures change.
days = st.dates(FIRST_DAY - timedelta(days=40), LAST_DAY + timedelta(days=40)) | st.sampled_from(
    [*TURNS, LAST_DAY]
)


def of_year(figures: Figures, year: FinancialYear) -> YearFigures:
    return YearFigures(
        awarded=figures.awarded(year),
        profile=figures.current_profile.total(year=year),
        spent=figures.spent.total(year=year),
        accrued=figures.accrued.total(year=year),
        forecast=figures.forecast.total(year=year),
        outturn=figures.outturn.total(year=year),
        claimed=figures.claimed.total(year=year),
        received=figures.received(year),
    )


def of_quarter(figures: Figures, quarter: Quarter) -> QuarterFigures:
    return QuarterFigures(
        spent=figures.spent.total(quarter=quarter), adjustments=figures.adjustments(quarter)
    )


def figures_agree(database: Database, day: date) -> None:
    with database.reader() as conn:
        by_award, by_grant = portfolio.awards(conn, day), portfolio.grants(conn, day)
        books = {each.id: load_book(conn, each.id, today=day) for each in repository.select(conn, Award)}
    for award_id, book in books.items():
        figures, in_sql = Figures(book, day), by_award.get(award_id, AwardFigures())
        years = {str(each) for each in figures.years} | in_sql.years.keys()
        assert {each: in_sql.years.get(each, YearFigures()) for each in years} == {
            each: of_year(figures, FinancialYear.read(each)) for each in years
        }
        assert all(
            found.left == figures.left(FinancialYear.read(year)) for year, found in in_sql.years.items()
        )
        quarters = {each.code for each in figures.quarters} | in_sql.quarters.keys()
        assert {each: in_sql.quarters.get(each, QuarterFigures()) for each in quarters} == {
            each: of_quarter(figures, Quarter.read(each)) for each in quarters
        }
        for grant in book.all(Grant):
            of_book = figures.grant(grant)
            assert by_grant[grant.id] == GrantSums(
                of_book.granted, of_book.paid, of_book.scheduled, of_book.spent
            )
            assert by_grant[grant.id].unspent == of_book.unspent


def home_agrees(database: Database, day: date) -> None:
    """Home asks the kept sums: of a year that had ended by the day they are the same figures."""
    with database.reader() as conn:
        rows = award_years(conn, day.isoformat(), LAST_DAY_REPORTED.code, "2023/24")
        books = {row[0]: load_book(conn, row[0], today=day) for row in rows}
    for award_id, _, _, _, awarded, spent, _ in rows:
        figures = Figures(books[award_id], day)
        assert Money(awarded or 0) == figures.awarded(FinancialYear(2023))
        assert Money(spent or 0) == figures.spent.total(year=FinancialYear(2023))


LAST_DAY_REPORTED = Quarter.of(LAST_DAY)


# A seed that fails is small enough to look at; shrinking a whole programme would take minutes.
@settings(
    max_examples=max(60, settings().max_examples // 4), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(st.integers(0, 2**32), st.lists(days, min_size=2, max_size=4))
def test_sql_and_book_give_the_same_figures(seed: int, as_at: list[date]) -> None:
    with (
        TemporaryDirectory() as folder,
        closing(Database(empty_file(Path(folder) / "random.fundtracker"))) as database,
    ):
        source = random.Random(seed)  # noqa: S311 - reproducible on purpose
        records = RandomProgramme(source).records
        store(database, records)
        # Days on which something in the programme happens: "on or before" is told from "before" there.
        held = {
            value
            for each in records
            for column in columns(type(each))
            if isinstance(value := getattr(each, column.name), date)
        }
        as_at = [*as_at, *source.sample(sorted(held), min(len(held), 8))]
        for day in as_at:
            figures_agree(database, day)
        home_agrees(database, LAST_DAY)


def test_the_random_programmes_hold_something(tmp_path: Path) -> None:
    """Or the property above would hold of nothing at all."""
    seen: set[str] = set()
    for seed in range(12):
        path = tmp_path / f"{seed}.fundtracker"
        with closing(Database(empty_file(path))) as database:
            store(database, RandomProgramme(random.Random(seed)).records)  # noqa: S311 - reproducible on purpose
            with database.reader() as conn:
                found = portfolio.awards(conn, date(2024, 9, 30)).values()
                grants = portfolio.grants(conn, date(2024, 9, 30)).values()
        for name in ("awarded", "profile", "spent", "accrued", "forecast", "outturn", "claimed", "received"):
            if total(getattr(year, name) for each in found for year in each.years.values()):
                seen.add(name)
        if any(quarter.adjustments for each in found for quarter in each.quarters.values()):
            seen.add("adjustments")
        seen |= {
            name
            for name in ("granted", "paid", "scheduled", "spent")
            for each in grants
            if getattr(each, name)
        }
    assert len(seen) == 12
