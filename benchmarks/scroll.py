"""scroll: a frame of the list of 1,000,000 costs, wheel steps and far jumps; floor: the same view over 60 ready rows."""

import random

from _list import ReadyModel, app, painted, ready_rows, settle, view_of, workspace
from _measure import main, median_of
from fundtracker.domain.costs import Cost
from fundtracker.ui.models.record_table import RecordTableModel

GOAL = 2.0
FRAMES = 60


def ours() -> float:
    app()
    with workspace() as held:
        model = RecordTableModel(held, Cost)
        model.refresh()
        settle()
        view = view_of(model)
        painted(view)
        bar, dice = view.verticalScrollBar(), random.Random(3)  # noqa: S311 - places to scroll to
        places = [dice.randrange(bar.maximum()) if n % 10 == 9 else -1 for n in range(FRAMES)]

        def frames() -> None:
            for place in places:
                bar.setValue(place if place >= 0 else bar.value() + 3)
                painted(view)

        return median_of(frames, 5) / FRAMES


def floor() -> float:
    app()
    view = view_of(ReadyModel(ready_rows()))
    painted(view)
    bar = view.verticalScrollBar()

    def frames() -> None:
        for n in range(FRAMES):
            bar.setValue(n % max(1, bar.maximum()))
            painted(view)

    return median_of(frames, 5) / FRAMES


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
