"""The first look at a workbook from outside, before anything in it is read: right kind of file, sensible size, nothing odd.

Source of the bounds: the programme's own safety rules (what comes in). Every refusal says in plain words what to do.
"""

import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from fundtracker.domain.problems import Refused

LARGEST_FILE = 20 * 2**20
"""Bytes of the file as it lies on the disk."""
MOST_PARTS = 1_000
LARGEST_PART = 50 * 2**20
LARGEST_UNPACKED = 100 * 2**20
HIGHEST_RATIO = 200
"""Unpacked bytes to packed ones, of a part and of the whole."""
_RATIO_COUNTS_FROM = 2**20
"""Bytes: a smaller part may be as repetitive as it likes."""
_LARGEST_CONTENTS = 2**20
_MOST_ADDED = 1_024
"""Bytes that packing adds to what can't be packed, beside one in a hundred."""
_MEGABYTE = 2**20

_ENTRY_SIGNATURE = b"PK\x01\x02"
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_FLAG = 0x1
_CONTENTS = "[Content_Types].xml"
_SAVE_AS = "open it in your spreadsheet program, choose Save As, pick “Excel Workbook (*.xlsx)”, and import that file"
_MACROS = re.compile(r"vbaproject|vbadata|/macrosheets/|/dialogsheets/", re.IGNORECASE)
_ODD = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')

_OTHER_FORMATS = {
    ".xls": "in the old Excel format",
    ".xlt": "in the old Excel format",
    ".xlsm": "a workbook with macros",
    ".xltm": "a template with macros",
    ".xlam": "an Excel add-in",
    ".xlsb": "a binary workbook",
    ".xltx": "an Excel template",
    ".ods": "an OpenDocument spreadsheet",
    ".numbers": "a Numbers spreadsheet",
    ".csv": "a text file",
    ".tsv": "a text file",
    ".txt": "a text file",
}


@dataclass(frozen=True, slots=True)
class Examined:
    """What the guard saw: how much there is to unpack, and whether the workbook names other files (never opened)."""

    parts: int
    unpacked: int  # bytes
    external_links: bool


def examine(path: Path) -> Examined:
    """Refused unless `path` is a workbook that can be opened without harm; nothing in it is unpacked but its table of contents."""
    check_file(path)
    return check_package(path, path.name)


def check_file(path: Path) -> None:
    """Refused unless it is there, a file, named .xlsx and of a sensible size. It is not opened."""
    name = path.name or str(path)
    try:
        about = path.stat()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}: check its name and folder.") from None
    except (OSError, ValueError):
        raise unreadable(name) from None
    if stat.S_ISDIR(about.st_mode):
        raise Refused(f"“{name}” is a folder: choose the workbook in it.")
    if not stat.S_ISREG(about.st_mode):
        raise Refused(f"“{name}” is not a file: choose an Excel workbook (.xlsx).")
    ending = path.suffix.lower()
    if ending != ".xlsx":
        what = _OTHER_FORMATS.get(ending)
        said = (
            f"is {what}: {_SAVE_AS}" if what else "is not an Excel workbook: choose a file that ends in .xlsx"
        )
        raise Refused(f"“{name}” {said}.")
    if about.st_size == 0:
        raise Refused(f"“{name}” is empty: save the workbook again, or ask for it to be sent again.")
    if about.st_size > LARGEST_FILE:
        raise too_large(name)


def unreadable(name: str) -> Refused:
    return Refused(
        f"“{name}” can't be opened: close it in other programs, check that you may read it, and try again."
    )


def too_large(name: str) -> Refused:
    return Refused(
        f"“{name}” is larger than {LARGEST_FILE // _MEGABYTE} MB, the most that can be imported: remove pictures and sheets "
        "that aren't needed, or split it into several workbooks."
    )


def damaged(name: str) -> Refused:
    return Refused(
        f"“{name}” is damaged or incomplete: open it in your spreadsheet program, save it as a new .xlsx file, and import that; "
        "or ask for it to be sent again."
    )


def check_package(path: Path, name: str) -> Examined:
    """Refused unless the file at `path` is a zip of a harmless workbook; `name` is what the user calls it."""
    try:
        content = path.read_bytes()
    except OSError:
        raise unreadable(name) from None
    _refuse_other_format(content, name)
    if content.count(_ENTRY_SIGNATURE) > MOST_PARTS:  # before the list of them is read
        raise Refused(_not_ordinary(name, f"more than {MOST_PARTS:,} parts"))
    del content
    try:
        with ZipFile(path) as package:
            return _checked(package, name)
    except (
        BadZipFile,
        LargeZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        RuntimeError,
        zlib.error,
    ):
        raise damaged(name) from None


