"""Hostile zips, files of the wrong kind, hostile XML, and parts and relations that lead astray."""

import random
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from imports.hostile_base import (
    BOOK_RELATIONS,
    MEGABYTE,
    PACKAGE_RELATED,
    RELATED,
    STYLES,
    Base,
    Hostile,
)
from imports.hostile_workbooks import (
    BOOK,
    CONTENTS,
    LAUGHS,
    MAIN,
    compound_file,
    hardly_packed,
    repacked,
)


def lying_sizes(base: Base, name: str, blanks: int) -> bytes:
    """A part followed by megabytes of blanks, whose headers tell of the part alone: its size, its checksum."""
    part = base.part(name)
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    blank = b" " * MEGABYTE
    packed = b"".join(
        (packer.compress(part), *(packer.compress(blank) for _ in range(blanks)), packer.flush())
    )
    buffer = BytesIO()
    with ZipFile(BytesIO(base.data)) as old, ZipFile(buffer, "w", ZIP_STORED) as new:
        for each in old.namelist():
            new.writestr(each, packed if each == name else old.read(each))
    data = bytearray(buffer.getvalue())
    with ZipFile(BytesIO(bytes(data))) as package:
        local, entry = package.getinfo(name).header_offset, package.start_dir
    while not data.startswith(name.encode(), entry + 46):
        entry += 46 + sum(struct.unpack_from("<HHH", data, entry + 28))
    for at, method in ((local, 8), (entry, 10)):
        struct.pack_into("<H", data, at + method, ZIP_DEFLATED)
        struct.pack_into("<L", data, at + method + 6, zlib.crc32(part))
        struct.pack_into("<L", data, at + method + 14, len(part))
    return bytes(data)


def _overlapping(base: Base) -> bytes:
    """Forty entries of the directory that all point to one packed part: the bomb of one core."""
    data = bytearray(repacked({"xl/media/core.bin": hardly_packed(2 * MEGABYTE)}, base.data))
    with ZipFile(BytesIO(bytes(data))) as package:
        directory = package.start_dir
    at, entries = directory, list[bytes]()
    while data.startswith(b"PK\x01\x02", at):
        length, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        entries.append(bytes(data[at : at + 46 + length + extra + comment]))
        at += len(entries[-1])
    core = next(each for each in entries if b"xl/media/core.bin" in each)
    more = [core.replace(b"core.bin", f"co{n:02d}.bin".encode()) for n in range(40)]
    whole = b"".join((*entries, *more))
    end = bytearray(data[at:])
    struct.pack_into("<HHLL", end, 8, len(entries) + 40, len(entries) + 40, len(whole), directory)
    return bytes(data[:directory]) + whole + bytes(end)


