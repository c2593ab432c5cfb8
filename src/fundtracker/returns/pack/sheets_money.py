"""Figures, Costs and Sample of the index: from a figure of the return to the lines that make it up, and from a line to its evidence."""

from collections.abc import Sequence

from fundtracker.domain.money import Money, total
from fundtracker.exports.sheets import Cell, Highlight, Sheet, Value, cell_at, on_sheet
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.pack.contents import Contents, CostLine, Figures, Paper, many
from fundtracker.returns.pack.index_places import Block, Group, IndexPlaces
from fundtracker.returns.pack.sheet_parts import (
    COSTS,
    EVIDENCE,
    FIGURES,
    MISSING,
    NOT_HELD,
    SAMPLE,
    WITHHELD,
    begin,
    headings,
    to_file,
    to_place,
)
from fundtracker.returns.workbook_parts import (
    filled,
    height_of,
    money,
    money_width,
    paragraph,
    place,
    say,
    section,
    sum_of,
)

TIES, BROKEN = "Ties", "Doesn't tie"
_MOST_EVIDENCE = 3
"""Papers of a line that have a cell of their own; more stand together on Evidence."""
_FIRST_FIGURE = 7
_COST_FIELDS: tuple[tuple[str, float, Show], ...] = (
    ("Line", 8, Show.COUNT), ("Cost", 11, Show.TEXT), ("Evidence", 34, Show.WRAPPED), ("Amount £", 14, Show.MONEY),
    ("Supplier", 28, Show.WRAPPED), ("Invoice no.", 14, Show.WRAPPED), ("Description", 34, Show.WRAPPED), ("Part", 13, Show.TEXT),
    ("In return of", 12, Show.TEXT), ("Counts in", 12, Show.TEXT), ("Received", 12, Show.DATE), ("Invoiced", 12, Show.DATE),
    ("Paid", 12, Show.DATE), ("Net £", 13, Show.MONEY), ("VAT £", 12, Show.MONEY_DASH), ("VAT recoverable?", 12, Show.CENTRED),
    ("Eligible £", 13, Show.MONEY), ("of which accrued £", 13, Show.MONEY_DASH), ("Onward grant", 15, Show.WRAPPED),
    ("Ledger code", 14, Show.WRAPPED), ("Reversal of", 11, Show.TEXT), ("Reason", 34, Show.WRAPPED),
)  # fmt: skip
EVIDENCE_AT, AMOUNT_AT = 3, 4
"""Columns of Costs: the first of the cells that open evidence, and the amount, before any more evidence."""


# Figures


def figures_sheet(contents: Contents, places: IndexPlaces) -> Sheet:
    """Each line of Spend and its figures; each figure leads to its block on Costs, which adds up to it."""
    figures = contents.figures
    labels = [
        *figures.part_labels,
        figures.whole_label,
        "Cost lines come to",
        "Difference",
        figures.apart_label,
    ]
    wide = money_width([each.whole for each in figures.lines], least=14)
    heads: list[tuple[str, float, Show]] = [
        ("No.", 6, Show.COUNT), ("Year", 9, Show.TEXT), ("Intervention", 15, Show.TEXT), ("Title", 40, Show.WRAPPED),
        ("Capital or resource", 11, Show.TEXT), ("Category", 20, Show.WRAPPED), *((each, wide, Show.MONEY) for each in labels), ("Result", 12, Show.TEXT),
    ]  # fmt: skip
    told = "Click a figure to see the lines of cost that make it up, then the evidence beside a line to open it. “Cost lines come to” adds them up here again."
    sheet = begin(FIGURES, "Figures", told, contents.cover, [width for _, width, _ in heads])
    if not figures.lines:
        say(sheet, "Nothing was spent, claimed or ordered.")
        return sheet
    headings(sheet, heads)
    first = sheet.next_row
    for group in places.groups:
        _figure_row(sheet, group, figures.part_labels)
    _figure_totals(sheet, contents, places, first, len(heads))
    at = len(heads)
    cells = f"{cell_at(first, at)}:{cell_at(sheet.next_row - 1, at)}"
    top = cell_at(first, at)
    sheet.highlights.append(Highlight(cells, f'{top}="{TIES}"', Look.OK))
    sheet.highlights.append(Highlight(cells, f'{top}="{BROKEN}"', Look.BAD))
    return sheet


