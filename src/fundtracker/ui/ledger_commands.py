"""LedgerCommands: what can be done with the finance ledger, wherever it is shown. Long work is a worker's; each says what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.ui.bridge import Progress
from fundtracker.ui.dialogs.saying import ask_text, say_trouble
from fundtracker.ui.dialogs.working import run_with_progress
from fundtracker.ui.settings import default_folder

if TYPE_CHECKING:
    from fundtracker.application.actions.ledger.choices import Choices
    from fundtracker.application.actions.ledger.looking import LineLooked
    from fundtracker.application.actions.ledger.taking import ProposedListing
    from fundtracker.application.ledger_scoring import Suggestion
    from fundtracker.domain.ledger import LedgerLayout, LedgerLine, LedgerMatch
    from fundtracker.domain.ledger_listing import Listing

LISTINGS = "Listings (*.xlsx *.csv *.txt *.tsv)"
TEXTS = frozenset({".csv", ".txt", ".tsv"})


class LedgerCommands:
    """`say` puts a line in the status bar of the window that `parent` is in."""

    def __init__(self, parent: QWidget, workspace: Workspace, say: Callable[[str], object]) -> None:
        self._parent, self._workspace, self._say = parent, workspace, say

    # A listing

    def ask_listing(self) -> None:
        """Choose the finance system's listing."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent, "Import a finance listing", str(default_folder()), LISTINGS
        )
        if name:
            self.read(Path(name))

    def take_dropped(self, path: Path) -> bool:
        """Whether a dropped file is looked at here: a text file, or a workbook, which may yet be found to be something else."""
        ending = path.suffix.lower()
        if ending in TEXTS:
            self.read(path)
        elif ending == ".xlsx":
            self.read(path, dropped=True)
        return ending in TEXTS or ending == ".xlsx"

    def read(self, path: Path, *, dropped: bool = False) -> None:
        """Read the file, then show how its columns are understood. A workbook that was dropped may be a form, or hold records."""
        workspace = self._workspace

        def work(progress: Progress) -> "tuple[Listing | None, tuple[LedgerLayout, ...]]":
            from fundtracker.application.actions.ledger.files import listing_in
            from fundtracker.application.actions.ledger.taking import layouts_fitting, open_listing

            progress(f"Reading {path.name}", 0, 0)
            found = listing_in(path) if dropped else open_listing(path)
            return found, layouts_fitting(workspace, found) if found is not None else ()

        def done(found: "tuple[Listing | None, tuple[LedgerLayout, ...]]") -> None:
            listing, fitting = found
            if listing is not None:
                self._point(path, listing, fitting)
            else:
                files: Any = getattr(self._parent.window(), "files", None)
                files.take_workbook(path)

        self._run(f"Reading {path.name}", work, done)

    def _point(self, path: Path, listing: "Listing", fitting: "tuple[LedgerLayout, ...]") -> None:
        from fundtracker.ui.dialogs.listing import ListingDialog

        dialog = ListingDialog(self._parent.window(), self._workspace, listing, fitting, path)
        wanted = dialog.exec() == ListingDialog.DialogCode.Accepted
        proposed, drop_gone = dialog.proposed, dialog.drop_gone
        dialog.deleteLater()
        if wanted and proposed is not None:
            self._take(proposed, drop_gone=drop_gone)

    def _take(self, proposed: "ProposedListing", *, drop_gone: bool) -> None:
        workspace = self._workspace

        def work(progress: Progress) -> "ProposedListing":
            from fundtracker.application.actions.ledger.taking import keep_layout, take_listing

            if not proposed.layout_is_new:
                keep_layout(workspace, proposed.layout)
            return take_listing(workspace, proposed, drop_gone=drop_gone, progress=progress)

        def done(taken: "ProposedListing") -> None:
            counts = taken.counts
            self._say(
                f"Took in {taken.reading.listing}: {counts['new']:,} new, {counts['changed']:,} changed, {counts['same']:,} the same. Undo takes it back."
            )

        self._run(f"Taking in {proposed.reading.listing}", work, done)

    # Matches

    def accept_many(self) -> None:
        """Find what every open line may have paid for; what is sure enough is shown, and agreed to at once."""
        workspace = self._workspace

        def work(progress: Progress) -> "tuple[tuple[Suggestion, ...], tuple[str, ...]]":
            from fundtracker.application.actions.ledger.looking import all_in_words
            from fundtracker.application.actions.ledger.suggesting import suggestions

            found = suggestions(workspace, progress=progress)
            progress("Reading what they paid for", 0, 0)
            return found, all_in_words(workspace, found)

        self._run("Comparing lines with costs", work, lambda found: self._choose_many(*found))

    def _choose_many(self, found: "tuple[Suggestion, ...]", words: tuple[str, ...]) -> None:
        from fundtracker.ui.dialogs.accept_many import AcceptManyDialog

        if not found:
            self._say(
                "No open line is like a cost or an instalment: split them by hand, or make costs of them."
            )
            return
        dialog = AcceptManyDialog(self._parent.window(), found, words)
        wanted = dialog.exec() == AcceptManyDialog.DialogCode.Accepted
        chosen = dialog.chosen
        dialog.deleteLater()
        if wanted and chosen:
            self._accept_many(chosen)

    def _accept_many(self, chosen: "Sequence[Suggestion]") -> None:
        workspace = self._workspace

        def work(progress: Progress) -> int:
            from fundtracker.application.actions.ledger.matching import accept_many

            progress(f"Matching {len(chosen):,} lines", 0, 0)
            return len(accept_many(workspace, chosen))

        self._run(
            "Accepting matches",
            work,
            lambda many: self._say(
                f"{many:,} {'line is' if many == 1 else 'lines are'} matched. Undo takes all of it back."
            ),
        )

    def split(self, looked: "LineLooked | None", then: Callable[[], object]) -> None:
        """Match the line part by part, to what the user chooses; `then` when the dialog has closed."""
        if looked is None:
            return
        workspace = self._workspace

        def work(progress: Progress) -> "Choices":
            from fundtracker.application.actions.ledger.choices import choices_for

            progress("Reading costs and instalments", 0, 0)
            return choices_for(workspace, looked.line)

        def done(choices: "Choices") -> None:
            from fundtracker.ui.dialogs.split_line import SplitDialog

            dialog = SplitDialog(self._parent.window(), workspace, looked, choices)
            wanted = dialog.exec() == SplitDialog.DialogCode.Accepted
            dialog.deleteLater()
            if wanted:
                self._say(f"{looked.line.reference} is matched. Ctrl+Z takes it back.")
            then()

        self._run(f"Splitting {looked.line.reference}", work, done)

    def make_cost(self, looked: "LineLooked | None") -> None:
        """Enter the cost that the line paid, with what is known of it filled in."""
        from fundtracker.ui.dialogs.cost_of_line import CostDialog

        if looked is None:
            return
        dialog = CostDialog(self._parent.window(), self._workspace, looked.line)
        dialog.exec()
        made = dialog.made
        dialog.deleteLater()
        if made is not None:
            self._say(
                f"{made.reference} is made of {looked.line.reference} and matched to it. Ctrl+Z takes both back."
            )

    def set_aside(self, lines: "Sequence[LedgerLine]") -> None:
        """Ask why the lines aren't ours, and keep the reason."""
        if not lines:
            return
        what = lines[0].reference if len(lines) == 1 else f"{len(lines):,} lines"
        why = ask_text(
            self._parent.window(),
            f"{what}: not ours",
            "Why it needs no match (an auditor will ask):",
            long=True,
        )
        if why is None:
            return
        from fundtracker.application.actions.ledger.matching import set_aside

        if self._tried("Nothing was set aside", lambda: set_aside(self._workspace, lines, why)):
            self._say(f"{what} set aside. Ctrl+Z takes it back.")

    def bring_back(self, lines: "Sequence[LedgerLine]") -> None:
        from fundtracker.application.actions.ledger.matching import bring_back

        aside = [each for each in lines if each.set_aside]
        if aside and self._tried("Nothing was brought back", lambda: bring_back(self._workspace, aside)):
            self._say(
                f"{aside[0].reference if len(aside) == 1 else f'{len(aside):,} lines'} brought back, to be matched."
            )

    def unmatch(self, matches: "Sequence[LedgerMatch]") -> None:
        from fundtracker.application.actions.ledger.matching import unmatch

        if matches and self._tried("The match stays", lambda: unmatch(self._workspace, *matches)):
            self._say("The match is taken off. Ctrl+Z brings it back.")

    def _tried(self, title: str, act: Callable[[], object]) -> bool:
        try:
            act()
        except (Refused, StorageTrouble) as trouble:
            say_trouble(self._parent.window(), title, str(trouble))
            return False
        return True

    def _run(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
        run_with_progress(self._parent.window(), title, work, done)
