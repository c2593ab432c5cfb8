"""Make the kept database of this version: python tests/storage/kept_file.py, once a release, before its first migration.

It is committed as it is and never made again: later versions open it, migrate it and give back its records.
"""

import sys
from datetime import date
from pathlib import Path

KEPT = Path(__file__).parent / "kept"
VERSION_1 = KEPT / "version-1.fundtracker"


def make(path: Path) -> None:
    """One of each kind, written through the Workspace; then a change, an undo and a redo, so that there is something to take back."""
    from filing import filed
    from fundtracker.application.actions.records import edit
    from fundtracker.domain.grants import Grant

    path.unlink(missing_ok=True)
    with filed(path, today=date(2024, 10, 21)) as workspace:
        edit(workspace, workspace.get(Grant, 1), title="Target hardening in the Cotswolds")
        workspace.undo()
        workspace.redo()
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    make(VERSION_1)
