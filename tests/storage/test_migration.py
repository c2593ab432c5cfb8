"""A column is added as docs/architecture.md says, and an older file is brought up to it: whole, or not at all."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest

from fundtracker.storage import migrate, migrations
from scratch import LOOKS, Scratch, asks, content, refusal, with_two_new_columns

KEPT = Path(__file__).parent / "kept" / f"version-{migrations.HEAD}.fundtracker"
NEXT = migrations.HEAD + 1
STEPS = ("derived parts dropped", "revisions run", "derived parts made", "checked")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    return with_two_new_columns(tmp_path_factory.mktemp("scratch"))


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file of the version before."""
    return Path(shutil.copyfile(KEPT, tmp_path / "office.fundtracker"))


def test_the_revision_says_what_was_added(scratch: Scratch) -> None:
    (path,) = (scratch.package / "storage" / "migrations" / "versions").glob(f"{NEXT:04d}_*.py")
    text = path.read_text(encoding="utf-8")
    assert path.name == f"{NEXT:04d}_add_colour_and_checked_on.py"
    assert f'revision = "{NEXT:04d}"\ndown_revision = "{NEXT - 1:04d}"' in text
    assert "sa.Column('checked_on', sa.Text(), nullable=True)" in text
    assert "sa.Column('colour', sa.Text(), server_default=sa.text(\"'none yet'\"), nullable=False)" in text
    assert scratch.runs_code("from fundtracker.storage.migrations import HEAD; print(HEAD)") == f"{NEXT}\n"


def test_an_older_file_is_migrated_after_a_backup_and_its_history_holds(
    scratch: Scratch, older: Path
) -> None:
    before = content(older)
    found = asks(
        scratch,
        older,
        """
with w.database.reader() as c:
    found["faults"] = [p.message for p in verify(c)]
    found["newest"] = c.execute("SELECT kind, actor, title FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    found["version"] = c.execute("PRAGMA user_version").fetchone()[0]
found["colours"] = [g.colour for g in w.select(Grant)]
found["checked"] = [str(each.checked_on) for each in w.select(Cost)]
""",
    )
    assert found == {
        "faults": [],
        "newest": ["migration", "fundtracker", f"Migrate to version {NEXT}"],
        "version": NEXT,
        "colours": ["none yet"],
        "checked": ["None", "None"],
    }
    (backup,) = (older.parent / "backups").iterdir()
    assert backup.name.startswith("office 20")
    assert backup.name.endswith(f" before version {NEXT}.fundtracker")
    assert content(backup) == before


def test_what_was_done_before_the_migration_is_still_undone_and_redone(scratch: Scratch, older: Path) -> None:
    found = asks(
        scratch,
        older,
        """
found["title"] = w.undo_title
w.undo()
found["undone"] = [w.get(Grant, 1).title, w.get(Grant, 1).colour]
w.redo()
found["redone"] = [w.get(Grant, 1).title, w.get(Grant, 1).colour]
with w.database.reader() as c:
    found["faults"] = [p.message for p in verify(c)]
""",
    )
    assert found == {
        "title": "Change title of G-1 Target hardening",
        "undone": ["Target hardening", "none yet"],
        "redone": ["Target hardening in the Cotswolds", "none yet"],
        "faults": [],
    }


def test_the_new_columns_are_listed_sorted_searched_and_changed(scratch: Scratch, older: Path) -> None:
    found = asks(
        scratch,
        older,
        """
found["labels"] = [columns(Grant)[-1].label, columns(Cost)[-1].label]
found["row"] = w.lists.page(ListQuery(kind=Grant, sort=(("colour", True),)), 0, 9)[0][1][-1]
found["yet"] = list(w.lists.ids(ListQuery(kind=Grant, search="none yet")))
from datetime import date
edit(w, w.get(Grant, 1), colour="Vermilion")
edit(w, w.get(Cost, 2), checked_on=date(2024, 5, 1))
found["vermilion"] = list(w.lists.ids(ListQuery(kind=Grant, search="verm")))
found["gone"] = list(w.lists.ids(ListQuery(kind=Grant, search="yet")))
found["costs"] = [row[1][-1] for row in w.lists.page(ListQuery(kind=Cost, sort=(("checked_on", False),)), 0, 9)]
with w.database.reader() as c:
    found["index"] = c.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sort_cost_checked_on'").fetchone()[0]
    found["faults"] = [p.message for p in verify(c)]
w.undo()
found["undone"] = str(w.get(Cost, 2).checked_on)
""",
    )
    assert found == {
        "labels": ["Colour", "Checked on"],
        "row": "none yet",
        "yet": [1],
        "vermilion": [1],
        "gone": [],
        "costs": ["", "01/05/2024"],
        "index": 1,
        "faults": [],
        "undone": "None",
    }