def many_entries(base: Base) -> bytes:
    """300,000 entries of the directory, of empty parts: nothing to unpack, and a list of them takes hundreds of megabytes."""
    buffer = BytesIO()
    with ZipFile(BytesIO(base.data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    data = buffer.getvalue()
    with ZipFile(BytesIO(data)) as package:
        directory = package.start_dir
    at, one = directory, b""
    while data.startswith(b"PK\x01\x02", at):
        length, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        one = data[at : at + 46 + length + extra + comment]
        at += len(one)
    more = 300_000
    end = bytearray(data[at:])
    struct.pack_into("<HHLL", end, 8, 0xFFFF, 0xFFFF, at - directory + more * len(one), directory)
    return data[:at] + one * more + bytes(end)


def _twice(base: Base) -> bytes:
    """Two parts of one name: one program reads the first, another the second."""
    buffer = BytesIO()
    with ZipFile(BytesIO(base.data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        double = ZipInfo(base.sheet)
        double.filename = "Q" * len(base.sheet)  # zipfile warns of a name given twice: renamed below
        new.writestr(double, b"<worksheet/>")
    return buffer.getvalue().replace(b"Q" * len(base.sheet), base.sheet.encode())


def _flagged(base: Base, places: tuple[int, int], value: int) -> bytes:
    """A number of the first part's two headers (local, central) set."""
    data = bytearray(base.data)
    for signature, place in zip((b"PK\x03\x04", b"PK\x01\x02"), places, strict=True):
        data[data.index(signature) + place] |= value
    return bytes(data)


def _stored_wrong(base: Base) -> bytes:
    """Whole to look at, but a part's bytes are not those that were packed."""
    buffer = BytesIO()
    with ZipFile(BytesIO(base.data)) as old, ZipFile(buffer, "w", ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return buffer.getvalue().replace(b"<sheetData>", b"<sheetDatb>")


def _directory_elsewhere(base: Base) -> bytes:
    """The end says that the directory begins where there is none."""
    data = bytearray(base.data)
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<L", data, end + 16, 0xFFFFFFF0)
    return bytes(data)


ZIPS = (
    Hostile("bomb in a sheet", "45 MB of blanks in a few kilobytes", lambda b: repacked({b.sheet: b" " * (45 * MEGABYTE)}, b.data)),
    Hostile("bomb in a picture", "45 MB of noughts where nobody looks", lambda b: repacked({"xl/media/image1.png": bytes(45 * MEGABYTE)}, b.data)),
    Hostile("bomb of many", "sixty parts of 1.9 MB each: no part is remarkable, the whole is", lambda b: repacked({f"xl/media/{n}.png": hardly_packed(1_900_000) for n in range(60)}, b.data), heavy=True),
    Hostile("bomb of one core", "forty names for one packed part", _overlapping),
    Hostile("lying table of contents", "says 2 kB, unpacks to 700 MB", lambda b: lying_sizes(b, CONTENTS, 700), heavy=True),
    Hostile("lying sheet", "says its usual size, unpacks to 300 MB", lambda b: lying_sizes(b, b.sheet, 300), heavy=True),
    Hostile("lying workbook part", "says its usual size, unpacks to 700 MB", lambda b: lying_sizes(b, BOOK, 700), heavy=True),
    Hostile("300,000 entries", "a directory that is too long to list", many_entries, heavy=True),
    Hostile("1,001 parts", "more parts than any workbook has", lambda b: repacked({f"xl/media/{n}.png": b"" for n in range(1_001)}, b.data)),
    Hostile("nested zip", "a bomb inside a zip inside the workbook, which nobody opens", lambda b: repacked({"xl/embeddings/inner.zip": repacked({"x": bytes(MEGABYTE)}, b.data)}, b.data)),
    Hostile("cut short", "half of the file", lambda b: b.data[: len(b.data) // 2]),
    Hostile("without its end", "the last bytes are missing", lambda b: b.data[:-10]),
    Hostile("nothing but the end", "an empty zip", lambda _: b"PK\x05\x06" + bytes(18)),
    Hostile("words before the zip", "bytes stand before the first part", lambda b: b"Dear all,\n" + b.data),
    Hostile("words behind the zip", "bytes stand behind the end", lambda b: b.data + b"<html>" * 2_000),
    Hostile("directory elsewhere", "the directory lies outside the file", _directory_elsewhere),
    Hostile("wrong checksum", "a part's bytes were changed", _stored_wrong),
    Hostile("a part with a password", "marked as encrypted", lambda b: _flagged(b, (6, 8), 1)),
    Hostile("packed oddly", "a way of packing that no spreadsheet program uses", lambda b: _flagged(b, (8, 10), 4)),
    Hostile("the same part twice", "a second sheet of the same name in the zip", _twice),
    Hostile("the same part in capitals", "which Windows takes for the same", lambda b: repacked({BOOK.upper(): b"<x/>"}, b.data)),
    Hostile("upwards", "a part named ../../evil", lambda b: repacked({"../../evil.xml": b"x"}, b.data)),
    Hostile("absolute", "a part named /etc/passwd", lambda b: repacked({"/etc/passwd": b"x"}, b.data)),
    Hostile("on a drive", "a part named C:evil", lambda b: repacked({"C:evil.xml": b"x"}, b.data)),
    Hostile("bidirectional name", "a part whose name reads backwards", lambda b: repacked({"xl/\u202egnp.exe": b"x"}, b.data)),
)  # fmt: skip


def noise(length: int) -> bytes:
    return random.Random(3).randbytes(length)  # noqa: S311 - no secret


KINDS = (
    Hostile("a PDF", "named .xlsx", lambda _: b"%PDF-1.7\n1 0 obj\n"),
    Hostile("a text", "named .xlsx", lambda _: b"Name,Note\nStaff,\n"),
    Hostile("an old workbook", "named .xlsx", lambda _: compound_file("Workbook")),
    Hostile("a workbook with a password", "a compound file with an encrypted package", lambda _: compound_file("EncryptedPackage")),
    Hostile("a web page", "as systems export it under the name .xlsx", lambda _: b"<html><table><tr><td>1</td></tr></table></html>"),
    Hostile("an XML workbook of 2003", "named .xlsx", lambda _: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
    Hostile("a document", "a zip of a word processor", lambda b: b_contents(b, "spreadsheetml.sheet.main", "wordprocessingml.document.main")),
    Hostile("macros by name", "its table of contents says macros", lambda b: b_contents(b, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
    Hostile("macros", "a vbaProject in an innocent workbook", lambda b: repacked({"xl/vbaProject.bin": b"x"}, b.data)),
    Hostile("macros of the nineties", "a macro sheet", lambda b: repacked({"xl/macrosheets/sheet1.xml": b"x"}, b.data)),
    Hostile("a template", "its table of contents says template", lambda b: b_contents(b, "sheet.main+xml", "template.main+xml")),
    Hostile("a table of contents of another workbook", "every part is called a picture", lambda b: repacked({CONTENTS: '<Types><Override PartName="/a.png" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'}, b.data)),
    Hostile("no table of contents", "a zip of the same parts", lambda b: repacked({CONTENTS: None}, b.data)),
    Hostile("an endless table of contents", "more than a megabyte", lambda b: repacked({CONTENTS: hardly_packed(MEGABYTE + 1)}, b.data)),
    Hostile("random bytes", "of a workbook's length", lambda b: noise(len(b.data))),
    Hostile("random bytes behind a zip's first", "PK and then noise", lambda b: b"PK\x03\x04" + noise(len(b.data))),
)  # fmt: skip


def b_contents(base: Base, old: str, new: str) -> bytes:
    return base.edited(CONTENTS, old, new)


def _utf16(base: Base, name: str) -> bytes:
    text = base.part(name).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return repacked({name: text.encode("utf-16")}, base.data)


def _other_encoding(base: Base) -> bytes:
    text = base.part(base.sheet).decode().removeprefix('<?xml version="1.0" encoding="UTF-8"?>')
    return repacked({base.sheet: f'<?xml version="1.0" encoding="cp037"?>{text}'}, base.data)


def _external_entity(base: Base, name: str) -> bytes:
    """Names a file of this computer, which must not be opened."""
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return repacked({name: doctype + base.part(name).decode()}, base.data)


def _deep(base: Base) -> bytes:
    return base.rows(f"{'<row>' * 100_000}")


def _attributes(base: Base) -> bytes:
    """200,000 attributes on one element."""
    many = " ".join(f'a{n}="{n}"' for n in range(200_000))
    return base.rows(f"<row {many}/>")


XML = (
    Hostile("laughs in a sheet", "entities that multiply to gigabytes", lambda b: repacked({b.sheet: f"{LAUGHS}<worksheet {MAIN}>&j;</worksheet>"}, b.data)),
    Hostile("laughs in the workbook part", "the same where sheets are listed", lambda b: repacked({BOOK: f"{LAUGHS}<workbook>&j;</workbook>"}, b.data)),
    Hostile("laughs in the texts", "the same in the shared texts", lambda b: b.texts("<si><t>&j;</t></si>", "", LAUGHS)),
    Hostile("laughs in the styles", "the same in the styles", lambda b: repacked({STYLES: f"{LAUGHS}<styleSheet>&j;</styleSheet>"}, b.data)),
    Hostile("laughs in the relations", "the same in the list of relations", lambda b: repacked({BOOK_RELATIONS: f"{LAUGHS}<Relationships>&j;</Relationships>"}, b.data)),
    Hostile("an entity from outside", "names a file of this computer", lambda b: _external_entity(b, b.sheet)),
    Hostile("an entity from outside in the book", "the same where sheets are listed", lambda b: _external_entity(b, BOOK)),
    Hostile("a hundred thousand deep", "elements inside elements", _deep, heavy=True),
    Hostile("200,000 attributes", "on one row", _attributes, heavy=True),
    Hostile("unfinished", "the sheet ends in the middle", lambda b: repacked({b.sheet: b.part(b.sheet)[:-300]}, b.data)),
    Hostile("not XML", "noughts and other bytes in the sheet", lambda b: repacked({b.sheet: b"\x00\xff\xfe"}, b.data)),
    Hostile("an empty sheet part", "of no bytes", lambda b: repacked({b.sheet: b""}, b.data)),
    Hostile("an empty workbook part", "of no bytes", lambda b: repacked({BOOK: b""}, b.data)),
    Hostile("empty styles", "of no bytes", lambda b: repacked({STYLES: b""}, b.data)),
    Hostile("another encoding", "a sheet in UTF-16", lambda b: _utf16(b, b.sheet)),
    Hostile("an encoding of the mainframes", "a sheet that says cp037", _other_encoding),
    Hostile("another vocabulary", "the sheet's elements mean nothing", lambda b: b.edited(b.sheet, "spreadsheetml/2006/main", "presentationml/2006/main")),
    Hostile("strict vocabulary", "the sheet in the strict words, the rest in the others", lambda b: b.edited(b.sheet, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")),
    Hostile("an instruction", "a processing instruction that names a script", lambda b: repacked({b.sheet: b'<?xml-stylesheet href="http://example.org/x.xsl"?>' + b.part(b.sheet)}, b.data)),
)  # fmt: skip


def _relation(base: Base, target: str, more: str = "") -> bytes:
    """The first relation of the workbook leads elsewhere."""
    text = base.part(BOOK_RELATIONS).decode()
    at = text.index('Target="') + 8
    end = text.index('"', at)
    return repacked({BOOK_RELATIONS: f'{text[:at]}{target}"{more}{text[end + 1 :]}'}, base.data)


def _with_relations(base: Base, *relations: str) -> dict[str, bytes | str | None]:
    folder, _, name = base.sheet.rpartition("/")
    return {
        f"{folder}/_rels/{name}.rels": f'<Relationships xmlns="{PACKAGE_RELATED}">{"".join(relations)}</Relationships>'
    }


def _related(base: Base, kind: str, target: str, content: bytes, after: str) -> bytes:
    """The sheet names one more part."""
    relation = f'<Relationship Id="rIdX" Type="{RELATED}/{kind}" Target="{target}"/>'
    sheet = base.part(base.sheet).decode()
    if "</worksheet>" not in sheet:
        raise LookupError("the end of the sheet")
    parts = _with_relations(base, relation)
    parts[base.sheet] = sheet.replace("</worksheet>", f"{after}</worksheet>")
    parts[f"xl/{target.removeprefix('../')}"] = content
    return repacked(parts, base.data)


def _comments(base: Base, content: str) -> bytes:
    return _related(base, "comments", "../comments9.xml", content.encode(), "")


def _boxes(base: Base, content: bytes) -> bytes:
    """Comments with a drawing of boxes."""
    comments = f'<comments {MAIN}><authors><author>a</author></authors><commentList><comment ref="B8" authorId="0"><text><t>x</t></text></comment></commentList></comments>'
    relations = (
        f'<Relationship Id="rIdC" Type="{RELATED}/comments" Target="../comments9.xml"/>',
        f'<Relationship Id="rIdV" Type="{RELATED}/vmlDrawing" Target="../drawings/vmlDrawing9.vml"/>',
    )
    named = f'<legacyDrawing xmlns:r="{RELATED}" r:id="rIdV"/></worksheet>'
    return repacked(
        {
            **_with_relations(base, *relations),
            base.sheet: base.part(base.sheet).decode().replace("</worksheet>", named),
            "xl/comments9.xml": comments,
            "xl/drawings/vmlDrawing9.vml": content,
        },
        base.data,
    )


def _sheets(base: Base, sheets: str) -> bytes:
    text = base.part(BOOK).decode()
    start, end = text.index("<sheets>"), text.index("</sheets>")
    return repacked({BOOK: f"{text[:start]}<sheets>{sheets}{text[end:]}"}, base.data)


def _many_sheets(base: Base) -> bytes:
    return _sheets(base, "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(1, 400)))


def _circle(base: Base) -> bytes:
    """A part that names itself, and two that name each other."""
    one = f'<Relationships xmlns="{PACKAGE_RELATED}"><Relationship Id="rId1" Type="{RELATED}/worksheet" Target="workbook.xml"/><Relationship Id="rId2" Type="{RELATED}/styles" Target="_rels/workbook.xml.rels"/></Relationships>'
    return repacked({BOOK_RELATIONS: one}, base.data)


PARTS = (
    Hostile("relation upwards", "a sheet's part lies outside the package", lambda b: _relation(b, "../../../../etc/passwd")),
    Hostile("relation to a file", "a sheet's part is a file of this computer", lambda b: _relation(b, "file:///etc/passwd")),
    Hostile("relation to the web", "a sheet's part is a page", lambda b: _relation(b, "http://example.org/sheet.xml", ' TargetMode="External"')),
    Hostile("relation to a share", "a sheet's part is on another computer", lambda b: _relation(b, "\\\\server\\share\\x.xml", ' TargetMode="External"')),
    Hostile("relations in a circle", "parts that name each other", _circle),
    Hostile("relation to nothing", "a sheet's part is missing", lambda b: _relation(b, "worksheets/gone.xml")),
    Hostile("no relations", "the list of them is missing", lambda b: repacked({BOOK_RELATIONS: None}, b.data)),
    Hostile("no workbook part", "the list of sheets is missing", lambda b: repacked({BOOK: None}, b.data)),
    Hostile("no styles", "the part is missing", lambda b: repacked({STYLES: None}, b.data)),
    Hostile("no sheet part", "the part is missing", lambda b: repacked({b.sheet: None}, b.data)),
    Hostile("no sheets", "an empty list of them", lambda b: _sheets(b, "")),
    Hostile("399 sheets", "all of one part", _many_sheets),
    Hostile("a sheet twice", "two sheets of one name", lambda b: _sheets(b, '<sheet name="Costs" sheetId="1" r:id="rId1"/><sheet name="Costs" sheetId="2" r:id="rId1"/>')),
    Hostile("odd sheet names", "quotation marks, controls, a formula, nothing", lambda b: _sheets(b, "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId1"/>' for n, name in enumerate(("O&apos;Brien&apos;&apos;s", "&quot;", "=1+1", "", "&#10;&#9;", "[x]!A1", "\u202ex", "x" * 3_000), 1)))),
    Hostile("a sheet without a name", "the attribute is missing", lambda b: _sheets(b, '<sheet sheetId="1" r:id="rId1"/>')),
    Hostile("a sheet of no relation", "its id is that of nothing", lambda b: _sheets(b, '<sheet name="Costs" sheetId="1" r:id="rId999"/>')),
    Hostile("absurd sheet numbers", "below nought, and of forty digits", lambda b: _sheets(b, f'<sheet name="Costs" sheetId="-1" r:id="rId1"/><sheet name="B" sheetId="{"9" * 40}" r:id="rId2"/>')),
    Hostile("endless names", "five megabytes of them", lambda b: b.edited(BOOK, "</workbook>", "<!--" + hardly_packed(5 * MEGABYTE).hex()[: 5 * MEGABYTE] + "--></workbook>")),
    Hostile("a thousand hostile names", "defined names that lead outside and to nothing", lambda b: b.edited(BOOK, "</sheets>", "</sheets><definedNames>" + "".join(f'<definedName name="n{n}" localSheetId="{n * 1000}">[99]Sheet!#REF!</definedName>' for n in range(1_000)) + "</definedNames>")),
    Hostile("a link to another workbook", "whose part is not even XML", lambda b: repacked({"xl/externalLinks/externalLink1.xml": b"not followed"}, b.data)),
    Hostile("a connection", "to a database, and a query of the web", lambda b: repacked({"xl/connections.xml": f'<connections {MAIN}><connection id="1" type="1"><dbPr connection="Provider=X;Data Source=\\\\server\\x" command="DROP TABLE cost"/></connection></connections>'}, b.data)),
    Hostile("a drawing", "that is a bomb of entities", lambda b: _related(b, "drawing", "../drawings/drawing9.xml", f"{LAUGHS}<x>&j;</x>".encode(), f'<drawing xmlns:r="{RELATED}" r:id="rIdX"/>')),
    Hostile("custom XML", "with entities, as some programs add it", lambda b: repacked({"customXml/item1.xml": f"{LAUGHS}<x>&j;</x>"}, b.data)),
    Hostile("an embedded program", "under an innocent name", lambda b: repacked({"xl/embeddings/oleObject1.bin": b"MZ" + bytes(4_000)}, b.data)),
    Hostile("ActiveX", "a control that runs things", lambda b: repacked({"xl/activeX/activeX1.xml": b"<x/>", "xl/activeX/activeX1.bin": b"x"}, b.data)),
    Hostile("properties with entities", "in the part of the author and title", lambda b: repacked({"docProps/core.xml": f"{LAUGHS}<x>&j;</x>"}, b.data)),
    Hostile("a theme that is a bomb", "of entities", lambda b: repacked({"xl/theme/theme1.xml": f"{LAUGHS}<x>&j;</x>"}, b.data)),
    Hostile("comments with entities", "that multiply", lambda b: _comments(b, f"{LAUGHS}<comments>&j;</comments>")),
    Hostile("comments on no cell", "on A0, on XFE1048577, on nothing", lambda b: _comments(b, f'<comments {MAIN}><authors/><commentList><comment ref="A0" authorId="7"><text/></comment><comment ref="XFE9999999"/><comment/></commentList></comments>')),
    Hostile("comments without authors", "an author of number -5", lambda b: _comments(b, f'<comments {MAIN}><commentList><comment ref="B8" authorId="-5"><text><t>x</t></text></comment></commentList></comments>')),
    Hostile("two comments on one cell", "and one without words", lambda b: _comments(b, f'<comments {MAIN}><authors><author>a</author></authors><commentList><comment ref="B8" authorId="0"><text><t>x</t></text></comment><comment ref="B8" authorId="0"/></commentList></comments>')),
    Hostile("boxes with entities", "in the drawing of comments", lambda b: _boxes(b, f"{LAUGHS}<xml>&j;</xml>".encode())),
    Hostile("boxes without an end", "a drawing that breaks off", lambda b: _boxes(b, b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="x"><x:ClientData ObjectType="Note"><x:Row>7')),
    Hostile("300,000 boxes that never close", "searched one by one", lambda b: _boxes(b, b"<v:shape>" * 300_000), heavy=True),
)  # fmt: skip
