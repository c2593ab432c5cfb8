"""run.py, without a network: what it refuses, what it takes from the lock, and when it sets up again."""

import ast
import importlib.util
import itertools
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"script_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Any: the two scripts are no part of the package, so their types can't be seen from here.
run: Any = script(ROOT / "run.py")
locking: Any = script(ROOT / "packaging" / "lock.py")

LOCK = """# Made by hand
# section: run
openpyxl==3.1.5 \\
    --hash=sha256:aa
# section: test
pytest==9.2.0 \\
    --hash=sha256:bb
# section: check
ruff==0.17.5 \\
    --hash=sha256:cc
# section: build
setuptools==84.2.1 \\
    --hash=sha256:dd
"""


# ------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_these_pythons_will_do(version: tuple[int, int]) -> None:
    assert run.refusal(version) == ""


@pytest.mark.parametrize("version", [(2, 7), (3, 7), (3, 10), (3, 15), (4, 0)])
def test_other_pythons_are_refused_with_what_to_do(version: tuple[int, int]) -> None:
    first, second = run.refusal(version).splitlines()
    assert first.startswith("fundtracker needs Python 3.11, 3.12, 3.13 or 3.14; this is Python ")
    assert "{}.{}".format(*version) in first
    assert "py -3.12 run.py" in second


def test_the_versions_are_those_of_the_project() -> None:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (oldest, newest) = run.OLDEST, run.NEWEST
    assert about["project"]["requires-python"] == f">={oldest[0]}.{oldest[1]},<{newest[0]}.{newest[1] + 1}"


def test_an_old_python_gets_as_far_as_the_refusal() -> None:
    text = (ROOT / "run.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 7))
    names = {node.module for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    assert names <= {"__future__", "pathlib", "typing", "collections.abc"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "usage: python run.py WORD"),
        (["--help"], 0, "usage: python run.py WORD"),
        (
            ["tets"],
            2,
            '"tets" is not one of: demo, app, test, check, screenshots, bench, revision, lock, clean.',
        ),
        (["check", "--fast"], 2, '"--fast" was not understood'),
        (["demo", "there"], 2, '"there" was not understood'),
        (["screenshots", "--loud"], 2, '"--loud" was not understood'),
        (["screenshots", "here", "there"], 2, '"there" was not understood'),
        (["revision"], 2, "Something is missing after that word"),
        (["bench", "nonesuch"], 2, "There is no benchmark nonesuch"),
    ],
)
def test_what_is_not_understood_is_said_before_anything_is_done(
    words: list[str],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_: object, **__: object) -> None:
        pytest.fail("it set up first")

    monkeypatch.setattr(run, "prepare", nothing)
    assert run.main(words) == code
    shown = capsys.readouterr()
    assert said in shown.out + shown.err
    assert "Traceback" not in shown.err


@pytest.mark.parametrize(
    ("words", "passed_on"),
    [
        ([], ["screenshots"]),
        (["pictures"], ["pictures"]),
        (["pictures", "--contrast"], ["pictures", "--contrast"]),
        (["--contrast"], ["screenshots", "--contrast"]),
    ],
)
def test_screenshots_are_taken_at_both_scales(
    words: list[str], passed_on: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[tuple[str, list[str]]] = []

    def call(_house: object, _python: str, *command: str, **environment: str) -> int:
        taken.append((environment["QT_SCALE_FACTOR"], list(command)))
        return 0

    monkeypatch.setattr(run, "prepare", lambda _house: None)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType] - the script has no types here
    monkeypatch.setattr(run, "call", call)
    assert run.main(["screenshots", *words]) == 0
    assert taken == [(scale, ["-m", "fundtracker.screenshots", *passed_on]) for scale in ("1", "1.5")]


def test_help_teaches_every_word() -> None:
    taught = re.findall(r"^  ([a-z]+) ", run.HELP, flags=re.MULTILINE)
    assert set(taught) == set(run.WORDS)


# ------------------------------------------------------------------------------------------------- the lock


