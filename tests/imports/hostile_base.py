"""What hostile files are made of: a sound workbook of any kind, a form or a list of records, and changes to its parts."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from imports.hostile_workbooks import (
    CONTENTS,
    MAIN,
    SHARED,
    STRINGS,
    repacked,
)

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
FIRST_ROW = 400
"""Hostile rows stand below all that a sound sheet has."""
MEGABYTE = 2**20


@dataclass(frozen=True)
class Base:
    """A sound workbook, and the part of the sheet into which hostile cells are put."""

    data: bytes
    sheet: str = "xl/worksheets/sheet1.xml"

    def part(self, name: str) -> bytes:
        with ZipFile(BytesIO(self.data)) as package:
            return package.read(name)

    def names(self) -> list[str]:
        with ZipFile(BytesIO(self.data)) as package:
            return package.namelist()

    def edited(self, name: str, old: str, new: str, count: int = -1) -> bytes:
        """A part with some of its text replaced; LookupError where there is nothing to replace."""
        text = self.part(name).decode()
        if old not in text:
            raise LookupError(f"{old} in {name}")
        return repacked({name: text.replace(old, new, count)}, self.data)

    def rows(self, rows: str, after: str = "") -> bytes:
        """The sheet with more rows, and what follows them, as they stand in the file."""
        return self.edited(self.sheet, "</sheetData>", f"{rows}</sheetData>{after}", 1)

    def cells(self, *cells: str) -> bytes:
        """The sheet with one more row of these cells; "{n}" is its number."""
        row = "".join(cells).replace("{n}", str(FIRST_ROW))
        return self.rows(f'<row r="{FIRST_ROW}">{row}</row>')

    def texts(self, texts: str, rows: str, before: str = "") -> bytes:
        """More rows, which name texts kept apart from them."""
        named = f'<Override PartName="/{STRINGS}" ContentType="{SHARED}"/></Types>'
        parts = {
            CONTENTS: self.part(CONTENTS).decode().replace("</Types>", named),
            STRINGS: f"{before}<sst {MAIN}>{texts}</sst>",
            self.sheet: self.part(self.sheet).decode().replace("</sheetData>", f"{rows}</sheetData>"),
        }
        return repacked(parts, self.data)


Build = Callable[[Base], bytes]


@dataclass(frozen=True)
class Hostile:
    """One file. `heavy` ones take a second or more to make or to refuse, and are tried against everything in the deep run only."""

    name: str
    what: str
    build: Build
    heavy: bool = False


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def value(place: str, value: str, kind: str = "n", style: str = "0") -> str:
    return f'<c r="{place}" t="{kind}" s="{style}"><v>{value}</v></c>'
