"""A form with all that a form may have, and what is looked at in the copy of it that was marked."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

from defusedxml import ElementTree
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from fundtracker.domain.partner_forms.said import FormProblem
from fundtracker.domain.problems import Severity
from fundtracker.imports.marking import mark_up
from fundtracker.imports.reader import read_workbook

WELSH = "Cŵm Tâf's costs"
RED, AMBER = "FAC6C", "FFE08"
"""Of a shade, all but its last step."""
NET = "Net is “12 quid”: type it in pounds, such as 12.50."
ABOVE = "Spend is above the forecast: say why in the narrative."
FORMULA = "=HYPERLINK(1) stands here: {row} & <t>type</t> the day."
PROBLEMS = (
    FormProblem(check="above", message=ABOVE, severity=Severity.WARNING, places=("Costs!C3", "Costs!C4")),
    FormProblem(check="net", message=NET, places=("Costs!C4", "'Costs'!$C$6")),
    FormProblem(check="day", message=FORMULA, places=tuple(f"Costs!E{row}" for row in range(2, 20))),
    FormProblem(check="merged", message="Say it once.", severity=Severity.WARNING, places=("Costs!H7",)),
    FormProblem(check="beyond", message="Nothing belongs here.", places=("Costs!J60", f"{WELSH}!B3")),
    FormProblem(check="twice", message="This row stands twice.", places=("Costs!12",)),
    FormProblem(check="about", message="It names another form.", places=("About!B1", "Risks!A1")),
    FormProblem(check="old", message="It is of an old template.", severity=Severity.WARNING),
    FormProblem(check="sorted", message="Rows were sorted.", severity=Severity.NOTE, places=("Costs!B2",)),
)
MARKED = {
    "Costs": {
        "C3": AMBER, "C4": RED, "C6": RED, "G5": AMBER, "J60": RED, "B12": RED, **{f"E{row}": RED for row in range(2, 20)},
    },
    WELSH: {"B3": RED},
    "About": {"B1": RED},
}  # fmt: skip


def form_in(folder: Path) -> Path:
    """A protected form with all that a form may have, which is shown on its second sheet."""
    book = Workbook()
    book.worksheets[0].title = "Start"
    costs = book.create_sheet("Costs")
    costs.append(["Row key", "Supplier", "Net", "VAT", "Received"])
    for row in range(2, 40):
        costs.append([f"COST-{row:03}", f"Supplier {row}", row * 10.5, f"=C{row}*0.2"])
        cell: Any = costs[f"C{row}"]
        cell.number_format, cell.fill = "#,##0.00", PatternFill("solid", fgColor="FFFBE6")
        cell.protection, cell.border = Protection(locked=False), Border(bottom=Side("thin", color="D0D5DD"))
    costs.column_dimensions["A"].hidden = True
    costs["C3"].comment = Comment("Is this with VAT?", "Finance officer")
    costs["D9"].comment = Comment("Agreed.", "Finance officer")
    costs.merge_cells("G5:H7")
    choice = DataValidation("whole", operator="greaterThan", formula1="0", sqref="C2:C39")
    costs.add_data_validation(choice)
    red = DifferentialStyle(fill=PatternFill(bgColor="FF0000"))
    rule = Rule("cellIs", operator="lessThan", formula=["0"], dxf=red)
    costs.conditional_formatting.add("D2:D39", rule)
    costs.protection.sheet = True
    costs.print_title_rows, costs.auto_filter.ref = "1:1", "A1:E39"
    book.create_sheet(WELSH)["A1"] = "Helô"
    book.create_sheet("About")["A1"] = "template"
    book["About"].sheet_state = "hidden"
    book.create_sheet("Narrative")["A1"] = "What was done?"
    book.defined_names["Suppliers"] = DefinedName("Suppliers", attr_text="Costs!$B$2:$B$39")
    book.active = 1
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == "Costs"
    path = folder / "form.xlsx"
    book.save(path)
    return path


def marked(source: Path, *problems: FormProblem, name: str = "marked.xlsx") -> Path:
    out = source.with_name(name)
    mark_up(source, problems, out, title="FORM-0003, 2024/25 Q2", office="=The office")
    return out


def problem(message: str, *places: str) -> FormProblem:
    return FormProblem(check="x", message=message, places=places)


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def fills(path: Path) -> dict[str, dict[str, str]]:
    """The colours of all filled cells, sheet by sheet."""
    book: Any = load_workbook(path)
    return {
        sheet.title: {
            cell.coordinate: cell.fill.fgColor.rgb[-6:]
            for row in sheet.iter_rows()
            for cell in row
            if cell.fill.patternType
        }
        for sheet in book.worksheets
        if sheet.title != "Issues"
    }


def comments(path: Path) -> dict[str, str]:
    book: Any = load_workbook(path)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def everything_else(path: Path) -> dict[str, Any]:
    """All that openpyxl knows of a workbook, but for our sheet, our names, fills, comments and empty cells."""
    book: Any = load_workbook(path)
    names = {name: each.attr_text for name, each in book.defined_names.items() if "fundtracker" not in name}
    found: dict[str, Any] = {"names": names}
    for sheet in book.worksheets:
        if sheet.title == "Issues":
            continue
        cells = {
            cell.coordinate: (
                cell.value, cell.number_format, repr(cell.font), repr(cell.border), repr(cell.protection), repr(cell.alignment),
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or (cell.has_style and not cell.fill.patternType)
        }  # fmt: skip
        found[sheet.title] = {
            "cells": {place: cell for place, cell in cells.items() if cell[0] is not None},
            "validations": [repr(each) for each in sheet.data_validations.dataValidation],
            "formats": [
                (str(area.sqref), [repr(rule) for rule in area.rules])
                for area in sheet.conditional_formatting
            ],
            "merged": sorted(map(str, sheet.merged_cells.ranges)),
            "hidden": {letter: each.hidden for letter, each in sheet.column_dimensions.items()},
            "protection": repr(sheet.protection),
            "state": sheet.sheet_state,
            "printed": (sheet.print_title_rows, sheet.auto_filter.ref),
        }
    return found


def lines(path: Path) -> list[tuple[Any, ...]]:
    """The list on the first sheet: kind, sheet, cell, message, and where the cell's link leads."""
    sheet: Any = load_workbook(path)["Issues"]
    rows = list(sheet.iter_rows())
    first = next(n for n, row in enumerate(rows) if row[0].value == "Kind")
    return [
        (*(cell.value for cell in row), row[2].hyperlink and row[2].hyperlink.location)
        for row in rows[first + 1 :]
    ]


ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]


