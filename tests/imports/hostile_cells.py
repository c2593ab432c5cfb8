"""Hostile cells: values, rows, places, texts, merged areas, columns, keys and styles."""

import random
import re
from collections.abc import Iterator

from imports.hostile_base import (
    FIRST_ROW,
    STYLES,
    Base,
    Build,
    Hostile,
    row,
    value,
)
from imports.hostile_workbooks import (
    BOOK,
    MAIN,
    repacked,
    text_cell,
)


def _hostile_texts() -> Iterator[str]:
    yield from (
        "\u202e" + "evil",
        "\u2066\u2067x\u2069",
        "\ufeff",
        "\u200b" * 50,
        "\ufdd0",
        "\U000e0041",
        "a\u0000b".replace("\u0000", "_x0000_"),
    )
    yield from (
        "_x0000_",
        "_x001B_[31m",
        "_xD800_",
        "_xDFFF__xD800_",
        "_xFFFF_",
        "_x202E_",
        "_x000D__x000A_",
        "_x005F_x0000_",
    )
    yield from (
        "=1+1",
        "=cmd|' /C calc'!A0",
        "@SUM(A1)",
        "+1",
        "-1",
        "\t=1",
        "'=1",
        "<b>x</b>",
        "%s%n",
        "{0}",
        "'; DROP TABLE cost; --",
    )
    yield from (
        "NaN",
        "1e999",
        "-0",
        "9" * 5_000,
        "1" + "0" * 400,
        "１２",
        "٣",
        "1,2,3",
        "£",
        "(",
        "()",
        "1e-400",
        "0x10",
        "1_000",
        "½",
    )
    yield from (
        "31/02/2025",
        "00/00/0000",
        "2025-13-45",
        "1/1/1",
        "1 Neverember 2025",
        "29/2/2100",
        "99999-01-01",
    )


def _long_texts(base: Base, text: str, count: int) -> bytes:
    cells = "".join(row(FIRST_ROW + n, text_cell(f"B{FIRST_ROW + n}", f"{n}{text}")) for n in range(count))
    return base.rows(cells)


def _one_text_everywhere(base: Base) -> bytes:
    rows = "".join(row(n, f'<c r="A{n}" t="s"><v>0</v></c>') for n in range(FIRST_ROW, FIRST_ROW + 20_000))
    return base.texts(f"<si><t>{'x' * 30_000}</t></si>", rows)


def _endless_texts(base: Base) -> bytes:
    """A megabyte and a half in the file; texts of one letter each, three million of them."""
    return base.texts("<si><t>x</t></si>" * 2_500_000, "")


def _nothing_but_cells(base: Base) -> bytes:
    rng = random.Random(2)  # noqa: S311 - no secret
    cells = "".join(f'<c s="{rng.randrange(10)}"/>' for _ in range(200))
    return base.rows(f"<row>{cells}</row>" * 18_000)


def _phantom_rows(base: Base) -> bytes:
    """A million rows that hold nothing, as a program leaves them where a whole column was formatted."""
    return base.rows("".join(f'<row r="{n}" ht="15"/>' for n in range(FIRST_ROW, 600_000)))


def _phantom_cells(base: Base) -> bytes:
    return base.rows("".join(row(n, f'<c r="B{n}" s="1"/>') for n in range(FIRST_ROW, 200_000)))


def _date_1904(base: Base) -> bytes:
    text = base.part(BOOK).decode()
    if "<workbookPr" not in text:
        raise LookupError("workbookPr")
    return repacked({BOOK: text.replace("<workbookPr", '<workbookPr date1904="1"', 1)}, base.data)


def _numbered(kind: str, values: tuple[str, ...], style: str = "0") -> Build:
    def build(base: Base) -> bytes:
        return base.rows(
            "".join(
                row(FIRST_ROW + n, value(f"B{FIRST_ROW + n}", each, kind, style))
                for n, each in enumerate(values)
            )
        )

    return build


def _merged(*areas: str) -> Build:
    return lambda base: base.rows(
        "", "<mergeCells>" + "".join(f'<mergeCell ref="{each}"/>' for each in areas) + "</mergeCells>"
    )


def _columns(columns: str) -> Build:
    return lambda base: base.edited(base.sheet, "<sheetData>", f"<cols>{columns}</cols><sheetData>", 1)


def _dimension(area: str) -> Build:
    return lambda base: base.edited(base.sheet, "<sheetData>", f'<dimension ref="{area}"/><sheetData>', 1)