def test_a_needed_column_added_later_has_its_first_value_in_the_history_too(
    scratch: Scratch, older: Path, tmp_path: Path
) -> None:
    """Two revisions at one opening; and entries from before say what the rows of their time hold now."""
    later = scratch.copied(tmp_path / "later")
    later.add_column("grants", "Grant", 'owner: str = column("Owner")')
    revision = later.revises("Add owner")
    assert "sa.Column('owner', sa.Text(), server_default=sa.text(\"''\"), nullable=False)" in revision
    (path,) = (later.package / "storage" / "migrations" / "versions").glob(f"{NEXT + 1:04d}_*.py")
    path.write_text(revision.replace("\"''\"", "\"'The office'\""), encoding="utf-8")
    found = asks(
        later,
        older,
        """
from fundtracker.application.actions.history import entries, in_words
found["owner"] = w.get(Grant, 1).owner
for entry in entries(w, 99):
    in_words(w, entry)
w.undo()
found["undone"] = [w.get(Grant, 1).title, w.get(Grant, 1).owner]
with w.database.reader() as c:
    found["faults"] = [p.message for p in verify(c)]
""",
    )
    assert found == {"owner": "The office", "undone": ["Target hardening", "The office"], "faults": []}


def test_a_migrated_file_and_a_new_one_have_the_same_tables(scratch: Scratch, older: Path) -> None:
    """Whatever the order their columns were added in."""
    fresh = older.with_name("fresh.fundtracker")
    scratch.runs_code(
        f"{LOOKS}Workspace.create(Path({str(fresh)!r})).close(); Workspace.open(Path({str(older)!r})).close()"
    )

    def shape(path: Path) -> dict[str, Any]:
        with closing(sqlite3.connect(path)) as conn:
            tables = conn.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
            )
            columns = {
                name: sorted(row[1:4] for row in conn.execute(f"PRAGMA table_info({name})"))
                for (name,) in tables.fetchall()
            }
            rest = conn.execute(
                "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"
            )
            return {"columns": columns, **dict(rest.fetchall())}

    assert shape(older) == shape(fresh)


FAILS = """
import sys
from contextlib import closing
from pathlib import Path
from fundtracker.storage import migrate
from fundtracker.storage.connection import connect
class Planted(Exception): pass
def fails(step):
    if step == sys.argv[2]:
        raise Planted
path = Path(sys.argv[1])
with closing(connect(path)) as conn:
    try:
        with migrate.alone(conn):
            migrate.upgrade(conn, int(sys.argv[3]), fails)
    except Planted:
        print(conn.in_transaction, conn.execute("PRAGMA foreign_keys").fetchone()[0])
"""
KILLED = FAILS.replace("raise Planted", "import os; os._exit(9)")


@pytest.mark.parametrize("step", STEPS)
def test_a_failure_after_any_step_leaves_the_file_as_it_was_and_usable(
    scratch: Scratch, older: Path, step: str
) -> None:
    before = content(older)
    assert scratch.runs("-c", FAILS, str(older), step, str(NEXT - 1)).stdout == "False 1\n"
    assert content(older) == before
    assert asks(scratch, older, "found['colours'] = [g.colour for g in w.select(Grant)]") == {
        "colours": ["none yet"]
    }


@pytest.mark.parametrize("step", STEPS)
def test_a_program_killed_after_any_step_leaves_the_file_as_it_was_and_usable(
    scratch: Scratch, older: Path, step: str
) -> None:
    before = content(older)
    assert scratch.runs("-c", KILLED, str(older), step, str(NEXT - 1), check=False).returncode == 9
    assert content(older) == before
    assert asks(scratch, older, "found['colours'] = [g.colour for g in w.select(Grant)]") == {
        "colours": ["none yet"]
    }


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            'op.execute("DELETE FROM return_line")',
            "The migration would lose rows of return_line: nothing was changed.",
        ),
        (
            'op.execute("UPDATE cost SET category_id = 99")',
            "The migration would break a reference of cost: nothing was changed.",
        ),
        (
            'op.execute("UPDATE cost SET checked_on = received_on")',
            "The migration gave cost.checked_on more than one first value: it can't be recorded, and nothing was changed.",
        ),
    ],
)
def test_a_migration_that_would_do_harm_is_refused(
    scratch: Scratch, older: Path, tmp_path: Path, statement: str, message: str
) -> None:
    """A slip in a revision: rows lost, references broken, a first value that the history can't tell."""
    harmful = scratch.copied(tmp_path / "harmful")
    (revision,) = (harmful.package / "storage" / "migrations" / "versions").glob(f"{NEXT:04d}_*.py")
    revision.write_text(
        f"{revision.read_text(encoding='utf-8').rstrip()}\n    {statement}\n", encoding="utf-8"
    )
    before = content(older)
    assert refusal(harmful, older) == message
    assert content(older) == before


