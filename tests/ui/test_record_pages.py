"""The pages of rounds, bids, awards, interventions and grants: the way up, the neighbours, their money, their parts, their history."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import add, edit, remove
from fundtracker.domain.awards import Award
from fundtracker.domain.bids import Bid, BidAmount, Expense
from fundtracker.domain.changes import edited
from fundtracker.domain.columns import Record, plural
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Indicator, Measures, Reading, Risk
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant, GrantSource, Instalment, InstalmentStatus
from fundtracker.domain.interventions import Intervention, Progress
from fundtracker.domain.money import Money
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.records import RECORDS
from fundtracker.domain.rounds import Fund, FundingRound
from fundtracker.domain.variations import ChangeKind, Variation, VariationChange
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.models.cells import MARGIN
from fundtracker.ui.places import HAS_PAGE, make_record_page
from fundtracker.ui.views.list_page import ListPage
from fundtracker.ui.views.record_page import RecordPage
from fundtracker.ui.views.record_page_tabs import FiguresTab, HistoryTab, ListsTab
from fundtracker.ui.views.record_pane import children_of
from ui.conftest import Q2, Maker
from ui.driving import click, press

ALT = Qt.KeyboardModifier.AltModifier
YEAR = FinancialYear(2024)


def opened(window: MainWindow, kind: type[Record], record_id: int = 1) -> RecordPage:
    window.open_record(kind, record_id)
    wait_for_jobs()
    return cast("RecordPage", window.page)


def grid(page: RecordPage, title: str = "Figures") -> list[tuple[str, ...]]:
    """The headings, then every row with its name."""
    shown: Any = page.tab(title)
    wait_for_jobs()
    if isinstance(shown, ListsTab):
        shown = shown.made[shown.stack.currentIndex()]
    model = cast("FiguresTab", shown).grid
    return [("", *(each.words for each in model.headings)), *((r.name, *r.cells) for r in model.rows)]


def make_grant(window: MainWindow) -> Grant:
    """1,000 out of training's money: 600 paid, 400 still to come, 250 spent and accepted, 90 spent and not accepted."""
    workspace = window.workspace
    grant = add(workspace, Grant, {"reference": "GR-1", "title": "Village hall", "recipient_id": 1})
    add(workspace, GrantSource, {"grant_id": grant.id, "intervention_id": 2, "year": YEAR, "amount": Money.pounds(1_000)})  # fmt: skip
    add(workspace, Instalment, {"grant_id": grant.id, "amount": Money.pounds(600), "due_on": date(2024, 7, 5), "status": InstalmentStatus.PAID, "paid_on": date(2024, 7, 9)})  # fmt: skip
    add(
        workspace,
        Instalment,
        {"grant_id": grant.id, "amount": Money.pounds(400), "due_on": date(2024, 11, 1)},
    )
    spent = {"intervention_id": 2, "grant_id": grant.id, "supplier": "Hall", "received_on": date(2024, 9, 2), "expense": Expense.RESOURCE, "category_id": 1}  # fmt: skip
    add(workspace, Cost, {**spent, "net": Money.pounds(250), "accepted_on": date(2024, 10, 1)})
    add(workspace, Cost, {**spent, "net": Money.pounds(90)})
    return grant


def test_the_way_up_leads_from_the_intervention_to_the_fund(window: MainWindow) -> None:
    page = opened(window, Intervention)
    links = page.head.crumbs.links
    assert [link.text() for link in links] == ["SSF", "SSF5", "B-1", "SSF5-VAWG"]
    assert [link.accessibleName() for link in links] == [
        "Up to fund SSF Safer Streets Fund",
        "Up to funding round SSF5 Round 5",
        "Up to bid B-1 Violence against women",
        "Up to award SSF5-VAWG",
    ]
    click(links[3])
    wait_for_jobs()
    assert window.spots[-1] == (Award, 1)


def test_every_step_up_is_reached_and_pressed_by_keys(window: MainWindow) -> None:
    for kind in (Intervention, Award, Bid, FundingRound):
        page = opened(window, kind)
        first = page.head.crumbs.links[0]
        first.setFocus()
        for _ in page.head.crumbs.links[1:]:
            press(cast("Any", window.focusWidget()), Qt.Key.Key_Tab)
        last = page.head.crumbs.links[-1]
        assert last.hasFocus()
        press(last, Qt.Key.Key_Space)
        wait_for_jobs()
    assert window.spots[-1] == (Fund, 1)


