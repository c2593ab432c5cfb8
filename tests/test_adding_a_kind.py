"""A new kind of record is its class, its name among RECORDS and a revision: its list, form and empty list come of that. Done in a scratch copy."""

import json
from pathlib import Path
from typing import Any

from scratch import Scratch

KIND = '''

VanId = NewType("VanId", int)


@record
class Van(Record):
    """A van of the office."""

    id: VanId
    reference: str = column("Registration", key=True)
    make: str = column("Make", searchable=True)
'''
ASKS = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from fundtracker.application.actions.records import add
from fundtracker.application.workspace import Workspace
from fundtracker.domain.organisations import Van
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.places import OTHER_PLACES, place_of

found = {}
app = QApplication([])
with Workspace.create(Path(sys.argv[1]) / "new.fundtracker") as w:
    window = MainWindow(w)
    found["place"] = place_of(Van) in OTHER_PLACES
    window.go(place_of(Van))
    wait_for_jobs()
    page = window.page
    found["empty"] = page.empty_words()
    add(w, Van, {"reference": "VX24 ABC", "make": "Vauxhall"})
    page.refresh()
    wait_for_jobs()
    found["list"] = [page.model.index(0, column).data() for column in range(page.model.columnCount())]
    page.choose(1)
    wait_for_jobs()
    found["form"] = {name: field.editor.value() for name, field in page.pane.form.fields.items()}
    window.deleteLater()
print(json.dumps(found))
"""


def test_a_kind_is_added_by_its_class_its_name_and_its_revision(tmp_path: Path) -> None:
    copy = Scratch(tmp_path / "copy")
    module = copy.package / "domain" / "organisations.py"
    module.write_text(module.read_text(encoding="utf-8") + KIND, encoding="utf-8")
    records = copy.package / "domain" / "records.py"
    source = records.read_text(encoding="utf-8")
    named = source.replace("    Priority,\n", "    Priority,\n    Van,\n")
    records.write_text(named, encoding="utf-8")
    assert named.count("    Van,\n") == 2, "imported, and among RECORDS"
    copy.revises("Add vans")
    (copy.folder / "asks.py").write_text(ASKS, encoding="utf-8")
    found: dict[str, Any] = json.loads(copy.runs("asks.py", str(tmp_path)).stdout.splitlines()[-1])
    assert found == {
        "place": True,
        "empty": "No vans yet.\nChoose Add to make the first.",
        "list": ["VX24 ABC", "Vauxhall"],
        "form": {"reference": "VX24 ABC", "make": "Vauxhall"},
    }