def _everywhere(*texts: str) -> Build:
    """In every column of more rows, and in a hundred cells of the sheet that are empty."""

    def build(base: Base) -> bytes:
        rows = "".join(
            row(n, *(text_cell(f"{letter}{n}", text) for letter in "ABCDEFGHIJKLMNOP"))
            for n, text in enumerate(texts, FIRST_ROW)
        )
        sheet = base.part(base.sheet).decode()
        filled = re.sub(
            r'<c r="([B-P]\d+)"[^>]*/>',
            lambda m: text_cell(m[1], texts[len(m[1]) % len(texts)]),
            sheet,
            count=100,
        )
        return repacked({base.sheet: filled.replace("</sheetData>", f"{rows}</sheetData>", 1)}, base.data)

    return build


def _keys(base: Base, keys: list[str]) -> bytes:
    return base.rows(
        "".join(
            row(FIRST_ROW + n, text_cell(f"A{FIRST_ROW + n}", key), text_cell(f"G{FIRST_ROW + n}", f"INV{n}"))
            for n, key in enumerate(keys)
        )
    )


ABSURD = ("NaN", "nan", "INF", "-Infinity", "1e999", "-1e999", "1e308", "1e-400", "9" * 5_000, "0x1F", "1_000", "１２", "--1", "1.2.3", "", " 12 ", "1e", "TRUE", "#REF!", "12,5", "4.9E-324")  # fmt: skip