def test_the_neighbours_are_gone_to_by_keys_and_mouse_at_the_same_tab(window: MainWindow) -> None:
    page = opened(window, Intervention)
    page.tab("Costs")
    assert not page.head.before_button.isEnabled()
    assert page.head.after_button.toolTip() == "Next: SSF5-VAWG-02 Training (Alt+PgDn)"
    press(window, Qt.Key.Key_PageDown, ALT)
    wait_for_jobs()
    there = cast("RecordPage", window.page)
    assert (window.spots[-1], there.tabs.tabText(there.tabs.currentIndex())) == ((Intervention, 2), "Costs")
    assert not there.head.after_button.isEnabled()
    press(window, Qt.Key.Key_PageDown, ALT)
    assert window.spots[-1] == (Intervention, 2)
    click(there.head.before_button)
    wait_for_jobs()
    assert window.spots[-1] == (Intervention, 1)
    press(window, Qt.Key.Key_PageDown, ALT)
    wait_for_jobs()
    press(window, Qt.Key.Key_PageUp, ALT)
    wait_for_jobs()
    assert window.spots[-1] == (Intervention, 1)


def test_neighbours_have_the_same_parent(window: MainWindow) -> None:
    other = add(window.workspace, Award, {"bid_id": 1, "reference": "A-2", "starts_on": date(2024, 7, 1), "ends_on": date(2025, 3, 31)})  # fmt: skip
    add(window.workspace, Intervention, {"award_id": other.id, "reference": "A-2-01", "title": "Lights", "theme": window.workspace.get(Bid, 1).theme})  # fmt: skip
    page = opened(window, Intervention, 2)
    assert (page.head.before_button.isEnabled(), page.head.after_button.isEnabled()) == (True, False)
    assert page.head.after_button.toolTip() == "There is none: this is the last"


def test_a_round_and_a_bid_hold_what_was_requested_against_what_was_awarded(window: MainWindow) -> None:
    add(window.workspace, BidAmount, {"bid_id": 1, "year": YEAR, "expense": Expense.CAPITAL, "asked": Money.pounds(40_000)})  # fmt: skip
    page = opened(window, FundingRound)
    assert page.head.state.text() == "Delivery under way  ·  delivery 01/07/2024 to 31/03/2025"
    assert page.head.money.text() == "2024/25: requested £40,000.00  ·  ■ awarded £50,000.00"
    assert page.head.bar.sums == (4_000_000, 5_000_000, 0)
    sums = ("50,000.00", "25,000.00", "13,000.00", "10,000.00", "23,000.00", "37,000.00")
    assert grid(page) == [
        ("", "Year", "Awarded", "Profile", "Spent", "Forecast", "Outturn", "Left", "Project"),
        ("SSF5-VAWG", "2024/25", *sums, "Violence against women"),
        ("All awards", "2024/25", *sums, ""),
    ]
    page = opened(window, Bid)
    assert page.head.money.text() == "2024/25: requested £40,000.00  ·  ■ awarded £50,000.00"
    assert grid(page) == [
        ("", "Requested", "Awarded", "Difference"),
        ("2024/25 capital", "40,000.00", "30,000.00", "-10,000.00"),
        ("2024/25 resource", "0.00", "20,000.00", "20,000.00"),
        ("2024/25 total", "40,000.00", "50,000.00", "10,000.00"),
    ]


def test_a_head_that_adds_years_up_says_so(window: MainWindow) -> None:
    workspace, second_year = window.workspace, date(2026, 3, 31)
    edit(workspace, workspace.get(FundingRound, 1), delivery_to=second_year)
    edit(workspace, workspace.get(Award, 1), ends_on=second_year)
    for year in (YEAR, FinancialYear(2025)):
        add(window.workspace, BidAmount, {"bid_id": 1, "year": year, "expense": Expense.CAPITAL, "asked": Money.pounds(40_000)})  # fmt: skip
    for kind in (FundingRound, Bid):
        page = opened(window, kind)
        assert page.head.money.text() == "All years: requested £80,000.00  ·  ■ awarded £50,000.00"
    grant = make_grant(window)
    add(window.workspace, GrantSource, {"grant_id": grant.id, "intervention_id": 2, "year": FinancialYear(2025), "amount": Money.pounds(7)})  # fmt: skip
    page = opened(window, Grant, grant.id)
    assert page.head.money.text().startswith("All years: awarded £1,007.00  ·  paid £600.00")


