"""The summary of a return on paper: its key figures, three charts, and the tables the charts are drawn from."""

from collections.abc import Iterable

from reportlab.platypus import Flowable

from fundtracker.domain.money import Money, total
from fundtracker.domain.snapshot import Cash, Snapshot, SpendRow
from fundtracker.exports.pdf_cells import Value, figure, pounds, short, total_row, words
from fundtracker.exports.pdf_charts import Bar, bars_chart, columns_chart
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_pages import Section, part_heading
from fundtracker.exports.pdf_parts import Beside, Tile, Tiles
from fundtracker.exports.pdf_table import TableFlow
from fundtracker.exports.pdf_text import NOTE, para
from fundtracker.returns.definitions import DEFINITIONS

_CAPTION = (
    "Charts: a bar is what is spent to date with the forecast on it or beside it, and a line across it the current profile;"
    " in thousands of pounds. The exact figures are in the tables of Summary and Spend."
)
_WIDTH = 523.0
"""Of an upright page between its margins, in points."""


def summary(snapshot: Snapshot) -> Section:
    """B and the year at a glance. Nothing here is added over years: each year's money is its own."""
    header = snapshot.header
    body: list[Flowable] = [*_key_figures(snapshot), *_charts(snapshot)]
    body += [part_heading(f"{header.year} by quarter", "summary-quarters"), _quarter_table(snapshot)]
    body += [
        part_heading("The award by financial year", "summary-years", needs=120),
        para(
            f"As at the end of {header.quarter}. What is left in one year cannot be spent in another without a recorded variation.",
            NOTE,
        ),
        _year_table(snapshot),
        part_heading(f"Award and cash, {header.year}", "summary-cash", needs=290),
        _cash_table(snapshot),
    ]
    return Section(title="Summary", body=body)


def _key_figures(snapshot: Snapshot) -> list[Flowable]:
    cash, spend = snapshot.cash, snapshot.spend
    outturn = total(row.outturn for row in spend)
    profile = total(row.current for row in spend)
    variance = outturn - profile
    percent = variance.percent_of(profile)
    side = "below" if variance.pence < 0 else "above"
    share = "outturn less profile" if percent is None else f"{abs(percent):.1f}% {side} the current profile"
    return [
        Tiles(
            (
                Tile("Claim", pounds(cash.claim), snapshot.header.quarter, strong=True),
                Tile("Spent in the quarter", pounds(cash.this_quarter), f"{pounds(cash.accrued)} accrued"),
                Tile("Adjustments", pounds(cash.adjustments), "to earlier quarters", _tone(cash.adjustments)),
                Tile("Claimed, not paid", pounds(cash.unpaid), "by the funder", _tone(cash.unpaid)),
            )
        ),
        Tiles(
            (
                Tile(f"Awarded, {snapshot.header.year}", pounds(cash.revised), "with approved variations"),
                Tile("Forecast outturn", pounds(outturn), "spent to date and forecast"),
                Tile("Variance from profile", pounds(variance), share, _tone(variance)),
                Tile(
                    "Left to commit",
                    pounds(cash.left_to_commit),
                    "after commitments",
                    _tone(cash.left_to_commit),
                ),
            )
        ),
    ]


def _tone(amount: Money) -> Tone:
    return Tone.NEGATIVE if amount.pence < 0 else Tone.PLAIN


def _charts(snapshot: Snapshot) -> list[Flowable]:
    year = snapshot.header.year
    quarters = [
        Bar(row.quarter.removeprefix(f"{year} "), row.spent, row.forecast, row.current)
        for row in snapshot.quarters
    ]
    years = [Bar(row.year, row.spent, row.forecast, row.profile, row.awarded) for row in snapshot.years]
    half = (_WIDTH - 20) / 2
    charts: list[Flowable] = [
        Beside(
            (
                columns_chart(f"Spend against profile, {year}", quarters, half),
                columns_chart("The award by financial year", years, half),
            ),
            gap=20,
        )
    ]
    if snapshot.spend:
        title = f"{year} by intervention: spent, forecast and profile"
        charts.append(bars_chart(title, _by_intervention(snapshot.spend, snapshot.header.award), _WIDTH))
    return [*charts, para(_CAPTION, NOTE)]


def _by_intervention(rows: Iterable[SpendRow], award: str) -> list[Bar]:
    """One bar for each; of a reference only what the award's own does not say already."""
    found: dict[str, Bar] = {}
    for row in rows:
        label = f"{row.reference.removeprefix(f'{award}-')}  {row.title}"
        bar = found.get(row.reference) or Bar(label, Money(0), Money(0), Money(0))
        found[row.reference] = bar._replace(
            spent=bar.spent + row.to_date,
            forecast=bar.forecast + total(row.forecasts),
            profile=bar.profile + row.current,
        )
    return list(found.values())


def _cash_table(snapshot: Snapshot) -> TableFlow:
    return TableFlow(
        (words("Figure", 1.1), figure("£", dash=False), words("What it is", 2.6)),
        _cash_rows(snapshot.cash),
    )


def _cash_rows(cash: Cash) -> list[tuple[Value, ...]]:
    """B, in the order in which one leads to the next, each with what it is in the words of the workbook's notes."""
    figures = (
        ("original_award", cash.original),
        ("award", cash.revised),
        ("claimed_before", cash.claimed_before),
        ("this_quarter", cash.this_quarter),
        ("accrued", cash.accrued),
        ("adjustments", cash.adjustments),
        ("claim", cash.claim),
        ("to_date", cash.claimed_to_date),
        ("received", cash.received),
        ("unpaid", cash.unpaid),
        ("left", cash.left),
        ("ordered", cash.ordered),
        ("granted_unspent", cash.granted_unspent),
        ("committed", cash.committed),
        ("left_to_commit", cash.left_to_commit),
        ("earlier_years", cash.earlier_years),
    )
    rows: list[tuple[Value, ...]] = [
        (
            "   of which accrued" if key == "accrued" else DEFINITIONS[key].name,
            amount,
            DEFINITIONS[key].words,
        )
        for key, amount in figures
    ]
    rows[2:2] = [
        (
            "   of which capital",
            cash.revised_capital,
            "The capital lines of the award; capital and resource stay apart.",
        ),
        ("   of which resource", cash.revised_resource, "The resource lines of the award."),
    ]
    return rows


def _quarter_table(snapshot: Snapshot) -> TableFlow:
    rows = snapshot.quarters
    return TableFlow(
        (
            words("Quarter"),
            figure("Original profile"),
            figure("Current profile"),
            figure("Spent"),
            figure("Forecast"),
        ),
        [
            *((row.quarter, row.original, row.current, row.spent, row.forecast) for row in rows),
            total_row(
                f"{snapshot.header.year}",
                total(row.original for row in rows),
                total(row.current for row in rows),
                total(row.spent for row in rows),
                total(row.forecast for row in rows),
            ),
        ],
    )


def _year_table(snapshot: Snapshot) -> TableFlow:
    columns = (
        short("Year"),
        figure("Original award"),
        figure("Awarded", dash=False),
        figure("Current profile"),
        figure("Spent"),
        figure("Forecast"),
        figure("Outturn"),
        figure("Variance"),
        figure("Left", dash=False),
    )
    return TableFlow(
        columns,
        [
            (
                row.year,
                row.original,
                row.awarded,
                row.profile,
                row.spent,
                row.forecast,
                row.outturn,
                row.variance,
                row.left,
            )
            for row in snapshot.years
        ],
    )
