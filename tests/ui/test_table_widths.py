"""Widths of the tables of figures: no figure is cut, what is out of sight is wholly so, and what went wrong stands first."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSplitter, QTableView, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.domain.money import Money
from fundtracker.domain.snapshot import CheckRow, Snapshot
from fundtracker.ui.models import return_tables
from fundtracker.ui.models.cells import MARGIN
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.models.form_lines import OF_QUARTER
from fundtracker.ui.models.return_tables import ADJUSTED, CATEGORY, REASON, check_words
from fundtracker.ui.views.forms_part import FormsPart
from fundtracker.ui.views.record_page_tabs import FiguresTab
from fundtracker.ui.views.return_figures import SHORT_REASON, TITLE
from fundtracker.ui.views.return_page import ReturnPage
from fundtracker.ui.views.return_tabs import BridgeTab, ChecksTab, ReadinessTab
from fundtracker.ui.views.tables import ROOM, Table, column_widths, figures_table
from fundtracker.ui.words import SPACE

YEARS = ("2023/24", "2024/25", "2025/26")
QUARTERS = tuple(
    Heading(f"{year}\n{part}", 0, right=True) for year in YEARS for part in ("Q1", "Q2", "Q3", "Q4", "total")
)


def in_sight(table: QTableView, margin: int = 0) -> list[int]:
    """The columns of which something is seen but for the margin of a cell, hidden ones left out."""
    room = table.viewport().width() - margin
    return [
        column
        for column in range(table.model().columnCount())
        if not table.isColumnHidden(column)
        and table.columnViewportPosition(column) < room
        and table.columnViewportPosition(column) + table.columnWidth(column) > 0
    ]


def edges(table: QTableView, margin: int = 0) -> tuple[int, int]:
    """Where the first column in sight begins, and where the last one ends."""
    first, *_, last = in_sight(table, margin)
    return table.columnViewportPosition(first), table.columnViewportPosition(last) + table.columnWidth(last)


def figures_tab(qtbot: QtBot, figure: str, headings: tuple[Heading, ...], width: int) -> FiguresTab:
    """As on an award's page, whose rows all hold one figure."""
    page: Any = SimpleNamespace(workspace=SimpleNamespace(today=date(2024, 10, 21)))
    rows = [TableRow((figure,) * len(headings), key=name, name=name) for name in ("Spent", "Outturn")]
    tab = FiguresTab(page, "Figures", lambda _facts, _choice: (rows, headings))
    qtbot.addWidget(tab)
    tab.resize(width, 400)
    tab.show()
    tab.draw(page)
    for _ in range(5):
        QApplication.processEvents()
    return tab


# Columns


@pytest.mark.usefixtures("qapp")
def test_a_column_is_as_wide_as_its_texts_also_when_they_change() -> None:
    model = FiguresTable((Heading("State", 0), Heading("Sum", 0, right=True), Heading("Note")))
    table = figures_table("Table", model)
    model.set_rows([TableRow(("Sent back with 5 problems", "1.00", ""), key=1)])
    plain = table.fontMetrics()
    assert table.columnWidth(0) == plain.horizontalAdvance("Sent back with 5 problems") + ROOM
    table.setColumnWidth(0, 400)
    model.set_rows([TableRow(("Accepted", "1,234,567.89", ""), key=1)])
    assert table.columnWidth(1) == plain.horizontalAdvance("1,234,567.89") + ROOM
    assert table.columnWidth(0) == 400, "what somebody drew wider stays so"


def ends_with_its_rows(table: QTableView) -> bool:
    return table.horizontalHeader().length() == table.viewport().width()


def sized(table: Table, width: int) -> None:
    sized_to(table, width, 200)


def sized_to(widget: QWidget, width: int, height: int) -> None:
    widget.resize(width, height)
    for _ in range(3):
        QApplication.processEvents()