def test_the_bar_of_a_head_has_a_key_that_is_not_read_aloud(window: MainWindow) -> None:
    """Its parts are told by their signs in the words beside it; where there is no bar there is no sign."""
    head = opened(window, Award).head
    assert "■ spent £13,000.00  ·  ▨ forecast £10,000.00" in head.money.text()
    assert head.bar.sums == (5_000_000, 1_300_000, 1_000_000)
    plain = "2024/25: awarded £50,000.00  ·  spent £13,000.00  ·  forecast £10,000.00  ·  left £37,000.00"
    assert (head.money.accessibleDescription(), head.bar.toolTip()) == (plain, plain)
    empty = add(window.workspace, Bid, {"round_id": 1, "reference": "B-9", "title": "Empty", "theme": window.workspace.get(Bid, 1).theme})  # fmt: skip
    head = opened(window, Bid, empty.id).head
    assert (head.bar.isVisible(), head.money.text()) == (False, "Requested £0.00  ·  awarded £0.00")


def test_the_way_up_begins_where_the_page_does(window: MainWindow) -> None:
    page = opened(window, Intervention)
    first = page.head.crumbs.links[0]
    words = first.fontMetrics().horizontalAdvance(first.text())
    left = first.mapTo(page, first.rect().topLeft()).x() + (first.width() - words) // 2
    title = page.head.title.mapTo(page, page.head.title.rect().topLeft()).x()
    assert 0 <= left - title <= 3


@pytest.mark.parametrize(
    ("kind", "own"), [(Award, set[str]()), (Intervention, set[str]()), (Bid, set[str]()), (FundingRound, set[str]()), (Grant, {"Partner's costs"})]
)  # fmt: skip
def test_a_list_has_one_name_and_says_it_once(window: MainWindow, kind: type[Record], own: set[str]) -> None:
    """The tab's, which is that of the list under All lists; the list in it does not say it again."""
    page = opened(window, kind, make_grant(window).id if kind is Grant else 1)
    seen: list[str] = []
    for place, tab in enumerate(page.about.tabs):
        for title in tab.parts or (tab.title,):
            page.tab(title)
            wait_for_jobs()
            shown = page.made[place]
            made = shown.made.get(shown.stack.currentIndex()) if isinstance(shown, ListsTab) else None
            if isinstance(made, ListPage):
                seen.append(title)
                assert title in {plural(made.kind), *own}
                labels = [each.text() for each in made.bar.findChildren(QLabel) if each.isVisible()]
                assert title not in labels
                assert made.bar.search.geometry().left() == 0
    assert len(seen) >= 3


def test_what_refers_to_its_own_kind_is_called_as_people_call_it() -> None:
    assert children_of(Cost)[0].title == "Reversals"
    assert children_of(PartnerForm)[0].title == "Corrected forms"
    titles = [each.title for kind in RECORDS for each in children_of(kind)]
    assert [each for each in titles if "(" in each] == []


def test_an_intervention_holds_its_spending_against_its_profile(window: MainWindow) -> None:
    page = opened(window, Intervention, 2)
    assert page.head.title.text() == "SSF5-VAWG-02 Training"
    assert page.head.state.text() == "Under way  ·  VAWG  ·  whole county"
    assert page.head.money.text() == (
        "2024/25: profile £5,000.00  ·  ■ spent £3,000.00  ·  ▨ forecast £0.00  ·  left £2,000.00"
    )
    rows = {row[0].strip(): row[1:] for row in grid(page)}
    assert rows[""] == ("2024/25 Q2", "2024/25 Q3", "2024/25 Q4", "2024/25 total")
    assert rows["Spent"] == ("3,000.00", "0.00", "0.00", "3,000.00")
    assert rows["Left"] == ("", "", "", "2,000.00")
    assert "Awarded" not in rows


