"""ListView: how one list is viewed: its columns as the user left them, and the views saved under a name."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog

from fundtracker.domain.columns import plural
from fundtracker.ui import list_views
from fundtracker.ui.list_views import STANDARD, View
from fundtracker.ui.views.list_columns import ColumnsDialog

if TYPE_CHECKING:
    from fundtracker.ui.views.list_page import ListPage

WRITTEN_AFTER = 500
"""Milliseconds of rest before a change is written: a column is dragged wider in many small steps."""


class ListView(QObject):
    """Remembers for the user; the list itself does not know where."""

    def __init__(self, page: "ListPage") -> None:
        super().__init__(page)
        self.page, self.table, self.model = page, page.table, page.model
        self.place = ":".join((page.kind.__name__, *(path for path, _ in page.within)))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(WRITTEN_AFTER)
        self._later.timeout.connect(self.write)
        self.table.moved.connect(self.keep)

    def begin(self) -> None:
        """As the list was left last time; nothing is asked of the file yet."""
        present = list_views.load(self.place).present
        self.model.query = replace(self.model.query, sort=self._known_sort(present))
        self.table.stand(present)

    def present(self) -> View:
        """How the list stands now, filters and all."""
        return replace(
            self.table.standing(),
            sort=self.model.query.sort,
            filters=tuple(self.page.filters.texts().items()),
        )

    def keep(self) -> None:
        """Remember, in a moment, how the list stands."""
        self._later.start()

    def write(self) -> None:
        """Now, if there is something to remember."""
        self._later.stop()
        list_views.keep_present(self.place, self.present())

    def write_what_waits(self) -> None:
        """Before the list is left."""
        if self._later.isActive():
            self.write()

    def _known_sort(self, view: View) -> tuple[tuple[str, bool], ...]:
        names = {each.name for each in self.model.columns}
        return tuple(each for each in dict.fromkeys(view.sort) if each[0] in names)

    # Views

    def saved(self) -> tuple[str, ...]:
        """The names of the saved views, in the order of the alphabet."""
        return tuple(sorted(list_views.load(self.place).views, key=str.casefold))

    def go_to(self, name: str) -> None:
        """View the list as it was saved under a name."""
        found = list_views.load(self.place).views.get(name)
        if found is not None:
            self._stand(found)
            self.page.said.emit(f"View: {name}")

    def go_standard(self) -> None:
        """All columns in their usual order and size, unsorted and unfiltered."""
        self._stand(STANDARD)
        self.page.said.emit("Standard view")

    def _stand(self, view: View) -> None:
        self.table.stand(view)
        self.page.filters.set_texts(dict(view.filters))
        self.model.show(sort=self._known_sort(view))
        self.page.filters.place()
        self.keep()

    def ask_save(self) -> None:
        """Ask for a name, and save how the list stands under it."""
        from fundtracker.ui.dialogs.saying import ask, ask_text

        name = (
            ask_text(self.page, "Save view", "Name of the view (its filters, sorting and columns are kept):")
            or ""
        ).strip()
        name = name[: list_views.LONGEST_NAME]
        if not name:
            return
        if name in self.saved() and not ask(
            self.page, "Save view", f"There is a view called {name} already.", "Replace it"
        ):
            return
        list_views.keep_view(self.place, name, self.present())
        self.page.said.emit(f"View saved: {name}")

    def delete(self, name: str) -> None:
        """Forget a saved view; the list stays as it stands."""
        list_views.forget_view(self.place, name)
        self.page.said.emit(f"View deleted: {name}")

    # Columns

    def choose_columns(self) -> None:
        """Ask which columns to show, and in which order."""
        across, labels = self.table.across, [each.label for each in self.model.columns]
        order = [
            n for place in range(across.count()) if (n := across.logicalIndex(place)) not in self.table.fixed
        ]
        hidden = frozenset(n for n in order if self.table.isColumnHidden(n))
        dialog = ColumnsDialog(
            f"Columns of {plural(self.page.kind).lower()}",
            labels,
            order,
            hidden,
            self.page,
            usual=self.table.usual,
        )
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        names = [each.name for each in self.model.columns]
        chosen = replace(
            self.table.standing(),
            order=tuple(names[n] for n in dialog.order()),
            hidden=tuple(names[n] for n in dialog.hidden()),
        )
        self.table.stand(chosen)
        self.page.filters.place()
        self.keep()
