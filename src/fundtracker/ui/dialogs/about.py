"""What the program is, its version, and whose work it rests on, as the installation itself says."""

import re
import sqlite3
import sys
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHeaderView, QVBoxLayout, QWidget

from fundtracker import __version__
from fundtracker.ui.models.figures_table import FiguresTable, Heading, TableRow
from fundtracker.ui.views.tables import Table, figures_table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button, size_in_letters

HEADINGS = (Heading("Part", 28), Heading("Version", 12), Heading("Licence", 50))
_NAME = re.compile(r"^[A-Za-z0-9._-]+")
_LONGEST_LICENCE = 80


@dataclass(frozen=True, slots=True)
class Part:
    """Something the program is shipped with."""

    name: str
    version: str
    licence: str


def parts() -> list[Part]:
    """Python, every package that running needs, also those that a package brings with it, and the font; by name."""
    found: dict[str, Part] = {}
    wanted = _needs("fundtracker")
    while wanted:
        name = wanted.pop()
        if name.casefold() in found:
            continue
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # for another system, or another version of Python
        found[name.casefold()] = Part(about["Name"], about["Version"], _licence(about))
        wanted += _needs(name)
    own = Part("Python", sys.version.split()[0], "Python Software Foundation License 2")
    return [own, *(found[name] for name in sorted(found)), *INSIDE]


def _needs(name: str) -> list[str]:
    """The names of what a package can't run without."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    return [match[0] for line in lines if "extra ==" not in line and (match := _NAME.match(line))]


def _licence(about: Any) -> str:
    """A package may say it in three ways; a whole licence text, which some put there, is named by its first line."""
    said = str(about.get("License-Expression") or about.get("License") or "")
    first = said.strip().partition("\n")[0].strip()
    if first and len(first) <= _LONGEST_LICENCE and first.upper() != "UNKNOWN":
        return first
    classes: list[Any] = about.get_all("Classifier") or []
    of_class = [str(each) for each in classes if str(each).startswith("License ::")]
    return (
        ", ".join(each.rpartition(" :: ")[2] for each in of_class)
        or first[:_LONGEST_LICENCE]
        or "see the package"
    )


INSIDE = (
    Part("Noto Sans, in reports", "", "SIL Open Font License 1.1"),
    Part("Phosphor icons, in QtAwesome", "", "MIT"),
    Part("Qt, in PySide6", str(qVersion()), "LGPL 3"),
    Part("SQLite, in Python", sqlite3.sqlite_version, "public domain"),
)
"""What comes inside a package, or beside them."""


class AboutDialog(QDialog):
    """Everything in it can be copied."""

    help_page = "starting"

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About fundtracker")
        self.setAccessibleName("About fundtracker")
        self.parts = parts()
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        layout.addWidget(heading(f"fundtracker {__version__}"))
        layout.addWidget(
            plain_label(
                "Safer Streets rounds, bids, awards, interventions and grants, and the Home Office returns they owe."
                " Everything stays in the file you opened, on this computer.",
                wrapped=True,
            )
        )
        layout.addWidget(
            plain_label("fundtracker is under the MIT licence. It rests on the work of others:", wrapped=True)
        )
        model = FiguresTable(HEADINGS, self)
        model.set_rows(
            [TableRow((each.name, each.version, each.licence), key=each.name) for each in self.parts]
        )
        self.table = figures_table("Parts and licences", model)
        self.table.setEditTriggers(Table.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        layout.addWidget(self.table, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.addButton(
            push_button("&Copy", "Copy the versions and the licences", self.copy),
            QDialogButtonBox.ButtonRole.ActionRole,
        )
        layout.addWidget(buttons)
        size_in_letters(self, 105, 32)

    @property
    def versions(self) -> str:
        return f"fundtracker {__version__}, Python {sys.version.split()[0]}, Qt {qVersion()}"

    def copy(self) -> None:
        lines = [self.versions, "", *(f"{each.name}\t{each.version}\t{each.licence}" for each in self.parts)]
        QGuiApplication.clipboard().setText("\n".join(lines))


def show_about(parent: QWidget) -> None:
    """Help, About."""
    AboutDialog(parent).exec()
