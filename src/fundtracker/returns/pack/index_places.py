"""Where each block of cost lines, each paper and each gap stands in the index, worked out before anything is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from fundtracker.returns.pack.contents import Contents, CostLine, FigureLine, Paper, Part


@dataclass(frozen=True, slots=True)
class Block:
    """One figure's lines on Costs: its heading, first and last line, and its subtotal. Without lines it has no rows of its own."""

    part: Part
    top: int
    first: int
    last: int
    subtotal: int


@dataclass(frozen=True, slots=True)
class Group:
    """A line of Spend on Costs: its heading, its blocks, and the row of its whole."""

    line: FigureLine
    top: int
    blocks: tuple[Block, ...]
    whole: int
    apart: Block | None


@dataclass(frozen=True)
class IndexPlaces:
    """The rows of one pack's index."""

    contents: Contents

    @property
    def head(self) -> int:
        """Rows at the head of each sheet: title, whose, the way back, what it tells, and the banner of a draft."""
        return 5 if self.contents.cover.draft else 4

    @property
    def body(self) -> int:
        """The first row under the headings."""
        return self.head + 2

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        found: list[Group] = []
        row = self.body
        for line in self.contents.figures.lines:
            top, row, blocks = row, row + 1, list[Block]()
            for part in line.parts:
                if part.lines or part.figure:
                    block, row = _block(part, row)
                    blocks.append(block)
            whole, row = row, row + 1
            apart = None
            if line.apart.lines or line.apart.figure:
                apart, row = _block(line.apart, row)
            found.append(Group(line, top, tuple(blocks), whole, apart))
            row += 1  # one row left empty
        return tuple(found)

    @cached_property
    def total(self) -> int:
        """The row of the whole of all groups."""
        last = self.groups[-1] if self.groups else None
        if last is None:
            return self.body
        return (last.apart.subtotal if last.apart else last.whole) + 2

    @cached_property
    def beside(self) -> Block | None:
        part = self.contents.figures.beside
        return _block(part, self.total + 2)[0] if part.lines or part.figure else None

    @cached_property
    def _line_rows(self) -> dict[int, int]:
        return {
            line.number: row
            for block in self._blocks()
            for row, line in enumerate(block.part.lines, block.first)
        }

    def row_of_line(self, line: CostLine) -> int:
        """On Costs."""
        return self._line_rows[line.number]

    def _blocks(self) -> Iterator[Block]:
        for group in self.groups:
            yield from group.blocks
            if group.apart:
                yield group.apart
        if self.beside:
            yield self.beside

    @cached_property
    def _paper_rows(self) -> dict[tuple[int, str], int]:
        return {
            (each.document_id, each.evidences): self.body + n for n, each in enumerate(self.contents.papers)
        }

    def row_of_paper(self, paper: Paper) -> int:
        """On Evidence."""
        return self._paper_rows[paper.document_id, paper.evidences]

    @cached_property
    def missing_rows(self) -> dict[int, int]:
        """On Missing, by the number of the cost line."""
        return {each.line: self.body + n for n, each in enumerate(self.contents.missing) if each.line}


def _block(part: Part, top: int) -> tuple[Block, int]:
    first = top + 1
    last = first + len(part.lines) - 1
    return Block(part, top, first, last, last + 1), last + 2
