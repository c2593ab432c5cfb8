"""The zip of a pack: files put in one after another, each with its SHA-256 counted on the way; the same files give the same bytes."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from fundtracker.domain.problems import StorageTrouble

_CHUNK = 2**20
_LEVEL = 6
_SQUEEZED = frozenset({".txt", ".csv", ".eml", ".msg", ".tif", ".tiff"})
"""Endings that gain by it: the others are squeezed already."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16

Told = Callable[[int], None]
"""Told the bytes written of a file so far; may raise to stop."""


class Packer:
    """Fills an open zip under one folder, and knows the SHA-256 of everything it put there."""

    def __init__(self, archive: ZipFile, folder: str) -> None:
        self._archive, self._folder = archive, folder
        self.sums: dict[str, str] = {}

    def put(self, name: str, source: Path, told: Told | None = None, expected: str = "") -> None:
        """Copy a file in. StorageTrouble where it can't be read, or is no longer the one with the SHA-256 expected."""
        try:
            size, file = source.stat().st_size, source.open("rb")
        except OSError as error:
            raise _unread(source, error) from error
        with file:
            self._fill(name, size, _chunks(file, source), told)
        if expected and self.sums[name] != expected:
            raise StorageTrouble(
                f"{source.name} was changed while the pack was written: nothing was written. Try again."
            )

    def put_bytes(self, name: str, content: bytes) -> None:
        self._fill(name, len(content), iter((content,)), None)

    def _fill(self, name: str, size: int, pieces: Iterator[bytes], told: Told | None) -> None:
        about = ZipInfo(f"{self._folder}/{name}", _EPOCH)
        squeezed = Path(name).suffix.lower() in _SQUEEZED
        about.compress_type, about.create_system, about.external_attr = (
            ZIP_DEFLATED if squeezed else ZIP_STORED,
            _UNIX,
            _PLAIN_FILE,
        )
        about.file_size = size
        digest, done = hashlib.sha256(), 0
        with self._archive.open(about, "w") as part:
            for piece in pieces:
                digest.update(piece)
                part.write(piece)
                done += len(piece)
                if told is not None:
                    told(done)
        self.sums[name] = digest.hexdigest()

    def sums_text(self) -> str:
        """As `sha256sum -c` reads it: the sum, two blanks, the name."""
        return "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items()))


def _chunks(file: BinaryIO, source: Path) -> Iterator[bytes]:
    while True:
        try:
            piece = file.read(_CHUNK)
        except OSError as error:
            raise _unread(source, error) from error
        if not piece:
            return
        yield piece


def _unread(source: Path, error: OSError) -> StorageTrouble:
    return StorageTrouble(
        f"{source.name} can't be read ({error.strerror or error}): check the disk that holds the evidence, then try again. Nothing was written."
    )


def new_zip(path: Path) -> ZipFile:
    return ZipFile(path, "w", ZIP_STORED, compresslevel=_LEVEL)
