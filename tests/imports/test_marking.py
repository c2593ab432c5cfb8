"""A form goes back marked: the marks are there, they lead to their cells, and nothing else in the workbook is changed."""

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from openpyxl import load_workbook
from openpyxl.comments import Comment

from conftest import office
from fundtracker.domain.money import Money
from fundtracker.exports.list_sheets import Heading, sheet_of_rows
from fundtracker.exports.sheets import Book
from fundtracker.exports.styles import Show
from fundtracker.exports.workbook_writer import save_workbook
from fundtracker.imports.marking.notes import LAST_WORDS
from imports.marking_forms import (
    ABOVE,
    AMBER,
    FORMULA,
    MARKED,
    NET,
    PROBLEMS,
    RED,
    WELSH,
    assert_sound,
    comments,
    everything_else,
    fills,
    form_in,
    lines,
    marked,
    parts,
    problem,
)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return form_in(tmp_path)


def test_only_the_parts_that_must_are_changed(form: Path) -> None:
    before, after = parts(form), parts(marked(form, *PROBLEMS))
    assert {name for name in after if before.get(name) != after[name]} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet2.xml", "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml",
        "xl/worksheets/sheet3.xml", "xl/worksheets/_rels/sheet3.xml.rels", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/sheet4.xml", "xl/worksheets/_rels/sheet4.xml.rels", "xl/comments2.xml", "xl/drawings/vmlDrawing2.vml",
        "xl/worksheets/sheet6.xml",
    }  # fmt: skip
    assert before.keys() <= after.keys()
    assert [name for name in after if name in before] == list(before)


def test_nothing_but_the_marks_differs(form: Path) -> None:
    out = marked(form, *PROBLEMS)
    assert everything_else(out) == everything_else(form)
    assert load_workbook(out).sheetnames == ["Issues", *load_workbook(form).sheetnames]


def test_the_first_sheet_is_shown_and_no_other_is_selected_with_it(form: Path) -> None:
    book: Any = load_workbook(marked(form, *PROBLEMS))
    assert book.active.title == "Issues"
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == ["Issues"]


def test_cells_are_coloured(form: Path) -> None:
    before, after = fills(form), fills(marked(form, *PROBLEMS))
    changed = {
        sheet: {place: colour[:5] for place, colour in cells.items() if before[sheet].get(place) != colour}
        for sheet, cells in after.items()
    }
    assert {sheet: cells for sheet, cells in changed.items() if cells} == MARKED


def test_comments_say_what_is_wrong(form: Path) -> None:
    found = comments(marked(form, *PROBLEMS))
    assert set(found) == {f"{sheet}!{place}" for sheet, cells in MARKED.items() for place in cells} | {
        "Costs!D9"
    }
    assert found["Costs!D9"] == "Agreed."
    assert found["Costs!C3"] == f"Is this with VAT?\n\nWarning: look at this again\n{ABOVE}\n\n{LAST_WORDS}"
    assert found["Costs!C4"] == f"Error: put this right\n1. {NET}\n2. Warning: {ABOVE}\n\n{LAST_WORDS}"
    assert found["Costs!E5"] == f"Error: put this right\n{FORMULA}\n\n{LAST_WORDS}"


def test_every_comment_has_a_box(form: Path) -> None:
    """Without one, Excel leaves the comment out."""
    found = parts(marked(form, *PROBLEMS))
    notes, boxes = found["xl/comments/comment1.xml"], found["xl/drawings/commentsDrawing1.vml"]
    rows = [
        (int(each.text or "") + 1)
        for each in ElementTree.fromstring(boxes).iter("{urn:schemas-microsoft-com:office:excel}Row")
    ]
    wanted = [
        each.attrib["ref"] for each in ElementTree.fromstring(notes).iter() if each.tag.endswith("}comment")
    ]
    assert sorted(rows) == sorted(int(place.lstrip("ABCDEFGHIJ")) for place in wanted)
    ids = [
        each.attrib["id"]
        for each in ElementTree.fromstring(boxes).iter("{urn:schemas-microsoft-com:vml}shape")
    ]
    assert len(set(ids)) == len(ids) == len(wanted)


def test_the_list_has_a_line_for_each_with_links_that_lead_there(form: Path) -> None:
    out = marked(form, *PROBLEMS)
    found = lines(out)
    assert found[:3] == [
        ("Error", "Costs", "C4", NET, "'Costs'!C4"),
        (None, "Costs", "C6", "the same", "'Costs'!C6"),
        ("Error", "Costs", "E2", FORMULA, "'Costs'!E2"),
    ]
    assert (None, None, None, "and 7 more of the same", None) in found
    assert ("Error", "About (hidden)", "B1", "It names another form.", None) in found
    assert (None, "Risks", "A1", "the same", None) in found
    assert found[-2:] == [
        ("Warning", None, None, "It is of an old template.", None),
        ("Note", "Costs", "B2", "Rows were sorted.", "'Costs'!B2"),
    ]
    book: Any = load_workbook(out)
    for _, name, area, _, link in found:
        if link is not None:
            sheet, _, place = link.rpartition("!")
            target = book[sheet[1:-1].replace("''", "'")]
            assert target.title == name
            assert target[place] is not None
            assert place == area
    assert [line for line in found if line[1] == WELSH] == [
        (None, WELSH, "B3", "the same", "'Cŵm Tâf''s costs'!B3")
    ]


def test_the_list_counts(form: Path) -> None:
    sheet: Any = load_workbook(marked(form, *PROBLEMS))["Issues"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[:2] for row in rows if row[0] in {"Errors", "Warnings", "Notes"}] == [
        ["Errors", 5],
        ["Warnings", 3],
        ["Notes", 1],
    ]
    assert [rows[0][0], rows[1][0], rows[2][0]] == [
        "Issues found in this form",
        "FORM-0003, 2024/25 Q2",
        "Checked by =The office",
    ]


