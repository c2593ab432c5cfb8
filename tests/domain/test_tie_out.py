"""The tie-out: return lines, payments and ledger agree to the penny whatever happened, gaps stand by name, broken balances are told."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fundtracker.domain.award_ledger import AwardLedger, awards_part
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.grants import Grant, Instalment, InstalmentId, InstalmentStatus
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import (
    AgreedBalance,
    AgreedBalanceId,
    AgreedFigure,
    LedgerCode,
    LedgerCodeId,
    LedgerLayoutId,
    LedgerLine,
    LedgerLineId,
    LedgerMatch,
    LedgerMatchId,
)
from fundtracker.domain.money import Money, total
from fundtracker.domain.periods import Quarter, quarters_between
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.tie_out import TieOut, tie_out
from fundtracker.domain.tie_out_agreed import broken_balances
from fundtracker.domain.tie_out_gaps import GapItem
from programme import CAPITAL, RESOURCE, Programme, quarter

Q3, Q4 = quarter("2023/24 Q3"), quarter("2023/24 Q4")


class Ledger:
    """The finance system's side, kept in memory."""

    def __init__(self) -> None:
        self.lines: list[LedgerLine] = []
        self.matches: list[LedgerMatch] = []

    def pays(
        self, amount: str | Money, on: date, *paid: Cost | Instalment, code: str = "7401", **more: Any
    ) -> LedgerLine:
        """A line, matched to what it paid: in full to one, else to each of them by what it asks."""
        number = len(self.lines) + 1
        sum_ = amount if isinstance(amount, Money) else Money.pounds(amount)
        line = LedgerLine(
            id=LedgerLineId(number), reference=f"L-{number:05d}", layout_id=LedgerLayoutId(1), transaction_number=f"PV{number}",
            posted_on=on, code=code, supplier="ACME", amount=sum_, **more,
        )  # fmt: skip
        self.lines.append(line)
        for each in paid:
            self.match(
                line,
                each,
                sum_
                if len(paid) == 1
                else each.amount
                if isinstance(each, Instalment)
                else each.net + each.vat,
            )
        return line

    def match(self, line: LedgerLine, paid: Cost | Instalment, amount: Money) -> None:
        cost, instalment = (paid.id, None) if isinstance(paid, Cost) else (None, paid.id)
        number = LedgerMatchId(len(self.matches) + 1)
        self.matches.append(
            LedgerMatch(id=number, line_id=line.id, cost_id=cost, instalment_id=instalment, amount=amount)
        )

    def of_award(self, award_id: Any = 1) -> AwardLedger:
        code = LedgerCode(id=LedgerCodeId(1), code="7401", award_id=award_id)
        return AwardLedger((code,), tuple(self.lines), tuple(self.matches))


def instalment(programme: Programme, grant: Grant, amount: str, on: date, **more: Any) -> Instalment:
    number = InstalmentId(len(programme.all(Instalment)) + 1)
    values: dict[str, Any] = {"status": InstalmentStatus.PAID, "paid_on": on} | more
    item = Instalment(
        id=number,
        grant_id=grant.id,
        reference=f"I-{number:05d}",
        amount=Money.pounds(amount),
        due_on=on,
        **values,
    )
    programme.rows.setdefault(Instalment, {})[number] = item
    return item


def office() -> tuple[Programme, Ledger]:
    """Q3 is submitted; in Q4 a partner spent and was paid, the office bought, and one cost of Q3 was corrected."""
    built, ledger = Programme(today=date(2024, 4, 20)), Ledger()
    built.promises("50000", "2023/24")
    op = built.intervenes()
    first = built.spends(op, "1000", date(2023, 11, 3), paid_on=date(2023, 12, 1))
    ledger.pays("1000", date(2023, 12, 1), first)
    built.submits(built.begins_return("2023/24 Q3"))
    built.changes(first, net=Money.pounds("990"), adjustment_reason="Invoice was lower")
    ledger.pays("-10", date(2024, 1, 5), first)
    grant = built.grants(op, "5000", "2023/24")
    built.spends(op, "700.50", date(2024, 2, 1), grant_id=grant.id, accepted_on=date(2024, 4, 2))
    cost = built.spends(op, "200", date(2024, 2, 3), vat=Money.pounds("40"), paid_on=date(2024, 3, 1))
    irrecoverable = built.spends(
        op,
        "10",
        date(2024, 3, 3),
        vat=Money.pounds("2"),
        vat_recoverable=False,
        expense=CAPITAL,
        paid_on=date(2024, 3, 9),
    )
    ledger.pays("252", date(2024, 3, 10), cost, irrecoverable)
    ledger.pays("900", date(2024, 2, 12), instalment(built, grant, "900", date(2024, 2, 12)), code="")
    return built, ledger


