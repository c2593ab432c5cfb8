"""ListBar: what stands above a list: its name, the search, and its buttons. In a narrow place the buttons go below, in rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from fundtracker.domain.columns import plural
from fundtracker.domain.delivery import Document
from fundtracker.ui.icons import icon
from fundtracker.ui.places import HAS_PAGE, place_of
from fundtracker.ui.views import list_menus
from fundtracker.ui.words import SPACE, heading, push_button, switch_button
from fundtracker.ui.wrapping import WrappingRow

if TYPE_CHECKING:
    from fundtracker.ui.views.list_page import ListPage

ICONS = ("add", "duplicate", "open", "delete", "filter", "view", "export")
"""Of the buttons, from left to right."""
NARROWEST_SEARCH, WIDEST_SEARCH = 16, 40  # characters


@dataclass(frozen=True, slots=True)
class BarCommands:
    """What the buttons do."""

    add: Callable[[], Any]
    duplicate: Callable[[], Any]
    open: Callable[[], Any]
    remove: Callable[[], Any]
    export: Callable[[str], Any]
    show_print: Callable[[], Any]
    toggle_filters: Callable[[], Any]
    fill_view_menu: Callable[[QMenu], Any]


class ListBar(QWidget):
    """Heading, search and buttons; the small list beside a record has no heading, and its search above its buttons."""

    def __init__(self, name: str, commands: BarCommands, *, compact: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._compact = compact
        self._icons_shown = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(SPACE)
        self._first, self._second = QHBoxLayout(), WrappingRow()
        self._first.setSpacing(SPACE)
        self._whole.addLayout(self._first)
        self._whole.addLayout(self._second)
        self._heading = heading(name, self)
        if compact:
            self._heading.hide()
        else:
            self._first.addWidget(self._heading)
            self._first.addStretch(1)
        self.search = self._make_search(name)
        self._first.addWidget(self.search, 1)
        self.add_button = push_button("&Add", "Add a new record (Ctrl+N)", commands.add)
        self.duplicate_button = push_button(
            "D&uplicate", "Copy the chosen record to a new one", commands.duplicate
        )
        self.open_button = push_button("&Open", "Open the chosen record's page (Enter)", commands.open)
        self.remove_button = push_button(
            "&Delete", "Delete the chosen records (Del); it can be undone", commands.remove
        )
        self.filter_button = switch_button(
            "Fi&lter",
            "A row of fields under the headings, to filter by column (Ctrl+L)",
            commands.toggle_filters,
        )
        self.view_button = _menu_button("&View", "Columns, sorting and saved views", commands.fill_view_menu)
        self.export_button = _menu_button(
            "Expo&rt", "Export this list as shown, or print it", lambda menu: _fill_export(menu, commands)
        )
        letters = self.fontMetrics().height()
        for button in self.buttons:
            button.setIconSize(QSize(letters, letters))
            self._second.addWidget(button)
        self._whole.setStretch(0, 1)  # what room is left over is the search's
        self._measure()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """From left to right."""
        return (
            self.add_button,
            self.duplicate_button,
            self.open_button,
            self.remove_button,
            self.filter_button,
            self.view_button,
            self.export_button,
        )

    def leave_out_heading(self) -> None:
        """Where a tab above says the name already, the search begins the row."""
        self._heading.hide()
        self._first.takeAt(1)  # the stretch after it
        self._first.setStretchFactor(self.search, 1_000)
        self._first.addStretch(1)  # what the search doesn't take
        self._turn()

    def leave_out(self, *buttons: QPushButton) -> None:
        """Buttons that this list has no use for."""
        for button in buttons:
            button.hide()
        self._measure()

    def add_extra(self, button: QPushButton) -> None:
        """A button that only this list has, after the others."""
        self._second.addWidget(button)
        QWidget.setTabOrder(self.export_button, button)
        self._measure()

    def _measure(self) -> None:
        """How wide the buttons are with their icons."""
        self._show_icons(shown=True)
        self._second.invalidate()  # a row within a layout doesn't hear it of itself
        self._dressed = self._second.sizeHint().width()
        self._turn()

    def _show_icons(self, *, shown: bool) -> None:
        if shown == self._icons_shown:
            return
        self._icons_shown = shown
        for button, name in zip(self.buttons, ICONS, strict=True):
            button.setIcon(icon(name) if shown else QIcon())

    def _make_search(self, name: str) -> QLineEdit:
        search = QLineEdit()
        search.setPlaceholderText("Search (Ctrl+F)")
        search.setAccessibleName(f"Search {name.lower()}")
        search.setClearButtonEnabled(True)
        letter = search.fontMetrics().averageCharWidth()
        search.setMinimumWidth(NARROWEST_SEARCH * letter)
        if not self._compact:
            search.setMaximumWidth(WIDEST_SEARCH * letter)
        return search

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """In one row where there is room for it; the icons go where there is none for them."""
        self._show_icons(shown=self.width() >= self._dressed)
        across = QBoxLayout.Direction.LeftToRight
        wanted = self._first.sizeHint().width() + SPACE + self._second.sizeHint().width()
        direction = (
            across if not self._compact and wanted <= self.width() else QBoxLayout.Direction.TopToBottom
        )
        if direction != self._whole.direction():
            self._whole.setDirection(direction)
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """The search above the buttons, which take rows of their own: so narrow it can get."""
        wide = max(self._first.minimumSize().width(), self._second.minimumSize().width())
        return QSize(wide, self._whole.minimumSize().height())


def bar_of(page: "ListPage", *, compact: bool) -> ListBar:
    """The bar of a list, with the buttons that its kind has a use for."""
    commands, kind = page.commands, page.kind
    bar = ListBar(
        plural(kind) if compact else place_of(kind),
        BarCommands(
            add=commands.add_new,
            duplicate=commands.duplicate,
            open=page.open_chosen,
            remove=commands.remove_chosen,
            export=commands.ask_export,
            show_print=commands.show_print,
            toggle_filters=page.toggle_filters,
            fill_view_menu=lambda menu: list_menus.fill_view_menu(menu, page),
        ),
        compact=compact,
        parent=page,
    )
    shown = {
        bar.add_button: commands.by_hand,
        bar.duplicate_button: commands.by_hand and commands.removable and not compact,
        bar.open_button: compact or kind in HAS_PAGE or kind is Document,
        bar.remove_button: commands.removable,
        bar.filter_button: not compact,
        bar.view_button: not compact,
    }
    bar.leave_out(*(button for button, wanted in shown.items() if not wanted))
    return bar


def _menu_button(words: str, tip: str, fill: Callable[[QMenu], Any]) -> QPushButton:
    """A button with a menu that is made anew each time it is shown."""
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAccessibleName(words.replace("&", ""))
    button.setAccessibleDescription(tip)
    menu = QMenu(button)
    menu.setAccessibleName(words.replace("&", ""))

    def show() -> None:
        menu.clear()
        fill(menu)

    menu.aboutToShow.connect(show)
    button.setMenu(menu)
    return button


def _fill_export(menu: QMenu, commands: BarCommands) -> None:
    for words, ending in (
        ("&Excel workbook (.xlsx)...", "xlsx"),
        ("&Comma-separated text (.csv)...", "csv"),
        ("&PDF (.pdf)...", "pdf"),
    ):
        menu.addAction(words).triggered.connect(lambda _=False, ending=ending: commands.export(ending))
    menu.addSeparator()
    printing = menu.addAction(icon("print", in_menu=True), "P&rint...\tCtrl+P")
    printing.triggered.connect(lambda: commands.show_print())  # noqa: PLW0108 - not Qt's own argument
