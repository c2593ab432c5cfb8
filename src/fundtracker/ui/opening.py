"""Opening evidence: a copy of a document's file, checked against its fingerprint, in the system's own program for such files."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from fundtracker.ui.bridge import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from fundtracker.application.workspace import Workspace


def open_document(parent: QWidget, workspace: "Workspace", document_id: int) -> None:
    """The one way a file of the evidence is opened. A missing or altered one is said, and not opened."""
    from fundtracker.domain.delivery import Document
    from fundtracker.ui.dialogs.working import run_with_progress

    def work(progress: Progress) -> "Path":
        from fundtracker.application.evidence_copies import copy_to_open

        document = workspace.get(Document, document_id)
        progress(f"Checking {document.name}", 0, 0)
        return copy_to_open(workspace, document)

    def done(path: "Path") -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            from fundtracker.ui.dialogs.saying import say_trouble

            say_trouble(
                parent.window(),
                "No program opens it",
                f"This computer has no program for {path.suffix} files, or it did not start. A copy is at {path} until fundtracker is closed.",
            )

    run_with_progress(parent.window(), "Opening evidence", work, done)
