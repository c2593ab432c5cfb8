"""What was typed is what is printed: trust.md 16, read back with an independent reader."""

import random
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.platypus import Flowable

from fundtracker.exports.pdf_cells import words
from fundtracker.exports.pdf_pages import Paper, Section, write_document
from fundtracker.exports.pdf_table import TableFlow
from fundtracker.exports.pdf_text import BOLD, MISSING, REGULAR, clean, font, para, shortened, widths, wrapped

HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "<b>bold</b> & <i>",
    '<img src="/etc/passwd"/>',
    "a<@b.c>",
    "&amp; &lt;br/&gt; &#65;",
    "<para>unclosed",
    "+44 1452 000000",
    "-1,234.50",
    "C:\\temp\\(1) 50%",
    "Ŵyth ŵy yn y Fferm, tŷ, Ynys Môn",
)


def printed(path: Path, body: Sequence[Flowable]) -> str:
    """The text of a document, without what stands on every page, and without blanks: they may be lost where lines wrap."""
    write_document(path, Paper(title="HEAD", subject="", author=""), [Section(title="Start", body=body)])
    text = "".join(page.extract_text() for page in PdfReader(path).pages)
    return re.sub(r"HEADOFFICIAL|Page\d+of\d+", "", "".join(text.split()))


def solid(text: str) -> str:
    return "".join(clean(text).split())


def random_texts(count: int) -> list[str]:
    """Letters the font has, in and out of words, with markup, brackets, controls and letters it does not have."""
    chance = random.Random(20241021)  # noqa: S311 - the same texts each time
    known = [chr(code) for code in sorted(font(REGULAR).face.charToGlyph) if code > 32]
    usual = [c for c in known if ord(c) < 0x250]
    odd = [
        "<",
        ">",
        "&",
        "(",
        ")",
        "\\",
        '"',
        "\x00",
        "\x1b",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
        "😀",
        "中",
        "א",
        "\n",
        "\t",
    ]
    pool = usual * 8 + known + odd * 25 + [" "] * 400
    return ["".join(chance.choices(pool, k=chance.randint(1, 60))) for _ in range(count)]  # fmt: skip


def test_two_thousand_random_texts_come_back_from_paragraphs(tmp_path: Path) -> None:
    texts = random_texts(2000)
    marked = [f"§{n}§{text}" for n, text in enumerate(texts)]
    found = printed(tmp_path / "p.pdf", [para(text) for text in marked])
    assert found == "Start" + "".join(map(solid, marked))


def test_two_thousand_random_texts_come_back_from_table_cells(tmp_path: Path) -> None:
    texts = random_texts(2000)
    marked = [f"§{n}§{text}" for n, text in enumerate(texts)]
    found = printed(tmp_path / "t.pdf", [TableFlow([words("What")], [(text,) for text in marked])])
    first, *others = found.split("What")
    assert first == "Start"
    assert "".join(others) == "".join(map(solid, marked))


@pytest.mark.parametrize("text", HOSTILE)
def test_formulas_and_markup_come_back_as_typed(tmp_path: Path, text: str) -> None:
    found = printed(tmp_path / "h.pdf", [para(text), TableFlow([words("What")], [(text,)])])
    assert found == f"Start{solid(text)}What{solid(text)}"
    assert solid(text) == "".join(text.split())


def test_what_cannot_be_seen_is_left_out_and_what_cannot_be_printed_is_shown_as_such() -> None:
    assert clean("a\u202eb\x00c\u200bd\ufeffe") == "abcde"
    assert clean("tick ✓ 😀 中") == f"tick {MISSING} {MISSING} {MISSING}"
    assert clean("a\tb\xa0c\r\nd\u2028e") == "a b c\nd\ne"
    assert clean("w\u0302") == "ŵ" == unicodedata.normalize("NFC", "w\u0302")


def test_lines_keep_every_letter_and_the_room_they_have() -> None:
    measure = widths(REGULAR)
    for text in random_texts(300):
        lines = wrapped(clean(text), 9.0, measure)
        assert "".join("".join(lines).split()) == solid(text)
        assert all(measure.of(line) <= 9.0 for line in lines)


def test_a_long_word_is_cut_after_a_mark_where_one_is_near() -> None:
    measure = widths(REGULAR)
    assert wrapped("INV-2024-000123-AB", measure.of("INV-2024-00"), measure) == ("INV-2024-", "000123-AB")
    assert wrapped("", 5, measure) == ("",)


def test_a_shortened_text_says_that_it_goes_on() -> None:
    measure = widths(BOLD)
    assert shortened("Street lighting", 100, measure) == "Street lighting"
    cut = shortened("Street lighting", 4, measure)
    assert cut.endswith("…")
    assert measure.of(cut) <= 4
