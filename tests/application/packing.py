"""An office with two submitted returns, a draft, a grant and evidence of nearly everything: what the tests of the auditor's pack start from."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from application.deeds import pounds
from application.returning import SIGNED, Clock
from filing import ACTOR, copied, empty_file, store
from fundtracker.application.actions.evidence import take_as_evidence
from fundtracker.application.actions.pack.gathered import Asked
from fundtracker.application.actions.pack.writing import WrittenPack, write_pack
from fundtracker.application.actions.reasons import write_reason
from fundtracker.application.actions.records import add, edit
from fundtracker.application.actions.returns import begin_return, submit_return
from fundtracker.application.workspace import Workspace
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.cubes import Line
from fundtracker.domain.delivery import Asset, Document
from fundtracker.domain.grants import Condition, ConditionKind, Grant, Instalment, InstalmentStatus
from fundtracker.domain.interventions import Intervention
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage.database import Database
from programme import CAPITAL, RESOURCE, Programme

SITE = "Column 14 outside the bandstand, facing the chapel door"
DECLARER = "Q. Example-Person, head of accounts"
NOTE = "Ring Z. Contact-Example on extension 4471"
SECRET_NAME, SECRET_TEXT = "Plan of camera positions 7.pdf", b"%PDF-1.4 the camera looks at the chapel"
PLACE = "Bandstand roof, north corner"


@dataclass
class PackOffice:
    """A workspace, and a folder for what is written."""

    workspace: Workspace
    clock: Clock
    folder: Path
    award_id: int
    missing: tuple[str, ...] = ()

    def paper(self, item: Record, name: str, content: bytes = b"") -> Document:
        """A small file about a record, taken in as people do."""
        path = self.folder / name
        path.write_bytes(content or f"%PDF-1.4 {name} of {type(item).__name__} {item.id}".encode())
        return take_as_evidence(self.workspace, path, item)[0]

    def pack(self, words: str, name: str = "pack.zip", **asked: Any) -> WrittenPack:
        return write_pack(self.workspace, words, self.folder / name, Asked(**asked))

    def unpacked(self, words: str, **asked: Any) -> Path:
        """The pack's own folder, taken out of its zip."""
        done = self.pack(words, **asked)
        with ZipFile(done.path) as archive:
            archive.extractall(self.folder / "out")
        return self.folder / "out" / done.contents.cover.name

    def submits(self, quarter_over: date) -> FunderReturn:
        draft = begin_return(self.workspace, self.award_id)
        self.clock.day = quarter_over
        for intervention in self.workspace.select(Intervention, award_id=self.award_id):
            for expense in (RESOURCE, CAPITAL):
                write_reason(self.workspace, draft.id, Line(intervention.id, expense, 1), "Phased otherwise")
        return submit_return(self.workspace, draft.id, SIGNED)


def opened(folder: Path) -> Iterator[PackOffice]:
    """Q3 and Q4 of 2023/24 submitted, with an adjustment, a reversal and an order; Q1 of 2024/25 begun."""
    built = Programme()
    for expense in (RESOURCE, CAPITAL):
        built.promises("90000", "2023/24", expense)
        built.promises("90000", "2024/25", expense)
    interventions = [
        built.intervenes(title) for title in ("Op Vigilant", "Street lighting", "Chapel Walk cameras")
    ]
    for number, intervention in enumerate(interventions, 1):
        for n, expense in enumerate((RESOURCE, CAPITAL)):
            built.spends(
                intervention,
                f"{number}00.{n}7",
                date(2023, 11, 3),
                expense=expense,
                invoiced_on=date(2023, 11, 9),
            )
            built.spends(
                intervention,
                f"{number}50.10",
                date(2024, 1, 20),
                expense=expense,
                invoiced_on=date(2024, 2, 1),
            )
    grant = built.grants(interventions[0], "5000", "2023/24")
    database = Database(empty_file(folder / "office.fundtracker"))
    store(database, built.records)
    clock = Clock(date(2024, 1, 10))
    with Workspace(database, actor=ACTOR, clock=clock) as workspace:
        office = PackOffice(workspace, clock, folder, built.award.id)
        _lives(office, interventions, grant)
        yield office


@contextmanager
def again(office: PackOffice, folder: Path) -> Generator[PackOffice]:
    """Another office just like it, to be changed."""
    clock = Clock(office.clock.day)
    with Workspace(Database(copied(office.workspace.path, folder)), actor=ACTOR, clock=clock) as workspace:
        yield PackOffice(workspace, clock, folder, office.award_id, office.missing)


