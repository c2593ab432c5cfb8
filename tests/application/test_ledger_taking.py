"""Taking a listing: the preview writes nothing, the same listing adds nothing, a longer one the difference, a changed line is shown."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from application.ledger_office import LAYOUT, LedgerOffice, open_office
from finance_listing import HEADINGS, Line, payments_of, write_csv, write_xlsx
from fundtracker.application.actions.ledger.matching import Part, set_aside, split
from fundtracker.application.actions.ledger.taking import (
    ProposedListing,
    keep_layout,
    layout_for,
    layout_of,
    open_listing,
    propose_listing,
    take_listing,
)
from fundtracker.domain.ledger import LedgerLayout, LedgerLine, LedgerMatch
from fundtracker.domain.ledger_layouts import guess_layout
from fundtracker.domain.money import Money
from fundtracker.domain.problems import Problem, Refused, Severity
from fundtracker.storage.journal import history


@pytest.fixture
def office(tmp_path: Path) -> Iterator[LedgerOffice]:
    found = open_office(tmp_path / "office.fundtracker")
    with found.workspace:
        yield found


def entries(office: LedgerOffice) -> list[str]:
    with office.workspace.database.reader() as conn:
        return [each.title for each in history(conn)]


def line(
    number: str, pounds: str, *, day: date = date(2024, 1, 25), supplier: str = "ACME", code: str = "7401"
) -> Line:
    return number, day, supplier, "", "", code, Money.pounds(pounds)


def test_a_preview_writes_nothing_and_the_listing_is_taken_once(office: LedgerOffice, tmp_path: Path) -> None:
    workspace = office.workspace
    path = write_xlsx(tmp_path / "q4.xlsx", payments_of(workspace))
    before = entries(office)
    proposed = propose_listing(workspace, path)
    assert (proposed.layout, proposed.counts) == (LAYOUT, {"new": 3, "same": 0, "changed": 0, "gone": 0})
    assert (workspace.select(LedgerLine), entries(office)) == ((), before)

    take_listing(workspace, proposed)
    held = workspace.select(LedgerLine)
    assert [(each.reference, each.transaction_number, each.line, each.supplier, each.amount, each.listing) for each in held] == [
        ("L-00001", "PV100000", 1, "ILLUSTRATIVE LTD", Money.pounds("120"), "q4.xlsx"),
        ("L-00002", "PV100001", 1, "TRAINING TRUST", Money.pounds("50"), "q4.xlsx"),
        ("L-00003", "PV100002", 1, "COTSWOLD DISTRICT COUNCI", Money.pounds("60"), "q4.xlsx"),
    ]  # fmt: skip
    assert entries(office) == ["Take the ledger listing q4.xlsx: 3 new", *before]

    for again in (
        proposed,
        propose_listing(workspace, path),
        propose_listing(workspace, write_csv(tmp_path / "q4.csv", payments_of(workspace))),
    ):
        assert take_listing(workspace, again).counts == {"new": 0, "same": 3, "changed": 0, "gone": 0}
    assert (workspace.select(LedgerLine), len(entries(office))) == (held, len(before) + 1)

    workspace.undo()
    assert workspace.select(LedgerLine) == ()
    workspace.redo()
    assert [replace(each, version=1) for each in workspace.select(LedgerLine)] == list(held)


def test_a_longer_listing_adds_the_difference_and_a_changed_line_is_shown(
    office: LedgerOffice, tmp_path: Path
) -> None:
    workspace = office.workspace
    take_listing(
        workspace,
        propose_listing(
            workspace, write_xlsx(tmp_path / "a.xlsx", [line("1", "10"), line("2", "20"), line("3", "30")])
        ),
    )
    later = [line("2", "25", supplier="ACME PLC"), line("4", "40"), line("1", "10")]
    proposed = propose_listing(workspace, write_xlsx(tmp_path / "b.xlsx", later))
    assert proposed.counts == {"new": 1, "same": 1, "changed": 1, "gone": 1}
    assert (
        str(proposed.changed[0])
        == "L-00002 (row 4): supplier was ACME, is ACME PLC; amount was 20.00, is 25.00."
    )
    assert [each.reference for each in proposed.gone] == ["L-00003"]
    take_listing(workspace, proposed)
    assert [
        (each.reference, each.supplier, each.amount.plain, each.listing)
        for each in workspace.select(LedgerLine)
    ] == [
        ("L-00001", "ACME", "10.00", "a.xlsx"),
        ("L-00002", "ACME PLC", "25.00", "b.xlsx"),
        ("L-00003", "ACME", "30.00", "a.xlsx"),
        ("L-00004", "ACME", "40.00", "b.xlsx"),
    ]
    again = take_listing(workspace, propose_listing(workspace, tmp_path / "b.xlsx"), drop_gone=True)
    assert again.counts == {"new": 0, "same": 3, "changed": 0, "gone": 1}
    assert [each.reference for each in workspace.select(LedgerLine)] == ["L-00001", "L-00002", "L-00004"]


def warnings(proposed: ProposedListing) -> tuple[Problem, ...]:
    return tuple(each for each in proposed.problems if each.severity is Severity.WARNING)


def test_a_line_that_was_posted_to_a_code_the_listing_does_not_have_is_asked_about(
    office: LedgerOffice, tmp_path: Path
) -> None:
    """It may have been moved, and would count twice; it may be the other part of a transaction, so it isn't taken for the same."""
    workspace = office.workspace
    take_listing(workspace, propose_listing(workspace, write_xlsx(tmp_path / "a.xlsx", [line("1", "10")])))
    moved = [line("1", "10", code="9000"), line("1", "20", code="9000"), line("2", "5", code="9000")]
    path = write_xlsx(tmp_path / "b.xlsx", moved)
    proposed = propose_listing(workspace, path)
    assert (proposed.counts["new"], proposed.errors) == (3, ())
    (asked,) = warnings(proposed)
    assert asked.where.endswith("row 4")
    assert asked.message.startswith(
        "L-00001 is held already, the same but for its code, 7401 instead of 9000;"
    )
    assert warnings(take_listing(workspace, proposed)) == (asked,)
    assert warnings(propose_listing(workspace, path)) == ()  # it was asked about once


