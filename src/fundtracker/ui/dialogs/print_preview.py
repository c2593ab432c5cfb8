"""A list or a return as it will be printed: the real PDF in a window, with Print and Save as."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fundtracker.atomic import CannotWrite, write_atomically
from fundtracker.domain.problems import StorageTrouble
from fundtracker.ui.bridge import Progress
from fundtracker.ui.dialogs.saying import say, say_trouble
from fundtracker.ui.dialogs.where import ask_where, export_folder
from fundtracker.ui.dialogs.working import run_with_progress
from fundtracker.ui.pdf_file import draw_bands, page_sizes
from fundtracker.ui.pdf_view import PdfView
from fundtracker.ui.words import SPACE, nearly_as_large, push_button

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtPrintSupport import QPrinter

FINEST = 600
"""Dots to the inch a page is drawn in at most: what is finer takes memory and time, and can't be told apart on paper."""
BAND = 8_000_000
"""Pixels drawn at a time, 4 bytes each."""
NO_PRINTER = (
    "No printer is installed on this computer, or none can be reached. Choose Save as... to keep the PDF,"
    " and print it from a computer that has a printer; or ask your IT team to add one."
)


def print_list(parent: QWidget, title: str, write_pdf: Callable[[Path, Progress], None]) -> None:
    """Write a PDF out of sight, with progress, and show it in a window that prints and saves it.

    `write_pdf(path, progress)` runs off the window's thread; `progress` raises once the user has stopped it.
    """

    def work(progress: Progress) -> bytes:
        with TemporaryDirectory(prefix="fundtracker-") as hidden:
            path = Path(hidden) / "list.pdf"
            try:
                write_pdf(path, progress)
                return path.read_bytes()
            except (CannotWrite, OSError) as trouble:
                raise StorageTrouble(f"The PDF could not be drawn. {trouble}") from trouble

    def done(data: bytes) -> None:
        preview = PrintPreview(parent, title, data)
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.open()

    run_with_progress(parent, f"Drawing {title[:1].lower()}{title[1:]}", work, done)


class PrintPreview(QDialog):
    """The PDF, and what can be done with it."""

    help_page = "preview"

    def __init__(self, parent: QWidget, title: str, data: bytes) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{title} - print preview")
        self.setAccessibleName(f"{title} - print preview")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.view = PdfView()
        self.print_button = push_button(
            "&Print...",
            "Choose a printer and print (Ctrl+P)",
            lambda: ask_to_print(self, title, data),
        )
        self.print_button.setShortcut("Ctrl+P")
        self.save_button = push_button(
            "&Save as...", "Keep the PDF as a file", lambda: save_pdf(self, f"{title}.pdf", data)
        )
        self.close_button = push_button("&Close", "Close the preview (Esc)", self.reject)
        for button in (self.print_button, self.save_button, self.close_button):
            self.view.add_button(button)
        self.print_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.addWidget(self.view)
        self.view.show_pdf(data)
        self.view.pages.setFocus()
        nearly_as_large(self, parent)


def save_pdf(parent: QWidget, name: str, data: bytes) -> Path | None:
    """Ask where, and keep the PDF there; None where it was not kept."""
    safe = "".join("-" if letter in '\\/:*?"<>|' else letter for letter in name)
    target = ask_where(parent, "Save as", export_folder(parent) / safe, "PDF (*.pdf)")
    if target is None:
        return None

    def write(path: Path) -> None:
        path.write_bytes(data)

    try:
        write_atomically(target, write)
    except CannotWrite as trouble:
        say_trouble(parent, "The PDF was not saved", str(trouble))
        return None
    return target


def ask_to_print(parent: QWidget, title: str, data: bytes) -> None:
    """The printer's own dialog, then the pages, with progress; or, in words, that there is no printer."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        say(parent, "No printer", NO_PRINTER)
        return
    many = len(page_sizes(data))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print {title}")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, many)
    dialog.setFromTo(1, many)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return
    run_with_progress(
        parent,
        "Printing",
        lambda progress: print_pages(data, printer, progress),
        lambda pages: say(parent, "Printed", f"{pages} of {many} pages were sent to {printer.printerName() or 'the file'}."),
        stopped=lambda: say(parent, "Stopped", "Printing was stopped. Pages already sent may still come out."),
    )  # fmt: skip


def print_pages(data: bytes, printer: "QPrinter", progress: Progress) -> int:
    """Paint the chosen pages on a printer, each as large as its paper allows; how many were printed.

    For a job: `progress` raises once the user has stopped it, and the printer is told so. Pages are drawn at the printer's
    resolution, FINEST at most, in bands.
    """
    from PySide6.QtGui import QPageLayout, QPainter

    sizes = page_sizes(data)
    first, last = printer.fromPage() or 1, printer.toPage() or len(sizes)
    numbers = range(max(1, first) - 1, min(last, len(sizes)))
    if not numbers:
        return 0

    def turn(number: int) -> None:
        wide, high = sizes[number]
        lying = wide > high
        printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        )

    def next_page(number: int) -> None:
        turn(number)
        if not printer.newPage():
            raise StorageTrouble(f"The printer stopped at page {number + 1}. Check it, then print the rest.")

    turn(numbers[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise StorageTrouble(
            "The printer can't be reached, or the file it prints to can't be written. Check it, then print again."
        )
    try:
        for done, number in enumerate(numbers):
            progress("Printing page", done, len(numbers))
            if done:
                next_page(number)
            _paint(painter, printer, data, number, sizes[number])
        progress("Printing page", len(numbers), len(numbers))
    except BaseException:
        printer.abort()
        painter.end()
        if printer.outputFileName():  # what was printed into a file so far is no document
            Path(printer.outputFileName()).unlink(missing_ok=True)
        raise
    painter.end()
    return len(numbers)


def _paint(
    painter: "QPainter", printer: "QPrinter", data: bytes, number: int, size: tuple[float, float]
) -> None:
    """One page, in the middle of what the printer can print on; the painter itself knows only how the first page lay."""
    resolution = printer.resolution()
    room = printer.pageLayout().paintRectPixels(resolution)
    fitted = min(room.width() / size[0], room.height() / size[1])
    wide, high = round(size[0] * fitted), round(size[1] * fitted)
    left, top = (room.width() - wide) // 2, (room.height() - high) // 2
    across = max(1, round(wide * min(1.0, FINEST / resolution)))
    ratio = wide / across
    for down, band in draw_bands(data, number, across, BAND):
        begins = round(down * ratio)
        ends = round((down + band.height()) * ratio)
        painter.drawImage(QRect(left, top + begins, wide, ends - begins), band)
