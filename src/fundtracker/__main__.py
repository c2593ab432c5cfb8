"""Where the program starts: a command where one is named, else the window. Each loads only what it needs."""

import gc
import sys
from pathlib import Path

COMMANDS = frozenset(
    {
        "demo",
        "import",
        "export",
        "figures",
        "return",
        "check",
        "verify",
        "template",
        "ledger",
        "tie-out",
        "form",
        "accept",
        "pack",
    }
)


def hold_collection() -> None:
    """Look for no garbage until the first window stands: imports make much that is kept and little that is not, and looking
    through it again and again is a sixth of the start. The window then looks itself (`ui.garbage`).
    """
    gc.disable()


def _names_a_file(words: list[str]) -> bool:
    """Whether the window is meant, and not a command, however it is spelt."""
    file = Path(words[0])
    return (
        len(words) == 1
        and words[0] not in COMMANDS
        and not words[0].startswith("-")
        and (file.suffix.lower() == ".fundtracker" or file.exists())
    )


def main() -> int:
    """Run a command, or open the window on a file or on the last one used; the exit code."""
    words = sys.argv[1:]
    if words and not _names_a_file(words):
        from fundtracker.cli import run as run_command

        return run_command(words)
    hold_collection()
    from fundtracker.ui.app import run as run_window

    return run_window(Path(words[0]) if words else None)


if __name__ == "__main__":
    sys.exit(main())
