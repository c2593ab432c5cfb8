"""Start, Evidence and Missing of the index: what there is, where it opens, and what isn't there."""

from collections.abc import Sequence

from fundtracker.domain.money import Money
from fundtracker.domain.periods import long_date
from fundtracker.exports.sheets import Cell, Sheet
from fundtracker.exports.styles import Look, Show, Style
from fundtracker.returns.pack.contents import Contents, many
from fundtracker.returns.pack.index_places import IndexPlaces
from fundtracker.returns.pack.sheet_parts import (
    COSTS,
    EVIDENCE,
    FIGURES,
    MISSING,
    NOT_HELD,
    SAMPLE,
    START,
    begin,
    headings,
    to_file,
    to_place,
)
from fundtracker.returns.workbook_parts import height_of, money, paragraph, say, section, words

STEPS = (
    "On Figures, click a figure: it takes you to its block of cost lines on Costs, which adds up to it.",
    "On Costs, click the name of the evidence beside a line: the invoice or other paper opens.",
    "To check that a file is the one that was taken in, compare its SHA-256 on Evidence; SHA256SUMS.txt checks them all at once.",
)
EXTRACT = "Take the whole zip out into a folder first (Windows: right-click it, “Extract all”): links to files work from a folder, and not inside a zip."
_TIED = "How the return, its payments and the finance ledger agree, and by name what stands between them"
_WIDTHS = (26.0, 16.0, 92.0)


def start_sheet(contents: Contents, tie_out: Sequence[str]) -> Sheet:
    """Where a reader begins: how to follow a figure, what is on each sheet, the return's own files, and what this was made from. `tie_out` are the award's sheets of that."""
    cover = contents.cover
    told = "Everything here was drawn from the office's records at one moment; nothing in it needs any other program than a spreadsheet and a PDF reader."
    sheet = begin(START, f"Auditor's pack: {cover.subject}", told, cover, _WIDTHS)
    width = sum(_WIDTHS)
    section(sheet, "Follow a figure in three clicks", 3)
    for number, step in enumerate((EXTRACT, *STEPS)):
        paragraph(sheet, f"{number}. {step}" if number else step, 3, width)
    sheet.gap()
    _in_figures(sheet, contents)
    _sheets(sheet, contents, tie_out)
    _files(sheet, contents)
    _withheld(sheet, contents)
    section(sheet, "Made from", 3)
    rows = [
        ("History entry", f"{cover.sequence:,}"), ("Fingerprint", cover.fingerprint), ("Made on", long_date(cover.made_on)),
        ("Program", f"fundtracker {cover.program_version}"),
    ]  # fmt: skip
    if cover.contents_sha256:
        rows.insert(2, ("Contents of the return, SHA-256", cover.contents_sha256))
    for label, value in rows:
        row = sheet.add(
            Cell(label, Style(Look.LABEL, Show.WRAPPED)),
            words(value),
            None,
            height=height_of((label, 26), (value, 108)),
        )
        sheet.merge(row, 2, 3)
    paragraph(
        sheet,
        "A change to history at or below a fingerprint you hold is detected by “fundtracker verify”.",
        3,
        width,
        look=Look.NOTE,
    )
    return sheet


def _in_figures(sheet: Sheet, contents: Contents) -> None:
    section(sheet, "In figures", 3)
    for label, figure, note in contents.tiles:
        sheet.add(
            Cell(label, Style(Look.LABEL, Show.TEXT)),
            Cell(figure, Style(Look.BODY, Show.CENTRED)),
            words(note),
            height=height_of((label, 26), (note, 92)),
        )
    sheet.gap()


def _sheets(sheet: Sheet, contents: Contents, tie_out: Sequence[str]) -> None:
    section(sheet, "Sheets", 3)
    figures, sample = contents.figures, contents.sample
    rows = [
        (FIGURES, many(len(figures.lines), "line"), "Each line of spend and its figures; each figure leads to its cost lines"),
        (COSTS, many(len(figures.cost_lines), "cost line"), "Every line behind the figures, in blocks that add up to them, with its evidence"),
        (SAMPLE, many(len(sample.drawn), "line"), "Drawn by value; seed, interval and population are printed, so that anybody draws the same lines"),
        (EVIDENCE, many(len(contents.papers), "document"), "Every document, what it evidences, and its SHA-256"),
        (MISSING, many(len(contents.missing), "thing"), "What an auditor would look for and not find here"),
        *((each.name, many(len(each.rows), "row"), each.told) for each in contents.registers),
        *((each, "", _TIED) for each in tie_out),
    ]  # fmt: skip
    for name, count, told in rows:
        sheet.add(
            to_place(name, name, "A1"),
            Cell(count, Style(Look.BODY, Show.CENTRED)),
            words(told),
            height=height_of((told, 92)),
        )
    sheet.gap()


