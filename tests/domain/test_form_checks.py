"""What is found wrong in a partner's form, in the partner's words: one fault at a time in a form that is otherwise sound."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fundtracker.domain.partner_forms.checks import FORM_CHECKS, form_problems
from fundtracker.domain.partner_forms.differences import differences
from fundtracker.domain.partner_forms.examined import Examined, Fault, FormCheck, Twin, grouped
from fundtracker.domain.partner_forms.layout import AboutField
from fundtracker.domain.partner_forms.said import FormProblem, SaidRow, Unread
from fundtracker.domain.problems import Severity
from partner import Answers, examined, sound
from partnering import COST_1, FORM, LIGHTS, SOLACE, cost, pounds

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
Edit = tuple[str, str, str, Any]
SPENT = "Spend!SPEND-1-R-1.spent"


def whole(*edits: Edit) -> Answers:
    """A sound form's answers with some cells typed differently."""
    made = sound()
    for table, key, column, value in (
        ("costs", "COST-001", "evidence", "july.pdf"),
        ("costs", "COST-007", "evidence", "column.pdf"),
        ("outputs", "OUT-1", "evidence", "Case system"),
        *edits,
    ):
        made.setdefault(table, {}).setdefault(key, {})[column] = value
    return made


def found(of: Examined) -> list[tuple[Severity, str, tuple[str, ...], str]]:
    return [(each.severity, each.check, each.places, each.message) for each in form_problems(of)]


def test_a_sound_form_has_no_problem() -> None:
    assert found(examined(whole())) == []


