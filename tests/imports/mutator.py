"""Mutants of a partner's form: what becomes of a workbook by accident, by other programs, or on purpose. The same seed makes the same mutant.

A mutant is made of a sound form by one to three changes; each kind of change is a small function of the form's parts.
"""

import random
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from imports.hostile_workbooks import BOOK, CONTENTS

Parts = dict[str, bytes]
_SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml")
_ROW = re.compile(rb"<row\b[^>]*?(?:/>|>.*?</row>)", re.DOTALL)
_CELL = re.compile(rb"<c\b[^>]*?(?:/>|>.*?</c>)", re.DOTALL)
_TAG = re.compile(rb"<[A-Za-z][^<>]*>")
_NAME = re.compile(rb"(</?)([A-Za-z:]+)")
_ATTRIBUTE = re.compile(rb'\s([A-Za-z:]+)="([^"]*)"')
_NUMBER = re.compile(rb"<v>([^<]*)</v>")
_TEXT = re.compile(rb"<t(?: [^<>]*)?>([^<]*)</t>")
_KEY = re.compile(rb">((?:COST|SPEND|OUT|BUDGET|MS|RISK|N|DECLARATION)[-A-Z0-9a-z]*)<")
_STYLE = re.compile(rb'(<c\b[^>]*?\ss=")(\d+)"')
_TYPE = re.compile(rb'(<c\b[^>]*?\st=")(\w+)"')
_PLACE = re.compile(rb'\sr="([A-Z]*)(\d+)"')
_TARGET = re.compile(rb'Target="([^"]*)"')
_BOOK_SHEET = re.compile(rb"<sheet [^>]*?/>")

NUMBERS = (
    b"NaN", b"INF", b"-INF", b"1e999", b"-1e308", b"1e-320", b"", b"-1", b"-0", b"0", b"1", b"0.005", b"0.1", b"12.345", b"99999999999999",
    b"999999999999.99", b"1000000000000", b"-99999999999.99", b"9" * 41, b"9" * 5_000, b"1" + b"0" * 39, b"0x1F", b"1_000", "１２".encode(),
    b"2958465", b"2958466", b"60", b"45000", b"45536", b"45536.75", b"1e15", b"4503599627370497.5", b"TRUE", b"#REF!", b" 7 ", b"7;", b"1000.10", b"240.06",
)  # fmt: skip
TEXTS = (
    "", " ", "\u00a0", "\u200b", "\u202eevil", "\u2066x\u2069", "\ufdd0", "\ue000", "_x0000_", "_xD800_", "_x202E_", "_x000A_", "_x005F_x0000_", "=1+1",
    "=cmd|' /C calc'!A0", "@x", "-", "+1", "x" * 40_000, "ŵ" * 31_000, "a" + "\u0301\u0323" * 4_000, "&amp;lt;b&amp;gt;", "%s{0}%n", "'; DROP TABLE cost; --",
    "NaN", "1e999", "1,234.56", "£12", "(12.00)", "12.345", "1e400", "9" * 5_000, "１２", "٣", "½", "2.5k", "31/02/2025", "31/03/2025", "1 April 2024", "1/1/1",
    "2024-09-31", "99999-01-01", "Yes", "no", "TRUE", "#REF!", "Capital", "RESOURCE", "ASB-01 Solace: casework", "Staff, agency", "G-1", "G-9", "2024/25 Q2",
    "2024/25 Q3", "1999/00 Q4", "2099/00 Q4", "2024/25 Q9", "help", "Total", "Row key", "Net", "COST-001", "DECLARATION", "0", "2", "-5",
)  # fmt: skip
KEYS = (
    b"COST-001", b"COST-007", b"COST-999", b"COST-0", b"COST-" + b"9" * 300, "COST-٣".encode(), b"cost-001", b" COST-001", b"SPEND-1-R-1", b"SPEND-99-C-99", b"SPEND-1-X-1",
    b"OUT-1", b"OUT-0", b"BUDGET-2", b"MS-2", b"RISK-1", b"RISK-NEW-1", b"RISK-NEW-99", b"N-done", b"N-x", b"DECLARATION", b"x", b"",
)  # fmt: skip
ATTRIBUTES = (
    b"", b"-1", b"0", b"1", b"true", b"99999", b"9" * 40, b"9" * 5_000, b"x", b"A1", b"A0", b"XFE1048577", b"A1:ZZZZ9", b"../../../etc/passwd", b"file:///etc/passwd",
    b"http://example.org/", b"rId1", b"rId999", b"n", b"s", b"veryHidden", b"&#x202E;", b"&#10;", b"a b", b"&quot;&lt;",
)  # fmt: skip
SHEET_NAMES = (
    b"About", b"Costs", b"costs ", b"Issues", b"Sheet1", b"O&apos;Brien&apos;s", b"=1+1", b"", b"&#x202E;stsoC", b"x" * 300, b"a!b", b"[1]Costs", b"&#9;", "Ŵ".encode(),
)  # fmt: skip