def test_running_gets_no_test_packages_and_checking_gets_all() -> None:
    parts = run.sections(LOCK)
    assert list(parts) == ["run", "test", "check", "build"]
    assert run.selected(LOCK, ()) == parts["run"] + parts["build"]
    assert (
        run.selected(LOCK, ("test", "check"))
        == parts["run"] + parts["check"] + parts["test"] + parts["build"]
    )
    assert parts["test"] == "pytest==9.2.0 \\\n    --hash=sha256:bb\n"


def test_an_extra_the_lock_does_not_have_is_named() -> None:
    with pytest.raises(run.Stop, match=r"no section server: make it again"):
        run.selected(LOCK, ("server",))


def test_the_lock_is_whole() -> None:
    """Every extra has its section, every package its hashes and stands once, and no line holds an address."""
    text = run.House(ROOT).lock.read_text(encoding="utf-8")
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = about["project"]["optional-dependencies"]
    parts = run.sections(text)
    assert list(parts) == ["run", *extras, "build"]
    assert "http" not in text
    assert list(locking.packages(parts["build"])) == ["setuptools"]
    for name, lines in locking.packages(text).items():
        assert re.fullmatch(rf"{name}==[\w.]+( ; .*)?( \\\n    --hash=sha256:[0-9a-f]{{64}})+\n", lines), name
    named = {section: set(locking.packages(body)) for section, body in parts.items()}
    assert not any(one & other for one, other in itertools.combinations(named.values(), 2))
    asked = {"run": about["project"]["dependencies"], **extras}
    for section, requirements in asked.items():
        names = {re.split(r"[^\w.-]", line)[0].lower() for line in requirements}
        assert names <= named[section] | named["run"], section


def test_each_package_goes_where_it_is_first_needed() -> None:
    whole = "b==1 \\\n    --hash=sha256:1\na==2 ; sys_platform == 'win32' \\\n    --hash=sha256:2\nc==3\n"
    text = locking.in_sections(whole, {"run": "b==1\n", "test": "a==2\nb==1\n", "build": "c==3\n"})
    assert run.sections(text) == {
        "run": "b==1 \\\n    --hash=sha256:1\n\n",
        "test": "a==2 ; sys_platform == 'win32' \\\n    --hash=sha256:2\n\n",
        "build": "c==3\n",
    }


@pytest.mark.parametrize(
    ("whole", "said"),
    [("a==1\nb==2\n", "No section needs b"), ("a @ https://somewhere/a.whl\n", "an address")],
)
def test_a_lock_that_would_be_wrong_is_not_made(whole: str, said: str) -> None:
    with pytest.raises(SystemExit, match=rf"{said}.* requirements\.lock is as it was"):
        locking.in_sections(whole, {"run": whole.splitlines()[0] + "\n"})


