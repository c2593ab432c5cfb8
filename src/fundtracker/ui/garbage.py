"""Garbage: what nothing names any more but itself is looked for in the window's thread, never in a worker's.

Left to itself Python looks for it in whichever thread makes its next list or tuple. In a worker it would end the widgets of a page
just left, and their timers, which only the window's thread may end: Qt then calls a timer that is gone, and the program falls.
"""

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

EVERY = 200
"""Milliseconds from one look to the next."""
MANY = 10_000
"""So many things that are new at one look are what a worker reads: they would only be looked through again."""
GROWN = 1.25
"""How many times as much there has to be as the last long look left, for another one: Python's own measure."""
MOST = 200_000
"""Things that a long look goes through while the program is in use: more would hold the window for over 100 ms."""


class Garbage(QObject):
    """From now on Python itself looks no more; this does, as often as Python would. To be made before the first worker is."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._left = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(EVERY)

    def look(self) -> None:
        """Through the youngest, where many are new; through more where many have outlived that; through all where they have grown."""
        young, older, oldest = gc.get_count()
        first, second, third = gc.get_threshold()
        if young <= first:
            return
        outlived = older > second or young > MANY
        if outlived and oldest > third and self._grown():
            gc.collect()
            self._left = len(gc.get_objects(2))
        else:
            gc.collect(1 if outlived else 0)

    def _grown(self) -> bool:
        """Whether it is time for a long look: a very long one waits until another program is in front."""
        there = len(gc.get_objects(2))
        in_use = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        return there > self._left * GROWN and not (there > MOST and in_use)
