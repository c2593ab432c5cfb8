"""The workbook says what the snapshot says: every figure read back without working anything out, and every sum a formula."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl's stubs leave half of what it reads back unknown.

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.domain.money import Money, total
from fundtracker.domain.snapshot import CostRow, MilestoneRow, Snapshot, SpendRow
from fundtracker.returns.workbook import write_workbook
from returns.workbook_sample import bare_snapshot, rich_snapshot, year_end_snapshot


class Read(NamedTuple):
    """A workbook as written: its stored values, its formulas, and what it was made from."""

    snapshot: Snapshot
    values: Workbook
    formulas: Workbook


def read(snapshot: Snapshot, folder: Path) -> Read:
    path = folder / "return.xlsx"
    write_workbook(snapshot, path)
    return Read(snapshot, load_workbook(path, data_only=True), load_workbook(path))


@pytest.fixture(scope="module", params=["rich", "year end"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Read:
    snapshot = rich_snapshot() if request.param == "rich" else year_end_snapshot()
    return read(snapshot, tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return read(rich_snapshot(), tmp_path_factory.mktemp("rich"))


def pounds(*sums: Money) -> list[float]:
    return [each.pence / 100 for each in sums]


def row_of(sheet: Worksheet, text: Any, column: int = 1) -> int:
    """The only row with this in a column."""
    found = [row for row in range(1, sheet.max_row + 1) if value(sheet, row, column) == text]
    assert len(found) == 1, (text, found)
    return found[0]


def value(sheet: Worksheet, row: int, column: int) -> Any:
    return sheet.cell(row, column).value


def cells(sheet: Worksheet, row: int, first: int, last: int) -> list[Any]:
    return [value(sheet, row, column) for column in range(first, last + 1)]


def is_formula(sheet: Worksheet, row: int, *columns: int) -> bool:
    return all(sheet.cell(row, column).data_type == "f" for column in columns)


def ratio(variance: Money, profile: Money) -> Any:
    percent = variance.percent_of(profile)
    return float(percent / 100) if percent is not None else "Not planned" if variance else "–"


# Spend


def spend_sums(rows: list[SpendRow]) -> list[Any]:
    """The sums of some lines in the order of Spend's columns, with the percentage."""
    names = ("original", "current", "claimed_before", "this_quarter", "accrued", "adjustments", "to_date")
    sums = [total(getattr(row, name) for row in rows) for name in names]
    sums += [total(each) for each in zip(*(row.forecasts for row in rows), strict=True)]
    variance, current = total(row.variance for row in rows), total(row.current for row in rows)
    sums += [total(row.outturn for row in rows), variance]
    return [*pounds(*sums), ratio(variance, current)]


def on_order(made: Read, rows: list[SpendRow]) -> list[float]:
    """What the column after the per cent holds, where there is one."""
    some = any(row.ordered for row in made.snapshot.spend)
    return pounds(total(row.ordered for row in rows)) if some else []


def test_each_line_of_spend(made: Read) -> None:
    sheet, formulas = made.values["Spend"], made.formulas["Spend"]
    ahead, ordered = len(made.snapshot.forecast_quarters), len(on_order(made, []))
    for number, line in enumerate(made.snapshot.spend, 1):
        row = row_of(sheet, number)
        assert cells(sheet, row, 2, 4) == [line.reference, line.category, line.expense]
        assert cells(sheet, row, 5, 14 + ahead + ordered) == [*spend_sums([line]), *on_order(made, [line])]
        assert is_formula(formulas, row, 7, 8, 9, 10, 11, 12 + ahead, 13 + ahead, 14 + ahead)
        reason = line.reason or ("A reason is needed" if line.reason_needed else None)
        assert value(sheet, row, 15 + ahead + ordered) == reason


def test_the_subtotals_and_totals_of_spend(made: Read) -> None:
    sheet, formulas = made.values["Spend"], made.formulas["Spend"]
    snapshot = made.snapshot
    last = 14 + len(snapshot.forecast_quarters) + len(on_order(made, []))
    wanted: list[tuple[int, list[SpendRow]]] = [
        (row_of(sheet, f"Total {snapshot.header.year}"), list(snapshot.spend)),
        (row_of(sheet, "of which capital"), [row for row in snapshot.spend if row.expense == "Capital"]),
        (row_of(sheet, "of which resource"), [row for row in snapshot.spend if row.expense == "Resource"]),
    ]
    for reference in {row.reference for row in snapshot.spend}:
        lines = [row for row in snapshot.spend if row.reference == reference]
        wanted.append((row_of(sheet, lines[0].title, 3), lines))
    for row, lines in wanted:
        if lines:
            assert cells(sheet, row, 5, last) == [*spend_sums(lines), *on_order(made, lines)]
        assert is_formula(formulas, row, *range(5, last + 1))


