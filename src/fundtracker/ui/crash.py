"""The one handler of everything nobody else handled: plain words for what the user can mend, a log for what we must."""

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QWidget

from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable

LOG = "fundtracker.log"
FAULTS = "fundtracker-faults.log"
"""What Python writes when it is ended by a fault below it, which no handler sees."""
_SHOWING = "fundtracker is showing a fault"


def install() -> None:
    """Show what goes wrong in a slot instead of losing it on a console nobody sees."""
    sys.excepthook = handle


def watch_faults() -> None:
    """From now on a fault that ends the program leaves its traces in the log folder."""
    import faulthandler

    from fundtracker.paths import log_folder

    try:
        faults = (log_folder() / FAULTS).open("a", encoding="utf-8")  # open to the end: faulthandler holds it
    except OSError:
        return
    faulthandler.enable(faults)


def say_trouble(window: QWidget | None, title: str, text: str) -> None:
    """As dialogs.saying has it, loaded only when there is something to say."""
    from fundtracker.ui.dialogs import saying

    saying.say_trouble(window, title, text)


def handle(kind: type[BaseException], trouble: BaseException, traceback: TracebackType | None) -> None:
    """Refusals and trouble with the disk are said in their own words; anything else is logged and owned up to."""
    window = QApplication.activeWindow()
    if isinstance(trouble, (Refused, StorageTrouble, Unreadable)):
        say_trouble(window, "This could not be done", str(trouble))
        return
    if isinstance(trouble, KeyboardInterrupt):
        QApplication.quit()
        return
    where = _log(kind, trouble, traceback)
    app = QApplication.instance()
    if app is None or app.property(_SHOWING):
        return  # one fault at a time is shown: the next may come from what is drawn behind it
    app.setProperty(_SHOWING, True)
    try:
        _show(window, kind, trouble, traceback, where)
    finally:
        app.setProperty(_SHOWING, False)


def _show(
    window: QWidget | None,
    kind: type[BaseException],
    trouble: BaseException,
    traceback: TracebackType | None,
    where: Path | None,
) -> None:
    from fundtracker.ui.dialogs.crashed import show_crash

    kept = f"The details are in {where}." if where else "The details could not be kept."
    show_crash(
        window,
        f"{kind.__name__}: {trouble}\n\nWhat you were doing was not finished; everything saved before it is safe."
        f" {kept} Send them to whoever looks after the program. Nothing is sent by itself.",
        details(kind, trouble, traceback),
        where.parent if where else None,
    )


def details(kind: type[BaseException], trouble: BaseException, traceback: TracebackType | None) -> str:
    """What whoever looks after the program needs: versions and where it went wrong."""
    import platform
    from traceback import format_exception

    from PySide6.QtCore import qVersion

    from fundtracker import __version__

    versions = f"fundtracker {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return "\n".join((versions, *(line.rstrip("\n") for line in format_exception(kind, trouble, traceback))))


def _log(kind: type[BaseException], trouble: BaseException, traceback: TracebackType | None) -> Path | None:
    """Where the details are kept; None where the disk doesn't take them."""
    from datetime import UTC, datetime

    from fundtracker.paths import log_folder

    try:
        path = log_folder() / LOG
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} the window failed\n")
            file.write(details(kind, trouble, traceback) + "\n")
    except OSError:
        return None
    return path
