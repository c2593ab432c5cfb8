"""The tie-out as rows of tables: return lines, payments, the gaps by name, agreed balances; each row knows the rows behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fundtracker.domain.bids import Expense
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money, total
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.periods import short_date
from fundtracker.domain.spend import line_words
from fundtracker.domain.tie_out import TieOut, TieRow
from fundtracker.domain.tie_out_agreed import BalanceRow
from fundtracker.domain.tie_out_gaps import GapItem
from fundtracker.returns.tie_out_sheet import IN_ADVANCE, MISMATCH, REPORTED, UNRETURNED
from fundtracker.ui.models.figures_table import Heading, TableRow

AFTER = 5
"""The column of LINES that takes back what changed after the return was submitted: all parts are added up, none is taken off."""
LINES = (
    Heading("Capital or\nresource", 0),
    Heading("Category", 0),
    Heading(
        "Partners'\naccepted", 0, right=True, help="What partners spent in the quarter, by the forms accepted"
    ),
    Heading("Office's\nown costs", 0, right=True),
    Heading(
        "Adjust-\nments",
        0,
        right=True,
        help="What the cost records now say of earlier quarters of the year",
    ),
    Heading(
        "Changes\ntaken back",
        0,
        right=True,
        help="What changed after the return was submitted, with its sign turned round: it stands in a later return",
    ),
    Heading("Worked\nout", 0, right=True, bold=True),
    Heading("The return\nsays", 0, right=True),
    Heading("Difference", 0, right=True),
)
PAYMENTS = (
    Heading("What", 0),
    Heading("Paid, by\nour records", 0, right=True),
    Heading("VAT in\nthe ledger", 0, right=True, help="Recoverable VAT that the ledger's lines hold too"),
    Heading("Worked\nout", 0, right=True, bold=True),
    Heading("Ledger\nlines", 0, right=True),
    Heading("Difference", 0, right=True),
)
GAPS = (Heading("Reference", 16), Heading("What it is, and why", 80), Heading("Amount", 14, right=True))
BALANCES = (
    Heading("State", 10),
    Heading("Figure", 26),
    Heading("To the end of", 13),
    Heading("Agreed", 14, right=True),
    Heading("Now", 14, right=True),
    Heading("Difference", 12, right=True),
    Heading("Agreed on", 11),
    Heading("By", 20),
    Heading("Note", 24),
)
CHANGED_SINCE = "Costs changed by hand since their form was accepted"
HELD, BROKEN = "✓ Holds", "⚠ Broken"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a row leads: a record by its reference, or the rows of a kind that path conditions leave; `part` tells rows apart."""

    reference: str = ""
    within: tuple[tuple[str, Any], ...] = ()
    part: str = ""


@dataclass(frozen=True, slots=True)
class TieOutTables:
    """All that is shown of a tie-out, put together by a worker."""

    tied: TieOut
    verdict: str
    lines: tuple[TableRow, ...]
    payments: tuple[TableRow, ...]
    gaps: tuple[TableRow, ...]
    balances: tuple[TableRow, ...]
    broken: str
    """What became of agreed balances that no longer hold, in words."""


def tables_of(tied: TieOut) -> TieOutTables:
    broken = (each.message for each in tied.problems if each.kind == "AgreedBalance")
    return TieOutTables(
        tied,
        verdict(tied),
        tuple(_lines(tied)),
        tuple(_payments(tied)),
        tuple(_gaps(tied)),
        tuple(_balance(each) for each in tied.balances),
        "\n".join(broken),
    )