def test_a_backup_that_cannot_be_made_stops_the_migration(scratch: Scratch, older: Path) -> None:
    (older.parent / "backups").write_text("a file where the folder should be")
    before = content(older)
    assert "can't be read or written" in refusal(scratch, older)
    assert content(older) == before


def test_a_half_made_backup_is_not_left_behind(scratch: Scratch, older: Path) -> None:
    code = f"""{LOOKS}
import sqlite3
from fundtracker.storage import migrate
class Copy(sqlite3.Connection):
    def execute(self, sql, *rest):
        if sql == "PRAGMA quick_check":
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(sql, *rest)
really = sqlite3.connect
migrate.sqlite3.connect = lambda path, **rest: really(path, **({{"factory": Copy}} if "backups" in str(path) else {{}}), **rest)
from fundtracker.domain.problems import StorageTrouble
try:
    Workspace.open(Path({str(older)!r}))
except StorageTrouble as trouble:
    print(trouble)
"""
    before = content(older)
    assert scratch.runs_code(code).startswith("The disk is full: nothing was changed.")
    assert list((older.parent / "backups").iterdir()) == []
    assert content(older) == before


# Several programs, several backups

OPENS = f"{LOOKS}Workspace.open(Path(sys.argv[1])).close()"
OPENS_WHILE_ANOTHER_DOES = f"""{LOOKS}
import subprocess
from fundtracker.storage import migrate
really = migrate.back_up
def back_up(path, why):
    other = subprocess.run([sys.executable, "-c", sys.argv[2], str(path)], capture_output=True, text=True)
    print(other.stderr.strip().splitlines()[-1])
    return really(path, why)
migrate.back_up = back_up
Workspace.open(Path(sys.argv[1])).close()
"""


def test_of_two_programs_that_open_an_older_file_one_migrates_it(scratch: Scratch, older: Path) -> None:
    """The second comes when the first has seen that the file is old, and is told to wait."""
    impatient = f"from fundtracker.storage.connection import PRAGMAS; PRAGMAS['busy_timeout'] = 20\n{OPENS}"
    said = scratch.runs("-c", OPENS_WHILE_ANOTHER_DOES, str(older), impatient).stdout
    assert said.strip().endswith(
        "Another program is using office.fundtracker. Close it there, or wait a moment and try again."
    )
    assert asks(scratch, older, LOOKED_AT) == {"faults": [], "migrations": 1}
    assert len(list((older.parent / "backups").iterdir())) == 1


LOOKED_AT = """
with w.database.reader() as c:
    found["faults"] = [p.message for p in verify(c)]
    found["migrations"] = c.execute("SELECT count(*) FROM entry WHERE kind = 'migration'").fetchone()[0]
"""


def test_a_file_that_another_program_has_migrated_meanwhile_is_left_as_it_is(
    scratch: Scratch, older: Path
) -> None:
    scratch.runs("-c", OPENS, str(older))
    before = older.read_bytes()
    late = f"""{LOOKS}
from fundtracker.storage import database
read = database._version
database._version = lambda path: read(path) - 1  # what it was a moment ago
Workspace.open(Path(sys.argv[1])).close()
"""
    scratch.runs("-c", late, str(older))
    assert older.read_bytes() == before
    assert len(list((older.parent / "backups").iterdir())) == 1


def test_backups_of_one_second_stand_beside_each_other(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Stopped":
            return cls(2026, 2, 3, 4, 5, 6, tzinfo=tz)

    monkeypatch.setattr(migrate, "datetime", Stopped)
    first = migrate.back_up(older, "by hand")
    said = content(first)
    with closing(sqlite3.connect(older)) as conn:
        conn.execute("CREATE TABLE later (id)")
    others = [migrate.back_up(older, "by hand") for _ in range(2)]
    assert [each.name for each in (first, *others)] == [
        "office 2026-02-03 040506 by hand.fundtracker",
        "office 2026-02-03 040506 by hand (2).fundtracker",
        "office 2026-02-03 040506 by hand (3).fundtracker",
    ]
    assert content(first) == said
    assert content(others[0]) == content(others[1]) == content(older)
