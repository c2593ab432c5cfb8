"""The life of a return: begun, prepared, sent to the CFO, submitted and frozen, then queried, accepted and paid."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from fundtracker import __version__
from fundtracker.application.sign_off import SignOff, dated, sign_off_problems, signed_off
from fundtracker.application.workspace import Workspace
from fundtracker.atomic import CannotWrite, write_atomically
from fundtracker.domain.book import AwardBook
from fundtracker.domain.changes import Change, ChangeSet, added, edited
from fundtracker.domain.checks import readiness
from fundtracker.domain.claims import Claim
from fundtracker.domain.costs import CostId
from fundtracker.domain.interventions import InterventionId
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategoryId
from fundtracker.domain.periods import Quarter
from fundtracker.domain.preparation import Provenance, prepare, untied_rows
from fundtracker.domain.problems import Problem, Refused, StorageTrouble, errors
from fundtracker.domain.return_case import ReturnCase
from fundtracker.domain.returns import Forecast, FunderReturn, ReturnLine, ReturnState
from fundtracker.domain.rules import due_on
from fundtracker.domain.snapshot import Snapshot
from fundtracker.domain.snapshot_text import canonical, fingerprint, recalled
from fundtracker.returns.pdf import write_pdf
from fundtracker.returns.workbook import write_workbook
from fundtracker.storage import books, frozen, repository
from fundtracker.storage.journal import head
from fundtracker.storage.stopping import Progress


def _quiet(_what: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


# Begin


def next_quarter(book: AwardBook) -> Quarter:
    """The quarter after the award's last return; its first where there is none."""
    returned = [each.quarter for each in book.all(FunderReturn)]
    return max(returned).next if returned else Quarter.of(book.award.starts_on)


def begin_return(workspace: Workspace, award_id: int) -> FunderReturn:
    """The draft of the award's next return, with the last return's forecasts of later quarters to start from."""
    book = workspace.book(award_id)
    quarter = next_quarter(book)
    draft = FunderReturn(
        id=workspace.new_id(FunderReturn),  # pyright: ignore[reportArgumentType] - ids are given as plain numbers
        award_id=book.award.id,
        quarter=quarter,
        reference=f"{book.award.reference} {quarter.code}",
        due_on=due_on(book, quarter),
    )
    workspace.do(
        f"Begin the return of {book.award.reference} for {quarter}",
        added(draft, *_carried_forecasts(workspace, book, draft)),
    )
    return workspace.get(FunderReturn, draft.id)


def _carried_forecasts(workspace: Workspace, book: AwardBook, draft: FunderReturn) -> Iterator[Forecast]:
    """The last return's forecasts of quarters after the draft's own, to be changed where they no longer hold."""
    last = max(
        (each for each in book.all(FunderReturn) if each.quarter < draft.quarter),
        key=lambda each: each.quarter,
        default=None,
    )
    if last is None:
        return
    first_id = workspace.new_id(Forecast)
    ahead = (each for each in book.under(Forecast, return_id=last.id) if each.quarter > draft.quarter)
    for number, each in enumerate(ahead):
        yield replace(each, id=first_id + number, return_id=draft.id, version=1)


# Look


@dataclass(frozen=True)
class ReturnView:
    """A return as it now stands: its case for the checks, and its snapshot."""

    case: ReturnCase
    snapshot: Snapshot
    problems: tuple[Problem, ...]


def look_at(workspace: Workspace, return_id: int) -> ReturnView:
    """Figures, checks and readiness of a return; a submitted one shows what was frozen, and nothing to mend."""
    with workspace.database.reader() as conn:
        funder_return = repository.get(conn, FunderReturn, return_id)
        if funder_return is None:
            raise Refused("This return is no longer there: it was removed.")
        held = frozen.snapshot_text(conn, return_id)
        book = books.load_book(conn, funder_return.award_id, today=workspace.today)
        made = _provenance(conn, draft=not funder_return.state.frozen)
    case = ReturnCase(Claim(book, funder_return.quarter), funder_return)
    if funder_return.state.frozen:
        if held is None:
            raise Refused(
                f"{funder_return.reference} was sent before this file was begun: its figures are held, its document is not."
            )
        return ReturnView(case, recalled(held), ())
    return ReturnView(case, prepare(book, funder_return, made), readiness(case))


def _provenance(conn: sqlite3.Connection, *, draft: bool) -> Provenance:
    sequence, seal = head(conn)
    return Provenance(program_version=__version__, history_sequence=sequence, history_seal=seal, draft=draft)


def file_names(snapshot: Snapshot) -> tuple[str, str]:
    """ "SSF5-VAWG 2024-25-Q2 return.xlsx" and its PDF; a draft says so."""
    kind = "DRAFT return" if snapshot.header.draft else "return"
    stem = f"{snapshot.header.award} {snapshot.header.quarter_code} {kind}"
    return f"{stem}.xlsx", f"{stem}.pdf"


