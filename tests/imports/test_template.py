"""The empty import workbook: what it says, what it offers, and that it is made from the records' own descriptions."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fundtracker.domain.columns import columns, key_of
from fundtracker.domain.kinds import Choice, YesNo
from fundtracker.domain.records import RECORDS, by_name
from fundtracker.imports.reader import read_workbook
from fundtracker.imports.template import write_template
from fundtracker.imports.workbook import sheet_name
from imports.filling import proposed


@pytest.fixture
def template(tmp_path: Path) -> Workbook:
    write_template(tmp_path / "template.xlsx")
    return load_workbook(tmp_path / "template.xlsx")


def below(sheet: Worksheet, heading: str) -> str:
    """The guidance under a heading."""
    headings = [cell.value for cell in sheet[1]]
    return str(sheet[2][headings.index(heading)].value)


def test_a_sheet_for_every_kind_with_its_headings(template: Workbook) -> None:
    assert template.sheetnames == ["Read me", *map(sheet_name, RECORDS), "Lists"]
    assert [sheet.title for sheet in template.worksheets if sheet.sheet_state != "visible"] == ["Lists"]
    for kind in RECORDS:
        sheet = template[sheet_name(kind)]
        assert [cell.value for cell in sheet[1]] == [column.label for column in columns(kind)]
        assert sheet.max_row == 2
        assert sheet.freeze_panes == "B3"
        assert all(str(cell.value).startswith("ⓘ ") for cell in sheet[2])


@pytest.mark.parametrize(
    ("name", "heading", "words"),
    [
        ("Costs", "Reference", "ⓘ Used once. Left empty: the next number is given."),
        ("Instalments", "Reference", "ⓘ Used once. Left empty: the next number is given."),
        ("Costs", "Intervention", "ⓘ Required. The reference of a row in Interventions."),
        (
            "Costs",
            "Received",
            "ⓘ Optional. A date, as 31/03/2025. When the goods or services came: this decides the quarter. A reversal has the date of what it reverses.",
        ),
        (
            "Costs",
            "Net",
            "ⓘ Required. Pounds and pence, as 1,234.56. Without VAT; a minus sum is a credit.",
        ),
        ("Costs", "VAT", "ⓘ Left empty: 0.00. Pounds and pence, as 1,234.56."),
        (
            "Costs",
            "Capital or resource",
            "ⓘ Required. Choose from the list. Capital: things that last. Resource: running costs.",
        ),
        ("Office", "Marking", "ⓘ Left empty: OFFICIAL. Security marking on every page printed or exported."),
        ("Awards", "Note", "ⓘ Optional."),
        ("Profile lines", "Quarter", "ⓘ Required. A quarter, as 2023/24 Q3."),
    ],
)
def test_the_guidance(template: Workbook, name: str, heading: str, words: str) -> None:
    assert below(template[name], heading) == words


def test_every_choice_and_reference_has_its_drop_down(template: Workbook) -> None:
    lists = template["Lists"]
    for kind in RECORDS:
        rules = {str(rule.sqref): rule for rule in template[sheet_name(kind)].data_validations.dataValidation}
        for n, column in enumerate(columns(kind), 1):
            letter = get_column_letter(n)
            rule = rules.pop(f"{letter}3:{letter}1048576", None)
            if isinstance(column.kind, Choice):
                assert rule is not None
                area = str(rule.formula1).removeprefix("'Lists'!").replace("$", "")
                assert tuple(cell.value for (cell,) in lists[area]) == column.kind.words
                assert rule.showErrorMessage
            elif isinstance(column.kind, YesNo):
                assert rule is not None
                assert rule.formula1 == '"Yes,No"'
            elif column.refers_to:
                target = by_name(column.refers_to)
                key = key_of(target)
                assert rule is not None
                assert key is not None
                name, _, area = str(rule.formula1).rpartition("!")
                assert name == f"'{sheet_name(target)}'"
                assert template[sheet_name(target)][f"{area[1]}1"].value == key.label
                assert not rule.showErrorMessage  # a reference may be one that is in the file already
            else:
                assert rule is None
        assert rules == {}


def test_columns_are_formatted_before_anything_is_typed(template: Workbook) -> None:
    for kind in RECORDS:
        shown = template[sheet_name(kind)].column_dimensions
        for n, column in enumerate(columns(kind), 1):
            dimension = shown[get_column_letter(n)]
            assert dimension.number_format == column.kind.number_format
            assert 18 <= dimension.width <= 36


def test_the_first_sheet_leads_to_the_others(template: Workbook) -> None:
    first = template["Read me"]
    links = [cell.hyperlink.location for row in first.iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{sheet_name(kind)}'!A1" for kind in RECORDS]


def test_an_empty_template_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    assert [str(problem) for problem in proposed(path).problems] == [
        "There is nothing to import: no sheet has a row below its headings. The template's sheet “Read me” says how to fill it in."
    ]
    assert {len(sheet.rows) for sheet in read_workbook(path).sheets[1:-1]} == {2}
