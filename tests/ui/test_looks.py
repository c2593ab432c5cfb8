"""Colours that can be read, and icons that follow them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fundtracker.ui import icons, looks
from fundtracker.ui.editors.typed import show_locked
from fundtracker.ui.icons import OUTLINES, icon, program_icon
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.navigation import ICONS
from fundtracker.ui.settings import DARK, LIGHT, SYSTEM
from fundtracker.ui.views.parts import PartsTabs
from fundtracker.ui.views.tables import figures_table
from fundtracker.ui.words import MARK, switch_button

Role, Group = QPalette.ColorRole, QPalette.ColorGroup
GROUNDS = (Role.Window, Role.Base, Role.AlternateBase)
TEXTS = (
    *((text, ground) for text in (Role.WindowText, Role.Text, Role.PlaceholderText, Role.Link, Role.LinkVisited) for ground in GROUNDS),
    (Role.ButtonText, Role.Button),
    (Role.ToolTipText, Role.ToolTipBase),
    (Role.HighlightedText, Role.Highlight),
)  # fmt: skip
"""What is written, and on what."""
SHAPES = (
    (Role.Highlight, Role.Base),
    (Role.Highlight, Role.Window),
    *((Role.Accent, ground) for ground in (Role.Window, Role.Base, Role.Button)),
)
"""Bars and hatchings, the marks of what is chosen or on, and what they are drawn on."""
LOOKS = (LIGHT, DARK, *looks.CONTRAST)
SIZE = QSize(96, 96)


def contrast(one: QColor, other: QColor) -> float:
    """By WCAG 2.2, "contrast ratio": 1 (none) to 21 (black on white)."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#ffffff")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.usefixtures("qapp")
