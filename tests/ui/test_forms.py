"""The one form: saved as each field is left, wrong values kept beside their message, new records saved once complete."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from filing import TODAY
from fundtracker.application.actions.records import edit
from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant
from fundtracker.domain.interventions import Milestone, ProfileLine
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.periods import Quarter
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.record_form import RecordForm
from ui.driving import choose_word, click, form_of, go_to, press, type_into, type_text

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
"""A popup without a screen."""


def form_on(window: MainWindow, kind: type[Record], record_id: int) -> RecordForm:
    window.open_record(kind, record_id)
    return form_of(go_to(window, kind))


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("net", "2.5k", Money.pounds(2_500)),
        ("net", "£1,234.56", Money(123_456)),
        ("net", "(12.00)", Money(-1_200)),
        ("ordered_on", "1 April 2024", date(2024, 4, 1)),
        ("ordered_on", "01.04.24", date(2024, 4, 1)),
        ("ordered_on", "31/8", date(2024, 8, 31)),
        ("ordered_on", "today", TODAY),
        ("supplier", "  Two  words ", "Two  words"),
        ("intervention_id", "training", 2),
        ("description", "=1+1", "=1+1"),
    ],
)
def test_a_field_is_saved_when_it_is_left(
    qtbot: QtBot, window: MainWindow, name: str, typed: str, kept: Any
) -> None:
    form = form_on(window, Cost, 3)
    type_into(form, name, typed)
    assert getattr(window.workspace.get(Cost, 3), name) == kept
    assert form.fields[name].problem.text() == ""


def test_a_choice_is_saved_when_it_is_made(qtbot: QtBot, window: MainWindow) -> None:
    form = form_on(window, Cost, 3)
    choose_word(form, "expense", "Resource")
    assert window.workspace.get(Cost, 3).expense is Expense.RESOURCE


def test_a_mistake_stands_beside_its_field_until_it_is_mended(qtbot: QtBot, window: MainWindow) -> None:
    form = form_on(window, Cost, 3)
    field = form.fields["net"]
    type_into(form, "net", "a lot")
    assert field.problem.isVisible()
    assert field.problem.text() == "⚠ “a lot” is not an amount: type an amount such as 1,234.56 or 2.5k."
    assert field.widget.accessibleDescription().startswith("“a lot” is not an amount")
    type_into(form, "supplier", "Another")
    assert window.workspace.get(Cost, 3).supplier == "Another"
    assert form.fields["net"].widget.property("text") == "a lot"
    type_into(form, "net", "12")
    assert window.workspace.get(Cost, 3).net == Money.pounds(12)
    assert not field.problem.isVisible()


def test_escape_takes_back_what_was_not_kept(qtbot: QtBot, window: MainWindow) -> None:
    form = form_on(window, Cost, 3)
    type_into(form, "net", "a lot")
    press(form.fields["net"].widget, Qt.Key.Key_Escape)
    assert form.fields["net"].widget.property("text") == "10.02"
    assert not form.fields["net"].problem.isVisible()


def test_going_on_says_what_was_not_kept(qtbot: QtBot, window: MainWindow) -> None:
    form = form_on(window, Cost, 3)
    type_into(form, "net", "a lot")
    window.open_record(Cost, 4)
    assert window.statusBar().currentMessage() == "Not kept, since it could not be read or was refused: Net."


def test_a_rule_refuses_at_its_field(qtbot: QtBot, window: MainWindow) -> None:
    form = form_on(window, Cost, 3)
    type_into(form, "received_on", "1/1/2030")
    field = form.fields["received_on"]
    assert field.problem.isVisible()
    assert window.workspace.get(Cost, 3).received_on == date(2024, 7, 3)
    assert field.widget.property("text") == "01/01/2030"


def test_a_new_record_says_what_is_missing_then_saves_itself(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    click(page.add_button)
    form = form_of(page)
    assert form.message.text() == (
        "Not saved yet. Still to fill in: Intervention, Supplier, Net, Capital or resource, Cost category."
    )
    type_into(form, "intervention_id", "SSF5-VAWG-02")
    type_into(form, "supplier", "Quillmoor")
    type_into(form, "net", "99.5")
    choose_word(form, "expense", "Resource")
    before = len(window.workspace.select(Cost))
    type_into(form, "category_id", "Staff")
    made = window.workspace.select(Cost, supplier="Quillmoor")
    assert len(window.workspace.select(Cost)) == before + 1
    assert made[0].net == Money(9_950)
    assert made[0].reference == f"C-{made[0].id:05d}"
    assert form.message.text().startswith("Added.")
    type_into(form, "invoice_number", "Q-7")
    assert window.workspace.get(Cost, made[0].id).invoice_number == "Q-7"


def test_what_somebody_else_changed_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    form = form_on(window, Cost, 3)
    edit(window.workspace, window.workspace.get(Cost, 3), supplier="Changed elsewhere")
    assert form.fields["supplier"].widget.property("text") == "Changed elsewhere"


def test_what_is_being_typed_stays_while_somebody_changes_another_field(
    qtbot: QtBot, window: MainWindow
) -> None:
    form = form_on(window, Cost, 3)
    supplier: Any = form.fields["supplier"].widget
    supplier.setFocus()
    supplier.selectAll()
    type_text(supplier, "Half ty")
    edit(window.workspace, window.workspace.get(Cost, 3), net=Money.pounds(77))
    assert (supplier.text(), form.fields["net"].editor.typed()) == ("Half ty", "77.00")
    type_text(supplier, "ped")
    press(supplier, Qt.Key.Key_Tab)
    kept = window.workspace.get(Cost, 3)
    assert (kept.supplier, kept.net) == ("Half typed", Money.pounds(77))
    edit(window.workspace, kept, supplier="Somebody's")
    assert supplier.text() == "Somebody's"


def test_a_new_record_saves_itself_once_its_last_mistake_is_cleared(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Milestone)
    click(page.add_button)
    form, before = form_of(page), len(window.workspace.select(Milestone))
    type_into(form, "actual_on", "soon")
    type_into(form, "intervention_id", "SSF5-VAWG-02")
    type_into(form, "what", "Cameras up")
    type_into(form, "baseline_on", "1 May 2024")
    assert len(window.workspace.select(Milestone)) == before
    actual: Any = form.fields["actual_on"].widget
    actual.setFocus()
    actual.selectAll()
    press(actual, Qt.Key.Key_Delete)
    press(actual, Qt.Key.Key_Tab)
    assert [each.what for each in window.workspace.select(Milestone)[before:]] == ["Cameras up"]


def test_undo_is_the_windows_once_a_field_is_kept(qtbot: QtBot, window: MainWindow) -> None:
    form = form_on(window, Cost, 3)
    type_into(form, "supplier", "Another")
    widget = form.fields["supplier"].widget
    widget.setFocus()
    press(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.get(Cost, 3).supplier == "Supplier 2"
    assert widget.property("text") == "Supplier 2"
    press(widget, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.workspace.get(Cost, 3).supplier == "Another"


def test_text_that_looks_like_markup_is_only_text(qtbot: QtBot, window: MainWindow) -> None:
    form = form_on(window, Organisation, 1)
    type_into(form, "name", "<b>Bold</b> & Co")
    labels = [each for each in window.findChildren(QLabel) if each.text()]
    assert labels
    assert [each.text() for each in labels if each.textFormat() is not Qt.TextFormat.PlainText] == []
    assert form.title.text() == "<b>Bold</b> & Co"


def test_every_column_of_a_kind_has_its_field(window: MainWindow) -> None:
    from fundtracker.domain.columns import columns

    form = form_of(go_to(window, Grant))
    assert list(form.fields) == [each.name for each in columns(Grant)]


def test_a_records_children_are_listed_and_added_beside_it(qtbot: QtBot, window: MainWindow) -> None:
    from fundtracker.domain.awards import AwardLine
    from fundtracker.domain.interventions import ProfileLine

    window.open_record(ProfileLine, 1)
    from fundtracker.domain.interventions import Intervention

    page = go_to(window, Intervention)
    page.choose(1)
    pane = page.pane
    assert pane is not None
    titles = [pane.tabText(place) for place in range(pane.count())]
    pane.setCurrentIndex(titles.index("Profile lines"))
    (lines,) = pane.lists()
    assert lines.model.rowCount() == 2
    click(lines.add_button)
    form = form_of(go_to(window, ProfileLine))
    assert form.title.text() == "New profile line"
    assert form.fields["intervention_id"].editor.value() == 1
    assert AwardLine.__name__ not in titles


def test_beside_a_record_stands_what_was_done_to_it(window: MainWindow) -> None:
    page = go_to(window, Cost)
    first = window.workspace.select(Cost)[0]
    page.choose(first.id)
    type_into(form_of(page), "supplier", "Penhallow Cameras")
    pane = page.pane
    assert pane is not None
    pane.setCurrentWidget(pane.story)
    wait_for_jobs()
    QApplication.processEvents()
    told = [row.cells[2].strip() for row in pane.story.grid.rows]
    assert told[0] == f"Change supplier of {first.reference}"
    assert any("Penhallow Cameras" in line and first.supplier in line for line in told[1:3])
    window.undo()
    wait_for_jobs()
    QApplication.processEvents()
    assert pane.story.grid.rows[0].cells[2].startswith("Taken back: Change supplier")


def test_a_long_change_is_wrapped_and_a_very_long_one_shortened(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Cost)
    pane = page.pane
    assert pane is not None
    page.choose(1)
    for text in ("drawn out " * 15, "far too long " * 60):
        type_into(form_of(page), "description", text.strip())
    pane.setCurrentWidget(pane.story)
    wait_for_jobs()
    table, rows = pane.story.table, pane.story.grid.rows
    (very_long,) = (n for n, row in enumerate(rows) if row.cells[2].endswith("… (the whole of it: History)"))
    (wrapped,) = (n for n, row in enumerate(rows) if row.cells[2].endswith("drawn out"))
    line = table.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: table.rowHeight(very_long) > table.rowHeight(wrapped) > 3 * line)


def test_the_heading_of_a_record_without_a_name_says_what_it_hangs_on(window: MainWindow) -> None:
    page = go_to(window, ProfileLine)
    form = form_of(page)
    assert form.title.text() == "Profile line of SSF5-VAWG-01, 2024/25 Q2, Capital, Equipment"
    edit(window.workspace, window.workspace.get(ProfileLine, 1), quarter=Quarter.read("2024/25 Q4"))
    wait_for_jobs()
    assert form.title.text() == "Profile line of SSF5-VAWG-01, 2024/25 Q4, Capital, Equipment"
