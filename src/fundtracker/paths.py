"""Where things are: what the program carries with it, and the user's own folders."""

import sysconfig
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHARED = Path("share", "fundtracker", "resources")
"""Where an installation puts resources/ (pyproject.toml, [tool.setuptools.data-files])."""


def resource(name: str) -> Path:
    """`resources/<name>`, a file or a folder, in a checkout and when installed. FileNotFoundError when absent."""
    looked = [folder / name for folder in _places()]
    for path in looked:
        if path.exists():
            return path
    raise FileNotFoundError(
        f"{name} does not come with this installation of fundtracker; looked for {', '.join(map(str, looked))}"
    )


def _places() -> Iterator[Path]:
    checkout = _PACKAGE.parent.parent
    if _PACKAGE.parent.name == "src" and (checkout / "pyproject.toml").is_file():
        yield checkout / "resources"
        return
    yield Path(sysconfig.get_path("data")) / _SHARED  # pip install
    yield (
        Path(sysconfig.get_path("data", sysconfig.get_preferred_scheme("user"))) / _SHARED
    )  # pip install --user
    yield _PACKAGE.parent / _SHARED  # pip install --target


def settings_folder() -> Path:
    """The user's settings, kept with the user's profile; made if it is not there."""
    from platformdirs import user_config_path

    return user_config_path("fundtracker", appauthor=False, roaming=True, ensure_exists=True)


def log_folder() -> Path:
    """Logs and crash reports, which stay on this machine; made if it is not there."""
    from platformdirs import user_log_path

    return user_log_path("fundtracker", appauthor=False, ensure_exists=True)
