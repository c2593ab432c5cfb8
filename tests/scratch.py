"""A scratch copy of the program in which a test may change the source, as a developer would, and run what comes of it."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import fundtracker

SOURCE = Path(fundtracker.__file__).parent
RESOURCES = SOURCE.parents[1] / "resources"


class Scratch:
    """The package copied to a folder of its own."""

    def __init__(self, folder: Path, like: "Scratch | None" = None) -> None:
        self.folder = folder
        self.package = folder / "src" / "fundtracker"
        if like is not None:
            shutil.copytree(like.folder, folder)
            return
        shutil.copytree(SOURCE, self.package, ignore=shutil.ignore_patterns("__pycache__"))
        if RESOURCES.is_dir():
            shutil.copytree(RESOURCES, folder / "resources")

    def copied(self, folder: Path) -> "Scratch":
        """The same, in another folder, to be changed further."""
        return Scratch(folder, like=self)

    def add_column(self, module: str, kind: str, line: str) -> None:
        """Write a field after the last of a record: in module "grants", of "Grant", the line 'colour: str = column("Colour")'."""
        path = self.package / "domain" / f"{module}.py"
        source = path.read_text(encoding="utf-8")
        begins = source.index(f"class {kind}(Record):")
        ends = _end_of_fields(source, begins)
        path.write_text(f"{source[:ends]}    {line}\n{source[ends:]}", encoding="utf-8")

    def change(self, module: str, old: str, new: str) -> None:
        """Change a line of a record's file, wherever it says `old`."""
        path = self.package / "domain" / f"{module}.py"
        source = path.read_text(encoding="utf-8")
        if old not in source:
            raise AssertionError(f"{module}.py doesn't say {old}")
        path.write_text(source.replace(old, new), encoding="utf-8")

    def newest_revision(self) -> Path:
        """The file of the last revision written."""
        return max((self.package / "storage" / "migrations" / "versions").glob("[0-9]*.py"))

    def runs(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Python with this copy of the package before any other, without a screen."""
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(self.folder / "src"), str(Path(__file__).parent))),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            cwd=self.folder,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"{' '.join(arguments)[:200]}\n{done.stdout}\n{done.stderr}")
        return done

    def runs_code(self, code: str) -> str:
        """What a few lines of Python print there."""
        return self.runs("-c", code).stdout

    def revises(self, message: str) -> str:
        """Write the next revision, as a developer would; its text."""
        done = self.runs("-m", "fundtracker.storage.revise", message)
        return Path(done.stdout.strip().splitlines()[-1]).read_text(encoding="utf-8")


def _end_of_fields(source: str, begins: int) -> int:
    """Where a record's body ends, or its first property or method begins."""
    end = re.compile(r"^(?=\n*(?:    @|    def |\S))", re.MULTILINE)
    body = source.index("\n    id: ", begins) + 1
    match = end.search(source, body)
    return match.start() if match else len(source)


def with_two_new_columns(folder: Path) -> Scratch:
    """A copy with a text on Grant (that search looks in) and a day on Cost that may be empty, and the revision for both."""
    scratch = Scratch(folder)
    scratch.add_column(
        "grants", "Grant", 'colour: str = column("Colour", default="none yet", searchable=True)'
    )
    scratch.add_column("costs", "Cost", 'checked_on: date | None = column("Checked on", default=None)')
    scratch.revises("Add colour and checked on")
    return scratch


LOOKS = """
import json, sys
from pathlib import Path
from fundtracker.application.actions.records import add, edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Grant
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.verify import verify
"""


def asks(scratch: Scratch, path: Path, code: str) -> Any:
    """What a few lines find out about a file, opened there as `w`."""
    opened = f"w = Workspace.open(Path({str(path)!r}), actor='Somebody')\nfound = {{}}\n"
    return json.loads(scratch.runs_code(f"{LOOKS}{opened}{code}\nw.close()\nprint(json.dumps(found))"))


def content(path: Path) -> list[str]:
    """Everything a file holds, version and statements included, whatever its pages look like."""
    with closing(sqlite3.connect(path)) as conn:
        (version,) = conn.execute("PRAGMA user_version").fetchone()
        return [f"user_version {version}", *conn.iterdump()]


def refusal(scratch: Scratch, path: Path) -> str:
    """What a copy of the program says when it won't open a file."""
    code = f"""{LOOKS}
from fundtracker.domain.problems import StorageTrouble
try:
    Workspace.open(Path({str(path)!r}))
except StorageTrouble as trouble:
    print(trouble)
"""
    return scratch.runs_code(code).strip()
