"""Checks of a form's money: its spend and forecasts against its costs and the grant, and its costs one by one."""

from collections.abc import Iterator
from typing import Any

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO, Money, total
from fundtracker.domain.partner_forms.examined import FOUND, Examined, Fault, FormCheck, blank, worded
from fundtracker.domain.partner_forms.layout import Who, Words
from fundtracker.domain.partner_forms.said import SaidRow
from fundtracker.domain.partner_forms.worked import eligible, money, needs_reason
from fundtracker.domain.periods import Quarter, short_date
from fundtracker.domain.problems import Severity

WARNING = Severity.WARNING
_MOST_VAT = 20
"""Per cent: the standard rate."""


def spend_blank(of: Examined) -> Iterator[Fault]:
    """Nothing spent is nought, never an empty cell."""
    yield from blank(of, "spend")


def cost_incomplete(of: Examined) -> Iterator[Fault]:
    yield from blank(of, "costs", " A row that isn't meant is emptied.")


def choices(of: Examined) -> Iterator[Fault]:
    """A cost stands on a line that the form has."""
    lists = {Words.INTERVENTIONS: of.case.interventions, Words.CATEGORIES: of.case.categories}
    lines = {_line(row) for row in of.case.rows.get("spend", {}).values()}
    for _, row, values in of.rows("costs"):
        sound = True
        for column in of.case.table("costs").columns:
            said = values.get(column.name)
            if (
                column.choices is not None
                and said is not None
                and worded(lists[column.choices], said) is None
            ):
                sound = False
                yield Fault(
                    f"“{column.heading}” holds {FOUND}, which isn't in its list: choose one of the words in the list.",
                    (row.place(column.name),),
                    f"“{said}”",
                )
        line = _line(values)
        if sound and None not in line and _folded(line) not in {_folded(each) for each in lines}:
            kind = values["expense"].value.lower()
            yield Fault(
                f"“Spend” has no line for what these costs are for ({FOUND}): choose a line that it has, or ask the office for one.",
                (row.place("category"),),
                f"{values['intervention']}, {kind}, {values['category']}",
            )


def _line(row: Any) -> tuple[Any, Any, Any]:
    return row.get("intervention"), row.get("expense"), row.get("category")


def _folded(line: tuple[Any, Any, Any]) -> tuple[str, Any, str]:
    return " ".join(str(line[0]).split()).casefold(), line[1], " ".join(str(line[2]).split()).casefold()


def totals(of: Examined) -> Iterator[Fault]:
    """Each line of Spend is what its costs come to."""
    for key, row, values in of.rows("spend"):
        spent, lines = values.get("spent"), of.worked["spend"][key]["lines"]
        if isinstance(spent, Money) and spent != lines:
            yield Fault(
                f"“Spent this quarter” and the cost lines don't agree ({FOUND}): correct the one that is wrong, or add the cost that is missing.",
                (row.place("spent"),),
                f"{spent.in_full} in Spend, {lines.in_full} in Costs",
            )


def typed_over(of: Examined) -> Iterator[Fault]:
    """A sum that the form works out shows something else: typed over, or saved without being worked out again."""
    for table in of.case.tables:
        for column in table.columns:
            if column.who is not Who.WORKED or not column.kind.right_aligned or column.name == "words":
                continue
            for key, row, _ in of.rows(table.name):
                shown, due = row.value(column.name), of.worked[table.name][key][column.name]
                if shown is not None and shown != (ZERO if due is None else due):
                    yield Fault(
                        f"“{column.heading}” is worked out by the form, and was typed over or is out of date ({FOUND}): the sum worked out here counts.",
                        (row.place(column.name),),
                        f"{_shown(column.kind, shown)} instead of {_shown(column.kind, ZERO if due is None else due)}",
                        WARNING,
                    )


def _shown(kind: Kind, value: Any) -> str:
    return value.in_full if isinstance(value, Money) else kind.show(value)