def test_a_grant_tells_paid_from_spent(window: MainWindow) -> None:
    grant = make_grant(window)
    page = opened(window, Grant, grant.id)
    assert [link.text() for link in page.head.crumbs.links] == ["SSF", "SSF5", "B-1", "SSF5-VAWG", "SSF5-VAWG-02"]  # fmt: skip
    assert [link.in_sight for link in page.head.crumbs.links] == [
        link.text() for link in page.head.crumbs.links
    ]
    assert page.head.state.text() == "Agreed  ·  to Stroud"
    assert (
        page.head.money.text()
        == "2024/25: awarded £1,000.00  ·  paid £600.00  ·  ■ spent £250.00  ·  ▨ unspent £350.00"
    )
    assert page.head.bar.sums == (100_000, 25_000, 35_000)
    assert grid(page) == [
        ("", "2024/25 Q2", "2024/25 Q3", "2024/25 total"),
        ("Awarded", "", "", "1,000.00"),
        ("Still to pay", "0.00", "400.00", "400.00"),
        ("Paid", "600.00", "0.00", "600.00"),
        ("Spent by the partner", "250.00", "0.00", "250.00"),
        ("Unspent", "", "", "350.00"),
    ]


def test_a_grant_shows_every_quarter_of_its_term(window: MainWindow) -> None:
    grant = make_grant(window)
    edit(window.workspace, grant, starts_on=date(2024, 4, 1), ends_on=date(2025, 3, 31))
    page = opened(window, Grant, grant.id)
    assert grid(page)[0] == ("", *(f"2024/25 Q{n}" for n in (1, 2, 3, 4)), "2024/25 total")


def test_an_award_shows_its_grants_and_enter_opens_one(window: MainWindow) -> None:
    grant = make_grant(window)
    page = opened(window, Award)
    assert grid(page, "Grants")[1:] == [
        ("GR-1", "Stroud", "1,000.00", "1,000.00", "600.00", "400.00", "250.00", "350.00", "Agreed")
    ]
    table = page.tab("Grants").made[0].table
    table.setFocus()
    table.selectRow(0)
    press(table, Qt.Key.Key_Return)
    assert window.spots[-1] == (Grant, grant.id)


def test_a_grant_of_two_interventions_stands_under_what_they_share(window: MainWindow) -> None:
    grant = make_grant(window)
    add(window.workspace, GrantSource, {"grant_id": grant.id, "intervention_id": 1, "year": YEAR, "amount": Money(1)})  # fmt: skip
    page = opened(window, Grant, grant.id)
    assert [link.text() for link in page.head.crumbs.links] == ["SSF", "SSF5", "B-1", "SSF5-VAWG"]


def test_outputs_stand_by_quarter(window: MainWindow) -> None:
    indicator = add(window.workspace, Indicator, {"intervention_id": 1, "reference": "I-1", "title": "Cameras put up", "measures": Measures.OUTPUT, "unit": "cameras", "target": Decimal(20)})  # fmt: skip
    add(
        window.workspace,
        Reading,
        {"indicator_id": indicator.id, "quarter": Quarter(YEAR, 2), "value": Decimal(5)},
    )
    page = opened(window, Award)
    assert grid(page, "Outputs") == [
        ("", "Unit", "Baseline", "Target", "To date", "Progress", "2024/25 Q2"),
        ("I-1 Cameras put up", "cameras", "0", "20", "5", "25.0%", "5"),
    ]


def test_the_history_of_a_record_tells_of_it_and_of_what_belonged_to_it(window: MainWindow) -> None:
    cost = window.workspace.find(Cost, "C-00602")
    assert cost is not None
    edit(window.workspace, window.workspace.get(Intervention, 1), title="Cameras in the town")
    page = opened(window, Intervention, 2)
    edit(window.workspace, cost, net=Money.pounds(3_500))
    remove(window.workspace, window.workspace.get(Cost, cost.id))
    history = cast("HistoryTab", page.tab("History"))
    wait_for_jobs()
    told = [row.cells[2].strip() for row in history.grid.rows]
    titles = [row.cells[2] for row in history.grid.rows if row.bold]
    assert titles[:2] == ["Delete C-00602", "Change net of C-00602"]
    assert "Cost C-00602: net from 3,000.00 to 3,500.00" in told
    assert "Cost C-00602: removed" in told
    assert not [line for line in told if "Cameras in the town" in line or "Supplier 1" in line]


def test_why_something_was_done_stands_below_its_title(window: MainWindow) -> None:
    """However long: the title can be read at a glance."""
    cost = window.workspace.find(Cost, "C-00602")
    assert cost is not None
    after = replace(cost, net=Money.pounds(3_500))
    window.workspace.do(
        "Correct C-00602", edited(cost, after), reason="The invoice says so.\nSeen by finance."
    )
    history = cast("HistoryTab", opened(window, Intervention, 2).tab("History"))
    wait_for_jobs()
    rows = [(row.cells[2].strip(), row.bold) for row in history.grid.rows]
    assert rows[:3] == [
        ("Correct C-00602", True),
        ("Reason: The invoice says so. Seen by finance.", False),
        ("Cost C-00602: net from 3,000.00 to 3,500.00", False),
    ]


