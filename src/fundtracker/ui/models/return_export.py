"""A return's workbook and PDF into a folder, both or neither; and its PDF to look at."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from fundtracker.application.actions.returns import file_names, write_documents
from fundtracker.application.workspace import Workspace
from fundtracker.atomic import CannotWrite, write_atomically
from fundtracker.domain.problems import StorageTrouble
from fundtracker.domain.snapshot import Snapshot
from fundtracker.ui.bridge import Progress


def export_return(workspace: Workspace, return_id: int, folder: Path, progress: Progress) -> tuple[Path, ...]:
    """Drawn out of sight first: whatever stops it before the end leaves the folder as it was."""
    with TemporaryDirectory(prefix="fundtracker-") as hidden:
        drawn = write_documents(workspace, return_id, Path(hidden), progress)
        progress("Writing the files", 0, len(drawn))
        return tuple(_put(path, folder / path.name) for path in drawn)


def _put(drawn: Path, target: Path) -> Path:
    try:
        write_atomically(target, lambda path: _copy(drawn, path))
    except CannotWrite as trouble:
        raise StorageTrouble(str(trouble)) from trouble
    return target


def _copy(drawn: Path, path: Path) -> None:
    shutil.copyfile(drawn, path)


def draw_pdf(workspace: Workspace, return_id: int, snapshot: Snapshot, progress: Progress) -> bytes:
    """The PDF that an export would write now: drawn from the snapshot, or the very bytes kept of a submitted return."""
    with TemporaryDirectory(prefix="fundtracker-") as hidden:
        if snapshot.header.draft:
            from fundtracker.returns.pdf import write_pdf

            path = Path(hidden) / file_names(snapshot)[1]
            write_pdf(snapshot, path, lambda done, of: progress("Drawing the PDF", done, of))
        else:
            _, path = write_documents(workspace, return_id, Path(hidden), progress)
        return path.read_bytes()
