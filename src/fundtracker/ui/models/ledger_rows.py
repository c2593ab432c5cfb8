"""Rows of the finance ledger's tables: what a line paid for or may have, how sure that is by word and number, and why."""

from collections.abc import Sequence

from fundtracker.application.actions.ledger.looking import LineLooked
from fundtracker.application.ledger_scoring import Suggestion
from fundtracker.domain.costs import Cost
from fundtracker.domain.grants import Instalment
from fundtracker.domain.ledger import LedgerLine
from fundtracker.domain.periods import short_date
from fundtracker.ui.models.figures_table import Heading, TableRow

SURE, LIKELY = 95, 70
"""Per cent from which a suggestion is called so."""
OF_LINE = (
    Heading("How sure", 15, help="Matched, or how sure the program is of what it suggests"),
    Heading("Cost or instalment", 34),
    Heading("Amount", 12, right=True),
    Heading("Why", 44),
)
OF_MANY = (
    Heading("How sure", 15),
    Heading("Line", 36),
    Heading("Amount", 12, right=True),
    Heading("Cost or instalment", 40),
    Heading("Why", 20),
)


def how_sure(confidence: int) -> str:
    """ "✓ Sure, 99%", "Likely, 88%", "? Perhaps, 46%"."""
    if confidence >= SURE:
        return f"✓ Sure, {confidence}%"
    return f"Likely, {confidence}%" if confidence >= LIKELY else f"? Perhaps, {confidence}%"


def line_in_words(line: LedgerLine) -> str:
    """ "L-00001 25/01/2024 ILLUSTRATIVE LTD"."""
    return f"{line.reference} {short_date(line.posted_on)} {line.supplier or line.description}".strip()


def rows_of_line(looked: LineLooked) -> tuple[TableRow, ...]:
    """What it is matched to, then what it may have paid for. A row's key is the LedgerMatch, the Combination or the Suggestion."""
    matched = [
        TableRow(
            ("= Matched", each.words, each.match.amount.shown, each.match.reason),
            target=_target(each.match.cost_id, each.match.instalment_id),
            key=each.match,
            bold=True,
        )
        for each in looked.paid
    ]
    suggested = [
        TableRow(
            (how_sure(each.confidence), words, each.amount.shown, each.reason),
            target=_target(
                each.cost.id if each.cost else None, each.instalment.id if each.instalment else None
            ),
            key=each,
        )
        for each, words in looked.suggestions
    ]
    together = [
        TableRow(("Adds up", words, looked.left.shown, each.reason), key=each)
        for each, words in looked.together
    ]
    return (*matched, *together, *suggested)


def rows_of_many(suggestions: Sequence[Suggestion], words: Sequence[str]) -> tuple[TableRow, ...]:
    return tuple(
        TableRow(
            (how_sure(each.confidence), line_in_words(each.line), each.amount.shown, called, each.reason),
            key=each,
        )
        for each, called in zip(suggestions, words, strict=True)
    )


def _target(cost_id: int | None, instalment_id: int | None) -> tuple[str, int] | None:
    if cost_id is not None:
        return Cost.__name__, cost_id
    return (Instalment.__name__, instalment_id) if instalment_id is not None else None
