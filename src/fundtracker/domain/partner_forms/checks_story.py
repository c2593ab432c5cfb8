"""Checks of what a form says beside the money: outputs, milestones, risks, the narrative and the declaration."""

from collections.abc import Iterator
from decimal import Decimal

from fundtracker.domain.partner_forms.examined import FOUND, Examined, Fault, FormCheck, blank, same_text
from fundtracker.domain.partner_forms.layout import words_in
from fundtracker.domain.periods import long_date, short_date
from fundtracker.domain.problems import Severity
from fundtracker.domain.signing import signs_for_money

WARNING = Severity.WARNING
_LONG_ENOUGH = 80
"""Characters: "None." may well be said twice."""


def outputs_blank(of: Examined) -> Iterator[Fault]:
    """Enter 0, never blank: an empty cell doesn't tell nothing done from nothing said (domain 5.1)."""
    yield from blank(of, "outputs")


def outputs(of: Examined) -> Iterator[Fault]:
    for _, row, values in of.rows("outputs"):
        value = values.get("value")
        if isinstance(value, Decimal) and value < 0:
            yield Fault(
                f"“This quarter” is below nought ({FOUND}): enter what was done in the quarter alone; a correction goes into a form that replaces the quarter's.",
                (row.place("value"),),
                f"{value:,}",
            )
        if values.get("evidence_held") is True and values.get("evidence") is None and value:
            yield Fault(
                "“Evidence held?” says Yes, and “Where the evidence is” is empty: say where it is kept.",
                (row.place("evidence"),),
                severity=WARNING,
            )
        if values.get("evidence_held") is False and value:
            yield Fault(
                f"No evidence is held for what is counted here ({FOUND}): collect it, for the auditor will ask.",
                (row.place("evidence_held"),),
                str(values.get("indicator")),
                WARNING,
            )


def outputs_counted(of: Examined) -> Iterator[Fault]:
    """Accepting adds to the quarter's reading: what somebody entered there by hand may be the same over again."""
    for key, row, values in of.rows("outputs"):
        more = of.held.counted.get(of.case.ids[key], Decimal(0))
        if more > 0 and values.get("value"):
            yield Fault(
                f"The quarter's reading holds already what no accepted form said ({FOUND}), and accepting adds to it: take out of the reading what this form says again.",
                (row.place("value"),),
                f"{values['indicator']}: {more:,} held, {values['value']:,} said here",
                WARNING,
            )


def milestones(of: Examined) -> Iterator[Fault]:
    """Done lies in the past, expected in the future (domain 5.5)."""
    for key, row, values in of.rows("milestones"):
        done, expected = values.get("actual_on"), values.get("forecast_on")
        held = of.case.rows["milestones"][key].get("actual_on")
        if done is not None and done > of.held.today:
            yield Fault(
                f"“Done on” is after today ({FOUND}): leave it empty until it is done, and enter the day under “Now expected”.",
                (row.place("actual_on"),),
                short_date(done),
            )
        if done is None and row.values.get("actual_on") is None:
            if held is not None:
                yield Fault(
                    f"“Done on” was emptied ({FOUND}): right only where it turned out not to be done.",
                    (row.place("actual_on"),),
                    f"it was {short_date(held)}",
                    WARNING,
                )
            elif expected is not None and expected <= of.case.quarter.ends_on:
                yield Fault(
                    f"“Now expected” is past, and “Done on” is empty ({FOUND}): enter the day it was done, or the day it is now expected.",
                    (row.place("forecast_on"),),
                    short_date(expected),
                    WARNING,
                )


def risks_blank(of: Examined) -> Iterator[Fault]:
    yield from blank(of, "risks")
    yield from blank(of, "new_risks", " A row that isn't meant is emptied.")


