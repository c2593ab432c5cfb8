"""A process that reads hostile files one after another, each against the clock and within its memory: for tests.

Starting a child process for each file takes longer than reading it. So here the children's own code runs in this process, and what
they are held by stands around it: a deadline in seconds of the processor, a bound on the memory, and a look at how much was used.
Whoever starts this process watches that it goes on at all.
"""

import json
import os
import signal
import sys
import time
import traceback
import unicodedata
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from fundtracker.domain.problems import Refused, StorageTrouble
from fundtracker.imports import child, guard, process, reader
from fundtracker.imports.limits import Limits
from fundtracker.imports.marking import child as marking_child
from fundtracker.imports.marking import marked_copy

SECONDS, MEMORY = 5.0, 512 * 2**20
"""What a hostile file may take: of the processor, and of memory beyond what the program has when it begins."""
_LONGEST_SENTENCE = 2_000
_RESET_PEAK = "5"
_MAINS: dict[str, Callable[[list[str]], int]] = {
    process.READER: child.main,
    "fundtracker.imports.marking.child": marking_child.main,
}


class Late(BaseException):
    """The deadline is past. Not an Exception, so that nothing on the way takes it for damage."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one file. `outcome` begins with "crash", "late" or "memory" where the promise is broken."""

    name: str
    outcome: str
    detail: str = ""
    seconds: float = 0.0
    peak: int = 0

    @property
    def broken(self) -> bool:
        return self.outcome in {"crash", "late", "memory", "sentence", "written"}


def read_here() -> None:
    """From now on this process reads by itself what it would hand to a child."""
    os.environ["OPENPYXL_DEFUSEDXML"] = "True"
    for each in (child, marking_child):
        setattr(each, "limit_ourselves", _no_limits)  # noqa: B010 - each is a module, of either name
    reader.run_child = marked_copy.run_child = _run_child_here


def _no_limits(_: Limits) -> None:
    """They are this whole process's."""


given_up: list[str] = []
"""What ended each child that gave up, until somebody looks."""


def _run_child_here(
    copy: Path,
    lines: Path,
    limits: Limits,
    name: str,
    *,
    module: str = process.READER,
    also: Sequence[Path] = (),
) -> None:
    """As `process.run_child` sees its child: anything unforeseen in it is damage to the file."""
    words = [str(copy), str(lines), json.dumps(asdict(limits)), *map(str, also)]
    try:
        code = _MAINS[module](words)
    except Exception as trouble:  # noqa: BLE001 - whatever ends the child
        given_up.append(type(trouble).__name__)
        raise guard.damaged(name) from None
    if code == process.NO_MEMORY:
        raise Refused(
            f"“{name}” needs more memory than a workbook should, and so it was stopped: copy its rows into a new workbook, and import that."
        )


def bound_memory() -> None:
    """From now on this process gets MEMORY more, and no more."""
    import resource

    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, held + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextmanager
def _deadline(seconds: float) -> Generator[None]:
    def late(*_: object) -> None:
        raise Late

    held = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, held)


def attempt(name: str, act: Callable[[], str]) -> Tried:
    """Do it, within the limits. `act` says in a word what came of it; refusals are looked at here."""
    given_up.clear()
    before, begun = _memory(), time.process_time()
    outcome, detail = "", ""
    try:
        with _deadline(SECONDS):
            outcome = act()
    except (Refused, StorageTrouble) as refused:
        outcome = f"refused ({given_up[-1]})" if given_up else "refused"
        detail = str(refused)
        if fault := fault_of_sentence(detail):
            outcome, detail = "sentence", f"{fault}: {detail[:300]!r}"
    except Late:
        outcome, detail = "late", _where()
    except MemoryError:
        outcome, detail = "memory", _where()
    except Exception as trouble:  # noqa: BLE001 - a crash is what is looked for
        outcome, detail = "crash", f"{type(trouble).__name__}: {str(trouble)[:200]!r} {_where()}"
    return Tried(name, outcome, detail, time.process_time() - begun, max(0, _memory(peak=True) - before))


def _where() -> str:
    """The last few places of the trouble at hand."""
    frames = traceback.extract_tb(sys.exc_info()[2])[-4:]
    return " < ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in reversed(frames))


def _memory(*, peak: bool = False) -> int:
    """Bytes held now (counting the peak from now on), or at the most since then; nought where the system doesn't tell."""
    try:
        if not peak:
            Path("/proc/self/clear_refs").write_text(_RESET_PEAK)
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    wanted = "VmHWM:" if peak else "VmRSS:"
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(wanted)), 0)


def fault_of_sentence(text: str) -> str:
    """What is wrong with the words of a refusal; nothing where a person can read them."""
    if not text.strip():
        return "no words"
    if len(text) > _LONGEST_SENTENCE:
        return f"{len(text):,} characters"
    odd = {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} and c not in "\n\t"}
    if odd:
        return f"characters {', '.join(f'U+{ord(c):04X}' for c in sorted(odd)[:5])}"
    return ""


def say(tried: Tried) -> None:
    """One line, for whoever started this process."""
    sys.stdout.write(json.dumps(asdict(tried)) + "\n")
    sys.stdout.flush()


def begins(name: str) -> None:
    """Said first, so that a process that dies is known by what it died of."""
    sys.stdout.write(json.dumps({"begins": name}) + "\n")
    sys.stdout.flush()
