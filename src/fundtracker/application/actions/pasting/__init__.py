"""A block copied from a spreadsheet as proposed records and changes of any kind: read (`read_block`), corrected (`read_again`), and
kept all or nothing (`keep_block`; `try_block` says beforehand what the rules would refuse). `block` has the shapes, `cells` and `rows` read them.
"""

from fundtracker.application.actions.pasting.block import (
    BlockProblem,
    BlockRow,
    Fields,
    Pasted,
    PastedRow,
    RowsRefused,
    many,
)
from fundtracker.application.actions.pasting.keep import keep_block, try_block
from fundtracker.application.actions.pasting.reading import MOST_ROWS, read_again, read_block

__all__ = [
    "MOST_ROWS", "BlockProblem", "BlockRow", "Fields", "Pasted", "PastedRow", "RowsRefused", "keep_block", "many", "read_again",
    "read_block", "try_block",
]  # fmt: skip
