"""What the guards refuse: which record, which field, in which words, and nothing written."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.deeds import (
    Act,
    Values,
    amount,
    faults,
    head_of,
    moved,
    moves,
    planned,
    pounds,
    spends,
    varies,
)
from filing import filed
from fundtracker.application.actions.records import add, edit, remove
from fundtracker.application.workspace import Workspace
from fundtracker.domain import guards
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import BidAmount, Expense, Theme
from fundtracker.domain.changes import Change
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.delivery import Risk
from fundtracker.domain.form_rows import FormLine
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant, GrantSource, Instalment, InstalmentStatus
from fundtracker.domain.guards import GUARDS
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import LedgerLine, LedgerMatch
from fundtracker.domain.looking import Guard, Look
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Priority
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.problems import Problem, Refused
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine, ReturnState
from fundtracker.domain.terms import Term, TermKind
from fundtracker.domain.variations import ChangeKind
from one_of_each import FIRST_YEAR, Q3, Q4, SECOND_YEAR


def cost(**values: Any) -> Act:
    return lambda w: spends(w, **values)


def of(kind: type[Record], /, **values: Any) -> Act:
    """Change the first record of a kind."""
    return lambda w: moves(w, w.get(kind, 1), **values)


def new(kind: type[Any], /, **values: Any) -> Act:
    return lambda w: add(w, kind, values)


def varied(*changes: Values, **values: Any) -> Act:
    return lambda w: varies(w, *changes, **{"reference": "V9", "number": 9, **values})


def promises_later(workspace: Workspace) -> None:
    """Money of a year after the end of an award that has returned nothing yet."""
    days = {"starts_on": date(2023, 10, 1), "ends_on": date(2025, 3, 31)}
    award = add(workspace, Award, {"bid_id": 1, "reference": "SSF5-ASB", **days})
    line = {"year": FinancialYear(2029), "expense": Expense.RESOURCE, "amount": pounds(1)}
    add(workspace, AwardLine, {"award_id": award.id, **line})


SUPPLY: Values = {
    "reversal_of": CostId(2),
    "grant_id": 1,
    "accepted_on": date(2024, 2, 20),
    "received_on": date(2024, 2, 1),
}
_CAME = date(2024, 4, 15)
_ACCEPTED: Values = {"received_on": _CAME, "accepted_on": _CAME, "reported": pounds(1200)}
_BY_HAND: Values = {"grant_id": 1, "received_on": date(2024, 2, 1), "accepted_on": _CAME}

GUARDED: list[tuple[Act, str, str, str]] = [
    (new(Priority, code="", name="x"), "Priority", "code", "Code is empty: enter text."),
    (new(Priority, code="P9", name=""), "Priority", "name", "Name is empty: enter text."),
    (cost(net=None), "Cost", "net", "Net is empty: enter pounds and pence, as 1,234.56."),
    (cost(net="12"), "Cost", "net", "Net should be pounds and pence"),
    (cost(net=Money(10**19)), "Cost", "net", "Net should be pounds and pence"),
    (
        cost(description="x" * 30_001),
        "Cost",
        "description",
        "Description has 30,001 characters; at most 30,000 can be kept.",
    ),
    (
        new(Priority, code="P1", name="Again"),
        "Priority",
        "code",
        "Another priority has the same code: give this one its own.",
    ),
    (
        of(Award, ends_on=date(2023, 1, 1)),
        "Award",
        "ends_on",
        "Ends (01/01/2023) is before starts (01/10/2023): correct one of them.",
    ),
    (
        cost(received_on=date(2024, 10, 22)),
        "Cost",
        "received_on",
        "Received is 22/10/2024, after today: leave it empty until the goods or services have come.",
    ),
    (
        cost(received_on=date(2023, 9, 30)),
        "Cost",
        "received_on",
        "SSF5-VAWG pays for what is received from 01/10/2023 to 31/03/2025",
    ),
    (
        cost(**SUPPLY, net=pounds("-1200.01")),
        "Cost",
        "net",
        "The reversals of C-00002 come to £1,200.01, more than the £1,200 it stands for.",
    ),
    (
        cost(**SUPPLY | {"received_on": date(2024, 2, 2)}, net=pounds("-1")),
        "Cost",
        "received_on",
        "A reversal counts where its original counts: received must be as on C-00002 (01/02/2024).",
    ),
    (
        cost(received_on=date(2023, 12, 1)),
        "Cost",
        "adjustment_reason",
        "The return of 2023/24 Q3 is already submitted: write the reason for the late change.",
    ),
    (
        lambda w: remove(w, w.get(Cost, 1)),
        "Cost",
        "reference",
        "C-00001 stands in a submitted return and can't be removed. Reverse it instead",
    ),
    (
        cost(accepted_on=date(2024, 3, 1)),
        "Cost",
        "accepted_on",
        "Only a partner's cost is accepted: name its grant, or leave Accepted on empty.",
    ),
    (
        lambda w: (
            add(w, Grant, {"reference": "G-2", "title": "x", "recipient_id": 1}),
            cost(grant_id=2)(w),
        ),
        "Cost",
        "grant_id",
        "G-2 doesn't pay for this intervention",
    ),
    (
        new(FunderReturn, award_id=1, quarter=Q4.next, reference="x"),
        "FunderReturn",
        "state",
        "SSF5-VAWG 2023-24-Q4 isn't submitted yet: an award has one open return at a time.",
    ),
    (
        of(FunderReturn, state=ReturnState.PAID),
        "FunderReturn",
        "received_on",
        "A return that is paid has the day the money came, and no other has one.",
    ),
    (
        of(FunderReturn, received_on=date(2024, 3, 1)),
        "FunderReturn",
        "received_on",
        "A return that is paid has the day the money came",
    ),
    (
        lambda w: moves(w, w.get(FunderReturn, 2), claim=pounds("5")),
        "FunderReturn",
        "claim",
        "Claim isn't typed: submitting the return writes it. A draft's is left empty.",
    ),
    (
        of(FunderReturn, state=ReturnState.PAID, received_on=date(2023, 12, 31)),
        "FunderReturn",
        "received_on",
        "Received on is 31/12/2023, before the return was submitted",
    ),
    (
        lambda w: (
            moves(w, w.get(FunderReturn, 1), state=ReturnState.ACCEPTED),
            moves(w, w.get(FunderReturn, 1), state=ReturnState.SUBMITTED),
        ),
        "FunderReturn",
        "state",
        "A return that is accepted can't become submitted.",
    ),
    (
        lambda w: moves(w, w.get(FunderReturn, 2), state=ReturnState.SUBMITTED),
        "FunderReturn",
        "state",
        "A return becomes submitted by submitting it: open it and choose Submit.",
    ),
    (
        lambda w: edit(w, w.get(ReturnLine, 1), reason="x"),
        "ReturnLine",
        "",
        "The lines of a return are written when it is submitted, and never edited.",
    ),
    (
        new(
            Forecast,
            return_id=2,
            intervention_id=1,
            quarter=Q4,
            expense=Expense.RESOURCE,
            category_id=1,
            amount=pounds("1"),
        ),
        "Forecast",
        "quarter",
        "A forecast made in the return of 2023/24 Q4 is for a later quarter; 2023/24 Q4 is not.",
    ),
    (
        varied(award_id=None),
        "Variation",
        "award_id",
        "A variation changes one award or one grant: choose one of the two.",
    ),
    (varied(grant_id=1), "Variation", "award_id", "A variation changes one award or one grant"),
    (
        varied(approved_by=" "),
        "Variation",
        "approved_by",
        "An approved variation says who approved it (a role) and from when it is effective.",
    ),
    (varied(effective_on=None), "Variation", "approved_by", "An approved variation says who approved it"),
    (
        new(Term, reference="T-9", kind=TermKind.CROSS_YEARS, clause="x", effective_from=date(2023, 1, 1)),
        "Term",
        "round_id",
        "A Term belongs to one round, award or grant: choose one of the three.",
    ),
    (
        varied({"kind": ChangeKind.EXTENSION, "new_date": date(2025, 6, 30)}),
        "VariationChange",
        "old_date",
        "Old date is empty: a change of kind extension needs it.",
    ),
    (
        varied(moved(SECOND_YEAR, "10", "20")),
        "Variation",
        "number",
        "The virements of V9 add up to £10: a virement moves money, the total of the award stays.",
    ),
    (
        varied(moved(SECOND_YEAR, "10", "20"), moved(FIRST_YEAR, "10", "0")),
        "Variation",
        "year_end_consent",
        "V9 moves £10 across 31 March. Name the funder's consent",
    ),
    (
        varied(amount(FIRST_YEAR, "50000", "11851.84")),
        "Variation",
        "number",
        "V9 would leave £11,851.84 for 2023/24, below the £11,851.85 already claimed.",
    ),
    (
        varied(
            moved(FIRST_YEAR, "50000", "11851.84"),
            moved(FIRST_YEAR, "0", "38148.16", expense=Expense.CAPITAL),
        ),
        "Variation",
        "number",
        "V9 would leave £11,851.84 of resource for 2023/24, below the £11,851.85 already claimed of it.",
    ),
    (
        varied(planned(Q3, "10000", "5")),
        "Variation",
        "number",
        "V9 would leave SSF5-VAWG-01 £5 in 2023/24, below the £11,851.85 already claimed.",
    ),
    (
        of(Instalment, paid_on=None),
        "Instalment",
        "paid_on",
        "An instalment that is paid has the day it was paid on, and no other has one.",
    ),
    (
        of(Instalment, amount=pounds("5000.01")),
        "Instalment",
        "amount",
        "The instalments would come to £5,000.01, more than the £5,000 granted",
    ),
    (
        lambda w: (
            edit(w, w.get(Instalment, 1), status=InstalmentStatus.HELD, paid_on=None),
            edit(w, w.get(Condition, 1), accepted_on=None),
            edit(w, w.get(Instalment, 1), status=InstalmentStatus.PAID, paid_on=date(2024, 1, 1)),
        ),
        "Instalment",
        "status",
        "The condition “Signed agreement” isn't accepted yet: accept it first, or hold the instalment.",
    ),
    (
        of(Condition, accepted_on=None),
        "Condition",
        "accepted_on",
        "I-00001 is paid on this condition, so it stays accepted: hold or cancel the instalment first.",
    ),
    (
        of(GrantSource, amount=pounds("2499.99")),
        "GrantSource",
        "amount",
        "The grant would come to £2,499.99, below its instalments of £2,500: cancel or lower an instalment first.",
    ),
    (
        lambda w: (
            add(w, Intervention, {"award_id": 1, "reference": "X-2", "title": "Lights", "theme": Theme.VAWG}),
            edit(w, w.get(GrantSource, 1), intervention_id=2),
        ),
        "GrantSource",
        "intervention_id",
        "1 of the partner's costs (C-00002 first) are paid from this source: move them first.",
    ),
    (
        of(Award, starts_on=date(2023, 9, 30)),
        "Award",
        "starts_on",
        "is submitted and rests on 01/10/2023, the award's first day: it can't be changed any more.",
    ),
    (
        of(Condition, received_on=None),
        "Condition",
        "received_on",
        "Accepted, but not received: enter the day it came first.",
    ),
    (of(Risk, impact_after=6), "Risk", "impact_after", "Give a score from 1 (least) to 5 (most)."),
    (
        new(PartnerForm, grant_id=1, quarter=Q4, reference="GR-1 again", issued_on=_CAME, due_on=_CAME),
        "PartnerForm",
        "quarter",
        "GR-1 2023-24-Q4 is still open: accept it, or take it back, before another form for 2023/24 Q4 is issued.",
    ),
    (
        of(PartnerForm, replaces_id=1),
        "PartnerForm",
        "replaces_id",
        "GR-1 2023-24-Q4 isn't a form of the same grant and quarter: name one that is.",
    ),
    (
        of(PartnerForm, accepted_on=_CAME),
        "PartnerForm",
        "received_on",
        "Accepted, but not received: enter the day it came first.",
    ),
    (
        lambda w: (of(PartnerForm, **_ACCEPTED)(w), of(PartnerForm, declared_by="Somebody else")(w)),
        "PartnerForm",
        "declared_by",
        "GR-1 2023-24-Q4 is accepted: declared by stays as the partner said it.",
    ),
    (
        lambda w: (of(PartnerForm, **_ACCEPTED)(w), of(FormLine, spent=pounds(1))(w)),
        "FormLine",
        "form_id",
        "GR-1 2023-24-Q4 is accepted: what it says of its rows stays as the partner said it.",
    ),
    (
        of(Cost, form_id=1),
        "Cost",
        "form_id",
        "GR-1 2023-24-Q4 is a form of another grant: choose one of the cost's own grant, or leave it empty.",
    ),
    (
        lambda w: (of(PartnerForm, **_ACCEPTED)(w), cost(**_BY_HAND)(w)),
        "Cost",
        "duplicate_reason",
        "GR-1 2023-24-Q4 is accepted for 2023/24 Q4 and says what the partner spent: ask for a second form, or write on the cost why it stands beside it.",
    ),
    (
        of(LedgerMatch, instalment_id=None),
        "LedgerMatch",
        "cost_id",
        "A match names a cost or an instalment, one of the two: choose what the line paid.",
    ),
    (
        of(LedgerLine, set_aside="Another programme's"),
        "LedgerLine",
        "set_aside",
        "L-00001 is matched: take its matches off before you set it aside.",
    ),
    (
        of(Instalment, amount=pounds(2499)),
        "Instalment",
        "amount",
        "The ledger lines matched to I-00001 would come to £2,500.00, more than its £2,499.00: lower a match, or take one off.",
    ),
    (
        promises_later,
        "AwardLine",
        "year",
        "2029/30 is not a year of SSF5-ASB, which runs from 01/10/2023 to 31/03/2025: its years are 2023/24 to 2024/25. Correct the year, or record the extension as a variation first.",
    ),
    (
        of(BidAmount, year=FinancialYear(2022)),
        "BidAmount",
        "year",
        "2022/23 is not a year of the delivery of SSF5, which runs from 01/10/2023 to 31/03/2025: its years are 2023/24 to 2024/25. Correct the year, or the round's days of delivery first.",
    ),
    (
        new(GrantSource, grant_id=1, intervention_id=1, year=FinancialYear(2025), amount=pounds(1)),
        "GrantSource",
        "year",
        "2025/26 is not a year of SSF5-VAWG, which runs from",
    ),
    (of(Risk, likelihood_before=0), "Risk", "likelihood_before", "Give a score from 1 (least) to 5 (most)."),
    (
        lambda w: remove(w, w.get(Award, 1)),
        "Award",
        "",
        "This award is used by 2 award lines (",
    ),
]


@pytest.mark.parametrize(
    ("act", "kind", "column", "message"), GUARDED, ids=[each[3][:50] for each in GUARDED]
)
def test_a_refusal_names_record_and_field_and_changes_nothing(
    workspace: Workspace, act: Act, kind: str, column: str, message: str
) -> None:
    held: list[Any] = []
    workspace.listen(lambda changed: held.append(changed.entry.seq))
    before = head_of(workspace)[0]
    with pytest.raises(Refused) as refused:
        act(workspace)
    first = refused.value.problems[0]
    assert (first.kind, first.column) == (kind, column)
    assert message in first.message
    assert head_of(workspace)[0] == before + len(held), "the refusal itself wrote nothing"
    assert faults(workspace) == []


def test_what_uses_a_record_is_not_told_where_something_else_keeps_it(workspace: Workspace) -> None:
    """A claimed cost is reversed: nobody has to look for what rests on it first."""
    with pytest.raises(Refused) as refused:
        remove(workspace, workspace.get(Cost, CostId(1)))
    assert [each.message for each in refused.value.problems] == [
        "C-00001 stands in a submitted return and can't be removed. Reverse it instead: the next return shows the adjustment."
    ]


def test_every_guard_speaks_in_some_case_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A guard added to GUARDS wants a case."""
    spoke: set[str] = set()

    def watched(guard: Guard) -> Guard:
        def asks(change: Change, look: Look) -> Iterator[Problem]:
            for problem in guard(change, look):
                spoke.add(guard.__name__)
                yield problem

        return asks

    monkeypatch.setattr(guards, "GUARDS", tuple(tuple(map(watched, group)) for group in GUARDS))
    monkeypatch.setattr("fundtracker.application.writing.fields_filled", watched(guards.fields_filled))
    for number, (act, *_) in enumerate(GUARDED):
        with filed(tmp_path / f"{number}.fundtracker") as workspace, pytest.raises(Refused):
            act(workspace)
    assert spoke == {each.__name__ for group in GUARDS for each in group}