CELLS = (
    Hostile("absurd numbers", "NaN, infinity, 1e999, five thousand digits", _numbered("n", ABSURD)),
    Hostile("absurd dates", "the same in cells formatted as dates", _numbered("n", (*ABSURD, "-1", "0", "60", "2958466", "1e15"), "2")),
    Hostile("absurd ISO dates", "days that are none, in cells that say they are", _numbered("d", ("2024-02-30", "0000-00-00", "99999-01-01", "", "T", "2024-01-01T25:00:00", "x" * 9_000))),
    Hostile("truth values", "where numbers belong, and others than 0 and 1", _numbered("b", ("1", "0", "2", "-1", "TRUE", "", "9" * 5_000))),
    Hostile("error cells", "every error there is, and invented ones", _numbered("e", ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "", "x" * 9_000, "_xD800_\u202e"))),
    Hostile("a cell of no kind", "its type means nothing", _numbered("zz", ("1",))),
    Hostile("formulas without results", "as a program leaves them that doesn't work them out", lambda b: b.cells('<c r="B{n}"><f>SUM(A1:A9)</f></c>', '<c r="C{n}"><f>1+1</f><v></v></c>', '<c r="D{n}" t="str"><f>""</f><v></v></c>')),
    Hostile("formulas that reach outside", "other files, the web, a command", lambda b: b.cells(*(f'<c r="{c}{{n}}" t="str"><f>{f}</f><v>x</v></c>' for c, f in zip("BCDE", ("[1]Sheet!A1", 'WEBSERVICE("http://example.org")', "cmd|'/C calc'!A0", 'HYPERLINK("file:///etc/passwd")'), strict=True)))),
    Hostile("a formula of a megabyte", "in one cell", lambda b: b.cells(f'<c r="B{{n}}"><f>{"1+" * 500_000}1</f><v>1</v></c>')),
    Hostile("a text that isn't there", "number 99 of none", _numbered("s", ("99",))),
    Hostile("a text below nought", "number -1", lambda b: b.texts("<si><t>a</t></si><si><t>b</t></si>", row(FIRST_ROW, value(f"B{FIRST_ROW}", "-1", "s")))),
    Hostile("a text of number one and a half", "1.5", lambda b: b.texts("<si><t>a</t></si><si><t>b</t></si>", row(FIRST_ROW, value(f"B{FIRST_ROW}", "1.5", "s")))),
    Hostile("a style beyond the table", "number 60,000, and one below nought", lambda b: b.cells(value("B{n}", "45000", style="60000"), value("C{n}", "45000", style="-1"))),
    Hostile("a style that is no number", "s='many'", lambda b: b.cells(value("B{n}", "1", style="many"))),
    Hostile("row 0", "which no sheet has", lambda b: b.rows('<row r="0"><c r="A0"><v>1</v></c></row>')),
    Hostile("a row below nought", "number -5", lambda b: b.rows('<row r="-5"><c r="A-5"><v>1</v></c></row>')),
    Hostile("a row of forty digits", "far below the last", lambda b: b.rows(f'<row r="{"9" * 40}">{text_cell("A" + "9" * 40, "x")}</row>')),
    Hostile("a row of five thousand digits", "which Python refuses to read", lambda b: b.rows(f'<row r="{"9" * 5_000}">{text_cell("A1", "x")}</row>')),
    Hostile("a row far below", "number 1,048,576", lambda b: b.rows(f'<row r="1048576">{text_cell("A1048576", "x")}</row>')),
    Hostile("rows out of order", "9,000 before 8,000", lambda b: b.rows(f'<row r="9000">{text_cell("A9000", "x")}</row><row r="8000">{text_cell("A8000", "x")}</row>')),
    Hostile("cells out of order", "C before B", lambda b: b.cells(text_cell("C{n}", "x"), text_cell("B{n}", "y"))),
    Hostile("the same cell twice", "B and B", lambda b: b.cells(text_cell("B{n}", "x"), text_cell("B{n}", "y"))),
    Hostile("a column of four letters", "ABCD", lambda b: b.cells(text_cell("ABCD{n}", "x"))),
    Hostile("a column beyond the last", "XFE", lambda b: b.cells(text_cell("XFE{n}", "x"))),
    Hostile("the last column", "XFD", lambda b: b.cells(text_cell("XFD{n}", "x"))),
    Hostile("a cell without letters", "r='12', r='', r='é1'", lambda b: b.rows('<row r="400"><c r="12"><v>1</v></c></row><row r="401"><c r="é1"><v>1</v></c></row><row r="402"><c r=""><v>1</v></c></row>')),
    Hostile("a cell on another row", "r='B7' on row 400", lambda b: b.cells(text_cell("B7", "x"))),
    Hostile("cells outside rows", "and a row outside its table", lambda b: b.rows(text_cell("B400", "x"), f'<row r="500">{text_cell("B500", "x")}</row>')),
    Hostile("rows inside cells", "a row in a cell in a row", lambda b: b.rows(f'<row r="400"><c r="A400"><row r="401">{text_cell("A401", "x")}</row><v>1</v></c></row>')),
    Hostile("a million phantom rows", "rows that hold nothing", _phantom_rows, heavy=True),
    Hostile("two hundred thousand phantom cells", "formatted and empty", _phantom_cells, heavy=True),
    Hostile("nothing but cells", "three and a half million that hold nothing", _nothing_but_cells, heavy=True),
    Hostile("one text everywhere", "600 MB from a small file", _one_text_everywhere, heavy=True),
    Hostile("endless texts", "two and a half million shared ones", _endless_texts, heavy=True),
    Hostile("very long texts", "180 of 40,000 letters each", lambda b: _long_texts(b, "x" * 40_000, 180)),
    Hostile("very long texts in Welsh letters", "180 of 40,000 letters each", lambda b: _long_texts(b, "ŵ" * 40_000, 180), heavy=True),
    Hostile("very long blanks", "180 of 40,000 that can't be seen", lambda b: b.rows("".join(row(FIRST_ROW + n, text_cell(f"B{FIRST_ROW + n}", "\u200b" * 40_000)) for n in range(80))), heavy=True),
    Hostile("towers of accents", "letters under thousands of marks, in an order that takes long to sort", lambda b: _long_texts(b, "a" + "\u0301\u0323" * 19_000, 20), heavy=True),
    Hostile("a column of towers", "short ones, two thousand", lambda b: _long_texts(b, "a" + "\u0301\u0323" * 100, 2_000), heavy=True),
    Hostile("hostile texts", "bidirectional, control, escapes, formulas, numbers and dates as text", lambda b: b.rows("".join(row(FIRST_ROW + n, text_cell(f"B{FIRST_ROW + n}", each.replace("&", "&amp;").replace("<", "&lt;"))) for n, each in enumerate(_hostile_texts())))),
    Hostile("a text in a thousand runs", "each a letter, some phonetic", lambda b: b.cells('<c r="B{n}" t="inlineStr"><is>' + "<r><t>x</t></r><rPh><t>y</t></rPh>" * 1_000 + "</is></c>")),
    Hostile("merged beyond the sheet", "A1:ZZZZ5, nothing, words, whole rows", _merged("A1:ZZZZ5", "", "words", "1:1048576", "A:XFD", "A0:B0", "B9:A1", "A1:A99999999", "$A$1", "A1:B2:C3")),
    Hostile("merged wholly", "one area over everything", _merged("A1:XFD1048576")),
    Hostile("merged a hundred thousand times", "areas over areas", _merged(*(f"A{n}:P{n + 300}" for n in range(1, 100_000))), heavy=True),
    Hostile("a merge without an area", "the attribute is missing", lambda b: b.rows("", "<mergeCells><mergeCell/></mergeCells>")),
    Hostile("absurd columns", "hidden from -5 to 1e9", _columns('<col min="-5" max="1000000000" hidden="1"/>')),
    Hostile("columns without numbers", "hidden, of no range", _columns('<col hidden="1"/>')),
    Hostile("columns of five thousand digits", "hidden", _columns(f'<col min="1" max="{"9" * 5_000}" hidden="1"/>')),
    Hostile("a hundred thousand hidden columns", "each from 1 to 16,384", _columns('<col min="1" max="16384" hidden="1"/>' * 100_000), heavy=True),
    Hostile("a sheet that says it has two million rows", "which none can have", _dimension("A1:C2000000")),
    Hostile("a sheet of no size", "an area that is none", _dimension("!!")),
    Hostile("a sheet of absurd size", "A1:A and forty digits", _dimension(f"A1:A{'9' * 40}")),
    Hostile("days from 1904", "the other date system", _date_1904),
    Hostile("blanks that take long to search", "in a day, an amount, a yes: where forms of them may be parted in many ways", _everywhere(*(f"1{' ' * n}1{' ' * n}x" for n in (100, 600, 9_000)), *(f"{' '.join('1' * 9)}{' ' * n}CR!" for n in (30, 15_000)))),
    Hostile("digits that take long to read", "of every kind that counts as one", _everywhere("9" * 20_000, "1," * 9_000, "1." * 9_000, "٣" * 9_000, "1e" + "9" * 4_000, "-" * 9_000, "(" * 9_000, "1/" * 9_000)),
    Hostile("hostile texts everywhere", "in every column", _everywhere(*(each.replace("&", "&amp;").replace("<", "&lt;") for each in _hostile_texts()))),
    Hostile("the same key two hundred times", "rows copied whole", lambda b: _keys(b, ["COST-001"] * 200)),
    Hostile("fifteen thousand keys", "rows that the form never had", lambda b: _keys(b, [f"COST-{n}" for n in range(1_000, 16_000)]), heavy=True),
    Hostile("odd keys", "of other digits, endless, nearly right", lambda b: _keys(b, ["COST-٣٣", "COST-" + "9" * 5_000, "SPEND-1-R-", "SPEND--1-R-1", "OUT-999999999999", "N-", "RISK-NEW-0", "BUDGET-１", " COST-001 ", "cost-001", "\u202eCOST-001"])),
)  # fmt: skip