def above_grant(of: Examined) -> Iterator[Fault]:
    """An intervention's spend of a year stays within what the grant gives it for that year (product 3, rule 1)."""
    for key, _, values in of.rows("budget"):
        budget = money(values.get("budget"))
        others = (*of.held.beside, *of.held.later)
        beside = total(each.eligible for each in others if each.intervention_id == of.case.ids[key])
        accepted = money(values.get("accepted")) + beside
        made = of.worked["budget"][key]
        found = f"{values['intervention']}: {accepted.in_full} accepted already and {made['spent'].in_full} now, of {budget.in_full}"
        if made["spent"] and accepted + made["spent"] > budget:
            yield Fault(
                f"More is spent than the grant gives for {of.case.quarter.year} ({FOUND}): report what the grant pays, or ask for a variation first.",
                of.cell("budget", key, "left") or of.cell("budget", key, "budget"),
                found,
            )
        elif made["left"] < ZERO:
            yield Fault(
                f"Spend and forecast come to more than the grant gives for {of.case.quarter.year} ({FOUND}): lower the forecast, or ask for a variation.",
                of.cell("budget", key, "left") or of.cell("budget", key, "budget"),
                f"{values['intervention']}: {(-made['left']).in_full} too much",
                WARNING,
            )


def variance_reason(of: Examined) -> Iterator[Fault]:
    """A reason is written where the year's outturn leaves or exceeds more than the grant's percentage."""
    for key, row, values in of.rows("budget"):
        budget, left = money(values.get("budget")), of.worked["budget"][key]["left"]
        unsaid = row.values.get("reason") is None and "reason" in row.places
        told = _answered(of, values["intervention"])
        if unsaid and told and needs_reason(left, budget, of.case.variance_percent):
            yield Fault(
                f"The year's spend and forecast differ from the budget by more than {of.case.variance_percent:g} per cent ({FOUND}): write why, under “Reason for over- or underspend”.",
                (row.place("reason"),),
                f"{values['intervention']}: {abs(left).in_full} {'left' if left > ZERO else 'too much'} of {budget.in_full}",
            )


def _answered(of: Examined, intervention: str) -> bool:
    """Whether all of an intervention's spend is said: before, what is left means nothing."""
    asked = [each.name for each in of.case.table("spend").columns if each.required]
    return all(
        isinstance(values.get(name), Money)
        for _, _, values in of.rows("spend")
        if values["intervention"] == intervention
        for name in asked
    )


def negative(of: Examined) -> Iterator[Fault]:
    """Spend isn't below nought; a cost may be, where it takes another back."""
    for _, row, values in of.rows("spend"):
        for column in of.case.table("spend").columns:
            value = values.get(column.name)
            if column.who is Who.PARTNER and isinstance(value, Money) and value < ZERO:
                yield Fault(
                    f"“{column.heading}” is below nought ({FOUND}): enter what was spent; a credit for an earlier quarter goes into a form that replaces that quarter's.",
                    (row.place(column.name),),
                    value.in_full,
                )
    for _, row, values in of.rows("costs"):
        net, vat = values.get("net"), values.get("vat")
        if not isinstance(net, Money):
            continue
        if net < ZERO:
            yield Fault(
                f"“Net” is below nought ({FOUND}): right for a credit note, whose description says which invoice it takes back.",
                (row.place("net"),),
                net.in_full,
                WARNING,
            )
        if not net and not vat:
            yield Fault("The cost comes to nothing: enter its net sum, or empty the row.", (row.place("net"),), severity=WARNING)  # fmt: skip
        if isinstance(vat, Money) and vat:
            yield from _vat(row, net, vat)


def _vat(row: SaidRow, net: Money, vat: Money) -> Iterator[Fault]:
    if (vat < ZERO) != (net < ZERO):
        yield Fault(
            f"“VAT” and “Net” have different signs ({FOUND}): both are below nought in a credit note, and neither elsewhere.",
            (row.place("vat"),),
            f"net {net.in_full}, VAT {vat.in_full}",
        )
    elif abs(vat).pence * 100 > abs(net).pence * _MOST_VAT + 100:
        yield Fault(
            f"“VAT” is more than {_MOST_VAT} per cent of “Net” ({FOUND}): is the net sum without VAT?",
            (row.place("vat"),),
            f"{vat.in_full} on {net.in_full}",
            WARNING,
        )


