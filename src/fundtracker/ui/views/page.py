"""Page: what every place of the window has in common."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from fundtracker.application.workspace import Changed, Workspace

if TYPE_CHECKING:
    from fundtracker.domain.columns import Record


class Page(QWidget):
    """A place. It hears what was changed, and draws itself anew where it shows that kind; out of sight, when it is next seen."""

    opened = Signal(object, int)  # kind and id of the record the user wants to see
    said = Signal(str)  # a line for the status bar

    kinds: "frozenset[type[Record]]" = frozenset()
    """What it shows: a change of any of these makes it look again."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self._stale = False

    def refresh(self) -> None:
        """Ask and draw again."""

    def shows(self, changed: Changed) -> bool:
        """Whether a change touches what it shows."""
        return bool(changed.kinds & self.kinds)

    def heard(self, changed: Changed) -> None:
        """Something was committed."""
        if not self.shows(changed):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def unkept(self) -> str:
        """What was typed here and is not in the file; empty where nothing is."""
        from fundtracker.ui.views.record_form import RecordForm

        return "\n".join(filter(None, (form.unkept for form in self.findChildren(RecordForm))))

    def look_for(self) -> None:
        """Ctrl+F."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()
