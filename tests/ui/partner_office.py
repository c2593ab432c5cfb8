"""An office that waits for a partner's form: the window on it, and the form as it comes back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from filing import filed
from fundtracker.application.actions.partner_forms import issue_form, look_at_form
from fundtracker.application.workspace import Workspace
from partner import Answers, Partner, records, sound
from partnering import Q2

TODAY = date(2024, 10, 10)


def office(folder: Path, today: date = TODAY) -> Workspace:
    """The grant of `partnering`, its Q1 accepted."""
    return filed(folder / "office.fundtracker", records(without=[3, 4]), today=today)


def returned(
    workspace: Workspace, folder: Path, values: Answers | None = None, name: str = "Returned form.xlsx"
) -> Path:
    """The form of Q2, issued and filled in as a partner would; in a file of another name."""
    folder.mkdir(exist_ok=True)
    _, path = issue_form(workspace, 1, Q2, folder)
    partner = Partner(path)
    partner.fills(look_at_form(workspace, path).case, values or sound())
    return partner.saves(folder / name)


def wrong() -> Answers:
    """Spend that its costs don't add up to."""
    values = sound()
    spent = values["spend"]["SPEND-1-R-1"]["spent"]
    values["spend"]["SPEND-1-R-1"]["spent"] = replace(spent, pence=spent.pence + 1)
    return values


def chooses(monkeypatch: Any, **answers: Path) -> None:
    """What the user chooses in the system's own dialogs: `folder`, `open`, `save`, `many`."""

    def one(path: Path) -> Callable[..., tuple[str, str]]:
        return lambda *_args, **_more: (str(path), "")

    def folder(path: Path) -> Callable[..., str]:
        return lambda *_args, **_more: str(path)

    def several(path: Path) -> Callable[..., tuple[list[str], str]]:
        return lambda *_args, **_more: ([str(path)], "")

    ways: dict[str, tuple[str, Callable[[Path], Any]]] = {
        "folder": ("getExistingDirectory", folder),
        "open": ("getOpenFileName", one),
        "save": ("getSaveFileName", one),
        "many": ("getOpenFileNames", several),
    }
    for way, path in answers.items():
        name, made = ways[way]
        monkeypatch.setattr(QFileDialog, name, made(path))
