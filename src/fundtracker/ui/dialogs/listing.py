"""ListingDialog: a finance listing before it is taken in: how its columns are read, then what it would change."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QStackedWidget, QVBoxLayout, QWidget

from fundtracker.application.actions.ledger.taking import ProposedListing, open_listing, propose_listing
from fundtracker.application.workspace import Workspace
from fundtracker.domain.ledger import LedgerLayout
from fundtracker.domain.ledger_listing import Listing
from fundtracker.ui.bridge import Progress
from fundtracker.ui.dialogs.listing_changes import ChangesStep
from fundtracker.ui.dialogs.listing_columns import ColumnsStep
from fundtracker.ui.dialogs.working import run_with_progress
from fundtracker.ui.words import SPACE, push_button, size_in_letters


class ListingDialog(QDialog):
    """Accepted: the user wants what `proposed` says. Nothing is written here."""

    help_page = "ledger"

    def __init__(
        self,
        parent: QWidget | None,
        workspace: Workspace,
        listing: Listing,
        fitting: Sequence[LedgerLayout],
        path: Path | None = None,
    ) -> None:
        """`fitting` are the layouts whose headings the listing has; with one of them nothing need be pointed at. `path` is the file,
        to be read again once it is mended.
        """
        super().__init__(parent)
        self._workspace, self._listing, self._path = workspace, listing, path
        self.proposed: ProposedListing | None = None
        self.changes: ChangesStep | None = None
        self.setWindowTitle(f"Import {listing.name}")
        self.setAccessibleName(self.windowTitle())
        kept = workspace.select(LedgerLayout)
        chosen = fitting[0] if len(fitting) == 1 else None
        self.columns = ColumnsStep(listing, kept, chosen, _new_name(Path(listing.name).stem, kept))
        self.columns.changed.connect(self._enable)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.columns)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self._make_buttons())
        size_in_letters(self, 170, 44)
        self._enable()
        if chosen is not None and self.columns.layout_pointed is not None:
            self.look()

    def _make_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(parent=self)
        self.back_button = push_button("‹ &Back to its columns", "Point at other columns", self.back)
        self.look_button = push_button(
            "See what it &changes ›", "Compare the listing with the lines held; nothing is written", self.look
        )
        self.again_button = push_button(
            "Rea&d it again", "Once it is mended and saved: look at the listing anew", self.read_again
        )
        self.take_button = push_button(
            "&Take it in", "Write what the listing changes, as one change", self.accept
        )
        for each in (self.back_button, self.again_button):
            box.addButton(each, QDialogButtonBox.ButtonRole.ActionRole)
            each.setAutoDefault(False)
        for each in (self.look_button, self.take_button):
            box.addButton(each, QDialogButtonBox.ButtonRole.AcceptRole)
        self.leave_button = box.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.leave_button.setAutoDefault(False)
        box.rejected.connect(self.reject)
        return box

    @property
    def drop_gone(self) -> bool:
        """Whether lines no longer in the listing, with nothing that hangs on them, are to go."""
        return self.changes is not None and self.changes.drop_gone.isChecked()

    def look(self) -> None:
        """To what the listing would change, compared in a worker."""
        layout, listing, workspace = self.columns.layout_pointed, self._listing, self._workspace
        if layout is None:
            return

        def work(progress: Progress) -> ProposedListing:
            return propose_listing(workspace, listing, layout, progress)

        run_with_progress(self, f"Comparing {listing.name}", work, self.show_changes)

    def show_changes(self, proposed: ProposedListing) -> None:
        """What the listing would change, which can be taken in where nothing stands in the way."""
        if self.changes is not None:
            self.stack.removeWidget(self.changes)
            self.changes.deleteLater()
        self.proposed = proposed
        self.changes = ChangesStep(proposed)
        self.changes.drop_gone.toggled.connect(self._enable)
        self.stack.addWidget(self.changes)
        self.stack.setCurrentWidget(self.changes)
        self._enable()
        (self.take_button if self.take_button.isVisibleTo(self) else self.back_button).setFocus()

    def read_again(self) -> None:
        """The file as it now is, with its columns pointed at as they were; where its changes were looked at, those anew."""
        path = self._path
        if path is None:
            return

        def work(progress: Progress) -> Listing:
            progress(f"Reading {path.name}", 0, 0)
            return open_listing(path)

        run_with_progress(self, f"Reading {path.name}", work, self._take_anew)

    def _take_anew(self, listing: Listing) -> None:
        looking = self.stack.currentWidget() is self.changes
        self._listing = listing
        self.columns.take_anew(listing)
        if looking and self.columns.layout_pointed is not None:
            self.look()
        elif looking:
            self.back()

    def back(self) -> None:
        self.stack.setCurrentWidget(self.columns)
        self._enable()
        self.columns.layouts.setFocus()

    def _enable(self) -> None:
        changes = self.changes if self.stack.currentWidget() is self.changes else None
        self.back_button.setVisible(changes is not None)
        self.again_button.setVisible(
            self._path is not None and (changes is None or bool(changes.proposed.errors))
        )
        self.look_button.setVisible(changes is None)
        self.look_button.setEnabled(self.columns.layout_pointed is not None)
        self.take_button.setVisible(changes is not None and changes.can_be_taken)
        self.leave_button.setText("Close" if changes is not None and not changes.could_be_taken else "Cancel")
        (self.take_button if changes is not None else self.look_button).setDefault(True)


def _new_name(name: str, kept: Sequence[LedgerLayout]) -> str:
    """The file's name, with a number after it where a layout is called so already."""
    taken = {each.name.casefold() for each in kept}
    numbered = (f"{name} {number}" for number in range(2, len(kept) + 3))
    return next(each for each in (name, *numbered) if each.casefold() not in taken)
