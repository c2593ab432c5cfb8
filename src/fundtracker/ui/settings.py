"""Settings: what the program remembers for a user between runs. One dataclass: the settings dialog is made from its fields."""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from fundtracker.paths import settings_folder

KEPT_FILES = 8
NAME = "window.json"
SMALLEST_TEXT, LARGEST_TEXT = 80, 200  # per cent
SYSTEM, LIGHT, DARK = "system", "light", "dark"


def setting(
    label: str,
    default: Any,
    *,
    help: str,  # noqa: A002 - the word the reader of a setting expects
    limits: tuple[int, int] | None = None,
    step: int = 1,
    unit: str = "",
    choices: tuple[tuple[str, str], ...] = (),
    folder: bool = False,
    empty: str = "",
) -> Any:
    """A setting that the dialog shows. `limits` bound a number, both included; `choices` are values and words for them;
    `folder` is a text that names a folder; `empty` is what stands where a text is left empty.
    """
    about = {
        "label": label,
        "help": help,
        "limits": limits,
        "step": step,
        "unit": unit,
        "choices": choices,
        "folder": folder,
        "empty": empty,
    }
    return field(default=default, metadata=about)


@dataclass(frozen=True)
class Settings:
    """Read when the window opens, written when something in it changes. What has no label is remembered and not asked about."""

    name: str = setting(
        "Your name",
        "",
        help="Stands in History beside your changes. Left empty: the name you log in with.",
        empty="the name you log in with",
    )
    text_size: int = setting(
        "Text size",
        100,
        help="On top of the size set for this computer. 100% leaves it as it is.",
        limits=(SMALLEST_TEXT, LARGEST_TEXT),
        step=10,
        unit="%",
    )
    colours: str = setting(
        "Colours",
        SYSTEM,
        help="High contrast always follows the computer.",
        choices=((SYSTEM, "As the computer"), (LIGHT, "Light"), (DARK, "Dark")),
    )
    open_last: bool = setting(
        "Open the last file at start",
        default=True,
        help="Otherwise the program starts with the list of files used before.",
    )
    exports: str = setting(
        "Folder for exports",
        "",
        help="Where the program offers to put workbooks and other files that it writes.",
        folder=True,
        empty="your Documents folder",
    )
    recent: tuple[str, ...] = ()
    width: int = 1280
    height: int = 800
    left: int | None = None
    top: int | None = None
    """Of the window's frame, in pixels; None: where the computer puts it."""
    maximized: bool = False
    places: int = 170
    """Pixels: how wide the list of places is."""

    @property
    def last(self) -> Path | None:
        """The file used last, if it is still there."""
        return next((path for each in self.recent[:1] if (path := Path(each)).is_file()), None)

    @property
    def export_folder(self) -> Path:
        """Where file dialogs begin that write something."""
        chosen = Path(self.exports) if self.exports else None
        return chosen if chosen is not None and chosen.is_dir() else default_folder()

    def used(self, path: Path) -> "Settings":
        """With `path` as the file used last."""
        name = str(path.resolve())
        return replace(self, recent=(name, *(each for each in self.recent if each != name))[:KEPT_FILES])


def default_folder() -> Path:
    """The user's documents, where there is such a folder."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


def load() -> Settings:
    """As kept; the default of whatever isn't there or can't be read."""
    try:
        kept: Any = json.loads((settings_folder() / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    found: dict[str, Any] = kept  # pyright: ignore[reportUnknownVariableType] - JSON has keys of text only
    values = {each.name: found[each.name] for each in fields(Settings) if _sound(each, found.get(each.name))}
    values["recent"] = _texts(found.get("recent"))
    return Settings(**values)


def _sound(described: Any, value: Any) -> bool:
    """Whether a kept value may stand in its field: somebody may have edited the file."""
    limits, choices = described.metadata.get("limits"), described.metadata.get("choices")
    if described.name in {"left", "top"}:
        return type(value) is int
    if type(value) is not type(described.default):
        return False
    if limits:
        return limits[0] <= value <= limits[1]
    return not choices or any(value == known for known, _ in choices)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    held: list[Any] = value  # pyright: ignore[reportUnknownVariableType] - as JSON has it
    return tuple(each for each in held if isinstance(each, str))[:KEPT_FILES]


def keep(settings: Settings) -> None:
    """Write them; a full disk is no reason to trouble the user over a window's size."""
    from fundtracker.atomic import CannotWrite, write_atomically

    text = json.dumps(asdict(settings), indent=1)
    try:
        write_atomically(settings_folder() / NAME, lambda path: _write(path, text))
    except (CannotWrite, OSError):
        return


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
