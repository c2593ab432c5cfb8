"""python -m fundtracker.screenshots FOLDER [--contrast]: every place of the window on the demonstration programme as PNG files,
light and dark; with --contrast black and white, as the high contrast themes of Windows are. With --for-help those that stand in the
help, into resources/help/pictures.

Qt reads the scale of the screen once, from QT_SCALE_FACTOR: each scale is a run of its own (`python run.py screenshots`).
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

CONTRAST, FOR_HELP = "--contrast", "--for-help"


def take(folder: Path, *, contrast: bool = False) -> list[Path]:
    """The files written: in `folder`, one folder for each look and scale."""
    from fundtracker.application.demo.play import write_demonstration
    from fundtracker.application.workspace import Workspace
    from fundtracker.ui import looks
    from fundtracker.ui.app import application
    from fundtracker.ui.pictures import take_everything
    from fundtracker.ui.settings import DARK, LIGHT

    scale = round(float(os.environ.get("QT_SCALE_FACTOR", "1")) * 100)
    written: list[Path] = []
    looks.set_own_letters(application())
    programme = folder / "programme.fundtracker"
    folder.mkdir(parents=True, exist_ok=True)
    if not programme.exists():
        write_demonstration(programme, folder=folder)
    for look in looks.CONTRAST if contrast else (LIGHT, DARK):
        looks.set_colours(application(), look)
        into = folder / f"{look} {scale}"
        shutil.rmtree(into, ignore_errors=True)
        with Workspace.open(programme) as workspace:
            written += take_everything(workspace, into, folder)
        print(f"{into.name}: {len(list(into.iterdir()))} pictures", flush=True)  # noqa: T201 - said on the console
    return written


def take_those_of_the_help(folder: Path) -> None:
    """In light colours, at the scale of the screen; the programme is made in a folder that goes again."""
    from fundtracker.application.demo.play import write_demonstration
    from fundtracker.application.workspace import Workspace
    from fundtracker.ui import looks
    from fundtracker.ui.app import application
    from fundtracker.ui.pictures import take_for_help
    from fundtracker.ui.settings import LIGHT

    looks.set_own_letters(application())
    looks.set_colours(application(), LIGHT)
    with tempfile.TemporaryDirectory() as papers:
        programme = Path(papers) / "programme.fundtracker"
        write_demonstration(programme, folder=Path(papers))
        with Workspace.open(programme) as workspace:
            take_for_help(workspace, folder, Path(papers))


def main() -> int:
    folders = [each for each in sys.argv[1:] if each not in {CONTRAST, FOR_HELP}]
    if len(folders) != 1:
        sys.stderr.write("Name the folder the pictures go to.\n")
        return 2
    with tempfile.TemporaryDirectory() as own:  # nobody's own settings in the pictures
        os.environ["XDG_CONFIG_HOME"] = os.environ["APPDATA"] = own
        if FOR_HELP in sys.argv:
            take_those_of_the_help(Path(folders[0]))
        else:
            take(Path(folders[0]), contrast=CONTRAST in sys.argv)
    return 0


if __name__ == "__main__":
    sys.exit(main())
