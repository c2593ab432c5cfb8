"""The Cover: what a Chief Finance Officer signs, the fingerprint of what was signed, and the way to every sheet (domain 5.7 A, N)."""

from datetime import date

from fundtracker.domain.money import Money
from fundtracker.domain.periods import long_date
from fundtracker.domain.snapshot import Header, Snapshot
from fundtracker.domain.snapshot_text import canonical, fingerprint
from fundtracker.exports.list_sheets import add_draft_banner
from fundtracker.exports.sheet_text import lines_of
from fundtracker.exports.sheets import Cell, Sheet, Value, cell_at, on_sheet
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.definitions import TO_SIGN, note
from fundtracker.returns.workbook_checks import ALL_TIES, NOT_ALL
from fundtracker.returns.workbook_parts import filled, height_of, money, place, section
from fundtracker.returns.workbook_places import (
    ASSETS,
    CHANGES,
    CHECKS,
    COSTS,
    COVER,
    DELIVERY,
    GRANTS,
    MATCH,
    OUTCOMES,
    OUTPUTS,
    RISKS,
    SPEND,
    SUMMARY,
    UNDERSPEND,
    Places,
)
from fundtracker.returns.workbook_summary import cash_at

_WIDTHS = (19.0, 33.0, 17.0, 29.0)
_COLUMNS = len(_WIDTHS)
_TITLE_SIZE = 24.0
_CONTENTS = (
    (SUMMARY, "Award and cash, the year at a glance, charts"),
    (
        SPEND,
        "By intervention, capital or resource, and category: profile, claim, forecast, outturn, variance",
    ),
    (COSTS, "Every line behind Spend, with its dates and evidence"),
    (MATCH, "Money and effort of others beside the award"),
    (DELIVERY, "RAGs, narrative and milestones"),
    (OUTPUTS, "What was done"),
    (OUTCOMES, "What changed"),
    (RISKS, "What may go wrong, and what is done about it"),
    (CHANGES, "Variations, virements and re-profiles"),
    (GRANTS, "Money passed to partners: granted, paid, spent"),
    (ASSETS, "The register of things bought"),
    (UNDERSPEND, "What will not be spent this year, why, and what is asked for"),
    (CHECKS, "Control totals, the bridge from the last return, and every rule"),
)


def cover_sheet(places: Places) -> Sheet:
    snapshot = places.snapshot
    header = snapshot.header
    sheet = Sheet(name=COVER, widths=_WIDTHS, landscape=False)
    if header.draft:
        add_draft_banner(sheet, _COLUMNS)
    _title(sheet, header)
    _particulars(sheet, header)
    sheet.gap(height=8)
    _claim(sheet, places)
    sheet.gap(height=8)
    _declaration(sheet, snapshot)
    sheet.gap(height=8)
    _fingerprint(sheet, snapshot)
    sheet.breaks_after.append(sheet.next_row - 1)
    sheet.gap(height=8)
    _contents(sheet)
    return sheet


def _title(sheet: Sheet, header: Header) -> None:
    sheet.add(header.marking, look=Look.MARKING, height=18)
    if header.demonstration:
        sheet.add(*filled([header.demonstration], _COLUMNS), look=Look.WARNING, height=18)
    sheet.gap(height=6)
    named = header.round_name.casefold().startswith(header.fund.casefold())
    title = header.round_name if named else f"{header.fund}: {header.round_name}"
    row = sheet.add(
        Cell(title, Style(Look.COVER_TITLE, Show.WRAPPED)),
        look=Look.PLAIN,
        height=34 * lines_of(title, sum(_WIDTHS), _TITLE_SIZE, bold=True),
    )
    sheet.merge(row, 1, _COLUMNS)
    sheet.add(
        f"Return {header.return_number} to the {header.funder}: {header.months} ({header.quarter})",
        look=Look.COVER_SUBTITLE,
        height=22,
    )
    sheet.gap(height=8)


def _particulars(sheet: Sheet, header: Header) -> None:
    """Who, what and when, in two columns."""
    section(sheet, header.title, _COLUMNS)
    pairs: tuple[tuple[str, Value, str, Value], ...] = (
        ("Office", header.office, "Return", header.return_reference),
        ("Lead", header.lead, "Return number", f"{header.return_number}"),
        ("Round", f"{header.round_code} {header.round_name}", "Period", header.quarter),
        (
            "Award",
            header.award,
            "From and to",
            f"{long_date(header.begins_on)} to {long_date(header.ends_on)}",
        ),
        ("Theme", header.theme, "Due", long_date(header.due_on) if header.due_on else "No date set"),
        ("Project number", header.project_number or "–", "State", _state(header)),
        ("Agreement", header.agreement or "–", "Made", long_date(header.made_on)),
        ("Agreement version", header.agreement_version, "Fund", header.fund),
    )
    for left, one, right, other in pairs:
        texts = (str(one), _WIDTHS[1]), (str(other), _WIDTHS[3])
        sheet.add(
            Cell(left, Style(Look.LABEL, Show.TEXT)), Cell(one, Style(Look.BODY, Show.WRAPPED)),
            Cell(right, Style(Look.LABEL, Show.TEXT)), Cell(other, Style(Look.BODY, Show.WRAPPED)),
            height=height_of(*texts),
        )  # fmt: skip


def _state(header: Header) -> str:
    return "Draft, not submitted" if header.draft else f"Submitted {long_date(header.made_on)}"