def test_text_that_looks_like_a_formula_stays_text(form: Path) -> None:
    sheet: Any = load_workbook(marked(form, problem("=1+1", "Costs!E2"), problem("_x0041_\x07\u202ex")))[
        "Issues"
    ]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert (cells["=1+1"].data_type, cells["=1+1"].quotePrefix) == ("s", True)
    data = parts(form.with_name("marked.xlsx"))["xl/worksheets/sheet6.xml"]
    assert b"<f" not in data
    assert b'<t xml:space="preserve">=1+1</t>' in data
    assert b"_x005F_x0041_x</t>" in data


def test_marking_again_takes_the_old_marks_away(form: Path) -> None:
    first = marked(form, *PROBLEMS)
    again = marked(first, problem("Still wrong.", "Costs!C6"), name="again.xlsx")
    assert_sound(again)
    assert load_workbook(again).sheetnames == load_workbook(first).sheetnames
    wanted = fills(form)
    found = fills(again)
    assert found["Costs"].pop("C6")[:5] == RED
    assert wanted["Costs"].pop("C6") == "FFFBE6"
    assert found == wanted
    assert comments(again) == {
        **comments(form),
        "Costs!C6": f"Error: put this right\nStill wrong.\n\n{LAST_WORDS}",
    }
    assert lines(again) == [("Error", "Costs", "C6", "Still wrong.", "'Costs'!C6")]
    assert everything_else(again) == everything_else(form)
    clean = marked(again, name="clean.xlsx")
    assert (fills(clean), comments(clean)) == (fills(form), comments(form))


def test_what_a_partner_adds_to_a_comment_of_ours_stays(form: Path) -> None:
    first = marked(form, *PROBLEMS)
    book: Any = load_workbook(first)
    comment = book["Costs"]["C4"].comment
    book["Costs"]["C4"].comment = Comment(f"{comment.text}\nPut right on Monday.", "Finance officer")
    book.save(first)
    assert comments(marked(first, name="again.xlsx"))["Costs!C4"].strip() == "Put right on Monday."


def test_a_sheet_of_that_name_is_left_alone(form: Path) -> None:
    book = load_workbook(form)
    book.create_sheet("issues")["A1"] = "theirs"
    book.save(form)
    found: Any = load_workbook(marked(form, *PROBLEMS))
    assert found.sheetnames[0] == "Issues (2)"
    assert found["issues"]["A1"].value == "theirs"


def test_the_package_is_sound(form: Path) -> None:
    first = marked(form, *PROBLEMS)
    assert_sound(first)
    assert_sound(marked(first, *PROBLEMS, name="again.xlsx"))


def test_names_that_belong_to_a_sheet_follow_it(form: Path) -> None:
    data = parts(marked(form, *PROBLEMS))["xl/workbook.xml"].decode()
    assert data.count('localSheetId="2"') == 2
    assert 'localSheetId="1"' not in data


def test_a_workbook_of_our_own_writer(tmp_path: Path) -> None:
    headings = [
        Heading(label="Ref"),
        Heading(label="Net", show=Show.MONEY, totalled=True),
    ]
    sheet = sheet_of_rows("Onward grants", headings, [(f"C-{n}", Money(n * 100)) for n in range(30)])
    path = tmp_path / "ours.xlsx"
    save_workbook(
        Book(title="t", office="o", created=datetime(2024, 10, 1, tzinfo=UTC), sheets=[sheet]), path
    )
    out = marked(path, problem("Too much.", "Onward grants!B4", "Onward grants!B200"))
    assert_sound(out)
    assert everything_else(out) == everything_else(path)
    assert {place: text for place, text in comments(out).items() if "Too much." in text}.keys() == {
        "Onward grants!B4",
        "Onward grants!B200",
    }


@pytest.mark.office
def test_the_marks_outlast_another_program_and_can_still_be_taken_away(form: Path, tmp_path: Path) -> None:
    out = marked(form, *PROBLEMS)
    command = [
        str(office()), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--convert-to", "xlsx", "--outdir", str(tmp_path / "theirs"), str(out),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = tmp_path / "theirs" / "marked.xlsx"
    assert load_workbook(saved).sheetnames[0] == "Issues"
    assert {
        place: colour[:5] for place, colour in fills(saved)["Costs"].items() if colour != "FFFBE6"
    } == MARKED["Costs"] | dict.fromkeys(("G5",), AMBER)
    assert {place: " ".join(text.split()) for place, text in comments(saved).items()} == {
        place: " ".join(text.split()) for place, text in comments(out).items()
    }
    again = marked(saved, problem("Still wrong.", "Costs!C6"), name="again.xlsx")
    assert_sound(again)
    assert fills(again)["Costs"].pop("C6")[:5] == RED
    assert {place for place, colour in fills(again)["Costs"].items() if colour != "FFFBE6"} == {"C6"}
    assert set(comments(again)) == {"Costs!C3", "Costs!D9", "Costs!C6"}
    assert comments(again)["Costs!C3"].strip() == "Is this with VAT?"
    shutil.rmtree(tmp_path / "theirs")


def test_the_same_workbook_is_the_same_bytes(form: Path) -> None:
    first, second = marked(form, *PROBLEMS), marked(form, *PROBLEMS, name="second.xlsx")
    assert first.read_bytes() == second.read_bytes()
    assert load_workbook(BytesIO(first.read_bytes())).sheetnames[0] == "Issues"
