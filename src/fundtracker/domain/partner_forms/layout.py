"""What stands on a partner form: its sheets, their tables, each column and who fills it in. The one description of the form.

A row is known by its key (a hidden column), a column by its heading, never by their places: a partner may sort, move and
insert. Keys never change meaning; a change of headings or columns is a new TEMPLATE_VERSION.
"""

from dataclasses import dataclass
from enum import Enum, auto

from fundtracker.domain.bids import Expense
from fundtracker.domain.cubes import Line
from fundtracker.domain.delivery import Proximity, RiskCategory
from fundtracker.domain.kinds import (
    Choice,
    DateKind,
    Kind,
    LongText,
    MoneyKind,
    Number,
    WholeNumber,
    YesNo,
)
from fundtracker.domain.periods import Quarter

TEMPLATE_VERSION = "1"
COST_ROWS = 200
"""Rows for the partner's own invoices."""
NEW_RISK_ROWS = 5
ABOUT = "About"
"""The hidden sheet: a name in column A, its value in column B (see `AboutField`)."""
LISTS = "Lists"
"""Hidden too: the words that the drop-downs choose from."""
START = "Start"
KEY_HEADING = "Row key"
"""Over the hidden first column of every table."""
NO_ROWS = "NONE"
"""In that column under the headings of a table of which the grant has no rows: they weren't taken away."""


class AboutField(Enum):
    """What the hidden sheet says of the form."""

    TEMPLATE = "template"
    FORM = "form"  # PartnerForm.reference
    GRANT = "grant"  # Grant.reference
    PERIOD = "period"  # "2024-25-Q2"


class Who(Enum):
    OFFICE = auto()  # prefilled, locked, sealed
    PARTNER = auto()  # open; may be prefilled with what was said last
    WORKED = auto()  # a formula; what comes back in it is compared, never taken


class Words(Enum):
    """Lists that are the grant's own, not the program's."""

    INTERVENTIONS = auto()
    CATEGORIES = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """One column. `words` is the most words a partner may write; `choices` the grant's own list a cell is chosen from."""

    name: str
    heading: str
    kind: Kind
    who: Who = Who.PARTNER
    required: bool = False
    words: int = 0
    choices: Words | None = None
    width: float = 14
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """A table of a sheet. `all_or_none`: a row without anything in its open cells is a row not used; else every row is answered."""

    name: str
    sheet: str
    title: str
    columns: tuple[FormColumn, ...]
    all_or_none: bool = False

    def column(self, name: str) -> FormColumn:
        return next(each for each in self.columns if each.name == name)


_TEXT, _LONG, _MONEY, _DAY, _NUMBER, _WHOLE, _YES = (
    Kind(),
    LongText(),
    MoneyKind(),
    DateKind(),
    Number(),
    WholeNumber(),
    YesNo(),
)
_RISK_NOW = (
    FormColumn(name="impact", heading="Impact now, 1 to 5", kind=_WHOLE, required=True, width=10),
    FormColumn(name="likelihood", heading="Likelihood now, 1 to 5", kind=_WHOLE, required=True, width=10),
    FormColumn(name="proximity", heading="How near", kind=Choice(Proximity), required=True, width=20),
    FormColumn(name="mitigation", heading="What you do about it", kind=_LONG, words=60, width=44),
    FormColumn(name="closed_on", heading="Closed on", kind=_DAY, width=12),
)
"""How a risk stands, of one on the register and of a new one."""
OFFICE, WORKED = Who.OFFICE, Who.WORKED


def spend_key(line: Line) -> str:
    """ "SPEND-31-R-7": intervention, capital or resource, category."""
    return f"SPEND-{line.intervention_id}-{line.expense.value[0]}-{line.category_id}"


def cost_key(number: int) -> str:
    """ "COST-001": the first of the rows for the partner's invoices."""
    return f"COST-{number:03d}"


def words_in(text: str) -> int:
    """Words as the form's own formula counts them: what stands between blanks and line ends."""
    return len([each for each in text.replace("\n", " ").split(" ") if each])


def forecast_name(quarter: Quarter) -> str:
    """ "forecast_2024-25-Q3": the column of a quarter's forecast."""
    return f"forecast_{quarter.code}"


def _forecasts(ahead: tuple[Quarter, ...]) -> tuple[FormColumn, ...]:
    return tuple(
        FormColumn(
            name=forecast_name(each),
            heading=f"Forecast {each}",
            kind=_MONEY,
            required=True,
            help="What you now expect to spend; 0 for none",
        )
        for each in ahead
    )