@dataclass
class Mutant:
    """A form being changed: its parts, in their order, and what was done."""

    parts: Parts
    rng: random.Random
    done: list[str] = field(default_factory=list[str])
    doubled: list[str] = field(default_factory=list[str])
    """Names that stand in the zip a second time."""

    def sheet(self) -> str:
        """A sheet's part; that of costs and others with much in them more often."""
        names = [name for name in self.parts if _SHEET.fullmatch(name)]
        sizes = [1 + len(self.parts[name]) ** 0.5 for name in names]
        return self.rng.choices(names, sizes)[0] if names else next(iter(self.parts))

    def any(self) -> str:
        return self.rng.choice(list(self.parts))

    def put(self, name: str, what: str, new: bytes) -> None:
        self.done.append(f"{what} in {name}")
        self.parts[name] = new

    def swap(
        self, name: str, pattern: re.Pattern[bytes], new: Callable[[re.Match[bytes]], bytes], what: str
    ) -> None:
        """One of the places that the pattern finds, changed; nothing where it finds none."""
        data = self.parts[name]
        found = list(pattern.finditer(data))
        if not found:
            return
        match = self.rng.choice(found)
        self.put(name, what, data[: match.start()] + new(match) + data[match.end() :])


Change = Callable[[Mutant], None]


def noise(data: bytes, rng: random.Random) -> bytes:
    """Some bytes changed, cut out or doubled."""
    held = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at, length = rng.randrange(len(held) + 1), rng.choice((1, 1, 1, 4, 40, 400))
        match rng.randrange(4):
            case 0:
                held[at : at + length] = rng.randbytes(length)
            case 1:
                del held[at : at + length]
            case 2:
                held[at:at] = held[at : at + length] * rng.randint(1, 20)
            case _:
                if at < len(held):
                    held[at] ^= 1 << rng.randrange(8)
    return bytes(held)


def bytes_of_a_part(of: Mutant) -> None:
    name = of.any()
    of.put(name, "bytes", noise(of.parts[name], of.rng))


def bytes_of_a_sheet(of: Mutant) -> None:
    name = of.sheet()
    of.put(name, "bytes", noise(of.parts[name], of.rng))


def a_number(of: Mutant) -> None:
    of.swap(of.sheet(), _NUMBER, lambda _: b"<v>" + of.rng.choice(NUMBERS) + b"</v>", "number")


def all_numbers(of: Mutant) -> None:
    name, new = of.sheet(), of.rng.choice(NUMBERS)
    of.put(name, f"every number {new[:20]!r}", _NUMBER.sub(lambda _: b"<v>" + new + b"</v>", of.parts[name]))


def a_text(of: Mutant) -> None:
    new = of.rng.choice(TEXTS).encode()
    of.swap(of.sheet(), _TEXT, lambda _: b"<t>" + new + b"</t>", f"text {new[:20]!r}")


def many_texts(of: Mutant) -> None:
    """Each fifth text or so; short ones, or the file would be refused for its size alone."""
    name = of.sheet()
    short = [each for each in TEXTS if len(each) < 1_000]

    def new(match: re.Match[bytes]) -> bytes:
        return b"<t>" + of.rng.choice(short).encode() + b"</t>" if of.rng.random() < 0.2 else match[0]

    of.put(name, "texts", _TEXT.sub(new, of.parts[name]))


def fill_a_cell(of: Mutant) -> None:
    """An empty cell gets something."""

    def filled(match: re.Match[bytes]) -> bytes:
        head = re.sub(rb'\st="\w*"', b"", match[0][: match[0].index(b">") + 1]).rstrip(b"/>")
        if of.rng.random() < 0.5:
            return head + b"><v>" + of.rng.choice(NUMBERS) + b"</v></c>"
        text = of.rng.choice(TEXTS).encode()
        return head + b' t="inlineStr"><is><t>' + text + b"</t></is></c>"

    of.swap(of.sheet(), re.compile(rb"<c\b[^>]*?/>"), filled, "empty cell filled")


def a_type(of: Mutant) -> None:
    new = of.rng.choice((b"n", b"s", b"b", b"e", b"d", b"str", b"inlineStr", b"zz"))
    of.swap(of.sheet(), _TYPE, lambda m: m[1] + new + b'"', f"type {new!r}")


