"""The tie-out as a workbook: one sheet that prints on a page, and behind it every item of its gaps.

Every total and difference is a live formula over the rows above it, and carries the program's own figure as its result: a
spreadsheet program that works the file out again gets the same pennies.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from fundtracker.domain.ledger import AgreedBalance
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.periods import long_date, short_date
from fundtracker.domain.spend import line_words
from fundtracker.domain.tie_out import Posted, TieOut
from fundtracker.domain.tie_out_gaps import GapItem
from fundtracker.exports.sheets import Book, Cell, Highlight, Row, Sheet, Value, cell_at, on_sheet
from fundtracker.exports.styles import GREEN, MID_BLUE, Look, Show, Style
from fundtracker.exports.workbook_writer import save_workbook
from fundtracker.returns.workbook_parts import (
    filled,
    heading,
    heading_height,
    height_of,
    money,
    section,
    sum_of,
    words,
)

TIE_OUT, BEHIND = "Tie-out", "Behind it"
TIES, NOT = "Ties", "Doesn't tie"
REPORTED = "Reported by a partner but not ours yet"
IN_ADVANCE = "Paid in advance but unspent"
UNRETURNED = "In the ledger but in no return"
MISMATCH = "Payments that the ledger shows otherwise"
MOST_ITEMS = 4
"""Items of a gap that stand on the page; the sheet behind it has all of them."""
_WIDTHS = (13.0, 20.0, 9.5, 15.5, 11.5, 11.5, 11.5, 11.5, 12.0, 12.0, 11.5)
_COLUMNS = len(_WIDTHS)
_MOST_ROWS = 95
"""Rows that a page can still be read with; an award with more prints on as many pages as it needs."""
_FIRST, _SECOND, _WORKED, _COMPARED, _DIFFERENCE = 5, 6, 9, 10, 11
_TEXT = sum(_WIDTHS[:4])
_ITEM = sum(_WIDTHS[1:9])
_BEHIND_WIDTHS = (40.0, 16.0, 80.0, 14.0)


def write_tie_out(
    tied: TieOut, path: Path, *, office: str = "", marking: str = "OFFICIAL", footer: str = ""
) -> None:
    """Write the workbook to `path`, which the caller makes atomic."""
    save_workbook(tie_out_book(tied, office=office, marking=marking, footer=footer), path)


def tie_out_book(tied: TieOut, *, office: str = "", marking: str = "OFFICIAL", footer: str = "") -> Book:
    return Book(
        title=f"{tied.book.award.reference} tie-out {tied.quarter}",
        office=office,
        created=datetime.combine(tied.book.today, time(), UTC),
        marking=marking,
        fingerprint=footer,
        sheets=tie_out_sheets(tied),
    )


def tie_out_sheets(tied: TieOut) -> tuple[Sheet, ...]:
    """The page, and the sheet of all items where there are any: for a workbook of its own, or for an auditor's pack."""
    behind, places = _behind(tied)
    page = _Page(tied, places)
    return (page.drawn(), behind) if places else (page.drawn(),)


# Behind it


def _behind(tied: TieOut) -> tuple[Sheet, dict[str, str]]:
    """Every item of every gap, and for each gap that has any the area of its sums."""
    sheet = Sheet(name=BEHIND, widths=_BEHIND_WIDTHS, tab_colour=MID_BLUE)
    sheet.add(
        f"Behind the tie-out of {tied.book.award.reference} for {tied.quarter}", look=Look.TITLE, height=26
    )
    sheet.add("Each thing that stands between two figures, by name.", look=Look.NOTE, height=15)
    row = sheet.add("Part", "Reference", "What it is", heading("£", Show.MONEY), look=Look.HEADING, height=20)
    sheet.frozen_rows, sheet.title_rows = row, (row, row)
    places: dict[str, str] = {}
    for part, items in _parts(tied):
        first = sheet.next_row
        for each in items:
            sheet.add(
                part,
                each.reference,
                words(each.why),
                money(each.amount),
                height=height_of((each.why, _BEHIND_WIDTHS[2])),
            )
        if items:
            places[part] = on_sheet(BEHIND, f"$D${first}:$D${sheet.next_row - 1}")
    sheet.print_area = sheet.used_area
    return sheet, places


def _parts(tied: TieOut) -> tuple[tuple[str, Sequence[GapItem]], ...]:
    otherwise = [
        GapItem(
            each.reference,
            f"{each.what}, paid on {short_date(each.paid_on)}: paid less what the ledger shows",
            each.difference,
        )
        for each in tied.mismatches
    ]
    return (
        (REPORTED, tied.reported),
        (IN_ADVANCE, tied.in_advance),
        (UNRETURNED, tied.unreturned),
        (MISMATCH, otherwise),
    )