def _figure_row(sheet: Sheet, group: Group, labels: Sequence[str]) -> None:
    line, row = group.line, sheet.next_row
    blocks = {block.part.label: block for block in group.blocks}
    cells: list[Cell | Value] = [
        to_place(line.number, COSTS, f"A{group.top}", Show.COUNT), line.year, line.reference, Cell(line.title, Style(Look.BODY, Show.WRAPPED)),
        line.expense, Cell(line.category, Style(Look.BODY, Show.WRAPPED)),
    ]  # fmt: skip
    cells += [_figure(part.figure, blocks.get(part.label)) for part in line.parts]
    whole_at = _FIRST_FIGURE + len(labels)
    added = total(each.amount for part in line.parts for each in part.lines)
    cells += [
        to_place(line.whole, COSTS, f"A{group.top}", Show.MONEY),
        money(added, on_sheet(COSTS, cell_at(group.whole, AMOUNT_AT)), show=Show.MONEY),
        money(
            line.whole - added,
            f"ROUND({cell_at(row, whole_at)}-{cell_at(row, whole_at + 1)},2)",
            show=Show.MONEY,
        ),
        _figure(line.apart.figure, group.apart),
        _result(line.whole - added, cell_at(row, whole_at + 2)),
    ]
    sheet.add(*cells, height=height_of((line.title, 40), (line.category, 20)))


def _figure(amount: Money, block: Block | None) -> Cell:
    if block is None:
        return money(amount)
    return to_place(amount, COSTS, f"A{block.top}", Show.MONEY)


def _result(difference: Money, at: str) -> Cell:
    words = BROKEN if difference else TIES
    return Cell(words, Style(Look.BODY, Show.GENERAL), formula=f'IF(ROUND({at},2)=0,"{TIES}","{BROKEN}")')


def _figure_totals(sheet: Sheet, contents: Contents, places: IndexPlaces, first: int, columns: int) -> None:
    """One row of sums, or one for each financial year: years are never added together."""
    figures = contents.figures
    for year in dict.fromkeys(each.year for each in figures.lines):
        lines = [each for each in figures.lines if each.year == year]
        rows = [n for n, each in enumerate(figures.lines, first) if each.year == year]
        row, area = sheet.next_row, (rows[0], rows[-1])
        sums = [total(each.parts[n].figure for each in lines) for n in range(len(figures.part_labels))]
        whole = total(each.whole for each in lines)
        added = total(line.amount for each in lines for part in each.parts for line in part.lines)
        amounts = [*sums, whole, added, whole - added, total(each.apart.figure for each in lines)]
        cells: list[Cell | Value] = ["Total", year, None, None, None, None]
        cells += [
            money(each, sum_of(at, *area), look=Look.TOTAL, show=Show.MONEY)
            for at, each in enumerate(amounts, _FIRST_FIGURE)
        ]
        at = _FIRST_FIGURE + len(figures.part_labels) + 2
        sheet.add(*cells, _result(whole - added, cell_at(row, at)), look=Look.TOTAL, height=19)
        if figures.claimed != figures.part_labels:
            _claim_row(sheet, figures, row, columns)
    if places.beside is not None:
        part = figures.beside
        cells = filled([part.label, None, None, None, None, None], _FIRST_FIGURE - 1)
        whole_at = len(figures.part_labels)
        figure = to_place(part.figure, COSTS, f"A{places.beside.top}", Show.MONEY)
        sheet.add(*filled([*cells, *([None] * whole_at), figure], columns), look=Look.BODY, height=18)


def _claim_row(sheet: Sheet, figures: Figures, totals: int, columns: int) -> None:
    """What is claimed, under the first of the figures that make it up."""
    places = [at for at, label in enumerate(figures.part_labels, _FIRST_FIGURE) if label in figures.claimed]
    sums = "+".join(cell_at(totals, at) for at in places)
    claim = total(figures.sum_of(label) for label in figures.claimed)
    label = "Claim: " + " and ".join(each[:1].lower() + each[1:] for each in figures.claimed)
    before = filled([label], places[0] - 1)
    cell = money(claim, f"ROUND({sums},2)", look=Look.TOTAL, show=Show.MONEY)
    sheet.add(*filled([*before, cell], columns), look=Look.TOTAL, height=19)


