"""What stands against the sign-off of a return, in the same words wherever it is said."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fundtracker.application.sign_off import dated, sign_off_problems
from fundtracker.domain.awards import AwardId
from fundtracker.domain.returns import FunderReturn, FunderReturnId, ReturnState
from programme import quarter

TODAY = date(2024, 10, 21)
SIGNED = FunderReturn(
    id=FunderReturnId(1),
    award_id=AwardId(1),
    quarter=quarter("2024/25 Q2"),
    reference="SSF5-VAWG 2024-25-Q2",
    prepared_by="Programme manager",
    prepared_on=date(2024, 10, 15),
    checked_by="Finance officer",
    checked_on=date(2024, 10, 16),
    signed_by="Signatory",
    signed_role="Chief Finance Officer",
    signed_on=date(2024, 10, 17),
)


def said(**values: Any) -> list[tuple[str, str]]:
    return [(each.column, each.message) for each in sign_off_problems(replace(SIGNED, **values), TODAY)]


def test_a_sign_off_in_order_has_nothing_against_it() -> None:
    assert said() == []
    assert said(prepared_on=None, checked_on=None, signed_on=None) == []
    assert said(prepared_on=TODAY, checked_on=TODAY, signed_on=TODAY) == []
    assert said(signed_on=date(2024, 10, 1), checked_on=None, prepared_on=None) == []


@pytest.mark.parametrize(
    ("values", "column", "message"),
    [
        (
            {"prepared_on": date(2024, 10, 22), "checked_on": None, "signed_on": None},
            "prepared_on",
            "Prepared on is 22/10/2024, after today: enter the day it was prepared.",
        ),
        (
            {"checked_on": date(2030, 10, 20)},
            "checked_on",
            "Checked on is 20/10/2030, after today: enter the day it was checked.",
        ),
        (
            {"checked_on": date(2024, 10, 14)},
            "checked_on",
            "Checked on is 14/10/2024, before it was prepared (15/10/2024): correct one of the two days.",
        ),
        (
            {"signed_on": date(2024, 10, 15)},
            "signed_on",
            "Signed on is 15/10/2024, before it was checked (16/10/2024): correct one of the two days.",
        ),
        (
            {"signed_on": date(2024, 10, 14), "checked_on": None},
            "signed_on",
            "Signed on is 14/10/2024, before it was prepared (15/10/2024): correct one of the two days.",
        ),
        (
            {"signed_on": date(2024, 9, 30), "checked_on": None, "prepared_on": None},
            "signed_on",
            "Signed on is 30/09/2024, before the quarter was over (30 September 2024): the declaration is made once all is known.",
        ),
        (
            {"signed_role": "Gardener"},
            "signed_role",
            "Signed as is “Gardener”: a return is signed by the Chief Finance Officer, the Section 151 Officer or the treasurer.",
        ),
    ],
)
def test_what_cannot_be_is_said_of_its_field(values: dict[str, Any], column: str, message: str) -> None:
    assert (column, message) in said(**values)
    assert {each for each, _ in said(**values)} == {column}


def test_what_was_submitted_elsewhere_keeps_what_it_was_signed_with() -> None:
    assert said(state=ReturnState.SUBMITTED, signed_role="Gardener", prepared_by="", signed_on=None) == []


def test_a_day_left_empty_is_no_later_than_what_came_after_it() -> None:
    early = date(2024, 10, 3)
    left = replace(SIGNED, prepared_on=None, checked_on=None, signed_on=None)
    for given, wanted in (
        ({}, (TODAY, TODAY, TODAY)),
        ({"signed_on": early}, (early, early, early)),
        ({"checked_on": early}, (early, early, TODAY)),
        ({"prepared_on": early}, (early, TODAY, TODAY)),
    ):
        found = dated(replace(left, **given), TODAY)
        assert (found.prepared_on, found.checked_on, found.signed_on) == wanted
        assert sign_off_problems(found, TODAY) == ()