def test_what_is_on_order_has_a_column_only_where_there_is_any(rich: Read, tmp_path: Path) -> None:
    """Total of Spend + granted and not spent = committed, on Summary and again on Checks; by formulas all the way."""
    cash, sheet = rich.snapshot.cash, rich.values["Spend"]
    head = row_of(sheet, "Line")
    last = 18
    assert cells(sheet, head, last - 1, last + 1) == [
        "Ordered, not received",
        "Reason for the variance",
        None,
    ]
    assert value(sheet, head - 1, last - 1) == "Committed"
    ordered = {(row.reference, row.category): row.ordered for row in rich.snapshot.spend if row.ordered}
    assert list(ordered.values()) == [Money(7_277_07), Money(12_340_56)]
    whole = row_of(sheet, "Total 2024/25")
    assert [value(sheet, whole, last - 1)] == pounds(cash.ordered) == [19_617.63]
    summary, formulas = rich.values["Summary"], rich.formulas["Summary"]
    rows = [
        row_of(summary, label) for label in ("Ordered, not received", "Granted, not yet spent", "Committed")
    ]
    assert [value(summary, row, 3) for row in rows] == pounds(
        cash.ordered, cash.granted_unspent, cash.committed
    )
    assert cash.granted_unspent == Money.pounds("29499.25")
    assert value(formulas, rows[0], 3) == f"='Spend'!Q{whole}"
    assert value(formulas, rows[2], 3) == f"=ROUND(C{rows[0]}+C{rows[1]},2)"
    check = [row for row in rich.snapshot.controls if row.what == "Committed"]
    assert [(row.one, row.difference) for row in check] == [(cash.committed, Money(0))]
    bare = read(year_end_snapshot(), tmp_path)
    assert "Ordered, not received" not in cells(
        bare.values["Spend"], row_of(bare.values["Spend"], "Line"), 1, 20
    )
    assert value(bare.values["Summary"], row_of(bare.values["Summary"], "Ordered, not received"), 3) == 0


# Costs


def test_every_cost_line_stands_once(made: Read) -> None:
    sheet, snapshot = made.values["Costs"], made.snapshot
    found = sorted(
        (tuple(cells(sheet, row, 2, 26)) for row in range(1, sheet.max_row + 1) if is_cost(sheet, row)),
        key=str,
    )
    assert found == sorted((told(row) for row in (*snapshot.costs, *snapshot.orders)), key=str)
    assert len(found) > 2


def is_cost(sheet: Worksheet, row: int) -> bool:
    return str(value(sheet, row, 2)).startswith("C-")


def told(row: CostRow) -> tuple[Any, ...]:
    days = [
        day and datetime.combine(day, time())
        for day in (row.ordered_on, row.received_on, row.invoiced_on, row.paid_on)
    ]
    texts = (row.ledger_code, row.reversal_of, row.grant, row.evidence, row.reason)
    return (
        row.cost, row.part, row.stands_in, row.counts_in or None, row.intervention, row.expense, row.category, row.supplier,
        row.invoice_number or None, row.description or None, *days, *pounds(row.net, row.vat),
        ("Yes" if row.vat_recoverable else "No") if row.vat else None, *pounds(row.eligible, row.amount, row.accrued),
        *(text or None for text in texts),
    )  # fmt: skip


def test_a_cost_bears_the_number_of_its_spend_line(made: Read) -> None:
    sheet = made.values["Costs"]
    numbers = {(row.reference, row.expense, row.category): n for n, row in enumerate(made.snapshot.spend, 1)}
    seen: set[int] = set()
    for row in range(1, sheet.max_row + 1):
        if is_cost(sheet, row) and value(sheet, row, 3) != "Earlier year":
            line = (value(sheet, row, 6), value(sheet, row, 7), value(sheet, row, 8))
            assert value(sheet, row, 1) == numbers.get(line)
            seen.add(value(sheet, row, 1))
    spent = {
        n
        for n, row in enumerate(made.snapshot.spend, 1)
        if row.claimed_before or row.this_quarter or row.adjustments
    }
    assert spent <= seen


