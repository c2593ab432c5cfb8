"""The registers of a pack: variations, approvals, checks and costs that may be funded twice; of a grant its forms, instalments and conditions too."""

from collections.abc import Callable, Iterable

from fundtracker.application.double_funding import Suspicion
from fundtracker.domain.book import Indexed
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant, Instalment
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.ledger import AgreedBalance
from fundtracker.domain.money import Money, total
from fundtracker.domain.organisations import CostCategory
from fundtracker.domain.returns import FunderReturn
from fundtracker.domain.snapshot import CheckRow, ControlRow
from fundtracker.domain.terms import Term, Waiver
from fundtracker.domain.variations import Variation, VariationChange
from fundtracker.exports.sheets import Value
from fundtracker.exports.styles import Show
from fundtracker.returns.pack.contents import Heading, Register

_DAY, _MONEY, _WORDS = Show.DATE, Show.MONEY_DASH, Show.WRAPPED
_Row = tuple[Value, ...]


def variations(book: Indexed) -> Register:
    """Every change of every variation, proposed ones included: of the award's, and of the grants it pays for."""
    rows: list[_Row] = []
    for each in sorted(book.all(Variation), key=lambda each: (each.reference, each.id)):
        grant = book.find(Grant, each.grant_id)
        for change in book.under(VariationChange, variation_id=each.id):
            money = change.old_amount is not None or change.new_amount is not None
            rows.append(
                (
                    each.reference, "Grant " + grant.reference if grant else "Award", change.kind.value, _about(book, change),
                    change.old_amount if money else change.old_date or change.old_text,
                    change.new_amount if money else change.new_date or change.new_text,
                    change.difference if money else None, each.reason, each.decision_reference,
                    each.approved_by if each.approved_on else "Proposed, not approved", each.approved_on, each.effective_on,
                    each.year_end_consent,
                )
            )  # fmt: skip
    return Register(
        name="Variations",
        title="Variations, virements and re-profiles",
        told="What was agreed to change, from what to what. A change counts once it is approved, from the day it is in force.",
        headings=(
            Heading("Variation", 16), Heading("Of", 18), Heading("Kind", 12), Heading("What changes", 44, _WORDS),
            Heading("From", 18, Show.MONEY), Heading("To", 18, Show.MONEY), Heading("Difference £", 14, Show.MONEY),
            Heading("Reason", 40, _WORDS), Heading("Decision reference", 22, _WORDS), Heading("Approved by", 20, _WORDS),
            Heading("Approved on", 13, _DAY), Heading("In force from", 13, _DAY), Heading("Funder's consent to cross 31 March", 24, _WORDS),
        ),
        rows=tuple(rows),
        nothing="Nothing was varied.",
    )  # fmt: skip


def _about(book: Indexed, change: VariationChange) -> str:
    intervention, category = (
        book.find(Intervention, change.intervention_id),
        book.find(CostCategory, change.category_id),
    )
    parts = (
        intervention.reference if intervention else "", str(change.quarter or change.year or ""),
        change.expense.value.lower() if change.expense else "", category.name if category else "",
    )  # fmt: skip
    return ", ".join(filter(None, parts)) or "The agreement"


def approvals(
    book: Indexed, funder_return: FunderReturn | None, text: Callable[[PartnerForm], str]
) -> Register:
    """Who answered for what, and when. `text` names who declared a form, where that may be said."""
    rows = (
        *_of_return(funder_return),
        *_of_agreement(book),
        *_of_forms(book.all(PartnerForm), text),
        *_of_conditions(book),
        *_of_balances(book),
    )
    return Register(
        name="Approvals",
        title="Approvals",
        told="Who prepared, checked, signed, approved, waived and accepted what; a day that is empty means that it isn't done.",
        headings=(
            Heading("What", 24), Heading("Of", 52, _WORDS), Heading("By", 28, _WORDS), Heading("Role", 26, _WORDS),
            Heading("On", 13, _DAY), Heading("Decision reference", 24, _WORDS), Heading("Note", 50, _WORDS),
        ),
        rows=rows,
        nothing="Nothing was approved yet.",
    )  # fmt: skip


def _of_return(funder_return: FunderReturn | None) -> Iterable[_Row]:
    if funder_return is None:
        return
    sent = funder_return
    for what, who, role, day in (
        ("Return prepared", sent.prepared_by, "", sent.prepared_on),
        ("Return checked", sent.checked_by, "", sent.checked_on),
        ("Return signed", sent.signed_by, sent.signed_role, sent.signed_on),
        ("Return submitted", "", "", sent.submitted_on),
    ):
        yield what, sent.reference, who, role, day, "", "" if day else "Not yet"


