"""What a file's tables, indexes and guards are, so that it can be compared with a new file of this version."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from typing import Self

_WORD = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|\w+|[^\w\s]""")


@dataclass(frozen=True, slots=True)
class Part:
    """A table, index, trigger or search table, and the statement it was made by."""

    type: str
    sql: str

    @classmethod
    def of(cls, type_: str, name: str, sql: str) -> Self:
        if sql.startswith("CREATE VIRTUAL TABLE"):
            return cls("search", sql)
        # What a search table keeps its index in is SQLite's own affair, and no two versions need agree on it.
        return cls(type_, "" if type_ == "table" and name.startswith("search_") else sql)

    @property
    def guards(self) -> bool:
        """Without it, changes may escape the history or the search."""
        return self.type in {"trigger", "search"}

    @property
    def called(self) -> str:
        """What people call it."""
        return "guard" if self.guards else self.type

    def same_as(self, other: "Part") -> bool:
        """Alike but for blanks, quotation marks round names and the order of a table's parts: a column added later stands last."""
        return self == other or (self.type == other.type and _shape(self) == _shape(other))


def of(conn: sqlite3.Connection) -> dict[str, Part]:
    """Everything in a file by its name, SQLite's own left out."""
    found = conn.execute(
        "SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {name: Part.of(type_, name, sql) for type_, name, sql in found}


@cache
def of_a_new_file() -> dict[str, Part]:
    """What a new file of this version holds: made once, in memory, by the migrations (which takes half a second)."""
    from fundtracker.storage.migrate import upgrade

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        upgrade(conn, 0)
        return of(conn)


def _shape(part: Part) -> tuple[str, ...]:
    """A statement word by word; a table's parts (columns and constraints) in the order of the alphabet."""
    words = [_bare(each) for each in _WORD.findall(part.sql)]
    if part.type != "table" or "(" not in words:
        return tuple(words)
    begins, ends = words.index("("), len(words) - words[::-1].index(")")
    depth, parts = 0, [list[str]()]
    for word in words[begins + 1 : ends - 1]:
        depth += (word == "(") - (word == ")")
        if word == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(word)
    return (*words[:begins], *sorted(" ".join(each) for each in parts), *words[ends:])


def _bare(word: str) -> str:
    """A name without its quotation marks; a text as it is."""
    return word[1:-1] if word[0] in '"`[' and len(word) > 1 else word
