"""A small programme in a real file, and the window on it: one award whose return lacks one reason, and nothing else."""

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fundtracker.application.actions.records import new_record
from fundtracker.application.workspace import Workspace
from fundtracker.domain.awards import Award, AwardLine
from fundtracker.domain.bids import Bid, BidStatus, Expense, Theme
from fundtracker.domain.changes import added
from fundtracker.domain.columns import Record
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import Intervention, InterventionStatus, ProfileLine, Progress, Rag
from fundtracker.domain.money import Money
from fundtracker.domain.organisations import CostCategory, Office, Organisation, OrganisationKind
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.returns import Forecast, FunderReturn
from fundtracker.domain.rounds import Fund, FundingRound, FundSource
from fundtracker.ui import app, looks
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.main_window import MainWindow
from fundtracker.ui.views.return_page import ReturnPage

TODAY = date(2024, 10, 21)
MANY_COSTS = 600
Q2, Q3 = Quarter.read("2024/25 Q2"), Quarter.read("2024/25 Q3")


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """What has room is asked of one size of letters, whatever the computer's own are."""
    looks.set_own_letters(qapp)
    return qapp


class Maker:
    """Adds records as a programme needs them, each kind in one entry."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def add(self, kind: type[Record], *rows: dict[str, Any]) -> list[Any]:
        first = self.workspace.new_id(kind)
        made: list[Record] = []
        for number, values in enumerate(rows):
            item = new_record(self.workspace, kind, values)
            reference = self.workspace.next_reference(kind, first + number)
            changed: dict[str, Any] = {"id": first + number}
            if reference:
                changed["reference"] = reference
            made.append(_with(item, changed))
        self.workspace.do(f"Add {kind.__name__}", added(*made))
        return list(made)


def _with(item: Any, values: dict[str, Any]) -> Any:
    from dataclasses import replace

    return replace(item, **values)


def build(path: Path) -> None:
    """Award SSF5-VAWG: cameras spend as planned, training spends 3,000 of 5,000 and has no reason for it."""
    with Workspace.create(path, actor="Test") as workspace:
        make = Maker(workspace)
        make.add(Office, {"name": "Office of the Commissioner", "today": TODAY})
        make.add(
            Organisation,
            *({"name": name, "kind": OrganisationKind.COUNCIL} for name in ("Stroud", "Cotswold")),
        )
        staff, equipment = make.add(CostCategory, {"name": "Staff"}, {"name": "Equipment"})
        (fund,) = make.add(Fund, {"code": "SSF", "name": "Safer Streets Fund", "funder": "Home Office", "source": FundSource.RECEIVED})  # fmt: skip
        dates = {"delivery_from": date(2024, 7, 1), "delivery_to": date(2025, 3, 31)}
        (opened,) = make.add(FundingRound, {"fund_id": fund.id, "code": "SSF5", "name": "Round 5", **dates})
        (bid,) = make.add(Bid, {"round_id": opened.id, "reference": "B-1", "title": "Violence against women", "theme": Theme.VAWG, "status": BidStatus.SUCCESSFUL})  # fmt: skip
        (award,) = make.add(Award, {"bid_id": bid.id, "reference": "SSF5-VAWG", "starts_on": date(2024, 7, 1), "ends_on": date(2025, 3, 31)})  # fmt: skip
        year = FinancialYear(2024)
        make.add(
            AwardLine,
            {"award_id": award.id, "year": year, "expense": Expense.RESOURCE, "amount": Money.pounds(20_000)},
            {"award_id": award.id, "year": year, "expense": Expense.CAPITAL, "amount": Money.pounds(30_000)},
        )
        under_way = {"award_id": award.id, "theme": Theme.VAWG, "status": InterventionStatus.UNDER_WAY}
        cameras, training = make.add(
            Intervention,
            {"reference": "SSF5-VAWG-01", "title": "Cameras", **under_way},
            {"reference": "SSF5-VAWG-02", "title": "Training", **under_way},
        )
        capital = {"intervention_id": cameras.id, "expense": Expense.CAPITAL, "category_id": equipment.id}
        resource = {"intervention_id": training.id, "expense": Expense.RESOURCE, "category_id": staff.id}
        make.add(
            ProfileLine,
            {**capital, "quarter": Q2, "amount": Money.pounds(10_000)},
            {**capital, "quarter": Q3, "amount": Money.pounds(10_000)},
            {**resource, "quarter": Q2, "amount": Money.pounds(5_000)},
        )
        (draft,) = make.add(FunderReturn, {"award_id": award.id, "quarter": Q2, "reference": "SSF5-VAWG 2024-25-Q2", "due_on": date(2024, 10, 30)})  # fmt: skip
        make.add(
            Forecast,
            {"return_id": draft.id, **capital, "quarter": Q3, "amount": Money.pounds(10_000)},
            {"return_id": draft.id, **resource, "quarter": Q3, "amount": Money(0)},
        )
        rag = {"quarter": Q2, "delivery": Rag.GREEN, "spend": Rag.GREEN, "risk": Rag.GREEN}
        make.add(Progress, *({"intervention_id": each.id, **rag} for each in (cameras, training)))
        lines: list[dict[str, Any]] = [
            {
                **capital,
                "supplier": f"Supplier {number % 7}",
                "invoice_number": f"INV-{number:04d}",
                "description": f"Camera part {number}",
                "received_on": date(2024, 7, 1) + timedelta(days=number % 90),
                "invoiced_on": date(2024, 9, 30),
                "net": Money(1_000 + number),
            }
            for number in range(MANY_COSTS)
        ]
        whole = sum(each["net"].pence for each in lines)
        lines.append({**lines[0], "invoice_number": "INV-LAST", "net": Money(1_000_000 - whole)})
        lines.append({**resource, "supplier": "Penhallow Training", "invoice_number": "T-1", "received_on": date(2024, 8, 5), "invoiced_on": date(2024, 9, 1), "net": Money.pounds(3_000)})  # fmt: skip
        make.add(Cost, *lines)


@pytest.fixture(scope="session", autouse=True)
def clipboard_is_left_empty(qapp: QApplication) -> Iterator[None]:
    """Without a screen Qt takes what was copied apart only after Python has ended, and falls over it."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("programme") / "built.fundtracker"
    build(path)
    return path


