"""Hold: one window has a file open at a time, in whatever program and on whatever computer; a second is told who has it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QSysInfo

from fundtracker.domain.problems import StorageTrouble

ENDING = ".lock"


class Hold:
    """A small file beside the programme, which goes when its window closes. One whose program was killed is no hindrance."""

    def __init__(self, lock: QLockFile) -> None:
        self._lock = lock

    @classmethod
    def take(cls, path: Path) -> "Hold | None":
        """Hold the file; StorageTrouble says who has it. None where no lock can be written: then nobody can write the file either."""
        place = path.resolve()
        if not place.is_file():
            return None  # opening it says so better
        lock = QLockFile(str(place.with_name(place.name + ENDING)))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            return cls(lock)
        if lock.error() == QLockFile.LockError.LockFailedError:
            raise StorageTrouble(_who(lock, place))
        return None

    def end(self) -> None:
        self._lock.unlock()


def _who(lock: QLockFile, path: Path) -> str:
    """Who has it, since when, and what to do."""
    info: Any = lock.getLockInfo()  # process, computer, program; nothing where the file can't be read
    computer = str(info[1]) if info else ""
    kept = path.with_name(path.name + ENDING)
    here = computer == QSysInfo.machineHostName()
    where = "in another window on this computer" if here or not computer else f"on the computer {computer}"
    said = (
        f"{path.name} is open already, {where}{_since(kept)}{_by(kept)}. Close it there, then open it again."
    )
    if not here:
        said += f" If nobody has it open (that computer was switched off, perhaps), delete the file {kept.name} beside it."
    return said


def _since(kept: Path) -> str:
    """ " since 10:42 today"; "" where it isn't known."""
    try:
        at = datetime.fromtimestamp(kept.stat().st_mtime).astimezone()
    except OSError:
        return ""
    today = datetime.now().astimezone().date() == at.date()
    return f", since {at:%H:%M}" if today else f", since {at.day} {at:%B %Y}"


def _by(kept: Path) -> str:
    """The account that has it open, where the system tells."""
    try:
        return f", by {kept.owner()}"
    except (OSError, KeyError, NotImplementedError):
        return ""
