"""The cells of a pasted block, read: each different text of a column once, references by what people call a record."""

from functools import partial
from typing import Any

from fundtracker.application.actions.importing import id_in_file, keys_in_file
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Column, Record, described, key_of, plural, singular, title_of
from fundtracker.domain.kinds import clean_text
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.records import by_name
from fundtracker.imports.block_text import as_typed
from fundtracker.imports.references import References
from fundtracker.storage.sql import title_place

Read = tuple[Any, str]
"""A value and its text as lists show it; None and "" for an empty cell."""
_NAMED = 4
"""Records named where a text could mean several."""


class CellReader:
    """Reads the cells of one block. Records of the block itself are known by `add`, with negative ids."""

    def __init__(self, workspace: Workspace, kind: type[Record]) -> None:
        self._workspace = workspace
        self._kind = kind
        self._references = References(partial(id_in_file, workspace), partial(keys_in_file, workspace))
        self._here: dict[int, str] = {}
        self._read: dict[tuple[str, str], Read | Unreadable] = {}
        self._words: dict[tuple[type[Record], int], str] = {}
        self._called: dict[type[Record], dict[str, list[int]]] = {}
        self._keys: dict[type[Record], list[str]] = {}

    def add(self, key: str, number: int) -> bool:
        """A new record of the block, under the negative of its row's number; False where a row before it is called the same."""
        if self._references.same(self._kind, key) is not None:
            return False
        self._references.add(self._kind, key, -number)
        self._here[-number] = key
        return True

    def in_file(self, key: str) -> int | None:
        """The id of the file's record that the block names by its human reference."""
        return self._references.in_file(self._kind, key)

    def read(self, column: Column, text: str) -> Read:
        """What a cell holds; Unreadable says what was found and what to do."""
        place = (column.name, text)
        found = self._read.get(place)
        if found is None:
            try:
                found = self._value(column, text)
            except Unreadable as trouble:
                found = trouble
            self._read[place] = found
        if isinstance(found, Unreadable):
            raise Unreadable(str(found))
        return found

    def shown(self, column: Column, value: Any) -> str:
        """A value as lists show it."""
        if value is None or value == "":
            return ""
        return (
            self.words(by_name(column.refers_to), value) if column.refers_to else str(column.kind.show(value))
        )

    def words(self, kind: type[Record], record_id: int) -> str:
        """ "SSF5-VAWG-01 Op Vigilant": a record of the file, or of the block, as lists call it."""
        if record_id < 0:
            return self._here[record_id]
        place = (kind, record_id)
        if place not in self._words:
            rows = self._workspace.lists.rows(kind, [record_id])
            self._words[place] = title_place(kind, rows[0][1]) if rows else ""
        return self._words[place]

    def _value(self, column: Column, text: str) -> Read:
        if not text[:1].isalnum() and not clean_text(
            text
        ):  # the first question is quick, and nearly always enough
            return None, ""
        typed = as_typed(column.kind, text)
        value = column.kind.read(typed)
        if column.refers_to:
            value = self._record(by_name(column.refers_to), value)
        return (None, "") if value == "" else (value, self.shown(column, value))

    def _record(self, kind: type[Record], text: str) -> int:
        """By its reference; else by reference and title, or title alone, where only one record is called so."""
        found = self._references.find(kind, text)
        if found is not None:
            self._refuse_capitals(kind, text, found)
            return found
        called = self._titled(kind).get(" ".join(text.casefold().split()), [])
        if len(called) == 1:
            return called[0]
        if called:
            raise Unreadable(self._ambiguous(text, kind, [self.words(kind, each) for each in called]))
        nearest = self._references.nearest(kind, text)
        way_out = (
            f"did you mean “{nearest}”?"
            if nearest
            else f"correct it, or add it to the list “{plural(kind)}” first."
        )
        raise Unreadable(f"there is no {singular(kind).lower()} “{text}”: {way_out}")

    def _refuse_capitals(self, kind: type[Record], text: str, found: int) -> None:
        """Two records of the file whose references differ by capitals alone, and the text is neither of them."""
        key = key_of(kind)
        if found < 0 or key is None or getattr(self._workspace.get(kind, found), key.name) == text:
            return
        if kind not in self._keys:
            self._keys[kind] = list(keys_in_file(self._workspace, kind))
        same = [each for each in self._keys[kind] if each.casefold() == text.casefold()]
        if len(same) > 1:
            raise Unreadable(self._ambiguous(text, kind, same))

    def _ambiguous(self, text: str, kind: type[Record], names: list[str]) -> str:
        some = ", ".join(f"“{each}”" for each in names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
        return f"“{text}” could be {len(names)} {plural(kind).lower()} ({some}): type the reference of the one that is meant."

    def _titled(self, kind: type[Record]) -> dict[str, list[int]]:
        """The ids that each text means, for kinds whose records have a title beside their reference."""
        title = title_of(kind)
        if title is None or key_of(kind) is None:
            return {}
        if kind not in self._called:
            called = self._called[kind] = {}
            for each in self._workspace.select(kind):
                for words in {described(each), str(getattr(each, title.name))}:
                    folded = " ".join(words.casefold().split())
                    if folded:
                        called.setdefault(folded, []).append(each.id)
        return self._called[kind]