def _spend(ahead: tuple[Quarter, ...]) -> FormTable:
    return FormTable(
        name="spend",
        sheet="Spend",
        title="Spend by intervention and category",
        columns=(
            FormColumn(name="intervention", heading="Intervention", kind=_TEXT, who=OFFICE, width=40),
            FormColumn(name="expense", heading="Capital or resource", kind=Choice(Expense), who=OFFICE),
            FormColumn(name="category", heading="Cost category", kind=_TEXT, who=OFFICE, width=22),
            FormColumn(name="accepted", heading="Accepted so far this year", kind=_MONEY, who=OFFICE),
            FormColumn(
                name="spent",
                heading="Spent this quarter",
                kind=_MONEY,
                required=True,
                help="Received in the quarter, paid or not; 0 for none",
            ),
            FormColumn(name="lines", heading="Your cost lines come to", kind=_MONEY, who=WORKED),
            FormColumn(name="difference", heading="Difference", kind=_MONEY, who=WORKED),
            *_forecasts(ahead),
        ),
    )


_BUDGET = FormTable(
    name="budget",
    sheet="Budget",
    title="Budget of the year, by intervention",
    columns=(
        FormColumn(name="intervention", heading="Intervention", kind=_TEXT, who=OFFICE, width=40),
        FormColumn(name="budget", heading="Budget of the year", kind=_MONEY, who=OFFICE),
        FormColumn(name="accepted", heading="Accepted so far this year", kind=_MONEY, who=OFFICE),
        FormColumn(name="spent", heading="Spent this quarter", kind=_MONEY, who=WORKED),
        FormColumn(name="forecast", heading="Forecast to 31 March", kind=_MONEY, who=WORKED),
        FormColumn(name="left", heading="Left of the budget", kind=_MONEY, who=WORKED),
        FormColumn(
            name="reason",
            heading="Reason for over- or underspend",
            kind=_LONG,
            words=100,
            width=44,
            help="Needed where what is left differs from nought by more than the grant's percentage",
        ),
    ),
)
_COSTS = FormTable(
    name="costs",
    sheet="Costs",
    title="Your costs of the quarter, invoice by invoice",
    all_or_none=True,
    columns=(
        FormColumn(
            name="intervention",
            heading="Intervention",
            kind=_TEXT,
            required=True,
            choices=Words.INTERVENTIONS,
            width=30,
        ),
        FormColumn(name="expense", heading="Capital or resource", kind=Choice(Expense), required=True),
        FormColumn(
            name="category",
            heading="Cost category",
            kind=_TEXT,
            required=True,
            choices=Words.CATEGORIES,
            width=20,
        ),
        FormColumn(name="supplier", heading="Supplier", kind=_TEXT, required=True, width=26),
        FormColumn(name="invoice_number", heading="Invoice no.", kind=_TEXT),
        FormColumn(name="description", heading="Description", kind=_TEXT, required=True, width=30),
        FormColumn(name="ordered_on", heading="Ordered", kind=_DAY, width=12),
        FormColumn(
            name="received_on",
            heading="Received",
            kind=_DAY,
            required=True,
            width=12,
            help="When the goods or services came: this decides the quarter",
        ),
        FormColumn(name="invoiced_on", heading="Invoiced", kind=_DAY, width=12),
        FormColumn(name="paid_on", heading="Paid", kind=_DAY, width=12),
        FormColumn(name="net", heading="Net", kind=_MONEY, required=True),
        FormColumn(name="vat", heading="VAT", kind=_MONEY, required=True, help="0 where there is none"),
        FormColumn(
            name="vat_recoverable",
            heading="VAT recoverable?",
            kind=_YES,
            required=True,
            help="Yes where you get the VAT back: it then can't be claimed",
        ),
        FormColumn(name="eligible", heading="Eligible", kind=_MONEY, who=WORKED),
        FormColumn(
            name="evidence",
            heading="Evidence",
            kind=_TEXT,
            width=24,
            help="The name of the invoice's file that you send with this form",
        ),
    ),
)
_OUTPUTS = FormTable(
    name="outputs",
    sheet="Outputs",
    title="What you did in the quarter",
    columns=(
        FormColumn(name="indicator", heading="Output", kind=_TEXT, who=OFFICE, width=44),
        FormColumn(name="unit", heading="Unit", kind=_TEXT, who=OFFICE),
        FormColumn(name="target", heading="Target, all partners", kind=_NUMBER, who=OFFICE),
        FormColumn(name="to_date", heading="Yours so far", kind=_NUMBER, who=OFFICE),
        FormColumn(
            name="value",
            heading="This quarter",
            kind=_NUMBER,
            required=True,
            help="What was done in this quarter alone, not to date; 0 for none, never blank",
        ),
        FormColumn(name="evidence_held", heading="Evidence held?", kind=_YES, required=True),
        FormColumn(name="evidence", heading="Where the evidence is", kind=_TEXT, width=26),
        FormColumn(name="caveat", heading="Caveat", kind=_LONG, words=60, width=34),
    ),
)
_MILESTONES = FormTable(
    name="milestones",
    sheet="Milestones",
    title="Milestones",
    columns=(
        FormColumn(name="milestone", heading="Milestone", kind=_TEXT, who=OFFICE, width=44),
        FormColumn(name="baseline_on", heading="Agreed date", kind=_DAY, who=OFFICE),
        FormColumn(
            name="forecast_on",
            heading="Now expected",
            kind=_DAY,
            help="Change it where you now expect another day",
        ),
        FormColumn(name="actual_on", heading="Done on", kind=_DAY, help="Left empty until it is done"),
    ),
)
_RISKS = FormTable(
    name="risks",
    sheet="Risks",
    title="Risks on the register",
    columns=(
        FormColumn(name="title", heading="Risk", kind=_TEXT, who=OFFICE, width=40),
        FormColumn(name="category", heading="Category", kind=Choice(RiskCategory), who=OFFICE),
        *_RISK_NOW,
    ),
)
_NEW_RISKS = FormTable(
    name="new_risks",
    sheet="Risks",
    title="New risks",
    all_or_none=True,
    columns=(
        FormColumn(name="title", heading="Risk", kind=_TEXT, required=True, width=40),
        FormColumn(name="category", heading="Category", kind=Choice(RiskCategory), required=True),
        *_RISK_NOW,
    ),
)
_NARRATIVE = FormTable(
    name="narrative",
    sheet="Narrative",
    title="In your own words",
    columns=(
        FormColumn(name="question", heading="Question", kind=_LONG, who=OFFICE, width=26),
        FormColumn(name="limit", heading="Words at most", kind=_WHOLE, who=OFFICE, width=10),
        FormColumn(name="answer", heading="Your answer", kind=_LONG, required=True, width=72),
        FormColumn(name="words", heading="Words used", kind=_WHOLE, who=WORKED, width=10),
    ),
)
_DECLARATION = FormTable(
    name="declaration",
    sheet="Declaration",
    title="Declaration by your finance officer",
    columns=(
        FormColumn(name="statement", heading="Statement", kind=_LONG, who=OFFICE, width=70),
        FormColumn(name="agreed", heading="Agreed?", kind=_YES, required=True),
        FormColumn(name="declared_by", heading="Name", kind=_TEXT, required=True, width=26),
        FormColumn(
            name="declared_role",
            heading="Role",
            kind=_TEXT,
            required=True,
            width=26,
            help="Chief finance officer, Section 151 officer or treasurer",
        ),
        FormColumn(name="declared_on", heading="Date", kind=_DAY, required=True, width=12),
    ),
)


def tables(ahead: tuple[Quarter, ...]) -> tuple[FormTable, ...]:
    """The form's tables in the order of its sheets; `ahead` are the quarters of the year still to come."""
    return (
        _spend(ahead),
        _BUDGET,
        _COSTS,
        _OUTPUTS,
        _MILESTONES,
        _RISKS,
        _NEW_RISKS,
        _NARRATIVE,
        _DECLARATION,
    )


QUESTIONS: tuple[tuple[str, str, int], ...] = (
    ("done", "What was done this quarter, and for whom?", 250),
    ("challenges", "What stands in the way, and what do you do about it?", 150),
    ("coming", "What comes next quarter?", 150),
)
"""Of the narrative: the field of PartnerForm, the question, and its word limit (domain 5.3: 250 and 200 words)."""
STATEMENT = (
    "The spend in this form is for the purpose of the grant, was received in the quarter, is not claimed from any other"
    " fund, and rests on records that we keep as the agreement asks. The figures agree with our ledger."
)
