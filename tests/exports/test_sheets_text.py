"""Text in a cell is always text, whole and unchanged."""

import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from fundtracker.exports.sheet_xml import LONGEST_TEXT, clean, cut, put, put_text
from fundtracker.exports.sheets import Block, Book, Cell, Column, Row, Sheet
from fundtracker.exports.styles import Look
from fundtracker.exports.workbook_writer import save_workbook

WHEN = datetime(2024, 10, 1, 12, 0, tzinfo=UTC)
ANY_TEXT = st.text(
    st.characters(), max_size=60
)  # control characters, lone surrogates and astral ones included


def read_back(fragment: str) -> str:
    """The text of a cell, as a reader of the file format takes it."""
    cell = ET.fromstring(f'<c r="A1"{fragment}'.encode())  # noqa: S314 - our own text
    found = cell.find("is/t")
    return unescape(found.text or "") if found is not None else ""


def held(text: str) -> str:
    """What of a text a sheet can hold: no control characters but tab and new line, no lone halves, no non-characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        c
        for c in lines
        if c in "\n\t"
        or (
            unicodedata.category(c) not in {"Cc", "Cs"}
            and not 0xFDD0 <= ord(c) <= 0xFDEF
            and ord(c) not in {0xFFFE, 0xFFFF}
        )
    )


@given(ANY_TEXT)
@example("_x0041_ and _x005F_x0041_")
@example("  outer blanks\n")
@example("ends in a blank ")
@example("a & b < c > d ]]> e")
@example("\U0001f6a8 astral \U00020000")
@example("\ud83d alone")
@example("line\r\nline\rline")
@settings(max_examples=400)
def test_a_reader_gets_the_text_that_was_put_in(text: str) -> None:
    fragment = put_text(text, 3, 4)
    assert read_back(fragment) == held(text)
    if held(text):
        assert ('xml:space="preserve"' in fragment) == (held(text) != held(text).strip())
        quoted = held(text)[0] in "=+-@'"
        assert fragment.startswith(f' s="{4 if quoted else 3}" t="inlineStr"><is><t')
    else:
        assert fragment == ' s="3"/>'


@given(st.lists(ANY_TEXT, min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_rows_and_blocks_hold_the_same_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    sheet = Sheet(name="Texts")
    sheet.body.append(Row(texts))
    sheet.body.append(Block([Column() for _ in texts], iter([texts])))
    path = tmp_path_factory.mktemp("book") / "texts.xlsx"
    save_workbook(Book(title="t", office="o", created=WHEN, sheets=[sheet]), path)
    rows = list(load_workbook(path)["Texts"].iter_rows(max_col=len(texts)))
    wanted = [held(text) or None for text in texts]
    for row in rows:
        assert [cell.value if cell.value is None else unescape(str(cell.value)) for cell in row] == wanted
        assert all(cell.data_type in {"s", "n"} for cell in row)
    assert len(rows) == 2


@pytest.mark.parametrize("text", ["=1+1", "+44 1242 000000", "@SUM(A1)", "-2", "'quoted", '=HYPERLINK("x")'])
def test_text_that_begins_like_a_formula_is_marked_as_text(tmp_path: Path, text: str) -> None:
    sheet = Sheet(name="Texts")
    sheet.add(text, Cell(text), look=Look.INPUT)
    sheet.add_block([Column(), Column()], [(text, "plain")])
    save_workbook(Book(title="t", office="o", created=WHEN, sheets=[sheet]), tmp_path / "t.xlsx")
    found = load_workbook(tmp_path / "t.xlsx")["Texts"]
    for address in ("A1", "B1", "A2"):
        cell = found[address]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert found["B2"].quotePrefix is False


def test_long_text_is_cut_with_a_mark_that_says_how_much() -> None:
    assert cut("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT
    short = cut("a" * (LONGEST_TEXT + 1))
    assert len(short) <= LONGEST_TEXT
    kept, mark = short.split(" … ")
    assert mark == f"[cut: {LONGEST_TEXT + 1 - len(kept):,} more characters]"


@given(
    st.text(
        st.characters(min_codepoint=0x1F600, max_codepoint=0x1F64F) | st.just("a"), min_size=20, max_size=80
    )
)
def test_characters_outside_the_basic_plane_count_as_two(text: str) -> None:
    short = cut(text, 60)
    assert len(short.encode("utf-16-le")) // 2 <= 60
    kept, mark, _ = short.partition(" … ")
    assert text == short if not mark else text.startswith(kept)


def test_what_has_no_place_in_a_cell_is_not_guessed_at() -> None:
    for value in (1.5, True, WHEN, b"bytes", float("nan")):
        with pytest.raises(TypeError, match="can't hold"):
            put(value, 0, 0)  # pyright: ignore[reportArgumentType] - the point of the test


def test_clean_keeps_new_lines_and_tabs() -> None:
    assert clean("a\r\nb\tc\x00\x0b\x1f\x7f") == "a\nb\tc"
