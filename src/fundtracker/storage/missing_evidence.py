"""Evidence that isn't there: costs that are invoiced and have none, and documents whose file doesn't lie beside the programme's file."""

import os
import sqlite3
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from fundtracker.storage.conditions import ELIGIBLE
from fundtracker.storage.undone import CONDITIONS, Wait

Rows = list[tuple[Any, ...]]


def unevidenced_costs(conn: sqlite3.Connection, day: date, most: int, award_id: int | None = None) -> Rows:
    """Those that `to_do.without_evidence` counts, of all awards or of one: id, reference, award's reference, supplier, invoice number,
    invoiced, pence; the oldest invoice first, `most` of them.
    """
    return conn.execute(
        f"""SELECT cost.id, cost.reference, award.reference, cost.supplier, cost.invoice_number, cost.invoiced_on, {ELIGIBLE}
        FROM cost JOIN intervention ON intervention.id = cost.intervention_id JOIN award ON award.id = intervention.award_id
        WHERE {CONDITIONS[Wait.EVIDENCE]}{"" if award_id is None else " AND award.id = :award"}
        ORDER BY cost.invoiced_on, cost.id LIMIT {int(most)}""",
        {"day": day.isoformat()} if award_id is None else {"day": day.isoformat(), "award": award_id},
    ).fetchall()


def fingerprints(conn: sqlite3.Connection) -> Rows:
    """Every document: id, name, SHA-256."""
    return conn.execute("SELECT id, name, sha256 FROM document ORDER BY id").fetchall()


def lying_in(folder: Path) -> frozenset[str]:
    """The SHA-256 that the files of an evidence folder are named by; their bytes are not looked at."""
    found: set[str] = set()
    with suppress(OSError), os.scandir(folder) as parts:
        for part in parts:
            if part.is_dir(follow_symlinks=False):
                with suppress(OSError), os.scandir(part) as files:
                    found |= {
                        each.name.partition(".")[0] for each in files if each.is_file(follow_symlinks=False)
                    }
    return frozenset(found)
