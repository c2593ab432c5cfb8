"""Where files are written to: the ending comes after what was typed, and no file is replaced unasked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fundtracker.domain.costs import Cost
from fundtracker.domain.returns import FunderReturn
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs import where
from fundtracker.ui.dialogs.pack import PackDialog
from fundtracker.ui.dialogs.print_preview import save_pdf
from fundtracker.ui.dialogs.where import completed, export_folder
from fundtracker.ui.main_window import MainWindow
from ui.driving import go_to

OLD = b"written before"


class Asked:
    """Answers the question whether to replace a file, and keeps what it said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[str] = []
        self.answer = False
        monkeypatch.setattr(where, "ask", self)

    def __call__(self, _parent: object, _title: str, text: str, yes: str) -> bool:
        assert yes == "Replace"
        self.said.append(text)
        return self.answer


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[str]]:
    """What the user types into the system's dialog; the list is what was offered there."""

    def name(path: Path) -> list[str]:
        offered: list[str] = []

        def choose(_parent: object, _title: str, begins: str, *_: Any) -> tuple[str, str]:
            offered.append(begins)
            return str(path), ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
        return offered

    return name


@pytest.mark.parametrize(
    ("typed", "ending", "name"),
    [
        ("Costs", ".xlsx", "Costs.xlsx"),
        ("Costs.xlsx", ".xlsx", "Costs.xlsx"),
        ("Costs.XLSX", ".xlsx", "Costs.XLSX"),
        ("Costs v1.2", ".xlsx", "Costs v1.2.xlsx"),
        ("Costs 31.03", ".pdf", "Costs 31.03.pdf"),
        ("Costs.xlsx", ".csv", "Costs.xlsx.csv"),
    ],
)
def test_the_ending_is_added_to_what_was_typed(tmp_path: Path, typed: str, ending: str, name: str) -> None:
    assert completed(str(tmp_path / typed), ending) == tmp_path / name


def test_a_dialog_has_the_folder_of_the_window_that_opened_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.export_folder = lambda: tmp_path
    dialog = QDialog(QWidget(window))
    qtbot.addWidget(dialog)
    assert export_folder(dialog) == tmp_path


def test_a_list_is_exported_under_the_name_typed_and_replaces_no_other(
    window: MainWindow, tmp_path: Path, asked: Asked, names: Callable[[Path], list[str]]
) -> None:
    window.export_folder = lambda: tmp_path
    page = go_to(window, Cost)
    (tmp_path / "Costs v1.csv").write_bytes(OLD)
    offered = names(tmp_path / "Costs v1.2")
    page.commands.ask_export("csv")
    wait_for_jobs()
    assert offered == [str(tmp_path / "Costs.csv")]
    written = (tmp_path / "Costs v1.2.csv").read_bytes()
    assert written.count(b"\n") == page.model.rowCount() + 1
    assert (tmp_path / "Costs v1.csv").read_bytes() == OLD
    assert asked.said == []

    names(tmp_path / "Costs v1")
    page.commands.ask_export("csv")
    wait_for_jobs()
    assert asked.said == [f"Costs v1.csv is already in {tmp_path}. Replacing it can't be undone."]
    assert (tmp_path / "Costs v1.csv").read_bytes() == OLD

    asked.answer = True
    page.commands.ask_export("csv")
    wait_for_jobs()
    assert (tmp_path / "Costs v1.csv").read_bytes() == written


def test_what_the_system_asked_about_is_not_asked_again(
    window: MainWindow, tmp_path: Path, asked: Asked, names: Callable[[Path], list[str]]
) -> None:
    kept = tmp_path / "Costs.pdf"
    kept.write_bytes(OLD)
    names(kept)
    assert save_pdf(window, "Costs.pdf", b"new") == kept
    assert (kept.read_bytes(), asked.said) == (b"new", [])
    names(tmp_path / "Costs 31.03")
    assert save_pdf(window, "Costs.pdf", b"newer") == tmp_path / "Costs 31.03.pdf"
    assert (tmp_path / "Costs 31.03.pdf").read_bytes() == b"newer"


def test_the_programme_replaces_no_file_unasked(
    window: MainWindow, tmp_path: Path, asked: Asked, names: Callable[[Path], list[str]]
) -> None:
    (tmp_path / "out.xlsx").write_bytes(OLD)
    names(tmp_path / "out")
    window.files.ask_template()
    wait_for_jobs()
    assert len(asked.said) == 1
    assert (tmp_path / "out.xlsx").read_bytes() == OLD


def test_a_pack_replaces_no_file_unasked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, asked: Asked, names: Callable[[Path], list[str]]
) -> None:
    dialog = PackDialog(window, window.workspace.select(FunderReturn)[0], tmp_path)
    qtbot.addWidget(dialog)
    path = Path(dialog.where.text())
    path.write_bytes(OLD)
    dialog.make_button.click()
    assert (len(asked.said), dialog.path) == (1, None)
    names(path)  # there the system asks
    next(each for each in dialog.findChildren(QPushButton) if each.text() == "Bro&wse...").click()
    dialog.make_button.click()
    assert (len(asked.said), dialog.path) == (1, path)
