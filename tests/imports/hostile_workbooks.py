"""Workbooks as nobody should send them, each made from an ordinary one by changing its parts."""

import random
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

Part = str | bytes
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
CONTENTS = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {chr(b)} "{f"&{chr(b - 1)};" * 10}">' for b in range(ord("b"), ord("k"))
    )
    + "]>"
)  # fmt: skip


def ordinary() -> bytes:
    """A workbook with one cost category in it."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Cost categories"
    sheet.append(["Name", "Note"])
    sheet.append(["Staff", None])
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def repacked(changes: Mapping[str, Part | None], data: bytes | None = None) -> bytes:
    """The ordinary workbook with parts put in the place of others (None: left out) or added."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data or ordinary())) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def sheet_of(rows: str, before: str = "", after: str = "") -> bytes:
    """The ordinary workbook with other rows, as they stand in the file."""
    return repacked({SHEET: f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"})


def one_cell(cell: str, row: int = 1) -> bytes:
    return sheet_of(f'<row r="{row}">{cell}</row>')


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def with_shared_texts(texts: str, rows: str, before: str = "") -> bytes:
    """The ordinary workbook with rows that name texts kept apart from them, as most spreadsheet programs do."""
    with ZipFile(BytesIO(ordinary())) as package:
        contents = package.read(CONTENTS).decode()
    named = f'<Override PartName="/{STRINGS}" ContentType="{SHARED}"/></Types>'
    parts = {
        CONTENTS: contents.replace("</Types>", named),
        STRINGS: f"{before}<sst {MAIN}>{texts}</sst>",
        SHEET: f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
    }
    return repacked(parts)


def many_parts() -> bytes:
    return repacked({f"xl/media/{n}.png": b"" for n in range(1_001)})


def twice_the_same_part() -> bytes:
    return repacked({"xl/THEME/theme1.xml": b"<x/>"})


def with_backslash() -> bytes:
    """Zipfile turns a backslash round on Windows only; the name in the file has one everywhere."""
    return repacked({"xl_media_a.png": b""}).replace(b"xl_media_a.png", b"xl\\media\\a.png")


def zip_bomb() -> bytes:
    return repacked({SHEET: b" " * (45 * 2**20)})


def hardly_packed(size: int) -> bytes:
    """Unpacks to `size` bytes, at a ratio that is not remarkable."""
    block = random.Random(1).randbytes(1_500)  # noqa: S311 - no secret
    return (block * (size // len(block) + 1))[:size]


def locked_part() -> bytes:
    """The flag that says a part is encrypted, set in both places where it stands."""
    data = bytearray(ordinary())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    return bytes(data)


def oddly_packed() -> bytes:
    """A method of packing (12, bzip2) that no spreadsheet program uses."""
    data = bytearray(ordinary())
    for signature, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(signature) + place] = 12
    return bytes(data)


def wrong_checksum() -> bytes:
    """Whole to look at, but a part's bytes are not those that were packed."""
    buffer = BytesIO()
    with ZipFile(BytesIO(ordinary())) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name))
    return buffer.getvalue().replace(b"Staff", b"Stuff")


def compound_file(stream_name: str) -> bytes:
    """The beginning of an OLE compound file that holds a stream of this name: an old or a locked workbook."""
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504
    return header + stream_name.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 4_000


def other_package(content_type: str) -> bytes:
    """A zip of another program."""
    return repacked({CONTENTS: f'<Types><Override PartName="/a" ContentType="{content_type}"/></Types>'})


def many_columns() -> bytes:
    """A sheet 10,000 columns wide, two rows deep."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Costs")
    for _ in range(2):
        sheet.append(list(range(10_000)))
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def text_shown_everywhere() -> bytes:
    """One shared text of 30,000 letters in 20,000 cells: 600 MB from a small file."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return with_shared_texts(f"<si><t>{'x' * 30_000}</t></si>", cells)


def nothing_but_cells() -> bytes:
    """Four million cells that hold nothing, each different enough to pack badly."""
    rng = random.Random(2)  # noqa: S311 - no secret
    cells = "".join(f'<c s="{rng.randrange(10)}"/>' for _ in range(200))
    rows = f"<row>{cells}</row>" * 18_000
    return sheet_of(rows)


def many_sheets() -> bytes:
    sheets = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 400))
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return repacked({BOOK: f'<workbook {MAIN} xmlns:r="{relations}"><sheets>{sheets}</sheets></workbook>'})


def deep_xml() -> bytes:
    return repacked({SHEET: f"<worksheet {MAIN}>{'<a>' * 300_000}"})


def in_date_system_1904() -> bytes:
    """Day 42,824 of the system that begins on 1 January 1904, in a cell formatted as a date."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    workbook = Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.worksheets[0]
    sheet.title = "Office"
    sheet.append(["Name", "Demonstration date"])
    sheet.append(["Office of the Commissioner", 42_824])
    sheet["B2"].number_format = "dd/mm/yyyy"
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def with_external_link() -> bytes:
    """Names another workbook, whose part here is not even XML: whoever follows it stumbles."""
    return repacked({"xl/externalLinks/externalLink1.xml": b"not followed"})


def mutated(data: bytes, seed: int) -> bytes:
    """Some bytes of the file, or of an unpacked part of it, changed, cut out or doubled."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    if rng.random() < 0.3:
        return _mutated_bytes(data, rng)
    with ZipFile(BytesIO(data)) as package:
        name = rng.choice(package.namelist())
        return repacked({name: _mutated_bytes(package.read(name), rng)}, data)


def _mutated_bytes(data: bytes, rng: random.Random) -> bytes:
    held = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(held) + 1)
        length = rng.choice((1, 1, 4, 40, 400))
        what = rng.randrange(3)
        if what == 0:
            held[at : at + length] = rng.randbytes(length)
        elif what == 1:
            del held[at : at + length]
        else:
            held[at:at] = held[at : at + length] * rng.randint(1, 50)
    return bytes(held)


def write(folder: Path, content: bytes | Callable[[], bytes], name: str = "costs.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content() if callable(content) else content)
    return path
