"""sort: a click on a heading of the list of 1,000,000 costs, to the repaint; floor: 256 ready rows set anew and painted."""

from PySide6.QtCore import Qt

from _anew import painted_anew
from _list import app, painted, settle, view_of, workspace
from _measure import main, median_of
from fundtracker.domain.columns import columns
from fundtracker.domain.costs import Cost
from fundtracker.ui.models.record_table import RecordTableModel

GOAL = 1.5
SORTED_BY = ("received_on", "net", "supplier", "invoice_number")


def ours() -> float:
    app()
    with workspace() as held:
        model = RecordTableModel(held, Cost)
        model.refresh()
        settle()
        view = view_of(model)
        painted(view)
        places = [next(n for n, each in enumerate(columns(Cost)) if each.name == name) for name in SORTED_BY]
        clicks = [
            (place, order)
            for place in places
            for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
        ]
        taken: list[float] = []
        for place, order in clicks:

            def click(place: int = place, order: Qt.SortOrder = order) -> None:
                model.sort(place, order)
                painted(view)

            taken.append(median_of(click, 1))
            settle()
        return sorted(taken)[len(taken) // 2]


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": painted_anew}, GOAL)
