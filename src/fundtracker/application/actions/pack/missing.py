"""What an auditor would look for in a pack and not find: each said once, by name."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from fundtracker.application.actions.pack.papers import Papers
from fundtracker.domain.awards import Award
from fundtracker.domain.book import AwardBook, Indexed
from fundtracker.domain.columns import Record
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Condition, Grant, GrantStatus, Instalment, InstalmentStatus
from fundtracker.domain.variations import Variation
from fundtracker.returns.pack.contents import CostLine, Missing

COST, FILE = "Evidence of a cost", "File of a document"


def of_costs(lines: Iterable[CostLine]) -> Iterator[Missing]:
    """Lines of cost with nothing behind them that can be opened."""
    for line in lines:
        if line.evidenced or (line.withheld and not line.papers):
            continue
        row = line.row
        why = "No document is attached to it"
        if line.papers:
            why = "The file of its document is missing or altered: see below"
        elif row.reversal_of:
            why = f"It takes back {row.reversal_of}, which has no document either"
        elif row.invoiced_on is None:
            why = "No document is attached to it; it had no invoice when it was entered"
        if line.forms:
            why += "; the partner's form that reported it is here"
        words = f"{row.supplier}, {row.description}" if row.description else row.supplier
        yield Missing(COST, f"{row.cost} {words}", why, row.amount, line.number)


def of_files(papers: Papers) -> Iterator[Missing]:
    """Documents whose file is not there, or is another one."""
    for paper in papers.papers:
        if paper.trouble:
            yield Missing(FILE, paper.name, f"{paper.trouble}. It evidences {paper.evidences}")


def of_records(book: Indexed, papers: Papers, day: date) -> Iterator[Missing]:
    """Decisions, conditions, payments and forms without the paper they rest on, and conditions that are not met."""

    def bare(kind: type[Record], record_id: int) -> bool:
        held = any(each.file for each in papers.about(kind, record_id))
        return not held and (kind, record_id) not in papers.withheld

    yield from _decisions(book, bare)
    references = {each.id: each.reference for each in book.all(Grant)}
    for each in book.all(Condition):
        name = f"{references.get(each.grant_id, '')}: {each.what}"
        if each.accepted_on is None and each.due_on is not None and each.due_on < day:
            yield Missing("Condition not met", name, f"It was due on {each.due_on:%d/%m/%Y}")
        elif each.accepted_on is not None and bare(Condition, each.id):
            yield Missing("Paper of a condition", name, "It is accepted, and what came isn't kept here")
    for each in book.all(Instalment):
        if each.status is InstalmentStatus.PAID and bare(Instalment, each.id):
            yield Missing(
                "Proof of a payment",
                f"{each.reference} of {references.get(each.grant_id, '')}",
                "It is paid, and no proof of payment is kept here",
                each.amount,
            )
    for each in book.all(PartnerForm):
        if each.accepted_on is not None and bare(PartnerForm, each.id):
            yield Missing("Partner form", each.reference, "It is accepted, and its file isn't kept here")


def _decisions(book: Indexed, bare: Callable[[type[Record], int], bool]) -> Iterator[Missing]:
    for each in book.all(Grant):
        if each.status is not GrantStatus.WITHDRAWN and bare(Grant, each.id):
            yield Missing(
                "Agreement", f"{each.reference} {each.title}", "The signed grant agreement isn't kept here"
            )
    for each in book.all(Variation):
        if each.approved_on is not None and bare(Variation, each.id):
            yield Missing("Decision", each.reference, "It is approved, and the decision isn't kept here")


def of_award(book: AwardBook, papers: Papers) -> Iterator[Missing]:
    """The agreement that the whole return rests on."""
    if not any(each.file for each in papers.about(Award, book.award.id)):
        yield Missing(
            "Agreement",
            f"{book.award.reference} {book.bid.title}",
            "The funder's signed agreement isn't kept here",
        )