def _claim(sheet: Sheet, places: Places) -> None:
    """The claim in large figures, what it is made of, and whether it ties."""
    cash, header = places.snapshot.cash, places.snapshot.header
    section(sheet, f"Claim, {header.quarter}", _COLUMNS)
    large = Style(Look.COVER_TITLE, Show.MONEY)
    row = sheet.add(
        Cell("Claim (£)", Style(Look.COVER_SUBTITLE, Show.TEXT), note=note("claim")), None,
        Cell(cash.claim, large, formula=cash_at(places, "claim"), link=place(SUMMARY, "A1")), None,
        look=Look.PLAIN, height=40,
    )  # fmt: skip
    sheet.merge(row, 3, 4)
    lines: tuple[tuple[str, str, Money, str, str, Money], ...] = (
        ("This quarter", "quarter", cash.this_quarter, f"Award {header.year}", "revised", cash.revised),
        ("Adjustments", "adjustments", cash.adjustments, "Claimed to date", "to_date", cash.claimed_to_date),
        ("Claimed before", "before", cash.claimed_before, "Left of the award", "left", cash.left),
    )
    for left, one, first, right, other, second in lines:
        sheet.add(
            Cell(left, Style(Look.LABEL, Show.TEXT)), money(first, cash_at(places, one), show=Show.MONEY),
            Cell(right, Style(Look.LABEL, Show.TEXT)), money(second, cash_at(places, other), show=Show.MONEY),
        )  # fmt: skip
    _ties(sheet, places)


def _ties(sheet: Sheet, places: Places) -> None:
    snapshot = places.snapshot
    whole = not any(row.difference for row in snapshot.controls) and all(
        row.closing == row.ledger for row in snapshot.bridge
    )
    style = Style(Look.OK if whole else Look.BAD, Show.GENERAL)
    target = cell_at(places.verdict, 1)
    cell = Cell(
        ALL_TIES if whole else NOT_ALL,
        style,
        formula=on_sheet(CHECKS, target),
        link=place(CHECKS, target),
    )
    row = sheet.add(cell, *([Cell(None, style)] * (_COLUMNS - 1)), height=18)
    sheet.merge(row, 1, _COLUMNS)


def _declaration(sheet: Sheet, snapshot: Snapshot) -> None:
    section(sheet, "Declaration", _COLUMNS)
    sign = snapshot.sign_off
    text = Cell(sign.text, Style(Look.PLAIN, Show.WRAPPED))
    row = sheet.add(text, look=Look.PLAIN, height=height_of((sign.text, sum(_WIDTHS))))
    sheet.merge(row, 1, _COLUMNS)
    sheet.gap(height=6)
    sheet.add(None, "Name and role", "Date", "Signature", look=Look.HEADING, height=18)
    signed = ", ".join(dict.fromkeys(part for part in (sign.signed_by, sign.signed_role) if part))
    _signature(sheet, "Prepared by", sign.prepared_by, sign.prepared_on)
    _signature(sheet, "Checked by", sign.checked_by, sign.checked_on)
    _signature(sheet, "Signed by", signed or TO_SIGN, sign.signed_on)


def _signature(sheet: Sheet, label: str, who: str, on: date | None) -> None:
    box = Style(Look.SIGNATURE, Show.WRAPPED)
    day = Cell(on, Style(Look.SIGNATURE, Show.DATE))
    name = Cell(label, Style(Look.SIGNATURE, Show.TEXT))
    sheet.add(name, Cell(who or None, box), day, Cell(None, box), look=Look.SIGNATURE, height=30)


def _fingerprint(sheet: Sheet, snapshot: Snapshot) -> None:
    """What `fundtracker verify FILE --fingerprint` takes, and the SHA-256 of all that this return says; as in the PDF."""
    header = snapshot.header
    section(sheet, "Fingerprint", _COLUMNS)
    lines = (
        ("History, entry and seal", f"{header.history_sequence}:{header.history_seal}"),
        ("Contents, SHA-256", fingerprint(canonical(snapshot))),
        ("Made with", f"fundtracker {header.program_version}, form version {header.form_version}"),
    )
    for label, text in lines:
        row = sheet.add(Cell(label, Style(Look.LABEL, Show.TEXT)), text, None, None, height=15.2)
        sheet.merge(row, 2, _COLUMNS)
    told = (
        "The history's entry and seal are this return's fingerprint: “fundtracker verify” detects a change to history at or"
        " below a fingerprint you hold. The contents are the same in this workbook and in the PDF."
    )
    row = sheet.add(
        Cell(told, Style(Look.NOTE, Show.WRAPPED)),
        look=Look.PLAIN,
        height=height_of((told, sum(_WIDTHS)), size=9),
    )
    sheet.merge(row, 1, _COLUMNS)


def _contents(sheet: Sheet) -> None:
    section(sheet, "Contents", _COLUMNS)
    for name, told in _CONTENTS:
        row = sheet.add(Cell(name, Style(Look.LINK, Show.TEXT), link=place(name, "A1")), told, None, None)
        sheet.merge(row, 2, _COLUMNS)
    sheet.gap(height=8)
    section(sheet, "How to follow a figure", _COLUMNS)
    for told in (
        "1. A figure here or on Summary is a formula: select it to see which cells of Spend, Costs or Checks it takes.",
        "2. On Spend, click the number of a line, or a claimed sum: it selects the cost lines behind it on Costs.",
        "3. On Costs, each line has its supplier, invoice, dates and evidence; its Spend line leads back.",
        "4. Headings carry the definition of their figure, and whose rule it is, as a note.",
    ):
        text = Cell(told, Style(Look.PLAIN, Show.WRAPPED))
        row = sheet.add(text, look=Look.PLAIN, height=height_of((told, sum(_WIDTHS))))
        sheet.merge(row, 1, _COLUMNS)