# ------------------------------------------------------------------------------------------------ setting up


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A project folder whose .venv is made, and installed into, without a network; Qt always starts."""
    (tmp_path / "requirements.lock").write_text(LOCK, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]", encoding="utf-8")
    made = run.House(tmp_path)
    made.installed = []

    def install(house: Any, extras: tuple[str, ...]) -> None:
        assert not house.stamp_file.exists()
        house.program("python").parent.mkdir(parents=True, exist_ok=True)
        house.program("python").touch()
        (house.venv / "pyvenv.cfg").touch()
        house.installed.append(extras)

    def starts(_house: object, _where: str) -> bool:
        return True

    monkeypatch.setattr(run, "install", install)
    monkeypatch.setattr(run, "qt_starts", starts)
    return made


def test_a_second_run_does_nothing(house: Any) -> None:
    for _ in range(2):
        run.prepare(house, ("test",))
        run.prepare(house)
    assert house.installed == [("test",)]


def test_more_is_added_to_what_is_there(house: Any) -> None:
    run.prepare(house)
    run.prepare(house, ("test",))
    run.prepare(house, ("check", "test"))
    run.prepare(house, ("test",))
    assert house.installed == [(), ("test",), ("check", "test")]


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml"])
def test_a_changed_list_is_installed_again_with_the_same_extras(house: Any, name: str) -> None:
    run.prepare(house, ("test",))
    with (house.root / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    run.prepare(house)
    run.prepare(house)
    assert house.installed == [("test",), ("test",)]


def moved_folder(house: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    elsewhere = house.root.parent / "moved"
    shutil.move(house.root, elsewhere)
    moved = run.House(elsewhere)
    moved.installed = house.installed
    return moved


def other_python(house: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "version_info", (3, 14, 0, "final", 0))
    return house


def no_interpreter(house: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    house.program("python").unlink()
    return house


@pytest.mark.parametrize("change", [moved_folder, other_python, no_interpreter])
def test_what_another_place_or_python_left_is_made_afresh(
    house: Any, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any, pytest.MonkeyPatch], Any]
) -> None:
    run.prepare(house, ("test",))
    (house.venv / "left over").touch()
    house = change(house, monkeypatch)
    run.prepare(house)
    assert house.installed == [("test",), ()]
    assert not (house.venv / "left over").exists()


def test_an_interrupted_set_up_is_done_again(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run.prepare(house)
    whole = run.install

    def interrupted(*arguments: Any) -> None:
        whole(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "install", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run.prepare(house, ("test",))
    monkeypatch.setattr(run, "install", whole)
    run.prepare(house, ("test",))
    assert house.installed == [(), ("test",), ("test",)]


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"place": "x"}', '{"place": "x", "lists": "y", "extras": 1}']
)
def test_a_stamp_that_cannot_be_read_counts_as_none(house: Any, kept: str) -> None:
    house.venv.mkdir()
    house.stamp_file.write_text(kept, encoding="utf-8")
    assert house.stamp() == run.Stamp()


def test_clean_removes_only_what_it_made(house: Any) -> None:
    (house.venv / "notes").mkdir(parents=True)
    with pytest.raises(run.Stop, match="was not made by this script, so it is left alone"):
        run.clean(house, [])
    (house.venv / "pyvenv.cfg").touch()
    assert run.clean(house, []) == 0
    assert not house.venv.exists()


def test_clean_does_not_saw_off_its_own_branch(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    run.prepare(house)
    monkeypatch.setattr(sys, "prefix", str(house.venv))
    with pytest.raises(run.Stop, match="which can't remove itself"):
        run.clean(house, [])
    assert house.stamp_file.exists()


# ------------------------------------------------------------------------------------- system packages, and Qt


@pytest.mark.parametrize(
    ("environment", "there"),
    [
        ({}, sys.platform != "linux"),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
    ],
)
def test_where_there_is_a_screen(environment: dict[str, str], there: bool) -> None:
    assert run.has_screen(environment) is there


@pytest.fixture
def linux(house: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A Linux on which Qt lacks a library until apt has put it there; every command is noted."""
    monkeypatch.undo()
    house.commands = []
    house.lacking = "libEGL.so.1: cannot open shared object file"

    def start_qt(_house: object, _environment: object) -> str:
        return house.lacking

    def call(command: list[str], **_: object) -> int:
        house.commands.append(" ".join(command))
        house.lacking = ""
        return 0

    def found(name: str, **_: object) -> str:
        return f"/usr/bin/{name}"

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(run, "start_qt", start_qt)
    monkeypatch.setattr(run.subprocess, "call", call)
    monkeypatch.setattr(run.shutil, "which", found)
    return house


def become(monkeypatch: pytest.MonkeyPatch, prefix: list[str] | None) -> None:
    def administrator() -> list[str] | None:
        return prefix

    monkeypatch.setattr(run, "administrator", administrator)


@pytest.mark.parametrize(("prefix", "first"), [([], ""), (["sudo", "-n"], "sudo -n ")])
def test_the_libraries_are_installed_by_whoever_may(
    linux: Any, monkeypatch: pytest.MonkeyPatch, prefix: list[str], first: str
) -> None:
    become(monkeypatch, prefix)
    assert run.qt_starts(linux, "offscreen") is True
    apt = f"{first}env DEBIAN_FRONTEND=noninteractive apt-get"
    libraries = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 fonts-dejavu-core"
    assert linux.commands == [
        f"{apt} update -qq",
        f"{apt} install -y -qq --no-install-recommends {libraries}",
    ]