def test_the_sums_of_costs(made: Read) -> None:
    sheet, formulas, rows = made.values["Costs"], made.formulas["Costs"], made.snapshot.costs

    def of(*parts: str) -> Money:
        return total(row.amount for row in rows if row.part in parts)

    header = made.snapshot.header
    for label, parts in (
        (f"Earlier returns of {header.year}", ["Earlier return"]),
        ("Adjustments to earlier quarters", ["Adjustment"]),
        (f"This quarter, {header.quarter}", ["This quarter"]),
        ("Claim: adjustments and this quarter", ["Adjustment", "This quarter"]),
        ("To date: earlier returns and the claim", ["Earlier return", "Adjustment", "This quarter"]),
    ):
        row = row_of(sheet, label)
        assert [value(sheet, row, 8)] == pounds(of(*parts))
        assert is_formula(formulas, row, 8)
    shown = row_of(sheet, "Total of the lines shown")
    accrued = total(row.accrued for row in rows)
    assert cells(sheet, shown, 20, 21) == pounds(of("Earlier return", "Adjustment", "This quarter"), accrued)
    assert of("This quarter", "Adjustment") == made.snapshot.cash.claim


def test_corrections_to_earlier_years_stand_apart(rich: Read) -> None:
    sheet = rich.values["Costs"]
    heading = row_of(sheet, "Bridge line")
    earlier = [row for row in rich.snapshot.costs if row.part == "Earlier year"]
    assert [row.amount for row in earlier] == [Money(-300_00)]
    assert value(sheet, heading + 1, 2) == earlier[0].cost
    bridge = rich.values["Checks"]
    number = value(sheet, heading + 1, 1)
    line = row_of(bridge, number)
    assert cells(bridge, line, 2, 3) == ["2023/24", earlier[0].intervention]
    assert value(bridge, line, 8) == -300
    assert value(sheet, row_of(sheet, "Total of the corrections"), 20) == -300
    assert "SUMIFS" in value(rich.formulas["Checks"], line, 8)


# Summary and cover


CASH = {
    "Original award": "original", "Award now: capital": "revised_capital", "Award now: resource": "revised_resource",
    "Award": "revised", "Claimed before": "claimed_before", "This quarter": "this_quarter",
    "   of which accrued": "accrued", "Adjustments": "adjustments", "Claim": "claim", "Claimed to date": "claimed_to_date",
    "Received from the funder": "received", "Claimed, not paid": "unpaid", "Left of the award": "left",
    "Ordered, not received": "ordered", "Granted, not yet spent": "granted_unspent",
    "Committed": "committed", "Left to commit": "left_to_commit", "Corrections to earlier years, not claimed": "earlier_years",
}  # fmt: skip
PLAIN = {
    "original", "revised_capital", "revised_resource", "received", "ordered", "granted_unspent", "earlier_years",
}  # fmt: skip


def test_award_and_cash(made: Read) -> None:
    sheet, formulas = made.values["Summary"], made.formulas["Summary"]
    for label, name in CASH.items():
        row = row_of(sheet, label)
        assert [value(sheet, row, 3)] == pounds(getattr(made.snapshot.cash, name)), label
        assert is_formula(formulas, row, 3) or name in PLAIN
    corrected = made.formulas["Summary"].cell(row_of(sheet, "Corrections to earlier years, not claimed"), 3)
    assert (corrected.data_type == "f") == any(row.part == "Earlier year" for row in made.snapshot.costs)


def test_the_year_by_intervention_by_quarter_and_by_year(made: Read) -> None:
    sheet, formulas, snapshot = made.values["Summary"], made.formulas["Summary"], made.snapshot
    for reference in {row.reference for row in snapshot.spend}:
        lines = [row for row in snapshot.spend if row.reference == reference]
        sums = [
            total(each.current for each in lines), total(each.this_quarter + each.adjustments for each in lines),
            total(each.to_date for each in lines), total(total(each.forecasts) for each in lines),
            total(each.outturn for each in lines), total(each.variance for each in lines),
        ]  # fmt: skip
        row = row_of(sheet, reference)
        assert cells(sheet, row, 3, 9) == [*pounds(*sums), ratio(sums[5], sums[0])]
        assert is_formula(formulas, row, 3, 4, 5, 7, 8, 9)
    for each in snapshot.quarters:
        row = row_of(sheet, each.quarter)
        both = each.spent + each.forecast
        sums = (each.original, each.current, each.spent, each.forecast, both, both - each.current)
        assert cells(sheet, row, 3, 8) == pounds(*sums)
        assert is_formula(formulas, row, 5, 7, 8)
    for year in snapshot.years:
        row = row_of(sheet, year.year)
        sums = (
            year.original, year.awarded, year.profile, year.spent, year.forecast, year.outturn, year.variance, year.left,
        )  # fmt: skip
        assert cells(sheet, row, 3, 10) == pounds(*sums)
        assert is_formula(formulas, row, 6, 8, 9, 10)


