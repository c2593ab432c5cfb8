"""FORM_CHECKS: what is looked at in a form that came back, and the problems it makes, errors first."""

from fundtracker.domain.partner_forms.checks_money import MONEY_CHECKS
from fundtracker.domain.partner_forms.checks_story import STORY_CHECKS
from fundtracker.domain.partner_forms.checks_whole import RIGHT_FORM, WHOLE_CHECKS
from fundtracker.domain.partner_forms.examined import Examined
from fundtracker.domain.partner_forms.said import FormProblem
from fundtracker.domain.problems import Severity

FORM_CHECKS = (*RIGHT_FORM, *WHOLE_CHECKS, *MONEY_CHECKS, *STORY_CHECKS)
_ORDER = tuple(Severity)


def form_problems(of: Examined) -> tuple[FormProblem, ...]:
    """Everything that is wrong with a form; errors, then warnings, then notes. A form of something else isn't looked at further."""
    wrong = tuple(problem for check in RIGHT_FORM for problem in check.problems(of))
    if wrong:
        return wrong
    rest = FORM_CHECKS[len(RIGHT_FORM) :]
    found = (*of.said.odd, *(problem for check in rest for problem in check.problems(of)))
    return tuple(sorted(found, key=lambda problem: _ORDER.index(problem.severity)))
