"""Copies of evidence to look at: whoever opens one can't change what is kept, and what is opened is what was taken in."""

import atexit
import shutil
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from fundtracker.application.workspace import Workspace
from fundtracker.domain.delivery import Document
from fundtracker.domain.file_names import safe_name
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.storage.evidence import KINDS, KINDS_IN_WORDS


def copy_to_open(workspace: Workspace, document: Document) -> Path:
    """A read-only copy of a document's file, under its own name in a folder only this user can look into.

    Its bytes are checked against the fingerprint as they are read. Refused for a kind that isn't taken as evidence (what a
    programme would run can't be opened from here); StorageTrouble where the file is missing, altered, or can't be copied.
    """
    kept = workspace.evidence.open(document.sha256)
    ending = kept.path.suffix.lower()
    if ending not in KINDS:
        raise Refused(f"{document.name} isn't opened from here: only {KINDS_IN_WORDS} are.")
    content = workspace.evidence.read(document.sha256)
    try:
        folder = Path(mkdtemp(dir=_copies()))
        path = folder / safe_name(_without(document.name, ending), ending)
        path.write_bytes(content)
        path.chmod(stat.S_IRUSR)
    except OSError as error:
        raise StorageTrouble(
            f"{document.name} can't be copied to be looked at ({error.strerror or error}): free some space on the disk, then try again."
        ) from error
    return path


def _without(name: str, ending: str) -> str:
    """A copy ends as the kept file does, whatever the document is called."""
    return name[: -len(ending)] if name.lower().endswith(ending) else name


@cache
def _copies() -> Path:
    """The folder of this run's copies, gone when the program ends (but for what another program still has open)."""
    folder = Path(mkdtemp(prefix="fundtracker-evidence-"))
    atexit.register(_remove, folder)
    return folder


def _remove(folder: Path) -> None:
    for each in folder.rglob("*"):
        with suppress(OSError):
            if each.is_file():
                each.chmod(stat.S_IRUSR | stat.S_IWUSR)
    shutil.rmtree(folder, ignore_errors=True)
