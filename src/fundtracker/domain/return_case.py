"""ReturnCase: a return as it now stands, and how a check speaks of the Term it rests on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from fundtracker.domain.book import AwardBook
from fundtracker.domain.claims import Claim
from fundtracker.domain.interventions import Intervention, InterventionStatus
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Problem, Severity
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.rules import rule, waiver
from fundtracker.domain.terms import Term, TermKind, Waiver


@dataclass(frozen=True)
class ReturnCase:
    """A return as it now stands: what every check looks at."""

    claim: Claim
    funder_return: FunderReturn

    @property
    def book(self) -> AwardBook:
        return self.claim.book

    @cached_property
    def claimed_costs(self) -> frozenset[int]:
        """Ids of the costs that have a line in this return."""
        return frozenset(line.cost_id for line in self.claim.lines)

    @property
    def live_interventions(self) -> tuple[Intervention, ...]:
        """Those under way in the quarter."""
        return tuple(
            each for each in self.book.all(Intervention) if each.status is InterventionStatus.UNDER_WAY
        )

    def rule(self, kind: TermKind) -> Term | None:
        return rule(self.book, kind, self.claim.quarter.ends_on, self.claim.year)


Check = Callable[[ReturnCase], Iterator[Problem]]


def under(term: Term | None, case: ReturnCase, problem: Problem) -> Problem:
    """The problem with its clause; only a note where the Term is waived."""
    return problem if term is None else quoted(term, waiver(case.book, term, case.book.today), problem)


def quoted(term: Term, exception: Waiver | None, problem: Problem) -> Problem:
    """The problem with its Term's clause; a note where an exception holds."""
    if exception is None:
        return replace(problem, clause=f"{term.reference}: {term.clause}")
    message = f"{problem.message} Waived until {short_date(exception.expires_on)}: {exception.reason}"
    return replace(
        problem, clause=f"{term.reference}: {term.clause}", severity=Severity.NOTE, message=message
    )