# Documents


def write_documents(
    workspace: Workspace, return_id: int, folder: Path, progress: Progress = _quiet
) -> tuple[Path, Path]:
    """The return's workbook and PDF in a folder: a draft drawn anew, a submitted return the very bytes that were frozen."""
    folder.mkdir(parents=True, exist_ok=True)
    with workspace.database.reader() as conn:
        kept = frozen.files(conn, return_id)
    if kept:
        progress("Writing the submitted return", 0, len(kept))
        return _write_kept(folder, kept)
    view = look_at(workspace, return_id)
    workbook, pdf = (folder / name for name in file_names(view.snapshot))
    _atomically(
        workbook,
        lambda path: write_workbook(
            view.snapshot, path, lambda done, of: progress("Writing the workbook", done, of)
        ),
    )
    _atomically(
        pdf,
        lambda path: write_pdf(view.snapshot, path, lambda done, of: progress("Writing the PDF", done, of)),
    )
    return workbook, pdf


def _write_kept(folder: Path, kept: tuple[frozen.FrozenFile, ...]) -> tuple[Path, Path]:
    written: list[Path] = []
    for each in sorted(kept, key=lambda each: not each.name.endswith(".xlsx")):
        if hashlib.sha256(each.content).hexdigest() != each.sha256:
            raise StorageTrouble(
                f"{each.name} as kept no longer matches its fingerprint: the file was changed outside the program. Restore a backup."
            )
        target = folder / each.name
        _atomically(target, lambda path, content=each.content: _write_bytes(path, content))
        written.append(target)
    return written[0], written[1]


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _atomically(target: Path, write: Callable[[Path], None]) -> None:
    try:
        write_atomically(target, write)
    except CannotWrite as trouble:
        raise StorageTrouble(str(trouble)) from trouble


# Move on


def send_to_cfo(workspace: Workspace, return_id: int) -> FunderReturn:
    """Say that the draft is with the Chief Finance Officer; refused while anything must be mended."""
    view = look_at(workspace, return_id)
    wrong = errors(view.problems)
    if wrong:
        raise Refused(wrong)
    return _move(
        workspace,
        return_id,
        f"Send {view.case.funder_return.reference} to the CFO",
        state=ReturnState.WITH_CFO,
    )


def take_back(workspace: Workspace, return_id: int) -> FunderReturn:
    """From the CFO back to draft."""
    return _move(workspace, return_id, "Take the return back from the CFO", state=ReturnState.DRAFT)


def mark_queried(workspace: Workspace, return_id: int, query: str) -> FunderReturn:
    """The funder asked about a submitted return; what it says stays as it is."""
    return _move(
        workspace, return_id, "The funder queried the return", state=ReturnState.QUERIED, query=query
    )


def mark_answered(workspace: Workspace, return_id: int, answer: str) -> FunderReturn:
    """The office answered the funder's query: the return is with the funder again; the answer is kept in the history."""
    held = workspace.get(FunderReturn, return_id)
    if held.state is not ReturnState.QUERIED:
        raise Refused(f"{held.reference} is {held.state.value.lower()}: no query of the funder is open.")
    return _move(
        workspace,
        return_id,
        "The funder's query was answered",
        reason=answer,
        state=ReturnState.SUBMITTED,
    )


def mark_accepted(workspace: Workspace, return_id: int) -> FunderReturn:
    return _move(workspace, return_id, "The funder accepted the return", state=ReturnState.ACCEPTED)


def mark_paid(workspace: Workspace, return_id: int, received: Money, received_on: date) -> FunderReturn:
    """The funder's money for a return has come: not after today, and not before the return was submitted."""
    _must_have_come(workspace, return_id, received_on)
    return _move(
        workspace,
        return_id,
        "The funder paid the return",
        state=ReturnState.PAID,
        received=received,
        received_on=received_on,
    )


def correct_payment(workspace: Workspace, return_id: int, received: Money, received_on: date) -> FunderReturn:
    """What came for a paid return, or when, was entered wrongly: as one change that the history names."""
    held = workspace.get(FunderReturn, return_id)
    if held.state is not ReturnState.PAID:
        raise Refused(f"{held.reference} is {held.state.value.lower()}: no payment of it is entered yet.")
    if (held.received, held.received_on) == (received, received_on):
        return held
    _must_have_come(workspace, return_id, received_on)
    return _move(
        workspace,
        return_id,
        "The payment of the return was corrected",
        received=received,
        received_on=received_on,
    )


def _must_have_come(workspace: Workspace, return_id: int, received_on: date) -> None:
    if received_on > workspace.today:
        raise Refused(
            Problem(
                kind="FunderReturn",
                record_id=return_id,
                column="received_on",
                message="Received on is after today: enter the day the money came.",
            )
        )


