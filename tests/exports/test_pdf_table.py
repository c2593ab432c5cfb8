"""Tables over many pages, read back with pypdf: nothing lost, headings on every page, totals with their rows."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from fundtracker.domain.money import Money
from fundtracker.exports.pdf_cells import (
    AnyRow,
    Mark,
    figure,
    group,
    short,
    shown,
    subtotal,
    total_row,
    words,
)
from fundtracker.exports.pdf_layout import PAD_ACROSS, SIZES, lay_out
from fundtracker.exports.pdf_look import RED, Tone, rgb
from fundtracker.exports.pdf_pages import Paper, Section, write_document
from fundtracker.exports.pdf_table import TableFlow
from fundtracker.exports.pdf_text import REGULAR, prepare_fonts, widths

COLUMNS = (short("Cost"), words("Description", 3), figure("Eligible"))


def pages(path: Path, table: TableFlow, *, landscape: bool = False) -> list[str]:
    section = Section(title="Costs", body=[table], landscape=landscape)
    write_document(path, Paper(title="HEAD", subject="", author=""), [section])
    return [page.extract_text() for page in PdfReader(path).pages]


def costs(count: int) -> list[AnyRow]:
    return [(f"C-{n:05d}", "Patrol hours", Money(n * 101 + 7)) for n in range(count)]


def test_every_row_is_printed_once_and_every_page_has_the_headings(tmp_path: Path) -> None:
    found = pages(tmp_path / "t.pdf", TableFlow(COLUMNS, costs(400)))
    assert len(found) > 5
    assert re.findall(r"C-\d{5}", "".join(found)) == [f"C-{n:05d}" for n in range(400)]
    for n, text in enumerate(found):
        assert text.count("Description") == 1
        assert f"Page {n + 1} of {len(found)}" in text
    assert [m for text in found for m in re.findall(r"\d[\d,]*\.\d\d", text)] == [
        Money(n * 101 + 7).shown for n in range(400)
    ]


def test_a_group_that_runs_on_is_named_again(tmp_path: Path) -> None:
    first, second, *_ = pages(tmp_path / "t.pdf", TableFlow(COLUMNS, [group("SSF5-VAWG-01"), *costs(90)]))
    assert "SSF5-VAWG-01 (continued)" not in first
    assert "SSF5-VAWG-01 (continued)" in second


@pytest.mark.parametrize("count", range(40, 60))
def test_no_heading_ends_a_page_and_no_total_begins_one(tmp_path: Path, count: int) -> None:
    rows = [*costs(count), subtotal("First sum", "", Money(1)), group("Second group"), *costs(3), total_row("All", "", Money(2))]  # fmt: skip
    for text in pages(tmp_path / "t.pdf", TableFlow(COLUMNS, rows)):
        lines = [line for line in text.splitlines() if not line.startswith(("HEAD", "OFFICIAL", "Page"))]
        body = lines[next(n for n, line in enumerate(lines) if line.endswith("Eligible")) + 1 :]
        assert not body[0].startswith(("First sum", "All"))
        assert body[-1] != "Second group"


def test_a_cell_higher_than_a_page_is_broken_and_loses_nothing(tmp_path: Path) -> None:
    story = " ".join(f"word{n}" for n in range(6000))
    rows: list[AnyRow] = [*costs(5), ("C-LONG", story, Money(5_00)), *costs(2)]
    found = pages(tmp_path / "t.pdf", TableFlow(COLUMNS, rows))
    assert len(found) > 4
    assert re.findall(r"word\d+", "".join(found)) == story.split()
    assert "".join(found).count("C-LONG") == 1


@pytest.mark.parametrize("lines", range(48, 76))
def test_a_row_about_as_high_as_a_page_finds_its_place(tmp_path: Path, lines: int) -> None:
    story = "\n".join(f"word{n}" for n in range(lines))
    for rows in (
        [("C-1", story, None)],
        [group("Group"), ("C-1", story, None)],
        [*costs(3), ("C-1", story, None)],
    ):
        found = "".join(pages(tmp_path / "t.pdf", TableFlow(COLUMNS, rows)))
        assert re.findall(r"word\d+", found) == story.split()


def test_a_reason_of_forty_lines_stands_in_its_column(tmp_path: Path) -> None:
    reason = "\n".join(f"Line {n} of the reason" for n in range(40))
    found = "".join(pages(tmp_path / "t.pdf", TableFlow(COLUMNS, [*costs(30), ("C-1", reason, None), *costs(30)])))  # fmt: skip
    assert re.findall(r"Line \d+ of the reason", found) == reason.split("\n")


def test_a_row_stands_on_one_page_unless_it_is_higher_than_half_of_one(tmp_path: Path) -> None:
    def story(n: int, lines: int) -> str:
        return "\n".join([f"begin{n}", *["between"] * (lines - 2), f"end{n}"])

    low: list[AnyRow] = [(f"C-{n}", story(n, 3 + n % 15), Money(n)) for n in range(60)]
    found = pages(tmp_path / "t.pdf", TableFlow(COLUMNS, low), landscape=True)
    for n in range(60):
        (text,) = (each for each in found if f"begin{n}\n" in each)
        assert f"end{n}\n" in text or f"end{n} " in text
    rows: list[AnyRow] = [*low[:18], ("C-HIGH", story(99, 30), None)]
    first, second, *_ = pages(tmp_path / "t.pdf", TableFlow(COLUMNS, rows[3:6] + rows[-1:]), landscape=True)
    assert "begin99" in first
    assert "end99" in second


def test_letters_get_a_little_smaller_before_a_word_is_broken() -> None:
    prepare_fonts()
    columns, rows = [words(f"No {n}") for n in range(8)], [["Communications"] * 8]
    longest = widths(REGULAR).of("Communications")
    paddings = 8 * 2 * PAD_ACROSS

    def printed(size: float) -> tuple[float, set[int]]:
        """In just the room that letters of that size need: their size, and the lines of a cell."""
        laid = lay_out(columns, rows, 8 * longest * size + paddings + 0.1)
        return laid.size, {len(lines) for lines, _ in laid.rows[0].cells}

    assert printed(7.5) == (7.5, {1})
    assert printed(6.5) == (6.5, {1})
    assert printed(6.2) == (7.0, {2})


def test_values_as_they_are_printed() -> None:
    assert shown(Money(-123456)) == ("-1,234.56", Tone.NEGATIVE)
    assert shown(Money(0)) == ("0.00", Tone.PLAIN)
    assert shown(Money(0), dash=True) == ("–", Tone.MUTED)
    assert shown(date(2024, 4, 1)) == ("01/04/2024", Tone.PLAIN)
    assert [shown(each)[0] for each in (True, False, None, 1234, Decimal("61.50"), Decimal(400))] == [
        "Yes",
        "No",
        "",
        "1,234",
        "61.5",
        "400",
    ]
    assert shown(Mark("To mend", Tone.BAD)) == ("To mend", Tone.BAD)


def test_money_below_nought_is_red_and_money_above_is_not(tmp_path: Path) -> None:
    def stream(amount: Money) -> str:
        path = tmp_path / "t.pdf"
        write_document(
            path,
            Paper(title="", subject="", author=""),
            [Section(title="x", body=[TableFlow(COLUMNS, [("C", "", amount)])])],
        )
        contents = PdfReader(path).pages[0].get_contents()
        assert contents is not None
        return contents.get_data().decode("latin-1")

    assert re.search(rf"{re.escape(rgb(RED))} rg\n.*\(-1\.00\) Tj", stream(Money(-100)))
    assert f"{rgb(RED)} rg" not in stream(Money(100))


def test_figures_stand_flush_right_and_wide_tables_get_smaller_letters() -> None:
    columns = (short("Ref"), words("What"), *[figure(f"Forecast {n}") for n in range(10)])
    rows = [(f"C-{n}", "x", *[Money(10**n * 100)] * 10) for n in range(8)]
    narrow, wide = lay_out(columns, rows, 500), lay_out(columns, rows, 1200)
    assert (narrow.size, wide.size) == (SIZES[-1], SIZES[0])
    assert narrow.lefts[-1] == pytest.approx(500)
    assert wide.lefts[-1] == pytest.approx(1200)
    assert all(len(lines) == 1 for row in wide.rows for lines, _ in row.cells)


def test_columns_share_what_is_left_by_weight_and_keep_their_least() -> None:
    long = "word " * 200
    laid = lay_out((words("A", 1), words("B", 3)), [(long, long)], 406)
    one, other = laid.lefts[1], laid.lefts[2] - laid.lefts[1]
    assert other == pytest.approx(3 * one)
    laid = lay_out((words("Extraordinarily", 0.01), words("B", 3)), [(long, long)], 406)
    assert laid.headings[0] == ("Extraordinarily",)


def test_a_row_with_a_cell_too_few_or_too_many_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        lay_out(COLUMNS, [("C-1", "only two")], 400)
    with pytest.raises(ValueError, match="zip"):
        lay_out(COLUMNS, [total_row("Total", "", "", Money(1))], 400)


def test_no_row_goes_on_alone_to_the_next_page(tmp_path: Path) -> None:
    for count in range(30, 70):
        found = pages(tmp_path / "t.pdf", TableFlow(COLUMNS, costs(count)))
        if len(found) > 1:
            assert len(re.findall(r"C-\d+", found[-1])) > 1, count


def test_a_heading_takes_two_lines_where_there_is_room_and_more_where_there_is_none() -> None:
    columns = [words("Reason"), figure("of which accrued"), figure("Spent and accepted")]
    rows = [("Why", Money(1), Money(2))]
    assert [len(lines) for lines in lay_out(columns, rows, 150).headings] == [1, 2, 2]
    assert [len(lines) for lines in lay_out(columns, rows, 130).headings] == [1, 3, 3]
