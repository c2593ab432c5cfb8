"""What Home says of the finance ledger: lines of an award that wait too long, and agreed balances that no longer hold."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from application.ledger_office import LedgerOffice, open_office, read_anew
from fundtracker.application.actions.ledger.matching import accept, set_aside
from fundtracker.application.actions.ledger.suggesting import suggestions
from fundtracker.application.actions.tie_out import agree_balance
from fundtracker.application.behind import words_behind
from fundtracker.application.glance import Task
from fundtracker.application.to_do import further_tasks
from fundtracker.domain.awards import Award
from fundtracker.domain.ledger import AgreedFigure, LedgerLine
from fundtracker.domain.money import Money
from fundtracker.domain.periods import Quarter
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.sql import CODED, TO_DO
from fundtracker.storage.undone import Undone, Wait


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LedgerOffice]:
    found = open_office(tmp_path / "office.fundtracker")
    with found.workspace:
        yield found


def of_ledger(office: LedgerOffice) -> list[Task]:
    return [
        each
        for each in further_tasks(office.workspace)
        if each.kind == "LedgerLine" or each.part == "Tie-out"
    ]


def test_lines_of_an_award_wait_thirty_days(office: LedgerOffice) -> None:
    """Today is 20 April 2024. A line without a code of the award is nobody's, one of 21 March isn't old enough."""
    (award,) = office.workspace.select(Award)
    office.line(1, code="7401", posted_on=date(2024, 3, 20))
    office.line(
        2, code="7401", posted_on=date(2024, 3, 21), amount=Money.pounds("7"), invoice_number="", supplier="B"
    )
    office.line(3, code="1111", posted_on=date(2024, 1, 1), amount=Money.pounds("5"), invoice_number="")
    first = f"1 ledger line of {award.reference}, £120.00, is matched to nothing after 30 days"
    assert of_ledger(office) == [Task(None, first, "LedgerLine", 1)]
    office.line(4, code="7401", posted_on=date(2024, 3, 1), amount=Money.pounds("10"), invoice_number="")
    both = f"2 ledger lines of {award.reference}, £130.00, are matched to nothing after 30 days"
    waiting = Undone(Wait.MATCH, date(2024, 4, 20), before=date(2024, 3, 21))
    within = ((CODED, award.id), (TO_DO, waiting))
    assert of_ledger(office) == [Task(None, both, "LedgerLine", within=within)]
    found = office.workspace.lists.page(ListQuery(LedgerLine, within=within), 0, 10)
    assert [row[0] for row in found] == [1, 4]
    said = words_behind(office.workspace, LedgerLine, within)
    assert said == f"Only those posted to {award.reference}, matched to nothing after 30 days."
    accept(office.workspace, next(each for each in suggestions(office.workspace) if each.line.id == 1))
    set_aside(office.workspace, [office.workspace.get(LedgerLine, 4)], "Another programme's")
    assert of_ledger(office) == []


def test_an_agreed_balance_that_is_broken_leads_to_the_tie_out(office: LedgerOffice) -> None:
    (award,) = office.workspace.select(Award)
    line = office.line(1, code="7401", posted_on=date(2024, 3, 25))
    agree_balance(
        office.workspace, award.id, AgreedFigure.LEDGER, Quarter.read("2023/24 Q4"), "Finance officer"
    )
    assert of_ledger(office) == []
    read_anew(office.workspace, line.id, amount=Money.pounds("125"))
    words = (
        f"{award.reference}: Ledger lines to 2023/24 Q4 was agreed at £120.00 on 20/04/2024 by the Finance officer; "
        "it now comes to £125.00, £5.00 more."
    )
    assert of_ledger(office) == [Task(None, words, "Award", award.id, part="Tie-out")]
