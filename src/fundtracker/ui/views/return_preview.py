"""The return's own PDF, live: a draft is drawn anew when something it shows has changed, a submitted one is shown as kept."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.domain.snapshot import Snapshot
from fundtracker.ui.bridge import Cancelled, Progress, Question
from fundtracker.ui.pdf_view import PdfView
from fundtracker.ui.views.return_parts import Tab
from fundtracker.ui.words import push_button


class PreviewTab(Tab):
    """Draws only while it is looked at; what was drawn last stays in sight until the new pages are there."""

    refreshed = Signal()  # what stands here is of the snapshot last shown

    def __init__(self, workspace: Workspace, return_id: int) -> None:
        super().__init__()
        self.workspace, self.return_id = workspace, return_id
        self.view = PdfView()
        self.view.opened.connect(self._opened)
        self._snapshot: Snapshot | None = None
        self._drawn: Snapshot | None = None
        self._as_of = ""
        self._job: Question | None = None
        self._to_print = False
        """It is printed as soon as it is drawn."""
        self.print_button = push_button(
            "P&rint...", "Print this PDF, page by page as it stands here", self.print_it
        )
        self.save_button = push_button("Sa&ve as...", "Keep this PDF as a file", self.save)
        for button in (self.print_button, self.save_button):
            button.setEnabled(False)
            self.view.add_button(button)
        self.note.setAccessibleName("When it was drawn")
        self.column.addWidget(self.view, 1)
        self._say("Not drawn yet.")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The return as it now stands: drawn now if this tab is in sight, else when it is."""
        self._snapshot = snapshot
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever went on meanwhile is not asked for a printer."""
        super().hideEvent(event)
        self._to_print = False

    def _say(self, text: str) -> None:
        self.note.setText(text)

    def _draw(self) -> None:
        """Begin to draw what isn't drawn; an older drawing under way is given up."""
        snapshot = self._snapshot
        if snapshot is None or snapshot == self._drawn:
            return
        if self._job is not None:
            self._job.cancel()
        self._say(f"Drawn at {self._as_of}; drawing again..." if self._as_of else "Drawing...")
        workspace, return_id = self.workspace, self.return_id
        self._drawn = snapshot

        def work(progress: Progress) -> bytes:
            from fundtracker.ui.models.return_export import draw_pdf

            return draw_pdf(workspace, return_id, snapshot, progress)

        def done(data: bytes) -> None:
            if snapshot is self._drawn:
                self._job = None
                self._as_of = f"{datetime.now().astimezone():%H:%M}"
                self.view.show_pdf(data)

        def failed(trouble: BaseException) -> None:
            if isinstance(trouble, Cancelled) or snapshot is not self._drawn:
                return
            self._job, self._drawn, self._to_print = None, None, False
            if not isinstance(trouble, (Refused, StorageTrouble)):
                raise trouble
            self._say(f"⚠ The PDF could not be drawn. {trouble}")

        self._job = Question(self, work, done, failed)
        self._job.start()

    def _opened(self) -> None:
        held = self._drawn
        frozen = held is not None and not held.header.draft
        self._say(
            "The PDF exactly as it was submitted."
            if frozen
            else f"Drawn at {self._as_of} from the figures as they now stand."
        )
        for button in (self.print_button, self.save_button):
            button.setEnabled(True)
        self.refreshed.emit()
        if self._to_print and self._job is None:
            self._to_print = False
            self.print_it()

    @property
    def _name(self) -> str:
        from fundtracker.application.actions.returns import file_names

        return file_names(self._drawn)[1] if self._drawn is not None else "return.pdf"

    def print_when_drawn(self) -> None:
        """Print it now, or once the pages are there that are being drawn."""
        drawn = self._job is None and self._drawn is not None and self._drawn == self._snapshot
        if drawn and self.print_button.isEnabled():
            self.print_it()
        else:
            self._to_print = True
            self._draw()  # once more, where it could not be drawn before

    def print_it(self) -> None:
        from fundtracker.ui.dialogs.print_preview import ask_to_print

        ask_to_print(self, self._name.removesuffix(".pdf"), self.view.data)

    def save(self) -> None:
        from fundtracker.ui.dialogs.print_preview import save_pdf

        save_pdf(self, self._name, self.view.data)
