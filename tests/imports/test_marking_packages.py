"""Workbooks of every make are marked or refused in plain words; hostile ones are stopped."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from defusedxml import ElementTree

from fundtracker.domain.problems import Refused
from fundtracker.imports.limits import Limits
from fundtracker.imports.marking import mark_up
from fundtracker.imports.marking.job import Place, place_of
from imports import hostile_workbooks as hostile
from imports.marking_forms import (
    NET,
    PROBLEMS,
    RED,
    assert_sound,
    comments,
    fills,
    form_in,
    marked,
    parts,
    problem,
)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return form_in(tmp_path)


def refusal(path: Path, limits: Limits | None = None) -> str:
    out = path.with_name("out.xlsx")
    with pytest.raises(Refused) as refused:
        mark_up(path, PROBLEMS, out, title="t", office="o", limits=limits or Limits())
    assert not out.exists()
    return str(refused.value)


MAIN = hostile.MAIN


@pytest.mark.parametrize(
    ("sheet", "wanted"),
    [
        (f"<worksheet {MAIN}><sheetData/><webPublishItems/></worksheet>", ["A1", "B2", "D4"]),
        (f"<worksheet {MAIN}><sheetData><row/><row><c/><c><v>1</v></c></row></sheetData></worksheet>", ["A1", None, None, "D4"]),
        (
            f'<worksheet {MAIN}><sheetData><row r="4" spans="1:2"><c r="B4"/><c r="E4"/></row></sheetData></worksheet>',
            ["A1", "B2", "B4", "D4", "E4"],
        ),
        (
            f'<x:worksheet {MAIN.replace("xmlns", "xmlns:x")}><x:sheetData><x:row r="2"><x:c r="C2"/></x:row></x:sheetData></x:worksheet>',
            ["A1", "B2", "C2", "D4"],
        ),
    ],
)  # fmt: skip
def test_cells_that_are_not_there_are_made_in_their_order(
    tmp_path: Path, sheet: str, wanted: list[str | None]
) -> None:
    path = hostile.write(tmp_path, hostile.repacked({hostile.SHEET: sheet}))
    out = marked(path, problem("Empty.", *(f"Cost categories!{place}" for place in ("D4", "B2", "A1"))))
    assert_sound(out)
    found = ElementTree.fromstring(parts(out)[hostile.SHEET])
    cells = [each.get("r") for each in found.iter() if each.tag.endswith("}c")]
    assert cells == wanted
    assert b"spans" not in parts(out)[hostile.SHEET]
    assert {place: colour[:5] for place, colour in fills(out)["Cost categories"].items()} == {
        "A1": RED,
        "B2": RED,
        "D4": RED,
    }


def changed(path: Path, change: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    found = parts(path)
    path.write_bytes(
        hostile.repacked({name: how(found[name]) for name, how in change.items()}, path.read_bytes())
    )
    return path


def test_a_conversation_is_left_as_it_is(form: Path) -> None:
    """Excel writes what stands in for a threaded comment anew from the thread."""
    note = "xl/comments/comment1.xml"
    path = changed(form, {note: lambda data: data.replace(b"Finance officer", b"tc={0A0B}")})
    found = comments(marked(path, *PROBLEMS))
    assert found["Costs!C3"] == "Is this with VAT?"
    assert NET in found["Costs!C6"]


LAUGHS = hostile.LAUGHS.encode()


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml", "xl/worksheets/_rels/sheet2.xml.rels", "[Content_Types].xml",
    ],
)  # fmt: skip
def test_definitions_are_refused_wherever_they_are(form: Path, part: str) -> None:
    def laugh(data: bytes) -> bytes:
        return LAUGHS + data.partition(b"?>")[2] if data.startswith(b"<?xml") else LAUGHS + data

    assert refusal(changed(form, {part: laugh})) == (
        "“form.xlsx” can't be marked. It has definitions of its own inside, which no ordinary workbook has: "
        "copy its rows into a new workbook, and import that."
    )


SAVE_AS = "open it in Excel, choose Save As, pick “Excel Workbook (*.xlsx)”, and mark that file."


def test_what_is_refused(form: Path) -> None:
    whole = form.read_bytes()
    form.write_bytes(hostile.repacked({"_xmlsignatures/sig1.xml": b"<x/>"}, whole))
    assert "It is signed digitally" in refusal(form)
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ours = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    form.write_bytes(whole)
    changed(form, {"xl/workbook.xml": lambda data: data.replace(ours, strict)})
    assert refusal(form).endswith(f"It is saved as “Strict Open XML Spreadsheet”: {SAVE_AS}")
    form.write_bytes(whole)
    changed(form, {"xl/worksheets/sheet2.xml": lambda data: data.decode().encode("utf-16")})
    assert refusal(form).endswith(f"It is written in an unusual way: {SAVE_AS}")
    form.write_bytes(whole)
    changed(form, {"xl/_rels/workbook.xml.rels": lambda data: data.replace(b"/styles", b"/other")})
    assert refusal(form).endswith(f"It has no styles, as every ordinary workbook has: {SAVE_AS}")
    form.write_bytes(whole)
    changed(form, {"xl/worksheets/sheet2.xml": lambda data: data[:-40]})
    assert "is damaged or incomplete" in refusal(form)
    form.write_bytes(b"PK\x03\x04 and nothing more")
    assert "is damaged or incomplete" in refusal(form)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on memory there: see imports.process")
def test_it_is_marked_within_limits(form: Path) -> None:
    filler = b" " * (30 * 2**20)
    form.write_bytes(hostile.repacked({}, form.read_bytes()))
    changed(
        form,
        {
            "xl/worksheets/sheet2.xml": lambda data: data.replace(
                b"</worksheet>", _noise(filler) + b"</worksheet>"
            )
        },
    )
    assert "needs more memory than a workbook should" in refusal(form, Limits(memory=96 * 2**20))


def _noise(filler: bytes) -> bytes:
    """A comment that packs at no remarkable ratio."""
    return b"<!--" + hostile.hardly_packed(len(filler)).hex().encode()[: len(filler)] + b"-->"


def test_the_form_that_came_in_is_not_written_over(form: Path) -> None:
    whole = form.read_bytes()
    with pytest.raises(Refused, match="choose another name"):
        mark_up(form, PROBLEMS, form, title="t", office="o")
    assert form.read_bytes() == whole


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Costs!H12", Place("Costs", "H12", ((12, 8),))),
        ("'Onward grants'!$B$2:A1", Place("Onward grants", "A1:B2", ((1, 1), (1, 2), (2, 1), (2, 2)))),
        ("Bob''s!A1", Place("Bob''s", "A1", ((1, 1),))),
        ("'Bob''s ! own'!AA3", Place("Bob's ! own", "AA3", ((3, 27),))),
        ("Costs!12", Place("Costs", "12:12", row=12)),
        ("Costs!C:D", Place("Costs", "C:D")),
        ("Costs", Place("Costs")),
        ("Costs!XFE1", Place("Costs")),
        ("Costs!A1048577", Place("Costs")),
        ("Costs!nowhere", Place("Costs")),
    ],
)
def test_places(text: str, place: Place) -> None:
    assert place_of(text) == place
