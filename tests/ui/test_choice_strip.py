"""The choices above the columns of a table: over their columns, one column for each thing, by mouse, by wheel and by keys."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.views.choice_strip import ChoiceStrip
from fundtracker.ui.views.tables import Table, figures_table
from ui.person import Keyboard, focused, name_of, settle

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
CHOICES = {"": "Nothing", "day": "Day", "sum": "Sum", "who": "Who"}
NAMES = ["Column A", "Column B & <C>", "Column C", "Column D"]


@dataclass
class Shown:
    """A table whose first column has no choice, in a window too narrow for the other four."""

    window: QWidget
    table: Table
    strip: ChoiceStrip
    told: list[tuple[str, ...]]

    def words(self) -> list[str]:
        return [box.currentText() for box in self.strip.boxes]

    def lefts(self) -> list[int]:
        """How far each box stands from the left of its column."""
        across, room = self.table.horizontalHeader(), self.table.viewport()
        return [
            box.mapTo(self.window, QPoint()).x()
            - room.mapTo(self.window, QPoint()).x()
            - across.sectionViewportPosition(column)
            for column, box in enumerate(self.strip.boxes, 1)
        ]

    def in_sight(self, place: int) -> bool:
        box = self.strip.boxes[place]
        return box.visibleRegion().boundingRect() == box.rect()


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    window = QWidget()
    qtbot.addWidget(window)
    rows = [TableRow(tuple(f"{row}{column}" for column in "nabcd"), key=row) for row in range(40)]
    model = FiguresTable([Heading(each, 30) for each in ("Row", "A", "B", "C", "D")], window)
    model.set_rows(rows)
    table = figures_table("Rows", model, by_cell=True)
    table.verticalHeader().show()
    strip = ChoiceStrip(table, "What each column is", CHOICES, first=1)
    before, after = QLineEdit(), QLineEdit()
    before.setAccessibleName("Before")
    after.setAccessibleName("After")
    layout = QVBoxLayout(window)
    for each in (before, strip.with_table(), after):
        layout.addWidget(each)
    told: list[tuple[str, ...]] = []
    strip.chosen.connect(told.append)
    strip.show_choices(["day", "", "sum", ""], NAMES)
    window.resize(500, 300)
    with qtbot.waitActive(window):
        window.show()
    settle()
    return Shown(window, table, strip, told)


def turn_wheel(over: QWidget, *, across: int = 0, down: int = 0) -> None:
    """As a mouse does: what the box doesn't take goes to what it stands on."""
    window = over.window()
    where = QPointF(over.mapTo(window, over.visibleRegion().boundingRect().center()))
    QTest.wheelEvent(window.windowHandle(), where, QPoint(-across, -down))
    settle()


def test_boxes_stand_over_their_columns_wherever_these_are(shown: Shown) -> None:
    assert shown.lefts() == [0] * 4
    shown.table.setColumnWidth(2, 333)
    assert shown.lefts() == [0] * 4
    shown.table.horizontalScrollBar().setValue(150)
    assert shown.lefts() == [0] * 4
    shown.table.verticalHeader().setFixedWidth(90)
    settle()
    assert shown.lefts() == [0] * 4
    drawn = shown.strip.boxes[0].visibleRegion().boundingRect()
    room = shown.table.viewport()
    assert (
        shown.strip.boxes[0].mapTo(shown.window, drawn.topLeft()).x()
        >= room.mapTo(shown.window, QPoint()).x()
    )


def test_tab_comes_to_every_box_in_sight_from_left_to_right_and_then_to_the_table(shown: Shown) -> None:
    keyboard = Keyboard()
    keyboard.tab_to("Before")
    come_to: list[str] = []
    for place in range(4):
        keyboard.press("Tab")
        come_to.append(name_of(focused()))
        assert shown.in_sight(place)
    assert come_to == NAMES
    keyboard.press("Tab")
    assert name_of(focused()) == "Rows"
    keyboard.press("Tab")
    assert name_of(focused()) == "After"
    for place in (3, 2, 1, 0):
        keyboard.tab_to(NAMES[place], "Shift+Tab")
        assert shown.in_sight(place)


def test_a_box_comes_into_sight_where_the_table_has_no_rows(shown: Shown) -> None:
    model = shown.table.model()
    assert isinstance(model, FiguresTable)
    model.set_rows([])
    shown.strip.boxes[3].setFocus()
    assert shown.in_sight(3)


@pytest.mark.parametrize(
    ("place", "letter", "held"),
    [
        (1, "W", ("day", "who", "sum", "")),
        (1, "S", ("day", "sum", "", "")),
        (0, "N", ("", "", "sum", "")),
    ],
    ids=["what no column was", "what another was", "nothing"],
)
def test_a_thing_is_chosen_for_one_column(shown: Shown, place: int, letter: str, held: Sequence[str]) -> None:
    Keyboard().tab_to(NAMES[place])
    Keyboard().type(letter)
    assert (shown.told, shown.words()) == ([held], [CHOICES[each] for each in held])


def test_the_same_once_more_is_not_told(shown: Shown) -> None:
    shown.strip.boxes[0].activated.emit(1)
    assert shown.told == []


def test_the_wheel_over_a_box_scrolls_the_table_and_chooses_nothing(shown: Shown) -> None:
    box = shown.strip.boxes[0]
    box.setFocus()
    turn_wheel(box, down=120)
    assert shown.table.rowAt(0) > 0
    turn_wheel(box, across=120)
    assert shown.table.horizontalScrollBar().value() > 0
    assert (shown.told, shown.words(), shown.lefts()) == ([], ["Day", "Nothing", "Sum", "Nothing"], [0] * 4)


def test_a_columns_box_is_opened_where_it_has_one(shown: Shown) -> None:
    shown.strip.open(0)
    assert QApplication.activePopupWidget() is None
    shown.strip.open(4)
    settle()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    assert shown.in_sight(3)
    QTest.keyClick(popup.focusWidget() or popup, Qt.Key.Key_Escape)


def test_fewer_columns_have_fewer_boxes(shown: Shown) -> None:
    shown.strip.show_choices(["who", "sum"], NAMES[:2])
    settle()
    assert shown.words() == ["Who", "Sum"]
    assert [each.isVisible() for each in shown.strip.boxes] == [True, True]
    Keyboard().tab_to(NAMES[1])
    Keyboard().press("Tab")
    assert name_of(focused()) == "Rows"
    shown.strip.show_choices([], [])
    settle()
    assert shown.words() == []
    shown.strip.show_choices(["who"], NAMES[:1])
    Keyboard().press("Shift+Tab")
    assert (name_of(focused()), shown.words()) == (NAMES[0], ["Who"])


def test_a_name_is_never_taken_for_html(shown: Shown) -> None:
    box = shown.strip.boxes[1]
    assert (box.accessibleName(), box.toolTip()) == (NAMES[1], "<qt>Column B &amp; &lt;C&gt;</qt>")