# Costs


def costs_sheet(contents: Contents, places: IndexPlaces) -> Sheet:
    """Every line behind the figures, block by block; each block's subtotal is live, and stands beside what the return says."""
    figures = contents.figures
    fields = _fields(figures.cost_lines)
    told = "A block for each figure, with its sum and what the figure is. The evidence beside a line opens from here; what is missing says so in red. A heading leads back to Figures."
    sheet = begin(
        COSTS, "Cost lines behind the figures", told, contents.cover, [width for _, width, _ in fields]
    )
    sheet.large = True
    if not figures.cost_lines and not places.groups:
        say(sheet, "No cost stands behind any figure.")
        return sheet
    headings(sheet, fields)
    sheet.frozen_columns = 2
    drawer = _Costs(sheet, contents, places, fields)
    for group in places.groups:
        drawer.group(group)
    drawer.whole()
    return sheet


def _fields(lines: Sequence[CostLine]) -> list[tuple[str, float, Show]]:
    """The columns; as many for evidence as a line needs, three at most, behind the amount."""
    most = min(_MOST_EVIDENCE, max((len(each.papers or (1,)) + len(each.forms) for each in lines), default=1))
    more = [(f"Evidence {n}", 30.0, Show.WRAPPED) for n in range(2, most + 1)]
    return [*_COST_FIELDS[:AMOUNT_AT], *more, *_COST_FIELDS[AMOUNT_AT:]]


