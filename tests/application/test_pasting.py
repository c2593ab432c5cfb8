"""A block from a spreadsheet becomes records and changes of any kind, all or none, and one undo takes it back."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.deeds import head_of, pounds
from application.filling import contents
from filing import empty_file, filed
from fundtracker.application.actions.pasting import (
    MOST_ROWS,
    Pasted,
    RowsRefused,
    keep_block,
    read_again,
    read_block,
    try_block,
)
from fundtracker.application.actions.pasting.keep import MOST_TRIED
from fundtracker.application.actions.records import add, edit
from fundtracker.application.workspace import Workspace
from fundtracker.domain.bids import Expense
from fundtracker.domain.columns import Record, columns, key_of
from fundtracker.domain.costs import Cost
from fundtracker.domain.interventions import ProfileLine
from fundtracker.domain.kinds import clean_text
from fundtracker.domain.organisations import CostCategory, Organisation, OrganisationKind
from fundtracker.domain.problems import Refused
from fundtracker.domain.records import RECORDS
from fundtracker.domain.rounds import Fund, FundSource
from fundtracker.storage.queries import ListQuery

HEADINGS = "Supplier\tInvoice no.\tReceived\tNet\tCapital or resource\tCost category\r\n"


@pytest.fixture
def workspace(one_cost: Workspace) -> Workspace:
    return one_cost


def read(
    workspace: Workspace, text: str, kind: type[Record] = Cost, at: int | None = None, **known: Any
) -> Pasted:
    return read_block(workspace, kind, text, columns(kind), at, known)


def said(pasted: Pasted) -> list[tuple[int, str, str, str]]:
    return [(each.row, each.label, each.found, each.message) for each in pasted.problems]


def line(
    number: int,
    *,
    supplier: str = "Acme",
    day: str = "15/11/2023",
    net: str = "£1,000.00",
    category: str = "Staff",
) -> str:
    return f"{supplier}\tINV-{number}\t{day}\t{net}\tresource\t{category}\r\n"


def category(workspace: Workspace) -> str:
    return workspace.select(CostCategory)[0].name


def test_forty_invoices_with_three_mistakes(workspace: Workspace) -> None:
    name = category(workspace)
    wrong = {
        5: line(5, net="lots", category=name),
        12: line(12, day="31/02/2024", category=name),
        30: line(30, category="Stuff"),
    }
    text = HEADINGS + "".join(wrong.get(n) or line(n, category=name) for n in range(40))
    intervention = workspace.select(Cost)[0].intervention_id
    pasted = read(workspace, text, intervention_id=intervention)
    assert (pasted.new, pasted.changed) == (37, 0)
    assert [(each.row, each.label, each.found) for each in pasted.errors] == [
        (7, "Net", "lots"),
        (14, "Received", "31/02/2024"),
        (32, "Cost category", "Stuff"),
    ]
    assert pasted.errors[0].message == "“lots” is not an amount: type an amount such as 1,234.56 or 2.5k."
    assert pasted.errors[2].message.startswith("There is no cost category “Stuff”: ")
    assert pasted.sums == {"net": pounds("39000")}
    assert pasted.unread == {"net": 1}
    before, sealed = contents(workspace), head_of(workspace)
    with pytest.raises(RowsRefused):
        keep_block(workspace, pasted)
    assert head_of(workspace) == sealed

    mended = read_again(workspace, pasted, cells={(7, 3): "1000", (14, 2): "29 Feb 2024", (32, 5): name})
    assert (mended.errors, mended.new, mended.sums) == ((), 40, {"net": pounds("40000")})
    ids = keep_block(workspace, mended)
    assert len(ids) == 40
    made = workspace.get(Cost, ids[12])
    assert (made.supplier, made.invoice_number, made.received_on) == ("Acme", "INV-12", date(2024, 2, 29))
    assert (made.net, made.expense, made.intervention_id) == (pounds("1000"), Expense.RESOURCE, intervention)
    assert made.reference == f"C-{made.id:05d}"
    assert workspace.undo_title == "Paste 40 costs"
    after = contents(workspace)
    workspace.undo()
    assert contents(workspace) == before
    workspace.redo()
    assert contents(workspace) == after


def test_rows_with_problems_can_be_left_out(workspace: Workspace) -> None:
    name = category(workspace)
    pasted = read(
        workspace, HEADINGS + line(1, category=name) + line(2, net="x", category=name), intervention_id=1
    )
    rest = read_again(workspace, pasted, without=pasted.wrong_rows)
    assert (rest.problems, rest.new) == ((), 1)
    assert len(keep_block(workspace, rest)) == 1


def test_a_block_of_which_all_is_left_out_has_no_headings_to_read(workspace: Workspace) -> None:
    pasted = read(workspace, "S-1\tA\nS-2\tB\n", intervention_id=1)
    nothing = read_again(workspace, pasted, without=[row.number for row in pasted.rows])
    again = read_again(workspace, nothing, headings=not nothing.headings)
    assert (again.rows, again.errors, again.new) == ((), (), 0)


def test_without_headings_columns_go_by_position_from_the_cursor(workspace: Workspace) -> None:
    shown = tuple(
        each for each in columns(Cost) if each.name in {"reference", "supplier", "invoice_number", "net"}
    )
    text = "Acme\t\tINV 1\t\t\r\n"
    assert read_block(workspace, Cost, "Acme\tINV-1\t12", shown, 1, {}).fields[:3] == (
        "supplier",
        "invoice_number",
        "net",
    )
    assert read_block(workspace, Cost, "Acme\tINV-1", shown, None, {}).fields[:2] == (
        "supplier",
        "invoice_number",
    )
    over = read_block(workspace, Cost, text + "a\tb\tc\td\te", shown, 2, {})
    assert over.fields[:2] == ("invoice_number", "net")
    assert [each.message for each in over.problems if each.row == 0][:1] == [
        "“column 3” goes to no field and is left out: choose a field above it to keep it."
    ]


def test_fields_told_before_a_block_got_more_columns_leave_those_as_they_are(workspace: Workspace) -> None:
    """But for one whose field another column has now: it is no longer asked for."""
    pasted = read(workspace, HEADINGS + line(1, category=category(workspace)), intervention_id=1)
    told = tuple(None if name in {"supplier", "net"} else name for name in pasted.fields)
    wider = read_again(workspace, pasted, fields=told)
    assert wider.fields == (*told, "supplier", "net")
    again = read_again(workspace, wider, fields=("net", *told[1:]))
    assert again.fields == ("net", *told[1:], "supplier")


def test_fields_that_new_records_need_are_asked_for(workspace: Workspace) -> None:
    pasted = read(workspace, "Supplier\tNet\nAcme\t12\n", intervention_id=1)
    assert pasted.fields == ("supplier", "net", "expense", "category_id")
    assert said(pasted) == [
        (2, "Capital or resource", "", "Capital or resource is empty: enter one of the words in its list."),
        (2, "Cost category", "", "Cost category is empty: enter the reference of its cost category."),
    ]
    filled = read_again(workspace, pasted, cells={(2, 2): "Resource", (2, 3): category(workspace)})
    assert filled.problems == ()
    assert len(keep_block(workspace, filled)) == 1
    other = read_again(workspace, pasted, fields=("supplier", "net", "expense", None))
    assert other.fields == ("supplier", "net", "expense", "category_id")


def test_a_reference_that_exists_is_a_change(workspace: Workspace) -> None:
    cost = workspace.select(Cost)[0]
    name = category(workspace)
    text = f"Reference\tSupplier\tNet\tDescription\tIntervention\tCapital or resource\tCost category\n{cost.reference.lower()}\tBeta\t900\t\t{intervention_words(workspace)}\tResource\t{name}\n"
    pasted = read(workspace, text + f"\tNew\t1\t\t{intervention_words(workspace)}\tResource\t{name}\n")
    assert (pasted.new, pasted.changed, pasted.errors) == (1, 1, ())
    assert pasted.rows[0].old[1:3] == (cost.supplier, "1,000.00")
    keep_block(workspace, pasted)
    assert workspace.undo_title == "Paste 1 cost, change 1"
    changed = workspace.get(Cost, cost.id)
    assert (changed.supplier, changed.net, changed.reference) == ("Beta", pounds("900"), cost.reference)
    workspace.undo()
    assert workspace.get(Cost, cost.id).supplier == cost.supplier


def intervention_words(workspace: Workspace) -> str:
    """As a list shows it: reference and title."""
    rows = workspace.lists.page(ListQuery(Cost), 0, 1)
    return rows[0][1][1]


def test_somebody_elses_change_is_not_overwritten(workspace: Workspace) -> None:
    cost = workspace.select(Cost)[0]
    pasted = read(workspace, f"Reference\tSupplier\n{cost.reference}\tBeta\n")
    edit(workspace, cost, supplier="Gamma")
    with pytest.raises(RowsRefused, match="was changed meanwhile") as refused:
        keep_block(workspace, pasted)
    assert {each.row for each in refused.value.rows} == {2}
    assert workspace.get(Cost, cost.id).supplier == "Gamma"


def test_a_guard_names_the_row_and_nothing_is_kept(workspace: Workspace) -> None:
    name = category(workspace)
    text = (
        HEADINGS.replace("Net", "Net\tAccepted on")
        + f"Acme\tI-1\t15/11/2023\t10\t\tresource\t{name}\nAcme\tI-2\t15/11/2023\t10\t1/11/2023\tresource\t{name}\n"
    )
    pasted = read(workspace, text, intervention_id=1)
    assert pasted.errors == ()
    before = contents(workspace)
    with pytest.raises(RowsRefused) as refused:
        keep_block(workspace, pasted)
    assert {(each.row, each.label, each.found) for each in refused.value.rows} == {
        (3, "Accepted on", "01/11/2023")
    }
    assert str(refused.value).startswith("Row 3, Accepted on: ")
    assert contents(workspace) == before


def test_a_block_can_be_tried_before_it_is_kept(workspace: Workspace) -> None:
    name = category(workspace)
    head = HEADINGS.replace("Net", "Net\tAccepted on")
    text = f"{head}Acme\tI-1\t15/11/2023\t10\t\tresource\t{name}\nAcme\tI-2\t15/11/2023\t10\t1/11/2023\tresource\t{name}\n"
    pasted = read(workspace, text, intervention_id=1)
    before, sealed = contents(workspace), head_of(workspace)
    refused = try_block(workspace, pasted)
    assert {(each.row, each.label) for each in refused or ()} == {(3, "Accepted on")}
    mended = read_again(workspace, pasted, cells={(3, 4): ""})
    assert try_block(workspace, mended) == ()
    assert (contents(workspace), head_of(workspace)) == (before, sealed)
    assert len(keep_block(workspace, mended)) == 2


def test_what_cannot_be_read_or_is_too_long_is_not_tried(workspace: Workspace) -> None:
    name = category(workspace)
    wrong = read(workspace, HEADINGS + line(1, net="x", category=name), intervention_id=1)
    assert try_block(workspace, wrong) is None
    text = HEADINGS + "".join(line(n, category=name) for n in range(MOST_TRIED + 1))
    assert try_block(workspace, read(workspace, text, intervention_id=1)) is None
    cost = workspace.select(Cost)[0]
    same = read(workspace, f"Reference\tSupplier\n{cost.reference}\t{cost.supplier}\n")
    assert try_block(workspace, same) == ()


def test_what_can_stand_only_once_is_refused_before_it_is_kept(workspace: Workspace) -> None:
    name = category(workspace)
    row = f"2023/24 Q3\tResource\t{name}\t100\n"
    pasted = read(
        workspace,
        "Quarter\tCapital or resource\tCost category\tAmount\n" + row + row,
        ProfileLine,
        intervention_id=1,
    )
    assert [(each.row, "in a row above" in each.message) for each in pasted.errors] == [(3, True)]


def test_what_was_entered_already_is_a_warning(workspace: Workspace) -> None:
    name = category(workspace)
    text = HEADINGS + line(1, category=name)
    keep_block(workspace, read(workspace, text, intervention_id=1))
    again = read(workspace, text + line(2, category=name) + line(2, category=name), intervention_id=1)
    assert again.errors == ()
    assert [(each.row, each.message) for each in again.problems] == [
        (
            2,
            f"This says the same as {workspace.select(Cost)[-1].reference}: leave the row out if it was entered already.",
        ),
        (4, "This row says the same as row 3: leave one out if it was entered twice."),
    ]


SAME = "is the same cost, with this supplier, invoice no. and sum: leave the row out, or write in “Why it isn't a duplicate” why it isn't."


def test_a_cost_that_is_there_under_another_description_is_a_warning(workspace: Workspace) -> None:
    name = category(workspace)
    head, end = HEADINGS.replace("Supplier", "Description\tSupplier"), line(1, category=name)
    keep_block(workspace, read(workspace, f"{head}Posters\t{end}", intervention_id=1))
    held = workspace.select(Cost)[-1].reference
    again = read(workspace, f"{head}Leaflets\t{end}A\t{line(2, category=name)}B\t{line(2, category=name)}C\t{line(3, category=name)}D\t{line(3, net='9', category=name)}", intervention_id=1)  # fmt: skip
    assert again.errors == ()
    assert said(again) == [
        (2, "Net", "1,000.00", f"{held} {SAME}"),
        (4, "Net", "1,000.00", f"Row 3 {SAME}"),
    ]
    assert again.repeated_rows == frozenset()
    assert len(keep_block(workspace, again)) == 5


def test_a_cost_that_says_why_it_is_no_duplicate_is_no_warning(workspace: Workspace) -> None:
    name = category(workspace)
    keep_block(workspace, read(workspace, HEADINGS + line(1, category=name), intervention_id=1))
    head = HEADINGS.replace("Supplier", "Why it isn't a duplicate\tSupplier")
    told = read(workspace, f"{head}The second half\t{line(1, supplier='ACME', category=name)}", intervention_id=1)  # fmt: skip
    assert said(told) == []
    mute = read_again(workspace, told, cells={(2, 0): ""})
    assert [(each.row, each.label) for each in mute.problems] == [(2, "Why it isn't a duplicate")]


def test_capitals_make_no_other_cost_whatever_the_letters(workspace: Workspace) -> None:
    name = category(workspace)
    head = HEADINGS.replace("Supplier", "Description\tSupplier")
    row = line(1, supplier="Éclair", category=name).replace("INV-", "É-")
    keep_block(workspace, read(workspace, f"{head}Posters\t{row}", intervention_id=1))
    again = read(workspace, f"{head}Leaflets\t{row.casefold()}", intervention_id=1)
    assert [(each.row, each.label) for each in again.problems] == [(2, "Net")]


def test_a_cost_that_was_taken_back_may_come_again(workspace: Workspace) -> None:
    name = category(workspace)
    keep_block(workspace, read(workspace, HEADINGS + line(1, category=name), intervention_id=1))
    held = workspace.select(Cost)[-1].reference
    back = (
        HEADINGS.replace("Supplier", "Reversal of\tSupplier")
        + f"{held}\t{line(1, net='-1000', category=name)}"
    )
    keep_block(workspace, read(workspace, back, intervention_id=1))
    head = HEADINGS.replace("Supplier", "Description\tSupplier")
    assert said(read(workspace, f"{head}Leaflets\t{line(1, category=name)}", intervention_id=1)) == []


def test_a_text_that_could_be_several_records_is_refused(workspace: Workspace) -> None:
    add(workspace, Fund, {"code": "A", "name": "Safer Streets", "funder": "X", "source": FundSource.RECEIVED})
    add(workspace, Fund, {"code": "B", "name": "Safer Streets", "funder": "X", "source": FundSource.RECEIVED})
    from fundtracker.domain.rounds import FundingRound

    rows = "Fund\tCode\tName\tDelivery from\tDelivery to\n"
    day = "1/4/2024\t31/3/2025"
    pasted = read(
        workspace,
        f"{rows}safer streets\tR1\tOne\t{day}\nB\tR2\tTwo\t{day}\nA Safer Streets\tR3\tThree\t{day}\n",
        FundingRound,
    )
    assert [(each.row, each.label, each.message) for each in pasted.errors] == [
        (
            2,
            "Fund",
            "“safer streets” could be 2 funds (“A Safer Streets”, “B Safer Streets”): type the reference of the one that is meant.",
        )
    ]


def test_a_row_of_another_place_is_refused(workspace: Workspace) -> None:
    from fundtracker.domain.interventions import Intervention

    first = workspace.select(Intervention)[0]
    other = add(
        workspace,
        Intervention,
        {"award_id": first.award_id, "reference": "ELSEWHERE", "title": "Other", "theme": first.theme},
    )
    cost = workspace.select(Cost)[0]
    name = category(workspace)
    text = HEADINGS.replace("Supplier", "Intervention\tSupplier") + "ELSEWHERE\t" + line(1, category=name)
    pasted = read(workspace, text, intervention_id=first.id)
    assert [(each.row, each.label) for each in pasted.errors] == [(2, "Intervention")]
    named = read(workspace, f"Reference\tSupplier\n{cost.reference}\tBeta\n", intervention_id=other.id)
    assert [(each.row, each.label, each.found) for each in named.errors] == [(2, "Reference", cost.reference)]


def test_rows_may_refer_to_rows_below_them(workspace: Workspace) -> None:
    name = category(workspace)
    head = "Reference\tReversal of\t" + HEADINGS
    text = (
        head + f"X-2\tX-1\t{line(1, net='-5', category=name)}" + f"X-1\t\t{line(1, net='5', category=name)}"
    )
    keep_block(workspace, read(workspace, text, intervention_id=1))
    whole, back = workspace.find(Cost, "X-1"), workspace.find(Cost, "X-2")
    assert whole is not None
    assert back is not None
    assert back.reversal_of == whole.id
    workspace.undo()
    assert workspace.find(Cost, "X-1") is None


def test_one_reference_stands_in_one_row(workspace: Workspace) -> None:
    cost = workspace.select(Cost)[0]
    text = f"Reference\tSupplier\n{cost.reference}\tA\n{cost.reference}\tB\n"
    assert [(each.row, each.label) for each in read(workspace, text).errors] == [(3, "Reference")]
    twice = read(workspace, "Name\tKind\nStroud\tCouncil\nstroud\tCouncil\n", Organisation)
    assert [(each.row, each.label, each.found) for each in twice.errors] == [(3, "Name", "stroud")]


def test_nothing_and_too_much_are_refused_in_words(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="There is nothing to paste"):
        read(workspace, "\r\n \t\r\n")
    with pytest.raises(Refused, match="This block has 50,001 rows"):
        read(workspace, "x\n" * (MOST_ROWS + 1))
    cost = workspace.select(Cost)[0]
    same = read(workspace, f"Reference\tSupplier\n{cost.reference}\t{cost.supplier}\n")
    with pytest.raises(Refused, match="every row says what the file says already"):
        keep_block(workspace, same)


@pytest.mark.parametrize("kind", [kind for kind in RECORDS if key_of(kind)], ids=lambda kind: kind.__name__)
def test_any_list_pasted_back_changes_nothing(tmp_path: Path, kind: type[Record]) -> None:
    """Headings in another order and case; every kind of value, references as lists show them."""
    with filed(tmp_path / "one.fundtracker") as opened:
        order = tuple(reversed(columns(kind)))
        names = [each.name for each in columns(kind)]
        text = io.StringIO()
        table = csv.writer(text, dialect="excel-tab")
        table.writerow([each.label.upper() for each in order])
        for _, texts in opened.lists.page(ListQuery(kind), 0, 100):
            table.writerow([texts[names.index(each.name)] for each in order])
        pasted = read(opened, text.getvalue(), kind)
        assert (said(pasted), pasted.new, pasted.changed) == ([], 0, 0)
        assert len(pasted.rows) == len(opened.select(kind)) > 0


TEXTS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="#"), min_size=1, max_size=8
).filter(lambda text: clean_text(text) == text and text != '""')
"""As editors keep them; what begins with # a spreadsheet shows instead of a value, and two quotation marks may be an empty cell."""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(TEXTS, st.sampled_from(OrganisationKind), TEXTS | st.just("")),
        min_size=1, max_size=6, unique_by=lambda row: row[0].casefold(),
    )
)  # fmt: skip
def test_a_list_copied_with_headings_is_the_same_pasted_elsewhere(
    tmp_path: Path, rows: list[tuple[str, OrganisationKind, str]]
) -> None:
    made = Path(tmp_path, "one.fundtracker"), Path(tmp_path, "other.fundtracker")
    for path in made:
        empty_file(path)
    with Workspace.open(made[0]) as one, Workspace.open(made[1]) as other:
        for name, kind, aliases in rows:
            add(one, Organisation, {"name": name, "kind": kind, "aliases": aliases})
        lines = [[each.label for each in columns(Organisation)]]
        lines += [list(texts) for _, texts in one.lists.page(ListQuery(Organisation), 0, 100)]
        text = "\n".join("\t".join(line) for line in lines)
        pasted = read(other, text, Organisation)
        assert pasted.errors == ()
        keep_block(other, pasted)
        assert contents(other) == contents(one)
