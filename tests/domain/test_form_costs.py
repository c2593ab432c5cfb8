"""An accepted form's costs, changed by hand: the return's checks and the tie-out say so, line by line, until it is mended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.telling import WARNING, Told
from domain.test_tie_out import Ledger
from fundtracker.domain.costs import Cost
from fundtracker.domain.form_chains import standing_for
from fundtracker.domain.form_costs import form_gaps
from fundtracker.domain.form_rows import FormLine, FormLineId
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.money import Money
from fundtracker.domain.tie_out import TieOut, tie_out
from programme import CAPITAL, RESOURCE, quarter

pounds = Money.pounds
DAY, ACCEPTED = date(2024, 5, 1), date(2024, 7, 15)
Q1, Q2 = quarter("2024/25 Q1"), quarter("2024/25 Q2")
GONE = "G-1 2024-25-Q1, SSF5-VAWG-01 Op Vigilant, resource, Staff: the accepted form says £700.50, and the costs that stand for it come to £700.40. Take back what was changed by hand, or ask the partner for a second form."


class Reported(Told):
    """A partner's form of Q1 says 700.50, in two costs; it is accepted, and nobody has touched them."""

    def __init__(self, of: str = "2024/25 Q1") -> None:
        super().__init__(of)
        self.grant = self.grants(self.op, "5000", "2024/25")
        self.form = self.accepts("G-1 2024-25-Q1")
        self.reports_spend(self.form, "700.50")
        self.first = self.brings("500.50")
        self.second = self.brings("200")

    def accepts(self, reference: str, **more: Any) -> PartnerForm:
        number = PartnerFormId(len(self.all(PartnerForm)) + 1)
        values: dict[str, Any] = {"received_on": ACCEPTED, "accepted_on": ACCEPTED, **more}
        form = PartnerForm(
            id=number,
            grant_id=self.grant.id,
            quarter=Q1,
            reference=reference,
            issued_on=DAY,
            due_on=ACCEPTED,
            **values,
        )
        self.keeps(form)
        return form

    def reports_spend(self, form: PartnerForm, spent: str) -> None:
        number = FormLineId(len(self.all(FormLine)) + 1)
        line = FormLine(
            id=number,
            form_id=form.id,
            intervention_id=self.op.id,
            expense=RESOURCE,
            category_id=self.staff.id,
            spent=pounds(spent),
        )
        self.keeps(line)

    def brings(self, net: str, **more: Any) -> Cost:
        values: dict[str, Any] = {"grant_id": self.grant.id, "form_id": self.form.id, "accepted_on": ACCEPTED}
        return self.spends(self.op, net, DAY, **values | more)

    def gaps(self) -> list[tuple[str, str, str]]:
        return [
            (each.line.expense.value, each.said.plain, each.stands.plain) for each in form_gaps(self.book())
        ]

    def tied(self) -> TieOut:
        return tie_out(self.book(), Q1, Ledger().of_award())


def test_costs_as_the_form_brought_them_are_what_it_says() -> None:
    office = Reported()
    assert office.gaps() == []
    assert not office.says("the accepted form says")
    assert office.tied().ties


def test_a_penny_changed_by_hand_is_told_in_the_checks_and_in_the_tie_out() -> None:
    office = Reported()
    office.changes(office.first, net=pounds("500.40"))
    assert office.says(GONE) == [(WARNING, "")]
    tied = office.tied()
    assert not tied.ties
    assert not any(each.difference for each in tied.rows), "the return itself ties"
    assert [(str(each), each.severity, each.kind, each.record_id) for each in tied.problems] == [
        (GONE, WARNING, "PartnerForm", office.form.id)
    ]