def test_rows_end_where_their_table_does(qtbot: QtBot) -> None:
    """The last text has the room that is left; once somebody drew it as they want it, it stays so."""
    model = FiguresTable((Heading("State", 9), Heading("Note", 9), Heading("Sum", 9, right=True)))
    table = figures_table("Table", model)
    qtbot.addWidget(table)
    table.show()
    sized(table, 700)
    own = [table.columnWidth(column) for column in (0, 2)]
    assert ends_with_its_rows(table)
    model.set_rows([TableRow((f"{n}", "", "1.00"), key=n) for n in range(40)])
    sized(table, 900)
    assert table.verticalScrollBar().maximum() > 0
    assert ends_with_its_rows(table)
    model.set_rows([TableRow((f"{n}", "", "2.00"), key=n) for n in range(40)])
    assert ends_with_its_rows(table)
    sized(table, 600)
    assert ends_with_its_rows(table)
    assert [table.columnWidth(column) for column in (0, 2)] == own
    sized(table, 120)
    assert table.columnWidth(1) == own[0], "never narrower than its heading says"
    table.setColumnWidth(1, 333)
    sized(table, 900)
    assert table.columnWidth(1) == 333


def test_of_sums_alone_nothing_is_stretched(qtbot: QtBot) -> None:
    model = FiguresTable((Heading("One", 9, right=True), Heading("Two", 9, right=True)))
    table = figures_table("Table", model)
    qtbot.addWidget(table)
    table.show()
    before = [table.columnWidth(column) for column in (0, 1)]
    sized(table, 900)
    assert [table.columnWidth(column) for column in (0, 1)] == before


@pytest.mark.parametrize(("of_grant", "spare"), [(True, 6), (False, 1)])
def test_forms_have_the_whole_width_of_their_page(
    qtbot: QtBot, page: ReturnPage, of_grant: bool, spare: int
) -> None:
    part = FormsPart(page.workspace, of_grant=of_grant)
    qtbot.addWidget(part)
    model, table = part.model, part.table
    model.set_rows([TableRow(("1.00",) * len(model.headings), key=1)])
    part.resize(1200, 400)
    part.show()
    for _ in range(3):
        QApplication.processEvents()
    assert ends_with_its_rows(table)
    widest = max(range(len(model.headings)), key=table.columnWidth)
    assert widest == spare


def test_where_the_keys_are_is_marked_calmly(qtbot: QtBot) -> None:
    """A cell that isn't chosen has the colour of what is chosen around it, not black."""
    model = FiguresTable((Heading("Part", 20), Heading("Licence", 20)))
    model.set_rows([TableRow(("", ""), key=n) for n in range(2)])
    table = figures_table("Parts", model)
    qtbot.addWidget(table)
    table.resize(500, 200)
    with qtbot.waitActive(table):
        table.show()
        table.activateWindow()
    table.setFocus()
    table.setCurrentIndex(model.index(0, 0))
    table.clearSelection()
    cell = table.visualRect(model.index(0, 0))
    colours = table.palette()

    def edge() -> str:
        return table.viewport().grab().toImage().pixelColor(cell.left() + 30, cell.top()).name()

    assert edge() == colours.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Highlight).name()
    table.selectRow(0)
    assert edge() == colours.color(QPalette.ColorGroup.Active, QPalette.ColorRole.HighlightedText).name()


@pytest.mark.usefixtures("qapp")
def test_names_of_rows_are_no_wider_than_they_need_and_have_a_heading() -> None:
    model = FiguresTable((Heading("Sum", 9, right=True),))
    table = figures_table("Table", model, row_names=20, names_of="Grant")
    plain = table.fontMetrics()
    model.set_rows([TableRow(("1.00",), name="GR-1")])
    assert table.verticalHeader().width() == max(map(plain.horizontalAdvance, ("GR-1", "Grant"))) + ROOM
    model.set_rows([TableRow(("1.00",), name="GR-1 " * 20, key=2)])
    assert table.verticalHeader().width() == 20 * plain.averageCharWidth() + ROOM
    assert [each.text() for each in table.findChildren(QLabel)] == ["Grant"]


@pytest.mark.usefixtures("qapp")
def test_laying_out_asks_no_names_of_rows_out_of_sight(qtbot: QtBot) -> None:
    """The width of the names is known; Qt would ask for those of two hundred rows at every turn of the layout."""
    asked: list[int] = []

    class Told(FiguresTable):
        def headerData(
            self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
        ) -> Any:
            if orientation is Qt.Orientation.Vertical:
                asked.append(section)
            return super().headerData(section, orientation, role)

    model = Told((Heading("Spent", 0, right=True),))
    steps = [TableRow(("1.00",), key=n, name=f"Step {n}") for n in range(100)]
    model.set_rows(steps)
    table = figures_table("Steps", model, by_cell=True, row_names=18)
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    model.set_rows(steps[:50])
    table.grab()
    in_room = table.viewport().height() // table.rowHeight(0) + 1
    assert asked
    assert max(asked) <= in_room


