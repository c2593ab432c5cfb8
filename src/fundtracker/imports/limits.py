"""How much a workbook from outside may hold and take. One object, sent to the child process as JSON."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds are the parent's clock; sizes are bytes; rows and columns are those of one sheet, empty ones not counted."""

    seconds: float = 60.0
    memory: int = 2**30
    sheets: int = 250
    rows: int = 250_000
    columns: int = 256
    cells: int = 2_500_000
    """That hold something, in all sheets together."""
    texts: int = 750_000
    """Different ones, kept apart from the cells that show them."""
    elements: int = 1_000_000
    """Of XML, beside the texts and the cells that hold something: what bounds the time that nothing at all can take."""
    output: int = 100 * 2**20
    """What the child may hand back: one long text may be shown in a million cells."""


class TooMuch(Exception):  # noqa: N818 - a refusal on its way to the user
    """A bound is passed, or the workbook holds what no ordinary one does; the message says what to do."""
