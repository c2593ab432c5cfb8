"""What a list shows first, which references it never cuts, and that its edges are those of the page it stands in."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import add, edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document, Risk
from fundtracker.domain.form_rows import FormForecast
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import LedgerMatch
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.returns import Forecast, FunderReturn
from fundtracker.domain.terms import Term, Waiver
from fundtracker.domain.variations import Variation
from fundtracker.ui import list_views
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.list_views import View
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.views.list_columns import ColumnsDialog
from fundtracker.ui.views.list_order import FIRST
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.list_table import ListTable
from fundtracker.ui.views.tables import column_widths, figures_table
from fundtracker.ui.words import SPACE, PlainLabel, kept_together, plain_label
from ui.driving import click, column_number, form_of, go_to
from ui.person import settle

JOINER = "\u2060"


def headings(page: ListPage, many: int) -> list[str]:
    """The first columns in the order they stand in."""
    return [page.model.columns[n].label for n in page.table.shown_sections()[:many]]


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (Cost, ["Reference", "Received", "Supplier", "Net"]),
        (Term, ["Reference", "Rule", "Number", "Amount"]),
        (Variation, ["Reference", "Reason", "Approved on", "Effective from"]),
        (Risk, ["Award", "Risk", "Category"]),
        (Forecast, ["Return", "Intervention", "Quarter", "Amount"]),
        (FormForecast, ["Partner form", "Intervention", "Quarter", "Amount"]),
        (FunderReturn, ["Award", "Quarter", "State", "Due", "Claim"]),
        (Document, ["Name", "Kind"]),
    ],
)
def test_what_tells_a_row_from_others_stands_first(
    window: MainWindow, kind: type[Record], first: list[str]
) -> None:
    page = go_to(window, kind)
    assert headings(page, len(first)) == first
    assert sorted(page.table.usual) == list(range(len(columns(kind))))


def test_a_fingerprint_comes_last_in_list_and_form(window: MainWindow) -> None:
    page = go_to(window, Document)
    assert page.model.columns[page.table.shown_sections()[-1]].label == "SHA-256"
    click(page.add_button)
    assert list(form_of(page).fields)[-1] == "sha256"


def test_an_order_of_ones_own_is_kept_and_the_usual_one_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Forecast)
    assert page.table.standing() == View()
    page.table.across.moveSection(0, 2)
    assert headings(page, 3) == ["Intervention", "Quarter", "Return"]
    page.view.write()
    again = ListPage(window.workspace, Forecast)
    qtbot.addWidget(again)
    assert headings(again, 3) == ["Intervention", "Quarter", "Return"]
    again.view.go_standard()
    assert headings(again, 4) == ["Return", "Intervention", "Quarter", "Amount"]
    again.view.write()
    assert list_views.load("Forecast").present == View()
    wait_for_jobs()


def test_standard_in_the_columns_dialog_is_the_lists_own_order(qtbot: QtBot, window: MainWindow) -> None:
    page = go_to(window, Term)
    labels = [each.label for each in page.model.columns]
    dialog = ColumnsDialog("Columns", labels, [1, 3, 4], frozenset(), window, usual=page.table.usual)
    qtbot.addWidget(dialog)
    click(next(each for each in dialog.findChildren(QPushButton) if each.text() == "&Standard"))
    assert dialog.order() == [n for n in page.table.usual if n in {1, 3, 4}] == [4, 1, 3]


def test_orders_name_columns_that_there_are() -> None:
    for kind, names in FIRST.items():
        assert set(names) < {each.name for each in columns(kind)}, kind


def test_a_reference_is_shown_in_whole_where_others_must_give_way(qtbot: QtBot, window: MainWindow) -> None:
    reference = "SSF5-VAWG-GLOUCS 2024-25-Q2"
    edit(window.workspace, window.workspace.select(FunderReturn)[0], reference=reference)
    page = ListPage(window.workspace, Forecast)
    qtbot.addWidget(page)
    page.resize(760, 500)
    page.show()
    wait_for_jobs()
    table, number = page.table, column_number(page, "return_id")
    wide = table.fontMetrics().horizontalAdvance(reference)
    qtbot.waitUntil(lambda: table.columnWidth(number) != table.across.defaultSectionSize())
    assert sum(table.columnWidth(n) for n in table.shown_sections()) > table.viewport().width()
    assert table.columnWidth(number) > wide


@pytest.mark.parametrize("by_hand", [False, True])
def test_columns_share_the_room_anew_when_a_longer_text_comes(
    qtbot: QtBot, window: MainWindow, *, by_hand: bool
) -> None:
    """Not one that somebody drew to a width."""
    for each in window.workspace.select(CostCategory):
        edit(window.workspace, each, name=f"Staff {each.id}")
    page = go_to(window, CostCategory)
    table, number = page.table, column_number(page, "name")
    qtbot.waitUntil(lambda: edges_meet(table))
    if by_hand:
        table.across.resizeSection(number, 70)
    longer = "Project management and evaluation"
    add(window.workspace, CostCategory, {"name": longer})
    wide = table.fontMetrics().horizontalAdvance(longer)
    if by_hand:
        wait_for_jobs()
        settle()
        assert table.columnWidth(number) == 70
    else:
        qtbot.waitUntil(lambda: table.columnWidth(number) > wide)
        assert edges_meet(table)


def edges_meet(table: ListTable) -> bool:
    return table.across.length() == table.viewport().width()


def test_the_word_of_a_choice_is_shown_in_whole(qtbot: QtBot, window: MainWindow) -> None:
    """A state is the first thing looked for; which of its words stand in the first rows decides nothing."""
    page = ListPage(window.workspace, FunderReturn)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    wait_for_jobs()
    table, number = page.table, column_number(page, "state")
    qtbot.waitUntil(lambda: table.columnWidth(number) != table.across.defaultSectionSize())
    words = (table.fontMetrics().horizontalAdvance(each) for each in ("With CFO", "Submitted", "Accepted"))
    assert table.columnWidth(number) >= max(words) + 2 * SPACE


def test_long_words_of_a_form_are_wrapped() -> None:
    long = {
        (kind.__name__, each.label)
        for kind in (LedgerMatch, Risk, Variation, Waiver)
        for each in columns(kind)
        if each.kind.name == "long text"
    }
    assert long > {
        ("LedgerMatch", "Why"),
        ("Risk", "Risk"),
        ("Variation", "Decision reference"),
        ("Variation", "Funder's consent to cross 31 March"),
        ("Waiver", "Decision reference"),
    }


def test_a_list_in_a_page_has_no_edge_of_its_own(qtbot: QtBot, workspace: Workspace) -> None:
    within, alone = (ListPage(workspace, Intervention) for _ in range(2))
    within.stand_in_page()
    for page in (within, alone):
        qtbot.addWidget(page)
        page.resize(1000, 600)
        page.show()
    wait_for_jobs()

    def edges(page: ListPage) -> tuple[int, int]:
        """How far its bar begins, and its table's ends, from its own edges."""
        end = page.table.mapTo(page, QPoint(0, page.table.height())).y()
        assert page.pane is not None
        right = page.pane.mapTo(page, QPoint(page.pane.width(), 0)).x()
        assert end <= page.height()
        return page.bar.mapTo(page, QPoint(0, 0)).x(), page.width() - right

    assert edges(within) == (0, 0)
    assert min(edges(alone)) > 0