def test_partner_forms_stand_whole_in_the_smallest_window() -> None:
    model = FiguresTable(OF_QUARTER)
    table = figures_table("Partner forms", model)
    day = "14/10/2024"
    cells = ("GR-SSF5-STR", "A partnership", "← Sent back with 5 problems", day, day, day, "5,720.00", day)
    model.set_rows([TableRow(cells, bold=True)])
    assert table.horizontalHeader().length() <= 832


# An award's figures


def test_two_years_of_quarters_stand_in_the_smallest_window(qtbot: QtBot) -> None:
    tab = figures_tab(qtbot, "162,000.00", QUARTERS[2:10], 834)
    table = tab.table
    assert in_sight(table) == list(range(8))
    assert edges(table) == (0, table.viewport().width())
    assert len({table.columnWidth(column) for column in range(8)}) == 1


def test_more_than_fits_opens_with_the_year_that_runs_and_leaves_no_strip(qtbot: QtBot) -> None:
    tab = figures_tab(qtbot, "-1,234,567.89", QUARTERS, 834)
    table = tab.table
    shown = in_sight(table, 2 * MARGIN)
    assert shown[-1] == 9
    assert 5 in shown
    wide = table.fontMetrics().horizontalAdvance("-1,234,567.89")
    assert table.columnWidth(0) > wide + 2 * MARGIN
    for place in range(table.horizontalScrollBar().maximum() + 1):
        table.horizontalScrollBar().setValue(place)
        first, last = edges(table, 2 * MARGIN)
        assert first == 0
        assert 0 <= table.viewport().width() - last < 2 * MARGIN
    tab.resize(1590, 400)
    QApplication.processEvents()
    assert in_sight(table) == list(range(len(QUARTERS)))


# A return's figures


@pytest.mark.parametrize("width", [560, 640, 700, 760, 834, 900, 1000, 1100, 1260])
def test_reasons_are_in_sight_at_a_usable_width_or_not_at_all(
    qtbot: QtBot, page: ReturnPage, width: int
) -> None:
    page.tab("Figures")
    page.window().resize(1440, 900)
    page.setMaximumWidth(width)
    QApplication.processEvents()
    table = page.figures.table
    shown, room = in_sight(table), table.viewport().width()
    assert edges(table) == (0, room) or shown[-1] > REASON
    if REASON in shown:
        assert table.columnWidth(REASON) >= SHORT_REASON * table.fontMetrics().averageCharWidth()
    assert {TITLE + 1, CATEGORY} <= set(shown)


def test_the_line_spoken_of_is_marked_in_sight(qtbot: QtBot, page: ReturnPage) -> None:
    page.tab("Figures")
    page.window().resize(1440, 900)
    page.setMaximumWidth(834)
    QApplication.processEvents()
    figures = page.figures
    figures.go_to_next()
    marked = {(each.row(), each.column()) for each in figures.table.selectionModel().selectedIndexes()}
    assert {(1, column) for column in in_sight(figures.table)} <= marked
    assert {row for row, _ in marked} == {1}
    assert in_sight(figures.table)[0] == TITLE + 1
    assert figures.line.height() < 2 * figures.line.fontMetrics().lineSpacing(), "no blank line under it"


