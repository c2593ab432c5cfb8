"""LibreOffice, a program that is not ours, works the whole return out again and gets the same pennies."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# openpyxl's stubs leave half of what it reads back unknown.

import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook import Workbook

from conftest import office
from fundtracker.domain.snapshot import Snapshot
from fundtracker.returns.workbook import write_workbook
from returns.formula_faults import CUT, Fault, bounds, cells_named, family, faults
from returns.workbook_distinct import distinct_snapshot, with_more, with_untied_bridge
from returns.workbook_sample import bare_snapshot, long_snapshot, rich_snapshot, year_end_snapshot

pytestmark = pytest.mark.office

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Left alone, LibreOffice shows the stored results and works nothing out."""
SAMPLES: dict[str, Callable[[], Snapshot]] = {
    "rich": rich_snapshot,
    "year end": year_end_snapshot,
    "bare": bare_snapshot,
    "distinct": distinct_snapshot,
    "untied bridge": lambda: with_untied_bridge(distinct_snapshot()),
    "untied controls": lambda: with_more(distinct_snapshot(), ledger=True),
    "untied years": lambda: with_more(distinct_snapshot(), ledger=False),
}
FAULTY = {
    "distinct": "", "untied bridge": "Checks", "untied controls": "Checks", "untied years": "Checks", "year end": "Spend",
}  # fmt: skip
"""Samples whose formulas are put aside with faults, and the only sheet on which they say more than the first one."""
FIRST_FAULT = 101
"""The column from which on faults stand, far from all that a formula takes."""


Place = tuple[str, str]
"""A sheet and a cell."""


class Office(NamedTuple):
    """What LibreOffice made of the samples, of the samples with faults beside their rows, and of one with faults planted in it."""

    formulas: dict[str, Workbook]
    stored: dict[str, Workbook]
    theirs: dict[str, Workbook]
    aside: dict[str, list["Aside"]]
    with_faults: dict[str, Workbook]
    planted: Workbook
    wrong: set[Place]


class Aside(NamedTuple):
    """A fault of a formula, and the cell far to the right of it where it is worked out, so that nothing else takes it."""

    sheet: str
    cell: str
    right: str
    fault: Fault
    at: str


PLANTED = (
    ("Spend", r'(">0",)E(\d+):E(\d+)', r"\1F\2:F\3"),
    ("Spend", '"Adjustment"', '"This quarter"'),
    ("Costs", "0,Q", "0,P"),
    ("Costs", '"Earlier return"', '"Adjustment"'),
    ("Match", '"Yes"', '"No"'),
    ("Changes", r"(\d)-E", r"\1+E"),
    ("Onward grants", r"-H\d+", "-G5"),
    ("Assets", r":D(\d+)", ":D6"),
    ("Risks", r"\*E", "*D"),
    ("Delivery", r"-D\d+", "-D10"),
    ("Underspend", r"B(\d+)-", "B5-"),
    ("Summary", "Cost_amount", "Cost_accrued"),
    ("Checks", "SUM\\(Bridge_ledger", "SUM(Bridge_opening"),
)
"""Sheet, what to look for in its formulas, what to write instead in the first that has it."""


