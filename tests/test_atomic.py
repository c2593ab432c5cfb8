"""A file of ours is the old one or the new one, whatever goes wrong, and no temporary file stays."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fundtracker import atomic
from fundtracker.atomic import CannotWrite, write_atomically

OLD, NEW = b"the old return", b"the new return, which is longer"


def write_new(path: Path) -> None:
    path.write_bytes(NEW)


def failing(number: int, place: str | None = None) -> Callable[..., None]:
    """A system call that answers with this error."""

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number), place)

    return fail


def failing_the_second_time(number: int) -> Callable[[int], None]:
    """os.fsync, well for the file and failing for its folder."""
    calls = iter((os.fsync, failing(number)))

    def sync(descriptor: int) -> None:
        next(calls)(descriptor)

    return sync


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    """An earlier file, alone in its folder; afterwards nothing of ours may lie about there."""
    folder = tmp_path / "returns"
    folder.mkdir()
    path = folder / "SSF5 2024-25 Q2.xlsx"
    path.write_bytes(OLD)
    yield path
    assert [found.name for found in folder.iterdir() if found.name.startswith(".fundtracker-")] == []


def test_the_new_file_takes_the_old_ones_place(target: Path) -> None:
    write_atomically(target, write_new)
    assert target.read_bytes() == NEW
    assert list(target.parent.iterdir()) == [target]


def test_a_file_that_was_not_there_is_made(target: Path) -> None:
    target.unlink()
    write_atomically(target, write_new)
    assert target.read_bytes() == NEW


def test_it_is_written_beside_the_target_with_the_same_ending(target: Path) -> None:
    seen: list[Path] = []

    def write(path: Path) -> None:
        seen.append(path)
        assert target.read_bytes() == OLD
        path.write_bytes(NEW)

    write_atomically(target, write)
    (temporary,) = seen
    assert (temporary.parent, temporary.suffix) == (target.parent, ".xlsx")
    assert temporary.name.startswith(".fundtracker-")


def test_it_is_on_the_disk_before_it_is_checked_and_checked_before_it_replaces(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, os.replace

    def watched_sync(number: int) -> None:
        done.append("sync")
        sync(number)

    def watched_replace(source: Path, place: Path) -> None:
        done.append("replace")
        replace(source, place)

    def check(path: Path) -> None:
        done.append("check " + path.read_bytes().decode())

    monkeypatch.setattr(os, "fsync", watched_sync)
    monkeypatch.setattr(os, "replace", watched_replace)
    write_atomically(target, write_new, check)
    folder_sync = [] if os.name == "nt" else ["sync"]
    assert done == ["sync", "check " + NEW.decode(), "replace", *folder_sync]


def test_a_file_that_fails_its_check_replaces_nothing(target: Path) -> None:
    def check(path: Path) -> None:
        raise ValueError(f"{path.stat().st_size} bytes do not tie")

    with pytest.raises(ValueError, match="31 bytes do not tie"):
        write_atomically(target, write_new, check)
    assert target.read_bytes() == OLD


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, MemoryError, ZeroDivisionError])
def test_whatever_stops_the_writing_leaves_the_old_file(target: Path, stop: type[BaseException]) -> None:
    def write(path: Path) -> None:
        path.write_bytes(NEW[:5])
        raise stop

    with pytest.raises(stop):
        write_atomically(target, write)
    assert target.read_bytes() == OLD


FULL, DENIED, FAULT = (
    "the disk is full. Free some space",
    "you may not write in the folder",
    "reported a fault",
)

TROUBLES = [
    (call, number, words)
    for call in ("write", "fsync", "replace")
    for number, words in (
        (errno.ENOSPC, FULL),
        (errno.EDQUOT, FULL),
        (errno.EROFS, DENIED),
        (errno.EACCES, DENIED),
        (errno.EIO, FAULT),
    )
    if (call, number) != ("replace", errno.EACCES)  # that means another program: the next tests
]


@pytest.mark.parametrize(("call", "number", "words"), TROUBLES)
def test_trouble_with_the_disk_is_said_in_plain_words(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str
) -> None:
    if call != "write":
        monkeypatch.setattr(os, call, failing(number))
    with pytest.raises(CannotWrite, match=words) as caught:
        write_atomically(target, failing(number) if call == "write" else write_new)
    assert str(caught.value).startswith("SSF5 2024-25 Q2.xlsx was not written: ")
    assert "Errno" not in str(caught.value)
    assert target.read_bytes() == OLD


def test_a_target_that_is_let_go_in_time_is_replaced(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    replace = os.replace

    def held_twice(source: Path, place: Path) -> None:
        if len(waits) < 2:
            raise PermissionError(errno.EACCES, "in use", str(source), None, str(place))
        replace(source, place)

    monkeypatch.setattr(os, "replace", held_twice)
    monkeypatch.setattr(time, "sleep", waits.append)
    write_atomically(target, write_new)
    assert target.read_bytes() == NEW
    assert waits == [0.05, 0.1]


def test_a_target_that_stays_open_elsewhere_is_named_after_a_bounded_wait(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(os, "replace", failing(errno.EACCES))
    monkeypatch.setattr(time, "sleep", waits.append)
    with pytest.raises(CannotWrite, match=r"open in another program, such as Excel.*choose another name"):
        write_atomically(target, write_new)
    assert target.read_bytes() == OLD
    assert sum(waits) == pytest.approx(1.55)


def test_a_fault_while_the_new_name_goes_to_the_disk_is_not_called_done(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no folder to bring to the disk")
    monkeypatch.setattr(os, "fsync", failing_the_second_time(errno.EIO))
    with pytest.raises(CannotWrite, match="was written, but the disk then reported a fault"):
        write_atomically(target, write_new)
    assert target.read_bytes() == NEW


def test_a_drive_that_cannot_sync_folders_is_no_trouble(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing_the_second_time(errno.EINVAL))
    write_atomically(target, write_new)
    assert target.read_bytes() == NEW


def test_trouble_with_some_other_file_is_not_blamed_on_this_one(target: Path) -> None:
    def write(path: Path) -> None:
        path.write_bytes(Path("a font that is not there.ttf").read_bytes())

    with pytest.raises(FileNotFoundError, match="a font that is not there"):
        write_atomically(target, write)
    assert target.read_bytes() == OLD


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"Q2\.xlsx was not written: the folder .*gone does not exist"):
        write_atomically(tmp_path / "gone" / "Q2.xlsx", write_new)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_goes_away_meanwhile_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    folder.mkdir()

    def write(path: Path) -> None:
        path.unlink()
        folder.rmdir()
        path.write_bytes(NEW)

    with pytest.raises(CannotWrite, match="drive went away while it was being written"):
        write_atomically(folder / "Q2.xlsx", write)


def test_a_folder_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Q2.xlsx").mkdir()
    with pytest.raises(CannotWrite, match="there is a folder of that name"):
        write_atomically(tmp_path / "Q2.xlsx", write_new)


def test_a_read_only_file_is_left_alone(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_root_may(path: Path, _mode: int) -> bool:
        return path != target

    monkeypatch.setattr(os, "access", only_root_may)
    with pytest.raises(CannotWrite, match="marked read-only"):
        write_atomically(target, write_new)
    assert target.read_bytes() == OLD


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions, and links need a right")
def test_the_old_files_permissions_and_a_link_to_it_stay(target: Path, tmp_path: Path) -> None:
    target.chmod(0o640)
    link = tmp_path / "latest.xlsx"
    link.symlink_to(target)
    write_atomically(link, write_new)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert target.stat().st_mode & 0o777 == 0o640


def test_only_our_own_old_left_overs_are_swept(target: Path) -> None:
    folder = target.parent
    stale, fresh = folder / f".fundtracker-{'0' * 16}.xlsx", folder / f".fundtracker-{'1' * 16}.pdf"
    others = [
        folder / ".fundtracker-notes.txt",
        folder / "~$SSF5.xlsx",
        folder / f"fundtracker-{'0' * 16}.xlsx",
    ]
    long_ago = time.time() - 3700
    for path in (stale, fresh, *others):
        path.write_bytes(b"x")
        if path != fresh:
            os.utime(path, (long_ago, long_ago))
    write_atomically(target, write_new)
    assert set(folder.iterdir()) == {target, fresh, *others}
    fresh.unlink()
    others[0].unlink()


KILLED = """
import os, sys
from pathlib import Path
from fundtracker.atomic import write_atomically

def write(path):
    path.write_bytes(b"the new return")
    if sys.argv[2] == "before":
        os._exit(9)

if sys.argv[2] == "between":
    os.replace = lambda *_: os._exit(9)
if sys.argv[2] == "after":
    replace = os.replace
    os.replace = lambda *places: (replace(*places), os._exit(9))
write_atomically(Path(sys.argv[1]), write)
"""


@pytest.mark.parametrize(
    ("moment", "kept"), [("before", OLD), ("between", OLD), ("after", b"the new return")]
)
def test_a_program_killed_on_the_way_leaves_the_old_file_or_the_new(
    target: Path, moment: str, kept: bytes
) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(target), moment], check=False)
    assert done.returncode == 9
    assert target.read_bytes() == kept
    left = [path for path in target.parent.iterdir() if path != target]
    assert len(left) == (0 if moment == "after" else 1)
    long_ago = time.time() - atomic.STALE_AFTER - 1
    for path in left:
        os.utime(path, (long_ago, long_ago))
    write_atomically(target, write_new)  # and the next write sweeps what was left
    assert list(target.parent.iterdir()) == [target]
