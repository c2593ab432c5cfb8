"""A document as a whole: bookmarks, footers, properties, fonts, drafts, the same bytes everywhere, and stopping."""

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from fundtracker.domain.money import Money
from fundtracker.exports.pdf_cells import figure, words
from fundtracker.exports.pdf_charts import Bar, axis_steps, bars_chart, columns_chart, thousands
from fundtracker.exports.pdf_look import Tone
from fundtracker.exports.pdf_pages import Paper, Progress, Section, part_heading, write_document
from fundtracker.exports.pdf_parts import Callout, Particulars, Signature, SignatureBlock, Tile, Tiles
from fundtracker.exports.pdf_table import TableFlow
from fundtracker.exports.pdf_text import para

SEAL = "1204:" + "9f3a" * 16


def document(path: Path, *, draft: bool = False, progress: Progress | None = None) -> PdfReader:
    """A cover, a chart and a long table on its side."""
    table = TableFlow([words("What"), figure("Amount")], [(f"Line {n}", Money(n * 1250)) for n in range(200)])
    bars = [Bar("Q1", Money(100_000_00), Money(0), Money(120_000_00), Money(500_000_00))]
    cover = [
        Tiles([Tile("Claim", "£1,234.56", "2024/25 Q2", strong=True), Tile("Left", "-£9.00", tone=Tone.NEGATIVE)]),
        Particulars([("Agreement", "SSF5/GLO/002"), ("Lead", "")]),
        Callout("DRAFT" if draft else "Submitted", "Its figures are <final> & signed."),
        SignatureBlock([Signature("Prepared by", "Co-ordinator", "", "18 October 2024")]),
        columns_chart("Spend by quarter", bars, 400),
        bars_chart("By intervention", bars, 400),
    ]  # fmt: skip
    sections = [
        Section(title="Cover", body=cover, headed=False),
        Section(title="Costs", body=[part_heading("This quarter", "part"), table], landscape=True),
        Section(title="Assets", body=[para("No asset is recorded.")], landscape=True, new_page=False),
    ]
    paper = Paper(
        title="Ŵyth return",
        subject="A quarterly return",
        author="The office",
        footer=f"Fingerprint {SEAL}",
        draft=draft,
        banner="Demonstration: illustrative data",
    )
    write_document(path, paper, sections, progress)
    return PdfReader(path)


def test_bookmarks_lead_to_their_pages(tmp_path: Path) -> None:
    reader = document(tmp_path / "d.pdf")
    found: list[tuple[int, str, int | None]] = []

    def walk(entries: list[Any], level: int) -> None:
        for each in entries:
            if isinstance(each, list):
                walk(each, level + 1)  # pyright: ignore[reportUnknownArgumentType] - pypdf nests lists in lists
            else:
                found.append((level, str(each.title), reader.get_destination_page_number(each)))

    walk(reader.outline, 0)
    last = len(reader.pages) - 1
    assert found == [(0, "Cover", 0), (0, "Costs", 1), (1, "This quarter", 1), (0, "Assets", last)]
    assert reader.page_mode == "/UseOutlines"


def test_every_page_has_its_number_its_marking_and_the_fingerprint(tmp_path: Path) -> None:
    reader = document(tmp_path / "d.pdf")
    count = len(reader.pages)
    assert count > 4
    for n, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"Page {n} of {count}" in text
        assert f"Fingerprint {SEAL}" in text
        assert "OFFICIAL" in text
        assert "Ŵyth return" in text
        assert "Demonstration: illustrative data" in text
    assert [page.mediabox.width > page.mediabox.height for page in reader.pages] == [False] + [True] * (
        count - 1
    )


def test_a_draft_says_so_on_every_page_and_a_final_one_on_none(tmp_path: Path) -> None:
    draft = [page.extract_text() for page in document(tmp_path / "d.pdf", draft=True).pages]
    assert [text.count("DRAFT") for text in draft] == [3] + [2] * (len(draft) - 1)
    assert "DRAFT" not in "".join(page.extract_text() for page in document(tmp_path / "f.pdf").pages)


def test_the_pieces_of_a_cover_say_what_they_were_given(tmp_path: Path) -> None:
    text = " ".join(document(tmp_path / "d.pdf").pages[0].extract_text().split())
    for words_of in ("£1,234.56", "-£9.00", "SSF5/GLO/002", "Not recorded", "Submitted", "Its figures are <final> & signed.", "Prepared by", "Co-ordinator", "18 October 2024", "Spend by quarter", "£100k", "£120k", "£500k"):  # fmt: skip
        assert words_of in text


def test_properties_and_language_are_set(tmp_path: Path) -> None:
    reader = document(tmp_path / "d.pdf")
    found = reader.metadata
    assert found is not None
    assert (found.title, found.subject, found.author) == ("Ŵyth return", "A quarterly return", "The office")
    assert str(reader.root_object["/Lang"]) == "en-GB"


