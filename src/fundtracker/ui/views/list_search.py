"""ListSearch: words and filters looked for in a list, which record stands beside what is found, and what they leave out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from fundtracker.application.naming import called

if TYPE_CHECKING:
    from fundtracker.ui.views.list_page import ListPage

TYPING_PAUSE = 120
"""Milliseconds after the last key before a long list is searched; a short one is searched at every key."""
FOUND_PAUSE = 400
"""Milliseconds after the last key or answer before another record stands beside what was found."""
LONG_LIST = 100_000


class ListSearch(QObject):
    """Listens to the search field and the filters of a list page."""

    def __init__(self, page: "ListPage") -> None:
        super().__init__(page)
        self._page, self._line, self._model = page, page.search, page.model
        self._seeking = False
        self._known: int | None = None
        """The record that stands beside rows looked for, and was never one of them."""
        self._said = False
        self._pause = self._timer(TYPING_PAUSE, self._search)
        self._found = self._timer(FOUND_PAUSE, self._choose_among_found)
        self._line.textChanged.connect(self._seek)
        self._line.textChanged.connect(self._typed)
        self._line.returnPressed.connect(self._to_the_rows)
        page.filters.filtered.connect(self._seek)
        self._model.ordered.connect(self._look)

    def _timer(self, pause: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(then)
        return timer

    # The field

    def begin(self) -> None:
        """To the field, where what is typed replaces what was looked for."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def leave(self) -> None:
        """Esc: nothing is looked for; once nothing is, back to the rows."""
        if self._line.text():
            self._line.clear()
        else:
            self._page.table.enter()

    def _typed(self) -> None:
        if self._model.rowCount() > LONG_LIST:
            self._pause.start()
        else:
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        self._model.show(search=self._line.text())

    def _to_the_rows(self) -> None:
        """Enter: to what is found, if anything is."""
        self._search()
        if self._model.rowCount():
            self._page.table.enter()

    # What is found, and what is left out

    def _seek(self) -> None:
        self._seeking = True
        self._found.start()

    def _look(self) -> None:
        """All rows are known of."""
        if self._seeking:
            self._found.start()
        else:
            self._say_what_is_left_out()

    def _choose_among_found(self) -> None:
        """Where the record beside the list is none of those looked for, the first of these comes: nobody types into another one."""
        page, pane = self._page, self._page.pane
        if not self._model.knows_all or pane is None or page.workspace.left:
            return
        self._seeking = False
        if self._left_out and self._model.rowCount() and not pane.form.in_hand and not pane.holds_focus:
            page.choose_first()
        self._known = page.chosen_id if self._left_out else None
        self._say_what_is_left_out()

    @property
    def _left_out(self) -> bool:
        chosen = self._page.chosen_id
        return chosen is not None and self._model.row_of(chosen) is None

    def _say_what_is_left_out(self) -> None:
        """A record that was added or changed, and doesn't answer to what is looked for, would seem to be lost."""
        page, chosen = self._page, self._page.chosen_id
        out = self.narrows and chosen != self._known and self._left_out and not page.workspace.left
        found = page.workspace.select(page.kind, id=chosen) if out else ()
        if found:
            page.show_message(
                f"{called(page.workspace, found[0])} is kept, but not shown: {self.narrows} it out."
            )
        elif self._said:
            page.hush()
        self._said = bool(found)

    @property
    def narrows(self) -> str:
        """ "the search above leaves" (it out); empty where every row is shown."""
        query = self._model.query
        if query.search.strip() and query.filters:
            return "the search and the filters above leave"
        if query.search.strip():
            return "the search above leaves"
        return "the filters above leave" if query.filters else ""
