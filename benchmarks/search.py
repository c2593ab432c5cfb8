"""search: each key of a search typed over 50,000 interventions, to the repaint, the worst of 17; floor: 256 ready rows painted anew."""

from _anew import painted_anew
from _list import app, painted, settle, view_of, workspace
from _measure import main, median_of
from fundtracker.domain.interventions import Intervention
from fundtracker.ui.models.record_table import RecordTableModel

GOAL = 3.0
TYPED = "lighting tewkesbu"


def ours() -> float:
    app()
    with workspace() as held:
        model = RecordTableModel(held, Intervention)
        model.refresh()
        settle()
        view = view_of(model)
        painted(view)
        taken: list[float] = []
        for end in range(1, len(TYPED) + 1):

            def key(end: int = end) -> None:
                model.show(search=TYPED[:end])
                painted(view)

            taken.append(median_of(key, 1))
            settle()
        if not 0 < model.rowCount() < 5_000:
            raise SystemExit(f"the search found {model.rowCount()} rows")
        return max(taken)


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": painted_anew}, GOAL)
