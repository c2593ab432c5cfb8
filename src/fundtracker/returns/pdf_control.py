"""Changes, Onward grants, Assets and Checks of a return on paper."""

from collections.abc import Sequence
from itertools import groupby

from reportlab.platypus import Flowable

from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import long_date
from fundtracker.domain.snapshot import BridgeRow, ChangeRow, CheckRow, ControlRow, Snapshot
from fundtracker.exports.pdf_cells import (
    AnyRow,
    Mark,
    Value,
    figure,
    group,
    short,
    subtotal,
    total_row,
    words,
)
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_pages import Section, part_heading
from fundtracker.exports.pdf_parts import Particulars
from fundtracker.exports.pdf_table import TableFlow
from fundtracker.exports.pdf_text import NOTE, para
from fundtracker.returns.change_sums import old_and_new


def changes(snapshot: Snapshot) -> Section:
    """J. Every change of every variation, the proposed ones included, under what the variation's changes share."""
    if not snapshot.changes:
        return _plain("Changes", "The award has not been varied.")
    body: list[Flowable] = []
    for number, found in groupby(snapshot.changes, key=lambda row: row.number):
        rows = list(found)
        body += [
            part_heading(f"Variation {number}: {rows[0].variation}", f"changes-{number}", needs=150),
            _particulars(rows[0]),
            TableFlow(_CHANGES, [_change(row) for row in rows]),
        ]
    return Section(title="Changes", landscape=True, new_page=False, body=body)


_CHANGES = (
    short("Change"),
    words("What changes", 4),
    figure("From £", dash=False),
    figure("To £", dash=False),
    figure("Difference £"),
)


def _particulars(row: ChangeRow) -> Particulars:
    approved = (
        f"{long_date(row.approved_on)}: {row.approved_by}" if row.approved_on else "Proposed, not approved"
    )
    return Particulars(
        (
            ("Reason", row.reason),
            ("Decision reference", row.decision_reference),
            ("Approved", approved),
            ("In force from", long_date(row.effective_on) if row.effective_on else ""),
        )
    )


def _change(row: ChangeRow) -> tuple[Value, ...]:
    """Sums in their columns; a change of words under what it changes."""
    old, new = old_and_new(row)
    if row.difference is not None:
        return (row.kind, row.what, old, new, row.difference)
    lines = [row.what, *([f"From: {old}"] if old else []), *([f"To: {new}"] if new else [])]
    return (row.kind, "\n".join(lines), "", "", "")


def grants(snapshot: Snapshot) -> Section:
    """K. Onward grants: granted, paid, spent and unspent are four different things."""
    rows = snapshot.grants
    if not rows:
        return _plain("Onward grants", "No grant to a partner is paid from this award.")
    columns = (
        short("Grant"),
        words("Recipient", 1.3),
        words("For", 1.9),
        figure("Granted"),
        figure("of which this award"),
        figure("Paid"),
        figure("Scheduled"),
        figure("Spent and accepted"),
        figure("Unspent"),
        words("Partner CFO's statement", 1.0),
        words("Undertaking to keep records", 1.05),
    )
    table: list[AnyRow] = [
        (
            row.reference,
            row.recipient,
            row.partnership,
            row.granted,
            row.from_award,
            row.paid,
            row.scheduled,
            row.spent,
            row.unspent,
            _condition(row.cfo_statement),
            _condition(row.retention),
        )
        for row in rows
    ]
    sums = (
        total(row.granted for row in rows),
        total(row.from_award for row in rows),
        total(row.paid for row in rows),
        total(row.scheduled for row in rows),
        total(row.spent for row in rows),
        total(row.unspent for row in rows),
    )
    table.append(total_row("Total", "", "", *sums, "", ""))
    note = para(
        "Paying a partner is not the partner spending: unspent is paid less spent and accepted; below nought, the partner is out of pocket.",
        NOTE,
    )
    return Section(
        title="Onward grants", landscape=True, new_page=False, body=[note, TableFlow(columns, table)]
    )


def _condition(state: str) -> Mark:
    tone = Tone.WARNING if state.startswith("Outstanding") else Tone.PLAIN
    return Mark(state, tone)


