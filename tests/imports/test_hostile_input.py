"""Whatever comes in from outside is read or refused in words, in 5 seconds and 512 MB, and nothing is written before the user agrees.

Hand-made files are in `hostile_corpus` and `hostile_listings`; `mutator` makes 10,000 mutants of eight forms. The usual run takes a
slice of both, the deep run all: each file with each reader, mutants by the thousand in two processes at once.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import DEEP
from fundtracker.domain.problems import Refused
from fundtracker.imports import listing
from fundtracker.imports.limits import Limits
from fundtracker.storage.evidence import EvidenceStore
from imports import guarded
from imports.guarded import Tried
from imports.hostile_base import Base
from imports.hostile_corpus import CORPUS
from imports.hostile_gate import prepared, run_guarded, summary
from imports.hostile_listings import LISTINGS
from imports.hostile_packages import many_entries
from imports.hostile_workbooks import ordinary
from imports.mutator import fingerprint, mutant, parts_of

MUTANTS, IN_CHILDREN = (10_000, 400) if DEEP else (16, 1)
AT_ONCE = 500
PATIENCE = 3_600.0
"""Seconds until a process that says nothing is given up, on however busy a machine: each file has its own deadline within."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("hostile") / "sound", everything=DEEP)


def broken(found: list[Tried]) -> list[str]:
    print(summary(found))  # noqa: T201 - seen with -s, and where the test fails
    return [f"{each.outcome}: {each.name}: {each.detail}" for each in found if each.broken]


def test_there_are_enough_of_them_each_under_a_name_of_its_own() -> None:
    names = [each.name for each in CORPUS]
    assert len(names) == len(set(names)) >= 40
    assert len({each.name for each in LISTINGS}) == len(LISTINGS)
    assert all(each.what for each in (*CORPUS, *LISTINGS))


def test_hand_made_files_are_read_or_refused_in_words(folder: Path) -> None:
    found = run_guarded("imports.gate_worker", [folder, "all" if DEEP else "slice"], PATIENCE)
    light = [each for each in CORPUS if not each.heavy]
    assert broken(found) == []
    assert len(found) >= len(light) + len([each for each in LISTINGS if not each.heavy]) * 2


@pytest.mark.deep
def test_hand_made_files_with_the_programs_own_children(folder: Path) -> None:
    assert broken(run_guarded("imports.gate_worker", [folder, "children"], PATIENCE)) == []


def test_mutants_of_forms_are_read_or_refused_in_words(folder: Path) -> None:
    def span(first: int) -> list[Tried]:
        words = [folder, first, min(first + AT_ONCE, MUTANTS), 1, "here"]
        return run_guarded("imports.mutant_worker", words, PATIENCE)

    with ThreadPoolExecutor(2 if DEEP else 1) as two:
        found = [each for some in two.map(span, range(0, MUTANTS, AT_ONCE)) for each in some]
    assert broken(found) == []
    assert len(found) == MUTANTS
    outcomes = {each.outcome.partition(" ")[0] for each in found}
    assert outcomes == {"clean", "faulty", "refused"}  # not only refusals: most mutants can still be read


def test_mutants_with_the_programs_own_children(folder: Path) -> None:
    words = [folder, MUTANTS, MUTANTS + IN_CHILDREN, 1, "children"]
    found = run_guarded("imports.mutant_worker", words, PATIENCE)
    assert broken(found) == []
    assert len(found) == IN_CHILDREN


def test_a_seed_makes_the_same_mutant_and_others_differ(folder: Path) -> None:
    parts = parts_of((folder / "2 filled.xlsx").read_bytes())
    first, again = ([mutant(parts, str(seed)) for seed in range(12)] for _ in range(2))
    assert first == again
    assert len({fingerprint(data) for data, _ in first}) == len(first)


def test_a_directory_without_end_is_counted_and_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "evidence.xlsx"
    path.write_bytes(many_entries(Base(ordinary())))
    with pytest.raises(Refused, match=r"is called \.xlsx, but isn't such a file"):
        EvidenceStore(tmp_path / "x.fundtracker").take(path)


def test_a_text_of_nothing_but_fields_is_refused_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "listing.csv"
    path.write_bytes(b"1,2,3,4\n" * 50)
    monkeypatch.setattr(listing, "_LIMITS", Limits(cells=199))
    with pytest.raises(Refused) as refused:
        listing.read_listing_file(path)
    assert (
        str(refused.value)
        == "“listing.csv” has more than 199 fields, empty ones too: split it by date into several listings."
    )
    monkeypatch.setattr(listing, "_LIMITS", Limits(cells=200))
    assert len(listing.read_listing_file(path).sheets[0].rows) == 50


def crashing() -> str:
    raise KeyError("a kind nobody thought of")


def endless() -> str:
    while True:
        pass


def greedy() -> str:
    raise MemoryError


def test_the_guard_tells_a_crash_a_hang_and_greed_from_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults planted in a reader are seen."""
    monkeypatch.setattr(guarded, "SECONDS", 0.2)
    found = [guarded.attempt("x", act) for act in (crashing, endless, greedy)]
    assert [each.outcome for each in found] == ["crash", "late", "memory"]
    assert "KeyError" in found[0].detail
    assert all(each.broken for each in found)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("“a.xlsx” is damaged.", ""),
        (" ", "no words"),
        ("x" * 2_001, "2,001 characters"),
        ("evil\u202e", "characters U+202E"),
    ],
)
def test_words_that_nobody_can_read_are_seen(words: str, fault: str) -> None:
    assert guarded.fault_of_sentence(words) == fault
