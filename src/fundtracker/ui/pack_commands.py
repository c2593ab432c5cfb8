"""PackCommands: the auditor's pack of the return or grant that is shown or chosen: asked for, written in a worker, shown in its folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fundtracker.domain.grants import Grant
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.bridge import Progress
from fundtracker.ui.dialogs.saying import say_trouble
from fundtracker.ui.dialogs.working import run_with_progress

if TYPE_CHECKING:
    from fundtracker.application.actions.pack.gathered import Asked
    from fundtracker.application.actions.pack.writing import WrittenPack
    from fundtracker.ui.main_window import MainWindow


class PackCommands:
    """Of one window."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    def subject(self) -> FunderReturn | Grant | None:
        """The return or grant whose page is shown, or that is chosen in its list; None where there is none."""
        where, shown = self._window.spots[-1]
        if where in {FunderReturn, Grant}:
            return next(iter(self._window.workspace.select(where, id=shown)), None)
        page: Any = self._window.page
        if getattr(page, "kind", None) not in {FunderReturn, Grant} or not hasattr(page, "chosen"):
            return None
        chosen: list[FunderReturn | Grant] = page.chosen(most=1)
        return chosen[0] if chosen else None

    def ask(self) -> None:
        """Ask what goes in and where to, then write it."""
        subject = self.subject()
        if subject is None:
            say_trouble(
                self._window,
                "Pack of what?",
                "Open a return or a grant, or choose one in its list; then choose File, Auditor's pack again.",
            )
            return
        from fundtracker.ui.dialogs.pack import PackDialog

        dialog = PackDialog(self._window, subject, self._window.export_folder())
        wanted = dialog.exec() == PackDialog.DialogCode.Accepted
        asked, path = dialog.asked, dialog.path
        dialog.deleteLater()
        if wanted and asked is not None and path is not None:
            self.write(subject, path, asked)

    def write(self, subject: FunderReturn | Grant, path: Path, asked: "Asked") -> None:
        """Off the window's thread; Cancel leaves what was there before."""
        workspace = self._window.workspace

        def work(progress: Progress) -> "WrittenPack":
            from fundtracker.application.actions.pack.writing import write_pack

            def told(what: str, done: int, of: int) -> None:
                if "evidence" in what.casefold() and of > 1 << 20:  # bytes: nobody counts so many
                    done, of = done >> 20, of >> 20
                    what = f"{what} (MB)"
                progress(what, done, of)

            progress("Reading the records", 0, 0)
            return write_pack(workspace, subject.reference, path, asked, told)

        run_with_progress(self._window, f"Writing {path.name}", work, self._written)

    def _written(self, done: "WrittenPack") -> None:
        from fundtracker.ui.dialogs.pack_written import PackWritten

        self._window.say(f"Wrote {done.path.name} in {done.path.parent}.")
        dialog = PackWritten(self._window, done)
        dialog.exec()
        dialog.deleteLater()
