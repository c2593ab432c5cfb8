"""From a book to a return's snapshot: every figure, row and check of one quarter's return, at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass

from fundtracker.domain.awards import AwardLine
from fundtracker.domain.bids import Expense
from fundtracker.domain.book import AwardBook
from fundtracker.domain.checks import CHECKS
from fundtracker.domain.claims import Claim, earlier_returns
from fundtracker.domain.delivery import Measures
from fundtracker.domain.delivery_rows import (
    agreement_version,
    asset_rows,
    change_rows,
    grant_rows,
    indicator_rows,
    lead_name,
    match_need,
    match_rows,
    milestone_rows,
    progress_rows,
    risk_rows,
)
from fundtracker.domain.money import ZERO, total
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.return_case import ReturnCase
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.rules import asset_threshold
from fundtracker.domain.snapshot import (
    FORM_VERSION,
    Cash,
    CheckRow,
    ControlRow,
    Header,
    SignOff,
    Snapshot,
    SpendRow,
    Underspend,
)
from fundtracker.domain.spend import (
    EARLIER,
    bridge_rows,
    cost_rows,
    order_rows,
    quarter_rows,
    remaining_quarters,
    spend_rows,
    year_rows,
)

DECLARATION = (
    "I declare that the expenditure in this return was incurred for the purposes of the grant, in accordance with the grant"
    " agreement and on an accruals basis; that it is net of recoverable VAT; that no part of it is claimed from another fund;"
    " that the records behind it are kept and open to audit; and that known issues and variances are disclosed."
)
"""What the Chief Finance Officer signs; the clauses are those of the model grant agreement (domain 2)."""

_RESULTS = {Severity.ERROR: "To mend", Severity.WARNING: "Warning", Severity.NOTE: "Note"}

_OUR_FAULT = "The sheets would not tie, which is a fault of the program: nothing was submitted. Send the file to whoever looks after it."


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the snapshot was made by and from: printed on every cover."""

    program_version: str
    history_sequence: int
    history_seal: str
    draft: bool


def prepare(book: AwardBook, funder_return: FunderReturn, made: Provenance) -> Snapshot:
    """The return of one quarter as its records now stand."""
    claim = Claim(book, funder_return.quarter)
    spend, costs = spend_rows(claim, funder_return), cost_rows(claim)
    bridge = bridge_rows(claim)
    quarter = claim.quarter
    return Snapshot(
        header=_header(claim, funder_return, made),
        cash=_cash(claim),
        years=year_rows(claim),
        quarters=quarter_rows(claim),
        forecast_quarters=tuple(str(each) for each in remaining_quarters(quarter)),
        spend=spend,
        costs=costs,
        orders=order_rows(claim),
        match=match_rows(claim),
        match_need=match_need(claim),
        progress=progress_rows(claim),
        milestones=milestone_rows(book),
        outputs=indicator_rows(book, quarter, Measures.OUTPUT),
        outcomes=indicator_rows(book, quarter, Measures.OUTCOME),
        risks=risk_rows(book),
        changes=change_rows(book),
        grants=grant_rows(claim),
        assets=asset_rows(book),
        asset_threshold=asset_threshold(book, quarter),
        underspend=_underspend(claim, funder_return),
        sign_off=_sign_off(funder_return),
        controls=_controls(claim, spend),
        bridge=bridge,
        checks=_checks(ReturnCase(claim, funder_return)),
    )


def _header(claim: Claim, funder_return: FunderReturn, made: Provenance) -> Header:
    book, office = claim.book, claim.book.office
    demonstration = office.demonstration if office else ""
    return Header(
        office=office.name if office else "",
        office_short=(office.short_name or office.name) if office else "",
        marking=office.marking if office else "OFFICIAL",
        demonstration=demonstration,
        fund=book.fund.name,
        funder=book.fund.funder,
        round_code=book.round.code,
        round_name=book.round.name,
        award=book.award.reference,
        title=book.bid.title,
        theme=book.bid.theme.value,
        agreement=book.award.agreement,
        agreement_version=agreement_version(book, claim.figures_now.as_at),
        project_number=book.award.project_number,
        lead=lead_name(book),
        return_reference=funder_return.reference,
        return_number=len(earlier_returns(book, claim.quarter)) + 1,
        quarter=str(claim.quarter),
        quarter_code=claim.quarter.code,
        months=claim.quarter.months,
        year=str(claim.year),
        begins_on=claim.quarter.begins_on,
        ends_on=claim.quarter.ends_on,
        due_on=funder_return.due_on,
        draft=made.draft,
        made_on=book.today,
        form_version=FORM_VERSION,
        program_version=made.program_version,
        history_sequence=made.history_sequence,
        history_seal=made.history_seal,
    )


