"""The floor of whatever changes which rows a list shows: 256 ready rows set anew and painted."""

from _list import ReadyModel, app, painted, ready_rows, view_of
from _measure import median_of

ROWS = 256


def painted_anew() -> float:
    """Milliseconds from the reset of the model to the repaint, the median of several."""
    app()
    model = ReadyModel(ready_rows(ROWS))
    view = view_of(model)
    painted(view)

    def again() -> None:
        model.beginResetModel()
        model.endResetModel()
        painted(view)

    return median_of(again)
