"""What the tests of a return's page share: who signs, and the return as it is now held."""

from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.views.return_page import ReturnPage

LONG = 60_000
"""Milliseconds: a return's files are drawn within them on any machine."""
SIGNATURES = (
    ("prepared_by", "Safer Streets co-ordinator"),
    ("checked_by", "Commissioning manager"),
    ("signed_by", "Chief Finance Officer"),
    ("signed_role", "Chief Finance Officer"),
)


def held(page: ReturnPage) -> FunderReturn:
    return page.workspace.get(FunderReturn, page.return_id)
