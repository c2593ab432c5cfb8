"""table: a list of 1,000,000 costs opened, to its first paint; floor: the same view over 60 ready rows."""

from _list import ReadyModel, app, painted, ready_rows, settle, view_of, workspace
from _measure import main, median_of
from fundtracker.domain.costs import Cost
from fundtracker.ui.models.record_table import RecordTableModel

GOAL = 1.5


def ours() -> float:
    app()
    with workspace() as held:
        model = RecordTableModel(held, Cost)
        model.refresh()
        if model.rowCount() != 1_000_000:
            raise SystemExit(f"the list has {model.rowCount()} rows")
        settle()

        def open_list() -> None:
            fresh = RecordTableModel(held, Cost)
            fresh.refresh()
            painted(view_of(fresh))

        return median_of(open_list, between=settle)


def floor() -> float:
    app()
    rows = ready_rows()
    return median_of(lambda: painted(view_of(ReadyModel(rows))))


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
