"""Draft: a new record that was left half-typed, to be gone on with."""

from dataclasses import dataclass

from fundtracker.domain.columns import Record, plural, singular

Texts = dict[str, str]
"""What stands in the fields of a form, by their columns' names: also what could not be read."""


@dataclass(frozen=True)
class Draft:
    """What stood in the fields when they were left, and what did when the form was `begun`."""

    texts: Texts
    begun: Texts


def unsaved(kind: type[Record], many: int) -> str:
    """So many new records of a kind wait to be completed, in a sentence; empty for none."""
    if many < 2:
        return f"The new {singular(kind).lower()} was not saved: it was not complete." if many else ""
    return f"{many} new {plural(kind).lower()} were not saved: they were not complete."
