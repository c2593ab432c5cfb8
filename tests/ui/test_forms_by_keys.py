"""Partner forms by keys alone, and heard: issued, taken in, sent back and accepted without a mouse; every control named and reached."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fundtracker.application.actions.partner_forms import FormLooked, look_at_form
from fundtracker.application.workspace import Workspace
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.grants import Grant
from fundtracker.ui.bridge import wait_for_jobs
from fundtracker.ui.dialogs.form_preview import FormPreview
from fundtracker.ui.dialogs.letters import Letter, LettersDialog
from fundtracker.ui.help import page_of
from fundtracker.ui.main_window import MainWindow
from partnering import Q2
from ui.partner_office import chooses, office, returned, wrong
from ui.person import Keyboard, focused, name_of, settle
from ui.test_accessible import faults, unreached
from ui.tour import in_front

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with office(tmp_path) as opened:
        yield opened


@pytest.fixture
def keyboard(window: MainWindow) -> Keyboard:
    settle()
    return Keyboard()


def state(window: MainWindow) -> str:
    wait_for_jobs()
    page: Any = window.page
    return page.part.model.rows[0].cells[2]


def test_a_form_goes_out_and_comes_in_by_keys(
    keyboard: Keyboard, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyboard.press("Ctrl+7")
    keyboard.press("Ctrl+7")
    assert name_of(focused()) == "Partner forms"
    chooses(monkeypatch, folder=tmp_path / "out")
    keyboard.answer("Alt+C", "Escape", to=LettersDialog)
    keyboard.press("Alt+U")
    keyboard.press("Return")
    settle()
    assert state(window) == "→ Issued"
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["G-1 2024-25-Q2.xlsx"]
    path = returned(window.workspace, tmp_path / "in", wrong())
    chooses(monkeypatch, open=path, save=tmp_path / "marked")
    keyboard.answer("Escape", to=LettersDialog)
    keyboard.answer("Alt+S", to=FormPreview)
    keyboard.press("Alt+T")
    settle()
    assert state(window) == "← Sent back with 1 problem"
    assert (tmp_path / "marked.xlsx").is_file()
    path = returned(window.workspace, tmp_path / "again")
    chooses(monkeypatch, open=path)
    keyboard.answer("Alt+A", to=FormPreview)
    keyboard.press("Alt+T")
    settle()
    assert state(window) == "✓ Accepted"
    keyboard.tab_to("Partner forms")
    keyboard.press("Return")
    (form,) = window.workspace.select(PartnerForm, quarter=Q2)
    assert window.spots[-1] == (PartnerForm, form.id)
    assert focused().isVisible()


def test_f1_leads_to_the_page_about_it(keyboard: Keyboard, window: MainWindow) -> None:
    for place, page in (
        ("Partner forms", "partner_forms"),
        ("Missing evidence", "evidence"),
        ("Double funding", "evidence"),
        ("Documents", "evidence"),
    ):
        window.go(place)
        settle()
        assert page_of(window.page, window.spots[-1]) == page
    window.open_part(Grant, 1, "Forms")
    settle()
    part: Any = window.page
    assert page_of(part.tab("Forms").part.table, window.spots[-1]) == "partner_forms"


def _looked(workspace: Workspace, folder: Path, *, sound: bool) -> FormLooked:
    return look_at_form(workspace, returned(workspace, folder, None if sound else wrong()))


def test_all_of_it_can_be_heard_and_reached(window: MainWindow, tmp_path: Path) -> None:
    """With something in each table."""
    wrong_ones: dict[str, list[str]] = {}

    def look(name: str, shown: Any) -> None:
        found = faults(shown) + unreached(shown)
        if found:
            wrong_ones[name] = found

    settle()
    for place in ("Partner forms", "Missing evidence", "Double funding", "Documents"):
        window.go(place)
        settle()
        look(place, window)
    window.open_part(Grant, 1, "Forms")
    settle()
    look("a grant's forms", window)
    for title in ("In words", "Figures", "Costs", "Documents", "Details"):
        window.open_part(PartnerForm, 1, title)
        settle()
        look(f"a form, {title}", window)
    letters = [Letter("One", "Text"), Letter("Two", "Text")]
    for name, dialog in (
        ("sound", FormPreview(window, _looked(window.workspace, tmp_path / "a", sound=True))),
        ("wrong", FormPreview(window, _looked(window.workspace, tmp_path / "b", sound=False))),
        ("letters", LettersDialog(window, "Letters", "A note", letters)),
    ):
        assert in_front(dialog.exec, lambda shown, name=name: look(name, shown))
    assert wrong_ones == {}


def test_no_two_buttons_of_a_place_have_the_same_key(keyboard: Keyboard, window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLabel

    def keys() -> list[str]:
        page: Any = window.page
        shown = [
            each for kind in (QAbstractButton, QLabel) for each in page.findChildren(kind) if each.isVisible()
        ]
        texts = [each.text() for each in shown if not isinstance(each, QLabel) or each.buddy()]
        marked = [text.replace("&&", "") for text in texts]
        return sorted(text[text.index("&") + 1].upper() for text in marked if "&" in text)

    found: dict[str, list[str]] = {}
    for place in ("Partner forms", "Missing evidence", "Double funding", "Documents"):
        window.go(place)
        settle()
        found[place] = keys()
    window.open_part(Grant, 1, "Forms")
    settle()
    found["a grant's forms"] = keys()
    clashes = {place: [key for key in set(of) if of.count(key) > 1] for place, of in found.items()}
    assert {place: of for place, of in clashes.items() if of} == {}
    assert not {key for of in found.values() for key in of} & set("FEGH")