def test_matches_of_a_changed_line_are_kept_lowered_or_taken_off_and_told(
    office: LedgerOffice, tmp_path: Path
) -> None:
    workspace = office.workspace
    lines = [line("1", "50"), line("2", "100"), line("3", "60")]
    take_listing(workspace, propose_listing(workspace, write_xlsx(tmp_path / "a.xlsx", lines)))
    first, second, third = workspace.select(LedgerLine)
    split(workspace, first, [Part(office.training, Money.pounds("50"))])
    split(workspace, second, [Part(office.cameras, Money.pounds("100"))])
    split(workspace, third, [Part(office.instalment, Money.pounds("60"))])
    later = [line("1", "50", supplier="TRAINING TRUST"), line("2", "80"), line("3", "-60")]
    proposed = propose_listing(workspace, write_xlsx(tmp_path / "b.xlsx", later))
    assert list(map(str, proposed.changed)) == [
        "L-00001 (row 4): supplier was ACME, is TRAINING TRUST. It is matched: 1 in all, 0 to adjust.",
        "L-00002 (row 5): amount was 100.00, is 80.00. It is matched: 1 in all, 1 to adjust.",
        "L-00003 (row 6): amount was 60.00, is -60.00. It is matched: 1 in all, 1 to adjust.",
    ]
    take_listing(workspace, proposed)
    assert [(each.line_id, each.amount.plain) for each in workspace.select(LedgerMatch)] == [
        (1, "50.00"),
        (2, "80.00"),
    ]
    workspace.undo()
    assert [(each.line_id, each.amount.plain) for each in workspace.select(LedgerMatch)] == [
        (1, "50.00"),
        (2, "100.00"),
        (3, "60.00"),
    ]


def test_a_line_gone_from_the_listing_stays_while_it_is_matched_or_set_aside(
    office: LedgerOffice, tmp_path: Path
) -> None:
    workspace = office.workspace
    lines = [
        line("1", "50"),
        line("2", "20"),
        line("3", "30"),
        line("4", "40", day=date(2024, 1, 26)),
        line("5", "1", day=date(2024, 1, 20)),
    ]
    take_listing(workspace, propose_listing(workspace, write_xlsx(tmp_path / "a.xlsx", lines)))
    one, two, *_ = workspace.select(LedgerLine)
    split(workspace, one, [Part(office.training, Money.pounds("50"))])
    set_aside(workspace, [two], "Another programme")
    proposed = propose_listing(workspace, write_xlsx(tmp_path / "b.xlsx", [lines[3], lines[4]]))
    assert ([each.reference for each in proposed.gone], proposed.gone_matched) == (
        ["L-00001", "L-00002", "L-00003"],
        {1, 2},
    )
    take_listing(workspace, proposed, drop_gone=True)
    assert [each.reference for each in workspace.select(LedgerLine)] == [
        "L-00001",
        "L-00002",
        "L-00004",
        "L-00005",
    ]


def test_rows_that_cannot_be_read_take_nothing(office: LedgerOffice, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(
        f"{','.join(HEADINGS)}\n1,31/01/2024,ACME,,,7401,10\n2,31/02/2024,ACME,,,7401,#REF!\n",
        encoding="utf-8",
    )
    proposed = propose_listing(office.workspace, path)
    with pytest.raises(Refused) as refused:
        take_listing(office.workspace, proposed)
    assert list(map(str, refused.value.problems)) == [
        "B3: “Posting Date” holds “31/02/2024”, which is not a day: February 2024 has 29.",
        "G3: “Amount” holds “#REF!”, which is not an amount such as 1,234.56.",
    ]
    assert office.workspace.select(LedgerLine) == ()


def test_a_layout_is_learnt_once_and_corrected_by_pointing(office: LedgerOffice, tmp_path: Path) -> None:
    workspace = office.workspace
    path = tmp_path / "bank.csv"
    path.write_text(
        "When,Date,Paid to,Out,In\nx,31/01/2024,ACME,10.00,\ny,01/02/2024,ACME,,2.50\n", encoding="utf-8"
    )
    found = open_listing(path)
    guess = guess_layout(found)
    assert guess is not None
    with pytest.raises(Refused) as refused:
        layout_of(guess, "Bank")
    assert (
        str(refused.value)
        == "The headings (“When”, “Date”, “Paid to”, “Out”, “In”) don't say which column holds the amount: point at it."
    )
    pointed = layout_of(guess, "Bank", supplier_heading="Paid to", debit_heading="Out", credit_heading="In")
    proposed = propose_listing(workspace, found, pointed)
    assert [(each.supplier, each.amount.plain) for each in proposed.new] == [
        ("ACME", "10.00"),
        ("ACME", "-2.50"),
    ]
    take_listing(workspace, proposed)
    kept = workspace.find(LedgerLayout, "Bank")
    assert kept is not None
    assert (
        kept.debit_heading,
        layout_for(workspace, found),
        propose_listing(workspace, path).counts["same"],
    ) == ("Out", kept, 2)
    corrected = keep_layout(workspace, replace(pointed, supplier_heading="When"))
    assert (corrected.id, corrected.supplier_heading) == (kept.id, "When")
    assert keep_layout(workspace, corrected) == corrected
