"""Tiles, particulars, callouts and signatures say what they were given, and keep to their own ground."""

from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.platypus import Flowable

from fundtracker.domain.money import Money
from fundtracker.exports.pdf_cells import figure, short
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_pages import Paper, Section, part_heading, write_document
from fundtracker.exports.pdf_parts import (
    Beside,
    Callout,
    Particulars,
    Signature,
    SignatureBlock,
    Tile,
    Tiles,
)
from fundtracker.exports.pdf_table import TableFlow
from fundtracker.exports.pdf_text import BOLD, para, widths

LONG_NAME = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def written(path: Path, *body: Flowable) -> list[str]:
    """The lines of a one-page document's body."""
    paper = Paper(title="Head", subject="", author="", footer="Foot")
    write_document(path, paper, [Section(title="Section", headed=False, body=body)])
    (page,) = PdfReader(path).pages
    lines = [line.strip() for line in page.extract_text().splitlines() if line.strip()]
    assert (lines[:2], lines[-1]) == (["Head", "OFFICIAL"], "Foot Page 1 of 1")
    return lines[2:-1]


def places(path: Path) -> list[tuple[str, float, float]]:
    """Each text of a one-page document with where it begins, in points from the lower left corner."""
    found: list[tuple[str, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _fonts: object, _size: float) -> None:
        if text.strip():
            found.append((text.strip(), tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

    PdfReader(path).pages[0].extract_text(visitor_text=visit)
    return found


def test_tiles_show_label_figure_and_note(tmp_path: Path) -> None:
    tiles = Tiles(
        [
            Tile("Awarded", "£1,234,567.89", strong=True),
            Tile("Spent to date", "£456,789.01", "37.0% of the award"),
            Tile("Left to spend", "-£1,000.00", "over the award", Tone.NEGATIVE),
        ]
    )
    assert set(written(tmp_path / "t.pdf", tiles)) == {
        "Awarded",
        "£1,234,567.89",
        "Spent to date",
        "37.0% of the award",
        "£456,789.01",
        "Left to spend",
        "over the award",
        "-£1,000.00",
    }


def test_figures_in_tiles_shrink_together_rather_than_run_into_each_other(tmp_path: Path) -> None:
    figures = ["£99,999,999,999.99", "£1.00", "-£9,999,999.99", "£0.00", "£5.00", "£99,999,999,999.99"]
    written(tmp_path / "t.pdf", Tiles([Tile(f"Year {n}", figure) for n, figure in enumerate(figures)]))
    sizes: set[float] = set()

    def visit(text: str, _cm: object, _tm: object, _fonts: object, size: float) -> None:
        if text.strip() in figures:
            sizes.add(size)

    PdfReader(tmp_path / "t.pdf").pages[0].extract_text(visitor_text=visit)
    (size,) = sizes
    tile = (523.28 - 5 * 8) / 6
    assert widths(BOLD).of(figures[0]) * size < tile - 10
    starts = [x for text, x, _ in places(tmp_path / "t.pdf") if text in figures]
    assert [later - earlier for earlier, later in pairwise(starts)] == pytest.approx([tile + 8] * 5, abs=0.1)


def test_particulars_say_what_is_not_recorded(tmp_path: Path) -> None:
    items = [("Award", "SSF5-GLOS-1"), ("Recipient", f"{LONG_NAME}, Môn <a@b.c>"), ("Contact", "")]
    text = "".join("".join(line.split()) for line in written(tmp_path / "p.pdf", Particulars(items)))
    assert text == f"AwardSSF5-GLOS-1Recipient{LONG_NAME},Môn<a@b.c>ContactNotrecorded"


@pytest.mark.parametrize("tone", list(Tone))
def test_a_callout_says_in_words_what_its_colour_means(tmp_path: Path, tone: Tone) -> None:
    lines = written(tmp_path / "c.pdf", Callout("Draft", "Not submitted: <figures> may change & grow.", tone))
    assert lines == ["Draft", "Not submitted: <figures> may change & grow."]


def test_there_is_a_box_to_sign_for_each_signature(tmp_path: Path) -> None:
    block = SignatureBlock(
        [
            Signature("Prepared", "Grants officer", "", "21/10/2024"),
            Signature("Certified", "Chief Finance Officer", "Section 151 officer", ""),
        ]
    )
    lines = written(tmp_path / "s.pdf", block)
    assert set(lines) == {
        "Name and role",
        "Signature",
        "Date",
        "Prepared",
        "Grants officer",
        "21/10/2024",
        "Certified",
        "Chief Finance Officer",
        "Section 151 officer",
    }
    rows = {text: round(y / 52) for text, _, y in places(tmp_path / "s.pdf")}
    assert rows["Prepared"] == rows["Grants officer"] == rows["21/10/2024"]
    assert rows["Certified"] == rows["Chief Finance Officer"]


def test_a_long_welsh_name_keeps_to_its_box(tmp_path: Path) -> None:
    lines = written(tmp_path / "s.pdf", SignatureBlock([Signature("Signed", LONG_NAME, "", "")]))
    assert LONG_NAME in "".join(lines)
    starts = [(text, x) for text, x, _ in places(tmp_path / "s.pdf") if text in LONG_NAME]
    assert len(starts) == 2
    assert len({round(x) for _, x in starts}) == 1


def test_pieces_beside_each_other_begin_at_one_height(tmp_path: Path) -> None:
    written(tmp_path / "b.pdf", Beside([para("Left"), para("Right " * 60)]))
    found = places(tmp_path / "b.pdf")
    (left,) = (place for place in found if place[0] == "Left")
    right = next(place for place in found if place[0].startswith("Right"))
    assert right[1] == pytest.approx(36 + (523.28 + 16) / 2, abs=0.5)
    assert right[2] == pytest.approx(left[2], abs=0.5)


def all_text(path: Path, *body: Flowable) -> str:
    paper = Paper(title="Head", subject="", author="")
    write_document(path, paper, [Section(title="Section", headed=False, body=body)])
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_every_line_of_a_very_long_name_is_in_its_box(tmp_path: Path) -> None:
    role = f"{LONG_NAME} " * 4 + "ac ati"
    text = all_text(tmp_path / "s.pdf", SignatureBlock([Signature("Signed", f"{LONG_NAME} Ltd", role, "")]))
    assert (text.count(LONG_NAME), text.count("acati")) == (5, 1)


@pytest.mark.parametrize("items", [[("Why", "word " * 3000)], [(f"Name{n}", "word") for n in range(300)]])
def test_particulars_longer_than_a_page_go_on_overleaf(tmp_path: Path, items: list[tuple[str, str]]) -> None:
    text = all_text(tmp_path / "p.pdf", Particulars(items))
    assert text.count("word") == sum(value.count("word") for _, value in items)


def test_a_callout_longer_than_a_page_goes_on_overleaf(tmp_path: Path) -> None:
    assert all_text(tmp_path / "c.pdf", Callout("Warning", "word " * 3000)).count("word") == 3000


@pytest.mark.parametrize("tiles", [[], [Tile("Awarded", "")]])
def test_tiles_may_have_nothing_to_show(tmp_path: Path, tiles: list[Tile]) -> None:
    assert all_text(tmp_path / "t.pdf", Tiles(tiles)).count("Awarded") == len(tiles)


def test_long_titles_and_fingerprints_are_never_cut(tmp_path: Path) -> None:
    title = "Diogelwch cymunedol, goleuadau stryd a chamerâu " * 4 + "y diwedd"
    paper = Paper(title="Head", subject="", author="", footer="Fingerprint " + "0123456789abcdef" * 9)
    body: list[Flowable] = [part_heading(title, "part"), para("Text")]
    write_document(tmp_path / "long.pdf", paper, [Section(title=title, body=body)])
    text = "".join(PdfReader(tmp_path / "long.pdf").pages[0].extract_text().split())
    assert text.count("".join(title.split())) == 2
    assert text.endswith(f"Fingerprint{'0123456789abcdef' * 9}Page1of1")


def test_a_column_needs_no_heading(tmp_path: Path) -> None:
    table = TableFlow([short(""), figure("")], [("C-1", Money(1_00))])
    assert written(tmp_path / "t.pdf", table) == ["C-1 1.00"]
