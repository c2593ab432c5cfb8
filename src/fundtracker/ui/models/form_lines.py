"""Partner forms as rows of a table: where each stands, by a word and a mark; and what is wrong with one, and what it would change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from fundtracker.application.actions.partner_forms.states import FormStanding
from fundtracker.domain.forms import FormState
from fundtracker.domain.partner_forms.differences import Difference
from fundtracker.domain.partner_forms.said import FormProblem
from fundtracker.domain.periods import Quarter, short_date
from fundtracker.domain.problems import Severity
from fundtracker.ui.dialogs.problem_table import cells_in_words
from fundtracker.ui.models.figures_table import Heading, TableRow, money

MARKS = {
    FormState.NOT_ISSUED: "○",
    FormState.ISSUED: "→",
    FormState.LATE: "⚠",
    FormState.RECEIVED: "↓",
    FormState.WITH_PROBLEMS: "←",
    FormState.ACCEPTED: "✓",
}
PARTNER = 20
"""Characters of a partner's name that are always in sight; it has whatever room is left."""
_DATES = (
    Heading("State", 0),
    Heading("Due", 10),
    Heading("Received", 10),
    Heading("Accepted", 10),
    Heading("Reported", 0, right=True, help="Eligible spend of the quarter, as the form says"),
    Heading("Chased", 0),
)
OF_QUARTER = (Heading("Grant", 0), Heading("Partner", PARTNER), *_DATES)
OF_GRANT = (Heading("Quarter", 12), *_DATES)
PROBLEMS = (Heading("Where", 24), Heading("What is wrong, and what to do", 60))
DIFFERENCES = (
    Heading("Sheet", 11),
    Heading("What", 34),
    Heading("Field", 18),
    Heading("Held", 22),
    Heading("The form says", 26),
    Heading("Cell", 6),
)


def counted(many: int, what: str) -> str:
    return f"{many:,} {what}{'' if many == 1 else 's'}"


def state_in_words(standing: FormStanding) -> str:
    """ "Late by 12 days", "Sent back with 3 problems"."""
    form = standing.form
    match standing.state:
        case FormState.LATE:
            return f"Late by {counted(standing.days_late, 'day')}"
        case FormState.WITH_PROBLEMS if form is not None:
            return f"Sent back with {counted(form.problems, 'problem')}"
        case state:
            return state.value


def form_row(quarter: Quarter, standing: FormStanding, partner: str | None) -> TableRow:
    """`partner` is None in the table of one grant, whose rows are quarters."""
    form = standing.form
    days = (form.due_on, form.received_on, form.accepted_on) if form else (None,) * 3
    chased = form.chased_on if form else None
    named = (str(quarter),) if partner is None else (standing.grant.reference, partner)
    state = f"{MARKS[standing.state]} {state_in_words(standing)}"
    reported = money(form.reported) if form and form.accepted_on else ""
    return TableRow(
        (*named, state, *map(_day, days), reported, _day(chased)),
        target=("PartnerForm", form.id) if form else ("Grant", standing.grant.id),
        key=(standing.grant.id, quarter),
        bold=standing.state in {FormState.LATE, FormState.WITH_PROBLEMS},
    )


def _day(day: date | None) -> str:
    return short_date(day) if day else ""


def summary(standings: Sequence[FormStanding]) -> str:
    """ "6 grants: 1 not issued, 2 late, 3 accepted"."""
    words = {
        FormState.NOT_ISSUED: "not issued",
        FormState.ISSUED: "issued",
        FormState.LATE: "late",
        FormState.RECEIVED: "received and not yet accepted",
        FormState.WITH_PROBLEMS: "sent back",
        FormState.ACCEPTED: "accepted",
    }
    parts = [
        f"{many} {named}"
        for state, named in words.items()
        if (many := sum(each.state is state for each in standings))
    ]
    return f"{counted(len(standings), 'grant')}: {', '.join(parts)}." if parts else ""


def problem_rows(problems: Iterable[FormProblem]) -> list[TableRow]:
    return [TableRow((where(each.places), each.message), key=n) for n, each in enumerate(problems)]


def where(places: Iterable[str]) -> str:
    """ "Costs H12 to H14; Spend F8"."""
    sheets: dict[str, list[str]] = {}
    for place in places:
        sheet, _, cell = place.rpartition("!")
        sheets.setdefault(sheet, []).append(cell)
    return "; ".join(f"{sheet} {cells_in_words(cells)}".strip() for sheet, cells in sheets.items())


def difference_rows(found: Iterable[Difference]) -> list[TableRow]:
    rows: list[TableRow] = []
    for number, each in enumerate(found):
        sheet, _, cell = each.place.rpartition("!")
        cells = (sheet or each.table, each.what, each.column or "the whole row", each.held, each.said, cell)
        rows.append(TableRow(cells, key=number))
    return rows


def as_text(problems: Iterable[FormProblem], signs: Mapping[Severity, str]) -> str:
    """Tab-separated, with headings: for a message, or a sheet of its own."""
    lines = [("What", "Where", "What is wrong, and what to do")]
    lines += [(signs[each.severity], where(each.places), each.message) for each in problems]
    return "\n".join("\t".join(text.replace("\t", " ").replace("\n", " ") for text in line) for line in lines)
