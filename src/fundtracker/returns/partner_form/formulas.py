"""The form's live formulas: its WORKED columns, and the status of each sheet. `domain.partner_forms.worked` says the same in Python."""

from collections.abc import Callable

from fundtracker.domain.partner_forms.layout import Who
from fundtracker.returns.partner_form.places import Place, Places

_WILD = frozenset("~*?")


def worked_formula(places: Places, table: str, column: str, row: int) -> str:
    """The formula of a WORKED cell."""
    return _WORKED[table, column](places, row)


def _equal_to(places: Places, cell: str) -> str:
    """The cell's text as a criterion: "=" before it, and ~ before what would stand for any letters."""
    words = (*places.case.interventions, *places.case.categories)
    if any(_WILD & set(word) for word in words):
        for sign in ("~", "*", "?"):
            cell = f'SUBSTITUTE({cell},"{sign}","~{sign}")'
    return f'"="&{cell}'


def _lines(places: Places, row: int) -> str:
    costs, spend = places["costs"], places["spend"]
    criteria = ",".join(
        f"{costs.area(name, away=True)},{_equal_to(places, spend.cell(name, row))}"
        for name in ("intervention", "expense", "category")
    )
    return f"ROUND(SUMIFS({costs.area('eligible', away=True)},{criteria}),2)"


def _difference(places: Places, row: int) -> str:
    spend = places["spend"]
    return f"ROUND(N({spend.cell('spent', row)})-{spend.cell('lines', row)},2)"


def _of_intervention(*wanted: Callable[[Places], tuple[str, ...]]) -> Callable[[Places, int], str]:
    """The sum of columns of Spend over the rows of the budget row's intervention."""

    def formula(places: Places, row: int) -> str:
        spend, budget = places["spend"], places["budget"]
        among = spend.area("intervention", away=True)
        criterion = _equal_to(places, budget.cell("intervention", row))
        sums = [
            f"SUMIFS({spend.area(name, away=True)},{among},{criterion})"
            for names in wanted
            for name in names(places)
        ]
        return f"ROUND({'+'.join(sums)},2)" if sums else "0"

    return formula


def _forecasts(places: Places) -> tuple[str, ...]:
    names = (each.name for each in places["spend"].table.columns)
    return tuple(name for name in names if name.startswith("forecast_"))


def _left(places: Places, row: int) -> str:
    budget = places["budget"]
    parts = "-".join(budget.cell(name, row) for name in ("budget", "accepted", "spent", "forecast"))
    return f"ROUND({parts},2)"


def _eligible(places: Places, row: int) -> str:
    net, vat, back = (places["costs"].cell(name, row) for name in ("net", "vat", "vat_recoverable"))
    return f'IF(ISNUMBER({net}),ROUND({net}+IF({back}="No",N({vat}),0),2),"")'


def _words(places: Places, row: int) -> str:
    text = f'TRIM(SUBSTITUTE({places["narrative"].cell("answer", row)},CHAR(10)," "))'
    return f'IF(LEN({text})=0,0,LEN({text})-LEN(SUBSTITUTE({text}," ",""))+1)'


_WORKED: dict[tuple[str, str], Callable[[Places, int], str]] = {
    ("spend", "lines"): _lines,
    ("spend", "difference"): _difference,
    ("budget", "spent"): _of_intervention(lambda _: ("spent",)),
    ("budget", "forecast"): _of_intervention(_forecasts),
    ("budget", "left"): _left,
    ("costs", "eligible"): _eligible,
    ("narrative", "words"): _words,
}


def status_formula(places: Places, sheet: str) -> str:
    """ "To do" until nothing that the sheet asks for is missing, then "Done"."""
    faults = [_missing(place) for place in places.on(sheet) if place.rows]
    faults += [each(places) for each in _MORE.get(sheet, ())]
    wanting = "+".join(each for each in faults if each)
    return f'IF(IFERROR({wanting},1)=0,"Done","To do")' if wanting else '"Done"'


def _missing(place: Place) -> str:
    """How many required cells are empty, of rows that are used."""
    required = [each.name for each in place.table.columns if each.required]
    if not required:
        return ""
    if not place.table.all_or_none:
        return "+".join(f"SUMPRODUCT(--(LEN({place.area(name)})=0))" for name in required)
    opened = (each.name for each in place.table.columns if each.who is Who.PARTNER)
    used = "+".join(f"LEN({place.area(name)})" for name in opened)
    full = "*".join(f"(LEN({place.area(name)})>0)" for name in required)
    return f"SUMPRODUCT(({used}>0)*(1-{full}))"


def is_used(place: Place, row: int) -> str:
    """Whether anything stands in a row's open cells; written for one row, for a conditional format."""
    opened = (place.cell(each.name, row) for each in place.table.columns if each.who is Who.PARTNER)
    return f"({'+'.join(f'LEN({each})' for each in opened)}>0)"


def _differences(places: Places) -> str:
    return f"SUMPRODUCT(--(ABS({places['spend'].area('difference')})>0.004))"


def _costs_of_spend(places: Places) -> str:
    costs, spend = places["costs"], places["spend"]
    spent = spend.area("spent", away=True)
    return f"(ABS(SUM({costs.area('eligible')})-SUM({spent}))>0.004)+SUMPRODUCT(--(LEN({spent})=0))"


def needs_reason(places: Places, left: str, budget: str) -> str:
    percent = places.case.variance_percent
    return f"(ABS({left})>ROUND(ABS({budget})*{percent}/100,2)+0.004)"


def _reasons(places: Places) -> str:
    budget = places["budget"]
    far = needs_reason(places, budget.area("left"), budget.area("budget"))
    return f"SUMPRODUCT({far}*(LEN({budget.area('reason')})=0))"


def _overdue(places: Places) -> str:
    """Milestones not done whose expected day has passed by the end of the quarter."""
    place, end = places["milestones"], places.case.quarter.ends_on
    if not place.rows:
        return ""
    late = f"({place.area('forecast_on')}<=DATE({end.year},{end.month},{end.day}))"
    return f"SUMPRODUCT((LEN({place.area('actual_on')})=0)*{late})"


def _too_long(places: Places) -> str:
    place = places["narrative"]
    return f"SUMPRODUCT(--({place.area('words')}>{place.area('limit')}))"


def _not_agreed(places: Places) -> str:
    return f'SUMPRODUCT(--({places["declaration"].area("agreed")}<>"Yes"))'


_MORE: dict[str, tuple[Callable[[Places], str], ...]] = {
    "Spend": (_differences,),
    "Budget": (_reasons,),
    "Costs": (_costs_of_spend,),
    "Milestones": (_overdue,),
    "Narrative": (_too_long,),
    "Declaration": (_not_agreed,),
}
