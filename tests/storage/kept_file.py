"""Make the kept database of this version: python tests/storage/kept_file.py, once a release, before its first migration.

It is committed as it is and never made again: later versions open it, migrate it and give back its records.
"""

import sys
from datetime import date
from pathlib import Path

KEPT = Path(__file__).parent / "kept"


def make(path: Path) -> None:
    """One of each kind, written through the Workspace; then a change, an undo and a redo, so that there is something to take back."""
    from filing import filed
    from fundtracker.application.actions.records import edit
    from fundtracker.domain.grants import Grant

    if path.exists():
        raise SystemExit(f"{path.name} is there already. It is never made again.")
    with filed(path, today=date(2024, 10, 21)) as workspace:
        edit(workspace, workspace.get(Grant, 1), title="Target hardening in the Cotswolds")
        workspace.undo()
        workspace.redo()
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from fundtracker.storage.migrations import HEAD

    make(KEPT / f"version-{HEAD}.fundtracker")