def _of_agreement(book: Indexed) -> Iterable[_Row]:
    """Its variations and the waivers of its terms."""
    for each in book.all(Variation):
        state = "" if each.approved_on else "Proposed, not approved"
        yield (
            "Variation approved", each.reference, each.approved_by, "", each.approved_on, each.decision_reference, state,
        )  # fmt: skip
    for waiver in book.all(Waiver):
        term = book.find(Term, waiver.term_id)
        of = f"{term.reference}: {term.clause}" if term else ""
        note = f"Until {waiver.expires_on:%d/%m/%Y}: {waiver.reason}"
        yield "Term waived", of, waiver.approved_by, "", waiver.approved_on, waiver.decision_reference, note


def _of_forms(forms: Iterable[PartnerForm], text: Callable[[PartnerForm], str]) -> Iterable[_Row]:
    for form in forms:
        note = form.reason if form.accepted_on else "Not accepted"
        yield "Partner form declared", form.reference, text(form), "", form.declared_on, "", ""
        yield "Partner form accepted", form.reference, "", "", form.accepted_on, "", note


def _of_conditions(book: Indexed) -> Iterable[_Row]:
    grants = {each.id: each.reference for each in book.all(Grant)}
    for each in book.all(Condition):
        of = f"{grants.get(each.grant_id, '')}: {each.what}"
        yield "Condition accepted", of, "", "", each.accepted_on, "", _standing(each)


def _standing(condition: Condition) -> str:
    """Of one that was accepted nothing."""
    if condition.accepted_on:
        return ""
    return "Received, not accepted" if condition.received_on else "Outstanding"


def _of_balances(book: Indexed) -> Iterable[_Row]:
    for agreed in book.all(AgreedBalance):
        of = f"{agreed.figure.value} to the end of {agreed.quarter}: {agreed.amount.in_prose}"
        yield "Balance agreed", of, agreed.agreed_by, "", agreed.agreed_on, "", agreed.note


def checks(rows: Iterable[CheckRow], controls: Iterable[ControlRow]) -> Register:
    """Passed, failed or waived, the control totals first."""
    made: list[_Row] = [
        (
            f"Control total: {each.what}", "Failed" if each.difference else "Passed",
            f"{each.one_side} {each.one.in_full}; {each.other_side} {each.other.in_full}", "",
        )
        for each in controls
    ]  # fmt: skip
    made += [
        (each.check, "Failed" if each.result == "To mend" else each.result, each.message, each.clause)
        for each in rows
    ]
    return Register(
        name="Checks",
        title="Checks",
        told="Every rule the program checked, and how it stood. A waived rule is one that somebody approved an exception to: see Approvals.",
        headings=(
            Heading("Check", 54, _WORDS), Heading("Result", 12), Heading("What was found", 80, _WORDS), Heading("Clause", 60, _WORDS),
        ),
        rows=tuple(made),
        nothing="Nothing was checked.",
        verdict="Result",
    )  # fmt: skip


def double_funding(pairs: Iterable[Suspicion], costs: frozenset[str]) -> Register:
    """Pairs that touch the pack's costs, here or in another award or fund."""
    rows = [
        (
            each.alike.value, each.first.reference, each.second.reference, each.why, each.second.net,
            each.answer or "Not answered", "Note" if each.answer else "Warning",
        )
        for each in pairs
        if {each.first.reference, each.second.reference} & costs
    ]  # fmt: skip
    return Register(
        name="Double funding",
        title="Costs that may be funded twice",
        told="Every award and fund of the office was compared: the same invoice, nearly the same supplier with equal sum and day, the same evidence file.",
        headings=(
            Heading("What is alike", 40, _WORDS), Heading("Cost", 12), Heading("and cost", 12), Heading("Why", 60, _WORDS),
            Heading("Net £", 14, _MONEY), Heading("Answer", 56, _WORDS), Heading("Result", 12),
        ),
        rows=tuple(rows),
        nothing="No cost of this pack looks like another one, in any award or fund of the office.",
        verdict="Result",
    )  # fmt: skip


# Of a grant


