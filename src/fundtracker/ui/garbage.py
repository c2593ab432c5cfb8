"""Garbage: what nothing names any more but itself is looked for in the window's thread, never in a worker's.

Left to itself Python looks for it in whichever thread makes its next list or tuple. In a worker it would end the widgets of a page
just left, and their timers, which only the window's thread may end: Qt then calls a timer that is gone, and the program falls.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""Milliseconds from one look to the next."""
GROWN = 1.25
"""How many times as much there has to be as the last long look left, for another one: Python's own measure."""


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
        young, older, oldest = (
            count > limit > 0 for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if older and oldest and len(gc.get_objects(2)) > self._left * GROWN:
            gc.collect()
            self._left = len(gc.get_objects(2))
        elif older:
            gc.collect(1)
        elif young:
            gc.collect(0)