def test_every_text_stands_out_from_its_ground(look: str) -> None:
    colours = looks.palette(look)
    faint = {
        (group.name, text.name, ground.name): round(ratio, 2)
        for group in (Group.Active, Group.Inactive, Group.Disabled)
        for text, ground in TEXTS
        if (ratio := contrast(colours.color(group, text), colours.color(group, ground))) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.usefixtures("qapp")
def test_every_shape_stands_out_from_its_ground(look: str) -> None:
    colours = looks.palette(look)
    faint = {
        (shape.name, ground.name): round(ratio, 2)
        for shape, ground in SHAPES
        if (ratio := contrast(colours.color(shape), colours.color(ground))) < 3
    }
    assert faint == {}


@pytest.fixture
def own_colours(qapp: QApplication) -> Iterator[QPalette]:
    """A palette of telling colours, until the test ends."""
    before = QGuiApplication.palette()
    colours = QPalette(before)
    colours.setColor(Role.ButtonText, QColor("#aa0000"))
    colours.setColor(Role.Text, QColor("#00aa00"))
    colours.setColor(Role.HighlightedText, QColor("#0000aa"))
    colours.setColor(Group.Disabled, Role.ButtonText, QColor("#aaaa00"))
    qapp.setPalette(colours)
    yield colours
    qapp.setPalette(before)


def drawn(picture: QImage) -> set[str]:
    """The colours of what is wholly covered."""
    dots = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {dot.name() for dot in dots if dot.alpha() == 255}


@pytest.fixture(params=LOOKS)
def look(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[QPalette]:
    """Each look in turn, until the test ends."""
    looks.set_palettes(qapp, request.param)
    yield looks.palette(request.param)
    looks.set_colours(qapp, SYSTEM)


@pytest.fixture
def parts(qtbot: QtBot) -> PartsTabs:
    """Six parts of a page."""
    tabs = PartsTabs("Parts of the award", "Parts of the record")
    qtbot.addWidget(tabs)
    for number in range(6):
        tabs.addTab(QWidget(), f"The part number {number}")
    tabs.setTabEnabled(4, False)
    tabs.resize(1200, 200)
    tabs.show()
    return tabs


def test_the_part_looked_at_is_marked(look: QPalette, parts: PartsTabs) -> None:
    parts.setCurrentIndex(1)
    picture, bar = parts.tabBar().grab().toImage(), parts.tabBar()
    tops = [picture.pixelColor(bar.tabRect(place).center().x(), 1) for place in range(bar.count())]
    accent = look.color(Role.Accent)
    assert [place for place, colour in enumerate(tops) if colour == accent] == [1]


def test_a_button_that_is_on_is_marked(qtbot: QtBot, look: QPalette) -> None:
    button = switch_button("Fi&lter", "A row of fields", lambda: None)
    qtbot.addWidget(button)
    button.show()

    def foot() -> QColor:
        return button.grab().toImage().pixelColor(button.width() // 2, button.height() - MARK - 1)

    assert foot() != look.color(Role.Accent)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert foot() == look.color(Role.Accent)


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """A window of these; what has the keyboard, whose outline is another, is none of them."""
    window = QWidget()
    qtbot.addWidget(window)
    around = QVBoxLayout(window)
    keyboard = QLineEdit()
    for each in (keyboard, *widgets):
        around.addWidget(each)
    window.show()
    keyboard.setFocus()
    return window


def at_its_left(window: QWidget, widget: QWidget) -> float:
    """The contrast of a widget's outline with the ground it stands on, half way down its left side; its text begins further in."""
    picture = window.grab().toImage()
    edge = widget.mapTo(window, QPoint(0, widget.height() // 2))
    ground = picture.pixelColor(edge.x() - 3, edge.y())
    return max(contrast(picture.pixelColor(edge.x() + across, edge.y()), ground) for across in range(4))


@pytest.mark.usefixtures("look")
def test_the_outline_of_what_is_filled_in_or_ticked_can_be_seen(qtbot: QtBot) -> None:
    listed = QListWidget()
    listed.setFixedHeight(60)
    widgets = (QLineEdit(), QPlainTextEdit(), QComboBox(), QSpinBox(), QCheckBox(), QRadioButton(), listed)
    window = shown(qtbot, *widgets)
    faint = {
        type(widget).__name__: round(ratio, 2)
        for widget in widgets
        if (ratio := at_its_left(window, widget)) < 3
    }
    assert faint == {}


def test_the_box_of_a_listed_choice_can_be_seen(qtbot: QtBot, look: QPalette) -> None:
    choices = QListWidget()
    choice = QListWidgetItem("")
    choice.setCheckState(Qt.CheckState.Unchecked)
    choices.addItem(choice)
    window = shown(qtbot, choices)
    row = window.grab(
        choices.visualItemRect(choice).translated(choices.viewport().mapTo(window, QPoint()))
    ).toImage()
    base = look.color(Role.Base)
    dots = [row.pixelColor(across, row.height() // 2) for across in range(row.width())]
    assert sum(contrast(dot, base) >= 3 for dot in dots) >= 2  # its left and its right side


def test_a_field_that_is_locked_has_a_fainter_outline(qtbot: QtBot, look: QPalette) -> None:
    free, locked = QLineEdit(), QLineEdit()
    show_locked(locked, True)
    window = shown(qtbot, free, locked)
    assert at_its_left(window, locked) < at_its_left(window, free)
    assert locked.palette().color(Role.Base) == look.color(Role.Window)


def test_the_list_of_a_choice_and_the_bars_of_a_text_keep_their_ground(qtbot: QtBot, look: QPalette) -> None:
    choices, text = QComboBox(), QPlainTextEdit()
    choices.addItems(["One", "Two"])
    window = shown(qtbot, choices, text)
    inner = (window, choices.view(), choices.view().window(), text.verticalScrollBar())
    assert {each.palette().color(Role.Window).name() for each in inner} == {look.color(Role.Window).name()}


def test_outlines_are_the_computers_again_with_its_colours(qtbot: QtBot, qapp: QApplication) -> None:
    plain = QLineEdit()
    qtbot.addWidget(plain)
    plain.show()
    usual = plain.palette().color(Role.Window)
    looks.set_palettes(qapp, DARK)
    own = (usual, looks.palette(DARK).color(Role.Window))
    qtbot.waitUntil(lambda: plain.palette().color(Role.Window) not in own)
    looks.set_colours(qapp, SYSTEM)
    qtbot.waitUntil(lambda: plain.palette().color(Role.Window) == usual)
    assert QLineEdit().palette().color(Role.Window) == usual


def test_where_not_all_parts_fit_a_menu_lists_them(qtbot: QtBot, parts: PartsTabs) -> None:
    assert parts.more.isHidden()
    parts.resize(400, 200)
    qtbot.waitUntil(parts.more.isVisible)
    right = parts.more.geometry().right()
    assert (right < parts.width(), parts.tabBar().geometry().right() < parts.more.geometry().left()) == (
        True,
        True,
    )
    menu = parts.more.menu()
    menu.aboutToShow.emit()
    rows = menu.actions()
    assert [row.text() for row in rows] == [f"The part number {number}" for number in range(6)]
    assert [row.isChecked() for row in rows] == [True, False, False, False, False, False]
    assert [row.isEnabled() for row in rows] == [True, True, True, True, False, True]
    rows[5].trigger()
    assert parts.currentIndex() == 5
    parts.resize(1200, 200)
    qtbot.waitUntil(parts.more.isHidden)
    qtbot.waitUntil(lambda: parts.tabBar().width() == parts.width())  # which has its room again


def test_figures_beside_the_names_of_their_rows_are_never_cut_at_the_left(qtbot: QtBot) -> None:
    model = FiguresTable(tuple(Heading(f"2024/25 Q{number}", 9, right=True) for number in range(9)))
    table = figures_table("Figures", model, by_cell=True, row_names=12)
    qtbot.addWidget(table)
    model.set_rows([TableRow(("1,234,567.89",) * 9)])
    table.resize(500, 120)
    table.show()
    across, bar = table.horizontalHeader(), table.horizontalScrollBar()
    assert bar.maximum() > 1
    for step in range(bar.maximum() + 1):
        bar.setValue(step)
        assert across.sectionViewportPosition(step) == 0
    table.resize(470, 120)
    assert across.sectionViewportPosition(bar.value()) == 0
    table.scrollTo(model.index(0, 8))
    assert across.sectionViewportPosition(8) + across.sectionSize(8) <= table.viewport().width()


@pytest.mark.parametrize("name", OUTLINES)
@pytest.mark.usefixtures("qapp")
def test_every_icon_draws_something_within_its_square(name: str) -> None:
    square = icons.outline(name).boundingRect()
    assert square.width() > icons.EM / 4
    assert 0 <= square.left() < square.right() <= icons.EM
    assert 0 <= square.top() < square.bottom() <= icons.EM
    assert drawn(icon(name).pixmap(SIZE).toImage())


def test_no_two_icons_look_the_same() -> None:
    assert len(set(OUTLINES.values())) == len(OUTLINES)


@pytest.mark.usefixtures("own_colours")
def test_an_icon_has_the_colour_of_its_text() -> None:
    button, listed = icon("add"), icon("add", Role.Text)
    assert drawn(button.pixmap(SIZE).toImage()) == {"#aa0000"}
    assert drawn(button.pixmap(SIZE, QIcon.Mode.Disabled).toImage()) == {"#aaaa00"}
    assert drawn(listed.pixmap(SIZE).toImage()) == {"#00aa00"}
    assert drawn(listed.pixmap(SIZE, QIcon.Mode.Selected).toImage()) == {"#0000aa"}


def test_an_icon_follows_the_palette(qapp: QApplication, own_colours: QPalette) -> None:
    made = icon("add")
    assert drawn(made.pixmap(SIZE).toImage()) == {"#aa0000"}
    own_colours.setColor(Role.ButtonText, QColor("#123456"))
    qapp.setPalette(own_colours)
    assert drawn(made.pixmap(SIZE).toImage()) == {"#123456"}


@pytest.mark.usefixtures("qapp")
def test_an_icon_is_drawn_in_the_screens_own_pixels() -> None:
    picture = icon("add").pixmap(SIZE, 1.5)
    assert (picture.size(), picture.devicePixelRatio()) == (SIZE * 1.5, 1.5)


def test_an_icon_that_is_not_ours_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        icon("unicorn")


def test_the_window_gets_its_icons_once_it_is_painted(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not QApplication.windowIcon().isNull())
    places = window.navigation
    assert places.topLevelItemCount() == len(ICONS)
    for row in range(places.topLevelItemCount()):
        found = places.model().index(row, 0).data(Qt.ItemDataRole.DecorationRole)
        assert drawn(found.pixmap(places.iconSize() * 4).toImage()), row
    assert drawn(window.undo_action.icon().pixmap(SIZE).toImage())


PALETTES = "looks.py"
COLOUR = re.compile(
    r"""["']#[0-9A-Fa-f]{3,8}["']|QColor\(\s*[\d"']|setStyleSheet|GlobalColor\.(?!transparent|white\b)"""
)
SPACING = re.compile(
    r"\b(?:set\w*Spacing|addSpacing)\(\s*[1-9]\d*\s*\)|setContentsMargins\((?:[^)]*,)?\s*[1-9]\d*\s*[,)]"
)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (
            COLOUR,
            ['QColor("red")', "QColor(1, 2, 3)", "'#a0b0c0'", "Qt.GlobalColor.red", "x.setStyleSheet(y)"],
        ),
        (
            SPACING,
            [
                "setSpacing(2)",
                "setHorizontalSpacing(12)",
                "addSpacing(4)",
                "setContentsMargins(0, 3, 0, SPACE)",
            ],
        ),
    ],
)
def test_what_is_looked_for_would_be_found(wrong: re.Pattern[str], right: list[str]) -> None:
    assert all(wrong.search(each) for each in right)


def test_colours_are_the_palettes_and_distances_the_one_scales() -> None:
    """A high-contrast or dark system has every colour its own way only then; paper alone is white everywhere."""
    folder = Path(looks.__file__).parent
    found = [
        f"{path.relative_to(folder)}:{number}: {line.strip()}"
        for path in sorted(folder.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (COLOUR.search(line) and path.name != PALETTES) or SPACING.search(line)
    ]
    assert found == []


@pytest.mark.usefixtures("qapp")
def test_the_program_has_an_icon_of_its_own() -> None:
    assert {"#1f5fa8", "#2d74c4", "#ffffff"} <= drawn(program_icon().pixmap(64, 64).toImage())
