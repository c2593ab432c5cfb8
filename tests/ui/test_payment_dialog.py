"""What the funder paid, as it is entered: a sum that isn't the claim is told and asked about, a day that can't be is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fundtracker.domain.awards import AwardId
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Problem, Refused, StorageTrouble
from fundtracker.domain.returns import FunderReturn, FunderReturnId, ReturnState
from fundtracker.ui.dialogs.payment import PaymentDialog
from fundtracker.ui.words import SPACE
from programme import quarter
from ui.driving import click, press, type_text
from ui.person import settle

TODAY = date(2026, 11, 22)
ACCEPTED = FunderReturn(
    id=FunderReturnId(1),
    award_id=AwardId(1),
    quarter=quarter("2026/27 Q2"),
    reference="SSF5-VAWG 2026-27-Q2",
    state=ReturnState.ACCEPTED,
    claim=Money.pounds("23639.46"),
    submitted_on=date(2026, 10, 20),
)
Kept = list[tuple[Money, date]]


@pytest.fixture
def kept() -> Kept:
    return []


@pytest.fixture
def dialog(qtbot: QtBot, kept: Kept) -> PaymentDialog:
    return shown(
        qtbot, PaymentDialog(None, ACCEPTED, TODAY, lambda received, on: kept.append((received, on)))
    )


def shown(qtbot: QtBot, made: PaymentDialog) -> PaymentDialog:
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def types(editor: Any, text: str) -> None:
    editor.selectAll()
    type_text(editor, text)


def test_the_claim_is_kept_at_once(dialog: PaymentDialog, kept: Kept) -> None:
    assert dialog.difference.text() == "Just what it claims."
    press(dialog.received, Qt.Key.Key_Return)
    assert kept == [(Money.pounds("23639.46"), TODAY)]
    assert not dialog.isVisible()


def test_another_sum_is_told_while_it_is_typed_and_asked_about_once(
    dialog: PaymentDialog, kept: Kept
) -> None:
    types(dialog.received, "900000")
    assert dialog.difference.text() == "£876,360.54 more than it claims."
    press(dialog.received, Qt.Key.Key_Return)
    assert kept == []
    assert dialog.keep_button.text().replace("&", "") == "Keep it all the same"
    assert dialog.message.text().startswith("⚠ £876,360.54 more than it claims (£23,639.46): correct it, or")
    press(dialog.received, Qt.Key.Key_Return)
    assert kept == [], "Enter doesn't answer it"
    types(dialog.received, "20000")
    assert dialog.difference.text() == "£3,639.46 less than it claims."
    assert (dialog.keep_button.text(), dialog.message.isVisible()) == ("OK", False), "another sum, asked anew"
    press(dialog.received, Qt.Key.Key_Return)
    click(dialog.keep_button)
    assert kept == [(Money.pounds(20_000), TODAY)]


def test_what_is_refused_stands_beside_its_field(qtbot: QtBot) -> None:
    def refuse(_received: Money, _received_on: date) -> None:
        raise Refused(Problem(message="Before the return was submitted.", column="received_on"))

    dialog = shown(qtbot, PaymentDialog(None, ACCEPTED, TODAY, refuse))
    press(dialog.received, Qt.Key.Key_Return)
    assert dialog.isVisible()
    field = dialog.fields["received_on"]
    assert field.problem.text() == "⚠ Before the return was submitted."
    assert dialog.focusWidget() is dialog.received_on
    types(dialog.received_on, "lots")
    assert not field.problem.isVisible()
    press(dialog.received_on, Qt.Key.Key_Return)
    assert field.problem.isVisible(), "it can't be read"
    types(dialog.received, " ")
    types(dialog.received_on, "22/11/2026")
    press(dialog.received, Qt.Key.Key_Return)
    assert (
        dialog.fields["received"].problem.text()
        == "⚠ Received is empty: enter pounds and pence, as 1,234.56."
    )


def cut(dialog: PaymentDialog) -> list[str]:
    """The words that have less room than they need."""
    labels = [each for each in dialog.findChildren(QLabel) if each.isVisible()]
    return [each.text() for each in labels if each.height() < each.heightForWidth(each.width())]


def test_it_is_as_high_as_what_it_says(dialog: PaymentDialog) -> None:
    below = dialog.height() - dialog.buttons.geometry().bottom() - 1
    assert below <= 2 * SPACE


def test_it_grows_with_what_it_says(qtbot: QtBot, dialog: PaymentDialog) -> None:
    assert cut(dialog) == []
    before = dialog.height()
    types(dialog.received_on, "lots")
    press(dialog.received_on, Qt.Key.Key_Return)
    settle()
    assert (dialog.fields["received_on"].wrong, cut(dialog)) == (True, [])
    assert dialog.height() > before
    types(dialog.received_on, "22/11/2026")
    types(dialog.received, "1")
    press(dialog.received, Qt.Key.Key_Return)
    settle()
    assert (dialog.message.isVisible(), cut(dialog)) == (True, [])


def test_a_file_that_cannot_be_written_is_said_and_what_was_typed_stays(qtbot: QtBot) -> None:
    def fail(_received: Money, _received_on: date) -> None:
        raise StorageTrouble("The disk is full.")

    dialog = shown(qtbot, PaymentDialog(None, ACCEPTED, TODAY, fail))
    press(dialog.received, Qt.Key.Key_Return)
    assert (dialog.isVisible(), dialog.message.text()) == (True, "⚠ Not kept. The disk is full.")


def test_a_correction_begins_with_what_was_entered(qtbot: QtBot, kept: Kept) -> None:
    paid = {"state": ReturnState.PAID, "received": Money.pounds(20_000), "received_on": date(2026, 11, 2)}
    dialog = shown(
        qtbot,
        PaymentDialog(
            None, replace(ACCEPTED, **paid), TODAY, lambda received, on: kept.append((received, on))
        ),
    )
    assert (dialog.windowTitle(), dialog.received.text(), dialog.received_on.text()) == (
        "Correct the payment",
        "20,000.00",
        "02/11/2026",
    )
    types(dialog.received_on, "3/11/2026")
    press(dialog.received_on, Qt.Key.Key_Return)
    assert kept == [(Money.pounds(20_000), date(2026, 11, 3))], (
        "a sum that was asked about before isn't again"
    )
