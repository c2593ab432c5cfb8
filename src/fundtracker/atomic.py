"""The one way a file of ours comes to be: whole, or not at all.

The new file is written beside its target under a temporary name, brought to the disk, checked, and only then put in
the target's place in one step. Whatever goes wrong, or if the program is stopped, the target is the old file or the
new one, never a broken one. Standard library only: every layer may use it.
"""

import contextlib
import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path

PREFIX = ".fundtracker-"
STALE_AFTER = 3600.0
"""Seconds after which a temporary file is taken to be left over from a program that was killed."""

RETRY_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between attempts to replace the target: a virus scanner holds a file for about this long on Windows."""

_OURS = re.compile(re.escape(PREFIX) + r"[0-9a-f]{16}(\.[^.]*)?")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, *_DENIED}


class CannotWrite(Exception):  # noqa: N818 - trouble outside the program; the message is shown as it stands
    """The file could not be written; the message says why and what to do. An earlier file there is as it was."""


def write_atomically(
    target: Path, write: Callable[[Path], None], check: Callable[[Path], None] | None = None
) -> None:
    """Put in the place of `target` what `write` puts in the path it is given, which has the same ending.

    `check` may open the finished file and raise: then nothing is replaced, and what it raised reaches the caller, as
    does anything `write` raises that is not about this file. Trouble with the disk or the folder is CannotWrite.
    """
    if target.is_symlink():
        target = target.resolve()  # the file it points to is replaced, not the link
    _must_be_writable(target)
    _sweep(target.parent)
    temporary = target.parent / f"{PREFIX}{secrets.token_hex(8)}{target.suffix}"
    try:
        _fill(temporary, target, write)
        if check is not None:
            check(temporary)
        _replace(temporary, target)
    except OSError as error:
        if not _is_about(error, temporary, target):
            raise
        raise CannotWrite(_in_plain_words(error, target)) from error
    finally:
        # Already moved into place, or still held open on Windows: then the next write sweeps it.
        with contextlib.suppress(OSError):
            temporary.unlink()
    _sync_folder(target)


def _must_be_writable(target: Path) -> None:
    if not target.parent.is_dir():
        raise CannotWrite(
            f"{target.name} was not written: the folder {target.parent} does not exist. "
            "Make the folder or choose another one."
        )
    if target.is_dir():
        raise CannotWrite(
            f"{target.name} was not written: there is a folder of that name in {target.parent}. Choose another name."
        )
    if target.exists() and not os.access(target, os.W_OK):
        raise CannotWrite(
            f"{target.name} was not written: the file is marked read-only. "
            "Change its properties or choose another name."
        )


def _sweep(folder: Path) -> None:
    """Remove temporary files left by a program that was killed. One still being written is younger than an hour."""
    oldest = time.time() - STALE_AFTER
    with contextlib.suppress(OSError):
        for found in folder.iterdir():
            if _OURS.fullmatch(found.name) and not found.is_symlink():
                with contextlib.suppress(OSError):
                    if found.stat().st_mtime < oldest:
                        found.unlink()


def _fill(temporary: Path, target: Path, write: Callable[[Path], None]) -> None:
    with temporary.open("xb"):
        pass
    write(temporary)
    with temporary.open("r+b") as file:
        os.fsync(file.fileno())
    if target.exists():
        shutil.copymode(target, temporary)


def _replace(temporary: Path, target: Path) -> None:
    """In one step; tried again for about a second and a half while another program holds the target."""
    for wait in RETRY_WAITS:
        try:
            os.replace(temporary, target)  # noqa: PTH105 - the one call that tests plant faults in
        except PermissionError:
            time.sleep(wait)
        else:
            return
    try:
        os.replace(temporary, target)  # noqa: PTH105 - as above
    except PermissionError as error:
        raise CannotWrite(
            f"{target.name} was not written: it is open in another program, such as Excel, or a virus scanner is "
            "holding it. Close it there and try again, or choose another name."
        ) from error


def _sync_folder(target: Path) -> None:
    """Bring the new name to the disk too, where the system can (Windows can't, nor can some network drives)."""
    if os.name == "nt":
        return
    try:
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise CannotWrite(
                f"{target.name} was written, but the disk then reported a fault ({error.strerror}). "
                "Check the disk, then write the file again."
            ) from error


def _is_about(error: OSError, temporary: Path, target: Path) -> bool:
    """Whether the trouble is with this file. `write` may also have failed to read some other one: that is not ours."""
    places = {str(temporary), str(target), str(target.parent)}
    return error.filename is None or str(error.filename) in places


def _in_plain_words(error: OSError, target: Path) -> str:
    if error.errno in _FULL:
        return (
            f"{target.name} was not written: the disk is full. Free some space on the disk that holds "
            f"{target.parent}, or choose another folder."
        )
    if error.errno in _DENIED:
        return (
            f"{target.name} was not written: you may not write in the folder {target.parent}. "
            "Choose another folder, or ask whoever looks after it."
        )
    if error.errno == errno.ENOENT:
        return (
            f"{target.name} was not written: the folder {target.parent} went away while it was being written. "
            "If it is on a network drive, check the connection and try again."
        )
    return (
        f"{target.name} was not written: the disk reported a fault ({error.strerror or error}). "
        "Try again, or choose another folder."
    )