def another_kind(of: Mutant) -> None:
    """A cell becomes one of another kind, with a value that fits it: a truth value, an error, a day, a worked-out text."""
    kind, values = of.rng.choice(
        (
            (b"b", (b"1", b"0", b"2")),
            (b"e", (b"#REF!", b"#N/A", b"_xD800_", "\u202e#REF!".encode(), b"x" * 900)),
            (b"d", (b"2024-08-31", b"2024-08-31T12:00:00", b"1899-12-31", b"12:00:00", b"9999-12-31")),
            (b"str", (b"1000.10", b"Yes", b"31/08/2024", b"_x202E_")),
            (b"n", NUMBERS),
        )
    )
    new = b' t="%s"><v>%s</v></c>' % (kind, of.rng.choice(values))

    def changed(match: re.Match[bytes]) -> bytes:
        place, style = _PLACE.search(match[0]), _STYLE.search(match[0])
        return b"<c%s%s" % (place[0] if place else b"", b' s="%s"' % style[2] if style else b"") + new

    of.swap(of.sheet(), _CELL, changed, f"kind {kind!r}")


def a_style(of: Mutant) -> None:
    new = of.rng.choice((b"0", b"1", b"15", b"54", b"60000", b"-1", b"x", b"9" * 5_000))
    of.swap(of.sheet(), _STYLE, lambda m: m[1] + new + b'"', f"style {new[:9]!r}")


def a_formula(of: Mutant) -> None:
    new = of.rng.choice((b"1+1", b"[1]Sheet!A1", b"#REF!", b"1+" * 20_000 + b"1"))
    of.swap(
        of.sheet(), _NUMBER, lambda m: b"<f>" + new + b"</f>" + of.rng.choice((m[0], b"", b"<v/>")), "formula"
    )


def a_row(of: Mutant) -> None:
    """Deleted, doubled, moved, emptied, or put elsewhere."""
    name = of.sheet()
    data = of.parts[name]
    rows = list(_ROW.finditer(data))
    if not rows:
        return
    one, other = of.rng.choice(rows), of.rng.choice(rows)
    match of.rng.randrange(5):
        case 0:
            of.put(name, "row deleted", data[: one.start()] + data[one.end() :])
        case 1:
            of.put(name, "row doubled", data[: one.end()] + one[0] + data[one.end() :])
        case 2:
            new = re.sub(rb'(\sr="[A-Z]*)\d+"', rb'\g<1>%d"' % (900 + of.rng.randrange(99)), one[0])
            of.put(name, "row copied below", data.replace(b"</sheetData>", new + b"</sheetData>"))
        case 3:
            number = _PLACE.search(other[0])
            new = re.sub(rb'(\sr="[A-Z]*)\d+"', rb'\g<1>%s"' % (number[2] if number else b"1"), one[0])
            of.put(name, "row over another", data[: other.start()] + new + data[other.end() :])
        case _:
            of.put(name, "rows backwards", _ROW.sub(b"", data).replace(b"</sheetData>", b"".join(each[0] for each in reversed(rows)) + b"</sheetData>"))  # fmt: skip


def a_cell(of: Mutant) -> None:
    """Deleted, doubled, or put in the place of another."""
    name = of.sheet()
    data = of.parts[name]
    cells = list(_CELL.finditer(data))
    if not cells:
        return
    one, other = of.rng.choice(cells), of.rng.choice(cells)
    place = _PLACE.search(other[0])
    moved = _PLACE.sub(place[0], one[0], count=1) if place else one[0]
    new = of.rng.choice((b"", one[0] * 2, moved))
    of.put(name, "cell", data[: other.start()] + new + data[other.end() :])


def a_column(of: Mutant) -> None:
    """All cells of a column taken away, or moved to another letter."""
    name, letter = of.sheet(), of.rng.choice(b"ABCDEFGHIJKL".decode())
    to = of.rng.choice(("", "Z", "XFD", "IW", "ABCD"))
    pattern = re.compile(rb'<c r="%s(\d+)"([^>]*?(?:/>|>.*?</c>))' % letter.encode(), re.DOTALL)
    new = rb'<c r="%s\g<1>"\g<2>' % to.encode() if to else b""
    of.put(name, f"column {letter} to {to or 'nowhere'}", pattern.sub(new, of.parts[name]))


def a_place(of: Mutant) -> None:
    letters = of.rng.choice((b"A", b"B", b"XFD", b"ABCD", b"", b"IW", "É".encode()))
    number = of.rng.choice((b"0", b"-1", b"1", b"8", b"1048577", b"9" * 40, b"9" * 5_000, b""))
    of.swap(
        of.sheet(), _PLACE, lambda m: b' r="' + of.rng.choice((m[1] + number, letters + m[2])) + b'"', "place"
    )


