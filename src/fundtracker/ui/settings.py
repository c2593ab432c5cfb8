"""What the window remembers for a user between runs: recent files and its own size."""

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from fundtracker.paths import settings_folder

KEPT_FILES = 8
NAME = "window.json"


@dataclass(frozen=True)
class Settings:
    """Read when the window opens, written when something in it changes."""

    recent: tuple[str, ...] = ()
    width: int = 1280
    height: int = 800
    maximized: bool = False

    @property
    def last(self) -> Path | None:
        """The file used last, if it is still there."""
        return next((path for each in self.recent[:1] if (path := Path(each)).is_file()), None)

    def used(self, path: Path) -> "Settings":
        """With `path` as the file used last."""
        name = str(path.resolve())
        return replace(self, recent=(name, *(each for each in self.recent if each != name))[:KEPT_FILES])


def load() -> Settings:
    """As kept; the defaults where nothing is, or it can't be read."""
    try:
        kept: dict[str, Any] = json.loads((settings_folder() / NAME).read_text(encoding="utf-8"))
        known = {each.name for each in fields(Settings)}
        values = {name: value for name, value in kept.items() if name in known}
        if "recent" in values:
            values["recent"] = tuple(str(each) for each in values["recent"])
        return Settings(**values)
    except (OSError, ValueError, TypeError, AttributeError):
        return Settings()


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