def test_each_line_of_the_return_is_partners_own_and_adjustments() -> None:
    built, ledger = office()
    tied = tie_out(built.book(), Q4, ledger.of_award())
    assert [
        (each.reference, each.expense, each.partners.plain, each.own.plain, each.adjustments.plain, each.changed.plain, each.returned.plain, each.difference.plain)
        for each in tied.rows
    ] == [
        ("SSF5-VAWG-01", CAPITAL, "0.00", "12.00", "0.00", "0.00", "12.00", "0.00"),
        ("SSF5-VAWG-01", RESOURCE, "700.50", "200.00", "-10.00", "0.00", "890.50", "0.00"),
    ]  # fmt: skip
    assert [
        (each.reference, each.paid.plain, each.vat.plain, each.ledger.plain, each.difference.plain)
        for each in tied.payments
    ] == [
        ("SSF5-VAWG-01", "212.00", "40.00", "252.00", "0.00"),
        ("G-1", "900.00", "0.00", "900.00", "0.00"),
    ]
    assert (tied.claim, tied.ties, tied.problems) == (Money.pounds("902.50"), True, ())
    assert (tied.posted.of_payments, tied.posted.other_quarters, tied.posted.lines) == (
        Money.pounds("1152"),
        Money.pounds("-10"),
        Money.pounds("1142"),
    )


def test_a_submitted_return_ties_though_its_costs_have_changed_since() -> None:
    built, ledger = office()
    (row,) = tie_out(built.book(), Q3, ledger.of_award()).rows
    assert (row.own.plain, row.changed.plain, row.worked_out.plain, row.returned.plain) == (
        "990.00",
        "-10.00",
        "1000.00",
        "1000.00",
    )


def test_a_return_that_says_otherwise_does_not_tie() -> None:
    built, ledger = office()
    sent = built.rows[FunderReturn][1]
    built.changes(sent, claim=Money.pounds("999.99"))
    tied = tie_out(built.book(), Q3, ledger.of_award())
    assert not tied.ties
    assert list(map(str, tied.problems)) == ["The return claims £999.99, and its lines come to £1,000.00."]


def test_payments_that_the_ledger_shows_otherwise_are_named() -> None:
    built, ledger = office()
    op = built.rows[Intervention][1]
    built.spends(op, "80", date(2024, 2, 1), paid_on=date(2024, 2, 20), supplier="Lost Ltd")
    part = built.spends(op, "60", date(2024, 2, 1), paid_on=date(2024, 2, 21), supplier="Part Ltd")
    ledger.pays("45", date(2024, 2, 22), part)
    tied = tie_out(built.book(), Q4, ledger.of_award())
    assert not tied.ties
    assert list(map(str, tied.problems)) == [
        "C-00005 (Lost Ltd), paid on 20/02/2024: £80.00 more than the ledger shows.",
        "C-00006 (Part Ltd), paid on 21/02/2024: £15.00 more than the ledger shows.",
    ]


