"""Evidence files, kept beside the database by the SHA-256 of their bytes: "programme.evidence/ab/ab12….pdf".

A file is taken in only if its ending is on the list and its first bytes are those of such a file; it is never changed afterwards,
and its fingerprint is worked out anew each time it is handed out. Its name is kept as data (Document.name), never as a path.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from fundtracker.atomic import CannotWrite, write_atomically
from fundtracker.domain.problems import Refused, StorageTrouble

LARGEST = 50 * 2**20
"""Bytes of one file: a scan of a long contract has less."""
Progress = Callable[[int, int], None]
"""Told the bytes read and of how many; may raise to stop."""

_CHUNK = 2**20
_HEAD = 4096
_MOST_PARTS = 10_000
"""Of a Word or Excel file: one with thousands of pictures has fewer."""
_ENTRY = b"PK\x01\x02"
"""Begins each entry of a zip's directory."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"vbaproject|/activex/|macrosheets", re.IGNORECASE)
_HEIF = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc")
_MAIL = re.compile(rb"^(?:[A-Za-z0-9-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+", re.MULTILINE)
_LINK_TAGS = frozenset({0xA000000C, 0xA0000003})
"""Windows: symbolic links and mount points. A file that OneDrive fetches when it is read has another tag, and is a file."""


def _text(head: bytes) -> bool:
    return b"\x00" not in head


