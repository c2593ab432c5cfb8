"""Which record a human reference means: one of this workbook first, then one of the file."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from fundtracker.domain.columns import Record, plural, singular
from fundtracker.domain.text import as_shown

Lookup = Callable[[type[Record], str], int | None]
"""The id of the file's record that people call so, whatever its capitals; None where there is none."""
KeysInFile = Callable[[type[Record]], Iterable[str]]
"""All human references of a kind in the file: only for suggestions."""

_MOST_CANDIDATES = 2_000
_MOST_SUGGESTIONS = 50
"""Comparing every misspelt word with every reference takes too long in a long list; the first ones show the pattern."""


class References:
    """Every human reference that this workbook may use."""

    def __init__(self, lookup: Lookup, keys_in_file: KeysInFile | None = None) -> None:
        self._lookup = lookup
        self._keys_in_file = keys_in_file
        self._exact: dict[type[Record], dict[str, int]] = {}
        self._folded: dict[type[Record], dict[str, tuple[str, int]]] = {}
        self._asked: dict[tuple[type[Record], str], int | None] = {}
        self._said: dict[tuple[type[Record], str], str] = {}
        self._left = _MOST_SUGGESTIONS

    def add(self, kind: type[Record], key: str, record_id: int) -> None:
        """A record of this workbook, which has been found to be the only one of its name."""
        self._exact.setdefault(kind, {})[key] = record_id
        self._folded.setdefault(kind, {}).setdefault(key.casefold(), (key, record_id))

    def same(self, kind: type[Record], key: str) -> str | None:
        """The reference of this workbook that reads like `key` but for capitals."""
        if key in self._exact.get(kind, {}):
            return key
        found = self._folded.get(kind, {}).get(key.casefold())
        return found[0] if found else None

    def in_file(self, kind: type[Record], key: str) -> int | None:
        asked = (kind, key)
        if asked not in self._asked:
            self._asked[asked] = self._lookup(kind, key)
        return self._asked[asked]

    def find(self, kind: type[Record], key: str) -> int | None:
        """The record called `key`; capitals count only where two differ by nothing else."""
        here = self._exact.get(kind, {}).get(key)
        if here is not None:
            return here
        folded = self._folded.get(kind, {}).get(key.casefold())
        return folded[1] if folded else self.in_file(kind, key)

    def not_found(self, kind: type[Record], key: str) -> str:
        """What to say of a reference that means nothing, with the nearest one that means something."""
        asked = (kind, key)
        if asked not in self._said:
            nearest = self.nearest(kind, key)
            way_out = (
                f"did you mean “{nearest}”?"
                if nearest
                else f"correct it, or add it to the sheet “{plural(kind)}”."
            )
            self._said[asked] = (
                f"there is no {singular(kind).lower()} “{as_shown(key)}” in this workbook or in the file: {way_out}"
            )
        return self._said[asked]

    def nearest(self, kind: type[Record], key: str) -> str:
        """The reference that means something and reads most like `key`; "" for none, or once many were asked for."""
        if self._left <= 0:
            return ""
        self._left -= 1
        keys = {folded: shown for folded, (shown, _) in self._folded.get(kind, {}).items()}
        for each in self._keys_in_file(kind) if self._keys_in_file else ():
            keys.setdefault(each.casefold(), each)
        asked = key.casefold()
        for folded, shown in keys.items():  # as lists show a record: its reference, then its title
            if asked.startswith(f"{folded} "):
                return shown
        if len(keys) > _MOST_CANDIDATES:
            keys = {folded: shown for folded, shown in keys.items() if folded[:3] == asked[:3]}
        found = get_close_matches(asked, list(keys)[:_MOST_CANDIDATES], n=1)
        return keys[found[0]] if found else ""
