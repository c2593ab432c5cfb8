"""What a person does with mouse and keys, for the tests of the window."""

from typing import Any, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from fundtracker.domain.columns import Record, columns
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.places import place_of
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.record_form import RecordForm

NO_KEYS = Qt.KeyboardModifier.NoModifier


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEYS) -> None:
    """Press and let go of a key."""
    QTest.keyClick(widget, key, modifier)


def type_text(widget: QWidget, text: str) -> None:
    """Type letter by letter."""
    QTest.keyClicks(widget, text)


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """Click with the left button, in the middle unless told."""
    where = widget.rect().center() if place is None else place
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NO_KEYS, where)


def go_to(window: MainWindow, kind: type[Record]) -> ListPage:
    """The list of a kind, by the navigation list."""
    window.navigation.wanted.emit(place_of(kind))
    wait_for_jobs()
    return cast("ListPage", window.page)


def column_number(page: ListPage, name: str) -> int:
    return [each.name for each in columns(page.kind)].index(name)


def shown_texts(page: ListPage, name: str, many: int = 5) -> list[str]:
    """The first texts of a column, as the table has them."""
    number = column_number(page, name)
    return [str(page.model.index(row, number).data()) for row in range(min(many, page.model.rowCount()))]


def click_heading(page: ListPage, name: str) -> None:
    """Sort by a column, as a click on its heading does."""
    across = page.table.horizontalHeader()
    number = column_number(page, name)
    page.table.scrollTo(page.model.index(0, number))
    place = QPoint(across.sectionViewportPosition(number) + 12, across.height() // 2)
    click(across.viewport(), place)
    wait_for_jobs()


def click_cell(page: ListPage, row: int, name: str) -> None:
    index = page.model.index(row, column_number(page, name))
    page.table.scrollTo(index)
    click(page.table.viewport(), page.table.visualRect(index).center())


def cell_editor(page: ListPage) -> Any:
    """The editor that is open in the table."""
    found = [each for each in page.table.viewport().findChildren(QWidget) if hasattr(each, "set_value")]
    return found[-1] if found else None


def form_of(page: ListPage) -> RecordForm:
    assert page.pane is not None
    return page.pane.form


def type_into(form: RecordForm, name: str, text: str) -> None:
    """Type over a field and leave it with Tab."""
    widget: Any = form.fields[name].widget
    widget.setFocus()
    line = widget if isinstance(widget, QLineEdit) else getattr(widget, "lineEdit", lambda: None)()
    if line is not None:
        line.selectAll()
        type_text(line, text)
        completer = line.completer()
        popup = completer.popup() if completer is not None else None
        if popup is not None and popup.isVisible():
            press(popup, Qt.Key.Key_Down)
            press(popup, Qt.Key.Key_Return)
        press(line, Qt.Key.Key_Tab)
    else:
        widget.selectAll()
        type_text(widget, text)
        press(widget, Qt.Key.Key_Tab)


def choose_word(form: RecordForm, name: str, word: str) -> None:
    """Pick a word of a choice by typing its beginning, as a keyboard user does."""
    widget: Any = form.fields[name].widget
    widget.setFocus()
    type_text(widget, word)
