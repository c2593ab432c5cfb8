"""LaterTabs: tabs that are made when they are first looked at, and drawn when they are next looked at after something changed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fundtracker.ui.views.page import give_focus
from fundtracker.ui.views.parts import PartsTabs


class LaterTabs(PartsTabs):
    """`draw(place)` draws the tab of a place: its owner knows what it shows."""

    def __init__(self, name: str, of_bar: str, draw: Callable[[int], object]) -> None:
        super().__init__(name, of_bar)
        self.made: dict[int, Any] = {}
        """The tabs looked at so far, by their place."""
        self._makers: list[Callable[[], QWidget]] = []
        self._undrawn = set[int]()
        self._draw = draw

    def add_later(self, title: str, make: Callable[[], QWidget], tip: str = "") -> None:
        holder = QWidget()
        QVBoxLayout(holder).setContentsMargins(0, 0, 0, 0)
        self.setTabToolTip(self.addTab(holder, title), tip)
        self._makers.append(make)

    def place_of(self, title: str) -> int | None:
        return next((n for n in range(self.count()) if self.tabText(n) == title), None)

    @property
    def shown(self) -> Any:
        """What is made of the tab looked at, if it is."""
        return self.made.get(self.currentIndex())

    def outdate(self) -> None:
        """What they show has changed: each is drawn when it is next asked for."""
        self._undrawn = set(range(self.count()))

    def part(self, place: int) -> Any:
        """The tab of a place: made now, if it wasn't, and drawn, if it is old."""
        if place not in self.made:
            self.made[place] = self._make(place)
        if place in self._undrawn:
            self._undrawn.discard(place)
            self._draw(place)
        return self.made[place]

    def _make(self, place: int) -> QWidget:
        made = self._makers[place]()
        holder = self.widget(place)
        layout = holder.layout() if holder is not None else None
        if holder is not None and layout is not None:
            layout.addWidget(made)
            made.show()  # at once: a key that follows finds it there
            if holder.hasFocus():  # Ctrl+Tab came to a part that was still empty
                give_focus(*made.findChildren(QWidget), self.tabBar())
        return made
