"""What a grant's book holds: its own records, what pays for it and what that shows; nothing of another grant's."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from filing import TODAY, filed, store
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost, CostId
from fundtracker.domain.form_rows import FormLine, FormLineId
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.grants import Grant, GrantId, GrantSource, GrantSourceId
from fundtracker.domain.interventions import Intervention, InterventionId, ProfileLine
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategoryId
from fundtracker.domain.partner_forms.case import form_case
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.periods import Quarter
from fundtracker.domain.problems import Refused
from fundtracker.domain.terms import Term, TermId
from fundtracker.domain.variations import (
    ChangeKind,
    Variation,
    VariationChange,
    VariationChangeId,
    VariationId,
)
from fundtracker.storage.grant_books import OF_GRANT, load_grant_book
from one_of_each import one_of_each


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The file of one of each, and a second grant paid by a second intervention."""
    with filed(tmp_path / "two.fundtracker") as opened:
        first = {type(each): each for each in reversed(one_of_each())}
        grant, term = opened.get(Grant, 1), opened.get(Term, 1)
        other: list[Record] = [
            replace(opened.get(Intervention, 1), id=InterventionId(2), version=1, reference="SSF5-VAWG-02"),
            replace(grant, id=GrantId(2), version=1, reference="G-2"),
            GrantSource(id=GrantSourceId(2), grant_id=GrantId(2), intervention_id=InterventionId(2), year=first_year(first), amount=Money(100)),
            Cost(id=CostId(9), reference="C-00009", intervention_id=InterventionId(2), grant_id=GrantId(2), supplier="Other", net=Money(5), expense=Expense.RESOURCE, category_id=CostCategoryId(1)),
            PartnerForm(id=PartnerFormId(9), grant_id=GrantId(2), quarter=Quarter.read("2023/24 Q4"), reference="G-2 2023-24-Q4", issued_on=TODAY, due_on=TODAY),
            replace(opened.get(FormLine, 1), id=FormLineId(5), version=1, form_id=PartnerFormId(9)),
            replace(term, id=TermId(9), version=1, reference="T-9", award_id=None, grant_id=GrantId(2)),
        ]  # fmt: skip
        store(opened.database, other)
        yield opened


def first_year(first: dict[type[Any], Any]) -> Any:
    return first[GrantSource].year


def book_of(workspace: Workspace, grant_id: int) -> GrantBook:
    with workspace.database.reader() as conn:
        return load_grant_book(conn, grant_id, today=TODAY)


def ids(book: GrantBook, kind: type[Record]) -> list[int]:
    return [each.id for each in book.all(kind)]


def test_it_holds_the_grants_own_and_nothing_of_another(workspace: Workspace) -> None:
    one, two = book_of(workspace, 1), book_of(workspace, 2)
    assert (one.grant.reference, two.grant.reference) == ("G-1", "G-2")
    for kind, _ in OF_GRANT:
        assert ids(one, kind), kind
        assert not set(ids(one, kind)) & set(ids(two, kind)), kind
    assert (ids(one, Cost), ids(two, Cost)) == ([2], [9])
    assert (ids(one, PartnerForm), ids(two, PartnerForm)) == ([1], [9])
    assert (ids(one, Intervention), ids(two, Intervention)) == ([1], [2])
    assert (ids(one, ProfileLine), ids(two, ProfileLine)) == ([1], [])
    assert (ids(one, FormLine), ids(two, FormLine)) == ([1], [5])
    assert (ids(one, Term), ids(two, Term)) == ([1], [1, 9])  # the award's rules hold for both


def test_a_variation_of_the_award_that_moves_its_profile_is_in_it(workspace: Workspace) -> None:
    moved = Variation(id=VariationId(5), reference="V5", award_id=workspace.get(Intervention, 1).award_id, number=5, reason="Later", approved_on=TODAY, effective_on=TODAY)  # fmt: skip
    change = VariationChange(id=VariationChangeId(5), variation_id=moved.id, kind=ChangeKind.RE_PROFILE, intervention_id=InterventionId(1), quarter=Quarter.read("2023/24 Q4"), expense=Expense.CAPITAL, category_id=CostCategoryId(1), old_amount=Money(0), new_amount=Money(700))  # fmt: skip
    store(workspace.database, [moved, change])
    assert ids(book_of(workspace, 1), Variation) == [5]
    assert ids(book_of(workspace, 2), Variation) == []
    case = form_case(book_of(workspace, 1), Quarter.read("2023/24 Q4"))
    assert "SPEND-1-C-1" in case.rows["spend"]


def test_an_intervention_known_only_by_a_cost_or_a_variation_is_in_it(workspace: Workspace) -> None:
    cost = replace(workspace.get(Cost, 9), id=CostId(10), version=1, reference="C-00010", grant_id=GrantId(1))
    store(workspace.database, [cost])
    assert ids(book_of(workspace, 1), Intervention) == [1, 2]


def test_a_grant_that_is_gone_is_refused(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="This grant is no longer there"):
        book_of(workspace, 99)
