"""One writer at a time, and one moment for each reader."""

import threading

from application.deeds import faults, head_of
from fundtracker.application.actions.records import edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.changes import added
from fundtracker.domain.organisations import Priority, PriorityId
from fundtracker.storage.journal import head
from fundtracker.storage.queries import ListQuery


def test_two_threads_write_one_after_the_other(workspace: Workspace) -> None:
    start, failed = threading.Barrier(4), list[BaseException]()

    def writes(number: int) -> None:
        try:
            start.wait()
            for each in range(10):
                workspace.do(
                    "Add",
                    added(Priority(id=PriorityId(100 * number + each), code=f"T{number}-{each}", name="x")),
                )
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test says so
            failed.append(error)

    threads = [threading.Thread(target=writes, args=(number,)) for number in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(workspace.select(Priority)) == 41
    assert faults(workspace) == []


def test_a_reader_sees_one_moment_while_a_writer_commits(workspace: Workspace) -> None:
    """The commit waits for readers that have begun; what they see doesn't move, and who comes after sees what was written."""
    written = threading.Event()

    def writes() -> None:
        edit(workspace, workspace.get(Priority, 1), name="Written meanwhile")
        written.set()

    with workspace.database.reader() as conn:
        first = head(conn)
        thread = threading.Thread(target=writes)
        thread.start()
        assert not written.wait(0.3)
        with workspace.database.reader() as nested:
            assert nested is conn
            assert head(nested) == first
        assert conn.execute("SELECT name FROM priority").fetchall() == [("Safer streets",)]
    thread.join()
    assert written.is_set()
    assert head_of(workspace)[0] == first[0] + 1
    assert workspace.get(Priority, 1).name == "Written meanwhile"


def test_readers_in_several_threads_count_what_is_there(workspace: Workspace) -> None:
    """Each page is of one moment: a count and its rows never differ by a half-written entry of ten."""
    stop, wrong = threading.Event(), list[int]()

    def reads() -> None:
        while not stop.is_set():
            found = workspace.lists.count(ListQuery(kind=Priority))
            if found % 10 != 1:
                wrong.append(found)

    threads = [threading.Thread(target=reads) for _ in range(2)]
    for thread in threads:
        thread.start()
    for batch in range(1, 16):
        first = 10 * batch
        workspace.do(
            "Ten",
            added(*(Priority(id=PriorityId(first + n), code=f"{first + n}", name="x") for n in range(10))),
        )
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert workspace.lists.count(ListQuery(kind=Priority)) == 151
