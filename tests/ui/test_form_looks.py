"""How forms look: names level with their fields, locked fields that promise nothing, long texts told, tabs never sliced."""

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QHelpEvent, QImage, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record, column_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Risk
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.money import Money
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.terms import Term
from fundtracker.domain.variations import Variation
from fundtracker.ui.dialogs.letters import Letter, LettersDialog
from fundtracker.ui.dialogs.pack import PackDialog
from fundtracker.ui.dialogs.payment import PaymentDialog
from fundtracker.ui.editors.choosing import ChoiceEditor, ReferenceEditor
from fundtracker.ui.editors.factory import editor_for
from fundtracker.ui.editors.typed import LongEditor, TypedEditor
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.palette import show_palette
from fundtracker.ui.views.list_columns import ColumnsDialog
from fundtracker.ui.views.parts import PartsTabs, whole_tabs
from fundtracker.ui.views.record_form import RecordForm
from ui.driving import click, form_of, go_to, press, type_into, type_text
from ui.person import Mouse

LABEL = QFormLayout.ItemRole.LabelRole
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def held(qtbot: QtBot) -> QWidget:
    """A window for what is looked at."""
    shown = QWidget()
    qtbot.addWidget(shown)
    QVBoxLayout(shown)
    shown.resize(330, 900)
    return shown


def form_in(held: QWidget, workspace: Workspace, kind: type[Record], width: int) -> RecordForm:
    form = RecordForm(workspace, kind)
    cast("QVBoxLayout", held.layout()).addWidget(form)
    held.resize(width, 900)
    held.show()
    form.show_new({})
    QApplication.processEvents()
    return form


def first_line_of(widget: QWidget) -> int:
    """Where Qt puts the first line of a field's text, in pixels from its top."""
    if isinstance(widget, QComboBox) and not widget.isEditable():
        return (widget.height() - widget.fontMetrics().height()) // 2
    if isinstance(widget, QPlainTextEdit):
        return widget.cursorRect().top() + widget.viewport().y()
    typed: Any = widget.lineEdit() if isinstance(widget, QComboBox) else widget
    cursor: QRect = typed.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    return typed.mapTo(widget, cursor.topLeft()).y() if typed is not widget else cursor.top()


def names_of(form: RecordForm) -> dict[str, QLabel]:
    layout = form.findChildren(QFormLayout)[0]
    labels = (cast("Any", layout.itemAt(row, LABEL)).widget() for row in range(layout.rowCount()))
    return dict(zip(form.fields, labels, strict=True))


@pytest.mark.parametrize("kind", [Award, Cost, Variation, Term])
def test_every_name_is_level_with_its_fields_text(
    held: QWidget, workspace: Workspace, kind: type[Record]
) -> None:
    form = form_in(held, workspace, kind, 330)
    cast("QWidget", form.widget()).grab()  # a line finds its middle when it is painted
    names = names_of(form)
    wrong = {}
    for name, field in form.fields.items():
        label = names[name]
        words = label.mapTo(form, label.contentsRect().topLeft()).y()
        assert label.alignment() & Qt.AlignmentFlag.AlignTop
        text = field.widget.mapTo(form, QPoint(0, first_line_of(field.widget))).y()
        beside = label.mapTo(form, QPoint(0, 0)).x() < field.mapTo(form, QPoint(0, 0)).x()
        if abs(words - text) > 1 or not beside:
            wrong[name] = (words, text, beside)
    assert wrong == {}
    lines = {
        name: each.heightForWidth(each.width()) // each.fontMetrics().height() for name, each in names.items()
    }
    assert kind is Term or max(lines.values()) > 1, "some have two lines"


def test_where_it_is_narrow_every_name_stands_above_its_field_with_no_gap(
    held: QWidget, workspace: Workspace
) -> None:
    form = form_in(held, workspace, Term, 180)
    for name, label in names_of(form).items():
        top = form.fields[name].mapTo(form, QPoint(0, 0)).y()
        assert label.mapTo(form, QPoint(0, label.height())).y() <= top
        assert label.contentsMargins().top() == 0
    held.resize(400, 900)
    QApplication.processEvents()
    assert {label.contentsMargins().top() > 0 for label in names_of(form).values()} == {True}


@pytest.mark.parametrize("begins", [330, 1250])
@pytest.mark.parametrize("kind", [Award, Cost, FunderReturn, Variation])
def test_every_row_is_as_high_as_what_stands_in_it(
    held: QWidget, workspace: Workspace, kind: type[Record], begins: int
) -> None:
    form = form_in(held, workspace, kind, begins)
    for width in (begins, 1250, 640, 330, 800):
        held.resize(width, 900)
        QApplication.processEvents()
        wrong = {}
        for (name, field), label in zip(form.fields.items(), names_of(form).values(), strict=True):
            needed = max(
                field.heightForWidth(field.width())
                if field.hasHeightForWidth()
                else field.sizeHint().height(),
                label.heightForWidth(label.width()),
            )
            if field.height() != needed:
                wrong[name] = (field.height(), needed)
        assert wrong == {}, width


