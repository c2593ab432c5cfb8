"""Who answers for a return, and what its sign-off must keep: Readiness says it, and submission refuses by the same rules."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fundtracker.domain.periods import long_date, short_date
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.signing import signs_for_money

NEEDED = {
    "prepared_by": "Prepared by is empty: enter the name and role in Sign-off.",
    "checked_by": "Checked by is empty: enter the name and role of somebody other than the preparer.",
    "signed_by": "It is not signed: the CFO enters who signs, in Sign-off.",
    "signed_role": "The signatory's role is missing: Chief Finance Officer, Section 151 Officer or treasurer.",
}


@dataclass(frozen=True)
class SignOff:
    """Who prepared, checked and signed, and when: names or roles as the office writes them."""

    prepared_by: str
    checked_by: str
    signed_by: str
    signed_role: str
    signed_on: date | None = None
    checked_on: date | None = None


def signed_off(before: FunderReturn, sign_off: SignOff) -> FunderReturn:
    """The return with its sign-off as given; a day that nobody gave stays empty."""
    return replace(
        before,
        prepared_by=sign_off.prepared_by.strip(),
        checked_by=sign_off.checked_by.strip(),
        checked_on=sign_off.checked_on or before.checked_on,
        signed_by=sign_off.signed_by.strip(),
        signed_role=sign_off.signed_role.strip(),
        signed_on=sign_off.signed_on,
    )


def dated(signed: FunderReturn, today: date) -> FunderReturn:
    """Signed today where no day is given; checked and prepared no later than what came after it."""
    signed_on = signed.signed_on or today
    checked_on = signed.checked_on or signed_on
    prepared_on = signed.prepared_on or checked_on
    return replace(signed, prepared_on=prepared_on, checked_on=checked_on, signed_on=signed_on)


def sign_off_problems(held: FunderReturn, today: date) -> tuple[Problem, ...]:
    """All that stands against a draft's sign-off; a submitted return keeps what it was signed with, wherever it was."""
    if held.state.frozen:
        return ()
    said = (*_missing(held), *_one_person(held), *_role(held), *_days(held, today))
    return tuple(
        Problem(kind=FunderReturn.__name__, record_id=held.id, column=name, message=message)
        for name, message in said
    )


def _missing(held: FunderReturn) -> Iterator[tuple[str, str]]:
    """A return without a preparer or signatory is rejected (domain 5.1)."""
    for name, message in NEEDED.items():
        if not getattr(held, name).strip():
            yield name, message


def _one_person(held: FunderReturn) -> Iterator[tuple[str, str]]:
    """Capitals, and how many spaces were typed, tell nobody apart."""
    preparer, checker, signer = (
        each.casefold().split() for each in (held.prepared_by, held.checked_by, held.signed_by)
    )
    if preparer and preparer == signer:
        yield "signed_by", "Who prepared the return can't sign it: at least two people answer for it."
    if preparer and preparer == checker:
        yield "checked_by", "Who prepared the return can't check it: somebody else looks at it first."


def _role(held: FunderReturn) -> Iterator[tuple[str, str]]:
    role = held.signed_role.strip()
    if role and not signs_for_money(role):
        yield (
            "signed_role",
            f"Signed as is “{role}”: a return is signed by the Chief Finance Officer, the Section 151 Officer or the treasurer.",
        )


def _days(held: FunderReturn, today: date) -> Iterator[tuple[str, str]]:
    """Prepared, checked and signed, in this order, signed once the quarter is over and none of it tomorrow (domain 5.5)."""
    steps = (
        ("prepared_on", "Prepared on", "prepared", held.prepared_on),
        ("checked_on", "Checked on", "checked", held.checked_on),
        ("signed_on", "Signed on", "signed", held.signed_on),
    )
    last: tuple[str, date] | None = None
    for name, label, done, day in steps:
        if day is None:
            continue
        if day > today:
            yield name, f"{label} is {short_date(day)}, after today: enter the day it was {done}."
            continue  # nothing came before or after a day that has not come
        if last is not None and day < last[1]:
            yield (
                name,
                f"{label} is {short_date(day)}, before it was {last[0]} ({short_date(last[1])}): correct one of the two days.",
            )
        if last is None or day > last[1]:
            last = done, day
    ends = held.quarter.ends_on
    if held.signed_on is not None and held.signed_on <= ends:
        yield (
            "signed_on",
            f"Signed on is {short_date(held.signed_on)}, before the quarter was over ({long_date(ends)}): the declaration is made once all is known.",
        )