def through_office(folder: Path, paths: list[Path]) -> dict[str, Workbook]:
    """The workbooks as LibreOffice works them out, by their files' names without ending, in one start of it."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    command = [
        str(office()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "xlsx", "--outdir", str(folder / "theirs"), *map(str, paths),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {path.stem: load_workbook(folder / "theirs" / path.name, data_only=True) for path in paths}


@pytest.fixture(scope="module")
def worked_out(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    paths = {name: folder / f"{name}.xlsx" for name in SAMPLES}
    for name, make in SAMPLES.items():
        write_workbook(make(), paths[name])
    formulas = {name: load_workbook(path) for name, path in paths.items()}
    stored = {name: load_workbook(path, data_only=True) for name, path in paths.items()}
    aside: dict[str, list[Aside]] = {}
    wrong: list[Path] = []
    for name, only in FAULTY.items():
        book = load_workbook(paths[name])
        aside[name] = list(put_aside(book, only))
        wrong.append(folder / f"{name} with faults.xlsx")
        book.save(wrong[-1])
    book = load_workbook(paths["distinct"])
    planted = plant(book)
    wrong.append(folder / "planted.xlsx")
    book.save(wrong[-1])
    clean = [path for name, path in paths.items() if not name.startswith("untied")]
    theirs = through_office(folder, [*clean, *wrong])
    with_faults = {name: theirs[f"{name} with faults"] for name in aside}
    # Faults stand aside: the right formulas of these say what they say without them.
    theirs = with_faults | theirs
    return Office(formulas, stored, theirs, aside, with_faults, theirs["planted"], planted)


def formula_cells(book: Workbook) -> Iterator[Cell]:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert isinstance(cell, Cell)
                    yield cell


def names_of(book: Workbook) -> dict[str, str]:
    return {name: str(defined.attr_text) for name, defined in book.defined_names.items()}


def put_aside(book: Workbook, only: str) -> Iterator[Aside]:
    """Every single fault of every formula, each in a cell of its own; of one sheet alone, where one is named."""
    taken: Counter[tuple[str, int]] = Counter()
    names = names_of(book)
    for cell in list(formula_cells(book)):
        sheet = cell.parent
        if only not in {"", sheet.title}:
            continue
        for fault in faults(str(cell.value), names):
            column = FIRST_FAULT + taken[sheet.title, cell.row]
            taken[sheet.title, cell.row] += 1
            at = f"{get_column_letter(column)}{cell.row}"
            book[sheet.title][at] = fault.formula
            yield Aside(sheet.title, cell.coordinate, str(cell.value), fault, at)


def plant(book: Workbook) -> set[Place]:
    """Put each of `PLANTED` where it belongs; the cells that are wrong now."""
    wrong: set[Place] = set()
    for sheet, look_for, instead in PLANTED:
        cell = next(
            each
            for each in formula_cells(book)
            if each.parent.title == sheet and re.search(look_for, str(each.value))
        )
        book[sheet][cell.coordinate] = re.sub(look_for, instead, str(cell.value), count=1)
        wrong.add((sheet, cell.coordinate))
    return wrong


def same(one: Any, other: Any) -> bool:
    """The same words, or the same penny: far closer, so that no hair is left by a sum."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) < 1e-9 * max(1.0, abs(one))
    return type(one) is type(other) and one == other