def test_the_cover_shows_the_claim_and_that_everything_ties(rich: Read) -> None:
    sheet, cash = rich.values["Cover"], rich.snapshot.cash
    assert value(sheet, row_of(sheet, "Claim (£)"), 3) == cash.claim.pence / 100
    for column, label, figure in (
        (1, "This quarter", cash.this_quarter), (1, "Adjustments", cash.adjustments),
        (1, "Claimed before", cash.claimed_before), (3, "Award 2024/25", cash.revised),
        (3, "Claimed to date", cash.claimed_to_date), (3, "Left of the award", cash.left),
    ):  # fmt: skip
        row = row_of(sheet, label, column)
        assert [value(sheet, row, column + 1)] == pounds(figure)
        assert is_formula(rich.formulas["Cover"], row, column + 1)
    row_of(sheet, "Everything ties: each control total, and each line of the bridge.")


# Match, checks and the rest


def test_match(rich: Read) -> None:
    sheet, formulas, need = rich.values["Match"], rich.formulas["Match"], rich.snapshot.match_need
    rows = rich.snapshot.match
    assert len(rows) == 2
    for each in rows:
        row = row_of(sheet, each.source)
        assert cells(sheet, row, 2, 4) == [each.kind, "Yes" if each.secured else "No", each.basis or None]
        assert cells(sheet, row, 5, 6) == pounds(each.this_quarter, each.to_date)
    for label, chosen in (("Total", rows), ("of which secured", [row for row in rows if row.secured])):
        row = row_of(sheet, label)
        sums = total(each.this_quarter for each in chosen), total(each.to_date for each in chosen)
        assert cells(sheet, row, 5, 6) == pounds(*sums)
        assert is_formula(formulas, row, 5, 6)
    for label, figure in (
        ("Match required", need.required),
        ("Match to date", need.to_date),
        ("Gap", need.gap),
    ):
        row = row_of(sheet, label)
        assert [value(sheet, row, 6)] == pounds(figure)
        assert is_formula(formulas, row, 6)
    assert need.percent == Decimal("12.5")


def test_control_totals_and_the_bridge(made: Read) -> None:
    sheet, formulas, snapshot = made.values["Checks"], made.formulas["Checks"], made.snapshot
    first = row_of(sheet, "Figure") + 1
    for row, control in enumerate(snapshot.controls, first):
        assert cells(sheet, row, 1, 4) == [control.what, None, None, control.one_side]
        assert [value(sheet, row, 6), value(sheet, row, 9), value(sheet, row, 10)] == pounds(
            control.one, control.other, control.difference
        )
        assert value(sheet, row, 11) == "Ties"
        assert is_formula(formulas, row, 6, 9, 10, 11)
    for number, line in enumerate(snapshot.bridge, 1):
        row = row_of(sheet, number)
        assert cells(sheet, row, 2, 5) == [line.year, line.reference, line.expense, line.category]
        sums = (line.opening, line.this_quarter, line.adjustments, line.closing, line.ledger)
        assert cells(sheet, row, 6, 11) == [*pounds(*sums), "Ties"]
        assert is_formula(formulas, row, 9, 11)
        assert is_formula(formulas, row, 7, 8) or line.year != snapshot.header.year
    results = [value(sheet, row, 5) for row in range(row_of(sheet, "Rule") + 1, sheet.max_row + 1)]
    assert results == [check.result for check in snapshot.checks]


def test_a_return_that_does_not_tie_says_so(tmp_path: Path) -> None:
    snapshot = rich_snapshot()
    bridge = snapshot.bridge[-1]
    broken = replace(
        snapshot, bridge=(*snapshot.bridge[:-1], replace(bridge, ledger=bridge.ledger + Money(1)))
    )
    book = read(broken, tmp_path).values
    row = row_of(book["Checks"], len(broken.bridge))
    assert value(book["Checks"], row, 11) == "Doesn't tie"
    row_of(book["Cover"], "Something doesn't tie: see the lines marked on this sheet.")


def test_grants_assets_and_underspend(rich: Read) -> None:
    book, snapshot = rich.values, rich.snapshot
    (grant,), (asset,) = snapshot.grants, snapshot.assets
    sums = (grant.granted, grant.from_award, grant.paid, grant.scheduled, grant.spent, grant.unspent)
    sheet = book["Onward grants"]
    assert cells(sheet, row_of(sheet, grant.reference), 4, 9) == pounds(*sums)
    assert cells(sheet, row_of(sheet, "Total"), 4, 9) == pounds(*sums)
    sheet = book["Assets"]
    assert [value(sheet, row_of(sheet, "Total"), 4)] == pounds(asset.cost)
    sheet = book["Underspend"]
    under = snapshot.underspend
    outturn = total(row.outturn for row in snapshot.spend)
    for label, figure in (
        ("Award", snapshot.cash.revised), ("Outturn", outturn), ("Forecast underspend", under.forecast),
        ("Surrendered", under.surrendered),
    ):  # fmt: skip
        assert [value(sheet, row_of(sheet, label), 2)] == pounds(figure)
    row_of(sheet, under.cause)
    row_of(sheet, under.request)


