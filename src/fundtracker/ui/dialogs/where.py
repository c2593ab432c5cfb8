"""Where a file is written to: offered in the folder for exports, with the ending it needs, and over another file only when asked."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from fundtracker.ui.dialogs.saying import ask
from fundtracker.ui.settings import default_folder


def export_folder(within: QWidget) -> Path:
    """Settings' folder for exports: the main window knows it that `within` is in, or that opened the dialog it is in."""
    above: QWidget | None = within
    while above is not None:
        folder: Any = getattr(above, "export_folder", None)
        if folder is not None:
            return Path(folder())
        above = above.parentWidget()
    return default_folder()


def ask_where(parent: QWidget, title: str, begins: Path, kinds: str) -> Path | None:
    """The file the user names, with the ending of the one it is offered as (`begins`); None where no file is to be written.

    `kinds` is what the dialog shows: "Excel workbooks (*.xlsx)".
    """
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(begins), kinds)
    if not chosen:
        return None
    path = completed(chosen, begins.suffix)
    return path if may_write(parent, path, asked_about=chosen) else None


def completed(name: str, ending: str) -> Path:
    """With the ending after all that was typed, unless it is there: "Costs v1.2" becomes "Costs v1.2.xlsx"."""
    path = Path(name)
    return path if path.suffix.lower() == ending else path.parent / f"{path.name}{ending}"


def may_write(parent: QWidget, path: Path, *, asked_about: str) -> bool:
    """Whether the file may be written. The system's dialog asks before a file is replaced, but of the name that it was given; of
    any other name it is asked here.
    """
    if (asked_about and path == Path(asked_about)) or not _is_there(path):
        return True
    told = f"{path.name} is already in {path.parent}. Replacing it can't be undone."
    return ask(parent, "Replace the file?", told, "Replace")


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # it can't be looked at: writing it says why
        return False
