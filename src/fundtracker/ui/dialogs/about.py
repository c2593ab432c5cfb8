"""What the program is, its version, and whose work it rests on."""

import sys

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

from fundtracker import __version__
from fundtracker.ui.dialogs.saying import say


def show_about(parent: QWidget) -> None:
    """Help, About."""
    say(
        parent,
        "About fundtracker",
        f"fundtracker {__version__}\n\n"
        "Safer Streets rounds, bids, awards, interventions and grants, and the Home Office returns they owe."
        " Everything stays in the file you opened, on this computer.\n\n"
        f"Python {sys.version.split()[0]}, Qt {qVersion()}\n\n"
        "fundtracker is under the MIT licence. It uses Qt for Python (LGPL 3), SQLAlchemy and Alembic (MIT),"
        " openpyxl (MIT), ReportLab (BSD), Typer and Rich (MIT) and platformdirs (MIT).",
    )
