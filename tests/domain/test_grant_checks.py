"""What a grant must keep, as its auditor asks: each check passes, fails, warns or is waived with its clause."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from fundtracker.domain.columns import Record
from fundtracker.domain.forms import PartnerForm, PartnerFormId
from fundtracker.domain.grant_checks import grant_checks, years_of
from fundtracker.domain.grants import (
    Condition,
    ConditionId,
    ConditionKind,
    Grant,
    GrantSource,
    Instalment,
    InstalmentId,
    InstalmentStatus,
)
from fundtracker.domain.money import Money
from fundtracker.domain.partner_forms.grant_book import GrantBook
from fundtracker.domain.terms import Term, TermId, TermKind, Waiver, WaiverId
from programme import Programme, quarter, year

pounds = Money.pounds
TODAY = date(2024, 10, 21)


def kept(*more: Record, spent: str = "800", received: date = date(2024, 5, 2), **cost: Any) -> GrantBook:
    """A grant of £1,000 in 2024/25 that keeps every rule, with one cost, and whatever else is given."""
    built = Programme()
    intervention = built.intervenes()
    grant = built.grants(intervention, "1000", "2024/25")
    grant = replace(grant, starts_on=date(2024, 4, 1), ends_on=date(2025, 3, 31))
    form = PartnerForm(
        id=PartnerFormId(1), grant_id=grant.id, quarter=quarter("2024/25 Q1"), reference="F-1", issued_on=date(2024, 7, 1),
        due_on=date(2024, 7, 14), received_on=date(2024, 7, 9), accepted_on=date(2024, 7, 12), reported=pounds(spent),
    )  # fmt: skip
    built.spends(
        intervention,
        spent,
        received,
        grant_id=grant.id,
        accepted_on=date(2024, 7, 12),
        **{"form_id": form.id, **cost},
    )
    promises = [
        Condition(
            id=ConditionId(n), grant_id=grant.id, kind=kind, what=kind.value, accepted_on=date(2024, 4, 2)
        )
        for n, kind in enumerate((ConditionKind.CFO_STATEMENT, ConditionKind.RETENTION), 1)
    ]
    rows: dict[type[Record], list[Any]] = {kind: list(held.values()) for kind, held in built.rows.items()}
    rows[Grant] = [grant]
    for each in (form, *promises, *more):
        rows.setdefault(type(each), []).append(each)
    return GrantBook(grant=grant, today=TODAY, rows={kind: tuple(held) for kind, held in rows.items()})


def found(book: GrantBook) -> list[tuple[str, str, str]]:
    """All that isn't passed."""
    return [
        (each.result, each.message, each.clause) for each in grant_checks(book) if each.result != "Passed"
    ]


def paid(amount: str, condition: Condition | None = None) -> tuple[Record, ...]:
    instalment = Instalment(
        id=InstalmentId(7), grant_id=1, reference="I-7", amount=pounds(amount), due_on=date(2024, 6, 1),  # pyright: ignore[reportArgumentType] - ids are plain numbers
        status=InstalmentStatus.PAID, paid_on=date(2024, 6, 20),
    )  # fmt: skip
    return (instalment, condition) if condition else (instalment,)


def holds_back(accepted: date | None) -> Condition:
    return Condition(
        id=ConditionId(9), grant_id=1, instalment_id=InstalmentId(7), kind=ConditionKind.BEFORE_PAYMENT, what="Consult first",  # pyright: ignore[reportArgumentType] - as above
        accepted_on=accepted,
    )  # fmt: skip


def test_a_grant_that_keeps_every_rule() -> None:
    book = kept(*paid("1000", holds_back(date(2024, 6, 19))))
    assert found(book) == []
    assert len(grant_checks(book)) == 8
    assert years_of(book) == (year("2024/25"),)


def test_a_year_spent_above_its_grant() -> None:
    assert found(kept(spent="1000.01")) == [("Failed", "2024/25: £1,000.01 accepted, £1,000 granted", "")]


def test_money_of_a_year_is_not_anothers() -> None:
    """£1,000 in 2024/25, and nothing in 2023/24: what was spent in March is above its grant."""
    book = kept(received=date(2024, 3, 31))
    assert ("Failed", "2023/24: £800 accepted, £0 granted", "") in found(book)
    assert ("Failed", "C-00001 was received on 31/03/2024, outside the grant's dates", "") in found(book)


def test_more_paid_than_granted() -> None:
    assert found(kept(*paid("1000.01"))) == [("Failed", "£1,000.01 paid, £1,000 granted", "")]


def test_paid_before_its_condition_was_accepted() -> None:
    said = "I-7 was paid on 20/06/2024, before this was accepted: Consult first"
    assert found(kept(*paid("1000", holds_back(None)))) == [("Failed", said, "")]
    assert found(kept(*paid("1000", holds_back(date(2024, 6, 21))))) == [("Failed", said, "")]
    term = Term(
        id=TermId(1), reference="T-1", grant_id=1, kind=TermKind.INSTALMENT_CONDITION, number=Decimal(1), clause="Clause 4",  # pyright: ignore[reportArgumentType] - as above
        effective_from=date(2024, 4, 1),
    )  # fmt: skip
    waiver = Waiver(
        id=WaiverId(1), term_id=term.id, reason="So that work goes on", approved_by="Commissioning manager",
        approved_on=date(2024, 6, 18), expires_on=date(2024, 9, 30),
    )  # fmt: skip
    waived = found(kept(*paid("1000", holds_back(None)), term, waiver))
    assert waived == [
        ("Waived", f"{said}. Waived by the Commissioning manager: So that work goes on", "T-1: Clause 4")
    ]
    late = replace(waiver, approved_on=date(2024, 6, 21))
    assert found(kept(*paid("1000", holds_back(None)), term, late)) == [("Failed", said, "")]


def test_forms_and_costs() -> None:
    assert found(kept(form_id=None)) == [
        ("Warning", "F-1 (2024/25 Q1) reported £800; its accepted costs come to £0", ""),
        ("Warning", "1 cost, £800, entered by the office and not by a form", ""),
    ]


def test_promises_that_are_late_or_were_never_asked_for() -> None:
    book = kept()
    late = [replace(each, accepted_on=None, due_on=TODAY.replace(day=20)) for each in book.all(Condition)]
    assert found(replace(book, rows={**book.rows, Condition: tuple(late)}, _parents={})) == [
        ("Warning", "Not accepted yet, due 20/10/2024: Partner CFO's annual statement", ""),
        ("Warning", "Not accepted yet, due 20/10/2024: Undertaking to keep records", ""),
    ]
    assert (
        found(replace(book, rows={**book.rows, Condition: ()}, _parents={}))
        == [("Warning", "It was not asked for", "")] * 2
    )


def test_a_grant_without_money() -> None:
    book = kept()
    assert found(replace(book, rows={**book.rows, GrantSource: ()}, _parents={})) == [
        ("Failed", "2024/25: £800 accepted, £0 granted", "")
    ]