def test_the_three_gaps_stand_by_name() -> None:
    built, ledger = office()
    op, grant = built.rows[Intervention][1], built.rows[Grant][1]
    built.spends(op, "33", date(2024, 3, 1), grant_id=grant.id)
    form = PartnerForm(
        id=PartnerFormId(1), grant_id=grant.id, quarter=Q4, reference="G-1 2023-24-Q4", issued_on=date(2024, 4, 1), due_on=date(2024, 4, 14),
        received_on=date(2024, 4, 12), reported=Money.pounds("410"),
    )  # fmt: skip
    built.rows[PartnerForm] = {1: form}
    built.spends(op, "9", date(2024, 3, 2), grant_id=grant.id, form_id=form.id)
    later = built.spends(op, "70", date(2024, 4, 3), paid_on=date(2024, 3, 28))
    ledger.pays("70", date(2024, 3, 29), later)
    ledger.pays("5.55", date(2024, 3, 30))
    ledger.pays("6", date(2024, 3, 30), set_aside="Another programme")
    ledger.pays("7", date(2024, 3, 30), code="OTHER")
    ledger.pays("8", date(2024, 4, 1))
    tied = tie_out(built.book(), Q4, ledger.of_award())
    assert tied.reported == (
        GapItem(
            "G-1 2023-24-Q4",
            "G-1 Target hardening: the form came on 12/04/2024 and isn't accepted yet",
            Money.pounds("410"),
        ),
        GapItem("G-1", "1 cost of the partner not accepted yet", Money.pounds("33")),
    )
    assert tied.in_advance == (
        GapItem("G-1", "Target hardening: paid £900.00, spent £700.50", Money.pounds("199.50")),
    )
    assert tied.unreturned == (
        GapItem(
            "L-00005",
            "29/03/2024 ACME: C-00007, received on 03/04/2024, after the quarter (SSF5-VAWG-01)",
            Money.pounds("70"),
        ),
        GapItem("L-00006", "30/03/2024 ACME: matched to nothing, code 7401", Money.pounds("5.55")),
    )
    assert (tied.posted.unmatched, tied.posted.difference, tied.ties) == (
        Money.pounds("5.55"),
        Money(0),
        True,
    )


def test_agreed_balances_are_worked_out_anew_and_broken_ones_told() -> None:
    built, ledger = office()
    values = {
        AgreedFigure.CLAIMED: "1902.50", AgreedFigure.OWN_COSTS: "1202.00", AgreedFigure.PARTNER_SPEND: "700.50",
        AgreedFigure.PAID_TO_PARTNERS: "900.00", AgreedFigure.LEDGER: "2142.00",
    }  # fmt: skip
    built.rows[AgreedBalance] = {
        n: AgreedBalance(
            id=AgreedBalanceId(n), award_id=built.award.id, figure=figure, quarter=Q4, amount=Money.pounds(amount), agreed_on=date(2024, 4, 18),
            agreed_by="Chief Finance Officer",
        )
        for n, (figure, amount) in enumerate(values.items(), 1)
    }  # fmt: skip
    tied = tie_out(built.book(), Q4, ledger.of_award())
    assert [(each.agreed.figure, each.now.plain) for each in tied.balances] == list(values.items())
    assert broken_balances(built.book(), ledger.of_award()) == ()
    ledger.pays("0.01", date(2024, 3, 31))
    (broken,) = broken_balances(built.book(), ledger.of_award())
    assert (broken.kind, broken.record_id, str(broken)) == (
        "AgreedBalance", 5,
        ("Ledger lines to 2023/24 Q4 was agreed at £2,142.00 on 18/04/2024 by the Chief Finance Officer; it now comes to £2,142.01, £0.01 more."
        " Find what changed in the history, or agree it anew."),
    )  # fmt: skip
    again = replace(
        built.rows[AgreedBalance][5],
        id=AgreedBalanceId(6),
        amount=Money.pounds("2142.01"),
        agreed_on=date(2024, 4, 19),
    )
    built.rows[AgreedBalance][6] = again
    assert broken_balances(built.book(), ledger.of_award()) == ()


# Whatever happens

QUARTERS = tuple(quarters_between(quarter("2023/24 Q3"), quarter("2024/25 Q2")))
days = st.dates(QUARTERS[0].begins_on, QUARTERS[-1].ends_on)
pence = st.integers(-5_000, 50_000).map(Money)
costs = st.tuples(
    pence,
    st.integers(0, 900),
    st.booleans(),
    days,
    st.none() | days,
    st.sampled_from([None, None, True, False]),
    st.integers(0, 3),
)
payments = st.tuples(st.integers(0, 10**6), pence, days, st.sampled_from(["7401", ""]), st.booleans())


