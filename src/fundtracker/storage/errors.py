"""What the database says, in plain words: a refusal where the user can mend it, trouble where the disk or the file must be.

The records are imported only where an error names one: every opening passes here, before the first paint.
"""

import re
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from fundtracker.domain.problems import Problem, Refused, StorageTrouble

_UNIQUE = re.compile(r"UNIQUE constraint failed: (\w+)\.(\w+)(.*)")
_NOT_NULL = re.compile(r"NOT NULL constraint failed: (\w+)\.(\w+)")
_TROUBLE = {
    "database is locked": "Another program is using {name}. Close it there, or wait a moment and try again.",
    "interrupted": "{name} was closed while it was being read.",
    "database or disk is full": "The disk is full: nothing was changed. Free some space and try again.",
    "disk i/o error": "The disk can't be read or written: nothing was changed. Check the drive that holds {name}.",
    "unable to open database file": "{name} can't be opened: check that the folder exists and that you may write in it.",
    "attempt to write a readonly database": "{name} is read-only: copy it to a folder you may write in, or ask for the right to write.",
    "file is not a database": "{name} is not a fundtracker file, or it is damaged. Restore a backup.",
    "database disk image is malformed": "{name} is damaged: nothing was changed. Restore a backup.",
}


@contextmanager
def in_plain_words(path: Path) -> Generator[None]:
    """Turn what the driver raises inside into Refused or StorageTrouble; a fault of ours rises as it is."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise refusal(error) from error
    except sqlite3.DatabaseError as error:
        text = str(error).lower()
        words = next((words for part, words in _TROUBLE.items() if part in text), None)
        if words is None:
            raise
        raise StorageTrouble(words.format(name=path.name)) from error
    except OSError as error:
        raise StorageTrouble(
            f"{path.name} can't be read or written ({error.strerror or error}): check the folder and try again."
        ) from error


def refusal(error: sqlite3.IntegrityError) -> Refused:
    """A broken constraint as a refusal: a trigger's own sentence, or one that names the field."""
    text = str(error)
    if match := _UNIQUE.match(text):
        return _not_unique(match[1], match[2], single="," not in match[3])
    if match := _NOT_NULL.match(text):
        kind, label = _named(match[1], match[2])
        return Refused(Problem(kind=kind, column=match[2], message=f"{label} is empty: enter it."))
    if "FOREIGN KEY" in text:
        return Refused(
            "Another record rests on this one, or one it names isn't there any more: nothing was changed."
        )
    if "constraint failed" in text:
        return Refused(f"The record can't be kept as it is ({text}): nothing was changed.")
    return Refused(text)


def _not_unique(table: str, column: str, *, single: bool) -> Refused:
    from fundtracker.domain.columns import singular, table_name
    from fundtracker.domain.records import RECORDS

    kind, label = _named(table, column)
    words = next((singular(each).lower() for each in RECORDS if table_name(each) == table), "record")
    if single:
        message = f"Another {words} has the same {label.lower()}: give this one its own."
    else:
        message = f"There is already a {words} for the same {label.lower()} and the rest of what it stands for: change that one instead."
    return Refused(Problem(kind=kind, column=column, message=message))


def _named(table: str, column: str) -> tuple[str, str]:
    from fundtracker.domain.columns import columns, table_name
    from fundtracker.domain.records import RECORDS

    for kind in RECORDS:
        if table_name(kind) == table:
            return kind.__name__, next((each.label for each in columns(kind) if each.name == column), column)
    return table, column