def _move(
    workspace: Workspace, return_id: int, title: str, *, reason: str = "", **values: object
) -> FunderReturn:
    before = workspace.get(FunderReturn, return_id)
    after = replace(before, **values)  # pyright: ignore[reportArgumentType] - fields by name
    workspace.do(
        f"{title} ({before.reference})" if before.reference not in title else title,
        edited(before, after),
        reason=reason,
    )
    return workspace.get(FunderReturn, return_id)


# Submit


def submit_return(
    workspace: Workspace, return_id: int, sign_off: SignOff, progress: Progress = _quiet
) -> FunderReturn:
    """Freeze a return: its lines, its snapshot, its workbook and its PDF, in one transaction.

    Refused with everything that must be mended first. The documents are drawn before the transaction from one moment's
    records; if anything was written to the file meanwhile, they are drawn again.
    """
    for _ in range(3):
        with workspace.database.reader() as conn:
            before = repository.get(conn, FunderReturn, return_id)
            if before is None:
                raise Refused("This return is no longer there: it was removed.")
            if before.state.frozen:
                raise Refused(f"{before.reference} is already submitted.")
            book = books.load_book(conn, before.award_id, today=workspace.today)
            made = _provenance(conn, draft=False)
        today = workspace.today
        given = signed_off(before, sign_off)
        signed = dated(given, today)
        case = ReturnCase(Claim(book, before.quarter), signed)
        wrong = (*sign_off_problems(given, today), *errors(readiness(case)))
        if wrong:
            raise Refused(wrong)
        snapshot = prepare(book, signed, made)
        if untied := tuple(untied_rows(snapshot)):
            raise Refused(untied)
        with TemporaryDirectory(prefix="fundtracker-") as folder:
            document = _draw(snapshot, Path(folder), progress)
        try:
            _freeze(workspace, before, _submitted(signed, case.claim, today), case.claim, document, made)
        except _MovedOn:
            continue
        return workspace.get(FunderReturn, return_id)
    raise Refused(
        "The file keeps changing while the return is drawn: close other windows on it and submit again."
    )


class _MovedOn(Exception):  # noqa: N818 - not an error: the file was written to meanwhile
    """Something was written after the documents were drawn."""


def _submitted(signed: FunderReturn, claim: Claim, today: date) -> FunderReturn:
    return replace(
        signed,
        state=ReturnState.SUBMITTED,
        submitted_on=today,
        claim=claim.claim,
        earlier_years=claim.earlier_years.total(),
    )


@dataclass(frozen=True)
class _Document:
    """A drawn return: its canonical text and its files."""

    text: str
    form_version: str
    files: tuple[frozen.FrozenFile, ...]


def _draw(snapshot: Snapshot, folder: Path, progress: Progress) -> _Document:
    workbook, pdf = (folder / name for name in file_names(snapshot))
    write_workbook(snapshot, workbook, lambda done, of: progress("Drawing the workbook", done, of))
    write_pdf(snapshot, pdf, lambda done, of: progress("Drawing the PDF", done, of))
    files = tuple(frozen.FrozenFile.of(path.name, path.read_bytes()) for path in (workbook, pdf))
    return _Document(canonical(snapshot), snapshot.header.form_version, files)


def _freeze(
    workspace: Workspace,
    before: FunderReturn,
    after: FunderReturn,
    claim: Claim,
    document: _Document,
    made: Provenance,
) -> None:
    def keep(conn: sqlite3.Connection) -> None:
        if head(conn) != (made.history_sequence, made.history_seal):
            raise _MovedOn
        frozen.keep(
            conn,
            return_id=after.id,
            form_version=document.form_version,
            text=document.text,
            sha256=fingerprint(document.text),
            head=(made.history_sequence, made.history_seal),
            files=document.files,
        )

    lines = _return_lines(workspace, after, claim)
    changes: ChangeSet = (*lines, *edited(before, after))
    workspace.do(f"Submit {after.reference}", changes, freezing=True, also=keep)


def _return_lines(workspace: Workspace, funder_return: FunderReturn, claim: Claim) -> tuple[Change, ...]:
    first_id = workspace.new_id(ReturnLine)
    return added(
        *(
            ReturnLine(
                id=first_id + number,  # pyright: ignore[reportArgumentType] - ids are given as plain numbers
                return_id=funder_return.id,
                cost_id=CostId(line.cost_id),
                intervention_id=InterventionId(line.cell.intervention_id),
                quarter=line.cell.quarter,
                expense=line.cell.expense,
                category_id=CostCategoryId(line.cell.category_id),
                amount=line.amount,
                reason=line.reason,
            )
            for number, line in enumerate(claim.lines)
        )
    )
