"""The main job's facts, for the test by keys and the test by mouse: one invoice, what the award and the return then say."""

from io import BytesIO

from pypdf import PdfReader

from fundtracker.application.workspace import Workspace
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage import frozen
from fundtracker.ui.views.record_page import RecordPage

RETURN = "SSF5-VAWG 2024-25-Q2"
REASON = "Two sessions moved to October"
COST = (
    ("Intervention", "Training"),
    ("Supplier", "Penhallow Training"),
    ("Invoice no.", "T-2"),
    ("Received", "10/9/24"),
    ("Invoiced", "12/9/24"),
    ("Net", "£500"),
    ("Capital or resource", "Resource"),
    ("Cost category", "Staff"),
)
SIGNATURES = (
    ("Prepared by", "Safer Streets co-ordinator"),
    ("Checked by", "Commissioning manager"),
    ("Signed by", "Office finance lead"),
    ("Signed as", "Chief Finance Officer"),
)


def left_on_the_award(page: RecordPage) -> str:
    """What the head of the award's page and its grid say is left; both say the same."""
    shown = page.head.money.text().rpartition("left ")[2]
    figures = page.made[0]
    rows = {row.name: row.cells for row in figures.grid.rows}
    assert shown == f"£{rows['Left'][-1]}"
    return shown


def frozen_pdf(workspace: Workspace, held: FunderReturn) -> bytes:
    """The bytes the file keeps of a submitted return."""
    with workspace.database.reader() as conn:
        (kept,) = (each for each in frozen.files(conn, held.id) if each.name.endswith(".pdf"))
    return kept.content


def words_of(data: bytes) -> str:
    """The text of a PDF, its lines joined."""
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages)
