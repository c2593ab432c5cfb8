"""References added later, columns renamed and columns that go: the history follows, and what it couldn't follow is refused."""

import shutil
from pathlib import Path

import pytest

from fundtracker.storage import migrations
from scratch import Scratch, asks, content, refusal, with_two_new_columns

KEPT = Path(__file__).parent / "kept" / f"version-{migrations.HEAD}.fundtracker"
NEXT = migrations.HEAD + 1


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    return with_two_new_columns(tmp_path_factory.mktemp("scratch"))


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file of the version before."""
    return Path(shutil.copyfile(KEPT, tmp_path / "office.fundtracker"))


# References, new names, columns that go


@pytest.fixture(scope="module")
def referring(scratch: Scratch, tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """A reference to another kind, one to its own kind and a yes or no, added as the guide says."""
    later = scratch.copied(tmp_path_factory.mktemp("referring") / "copy")
    later.add_column(
        "costs",
        "Cost",
        'also_of_id: InterventionId | None = column("Also of", default=None, refers_to=Intervention)',
    )
    later.add_column("costs", "Cost", 'urgent: bool = column("Urgent", default=False)')
    later.add_column(
        "grants", "Grant", 'follows_id: GrantId | None = column("Follows", default=None, refers_to="Grant")'
    )
    later.revises("Add references")
    return later


def test_a_reference_added_later_is_kept_by_the_database(referring: Scratch, older: Path) -> None:
    found = asks(
        referring,
        older,
        """
from fundtracker.application.actions.records import remove
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.problems import Refused
from fundtracker.storage.journal import Stamp, transaction
edit(w, w.get(Cost, 2), also_of_id=1, urgent=True)
found["row"] = w.lists.page(ListQuery(kind=Cost, sort=(("also_of_id", True),)), 0, 1)[0][1][-2:]
with w.database.reader() as c:
    found["keys"] = sorted(row[2:] for table in ("cost", "grant") for row in c.execute(f"PRAGMA foreign_key_list({table})") if row[3] in {"also_of_id", "follows_id"})
for name, value in (("also_of_id", 99), ("urgent", 7)):
    try:
        with transaction(w.database, Stamp("Somebody", w.clock(), "Raw")) as tx:
            tx.connection.execute(f"UPDATE cost SET {name} = {value} WHERE id = 2")
    except Refused as refused:
        found[name] = str(refused)
w.undo()
found["undone"] = [w.get(Cost, 2).also_of_id, w.get(Cost, 2).urgent]
with w.database.reader() as c:
    found["faults"] = [p.message for p in verify(c)]
""",
    )
    assert found == {
        "row": ["SSF5-VAWG-01 Op Vigilant", "Yes"],
        "keys": [
            ["grant", "follows_id", "id", "NO ACTION", "RESTRICT", "NONE"],
            ["intervention", "also_of_id", "id", "NO ACTION", "RESTRICT", "NONE"],
        ],
        "also_of_id": "Another record rests on this one, or one it names isn't there any more: nothing was changed.",
        "urgent": "The record can't be kept as it is (CHECK constraint failed: ck_cost_urgent): nothing was changed.",
        "undone": [None, False],
        "faults": [],
    }


def test_its_tables_are_those_that_the_records_describe(referring: Scratch) -> None:
    """The program's own tests of its tables pass in the copy."""
    tests = Path(__file__).with_name("test_tables.py")
    wanted = "records_describe or checks_and_strictness or nothing_to_revise"
    done = referring.runs("-m", "pytest", str(tests), "-q", "-p", "no:cacheprovider", "-k", wanted)
    assert "3 passed" in done.stdout


def test_what_sqlite_cannot_add_to_a_table_is_refused_when_the_revision_is_written(
    scratch: Scratch, tmp_path: Path
) -> None:
    later = scratch.copied(tmp_path / "later")
    later.change(
        "costs",
        'ledger_code: str = column("Ledger code"',
        'ledger_code: str = column("Ledger code", key=True',
    )
    done = later.runs("-m", "fundtracker.storage.revise", "Make it a key", check=False)
    assert "SQLite can't add or drop uq_cost_ledger_code on the table cost that is there" in done.stderr


