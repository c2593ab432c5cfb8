"""A write and whoever reads meanwhile: questions give way and are asked again, long work is waited for, and never by the window."""

import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from application.deeds import faults
from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import added
from fundtracker.domain.organisations import Priority, PriorityId
from fundtracker.domain.problems import StorageTrouble
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.readers import GaveWay, asked_again
from fundtracker.storage.stopping import telling

NAME = "SELECT name FROM priority WHERE id = 1"
WITHOUT_END = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
NOT_FINISHED = "Earlier work with one.fundtracker isn't finished yet. Wait until it is, then try again."


@pytest.fixture
def worker() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool


def name_of(workspace: Workspace) -> str:
    return workspace.get(Priority, 1).name


def rename(workspace: Workspace, name: str) -> None:
    edit(workspace, workspace.get(Priority, 1), name=name)


def ask(workspace: Workspace, reads: Callable[[Any], object]) -> tuple[str, int]:
    """What the first priority is called once `reads` has come to an end, and how often it was begun."""
    begun = 0
    while True:
        begun += 1
        try:
            with asked_again(), workspace.database.reader() as conn:
                reads(conn)
                return conn.execute(NAME).fetchone()[0], begun
        except GaveWay:
            continue


@pytest.mark.parametrize("hurried", [True, False], ids=["in the window", "elsewhere"])
@pytest.mark.parametrize("statement", [WITHOUT_END, NAME], ids=["in a statement", "between statements"])
def test_a_question_gives_way_and_is_asked_again(
    workspace: Workspace, worker: ThreadPoolExecutor, statement: str, *, hurried: bool
) -> None:
    workspace.database.hurried = threading.get_ident() if hurried else None
    reading = threading.Event()

    def until_renamed(conn: Any) -> None:
        while conn.execute(NAME).fetchone() == ("Safer streets",):
            reading.set()
            conn.execute(statement).fetchone()

    asked = worker.submit(ask, workspace, until_renamed)
    assert reading.wait(30)
    rename(workspace, "Written meanwhile")
    assert asked.result(30) == ("Written meanwhile", 2)
    assert faults(workspace) == []


@contextmanager
def long_work(workspace: Workspace, worker: ThreadPoolExecutor) -> Generator[Callable[[], None]]:
    """Work that reads and can't be begun again, and how it is ended."""
    reading, ended = threading.Event(), threading.Event()

    def work() -> str:
        with workspace.database.reader() as conn:
            reading.set()
            assert ended.wait(30)
            return str(conn.execute(NAME).fetchone()[0])

    under_way = worker.submit(work)
    assert reading.wait(30)
    try:
        yield ended.set
    finally:
        ended.set()
        assert under_way.result(30) == "Safer streets"


def test_the_window_is_told_at_once_that_earlier_work_is_not_finished(
    workspace: Workspace, worker: ThreadPoolExecutor
) -> None:
    workspace.database.hurried = threading.get_ident()
    with long_work(workspace, worker), pytest.raises(StorageTrouble, match=NOT_FINISHED):
        rename(workspace, "Too early")
    assert name_of(workspace) == "Safer streets"
    rename(workspace, "Later")
    assert name_of(workspace) == "Later"
    assert faults(workspace) == []


def test_the_window_is_told_at_once_that_something_is_being_written(
    workspace: Workspace, worker: ThreadPoolExecutor
) -> None:
    workspace.database.hurried = threading.get_ident()
    writing, go_on = threading.Event(), threading.Event()

    def wait(_conn: Any) -> None:
        writing.set()
        assert go_on.wait(30)

    second = Priority(id=PriorityId(2), code="T2", name="x")
    written = worker.submit(workspace.do, "Add", added(second), also=wait)
    assert writing.wait(30)
    with pytest.raises(StorageTrouble, match=NOT_FINISHED):
        rename(workspace, "Too early")
    assert name_of(workspace) == "Safer streets"
    go_on.set()
    assert written.result(30).title == "Add"
    rename(workspace, "Later")
    assert name_of(workspace) == "Later"


def test_other_work_waits_until_it_may_write(workspace: Workspace, worker: ThreadPoolExecutor) -> None:
    with ThreadPoolExecutor(max_workers=1) as other, long_work(workspace, worker) as end:
        renamed: Future[None] = other.submit(rename, workspace, "Waited for")
        with pytest.raises(TimeoutError):
            renamed.result(0.3)
        end()
        assert renamed.result(30) is None
    assert name_of(workspace) == "Waited for"


@pytest.mark.parametrize("waits_for", ["a reader", "a writer"])
def test_the_wait_can_be_stopped(workspace: Workspace, worker: ThreadPoolExecutor, waits_for: str) -> None:
    looks = 0

    def stop(_what: str, _done: int, _of: int) -> None:
        nonlocal looks
        looks += 1
        if looks > 3:
            raise KeyboardInterrupt

    @contextmanager
    def writes() -> Generator[None]:
        """The one place where anything is written is taken."""
        taken, go_on = threading.Event(), threading.Event()

        def work() -> None:
            with workspace.database.writing():
                taken.set()
                assert go_on.wait(30)

        held = worker.submit(work)
        assert taken.wait(30)
        try:
            yield
        finally:
            go_on.set()
            held.result(30)

    holds = long_work(workspace, worker) if waits_for == "a reader" else writes()
    with holds, pytest.raises(KeyboardInterrupt), telling(stop):
        rename(workspace, "Never")
    assert name_of(workspace) == "Safer streets"
    assert faults(workspace) == []


def test_a_write_that_outgrows_its_cache_shuts_nobody_out_before_it_ends(
    workspace: Workspace, worker: ThreadPoolExecutor
) -> None:
    """Before, whoever read from then on waited five seconds, and was told that another program was writing."""
    seen = list[int]()

    def look(_conn: Any) -> None:
        seen.append(worker.submit(workspace.lists.count, ListQuery(Priority)).result(30))

    workspace.database.writer().execute("PRAGMA cache_size = 10")
    many = [Priority(id=PriorityId(n), code=f"T{n}", name="x" * 400) for n in range(2, 802)]
    workspace.do("Add", added(*many), also=look)
    assert seen == [1]
    assert workspace.lists.count(ListQuery(Priority)) == 801


def test_a_reader_told_as_it_ends_leaves_the_next_one_alone(workspace: Workspace) -> None:
    """The next took its connection over, and gave way in its place."""
    with workspace.database.reader() as conn:
        told = conn
    told.stop()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - the connections of readers can be told
    with workspace.database.reader() as conn:
        assert conn is told
        assert conn.execute(NAME).fetchone() == ("Safer streets",)
