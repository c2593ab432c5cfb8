"""Copies of evidence to look at: whoever opens one can't change what is kept, and what is opened is what was taken in."""

import atexit
import shutil
import stat
import unicodedata
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from fundtracker.application.workspace import Workspace
from fundtracker.domain.delivery import Document
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.storage.evidence import KINDS, KINDS_IN_WORDS

_LONGEST_NAME = 100
_NOT_IN_NAMES = frozenset('<>:"/\\|?*')
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})  # fmt: skip


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
        path = folder / safe_name(document.name, ending)
        path.write_bytes(content)
        path.chmod(stat.S_IRUSR)
    except OSError as error:
        raise StorageTrouble(
            f"{document.name} can't be copied to be looked at ({error.strerror or error}): free some space on the disk, then try again."
        ) from error
    return path


def safe_name(name: str, ending: str) -> str:
    """A file's name as any system takes it, without signs that hide its ending; it ends as the kept file does."""
    shown = "".join("_" if c in _NOT_IN_NAMES or unicodedata.category(c)[0] == "C" else c for c in name)
    stem = shown[: -len(ending)] if shown.lower().endswith(ending) else shown
    stem = stem[:_LONGEST_NAME].strip(" .")
    if not stem or stem.split(".")[0].lower() in _RESERVED:
        stem = f"document {stem}".strip()
    return f"{stem}{ending}"


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
