"""Only what is in sight costs time: pages out of sight are not laid out again, and tabs nobody looked at are not made."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.page_stack import PageStack
from fundtracker.ui.views.later_tabs import LaterTabs
from fundtracker.ui.views.return_page import ReturnPage


class Asked(QWidget):
    """A page of text that wraps, which counts how often it is asked for its height."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0
        text = QLabel("A long text that wraps over lines. " * 20)
        text.setWordWrap(True)
        QVBoxLayout(self).addWidget(text)

    def heightForWidth(self, width: int) -> int:
        self.times += 1
        return super().heightForWidth(width)


def asked_of_others(qtbot: QtBot, stack: QStackedWidget) -> int:
    """How often pages that stay out of sight are asked while another one is gone to."""
    parent = QWidget()
    qtbot.addWidget(parent)
    QVBoxLayout(parent).addWidget(stack)
    first, second, *others = (Asked() for _ in range(4))
    for page in (first, second, *others):
        stack.addWidget(page)
    with qtbot.waitExposed(parent):
        parent.show()
    QApplication.processEvents()
    for page in others:
        page.times = 0
    stack.setCurrentWidget(second)
    QApplication.processEvents()
    return sum(page.times for page in others)


def test_pages_out_of_sight_are_not_laid_out_again(qtbot: QtBot) -> None:
    assert asked_of_others(qtbot, PageStack()) == 0


def test_qts_own_stack_asks_every_page(qtbot: QtBot) -> None:
    """Why PageStack is there: once this fails, Qt does as well, and it can go."""
    assert asked_of_others(qtbot, QStackedWidget()) > 0


def test_a_stack_is_as_large_as_the_page_in_sight_wants(qtbot: QtBot) -> None:
    stack = PageStack()
    qtbot.addWidget(stack)
    assert (stack.sizeHint(), stack.minimumSizeHint()) == (QSize(), QSize())
    for number in range(3):
        page = QWidget()
        page.setMinimumSize(100 + number, 50 + number)
        stack.addWidget(page)
    for place in (0, 2, 1):
        stack.setCurrentIndex(place)
        page = stack.widget(place)
        assert page is not None
        assert stack.minimumSizeHint() == page.minimumSizeHint()
        assert stack.sizeHint() == page.sizeHint()


def test_a_tab_is_made_when_it_is_looked_at_and_drawn_when_it_is_old(qtbot: QtBot) -> None:
    done: list[str] = []

    def maker(title: str) -> QLabel:
        done.append(f"make {title}")
        return QLabel(title)

    tabs = LaterTabs("Parts", "Parts", lambda place: done.append(f"draw {place}"))
    qtbot.addWidget(tabs)
    for title in ("One", "Two", "Three"):
        tabs.add_later(title, lambda title=title: maker(title))
    tabs.currentChanged.connect(tabs.part)
    assert (done, tabs.shown) == ([], None)
    tabs.part(0)
    assert done == ["make One"], "there is nothing to draw yet"
    tabs.outdate()
    assert tabs.part(0) is tabs.shown
    assert done == ["make One", "draw 0"]
    tabs.setCurrentIndex(2)
    assert done == ["make One", "draw 0", "make Three", "draw 2"]
    tabs.setCurrentIndex(0)
    tabs.setCurrentIndex(2)
    assert done == ["make One", "draw 0", "make Three", "draw 2"], "nothing is old"
    assert (tabs.place_of("Two"), tabs.place_of("Four")) == (1, None)
    assert list(tabs.made) == [0, 2]


def test_a_return_is_drawn_where_it_is_looked_at(window: MainWindow) -> None:
    window.open_record(FunderReturn, 1)
    wait_for_jobs()
    page = window.page
    assert isinstance(page, ReturnPage)
    assert [page.tabs.tabText(place) for place in page.tabs.made] == ["Readiness"]
    page.tab("Bridge")
    assert page.bridge.model.rows[-1].name == "2024/25 total"
    assert [page.tabs.tabText(place) for place in page.tabs.made] == ["Readiness", "Bridge"]