@pytest.mark.parametrize("width", [834, 1260])
def test_an_adjustment_is_in_sight_and_adds_up_and_noughts_take_no_room(
    qtbot: QtBot, page: ReturnPage, width: int
) -> None:
    page.tab("Figures")
    page.window().resize(1440, 900)
    page.setMaximumWidth(width)
    QApplication.processEvents()
    figures = page.figures
    table = figures.table
    assert ADJUSTED not in in_sight(table)
    assert page.steps.view is not None
    snapshot = page.steps.view.snapshot
    first, *others = snapshot.spend
    more = Money.pounds(50)
    corrected = replace(first, adjustments=-more, claimed_before=more * 3, to_date=first.to_date + more * 2)
    held = replace(snapshot, spend=(corrected, *others))
    figures.show_figures(held, return_tables.spend_rows(held, ()))
    QApplication.processEvents()
    shown = in_sight(table)
    assert ADJUSTED in shown
    assert {"Outturn", "Variance", "%"} <= {figures.model.headings[n].words for n in shown}
    heads = {each.words: n for n, each in enumerate(figures.model.headings)}
    parts = ("Claimed before", "This quarter", "Adjustments", "To date")
    before, now, adjusted, to_date = (Money.read(figures.model.rows[-1].cells[heads[part]]) for part in parts)
    assert adjusted == Money.pounds(-50)
    assert before + now + adjusted == to_date


# Its readiness, its bridge


def readiness(qtbot: QtBot, *rules: str) -> Table:
    tab = ReadinessTab()
    qtbot.addWidget(tab)
    tab.resize(834, 500)
    tab.show()
    message = "SSF5-VAWG-01 has no reading for 2024/25 Q2. Enter one; nought is a reading. " * 2
    tab.model.set_rows(
        [TableRow(("Note", message, "The office", rule), key=n) for n, rule in enumerate(rules)]
    )
    for _ in range(3):
        QApplication.processEvents()
    return tab.table


def test_rules_have_room_to_be_read_where_there_are_any(qtbot: QtBot) -> None:
    rule = "SSF5-T07: Model grant agreement 6.7: claims highlight significant variances."
    with_rules = readiness(qtbot, "", rule)
    without = readiness(qtbot, "", "")
    across = with_rules.columnWidth(1) + with_rules.columnWidth(3)
    assert 35 <= 100 * with_rules.columnWidth(3) // across <= 45
    assert without.columnWidth(3) < 10 * without.fontMetrics().averageCharWidth() + ROOM
    for table in (with_rules, without):
        assert ends_with_its_rows(table)


def test_the_bridge_is_no_wider_than_its_columns(qtbot: QtBot) -> None:
    tab = BridgeTab()
    qtbot.addWidget(tab)
    tab.resize(1400, 600)
    tab.show()
    tab.show_bridge(
        tuple(
            TableRow(("Capital", "Equipment", *["1.00"] * 5, "Yes"), key=n, name="2024/25 A")
            for n in range(60)
        )
    )
    for _ in range(3):
        QApplication.processEvents()
    assert ends_with_its_rows(tab.table)
    assert tab.table.x() == 0
    assert tab.table.width() < 1000


@pytest.mark.parametrize(("width", "cut"), [(836, True), (1100, False)])
def test_the_bridge_says_whether_it_ties_also_in_the_smallest_window(
    qtbot: QtBot, width: int, cut: bool
) -> None:
    """The categories give way, as far as they must; where there is room again they have it back."""
    tab = BridgeTab()
    qtbot.addWidget(tab)
    tab.resize(width, 500)
    tab.show()
    category = "Project management and evaluation"
    tab.show_bridge(
        tuple(
            TableRow(("Resource", category, *["170,976.72"] * 5, "Yes"), key=n, name="2024/25 SSF5-VAWG-04")
            for n in range(60)
        )
    )
    for _ in range(3):
        QApplication.processEvents()
    table = tab.table
    assert (edges(table)[0], edges(table)[1] <= table.viewport().width()) == (0, True)
    assert in_sight(table) == list(range(8))
    assert (table.columnWidth(1) < column_widths(table)[1]) is cut
    tab.resize(1400, 500)
    for _ in range(3):
        QApplication.processEvents()
    assert table.columnWidth(1) == column_widths(table)[1]
    table.horizontalHeader().resizeSection(1, 300)
    tab.resize(width, 500)
    assert table.columnWidth(1) == 300, "somebody drew it so"