def a_key(of: Mutant) -> None:
    new = of.rng.choice(KEYS)
    of.swap(of.sheet(), _KEY, lambda _: b">" + new + b"<", f"key {new[:20]!r}")


def a_sheet_name(of: Mutant) -> None:
    new = of.rng.choice(SHEET_NAMES)
    pattern = re.compile(rb'(<sheet [^>]*?name=")[^"]*"')
    of.swap(BOOK if BOOK in of.parts else of.any(), pattern, lambda m: m[1] + new + b'"', f"sheet named {new[:20]!r}")  # fmt: skip


def the_list_of_sheets(of: Mutant) -> None:
    """One deleted, doubled, hidden, or another part under its name."""
    if BOOK not in of.parts:
        return
    new: tuple[Callable[[bytes], bytes], ...] = (
        lambda _: b"",
        lambda each: each * 2,
        lambda each: each.replace(b'"visible"', b'"hidden"'),
        lambda each: re.sub(rb'r:id="\w+"', b'r:id="rId%d"' % of.rng.randrange(14), each),
        lambda each: re.sub(rb'sheetId="\w+"', b'sheetId="%s"' % of.rng.choice(ATTRIBUTES), each),
    )
    chosen = of.rng.choice(new)
    of.swap(BOOK, _BOOK_SHEET, lambda match: chosen(match[0]), "list of sheets")


def a_part(of: Mutant) -> None:
    """Deleted, emptied, doubled, under another name, or in another's place."""
    one, other = of.any(), of.any()
    match of.rng.randrange(6):
        case 0:
            del of.parts[one]
            of.done.append(f"{one} deleted")
        case 1:
            of.put(one, "emptied", b"")
        case 2:
            of.doubled.append(one)
            of.done.append(f"{one} twice")
        case 3:
            of.parts[one.swapcase()] = of.parts.pop(one)
            of.done.append(f"{one} in other capitals")
        case 4:
            of.parts[one], of.parts[other] = of.parts[other], of.parts[one]
            of.done.append(f"{one} and {other} swapped")
        case _:
            of.put(one, f"{other} instead", of.parts[other])


def a_tag(of: Mutant) -> None:
    """An element's tag deleted, doubled or renamed."""
    name = of.rng.choice((of.any(), of.sheet()))
    change = of.rng.randrange(4)
    if change == 3:
        new = of.rng.choice((b"x", b"row", b"c", b"v", b"t", b"sheetData", b"is", b"f", b"mergeCell", b"si"))
        of.swap(name, _NAME, lambda m: m[1] + new, f"tag named {new!r}")
    else:
        of.swap(name, _TAG, lambda m: (b"", m[0] * 2, m[0] * 1_000)[change], "tag")


def an_attribute(of: Mutant) -> None:
    name = of.rng.choice((of.any(), of.sheet(), BOOK if BOOK in of.parts else of.any()))
    new = of.rng.choice(ATTRIBUTES)
    of.swap(name, _ATTRIBUTE, lambda m: of.rng.choice((b"", b' %s="%s"' % (m[1], new))), f"attribute {new[:20]!r}")  # fmt: skip


def a_relation(of: Mutant) -> None:
    names = [name for name in of.parts if name.endswith(".rels")]
    if not names:
        return
    targets = (*ATTRIBUTES, b"workbook.xml", b"worksheets/sheet1.xml", b"/xl/styles.xml", b"styles.xml")
    new = of.rng.choice(targets)
    more = of.rng.choice((b"", b"", b' TargetMode="External"'))
    of.swap(of.rng.choice(names), _TARGET, lambda _: b'Target="' + new + b'"' + more, f"relation to {new[:20]!r}")  # fmt: skip


def merged(of: Mutant) -> None:
    area = of.rng.choice(
        (b"A1:B2", b"E8:E9", b"A1:XFD1048576", b"A1:ZZZZ5", b"", b"words", b"8:9", b"A:B", b"B9:A1", b"A0:B0")
    )
    name = of.sheet()
    new = b'</sheetData><mergeCells><mergeCell ref="%s"/></mergeCells>' % area
    of.put(name, f"merged {area!r}", of.parts[name].replace(b"</sheetData>", new, 1))


def hidden(of: Mutant) -> None:
    name = of.sheet()
    new = of.rng.choice(
        (
            b'<col min="1" max="9" hidden="1"/>',
            b'<col min="-9" max="99999999" hidden="1"/>',
            b'<col hidden="1"/>',
        )
    )
    of.put(name, "columns", re.sub(rb"<cols>", b"<cols>" + new, of.parts[name], count=1))