def test_a_removed_record_says_so_and_comes_back(window: MainWindow) -> None:
    spare = add(window.workspace, Intervention, {"award_id": 1, "reference": "X-1", "title": "Spare", "theme": window.workspace.get(Bid, 1).theme})  # fmt: skip
    page = opened(window, Intervention, spare.id)
    remove(window.workspace, spare)
    assert page.head.state.text() == "This intervention was removed. Ctrl+Z brings it back."
    window.undo()
    wait_for_jobs()
    assert page.head.state.text() == "Not yet started  ·  VAWG  ·  whole county"


def test_a_change_of_what_stands_above_is_heard(window: MainWindow) -> None:
    page = opened(window, Intervention)
    edit(window.workspace, window.workspace.get(Fund, 1), code="SSX")
    wait_for_jobs()
    assert page.head.crumbs.links[0].text() == "SSX"


def test_a_kind_without_a_description_has_a_plain_page(window: MainWindow) -> None:
    page = opened(window, Fund)
    assert [page.tabs.tabText(n) for n in range(page.tabs.count())] == [
        "Details",
        "Funding rounds",
        "History",
    ]
    assert page.head.state.text() == "Received"
    rounds = cast("ListsTab", page.tab("Funding rounds")).lists()[0]
    wait_for_jobs()
    assert rounds.model.rowCount() == 1