def verdict(tied: TieOut) -> str:
    """Whether it ties, and the sums, in a few sentences."""
    rows, paid = tied.rows, tied.payments
    partners, own = total(each.partners for each in rows), total(each.own for each in rows)
    adjusted, changed = total(each.adjustments for each in rows), total(each.changed for each in rows)
    made = tied.funder_return
    said = f"{made.reference} ({made.state.value.lower()})" if made else "the return, were it made now,"
    later = (
        f" {'-' if changed.pence > 0 else '+'} {abs(changed).in_full} of later changes taken back"
        if changed
        else ""
    )
    sums = (
        f"Partners' accepted spend {partners.in_full} + own costs {own.in_full} + adjustments {adjusted.in_full}{later} = "
        f"{total(each.worked_out for each in rows).in_full}; {said} claims {tied.claim.in_full}. "
        f"Paid {total(each.paid + each.vat for each in paid).in_full}; the ledger shows {total(each.ledger for each in paid).in_full} of it."
    )
    off = (
        (lines_off(tied), "the return lines"),
        (payments_off(tied), "the payments"),
        (len(tied.form_gaps), "the partners' forms"),
    )
    broken = sum(bool(each.difference) for each in tied.balances)
    parts = [
        f"{many:,} {'difference' if many == 1 else 'differences'} in {where}" for many, where in off if many
    ]
    parts += [f"{broken:,} agreed {'balance' if broken == 1 else 'balances'} broken"] if broken else []
    return f"⚠ Not everything ties: {', '.join(parts)}. {sums}" if parts else f"✓ Everything ties. {sums}"


def lines_off(tied: TieOut) -> int:
    """How many differences there are between the return's lines and what is behind them."""
    claimed = tied.claim != total(each.returned for each in tied.rows)
    return sum(bool(each.difference) for each in tied.rows) + claimed


def payments_off(tied: TieOut) -> int:
    """How many differences there are between payments and the ledger."""
    return sum(bool(each.difference) for each in tied.payments) + bool(tied.posted.difference)


def _difference(amount: Money) -> str:
    """A difference that isn't nought is marked by a sign, too."""
    return f"⚠ {amount.shown}" if amount else amount.shown


def _named(name: str, difference: Money) -> str:
    """The name of a row that is at odds bears the sign too: it stays in sight when the table is scrolled."""
    return f"{name} ⚠" if difference else name


def _told(about: str, difference: Money) -> str:
    return f"{about}: it differs by {abs(difference).in_full}" if difference else about


# The return


def _lines(tied: TieOut) -> Iterator[TableRow]:
    for each in tied.rows:
        sums = (each.partners, each.own, each.adjustments, -each.changed, each.worked_out, each.returned)
        yield TableRow(
            (
                each.expense.value,
                each.category,
                *(amount.shown for amount in sums),
                _difference(each.difference),
            ),
            key=_costs_behind(tied, each),
            name=_named(each.reference, each.difference),
            help=_told(f"{each.reference} {each.title}", each.difference),
            bold=bool(each.difference),
        )
    if not tied.rows:
        return
    sums = [
        total(getattr(each, name) for each in tied.rows)
        for name in ("partners", "own", "adjustments", "changed", "worked_out", "returned", "difference")
    ]
    sums[AFTER - 2] = -sums[AFTER - 2]
    cells = ("", "", *(each.shown for each in sums[:-1]), _difference(sums[-1]))
    yield TableRow(cells, key=Link(part="total"), name=_named("Total", sums[-1]), bold=True, rule=True)
    off = sums[5] - tied.claim
    cells = ("", "", "", "", "", "", sums[5].shown, tied.claim.shown, _difference(off))
    yield TableRow(cells, key=Link(part="claim"), name=_named("The claim", off), bold=True)
    if tied.earlier_years:
        cells = ("", "", "", "", "", "", "", tied.earlier_years.shown, "")
        about = "Corrections to earlier financial years: shown apart, not claimed"
        yield TableRow(cells, key=Link(part="earlier"), name="Earlier years", help=about)


def _costs_behind(tied: TieOut, row: TieRow) -> Link:
    """The costs of the line's quarter."""
    interventions = {each.reference: each.id for each in tied.book.all(Intervention)}
    categories = {each.name: each.id for each in tied.book.all(CostCategory)}
    expense: Expense = row.expense
    within = (
        ("intervention_id", interventions.get(row.reference, 0)),
        ("expense", expense),
        ("category_id", categories.get(row.category, 0)),
        ("received_on.quarter", tied.quarter),
    )
    return Link(within=within)


# Payments


