"""What a public pack leaves out, and how many of each. What is withheld is taken out where it stands, then looked for in every text.

Source: site-level detail (camera positions, vulnerable premises) is withheld under the Freedom of Information Act, s.31; a
partner's people are named only where a rule needs it (domain 3.2; product 2).
"""

import re
import sqlite3
from collections import Counter
from dataclasses import replace
from typing import Any

from fundtracker.domain.columns import Record
from fundtracker.domain.delivery import Asset, Document
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.organisations import CostCategory, Office, Organisation, Partnership
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.snapshot import Snapshot
from fundtracker.returns.pack.contents import Withheld
from fundtracker.storage import repository
from fundtracker.storage.journal import Captured, Entry

WITHHELD = "[withheld]"
_SHORTEST, _SHORTEST_STEM = 4, 8
"""Letters of a text that is looked for everywhere: a shorter one stands in many a word."""
_FIELDS: tuple[tuple[type[Record], tuple[str, ...]], ...] = (
    (Intervention, ("site_detail",)),
    (Asset, ("location", "serial_number", "title_deeds")),
    (PartnerForm, ("declared_by", "declared_role")),
    (Organisation, ("note",)),
    (Partnership, ("note",)),
)
_WHY = {
    "documents": ("Documents marked “Not for publication”", "They show site detail or personal details"),
    "forms": ("Workbooks of partners' forms", "They name the partner's declaring officer; what they said stands here in the figures"),
    "site_detail": ("Site details of interventions", "Positions of cameras and the like would help an offender"),
    "location": ("Locations, serial numbers and deeds of assets", "They say where equipment stands"),
    "declared": ("Names and roles of partners' declaring officers", "They are personal details of other bodies' staff"),
    "note": ("Notes on partners", "They may name contacts"),
    "who": ("Who made each change", "Logins are personal details of the office's staff"),
    "texts": ("Passages that repeat one of these", "They say what is withheld elsewhere"),
    "return": ("Workbook and PDF as they were submitted", "They hold details that are withheld; drawn again here without them"),
}  # fmt: skip
_KIND = {
    "site_detail": "site_detail", "location": "location", "serial_number": "location", "title_deeds": "location",
    "declared_by": "declared", "declared_role": "declared", "note": "note",
}  # fmt: skip


class Everything:
    """A pack for the auditor: nothing is withheld."""

    public = False

    def text(self, found: str) -> str:
        return found

    def change(self, found: Captured) -> Captured | None:
        return found

    def who(self, entry: Entry) -> str:
        return entry.actor

    def snapshot(self, found: Snapshot) -> Snapshot:
        return found

    def count(self, what: str, number: int = 1) -> None:
        """Nothing is withheld, so nothing is counted."""

    def told(self) -> tuple[Withheld, ...]:
        return ()


