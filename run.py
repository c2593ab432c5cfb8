"""The one command of fundtracker: sets up what is needed in .venv, then does what you ask. Standard library only.

`python run.py --help` teaches. This file must still be readable by Python 3.7, so that an old Python is told what to
do instead of failing on a word it does not know.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

HELP = """\
usage: python run.py WORD [...]

The first time, this makes the folder .venv and puts what fundtracker needs in it (half a minute or so, and
the network); after that it is instant. Nothing outside this folder is touched.

  demo                 do the main job on the demonstration programme: the programme, the return workbook,
                       the PDF and pictures of the window go into demo-output; where there is a screen, the
                       window opens on it too
  app [FILE]           open the window, on FILE or on the programme you had open last

For whoever works on the program:

  test [...]           run the tests; no screen is needed. Whatever follows goes to pytest:
                         python run.py test tests/domain -k money
  test --deep          the long gates too (some take many minutes)
  check                every check: format, lint, types, import contracts, tests. The same as in CI
  check --no-tests     all but the tests
  screenshots [FOLDER] every place of the window, light and dark, at two sizes and two scales, into FOLDER (or
                       screenshots); with --contrast in black and white, as the high contrast themes are
  bench NAME|all       run a benchmark of benchmarks/; without a name, list them
  revision MESSAGE     write a migration for a change of the records (read it before you keep it)
  lock [--upgrade]     make requirements.lock again after pyproject.toml changed; --upgrade takes newer versions
  clean                remove .venv; the next run makes it afresh

Exit codes: 0 done, 1 something failed (the last lines say what), 2 this command was not understood."""

OLDEST, NEWEST = (3, 11), (3, 14)

QT_LIBRARIES = (
    "libegl1", "libgl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0", "fonts-dejavu-core",
)  # fmt: skip
SCREEN_LIBRARIES = (
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0",
)  # fmt: skip

# Starts Qt, and asks for a font: without one it starts and draws nothing but boxes.
START_QT = """
import sys
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
application = QApplication([])
sys.exit(None if QFontDatabase.families() else "Qt finds no font")
"""


class Stop(Exception):  # noqa: N818 - it ends the run, and is called so
    """What keeps us from going on, in words for the person at the keyboard."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


def refusal(version: tuple[int, int]) -> str:
    """Why this Python will not do; empty when it will."""
    if OLDEST <= version <= NEWEST:
        return ""
    return (
        "fundtracker needs Python 3.11, 3.12, 3.13 or 3.14; this is Python {}.{} ({}).\n"
        "Install one of them and use it by name: python3.12 run.py ..., or on Windows: py -3.12 run.py ..."
    ).format(*version, sys.executable)


# ---------------------------------------------------------------------------------------------- the lock file


