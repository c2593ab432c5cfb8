"""Workspace events as Qt signals, and background jobs that report to the window's own thread."""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from threading import get_ident
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal
from shiboken6 import isValid

from fundtracker.application.workspace import Changed, Workspace
from fundtracker.storage.readers import GaveWay, asked_again
from fundtracker.storage.stopping import Progress, telling
from fundtracker.ui.garbage import Garbage

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

EVERY = 0.05
"""Seconds between two reports of progress: nobody reads them quicker."""

TURN = 0.0005
"""Seconds that a worker computes before another thread gets its turn. A change makes dozens of short calls to the database, each of which
waits for its turn again: with Python's usual 5 ms one took 0.25 to 0.4 s while a return was drawn, with these less than 0.1 s.
"""
JOBS = "jobs"


class Bridge(QObject):
    """Tells the window, in its own thread, what a commit changed."""

    changed = Signal(object)  # Changed

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        workspace.database.hurried = get_ident()
        self._stop = workspace.listen(self._tell)

    def _tell(self, changed: Changed) -> None:
        self.changed.emit(changed)

    def close(self) -> None:
        """Hear nothing more."""
        self._stop()


class Cancelled(Exception):  # noqa: N818 - the user's wish, not an error
    """The user stopped a job."""


class Jobs(QObject):
    """The jobs under way and the threads they work in. The application owns them: they outlive every window and file."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        application.setProperty(JOBS, self)
        self._under_way = set[Job]()
        """Each is kept until it has reported, whatever becomes of who started it."""

    @staticmethod
    def of_the_application() -> "Jobs":
        """Made when first asked for."""
        application = QCoreApplication.instance()
        if application is None:
            raise RuntimeError("a job reports to the application's thread: make the application first")
        found = application.property(
            JOBS
        )  # among its children stands a style, whose names Python would first learn
        return found if isinstance(found, Jobs) else Jobs(application)

    @cached_property
    def _pool(self) -> "ThreadPoolExecutor":
        """Python's own threads, which keep their database connection from job to job; Qt's would open one for each."""
        from concurrent.futures import ThreadPoolExecutor

        Garbage(self)
        sys.setswitchinterval(TURN)
        return ThreadPoolExecutor(max_workers=3, thread_name_prefix="fundtracker")

    def begin(self, job: "Job", work: Callable[[], None]) -> "Future[None]":
        """Work in a thread of the pool; the job is under way until it is `over`."""
        self._under_way.add(job)
        return self._pool.submit(work)

    def over(self, job: "Job") -> None:
        self._under_way.discard(job)

    def wait(self) -> None:
        """Until every job has ended and reported, also those that a report begins."""
        while self._under_way:
            for job in tuple(self._under_way):
                job.wait()
            QCoreApplication.processEvents()


class Job(QObject):
    """Work off the window's thread; `done(result)` or `failed(trouble)` follows in it, unless `owner` is gone by then.

    Without `failed`, trouble is raised in the window's thread, where the one handler shows it.
    """

    progressed = Signal(str, int, int)  # in the window's thread
    _stepped = Signal()
    _ended = Signal(object, object)

    def __init__(
        self,
        owner: QObject,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        super().__init__()
        self._owner, self._work, self._done, self._failed = owner, work, done, failed
        self._jobs = Jobs.of_the_application()
        self._cancelled = False
        self._latest, self._told_at = ("", 0, 0), 0.0
        self._waiting = False
        """A step is on its way to the window: it'll tell the latest there is by then."""
        self._future: Future[None] | None = None
        self._stepped.connect(self._step)
        self._ended.connect(self._report)

    def start(self) -> "Job":
        """Begin in a thread of the pool, which lets go of the job before it is over: only the window's thread may end a QObject."""
        held = [self._run]
        self._future = self._jobs.begin(self, lambda: held.pop()())  # noqa: PLW0108 - nothing the worker keeps may name the job
        return self

    def cancel(self) -> None:
        self._cancelled = True

    def wait(self) -> None:
        """Until the work itself has ended; its report still has to come."""
        if self._future is not None:
            self._future.exception()

    def finish(self) -> None:
        """Until the work has ended and is reported; of what else waits for the window's thread nothing is done."""
        self.wait()
        QCoreApplication.sendPostedEvents(self)

    def _progress(self, what: str, done: int, of: int) -> None:
        """Never more than one step waits: work that tells of two things in turn would hold the window with thousands."""
        if self._cancelled:
            raise Cancelled
        now, before = monotonic(), self._latest[0]
        self._latest = what, done, of
        if self._waiting or (what == before and (done < of or not of) and now - self._told_at < EVERY):
            return
        self._waiting, self._told_at = True, now
        self._stepped.emit()

    def _step(self) -> None:
        self._waiting = False
        if isValid(self._owner):
            self.progressed.emit(*self._latest)

    def _run(self) -> None:
        result: Any = None
        trouble: BaseException | None = None
        try:
            with telling(self._progress):
                result = self._result()
        except BaseException as raised:  # noqa: BLE001 - handed to the window's thread, which shows or raises it
            trouble = raised
        self._ended.emit(result, trouble)

    def _result(self) -> Any:
        return self._work(self._progress)

    def _report(self, result: Any, trouble: BaseException | None) -> None:
        """In the window's thread, once the worker has let go of the job."""
        self.wait()
        self._jobs.over(self)
        if not isValid(self._owner):
            return
        if trouble is None:
            self._done(result)
        elif self._failed is not None:
            self._failed(trouble)
        else:
            raise trouble


class Question(Job):
    """A job that does nothing but read: it gives way where somebody wants to write, and is asked again once that is through."""

    def _result(self) -> Any:
        while True:
            with suppress(GaveWay), asked_again():
                return super()._result()
            self._progress(*self._latest)


def wait_for_jobs() -> None:
    """Let every job end and report: before the file they read is closed, or a picture is taken."""
    Jobs.of_the_application().wait()