def forms(
    book: Indexed, cost_of: Callable[[Cost], Money], declared: Callable[[PartnerForm], str]
) -> Register:
    """What each form reported, beside the costs that came in it and were accepted."""
    rows: list[_Row] = []
    for each in sorted(book.all(PartnerForm), key=lambda each: (each.quarter, each.id)):
        accepted = total(cost_of(cost) for cost in book.under(Cost, form_id=each.id))
        old = book.find(PartnerForm, each.replaces_id)
        rows.append(
            (
                each.reference, str(each.quarter), each.issued_on, each.due_on, each.received_on, each.accepted_on, each.problems,
                each.reported, accepted, declared(each), each.declared_on, old.reference if old else "", each.reason,
            )
        )  # fmt: skip
    return Register(
        name="Forms",
        title="Partner forms",
        told="Each quarter's form: when it was issued, due, received and accepted; what it reported, and what of its costs is held as accepted.",
        headings=(
            Heading("Form", 26), Heading("Quarter", 12), Heading("Issued", 12, _DAY), Heading("Due", 12, _DAY), Heading("Received", 12, _DAY),
            Heading("Accepted", 12, _DAY), Heading("Problems sent back", 11, Show.COUNT), Heading("Spend reported £", 15, _MONEY, totalled=True),
            Heading("Costs accepted £", 15, _MONEY, totalled=True), Heading("Declared by", 26, _WORDS), Heading("Declared on", 12, _DAY),
            Heading("Replaces", 24), Heading("Reason", 40, _WORDS),
        ),
        rows=tuple(rows),
        nothing="No partner form was issued for this grant.",
    )  # fmt: skip


def instalments(book: Indexed, in_ledger: Callable[[Instalment], Money]) -> Register:
    held = {each.instalment_id for each in book.all(Condition) if each.accepted_on is None}
    rows = [
        (
            each.reference, each.amount, each.due_on, each.status.value, each.paid_on, in_ledger(each),
            "A condition of it is not accepted" if each.id in held else "",
        )
        for each in sorted(book.all(Instalment), key=lambda each: (each.due_on, each.reference))
    ]  # fmt: skip
    return Register(
        name="Instalments",
        title="Instalments",
        told="What was to be paid and when, what was paid, and what the finance ledger shows of it.",
        headings=(
            Heading("Instalment", 24), Heading("Amount £", 15, _MONEY, totalled=True), Heading("Due", 12, _DAY), Heading("Status", 14),
            Heading("Paid on", 12, _DAY), Heading("In the ledger £", 15, _MONEY, totalled=True), Heading("Note", 44, _WORDS),
        ),
        rows=tuple(rows),
        nothing="This grant has no instalments.",
    )  # fmt: skip


def conditions(book: Indexed) -> Register:
    references: dict[int | None, str] = {each.id: each.reference for each in book.all(Instalment)}
    rows = [
        (
            each.reference or "", each.kind.value, each.what, references.get(each.instalment_id, ""), each.due_on, each.received_on,
            each.accepted_on, _standing(each) or "Accepted",
        )
        for each in book.all(Condition)
    ]  # fmt: skip
    return Register(
        name="Conditions",
        title="Conditions",
        told="What the partner must do. Received is not accepted; one that holds back an instalment must be accepted before it is paid.",
        headings=(
            Heading("Condition", 14), Heading("Kind", 32), Heading("What", 60, _WORDS), Heading("Holds back", 24), Heading("Due", 12, _DAY),
            Heading("Received", 12, _DAY), Heading("Accepted", 12, _DAY), Heading("State", 22),
        ),
        rows=tuple(rows),
        nothing="This grant has no conditions.",
    )  # fmt: skip


def grant_tie_out(rows: Iterable[tuple[str, Money, Money, str]]) -> Register:
    """Two roads to each figure of a grant."""
    made = tuple(
        (what, one, other, one - other, "Ties" if one == other else "Doesn't tie", how)
        for what, one, other, how in rows
    )
    return Register(
        name="Tie-out",
        title="Tie-out",
        told="Each figure of the grant, worked out in two ways. A difference is shown, never spread.",
        headings=(
            Heading("Figure", 46, _WORDS), Heading("One road £", 16, Show.MONEY), Heading("Other road £", 16, Show.MONEY),
            Heading("Difference £", 16, Show.MONEY), Heading("Result", 14), Heading("How each is worked out", 80, _WORDS),
        ),
        rows=made,
        nothing="",
        verdict="Result",
    )  # fmt: skip