def differences(formulas: Workbook, stored: Workbook, theirs: Workbook) -> list[tuple[str, str, Any, Any]]:
    """Every formula whose stored result another program doesn't get: sheet, cell, stored, worked out."""
    cells = list(formula_cells(formulas))
    assert len(cells) > 100
    pairs = ((cell.parent.title, cell.coordinate) for cell in cells)
    return [
        (sheet, at, stored[sheet][at].value, theirs[sheet][at].value)
        for sheet, at in pairs
        if not same(stored[sheet][at].value, theirs[sheet][at].value)
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_formula_gives_the_programs_own_figure(name: str, worked_out: Office) -> None:
    assert differences(worked_out.formulas[name], worked_out.stored[name], worked_out.theirs[name]) == []


# Would a wrong formula be noticed?


def is_nought(value: Any) -> bool:
    return value in {0, "–"}


def test_the_distinct_sample_has_no_nought_but_those_of_the_form(worked_out: Office) -> None:
    """What is spent in quarters to come, control totals that tie, this quarter's spend of an earlier year, a date nobody moved."""
    book = worked_out.stored["distinct"]
    noughts = {
        (cell.parent.title, cell.coordinate): str(cell.value)
        for cell in formula_cells(worked_out.formulas["distinct"])
        if is_nought(book[cell.parent.title][cell.coordinate].value)
    }
    ours = Counter((sheet, family(formula)) for (sheet, _), formula in noughts.items())
    assert ours == {
        ("Summary", "=ROUND(SUMIFS(Cost_amount,Cost_counts_in,@),2)"): 2,
        ("Checks", "=ROUND(@-@,2)"): 8,
        ("Checks", "=ROUND(SUMIFS(@,Bridge_year,@),2)"): 1,
        ("Delivery", '=IF(@<>"…",@,IF(@<>"…",@,@))-@'): 1,
    }


def says_nothing(each: Aside, formulas: Workbook, stored: Workbook) -> bool:
    """Whether the right formula gives a nought of the form, or it or the wrong one takes one: which nought can't be told."""
    if is_nought(stored[each.sheet][each.cell].value):
        return True
    names = names_of(formulas)
    for formula in (each.right, each.fault.formula):
        for sheet, area in cells_named(formula, names):
            if ":" not in area and is_nought(stored[sheet or each.sheet][area].value):
                return True
    return False


NEVER_NOTICED = {
    # Where there is no profile, the variance is the outturn, which stands at its left.
    ('=IF(@=0,IF(@=0,"…","…"),ROUND(@/@,3))', "a column to the left", 1),
    # "All years" is the last control total, and doesn't tie exactly where some line of the bridge doesn't.
    ('=IF(COUNTIF(@,"…")+COUNTIF(@,"…")=0,"…","…")', CUT, 0),
    ('=IF(COUNTIF(@,"…")+COUNTIF(@,"…")=0,"…","…")', CUT, 3),
    # As many control totals as lines of the bridge would have to be broken.
    ('=IF(COUNTIF(@,"…")+COUNTIF(@,"…")=0,"…","…")', "another sign", 2),
    # SUMIF adds as many cells as it tests, however many it is told to add.
    ('=ROUND(SUMIF(@,"…",@),2)', CUT, 2),
}
"""Make of formula, kind of fault and its piece that no figure can show."""


def is_one_of_a_make(each: Aside) -> bool:
    """Whether not every formula of the make can tell: it takes one branch of two, or a range's last row may not be its own."""
    return each.fault.kind == CUT or bool(re.search(r"\bIF\(", each.right))


def test_every_fault_of_every_formula_would_be_noticed(worked_out: Office) -> None:
    """Each where it stands; where a formula takes one branch of two, or a range's last row isn't its own, in one of its make.

    Each is worked out in a cell of its own, beside right formulas: none hides, or shows, another.
    """
    noticed: dict[tuple[str, str, Fault], bool] = {}
    by_make: defaultdict[tuple[str, str, int], bool] = defaultdict(bool)
    for name, found in worked_out.aside.items():
        for each in found:
            ours = worked_out.stored[name][each.sheet][each.cell].value
            other = worked_out.with_faults[name][each.sheet][each.at].value
            told = not same(ours, other)
            if is_one_of_a_make(each):
                by_make[family(each.right), each.fault.kind, each.fault.piece] |= told
            if name != "year end":  # whose rows are others
                key = each.sheet, each.cell, each.fault
                noticed[key] = noticed.get(key, False) or told
    assert len(noticed) > 4_000
    formulas, stored = worked_out.formulas["distinct"], worked_out.stored["distinct"]
    missed = [
        (each.sheet, each.cell, each.right, each.fault)
        for each in worked_out.aside["distinct"]
        if not noticed[each.sheet, each.cell, each.fault]
        and not is_one_of_a_make(each)
        and not says_nothing(each, formulas, stored)
    ]
    # Nothing is spent in a quarter to come: what is spent or forecast in it is the forecast alone. An order's amount is its
    # eligible sum, which stands at its left.
    assert [(sheet, fault.formula) for sheet, _, _, fault in missed] == [
        ("Summary", "=ROUND(F29-D29,2)"),
        ("Summary", "=ROUND(F30-D30,2)"),
        ("Costs", "=ROUND(SUM(S112:S133),2)"),
    ]
    assert {make for make, told in by_make.items() if not told} == NEVER_NOTICED


def test_planted_faults_are_found_with_what_depends_on_them_and_nothing_else(worked_out: Office) -> None:
    formulas, stored = worked_out.formulas["distinct"], worked_out.stored["distinct"]
    found = {(sheet, at) for sheet, at, _, _ in differences(formulas, stored, worked_out.planted)}
    assert len(worked_out.wrong) == len(PLANTED)
    assert worked_out.wrong <= found
    assert found <= worked_out.wrong | depending(formulas, worked_out.wrong)
    assert len(found) > len(PLANTED)


def depending(book: Workbook, cells: set[Place]) -> set[Place]:
    """Every formula that takes one of the cells, or takes one that does."""
    names = names_of(book)
    taken: dict[Place, list[tuple[str, tuple[int, ...]]]] = {
        (cell.parent.title, cell.coordinate): [
            (sheet or cell.parent.title, bounds(area)) for sheet, area in cells_named(str(cell.value), names)
        ]
        for cell in formula_cells(book)
    }
    found: set[Place] = set()
    fresh = cells
    while fresh:
        spots = [(sheet, bounds(at)[:2]) for sheet, at in fresh]
        found |= fresh
        fresh = {
            place
            for place, areas in taken.items()
            if place not in found
            and any(
                sheet == where and left <= column <= right and top <= row <= bottom
                for where, (left, top, right, bottom) in areas
                for sheet, (column, row) in spots
            )
        }
    return found


@pytest.mark.deep
def test_five_thousand_costs_leave_no_hair(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    write_workbook(long_snapshot(5_000), path)
    theirs = through_office(tmp_path, [path])["long"]
    assert differences(load_workbook(path), load_workbook(path, data_only=True), theirs) == []
