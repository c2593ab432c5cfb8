"""The menus of a list: of its rows, of a column, and of how it is viewed. Everything in them has its keys or its dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from fundtracker.ui.icons import icon
from fundtracker.ui.menus import shortened

if TYPE_CHECKING:
    from fundtracker.ui.views.list_page import ListPage


def pop_up(menu: QMenu, place: QPoint) -> None:
    """Show a menu that is made for once."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)
    menu.setActiveAction(menu.actions()[0])


def row_menu(page: "ListPage") -> QMenu:
    """Of the chosen rows, and of the cell the cursor is in."""
    commands, model = page.commands, page.model
    menu = _menu("Rows", page)
    many, writable = len(page.table.chosen_rows()), model.editable
    index = page.table.currentIndex()
    _add(menu, "&Open\tEnter", page.open_chosen, sign="open", enabled=index.isValid())
    menu.addSeparator()
    _add(menu, "&Copy\tCtrl+C", commands.copy, sign="copy", enabled=many > 0)
    _add(menu, "Copy with &headings\tCtrl+Shift+C", commands.copy_with_headings, enabled=many > 0)
    _add(menu, "&Paste...\tCtrl+V", commands.paste, sign="paste", enabled=writable and commands.by_hand)
    menu.addSeparator()
    _add(menu, "&Add\tCtrl+N", commands.add_new, sign="add", enabled=writable and commands.by_hand)
    _add(
        menu,
        "D&uplicate",
        commands.duplicate,
        sign="duplicate",
        enabled=writable and commands.by_hand and many > 0,
    )
    _add(menu, "&Edit chosen...", commands.edit_chosen, sign="edit", enabled=writable and many > 0)
    _add(menu, "Fill do&wn\tCtrl+D", commands.fill_down, enabled=writable and many > 1)
    _add(
        menu,
        "&Delete\tDel",
        commands.remove_chosen,
        sign="delete",
        enabled=writable and commands.removable and many > 0,
    )
    menu.addSeparator()
    for words, act in page.more_commands():
        _add(menu, words, act)
    if index.isValid():
        value = shortened(model.text(index.row(), index.column()), 30)
        _add(menu, f"&Filter by “{value}”" if value else "&Filter by empty", commands.filter_by_value)
    _add(menu, "C&lear filters", page.clear_filters, enabled=bool(model.query.filters))
    if index.isValid():
        menu.addMenu(column_menu(page, index.column(), menu))
    return menu


def column_menu(page: "ListPage", section: int, parent: QWidget | None = None) -> QMenu:
    """Of one column: sorting by it, filtering it, hiding it. `parent` is the menu it stands in, if any."""
    table, column = page.table, page.model.columns[section]
    menu = _menu(f"Colu&mn “{shortened(column.label, 30)}”", parent or page)

    def sort(words: str, *, descending: bool, further: bool) -> None:
        _add(menu, words, lambda: table.sort_by(section, descending=descending, further=further))

    sort("Sort &ascending", descending=False, further=False)
    sort("Sort &descending", descending=True, further=False)
    if page.model.query.sort:
        sort("&Then by this, ascending\tShift+click", descending=False, further=True)
        sort("Th&en by this, descending", descending=True, further=True)
    _add(menu, "&No sorting", lambda: page.model.show(sort=()), enabled=bool(page.model.query.sort))
    menu.addSeparator()
    _add(menu, "&Filter this column\tCtrl+L", lambda: page.filter(section), sign="filter")
    menu.addSeparator()
    _add(
        menu, "&Hide this column", lambda: table.hide_column(section), enabled=len(table.shown_sections()) > 1
    )
    _add(menu, "&Columns...", page.view.choose_columns)
    return menu


def fill_view_menu(menu: QMenu, page: "ListPage") -> None:
    """How the list is viewed: filters, columns, and the views that were saved."""
    view = page.view
    row = menu.addAction("&Filter row\tCtrl+L")
    row.setCheckable(True)
    row.setChecked(page.filters.isVisible())
    row.triggered.connect(lambda: page.toggle_filters())  # noqa: PLW0108 - not Qt's own argument
    _add(menu, "C&lear filters", page.clear_filters, enabled=bool(page.model.query.filters))
    _add(menu, "&Columns...", view.choose_columns, sign="columns")
    menu.addSeparator()
    _add(menu, "&Standard view", view.go_standard)
    saved = view.saved()
    for number, name in enumerate(saved, 1):
        words = f"&{number} {shortened(name)}" if number < 10 else shortened(name)
        _add(menu, words, lambda name=name: view.go_to(name))
    menu.addSeparator()
    _add(menu, "Save &view as...", view.ask_save, sign="save")
    gone = menu.addMenu("&Delete a view")
    gone.setAccessibleName("Delete a view")
    gone.setEnabled(bool(saved))
    for name in saved:
        _add(gone, shortened(name), lambda name=name: view.delete(name))


def _menu(words: str, parent: QWidget) -> QMenu:
    menu = QMenu(words, parent)
    menu.setAccessibleName(words.replace("&", ""))
    return menu


def _add(menu: QMenu, words: str, act: Callable[[], Any], *, enabled: bool = True, sign: str = "") -> None:
    action = menu.addAction(words)
    if sign:
        action.setIcon(icon(sign, in_menu=True))
    action.setEnabled(enabled)
    action.triggered.connect(lambda: act())  # noqa: PLW0108 - not Qt's own argument
