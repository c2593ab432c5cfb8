"""Returns of a workbook whose lines don't say what they say themselves."""

from collections.abc import Iterator, Sequence

from fundtracker.domain.columns import Record, columns
from fundtracker.domain.money import total
from fundtracker.domain.problems import Problem
from fundtracker.domain.returns import FunderReturn, ReturnLine


def unsound_returns(records: tuple[Record, ...]) -> Iterator[Problem]:
    """A return that was sent says what its lines say; a draft has said nothing yet (product rules 2 and 3)."""
    lines: dict[int, list[ReturnLine]] = {}
    for each in records:
        if isinstance(each, ReturnLine):
            lines.setdefault(each.return_id, []).append(each)
    for each in records:
        if isinstance(each, FunderReturn):
            yield from _unsound(each, lines.pop(each.id, []))
    for strays in lines.values():
        yield Problem(
            kind=ReturnLine.__name__,
            record_id=strays[0].id,
            column="return_id",
            message=f"{len(strays):,} of the rows from here on belong to a return that is in the file already: return lines come in with their return, or not at all.",
        )


def _unsound(item: FunderReturn, lines: Sequence[ReturnLine]) -> Iterator[Problem]:
    def problem(column: str, message: str) -> Problem:
        return Problem(
            kind=FunderReturn.__name__,
            record_id=item.id,
            column=column,
            message=message,
        )

    if not item.state.frozen:
        if lines or item.claim or item.earlier_years or item.submitted_on:
            yield problem(
                "state",
                f"State is {item.state.value}, and a return that isn't submitted has no lines, claim or day of submission: correct the state, or leave those out.",
            )
        return
    if item.submitted_on is None:
        yield problem("submitted_on", "Submitted on is empty: enter the day the return was sent.")
    ahead = [each for each in lines if each.quarter > item.quarter]
    if ahead:
        yield problem(
            "quarter", f"{len(ahead):,} of its lines are of a quarter after {item.quarter}: correct them."
        )
    of_year = total(each.amount for each in lines if each.quarter.year == item.quarter.year)
    before = total(each.amount for each in lines if each.quarter.year < item.quarter.year)
    for name, held, said in (("claim", of_year, item.claim), ("earlier_years", before, item.earlier_years)):
        if held != said:
            label = next(each.label for each in columns(FunderReturn) if each.name == name)
            yield problem(
                name,
                f"{label} is {said.in_prose}, and its return lines come to {held.in_prose}: correct one of them. A return adds up to the penny.",
            )