def _refuse_other_format(content: bytes, name: str) -> None:
    """By what is in it, whatever it is called."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused(
                f"“{name}” is protected by a password: open it, remove the password (File, Info, Protect Workbook, "
                "Encrypt with Password, leave it empty), save it, and import it again."
            )
        raise Refused(f"“{name}” is in the old Excel format, though it is named .xlsx: {_SAVE_AS}.")
    if content.startswith(b"%PDF"):
        raise Refused(
            f"“{name}” is a PDF, though it is named .xlsx: ask for the workbook it was printed from."
        )
    if not content.startswith(_ZIP):
        raise Refused(f"“{name}” is not an Excel workbook, though it is named .xlsx: {_SAVE_AS}.")


def _not_ordinary(name: str, what: str) -> str:
    return (
        f"“{name}” has {what}, which no ordinary workbook has, and so it is not opened: copy its rows into a new workbook, "
        "and import that."
    )


def _too_big_inside(name: str, what: str) -> str:
    return (
        f"“{name}” {what}, the most that can be imported: delete empty rows and sheets that aren't needed, or split it into "
        "several workbooks."
    )


def _checked(package: ZipFile, name: str) -> Examined:
    entries = [entry for entry in package.infolist() if not entry.is_dir()]
    for fault in _faults(entries):
        raise Refused(_not_ordinary(name, fault))
    if any(entry.file_size > LARGEST_PART for entry in entries):
        raise Refused(
            _too_big_inside(
                name, f"has a sheet or another part of more than {LARGEST_PART // _MEGABYTE} MB when unpacked"
            )
        )
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused(
            _too_big_inside(name, f"has more than {LARGEST_UNPACKED // _MEGABYTE} MB in it when unpacked")
        )
    if any(_MACROS.search(entry.filename) for entry in entries):
        raise Refused(f"“{name}” has macros in it: {_SAVE_AS}.")
    _refuse_other_package(package, entries, name)
    return Examined(
        parts=len(entries),
        unpacked=sum(entry.file_size for entry in entries),
        external_links=any("/externallinks/" in entry.filename.lower() for entry in entries),
    )


def _faults(entries: list[ZipInfo]) -> Iterator[str]:
    """What no spreadsheet program writes, the cheapest to see first."""
    if len(entries) > MOST_PARTS:
        yield f"more than {MOST_PARTS:,} parts"
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        yield "two parts of the same name"
    for entry in entries:
        if _is_odd(entry):
            yield "a part with a strange name"
        if entry.flag_bits & _ENCRYPTED_FLAG:
            yield "a part locked with a password"
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            yield "a part packed in an unusual way"
        if entry.compress_size > entry.file_size + entry.file_size // 100 + _MOST_ADDED:
            yield "a part whose size is not what it says"  # it unpacks to more, and that much memory would be taken for it
        if _ratio(entry.file_size, entry.compress_size) > HIGHEST_RATIO:
            yield f"a part that unpacks to more than {HIGHEST_RATIO} times its size"
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if _ratio(unpacked, packed) > HIGHEST_RATIO:
        yield f"contents that unpack to more than {HIGHEST_RATIO} times their size"


def _ratio(unpacked: int, packed: int) -> float:
    return unpacked / max(packed, 1) if unpacked >= _RATIO_COUNTS_FROM else 1.0


def _is_odd(entry: ZipInfo) -> bool:
    """Absolute, upwards, with a backslash, a drive or a control character; zipfile tidies some away, so both names count."""
    return any(
        not name or name.startswith("/") or ".." in name.split("/") or bool(_ODD.search(name))
        for name in (entry.filename, entry.orig_filename)
    )


def _refuse_other_package(package: ZipFile, entries: list[ZipInfo], name: str) -> None:
    """A zip is a workbook only if its table of contents says so. It is searched as bytes: nothing in it is interpreted."""
    contents = next((entry for entry in entries if entry.filename == _CONTENTS), None)
    not_workbook = Refused(f"“{name}” is not an Excel workbook, though it is named .xlsx: {_SAVE_AS}.")
    if contents is None:
        raise not_workbook
    if contents.file_size > _LARGEST_CONTENTS:
        raise Refused(_not_ordinary(name, "an endless table of contents"))
    with package.open(contents) as part:  # read whole, it would unpack to what it is, whatever size it says
        text = part.read(contents.file_size).lower()
    if b"macroenabled" in text or b"vbaproject" in text:
        raise Refused(f"“{name}” has macros in it: {_SAVE_AS}.")
    if b"spreadsheetml.sheet.main+xml" not in text:
        raise not_workbook
