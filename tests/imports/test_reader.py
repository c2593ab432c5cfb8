"""The child process: what it hands back, what it refuses, and that it ends in time and within its memory."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from conftest import DEEP
from fundtracker.domain.problems import Refused
from fundtracker.imports import guard, process, reader
from fundtracker.imports.found import Fault, Found, FoundRow, FoundSheet, Wrong
from fundtracker.imports.limits import Limits
from fundtracker.imports.reader import read_workbook
from imports import hostile_workbooks as hostile

STRICT = Limits(seconds=60, memory=512 * 2**20)
"""As promised of hostile workbooks. A refusal other than for time or memory proves that neither was needed."""
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PROMISED = 5.0
"""Seconds of the processor, ours and the child's: the clock on the wall also counts what a busy machine does beside."""


def worked() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


DAMAGED = "“costs.xlsx” is damaged or incomplete: open it in your spreadsheet program, save it as a new .xlsx file, and import that; or ask for it to be sent again."
DEFINITIONS = "It has definitions of its own inside, which no ordinary workbook has: copy its rows into a new workbook, and import that."


def refusal(path: Path, limits: Limits = STRICT) -> str:
    begun = worked()
    with pytest.raises(Refused) as refused:
        read_workbook(path, limits)
    assert worked() - begun < PROMISED
    return str(refused.value)


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    (
        "10,000 columns",
        hostile.many_columns,
        "The sheet “Costs” has entries beyond column IV (the 256th), the last that is read: is it the right workbook? Delete the columns that aren't needed.",
    ),
    (
        "2,000,000 rows",
        lambda: hostile.sheet_of("", '<dimension ref="A1:C2000000"/>'),
        "The sheet “Cost categories” says that it has 2,000,000 rows and 3 columns, which no spreadsheet can have: copy its rows into a new workbook, and import that.",
    ),
    (
        "a row far below",
        lambda: hostile.one_cell(hostile.text_cell("A250001", "x"), 250_001),
        "The sheet “Cost categories” has entries below row 250,000, the last that is read: split it into several workbooks.",
    ),
    (
        "a column of four letters",
        lambda: hostile.one_cell(hostile.text_cell("ABCD1", "x")),
        "The sheet “Cost categories” has a column ABCD, which no spreadsheet can have.",
    ),
    (
        "laughs in a sheet",
        lambda: hostile.repacked(
            {hostile.SHEET: f"{hostile.LAUGHS}<worksheet {hostile.MAIN}>&j;</worksheet>"}
        ),
        DEFINITIONS,
    ),
    (
        "laughs in the texts",
        lambda: hostile.with_shared_texts("<si><t>&j;</t></si>", "", hostile.LAUGHS),
        DEFINITIONS,
    ),
    (
        "laughs in the book",
        lambda: hostile.repacked({hostile.BOOK: f"{hostile.LAUGHS}<workbook>&j;</workbook>"}),
        DEFINITIONS,
    ),
    (
        "one text everywhere",
        hostile.text_shown_everywhere,
        "Its cells hold more text than can be read at once: split it into several workbooks.",
    ),
    (
        "nothing but cells",
        hostile.nothing_but_cells,
        "It has more cells, full or empty, than can be read at once: delete rows and sheets that aren't needed, or split it.",
    ),
    (
        "many sheets",
        hostile.many_sheets,
        "It has 399 sheets; at most 250 can be read: delete those that aren't needed.",
    ),
    (
        "endless names",
        lambda: hostile.repacked({hostile.BOOK: hostile.hardly_packed(5 * 2**20)}),
        "It has an endless list of sheets or names: copy its rows into a new workbook, and import that.",
    ),
]


