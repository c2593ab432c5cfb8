"""The tie-out of a real file: read in one moment, agreed for a day, and broken by a later change, which is told."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from application.ledger_office import LedgerOffice, open_office
from finance_listing import payments_of, write_xlsx
from fundtracker.application.actions.ledger.matching import accept_many
from fundtracker.application.actions.ledger.suggesting import suggestions
from fundtracker.application.actions.ledger.taking import propose_listing, take_listing
from fundtracker.application.actions.records import edit
from fundtracker.application.actions.tie_out import agree_balance, balances_broken, tie_out_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.ledger import AgreedFigure
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused
from programme import quarter

Q4 = quarter("2023/24 Q4")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LedgerOffice]:
    found = open_office(tmp_path / "office.fundtracker")
    with found.workspace:
        lines = write_xlsx(tmp_path / "q4.xlsx", payments_of(found.workspace))
        take_listing(found.workspace, propose_listing(found.workspace, lines))
        accept_many(found.workspace, suggestions(found.workspace))
        yield found


def test_the_file_s_ledger_ties_to_its_award(office: LedgerOffice) -> None:
    tied = tie_out_of(office.workspace, 1, Q4)
    assert tied.ties
    assert [(each.partners.plain, each.own.plain, each.returned.plain) for each in tied.rows] == [
        ("30.00", "150.00", "180.00")
    ]
    assert [
        (each.reference, each.paid.plain, each.vat.plain, each.ledger.plain) for each in tied.payments
    ] == [
        ("SSF5-VAWG-01", "150.00", "20.00", "170.00"),
        ("G-1", "60.00", "0.00", "60.00"),
    ]
    office.line(50, code="7401", amount=Money.pounds("9"), posted_on=date(2024, 2, 2))
    office.line(51, code="9999", amount=Money.pounds("8"), posted_on=date(2024, 2, 2))
    assert [each.amount for each in tie_out_of(office.workspace, 1, Q4).unreturned] == [Money.pounds("9")]


def test_an_agreed_figure_that_no_longer_holds_is_told_until_it_is_agreed_anew(office: LedgerOffice) -> None:
    workspace = office.workspace
    with pytest.raises(Refused) as refused:
        agree_balance(workspace, 1, AgreedFigure.OWN_COSTS, Q4, " ")
    assert str(refused.value) == "Write who agreed it, by their role."
    agreed = agree_balance(workspace, 1, AgreedFigure.OWN_COSTS, Q4, "Chief Finance Officer", "Year end")
    assert (agreed.amount, agreed.agreed_on, balances_broken(workspace)) == (
        Money.pounds("150"),
        date(2024, 4, 20),
        (),
    )
    edit(workspace, workspace.get(Cost, office.training.id), net=Money.pounds("50.01"))
    assert list(map(str, balances_broken(workspace))) == [
        (
            "SSF5-VAWG: The office's own costs to 2023/24 Q4 was agreed at £150.00 on 20/04/2024 by the Chief Finance Officer; it now comes to £150.01,"
            " £0.01 more. Find what changed in the history, or agree it anew."
        )
    ]
    agree_balance(workspace, 1, AgreedFigure.OWN_COSTS, Q4, "Chief Finance Officer")
    assert balances_broken(workspace) == ()
