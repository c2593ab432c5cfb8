"""What an auditor's pack says: plain frozen values, gathered from one moment of the file. Index and first page are drawn from it alone."""

from dataclasses import dataclass
from datetime import date

from fundtracker.domain.money import Money, total
from fundtracker.domain.sampling import Sample
from fundtracker.domain.snapshot import CostRow
from fundtracker.exports.sheets import Value
from fundtracker.exports.styles import Show


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Whose pack it is, and the moment of the history it was made from."""

    name: str  # the folder in the zip
    subject: str  # "Return SSF5-VAWG 2024-25-Q2"
    title: str
    period: str
    office: str
    marking: str
    banner: str  # of a demonstration; empty otherwise
    draft: bool
    public: bool
    made_on: date
    program_version: str
    sequence: int
    seal: str
    contents_sha256: str  # of a submitted return; empty otherwise

    @property
    def fingerprint(self) -> str:
        """As `fundtracker verify --fingerprint` takes it."""
        return f"{self.sequence}:{self.seal}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document of the pack. `file` is its place beside the index; empty where it is missing, and `trouble` says why."""

    document_id: int
    name: str
    kind: str
    evidences: str
    what: str
    file: str
    sha256: str
    size: int
    trouble: str
    note: str


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line of cost behind a figure: its number in the index, and the papers that evidence it.

    `forms` are the partner's forms that reported it: they say that it was spent, and are no invoice. `withheld`: a public pack leaves
    out some of its papers.
    """

    number: int
    row: CostRow
    papers: tuple[Paper, ...]
    forms: tuple[Paper, ...] = ()
    withheld: bool = False

    @property
    def amount(self) -> Money:
        return self.row.amount

    @property
    def evidenced(self) -> bool:
        return any(paper.file for paper in self.papers)


@dataclass(frozen=True, slots=True)
class Part:
    """One figure, as the return says it, and the lines that make it up."""

    label: str
    figure: Money
    lines: tuple[CostLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A line of Spend: its parts add up to the whole; what stands apart (orders, spend not accepted) is in no sum."""

    number: int
    year: str
    reference: str
    title: str
    expense: str
    category: str
    parts: tuple[Part, ...]
    whole: Money
    apart: Part

    @property
    def lines(self) -> tuple[CostLine, ...]:
        return tuple(line for part in (*self.parts, self.apart) for line in part.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Every line, under the headings of their parts. `beside` is a figure that stands outside them all: corrections to earlier years.

    `claimed` names the parts that are claimed, and whose lines are sampled.
    """

    part_labels: tuple[str, ...]
    whole_label: str
    apart_label: str
    lines: tuple[FigureLine, ...]
    beside: Part
    claimed: tuple[str, ...]

    @property
    def cost_lines(self) -> tuple[CostLine, ...]:
        """All, in the order of their numbers."""
        return (*(line for each in self.lines for line in each.lines), *self.beside.lines)

    @property
    def whole(self) -> Money:
        return total(each.whole for each in self.lines)

    def claimed_lines(self) -> tuple[CostLine, ...]:
        return tuple(
            line
            for each in self.lines
            for part in each.parts
            if part.label in self.claimed
            for line in part.lines
        )

    def sum_of(self, label: str) -> Money:
        return total(part.figure for each in self.lines for part in each.parts if part.label == label)


@dataclass(frozen=True, slots=True)
class Missing:
    """What an auditor would look for and not find. `line` is the cost line it is about, 0 where it is about none."""

    what: str
    reference: str
    why: str
    amount: Money | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a public pack leaves out: how many, of what, and why."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a register. The sum of a totalled one is a live formula."""

    label: str
    width: float
    show: Show = Show.TEXT
    totalled: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A sheet of plain rows; `nothing` is said where it has none. A verdict column is coloured by its words."""

    name: str
    title: str
    told: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Value, ...], ...]
    nothing: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """A file of the return: its place beside the index, its SHA-256, and whether it is the very one that was submitted."""

    file: str
    sha256: str
    frozen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A whole pack, but for the bytes of its files."""

    cover: Cover
    tiles: tuple[tuple[str, str, str], ...]  # a figure's name, the figure, a word under it
    figures: Figures
    sample: Sample
    papers: tuple[Paper, ...]
    missing: tuple[Missing, ...]
    withheld: tuple[Withheld, ...]
    registers: tuple[Register, ...]
    return_files: tuple[ReturnFile, ...]

    def line(self, number: int) -> CostLine:
        """The cost line with a number, as the sample knows it."""
        return self.figures.cost_lines[number - 1]

    @property
    def files(self) -> tuple[Paper, ...]:
        """Papers whose file is in the pack, each file once."""
        return tuple({paper.file: paper for paper in self.papers if paper.file}.values())


def many(count: int, one: str, more: str = "") -> str:
    """ "1 file", "3 files"."""
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"
