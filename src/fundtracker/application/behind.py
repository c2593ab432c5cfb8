"""What the list behind a figure says of itself: which rows these are, and how they come to the figure."""

from collections.abc import Sequence
from typing import Any

from fundtracker.application.naming import narrowed
from fundtracker.application.spending import by_quarter
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, plural
from fundtracker.domain.interventions import ProfileLine
from fundtracker.domain.periods import Quarter
from fundtracker.domain.returns import Forecast, ReturnLine
from fundtracker.domain.variations import VariationChange
from fundtracker.storage.sql import CODED, COUNTED, TO_DO


def words_behind(workspace: Workspace, kind: type[Record], within: Sequence[tuple[str, Any]]) -> str:
    """ "Only those of: 2024/25 Q2. £173,290 first planned; variations moved -£69,740.74 (see Variation changes): £103,549.26 now." """
    if kind is Forecast and [path for path, _ in within] == ["quarter", "return_id.quarter"]:
        ahead, reported = (quarter for _, quarter in within)
        return f"Only what the returns of {reported} forecast for {ahead}."
    if kind is ReturnLine and len(within) > 1:
        return f"Only what was said of costs: {narrowed(workspace, kind, within)}."
    of = "" if within[0][0] in {CODED, TO_DO} else "of: "
    words = f"Only those {of}{narrowed(workspace, kind, within)}."
    if (COUNTED, True) in within:
        return f"{words} A partner's cost counts once it is accepted."
    if kind is ProfileLine and [path for path, _ in within] == ["quarter"]:
        return f"{words}{_moved(workspace, within[0][1])}"
    return words


def _moved(workspace: Workspace, quarter: Quarter) -> str:
    """The rows are what was first planned; a variation leaves them as they are."""
    found = next(each for each in by_quarter(workspace, quarter.year) if each.quarter == quarter)
    if not found.moves:
        return ""
    return f" {found.moves} (see {plural(VariationChange)}): {found.profile.in_prose} now."