def test_the_last_total_of_the_bridge_stays_in_sight(qtbot: QtBot) -> None:
    """Not what stands below the total of the year before: those are lines."""
    tab = BridgeTab()
    qtbot.addWidget(tab)
    tab.resize(1100, 700)
    tab.show()
    lines = [
        TableRow(
            ("", "", *["1.00"] * 5, "Yes"), key=n, name=f"Line {n}", rule=n in {55, 59}, bold=n in {55, 59}
        )
        for n in range(60)
    ]
    tab.show_bridge(tuple(lines))
    for _ in range(3):
        QApplication.processEvents()
    foot = tab.table.foot
    assert foot is not None
    assert (foot.isVisible(), foot.rows_shown) == (True, 1)
    assert [
        n for n in range(60) if foot.viewport().rect().contains(foot.visualRect(foot.model().index(n, 0)))
    ] == [59]
    table, where = tab.table, foot.y() - tab.table.viewport().y()
    begins = table.rowViewportPosition(table.rowAt(where))
    assert begins < where - 4, "one line has no room in whole"
    across = table.viewport().x() + table.viewport().width() - table.frameWidth()
    gap = QRect(table.frameWidth(), table.viewport().y() + begins, across, where - begins)
    picture = table.grab(gap).toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())
    }
    assert colours == {table.palette().base().color().name()}, "nothing is seen of it"


def test_the_total_in_sight_stands_under_its_own_columns_however_far_they_are_scrolled(qtbot: QtBot) -> None:
    tab = BridgeTab()
    qtbot.addWidget(tab)
    tab.resize(500, 400)
    tab.show()
    tab.show_bridge(
        tuple(
            TableRow(
                ("Resource", "Staff", *["170,976.72"] * 5, "Yes"), key=n, name="2024/25 total", rule=n == 59
            )
            for n in range(60)
        )
    )
    for _ in range(3):
        QApplication.processEvents()
    table, bar = tab.table, tab.table.horizontalScrollBar()
    foot = table.foot
    assert foot is not None
    assert (bar.maximum() > 2, foot.isVisible()) == (True, True)

    def apart() -> list[int]:
        return [
            foot.viewport().mapTo(table, foot.visualRect(foot.model().index(59, column)).topLeft()).x()
            - table.viewport().mapTo(table, table.visualRect(foot.model().index(59, column)).topLeft()).x()
            for column in range(8)
        ]

    for value in (0, 1, 2, bar.maximum(), 1):
        bar.setValue(value)
        assert apart() == [0] * 8
    bar.setValue(bar.maximum())
    tab.resize(700, 400)
    for _ in range(3):
        QApplication.processEvents()
    assert apart() == [0] * 8


def test_a_line_of_the_bridge_is_named_by_year_and_reference() -> None:
    line: Any = SimpleNamespace(
        year="2023/24", reference="SSF5-RUR-01", expense="Capital", category="Staff",
        **dict.fromkeys(("opening", "this_quarter", "adjustments", "closing", "ledger"), Money(0)),
    )  # fmt: skip
    held: Any = SimpleNamespace(bridge=(line,))
    assert [row.name for row in return_tables.bridge_rows(held)] == ["2023/24 SSF5-RUR-01", "2023/24 total"]


# Its checks


def checked(*results: str) -> Any:
    rows = tuple(
        CheckRow(f"Check {number}", result, "" if result == "Passed" else "Found", "")
        for number, result in enumerate(results)
    )
    return SimpleNamespace(checks=rows, header=SimpleNamespace(draft=False, ends_on=date(2024, 9, 30)))


