"""Check that a return's partner spend is what the partners' accepted forms say."""

from collections.abc import Iterator

from fundtracker.domain.form_costs import form_problems
from fundtracker.domain.problems import Problem
from fundtracker.domain.return_case import ReturnCase


def forms_kept(case: ReturnCase) -> Iterator[Problem]:
    """Of the return's own quarter, and of each earlier one that it corrects."""
    quarters = {case.claim.quarter, *(each.cell.quarter for each in case.claim.lines)}
    yield from form_problems(case.book, quarters)
