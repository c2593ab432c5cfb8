"""Filling an import template as a person would, heading by heading; and what a file holds, told without ids."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from fundtracker.application.actions.importing import write_import_template
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record, columns, key_of
from fundtracker.domain.records import RECORDS, by_name

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""For each sheet its rows, each a value for each heading."""
FIRST_ROW = 3
"""Below the headings and the guidance."""


def fill(path: Path, sheets: Rows) -> Path:
    """A template at `path` with these rows in it."""
    write_import_template(path)
    workbook = load_workbook(path)
    for name, rows in sheets.items():
        sheet = workbook[name]
        headings = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
        for number, row in enumerate(rows, FIRST_ROW):
            for heading, value in row.items():
                sheet.cell(number, headings[heading]).value = value
    workbook.save(path)
    return path


def contents(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Every record by its values, references as people know them: ids and versions may differ between files."""
    held: dict[type[Record], tuple[Record, ...]] = {kind: workspace.select(kind) for kind in RECORDS}
    names = {
        (kind.__name__, each.id): getattr(each, key.name)
        for kind, items in held.items()
        if (key := key_of(kind))
        for each in items
    }

    def value(item: Record, name: str, refers_to: str | None) -> Any:
        found = getattr(item, name)
        return names[by_name(refers_to).__name__, found] if refers_to and found is not None else found

    return {
        kind.__name__: sorted(
            (tuple(value(each, column.name, column.refers_to) for column in columns(kind)) for each in items),
            key=repr,
        )
        for kind, items in held.items()
    }