class Public(Everything):
    """A pack for anybody. Made from one moment of the file: all that is restricted in it, whatever the pack is about."""

    public = True

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._counts: Counter[str] = Counter()
        self._counted = False
        secret = restricted_files(conn)
        self._secret_documents = {
            each.id: each for each in repository.select(conn, Document) if each.sha256 in secret
        }
        open_words = _published(conn)
        found: set[str] = set()
        for kind, names in _FIELDS:
            for each in repository.select(conn, kind):
                for name in names:
                    found |= _pieces(getattr(each, name))
        for each in self._secret_documents.values():
            found |= _of_document(each)
        wanted = sorted(
            (each for each in found if not _said_in(each, open_words)), key=lambda e: (-len(e), e)
        )
        parts = (r"\s+".join(re.escape(word) for word in each.split()) for each in wanted)
        self._pattern = (
            re.compile("|".join(rf"(?<!\w){each}(?!\w)" for each in parts), re.IGNORECASE) if wanted else None
        )

    def text(self, found: str) -> str:
        """Without anything that is withheld elsewhere."""
        if self._pattern is None:
            return found
        cleaned, times = self._pattern.subn(WITHHELD, found)
        self.count("texts", times)
        return cleaned

    def change(self, found: Captured) -> Captured | None:
        """Without what may not be shown; None where only that was changed."""
        if found.kind is Document and found.record_id in self._secret_documents:
            self.count("documents")
            return None
        names = dict(_FIELDS).get(found.kind, ())
        before, after = _without(found.before, names), _without(found.after, names)
        for name in names:
            if _read(found.before, name) != _read(found.after, name):
                self.count(_KIND[name])
        if before is not None and before == after:
            return None
        if before is not None and after is not None and replace(before, version=after.version) == after:
            return None
        return Captured(found.kind, found.record_id, before, after)

    def who(self, entry: Entry) -> str:  # noqa: ARG002 - whoever it was
        self.count("who")
        return "The office"

    def snapshot(self, found: Snapshot) -> Snapshot:
        """A return without what may not be shown; the very same one where nothing is withheld."""
        assets = tuple(self._asset(each) for each in found.assets)
        cleaned: Snapshot = self._deep(replace(found, assets=assets))
        return cleaned

    def _asset(self, row: Any) -> Any:
        held = [name for name in ("location", "serial_number", "title_deeds") if getattr(row, name)]
        self.count("location", len(held))
        return replace(row, **dict.fromkeys(held, WITHHELD)) if held else row

    def _deep(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, tuple):
            return tuple(self._deep(each) for each in value)  # pyright: ignore[reportUnknownVariableType] - of anything
        if hasattr(value, "__dataclass_fields__") and type(value).__module__.endswith(".snapshot"):
            return type(value)(
                **{name: self._deep(getattr(value, name)) for name in value.__dataclass_fields__}
            )
        return value

    def count(self, what: str, number: int = 1) -> None:
        if not self._counted:
            self._counts[what] += number

    def told(self) -> tuple[Withheld, ...]:
        """What was withheld so far; what is drawn after this says the same once more, and isn't counted again."""
        self._counted = True
        return tuple(
            Withheld(words, self._counts[what], why)
            for what, (words, why) in _WHY.items()
            if self._counts[what]
        )


def restricted_files(conn: sqlite3.Connection) -> frozenset[str]:
    """A file that one document marks as not for publication is so wherever else it stands."""
    return frozenset(each.sha256 for each in repository.select(conn, Document, {"restricted": True}))


def form_files(conn: sqlite3.Connection) -> frozenset[str]:
    """The files of partners' forms: each names, inside, the officer who declared it, and can't be shown without."""
    return frozenset(each.sha256 for each in repository.select(conn, Document) if each.form_id is not None)


def _published(conn: sqlite3.Connection) -> frozenset[str]:
    """Words that the pack needs, and that say nothing of a site: names of bodies and districts, roles of who signs a return."""
    words: set[str] = set()
    for each in repository.select(conn, FunderReturn):
        words |= {each.prepared_by, each.checked_by, each.signed_by, each.signed_role}
    for kind, names in (
        (Organisation, ("name", "district", "aliases")),
        (Partnership, ("name", "district", "aliases")),
        (Intervention, ("title", "district")),
        (CostCategory, ("name",)),
        (Office, ("name", "short_name")),
    ):
        for item in repository.select(conn, kind):
            words |= {part.strip() for name in names for part in str(getattr(item, name)).split(";")}
    return frozenset(each.casefold() for each in words)


def _said_in(text: str, published: frozenset[str]) -> bool:
    """Whether a text is a part of what is published anyway: the county's name, as where an asset stands, tells nobody where."""
    wanted = text.casefold()
    whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    return any(wanted in each and whole.search(each) for each in published)


def _pieces(text: str) -> set[str]:
    """The whole of a text, and each of its lines."""
    found = {" ".join(each.split()) for each in (text, *text.splitlines())}
    return {each for each in found if len(each) >= _SHORTEST}


def _of_document(document: Document) -> set[str]:
    """A restricted document's names: its own, without its ending where that is no plain word, and its note and fingerprint."""
    stem = document.name.rpartition(".")[0]
    telling = len(stem) >= _SHORTEST_STEM and (any(each.isdigit() for each in stem) or " " in stem.strip())
    return (
        _pieces(document.name)
        | _pieces(document.note)
        | {document.sha256}
        | (_pieces(stem) if telling else set())
    )


def _without(item: Record | None, names: tuple[str, ...]) -> Record | None:
    if item is None:
        return None
    return replace(item, **dict.fromkeys(names, ""))


def _read(item: Record | None, name: str) -> str:
    return str(getattr(item, name)) if item is not None else ""