@pytest.fixture
def workspace(built: Path, tmp_path: Path) -> Iterator[Workspace]:
    """The programme in a file of this test's own."""
    path = tmp_path / "Safer Streets.fundtracker"
    shutil.copyfile(built, path)
    with Workspace.open(path, actor="Co-ordinator") as opened:
        yield opened


@pytest.fixture(autouse=True)
def garbage_as_in_the_program() -> Iterator[None]:
    """Python looks for it in the window's thread alone, from the first job on; again by itself once no worker works."""
    gc.disable()
    yield
    wait_for_jobs()
    gc.enable()


@pytest.fixture(autouse=True)
def leaves_freely(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test leaves what it typed, and nobody is there to be asked when its window is closed."""

    def freely(_: MainWindow) -> bool:
        return True

    monkeypatch.setattr(MainWindow, "may_close", freely)


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """How lists stand is remembered for this test only."""
    from fundtracker.ui import list_views

    folder = tmp_path_factory.mktemp("settings")
    monkeypatch.setattr(list_views, "settings_folder", lambda: folder)
    return folder


@pytest.fixture
def window(qtbot: QtBot, workspace: Workspace) -> Iterator[MainWindow]:
    shown = MainWindow(workspace)
    qtbot.addWidget(shown)
    shown.resize(1280, 800)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    yield shown
    wait_for_jobs()


class Said:
    """Takes the place of the message box: keeps what it would have said."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.texts: list[str] = []

    def __call__(self, _parent: object, title: str, text: str) -> None:
        self.titles.append(title)
        self.texts.append(text)


@dataclass
class Answer:
    """Presses a button of the next dialog that comes, and keeps what the dialog said."""

    said: str = ""


@pytest.fixture
def answer(qtbot: QtBot) -> Callable[[str], Answer]:
    """`answer("Submit and freeze")` before what makes the dialog come up."""

    def prepare(button: str) -> Answer:
        found = Answer()

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(10, look)
                return
            found.said = str(dialog.property("text") or dialog.windowTitle())
            buttons = {each.text().replace("&", ""): each for each in dialog.findChildren(QPushButton)}
            buttons[button].click()

        QTimer.singleShot(0, look)
        return found

    return prepare


@pytest.fixture
def page(window: MainWindow) -> ReturnPage:
    """The page of the one draft, on the window."""
    window.show_return("SSF5-VAWG 2024-25-Q2")
    wait_for_jobs()
    return cast("ReturnPage", window.page)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[app.Desk]:
    """What holds the program's window, closed at the end with whatever it shows."""
    made = app.Desk()
    yield made
    wait_for_jobs()
    if made.window is not None:
        made.window.close()
    made.close()
    if made.window is not None:
        made.window.deleteLater()
