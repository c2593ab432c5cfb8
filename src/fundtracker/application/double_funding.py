"""Costs that may have been funded twice, here or in another award or fund, and what somebody said to each pair.

Source: claiming the same cost from two funders is a known fraud (Northern Ireland Audit Office, grant fraud risk guide; domain 3.2), so
every award and fund of the file is compared with every other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from fundtracker.application.matching import SAME, Names
from fundtracker.application.workspace import Workspace
from fundtracker.domain.costs import Cost
from fundtracker.domain.organisations import Organisation, Partnership
from fundtracker.domain.periods import short_date
from fundtracker.domain.problems import Problem, Severity
from fundtracker.storage import double_funding as stored
from fundtracker.storage import repository


class Alike(Enum):
    """In what two costs are alike, the surest first."""

    INVOICE = "Same supplier, invoice and amount"
    GROSS = "Same supplier and invoice, the gross sum"
    FILE = "Same evidence file"
    NEAR = "Nearly the same supplier, the same amount and day"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two costs that may be one, the earlier first. `answer` is why somebody said that they aren't; empty: nobody did."""

    alike: Alike
    first: Cost
    second: Cost
    why: str

    @property
    def answer(self) -> str:
        return self.second.duplicate_reason.strip() or self.first.duplicate_reason.strip()

    @property
    def problem(self) -> Problem:
        """As the checks say it; a note once it is answered."""
        message = f"{self.first.reference} and {self.second.reference} may be one cost: {self.why}."
        if self.answer:
            return Problem(
                severity=Severity.NOTE,
                kind="Cost",
                record_id=self.second.id,
                message=f"{message} Answered: {self.answer}",
            )
        return Problem(
            severity=Severity.WARNING,
            kind="Cost",
            record_id=self.second.id,
            column="duplicate_reason",
            message=f"{message} Remove or reverse one, or write on {self.second.reference} why it isn't a duplicate.",
        )


def suspicions(workspace: Workspace) -> tuple[Suspicion, ...]:
    """Every pair, the surest likeness of each, unanswered before answered. Reads all costs: for a worker."""
    with workspace.database.reader() as conn:
        sums, files = stored.of_one_sum(conn), stored.of_one_file(conn)
        gross = stored.of_one_gross(conn)
        ids = {each for pair in (*sums, *gross) for each in pair} | {
            each for one, other, _ in files for each in (one, other)
        }
        costs: dict[int, Cost] = {
            each.id: each for each in repository.select_in(conn, Cost, "id", sorted(ids))
        }
        names = Names(repository.select(conn, Organisation), repository.select(conn, Partnership))
    found: dict[tuple[int, int], Suspicion] = {}
    for suspicion in (
        *_by_sum(sums, costs, names),
        *_by_gross(gross, costs, names),
        *_by_file(files, costs),
    ):
        place = suspicion.first.id, suspicion.second.id
        held = found.get(place)
        if held is None or _sureness(suspicion) < _sureness(held):
            found[place] = suspicion
    return tuple(
        sorted(
            found.values(),
            key=lambda each: (bool(each.answer), _sureness(each), each.first.id, each.second.id),
        )
    )


def _sureness(suspicion: Suspicion) -> int:
    return list(Alike).index(suspicion.alike)


def _by_sum(pairs: list[tuple[int, int]], costs: dict[int, Cost], names: Names) -> Iterator[Suspicion]:
    for one, other in pairs:
        first, second = costs[one], costs[other]
        compared = names.compare(second.supplier, first.supplier)
        if compared.percent < SAME:
            continue
        amount = f"{second.net.in_prose} net"
        if _same_invoice(first, second):
            yield Suspicion(
                Alike.INVOICE, first, second, f"{second.supplier}, invoice {second.invoice_number}, {amount}"
            )
        elif not (first.invoice_number.strip() and second.invoice_number.strip()):
            # Two invoices with numbers of their own are two invoices, whatever else is alike.
            yield Suspicion(Alike.NEAR, first, second, f"{compared.why}, {amount}, {_day(first, second)}")


def _by_gross(pairs: list[tuple[int, int]], costs: dict[int, Cost], names: Names) -> Iterator[Suspicion]:
    """One may be claimed gross, the other net with its VAT beside it."""
    for one, other in pairs:
        first, second = costs[one], costs[other]
        if names.compare(second.supplier, first.supplier).percent >= SAME and _same_invoice(first, second):
            gross = f"{(second.net + second.vat).in_prose} with VAT"
            yield Suspicion(
                Alike.GROSS, first, second, f"{second.supplier}, invoice {second.invoice_number}, {gross}"
            )


def _same_invoice(first: Cost, second: Cost) -> bool:
    """Letters and figures alone: "INV-9" typed again as "inv 9" is the same invoice."""
    one, other = (_letters(each.invoice_number) for each in (first, second))
    return bool(one) and one == other


def _letters(invoice_number: str) -> str:
    text = invoice_number.strip().casefold()
    return "".join(filter(str.isalnum, text)) or text


def _day(first: Cost, second: Cost) -> str:
    for name, words in (("received_on", "received"), ("invoiced_on", "invoiced"), ("paid_on", "paid")):
        day = getattr(first, name)
        if day is not None and day == getattr(second, name):
            return f"{words} on {short_date(day)}"
    return "on one day"


def _by_file(pairs: list[tuple[int, int, str]], costs: dict[int, Cost]) -> Iterator[Suspicion]:
    for one, other, name in pairs:
        yield Suspicion(Alike.FILE, costs[one], costs[other], f"both rest on the same evidence, {name}")
