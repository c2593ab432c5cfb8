"""Opening, and what stands in the way of it: every refusal in plain words, and the file as it was."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event
from typing import Any, ClassVar

import pytest

from filing import empty_file, filed, stamp
from fundtracker.domain.problems import Problem, Refused, StorageTrouble
from fundtracker.storage import database as module
from fundtracker.storage.database import APPLICATION_ID, PRAGMAS, Database, connect
from fundtracker.storage.journal import head, transaction
from fundtracker.storage.migrations import HEAD
from fundtracker.storage.verify import verify


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return empty_file(tmp_path / "office.fundtracker")


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database.open(path)
    yield opened
    opened.close()


def writes(database: Database, name: str = "Safer streets") -> None:
    with transaction(database, stamp()) as tx:
        tx.connection.execute(
            "INSERT INTO priority (version, code, name) VALUES (1, ?, ?)", (name[:20], name)
        )


# Every connection


@pytest.mark.parametrize("read_only", [False, True])
def test_every_pragma_is_as_it_should_be_on_every_connection(path: Path, read_only: bool) -> None:
    with closing(connect(path, read_only=read_only)) as conn:
        found = {name: conn.execute(f"PRAGMA {name}").fetchone() for name in PRAGMAS}
        assert conn.execute("PRAGMA query_only").fetchone() == (int(read_only),)
    found["mmap_size"] = found["mmap_size"] or (0,)  # a SQLite built without it says nothing
    assert found == {
        "journal_mode": ("truncate",),
        "synchronous": (3,),
        "foreign_keys": (1,),
        "recursive_triggers": (1,),
        "trusted_schema": (0,),
        "cell_size_check": (1,),
        "mmap_size": (0,),
        "busy_timeout": (5000,),
        "secure_delete": (1,),
    }


@pytest.mark.parametrize("name", ["journal_mode", "synchronous", "foreign_keys", "trusted_schema"])
def test_a_pragma_that_does_not_take_is_refused(
    path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here because another is asked for than can be had; elsewhere because of the disk, or of an odd SQLite."""
    monkeypatch.setitem(PRAGMAS, name, 77)
    with pytest.raises(
        StorageTrouble,
        match=f"can't be opened safely: {name} is .*, not 77. Copy it to this computer's own disk",
    ):
        connect(path)