@pytest.fixture(scope="module")
def renaming(scratch: Scratch, tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """The new column has another name in the version after, and the day is gone in the one after that."""
    later = scratch.copied(tmp_path_factory.mktemp("renaming") / "copy")
    later.change("grants", "colour:", "shade:")
    text = later.revises("Colour is shade")
    head, _, _ = text.partition("def upgrade")
    later.newest_revision().write_text(
        f'{head}renamed = {{"grant": {{"colour": "shade"}}}}\n\n\ndef upgrade() -> None:\n    op.execute(\'ALTER TABLE "grant" RENAME COLUMN colour TO shade\')\n',
        encoding="utf-8",
    )
    later.change("costs", '    checked_on: date | None = column("Checked on", default=None)\n', "")
    later.revises("No more checked on")
    return later


FILLED = """
from datetime import date
edit(w, w.get(Grant, 1), colour="Vermilion")
edit(w, w.get(Cost, 2), checked_on=date(2024, 5, 1))
edit(w, w.get(Cost, 2), description="Other")
"""
TAKEN_BACK = """
found["shade"] = w.get(Grant, 1).shade
found["undone"] = []
for _ in range(3):
    found["undone"].append(w.undo_title)
    w.undo()
found["shade then"] = w.get(Grant, 1).shade
found["found"] = list(w.lists.ids(ListQuery(kind=Grant, search="none yet")))
with w.database.reader() as c:
    found["moved"] = c.execute("SELECT table_name, before, after FROM change WHERE table_name LIKE 'column:%' ORDER BY id").fetchall()
    found["faults"] = [p.message for p in verify(c)]
"""


def test_new_names_and_columns_that_go_are_recorded_and_what_was_before_is_taken_back(
    scratch: Scratch, renaming: Scratch, older: Path
) -> None:
    asks(scratch, older, FILLED)
    found = asks(renaming, older, TAKEN_BACK)
    assert found == {
        "shade": "Vermilion",
        "undone": [
            "Change description of C-00002",
            "Change checked on of C-00002",
            "Change colour of G-1 Target hardening in the Cotswolds",
        ],
        "shade then": "none yet",
        "found": [1],
        "moved": [
            ["column:grant", None, "colour='none yet'"],
            ["column:cost", None, "checked_on=NULL"],
            ["column:grant", "colour='shade'", None],
            ["column:cost", "checked_on=NULL", None],
        ],
        "faults": [],
    }


def test_a_file_that_skips_the_versions_between_is_the_same(renaming: Scratch, older: Path) -> None:
    """What was added and went again meanwhile is not told."""
    found = asks(
        renaming,
        older,
        """
found["shade"] = w.get(Grant, 1).shade
w.undo()
with w.database.reader() as c:
    found["moved"] = c.execute("SELECT table_name, before, after FROM change WHERE table_name LIKE 'column:%' ORDER BY id").fetchall()
    found["faults"] = [p.message for p in verify(c)]
""",
    )
    assert found == {"shade": "none yet", "moved": [["column:grant", None, "shade='none yet'"]], "faults": []}


UNCLEAR: dict[str, tuple[str, str]] = {
    "a new name nobody declared": (
        "op.execute('ALTER TABLE cost RENAME COLUMN supplier TO seller')",
        (
            f"Revision {NEXT:04d} takes supplier from cost and adds checked_on, seller: the history can't tell a new name from a loss."
            ' For a new name, ALTER TABLE cost RENAME COLUMN, and say so: renamed = {"cost": {"old": "new"}}; else write two revisions.'
        ),
    ),
    "a new name that isn't so": (
        "pass\n\n\nrenamed = {'cost': {'supplier': 'seller'}}",
        f"Revision {NEXT:04d} says that columns of cost were renamed, and they were not: mend its `renamed` or its upgrade.",
    ),
    "a table that goes": (
        "op.drop_table('document')",
        f"Revision {NEXT:04d} removes or renames the table document: the history holds its records, so it stays. Leave it out of RECORDS and keep the table.",
    ),
}


@pytest.mark.parametrize(("lines", "message"), UNCLEAR.values(), ids=UNCLEAR.keys())
def test_a_revision_that_the_history_could_not_follow_is_refused(
    scratch: Scratch, older: Path, tmp_path: Path, lines: str, message: str
) -> None:
    unclear = scratch.copied(tmp_path / "unclear")
    revision = unclear.newest_revision()
    revision.write_text(f"{revision.read_text(encoding='utf-8').rstrip()}\n    {lines}\n", encoding="utf-8")
    before = content(older)
    assert refusal(unclear, older) == message
    assert content(older) == before
