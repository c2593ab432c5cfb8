"""What a list of documents can do beyond any other list: open their files, and take in more of them for the record they evidence."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView

from fundtracker.domain.columns import columns
from fundtracker.domain.delivery import Document
from fundtracker.domain.records import by_name
from fundtracker.ui.words import plain_tip, push_button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from fundtracker.domain.columns import Record
    from fundtracker.ui.views.list_page import ListPage

OPEN = "Open a copy of the chosen document's file, in the program this computer has for it (Enter)"


class EvidenceCommands:
    """Of one list of documents. Within the papers of one record, Add takes in a file."""

    def __init__(self, page: "ListPage") -> None:
        self._page = page
        self.owner = owner_of(page)

    def prepare(self) -> None:
        """Enter and a double click open the file; F2 edits. Within a record's papers, Add asks for files."""
        page = self._page
        page.table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        page.table.doubleClicked.connect(page.open_chosen)
        _say(page.open_button, OPEN)
        if self.owner is not None:
            page.add_button.setText("&Add evidence...")
            page.add_button.setAccessibleName("Add evidence")
            _say(
                page.add_button,
                "Choose files to keep as evidence of this record (Ctrl+N); they can also be dropped here",
            )
        else:
            page.bar.add_extra(
                push_button(
                    "&Missing evidence",
                    "Costs that have no document, and documents whose file isn't there",
                    lambda: page.place_wanted.emit("Missing evidence"),
                )
            )

    def open_file(self, document_id: int) -> None:
        from fundtracker.ui.opening import open_document

        open_document(self._page, self._page.workspace, document_id)

    def add_files(self) -> None:
        """Ask for files and keep them for the record whose papers these are."""
        from fundtracker.ui.attaching import ask_files, attach

        files = ask_files(self._page)
        if files:
            attach(self._page.window(), self._page.workspace, files, self.owner, self._page.said.emit)


def owner_of(page: "ListPage") -> "tuple[type[Record], int] | None":
    """The record whose documents these are; None in the list of all of them."""
    if len(page.within) != 1:
        return None
    path, record_id = page.within[0]
    column = next((each for each in columns(Document) if each.name == path), None)
    return (by_name(column.refers_to), record_id) if column and column.refers_to else None


def _say(button: "QPushButton", tip: str) -> None:
    button.setToolTip(plain_tip(tip))
    button.setAccessibleDescription(tip)
