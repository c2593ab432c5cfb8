"""What each list remembers for a user: the columns as they stand now, and views saved under a name. One file beside window.json."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from fundtracker.paths import settings_folder

NAME = "lists.json"
VERSION = 1
LONGEST_NAME = 60
"""Characters of a saved view's name."""


@dataclass(frozen=True)
class View:
    """How a list stands. Columns by their names; a column that no longer is, or is new, does no harm."""

    order: tuple[str, ...] = ()
    """Columns from left to right, hidden ones too; those not named follow."""
    hidden: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()
    """In hundredths of the list's average letter, so that they hold at every size of text: of those that were sized by hand. The
    others take the room they need.
    """
    sort: tuple[tuple[str, bool], ...] = ()
    """Column and whether descending, the first first."""
    filters: tuple[tuple[str, str], ...] = ()
    """Column and what was typed."""


STANDARD = View()


@dataclass(frozen=True)
class Remembered:
    """What one list remembers."""

    present: View = STANDARD
    views: dict[str, View] = field(default_factory=dict[str, View])


def load(place: str) -> Remembered:
    """What the list of that place remembers; nothing where the file is missing, damaged, or a later program's."""
    kept = _read().get(place)
    if not isinstance(kept, dict):
        return Remembered()
    found: dict[str, Any] = kept  # pyright: ignore[reportUnknownVariableType] - JSON: every part is looked at below
    views = found.get("views")
    named: dict[Any, Any] = views if isinstance(views, dict) else {}  # pyright: ignore[reportUnknownVariableType] - JSON: as above
    return Remembered(
        view_of(found.get("present")),
        {str(name)[:LONGEST_NAME]: view_of(each) for name, each in named.items()},
    )


def keep_present(place: str, view: View) -> None:
    """Remember how a list stands now; what is filtered for is not kept, for nobody wants yesterday's rows missing today."""
    _change(place, lambda found: replace(found, present=replace(view, filters=())))


def keep_view(place: str, name: str, view: View) -> None:
    """Save a view under a name, in the place of one that has it."""
    _change(place, lambda found: replace(found, views={**found.views, name[:LONGEST_NAME]: view}))


def forget_view(place: str, name: str) -> None:
    _change(
        place,
        lambda found: replace(
            found, views={each: view for each, view in found.views.items() if each != name}
        ),
    )


def view_of(kept: Any) -> View:
    """A view out of JSON, part by part; what can't be understood is left out."""
    if not isinstance(kept, dict):
        return STANDARD
    parts: dict[str, Any] = kept  # pyright: ignore[reportUnknownVariableType] - JSON: every part is looked at below
    names = {
        each: tuple(n for n in _list(parts.get(each)) if isinstance(n, str)) for each in ("order", "hidden")
    }
    return View(
        **names,
        widths=tuple(
            (name, width) for name, width in _pairs(parts.get("widths"), int) if 0 < width < 100_000
        ),
        sort=_pairs(parts.get("sort"), bool),
        filters=_pairs(parts.get("filters"), str),
    )


def _list(kept: Any) -> list[Any]:
    return kept if isinstance(kept, list) else []  # pyright: ignore[reportUnknownVariableType] - JSON


def _pairs(kept: Any, kind: type) -> tuple[Any, ...]:
    """Pairs of a name and a value of one type."""
    lists: list[list[Any]] = [each for each in _list(kept) if isinstance(each, list)]
    return tuple(
        (each[0], each[1])
        for each in lists
        if len(each) == 2 and isinstance(each[0], str) and type(each[1]) is kind
    )


def _read() -> dict[str, Any]:
    """The lists of the file by their places."""
    try:
        kept: Any = json.loads((settings_folder() / NAME).read_text(encoding="utf-8"))
        lists: Any = kept["lists"] if kept["version"] == VERSION else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return lists if isinstance(lists, dict) else {}  # pyright: ignore[reportUnknownVariableType] - JSON


def _change(place: str, change: Callable[[Remembered], Remembered]) -> None:
    """Read anew, since another window may have written meanwhile; a full disk is no reason to trouble the user over a width."""
    from fundtracker.atomic import CannotWrite, write_atomically

    before = load(place)
    after = change(before)
    if after == before:
        return
    text = json.dumps({"version": VERSION, "lists": {**_read(), place: _json(after)}}, indent=1)
    try:
        write_atomically(settings_folder() / NAME, lambda path: _write(path, text))
    except (CannotWrite, OSError):
        return


def _json(found: Remembered) -> dict[str, Any]:
    """Without what is as it always was: most lists remember little."""
    return {
        "present": _parts(found.present),
        "views": {name: _parts(each) for name, each in found.views.items()},
    }


def _parts(view: View) -> dict[str, Any]:
    held = asdict(view)
    return {each.name: held[each.name] for each in fields(View) if held[each.name]}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