def test_a_reader_that_could_write_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`query_only` is read back like the others."""

    class Deaf(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            return super().execute("SELECT 1" if sql == "PRAGMA query_only = 1" else sql, *rest)

    really = sqlite3.connect

    def deaf(where: Path, **options: Any) -> sqlite3.Connection:
        return really(where, factory=Deaf, **options)

    monkeypatch.setattr(module.sqlite3, "connect", deaf)
    with pytest.raises(StorageTrouble, match="can't be opened safely: query_only is 0, not 1"):
        connect(path, read_only=True)
    connect(path).close()


def test_an_old_sqlite_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.36.0")
    with pytest.raises(
        StorageTrouble, match=r"This computer's SQLite is 3\.36\.0; fundtracker needs 3\.37 or later"
    ):
        connect(path)


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StorageTrouble, match="is read-only"), database.reader() as conn:
        conn.execute("INSERT INTO open_entry VALUES (1, 1, 'Somebody')")
    with database.reader() as conn:
        assert conn.execute("SELECT count(*) FROM open_entry").fetchone() == (0,)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        (
            "INSERT INTO cost_category (version, name, note) VALUES ('one', 'x', '')",
            "cannot store TEXT value in INTEGER column",
        ),
        (
            "INSERT INTO cost_category (version, name, note) VALUES (1.5, 'x', '')",
            "cannot store REAL value in INTEGER column",
        ),
        (
            "INSERT INTO cost_category (version, name, note) VALUES (1, x'00', '')",
            "cannot store BLOB value in TEXT column",
        ),
        ("INSERT INTO cost_category (version, name, note) VALUES (0, 'x', '')", "ck_cost_category_version"),
        ("INSERT INTO cost_category (version, name) VALUES (1, 'x')", "Note is empty: enter it."),
        (
            "INSERT INTO award (version, bid_id, reference, agreement, project_number, starts_on, ends_on, status, note) VALUES (1, 7, 'A', '', '', '', '', '', '')",
            "isn't there any more",
        ),
    ],
)
def test_tables_are_strict_and_their_constraints_hold(database: Database, sql: str, message: str) -> None:
    with pytest.raises(Refused, match=message), transaction(database, stamp()) as tx:
        tx.connection.execute(sql)


def test_every_table_is_strict_and_holds_text_and_whole_numbers(database: Database) -> None:
    with database.reader() as conn:
        tables = conn.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        ).fetchall()
        ours = [name for name, _ in tables if not name.startswith(("sqlite_", "search_"))]
        assert [name for name, strict in tables if name in ours and not strict] == []
        types = {
            kind
            for name in ours
            for (kind,) in conn.execute(
                f"SELECT type FROM pragma_table_info('{name}') WHERE name <> 'content'"
            )
        }
    assert types == {"TEXT", "INTEGER"}
    assert len(ours) == 41


# Readers of many threads


class Watched(Database):
    """Remembers every connection it opened to read."""

    made: ClassVar[list[sqlite3.Connection]] = []

    def still_open(self) -> int:
        return sum(is_open(each) for each in self.made)


def is_open(conn: sqlite3.Connection) -> bool:
    try:
        conn.total_changes  # noqa: B018 - raises where it is closed
    except sqlite3.ProgrammingError:
        return False
    return True


@pytest.fixture
def watched(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    made: list[sqlite3.Connection] = []
    monkeypatch.setattr(Watched, "made", made)

    def remembers(where: Path, *, read_only: bool = False) -> sqlite3.Connection:
        made.append(connect(where, read_only=read_only))
        return made[-1]

    monkeypatch.setattr(module, "connect", remembers)
    opened = Watched(path)
    yield opened
    opened.close()


def reads(database: Database, meanwhile: Callable[[], Any] = lambda: None) -> int:
    with database.reader() as conn:
        (found,) = conn.execute("SELECT count(*) FROM entry").fetchone()
        meanwhile()
    return found


def in_threads(how_many: int, act: Callable[[], Any]) -> list[Any]:
    with ThreadPoolExecutor(how_many) as pool:
        return [each.result() for each in [pool.submit(act) for _ in range(how_many)]]


def test_threads_that_end_leave_no_connections_behind(watched: Watched) -> None:
    for _ in range(30):
        assert in_threads(1, lambda: reads(watched)) == [0]
    assert (len(watched.made), watched.still_open()) == (1, 1)


def test_readers_at_one_time_have_a_connection_each_and_few_are_kept(watched: Watched) -> None:
    all_there = Barrier(9)
    assert in_threads(9, lambda: reads(watched, all_there.wait)) == [0] * 9
    assert (len(watched.made), watched.still_open()) == (9, 4)
    assert in_threads(3, lambda: reads(watched)) == [0] * 3
    assert len(watched.made) == 9
    watched.close()
    assert watched.still_open() == 0


def test_a_reader_sees_its_own_moment_and_the_next_one_a_new_one(watched: Watched) -> None:
    with watched.reader() as conn:
        before = head(conn)
        assert in_threads(1, lambda: reads(watched)) == [0]
        with watched.reader() as nested:
            assert nested is conn
            assert head(nested) == before
    writes(watched)
    assert reads(watched) == 1


def test_a_reader_whose_block_fails_gives_its_connection_back(watched: Watched) -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            reads(watched, lambda: 1 / 0)
    assert len(watched.made) == 1
    writes(watched)  # no reader was left in the middle
    assert reads(watched) == 1


def test_a_file_closed_while_it_is_read_stops_the_reader_in_plain_words(watched: Watched) -> None:
    """Another thread is deep in a question: it ends, and its connection is closed by itself."""
    begun = Event()

    def says_so(_: int) -> None:
        begun.set()

    def asks_for_ever() -> None:
        with watched.reader() as conn:
            conn.create_function("begun", 1, says_so)
            conn.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE begun(i)"
            ).fetchall()

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(asks_for_ever)
        assert begun.wait(20)
        watched.close()
        with pytest.raises(StorageTrouble, match=r"office\.fundtracker was closed while it was being read"):
            asking.result(timeout=20)
    assert watched.still_open() == 0
    with pytest.raises(StorageTrouble, match=r"office\.fundtracker is closed"):
        reads(watched)


# Opening


def test_a_file_that_is_up_to_date_opens_without_sqlalchemy_and_alembic(path: Path) -> None:
    """They cost a second at the start of every window."""
    program = (
        "import sys; from pathlib import Path; from fundtracker.application.workspace import Workspace;"
        f"w = Workspace.open(Path({str(path)!r})); w.undo_title; w.close();"
        "print(sorted(each for each in sys.modules if each.split('.')[0] in {'sqlalchemy', 'alembic'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_file_says_what_it_is(path: Path) -> None:
    head_bytes = path.read_bytes()[:100]
    assert head_bytes[68:72] == b"FUND"
    assert int.from_bytes(head_bytes[60:64], "big") == HEAD
    assert int.from_bytes(b"FUND", "big") == APPLICATION_ID


@pytest.mark.parametrize("mode", ["truncate", "wal"])
def test_a_file_of_a_newer_version_is_refused_untouched(path: Path, mode: str) -> None:
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA journal_mode = {mode}")
        conn.execute(f"PRAGMA user_version = {HEAD + 1}")
        conn.commit()
    before, files = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(
        StorageTrouble,
        match=r"office\.fundtracker was last written by a newer version of fundtracker. Install that version to open it; the file was not changed",
    ):
        Database.open(path)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == files


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_database_of_another_program_is_refused_untouched(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(f"PRAGMA journal_mode = {mode}")
        conn.execute("CREATE TABLE photo (id)")
        conn.commit()
    before = path.read_bytes()
    with pytest.raises(StorageTrouble, match=r"photos\.db is a database of another program"):
        Database.open(path)
    assert path.read_bytes() == before


NOT_OURS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "is not a fundtracker file"),
    "text": (lambda path: path.write_text("Dear all,"), "is not a fundtracker file"),
    "workbook": (lambda path: path.write_bytes(b"PK\x03\x04" * 500), "is not a fundtracker file"),
    "missing": (lambda path: path.unlink(), "There is no file"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "There is no file"),
    "beginning only": (lambda path: path.write_bytes(path.read_bytes()[:5000]), "damaged"),
    "garbled": (lambda path: path.write_bytes(path.read_bytes()[:100] + b"\x55" * 100_000), "damaged"),
}


@pytest.mark.parametrize(("spoil", "message"), NOT_OURS.values(), ids=NOT_OURS.keys())
def test_what_is_no_file_of_ours_is_told_in_plain_words(
    path: Path, spoil: Callable[[Path], Any], message: str
) -> None:
    spoil(path)
    with pytest.raises(StorageTrouble, match=message):
        _opens_and_verifies(path)


def _opens_and_verifies(path: Path) -> tuple[Problem, ...]:
    opened = Database.open(path)
    try:
        with opened.reader() as conn:
            return verify(conn)
    finally:
        opened.close()


def test_a_damaged_page_is_found_by_verify(tmp_path: Path) -> None:
    path = tmp_path / "one.fundtracker"
    filed(path).close()
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as conn:
        (page,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'cost'").fetchone()
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    with pytest.raises(StorageTrouble, match=r"one\.fundtracker is damaged.*Restore a backup"):
        _opens_and_verifies(path)


def test_a_file_half_written_by_a_killed_program_is_mended_at_open(path: Path, tmp_path: Path) -> None:
    """Killed while a migration is committed: its version stands in the first bytes, and the journal that takes it back beside it."""
    copy = tmp_path / "copy.fundtracker"
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("PRAGMA cache_size = 1")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute(f"PRAGMA user_version = {HEAD + 1}")
        conn.execute(
            "CREATE TABLE half_done AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
            " SELECT i, randomblob(200) AS b FROM n"
        )
        shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}-journal", f"{copy}-journal")
        conn.execute("ROLLBACK")
    with copy.open("r+b") as file:  # the first page is the last that SQLite writes
        file.seek(60)
        file.write((HEAD + 1).to_bytes(4, "big"))
    assert copy.stat().st_size > path.stat().st_size
    assert _opens_and_verifies(copy) == ()
    assert copy.read_bytes()[60:64] == HEAD.to_bytes(4, "big")
    with closing(sqlite3.connect(copy)) as conn:
        assert conn.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half_done'").fetchone() == (0,)


# Trouble while writing: plain words, and nothing changed


def unchanged(path: Path, act: Callable[[Database], Any], message: str) -> None:
    opened = Database(path)
    try:
        with opened.reader() as conn:
            before = head(conn)
        with pytest.raises(StorageTrouble, match=message):
            act(opened)
        with opened.reader() as conn:
            assert head(conn) == before
            assert verify(conn) == ()
    finally:
        opened.close()


def test_a_full_disk(path: Path) -> None:
    def fills(database: Database) -> None:
        conn = database.writer()
        (pages,) = conn.execute("PRAGMA page_count").fetchone()
        conn.execute(f"PRAGMA max_page_count = {pages + 3}")
        writes(database, "x" * 100_000)

    unchanged(path, fills, "The disk is full: nothing was changed. Free some space and try again")


def test_a_disk_that_is_full_in_the_middle_leaves_a_file_that_can_be_written_again(
    database: Database,
) -> None:
    conn = database.writer()
    (pages,) = conn.execute("PRAGMA page_count").fetchone()
    conn.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StorageTrouble):
        writes(database, "x" * 100_000)
    conn.execute("PRAGMA max_page_count = 1000000")
    writes(database, "x" * 100_000)
    with database.reader() as reader:
        assert head(reader)[0] == 1
        assert verify(reader) == ()


def test_a_file_that_another_program_is_writing_to(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRAGMAS, "busy_timeout", 20)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        unchanged(
            path,
            writes,
            r"Another program is writing to office\.fundtracker. Close it there, or wait a moment and try again",
        )


def test_a_file_that_another_program_holds_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRAGMAS, "busy_timeout", 20)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageTrouble, match="Another program is writing"):
            Database.open(path)


def test_a_reader_that_never_ends_keeps_the_commit_waiting_and_then_refuses_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRAGMAS, "busy_timeout", 20)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM entry").fetchall()
        unchanged(path, writes, "Another program is writing")


def test_a_read_only_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opened as a file in a read-only folder would be; as root, no permission stops a test."""
    really = sqlite3.connect

    def read_only(where: Any, **options: Any) -> sqlite3.Connection:
        return really(f"file:{where}?mode=ro", uri=True, **options)

    monkeypatch.setattr(module.sqlite3, "connect", read_only)
    Database.open(path).close()
    unchanged(path, writes, r"office\.fundtracker is read-only: copy it to a folder you may write in")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageTrouble, match=r"can't be opened: check that the folder exists"):
        Database.create(tmp_path / "nowhere" / "x.fundtracker")


def test_a_file_that_cannot_be_made_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fundtracker.storage import migrate

    def fails(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(migrate, "_check", fails)
    path = tmp_path / "x.fundtracker"
    with pytest.raises(StorageTrouble, match="The disk is full"):
        Database.create(path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_made_anew(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Refused, match="exists already: choose another name, or open it"):
        Database.create(path)
    assert path.read_bytes() == before


def test_a_fault_of_ours_rises_as_it_is(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), database.reader() as conn:
        conn.execute("SELECT * FROM nowhere")
