"""The sheet “Issues”: how many errors and warnings, and a line for each with a link to its cell."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fundtracker.domain.problems import Severity
from fundtracker.imports.marking.job import Job
from fundtracker.imports.marking.styles import COLOURS, Styles
from fundtracker.imports.marking.xml_edits import MAIN, escaped, held, quoted

KINDS: Final = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.NOTE: "Note"}
_ADVICE = {
    Severity.ERROR: "Put these right and send the form back.",
    Severity.WARNING: "Look at these again: change what is wrong, and leave what is right.",
    Severity.NOTE: "Worth knowing; nothing to do.",
}
_SIGNS = frozenset("=+-@'")
_LONGEST = 30_000
_MESSAGE_WIDTH, _SHEET_WIDTH, _KIND_WIDTH, _CELL_WIDTH = 100, 22, 13, 14
_LINE, _PADDING, _HIGHEST = 13.5, 5.0, 400.0
"""Points."""
_DARK, _GREY, _LINK, _RULE = "1F3864", "595959", "0B5394", "D0D5DD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a problem with its first place, a further place of it, or how many more there are."""

    severity: Severity
    sheet: str = ""
    area: str = ""
    link: str = ""
    """Where the area leads to: "'Costs'!H12"; empty where there is nothing to lead to."""
    message: str = ""
    further: bool = False


class _Looks:
    """The styles that the sheet uses."""

    def __init__(self, styles: Styles) -> None:
        rule = f'<left/><right/><top/><bottom style="thin"><color rgb="FF{_RULE}"/></bottom><diagonal/>'
        apart, wrap, plain = (
            ' horizontal="left" indent="1"',
            ' horizontal="left" indent="1" wrapText="1"',
            _font(),
        )
        self.title = styles.style(_font(16, _DARK, bold=True))
        self.about = styles.style(_font(11, _GREY))
        self.plain = styles.style(plain)
        self.bold = styles.style(_font(bold=True), alignment=apart)
        self.heading = styles.style(_font(10, "FFFFFF", bold=True), _DARK, rule, apart)
        self.cell = styles.style(plain, "", rule, wrap)
        self.quoted = styles.style(plain, "", rule, wrap, quoted=True)
        self.quoted_about = styles.style(_font(11, _GREY), quoted=True)
        self.again = styles.style(_font(10, _GREY), "", rule, wrap)
        self.link = styles.style(_font(10, _LINK, underlined=True), "", rule, apart)
        self.kinds = {
            severity: styles.style(
                _font(bold=True), "".join(f"{part:02X}" for part in COLOURS.get(severity, ())), rule, apart
            )
            for severity in Severity
        }


def _font(size: int = 10, colour: str = "000000", *, bold: bool = False, underlined: bool = False) -> str:
    weight, under = "<b/>" if bold else "", "<u/>" if underlined else ""
    return f'{weight}{under}<sz val="{size}"/><color rgb="FF{colour}"/><name val="Calibri"/><family val="2"/>'


def issues_sheet(job: Job, lines: Sequence[Line], styles: Styles) -> bytes:
    """The whole part, in the standard's order of elements."""
    looks = _Looks(styles)
    rows = _Rows()
    rows.add(_text("A", "Issues found in this form", looks.title), height=24)
    for text in (job.title, f"Checked by {job.office}" if job.office else ""):
        if shown := held(text):
            rows.add(_text("A", shown, looks.quoted_about if shown[0] in _SIGNS else looks.about))
    rows.add()
    for severity, name in KINDS.items():
        count = sum(1 for problem in job.problems if problem.severity is severity)
        if count or severity is not Severity.NOTE:
            advice = _ADVICE[severity] if count else "None."
            rows.add(
                _text("A", f"{name}s", looks.kinds[severity]),
                _number("B", count, looks.bold),
                _text("C", advice, looks.plain),
            )
    rows.add()
    if lines:
        how = "Cells with an error or a warning are coloured and have a comment that says what to do. Choose a cell’s name to go to it."
        rows.add(_text("A", how, looks.plain))
        rows.add()
        names = ("Kind", "Sheet", "Cell", "What is wrong, and what to do")
        rows.add(
            *(_text(letter, name, looks.heading) for letter, name in zip("ABCD", names, strict=True)),
            height=18,
        )
    for line in lines:
        _add(rows, line, looks)
    return _part(rows)


class _Rows:
    def __init__(self) -> None:
        self.xml: list[str] = []
        self.links: list[str] = []

    def add(self, *cells: str, height: float = 0) -> int:
        number = len(self.xml) + 1
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        self.xml.append(f'<row r="{number}"{tall}>{"".join(cells).replace("{row}", str(number))}</row>')
        return number


def _add(rows: _Rows, line: Line, looks: _Looks) -> None:
    message = held(line.message)[:_LONGEST]
    look = looks.again if line.further else looks.quoted if message[:1] in _SIGNS else looks.cell
    longest = max(_wrapped(message, _MESSAGE_WIDTH), _wrapped(line.sheet, _SHEET_WIDTH - 2))
    number = rows.add(
        _text("A", KINDS[line.severity], looks.kinds[line.severity])
        if not line.further
        else _text("A", "", looks.again),
        _text("B", held(line.sheet), looks.quoted if line.sheet[:1] in _SIGNS else looks.cell),
        _text("C", line.area, looks.link if line.link else looks.cell),
        _text("D", message, look),
        height=min(_HIGHEST, _LINE * longest + _PADDING),
    )
    if line.link:
        rows.links.append(
            f'<hyperlink ref="C{number}" location="{quoted(line.link)}" display="{quoted(line.area)}"/>'
        )


def _wrapped(text: str, width: int) -> int:
    return sum(max(1, math.ceil(len(part) / width)) for part in text.split("\n"))


def _text(letter: str, text: str, style: int) -> str:
    # An inline string: no program works it out, whatever it begins with. Braces are kept from being taken for a row.
    shown = escaped(text).replace("{", "&#123;")
    if not shown:
        return f'<c r="{letter}{{row}}" s="{style}"/>'
    return (
        f'<c r="{letter}{{row}}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
    )


def _number(letter: str, number: int, style: int) -> str:
    return f'<c r="{letter}{{row}}" s="{style}"><v>{number}</v></c>'


def _part(rows: _Rows) -> bytes:
    widths = (_KIND_WIDTH, _SHEET_WIDTH, _CELL_WIDTH, _MESSAGE_WIDTH)
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1)
    )
    links = f"<hyperlinks>{''.join(rows.links)}</hyperlinks>" if rows.links else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:D{len(rows.xml)}"/><sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/>'
        f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(rows.xml)}</sheetData>'
        f'{links}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;CPage &amp;P of &amp;N</oddFooter></headerFooter></worksheet>"
    ).encode()
