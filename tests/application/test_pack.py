"""An auditor opens the pack alone: follows figures to invoices, checks every sum, and finds what is missing named."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl's stubs leave half of what it reads back unknown.

import errno
import random
import re
import shutil
import subprocess
import time
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from application.packing import PackOffice, again, opened
from fundtracker.application.actions.pack import writing
from fundtracker.application.actions.pack.writing import write_pack
from fundtracker.application.actions.pack.zipping import Packer, new_zip
from fundtracker.application.actions.returns import write_documents
from fundtracker.cli import run
from fundtracker.domain.costs import Cost
from fundtracker.domain.delivery import Document
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.sampling import SampleLine, draw

Q4 = "SSF5-VAWG 2023-24-Q4"
GRANT = "G-1"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackOffice]:
    """Read by every test here, changed by none."""
    yield from opened(tmp_path_factory.mktemp("pack"))


@pytest.fixture(scope="module")
def folder(office: PackOffice) -> Path:
    return office.unpacked(Q4, seed="as the auditor says")


@pytest.fixture(scope="module")
def index(folder: Path) -> Workbook:
    return load_workbook(folder / "Index.xlsx", data_only=True)


def figures(index: Workbook) -> list[tuple[str, str, Decimal, Any]]:
    """Every figure of Figures that leads anywhere: its line, its heading, the figure and its cell."""
    sheet = index["Figures"]
    heads = next(row for row in sheet.iter_rows() if row[0].value == "No.")
    found: list[tuple[str, str, Decimal, Any]] = []
    for row in sheet.iter_rows(min_row=(heads[0].row or 0) + 1):
        if not isinstance(row[0].value, int):
            continue
        for head, cell in zip(heads[6:-1], row[6:-1], strict=True):
            if cell.hyperlink is not None:
                found.append((str(row[0].value), str(head.value), pence(cell.value), cell))
    return found


def pence(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def place_of(cell: Any) -> tuple[str, int]:
    sheet, address = re.fullmatch(r"'([^']+)'!A(\d+)", cell.hyperlink.location).groups()  # pyright: ignore[reportOptionalMemberAccess] - or the test fails
    return sheet, int(address)


def block(index: Workbook, top: int) -> tuple[list[Any], Decimal]:
    """The cost lines under a heading on Costs, to its sum; of a whole group, those of its blocks."""
    sheet, lines = index["Costs"], list[Any]()
    whole = str(sheet.cell(top, 1).value).partition(".")[0].isdigit()
    end = "To date" if whole else "Sum of"
    for row in sheet.iter_rows(min_row=top + 1):
        if str(row[0].value).startswith(end):
            return lines, pence(row[3].value)
        if isinstance(row[0].value, int):
            lines.append(row)
    raise AssertionError("no sum under the block")


def test_ten_figures_at_random_are_followed_to_the_invoice(
    office: PackOffice, folder: Path, index: Workbook
) -> None:
    """Figure, its block of lines, a line's paper: three clicks, in the pack alone; every sum to the penny."""
    every = figures(index)
    assert len(every) >= 10
    reached = 0
    for _, _, figure, cell in random.Random(20240410).sample(every, 10):  # noqa: S311 - the same ten each time
        sheet, top = place_of(cell)
        assert sheet == "Costs"
        lines, added = block(index, top)
        assert added == figure == sum(pence(row[3].value) for row in lines)
        for row in lines:
            if row[1].value in office.missing:
                assert row[2].value == "MISSING"
                at, missing = place_of(row[2])
                assert (at, str(index["Missing"].cell(missing, 2).value).split()[0]) == (
                    "Missing",
                    row[1].value,
                )
                continue
            target = folder / unquote(row[2].hyperlink.target)
            assert target.resolve().is_relative_to(folder.resolve())
            reference = office.workspace.find(Cost, str(row[1].value))
            assert reference is not None
            papers = {each.reversal_of or each.id for each in (reference,)} | {reference.id}
            assert any(f"Cost {number}" in target.read_text() for number in papers)
            reached += 1
    assert reached >= 10


def test_the_figures_are_those_of_the_return(office: PackOffice, index: Workbook, folder: Path) -> None:
    """The frozen workbook says the same, line by line."""
    spend = load_workbook(next((folder / "Return").glob("*.xlsx")), data_only=True)["Spend"]
    said = {
        (row[3].value, row[2].value, pence(row[7].value), pence(row[9].value), pence(row[10].value))
        for row in spend.iter_rows()
        if isinstance(row[0].value, int) and row[3].value in {"Capital", "Resource"}
    }
    sheet = index["Figures"]
    told = {
        (row[4].value, row[5].value, pence(row[7].value), pence(row[8].value), pence(row[9].value))
        for row in sheet.iter_rows()
        if isinstance(row[0].value, int)
    }
    assert len(said) >= 4
    assert {each[2:] for each in told} == {each[2:] for each in said}
    claim = office.workspace.select(FunderReturn)[1].claim
    (row,) = (each for each in sheet.iter_rows() if str(each[0].value).startswith("Claim"))
    assert pence(row[7].value) == pence(claim.plain)


