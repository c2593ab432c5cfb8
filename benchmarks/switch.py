"""switch: from Home to the list of 1,000,000 costs, an award's page, its return and back, from the second visit on, to the repaint.

Floor: the stack of the same ready pages turned from one to the next, and nothing else. How long each way takes is told with `ours`.
"""

import sys
from collections.abc import Callable

from _measure import main, median_of
from _window import settle, shown, window
from fundtracker.domain.awards import Award
from fundtracker.domain.costs import Cost
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.navigation import HOME
from fundtracker.ui.places import place_of

GOAL = 1.5
AWARD = 1


def ours() -> float:
    with window() as (_, held):
        ways = _ways(held)
        for words, way in ways.items():
            sys.stderr.write(
                f"{words}: {median_of(lambda way=way: _taken(way), 1):.1f} ms the first time again\n"
            )
        return median_of(lambda: [_taken(way) for way in ways.values()]) / len(ways)


def floor() -> float:
    with window() as (_, held):
        pages = [held.page for _, way in _ways(held).items() if not _taken(way)]
        if len(set(pages)) != len(pages) or None in pages:
            raise SystemExit("a visit made a page anew")

        def turn() -> None:
            for page in pages:
                if page is not None:
                    held.stack.setCurrentWidget(page)
                shown()

        return median_of(turn) / len(pages)


def _taken(way: Callable[[], object]) -> None:
    way()
    shown()


def _ways(held: MainWindow) -> dict[str, Callable[[], object]]:
    """Each gone once, so that every page is made and its background answers are there."""
    number = _return_of(held)
    ways: dict[str, Callable[[], object]] = {
        "costs": lambda: held.go(place_of(Cost)),
        "award": lambda: held.open_record(Award, AWARD),
        "return": lambda: held.open_record(FunderReturn, number),
        "home": lambda: held.go(HOME),
    }
    for way in ways.values():
        _taken(way)
        settle()
    return ways


def _return_of(held: MainWindow) -> int:
    """The draft that the award has; begun when this is first run on a file."""
    from fundtracker.application.actions.returns import begin_return

    found = held.workspace.select(FunderReturn, award_id=AWARD)
    return (found[0] if found else begin_return(held.workspace, AWARD)).id


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