def test_only_embedded_fonts_are_used(tmp_path: Path) -> None:
    reader = document(tmp_path / "d.pdf", draft=True)
    fonts = {str(font["/BaseFont"]): font for page in reader.pages for font in _fonts(page)}
    assert {name.split("+")[1] for name in fonts} == {"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic"}
    for font in fonts.values():
        assert len(font["/FontDescriptor"]["/FontFile2"].get_data()) > 1000
        assert "/ToUnicode" in font


def _fonts(page: Any) -> list[Any]:
    return [each.get_object() for each in page["/Resources"]["/Font"].values()]


_SCRIPT = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
from exports.test_pdf_pages import document
document(Path(sys.argv[2]), draft=True)
"""


def test_the_same_sections_give_the_same_bytes_in_any_time_zone_and_locale(tmp_path: Path) -> None:
    tests = Path(__file__).parents[1]
    written: list[bytes] = []
    for zone, locale, seed in (("Pacific/Auckland", "C", "1"), ("Europe/London", "C.UTF-8", "2")):
        path = tmp_path / f"{locale}.pdf"
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(tests), str(path)], env=environment, check=True, timeout=120
        )
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_progress_rises_to_the_whole(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    document(tmp_path / "d.pdf", progress=lambda done, whole: seen.append((done, whole)))
    assert seen == sorted(seen)
    assert len(seen) > 4
    assert seen[-1] == (seen[0][1], seen[0][1])


def test_progress_may_stop_the_work_and_nothing_is_written(tmp_path: Path) -> None:
    class Stopped(Exception):  # noqa: N818 - a stop is no error
        def __init__(self, page: int, why: str) -> None:
            super().__init__(page, why)

    def stop(done: int, whole: int) -> None:
        if done > whole // 2:
            raise Stopped(done, "the user's wish")

    with pytest.raises(Stopped):
        document(tmp_path / "d.pdf", progress=stop)
    assert not (tmp_path / "d.pdf").exists()


def test_a_piece_too_high_for_any_page_is_named(tmp_path: Path) -> None:
    section = Section(title="x", body=[columns_chart("Too high", [], 400, 2000)])
    with pytest.raises(ValueError, match="Drawing is 2000 points high"):
        write_document(tmp_path / "d.pdf", Paper(title="", subject="", author=""), [section])


@pytest.mark.parametrize(
    ("pence", "words_of"),
    [(0, "£0"), (90_000, "£0.9k"), (205_123_45, "£205k"), (-12_400_00, "-£12k"), (1_234_567_00, "£1,235k"), (9_949_99, "£9.9k"), (9_950_00, "£10k")],
)  # fmt: skip
def test_labels_of_charts_in_thousands(pence: int, words_of: str) -> None:
    assert thousands(Money(pence)) == words_of


@pytest.mark.parametrize(("largest", "smallest"), [(0, 0), (1, 0), (166_180_42, 0), (490_950_00, -12_000_00), (0, -5), (10**12, 0)])  # fmt: skip
def test_an_axis_holds_every_bar_and_nought_in_few_round_steps(largest: int, smallest: int) -> None:
    steps = axis_steps(largest, smallest)
    assert steps[0] <= smallest <= 0 <= largest <= steps[-1]
    assert 0 in steps
    assert 2 <= len(steps) <= 8
    assert len({later - earlier for earlier, later in pairwise(steps)}) == 1


def test_many_interventions_lose_nothing_from_the_sum(tmp_path: Path) -> None:
    bars = [
        Bar(f"Intervention {n}", Money(n * 1_000_00), Money(0), Money(n * 2_000_00)) for n in range(1, 31)
    ]
    path = tmp_path / "c.pdf"
    section = Section(title="x", body=[bars_chart("All", bars, 500)])
    write_document(path, Paper(title="", subject="", author=""), [section])
    text = PdfReader(path).pages[0].extract_text()
    assert "19 others together" in text
    assert f"£{sum(range(1, 20))}k" in text
    assert "Intervention 20" in text
    assert "Intervention 19" not in text


@pytest.mark.parametrize("before", [8, 14, 16, 18, 20, 24])
def test_a_short_part_is_not_cut_by_the_end_of_a_page(tmp_path: Path, before: int) -> None:
    def table(name: str, count: int) -> TableFlow:
        return TableFlow([words("What"), figure("Sum")], [(f"{name} {n}", Money(n)) for n in range(count)])

    sections = [
        Section(title="First", landscape=True, body=[table("Before", before)]),
        Section(title="Match", landscape=True, new_page=False, body=[para("What it is"), table("Short", 8)]),
        Section(title="Long", landscape=True, new_page=False, body=[para("Some text"), table("Long", 60)]),
    ]
    path = tmp_path / "d.pdf"
    write_document(path, Paper(title="T", subject="", author=""), sections)
    found = [page.extract_text() for page in PdfReader(path).pages]
    whole = [text for text in found if "Short" in text]
    assert len(whole) == 1
    assert ("Match" in whole[0], "What it is" in whole[0]) == (True, True)
    assert sum("Long " in text for text in found) > 1