def test_columns_are_measured_anew_in_another_font(qtbot: QtBot) -> None:
    model = FiguresTable((Heading("Sum", 0, right=True),))
    model.set_rows([TableRow(("1,234,567.89",), key="a", name="")])
    table = figures_table("Sums", model)
    qtbot.addWidget(table)
    before = column_widths(table)[0]
    assert column_widths(table) == [before]
    larger = QFont(table.font())
    larger.setPointSizeF(larger.pointSizeF() * 2)
    table.setFont(larger)
    assert column_widths(table)[0] > QFontMetrics(larger).horizontalAdvance("1,234,567.89") > before


def test_a_reference_and_an_amount_are_not_broken_over_two_lines(qtbot: QtBot) -> None:
    label = plain_label("Forecast of SSF5-VAWG-01: VAT £3.00  ·  Claim -£4.00", wrapped=True)
    qtbot.addWidget(label)
    shown = QLabel.text(label)
    assert shown == f"Forecast of SSF5-{JOINER}VAWG-01: VAT\u00a0£3.00\u00a0\u00a0·  Claim\u00a0-£4.00"
    assert isinstance(label, PlainLabel)
    assert label.text() == "Forecast of SSF5-VAWG-01: VAT £3.00  ·  Claim -£4.00"
    assert kept_together("As it is") == "As it is"


def test_a_forms_heading_breaks_between_its_references(window: MainWindow) -> None:
    form = form_of(go_to(window, FunderReturn))
    assert form.title.text() == "SSF5-VAWG 2024-25-Q2"
    broken = QTextLayout(QLabel.text(form.title), form.title.font())
    broken.beginLayout()
    first = broken.createLine()
    first.setLineWidth(form.title.fontMetrics().horizontalAdvance("SSF5-VAWG 2024-25-Q"))
    broken.endLayout()
    assert QLabel.text(form.title)[: first.textLength()].replace(JOINER, "") == "SSF5-VAWG "
