"""What a return still needs, whose it is to mend, and a rule that is waived."""

from decimal import Decimal
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import add, edit
from fundtracker.application.sign_off import sign_off_problems
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant, GrantSource
from fundtracker.domain.interventions import Intervention, Progress
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.periods import FinancialYear
from fundtracker.domain.problems import Problem
from fundtracker.domain.terms import Term, TermKind, Waiver
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.return_owners import whose
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.return_page import ReturnPage
from ui.conftest import TODAY
from ui.driving import click, form_of, go_to, type_into
from ui.person import Mouse, settle
from ui.returning import LONG, SIGNATURES, held

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
"""A popup without a screen."""


def test_the_readiness_list_says_whose_each_thing_is(qtbot: QtBot, page: ReturnPage) -> None:
    rows = [(row.cells[0], row.cells[2]) for row in page.readiness.model.rows]
    assert rows[:5] == [
        ("To mend", "The office"), ("To sign", "The office"), ("To sign", "The office"),
        ("To sign", "The CFO"), ("To sign", "The CFO"),
    ]  # fmt: skip
    partner = page.workspace.find(Organisation, "Stroud")
    assert partner is not None
    with qtbot.waitSignal(page.shown, timeout=LONG):
        edit(page.workspace, page.workspace.get(Intervention, 2), lead_id=partner.id)
    wait_for_jobs()
    (report,) = (each for each in page.workspace.select(Progress) if each.intervention_id == 2)
    from fundtracker.application.actions.records import remove

    with qtbot.waitSignal(page.shown, timeout=LONG):
        remove(page.workspace, report)
    wait_for_jobs()
    found = {row.cells[1]: row.cells[2] for row in page.readiness.model.rows}
    assert found["SSF5-VAWG-02 Training has no progress report for 2024/25 Q2. Add one."] == "Stroud"
    place = next(n for n, row in enumerate(page.readiness.model.rows) if row.cells[2] == "The CFO")
    page.readiness.table.selectRow(place)
    click(page.readiness.go_button)
    assert page.sign_off.form.fields["signed_by"].widget.hasFocus()


def test_a_partners_cost_is_the_partners_to_mend(page: ReturnPage) -> None:
    workspace = page.workspace
    partner = workspace.find(Organisation, "Cotswold")
    assert partner is not None
    grant = add(workspace, Grant, {"reference": "G-1", "title": "Cameras", "recipient_id": partner.id})
    add(
        workspace,
        GrantSource,
        {
            "grant_id": grant.id, "intervention_id": 1, "year": FinancialYear(2024),
            "amount": Money.pounds(500), "expense": workspace.get(Cost, 1).expense,
        },
    )  # fmt: skip
    edit(workspace, workspace.get(Cost, 1), grant_id=grant.id, accepted_on=TODAY)
    wait_for_jobs()
    book = workspace.book(held(page).award_id)
    assert whose(book, Problem(message="", kind="Cost", record_id=1)) == "Cotswold"
    assert whose(book, Problem(message="", kind="Cost", record_id=2)) == "The office"
    assert whose(book, Problem(message="", kind="Grant", record_id=grant.id)) == "Cotswold"
    assert [each.column for each in sign_off_problems(held(page), TODAY)] == [name for name, _ in SIGNATURES]


@pytest.mark.parametrize("visited", ["", "Details", "History"])
def test_the_field_that_is_gone_to_is_in_sight(
    qtbot: QtBot, window: MainWindow, page: ReturnPage, visited: str
) -> None:
    """Also on the first visit to its list, whose form is made and laid out after it."""
    if visited:
        pane = go_to(window, Cost).pane
        assert pane is not None
        pane.setCurrentIndex([pane.tabText(place) for place in range(pane.count())].index(visited))
        settle()
        window.show_return("SSF5-VAWG 2024-25-Q2")
    first = page.workspace.get(Cost, 1)
    with qtbot.waitSignal(page.shown, timeout=LONG):
        edit(page.workspace, page.workspace.get(Cost, 2), net=first.net, supplier=first.supplier, invoice_number=first.invoice_number)  # fmt: skip
    wait_for_jobs()
    lines = [row.cells[1] for row in page.readiness.model.rows]
    page.readiness.table.selectRow(
        next(n for n, line in enumerate(lines) if "why it isn't a duplicate" in line)
    )
    Mouse().button("Go to it", page)
    for _ in range(3):
        settle()
    form = form_of(cast("ListPage", window.page))
    field = form.fields["duplicate_reason"]
    assert field.widget.hasFocus()
    assert whole_in_sight(field)
    form.verticalScrollBar().triggerAction(QScrollBar.SliderAction.SliderToMinimum)
    window.resize(1200, 780)
    settle()
    assert form.verticalScrollBar().value() == 0, "who scrolls on from there is left alone"


