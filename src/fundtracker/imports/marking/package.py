"""The parts of a workbook's zip: read, changed, added, and written out again with every other part as it was."""

import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fundtracker.imports.limits import Limits, TooMuch
from fundtracker.imports.marking.xml_edits import RELATED, SAVE_AGAIN, Edits, Element, Visit, quoted, walk

CONTENTS: Final = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SIGNED = ("_xmlsignatures/", "digital-signature")
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Relation:
    """From one part to another. `kind` is the last word of its type: "comments"."""

    id: str
    kind: str
    part: str


class Package:
    """A workbook's parts by name; a part that was changed or added is kept here until `save`."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self._zip = ZipFile(path)
        self._names = {info.filename.lower(): info for info in self._zip.infolist() if not info.is_dir()}
        self._new: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        if any(name.startswith(_SIGNED[0]) for name in self._names):
            raise TooMuch(
                "It is signed digitally, and marking it would break the signature: ask for a copy without one."
            )

    def __contains__(self, name: str) -> bool:
        return name in self._new or (name.lower() in self._names and name not in self._dropped)

    def read(self, name: str) -> bytes:
        if name in self._new:
            return self._new[name]
        return self._zip.read(self._names[name.lower()])

    def change(self, name: str, data: bytes) -> None:
        """Put `data` in the place of a part, or add it."""
        if name not in self or self.read(name) != data:
            self._new[self._actual(name)] = data
            self._dropped.discard(name)

    def unrelate(self, part: str) -> None:
        """A part that is written anew no longer names others."""
        name = self._actual(_relations_of(part))
        self._dropped.add(name)
        self._new.pop(name, None)

    def _actual(self, name: str) -> str:
        info = self._names.get(name.lower())
        return info.filename if info else name

    def free_name(self, pattern: str) -> str:
        """ "xl/comments3.xml" for "xl/comments{}.xml": the first that no part has, in capitals or not."""
        taken = {*self._names, *(name.lower() for name in self._new)}
        return next(
            name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).lower() not in taken
        )

    def relations(self, part: str) -> list[Relation]:
        """Of a part ("" for the package itself) to others inside the package."""
        name = _relations_of(part)
        if name not in self:
            return []
        found: list[Relation] = []
        folder = posixpath.dirname(part)

        def relation(element: Element) -> None:
            about = element.attributes
            if element.name != "Relationship" or about.get("TargetMode") == "External":
                return
            target = posixpath.normpath(posixpath.join("/", folder, about["Target"])).lstrip("/")
            found.append(Relation(about["Id"], about["Type"].rpartition("/")[2], self._actual(target)))

        walk(self.read(name), Visit(start=relation), self.limits, _RELATIONS)
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation; the answer is its id."""
        name = _relations_of(part)
        data = (
            self.read(name)
            if name in self
            else f'<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode()
        )
        ids: set[str] = set()
        visit = Visit(start=lambda element: ids.add(element.attributes.get("Id", "")))
        root = walk(data, visit, self.limits, _RELATIONS)
        new = next(each for n in range(1, len(ids) + 2) if (each := f"rIdMark{n}") not in ids)
        edits = Edits(data)
        edits.append(
            root,
            f'<Relationship xmlns="{_RELATIONS}" Id="{new}" Type="{RELATED}/{kind}" Target="/{quoted(target)}"/>',
        )
        self.change(name, edits.result())
        return new

    def declare(self, part: str, content_type: str) -> None:
        """Say in the table of contents what a new part is."""
        data = self.read(CONTENTS)
        root = walk(data, Visit(), self.limits, _TYPES)
        edits = Edits(data)
        edits.append(
            root, f'<Override xmlns="{_TYPES}" PartName="/{quoted(part)}" ContentType="{content_type}"/>'
        )
        self.change(CONTENTS, edits.result())

    def save(self, out: Path) -> None:
        """Every part in its old order and with its old time, new ones behind them."""
        unchanged = dict(self._new)
        with ZipFile(out, "w", ZIP_DEFLATED) as target:
            for info in self._zip.infolist():
                if info.is_dir() or info.filename in self._dropped:
                    continue
                if info.filename in unchanged:
                    target.writestr(_entry(info.filename, info.date_time), unchanged.pop(info.filename))
                    continue
                with (
                    self._zip.open(info) as old,
                    target.open(_entry(info.filename, info.date_time), "w") as new,
                ):
                    while chunk := old.read(_CHUNK):
                        new.write(chunk)
            for name, data in unchanged.items():
                target.writestr(_entry(name, (1980, 1, 1, 0, 0, 0)), data)

    def main_part(self) -> str:
        """The workbook's own part."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.part in self:
                return relation.part
        raise TooMuch(f"Its parts are not where a workbook has them: {SAVE_AGAIN}.")


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _entry(name: str, moment: tuple[int, int, int, int, int, int]) -> ZipInfo:
    info = ZipInfo(name, moment)
    info.compress_type = ZIP_DEFLATED
    info.create_system = 3  # the same file on every system
    return info