def random_office(
    spent: list[Any], late: list[tuple[int, Money]], paid: list[tuple[int, Money, date, str, bool]], sent: int
) -> tuple[Programme, Ledger]:
    """Costs, submitted returns, changes after them, and a ledger that has only so much to do with any of it."""
    built, ledger = Programme(today=date(2024, 12, 1)), Ledger()
    ops = [built.intervenes(f"Intervention {n}") for n in range(2)]
    grant = built.grants(ops[0], "5000", "2023/24")
    things: list[Cost | Instalment] = []
    for n, (net, vat, recoverable, received, paid_on, partner, where) in enumerate(spent):
        more: dict[str, Any] = {
            "vat": Money(vat),
            "vat_recoverable": recoverable,
            "expense": (RESOURCE, CAPITAL)[where % 2],
            "paid_on": paid_on,
        }
        if partner is not None:
            more |= {"grant_id": grant.id, "accepted_on": received if partner else None}
        cost = built.spends(ops[0 if partner is not None else where // 2], net, received, **more)
        things += [cost] if partner is None else []
        if n % 3 == 0:
            things.append(instalment(built, grant, str(net.in_pounds), received))
    waiting = list(late)  # a change after each return, the rest after the last

    def changes_late() -> None:
        pick, net = waiting.pop()
        held = built.all(Cost)
        if held:
            built.changes(held[pick % len(held)], net=net, adjustment_reason="Late")

    for each in QUARTERS[:sent]:
        built.submits(built.begins_return(each))
        if waiting:
            changes_late()
    while waiting:
        changes_late()
    _keeps_books(ledger, things, paid)
    return built, ledger


def _keeps_books(
    ledger: Ledger, things: list[Cost | Instalment], paid: list[tuple[int, Money, date, str, bool]]
) -> None:
    for pick, amount, on, code, aside in paid:
        line = ledger.pays(amount, on, code=code, set_aside="Not ours" if aside else "")
        if things and not aside:
            ledger.match(line, things[pick % len(things)], Money(amount.pence // 2))


def whole(tied: TieOut) -> bool:
    return (
        all(not each.difference for each in tied.rows)
        and tied.claim == total(each.returned for each in tied.rows)
        and not tied.posted.difference
    )


@settings(max_examples=60)
@given(
    st.lists(costs, max_size=8),
    st.lists(st.tuples(st.integers(0, 10**6), pence), max_size=5),
    st.lists(payments, max_size=8),
    st.integers(0, len(QUARTERS)),
)
def test_every_quarter_ties_whatever_happened(
    spent: list[Any], late: list[Any], paid: list[Any], sent: int
) -> None:
    built, ledger = random_office(spent, late, paid, sent)
    book, lines = built.book(), ledger.of_award()
    found = [tie_out(book, each, lines) for each in QUARTERS]
    assert all(map(whole, found[: sent + 1]))
    posted = total(awards_part(book, lines, each) for each in lines.lines)
    assert total(each.posted.lines for each in found) == posted
    for each in found:
        shown = total(row.difference for row in each.payments)
        assert shown == total(wrong.difference for wrong in each.mismatches)
        assert all(gap.amount for gap in (*each.reported, *each.in_advance))


def test_the_year_wall_keeps_corrections_of_earlier_years_apart() -> None:
    built, ledger = office()
    built.submits(built.begins_return("2023/24 Q4"))
    built.changes(built.rows[Cost][3], net=Money.pounds("210"), adjustment_reason="Late")
    tied = tie_out(built.book(), quarter("2024/25 Q1"), ledger.of_award())
    assert (tied.rows, tied.claim, tied.earlier_years) == ((), Money(0), Money.pounds("10"))
    before = tie_out(built.book(), Q4, ledger.of_award())
    assert [each.changed.plain for each in before.rows] == ["0.00", "10.00"]
    assert all(not each.difference for each in before.rows)
    assert Quarter.of(date(2024, 3, 31) + timedelta(days=1)) == tied.quarter