def _payments(tied: TieOut) -> Iterator[TableRow]:
    interventions = {each.reference: each.id for each in tied.book.all(Intervention)}
    for each in tied.payments:
        own = (
            ("intervention_id", interventions.get(each.reference, 0)),
            ("paid_on.quarter", tied.quarter),
            ("grant_id", None),
        )
        yield TableRow(
            (
                f"{each.title}{' (partner)' if each.partner else ''}", each.paid.shown, each.vat.shown,
                (each.paid + each.vat).shown, each.ledger.shown, _difference(each.difference),
            ),
            key=Link(reference=each.reference, part="paid") if each.partner else Link(within=own),
            name=_named(each.reference, each.difference),
            help=_told(f"{each.reference} {each.title}", each.difference),
            bold=bool(each.difference),
        )  # fmt: skip
    whole = [total(getattr(each, name) for each in tied.payments) for name in ("paid", "vat", "ledger")]
    cells = ("", whole[0].shown, whole[1].shown, (whole[0] + whole[1]).shown, whole[2].shown)
    off = total(each.difference for each in tied.payments)
    yield TableRow(
        (*cells, _difference(off)), key=Link(part="total"), name=_named("Total", off), bold=True, rule=True
    )
    posted = tied.posted
    for label, amount in (
        ("Less: of these, posted in another quarter", -posted.outside),
        ("Plus: posted in the quarter for payments of other quarters", posted.other_quarters),
        ("Plus: posted in the quarter for what isn't marked as paid", posted.not_paid),
        ("Plus: posted to the award's codes, and matched to nothing", posted.unmatched),
    ):
        if amount:
            yield TableRow((label, "", "", amount.shown, "", ""), key=Link(part=label), name="")
    cells = ("", "", "", posted.worked_out.shown, posted.lines.shown, _difference(posted.difference))
    yield TableRow(cells, key=Link(part="posted"), name=_named("Posted", posted.difference), bold=True, rule=True,
                   help="The award's ledger lines posted in the quarter")  # fmt: skip


# Gaps and balances


def gaps_of(tied: TieOut) -> tuple[tuple[str, Sequence[GapItem]], ...]:
    """The gaps by name, each with its items; last what the ledger shows otherwise."""
    otherwise = tuple(
        GapItem(
            each.reference,
            f"{each.what}, paid on {short_date(each.paid_on)}: paid less what the ledger shows",
            each.difference,
        )
        for each in tied.mismatches
    )
    changed = tuple(
        GapItem(
            each.form.reference,
            f"{line_words(tied.book, each.line)}: the form says {each.said.in_full}, its costs now {each.stands.in_full}",
            each.difference,
        )
        for each in tied.form_gaps
    )
    return (
        (REPORTED, tied.reported),
        (IN_ADVANCE, tied.in_advance),
        (UNRETURNED, tied.unreturned),
        (MISMATCH, otherwise),
        *([(CHANGED_SINCE, changed)] if changed else []),
    )


def _gaps(tied: TieOut) -> Iterator[TableRow]:
    for name, items in gaps_of(tied):
        whole = total(each.amount for each in items)
        many = f"{len(items):,} {'item' if len(items) == 1 else 'items'}" if items else "none"
        yield TableRow(("", f"{name}: {many}", whole.shown), key=Link(part=name), bold=True, rule=True)
        for number, each in enumerate(items):
            link = Link(reference=each.reference, part=f"{name} {number}")
            yield TableRow((each.reference, each.why, each.amount.shown), key=link)


def _balance(row: BalanceRow) -> TableRow:
    agreed = row.agreed
    return TableRow(
        (
            BROKEN if row.difference else HELD, agreed.figure.value, str(agreed.quarter), agreed.amount.shown, row.now.shown,
            _difference(row.difference), short_date(agreed.agreed_on), agreed.agreed_by, agreed.note.split("\n", 1)[0],
        ),
        target=("AgreedBalance", agreed.id),
        key=Link(part=f"balance {agreed.id}"),
        bold=bool(row.difference),
    )  # fmt: skip
