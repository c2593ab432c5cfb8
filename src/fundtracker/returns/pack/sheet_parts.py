"""What the sheets of a pack's index are put together from: their head with the way back, links to files, registers of plain rows."""

from collections.abc import Sequence

from fundtracker.domain.money import Money, total
from fundtracker.exports.list_sheets import add_draft_banner
from fundtracker.exports.sheet_text import height_of_lines, lines_of
from fundtracker.exports.sheets import FILE_LINK, Cell, Sheet, Value, cell_at
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.pack.contents import Cover, Heading, Register
from fundtracker.returns.workbook_parts import heading, heading_height, height_of, money, place, say, sum_of

START, FIGURES, COSTS, SAMPLE, EVIDENCE, MISSING = (
    "Start",
    "Figures",
    "Costs",
    "Sample",
    "Evidence",
    "Missing",
)
NOT_HELD, WITHHELD = "MISSING", "WITHHELD"
_VERDICTS = {
    "Passed": Look.OK, "Ties": Look.OK, "Failed": Look.BAD, "Doesn't tie": Look.BAD, "Warning": Look.WARNING, "Waived": Look.WARNING,
}  # fmt: skip


def begin(name: str, title: str, told: str, cover: Cover, widths: Sequence[float]) -> Sheet:
    """A sheet with its head: the banner of a draft, title, whose pack it is, the way back, and what the sheet tells."""
    sheet = Sheet(name=name, widths=widths)
    if cover.draft:
        add_draft_banner(sheet, len(widths))
    sheet.add(title, look=Look.TITLE, height=26)
    whose = " · ".join(filter(None, (cover.subject, cover.title, cover.period, cover.banner)))
    _wide(sheet, whose, Look.SUBTITLE, 11)
    if name == START:
        sheet.add("", look=Look.PLAIN, height=4)
    else:
        sheet.add(
            Cell("Back to Start", Style(Look.LINK, Show.TEXT), link=place(START, "A1")),
            look=Look.PLAIN,
            height=16,
        )
    _wide(sheet, told, Look.NOTE, 9)
    return sheet


def _wide(sheet: Sheet, text: str, look: Look, size: float) -> None:
    lines = lines_of(text, sum(sheet.widths), size)
    row = sheet.add(
        Cell(text, Style(look, Show.WRAPPED)), look=look, height=max(16.0, height_of_lines(lines, size))
    )
    if len(sheet.widths) > 1:
        sheet.merge(row, 1, len(sheet.widths))


def headings(sheet: Sheet, labels: Sequence[tuple[str, float, Show]], *, freeze: bool = True) -> int:
    row = sheet.add(
        *(heading(label, show) for label, _, show in labels),
        look=Look.HEADING,
        height=heading_height((label, width) for label, width, _ in labels),
    )
    if freeze:
        sheet.frozen_rows = row
        sheet.title_rows = (row, row)
    return row


def to_file(text: str, file: str) -> Cell:
    """A cell that opens a file of the pack."""
    return Cell(text, Style(Look.LINK, Show.WRAPPED), link=f"{FILE_LINK}{file}")


def to_place(value: Value, sheet: str, area: str, show: Show = Show.TEXT) -> Cell:
    return Cell(value, Style(Look.LINK, show), link=place(sheet, area))


def register_sheet(register: Register, cover: Cover) -> Sheet:
    """A register as a sheet; sums of its totalled columns are live."""
    widths = [each.width for each in register.headings]
    sheet = begin(register.name, register.title, register.told, cover, widths)
    if not register.rows:
        say(sheet, register.nothing)
        return sheet
    headings(sheet, [(each.label, each.width, each.show) for each in register.headings])
    first = sheet.next_row
    for row in register.rows:
        cells = [_cell(value, each, register) for value, each in zip(row, register.headings, strict=True)]
        texts = [
            (value, each.width)
            for value, each in zip(row, register.headings, strict=True)
            if isinstance(value, str)
        ]
        sheet.add(*cells, height=height_of(*texts))
    if any(each.totalled for each in register.headings):
        _totals(sheet, register, first)
    return sheet


def _cell(value: Value, of: Heading, register: Register) -> Cell:
    look = _VERDICTS.get(str(value), Look.BODY) if of.label == register.verdict else Look.BODY
    show = of.show
    if isinstance(value, str) and show in {Show.MONEY, Show.MONEY_DASH, Show.TEXT}:
        show = Show.WRAPPED
    elif value is not None and not isinstance(value, Money | str) and show in {Show.MONEY, Show.MONEY_DASH}:
        show = Show.DATE
    return Cell(value, Style(look, show))


def _totals(sheet: Sheet, register: Register, first: int) -> None:
    last = sheet.next_row - 1
    cells: list[Cell | Value] = []
    for at, each in enumerate(register.headings, 1):
        if not each.totalled:
            cells.append("Total" if at == 1 else None)
            continue
        sums = [value for row in register.rows if isinstance(value := row[at - 1], Money)]
        cells.append(money(total(sums), sum_of(at, first, last), look=Look.TOTAL))
    sheet.add(*cells, look=Look.TOTAL, height=19)


def area(row: int, column: int = 1) -> str:
    return cell_at(row, column)
