"""Long work: off the window's thread, with a dialog after a second that counts and can stop it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable
from fundtracker.ui.bridge import Cancelled, Job, Progress
from fundtracker.ui.dialogs.saying import say_trouble
from fundtracker.ui.words import plain_label

SHOWN_AFTER = 1000  # milliseconds


def run_with_progress(
    parent: QWidget,
    title: str,
    work: Callable[[Progress], Any],
    done: Callable[[Any], object],
    refused: Callable[[Refused], None] | None = None,
    stopped: Callable[[], None] | None = None,
) -> Job:
    """Run `work(progress)` in a thread; `done(result)`, or a plain message, follows in the window. Cancel leaves nothing half made."""
    dialog = QProgressDialog("", "Cancel", 0, 0, parent)
    dialog.setLabel(plain_label(title))
    bar = QProgressBar(dialog)
    bar.setAccessibleName("Progress")
    dialog.setBar(bar)
    dialog.setWindowTitle(title)
    dialog.setAccessibleName(title)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(SHOWN_AFTER)
    dialog.setMinimumWidth(360)
    dialog.setAutoClose(False)
    dialog.setAutoReset(False)
    dialog.setValue(0)

    def progressed(what: str, count: int, of: int) -> None:
        """On the bar itself: the dialog's own setValue handles events meanwhile, the end of the job among them."""
        bar.setMaximum(of)
        dialog.setLabelText(f"{what}: {count:,} of {of:,}" if of else what)
        bar.setValue(min(count, of))

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
    job.progressed.connect(progressed)
    dialog.canceled.connect(job.cancel)
    return job.start()
