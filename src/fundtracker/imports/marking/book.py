"""The workbook's own part: its sheets, the sheet of issues put first, the names that remember what a colour covered."""

import re
from dataclasses import dataclass, field
from typing import Final

from fundtracker.imports.limits import Limits, TooMuch
from fundtracker.imports.marking.package import Package
from fundtracker.imports.marking.xml_edits import (
    RELATED,
    RELATED_ID,
    SAVE_AGAIN,
    STRICT,
    Edits,
    Element,
    Visit,
    escaped,
    prefix_of,
    quoted,
    walk,
)

ISSUES: Final = "Issues"
"""The name of the sheet, where the workbook has no sheet of its own of that name."""
_OUR_SHEET = "_fundtracker_issues"
_OUR_FILL = re.compile(r"_fundtracker_fill_([0-9A-F]{6})")
_BEFORE_NAMES = frozenset(
    [
        "fileVersion",
        "fileSharing",
        "workbookPr",
        "workbookProtection",
        "bookViews",
        "sheets",
        "functionGroups",
        "externalReferences",
    ]
)
_TOP, _SHEET_PART = 1, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet of the workbook, by its name and its part; `kind` is "worksheet", "chartsheet" and so on."""

    name: str
    part: str
    kind: str
    hidden: bool
    element: Element


@dataclass(slots=True)
class _Found:
    """The elements that may have to change."""

    sheets: list[Element] = field(default_factory=list[Element])
    views: list[Element] = field(default_factory=list[Element])
    names: list[tuple[Element, str]] = field(default_factory=list[tuple[Element, str]])
    top: dict[str, Element] = field(default_factory=dict[str, Element])
    names_go_after: int = -1


class Book:
    """The workbook part of a package."""

    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self.part = package.main_part()
        self._data = package.read(self.part)
        self._found = _Found()
        self._root = self._survey(limits)
        if self._root.name != "workbook":
            strict = self._root.name.startswith(STRICT)
            raise TooMuch(
                f"It is saved as “Strict Open XML Spreadsheet”: {SAVE_AGAIN}."
                if strict
                else f"Its parts are not where a workbook has them: {SAVE_AGAIN}."
            )
        if "sheets" not in self._found.top:
            raise TooMuch(f"Its list of sheets is missing: {SAVE_AGAIN}.")
        self._relations = {relation.id: relation for relation in package.relations(self.part)}
        self.sheets = [sheet for element in self._found.sheets if (sheet := self._sheet(element)) is not None]
        self.issues = self._issues()

    def _survey(self, limits: Limits) -> Element:
        found, texts = self._found, list[str]()

        def start(_: Element) -> None:
            texts.clear()

        def end(element: Element) -> None:
            if element.depth == _TOP:
                found.top[element.name] = element
                if element.name in _BEFORE_NAMES:
                    found.names_go_after = element.end
            if element.name == "sheet" and element.depth == _TOP + 1:
                found.sheets.append(element)
            elif element.name == "workbookView":
                found.views.append(element)
            elif element.name == "definedName":
                found.names.append((element, "".join(texts)))

        return walk(self._data, Visit(start, end, texts.append), limits)

    def _sheet(self, element: Element) -> BookSheet | None:
        relation = self._relations.get(element.attributes.get(RELATED_ID, ""))
        if relation is None or relation.part not in self._package:
            return None
        hidden = element.attributes.get("state", "visible") != "visible"
        return BookSheet(element.attributes["name"], relation.part, relation.kind, hidden, element)

    def _issues(self) -> BookSheet | None:
        """The sheet of an earlier marking. One that was given a name of its own has become the partner's, and stays."""
        for element, text in self._found.names:
            if element.attributes.get("name") == _OUR_SHEET:
                name = text.rpartition("!")[0].removeprefix("$")
                if name[:1] == name[-1:] == "'":
                    name = name[1:-1].replace("''", "'")
                ours = name.startswith(ISSUES)
                return next(
                    (each for each in self.sheets if ours and each.name == name and each.kind == "worksheet"),
                    None,
                )
        return None

    @property
    def part_of_styles(self) -> str:
        for relation in self._relations.values():
            if relation.kind == "styles" and relation.part in self._package:
                return relation.part
        raise TooMuch(f"It has no styles, as every ordinary workbook has: {SAVE_AGAIN}.")

    def covered(self) -> dict[str, str]:
        """What each colour of an earlier marking covered, by the colour ("FAC9C4")."""
        found: dict[str, str] = {}
        for element, text in self._found.names:
            if match := _OUR_FILL.fullmatch(element.attributes.get("name", "")):
                found[match[1]] = text.strip().strip('"')
        return found

    def put_issues_first(self, issues: bytes, covered: dict[str, str]) -> None:
        """Write the sheet of issues (in its old place if it has one), make it the one that is shown, and keep our names."""
        edits = Edits(self._data)
        prefix = prefix_of(self._data, self._root)
        shift = 0
        if self.issues is not None:
            name, index = self.issues.name, self._found.sheets.index(self.issues.element)
            edits.set(self.issues.element, {"state": None})
            self._package.change(self.issues.part, issues)
            self._package.unrelate(self.issues.part)
        else:
            name, index, shift = self._free_sheet_name(), 0, 1
            self._add_sheet(edits, prefix, name, issues)
        for view in self._found.views:
            edits.set(view, {"activeTab": str(index), "firstSheet": "0"})
        self._names(edits, prefix, name, shift, covered)
        self._package.change(self.part, edits.result())

    def _free_sheet_name(self) -> str:
        taken = {element.attributes.get("name", "").casefold() for element in self._found.sheets}
        tried = (ISSUES, *(f"{ISSUES} ({n})" for n in range(2, len(taken) + 3)))
        return next(name for name in tried if name.casefold() not in taken)

    def _add_sheet(self, edits: Edits, prefix: str, name: str, issues: bytes) -> None:
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        self._package.change(part, issues)
        self._package.declare(part, _SHEET_PART)
        relation = self._package.relate(self.part, "worksheet", part)
        numbers = [int(element.attributes.get("sheetId", 0)) for element in self._found.sheets]
        new = f'<{prefix}sheet xmlns:r="{RELATED}" name="{quoted(name)}" sheetId="{max(numbers, default=0) + 1}" r:id="{relation}"/>'
        if self._found.sheets:
            edits.insert(self._found.sheets[0].start, new)
        else:
            edits.append(self._found.top["sheets"], new)

    def _names(self, edits: Edits, prefix: str, sheet: str, shift: int, covered: dict[str, str]) -> None:
        """Ours anew; those that belong to one sheet count the sheets from the first, which is a new one."""
        for element, _ in self._found.names:
            known = element.attributes.get("name", "")
            local = element.attributes.get("localSheetId", "")
            if known == _OUR_SHEET or _OUR_FILL.fullmatch(known):
                edits.remove(element)
            elif shift and local.isdecimal():
                edits.set(element, {"localSheetId": str(int(local) + shift)})
        doubled = sheet.replace("'", "''")
        said = {
            _OUR_SHEET: f"'{doubled}'!$A$1",
            **{f"_fundtracker_fill_{key}": f'"{text}"' for key, text in covered.items()},
        }
        ours = "".join(
            f'<{prefix}definedName name="{name}" hidden="1">{escaped(text)}</{prefix}definedName>'
            for name, text in said.items()
        )
        if "definedNames" in self._found.top:
            edits.append(self._found.top["definedNames"], ours)
        else:
            whole = f"<{prefix}definedNames>{ours}</{prefix}definedNames>"
            edits.insert(self._found.names_go_after, whole)
