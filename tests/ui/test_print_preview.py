"""A list as it will be printed: shown as its real PDF, saved byte for byte, printed page by page."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.domain.problems import StorageTrouble
from fundtracker.ui.bridge import Cancelled, Progress, wait_for_jobs
from fundtracker.ui.dialogs import print_preview
from fundtracker.ui.dialogs.print_preview import NO_PRINTER, PrintPreview, print_list, print_pages
from fundtracker.ui.pdf_file import draw_page
from fundtracker.ui.settings import default_folder
from ui.conftest import Said
from ui.driving import click, press
from ui.test_pdf_view import make_pdf


def quiet(_what: str, _done: int, _of: int) -> None:
    """Nobody watches."""


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def printer(qapp: QApplication, tmp_path: Path) -> QPrinter:
    """Prints into a file, as a PDF printer does."""
    assert qapp is not None
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "printed.pdf"))
    made.setResolution(150)
    return made


def printed(printer: QPrinter) -> bytes:
    return Path(printer.outputFileName()).read_bytes()


def test_every_page_is_printed_the_way_it_lies(printer: QPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(print_preview, "BAND", 150_000)  # a dozen bands to the page
    told: list[tuple[str, int, int]] = []
    source = make_pdf(4, lying=frozenset({2, 3}))
    assert print_pages(source, printer, lambda what, done, of: told.append((what, done, of))) == 4
    pages = PdfReader(BytesIO(printed(printer))).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True, True, False]
    assert told == [("Printing page", n, 4) for n in range(5)]
    for number in range(4):
        wanted, found = (dark_part(draw_page(data, number, 200).image) for data in (source, printed(printer)))
        assert all(abs(here - there) <= 10 for here, there in zip(wanted, found, strict=True)), number
        assert found[4] > 0.97, "no line is left between two bands"


def dark_part(image: QImage) -> tuple[float, ...]:
    """Left, top, right and bottom of what is black, in 200ths of the width, and how much of that box is."""
    dark = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).lightness() < 60
    ]
    across, down = [x for x, _ in dark], [y for _, y in dark]
    box = (min(across), min(down), max(across), max(down))
    return (*box, len(dark) / ((box[2] - box[0] + 1) * (box[3] - box[1] + 1)))


def test_a_range_of_pages_is_printed_alone(printer: QPrinter) -> None:
    printer.setFromTo(2, 3)
    assert print_pages(make_pdf(9), printer, quiet) == 2
    assert len(PdfReader(BytesIO(printed(printer))).pages) == 2


def test_stopping_a_print_ends_it(printer: QPrinter) -> None:
    def stop(_what: str, done: int, _of: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_pages(make_pdf(5), printer, stop)
    assert not Path(printer.outputFileName()).exists(), "no half a document"


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_cannot_be_begun_is_said(printer: QPrinter, tmp_path: Path) -> None:
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    with pytest.raises(StorageTrouble, match="can't be reached"):
        print_pages(make_pdf(1), printer, quiet)


def open_preview(qtbot: QtBot, parent: QWidget, data: bytes) -> PrintPreview:
    def write(path: Path, progress: Progress) -> None:
        progress("Drawing the list", 1, 1)
        path.write_bytes(data)

    print_list(parent, "Costs of SSF5/VAWG", write)
    qtbot.waitUntil(lambda: bool(parent.findChildren(PrintPreview)))
    wait_for_jobs()
    (found,) = parent.findChildren(PrintPreview)
    return found


def test_a_list_is_shown_saved_and_closed_by_keys(
    qtbot: QtBot, parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = make_pdf(3)
    preview = open_preview(qtbot, parent, data)
    assert preview.windowTitle() == "Costs of SSF5/VAWG - print preview"
    assert preview.view.place.text().startswith("Page 1 of 3")
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "kept"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    qtbot.waitUntil(preview.isActiveWindow)
    press(preview, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: offered == [str(default_folder() / "Costs of SSF5-VAWG.pdf")])
    assert (tmp_path / "kept.pdf").read_bytes() == data
    press(preview, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not parent.findChildren(PrintPreview))


def test_a_computer_without_a_printer_says_what_to_do(
    qtbot: QtBot, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, nobody = Said(), cast("Callable[[], list[str]]", list)
    monkeypatch.setattr(print_preview, "say", said)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", nobody)
    preview = open_preview(qtbot, parent, make_pdf(1))
    click(preview.print_button)
    assert said.texts == [NO_PRINTER]
    preview.close()


def test_a_list_that_cannot_be_drawn_opens_nothing(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    from fundtracker.ui.dialogs import working

    said = Said()
    monkeypatch.setattr(working, "say_trouble", said)

    def write(_path: Path, _progress: Progress) -> None:
        raise OSError(28, "No space left on device")

    print_list(parent, "Costs", write)
    wait_for_jobs()
    assert said.texts == ["The PDF could not be drawn. [Errno 28] No space left on device"]
    assert not parent.findChildren(PrintPreview)