def a_definition(of: Mutant) -> None:
    name = of.any()
    new = b'<!DOCTYPE x [<!ENTITY e "ha">]>'
    of.put(name, "definition", new + of.parts[name])


def date_system(of: Mutant) -> None:
    if BOOK in of.parts:
        of.put(BOOK, "1904", of.parts[BOOK].replace(b"<workbookPr", b'<workbookPr date1904="1"', 1))


CHANGES: tuple[tuple[Change, int], ...] = (
    (bytes_of_a_part, 3), (bytes_of_a_sheet, 3), (a_number, 6), (all_numbers, 3), (a_text, 8), (many_texts, 4), (fill_a_cell, 8), (a_type, 3), (another_kind, 9), (a_style, 3),
    (a_formula, 3), (a_row, 7), (a_cell, 4), (a_column, 3), (a_place, 3), (a_key, 6), (a_sheet_name, 3), (the_list_of_sheets, 4), (a_part, 4), (a_tag, 4),
    (an_attribute, 6), (a_relation, 3), (merged, 2), (hidden, 1), (a_definition, 1), (date_system, 1),
)  # fmt: skip
_DAMAGED_ZIP = 0.1
"""The share whose zip is damaged as well."""


def mutant(parts: Parts, seed: str) -> tuple[bytes, str]:
    """The file, and what was done to it."""
    of = Mutant(dict(parts), random.Random(seed))  # noqa: S311 - no secret
    changes = of.rng.choices(
        [each for each, _ in CHANGES], [weight for _, weight in CHANGES], k=of.rng.choice((1, 1, 1, 2, 3))
    )
    for change in changes:
        if of.parts:
            change(of)
    data = packed(of)
    if of.rng.random() < _DAMAGED_ZIP or not of.done:
        data = damaged(data, of)
    return data, "; ".join(of.done)


def packed(of: Mutant) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for name, data in of.parts.items():
            new.writestr(ZipInfo(name), data, ZIP_DEFLATED)
        for name in of.doubled:
            aside = ZipInfo("\x7f" * len(name))  # zipfile warns of a name given twice
            new.writestr(aside, of.parts.get(name, b""), ZIP_DEFLATED)
    data = buffer.getvalue()
    for name in of.doubled:
        data = data.replace(b"\x7f" * len(name.encode()), name.encode())
    return data


def damaged(data: bytes, of: Mutant) -> bytes:
    """Cut short, noise, wrong sizes or checksums in a header, bytes before or behind."""
    rng, held = of.rng, bytearray(data)
    match rng.randrange(6):
        case 0:
            of.done.append("cut short")
            del held[rng.randrange(len(held)) :]
        case 1:
            of.done.append("noise in the zip")
            return noise(data, rng)
        case 2:
            of.done.append("bytes around")
            return rng.choice((b"x" * 100 + data, data + b"x" * 100, data + data))
        case 3:
            of.done.append("checksum")
            _set(held, rng, (16, 14), rng.getrandbits(32))
        case 4:
            of.done.append("sizes")
            _set(held, rng, rng.choice(((20, 18), (24, 22))), rng.choice((0, 1, 1_000, 2**20, 2**31, 2**32 - 1)))  # fmt: skip
        case _:
            of.done.append("flags, method or version")
            at = [each.start() for each in re.finditer(b"PK\x01\x02", held)]
            if at:
                struct.pack_into("<H", held, rng.choice(at) + rng.choice((4, 6, 8, 10)), rng.choice((0, 1, 8, 9, 12, 14, 99, 2**11, 0xFFFF)))  # fmt: skip
    return bytes(held)


def _set(held: bytearray, rng: random.Random, places: tuple[int, int], value: int) -> None:
    """A number of one part's entry in the directory, and at times of its own header too."""
    entries = [each.start() for each in re.finditer(b"PK\x01\x02", held)]
    if entries:
        entry = rng.choice(entries)
        (local,) = struct.unpack_from("<L", held, entry + 42)
        struct.pack_into("<L", held, entry + places[0], value)
        if rng.random() < 0.5 and held.startswith(b"PK\x03\x04", local):
            struct.pack_into("<L", held, local + places[1], value)


def parts_of(data: bytes) -> Parts:
    """The parts of a sound form, in their order."""
    with ZipFile(BytesIO(data)) as package:
        found = {name: package.read(name) for name in package.namelist()}
    assert CONTENTS in found
    return found


def fingerprint(data: bytes) -> int:
    """Tells two mutants apart."""
    return zlib.crc32(data)