def dates(of: Examined) -> Iterator[Fault]:
    """Goods and services came in the quarter, while the grant and the award ran; nothing happened after today (domain 5.5)."""
    headings = {each.name: each.heading for each in of.case.table("costs").columns}
    for _, row, values in of.rows("costs"):
        for name in ("ordered_on", "received_on", "invoiced_on", "paid_on"):
            day = values.get(name)
            if day is not None and day > of.held.today:
                yield Fault(
                    f"“{headings[name]}” is after today ({FOUND}): enter the day it happened, or leave it empty until it has.",
                    (row.place(name),),
                    short_date(day),
                )
        day = values.get("received_on")
        if day is not None and day <= of.held.today:
            yield from _received(of, row, values)


def _received(of: Examined, row: SaidRow, values: Any) -> Iterator[Fault]:
    day, case, place = values["received_on"], of.case, (row.place("received_on"),)
    number = worded(case.interventions, values.get("intervention"))
    award, ends = of.held.awards.get(number or 0, (None, None))
    if day not in case.quarter:
        yield Fault(
            f"“Received” isn't in {case.quarter} ({FOUND}): a cost is reported in the quarter its goods or services came. Leave out one of a later quarter until that quarter's form; one of an earlier quarter goes into a form that replaces that quarter's.",
            place,
            f"{short_date(day)}, {Quarter.of(day)}",
        )
    elif (case.starts_on and day < case.starts_on) or (case.ends_on and day > case.ends_on):
        runs = " ".join(
            f"{word} {short_date(each)}"
            for word, each in (("from", case.starts_on), ("to", case.ends_on))
            if each
        )
        yield Fault(
            f"“Received” is outside the grant's dates ({FOUND}): the grant pays for what comes {runs}.",
            place,
            short_date(day),
        )
    elif award and ends and not award.starts_on <= day <= ends:
        yield Fault(
            f"“Received” is outside the dates of {award.reference}, which pays for this ({FOUND}): it pays for what comes from {short_date(award.starts_on)} to {short_date(ends)}.",
            place,
            short_date(day),
        )


_ORDER = (
    ("received_on", "ordered_on", "“Received” is before “Ordered”"),
    ("paid_on", "invoiced_on", "“Paid” is before “Invoiced”"),
    ("paid_on", "received_on", "“Paid” is before “Received”"),
)


def dates_in_order(of: Examined) -> Iterator[Fault]:
    """Ordered, received, invoiced, paid is the usual order; another may be right (a deposit), and is asked about."""
    for _, row, values in of.rows("costs"):
        for late, early, said in _ORDER:
            one, other = values.get(late), values.get(early)
            if one is not None and other is not None and one < other:
                yield Fault(
                    f"{said} ({FOUND}): check the two dates.",
                    (row.place(late),),
                    f"{short_date(one)} and {short_date(other)}",
                    WARNING,
                )
        if values.get("invoiced_on") is not None and values.get("invoice_number") is None and "invoice_number" in row.places:  # fmt: skip
            yield Fault(
                "“Invoiced” has a date, and “Invoice no.” is empty: enter the number; where no invoice has come, leave both empty.",
                (row.place("invoice_number"),),
                severity=WARNING,
            )


def twice_in_form(of: Examined) -> Iterator[Fault]:
    """One invoice stands once; two halves of one may stand on different lines."""
    seen: dict[tuple[Any, ...], tuple[SaidRow, Any]] = {}
    for _, row, values in of.rows("costs"):
        if values.get("invoice_number") is None or values.get("supplier") is None or eligible(values) is None:
            continue
        key = (_word(values["supplier"]), _word(values["invoice_number"]), values["net"], values.get("vat"))
        first, before = seen.setdefault(key, (row, values))
        if first is row:
            continue
        same = _folded(_line(before)) == _folded(_line(values))
        yield Fault(
            f"The same invoice stands twice in this form ({FOUND}): {'delete one' if same else 'right only where an invoice of two equal parts is split between two lines'}.",
            (first.place("invoice_number"), row.place("invoice_number")),
            f"{values['supplier']}, {values['invoice_number']}, {values['net'].in_full}",
            Severity.ERROR if same else WARNING,
        )