def sections(lock: str) -> dict[str, str]:
    """The lock's sections by name ("run", an extra of pyproject.toml, "build"), each a pip requirements text."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in lock.splitlines(keepends=True):
        if line.startswith("# section: "):
            lines = found.setdefault(line.split()[2], [])
        elif not line.startswith("#"):
            lines.append(line)
    return {name: "".join(body) for name, body in found.items()}


def selected(lock: str, extras: Iterable[str]) -> str:
    """What running needs, what building the project needs, and the extras named."""
    parts = sections(lock)
    wanted = ["run", *sorted(set(extras)), "build"]
    missing = [name for name in wanted if name not in parts]
    if missing:
        raise Stop(
            f'requirements.lock has no section {", ".join(missing)}: make it again with "python run.py lock".'
        )
    return "".join(parts[name] for name in wanted)


# ------------------------------------------------------------------------------------------------ the folder


class Stamp(NamedTuple):
    """What a finished set-up leaves in .venv, so that the next run need not look again."""

    place: str = ""  # the interpreter and this folder: another one means a new .venv
    lists: str = ""  # requirements.lock and pyproject.toml: a change means installing again
    extras: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()  # where Qt was seen to start: "offscreen", "screen"


class House:
    """The folder that holds the project, and its .venv."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.lock = root / "requirements.lock"
        self.project = root / "pyproject.toml"
        self.stamp_file = self.venv / "fundtracker-setup.json"

    def program(self, name: str) -> Path:
        return (
            self.venv
            / ("Scripts" if os.name == "nt" else "bin")
            / (name + (".exe" if os.name == "nt" else ""))
        )

    @property
    def python(self) -> str:
        return str(self.program("python"))

    def place(self) -> str:
        parts = (".".join(map(str, sys.version_info)), str(Path(sys.base_prefix).resolve()), str(self.root))
        return digest(*(part.encode() for part in parts))

    def lists(self) -> str:
        return digest(self.lock.read_bytes(), self.project.read_bytes())

    def stamp(self) -> Stamp:
        """What the last finished set-up left; an empty one when there was none, or it can't be read."""
        try:
            kept = json.loads(self.stamp_file.read_text(encoding="utf-8"))
            return Stamp(str(kept["place"]), str(kept["lists"]), tuple(kept["extras"]), tuple(kept["starts"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Stamp()

    def leave(self, stamp: Stamp) -> None:
        self.stamp_file.write_text(json.dumps(stamp._asdict(), indent=1), encoding="utf-8")

    def forget(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            self.stamp_file.unlink()

    def remove_venv(self) -> bool:
        """Whether there was one to remove."""
        if not self.venv.exists():
            return False
        if running_inside(self.venv):
            raise Stop(
                "This is the Python inside .venv, which can't remove itself: use the one it was made with."
            )
        if not (self.venv / "pyvenv.cfg").is_file() and any(self.venv.iterdir()):
            raise Stop(
                f"{self.venv} was not made by this script, so it is left alone. Move it away and try again."
            )
        try:
            shutil.rmtree(self.venv)
        except OSError as error:
            raise Stop(f"{self.venv} is in use ({error}). Close fundtracker and try again.") from error
        return True


def digest(*parts: bytes) -> str:
    return hashlib.sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()


def running_inside(venv: Path) -> bool:
    return Path(sys.prefix).resolve() == venv.resolve()


def call(house: House, *command: str, **environment: str) -> int:
    """Run in the project's folder, its output on ours; the exit code."""
    sys.stdout.flush()
    surroundings = {**os.environ, "PYTHONUTF8": "1", **environment}
    return subprocess.call(command, cwd=house.root, env=surroundings)


# ------------------------------------------------------------------------------------------------ setting up


def prepare(house: House, extras: Iterable[str] = (), *, screen: bool = False) -> bool:
    """Make .venv what the lock says, with these extras; instant when it is so already.

    Answers whether Qt starts on the screen; always False where that was not asked.
    """
    stamp = house.stamp()
    if stamp != Stamp() and (stamp.place != house.place() or not Path(house.python).exists()):
        house.remove_venv()  # another Python, or the folder was moved
        stamp = Stamp()
    if stamp.lists != house.lists() or not set(extras) <= set(stamp.extras):
        extras = tuple(sorted({*extras, *stamp.extras}))
        house.forget()  # an interrupted set-up leaves no stamp, and the next run does it again
        install(house, extras)
        stamp = Stamp(house.place(), house.lists(), extras, ())
        house.leave(stamp)
    for where in ("offscreen", "screen") if screen else ("offscreen",):
        if where not in stamp.starts and qt_starts(house, where):
            stamp = stamp._replace(starts=(*stamp.starts, where))
            house.leave(stamp)
    return screen and "screen" in stamp.starts


def install(house: House, extras: tuple[str, ...]) -> None:
    requirements = selected(house.lock.read_text(encoding="utf-8"), extras)
    print(f"Setting up {house.venv} ({', '.join(('to run', *extras))}): half a minute or so", flush=True)
    if not healthy(house):
        make_venv(house)
    pip = (house.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--compile")
    wanted = house.venv / "requirements.txt"
    wanted.write_text(requirements, encoding="utf-8")
    if call(house, *pip, "--require-hashes", "--only-binary", ":all:", "-r", str(wanted)):
        raise Stop(
            "The packages could not be installed; the lines above say why. Mostly there is no network, or a proxy "
            "stands in the way: then set HTTPS_PROXY, or PIP_INDEX_URL to your organisation's mirror, and try again."
        )
    # The project itself, from this folder, with the setuptools just installed: this needs no network.
    if call(house, *pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."):
        raise Stop("The project itself could not be installed; the lines above say why.")
    compile_sources(house)


def compile_sources(house: House) -> None:
    """Python's own compiled files beside the source: imports are nearly three times as quick."""
    if call(house, house.python, "-m", "compileall", "-q", "src"):
        raise Stop("The project's own files could not be compiled; the lines above say why.")


def healthy(house: House) -> bool:
    """Whether .venv has this very Python, and pip. An interrupted first run may have left half of one."""
    asked = "import sys, pip; print(sys.version_info, sys.base_prefix)"
    try:
        answer = subprocess.run([house.python, "-c", asked], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == f"{sys.version_info} {sys.base_prefix}"


def make_venv(house: House) -> None:
    if running_inside(house.venv):
        raise Stop("The .venv here is broken. Run this script with the Python that .venv was made with.")
    house.remove_venv()
    if importlib.util.find_spec("ensurepip") is None:  # Debian and Ubuntu keep it in a package of its own
        apt_install([f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"], "Python can't make a .venv")
    if call(house, sys.executable, "-m", "venv", str(house.venv)):
        raise Stop("Python could not make .venv; the lines above say why.")


def qt_starts(house: House, where: str) -> bool:
    """Whether Qt starts there, system libraries installed first if need be. No screen within reach is False."""
    if sys.platform != "linux":
        return True
    environment = {"QT_QPA_PLATFORM": "offscreen"} if where == "offscreen" else {}
    trouble = start_qt(house, environment)
    if not trouble:
        return True
    if "could not connect to display" in trouble:
        return False
    names = QT_LIBRARIES if where == "offscreen" else (*QT_LIBRARIES, *SCREEN_LIBRARIES)
    apt_install(names, "Qt, which draws the window, can't start")
    trouble = start_qt(house, environment)
    if trouble and where == "offscreen":
        raise Stop(f"Qt, which draws the window, still can't start. It says:\n{trouble}")
    return not trouble


def start_qt(house: House, environment: Mapping[str, str]) -> str:
    """What Qt says when it does not start; empty when it does."""
    command = [house.python, "-c", START_QT]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    except subprocess.TimeoutExpired:
        return "Qt did not start within two minutes."
    return "" if done.returncode == 0 else done.stderr.strip() or f"exit code {done.returncode}"


def apt_install(names: Sequence[str], why: str) -> None:
    """With apt, as root or by sudo if it asks no password; else stop with the line an administrator can run."""
    line = "apt-get install -y --no-install-recommends " + " ".join(names)
    as_root = administrator()
    if shutil.which("apt-get") is None:
        raise Stop(f"{why}: this machine lacks some of these packages (Debian's names):\n  {' '.join(names)}")
    if as_root is None:
        raise Stop(
            f"{why}: some system packages are missing. An administrator can install them with:\n  sudo {line}"
        )
    print(f"{why}: installing {' '.join(names)}", flush=True)
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    for words in ("apt-get update -qq", line.replace("-y", "-y -qq", 1)):
        if subprocess.call([*apt, *words.split()], stdout=subprocess.DEVNULL):
            raise Stop(f"{why}, and apt could not help. An administrator can try:\n  sudo {line}")


def administrator() -> list[str] | None:
    """What to put before a command so that it runs as root; None when we may not."""
    if os.name == "nt":
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


# ------------------------------------------------------------------------------------------------- the words


def has_screen(environment: Mapping[str, str]) -> bool:
    if environment.get("QT_QPA_PLATFORM"):
        return environment["QT_QPA_PLATFORM"] not in {"offscreen", "minimal", "vnc"}
    return sys.platform != "linux" or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def offscreen() -> dict[str, str]:
    return {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def demo(house: House, arguments: list[str]) -> int:
    expect(arguments, most=0)
    on_screen = prepare(house, screen=has_screen(os.environ))
    environment: dict[str, str] = {} if on_screen else {"QT_QPA_PLATFORM": "offscreen"}
    return call(house, house.python, "-m", "fundtracker.demonstrate", "demo-output", **environment)


def app(house: House, arguments: list[str]) -> int:
    expect(arguments, most=1)
    files = [str(Path(name).resolve()) for name in arguments]
    if not has_screen(os.environ):
        raise Stop('There is no screen here to open a window on. "python run.py demo" works without one.')
    if not prepare(house, screen=True):
        raise Stop("The window could not be opened: the screen that DISPLAY names does not answer.")
    return call(house, house.python, "-m", "fundtracker", *files)


def screenshots(house: House, arguments: list[str]) -> int:
    folders = [argument for argument in arguments if argument != "--contrast"]
    expect(folders, most=1)
    if folders and folders[0].startswith("-"):
        raise Stop(f'"{folders[0]}" was not understood: see "python run.py --help".', code=2)
    contrast = ["--contrast"] if "--contrast" in arguments else []
    prepare(house)
    for scale in ("1", "1.5"):
        failed = call(
            house,
            house.python,
            "-m",
            "fundtracker.screenshots",
            *(folders or ["screenshots"]),
            *contrast,
            QT_SCALE_FACTOR=scale,
            **offscreen(),
        )
        if failed:
            return failed
    return 0


def test(house: House, arguments: list[str]) -> int:
    environment = offscreen()
    if "--deep" in arguments:
        environment["FUNDTRACKER_DEEP"] = "1"
    passed_on = [argument for argument in arguments if argument != "--deep"]
    prepare(house, ("test",))
    # The whole suite uses every core; one file's tests stay in one process, so that they may share what they made.
    passed_on = passed_on or ["-n", "auto", "--dist", "loadfile"]
    return call(house, house.python, "-m", "pytest", *passed_on, **environment)


def check(house: House, arguments: list[str]) -> int:
    expect([argument for argument in arguments if argument != "--no-tests"], most=0)
    prepare(house, ("check", "test"))
    python = house.python
    steps: dict[str, Callable[[], int]] = {
        "Format": lambda: call(house, python, "-m", "ruff", "format", "--check", "."),
        "Lint": lambda: call(house, python, "-m", "ruff", "check", "."),
        "Types": lambda: call(house, python, "-m", "basedpyright"),
        "Import contracts": lambda: call(house, str(house.program("lint-imports"))),
    }
    if "--no-tests" not in arguments:
        steps["Tests"] = lambda: test(house, [])
    return one_after_another(steps)


def bench(house: House, arguments: list[str]) -> int:
    names = sorted(file.stem for file in (house.root / "benchmarks").glob("[!_]*.py"))
    if not arguments:
        print("Benchmarks, each with python run.py bench NAME:", *names, sep="\n  ")
        return 0
    if arguments[0] != "all" and arguments[0] not in names:
        raise Stop(
            f"There is no benchmark {arguments[0]}. There are: {', '.join(names) or 'none yet'}.", code=2
        )
    prepare(house, ("test",))
    compile_sources(house)  # what was edited since
    if arguments[0] != "all":
        return run_benchmark(house, *arguments)
    expect(arguments, most=1)
    return one_after_another({name: lambda name=name: run_benchmark(house, name) for name in names})


def run_benchmark(house: House, name: str, *arguments: str) -> int:
    return call(house, house.python, str(house.root / "benchmarks" / f"{name}.py"), *arguments, **offscreen())


def one_after_another(steps: Mapping[str, Callable[[], int]]) -> int:
    """Every step under its heading, whatever the others did; then a summary. 1 if any failed."""
    results: dict[str, bool] = {}
    for name, step in steps.items():
        print(f"\n{name}\n{'-' * len(name)}", flush=True)
        results[name] = step() == 0
    print("\nSummary\n-------")
    for name, well in results.items():
        print(f"  {'ok    ' if well else 'FAILED'}  {name}")
    return 0 if all(results.values()) else 1


def revision(house: House, arguments: list[str]) -> int:
    expect(arguments, least=1, most=1)
    prepare(house)
    return call(house, house.python, "-m", "fundtracker.storage.revise", *arguments)


def lock(house: House, arguments: list[str]) -> int:
    """Needs uv, and nothing else of .venv."""
    expect([argument for argument in arguments if argument != "--upgrade"], most=0)
    uv = shutil.which(
        "uv", path=os.pathsep.join([str(house.program("uv").parent), os.environ.get("PATH", "")])
    )
    if uv is None:
        raise Stop('Making the lock needs uv. Install it with "python -m pip install uv" and try again.')
    return call(house, sys.executable, str(house.root / "packaging" / "lock.py"), uv, *arguments)


def clean(house: House, arguments: list[str]) -> int:
    expect(arguments, most=0)
    print(
        ".venv is removed; the next run makes it afresh."
        if house.remove_venv()
        else "There is no .venv here."
    )
    return 0


def expect(arguments: Sequence[str], *, most: int, least: int = 0) -> None:
    if len(arguments) < least:
        raise Stop('Something is missing after that word: see "python run.py --help".', code=2)
    if len(arguments) > most:
        raise Stop(f'"{arguments[most]}" was not understood: see "python run.py --help".', code=2)


WORDS: dict[str, Callable[[House, list[str]], int]] = {
    "demo": demo, "app": app, "test": test, "check": check, "screenshots": screenshots, "bench": bench, "revision": revision, "lock": lock,
    "clean": clean,
}  # fmt: skip


def main(arguments: list[str]) -> int:
    trouble = refusal((sys.version_info[0], sys.version_info[1]))
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(HELP)
        return 0 if arguments else 2
    word, *rest = arguments
    if word not in WORDS:
        print(f'"{word}" is not one of: {", ".join(WORDS)}. See "python run.py --help".', file=sys.stderr)
        return 2
    try:
        return WORDS[word](House(Path(__file__).resolve().parent), rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
