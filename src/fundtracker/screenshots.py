"""python -m fundtracker.screenshots FOLDER: every place of the window on the demonstration programme, light and dark, as PNG files.

Qt reads the scale of the screen once, from QT_SCALE_FACTOR: each scale is a run of its own (`python run.py screenshots`).
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path


def take(folder: Path) -> list[Path]:
    """The files written: in `folder`, one folder for each look and scale."""
    from fundtracker.application.demo.play import write_demonstration
    from fundtracker.application.workspace import Workspace
    from fundtracker.ui import looks
    from fundtracker.ui.app import application
    from fundtracker.ui.pictures import take_everything
    from fundtracker.ui.settings import DARK, LIGHT

    scale = round(float(os.environ.get("QT_SCALE_FACTOR", "1")) * 100)
    written: list[Path] = []
    programme = folder / "programme.fundtracker"
    folder.mkdir(parents=True, exist_ok=True)
    if not programme.exists():
        write_demonstration(programme)
    for look in (LIGHT, DARK):
        looks.set_colours(application(), look)
        into = folder / f"{look} {scale}"
        shutil.rmtree(into, ignore_errors=True)
        with Workspace.open(programme) as workspace:
            written += take_everything(workspace, into)
        print(f"{into.name}: {len(list(into.iterdir()))} pictures", flush=True)  # noqa: T201 - said on the console
    return written


def main() -> int:
    if len(sys.argv) != 2:  # noqa: PLR2004 - the folder, and nothing else
        sys.stderr.write("Name the folder the pictures go to.\n")
        return 2
    with tempfile.TemporaryDirectory() as own:  # nobody's own settings in the pictures
        os.environ["XDG_CONFIG_HOME"] = os.environ["APPDATA"] = own
        take(Path(sys.argv[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