def squeezed(form: RecordForm) -> dict[str, tuple[int, int]]:
    """Fields lower than what stands in them, with both heights."""
    needed = {
        name: field.heightForWidth(field.width()) if field.hasHeightForWidth() else field.sizeHint().height()
        for name, field in form.fields.items()
    }
    return {
        name: (form.fields[name].height(), high)
        for name, high in needed.items()
        if form.fields[name].height() < high
    }


@pytest.mark.parametrize("high", range(560, 760, 20))
def test_a_text_that_grows_takes_no_other_fields_room(held: QWidget, workspace: Workspace, high: int) -> None:
    """Whether or not all of the form has room; the help of a field may have two lines."""
    form = form_in(held, workspace, Award, 330)
    held.resize(330, high)
    QApplication.processEvents()
    note = form.fields["note"].widget
    assert isinstance(note, LongEditor)
    for words in ("Short.", "Published; years, capital and resource illustrative. " * 3, "A word. " * 40, ""):
        note.set_value(words)
        for _ in range(4):
            QApplication.processEvents()
        assert squeezed(form) == {}, words


def tones(picture: QImage, across: range) -> set[str]:
    """The colours of the columns of a picture, without its frame."""
    return {picture.pixelColor(x, y).name() for x in across for y in range(4, picture.height() - 4)}


@pytest.mark.parametrize("name", ["expense", "intervention_id", "supplier"])
def test_a_locked_field_has_the_windows_ground_and_no_arrow(
    qtbot: QtBot, workspace: Workspace, name: str
) -> None:
    editor = editor_for(column_of(Cost, name), workspace)
    widget = cast("QWidget", editor)
    qtbot.addWidget(widget)
    widget.resize(260, widget.sizeHint().height())
    editor.set_value({"expense": Expense.CAPITAL, "intervention_id": 1, "supplier": "Hall"}[name])
    widget.show()
    right = range(widget.width() - 22, widget.width() - 4)
    ground = widget.palette().color(QPalette.ColorRole.Window).name()
    alive = tones(widget.grab().toImage(), right)
    assert alive != {ground}
    editor.set_locked(True)
    picture = widget.grab().toImage()
    assert tones(picture, right) == {ground}
    words = tones(picture, range(4, 60))
    assert ground in words
    assert min(int(each[1:3], 16) for each in words) < 80, "its words are there, and dark"
    assert editor.value() is not None
    editor.set_locked(False)
    assert tones(widget.grab().toImage(), right) == alive


def asked_for_tip(widget: QWidget) -> str:
    QToolTip.hideText()
    where = widget.rect().center()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, where, widget.mapToGlobal(where)))
    return QToolTip.text() if QToolTip.isVisible() else ""


def test_a_text_longer_than_its_line_is_told_whole(qtbot: QtBot, workspace: Workspace) -> None:
    line = TypedEditor(column_of(Cost, "description"))
    qtbot.addWidget(line)
    line.resize(160, 26)
    line.show()
    line.set_value("Short")
    box = ReferenceEditor(column_of(Cost, "intervention_id"), workspace)
    qtbot.addWidget(box)
    box.set_value(1)
    box.resize(600, 26)
    box.show()
    assert (asked_for_tip(line), asked_for_tip(box)) == ("", ""), "all of it is in sight"
    line.set_value("A sentence that is a good deal longer than its line")
    assert asked_for_tip(line) == "A sentence that is a good deal longer than its line"
    box.resize(90, 26)
    assert asked_for_tip(box) == box.currentText() != ""


@pytest.mark.parametrize("by_mouse", [True, False], ids=["by mouse", "by keys"])
def test_what_was_chosen_is_shown_from_its_reference_on(window: MainWindow, by_mouse: bool) -> None:
    edit(window.workspace, window.workspace.get(Intervention, 2), title="Training for officers " * 9)
    page = go_to(window, Cost)
    click(page.add_button)
    box = cast("ReferenceEditor", form_of(page).fields["intervention_id"].widget)
    line = cast("QLineEdit", box.lineEdit())
    if by_mouse:
        Mouse().choose(box, "SSF5-VAWG-02")
    else:
        box.setFocus()
        type_text(line, "training")
        popup = cast("QWidget", QApplication.activePopupWidget())
        press(popup, Qt.Key.Key_Down)
        press(popup, Qt.Key.Key_Return)
        QApplication.processEvents()
    assert (line.text()[:22], line.cursorPosition()) == ("SSF5-VAWG-02 Training ", 0)
    type_into(form_of(page), "intervention_id", "SSF5-VAWG-02")
    QApplication.processEvents()
    assert (line.text()[:22], line.cursorPosition()) == ("SSF5-VAWG-02 Training ", 0)


