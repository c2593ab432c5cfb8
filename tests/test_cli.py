"""The commands, as a person types them: what they print, where, and with which exit code; never a traceback."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fundtracker import paths
from fundtracker.__main__ import COMMANDS, main
from fundtracker.application.demo.play import write_demonstration
from fundtracker.application.workspace import Workspace
from fundtracker.cli import run
from fundtracker.domain.problems import StorageTrouble
from fundtracker.domain.returns import FunderReturn

PUBLIC = {"SSF3": (2, "1061477.00"), "SSF4": (3, "2032169.00"), "SSF5": (3, "820000.00")}
"""Bids and awards by round: plan update 2021-2025, the press for SSF4's exact sum, and the ceiling of 6 August 2024."""
ORDER = ["SSF1", "SSF3", "SSF4", "DAPF2", "SSF5"]
"""Rounds in the order of their dates."""


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration programme, written once by the command."""
    path = tmp_path_factory.mktemp("demonstration") / "demo.fundtracker"
    assert run(["demo", str(path)]) == 0
    return path


def test_figures_as_json_are_the_public_ones(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The shape key by key; public sums, and illustrative ones that were checked by hand: quarters make years, years the award."""
    assert run(["figures", str(demonstration), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["as_at", "rounds", "total", "awards", "grants"]
    assert found["as_at"] == "2024-10-21"
    assert found["rounds"] == [
        {"code": code, "bids": bids, "awards": bids, "awarded": awarded}
        for code, (bids, awarded) in sorted(
            {**PUBLIC, "SSF1": (0, "0.00"), "DAPF2": (0, "0.00")}.items(),
            key=lambda each: ORDER.index(each[0]),
        )
    ]
    assert found["total"] == {"bids": 8, "awarded": "3913646.00"}
    (award,) = (each for each in found["awards"] if each["reference"] == "SSF5-VAWG")
    assert award == {
        "reference": "SSF5-VAWG",
        "round": "SSF5",
        "title": "Violence against women and girls",
        "theme": "VAWG",
        "awarded": "363219.00",
        "years": {
            "2023/24": {
                "awarded": "178450.00",
                "profile": "178450.00",
                "spent": "170976.72",
                "accrued": "0.00",
                "forecast": "0.00",
                "outturn": "170976.72",
                "claimed": "170976.72",
                "received": "170976.72",
                "left": "7473.28",
            },
            "2024/25": {
                "awarded": "184769.00",
                "profile": "184769.00",
                "spent": "97176.37",
                "accrued": "2375.66",
                "forecast": "86574.00",
                "outturn": "183750.37",
                "claimed": "47450.45",
                "received": "0.00",
                "left": "87592.63",
            },
        },
        "quarters": {
            "2023-24-Q3": {"spent": "59087.74", "adjustments": "0.00"},
            "2023-24-Q4": {"spent": "111888.98", "adjustments": "-125.00"},
            "2024-25-Q1": {"spent": "47896.45", "adjustments": "0.00"},
            "2024-25-Q2": {"spent": "49279.92", "adjustments": "0.00"},
        },
    }
    grants = {each["reference"]: each for each in found["grants"]}
    assert grants["GR-SSF4-COT"] == {
        "reference": "GR-SSF4-COT",
        "recipient": "Cotswold District Council",
        "awarded": "50000.00",
        "paid": "50000.00",
        "scheduled": "0.00",
        "spent": "50000.00",
        "unspent": "0.00",
    }
    assert {name: grants["GR-SSF5-FOD"][name] for name in ("paid", "spent", "unspent")} == {
        "paid": "6500.00",
        "spent": "8585.00",  # 2,470, 3,835 and 2,280 of three forms; the fourth, of 2,365, hasn't come
        "unspent": "-2085.00",
    }


def test_every_sum_in_json_is_a_string_with_two_decimals(
    demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And every award and grant has the keys that the one above has."""
    assert run(["figures", str(demonstration), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    keys: dict[str, set[tuple[str, ...]]] = {
        "awards": set(),
        "grants": set(),
        "years": set(),
        "quarters": set(),
    }
    sums: list[str] = []
    for each in found["awards"]:
        keys["awards"].add(tuple(each))
        sums.append(each["awarded"])
        for part in ("years", "quarters"):
            for inner in each[part].values():
                keys[part].add(tuple(inner))
                sums.extend(inner.values())
    for each in found["grants"]:
        keys["grants"].add(tuple(each))
        sums.extend(value for name, value in each.items() if name not in {"reference", "recipient"})
    assert {name: len(found_keys) for name, found_keys in keys.items()} == dict.fromkeys(keys, 1)
    assert len(sums) > 150
    assert [each for each in sums if not re.fullmatch(r"-?\d+\.\d\d", each)] == []


def test_before_the_cut_the_round_still_has_its_million(
    demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["figures", str(demonstration), "--as-at", "5 August 2024", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert next(each["awarded"] for each in found["rounds"] if each["code"] == "SSF5") == "1000000.00"


def test_figures_as_a_table_are_for_people(demonstration: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["figures", str(demonstration), "--award", "SSF5-ASB"]) == 0
    shown = capsys.readouterr().out
    assert "As at 21 October 2024" in shown
    assert "820,000.00" in shown
    assert "SSF5-ASB" in shown


def test_an_award_that_isnt_there_is_refused_with_those_that_are(
    demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["figures", str(demonstration), "--award", "SSF9"]) == 1
    assert "No award is called “SSF9”. The awards are: SSF3-VAWG-A" in capsys.readouterr().err


def test_an_award_is_known_whatever_its_capitals_and_brings_only_its_grants(
    demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["figures", str(demonstration), "--award", "ssf5-rur", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["reference"] for each in found["awards"]] == ["SSF5-RUR"]
    assert {each["reference"] for each in found["grants"]} == {
        f"GR-SSF5-{district}" for district in ("COT", "FOD", "STR", "TEW")
    }


def test_check_lists_what_is_to_mend_a_line_each(
    demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(demonstration)]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    found = [(line.split(":", 1)[0], words in line) for line, (_, words) in zip(lines, _TO_MEND, strict=True)]
    assert found == [(of, True) for of, _ in _TO_MEND]


_MATCH = ("Note", "Match of 2024/25 is")
_TO_MEND = (
    ("SSF5-VAWG 2024-25-Q2", "outturn is £447.74 below profile"),
    _MATCH,
    ("SSF5-ASB 2024-25-Q2", "are the same"),
    ("SSF5-ASB 2024-25-Q2", "Partner delivery: outturn is £2,700 below profile"),
    _MATCH,
    ("SSF5-RUR 2024-25-Q2", "Partner delivery: outturn is £880 below profile"),
    ("SSF5-RUR 2024-25-Q2", "has no reading"),
    _MATCH,
)
"""What each draft lacks; of partners' spend two forms are not accepted yet."""


def test_verify_holds_a_printed_fingerprint_and_finds_a_wrong_one(
    demonstration: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from fundtracker.storage.database import Database
    from fundtracker.storage.journal import head

    database = Database.open(demonstration)
    with database.reader() as conn:
        sequence, seal = head(conn)
    database.close()
    assert run(["verify", str(demonstration), "--fingerprint", f"{sequence}:{seal}"]) == 0
    assert "The history is whole" in capsys.readouterr().out
    assert run(["verify", str(demonstration), "--fingerprint", f" {sequence}:\n{seal[:40]} {seal[40:]}"]) == 0
    assert "The history is whole" in capsys.readouterr().out
    assert run(["verify", str(demonstration), "--fingerprint", f"{sequence}:{'0' * 64}"]) == 1
    assert "is not what it was when the fingerprint was printed" in capsys.readouterr().err
    assert run(["verify", str(demonstration), "--fingerprint", "rubbish"]) == 1
    assert "is not a fingerprint" in capsys.readouterr().err


def test_a_draft_is_written_and_marked_and_says_what_is_to_mend(
    demonstration: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["return", str(demonstration), "SSF5-ASB", "2024-25-Q2", "--out", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "SSF5-ASB 2024-25-Q2 DRAFT return.pdf",
        "SSF5-ASB 2024-25-Q2 DRAFT return.xlsx",
    ]
    said = capsys.readouterr()
    assert said.out.startswith("Draft return of SSF5-ASB for 2024/25 Q2, claim £")
    assert "are the same" in said.err


def test_a_submitted_return_is_written_as_it_was_frozen(
    demonstration: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("one", "two"):
        assert (
            run(
                [
                    "return",
                    str(demonstration),
                    "SSF5-RUR",
                    "2023-24-Q3",
                    "--out",
                    str(tmp_path / folder),
                    "--json",
                ]
            )
            == 0
        )
    assert json.loads(capsys.readouterr().out.splitlines()[0])["state"] == "Paid"
    for name in ("SSF5-RUR 2023-24-Q3 return.xlsx", "SSF5-RUR 2023-24-Q3 return.pdf"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_submitting_what_isnt_ready_is_refused_and_changes_nothing(
    demonstration: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = demonstration.read_bytes()
    words = ["--submit", "--prepared-by", "Co-ordinator", "--checked-by", "Manager", "--signed-by", "CFO"]
    assert run(["return", str(demonstration), "SSF5-ASB", "2024-25-Q2", "--out", str(tmp_path), *words]) == 1
    assert "are the same" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
    assert demonstration.read_bytes() == before


def test_a_quarter_out_of_turn_is_refused(
    demonstration: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["return", str(demonstration), "SSF5-ASB", "2025-26-Q1", "--out", str(tmp_path)]) == 1
    assert "an award has one open return at a time" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["figures"], 2, "Missing argument 'FILE'"),
        (["figures", "FILE", "--bogus"], 2, "No such option"),
        (["figures", "no such file"], 1, "There is no file no such file"),
        (["figures", "FILE", "--as-at", "31/31/2024"], 1, "is not a date: type it as 31/03/2025"),
        (["figures", "FILE", "--as-at", ""], 1, "is not a date: type it as 31/03/2025"),
        (["demo", "new.txt"], 1, "“new.txt” should end in .fundtracker"),
        (["import", "new.xlsx", "ours.xlsx"], 1, "“new.xlsx” should end in .fundtracker"),
        (["export", "FILE", "ALL", "--out", "x.csv"], 1, "“x.csv” should end in .xlsx"),
        (
            ["return", "FILE", "ssf5-asb", "2024/25 q2", "--out", "FILE"],
            1,
            "is not a folder, and can't be made one",
        ),
        (
            ["return", "FILE", "SSF4-ASB", "2023-24-Q1", "--out", "x"],
            1,
            "The next return of SSF4-ASB is for 2022/23 Q",
        ),
        (["return", "FILE", "SSF5-ASB", "Q2", "--out", "x"], 1, "is not a quarter: type it as 2023/24 Q3"),
        (["demo", "FILE"], 1, "exists already: choose another name, or open it"),
        (["import", "FILE", "no such.xlsx"], 1, "no such.xlsx"),
        (["export", "FILE", "unicorns", "--out", "x.xlsx"], 1, "unicorns"),
    ],
)
def test_wrong_words_are_said_plainly(
    demonstration: Path, words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = [str(demonstration) if word == "FILE" else word for word in words]
    assert run(typed) == code
    shown = capsys.readouterr().err
    assert said in " ".join(shown.split())
    assert "Traceback" not in shown


def test_a_file_that_is_no_programme_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.fundtracker"
    wrong.write_text("this is a letter", encoding="utf-8")
    assert run(["check", str(wrong)]) == 1
    assert capsys.readouterr().err == "wrong.fundtracker is not a fundtracker file.\n"


def test_a_fault_of_ours_is_logged_and_never_shown_as_a_traceback(
    demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from fundtracker.application.actions import figures

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a planted fault")

    monkeypatch.setattr(figures, "figures", fail)
    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path)
    assert run(["figures", str(demonstration)]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith(
        "Something went wrong inside the program (ZeroDivisionError). Nothing was changed."
    )
    assert "Traceback" not in shown
    assert "ZeroDivisionError: a planted fault" in (tmp_path / "fundtracker.log").read_text(encoding="utf-8")
    monkeypatch.setattr(paths, "log_folder", lambda: demonstration)
    assert run(["figures", str(demonstration)]) == 1
    assert "The details could not be kept (" in capsys.readouterr().err


def test_the_program_starts_as_a_module_and_teaches() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "fundtracker", "--help"],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "160"},
    )
    assert done.returncode == 0
    told = {
        line.split()[1] for line in done.stdout.splitlines() if line.startswith("│ ") and line[2].isalpha()
    }
    assert told == COMMANDS, "a first word that is none of COMMANDS is taken for a file"


def environment(**more: str) -> dict[str, str]:
    """The tests' own, with output held back until there is much of it, as people have it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | more


def started(*words: str, env: dict[str, str] | None = None) -> "subprocess.Popen[bytes]":
    """The program as people start it."""
    return subprocess.Popen(
        [sys.executable, "-m", "fundtracker", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env or environment(),
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850"])
def test_no_encoding_stops_a_command(demonstration: Path, tmp_path: Path, encoding: str) -> None:
    env = environment(PYTHONIOENCODING=encoding)
    folder = tmp_path / "Tŵr ☃"
    with started(
        "return", str(demonstration), "SSF5-ASB", "2024-25-Q2", "--out", str(folder), env=env
    ) as done:
        shown, wrong = done.communicate()
    assert (done.returncode, b"Traceback" in wrong) == (0, False)
    pound = "GBP " if encoding == "ascii" else "£"
    first, workbook, _ = shown.decode(encoding).splitlines()
    assert first.startswith(f"Draft return of SSF5-ASB for 2024/25 Q2, claim {pound}")
    assert f"Twr ?{os.sep}SSF5-ASB" in workbook
    with started(
        "return", str(demonstration), "SSF5-ASB", "2024-25-Q2", "--out", str(folder), "--json", env=env
    ) as done:
        shown, _ = done.communicate()
    found = json.loads(shown)
    assert (found["award"], found["period"], found["state"]) == ("SSF5-ASB", "2024-25-Q2", "Draft")
    assert [Path(each).is_file() for each in found["files"]] == [True, True]
    assert any("are the same" in each for each in found["problems"])


SHORT = ["--award", "SSF5-ASB", "--json"]
"""Less than Python holds back: it is written when the command has ended."""


@pytest.mark.parametrize("words", [[], ["--json"], SHORT])
def test_a_reader_that_has_heard_enough_is_no_fault(demonstration: Path, words: list[str]) -> None:
    with started("figures", str(demonstration), *words) as done:
        assert done.stdout is not None
        done.stdout.close()
        assert done.wait() == 1
        assert done.stderr is not None
        assert done.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [[], SHORT])
def test_output_to_a_full_disk_is_said_plainly(demonstration: Path, words: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "fundtracker", "figures", str(demonstration), *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment(),
        )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(
        "What the command makes could not be written (No space left on device): free some space"
    )


def test_ctrl_c_leaves_the_old_file_and_says_so(
    demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from fundtracker.exports import csv_text

    def stop(path: Path, *_: object) -> None:
        path.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    monkeypatch.setattr(csv_text, "write_csv", stop)
    (tmp_path / "costs.csv").write_text("old", encoding="utf-8")
    assert run(["export", str(demonstration), "costs", "--out", str(tmp_path / "costs.csv")]) == 1
    assert capsys.readouterr().err == "Stopped. Nothing was changed.\n"
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [
        ("costs.csv", "old")
    ]


@pytest.mark.parametrize(
    "trouble", [KeyboardInterrupt(), StorageTrouble("The disk is full."), ZeroDivisionError()]
)
def test_an_import_that_fails_leaves_no_new_file(
    tmp_path: Path, trouble: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fundtracker.application.actions import importing

    def fail(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(paths, "log_folder", lambda: tmp_path / "log")
    monkeypatch.setattr(importing, "import_workbook", fail)
    assert run(["import", str(tmp_path / "new.fundtracker"), "x.xlsx"]) == 1
    assert not list(tmp_path.glob("new*"))


def test_a_submitted_return_whose_files_fail_says_that_it_is_submitted(
    demonstration: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from fundtracker.application.actions import return_command

    def submitted(workspace: Workspace, return_id: int, _: object) -> FunderReturn:
        return workspace.get(FunderReturn, return_id)

    def full(*_: object) -> None:
        raise StorageTrouble("The disk is full.")

    monkeypatch.setattr(return_command, "submit_return", submitted)
    monkeypatch.setattr(return_command, "write_documents", full)
    words = ["return", str(demonstration), "SSF5-ASB", "2024-25-Q2", "--out", str(tmp_path), "--submit"]
    assert run(words) == 1
    assert capsys.readouterr().err == (
        "SSF5-ASB 2024-25-Q2 is submitted and frozen, but its files were not all written. The disk is full. "
        "Run the command again without --submit to write them.\n"
    )


def test_a_quarter_out_of_turn_is_not_begun(
    demonstration: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = demonstration.read_bytes()
    assert run(["return", str(demonstration), "SSF4-ASB", "2023-24-Q1", "--out", str(tmp_path / "out")]) == 1
    assert "returns leave no quarter out" in capsys.readouterr().err
    assert demonstration.read_bytes() == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("words", [["exprot"], ["exprot", "demo.fundtracker"], ["demo.fundtracker", "again"]])
def test_a_mistyped_command_opens_no_window(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fundtracker", *words])
    monkeypatch.setitem(sys.modules, "fundtracker.ui.app", None)  # asking for the window fails
    assert main() == 2
    assert f"No such command '{words[0]}'" in capsys.readouterr().err


def test_a_database_address_is_told_apart_from_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "postgresql://office@server/programme"]) == 1
    assert "That is the address of a database server." in capsys.readouterr().err


def test_a_folder_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(tmp_path)]) == 1
    assert f"{tmp_path} is a folder: name the file in it." in capsys.readouterr().err


def test_a_demonstration_that_is_stopped_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(done: int, _of: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_demonstration(tmp_path / "demo.fundtracker", stopped)
    assert list(tmp_path.iterdir()) == []