def _lives(office: PackOffice, interventions: list[Intervention], grant: Grant) -> None:
    workspace = office.workspace
    office.submits(date(2024, 1, 10))
    office.clock.day = date(2024, 3, 15)

    def spends(net: str, on: date | None, **more: object) -> Cost:
        usual = {
            "intervention_id": interventions[0].id, "supplier": "Illustrative Ltd", "invoice_number": f"INV/{workspace.new_id(Cost)}",
            "received_on": on, "invoiced_on": on, "net": pounds(net), "expense": RESOURCE, "category_id": 1,
        }  # fmt: skip
        return add(workspace, Cost, usual | more)

    spends("41.05", date(2023, 12, 12), adjustment_reason="The invoice came late")
    first = workspace.select(Cost)[0]
    spends(
        f"-{first.net.plain}",
        first.received_on,
        reversal_of=first.id,
        adjustment_reason="Entered twice",
        invoice_number="",
    )
    spends("612.34", None, ordered_on=date(2024, 2, 2), invoiced_on=None)
    spends("70.00", date(2024, 2, 20), grant_id=grant.id, accepted_on=date(2024, 3, 1))
    instalment = add(
        workspace,
        Instalment,
        {"grant_id": grant.id, "reference": "I-1", "amount": pounds("500"), "due_on": date(2024, 1, 5)},
    )
    edit(workspace, instalment, status=InstalmentStatus.PAID, paid_on=date(2024, 1, 8))
    add(
        workspace,
        Condition,
        {"grant_id": grant.id, "kind": ConditionKind.RETENTION, "what": "Keep the records six years"},
    )
    for cost in workspace.select(Cost)[2:]:
        office.paper(cost, f"scan {cost.id}.pdf")
    office.missing = tuple(
        each.reference for each in workspace.select(Cost)[1:2]
    )  # the first rests on its reversal's paper
    office.paper(workspace.select(Cost)[0], "first.pdf")
    office.paper(grant, "Signed agreement.pdf")
    office.submits(date(2024, 4, 10))
    office.paper(workspace.select(FunderReturn)[-1], "Signed return.pdf")
    late = spends("33.30", date(2024, 2, 10), adjustment_reason="The invoice came in the new year")
    office.paper(late, "late.pdf")
    begin_return(workspace, office.award_id)


def has_secrets(office: PackOffice) -> tuple[str, ...]:
    """Put what may not be published wherever it can stand; what must then be found nowhere."""
    workspace = office.workspace
    (intervention, *_) = workspace.select(Intervention)
    edit(workspace, intervention, site_detail=SITE)
    values = {
        "intervention_id": intervention.id,
        "description": "Camera",
        "bought_on": date(2024, 2, 1),
        "cost": pounds("12000"),
    }
    add(workspace, Asset, values | {"location": PLACE, "serial_number": "SN-88-4471-K"})
    cost = workspace.select(Cost)[3]
    secret = office.paper(cost, SECRET_NAME, SECRET_TEXT)
    edit(workspace, secret, restricted=True, note="Shows what the chapel camera sees")
    edit(workspace, cost, description=f"Works ({SITE})")
    return (
        SITE,
        PLACE,
        "SN-88-4471-K",
        SECRET_NAME,
        "chapel camera sees",
        SECRET_TEXT.decode(),
        secret.sha256,
    )


def searched(path: Path) -> Iterator[tuple[str, str]]:
    """Every text in a zip, and in the workbooks and PDFs in it: as bytes, and as what a reader of them sees."""
    from io import BytesIO
    from zipfile import is_zipfile

    import pypdfium2

    def inside(name: str, content: bytes) -> Iterator[tuple[str, str]]:
        yield name, content.decode("latin-1") + content.decode("utf-8", "ignore")
        if content.startswith(b"%PDF-") and b"/Page" in content:
            document = pypdfium2.PdfDocument(content)
            for number in range(len(document)):
                yield (
                    f"{name} page {number}",
                    " ".join(document[number].get_textpage().get_text_range().split()),
                )
            document.close()
        elif is_zipfile(BytesIO(content)):
            with ZipFile(BytesIO(content)) as archive:
                for each in archive.namelist():
                    yield f"{name}!", each
                    yield from inside(f"{name}!{each}", archive.read(each))

    yield from inside(path.name, path.read_bytes())
