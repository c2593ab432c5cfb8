"""TieOutCommands: agreeing a figure of a tie-out, and writing the tie-out to a workbook."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from fundtracker.application.workspace import Workspace
from fundtracker.domain.ledger import AgreedFigure
from fundtracker.domain.tie_out import TieOut
from fundtracker.domain.tie_out_agreed import agreed_figure
from fundtracker.ui.bridge import Progress
from fundtracker.ui.dialogs.saying import say
from fundtracker.ui.dialogs.where import ask_where, export_folder
from fundtracker.ui.dialogs.working import run_with_progress

if TYPE_CHECKING:
    from fundtracker.domain.ledger import AgreedBalance

WORKBOOKS = "Excel workbooks (*.xlsx)"


class TieOutCommands:
    """Of one award. `parent` has a signal `said` for the status bar."""

    def __init__(self, parent: QWidget, workspace: Workspace, award_id: int) -> None:
        self._parent, self._workspace, self._award_id = parent, workspace, award_id

    def agree(self, tied: TieOut) -> None:
        """Ask which figure, and who agreed it."""
        from fundtracker.ui.dialogs.agree_figure import AgreeDialog

        quarter = tied.quarter
        sums = {each: agreed_figure(tied.book, tied.ledger, each, quarter) for each in AgreedFigure}
        dialog = AgreeDialog(self._parent.window(), tied.book.award.reference, quarter, sums)
        wanted = dialog.exec() == AgreeDialog.DialogCode.Accepted
        figure, by, note = dialog.figure, dialog.by.text(), dialog.note.text().strip()
        dialog.deleteLater()
        if not wanted:
            return
        workspace, award_id = self._workspace, self._award_id

        def work(progress: Progress) -> "AgreedBalance":
            from fundtracker.application.actions.tie_out import agree_balance

            progress("Working the figure out", 0, 0)
            return agree_balance(workspace, award_id, figure, quarter, by, note)

        def done(kept: "AgreedBalance") -> None:
            self._say(
                f"{figure.value} to {quarter} is agreed at {kept.amount.in_full}. Ctrl+Z takes it back."
            )

        run_with_progress(self._parent.window(), "Agreeing a figure", work, done)

    def export(self, tied: TieOut) -> None:
        """Ask where, and write the workbook."""
        award, quarter = tied.book.award.reference, tied.quarter
        begins = export_folder(self._parent) / f"{award} {quarter.code} tie-out.xlsx"
        path = ask_where(self._parent, "Export the tie-out", begins, WORKBOOKS)
        if path is None:
            return
        workspace = self._workspace

        def work(progress: Progress) -> Any:
            from fundtracker.application.actions.tie_out import write_tie_out

            progress("Writing the tie-out", 0, 0)
            return write_tie_out(workspace, award, quarter, path)

        def done(_: Any) -> None:
            self._say(f"Wrote {path.name} in {path.parent}.")
            say(
                self._parent.window(),
                f"{path.name} is written",
                f"It is in {path.parent}.\n\nIts sums are live: Excel works them out again, and each difference is marked where it isn't nought.",
            )

        run_with_progress(self._parent.window(), "Exporting the tie-out", work, done)

    def _say(self, text: str) -> None:
        signal: Any = getattr(self._parent, "said", None)
        if signal is not None:
            signal.emit(text)
