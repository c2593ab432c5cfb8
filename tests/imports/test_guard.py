"""What the first look at a file refuses, in its own words; and that it is refused without being unpacked."""

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from fundtracker.domain.problems import Refused
from fundtracker.imports import guard
from imports import hostile_workbooks as hostile
from imports.hostile_base import Base
from imports.hostile_packages import lying_sizes

SAVE_AS = "open it in your spreadsheet program, choose Save As, pick “Excel Workbook (*.xlsx)”, and import that file."
NOT_ORDINARY = "which no ordinary workbook has, and so it is not opened: copy its rows into a new workbook, and import that."
DAMAGED = "is damaged or incomplete: open it in your spreadsheet program, save it as a new .xlsx file, and import that; or ask for it to be sent again."
SPLIT = "the most that can be imported: delete empty rows and sheets that aren't needed, or split it into several workbooks."


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        guard.examine(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("ending", "what"),
    [
        (".xls", "in the old Excel format"),
        (".XLSM", "a workbook with macros"),
        (".xltm", "a template with macros"),
        (".xlsb", "a binary workbook"),
        (".ods", "an OpenDocument spreadsheet"),
        (".csv", "a text file"),
        (".txt", "a text file"),
    ],
)
def test_other_formats_are_told_how_to_become_a_workbook(tmp_path: Path, ending: str, what: str) -> None:
    path = hostile.write(tmp_path, hostile.ordinary(), f"costs{ending}")
    assert refusal(path) == f"“costs{ending}” is {what}: {SAVE_AS}"


@pytest.mark.parametrize("name", ["costs.pdf", "costs.docx", "costs", "costs.xlsx.exe"])
def test_what_is_no_spreadsheet(tmp_path: Path, name: str) -> None:
    path = hostile.write(tmp_path, hostile.ordinary(), name)
    assert refusal(path) == f"“{name}” is not an Excel workbook: choose a file that ends in .xlsx."


