"""PdfView: a real PDF with its page number, zoom and what its place adds, such as Print."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fundtracker.domain.problems import Unreadable
from fundtracker.ui.bridge import Job, Progress
from fundtracker.ui.pdf_file import page_sizes
from fundtracker.ui.pdf_pages import PdfPages
from fundtracker.ui.words import SPACE, plain_label, push_button
from fundtracker.ui.wrapping import WrappingRow


class PdfView(QWidget):
    """Shows what it is given; given a newer one, it stays at its place and changes pages as they are drawn."""

    opened = Signal()  # the document's pages are known
    drawn = Signal()  # everything in sight is drawn

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = PdfPages()
        self.pages.moved.connect(self._show_place)
        self.pages.drawn.connect(self.drawn)
        self.data = b""
        self._asked = 0
        self.place = plain_label()
        self.place.setAccessibleName("Page")
        self.message = plain_label(wrapped=True)
        self.message.setAccessibleName("Message")
        self.message.setVisible(False)
        self.bar = WrappingRow()
        for text, tip, act in (
            ("Zoom o&ut", "Smaller (Ctrl+minus, or Ctrl and the wheel)", self.pages.zoom_out),
            ("Zoom &in", "Larger (Ctrl+plus, or Ctrl and the wheel)", self.pages.zoom_in),
            (
                "Fit wi&dth",
                "As wide as the window; an upright page among wide ones no larger than life (Ctrl+0)",
                lambda: self.pages.set_zoom(None),
            ),
        ):
            self.bar.addWidget(push_button(text, tip, act))
        self.bar.addWidget(self.place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(self.bar)
        layout.addWidget(self.message)
        layout.addWidget(self.pages, 1)
        self._show_place()

    def add_button(self, button: QPushButton) -> None:
        """After the others in the bar above the pages."""
        self.bar.addWidget(button)

    def show_pdf(self, data: bytes) -> None:
        """Show a PDF, at the place where the last one stood."""
        self._asked += 1
        asked = self._asked

        def work(_progress: Progress) -> tuple[tuple[float, float], ...]:
            return page_sizes(data)

        def done(sizes: tuple[tuple[float, float], ...]) -> None:
            if asked != self._asked:
                return
            self.say("")
            self.data = data
            self.pages.show_document(data, sizes)
            self.opened.emit()

        def failed(trouble: BaseException) -> None:
            if not isinstance(trouble, Unreadable):
                raise trouble
            self.say(str(trouble))

        Job(self, work, done, failed).start()

    def say(self, text: str) -> None:
        """A line above the pages; nothing takes it away."""
        self.message.setText(f"⚠ {text}" if text else "")
        self.message.setVisible(bool(text))

    def _show_place(self) -> None:
        pages = self.pages
        fitted = ", fits the window" if pages.zoom is None else ""
        self.place.setText(
            f"Page {pages.current + 1} of {pages.many}  ·  {pages.per_cent}%{fitted}" if pages.many else ""
        )
        self.place.setAlignment(Qt.AlignmentFlag.AlignVCenter)
