"""Every kind of record has its list and its form from the one description: sorted, searched, typed in, refused in place, undone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from filing import filed
from fundtracker.application.naming import called
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, column_of, columns, plural
from fundtracker.domain.kinds import DateKind, MoneyKind, Number, QuarterKind, WholeNumber, YearKind
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine, VarianceReason
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.ledger_page import LedgerPage
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.list_purposes import PURPOSES
from fundtracker.ui.views.list_words import NOT_ADDED_HERE
from ui.driving import click_heading, form_of, go_to, press, shown_texts, type_text

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
every_kind = pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
READ = (DateKind, MoneyKind, Number, QuarterKind, WholeNumber, YearKind)
"""Kinds whose typed text has to be read, and may not be readable."""
SAID = {Forecast, FunderReturn, ReturnLine, VarianceReason}
"""What the submitted return of these records said, and the return itself."""
NONSENSE = "not one of these"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with filed(tmp_path / "one of each.fundtracker") as opened:
        yield opened


def _first_text(kind: type[Record]) -> str:
    """The first plain text of a kind that is edited by hand."""
    typed = (each for each in columns(kind) if not each.key and not each.step)
    found = (each.name for each in typed if each.kind.name in {"text", "long text"})
    return "" if kind in SAID else next(found, "")


def records(window: MainWindow, kind: type[Record]) -> tuple[Record, ...]:
    return window.workspace.select(kind)


def open_form(window: MainWindow, kind: type[Record]) -> ListPage:
    page = go_to(window, kind)
    page.choose(records(window, kind)[-1].id)
    wait_for_jobs()
    return page


def _worked_out(item: Record, column: str) -> bool:
    """Whether a figure is written down only later: that of a return not submitted."""
    return isinstance(item, FunderReturn) and column in item.kept_when_frozen and not item.state.frozen


def _in_one_year(kind: type[Record], held: Sequence[Any]) -> bool:
    if kind.adds_up_within not in {"year", "quarter"}:
        return False
    return len({each.year if kind.adds_up_within == "year" else each.quarter.year for each in held}) == 1


@every_kind
def test_its_list_shows_sorts_searches_and_adds_up(window: MainWindow, kind: type[Record]) -> None:
    page = go_to(window, kind)
    if isinstance(page, LedgerPage):  # it begins with what isn't matched, and with some columns out of sight
        page.view.go_standard()
        page.states.setCurrentIndex(page.states.count() - 1)
        wait_for_jobs()
    held = records(window, kind)
    assert page.model.rowCount() == len(held) > 0
    assert page.foot.words.text().startswith(f"{len(held)} ")
    for column in columns(kind):
        if isinstance(column.kind, MoneyKind):
            whole = sum(value.pence for each in held if (value := getattr(each, column.name)) is not None)
            words = f"{column.label} £{whole // 100:,}.{whole % 100:02d}"
            # else the same money would be counted twice, or that of two years added
            added_up = kind.adds_up_within == "" or _in_one_year(kind, held)
            assert (words in page.foot.words.text()) is added_up, column.label
            if not added_up and kind.adds_up_within in {"year", "quarter"}:
                assert f"{column.label}: 2023/24 £" in page.foot.words.text()
        click_heading(page, column.name)
        assert page.model.query.sort[0][0] == column.name
        shown = shown_texts(page, column.name)
        wanted = {
            "" if _worked_out(each, column.name) else column.kind.show(value)
            for each in held
            if (value := getattr(each, column.name)) is not None
        }
        if column.refers_to is None:
            assert {text for text in shown if text} == {text.split("\n")[0] for text in wanted if text}
    page.search.setText("qzxqzx")
    wait_for_jobs()
    assert page.model.rowCount() == 0
    assert page.foot.words.text().startswith("Nothing found")


@every_kind
def test_its_form_has_every_column_named_and_filled(window: MainWindow, kind: type[Record]) -> None:
    form = form_of(open_form(window, kind))
    item = form.item
    assert item is not None
    assert form.title.text().casefold() == called(window.workspace, item).casefold()
    assert sorted(form.fields) == sorted(each.name for each in columns(kind))
    labels = {each.buddy(): each.text() for each in form.findChildren(QLabel) if each.buddy()}
    for name, field in form.fields.items():
        column = column_of(kind, name)
        assert labels[field.widget].replace("&", "").removesuffix("\u00a0*") == column.label.replace("&", "")
        assert field.widget.accessibleName() == column.label
        assert field.editor.value() == getattr(item, name), name


@every_kind
def test_what_cannot_be_read_stays_beside_its_message(window: MainWindow, kind: type[Record]) -> None:
    """In each field that is read, typed by keys; the record is as it was."""
    form = form_of(open_form(window, kind))
    before = form.item
    for name, field in form.fields.items():
        line = _line(field.widget)
        if line is None or line.isReadOnly() or not _is_read(field.column.kind, field.widget):
            continue
        line.setFocus()
        line.selectAll()
        type_text(line, NONSENSE)
        press(line, Qt.Key.Key_Tab)
        assert field.problem.text().startswith("⚠ “not one of these”"), name
        assert line.text() == NONSENSE
        press(field.widget, Qt.Key.Key_Escape)
        assert field.problem.text() == ""
    assert records(window, kind)[-1] == before


def _line(widget: Any) -> QLineEdit | None:
    return widget if isinstance(widget, QLineEdit) else getattr(widget, "lineEdit", lambda: None)()


def _is_read(kind: Any, widget: Any) -> bool:
    if isinstance(kind, READ) or isinstance(widget, QComboBox):
        try:
            kind.read(NONSENSE)
        except Unreadable:
            return True
        except NotImplementedError:
            return isinstance(widget, QComboBox)
    return isinstance(widget, QComboBox)


@pytest.mark.parametrize(
    "kind", [each for each in RECORDS if _first_text(each)], ids=lambda kind: kind.__name__
)
def test_a_text_is_saved_when_left_and_taken_back_by_name(
    qtbot: QtBot, window: MainWindow, kind: type[Record]
) -> None:
    """The first plain text of each kind: typed, kept, undone and done again from the Edit menu, which says what."""
    form = form_of(open_form(window, kind))
    name = _first_text(kind)
    widget: Any = form.fields[name].widget
    item = form.item
    assert item is not None
    before = getattr(item, name)
    widget.setFocus()
    widget.selectAll()
    type_text(widget, "Typed anew")
    press(widget, Qt.Key.Key_Tab)
    changed: Any = records(window, kind)[-1]
    if form.fields[
        name
    ].wrong:  # a rule refuses this text: it stands beside its field, and nothing was written
        assert changed == item
        press(widget, Qt.Key.Key_Escape)
        return
    assert getattr(changed, name) == "Typed anew"
    assert window.undo_action.text().startswith("&Undo Change ")
    window.undo_action.trigger()
    assert getattr(records(window, kind)[-1], name) == before
    assert window.redo_action.text().startswith("&Redo Change ")
    window.redo_action.trigger()
    assert getattr(records(window, kind)[-1], name) == "Typed anew"
    window.undo_action.trigger()


@pytest.mark.parametrize("kind", sorted(SAID, key=plural), ids=lambda kind: kind.__name__)
def test_what_a_submitted_return_said_is_read_and_not_changed(window: MainWindow, kind: type[Record]) -> None:
    page = go_to(window, kind)
    page.choose(1)
    wait_for_jobs()
    form = form_of(page)
    before = form.item
    assert form.message.text().endswith(
        "is submitted and frozen: nothing here can be changed. A correction goes into the next return, with its reason."
    )
    for name, field in form.fields.items():
        widget: Any = field.widget
        assert widget.isEnabled()  # so that it can be read aloud and copied
        widget.setFocus()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Delete, Qt.Key.Key_A):
            press(widget, key)
        widget.clearFocus()
        assert field.editor.value() == getattr(before, name), name
        assert not field.wrong
    assert records(window, kind)[0] == before


def test_every_empty_list_says_so_and_how_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "empty.fundtracker") as workspace:
        window = MainWindow(workspace)
        qtbot.addWidget(window)
        window.show()
        for kind in RECORDS:
            page = go_to(window, kind)
            nothing, purpose, first = page.nothing.text().split("\n")
            assert (nothing, purpose) == (f"No {plural(kind).lower()} yet.", PURPOSES[kind])
            adds = page.add_button.isVisible() and page.add_button.isEnabled()
            assert (first == "Choose Add to make the first.") is adds
            assert adds or kind in NOT_ADDED_HERE or first == page.add_button.toolTip()
            assert page.pane is not None
            said = [each for each in page.findChildren(QLabel) if each.isVisible() and "yet" in each.text()]
            assert said == [page.nothing.label]
            assert not page.pane.isVisible()
            more = page.table.across.length() - page.table.viewport().width()
            assert more >= 0
            assert page.table.horizontalScrollBar().isVisible() is (more > 0)  # every heading can be reached
