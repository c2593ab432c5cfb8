"""PackWritten: what a pack that was written holds, how its sample was drawn, and the way to its folder."""

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from fundtracker.domain.money import Money
from fundtracker.ui.models.figures_table import Heading, TableRow
from fundtracker.ui.views.return_parts import wrapping_table
from fundtracker.ui.words import SPACE, heading, plain_label, push_button, size_in_letters

if TYPE_CHECKING:
    from fundtracker.application.actions.pack.writing import WrittenPack

FIGURES = (Heading("What", 28), Heading("Figure", 16, right=True), Heading("Note", 40))


class PackWritten(QDialog):
    """It only tells."""

    help_page = "pack"

    def __init__(self, parent: QWidget | None, done: "WrittenPack") -> None:
        super().__init__(parent)
        self._done = done
        contents, sample = done.contents, done.contents.sample
        self.setWindowTitle(f"{done.path.name} is written")
        self.setAccessibleName(self.windowTitle())
        title = heading(self.windowTitle(), size=2)
        title.setWordWrap(True)
        size = f"{done.size / 2**20:,.1f} MB" if done.size >= 1 << 20 else f"{max(1, done.size >> 10):,} KB"
        where = f"{done.files:,} files, {size}, in {done.path.parent}. Open “Start here.pdf” in it first."
        rows = [TableRow(each, key=n) for n, each in enumerate(contents.tiles)]
        missing = Counter(each.what for each in contents.missing)
        rows += [
            TableRow((f"    {what}", f"{count:,}", ""), key=f"missing {what}")
            for what, count in missing.items()
        ]
        drawn = f"Seed “{sample.seed}”, interval {sample.interval.in_full}, first penny drawn {sample.start:,} ({Money(sample.start).in_full}). Whoever draws with the same seed and interval draws the same lines."
        rows.append(TableRow(("How it was drawn", "", drawn), key="seed"))
        rows += [
            TableRow(
                (f"Withheld: {each.what}", f"{each.count:,}", "Not for publication"), key=f"withheld {n}"
            )
            for n, each in enumerate(contents.withheld)
        ]
        self.model, table = wrapping_table("What the pack holds", FIGURES, 2)
        self.model.set_rows(rows)
        table.selectRow(0)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        for part in (title, plain_label(where, wrapped=True), table):
            layout.addWidget(part, int(part is table))
        layout.addWidget(self._make_buttons())
        size_in_letters(self, 120, 24)

    def _make_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(parent=self)
        self.show_button = push_button(
            "&Show in folder", "Open the folder that holds the pack", self.show_folder
        )
        box.addButton(self.show_button, QDialogButtonBox.ButtonRole.ActionRole)
        close = box.addButton(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        box.rejected.connect(self.reject)
        return box

    def show_folder(self) -> None:
        """In the system's own program for folders."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._done.path.parent))):
            from fundtracker.ui.dialogs.saying import say

            say(self, "The folder did not open", f"The pack is {self._done.path}.")