def test_no_file_to_read(tmp_path: Path) -> None:
    missing = tmp_path / "gone.xlsx"
    assert refusal(missing) == f"There is no file {missing}: check its name and folder."
    folder = tmp_path / "folder.xlsx"
    folder.mkdir()
    assert refusal(folder) == "“folder.xlsx” is a folder: choose the workbook in it."
    empty = hostile.write(tmp_path, b"", "empty.xlsx")
    assert refusal(empty) == "“empty.xlsx” is empty: save the workbook again, or ask for it to be sent again."
    circle = tmp_path / "circle.xlsx"
    try:
        circle.symlink_to(circle)
    except OSError:
        pytest.skip("this system makes no links")
    assert (
        refusal(circle)
        == "“circle.xlsx” can't be opened: close it in other programs, check that you may read it, and try again."
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are not on this system")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.xlsx"
    os.mkfifo(path)
    assert refusal(path) == "“pipe.xlsx” is not a file: choose an Excel workbook (.xlsx)."


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = hostile.write(tmp_path, hostile.ordinary())

    def denied(_: Path) -> bytes:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert (
        refusal(path)
        == "“costs.xlsx” can't be opened: close it in other programs, check that you may read it, and try again."
    )


def test_the_size_of_the_file(tmp_path: Path) -> None:
    path = hostile.write(tmp_path, hostile.ordinary())
    os.truncate(path, 20 * 2**20 + 1)
    assert refusal(path) == (
        "“costs.xlsx” is larger than 20 MB, the most that can be imported: remove pictures and sheets that aren't needed, "
        "or split it into several workbooks."
    )


def spoilt_contents() -> bytes:
    """The table of contents can't be unpacked."""
    data = bytearray(hostile.ordinary())
    at = data.index(hostile.CONTENTS.encode()) + len(hostile.CONTENTS)
    data[at : at + 60] = b"\xff" * 60
    return bytes(data)


CASES: list[tuple[str, Callable[[], bytes], str]] = [
    (
        "renamed PDF",
        lambda: b"%PDF-1.7\n",
        "is a PDF, though it is named .xlsx: ask for the workbook it was printed from.",
    ),
    ("text", lambda: b"Name,Note\n", f"is not an Excel workbook, though it is named .xlsx: {SAVE_AS}"),
    (
        "old workbook",
        lambda: hostile.compound_file("Workbook"),
        f"is in the old Excel format, though it is named .xlsx: {SAVE_AS}",
    ),
    (
        "password",
        lambda: hostile.compound_file("EncryptedPackage"),
        "is protected by a password: open it, remove the password (File, Info, Protect Workbook, Encrypt with Password, leave it empty), save it, and import it again.",
    ),
    (
        "document",
        lambda: hostile.other_package(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        ),
        f"is not an Excel workbook, though it is named .xlsx: {SAVE_AS}",
    ),
    (
        "no contents",
        lambda: hostile.repacked({hostile.CONTENTS: None}),
        f"is not an Excel workbook, though it is named .xlsx: {SAVE_AS}",
    ),
    (
        "macros",
        lambda: hostile.repacked({"xl/vbaProject.bin": b"x"}),
        f"has macros in it: {SAVE_AS}",
    ),
    (
        "macros by name",
        lambda: hostile.other_package("application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        f"has macros in it: {SAVE_AS}",
    ),
    (
        "old macros",
        lambda: hostile.repacked({"xl/macrosheets/sheet1.xml": b"x"}),
        f"has macros in it: {SAVE_AS}",
    ),
    ("cut short", lambda: hostile.ordinary()[:-300], DAMAGED),
    (
        "bomb",
        hostile.zip_bomb,
        f"has a part that unpacks to more than 200 times its size, {NOT_ORDINARY}",
    ),
    (
        "large part",
        lambda: hostile.repacked({"xl/media/a.bin": hostile.hardly_packed(51 * 2**20)}),
        f"has a sheet or another part of more than 50 MB when unpacked, {SPLIT}",
    ),
    (
        "large whole",
        lambda: hostile.repacked({f"xl/media/{n}.bin": hostile.hardly_packed(35 * 2**20) for n in range(3)}),
        f"has more than 100 MB in it when unpacked, {SPLIT}",
    ),
    ("parts", hostile.many_parts, f"has more than 1,000 parts, {NOT_ORDINARY}"),
    ("twice", hostile.twice_the_same_part, f"has two parts of the same name, {NOT_ORDINARY}"),
    (
        "upwards",
        lambda: hostile.repacked({"../../evil.xml": b"x"}),
        f"has a part with a strange name, {NOT_ORDINARY}",
    ),
    (
        "absolute",
        lambda: hostile.repacked({"/etc/passwd": b"x"}),
        f"has a part with a strange name, {NOT_ORDINARY}",
    ),
    (
        "drive",
        lambda: hostile.repacked({"C:evil": b"x"}),
        f"has a part with a strange name, {NOT_ORDINARY}",
    ),
    ("backslash", hostile.with_backslash, f"has a part with a strange name, {NOT_ORDINARY}"),
    ("locked part", hostile.locked_part, f"has a part locked with a password, {NOT_ORDINARY}"),
    ("odd packing", hostile.oddly_packed, f"has a part packed in an unusual way, {NOT_ORDINARY}"),
    ("spoilt contents", spoilt_contents, DAMAGED),
    (
        "lying size",
        lambda: lying_sizes(Base(hostile.ordinary()), hostile.CONTENTS, 5),
        f"has a part whose size is not what it says, {NOT_ORDINARY}",
    ),
    (
        "endless contents",
        lambda: hostile.repacked({hostile.CONTENTS: hostile.hardly_packed(2**20 + 1)}),
        f"has an endless table of contents, {NOT_ORDINARY}",
    ),
]


@pytest.mark.parametrize(("build", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_harmful_files_are_refused_in_plain_words(
    tmp_path: Path, build: Callable[[], bytes], words: str
) -> None:
    assert refusal(hostile.write(tmp_path, build)) == f"“costs.xlsx” {words}"


def test_an_ordinary_workbook_passes(tmp_path: Path) -> None:
    about = guard.examine(hostile.write(tmp_path, hostile.ordinary()))
    assert (about.parts, about.external_links) == (9, False)
    assert 10_000 < about.unpacked < 30_000
    assert guard.examine(hostile.write(tmp_path, hostile.with_external_link)).external_links


def test_no_more_of_the_contents_is_unpacked_than_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever size they say, should a lie come past the look at the sizes."""
    monkeypatch.setattr(guard, "_MOST_ADDED", 2**30)
    path = hostile.write(tmp_path, lying_sizes(Base(hostile.ordinary()), hostile.CONTENTS, 5))
    peak = memory_of(lambda: guard.examine(path))
    assert peak < 2**19


def memory_of(act: Callable[[], object]) -> int:
    """Bytes that were held at the most while it was done."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
