"""docs/architecture.md says how a column is added: a line in the record, a revision, nothing else. Done here in a scratch copy.

Then the program itself is asked: the database, the table, the form, search, the list export, the import template, an import.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from scratch import Scratch

LINE = 'colour: str = column("Colour of the van", default="", help="As in the log book", searchable=True)'
ASKS = """
import json, sqlite3, sys
from pathlib import Path
from fundtracker.application.actions.records import add, edit
from fundtracker.application.actions.importing import import_workbook, write_import_template
from fundtracker.application.actions.listing import export_list
from fundtracker.application.workspace import Workspace
from fundtracker.domain.grants import Grant
from fundtracker.domain.organisations import Organisation, OrganisationKind
from fundtracker.storage.queries import ListQuery
from fundtracker.storage.verify import verify
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

found = {}
folder = Path(sys.argv[1])
path = folder / "new.fundtracker"
app = QApplication([])
with Workspace.create(path) as w:
    council = add(w, Organisation, {"name": "Stroud", "kind": OrganisationKind.COUNCIL})
    grant = add(w, Grant, {"reference": "G-1", "title": "Lights", "recipient_id": council.id})
    grant = edit(w, grant, colour="Aubergine")
    found["database"] = sqlite3.connect(path).execute('SELECT colour FROM "grant"').fetchall()

    from fundtracker.ui.bridge import wait_for_jobs
    from fundtracker.ui.models.record_table import RecordTableModel
    from fundtracker.ui.views.record_form import RecordForm

    table = RecordTableModel(w, Grant)
    table.refresh()
    heads = [table.headerData(n, Qt.Orientation.Horizontal) for n in range(table.columnCount())]
    place = heads.index("Colour of the van")
    found["table"] = table.index(0, place).data()
    form = RecordForm(w, Grant)
    form.show_record(grant)
    found["form"] = [form.fields["colour"].column.label, form.fields["colour"].editor.value(), form.fields["colour"].column.help]
    found["search"] = [w.lists.count(ListQuery(Grant, search=words)) for words in ("auberg", "turquoise")]

    export_list(w, ListQuery(Grant), folder / "grants.xlsx")
    sheet = load_workbook(folder / "grants.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heading = next(n for n, row in enumerate(rows) if "Colour of the van" in row)
    found["export"] = rows[heading + 1][rows[heading].index("Colour of the van")]

    write_import_template(folder / "template.xlsx")
    book = load_workbook(folder / "template.xlsx")
    sheet = book["Grants"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    found["template"] = sum(cell.value == "Colour of the van" for cell in cells)
    found["guidance"] = any("As in the log book" in str(cell.value) for cell in cells)
    heads = next(row for row in sheet.iter_rows() if any(cell.value == "Colour of the van" for cell in row))
    below = sheet.max_row + 1
    for cell in heads:
        value = {"Reference": "G-2", "Title": "Gates", "Recipient": "Stroud", "Colour of the van": "Ochre"}.get(cell.value)
        if value:
            sheet.cell(below, cell.column, value)
    book.save(folder / "filled.xlsx")
    import_workbook(w, folder / "filled.xlsx")
    found["import"] = w.find(Grant, "G-2").colour
    found["undone"] = (w.undo(), w.undo(), w.get(Grant, 1).colour)[2]
    wait_for_jobs()
    with w.database.reader() as c:
        found["faults"] = [p.message for p in verify(c)]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """The two steps of docs/architecture.md, and nothing else."""
    copy = Scratch(tmp_path_factory.mktemp("column"))
    copy.add_column("grants", "Grant", LINE)
    revision = copy.revises("Add colour to grants")
    assert (
        "op.add_column('grant', sa.Column('colour', sa.Text(), server_default=sa.text(\"''\"), nullable=False))"
        in revision
    )
    return copy


def test_a_column_is_added_by_one_line_and_its_revision(scratch: Scratch, tmp_path: Path) -> None:
    (scratch.folder / "asks.py").write_text(ASKS, encoding="utf-8")
    found: dict[str, Any] = json.loads(scratch.runs("asks.py", str(tmp_path)).stdout.splitlines()[-1])
    assert found == {
        "database": [["Aubergine"]],
        "table": "Aubergine",
        "form": ["Colour of the van", "Aubergine", "As in the log book"],
        "search": [1, 0],
        "export": "Aubergine",
        "template": 1,
        "guidance": True,
        "import": "Ochre",
        "undone": "",
        "faults": [],
    }


def test_the_page_names_this_test_and_the_steps() -> None:
    page = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert "tests/test_adding_a_column.py" in page
    assert 'python run.py revision "Add colour to grants"' in page