def risks(of: Examined) -> Iterator[Fault]:
    for table in ("risks", "new_risks"):
        for _, row, values in of.rows(table):
            for name in ("impact", "likelihood"):
                score = values.get(name)
                if score is not None and not 1 <= score <= 5:  # noqa: PLR2004 - the scale of the register
                    yield Fault(
                        f"“{of.case.table(table).column(name).heading}” holds {FOUND}: give a score from 1 (least) to 5 (most).",
                        (row.place(name),),
                        f"{score}",
                    )
            closed = values.get("closed_on")
            if closed is not None and closed > of.held.today:
                yield Fault(
                    f"“Closed on” is after today ({FOUND}): leave it empty until the risk is over.",
                    (row.place("closed_on"),),
                    short_date(closed),
                )


def narrative(of: Examined) -> Iterator[Fault]:
    yield from blank(of, "narrative")


def word_limits(of: Examined) -> Iterator[Fault]:
    """Every long text stays within its limit; a question's stands in its row."""
    for table in of.case.tables:
        for column in table.columns:
            for _, row, values in of.rows(table.name):
                text = values.get(column.name)
                most = (
                    values.get("limit")
                    if (table.name, column.name) == ("narrative", "answer")
                    else column.words
                )
                if isinstance(text, str) and isinstance(most, int) and 0 < most < words_in(text):
                    yield Fault(
                        f"“{column.heading}” has more than {most} words ({FOUND}): shorten it.",
                        (row.place(column.name),),
                        f"{words_in(text)}",
                    )


def same_words(of: Examined) -> Iterator[Fault]:
    """Last quarter's narrative sent again."""
    for key, row, values in of.rows("narrative"):
        before = getattr(of.held.last, key.removeprefix("N-"), "") if of.held.last else ""
        if len(before) >= _LONG_ENOUGH and same_text(before, values.get("answer")):
            yield Fault(
                "“Your answer” has the very words of the quarter before: say what happened in this one.",
                (row.place("answer"),),
            )


def declaration_blank(of: Examined) -> Iterator[Fault]:
    """Rejected where the name, role or date is missing (domain 5.1, sign-off)."""
    yield from blank(of, "declaration")


def declaration(of: Examined) -> Iterator[Fault]:
    for _, row, values in of.rows("declaration"):
        if values.get("agreed") is False:
            yield Fault(
                "The declaration says No: the form can be accepted once your finance officer agrees to it.",
                (row.place("agreed"),),
            )
        day = values.get("declared_on")
        if day is not None and day > of.held.today:
            yield Fault(
                f"The declaration is dated {short_date(day)}, after today: enter the day it was made.",
                (row.place("declared_on"),),
            )
        elif day is not None and day <= of.case.quarter.ends_on:
            yield Fault(
                f"The declaration is dated {short_date(day)}, before the quarter was over ({long_date(of.case.quarter.ends_on)}): it is made once all is known.",
                (row.place("declared_on"),),
                severity=WARNING,
            )


def signatory(of: Examined) -> Iterator[Fault]:
    """Signed by the section 151 or chief finance officer; no other signatories accepted (domain 5.2)."""
    for _, row, values in of.rows("declaration"):
        role = values.get("declared_role")
        if isinstance(role, str) and not signs_for_money(role):
            yield Fault(
                f"“Role” holds {FOUND}: the declaration is made by the chief finance officer, the section 151 officer or the treasurer.",
                (row.place("declared_role"),),
                f"“{role}”",
            )


STORY_CHECKS = (
    FormCheck("outputs_blank", outputs_blank),
    FormCheck("outputs", outputs),
    FormCheck("outputs_counted", outputs_counted, for_office=True),
    FormCheck("milestones", milestones),
    FormCheck("risks_blank", risks_blank),
    FormCheck("risks", risks),
    FormCheck("narrative", narrative),
    FormCheck("word_limits", word_limits),
    FormCheck("same_words", same_words, trial=True),
    FormCheck("declaration_blank", declaration_blank),
    FormCheck("declaration", declaration),
    FormCheck("signatory", signatory, trial=True),
)
