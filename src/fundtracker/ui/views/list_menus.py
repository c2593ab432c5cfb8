"""The menus of a list (a grid's are made of the same parts): of its rows, of a column, and of how it is viewed. Everything in them has its keys or its dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu, QTableView, QWidget

from fundtracker.ui.icons import icon
from fundtracker.ui.menus import shortened

if TYPE_CHECKING:
    from fundtracker.ui.views.list_page import ListPage


def pop_up(menu: QMenu, place: QPoint) -> None:
    """Show a menu that is made for once."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)
    menu.setActiveAction(menu.actions()[0])


def menu_place(table: QTableView, event: QContextMenuEvent) -> QPoint:
    """Where on the screen a menu comes up: by the mouse where it is; by the Menu key at the cell the cursor is in."""
    index = table.currentIndex()
    if event.reason() is QContextMenuEvent.Reason.Keyboard and index.isValid():
        return table.viewport().mapToGlobal(table.visualRect(index).bottomLeft())
    return event.globalPos()


def row_menu(page: "ListPage") -> QMenu:
    """Of the chosen rows, and of the cell the cursor is in."""
    commands, model = page.commands, page.model
    menu = new_menu("Rows", page)
    many, writable = len(page.table.chosen_rows()), model.editable
    kept = bool(commands.why_kept())
    adds = writable and commands.by_hand and not commands.why_not_added()
    index = page.table.currentIndex()
    add_to(menu, "&Open\tEnter", page.open_chosen, sign="open", enabled=index.isValid())
    menu.addSeparator()
    add_to(menu, "&Copy\tCtrl+C", commands.copy, sign="copy", enabled=many > 0)
    add_to(menu, "Copy with &headings\tCtrl+Shift+C", commands.copy_with_headings, enabled=many > 0)
    add_to(menu, "&Paste...\tCtrl+V", commands.paste, sign="paste", enabled=writable and commands.by_hand)
    menu.addSeparator()
    add_to(menu, "&Add\tCtrl+N", commands.add_new, sign="add", enabled=adds)
    add_to(
        menu,
        "D&uplicate",
        commands.duplicate,
        sign="duplicate",
        enabled=adds and many > 0 and not kept,
    )
    add_to(menu, "&Edit chosen...", commands.edit_chosen, sign="edit", enabled=writable and many > 0)
    add_to(menu, "Fill do&wn\tCtrl+D", commands.fill_down, enabled=writable and many > 1)
    add_to(
        menu,
        "&Delete\tDel",
        commands.remove_chosen,
        sign="delete",
        enabled=writable and commands.removable and many > 0 and not kept,
    )
    menu.addSeparator()
    for words, act in page.more_commands():
        add_to(menu, words, act)
    if index.isValid():
        value = shortened(model.text(index.row(), index.column()), 30)
        add_to(menu, f"&Filter by “{value}”" if value else "&Filter by empty", commands.filter_by_value)
    add_to(menu, "C&lear filters", page.clear_filters, enabled=bool(model.query.filters))
    if index.isValid():
        menu.addMenu(column_menu(page, index.column(), menu))
    return menu


def column_menu(page: "ListPage", section: int, parent: QWidget | None = None) -> QMenu:
    """Of one column: sorting by it, filtering it, hiding it. `parent` is the menu it stands in, if any."""
    table, column = page.table, page.model.columns[section]
    menu = new_menu(f"Colu&mn “{shortened(column.label, 30)}”", parent or page)

    def sort(words: str, *, descending: bool, further: bool) -> None:
        add_to(menu, words, lambda: table.sort_by(section, descending=descending, further=further))

    sort("Sort &ascending", descending=False, further=False)
    sort("Sort &descending", descending=True, further=False)
    if page.model.query.sort:
        sort("&Then by this, ascending\tShift+click", descending=False, further=True)
        sort("Th&en by this, descending", descending=True, further=True)
    add_to(menu, "&No sorting", lambda: page.model.show(sort=()), enabled=bool(page.model.query.sort))
    menu.addSeparator()
    add_to(menu, "&Filter this column\tCtrl+L", lambda: page.filter(section), sign="filter")
    menu.addSeparator()
    add_to(
        menu, "&Hide this column", lambda: table.hide_column(section), enabled=len(table.shown_sections()) > 1
    )
    add_to(menu, "&Columns...", page.view.choose_columns)
    return menu


def fill_view_menu(menu: QMenu, page: "ListPage") -> None:
    """How the list is viewed: filters, columns, and the views that were saved."""
    view = page.view
    row = menu.addAction("&Filter row\tCtrl+L")
    row.setCheckable(True)
    row.setChecked(page.filters.isVisible())
    row.triggered.connect(lambda: page.toggle_filters())  # noqa: PLW0108 - not Qt's own argument
    add_to(menu, "C&lear filters", page.clear_filters, enabled=bool(page.model.query.filters))
    add_to(menu, "&Columns...", view.choose_columns, sign="columns")
    menu.addSeparator()
    add_to(menu, "&Standard view", view.go_standard)
    saved = view.saved()
    for number, name in enumerate(saved, 1):
        words = f"&{number} {shortened(name)}" if number < 10 else shortened(name)
        add_to(menu, words, lambda name=name: view.go_to(name))
    menu.addSeparator()
    add_to(menu, "Save &view as...", view.ask_save, sign="save")
    gone = menu.addMenu("&Delete a view")
    gone.setAccessibleName("Delete a view")
    gone.setEnabled(bool(saved))
    for name in saved:
        add_to(gone, shortened(name), lambda name=name: view.delete(name))


def new_menu(words: str, parent: QWidget) -> QMenu:
    """A menu that a screen reader can name."""
    menu = QMenu(words, parent)
    menu.setAccessibleName(words.replace("&", ""))
    return menu


def add_to(menu: QMenu, words: str, act: Callable[[], Any], *, enabled: bool = True, sign: str = "") -> None:
    """A command of a menu: its words with their Alt letter and, after a tab, its keys."""
    action = menu.addAction(words)
    if sign:
        action.setIcon(icon(sign, in_menu=True))
    action.setEnabled(enabled)
    action.triggered.connect(lambda: act())  # noqa: PLW0108 - not Qt's own argument