def test_a_field_named_by_a_problem_is_gone_to(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(window, Intervention)
    page.go_to("district")
    wait_for_jobs()
    field = page.tab("Details").fields["district"]
    qtbot.waitUntil(field.widget.hasFocus)


def test_parts_are_made_when_they_are_first_looked_at(window: MainWindow) -> None:
    page = opened(window, Award)
    assert [page.tabs.tabText(place) for place in page.made] == ["Figures"]
    page.tab("Risks")
    assert [page.tabs.tabText(place) for place in page.made] == ["Figures", "Delivery"]


@pytest.mark.parametrize("kind", sorted(HAS_PAGE, key=str))
def test_every_kind_with_a_page_has_one(window: MainWindow, kind: type[Record]) -> None:
    page = make_record_page(kind, 1, window.workspace)
    assert page is not None
    page.deleteLater()
    wait_for_jobs()
    assert make_record_page(Cost, 1, window.workspace) is None


def parts_of(page: RecordPage) -> ListsTab:
    return cast("ListsTab", page.made[page.tabs.currentIndex()])


def test_every_tab_of_an_award_is_in_sight_on_the_smallest_screen(qtbot: QtBot, window: MainWindow) -> None:
    make_grant(window)
    for kind in (FundingRound, Bid, Award, Intervention, Grant):
        page = opened(window, kind)
        window.resize(1024, 768)
        bar = page.tabs.tabBar()
        qtbot.waitUntil(lambda bar=bar: bar.width() > 0)
        last = bar.tabRect(bar.count() - 1)
        assert page.rect().contains(bar.mapTo(page, last.bottomRight())), kind.__name__


def test_the_parts_of_a_tab_are_gone_to_by_keys_and_by_mouse(qtbot: QtBot, window: MainWindow) -> None:
    page = opened(window, Award)
    page.tab("Delivery")
    parts = parts_of(page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    press(window, Qt.Key.Key_W, ALT)  # "Show"
    assert parts.choice.hasFocus()
    press(parts.choice, Qt.Key.Key_Right)
    assert parts.shown_part == "Progress reports"
    assert parts.lists()[-1].kind is Progress
    titles = [parts.choice.tabText(place) for place in range(parts.choice.count())]
    click(parts.choice, parts.choice.tabRect(titles.index("Risks")).center())
    assert (parts.shown_part, parts.lists()[-1].kind) == ("Risks", Risk)
    assert titles == ["Milestones", "Progress reports", "Outputs", "Outcomes", "Indicators", "Readings", "Risks", "Assets"]  # fmt: skip


def test_a_neighbour_opens_at_the_same_part(window: MainWindow) -> None:
    page = opened(window, Intervention)
    page.tab("Forecast")
    press(window, Qt.Key.Key_PageDown, ALT)
    wait_for_jobs()
    there = cast("RecordPage", window.page)
    assert window.spots[-1] == (Intervention, 2)
    assert (there.tabs.tabText(there.tabs.currentIndex()), parts_of(there).shown_part) == ("Plan", "Forecast")


def test_an_only_child_has_the_neighbours_of_its_parents_kind(window: MainWindow) -> None:
    held = window.workspace.get(Bid, 1)
    other = add(
        window.workspace, Bid, {"round_id": 1, "reference": "B-2", "title": "Other", "theme": held.theme}
    )
    add(window.workspace, Award, {"bid_id": other.id, "reference": "ZZ", "starts_on": date(2024, 7, 1), "ends_on": date(2025, 3, 31)})  # fmt: skip
    page = opened(window, Award)
    assert (page.head.before_button.isEnabled(), page.head.after_button.toolTip()) == (
        False,
        "Next: ZZ (Alt+PgDn)",
    )


def test_no_arrow_leads_nowhere(window: MainWindow) -> None:
    page = opened(window, Award)
    shown = [each.text() for each in page.head.crumbs.findChildren(QLabel) if each.isVisible()]
    assert (len(page.head.crumbs.links), shown) == (3, ["›", "›"])


def test_figures_say_their_day_and_a_sum_below_nought_has_its_minus_first(window: MainWindow) -> None:
    add(window.workspace, Cost, {"intervention_id": 2, "supplier": "Hall", "received_on": date(2024, 9, 2), "invoiced_on": date(2024, 9, 2), "expense": Expense.RESOURCE, "category_id": 1, "net": Money.pounds("1234567.89")})  # fmt: skip
    page = opened(window, Award)
    tab = cast("FiguresTab", page.tab("Figures"))
    assert tab.note.text() == "As at 21 October 2024, in pounds. No column adds one year to another."
    assert page.head.money.text().endswith("left -£1,197,567.89")
    metrics = tab.table.fontMetrics()
    for column in range(tab.grid.columnCount()):
        wide = max(metrics.horizontalAdvance(row.cells[column]) for row in tab.grid.rows)
        assert tab.table.columnWidth(column) > wide + 2 * MARGIN, tab.grid.headings[column].words
    assert [row.name for row in tab.grid.rows if row.rule] == ["Left"]
    assert [each.words for each in tab.grid.headings if each.bold] == ["2024/25 total"]


def test_a_round_without_awards_says_so_in_place_of_an_empty_grid(window: MainWindow) -> None:
    fresh = add(window.workspace, FundingRound, {"fund_id": 1, "code": "SSF6", "name": "Round 6", "delivery_from": date(2025, 4, 1), "delivery_to": date(2026, 3, 31)})  # fmt: skip
    page = opened(window, FundingRound, fresh.id)
    tab = cast("FiguresTab", page.tab("Figures"))
    assert (tab.table.isVisible(), tab.empty.isVisible(), tab.empty.text()) == (
        False,
        True,
        "No award has been made in this round yet: receive a bid, and make the award on its page.",
    )


def test_an_intervention_shows_the_variation_changes_that_name_it(window: MainWindow) -> None:
    make = Maker(window.workspace)
    (made,) = make.add(
        Variation, {"reference": "V-1", "award_id": 1, "number": 1, "reason": "Begun late", "approved_by": "Grants manager"}
    )  # fmt: skip
    moved = {
        "variation_id": made.id,
        "kind": ChangeKind.RE_PROFILE,
        "quarter": Q2,
        "expense": Expense.RESOURCE,
        "category_id": 1,
    }
    make.add(
        VariationChange,
        *(
            {**moved, "intervention_id": each, "old_amount": Money.pounds(10), "new_amount": Money.pounds(5)}
            for each in (1, 2)
        ),
    )
    window.open_part(Intervention, 2, "Variation changes")
    wait_for_jobs()
    page = window.page
    assert isinstance(page, RecordPage)
    assert page.tabs.tabText(page.tabs.currentIndex()).replace("&", "") == "Variation changes"
    shown = next(each for each in page.findChildren(ListPage) if each.isVisible())
    assert [each.id for each in window.workspace.select(VariationChange, intervention_id=2)] == [2]
    assert [shown.model.id_at(row) for row in range(shown.model.rowCount())] == [2]
