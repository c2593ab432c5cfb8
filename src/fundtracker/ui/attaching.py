"""Attaching evidence: files dropped on a record, or chosen for it, are kept and named as its evidence."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from fundtracker.ui.bridge import Progress

if TYPE_CHECKING:
    from fundtracker.application.workspace import Workspace
    from fundtracker.domain.columns import Record

    Spot = tuple[type[Record], int]


def ask_files(parent: QWidget) -> list[Path]:
    """The files that the user chooses; none where the question is cancelled."""
    from fundtracker.storage.evidence import KINDS
    from fundtracker.ui.settings import default_folder

    kinds = f"Evidence ({' '.join(f'*{each}' for each in KINDS)})"
    names, _ = QFileDialog.getOpenFileNames(parent, "Add evidence", str(default_folder()), kinds)
    return [Path(each) for each in names]


def attach(
    parent: QWidget,
    workspace: "Workspace",
    files: Sequence[Path],
    spot: "Spot | None",
    say: Callable[[str], object],
) -> None:
    """Keep the files as evidence of a record, or of what it belongs to; what else rests on the same file is said."""
    from fundtracker.application.actions.evidence import evidenced_by, kinds_in_words, take_all
    from fundtracker.domain.columns import described
    from fundtracker.domain.problems import Refused
    from fundtracker.ui.dialogs.saying import say_trouble
    from fundtracker.ui.dialogs.working import run_with_progress

    item = None
    if spot is not None:
        try:
            item = evidenced_by(workspace, *spot)
        except Refused:
            item = None  # removed meanwhile
    if item is None:
        say_trouble(
            parent,
            "Evidence of what?",
            f"Nothing was added. Open the {kinds_in_words()} that it evidences, or drop it on its line in a list.",
        )
        return

    def work(progress: Progress) -> list[str]:
        def reading(name: str, done: int, of: int) -> None:
            progress(f"Reading {name}", done // 1024, of // 1024)

        _, also = take_all(workspace, files, item, reading)
        return [
            f"{path.name} is evidence of {described(other)} too" for path, others in also for other in others
        ]

    def done(also: list[str]) -> None:
        what = files[0].name if len(files) == 1 else f"{len(files)} files"
        kept = "A copy is kept as evidence." if len(files) == 1 else "Copies are kept as evidence."
        say(f"{what}: {described(item)}. {kept}")
        if also:
            say_trouble(
                parent,
                "The same evidence twice",
                f"{_lines(also)}.\n\nIt was added all the same: look whether one cost was entered twice.",
            )

    run_with_progress(
        parent,
        f"Keeping evidence of {described(item)}",
        work,
        done,
        stopped=lambda: say("Stopped. Nothing was added."),
    )


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