def test_what_names_no_record_stays_to_be_typed_on(window: MainWindow) -> None:
    page = go_to(window, Cost)
    click(page.add_button)
    line = cast("QLineEdit", cast("QComboBox", form_of(page).fields["intervention_id"].widget).lineEdit())
    type_text(line, "nobody at all")
    press(line, Qt.Key.Key_Return)
    assert (line.text(), line.cursorPosition()) == ("nobody at all", 13)


@pytest.mark.parametrize(("lines", "room"), [(0, 3), (3, 3), (5, 5), (12, 12), (30, 12)], ids=str)
def test_a_long_text_is_seen_whole_within_reason(qtbot: QtBot, lines: int, room: int) -> None:
    """Whole lines: a longer text scrolls, a shorter one has no bar."""
    editor = LongEditor(column_of(Risk, "mitigation"))
    qtbot.addWidget(editor)
    editor.resize(300, 100)
    editor.show()
    editor.set_value("\n".join(f"Line {n}" for n in range(lines)))
    inner = editor.viewport().height() - 2 * editor.document().documentMargin()
    assert inner == pytest.approx(room * editor.fontMetrics().lineSpacing(), abs=1)
    assert editor.verticalScrollBar().isVisible() is (lines > room)
    assert not editor.horizontalScrollBar().isVisible()


def test_a_long_text_in_larger_letters_has_room_for_them(qtbot: QtBot) -> None:
    editor = LongEditor(column_of(Risk, "mitigation"))
    qtbot.addWidget(editor)
    editor.resize(300, 100)
    editor.show()
    larger = QFont(editor.font())
    larger.setPointSizeF(larger.pointSizeF() * 1.5)
    editor.setFont(larger)
    inner = editor.viewport().height() - 2 * editor.document().documentMargin()
    assert inner == pytest.approx(3 * editor.fontMetrics().lineSpacing(), abs=1)


def test_a_long_text_has_more_lines_where_it_is_narrower(qtbot: QtBot) -> None:
    editor = LongEditor(column_of(Risk, "mitigation"))
    qtbot.addWidget(editor)
    editor.resize(600, 100)
    editor.show()
    editor.set_value("Permits asked for in one batch; works booked only once granted. " * 3)
    wide = editor.height()
    editor.resize(200, wide)
    qtbot.waitUntil(lambda: editor.height() > wide)
    editor.resize(600, editor.height())
    qtbot.waitUntil(lambda: editor.height() == wide)


def test_a_choice_may_be_narrower_than_its_words_and_offers_them_whole(qtbot: QtBot) -> None:
    box = ChoiceEditor(column_of(Term, "kind"))
    qtbot.addWidget(box)
    longest = max(box.fontMetrics().horizontalAdvance(box.itemText(place)) for place in range(box.count()))
    assert box.minimumSizeHint().width() < longest
    box.resize(box.minimumSizeHint())
    box.show()
    box.showPopup()
    assert box.view().width() > longest
    box.hidePopup()


@pytest.fixture
def tabs(qtbot: QtBot) -> PartsTabs:
    """Six parts where there is room for three."""
    made = PartsTabs("Parts of the award", "Parts of the record")
    qtbot.addWidget(made)
    for number in range(6):
        made.addTab(QWidget(), f"The part number {number}")
    made.setTabEnabled(4, False)
    made.resize(480, 200)
    made.show()
    qtbot.waitUntil(made.more.isVisible)
    return made


def in_sight(tabs: PartsTabs) -> list[int]:
    """The tabs that are there whole; those that are sliced would fail."""
    bar = tabs.tabBar()
    shown = [place for place in range(bar.count()) if bar.isTabVisible(place)]
    assert all(bar.rect().contains(bar.tabRect(place)) for place in shown)
    assert not [each for each in bar.findChildren(QToolButton) if each.isVisible()], "arrows to scroll with"
    return shown


def test_tabs_are_never_sliced_and_the_chosen_one_is_always_there(qtbot: QtBot, tabs: PartsTabs) -> None:
    first = in_sight(tabs)
    assert first == [0, 1, 2]
    more, bar = tabs.more.geometry(), tabs.tabBar().geometry()
    assert abs(more.center().y() - bar.center().y()) <= 1, "on the line of the tabs"
    for chosen in (3, 5, 1):
        tabs.setCurrentIndex(chosen)
        shown = in_sight(tabs)
        assert chosen in shown
        assert (len(shown), tabs.currentIndex()) == (3, chosen)
    tabs.setTabText(1, "A part with a far longer name than it had")
    assert 1 in in_sight(tabs)
    tabs.resize(1200, 200)
    qtbot.waitUntil(tabs.more.isHidden)
    assert in_sight(tabs) == [0, 1, 2, 3, 4, 5]


