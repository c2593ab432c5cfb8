"""A return as a PDF, drawn from its snapshot and from nothing else: the same snapshot always gives the same bytes."""

from collections.abc import Callable
from pathlib import Path

from fundtracker.domain.snapshot import Snapshot
from fundtracker.exports.pdf_pages import Paper, write_document
from fundtracker.returns import pdf_control, pdf_delivery, pdf_money
from fundtracker.returns.pdf_cover import cover, printed_fingerprint
from fundtracker.returns.pdf_summary import summary

_PARTS = (
    cover,
    summary,
    pdf_money.spend,
    pdf_money.costs,
    pdf_money.match,
    pdf_delivery.delivery,
    pdf_delivery.outputs,
    pdf_delivery.outcomes,
    pdf_delivery.risks,
    pdf_control.changes,
    pdf_control.grants,
    pdf_control.assets,
    pdf_money.underspend,
    pdf_control.checks,
)
"""The parts in the order of the workbook's sheets (product.md, section 4)."""


def write_pdf(snapshot: Snapshot, path: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Write the return to `path`, which the caller makes atomic. `progress` may raise to stop; no file is then written."""
    write_document(path, _paper(snapshot), (part(snapshot) for part in _PARTS), progress)


def _paper(snapshot: Snapshot) -> Paper:
    header = snapshot.header
    return Paper(
        title=f"{header.award} return, {header.quarter}",
        subject=f"{header.fund}, {header.round_name}: quarterly return to the {header.funder} for {header.months}",
        author=header.office,
        marking=header.marking,
        footer=f"Fingerprint {printed_fingerprint(header)}",
        draft=header.draft,
        banner=header.demonstration,
    )