def test_checks_to_mend_stand_first_with_a_sign() -> None:
    held = cast("Snapshot", checked("Passed", "Note", "Waived", "To mend", "Warning", "Passed"))
    rows = return_tables.check_rows(held)
    assert [(row.key, row.cells[1]) for row in rows] == [
        (3, "⚠ To mend"), (4, "Warning"), (2, "Waived"), (1, "Note"), (0, "✓ Passed"), (5, "✓ Passed"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("results", "words"),
    [
        (("Passed", "Passed"), "✓ All 2 checks pass."),
        (("Passed", "To mend", "Passed"), "⚠ 1 of 3 checks to mend."),
        (("To mend", "Waived", "Note", "Warning"), "⚠ 1 of 4 checks to mend; 1 with a warning, 1 waived, 1 with a note."),
        (("Passed", "Waived"), "✓ None of 2 checks to mend; 1 waived."),
    ],
)  # fmt: skip
def test_how_many_checks_are_to_mend_is_said(results: tuple[str, ...], words: str) -> None:
    assert check_words(checked(*results).checks) == words


def test_a_check_that_found_two_things_counts_once() -> None:
    twice = CheckRow("Every output has its reading", "To mend", "One", "")
    assert check_words((twice, twice, *checked("Passed").checks)) == "⚠ 1 of 2 checks to mend."


def checks_tab(qtbot: QtBot, width: int, height: int, results: tuple[str, ...]) -> ChecksTab:
    tab = ChecksTab()
    qtbot.addWidget(tab)
    tab.resize(width, height)
    tab.show()
    held = checked(*results)
    book: Any = SimpleNamespace(all=tuple)
    totals = tuple(TableRow(("Claim", "Costs", "1.00", "Spend", "1.00", "0.00"), key=n) for n in range(8))
    tab.show_checks(held, book, totals, return_tables.check_rows(held))
    for _ in range(3):
        QApplication.processEvents()
    return tab


@pytest.mark.parametrize(
    ("height", "width"), [(560, 834), (480, 834), (400, 834), (330, 834), (900, 834), (480, 440), (400, 440)]
)
def test_no_control_total_is_cut(qtbot: QtBot, height: int, width: int) -> None:
    """All of them in the smallest window; where that is too low, whole rows of them, also above a bar to scroll sideways."""
    tab = checks_tab(qtbot, width, height, ("To mend", *("Passed",) * 20))
    upper = next(each for each in tab.findChildren(Table) if each.accessibleName() == "Control totals")
    row = upper.verticalHeader().defaultSectionSize()
    seen = upper.viewport().height()
    assert seen == 8 * row if height >= 560 else seen % row == 0
    assert seen >= 2 * row
    assert tab.table.viewport().height() >= 2 * row
    assert ends_with_its_rows(upper) == (width > 440)
    assert tab.title.text() == "Control totals as at 30 September 2024: each figure worked out in two ways"
    heads = [each.label for each in return_tables.CONTROL_HEADINGS]
    assert len(set(heads)) == len(heads), "what each sums is told apart"


def test_totals_that_the_one_bar_makes_too_wide_for_want_of_height_are_not_cut_by_the_other(
    qtbot: QtBot,
) -> None:
    tab = checks_tab(qtbot, 834, 900, ("Passed",) * 20)
    upper = next(each for each in tab.findChildren(Table) if each.accessibleName() == "Control totals")
    for height in (900, 400, 380, 360, 340):
        sized_to(tab, upper.horizontalHeader().length() + 2 * upper.frameWidth() + 2, height)
        assert bool(upper.horizontalScrollBar().maximum()) == (height < 900)
        assert upper.viewport().height() % upper.verticalHeader().defaultSectionSize() == 0


def test_a_border_that_was_drawn_by_hand_stays(qtbot: QtBot) -> None:
    tab = checks_tab(qtbot, 834, 560, ("Passed",) * 20)
    splitter = tab.findChildren(QSplitter)[0]
    splitter.moveSplitter(120, 1)
    before = splitter.sizes()
    held = checked(*("Passed",) * 19)
    tab.show_checks(held, cast("Any", None), tab.controls.rows, return_tables.check_rows(held))
    assert splitter.sizes() == before


@pytest.mark.parametrize("results", [("Passed",) * 9, ("To mend", *("Passed",) * 8)])
def test_checks_have_the_width_that_others_leave_and_no_hole_stands_above(
    qtbot: QtBot, results: tuple[str, ...]
) -> None:
    tab, held = checks_tab(qtbot, 1200, 800, results), checked(*results)
    table = tab.table
    name = max(map(table.fontMetrics().horizontalAdvance, (row.check for row in held.checks)))
    if results[0] == "Passed":
        assert table.columnWidth(0) > table.viewport().width() // 2
    else:
        assert table.columnWidth(0) > name + 2 * MARGIN
        assert table.columnWidth(2) > table.columnWidth(0)
    assert sum(table.columnWidth(column) for column in range(4)) == table.viewport().width()
    upper = next(each for each in tab.findChildren(Table) if each.accessibleName() == "Control totals")
    title = next(each for each in tab.findChildren(QLabel) if each.text() == "Checks")
    ends = upper.mapTo(tab, QPoint(0, upper.height()))
    assert 0 < title.mapTo(tab, QPoint()).y() - ends.y() < 4 * SPACE, "no empty hole under the totals"