CHANGES: list[tuple[str, Callable[[Reported], object], list[tuple[str, str, str]]]] = [
    (
        "VAT made claimable",
        lambda o: o.changes(o.second, vat=pounds("40"), vat_recoverable=False),
        [("Resource", "700.50", "740.50")],
    ),
    (
        "moved to another line",
        lambda o: o.changes(o.second, expense=CAPITAL),
        [("Capital", "0.00", "200.00"), ("Resource", "700.50", "500.50")],
    ),
    (
        "moved to another quarter",
        lambda o: o.changes(o.second, received_on=date(2024, 7, 1)),
        [("Resource", "700.50", "500.50")],
    ),
    (
        "no longer accepted",
        lambda o: o.changes(o.second, accepted_on=None),
        [("Resource", "700.50", "500.50")],
    ),
    (
        "taken out of the form",
        lambda o: o.changes(o.second, form_id=None),
        [("Resource", "700.50", "500.50")],
    ),
    (
        "reversed by the office",
        lambda o: o.changes(o.reverses(o.second), form_id=None),
        [("Resource", "700.50", "500.50")],
    ),
    ("removed", lambda o: o.rows[Cost].pop(o.second.id), [("Resource", "700.50", "500.50")]),
    ("added to the form", lambda o: o.brings("0.01"), [("Resource", "700.50", "700.51")]),
    (
        "reversed, and claimed again",
        lambda o: (o.reverses(o.second), o.brings("200")),
        [],
    ),
    ("entered beside it", lambda o: o.brings("9", form_id=None), []),
    (
        "the other way about, in sum the same",
        lambda o: (o.changes(o.first, net=pounds("200")), o.changes(o.second, net=pounds("500.50"))),
        [],
    ),
]


@pytest.mark.parametrize(
    ("change", "gaps"), [each[1:] for each in CHANGES], ids=[each[0] for each in CHANGES]
)
def test_each_line_is_compared_with_what_stands_of_its_costs(
    change: Callable[[Reported], object], gaps: list[tuple[str, str, str]]
) -> None:
    office = Reported()
    change(office)
    assert office.gaps() == gaps


def test_a_cost_that_counts_beside_the_form_is_told_until_it_says_why() -> None:
    """Entered by hand before the form was accepted, or as if it had been."""
    office = Reported()
    beside = office.brings("9", form_id=None, accepted_on=date(2024, 7, 1))
    said = (
        "C-00003, £9.00, counts beside G-1 2024-25-Q1, which is accepted for 2024/25 Q1 and doesn't say it."
    )
    assert office.says(said) == [(WARNING, "")]
    office.changes(beside, duplicate_reason="A late invoice; the partner agreed by letter")
    assert not office.says("counts beside")
    for differs in ({"accepted_on": None}, {"received_on": date(2024, 3, 31)}, {"grant_id": None, "accepted_on": None}):  # fmt: skip
        office.changes(beside, **differs)
        assert not office.says("counts beside")
    office.changes(beside)
    office.reverses(beside)
    assert not office.says("counts beside")


def test_a_second_form_is_compared_with_the_costs_it_kept_and_those_it_reversed() -> None:
    """What it leaves out of a claimed form stands with its reversal: the cost still names the first form, the reversal the second."""
    office = Reported()
    second = office.accepts("G-1 2024-25-Q1 (2)", replaces_id=office.form.id)
    office.reports_spend(second, "500.50")
    assert office.gaps() == [("Resource", "500.50", "700.50")]
    office.changes(office.first, form_id=second.id)
    office.changes(office.reverses(office.second), form_id=second.id)
    assert office.gaps() == []
    third = office.accepts("G-1 2024-25-Q1 (3)", replaces_id=second.id, accepted_on=None)
    office.reports_spend(third, "1")
    assert office.gaps() == [], "not accepted yet"
    assert standing_for(office.all(PartnerForm)) == {office.form.id: second, second.id: second}


def test_a_return_tells_of_its_own_quarter_and_of_those_it_corrects() -> None:
    office = Reported("2024/25 Q2")
    office.promises("10000", "2023/24")
    office.changes(office.form, quarter=Q2)
    for each in (office.first, office.second):
        office.changes(each, received_on=date(2024, 7, 1))
    assert not office.says("the accepted form says")
    office.changes(office.form, quarter=quarter("2024/25 Q3"))
    assert office.gaps() == [("Resource", "700.50", "0.00")]
    assert not office.says("the accepted form says"), "its return comes later"
    office.changes(office.form, quarter=Q1)
    assert not office.says("the accepted form says"), "nothing of Q1 is in this return"
    office.changes(office.first, received_on=DAY)
    assert office.says("the accepted form says £700.50") == [(WARNING, "")]


def test_forms_that_name_each_other_end() -> None:
    form = Reported().form
    one, other = replace(form, replaces_id=2), replace(form, id=PartnerFormId(2), replaces_id=1)  # pyright: ignore[reportArgumentType] - ids
    assert set(standing_for([one, other])) == {1, 2}