# The page


class _Page:
    """Fills the page from the top; each part remembers the rows that the next ones refer to."""

    def __init__(self, tied: TieOut, behind: dict[str, str]) -> None:
        self.tied = tied
        self.behind = behind
        self.sheet = Sheet(name=TIE_OUT, widths=_WIDTHS, landscape=False, tab_colour=GREEN)
        self.titled: set[str] = set()
        self.checked: list[int] = []
        """Rows whose difference must be nought."""

    def drawn(self) -> Sheet:
        verdict = self._head()
        self._return()
        self._forms()
        self._payments()
        self._gaps()
        self._agreed()
        self._verdict(verdict)
        self.sheet.print_area = self.sheet.used_area
        self.sheet.one_page = self.sheet.next_row <= _MOST_ROWS
        return self.sheet

    def _head(self) -> int:
        tied, sheet = self.tied, self.sheet
        sheet.add(f"Tie-out: {tied.book.award.reference} for {tied.quarter}", look=Look.TITLE, height=26)
        made = tied.funder_return
        state = (
            f"{made.reference}, {made.state.value.lower()}"
            if made
            else "no return has begun: as it would be now"
        )
        about = f"{tied.book.bid.title} · {tied.quarter.months} · return: {state} · as at {long_date(tied.book.today)}"
        row = sheet.add(
            Cell(about, Style(Look.SUBTITLE, Show.WRAPPED)),
            look=Look.SUBTITLE,
            height=height_of((about, sum(_WIDTHS)), size=11),
        )
        sheet.merge(row, 1, _COLUMNS)
        return sheet.add(*filled([None], _COLUMNS), look=Look.SUBTOTAL, height=19)

    def _heads(self, *labels: str) -> None:
        """The headings; one above several columns stands over all of them up to the next."""
        cells = [heading(each, Show.TEXT if n < _FIRST else Show.MONEY) for n, each in enumerate(labels, 1)]
        height = heading_height(zip(labels, _WIDTHS, strict=True))
        row = self.sheet.add(*cells, look=Look.HEADING, height=height)
        for at in range(1, 4):
            if labels[at - 1] and not labels[at]:
                self.sheet.merge(row, at, at + 1)

    def _title(self, reference: str, title: str) -> str:
        """A title stands on the page once, beside the first of its rows."""
        if reference in self.titled:
            return ""
        self.titled.add(reference)
        return title

    def _figures(self, row: int, cells: dict[int, Cell]) -> list[Cell | Value]:
        """Columns E to K of a row that is checked: worked out, compared, and the difference."""
        worked, compared = cell_at(row, _WORKED), cell_at(row, _COMPARED)
        values = [cells.get(at) for at in range(_FIRST, _DIFFERENCE)]
        one, other = (values[at - _FIRST] for at in (_WORKED, _COMPARED))
        difference = _sum(one) - _sum(other)
        self.checked.append(row)
        return [*values, money(difference, f"ROUND({worked}-{compared},2)", show=Show.MONEY)]

    # The return

    def _return(self) -> None:
        tied, sheet = self.tied, self.sheet
        section(
            sheet,
            "The return: partners' accepted spend + the office's own costs + adjustments = what it says",
            _COLUMNS,
        )
        self._heads("Intervention", "", "Capital or resource", "Category", "Partners' accepted spend", "The office's own costs",
                    "Adjustments", "Later changes taken back", "Worked out", "The return says", "Difference")  # fmt: skip
        first = sheet.next_row
        for each in tied.rows:
            row = sheet.next_row
            parts = f"{cell_at(row, 5)}+{cell_at(row, 6)}+{cell_at(row, 7)}+{cell_at(row, 8)}"
            cells = {
                5: money(each.partners), 6: money(each.own), 7: money(each.adjustments), 8: money(-each.changed),
                _WORKED: money(each.worked_out, f"ROUND({parts},2)"), _COMPARED: money(each.returned),
            }  # fmt: skip
            title = self._title(each.reference, each.title)
            texts = ((title, _WIDTHS[1]), (each.category, _WIDTHS[3]))
            sheet.add(
                each.reference, words(title or None), each.expense.value, words(each.category), *self._figures(row, cells),
                height=height_of(*texts),
            )  # fmt: skip
        if not tied.rows:
            sheet.add(*filled(["Nothing was spent, claimed or adjusted in the quarter."], _COLUMNS))
        self._return_totals(first)

    def _return_totals(self, first: int) -> None:
        tied, sheet = self.tied, self.sheet
        last = sheet.next_row - 1
        sums = (
            total(each.partners for each in tied.rows), total(each.own for each in tied.rows),
            total(each.adjustments for each in tied.rows), -total(each.changed for each in tied.rows),
            total(each.worked_out for each in tied.rows), total(each.returned for each in tied.rows),
            total(each.difference for each in tied.rows),
        )  # fmt: skip
        cells = [
            money(each, sum_of(at, first, last), look=Look.TOTAL, show=Show.MONEY)
            for at, each in enumerate(sums, _FIRST)
        ]
        row = sheet.add("Total", None, None, None, *cells, look=Look.TOTAL, height=19)
        self.checked.append(row)
        claim = {
            _WORKED: money(sums[5], cell_at(row, _COMPARED)),
            _COMPARED: money(tied.claim),
        }
        self._line("The claim that the return makes", claim)
        if tied.earlier_years:
            self._line(
                "Corrections to earlier financial years: shown apart, not claimed",
                {_COMPARED: money(tied.earlier_years)},
                check=False,
            )

    def _line(self, label: str, cells: dict[int, Cell], *, check: bool = True) -> int:
        """A row with one label over the first four columns."""
        row = self.sheet.next_row
        if check:
            figures = self._figures(row, cells)
        else:
            figures = [cells.get(at) for at in range(_FIRST, _DIFFERENCE + 1)]
        self.sheet.add(words(label), None, None, None, *figures, height=height_of((label, _TEXT)))
        self.sheet.merge(row, 1, 4)
        return row

    # Partners' forms

    def _forms(self) -> None:
        """Lines of accepted forms that their costs no longer come to; nothing stands here while all agree."""
        tied, sheet = self.tied, self.sheet
        if not tied.form_gaps:
            return
        sheet.gap(height=6)
        section(
            sheet, "Partners' accepted forms = the costs that stand for them: changed by hand since", _COLUMNS
        )
        self._heads("Partner's form, and its line", "", "", "", "", "", "", "", "Costs that stand for it", "The form says", "Difference")  # fmt: skip
        for each in tied.form_gaps:
            label = f"{each.form.reference}: {line_words(tied.book, each.line)}"
            self._line(label, {_WORKED: money(each.stands), _COMPARED: money(each.said)})

    # Payments

    def _payments(self) -> None:
        tied, sheet = self.tied, self.sheet
        sheet.gap(height=6)
        section(sheet, "Payments made in the quarter = ledger lines matched to them", _COLUMNS)
        self._heads("Paid for", "", "To", "", "Paid, by our records", "Recoverable VAT in the ledger", "", "", "Worked out",
                    "Ledger lines", "Difference")  # fmt: skip
        first = sheet.next_row
        for each in tied.payments:
            row = sheet.next_row
            cells = {
                5: money(each.paid), 6: money(each.vat), _COMPARED: money(each.ledger),
                _WORKED: money(each.paid + each.vat, f"ROUND({cell_at(row, 5)}+{cell_at(row, 6)},2)"),
            }  # fmt: skip
            whom = "Partner" if each.partner else "Suppliers"
            title = self._title(each.reference, each.title)
            sheet.add(
                each.reference,
                words(title or None),
                whom,
                None,
                *self._figures(row, cells),
                height=height_of((title, _WIDTHS[1])),
            )
        if not tied.payments:
            sheet.add(*filled(["Nothing was paid in the quarter."], _COLUMNS))
        last = sheet.next_row - 1
        sums: dict[int, Money] = {
            5: total(each.paid for each in tied.payments), 6: total(each.vat for each in tied.payments),
            _WORKED: total(each.paid + each.vat for each in tied.payments), _COMPARED: total(each.ledger for each in tied.payments),
            _DIFFERENCE: total(each.difference for each in tied.payments),
        }  # fmt: skip
        cells = [
            money(sums[at], sum_of(at, first, last), look=Look.TOTAL, show=Show.MONEY) if at in sums else None
            for at in range(_FIRST, _DIFFERENCE + 1)
        ]
        row = sheet.add("Total", None, None, None, *cells, look=Look.TOTAL, height=19)
        self.checked.append(row)
        self._posted(tied.posted, row)

    def _posted(self, posted: Posted, payments: int) -> None:
        """From those ledger lines to the lines posted in the quarter."""
        steps = (
            ("less: of these, posted in another quarter", -posted.outside),
            ("plus: posted in the quarter for payments of other quarters", posted.other_quarters),
            ("plus: posted in the quarter for what isn't marked as paid", posted.not_paid),
            ("plus: posted in the quarter to the award's codes, and matched to nothing", posted.unmatched),
        )
        begins = cell_at(payments, _COMPARED)
        first = self.sheet.next_row
        for label, amount in steps:
            self._line(label, {_WORKED: money(amount)}, check=False)
        area = f"{cell_at(first, _WORKED)}:{cell_at(self.sheet.next_row - 1, _WORKED)}"
        cells = {
            _WORKED: money(posted.worked_out, f"ROUND({begins}+SUM({area}),2)"),
            _COMPARED: money(posted.lines),
        }
        self._line("The award's ledger lines posted in the quarter", cells)

    # Gaps

    def _gaps(self) -> None:
        sheet = self.sheet
        sheet.gap(height=6)
        section(sheet, f"The gaps by name, at {long_date(self.tied.quarter.ends_on)}", _COLUMNS)
        for part, items in _parts(self.tied):
            if part == MISMATCH and not items:
                continue
            self._gap(part, sorted(items, key=lambda each: -abs(each.amount.pence)))

    def _gap(self, part: str, items: Sequence[GapItem]) -> None:
        sheet = self.sheet
        whole = total(each.amount for each in items)
        area = self.behind.get(part)
        many = (
            f"{part}: {len(items):,} {'item' if len(items) == 1 else 'items'}" if items else f"{part}: none"
        )
        cell = money(whole, f"ROUND(SUM({area}),2)" if area else "", look=Look.SUBTOTAL, show=Show.MONEY)
        row = sheet.add(*filled([many], _WORKED - 1), cell, None, None, look=Look.SUBTOTAL, height=18)
        shown = items[:MOST_ITEMS] if len(items) > MOST_ITEMS + 1 else items
        first = sheet.next_row
        for each in shown:
            self._item(each.reference, each.why, money(each.amount))
        if rest := items[len(shown) :]:
            area = f"{cell_at(first, _WORKED)}:{cell_at(sheet.next_row - 1, _WORKED)}"
            left = money(total(each.amount for each in rest), f"ROUND({cell_at(row, _WORKED)}-SUM({area}),2)")
            self._item("", f"and {len(rest):,} more, on the sheet “{BEHIND}”", left)

    def _item(self, reference: str, why: str, amount: Cell) -> None:
        row = self.sheet.add(
            reference,
            words(why),
            *[None] * 6,
            amount,
            None,
            None,
            height=height_of((why, _ITEM - _WIDTHS[8])),
        )
        self.sheet.merge(row, 2, _WORKED - 1)

    # Agreed balances

    def _agreed(self) -> None:
        sheet, rows = self.sheet, self.tied.balances
        sheet.gap(height=6)
        section(sheet, "Agreed balances: what was agreed for a day, and what it comes to now", _COLUMNS)
        if not rows:
            sheet.add(*filled(["No figure has been agreed yet."], _COLUMNS))
        for each in rows:
            cells = {_WORKED: money(each.now), _COMPARED: money(each.agreed.amount)}
            self._line(_agreed_words(each.agreed), cells)

    # The verdict

    def _verdict(self, row: int) -> None:
        """How many differences are not nought, over the whole page."""
        for each in self.checked:
            at = cell_at(each, _DIFFERENCE)
            self.sheet.highlights.append(Highlight(at, f"ROUND({at},2)<>0", Look.BAD))
            self.sheet.highlights.append(Highlight(at, f"ROUND({at},2)=0", Look.OK))
        counts = "+".join(f"(ROUND({cell_at(each, _DIFFERENCE)},2)<>0)" for each in self.checked)
        ties, broken = (
            "Everything ties: each difference on this page is 0.00.",
            "Something doesn't tie: see the differences marked on this page.",
        )
        whole = self.tied.ties and not any(each.difference for each in self.tied.balances)
        cell = Cell(
            ties if whole else broken,
            Style(Look.SUBTOTAL, Show.GENERAL),
            formula=f'IF({counts}=0,"{ties}","{broken}")',
        )
        self.sheet.body[row - 1] = Row(filled([cell], _COLUMNS), Look.SUBTOTAL, 19)
        at, area = cell_at(row, 1, fixed=True), f"{cell_at(row, 1)}:{cell_at(row, _COLUMNS)}"
        self.sheet.highlights.append(Highlight(area, f'{at}="{ties}"', Look.OK))
        self.sheet.highlights.append(Highlight(area, f'{at}<>"{ties}"', Look.BAD))


def _sum(cell: Cell | None) -> Money:
    return cell.value if cell is not None and isinstance(cell.value, Money) else ZERO


def _agreed_words(agreed: AgreedBalance) -> str:
    who = f" by the {agreed.agreed_by}" if agreed.agreed_by else ""
    return f"{agreed.figure.value}, {agreed.quarter.year.begins_on:%d/%m/%Y} to {short_date(agreed.quarter.ends_on)}: agreed on {short_date(agreed.agreed_on)}{who}"