STYLED = (
    Hostile("number formats without end", "a format of 300,000 letters", lambda b: _styles(b, f'<numFmts><numFmt numFmtId="999" formatCode="{"[Red]" * 50_000}"/></numFmts>')),
    Hostile("number formats without numbers", "an id that is none", lambda b: _styles(b, '<numFmts><numFmt numFmtId="x" formatCode="0"/></numFmts>')),
    Hostile("number formats that hang", "brackets and quotation marks that never close", lambda b: _styles(b, "<numFmts>" + "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(("[" * 30_000, "\\" * 30_000, "&quot;" * 30_001, "[h" * 20_000, "y" * 30_000), 1)) + "</numFmts>")),
    Hostile("a hundred thousand styles", "all alike", lambda b: b.edited(STYLES, "</cellXfs>", '<xf numFmtId="14"/>' * 100_000 + "</cellXfs>"), heavy=True),
    Hostile("absurd colours", "which marking has to remember", lambda b: b.edited(STYLES, "</fills>", '<fill><patternFill patternType="solid&quot;&lt;"><fgColor rgb="&quot;);DROP"/></patternFill></fill><fill/></fills>')),
    Hostile("styles without lists", "nothing in them", lambda b: repacked({STYLES: f"<styleSheet {MAIN}/>"}, b.data)),
)  # fmt: skip


def _styles(base: Base, formats: str) -> bytes:
    """Other number formats in the place of those that are there."""
    text = re.sub(r"<numFmts[^>]*/>|<numFmts.*?</numFmts>", "", base.part(STYLES).decode(), flags=re.DOTALL)
    at = text.index("<fonts")
    return repacked({STYLES: text[:at] + formats + text[at:]}, base.data)