def assets(snapshot: Snapshot) -> Section:
    """L. The ten particulars of each asset over the agreement's threshold."""
    threshold = f"Assets that cost more than {snapshot.asset_threshold.in_prose} are listed."
    if not snapshot.assets:
        return _plain("Assets", f"No asset is recorded for this award. {threshold}")
    columns = (
        short("Intervention"),
        short("Bought"),
        words("Description", 2.25),
        figure("Cost"),
        words("Location", 0.9),
        words("Serial number", 1.2),
        words("Title deeds", 1.0),
        short("Disposed of"),
        words("Depreciation", 1.6),
        figure("Proceeds"),
        words("Passed to", 0.8),
    )
    rows: list[AnyRow] = [
        (
            row.intervention,
            row.bought_on,
            row.description,
            row.cost,
            row.location,
            row.serial_number,
            row.title_deeds,
            row.disposed_on or "In use",
            row.depreciation,
            row.proceeds,
            row.transferee,
        )
        for row in snapshot.assets
    ]
    whole = total(row.cost for row in snapshot.assets)
    rows.append(total_row("Total", "", "", whole, *("",) * 7))
    return Section(
        title="Assets", landscape=True, new_page=False, body=[para(threshold, NOTE), TableFlow(columns, rows)]
    )


def checks(snapshot: Snapshot) -> Section:
    """O. Each total from two sources, each line from the last return to this one, each rule and how the return stands to it."""
    body: list[Flowable] = [
        part_heading("Control totals", "checks-controls"),
        TableFlow(
            (
                words("Total", 1),
                words("Taken from", 1.4),
                figure("£", dash=False),
                words("Compared with", 1.4),
                figure("£", dash=False),
                figure("Difference", dash=False),
                short("Result"),
            ),
            [_control(row) for row in snapshot.controls],
        ),
        part_heading("Bridge from the last return", "checks-bridge"),
        para(
            "Opening plus this quarter plus adjustments is closing, and closing equals the cost records. Adjustments in an earlier year's rows are corrections, not part of the claim.",
            NOTE,
        ),
    ]
    if snapshot.bridge:
        body.append(_bridge_table(snapshot.bridge))
    else:
        body.append(para("There is nothing to bridge: no return of this award has claimed anything."))
    body += [part_heading("Rules", "checks-rules"), _rules_table(snapshot.checks)]
    return Section(title="Checks", body=body)


def _control(row: ControlRow) -> tuple[Value, ...]:
    result = Mark("Does not tie", Tone.BAD) if row.difference else Mark("Ties", Tone.GOOD)
    return (row.what, row.one_side, row.one, row.other_side, row.other, row.difference, result)


def _bridge_table(rows: tuple[BridgeRow, ...]) -> TableFlow:
    columns = (
        words("Spend line", 2),
        figure("Opening"),
        figure("This quarter"),
        figure("Adjustments"),
        figure("Closing"),
        figure("Cost records"),
        short("Result"),
    )
    laid: list[AnyRow] = []
    for year, found in groupby(rows, key=lambda row: row.year):
        lines = list(found)
        laid.append(group(year))
        laid.extend(_bridge(row) for row in lines)
        sums = [total(_bridge_figures(row)[n] for row in lines) for n in range(5)]
        laid.append(subtotal(f"Total of {year}", *sums, ""))
    return TableFlow(columns, laid)


def _bridge_figures(row: BridgeRow) -> tuple[Money, ...]:
    return (row.opening, row.this_quarter, row.adjustments, row.closing, row.ledger)


def _bridge(row: BridgeRow) -> tuple[Value, ...]:
    ties = row.opening + row.this_quarter + row.adjustments == row.closing == row.ledger
    result = Mark("Ties", Tone.GOOD) if ties else Mark("Does not tie", Tone.BAD)
    return (f"{row.reference}, {row.expense.lower()}, {row.category}", *_bridge_figures(row), result)


_RESULT_TONES = {
    "Passed": Tone.GOOD,
    "To mend": Tone.BAD,
    "Warning": Tone.WARNING,
    "Waived": Tone.WARNING,
}


def _rules_table(rows: Sequence[CheckRow]) -> TableFlow:
    """Without a column in which no rule has anything to say."""
    columns = [words("Rule", 2.1), short("Result")]
    if any(row.message for row in rows):
        columns.append(words("What was found", 2.7))
    if any(row.clause for row in rows):
        columns.append(words("Clause", 1.7))
    laid: list[AnyRow] = []
    for row in rows:
        result = Mark(row.result, _RESULT_TONES.get(row.result, Tone.PLAIN))
        said = {"What was found": row.message, "Clause": row.clause}
        laid.append((row.check, result, *(said[column.heading] for column in columns[2:])))
    return TableFlow(columns, laid)


def _plain(title: str, text: str) -> Section:
    """A part of the return that is empty, and says so."""
    return Section(title=title, landscape=True, new_page=False, body=[para(text)])
