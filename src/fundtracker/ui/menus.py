"""Menus: every command of the window, with its keys. What a place can do with its own records stands in the place."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from fundtracker.ui.navigation import ICONS, MAIN_PLACES

if TYPE_CHECKING:
    from fundtracker.ui.main_window import MainWindow

FILTER_KEYS = "Ctrl+Shift+L"
"""As in Excel."""
JUMP_KEYS = "Ctrl+K"


class Menus:
    """The menu bar of a window. It says what there is; the window, or its file commands, does it."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        self._icons: list[tuple[QAction | QMenu, str]] = []
        self._make_file()
        self._make_edit()
        self._make_go()
        self._make_help()

    def _menu(self, words: str) -> QMenu:
        menu = self._window.menuBar().addMenu(words)
        menu.setAccessibleName(words.replace("&", ""))
        return menu

    def show_icons(self) -> None:
        """Once the window is painted."""
        from fundtracker.ui.icons import icon

        for item, name in self._icons:
            item.setIcon(icon(name, in_menu=True))

    def add(
        self, menu: QMenu, words: str, act: Callable[[], Any], keys: Any = None, icon: str = ""
    ) -> QAction:
        """A command; `keys` is a shortcut, or several as a tuple."""
        action = QAction(
            self._window
        )  # with its words at once PySide would look whether they are an icon, and learn all of QIcon's names
        action.setText(words)
        if icon:
            self._icons.append((action, icon))
        if isinstance(keys, tuple):
            action.setShortcuts([QKeySequence(each) for each in cast("tuple[str, ...]", keys)])
        elif keys is not None:
            action.setShortcut(keys)
        action.triggered.connect(lambda: act())  # noqa: PLW0108 - not Qt's own argument
        menu.addAction(action)
        return action

    def _make_file(self) -> None:
        window, files = self._window, self._window.files
        menu = self._menu("&File")
        self.add(menu, "&New programme...", window.new_asked.emit, icon="new")
        self.add(menu, "&Open...", window.open_asked.emit, QKeySequence.StandardKey.Open, icon="open")
        self.recent = menu.addMenu("Open &recent")
        self.recent.setAccessibleName("Open recent")
        self._icons.append((self.recent, "recent"))
        self.recent.aboutToShow.connect(self.fill_recent)
        self.add(menu, "Open the &demonstration...", window.demonstration_asked.emit, icon="demonstration")
        menu.addSeparator()
        self.add(menu, "&Import workbook...", files.ask_import, icon="import")
        self.add(menu, "Import &template...", files.ask_template, icon="template")
        self.add(menu, "&Export the programme...", files.ask_export, icon="export")
        self.add(menu, "Import a finance &listing...", files.ask_listing, icon="ledger")
        self.add(menu, "Auditor's &pack...", files.ask_pack, icon="pack")
        self.add(menu, "&Check the file", files.check, icon="check")
        menu.addSeparator()
        self.add(menu, "&Settings...", window.settings_asked.emit, "Ctrl+,", icon="settings")
        self.add(menu, "E&xit", window.close, QKeySequence.StandardKey.Quit, icon="exit")

    def fill_recent(self) -> None:
        """The files used before, the one that is open left out, and the way to forget them."""
        self.recent.clear()
        here = str(self._window.workspace.path.resolve())
        others = [each for each in self._window.recent if each != here]
        for number, path in enumerate(others, 1):
            words = f"&{number} {shortened(path, path=True)}"
            action = self.add(self.recent, words, lambda path=path: self._window.named_asked.emit(path))
            action.setToolTip(path)
        if not others:
            self.add(self.recent, "No other file yet", lambda: None).setEnabled(False)
            return
        self.recent.addSeparator()
        self.add(self.recent, "&Clear", self._window.forget_asked.emit)

    def _make_edit(self) -> None:
        window = self._window
        menu = self._menu("&Edit")
        self.undo = self.add(menu, "&Undo", window.undo, QKeySequence.StandardKey.Undo, icon="undo")
        redo = ("Ctrl+Y", "Ctrl+Shift+Z")
        self.redo = self.add(menu, "&Redo", window.redo, redo, icon="redo")
        menu.addSeparator()
        self.add(menu, "&Find in this list", window.look_for, QKeySequence.StandardKey.Find, icon="search")
        self.add(menu, "Fi&lter by column", window.filter, FILTER_KEYS, icon="filter")
        menu.aboutToShow.connect(window.name_undo)

    def name_undo(self, undo: str | None, redo: str | None) -> None:
        """ "Undo Change net of C-00012": the change it would take back."""
        self.undo.setText(f"&Undo {shortened(undo)}" if undo else "&Undo")
        self.redo.setText(f"&Redo {shortened(redo)}" if redo else "&Redo")
        self.undo.setEnabled(bool(undo))
        self.redo.setEnabled(bool(redo))

    def _make_go(self) -> None:
        window = self._window
        menu = self._menu("&Go")
        self.add(menu, "&Jump to a record or command...", window.jump, JUMP_KEYS, icon="jump")
        menu.addSeparator()
        for number, place in enumerate(MAIN_PLACES):
            words = f"&{number} {place}" if number < 10 else f"&{place}"
            keys = f"Ctrl+{number}" if number < 10 else None
            go = self.add(menu, words, lambda place=place: window.go_into(place), keys, icon=ICONS[place])
            go.setData(place)
        menu.addSeparator()
        self.back = self.add(menu, "&Back", window.back, "Alt+Left", icon="back")
        self.add(menu, "&Refresh", window.refresh, QKeySequence.StandardKey.Refresh, icon="refresh")

    def _make_help(self) -> None:
        window = self._window
        menu = self._menu("&Help")
        self.add(menu, "&Help on this place", window.help, QKeySequence.StandardKey.HelpContents, icon="help")
        self.add(menu, "&Keyboard shortcuts", lambda: window.help("keyboard"), icon="keyboard")
        menu.addSeparator()
        self.add(menu, "&About fundtracker", window.about, icon="about")

    def commands(self) -> Iterator[tuple[str, QAction]]:
        """Every command that can be given now, with the name of its menu; not the ways to the main places."""
        self.fill_recent()
        for top in self._window.menuBar().actions():
            menu: Any = top.menu()
            yield from within(top.text().replace("&", ""), menu)


def within(name: str, menu: Any) -> Iterator[tuple[str, QAction]]:
    """The commands of a menu called `name`, and of the menus in it, that can be given now."""
    for action in menu.actions():
        inner = action.menu()
        if inner is not None:
            yield from within(f"{name}, {action.text().replace('&', '').lower()}", inner)
        elif action.isEnabled() and not action.isSeparator() and action.data() is None:
            yield name, action


def shortened(text: str, most: int = 60, *, path: bool = False) -> str:
    """As a menu shows it: its beginning, or for a file's path its end; an & stands for itself."""
    if len(text) > most:
        text = f"…{text[-most + 1 :]}" if path else f"{text[: most - 1]}…"
    return text.replace("&", "&&")
