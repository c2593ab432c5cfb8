"""Evidence files: taken in by kind and first bytes, kept by fingerprint, checked each time they are handed out."""

import hashlib
import os
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.storage import evidence
from fundtracker.storage.evidence import EvidenceStore

PDF = b"%PDF-1.7\nAn invoice of 12.00\n%%EOF\n"


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "Our programme.fundtracker")


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def packed(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return path


def test_a_file_is_kept_by_its_fingerprint_beside_the_database(store: EvidenceStore, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    kept = store.take(written(tmp_path / "Invoice 12.PDF", PDF), lambda done, of: seen.append((done, of)))
    sha256 = hashlib.sha256(PDF).hexdigest()
    assert kept.path == tmp_path / "Our programme.evidence" / sha256[:2] / f"{sha256}.pdf"
    assert (kept.sha256, kept.size, kept.path.read_bytes()) == (sha256, len(PDF), PDF)
    assert seen == [(len(PDF), len(PDF))]
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o444
    assert store.open(sha256) == kept
    assert store.read(sha256) == PDF
    assert store.has(sha256)


def test_the_same_bytes_are_kept_once_whatever_they_are_called(store: EvidenceStore, tmp_path: Path) -> None:
    first = store.take(written(tmp_path / "one.pdf", PDF))
    assert store.take(written(tmp_path / "other.pdf", PDF)) == first
    assert [each for each in store.folder.rglob("*") if each.is_file()] == [first.path]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n..."),
        ("a.jpg", b"\xff\xd8\xff\xe0..."),
        ("a.JPEG", b"\xff\xd8\xff\xe1..."),
        ("a.tif", b"II*\x00..."),
        ("a.heic", b"\x00\x00\x00\x18ftypheic...."),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."),
        ("a.eml", b"From: partner@example.org\r\nSubject: Invoice\r\n\r\nHere it is."),
        ("a.txt", "Cyngor Ŵyl".encode()),
        ("a.csv", b"Date,Amount\n01/04/2024,12.00\n"),
    ],
)
def test_these_kinds_are_taken(store: EvidenceStore, tmp_path: Path, name: str, content: bytes) -> None:
    assert store.read(store.take(written(tmp_path / name, content)).sha256) == content


def test_word_and_excel_files_are_taken_without_macros(store: EvidenceStore, tmp_path: Path) -> None:
    store.take(packed(tmp_path / "a.docx", "[Content_Types].xml", "word/document.xml"))
    store.take(packed(tmp_path / "a.xlsx", "[Content_Types].xml", "xl/workbook.xml"))
    with pytest.raises(Refused, match="holds macros"):
        store.take(packed(tmp_path / "b.docx", "word/document.xml", "word/vbaProject.bin"))


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.exe", b"MZ...", "can't be kept as evidence"),
        ("a.html", b"<html>", "can't be kept as evidence"),
        ("a", PDF, "can't be kept as evidence"),
        ("a.pdf", b"MZ...", "isn't such a file"),
        ("a.png", PDF, "isn't such a file"),
        ("a.docx", b"PK\x03\x04 and nothing else", "isn't such a file"),
        ("a.xlsx", PDF, "isn't such a file"),
        ("a.txt", b"text\x00with a nought", "isn't such a file"),
        ("a.eml", b"no headers here", "isn't such a file"),
        ("a.txt", b"", "is empty"),
    ],
)
def test_others_are_refused_and_nothing_is_kept(
    store: EvidenceStore, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        store.take(written(tmp_path / name, content))
    assert not store.folder.exists()


def test_too_large_a_file_is_refused(
    store: EvidenceStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "LARGEST", 2**20)
    with pytest.raises(Refused, match="has 2 MB; at most 1 MB"):
        store.take(written(tmp_path / "a.pdf", PDF + b"x" * (2**21 - len(PDF))))


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right there")
def test_links_are_not_followed(store: EvidenceStore, tmp_path: Path) -> None:
    real = written(tmp_path / "real.pdf", PDF)
    (tmp_path / "link.pdf").symlink_to(real)
    with pytest.raises(Refused, match="is a link to another file"):
        store.take(tmp_path / "link.pdf")
    kept = store.take(real)
    kept.path.unlink()
    kept.path.symlink_to(real)
    assert not store.has(kept.sha256)


def test_a_file_that_was_changed_or_lost_is_said_and_can_be_taken_again(
    store: EvidenceStore, tmp_path: Path
) -> None:
    source = written(tmp_path / "a.pdf", PDF)
    kept = store.take(source)
    kept.path.chmod(0o644)
    kept.path.write_bytes(PDF.replace(b"12.00", b"92.00"))
    for ask in (store.open, store.read):
        with pytest.raises(StorageTrouble, match="not the file that was taken in"):
            ask(kept.sha256)
    assert store.take(source) == kept
    assert store.read(kept.sha256) == PDF
    kept.path.unlink()
    for ask in (store.open, store.read):
        with pytest.raises(StorageTrouble, match="isn't in"):
            ask(kept.sha256)
    assert not store.has(kept.sha256)
    assert not store.has("../../etc/passwd")


def test_a_file_that_changes_while_it_is_read_is_refused(
    store: EvidenceStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = written(tmp_path / "a.pdf", PDF)

    def changed(one: Path, other: Path) -> None:
        one.write_bytes(PDF + b"more")
        shutil.copyfile(one, other)

    monkeypatch.setattr(evidence, "_copy", changed)
    with pytest.raises(Refused, match="changed while it was read"):
        store.take(source)
    assert [each for each in store.folder.rglob("*") if each.is_file()] == []


def test_a_file_that_is_not_there(store: EvidenceStore, tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble, match="can't be read"):
        store.take(tmp_path / "none.pdf")


def test_all_of_it_goes_with_a_file_that_is_discarded(store: EvidenceStore, tmp_path: Path) -> None:
    store.take(written(tmp_path / "a.pdf", PDF))
    evidence.remove(tmp_path / "Our programme.fundtracker")
    assert not store.folder.exists()
