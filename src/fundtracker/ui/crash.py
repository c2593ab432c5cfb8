"""The one handler of everything nobody else handled: plain words for what the user can mend, a log for what we must."""

import sys
from types import TracebackType

from PySide6.QtWidgets import QApplication, QWidget

from fundtracker.domain.problems import Refused, StorageTrouble, Unreadable


def install() -> None:
    """Show what goes wrong in a slot instead of losing it on a console nobody sees."""
    sys.excepthook = handle


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
    say_trouble(
        window,
        "Something went wrong inside the program",
        f"{kind.__name__}: {trouble}\n\nWhat you were doing was not finished; everything saved before it is safe."
        f" The details are in {where}: send that file to whoever looks after the program. Nothing is sent by itself.",
    )


def _log(kind: type[BaseException], trouble: BaseException, traceback: TracebackType | None) -> str:
    import logging

    from fundtracker.paths import log_folder

    path = log_folder() / "fundtracker.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    logger = logging.getLogger("fundtracker.window")
    logger.addHandler(handler)
    logger.error("the window failed", exc_info=(kind, trouble, traceback))
    logger.removeHandler(handler)
    handler.close()
    return str(path)
