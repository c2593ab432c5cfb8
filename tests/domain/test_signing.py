"""Who may sign for money."""

import pytest

from fundtracker.domain.signing import signs_for_money


@pytest.mark.parametrize(
    "role",
    [
        "Chief Finance Officer", "chief financial officer", "Acting Chief Finance Officer", "CFO", "Interim CFO", "C.F.O.",
        "Section 151 Officer", "Deputy section 151 officer", "s151", "S.151 Officer", "Director of Resources (s 151)",
        "Treasurer", "County Treasurer", "TREASURER of the Example Trust",
    ],
)  # fmt: skip
def test_officers_that_answer_for_money(role: str) -> None:
    assert signs_for_money(role)


@pytest.mark.parametrize("role", ["", "Gardener", "Project officer", "Finance assistant", "Officer 1510"])
def test_others_do_not(role: str) -> None:
    assert not signs_for_money(role)