def test_what_is_in_the_zip(office: PackOffice, folder: Path) -> None:
    names = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())
    papers = [each for each in names if each.startswith("Evidence/")]
    assert [each for each in names if each not in papers] == [
        "Index.xlsx",
        "Return/SSF5-VAWG 2023-24-Q4 return.pdf",
        "Return/SSF5-VAWG 2023-24-Q4 return.xlsx",
        "SHA256SUMS.txt",
        "Start here.pdf",
    ]
    costs = [
        each for each in office.workspace.select(Cost) if each.reference not in {*office.missing, "C-00017"}
    ]
    wanted = {
        f"Evidence/{each.reference} Invoice {each.invoice_number.replace('/', '-')}".strip() + ".pdf"
        for each in costs
    }
    assert {re.sub(r" \(\d\)", "", each) for each in papers} == wanted | {
        "Evidence/G-1 Signed agreement.pdf",
        "Evidence/SSF5-VAWG 2023-24-Q4 Signed return.pdf",
    }
    kept = write_documents(office.workspace, 2, office.folder / "kept")
    assert [(folder / "Return" / each.name).read_bytes() for each in kept] == [
        each.read_bytes() for each in kept
    ]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_sha256sum_checks_every_file(folder: Path) -> None:
    done = subprocess.run(
        [str(shutil.which("sha256sum")), "-c", "SHA256SUMS.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    files = sum(each.is_file() for each in folder.rglob("*")) - 1
    assert done.stdout.count(": OK\n") == files >= 15


def test_the_sample_is_drawn_again_from_what_is_printed(index: Workbook) -> None:
    """From Costs alone, with the printed seed and interval, by the method that the sheet tells."""
    sheet = index["Sample"]
    told = {row[0].value: row[3].value for row in sheet.iter_rows(max_row=14)}
    assert told["Seed"] == "as the auditor says"
    lines, part = list[SampleLine](), ""
    for row in index["Costs"].iter_rows(min_row=6):
        if isinstance(row[0].value, str) and ": " in row[0].value:
            part = row[0].value.partition(":")[0]
        elif isinstance(row[0].value, int) and part in {"This quarter", "Adjustments"}:
            lines.append(SampleLine(str(row[1].value), row[0].value, Money.pounds(str(pence(row[3].value)))))
    again = draw(lines, seed=str(told["Seed"]), interval=Money.pounds(str(pence(told["Interval £"]))))
    rows = [row for row in sheet.iter_rows(min_row=14) if isinstance(row[0].value, int)]
    drawn, apart = [row for row in rows if row[4].value], [row for row in rows if not row[4].value]
    assert [(row[1].value, row[3].value, row[4].value, row[5].value) for row in drawn] == [
        (each.line.reference, each.first_penny, each.hits[0], len(each.hits)) for each in again.drawn
    ]
    assert [row[1].value for row in apart] == [each.reference for each in again.apart]
    assert (told["Value of the population £"], told["First penny drawn"]) == (
        float(again.value.plain),
        again.start,
    )
    assert len(drawn) >= 3
    assert len(apart) == 1


def test_the_same_file_and_seed_give_the_same_bytes_in_another_time_zone(
    office: PackOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = office.pack(Q4, "one.zip", seed="s").path.read_bytes()
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        assert office.pack(Q4, "two.zip", seed="s").path.read_bytes() == first
        draft = office.pack("SSF5-VAWG 2024/25 Q1", "three.zip").path.read_bytes()
        office.clock.day = office.clock.day.replace(day=28)
        assert office.pack("SSF5-VAWG 2024-25-Q1", "four.zip").path.read_bytes() == draft
    finally:
        monkeypatch.undo()
        time.tzset()
    assert office.pack(Q4, "five.zip", seed="another").path.read_bytes() != first


def test_a_draft_says_so_everywhere(office: PackOffice) -> None:
    folder = office.unpacked("SSF5-VAWG 2024-25-Q1")
    assert folder.name == "SSF5-VAWG 2024-25-Q1 audit pack DRAFT"
    book = load_workbook(folder / "Index.xlsx")
    unmarked = [each.title for each in book if not str(each["A1"].value).startswith("DRAFT:")]
    assert unmarked == []
    assert {each.oddHeader and each.oddHeader.center.text for each in book} == {"DRAFT"}
    assert {each.name for each in (folder / "Return").iterdir()} == {
        "SSF5-VAWG 2024-25-Q1 DRAFT return.xlsx",
        "SSF5-VAWG 2024-25-Q1 DRAFT return.pdf",
    }


def test_a_correction_to_an_earlier_year_stands_apart(office: PackOffice) -> None:
    """It is followed as any figure is, adds to no sum, and is looked at one by one."""
    folder = office.unpacked("SSF5-VAWG 2024-25-Q1")
    book = load_workbook(folder / "Index.xlsx", data_only=True)
    (row,) = (each for each in book["Figures"].iter_rows() if str(each[0].value).startswith("Corrections"))
    (cell,) = (each for each in row if each.hyperlink)
    lines, added = block(book, place_of(cell)[1])
    assert (added, pence(cell.value), [each[1].value for each in lines]) == (
        Decimal("33.30"),
        Decimal("33.30"),
        ["C-00017"],
    )
    assert (folder / unquote(lines[0][2].hyperlink.target)).is_file()
    apart = [
        each[1].value
        for each in book["Sample"].iter_rows()
        if isinstance(each[0].value, int) and not each[4].value
    ]
    assert apart == ["C-00017"]


def test_a_large_file_is_never_held_whole(tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        for n in range(48):
            file.write(bytes([n]) * 2**20)
    tracemalloc.start()
    try:
        with new_zip(tmp_path / "large.zip") as archive:
            Packer(archive, "Pack").put("Evidence/large.pdf", large)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * 2**20
    with ZipFile(tmp_path / "large.zip") as archive:
        assert archive.getinfo("Pack/Evidence/large.pdf").file_size == 48 * 2**20


def test_the_changes_are_those_since_the_last_return(index: Workbook) -> None:
    rows = [row for row in index["Changes"].iter_rows(values_only=True) if isinstance(row[0], int)]
    told = [(row[3], row[6]) for row in rows if row[3]]
    assert not any("Submit SSF5-VAWG 2023-24-Q3" in str(title) for title, _ in told)
    assert ("Submit SSF5-VAWG 2023-24-Q4", "Submitted here") in told
    assert any(when == "Before" and "INV/" in str(row[4]) for row in rows for when in (row[6],))
    assert told[-1] == ("Begin the return of SSF5-VAWG for 2024/25 Q1", "After")


def test_registers_say_who_answered_and_what_was_checked(index: Workbook) -> None:
    approvals = [row[:4] for row in index["Approvals"].iter_rows(min_row=6, values_only=True)]
    assert approvals[:3] == [
        ("Return prepared", Q4, "Programme manager", None),
        ("Return checked", Q4, "Finance officer", None),
        ("Return signed", Q4, "Signatory", "Chief Finance Officer"),
    ]
    results = {str(row[1]) for row in index["Checks"].iter_rows(min_row=6, values_only=True)}
    assert results >= {"Passed"}
    assert "Failed" not in results
    assert {"Tie-out", "Double funding", "Variations"} <= set(index.sheetnames)


def test_a_grants_pack(office: PackOffice) -> None:
    folder = office.unpacked(GRANT)
    book = load_workbook(folder / "Index.xlsx", data_only=True)
    assert {"Forms", "Instalments", "Conditions", "Tie-out", "Changes"} <= set(book.sheetnames)
    ((_, head, figure, cell), *_) = figures(book)
    lines, added = block(book, place_of(cell)[1])
    assert (head, figure, added, [row[1].value for row in lines]) == (
        "Q4",
        Decimal("70.00"),
        Decimal("70.00"),
        ["C-00016"],
    )
    assert (folder / unquote(lines[0][2].hyperlink.target)).is_file()
    missing = {row[0]: row[1] for row in book["Missing"].iter_rows(min_row=6, values_only=True)}
    assert missing == {"Proof of a payment": "I-1 of G-1"}
    results = {str(row[4]) for row in book["Tie-out"].iter_rows(min_row=6, values_only=True)}
    assert results == {"Ties"}


def test_one_paper_of_two_costs_is_there_once(office: PackOffice, tmp_path: Path) -> None:
    with again(office, tmp_path) as changed:
        costs = changed.workspace.select(Cost)
        changed.paper(costs[4], "both.pdf", b"%PDF-1.4 both")
        changed.paper(costs[5], "both too.pdf", b"%PDF-1.4 both")
        done = changed.pack(Q4)
        both = [each for each in done.contents.papers if each.name.startswith("both")]
        assert len({each.file for each in both}) == 1
        assert len(both) == 2
        with ZipFile(done.path) as archive:
            names = archive.namelist()
        assert len(names) == len(set(names)) == done.files


def test_what_is_lost_or_altered_is_listed(office: PackOffice, tmp_path: Path) -> None:
    with again(office, tmp_path) as changed:
        documents = {each.name: each.sha256 for each in changed.workspace.select(Document)}
        lost, altered = (changed.workspace.evidence.open(documents[f"scan {n}.pdf"]).path for n in (5, 6))
        lost.unlink()
        altered.chmod(0o600)
        altered.write_bytes(b"%PDF-1.4 something else")
        contents = changed.pack(Q4).contents
        files = {each.reference: each.why for each in contents.missing if each.what == "File of a document"}
        assert files["scan 5.pdf"].startswith("The file is not held")
        assert files["scan 6.pdf"].startswith("The file kept is not the one")
        costs = {each.reference.split()[0] for each in contents.missing if each.what == "Evidence of a cost"}
        assert costs == {"C-00005", "C-00006", *changed.missing}


def test_a_file_that_changes_while_it_is_copied_stops_the_pack(
    office: PackOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = writing.gather_return

    def spoilt(*words: Any) -> Any:
        found = held(*words)
        paper = found.contents.files[0]
        other = office.folder / "other.pdf"
        other.write_bytes(b"%PDF-1.4 put in its place")
        return writing.Gathered(
            found.contents,
            found.hidden,
            {**found.kept_at, paper.sha256: other},
            found.tied,
            found.snapshot,
            found.kept,
        )

    monkeypatch.setattr(writing, "gather_return", spoilt)
    with pytest.raises(StorageTrouble, match="was changed while the pack was written"):
        office.pack(Q4, "spoilt.zip")
    assert not (office.folder / "spoilt.zip").exists()
    assert not list(office.folder.glob(".fundtracker-*"))


def test_progress_counts_and_stops(office: PackOffice) -> None:
    told: list[tuple[str, int, int]] = []
    write_pack(
        office.workspace,
        Q4,
        office.folder / "told.zip",
        progress=lambda what, done, of: told.append((what, done, of)),
    )
    assert {"Checking the evidence", "Telling the changes", "Drawing the index", "Copying the evidence"} == {
        each[0] for each in told
    }
    assert all(0 <= done <= of for _, done, of in told)
    assert told[-1][1] == told[-1][2] > 0

    class Stopped(Exception):  # noqa: N818 - what a cancelled worker raises
        pass

    for stage in ("Checking the evidence", "Drawing the index", "Copying the evidence"):

        def stop(what: str, done: int, of: int, stage: str = stage) -> None:
            if what == stage:
                raise Stopped

        with pytest.raises(Stopped):
            write_pack(office.workspace, Q4, office.folder / "stopped.zip", progress=stop)
        assert not (office.folder / "stopped.zip").exists()
        assert not list(office.folder.glob(".fundtracker-*"))


def test_a_full_disk_is_said_in_plain_words(office: PackOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    kept = office.pack(Q4, "kept.zip").path.read_bytes()
    monkeypatch.setattr(Packer, "put", full)
    with pytest.raises(StorageTrouble, match=r"kept\.zip was not written: the disk is full"):
        office.pack(Q4, "kept.zip", seed="other")
    assert (office.folder / "kept.zip").read_bytes() == kept


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        ("SSF9", "a.zip", "There is no return or grant called “SSF9”"),
        ("SSF5-VAWG 2024-25-Q3", "a.zip", "has no return for 2024/25 Q3 yet"),
        (Q4, "a.rar", "should end in .zip"),
    ],
)
def test_refusals(office: PackOffice, words: str, name: str, said: str) -> None:
    with pytest.raises(Refused, match=re.escape(said)):
        office.pack(words, name)


def test_the_command(office: PackOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:

    with again(office, tmp_path) as changed:
        file = str(changed.workspace.path)
    out = ["--out", str(tmp_path / "pack.zip")]
    assert run(["pack", file, "SSF5-VAWG", "2023-24-Q4", *out, "--seed", "mine", "--interval", "500"]) == 0
    said = capsys.readouterr().out
    assert "SSF5-VAWG 2023-24-Q4 audit pack:" in said
    assert "Drawn from the seed “mine”, interval £500, first penny" in said
    assert (tmp_path / "pack.zip").is_file()
    assert run(["pack", file, "G-1", *out, "--size", "3", "--interval", "500"]) == 1
    assert "Give --size or --interval, not both" in capsys.readouterr().err
    assert run(["pack", file, "G-1", *out, "--size", "0"]) == 1
    assert "A sample has at least one line" in capsys.readouterr().err
