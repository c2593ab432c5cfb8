"""filter: filters over 1,000,000 costs that an index serves, from Enter to the repaint of the first block; floor: 256 ready rows.

Then those that no index serves (a part of a text, in another order): how long they hold the window is held to the same goal; their
rows may come later, from the worker. Run with `ours` it tells each filter's figures, and when all its rows were counted and added up.
"""

import sys
from time import perf_counter

from _anew import painted_anew
from _list import app, painted, settle, view_of, workspace
from _measure import main, median_of
from fundtracker.domain.columns import column_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.filters import Filter, read_filter
from fundtracker.ui.models.record_table import RecordTableModel

GOAL = 3.0
BY_NET, BY_TWO = (("net", True),), (("supplier", False), ("net", True))
SERVED = (
    ((("net", ">5000"),), ()),
    ((("net", ">5000"),), BY_NET),
    ((("net", ">8999"),), ()),
    ((("net", ">8999"),), BY_TWO),
    ((("received_on", "10/2023"),), ()),
    ((("received_on", "2023/24 Q2"), ("net", ">5000")), ()),
    ((("supplier", "=Supplier 404"),), BY_NET),
    ((("expense", "capital"),), BY_NET),
    ((("vat_recoverable", "yes"),), BY_TWO),
)
"""Common and rare, one column and two."""
UNSERVED = (
    ((("supplier", "supplier 40"),), ()),
    ((("supplier", "supplier 40"),), BY_NET),
    ((("supplier", "nobody"),), ()),
    ((("expense", "capital"), ("description", "drone")), BY_NET),
)


def ours() -> float:
    app()
    with workspace() as held:
        model = RecordTableModel(held, Cost)
        model.refresh()
        settle()
        view = view_of(model)
        painted(view)

        def all_again() -> None:
            model.show(filters=(), sort=())
            painted(view)

        taken: list[float] = []
        left: list[bool] = []
        model.looking.connect(lambda: left.append(True))
        for typed, sort in (*SERVED, *UNSERVED):
            filters = tuple(_read(*each) for each in typed)

            def enter(
                filters: tuple[Filter, ...] = filters, sort: tuple[tuple[str, bool], ...] = sort
            ) -> None:
                model.show(filters=filters, sort=sort)
                painted(view)

            left.clear()
            taken.append(median_of(enter, 3, between=all_again))
            enter()
            if left and (typed, sort) in SERVED:
                sys.stderr.write(f"left to the worker: {typed} by {sort}\n")
            begun = perf_counter()
            settle()
            if model.counting:
                raise SystemExit(f"{typed} was not counted")
            sys.stderr.write(
                f"{taken[-1]:7.1f} ms, all after {(perf_counter() - begun) * 1000:6.0f} ms: {model.rowCount():>9,} rows of {typed} by {sort}\n"
            )
        return max(taken)


def _read(name: str, typed: str) -> Filter:
    found = read_filter(column_of(Cost, name), typed)
    if found is None:
        raise SystemExit(f"{typed} is no filter")
    return found


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": painted_anew}, GOAL)
