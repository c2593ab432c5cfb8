"""The story, played once for all tests that only look."""

import pytest

from application.demo.rehearsal import Rehearsal
from fundtracker.application.demo.story import resolve_before_submission, story


@pytest.fixture(scope="session")
def played() -> Rehearsal:
    """The programme as the story leaves it on 21 October 2024."""
    return Rehearsal().play(story())


@pytest.fixture(scope="session")
def resolved() -> Rehearsal:
    """A second copy in which the co-ordinator mended what stood in the way."""
    return Rehearsal().play((*story(), *resolve_before_submission()))