def whole_in_sight(widget: QWidget) -> bool:
    return not widget.visibleRegion().isEmpty() and widget.visibleRegion().boundingRect() == widget.rect()


def test_a_check_that_rests_on_a_rule_is_waived_with_a_reason(
    qtbot: QtBot, window: MainWindow, page: ReturnPage
) -> None:
    with qtbot.waitSignal(page.shown, timeout=LONG):
        add(
            page.workspace,
            Term,
            {
                "reference": "T-1", "award_id": held(page).award_id, "kind": TermKind.VARIANCE_REASON,
                "number": Decimal(10), "clause": "Claims highlight variances", "effective_from": TODAY.replace(month=7),
            },
        )  # fmt: skip
    wait_for_jobs()
    checks = page.checks
    page.tab("Checks")
    assert checks.note.text().startswith("⚠ 1 of ")
    assert checks.checks.rows[0].cells[1] == "⚠ To mend"
    checks.table.selectRow(len(checks.checks.rows) - 1)
    assert not checks.waive_button.isEnabled()
    failed = checks.checks.rows[0]
    assert failed.cells[3] == "T-1: Claims highlight variances"
    checks.table.selectRow(0)
    click(checks.waive_button)
    form = cast("Any", window.page).pane.form
    assert form.kind is Waiver
    for name, text in (
        ("reason", "The funder agreed by letter"), ("approved_by", "Chief Finance Officer"),
        ("approved_on", "01/10/2024"), ("expires_on", "31/12/2024"),
    ):  # fmt: skip
        type_into(form, name, text)
    (waived,) = page.workspace.select(Waiver)
    assert waived.reason == "The funder agreed by letter"
    window.back()
    wait_for_jobs()
    assert next(row for row in checks.checks.rows if row.key == failed.key).cells[1] == "Waived"
    assert checks.note.text() == "✓ None of 21 checks to mend; 2 with a warning, 1 waived."
    assert page.readiness.note.text().startswith(
        "Nothing stands in the way but the sign-off: 4 to enter or mend."
    )


def test_what_submitting_would_refuse_of_the_sign_off_stands_in_readiness_and_beside_its_field(
    qtbot: QtBot, page: ReturnPage
) -> None:
    """Nothing is asked, and nothing frozen, while it stands there."""
    page.figures.write_for(2)
    page.figures.reason.setPlainText("Ill")
    page.figures.keep()
    signed: dict[str, Any] = {name: "Safer Streets co-ordinator" for name, _ in SIGNATURES}
    days: dict[str, Any] = {"checked_on": TODAY.replace(year=2030), "signed_on": TODAY.replace(year=2019)}
    with qtbot.waitSignal(page.shown, timeout=LONG):
        edit(page.workspace, held(page), **signed, **days)
    wait_for_jobs()
    page.tab("Readiness")
    assert page.readiness.note.text().startswith(
        "Nothing stands in the way but the sign-off: 5 to enter or mend."
    )
    told = {row.key.column: row.cells for row in page.readiness.model.rows if row.cells[0] == "To sign"}
    assert set(told) == {"signed_by", "checked_by", "signed_role", "checked_on", "signed_on"}
    assert told["signed_role"][1].startswith(
        "Signed as is “Safer Streets co-ordinator”: a return is signed by"
    )
    assert told["signed_role"][2] == "The CFO"
    click(page.steps.submit_button)
    assert page.tabs.shown is page.sign_off
    assert "Who prepared the return can't sign it" in page.message.text()
    for name, cells in told.items():
        assert cells[1] in page.sign_off.form.fields[name].problem.text()
    assert page.sign_off.form.unkept == "", "it is kept"
    for name, text in (*SIGNATURES, ("checked_on", "18/10/2024"), ("signed_on", "19/10/2024")):
        type_into(page.sign_off.form, name, text)
    wait_for_jobs()
    assert not [name for name, field in page.sign_off.form.fields.items() if field.problem.isVisible()]
    page.tab("Readiness")
    assert page.readiness.note.text().startswith("Nothing stands in the way: the return can be submitted.")