def _files(sheet: Sheet, contents: Contents) -> None:
    section(sheet, "The return", 3)
    if not contents.return_files:
        say(
            sheet,
            "A grant has no return of its own: its costs stand in those of the awards that pay for it (Costs, “In return of”).",
        )
    for each in contents.return_files:
        state = "As it was submitted, byte for byte" if each.frozen else "Drawn for this pack"
        told = f"{state}. SHA-256 {each.sha256}"
        row = sheet.add(
            to_file(each.file.rpartition("/")[2], each.file),
            None,
            words(told),
            height=height_of((each.file, 42), (told, 92)),
        )
        sheet.merge(row, 1, 2)
    sheet.gap()


def _withheld(sheet: Sheet, contents: Contents) -> None:
    if not contents.cover.public:
        return
    section(sheet, "Withheld from this public copy", 3)
    if not contents.withheld:
        say(sheet, "Nothing.")
    for each in contents.withheld:
        sheet.add(
            words(each.what),
            Cell(each.count, Style(Look.BODY, Show.COUNT)),
            words(each.why),
            height=height_of((each.what, 26), (each.why, 92)),
        )
    sheet.gap()


def evidence_sheet(contents: Contents) -> Sheet:
    heads: list[tuple[str, float, Show]] = [
        ("File in this pack", 44, Show.WRAPPED), ("Kind", 15, Show.TEXT), ("Evidences", 46, Show.WRAPPED), ("which is a", 15, Show.TEXT),
        ("Name as it came", 40, Show.WRAPPED), ("SHA-256 when it was taken in", 68, Show.TEXT), ("Bytes", 12, Show.COUNT), ("Note", 40, Show.WRAPPED),
    ]  # fmt: skip
    told = "Every document about what is in this pack. Each file was checked against its SHA-256 when it was copied here."
    sheet = begin(EVIDENCE, "Evidence", told, contents.cover, [width for _, width, _ in heads])
    if not contents.papers:
        say(sheet, "No document is kept about anything in this pack: see Missing.")
        return sheet
    headings(sheet, heads)
    for paper in contents.papers:
        first = (
            to_file(paper.file.rpartition("/")[2], paper.file)
            if paper.file
            else Cell(f"{NOT_HELD}: {paper.trouble}", Style(Look.BAD, Show.WRAPPED))
        )
        texts = [(str(first.value), 44), (paper.evidences, 46), (paper.name, 40), (paper.note, 40)]
        sheet.add(
            first, paper.kind, words(paper.evidences), paper.what, words(paper.name), paper.sha256,
            Cell(paper.size if paper.file else None, Style(Look.BODY, Show.COUNT)), words(paper.note), height=height_of(*texts),
        )  # fmt: skip
    return sheet


def missing_sheet(contents: Contents, places: IndexPlaces) -> Sheet:
    heads: list[tuple[str, float, Show]] = [
        ("What is missing", 26, Show.WRAPPED), ("Of", 70, Show.WRAPPED), ("Amount £", 15, Show.MONEY), ("Why", 60, Show.WRAPPED),
        ("In the sample?", 12, Show.CENTRED),
    ]  # fmt: skip
    told = "What an auditor would look for and not find in this pack. Nothing is left out silently."
    sheet = begin(MISSING, "Missing", told, contents.cover, [width for _, width, _ in heads])
    if not contents.missing:
        say(sheet, "Nothing is missing: every cost line has evidence, and every file is whole.")
        return sheet
    headings(sheet, heads)
    drawn = {each.line.record_id for each in contents.sample.drawn}
    for each in contents.missing:
        of = words(each.reference)
        if each.line:
            row = places.row_of_line(contents.line(each.line))
            of = to_place(each.reference, COSTS, f"A{row}", Show.WRAPPED)
        amount = money(each.amount, show=Show.MONEY) if isinstance(each.amount, Money) else None
        sheet.add(
            words(each.what), of, amount, words(each.why), Cell("Yes" if each.line in drawn else "", Style(Look.BODY, Show.CENTRED)),
            height=height_of((each.what, 26), (each.reference, 70), (each.why, 60)),
        )  # fmt: skip
    return sheet
