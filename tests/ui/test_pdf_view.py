"""A PDF of any length in the window: moved through and zoomed by keys and wheel, read aloud, held within bounds."""

from io import BytesIO

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.pdf_file import DAMAGED, draw_bands, draw_page, page_sizes
from fundtracker.ui.pdf_pages import GAP, HELD, HELD_PIXELS
from fundtracker.ui.pdf_view import PdfView
from ui.driving import click, press

MANY = 500
CTRL = Qt.KeyboardModifier.ControlModifier
A4 = (595.0, 842.0)


def make_pdf(pages: int, word: str = "Page", *, lying: frozenset[int] = frozenset()) -> bytes:
    """So many pages, each with its number and a black square 100 points wide at its upper left."""
    held = BytesIO()
    canvas = Canvas(held, invariant=1)
    for number in range(1, pages + 1):
        wide, high = A4[::-1] if number in lying else A4
        canvas.setPageSize((wide, high))
        canvas.drawString(200, high - 50, f"{word} number {number}")
        canvas.rect(50, high - 150, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


@pytest.fixture(scope="module")
def long_pdf() -> bytes:
    return make_pdf(MANY)


@pytest.fixture
def view(qtbot: QtBot) -> PdfView:
    shown = PdfView()
    qtbot.addWidget(shown)
    shown.resize(800, 700)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    return shown


def show(view: PdfView, data: bytes) -> None:
    view.show_pdf(data)
    wait_for_jobs()
    view.pages.setFocus()


def settled(view: PdfView) -> None:
    """Everything in sight is drawn, of the newest document and as wide as it stands there; no more is held than may be."""
    wait_for_jobs()
    pages = view.pages
    for number in pages.in_sight():
        assert number in pages.held
    assert len(pages.held) <= HELD
    assert sum(each.pixels for each in pages.held.values()) <= HELD_PIXELS + 3 * 8_000_000


def test_a_long_pdf_is_moved_through_by_keys_and_held_within_bounds(view: PdfView, long_pdf: bytes) -> None:
    show(view, long_pdf)
    pages = view.pages
    assert view.place.text().startswith(f"Page 1 of {MANY}  ·  ")
    assert pages.accessibleDescription() == f"Page 1 of {MANY}. Page number 1"
    press(pages, Qt.Key.Key_End)
    settled(view)
    assert view.place.text().startswith(f"Page {MANY} of {MANY}")
    assert pages.accessibleDescription() == f"Page {MANY} of {MANY}. Page number {MANY}"
    press(pages, Qt.Key.Key_Home)
    seen = set[int]()
    for _ in range(60):
        press(pages, Qt.Key.Key_PageDown)
        settled(view)
        seen.add(pages.current)
    assert seen == set(range(max(seen) + 1)) - ({0} - seen), "no page is skipped"
    assert max(seen) > 2 * HELD
    before = pages.current
    press(pages, Qt.Key.Key_PageUp)
    press(pages, Qt.Key.Key_PageUp)
    assert pages.current < before


def test_zooming_keeps_the_place_and_says_how_large_it_is(view: PdfView, long_pdf: bytes) -> None:
    show(view, long_pdf)
    pages = view.pages
    pages.go_to_page(40)
    fitted = pages.per_cent
    press(pages, Qt.Key.Key_Plus, CTRL)
    assert pages.per_cent > fitted
    assert pages.zoom is not None
    assert view.place.text() == f"Page 41 of {MANY}  ·  {pages.per_cent}%"
    settled(view)
    for _ in range(12):
        press(pages, Qt.Key.Key_Minus, CTRL)
    assert pages.per_cent == 25
    settled(view)
    for _ in range(20):
        press(pages, Qt.Key.Key_Plus, CTRL)
    assert pages.per_cent == 400
    assert pages.in_sight().start in {39, 40}
    settled(view)
    press(pages, Qt.Key.Key_0, CTRL)
    assert view.place.text() == f"Page 41 of {MANY}  ·  {fitted}%, fits the window"


def test_the_wheel_with_ctrl_zooms_and_without_it_scrolls(view: PdfView, long_pdf: bytes) -> None:
    show(view, long_pdf)
    pages, port = view.pages, view.pages.viewport()

    def turn(delta: int, modifier: Qt.KeyboardModifier) -> None:
        middle = QPointF(port.rect().center())
        QApplication.sendEvent(
            port,
            QWheelEvent(
                middle, QPointF(port.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, delta),
                Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    fitted = pages.per_cent
    turn(120, CTRL)
    assert pages.per_cent > fitted
    turn(-120, CTRL)
    turn(-120, CTRL)
    assert pages.per_cent < fitted
    top = pages.verticalScrollBar().value()
    turn(-120, Qt.KeyboardModifier.NoModifier)
    assert pages.verticalScrollBar().value() > top


def test_the_buttons_zoom_too(view: PdfView, long_pdf: bytes) -> None:
    from PySide6.QtWidgets import QPushButton

    show(view, long_pdf)
    out, larger, fit = view.findChildren(QPushButton)
    fitted = view.pages.per_cent
    click(larger)
    click(larger)
    assert view.pages.per_cent > fitted
    click(out)
    click(fit)
    assert view.pages.per_cent == fitted


def test_a_newer_document_takes_its_place_without_a_blank_between(view: PdfView) -> None:
    show(view, make_pdf(9, "Old"))
    pages = view.pages
    pages.go_to_page(4)
    settled(view)
    place, old = pages.verticalScrollBar().value(), pages.held[4].drawn.image
    view.show_pdf(make_pdf(12, "New"))
    assert pages.held[4].drawn.image.cacheKey() == old.cacheKey(), (
        "the old page stays until the new one is drawn"
    )
    settled(view)
    assert pages.verticalScrollBar().value() == place
    assert pages.accessibleDescription() == "Page 5 of 12. New number 5"
    assert pages.held[4].drawn.image != old


def test_pages_are_drawn_as_fine_as_the_screen_and_where_they_belong(view: PdfView) -> None:
    show(view, make_pdf(3, lying=frozenset({2})))
    settled(view)
    port, held = view.pages.viewport(), view.pages.held[0].drawn.image
    picture = port.grab().toImage()
    ratio = view.devicePixelRatioF()
    assert held.width() == round(A4[0] * view.pages.scale * ratio)
    left = (port.width() - round(A4[0] * view.pages.scale)) // 2
    assert picture.pixelColor(*(round(n * ratio) for n in (left + 80 * view.pages.scale, 8 + 80 * view.pages.scale))) == QColor("black")  # fmt: skip
    assert picture.pixelColor(*(round(n * ratio) for n in (left + 20 * view.pages.scale, 8 + 80 * view.pages.scale))) == QColor("white")  # fmt: skip
    outside = picture.pixelColor(2, picture.height() // 2)
    assert outside.rgb() == view.palette().color(QPalette.ColorRole.Mid).rgb()


def test_a_page_in_bands_is_the_page_as_a_whole() -> None:
    data = make_pdf(2)
    whole = draw_page(data, 1, 400).image
    tops: list[int] = []
    for top, band in draw_bands(data, 1, 400, 400 * 90):
        assert band == whole.copy(0, top, 400, band.height())
        tops.append(top)
    assert tops == list(range(0, whole.height(), 90))
    assert page_sizes(data) == (A4, A4)


def test_what_is_no_pdf_is_said_in_words(view: PdfView) -> None:
    show(view, make_pdf(2))
    view.show_pdf(b"no PDF at all")
    wait_for_jobs()
    assert view.message.text() == f"⚠ {DAMAGED}"
    assert view.place.text().startswith("Page 1 of 2"), "what was there stays"
    show(view, make_pdf(3))
    assert not view.message.isVisible()
    assert view.place.text().startswith("Page 1 of 3")


def test_pages_on_their_side_make_no_upright_page_small(view: PdfView) -> None:
    show(view, make_pdf(6, lying=frozenset({3, 4})))
    pages = view.pages
    room = pages.viewport().width() - 2 * GAP
    assert room < A4[0] * 96 / 72 < A4[1] * 96 / 72, "the window is narrower than both at their true size"
    widths = set[int]()
    for number in range(6):
        pages.go_to_page(number)
        settled(view)
        widths.add(pages.held[number].drawn.image.width())
        share = round(100 * room * 72 / 96 / (A4[1] if number in {2, 3} else A4[0]))
        assert view.place.text() == f"Page {number + 1} of 6  ·  {share}%, fits the window"
    assert widths == {round(room * view.devicePixelRatioF())}, "each page fills the width"


def test_an_upright_page_among_wide_ones_is_no_larger_than_life(view: PdfView) -> None:
    view.resize(1000, 700)
    show(view, make_pdf(3, lying=frozenset({2})))
    assert view.place.text() == "Page 1 of 3  ·  100%, fits the window"
    show(view, make_pdf(3))
    assert view.pages.per_cent > 100, "among its like it fills the width"


def test_the_place_is_kept_among_pages_of_two_sizes_and_none_is_drawn_twice(view: PdfView) -> None:
    show(view, make_pdf(6, lying=frozenset({3, 4})))
    pages = view.pages
    settled(view)
    drawn = {number: held.drawn.image.cacheKey() for number, held in pages.held.items()}
    high = pages.verticalScrollBar().maximum()
    for down in range(0, high, 150):
        pages.verticalScrollBar().setValue(down)
        assert (pages.verticalScrollBar().value(), pages.verticalScrollBar().maximum()) == (down, high)
        settled(view)
        now = {number: held.drawn.image.cacheKey() for number, held in pages.held.items()}
        assert {number: now[number] for number in drawn} == drawn, "what was drawn stays as it was"
        drawn = now
    pages.go_to_page(3)
    view.show_pdf(make_pdf(6, "New", lying=frozenset({3, 4})))
    settled(view)
    assert view.place.text().startswith("Page 4 of 6")
    view.resize(600, 700)
    settled(view)
    assert pages.in_sight().start in {2, 3}