def _cash(claim: Claim) -> Cash:
    year, now = claim.year, claim.figures_now
    original = total(line.amount for line in claim.book.under(AwardLine, year=year))
    revised = now.awarded(year)
    claimed_before = claim.opening.total(year=year)
    to_date = claim.to_date.total()
    received = now.received(year)
    ordered, granted_unspent = claim.figures.ordered(year), claim.figures.granted_unspent(year)
    committed = claim.figures.committed(year)
    return Cash(
        original=original,
        revised=revised,
        revised_capital=now.awarded(year, Expense.CAPITAL),
        revised_resource=now.awarded(year, Expense.RESOURCE),
        claimed_before=claimed_before,
        this_quarter=claim.this_quarter.total(),
        accrued=claim.figures.accrued.total(quarter=claim.quarter),
        adjustments=claim.adjustments.total(),
        claim=claim.claim,
        claimed_to_date=to_date,
        received=received,
        unpaid=to_date - received,
        left=revised - to_date,
        ordered=ordered,
        granted_unspent=granted_unspent,
        committed=committed,
        left_to_commit=revised - to_date - committed,
        earlier_years=claim.earlier_years.total(),
    )


def _underspend(claim: Claim, funder_return: FunderReturn) -> Underspend:
    left = claim.figures_now.awarded(claim.year) - claim.figures.outturn.total(year=claim.year)
    return Underspend(
        forecast=max(left, ZERO),
        cause=funder_return.underspend_cause,
        request=funder_return.underspend_request,
        surrendered=funder_return.surrendered,
    )


def _sign_off(funder_return: FunderReturn) -> SignOff:
    return SignOff(
        text=DECLARATION,
        prepared_by=funder_return.prepared_by,
        prepared_on=funder_return.prepared_on,
        checked_by=funder_return.checked_by,
        checked_on=funder_return.checked_on,
        signed_by=funder_return.signed_by,
        signed_role=funder_return.signed_role,
        signed_on=funder_return.signed_on,
    )


def _controls(claim: Claim, spend: tuple[SpendRow, ...]) -> tuple[ControlRow, ...]:
    """O. Each total by two roads: the cost lines and the sheets, the last return and the ledger."""
    costs = cost_rows(claim)
    by_part = {
        part: total(row.amount for row in costs if row.part == part)
        for part in ("This quarter", "Adjustment", EARLIER)
    }
    last_closing = claim.opening.total(year=claim.year)
    return (
        ControlRow(
            "This quarter",
            "Costs",
            by_part["This quarter"],
            "Spend",
            total(row.this_quarter for row in spend),
        ),
        ControlRow(
            "Adjustments", "Costs", by_part["Adjustment"], "Spend", total(row.adjustments for row in spend)
        ),
        ControlRow(
            "Claim", "Costs", by_part["This quarter"] + by_part["Adjustment"], "Award and cash", claim.claim
        ),
        ControlRow("Claimed before", "Costs", by_part[EARLIER], "Earlier returns", last_closing),
        ControlRow(
            "To date",
            "Earlier returns + claim",
            last_closing + claim.claim,
            "Spend",
            total(row.to_date for row in spend),
        ),
        ControlRow(
            "To date",
            "Spend",
            total(row.to_date for row in spend),
            "Cost records",
            claim.ledger.total(year=claim.year),
        ),
        ControlRow(
            "Committed",
            "Spend + onward grants",
            total(row.ordered for row in spend) + claim.figures.granted_unspent(claim.year),
            "Award and cash",
            claim.figures.committed(claim.year),
        ),
        ControlRow("All years", "All returns", claim.closing.total(), "Cost records", claim.ledger.total()),
    )


def untied_rows(snapshot: Snapshot) -> Iterator[Problem]:
    """Control totals and rows of the bridge, as the sheets will show them, that don't agree to the penny (product rule 3)."""
    for row in snapshot.controls:
        if row.difference:
            yield Problem(
                message=f"{row.what}: {row.one_side} come to {row.one.in_prose} and {row.other_side} to {row.other.in_prose}. {_OUR_FAULT}"
            )
    for row in snapshot.bridge:
        if row.opening + row.this_quarter + row.adjustments != row.closing or row.closing != row.ledger:
            yield Problem(
                message=f"{row.reference}, {row.expense}, {row.category}: {row.opening.in_prose} + {row.this_quarter.in_prose} + {row.adjustments.in_prose}"
                f" is not {row.closing.in_prose}, or the cost records' {row.ledger.in_prose} differs. {_OUR_FAULT}"
            )


def _checks(case: ReturnCase) -> tuple[CheckRow, ...]:
    rows: list[CheckRow] = []
    for name, check in CHECKS:
        problems = list(check(case))
        rows.extend(
            CheckRow(
                name,
                "Waived" if "Waived until" in problem.message else _RESULTS[problem.severity],
                problem.message,
                problem.clause,
            )
            for problem in problems
        )
        if not problems:
            rows.append(CheckRow(name, "Passed", "", ""))
    return tuple(rows)
