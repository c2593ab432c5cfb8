"""Long work: off the window's thread, with a dialog after a second that counts and can stop it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QPushButton, QWidget

from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable
from fundtracker.ui.bridge import Cancelled, Job, Progress
from fundtracker.ui.dialogs.saying import say_trouble
from fundtracker.ui.words import plain_label

SHOWN_AFTER = 1000  # milliseconds
AT_ONCE = 50
"""Records that may change in the window's own thread, some 30 milliseconds' work."""


class WorkingDialog(QProgressDialog):
    """Stays until the work has ended: whoever stops it waits meanwhile, so that nothing is typed between what is being taken back."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__("", "", 0, 0, parent)
        self.stop = QPushButton("Cancel")
        self.setCancelButton(self.stop)
        self.canceled.disconnect()  # Qt would hide it
        self.setLabel(plain_label(title))
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName("Progress")
        self.setBar(self.bar)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumDuration(SHOWN_AFTER)
        self.setMinimumWidth(360)
        self.setAutoClose(False)
        self.setAutoReset(False)
        self.setValue(0)
        self.canceled.connect(self._stopping)

    def tell(self, what: str, done: int, of: int) -> None:
        """On the bar itself: the dialog's own setValue handles events meanwhile, the end of the job among them."""
        if self.stop.isEnabled():
            self.bar.setMaximum(of)
            self.setLabelText(f"{what}: {done:,} of {of:,}" if of else what)
            self.bar.setValue(min(done, of))

    def _stopping(self) -> None:
        self.stop.setEnabled(False)
        self.bar.setMaximum(0)
        self.setLabelText("Stopping, and taking back what was done...")

    def reject(self) -> None:
        self.canceled.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.canceled.emit()


def run_with_progress(
    parent: QWidget,
    title: str,
    work: Callable[[Progress], Any],
    done: Callable[[Any], object],
    refused: Callable[[Refused], None] | None = None,
    stopped: Callable[[], object] | None = None,
) -> Job:
    """Run `work(progress)` in a thread; `done(result)`, or a plain message, follows in the window. Cancel leaves nothing half made."""
    dialog = WorkingDialog(title, parent)

    def ended() -> None:
        """It is deleted only once `done` is through, which may ask something: its own clock must not show it then."""
        dialog.canceled.disconnect(job.cancel)
        dialog.cancel()
        dialog.deleteLater()

    def finished(result: Any) -> None:
        ended()
        done(result)

    def failed(trouble: BaseException) -> None:
        ended()
        if isinstance(trouble, Cancelled):
            if stopped is not None:
                stopped()
        elif isinstance(trouble, Refused) and refused is not None:
            refused(trouble)
        elif isinstance(trouble, (Refused, StorageTrouble, Unreadable)):
            say_trouble(parent, title, str(trouble))
        else:
            raise trouble

    job = Job(dialog, work, finished, failed)
    job.progressed.connect(dialog.tell)
    dialog.canceled.connect(job.cancel)
    return job.start()


def carry_out(
    parent: QWidget,
    title: str,
    many: int,
    work: Callable[[], Any],
    done: Callable[[Any], object],
    refused: Callable[[Refused], None],
    stopped: Callable[[], object],
) -> None:
    """Change `many` records: a few at once, in the window's own thread; more as work that counts and can be stopped."""
    if many > AT_ONCE:
        run_with_progress(parent, title, lambda _progress: work(), done, refused, stopped)
        return
    try:
        result = work()
    except Refused as trouble:
        refused(trouble)
    else:
        done(result)