def boxed(found: dict[str, bytes]) -> set[tuple[int, int]]:
    """Row and column of every comment's box, of all sheets together."""
    space = "{urn:schemas-microsoft-com:office:excel}"
    return {
        (int(shape.findtext(f"{space}Row") or "") + 1, int(shape.findtext(f"{space}Column") or "") + 1)
        for name, data in found.items()
        if name.endswith(".vml")
        for shape in ElementTree.fromstring(data).iter(f"{space}ClientData")
    }


def noted(found: dict[str, bytes]) -> set[tuple[int, int]]:
    """Row and column of every comment."""
    return {
        coordinate_to_tuple(each.attrib["ref"])
        for name, data in found.items()
        if name.startswith("xl/comments")
        for each in ElementTree.fromstring(data).iter()
        if each.tag.endswith("}comment")
    }


def assert_sound(path: Path) -> None:
    """What Excel asks of a package: elements in their order, counts that are right, and relations that lead somewhere."""
    found = parts(path)
    declared = found["[Content_Types].xml"].decode()
    for name, data in found.items():
        root = ElementTree.fromstring(data) if name.endswith((".xml", ".rels", ".vml")) else None
        if root is None:
            continue
        if name.startswith("xl/worksheets/sheet"):
            order = [ORDER.index(child.tag.rpartition("}")[2]) for child in root]
            assert order == sorted(order), name
        if name.endswith(".rels"):
            folder = name.partition("_rels/")[0]
            for relation in root:
                target = relation.attrib["Target"]
                full = target.lstrip("/") if target.startswith("/") else str(Path(folder, target))
                assert str(Path("/", full).resolve()).lstrip("/") in found
            assert len({relation.attrib["Id"] for relation in root}) == len(root)
        elif name != "[Content_Types].xml":
            assert f'"/{name}"' in declared or f'Extension="{name.rpartition(".")[2]}"' in declared
    for group in ElementTree.fromstring(found["xl/styles.xml"]):
        if "count" in group.attrib:
            assert int(group.attrib["count"]) == len(group), group.tag
    assert boxed(found) == noted(found)
    read_workbook(path)  # refuses rows or cells out of order
