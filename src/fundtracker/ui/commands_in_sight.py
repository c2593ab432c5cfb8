"""What the place in sight can do now: read off its buttons, and the menus of its lists and grids, which say it in words already."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from fundtracker.domain.columns import Record, plural, singular
from fundtracker.domain.organisations import Office
from fundtracker.ui.menus import within

if TYPE_CHECKING:
    from fundtracker.ui.main_window import MainWindow

_KEYS = re.compile(r"\(((?:Ctrl|Alt|Shift)\+[^()]+|Del|Enter|F\d+)\)")
"""Keys that the tip of a button names."""


@dataclass(frozen=True, slots=True)
class Command:
    """What can be done now: in words, where, by which keys. `also` are other words that people type for it."""

    words: str
    place: str
    keys: str
    act: Callable[[], Any]
    also: str = ""

    @property
    def same(self) -> tuple[str, str]:
        """What a button and a menu that do the same have in common."""
        return self.place, self.words.removesuffix("...")


@dataclass(frozen=True, slots=True)
class InSight:
    """Commands, and the menus made for them: these are let go once none can be given any more."""

    commands: tuple[Command, ...] = ()
    made: tuple[QMenu, ...] = ()

    def let_go(self) -> None:
        for menu in self.made:
            menu.deleteLater()


def commands_in_sight(window: "MainWindow") -> InSight:
    """Those of the page that is shown; of several that do the same, the first, for a menu's tells its keys."""
    page = window.page
    if page is None:
        return InSight()
    where = window.spots[-1][0]
    name = where if isinstance(where, str) else singular(where)
    shown = [each for each in (page, *page.findChildren(QWidget)) if each.isVisibleTo(window)]
    made = [(each, menu) for each in shown if (menu := _made_menu(each)) is not None]
    found = [
        *(each for widget, menu in made for each in _of_menu(_place(widget, page, name), menu)),
        *(each for button in shown for each in _of_button(button, _place(button, page, name))),
    ]
    first: dict[tuple[str, str], Command] = {}
    for each in found:
        first.setdefault(each.same, each)
    return InSight(tuple(first.values()), tuple(menu for _, menu in made))


def new_records(window: "MainWindow") -> Iterator[Command]:
    """ "New cost", "New grant": of each kind that can be added in its list; a cost before a cost category."""
    from fundtracker.ui.places import KIND_OF
    from fundtracker.ui.views.list_empty import missing_before
    from fundtracker.ui.views.list_words import NOT_ADDED_HERE

    def begin(kind: type[Record]) -> Callable[[], Any]:
        return lambda: window.begin_record(kind, {})

    for place, kind in sorted(KIND_OF.items(), key=lambda each: singular(each[1]).count(" ")):
        if (
            kind not in NOT_ADDED_HERE
            and kind is not Office
            and not missing_before(window.workspace, kind, ())
        ):
            yield Command(f"New {singular(kind).lower()}", place, "", begin(kind), "Add a")


def plain(words: str) -> str:
    """A command's words without the mark of its Alt letter."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def keys_of(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _made_menu(widget: Any) -> QMenu | None:
    """What a list or a grid offers for what is chosen in it, made for once."""
    make: Callable[[], QMenu] | None = getattr(widget, "menu_in_sight", None)
    return None if make is None else make()


def _of_menu(place: str, menu: QMenu) -> Iterator[Command]:
    for name, action in within(place, menu):
        words, _, keys = action.text().partition("\t")
        yield Command(plain(words), plain(name), keys or keys_of(action), action.trigger)


def _of_button(button: QWidget, place: str) -> Iterator[Command]:
    if not isinstance(button, QPushButton) or not button.isEnabled() or not button.text():
        return
    words, menu = plain(button.text()), cast("QMenu | None", button.menu())
    if menu is None:
        keys = _KEYS.search(button.accessibleDescription())
        yield Command(words, place, keys[1] if keys else "", button.click)
    else:
        menu.aboutToShow.emit()  # it is filled when it is looked at
        yield from _of_menu(f"{place}, {words.lower()}", menu)


def _place(widget: QWidget, page: QWidget, name: str) -> str:
    """The list it belongs to where that stands in a page of something else, else the place."""
    from fundtracker.ui.views.list_page import ListPage

    each: QWidget | None = widget
    while each is not None and each is not page:
        if isinstance(each, ListPage):
            return plural(each.kind)
        each = each.parentWidget()
    return name