_STARTS: dict[str, Callable[[bytes], bool]] = {
    ".pdf": lambda head: b"%PDF-" in head[:1024],
    ".png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    ".jpg": lambda head: head.startswith(b"\xff\xd8\xff"),
    ".jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    ".tif": lambda head: head.startswith((b"II*\x00", b"MM\x00*")),
    ".tiff": lambda head: head.startswith((b"II*\x00", b"MM\x00*")),
    ".heic": lambda head: head[4:12] in _HEIF,
    ".docx": lambda head: head.startswith(b"PK\x03\x04"),
    ".xlsx": lambda head: head.startswith(b"PK\x03\x04"),
    ".msg": lambda head: head.startswith(_OLE),
    ".eml": lambda head: _text(head) and _MAIL.match(head) is not None,
    ".txt": _text,
    ".csv": _text,
}
"""The kinds taken in, each with what its first bytes look like."""
_PACKAGES = {".docx": "word/", ".xlsx": "xl/"}
"""Of those that are zips: the folder that holds what they are about."""
KINDS = tuple(_STARTS)
KINDS_IN_WORDS = "PDF, pictures (JPEG, PNG, TIFF, HEIC), Word and Excel files without macros, e-mails (MSG, EML) and plain text"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the store: its fingerprint, its size in bytes, and where it lies."""

    sha256: str
    size: int
    path: Path


class EvidenceStore:
    """The evidence of one database. Safe from any thread: files are only ever added, whole."""

    def __init__(self, database: Path) -> None:
        self.folder = database.with_name(f"{database.stem}.evidence")

    def take(self, source: Path, progress: Progress | None = None) -> KeptFile:
        """Keep a copy of `source`; the one that is there already where its bytes are the same.

        Refused, with what to do, for a kind of file that isn't taken, an empty or too large one, a link, or one that changes while
        it is read. StorageTrouble where it can't be read, or the copy not be written.
        """
        sha256, size = _examined(source, progress)
        held = self._held(sha256)
        if held is not None and _sha256(held) == sha256:
            return KeptFile(sha256, size, held)
        target = held or self.folder / sha256[:2] / f"{sha256}{source.suffix.lower()}"
        try:
            if held is not None:
                held.chmod(stat.S_IWUSR | stat.S_IRUSR)  # damaged: the sound copy takes its place
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(
                target, lambda path: _copy(source, path), lambda path: _same(path, sha256, source.name)
            )
            target.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
        except CannotWrite as error:
            raise StorageTrouble(str(error)) from error
        except OSError as error:
            raise StorageTrouble(
                f"“{source.name}” was not kept: the folder {self.folder} can't be written ({error.strerror or error}). Check the disk, then try again."
            ) from error
        return KeptFile(sha256, size, target)

    def has(self, sha256: str) -> bool:
        """Whether a file of this fingerprint lies in the store; its bytes are not looked at."""
        return self._held(sha256) is not None

    def open(self, sha256: str) -> KeptFile:
        """The file, its bytes checked anew. StorageTrouble where it is missing or no longer what was taken in."""
        held = self._held(sha256)
        if held is None:
            raise StorageTrouble(
                f"This file isn't in {self.folder}: put the folder back beside the programme's file, or take the file in again."
            )
        if _sha256(held) != sha256:
            raise StorageTrouble(
                f"{held.name} is not the file that was taken in: its fingerprint is another. Put back the one from a backup, or take the file in again."
            )
        return KeptFile(sha256, held.stat().st_size, held)

    def read(self, sha256: str) -> bytes:
        """The bytes of a file, checked. StorageTrouble as in `open`."""
        held = self._held(sha256)
        if held is None:
            self.open(sha256)
        assert held is not None  # noqa: S101 - open raised
        content = held.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            self.open(sha256)
        return content

    def _held(self, sha256: str) -> Path | None:
        if not _SHA256.fullmatch(sha256):
            return None
        return next(
            (
                each
                for each in sorted((self.folder / sha256[:2]).glob(f"{sha256}.*"))
                if stat.S_ISREG(each.lstat().st_mode) and not _is_link(each)
            ),
            None,
        )


def _examined(source: Path, progress: Progress | None) -> tuple[str, int]:
    """The fingerprint and size of a file that may be taken in."""
    check = _STARTS.get(source.suffix.lower())
    if check is None:
        raise Refused(
            f"“{source.name}” can't be kept as evidence: {KINDS_IN_WORDS} are taken. Save or print it as a PDF, and take that."
        )
    try:
        if _is_link(source):
            raise Refused(f"“{source.name}” is a link to another file: take that file itself.")
        size = source.stat().st_size
        if not size:
            raise Refused(f"“{source.name}” is empty: an empty file is evidence of nothing.")
        if size > LARGEST:
            raise Refused(
                f"“{source.name}” has {size / 2**20:,.0f} MB; at most {LARGEST // 2**20} MB are kept: scan it smaller, or split it."
            )
        with source.open("rb") as file:
            if not check(file.read(_HEAD)) or not _is_package(source, file):
                raise Refused(
                    f"“{source.name}” is called {source.suffix.lower()}, but isn't such a file, or holds macros: open it in the program that made it, save it as a PDF, and take that."
                )
            file.seek(0)
            digest, done = hashlib.sha256(), 0
            for chunk in _chunks(file):
                digest.update(chunk)
                done += len(chunk)
                if progress is not None:
                    progress(done, size)
    except OSError as error:
        raise StorageTrouble(
            f"“{source.name}” can't be read ({error.strerror or error}): check the drive it is on, then try again."
        ) from error
    return digest.hexdigest(), done


def _is_package(source: Path, file: BinaryIO) -> bool:
    """Whether a Word or Excel file is one, without macros; anything else is taken by its first bytes alone."""
    inside = _PACKAGES.get(source.suffix.lower())
    if inside is None:
        return True
    if not _few_parts(file):
        return False
    try:
        with ZipFile(file) as package:
            names = package.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return False
    return any(name.startswith(inside) for name in names) and not any(map(_MACROS.search, names))


def _few_parts(file: BinaryIO) -> bool:
    """A list of a million parts takes hundreds of megabytes: so they are counted before it is made."""
    file.seek(0)
    found, tail = 0, b""
    for chunk in _chunks(file):
        found += (tail + chunk).count(_ENTRY)
        tail = chunk[1 - len(_ENTRY) :]
    file.seek(0)
    return found <= _MOST_PARTS


def _is_link(path: Path) -> bool:
    about = path.lstat()
    return stat.S_ISLNK(about.st_mode) or getattr(about, "st_reparse_tag", 0) in _LINK_TAGS


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as file, target.open("wb") as copy:
        for chunk in _chunks(file):
            copy.write(chunk)


def _same(copy: Path, sha256: str, name: str) -> None:
    if _sha256(copy) != sha256:
        raise Refused(f"“{name}” changed while it was read: close it in other programs, and take it again.")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk


def remove(database: Path) -> None:
    """Take away the evidence of a file that is being discarded; what can't be removed stays."""
    folder = EvidenceStore(database).folder
    for each in sorted(folder.rglob("*"), reverse=True):
        with suppress(OSError):
            each.chmod(stat.S_IRWXU)
            each.rmdir() if each.is_dir() and not each.is_symlink() else each.unlink()
    with suppress(OSError):
        os.rmdir(folder)  # noqa: PTH106 - a folder that isn't empty stays