def test_by_keys_every_part_is_reached_also_those_without_room(tabs: PartsTabs) -> None:
    bar = tabs.tabBar()
    bar.setFocus()
    went: list[int] = []
    for key in (Qt.Key.Key_Right,) * 5 + (Qt.Key.Key_Left,) * 5:
        press(bar, key)
        went.append(tabs.currentIndex())
        assert tabs.currentIndex() in in_sight(tabs)
    assert went == [1, 2, 3, 5, 5, 3, 2, 1, 0, 0]


@pytest.mark.parametrize(
    ("chosen", "room", "shown"),
    [(0, 100, {0, 1, 2}), (0, 60, {0, 1}), (2, 60, {0, 2}), (2, 10, {2}), (-1, 60, {0, 1}), (1, 0, {1})],
)
def test_which_tabs_there_is_room_for(chosen: int, room: int, shown: set[int]) -> None:
    assert whole_tabs([20, 40, 40], chosen, room) == shown


def test_the_payment_says_of_which_return_and_what_comes_of_it(qtbot: QtBot, workspace: Workspace) -> None:
    held = replace(workspace.select(FunderReturn)[0], reference="SSF5-RUR 2024-25-Q1", claim=Money(3_282_317))
    kept: list[Money] = []
    dialog = PaymentDialog(None, held, workspace.today, lambda received, _day: kept.append(received))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.about.text() == (
        "SSF5-RUR 2024-25-Q1 claims £32,823.17. Enter what came, and when: the return is then Paid."
    )
    assert not dialog.message.isVisible()
    dialog.received.setText("plenty")
    press(dialog.received, Qt.Key.Key_Return)
    problem = dialog.fields["received"].problem
    assert problem.isVisible()
    assert problem.text() == "⚠ “plenty” is not an amount: type an amount such as 1,234.56 or 2.5k."
    assert kept == []


def test_an_empty_message_takes_no_room(qtbot: QtBot) -> None:
    dialog = LettersDialog(None, "Letters", "A note", [Letter("One", "Text"), Letter("Two", "Text")])
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.message.isVisible()
    click(dialog.copy_button)
    assert (dialog.message.isVisible(), dialog.message.text()) == (True, "✓ Copied: One")
    dialog.names.setCurrentRow(1)
    assert not dialog.message.isVisible()


def test_the_columns_are_listed_in_whole_rows_as_high_as_a_lists(window: MainWindow) -> None:
    labels = [f"Column {number}" for number in range(30)]
    dialog = ColumnsDialog("Columns", labels, list(range(30)), frozenset(), window)
    dialog.show()
    listed = dialog.columns
    row = listed.visualItemRect(listed.item(0)).height()
    assert row == listed.fontMetrics().height() + 10
    assert listed.viewport().height() % row == 0
    dialog.close()


@pytest.mark.parametrize("larger", [0, 3, 6])
def test_the_buttons_under_the_columns_stand_below_the_list(qtbot: QtBot, larger: int) -> None:
    """The text above wraps, at other places with larger letters: the dialog is as high as it then needs."""
    usual, parent = QApplication.font(), QWidget()
    qtbot.addWidget(parent)
    font = QFont(usual)
    font.setPointSizeF(usual.pointSizeF() + larger)
    QApplication.setFont(font)
    try:
        dialog = ColumnsDialog(
            "Columns of costs", ["Capital or resource"] * 30, list(range(30)), frozenset(), parent
        )
        dialog.show()
        (box,) = dialog.findChildren(QDialogButtonBox)
        assert box.geometry().top() > dialog.columns.geometry().bottom()
        assert dialog.rect().contains(box.geometry())
    finally:
        QApplication.setFont(usual)


def test_the_pack_explains_its_seed_and_greys_what_the_other_choice_needs(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    dialog = PackDialog(None, workspace.select(FunderReturn)[0], tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    said = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert "Words or a number that draw the sample; the same seed draws the same lines." in said
    ground = QApplication.palette().color(QPalette.ColorRole.Window).name()

    def greyed() -> list[bool]:
        fields = (dialog.size_field, dialog.interval)
        return [tones(each.grab().toImage(), range(200, 230)) == {ground} for each in fields]

    assert greyed() == [False, True]
    click(dialog.by_interval, QPoint(8, dialog.by_interval.height() // 2))
    assert greyed() == [True, False]


def test_the_jump_line_says_at_its_foot_what_the_keys_do(window: MainWindow) -> None:
    palette = show_palette(window)
    assert palette.footer.text() == "Up and Down choose, Enter opens what is chosen, Esc closes"
    palette.close()