class _Costs:
    """Fills the sheet from the top, in step with IndexPlaces."""

    def __init__(
        self, sheet: Sheet, contents: Contents, places: IndexPlaces, fields: Sequence[tuple[str, float, Show]]
    ) -> None:
        self._sheet, self._contents, self._places, self._fields = sheet, contents, places, fields
        self._columns = len(fields)
        self._more = self._columns - len(_COST_FIELDS)

    def group(self, group: Group) -> None:
        line, sheet = group.line, self._sheet
        words = f"{line.number}. {line.reference} {line.title}: {line.expense.lower()}, {line.category}, {line.year}"
        back = place(FIGURES, f"A{self._places.body + line.number - 1}")
        title = Cell(words, Style(Look.SECTION, Show.TEXT), link=back)
        row = sheet.add(*filled([title], self._columns), look=Look.SECTION, height=21)
        self._at(group.top, row)
        for block in group.blocks:
            self._block(block)
        sums = "+".join(cell_at(block.subtotal, AMOUNT_AT) for block in group.blocks) or "0"
        added = total(each.amount for block in group.blocks for each in block.part.lines)
        label = f"{self._contents.figures.whole_label}: the blocks above together"
        self._at(group.whole, self._sum(label, added, f"ROUND({sums},2)", line.whole, Look.TOTAL))
        if group.apart is not None:
            self._block(group.apart)
        sheet.gap()

    def _block(self, block: Block) -> None:
        sheet, part = self._sheet, block.part
        words = f"{part.label}: {many(len(part.lines), 'line')}"
        self._at(block.top, sheet.add(*filled([words], self._columns), look=Look.SUBTOTAL, height=18))
        for line in part.lines:
            self._line(line)
        added = total(each.amount for each in part.lines)
        formula = sum_of(AMOUNT_AT, block.first, block.last) if part.lines else "0"
        self._at(
            block.subtotal,
            self._sum(
                f"Sum of {part.label[:1].lower()}{part.label[1:]}", added, formula, part.figure, Look.SUBTOTAL
            ),
        )

    def _sum(self, label: str, added: Money, formula: str, figure: Money, look: Look) -> int:
        """A sum, then what the figure says and how far they are apart."""
        sheet = self._sheet
        row = sheet.next_row
        cells: list[Cell | Value] = [label, None, None, money(added, formula, look=look, show=Show.MONEY)]
        cells += [None] * self._more
        at = len(cells) + 1
        figure_at, difference_at = cell_at(row, at + 1), cell_at(row, at + 3)
        cells += [
            "The figure is", money(figure, look=look, show=Show.MONEY), "Difference",
            money(added - figure, f"ROUND({cell_at(row, AMOUNT_AT)}-{figure_at},2)", look=look, show=Show.MONEY),
            Cell(BROKEN if added != figure else TIES, Style(look, Show.GENERAL), formula=f'IF(ROUND({difference_at},2)=0,"{TIES}","{BROKEN}")'),
        ]  # fmt: skip
        return sheet.add(*filled(cells, self._columns), look=look, height=19)

    def _line(self, line: CostLine) -> None:
        row = line.row
        first, *more = self._evidence(line)
        more += [Cell(None, Style(Look.BODY, Show.TEXT))] * (self._more - len(more))
        recoverable = ("Yes" if row.vat_recoverable else "No") if row.vat else ""
        values: list[Value] = [
            row.supplier, row.invoice_number, row.description, row.part, row.stands_in, row.counts_in, row.received_on, row.invoiced_on,
            row.paid_on, row.net, row.vat, recoverable, row.eligible, row.accrued, row.grant, row.ledger_code, row.reversal_of, row.reason,
        ]  # fmt: skip
        rest = self._fields[AMOUNT_AT + self._more :]
        cells: list[Cell | Value] = [
            Cell(line.number, Style(Look.BODY, Show.COUNT)), row.cost, first, money(row.amount, show=Show.MONEY), *more,
            *(Cell(value, Style(Look.BODY, show)) for value, (_, _, show) in zip(values, rest, strict=True)),
        ]  # fmt: skip
        texts = [
            (value, width)
            for value, (_, width, show) in zip(values, rest, strict=True)
            if isinstance(value, str) and show is Show.WRAPPED
        ]
        shown = [(str(cell.value), self._fields[EVIDENCE_AT - 1][1]) for cell in (first, *more) if cell.value]
        self._at(self._places.row_of_line(line), self._sheet.add(*cells, height=height_of(*texts, *shown)))

    def _evidence(self, line: CostLine) -> list[Cell]:
        """A cell for each paper, then the partner's form; the last of many leads to all of them."""
        cells = [self._paper(line, each) for each in line.papers] or [self._without(line)]
        cells += [self._paper(line, each) for each in line.forms]
        room = self._more + 1
        if len(cells) <= room:
            return cells
        papers = (*line.papers, *line.forms)
        row = self._places.row_of_paper(papers[0])
        more = Cell(
            f"and {len(cells) - room + 1:,} more",
            Style(Look.LINK, Show.WRAPPED),
            link=place(EVIDENCE, f"A{row}"),
        )
        return [*cells[: room - 1], more]

    def _paper(self, line: CostLine, paper: Paper) -> Cell:
        if paper.file:
            return to_file(paper.file.rpartition("/")[2], paper.file)
        return self._missing(line, f"{NOT_HELD}: {paper.name}")

    def _without(self, line: CostLine) -> Cell:
        if line.withheld:
            return Cell(WITHHELD, Style(Look.WARNING, Show.WRAPPED))
        return self._missing(line, NOT_HELD)

    def _missing(self, line: CostLine, words: str) -> Cell:
        row = self._places.missing_rows.get(line.number)
        link = place(MISSING, f"A{row}") if row else place(MISSING, "A1")
        return Cell(words, Style(Look.BAD, Show.WRAPPED), link=link)

    def whole(self) -> None:
        """All groups together, then what stands beside them."""
        places, figures = self._places, self._contents.figures
        years = tuple(dict.fromkeys(each.year for each in figures.lines))
        self._sheet.gap(places.total - self._sheet.next_row)
        if len(years) == 1:
            sums = "+".join(cell_at(group.whole, AMOUNT_AT) for group in places.groups)
            added = total(each.amount for line in figures.lines for part in line.parts for each in part.lines)
            self._at(
                places.total,
                self._sum(
                    f"{figures.whole_label}, all lines",
                    added,
                    f"ROUND({sums or '0'},2)",
                    figures.whole,
                    Look.TOTAL,
                ),
            )
        else:
            self._sheet.gap()
        if places.beside is not None:
            self._sheet.gap()
            self._block(places.beside)

    @staticmethod
    def _at(planned: int, row: int) -> None:
        if planned != row:
            raise RuntimeError(f"a row of Costs stands at {row}, and is linked to at {planned}")