def claimed_before(of: Examined) -> Iterator[Fault]:
    """No cost twice: not in another quarter of this grant, not in another grant, award or fund (product 3, rule 5)."""
    for _, row, values in of.rows("costs"):
        number, net = values.get("invoice_number"), values.get("net")
        if number is None or net is None:
            continue
        for twin in of.held.twins:
            vat = values.get("vat") or ZERO
            if _word(twin.invoice_number) != _word(number) or twin.net + twin.vat != net + vat:
                continue
            same = _word(twin.supplier) == _word(values.get("supplier"))
            found = f"{values.get('supplier')}, {number}, {net.in_full}: {twin.reference} in {twin.where}"
            if twin.net != net:
                told = f"{found}, net {twin.net.in_full} and VAT {twin.vat.in_full}"
                yield Fault(
                    f"An invoice of this number and of the same sum with VAT is held already, split otherwise into net and VAT ({FOUND}): check that it isn't claimed twice.",
                    (row.place("invoice_number"),),
                    told if same else f"{told}, {twin.supplier}",
                    WARNING,
                )
                continue
            yield Fault(
                f"This invoice is claimed already ({FOUND}): take it out of the form, or tell the office why it is another one."
                if same
                else f"A cost with this invoice number and this sum is held already, from a supplier of another name ({FOUND}): check that it isn't the same.",
                (row.place("invoice_number"),),
                found if same else f"{found}, {twin.supplier}",
                Severity.ERROR if same else WARNING,
            )


def held_beside(of: Examined) -> Iterator[Fault]:
    """Spend of the quarter that the office entered by hand would count beside the form's."""
    costs = of.held.beside
    if costs:
        named = ", ".join(each.reference for each in costs[:3]) + (" and others" if len(costs) > 3 else "")  # noqa: PLR2004 - enough to find them by
        yield Fault(
            f"{total(each.eligible for each in costs).in_prose} of the grant's spend in {of.case.quarter} is accepted already and came in no form ({named}): "
            "it stays beside what this form says, so remove or reverse what is in both.",
            severity=WARNING,
        )


def _word(text: Any) -> str:
    return " ".join(str(text or "").split()).casefold()


def evidence(of: Examined) -> Iterator[Fault]:
    """Each cost names its invoice's file, and the file came with the form."""
    files = of.held.files
    names = {_word(each) for each in files or ()}
    for _, row, values in of.rows("costs"):
        named = values.get("evidence")
        if named is None and "evidence" in row.places and values.get("invoice_number") is not None:
            yield Fault(
                "“Evidence” names no file: enter the name of the invoice's file that you send with this form.",
                (row.place("evidence"),),
                severity=WARNING,
            )
        elif named is not None and files is not None:
            missing = [
                each.strip() for each in str(named).split(";") if each.strip() and not _sent(each, names)
            ]
            if missing:
                yield Fault(
                    f"“Evidence” names files that didn't come with the form ({FOUND}): send them, or correct the names.",
                    (row.place("evidence"),),
                    "; ".join(missing),
                    WARNING,
                )


def _sent(name: str, names: set[str]) -> bool:
    """With or without its ending."""
    word = _word(name)
    return word in names or any(each.rpartition(".")[0] == word for each in names)


MONEY_CHECKS = (
    FormCheck("spend_blank", spend_blank),
    FormCheck("cost_incomplete", cost_incomplete),
    FormCheck("choices", choices),
    FormCheck("totals", totals),
    FormCheck("typed_over", typed_over),
    FormCheck("above_grant", above_grant),
    FormCheck("variance_reason", variance_reason),
    FormCheck("negative", negative),
    FormCheck("dates", dates),
    FormCheck("dates_in_order", dates_in_order),
    FormCheck("twice_in_form", twice_in_form),
    FormCheck("claimed_before", claimed_before),
    FormCheck("held_beside", held_beside, for_office=True),
    FormCheck("evidence", evidence),
)
