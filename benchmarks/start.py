"""start: from the process's start to a painted Home on the file of 1,000,000 costs; floor: an empty window and the same file opened.

Ours is the program's own start, from `__main__` on. What the first paint must not wait for is looked for among the imported modules.
"""

import sqlite3
import sys

from _measure import MILLION, main, since_process_start

GOAL = 1.40
LATER = {"sqlalchemy", "alembic", "openpyxl", "reportlab", "typer", "rich", "fundtracker.domain.records"}


def ours() -> float:
    from typing import Any

    from _window import begin
    from fundtracker.__main__ import hold_collection

    hold_collection()
    desk = begin()
    from fundtracker.ui import app

    application = app.application()
    window: Any = desk.window  # `begin` has looked: it is the file's
    if early := LATER & set(sys.modules):
        raise SystemExit(f"imported before the first paint: {', '.join(sorted(early))}")
    taken: list[float] = []

    def painted() -> None:
        taken.append(since_process_start())
        application.quit()

    window.painted.connect(painted)
    application.exec()
    desk.close()
    return taken[0]


def floor() -> float:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    taken: list[float] = []

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not taken:
                QTimer.singleShot(0, painted)

    def painted() -> None:
        taken.append(since_process_start())
        application.quit()

    application = QApplication([])
    conn = sqlite3.connect(MILLION)
    conn.execute("SELECT count(*) FROM award").fetchone()
    window = Window()
    window.show()
    application.exec()
    return taken[0]


if __name__ == "__main__":
    if len(sys.argv) == 1:
        from _million import million  # it imports what a start must not

        million()
    main(__file__, {"ours": ours, "floor": floor}, GOAL, repeats=9)