def test_anyone_else_gets_the_line_for_an_administrator(linux: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    become(monkeypatch, None)
    with pytest.raises(run.Stop) as caught:
        run.qt_starts(linux, "offscreen")
    libraries = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 fonts-dejavu-core"
    last = str(caught.value).splitlines()[-1]
    assert last == f"  sudo apt-get install -y --no-install-recommends {libraries}"
    assert linux.commands == []


def test_a_qt_that_starts_needs_nothing(linux: Any) -> None:
    linux.lacking = ""
    assert run.qt_starts(linux, "offscreen") is True
    assert linux.commands == []


def test_a_screen_out_of_reach_installs_nothing(linux: Any) -> None:
    linux.lacking = "qt.qpa.xcb: could not connect to display :7"
    assert run.qt_starts(linux, "screen") is False
    assert linux.commands == []


def test_ci_installs_the_same_libraries() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [name for name in (*run.QT_LIBRARIES, *run.SCREEN_LIBRARIES) if name not in text] == []


# ------------------------------------------------------------------------------------------ checks and tests


def test_checks_go_on_after_a_failure_and_say_so_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    done: list[str] = []

    def step(name: str, code: int) -> Callable[[], int]:
        def take() -> int:
            done.append(name)
            return code

        return take

    assert run.one_after_another({"Format": step("f", 0), "Lint": step("l", 3), "Types": step("t", 0)}) == 1
    assert done == ["f", "l", "t"]
    summary = "\nSummary\n-------\n  ok      Format\n  FAILED  Lint\n  ok      Types\n"
    assert capsys.readouterr().out == "\nFormat\n------\n\nLint\n----\n\nTypes\n-----\n" + summary
    assert run.one_after_another({"Format": step("f", 0)}) == 0


@pytest.mark.parametrize(
    ("words", "passed_on", "deep"),
    [
        ([], ["-n", "auto", "--dist", "loadfile"], None),
        (["--deep"], ["-n", "auto", "--dist", "loadfile"], "1"),
        (["-q", "tests/domain", "--deep", "-k", "money"], ["-q", "tests/domain", "-k", "money"], "1"),
    ],
)
def test_what_follows_test_goes_to_pytest(
    house: Any, monkeypatch: pytest.MonkeyPatch, words: list[str], passed_on: list[str], deep: str | None
) -> None:
    seen: list[tuple[list[str], dict[str, str]]] = []

    def call(_house: object, *command: str, **environment: str) -> int:
        seen.append((list(command), environment))
        return 5

    monkeypatch.setattr(run, "call", call)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run.test(house, words) == 5
    ((command, environment),) = seen
    assert command == [house.python, "-m", "pytest", *passed_on]
    assert environment.get("FUNDTRACKER_DEEP") == deep
    assert environment["QT_QPA_PLATFORM"] == "offscreen"


SUITE = """
import pytest

def test_plain(): pass

@pytest.mark.deep
def test_long(): pass

@pytest.mark.office
def test_workbook(): pass
"""


@pytest.mark.parametrize(
    ("surroundings", "closing"),
    [
        ({}, "1 passed, 1 skipped, 1 deselected"),
        ({"FUNDTRACKER_DEEP": "1"}, "2 passed, 1 skipped"),
        ({"CI": "true"}, "1 passed, 1 deselected, 1 error"),
    ],
)
def test_long_tests_wait_to_be_asked_and_ci_never_skips_the_office(
    tmp_path: Path, surroundings: dict[str, str], closing: str
) -> None:
    """The project's own conftest.py over three tests, on a machine without LibreOffice."""
    shutil.copyfile(ROOT / "tests" / "conftest.py", tmp_path / "conftest.py")
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    (tmp_path / "test_suite.py").write_text(SUITE, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "FUNDTRACKER_DEEP"}}
    environment = {**kept, "PATH": str(tmp_path), "PROGRAMFILES": str(tmp_path), **surroundings}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_suite.py"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1].startswith(closing), done.stdout
    assert ("LibreOffice is not installed" in done.stdout) is True