COST = "Costs!COST-001"
CASES: dict[str, tuple[list[Edit], Severity, str, tuple[str, ...], str]] = {
    "nothing spent is nought": (
        [("spend", "SPEND-2-C-2", "forecast_2024-25-Q3", None)],
        ERROR, "spend_blank", ("Spend!SPEND-2-C-2.forecast_2024-25-Q3",),
        "“Forecast 2024/25 Q3” of “Spend by intervention and category” is empty: enter pounds and pence, as 1,234.56, 0 for none.",
    ),
    "a cost half filled in": (
        [("costs", "COST-001", "supplier", None)],
        ERROR, "cost_incomplete", (f"{COST}.supplier",),
        "“Supplier” of “Your costs of the quarter, invoice by invoice” is empty: fill it in. A row that isn't meant is emptied.",
    ),
    "totals that disagree": (
        [("spend", "SPEND-1-R-1", "spent", pounds("1000.11"))],
        ERROR, "totals", (SPENT,),
        "“Spent this quarter” and the cost lines don't agree (£1,000.11 in Spend, £1,000.10 in Costs): correct the one that is wrong, or add the cost that is missing.",
    ),
    "a credit note": (
        [("costs", "COST-002", column, value) for column, value in (COST_1 | {"net": pounds("-10"), "invoice_number": "CN", "evidence": "cn.pdf"}).items()]
        + [("spend", "SPEND-1-R-1", "spent", pounds("990.10"))],
        WARNING, "negative", ("Costs!COST-002.net",),
        "“Net” is below nought (-£10.00): right for a credit note, whose description says which invoice it takes back.",
    ),
    "received in another quarter": (
        [("costs", "COST-001", "received_on", date(2024, 6, 30))],
        ERROR, "dates", (f"{COST}.received_on",),
        "“Received” isn't in 2024/25 Q2 (30/06/2024, 2024/25 Q1): a cost is reported in the quarter its goods or services came. Leave out one of a later quarter until that quarter's form; one of an earlier quarter goes into a form that replaces that quarter's.",
    ),
    "paid in the future": (
        [("costs", "COST-001", "paid_on", date(2024, 10, 11))],
        ERROR, "dates", (f"{COST}.paid_on",),
        "“Paid” is after today (11/10/2024): enter the day it happened, or leave it empty until it has.",
    ),
    "paid before it came": (
        [("costs", "COST-001", "paid_on", date(2024, 7, 1))],
        WARNING, "dates_in_order", (f"{COST}.paid_on",),
        "“Paid” is before “Received” (01/07/2024 and 31/07/2024): check the two dates.",
    ),
    "ordered after it came": (
        [("costs", "COST-001", "ordered_on", date(2024, 8, 1))],
        WARNING, "dates_in_order", (f"{COST}.received_on",),
        "“Received” is before “Ordered” (31/07/2024 and 01/08/2024): check the two dates.",
    ),
    "invoiced without a number": (
        [("costs", "COST-001", "invoiced_on", date(2024, 8, 1)), ("costs", "COST-001", "invoice_number", None)],
        WARNING, "dates_in_order", (f"{COST}.invoice_number",),
        "“Invoiced” has a date, and “Invoice no.” is empty: enter the number; where no invoice has come, leave both empty.",
    ),
    "VAT of the wrong sign": (
        [("costs", "COST-001", "vat", pounds("-1"))],
        ERROR, "negative", (f"{COST}.vat",),
        "“VAT” and “Net” have different signs (net £1,000.10, VAT -£1.00): both are below nought in a credit note, and neither elsewhere.",
    ),
    "more VAT than there is": (
        [("costs", "COST-001", "vat", pounds("500"))],
        WARNING, "negative", (f"{COST}.vat",),
        "“VAT” is more than 20 per cent of “Net” (£500.00 on £1,000.10): is the net sum without VAT?",
    ),
    "a word that isn't in the list": (
        [("costs", "COST-001", "category", "Staf")],
        ERROR, "choices", (f"{COST}.category",),
        "“Cost category” holds “Staf”, which isn't in its list: choose one of the words in the list.",
    ),
    "a file that isn't named": (
        [("costs", "COST-001", "evidence", None)],
        WARNING, "evidence", (f"{COST}.evidence",),
        "“Evidence” names no file: enter the name of the invoice's file that you send with this form.",
    ),
    "a variance without a reason": (
        [("budget", "BUDGET-2", "reason", None)],
        ERROR, "variance_reason", ("Budget!BUDGET-2.reason",),
        "The year's spend and forecast differ from the budget by more than 7.5 per cent (ASB-02 =Lights * night?: £759.94 left of £1,000.00): write why, under “Reason for over- or underspend”.",
    ),
    "a sum typed over": (
        [("budget", "BUDGET-1", "left", pounds("1"))],
        WARNING, "typed_over", ("Budget!BUDGET-1.left",),
        "“Left of the budget” is worked out by the form, and was typed over or is out of date (£1.00 instead of £179.80): the sum worked out here counts.",
    ),
    "an output left blank": (
        [("outputs", "OUT-1", "value", None)],
        ERROR, "outputs_blank", ("Outputs!OUT-1.value",),
        "“This quarter” of “What you did in the quarter” is empty: enter a number, three decimals at most, 0 for none.",
    ),
    "an output below nought": (
        [("outputs", "OUT-1", "value", Decimal(-2))],
        ERROR, "outputs", ("Outputs!OUT-1.value",),
        "“This quarter” is below nought (-2): enter what was done in the quarter alone; a correction goes into a form that replaces the quarter's.",
    ),
    "an output without evidence": (
        [("outputs", "OUT-1", "evidence_held", False)],
        WARNING, "outputs", ("Outputs!OUT-1.evidence_held",),
        "No evidence is held for what is counted here (I-1 Cases): collect it, for the auditor will ask.",
    ),
    "done in the future": (
        [("milestones", "MS-2", "actual_on", date(2024, 11, 1))],
        ERROR, "milestones", ("Milestones!MS-2.actual_on",),
        "“Done on” is after today (01/11/2024): leave it empty until it is done, and enter the day under “Now expected”.",
    ),
    "expected in the past": (
        [("milestones", "MS-2", "actual_on", None), ("milestones", "MS-2", "forecast_on", date(2024, 9, 30))],
        WARNING, "milestones", ("Milestones!MS-2.forecast_on",),
        "“Now expected” is past, and “Done on” is empty (30/09/2024): enter the day it was done, or the day it is now expected.",
    ),
    "done no more": (
        [("milestones", "MS-1", "actual_on", None)],
        WARNING, "milestones", ("Milestones!MS-1.actual_on",),
        "“Done on” was emptied (it was 08/04/2024): right only where it turned out not to be done.",
    ),
    "a score off the scale": (
        [("risks", "RISK-1", "impact", 6)],
        ERROR, "risks", ("Risks!RISK-1.impact",),
        "“Impact now, 1 to 5” holds 6: give a score from 1 (least) to 5 (most).",
    ),
    "a risk not scored": (
        [("risks", "RISK-1", "likelihood", None)],
        ERROR, "risks_blank", ("Risks!RISK-1.likelihood",),
        "“Likelihood now, 1 to 5” of “Risks on the register” is empty: enter a whole number.",
    ),
    "a risk closed in the future": (
        [("risks", "RISK-1", "closed_on", date(2025, 1, 1))],
        ERROR, "risks", ("Risks!RISK-1.closed_on",),
        "“Closed on” is after today (01/01/2025): leave it empty until the risk is over.",
    ),
    "a question not answered": (
        [("narrative", "N-coming", "answer", None)],
        ERROR, "narrative", ("Narrative!N-coming.answer",),
        "“Your answer” of “In your own words” is empty: fill it in.",
    ),
    "too many words": (
        [("narrative", "N-coming", "answer", "more " * 151)],
        ERROR, "word_limits", ("Narrative!N-coming.answer",),
        "“Your answer” has more than 150 words (151): shorten it.",
    ),
    "no name": (
        [("declaration", "DECLARATION", "declared_by", None)],
        ERROR, "declaration_blank", ("Declaration!DECLARATION.declared_by",),
        "“Name” of “Declaration by your finance officer” is empty: fill it in.",
    ),
    "not agreed": (
        [("declaration", "DECLARATION", "agreed", False)],
        ERROR, "declaration", ("Declaration!DECLARATION.agreed",),
        "The declaration says No: the form can be accepted once your finance officer agrees to it.",
    ),
    "declared in the future": (
        [("declaration", "DECLARATION", "declared_on", date(2024, 10, 11))],
        ERROR, "declaration", ("Declaration!DECLARATION.declared_on",),
        "The declaration is dated 11/10/2024, after today: enter the day it was made.",
    ),
    "declared before the quarter was over": (
        [("declaration", "DECLARATION", "declared_on", date(2024, 9, 30))],
        WARNING, "declaration", ("Declaration!DECLARATION.declared_on",),
        "The declaration is dated 30/09/2024, before the quarter was over (30 September 2024): it is made once all is known.",
    ),
    "declared by somebody else": (
        [("declaration", "DECLARATION", "declared_role", "Project officer")],
        WARNING, "signatory", ("Declaration!DECLARATION.declared_role",),
        "“Role” holds “Project officer”: the declaration is made by the chief finance officer, the section 151 officer or the treasurer.",
    ),
    "a locked cell": (
        [("spend", "SPEND-1-R-1", "accepted", pounds("5"))],
        ERROR, "locked", ("Spend!SPEND-1-R-1.accepted",),
        "“Accepted so far this year” is filled in by the office, and was changed (“5.00” instead of “1,320.10”): put back what stood there.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_fault_is_told_by_itself(
    case: tuple[list[Edit], Severity, str, tuple[str, ...], str],
) -> None:
    edits, severity, check, places, message = case
    wrong = found(examined(whole(*edits)))
    assert (severity, check, places, message) in wrong
    beside = {each[1] for each in wrong} - {check}
    assert beside <= {"totals"}  # where a cost falls out of its line, its line no longer agrees


def test_spend_above_the_grant_is_refused_and_a_forecast_above_it_asked_about() -> None:
    much = whole(
        ("costs", "COST-001", "net", pounds("4179.91")), ("spend", "SPEND-1-R-1", "spent", pounds("4179.91"))
    )
    assert found(examined(much))[0] == (
        ERROR,
        "above_grant",
        ("Budget!BUDGET-1.left",),
        "More is spent than the grant gives for 2024/25 (ASB-01 Solace: casework: £1,320.10 accepted already and £4,179.91 now, of £5,500.00): report what the grant pays, or ask for a variation first.",
    )
    just = whole(
        ("costs", "COST-001", "net", pounds("4179.90")),
        ("spend", "SPEND-1-R-1", "spent", pounds("4179.90")),
        ("budget", "BUDGET-1", "reason", "More cases"),
    )
    assert found(examined(just)) == [
        (
            WARNING,
            "above_grant",
            ("Budget!BUDGET-1.left",),
            "Spend and forecast come to more than the grant gives for 2024/25 (ASB-01 Solace: casework: £3,000.00 too much): lower the forecast, or ask for a variation.",
        )
    ]


def test_spend_that_came_in_no_form_uses_up_the_grant_too() -> None:
    by_hand = cost(3, "3179.91", date(2024, 7, 6))
    (wrong,) = [each for each in found(examined(whole(), beside=(by_hand,))) if each[0] is ERROR]
    assert (wrong[1], "£4,500.01 accepted already and £1,000.10 now, of £5,500.00" in wrong[3]) == (
        "above_grant",
        True,
    )


def test_spend_below_nought_is_refused() -> None:
    of = examined(whole(("spend", "SPEND-2-C-2", "spent", pounds("-1"))))
    assert (
        "“Spent this quarter” is below nought (-£1.00): enter what was spent; a credit for an earlier quarter goes into a form that replaces that quarter's."
        in [each.message for each in form_problems(of) if each.check == "negative"]
    )


def test_a_line_the_form_has_not_is_named() -> None:
    wrong = found(examined(whole(("costs", "COST-001", "intervention", LIGHTS))))
    assert (
        ERROR,
        "choices",
        (f"{COST}.category",),
        f"“Spend” has no line for what these costs are for ({LIGHTS}, resource, Staff, agency): choose a line that it has, or ask the office for one.",
    ) in wrong


def test_a_drop_down_typed_by_hand_is_taken_whatever_its_capitals() -> None:
    assert found(examined(whole(("costs", "COST-001", "intervention", f" {SOLACE.upper()} ")))) == []


def test_the_same_fault_in_forty_cells_is_one_problem_with_forty_places() -> None:
    faults = [Fault("Wrong.", (f"Costs!H{n}",), f"{n}") for n in range(1, 41)]
    (problem,) = grouped("check", faults)
    assert problem.places == tuple(f"Costs!H{n}" for n in range(1, 41))
    assert str(problem) == (
        "Costs!H1, Costs!H2, Costs!H3, Costs!H4, Costs!H5, Costs!H6, Costs!H7, Costs!H8 and 32 more: Wrong."
    )


def test_forty_cells_that_hold_different_words_are_one_problem_too() -> None:
    bad = [Unread(f"{n} pounds", f"“{n} pounds” is not an amount: type an amount.") for n in range(40)]
    edits: list[Edit] = [("costs", f"COST-{n + 10:03d}", "net", each) for n, each in enumerate(bad)]
    (problem,) = [each for each in form_problems(examined(whole(*edits))) if each.check == "unread"]
    assert len(problem.places) == 40
    assert (
        problem.message
        == "“Net”: “0 pounds; 1 pounds; 2 pounds; and 37 more” is not an amount: type an amount."
    )


def test_a_check_on_trial_only_warns() -> None:
    def finds(_: Examined) -> Any:
        yield Fault("Wrong.")

    of = examined(whole())
    assert FormCheck("new", finds).problems(of) == (FormProblem(check="new", message="Wrong."),)
    assert FormCheck("new", finds, trial=True).problems(of)[0].severity is WARNING


@pytest.mark.parametrize(
    ("field", "said", "message"),
    [
        (AboutField.TEMPLATE, "0", "The form is of template version 0; version 1 is wanted: issue the form again, and ask the partner to copy the values over."),
        (AboutField.TEMPLATE, "2", "The form is of template version 2, newer than this program's 1: open it with the newer program."),
        (AboutField.GRANT, "G-2", "The form is for the grant G-2; G-1 is wanted. Choose the form of G-1, or accept this one for G-2."),
        (AboutField.PERIOD, "2024-25-Q1", "The form is for 2024/25 Q1; 2024/25 Q2 is wanted. Choose the form of 2024/25 Q2, or accept this one for 2024/25 Q1."),
        (AboutField.FORM, "G-1 X", "The form calls itself G-1 X, and no form of that name was issued for G-1 and 2024/25 Q2: fill in the form that was sent out (G-1 2024-25-Q2)."),
    ],
)  # fmt: skip
def test_the_wrong_form_is_told_and_nothing_else_of_it(field: AboutField, said: str, message: str) -> None:
    of = examined({})  # nothing filled in
    about = {**of.said.about, field: said}
    wrong = form_problems(replace(of, said=replace(of.said, about=about)))
    assert [(each.severity, each.message) for each in wrong] == [(ERROR, message)]


def test_a_locked_cell_that_the_office_changed_since_is_a_note() -> None:
    """The seal as issued fits what came back: the partner touched nothing."""
    before = examined(whole())
    now = examined(whole(), cost(1, "1400.10", date(2024, 5, 6), form_id=FORM.id, form_row="COST-001"))
    moved = replace(now, said=before.said, held=replace(now.held, seals=(before.case.seal,)))
    assert [each for each in found(moved) if each[1] == "locked"] == [
        (
            NOTE,
            "locked",
            ("Spend!SPEND-1-R-1.accepted", "Budget!BUDGET-1.accepted"),
            "“Accepted so far this year” has moved on here since the form was issued (“1,320.10” instead of “1,400.10”): what is held now counts, and the partner has nothing to do.",
        )
    ]


def test_rows_sorted_without_their_hidden_column_are_told_as_that() -> None:
    of = examined(whole())
    rows = dict(of.said.rows["spend"])
    one, other = rows["SPEND-1-R-1"], rows["SPEND-2-C-2"]
    rows["SPEND-1-R-1"] = SaidRow(one.key, other.values, one.places)
    rows["SPEND-2-C-2"] = SaidRow(other.key, one.values, other.places)
    mixed = replace(of, said=replace(of.said, rows={**of.said.rows, "spend": rows}))
    assert [each for each in found(mixed) if each[1] == "locked"] == [
        (
            ERROR,
            "locked",
            ("Spend!SPEND-1-R-1.intervention", "Spend!SPEND-2-C-2.intervention"),
            "The rows of “Spend by intervention and category” were sorted without their hidden first column, so that what you filled in stands on other rows' lines: undo the sorting, or fill in the form that was sent out.",
        )
    ]


def test_missing_rows_are_named_and_unused_rows_may_go() -> None:
    of = examined(whole())
    rows = {
        **of.said.rows,
        "spend": {"SPEND-1-R-1": of.said.rows["spend"]["SPEND-1-R-1"]},
        "costs": {key: row for key, row in of.said.rows["costs"].items() if key in {"COST-001", "COST-007"}},
        "new_risks": {},
    }
    wrong = [each for each in found(replace(of, said=replace(of.said, rows=rows))) if each[0] is ERROR]
    assert wrong == [
        (
            ERROR,
            "missing_rows",
            ("Spend!SPEND-1-R-1.intervention",),
            "A row of “Spend by intervention and category” is missing (ASB-02 =Lights * night?, Capital, Kit ~ 1): undo the deletion, or fill in the form that was sent out. A row with nothing to say is answered with 0.",
        )
    ]


def test_a_row_that_was_not_sent_out_is_told() -> None:
    of = examined(whole())
    made = SaidRow("RISK-9", {"title": "Made up", "impact": 1}, {"title": "Risks!B9"})
    rows = {**of.said.rows, "risks": {**of.said.rows["risks"], "RISK-9": made}}
    assert found(replace(of, said=replace(of.said, rows=rows))) == [
        (
            ERROR,
            "unknown_rows",
            ("Risks!B9",),
            "“Risks on the register” has a row that isn't among those sent out (RISK-9): delete it, or fill in the form that was sent out.",
        )
    ]


def test_an_invoice_twice_in_the_form() -> None:
    again: list[Edit] = [("costs", "COST-002", name, value) for name, value in COST_1.items()]
    message = "The same invoice stands twice in this form (=Payroll, 0012, £1,000.10): "
    (wrong,) = [each for each in found(examined(whole(*again))) if each[1] == "twice_in_form"]
    assert wrong == (
        ERROR,
        "twice_in_form",
        ("Costs!COST-001.invoice_number", "Costs!COST-002.invoice_number"),
        f"{message}delete one.",
    )


def test_an_invoice_claimed_before_here_or_in_another_fund() -> None:
    twin = Twin(
        reference="C-00044", where="CF-2024", supplier="=PAYROLL ", invoice_number="0012", net=pounds("1000.10"), vat=pounds("0")
    )  # fmt: skip
    assert found(examined(whole(), twins=(twin,))) == [
        (
            ERROR,
            "claimed_before",
            ("Costs!COST-001.invoice_number",),
            "This invoice is claimed already (=Payroll, 0012, £1,000.10: C-00044 in CF-2024): take it out of the form, or tell the office why it is another one.",
        )
    ]
    near = replace(twin, supplier="Payroll Ltd")
    assert [each[:3] for each in found(examined(whole(), twins=(near,)))] == [
        (WARNING, "claimed_before", ("Costs!COST-001.invoice_number",))
    ]
    assert found(examined(whole(), twins=(replace(twin, net=pounds("1000.11")),))) == []


def test_an_invoice_held_net_and_claimed_gross() -> None:
    """The office holds net and recoverable VAT; the partner claims the whole of it as net."""
    twin = Twin(
        reference="C-00044", where="CF-2024", supplier="=PAYROLL ", invoice_number="0012", net=pounds("833.42"), vat=pounds("166.68")
    )  # fmt: skip
    assert found(examined(whole(), twins=(twin,))) == [
        (
            WARNING,
            "claimed_before",
            ("Costs!COST-001.invoice_number",),
            "An invoice of this number and of the same sum with VAT is held already, split otherwise into net and VAT (=Payroll, 0012, £1,000.10: C-00044 in CF-2024, net £833.42 and VAT £166.68): check that it isn't claimed twice.",
        )
    ]
    another = replace(twin, supplier="Payroll Ltd")
    ((_, _, _, told),) = found(examined(whole(), twins=(another,)))
    assert "net £833.42 and VAT £166.68, Payroll Ltd)" in told
    assert found(examined(whole(), twins=(replace(twin, vat=pounds("166.69")),))) == []


def test_an_output_that_the_quarters_reading_holds_already() -> None:
    assert found(examined(whole(), counted={1: Decimal(2)})) == [
        (
            WARNING,
            "outputs_counted",
            ("Outputs!OUT-1.value",),
            "The quarter's reading holds already what no accepted form said (I-1 Cases: 2 held, 3.5 said here), and accepting adds to it: take out of the reading what this form says again.",
        )
    ]
    for held in (Decimal(0), Decimal(-1)):
        assert found(examined(whole(), counted={1: held})) == []
    nothing = whole()
    nothing["outputs"]["OUT-1"]["value"] = Decimal(0)
    assert not [
        each for each in found(examined(nothing, counted={1: Decimal(2)})) if each[1] == "outputs_counted"
    ]


def test_files_that_did_not_come() -> None:
    of = examined(whole(), files=frozenset({"July.PDF", "other.pdf"}))
    assert found(of) == [
        (
            WARNING,
            "evidence",
            ("Costs!COST-007.evidence",),
            "“Evidence” names files that didn't come with the form (column.pdf): send them, or correct the names.",
        )
    ]


def test_spend_entered_by_hand_beside_the_form_is_told() -> None:
    (wrong,) = found(examined(whole(), beside=(cost(3, "250", date(2024, 7, 6)),)))
    assert wrong == (
        WARNING,
        "held_beside",
        (),
        "£250 of the grant's spend in 2024/25 Q2 is accepted already and came in no form (C-00003): it stays beside what this form says, so remove or reverse what is in both.",
    )


def test_outside_the_grants_and_the_awards_dates() -> None:
    of = examined(whole())
    early = replace(of, case=replace(of.case, starts_on=date(2024, 8, 1)))
    assert [each[3] for each in found(early)] == [
        "“Received” is outside the grant's dates (31/07/2024): the grant pays for what comes from 01/08/2024 to 31/03/2025."
    ]
    award, _ = of.held.awards[1]
    short = {1: (award, date(2024, 7, 30)), 2: of.held.awards[2]}
    assert [each[3] for each in found(examined(whole(), awards=short))] == [
        "“Received” is outside the dates of SSF5-ASB, which pays for this (31/07/2024): it pays for what comes from 01/10/2023 to 30/07/2024."
    ]


def test_last_quarters_words_sent_again_and_a_late_form() -> None:
    words = "We met residents in the town hall and agreed on where the columns are to stand. Forty came."
    of = examined(
        whole(("narrative", "N-done", "answer", words)),
        last=replace(FORM, done=words),
        today=date(2024, 10, 16),
    )
    assert [(each[0], each[1]) for each in found(of)] == [(WARNING, "same_words"), (NOTE, "late")]
    assert found(of)[1][3] == "The form was due on 14 October 2024, and came 2 days late."


def test_every_check_has_a_name_of_its_own() -> None:
    names = [each.name for each in FORM_CHECKS]
    assert len(names) == len(set(names)) == 35


def test_the_differences_are_what_the_form_says_anew() -> None:
    shown = [
        (each.what, each.column, each.held, each.said, each.place) for each in differences(examined(whole()))
    ]
    assert [each for each in shown if each[4].startswith("Costs")] == [
        ("=Payroll, 0012", "", "", "ASB-01 Solace: casework, Resource, Staff, agency, =Payroll, 0012, Caseworker, July, 31/07/2024, 1,000.10, 0.00, Yes", "Costs!COST-001.intervention"),
        ("=Payroll, 0012", "", "", "ASB-02 =Lights * night?, Capital, Kit ~ 1, =Payroll, 0012, Column, 31/07/2024, 200.05, 40.01, No", "Costs!COST-007.intervention"),
    ]  # fmt: skip
    assert ("ASB-01 Solace: casework, Resource, Staff, agency", "Spent this quarter", "", "1,000.10", SPENT) in shown  # fmt: skip
    assert ("ASB-01 Solace: casework, Resource, Staff, agency", "Forecast 2024/25 Q3", "1,400.00", "1,500.00", "Spend!SPEND-1-R-1.forecast_2024-25-Q3") in shown  # fmt: skip
    assert ("ASB-02 Columns lit", "Done on", "", "20/09/2024", "Milestones!MS-2.actual_on") in shown
