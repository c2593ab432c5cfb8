"""Where the program starts: a command where one is named, else the window. Each loads only what it needs."""

import sys
from pathlib import Path

COMMANDS = frozenset({"demo", "import", "export", "figures", "return", "check", "verify", "template"})


def main() -> int:
    """Run a command, or open the window on a file or on the last one used; the exit code."""
    words = sys.argv[1:]
    if any(word in COMMANDS or word.startswith("-") for word in words[:1]):
        from fundtracker.cli import run as run_command

        return run_command(words)
    from fundtracker.ui.app import run as run_window

    return run_window(Path(words[0]) if words else None)


if __name__ == "__main__":
    sys.exit(main())
