"""FileCommands: what the File menu does with the open file. Each asks where, works in a thread, and says what came of it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fundtracker.ui.bridge import Progress

if TYPE_CHECKING:
    from fundtracker.application.actions.importing import Proposed
    from fundtracker.domain.problems import Problem
    from fundtracker.ui.main_window import MainWindow

WORKBOOKS = "Excel workbooks (*.xlsx)"
TEMPLATE = "Import template.xlsx"
_TOLD_EVERY = 50
"""Rows between two reports."""


class FileCommands:
    """Nothing of what the work needs is imported before it is asked for."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    # In

    def ask_import(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        begins = str(self._window.export_folder())
        name, _ = QFileDialog.getOpenFileName(self._window, "Import workbook", begins, WORKBOOKS)
        if name:
            self.import_workbook(Path(name))

    def take_workbook(self, path: Path) -> None:
        """A workbook that was dropped: a partner form by the name of its hidden sheet, else records to import."""

        def work(progress: Progress) -> bool:
            from fundtracker.imports.form_peek import looks_like_form

            progress("Opening the workbook", 0, 0)
            return looks_like_form(path)

        self._run(f"Looking at {path.name}", work, lambda is_form: self._take(path, is_form=is_form))

    def _take(self, path: Path, *, is_form: bool) -> None:
        if not is_form:
            self.import_workbook(path)
            return
        from fundtracker.ui.form_commands import FormCommands

        FormCommands(self._window, self._window.workspace, self._window.say).take_in(path)

    def import_workbook(self, path: Path) -> None:
        """Read and try it out; then show what would be added and what is wrong."""
        workspace = self._window.workspace

        def work(progress: Progress) -> "tuple[Proposed, tuple[Problem, ...]]":
            from fundtracker.application.actions.importing import propose_import, rehearse_import
            from fundtracker.domain.problems import errors

            def row(number: int) -> None:
                if number % _TOLD_EVERY == 0:
                    progress(f"Reading row {number:,}", 0, 0)

            progress("Opening the workbook", 0, 0)
            proposed = propose_import(workspace, path, row)
            progress("Reading the rows", 0, 0)
            if errors(proposed.problems) or not proposed.records:
                return proposed, proposed.problems
            progress(f"Trying the rules on {len(proposed.records):,} records", 0, 0)
            return proposed, (*proposed.problems, *rehearse_import(workspace, proposed))

        self._run(f"Importing {path.name}", work, lambda found: self._preview(path, *found))

    def ask_listing(self) -> None:
        """Choose the finance system's listing of transactions."""
        from fundtracker.ui.ledger_commands import LedgerCommands

        LedgerCommands(self._window, self._window.workspace, self._window.say).ask_listing()

    def _preview(self, path: Path, proposed: "Proposed", problems: "tuple[Problem, ...]") -> None:
        from fundtracker.ui.dialogs.import_preview import ImportPreview

        dialog = ImportPreview(self._window, proposed, problems)
        wanted = dialog.exec() == ImportPreview.DialogCode.Accepted
        again = dialog.wants_again
        dialog.deleteLater()
        if wanted:
            self._import(proposed)
        elif again:
            self.import_workbook(path)

    def _import(self, proposed: "Proposed") -> None:
        workspace = self._window.workspace

        def work(progress: Progress) -> dict[str, int]:
            from fundtracker.application.actions.importing import write_import

            what = f"Writing {len(proposed.records):,} records"
            progress(what, 0, 0)
            return write_import(workspace, proposed, lambda: progress(what, 1, 1))

        def done(counts: dict[str, int]) -> None:
            from fundtracker.domain.columns import plural, singular
            from fundtracker.domain.records import RECORDS

            one = {plural(kind): singular(kind) for kind in RECORDS}
            named = [(count, one[name] if count == 1 else name) for name, count in counts.items() if count]
            kinds = ", ".join(f"{count:,} {name.lower()}" for count, name in named)
            self._window.say(f"Imported {proposed.name}: {kinds}. Undo takes it all back.")

        self._run(f"Importing {proposed.name}", work, done)

    # Out

    def ask_template(self) -> None:
        path = self._ask_where("Where to keep the import template", TEMPLATE)
        if path is None:
            return

        def work(progress: Progress) -> None:
            from fundtracker.application.actions.importing import write_import_template

            progress("Writing the template", 0, 0)
            write_import_template(path)

        self._run(
            "Writing the import template",
            work,
            lambda _: self._written(path, "Fill it in, then choose File, Import workbook."),
        )

    def ask_export(self) -> None:
        """The whole programme as a workbook that can be imported again."""
        workspace = self._window.workspace
        path = self._ask_where("Export the programme", f"{workspace.path.stem} programme.xlsx")
        if path is None:
            return

        def work(progress: Progress) -> tuple[int, str]:
            from fundtracker.application.actions.exporting import export_programme, too_large_to_import

            def row(number: int, of: int) -> None:
                if number % _TOLD_EVERY == 0:
                    progress("Writing rows", number, of)

            progress("Counting the records", 0, 0)
            many = export_programme(workspace, path, row)
            return many, too_large_to_import(path)

        def done(found: tuple[int, str]) -> None:
            many, too_large = found
            said = f"{many:,} records are in it, a sheet for each kind."
            if too_large:
                said += f" It can be read and kept, but not imported again. {too_large} To copy a programme, copy its file."
            self._written(path, said)

        self._run("Exporting the programme", work, done)

    def ask_pack(self) -> None:
        """Of the return or grant that is shown or chosen."""
        from fundtracker.ui.pack_commands import PackCommands

        PackCommands(self._window).ask()

    def _written(self, path: Path, then: str) -> None:
        self._window.say(f"Wrote {path.name} in {path.parent}.")
        from fundtracker.ui.dialogs.saying import say

        say(self._window, f"{path.name} is written", f"It is in {path.parent}.\n\n{then}")

    def _ask_where(self, title: str, name: str) -> Path | None:
        from fundtracker.ui.dialogs.where import ask_where

        return ask_where(self._window, title, self._window.export_folder() / name, WORKBOOKS)

    # The file itself

    def check(self) -> None:
        """Whether the history holds and agrees with the records, in words."""
        workspace = self._window.workspace

        def work(_: Progress) -> "tuple[tuple[Problem, ...], str]":
            from fundtracker.application.actions.verifying import fingerprint, verify_or_stop

            return verify_or_stop(workspace), fingerprint(workspace)

        def done(found: "tuple[tuple[Problem, ...], str]") -> None:
            problems, mark = found
            if problems:
                self._say_unsound(problems)
                return
            from fundtracker.ui.dialogs.saying import say

            held = (
                f"\n\nIts fingerprint now is {mark}. A change to history at or below a fingerprint you hold is detected."
                if mark
                else ""
            )
            say(
                self._window,
                "The file is whole",
                f"{workspace.path.name} was read from end to end. The history is whole and agrees with the records.{held}",
            )

        self._run("Checking the file", work, done)

    def _say_unsound(self, problems: "tuple[Problem, ...]") -> None:
        from fundtracker.ui.dialogs.saying import say_trouble
        from fundtracker.ui.words import sentence

        say_trouble(
            self._window,
            "The file is not as it should be",
            f"{sentence(problems)}\n\nKeep this file as it is, and go on with a copy from before it was changed.",
        )

    def _run(self, title: str, work: Callable[[Progress], Any], done: Callable[[Any], object]) -> None:
        from fundtracker.ui.dialogs.working import run_with_progress

        run_with_progress(self._window, title, work, done)