def test_no_formula_is_without_its_result(made: Read) -> None:
    seen = 0
    for sheet in made.formulas:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    seen += 1
                    stored = made.values[sheet.title][cell.coordinate].value
                    assert stored not in {None, ""}, (sheet.title, cell.coordinate)
    assert seen > 100


def test_where_nothing_has_happened_the_book_says_so_in_words(tmp_path: Path) -> None:
    book = read(bare_snapshot(), tmp_path).values
    for sheet, words in (
        ("Spend", "Nothing is planned, claimed or forecast in 2023/24."),
        ("Costs", "No cost stands in this return, or in an earlier return of 2023/24."),
        ("Costs", "No correction to an earlier financial year."),
        ("Match", "No match has been recorded for 2023/24."),
        ("Match", "The Terms of this award ask for no match."),
        ("Delivery", "No progress has been reported for 2023/24 Q3."),
        ("Delivery", "No milestones have been set for this award."),
        ("Outputs", "No outputs have been set for this award."),
        ("Outcomes", "No outcomes have been set for this award."),
        ("Risks", "No risks are on the register."),
        ("Changes", "No variations of this award."),
        ("Onward grants", "This award pays for no onward grants."),
        ("Assets", "No asset above £10,000 has been registered."),
        ("Checks", "Nothing has been claimed, and no cost has been received."),
    ):
        row_of(book[sheet], words)
    total_row = row_of(book["Spend"], "Total 2023/24")
    assert cells(book["Spend"], total_row, 5, 11) == [0] * 7
    assert value(book["Cover"], row_of(book["Cover"], "Claim (£)"), 3) == 0


def test_only_the_quarters_that_remain_are_forecast(made: Read) -> None:
    sheet = made.values["Spend"]
    heading = row_of(sheet, "Line")
    ahead = [quarter.rpartition(" ")[2] for quarter in made.snapshot.forecast_quarters]
    assert cells(sheet, heading, 12, 12 + len(ahead)) == [*ahead, "Outturn"]
    over = cells(sheet, heading - 1, 1, 12 + len(ahead))
    assert ("Forecast" in over) == bool(ahead)


def test_outputs_show_their_forecast_and_where_the_evidence_is(rich: Read, tmp_path: Path) -> None:
    sheet = rich.values["Outputs"]
    head, row = row_of(sheet, "Intervention"), row_of(sheet, "I-1", 2)
    labels = cells(sheet, head, 1, 14)
    assert value(sheet, row, labels.index("Forecast") + 1) == 380.5
    assert value(sheet, row, labels.index("Evidence reference") + 1) == "SP/Evidence/Q2-17"
    outcomes = rich.values["Outcomes"]
    said = cells(outcomes, row_of(outcomes, "Intervention"), 1, 14)
    assert "Evidence held?" in said
    assert not {"Forecast", "Evidence reference"} & set(said)


@pytest.mark.parametrize("version", ["Original", "As varied by SSF5-VAWG-V1 (effective 6 August 2024)"])
def test_the_cover_names_the_agreement_and_its_version(version: str, tmp_path: Path) -> None:
    snapshot = rich_snapshot()
    snapshot = replace(snapshot, header=replace(snapshot.header, agreement_version=version))
    sheet = read(snapshot, tmp_path).values["Cover"]
    row = row_of(sheet, "Agreement")
    assert cells(sheet, row, 1, 2) == ["Agreement", "HO/SSF5/GLOS/2 v1.1"]
    assert cells(sheet, row + 1, 1, 2) == ["Agreement version", version]


def test_an_overdue_milestone_is_said_to_be_one(tmp_path: Path) -> None:
    snapshot = rich_snapshot()
    end = snapshot.header.ends_on
    stood = ((end, None, None), (end, end + timedelta(1), None), (end, None, end))
    rows = tuple(MilestoneRow("X", f"Step {n}", *dates, 0) for n, dates in enumerate(stood))
    sheet = read(replace(snapshot, milestones=rows), tmp_path).values["Delivery"]
    states = [value(sheet, row_of(sheet, f"Step {n}", 2), 3) for n in range(3)]
    assert states == ["Overdue", "To come", "Reached"]
