"""Every figure says in its docstring what it is and, in brackets, where the rule comes from."""

import re
from functools import cached_property
from types import FunctionType

import pytest

from fundtracker.domain.figures import Figures, GrantFigures

SOURCE = re.compile(r"^\S.* \([^()]*\b(?:product|domain|agreement) \d[^()]*\)")
"""A definition, then a source with the number of a section, rule or clause."""


def questions(asked_of: type) -> dict[str, str]:
    """The docstring's first line of each public property and method that the class itself defines."""
    kinds = (property, cached_property, FunctionType)
    return {
        name: (each.__doc__ or "").strip().partition("\n")[0]
        for name, each in vars(asked_of).items()
        if type(each) in kinds and not name.startswith("_")
    }


@pytest.mark.parametrize("asked_of", [Figures, GrantFigures])
def test_every_figure_says_what_it_is_and_whose_rule_it_is(asked_of: type) -> None:
    assert [name for name, said in questions(asked_of).items() if not SOURCE.search(said)] == []


def test_the_figures_are_all_asked() -> None:
    wanted = {"awarded", "spent", "reported", "outturn", "left_to_commit", "original_profile", "received"}
    assert wanted <= questions(Figures).keys()
    assert questions(GrantFigures).keys() == {"unscheduled", "unspent"}


def test_a_figure_without_a_source_is_seen() -> None:
    for said in ("", "Awarded less spent.", "Awarded less spent (of one year).", "(product 3, rule 1)"):
        assert SOURCE.search(said) is None
