"""The first sheet: what this is, from whom to whom, when it is due, how to fill it in, and what is still to do."""

from collections.abc import Mapping

from fundtracker.domain.partner_forms.case import FormCase
from fundtracker.domain.partner_forms.layout import START
from fundtracker.domain.periods import long_date
from fundtracker.exports.sheet_text import height_of_lines, lines_of
from fundtracker.exports.sheets import Cell, Highlight, Sheet, cell_at, on_sheet
from fundtracker.exports.styles import DARK_BLUE, Look, Show, Style
from fundtracker.returns.partner_form.places import STATUS, Places
from fundtracker.returns.partner_form.words import HOW, LATE, ORDER, SHORT

START_LINK = "#" + on_sheet(START, "A1")
_WIDTHS = (24.0, 74.0, 12.0)
_READY = "Everything is filled in: send the form back."


def start_sheet(places: Places, states: Mapping[str, str]) -> Sheet:
    case = places.case
    sheet = Sheet(name=START, widths=_WIDTHS, landscape=False, tab_colour=DARK_BLUE)
    sheet.add(f"Monitoring form, {case.quarter}", look=Look.COVER_TITLE, height=36)
    sheet.add(f"{case.quarter.months} · {case.grant} {case.grant_title}", look=Look.COVER_SUBTITLE, height=22)
    sheet.gap(height=8)
    for label, text in _facts(case):
        _field(sheet, label, text)
    due = Cell(f"{long_date(case.due_on)}. {LATE}", Style(Look.WARNING, Show.WRAPPED))
    row = sheet.add(
        Cell("Send it back by", Style(Look.LABEL, Show.TEXT)),
        due,
        Cell(None, Style(Look.WARNING, Show.TEXT)),
        height=22,
    )
    sheet.merge(row, 2, 3)
    _section(sheet, "What is to do")
    _states(sheet, states)
    _section(sheet, "How to fill it in")
    for number, text in enumerate(HOW, 1):
        row = sheet.add(Cell(f"{number}.  {text}", Style(Look.PLAIN, Show.TEXT)), look=Look.PLAIN, height=17)
        sheet.merge(row, 1, 3)
    _section(sheet, "Colours")
    for look, name, told in (
        (Look.INPUT, "Cream", "Yours to fill in"),
        (Look.HELD, "Grey", "Filled in by us, locked"),
        (Look.WORKED, "Blue", "Works itself out, locked"),
        (Look.BAD, "Red", "Something is missing or doesn't add up"),
    ):
        sheet.add(
            Cell(name, Style(look, Show.TEXT)),
            Cell(told, Style(Look.BODY, Show.TEXT)),
            None,
            look=Look.BODY,
            height=18,
        )
    return sheet


def _facts(case: FormCase) -> list[tuple[str, str]]:
    to = f"{case.recipient}, for the {case.partnership}" if case.partnership else case.recipient
    ends = [long_date(each) for each in (case.starts_on, case.ends_on) if each]
    facts = [
        ("From", case.office),
        ("To", to),
        ("Grant", f"{case.grant} {case.grant_title}" + (f", {' to '.join(ends)}" if ends else "")),
        (
            "Period",
            f"{case.quarter}: {long_date(case.quarter.begins_on)} to {long_date(case.quarter.ends_on)}",
        ),
        ("Form", case.reference),
        ("Subject of your e-mail", case.subject),
    ]
    if case.replaces:
        why = f"Replaces {case.replaces}, and starts with what that form said."
        facts.append(("Why again", f"{why} {case.reason}".strip()))
    return facts


def _field(sheet: Sheet, label: str, text: str) -> None:
    lines = lines_of(text, _WIDTHS[1] + _WIDTHS[2])
    row = sheet.add(
        Cell(label, Style(Look.LABEL, Show.TEXT)),
        Cell(text, Style(Look.BODY, Show.WRAPPED)),
        Cell(None, Style(Look.BODY, Show.TEXT)),
        height=max(18.0, height_of_lines(lines)),
    )
    sheet.merge(row, 2, 3)


def _section(sheet: Sheet, title: str) -> None:
    sheet.gap(height=10)
    sheet.add(title, None, None, look=Look.SECTION, height=21)


def _states(sheet: Sheet, states: Mapping[str, str]) -> None:
    sheet.add(
        "Sheet",
        "What it asks for",
        Cell("Status", Style(Look.HEADING, Show.CENTRED)),
        look=Look.HEADING,
        height=20,
    )
    first = sheet.next_row
    for name in ORDER:
        state = Cell(states[name], Style(Look.WARNING, Show.CENTRED), formula=on_sheet(name, STATUS))
        link = Cell(name, Style(Look.LINK, Show.TEXT), link="#" + on_sheet(name, "B3"))
        sheet.add(link, Cell(SHORT[name], Style(Look.BODY, Show.WRAPPED)), state, height=18)
    last = sheet.next_row - 1
    area = f"{cell_at(first, 3, fixed=True)}:{cell_at(last, 3, fixed=True)}"
    all_done = f'COUNTIF({area},"Done")={len(states)}'
    left = sum(state != "Done" for state in states.values())
    said = f"{left} of {len(states)} sheets still to do." if left else _READY
    formula = f'IF({all_done},"{_READY}",{len(states)}-COUNTIF({area},"Done")&" of {len(states)} sheets still to do.")'
    row = sheet.add(
        None,
        Cell(said, Style(Look.WARNING, Show.GENERAL), formula=formula),
        Cell(None, Style(Look.WARNING, Show.TEXT)),
        look=Look.PLAIN,
        height=20,
    )
    sheet.merge(row, 2, 3)
    sheet.highlights.append(Highlight(area.replace("$", ""), f'{cell_at(first, 3)}="Done"', Look.OK))
    sheet.highlights.append(Highlight(f"B{row}:C{row}", all_done, Look.OK))
