"""A public pack: nothing that is not for publication stands anywhere in its bytes, and it says how much was withheld."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from application.packing import DECLARER, NOTE, PackOffice, again, has_secrets, opened, searched
from fundtracker.application.actions.pack import withholding
from fundtracker.application.actions.records import add, edit
from fundtracker.domain.costs import Cost
from fundtracker.domain.forms import PartnerForm
from fundtracker.domain.organisations import Organisation
from fundtracker.domain.periods import Quarter

DRAFT, GRANT = "SSF5-VAWG 2024-25-Q1", "G-1"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PackOffice]:
    yield from opened(tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="module")
def secrets(office: PackOffice) -> tuple[str, ...]:
    """Put into the file once, with a form that names who declared it and a note that names a contact."""
    found = has_secrets(office)
    workspace = office.workspace
    values = {
        "grant_id": 1, "quarter": Quarter.read("2023/24 Q4"), "reference": "G-1 2023-24-Q4", "issued_on": date(2024, 4, 1),
        "due_on": date(2024, 4, 10), "declared_by": DECLARER, "declared_role": "Treasurer of the Example Trust", "declared_on": date(2024, 4, 8),
    }  # fmt: skip
    form = add(workspace, PartnerForm, values)
    edit(workspace, workspace.select(Organisation)[0], note=NOTE)
    edit(workspace, form, challenges=f"{DECLARER} was away")
    office.paper(form, "The form as it came.txt", f"Declared by {DECLARER}".encode())
    return (*found, DECLARER, "Treasurer of the Example Trust", NOTE)


@pytest.mark.parametrize("words", [DRAFT, "SSF5-VAWG 2023-24-Q4", GRANT])
def test_nothing_restricted_stands_anywhere(office: PackOffice, secrets: tuple[str, ...], words: str) -> None:
    done = office.pack(words, "public.zip", public=True)
    texts = list(searched(done.path))
    assert len(texts) > 20
    for name, text in texts:
        for secret in secrets:
            assert secret.casefold() not in text.casefold(), f"{secret} stands in {name}"


@pytest.mark.parametrize("words", ["SSF5-VAWG 2023-24-Q4", GRANT])
def test_the_auditors_own_pack_has_it(office: PackOffice, secrets: tuple[str, ...], words: str) -> None:
    """Or the search would find nothing anywhere."""
    done = office.pack(words, "own.zip")
    whole = "\n".join(text for _, text in searched(done.path))
    found = {secret for secret in secrets if secret in whole}
    assert found >= ({DECLARER} if words == GRANT else set(secrets[:7]))


def test_it_says_how_much_was_withheld(office: PackOffice, secrets: tuple[str, ...]) -> None:
    done = office.pack(DRAFT, "counted.zip", public=True)
    counts = {each.what: each.count for each in done.contents.withheld}
    assert counts["Documents marked “Not for publication”"] >= 1
    assert counts["Site details of interventions"] == 1
    assert counts["Locations, serial numbers and deeds of assets"] >= 2
    folder = office.unpacked(DRAFT, public=True)
    assert folder.name.endswith("audit pack DRAFT public")
    start = load_workbook(folder / "Index.xlsx")["Start"]
    told = {row[0].value: row[1].value for row in start.iter_rows() if isinstance(row[1].value, int)}
    assert {what: told[what] for what in counts} == counts
    assert all(
        row[2].value != "Programme manager"
        for row in load_workbook(folder / "Index.xlsx")["Changes"].iter_rows()
    )


def test_the_workbook_of_a_partners_form_stays_in_the_office(
    office: PackOffice, secrets: tuple[str, ...]
) -> None:
    """It names who declared it, inside, where nothing can be taken out."""
    own, public = (office.pack(GRANT, "form.zip", public=each).contents for each in (False, True))
    assert [[each.name for each in one.papers if each.what == "Partner form"] for one in (own, public)] == [
        ["The form as it came.txt"],
        [],
    ]
    assert {each.what: each.count for each in public.withheld}["Workbooks of partners' forms"] == 1


def test_a_paper_that_is_withheld_is_not_called_missing(office: PackOffice, secrets: tuple[str, ...]) -> None:
    cost = office.workspace.select(Cost)[3]
    (own, public) = (
        office.pack("SSF5-VAWG 2023-24-Q4", "w.zip", public=each).contents for each in (False, True)
    )
    names = [
        {paper.name for paper in each.papers if cost.reference in paper.evidences} for each in (own, public)
    ]
    assert names == [{f"scan {cost.id}.pdf", "Plan of camera positions 7.pdf"}, {f"scan {cost.id}.pdf"}]
    assert {each.what for each in public.missing} == {each.what for each in own.missing}


def test_a_file_restricted_in_one_place_is_so_in_all(office: PackOffice, tmp_path: Path) -> None:
    with again(office, tmp_path) as changed:
        costs = changed.workspace.select(Cost)
        changed.paper(costs[4], "open.pdf", b"%PDF-1.4 the same file")
        shut = changed.paper(costs[5], "shut.pdf", b"%PDF-1.4 the same file")
        edit(changed.workspace, shut, restricted=True)
        done = changed.pack("SSF5-VAWG 2023-24-Q4", public=True)
        assert all("the same file" not in text for _, text in searched(done.path))


def test_a_return_with_nothing_to_withhold_is_there_byte_for_byte(office: PackOffice, tmp_path: Path) -> None:
    with again(office, tmp_path) as changed:
        own, public = (changed.pack("SSF5-VAWG 2023-24-Q4", public=each).contents for each in (False, True))
        assert [replace(each, frozen=True) for each in public.return_files] == list(own.return_files)


def test_what_everybody_may_read_is_not_withheld(office: PackOffice, secrets: tuple[str, ...]) -> None:
    """A word of a body's own name tells nobody where a camera stands, wherever else it is written."""
    with office.workspace.database.reader() as conn:
        hidden = withholding.Public(conn)
    said = "Op Vigilant, paid to the Cheltenham Council by the Programme manager"
    assert hidden.text(said) == said
    assert hidden.text("near the BANDSTAND ROOF,\n north corner!") == "near the [withheld]!"