# Sample


def sample_sheet(contents: Contents, places: IndexPlaces) -> Sheet:
    """The lines drawn by value, with all that is needed to draw them again."""
    sample = contents.sample
    heads: list[tuple[str, float, Show]] = [
        ("No.", 6, Show.COUNT), ("Cost", 13, Show.TEXT), ("Amount £", 14, Show.MONEY), ("Its first penny", 15, Show.COUNT),
        ("Penny drawn", 15, Show.COUNT), ("Times drawn", 10, Show.COUNT), ("Supplier", 30, Show.WRAPPED), ("Description", 40, Show.WRAPPED),
        ("Evidence", 40, Show.WRAPPED),
    ]  # fmt: skip
    told = "A sample by value (monetary unit sampling, fixed interval): every pound of the claim has the same chance of being looked at."
    sheet = begin(SAMPLE, "Sample", told, contents.cover, [width for _, width, _ in heads])
    width = sum(each for _, each, _ in heads)
    for label, value in (
        ("Seed", sample.seed), ("Interval £", sample.interval), ("First penny drawn", sample.start), ("Lines in the population", len(sample.population)),
        ("Value of the population £", sample.value), ("Lines drawn", len(sample.drawn)), ("Value of the lines drawn £", sample.sampled),
        ("of which with evidence in this pack", sum(contents.line(each.line.record_id).evidenced for each in sample.drawn)),
    ):  # fmt: skip
        row = sheet.add(Cell(label, Style(Look.LABEL, Show.TEXT)), None, None, Cell(value), height=17)
        sheet.merge(row, 1, 3)
        sheet.merge(row, 4, 7)
    paragraph(sheet, _HOW, len(heads), width)
    sheet.gap()
    section(sheet, "Lines drawn", len(heads))
    if not sample.drawn:
        say(sheet, "The population has no value to draw from.")
    else:
        headings(sheet, heads, freeze=False)
    for number, each in enumerate(sample.drawn, 1):
        line = contents.line(each.line.record_id)
        _sampled(sheet, places, line, [number, each.first_penny, each.hits[0], len(each.hits)])
    sheet.gap()
    section(
        sheet,
        "Looked at one by one: credits, reversals, lines of nothing and corrections to earlier years, in which no penny of the claim falls",
        len(heads),
    )
    if not sample.apart:
        say(sheet, "None.")
    for number, each in enumerate(sample.apart, 1):
        _sampled(sheet, places, contents.line(each.record_id), [number, None, None, None])
    return sheet


_HOW = (
    "To draw it again: take the lines of the population (on Costs, the claimed blocks) in the order of their references, then of their line numbers."
    " The first penny is the SHA-256 of the seed (UTF-8) as a number, its remainder by the interval in pence, plus 1; then every interval's penny after it."
    " The line in which a penny falls is drawn. Give another seed, interval or size to “fundtracker pack” for a sample of your own."
)


def _sampled(sheet: Sheet, places: IndexPlaces, line: CostLine, counted: Sequence[int | None]) -> None:
    row = line.row
    number, first, penny, times = (Cell(each, Style(Look.BODY, Show.COUNT)) for each in counted)
    paper = next((each for each in line.papers if each.file), None)
    if paper is not None:
        evidence = to_file(paper.file.rpartition("/")[2], paper.file)
    elif line.withheld and not line.papers:
        evidence = Cell(WITHHELD, Style(Look.WARNING, Show.WRAPPED))
    else:
        at = places.missing_rows.get(line.number)
        evidence = Cell(NOT_HELD, Style(Look.BAD, Show.WRAPPED), link=place(MISSING, f"A{at}") if at else "")
    sheet.add(
        number, to_place(row.cost, COSTS, f"A{places.row_of_line(line)}"), money(row.amount, show=Show.MONEY), first, penny, times,
        Cell(row.supplier, Style(Look.BODY, Show.WRAPPED)), Cell(row.description, Style(Look.BODY, Show.WRAPPED)), evidence,
        height=height_of((row.supplier, 30), (row.description, 40), (str(evidence.value), 40)),
    )  # fmt: skip
