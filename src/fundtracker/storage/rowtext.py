"""A row as text in the history: name=value, each value a number, NULL or text between apostrophes (doubled inside)."""

import re
from collections.abc import Mapping

_PART = re.compile(r"(\w+)=(?:'((?:[^']|'')*)'|(NULL)|(-?\d+))(?:,|$)")
Kept = str | int | None


def read(text: str) -> dict[str, Kept]:
    """The values by column; ValueError where the text is not a whole row."""
    found: dict[str, Kept] = {}
    end = 0
    for match in _PART.finditer(text):
        if match.start() != end:
            break
        name, words, nothing, number = match.groups()
        found[name] = int(number) if number is not None else None if nothing else words.replace("''", "'")
        end = match.end()
    if end != len(text):
        raise ValueError(f"not a row: {text[end : end + 40]}")
    return found


def write(values: Mapping[str, Kept]) -> str:
    """The text of a row, as the triggers write it."""
    return ",".join(f"{name}={quoted(value)}" for name, value in values.items())


def moved(row: Mapping[str, Kept], gone: str | None, added: str | None) -> dict[str, Kept]:
    """A row after a migration: without the columns that are gone (each with its new name, or NULL where it has none), with those added.

    ValueError where the two texts name no column at all.
    """
    if gone is None and added is None:
        raise ValueError("no column is named")
    renamed = read(gone or "")
    found: dict[str, Kept] = {}
    for name, value in row.items():
        new = renamed.get(name, name)
        if new is not None:
            found[str(new)] = value
    return {**found, **read(added or "")}


def quoted(value: Kept) -> str:
    """A value as SQL writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    doubled = value.replace("'", "''")
    return f"'{doubled}'"