@pytest.mark.parametrize(
    ("build", "words"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_too_much_is_refused_in_time_and_memory(
    tmp_path: Path, build: Callable[[], bytes], words: str
) -> None:
    path = hostile.write(tmp_path, build)
    assert refusal(path) == f"“costs.xlsx” can't be imported. {words}"


DAMAGES: list[tuple[str, Callable[[], bytes]]] = [
    ("deep", hostile.deep_xml),
    ("checksum", hostile.wrong_checksum),
    ("unfinished", lambda: hostile.repacked({hostile.SHEET: "<worksheet><a>"})),
    ("no book", lambda: hostile.repacked({hostile.BOOK: None})),
    ("cell type", lambda: hostile.one_cell('<c r="A1" t="zz"><v>1</v></c>')),
    ("no such text", lambda: hostile.one_cell('<c r="A1" t="s"><v>99</v></c>')),
    ("rows out of order", lambda: hostile.sheet_of('<row r="2"/><row r="1"/>')),
    (
        "the same cell twice",
        lambda: hostile.one_cell(hostile.text_cell("A1", "x") + hostile.text_cell("A1", "y")),
    ),
    ("not XML", lambda: hostile.repacked({hostile.SHEET: b"\x00\xff\xfe"})),
    ("loose numbers", lambda: hostile.one_cell('<c r="A1" s="many"><v>1</v></c>')),
]


@pytest.mark.parametrize("build", [each[1] for each in DAMAGES], ids=[each[0] for each in DAMAGES])
def test_damage_is_said_plainly(tmp_path: Path, build: Callable[[], bytes]) -> None:
    assert refusal(hostile.write(tmp_path, build)) == DAMAGED


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = hostile.write(tmp_path, hostile.nothing_but_cells)
    assert refusal(path, Limits(seconds=0.6, memory=STRICT.memory)) == (
        "“costs.xlsx” takes more than 0.6 seconds to read, and so it was stopped: delete empty rows and sheets that aren't needed, "
        "or split it into several workbooks."
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on memory there: see imports.process")
def test_what_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    """It would fit into the usual limit; the same refusal comes whatever the limit is."""
    texts = "".join(f"<si><t>{n:0300d}</t></si>" for n in range(120_000))
    path = hostile.write(tmp_path, hostile.with_shared_texts(texts, ""))
    assert refusal(path, Limits(memory=64 * 2**20)) == (
        "“costs.xlsx” needs more memory than a workbook should, and so it was stopped: copy its rows into a new workbook, and import that."
    )
    assert [sheet.rows for sheet in read_workbook(path).sheets] == [[]]


def test_the_private_copy_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private = tmp_path / "private"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    read_workbook(hostile.write(tmp_path, hostile.ordinary()))
    refusal(hostile.write(tmp_path, hostile.many_columns))
    assert list(private.iterdir()) == []


def test_a_file_that_grows_while_it_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = hostile.write(tmp_path, hostile.ordinary())
    monkeypatch.setattr(guard, "LARGEST_FILE", 1_000)

    def unnoticed(_: Path) -> None:
        """It was small then."""

    monkeypatch.setattr(guard, "check_file", unnoticed)
    assert "is larger than 0 MB" in refusal(path)


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_path: Path, _copy: Path) -> None:
        raise PermissionError(13, "held by another process")

    monkeypatch.setattr(process, "_copy", held)
    assert (
        refusal(hostile.write(tmp_path, hostile.ordinary()))
        == "“costs.xlsx” can't be opened: close it in other programs, check that you may read it, and try again."
    )


def test_a_child_that_cannot_start_is_our_fault_and_not_the_workbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_modules(command: list[str], **options: object) -> object:
        return run([sys.executable, "-c", "import nothing_of_this_name"], **options)

    run: Callable[..., object] = subprocess.run
    monkeypatch.setattr(process.subprocess, "run", without_modules)
    with pytest.raises(RuntimeError, match="nothing_of_this_name"):
        read_workbook(hostile.write(tmp_path, hostile.ordinary()))


@pytest.mark.parametrize(
    "lines",
    [
        "",
        '{"started":true}\n',
        '{"started":true}\n[1,"A"]\n{"done":true}\n',
        '{"started":true}\n{"sheet":"A"}\n[1,{"evil":1}]\n',
        '{"started":true}\n{"sheet":"A"}\n[1,["wrong","no such fault",""]]\n',
        '{"started":true}\n{"sheet":"A"}\n{"end":{"hidden":false}}\n{"done":true}\n',
        '{"started":true}\n{"sheet":"A"}\n{"done":true',
        '{"started":true}\n{"sheet":"A"}\n{"end":{"hidden":false,"merged":["A1:ZZZZ5"],"hidden_rows":[],"hidden_columns":[]}}\n{"done":true}\n',
    ],
)
def test_lines_that_no_child_of_ours_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    """The child read a hostile file, so what it hands back is looked at as well."""

    def write(_copy: Path, target: Path, _limits: Limits, _name: str) -> None:
        target.write_text(lines, encoding="utf-8")

    monkeypatch.setattr(reader, "run_child", write)
    assert refusal(hostile.write(tmp_path, hostile.ordinary())) == DAMAGED


def only_row(path: Path) -> tuple[Found, ...]:
    (sheet,) = read_workbook(path).sheets
    (row,) = sheet.rows
    return row.cells


def test_cells_of_every_kind(tmp_path: Path) -> None:
    cells = {
        '<c r="A1"><v>12</v></c>': 12,
        '<c r="B1"><v>1.5E3</v></c>': 1500.0,
        '<c r="C1"><v>0.30000000000000004</v></c>': 0.3,
        '<c r="D1" t="b"><v>1</v></c>': True,
        '<c r="E1" t="str"><f>A1&amp;""</f><v>twelve</v></c>': "twelve",
        '<c r="F1" t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r><rPh><t>no</t></rPh></is></c>': "a b",
        '<c r="G1" t="inlineStr"><is><t>_x0041__x005F_x0041_</t></is></c>': "A_x0041_",
        '<c r="H1"><f>1+1</f><v>2</v></c>': 2,
        '<c r="I1"><f>1+1</f></c>': Wrong(Fault.FORMULA),
        '<c r="J1"><f>1+1</f><v></v></c>': Wrong(Fault.FORMULA),
        '<c r="K1" t="str"><f>""</f><v></v></c>': None,
        '<c r="L1" t="e"><v>#REF!</v></c>': Wrong(Fault.ERROR, "#REF!"),
        '<c r="M1"><v>NaN</v></c>': Wrong(Fault.NUMBER, "NaN"),
        '<c r="N1"><v>1e999</v></c>': Wrong(Fault.NUMBER, "1e999"),
        f'<c r="O1"><v>{"9" * 5_000}</v></c>': Wrong(Fault.NUMBER, "9" * 40),
        '<c r="P1" t="d"><v>2024-03-31</v></c>': date(2024, 3, 31),
        '<c r="R1"><v>-4</v></c>': -4,
    }
    wanted = [*cells.values()]
    wanted.insert(-1, None)  # Q1 is not there
    assert only_row(hostile.write(tmp_path, hostile.one_cell("".join(cells)))) == tuple(wanted)


def test_what_a_number_stands_for(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    wanted: list[tuple[float, str, Found]] = [
        (45_382, "dd/mm/yyyy", date(2024, 3, 31)),
        (45_382.75, "dd/mm/yyyy hh:mm", datetime(2024, 3, 31, 18)),  # noqa: DTZ001 - a cell has no zone
        (0.5, "hh:mm", Wrong(Fault.TIME, "0.5")),
        (1.5, "[hh]:mm", Wrong(Fault.TIME, "1.5")),
        (0.1, "0%", Wrong(Fault.PERCENT, "10%")),
        (10, '0"% of it"', 10),
        (9e9, "dd/mm/yyyy", Wrong(Fault.DAY, "9000000000")),
        (7, "#,##0.00", 7),
    ]
    for n, (number, form, _) in enumerate(wanted, 1):
        sheet.cell(1, n, number).number_format = form
    path = tmp_path / "formats.xlsx"
    workbook.save(path)
    assert only_row(path) == tuple(found for _, _, found in wanted)


def test_the_date_system_of_1904(tmp_path: Path) -> None:
    (sheet,) = read_workbook(hostile.write(tmp_path, hostile.in_date_system_1904)).sheets
    assert sheet.rows[1] == FoundRow(2, ("Office of the Commissioner", date(2021, 3, 31)))


def test_hidden_and_merged_places_are_told(tmp_path: Path) -> None:
    workbook = Workbook()
    first, second = workbook.worksheets[0], workbook.create_sheet("Second")
    first.title = "First"
    for _ in range(4):
        first.append(["a", None, "c"])
    first.row_dimensions[3].hidden = True
    first.column_dimensions["C"].hidden = True
    first.merge_cells("A1:B1")
    second.sheet_state = "hidden"
    path = tmp_path / "hidden.xlsx"
    workbook.save(path)
    rows = [FoundRow(n, ("a", None, "c")) for n in range(1, 5)]
    assert read_workbook(path).sheets == (
        FoundSheet("First", rows=rows, merged=("A1:B1",), hidden_rows=(3,), hidden_columns=(3,)),
        FoundSheet("Second", hidden=True),
    )


def test_what_calls_itself_merged_and_is_no_area_is_left_out(tmp_path: Path) -> None:
    areas = ("A1:ZZZZ5", "", "words", "A1:B2", "1:9", "A0:B1")
    after = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    path = hostile.write(
        tmp_path, hostile.sheet_of("", after=f"<mergeCells>{after}<mergeCell/></mergeCells>")
    )
    assert read_workbook(path).sheets == (FoundSheet("Cost categories", merged=("A1:B2",)),)


def test_names_and_errors_are_shown_as_a_person_can_read_them(tmp_path: Path) -> None:
    book = f'<workbook {hostile.MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="\u202e{"x" * 900}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    rows = f'<worksheet {hostile.MAIN}><sheetData><row><c t="e"><v>_xD800_\u202e#REF!</v></c></row></sheetData></worksheet>'
    path = hostile.write(tmp_path, lambda: hostile.repacked({hostile.BOOK: book, hostile.SHEET: rows}))
    (sheet,) = read_workbook(path).sheets
    assert (sheet.name, sheet.rows) == ("x" * 100, [FoundRow(1, (Wrong(Fault.ERROR, "#REF!"),))])


def test_external_links_are_not_followed(tmp_path: Path) -> None:
    found = read_workbook(hostile.write(tmp_path, hostile.with_external_link))
    assert found.external_links
    assert [sheet.name for sheet in found.sheets] == ["Cost categories"]


def test_changed_bytes_are_read_or_refused_and_nothing_else(tmp_path: Path) -> None:
    """Ten thousand in the deep run."""
    data = hostile.ordinary()
    for seed in range(10_000 if DEEP else 12):
        path = hostile.write(tmp_path, hostile.mutated(data, seed))
        begun = worked()
        with suppress(Refused):
            assert all(isinstance(sheet, FoundSheet) for sheet in read_workbook(path, STRICT).sheets), seed
        assert worked() - begun < PROMISED, seed


def test_the_mutations_change_something() -> None:
    data = hostile.ordinary()
    assert len({hostile.mutated(data, seed) for seed in range(50)} | {data}) == 51
