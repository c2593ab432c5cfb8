"""CORPUS: workbooks as nobody should send them. Each says what it is, and is made of any sound workbook, a form or a list of records.

`gate_worker` tries each against every reader. What a fault is called comes first, so that a failing test names it.
"""

from imports.hostile_base import Hostile
from imports.hostile_cells import CELLS, STYLED
from imports.hostile_packages import KINDS, PARTS, XML, ZIPS

CORPUS: tuple[Hostile, ...] = (*ZIPS, *KINDS, *XML, *PARTS, *CELLS, *STYLED)
