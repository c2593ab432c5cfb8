"""What is put into a workbook comes out of it the same: every kind, by the template, by an export, through LibreOffice."""

import subprocess
import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from conftest import office
from fundtracker.domain.columns import Column, Record, columns
from fundtracker.domain.kinds import (
    Choice,
    DateKind,
    MoneyKind,
    Number,
    QuarterKind,
    WholeNumber,
    YearKind,
    YesNo,
    clean_text,
)
from fundtracker.domain.money import LARGEST_PENCE, Money
from fundtracker.domain.periods import FinancialYear, Quarter
from fundtracker.domain.records import RECORDS, by_name
from imports.filling import export, fill_template, proposed
from one_of_each import one_of_each

Write = Callable[[list[Record], Path], None]


def test_the_small_programme_has_every_kind() -> None:
    assert {type(item) for item in one_of_each()} == set(RECORDS)


@pytest.mark.parametrize("write", [fill_template, export])
def test_every_kind_comes_back_equal(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "programme.xlsx"
    records = sorted(one_of_each(), key=in_order)
    write(records, path)
    found = proposed(path)
    assert found.problems == ()
    assert list(found.records) == records
    assert sum(found.counts.values()) == len(records)
    assert list(found.counts) == [kind for kind in RECORDS if found.counts.get(kind)]


@pytest.mark.office
def test_the_template_saved_by_libreoffice_still_reads(tmp_path: Path) -> None:
    path = tmp_path / "programme.xlsx"
    records = sorted(one_of_each(), key=in_order)
    fill_template(records, path)
    command = [
        str(office()), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--convert-to", "xlsx", "--outdir", str(tmp_path / "theirs"), str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    theirs = tmp_path / "theirs" / "programme.xlsx"
    found = proposed(theirs)
    assert found.problems == ()
    assert list(found.records) == records
    rules = load_workbook(theirs)["Costs"].data_validations.dataValidation
    assert sorted(str(rule.formula1).replace("'", "") for rule in rules) == [
        '"Yes,No"',
        "Cost categories!$A$3:$A$5002",
        "Costs!$A$3:$A$5002",
        "Grants!$A$3:$A$5002",
        "Interventions!$B$3:$B$5002",
        "Lists!$E$2:$E$3",
        "Partner forms!$C$3:$C$5002",
    ]


WORDS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn"]), st.sampled_from("=+-@'\"_x\n<&;ŵŷ")
    ),
    max_size=40,
).map(clean_text)
NAMES = st.one_of(
    WORDS.filter(bool), st.sampled_from(["1/4", "0012", "=1+1", "_x0041_", "TRUE", "2024-04-01", "1e3"])
)


def values(column: Column) -> st.SearchStrategy[Any]:
    """Any value of the column, as a record holds it; references are put in by whoever calls."""
    kind = column.kind
    years = st.integers(2000, 2090).map(FinancialYear)
    by_kind: dict[type, st.SearchStrategy[Any]] = {
        MoneyKind: st.integers(-LARGEST_PENCE, LARGEST_PENCE).map(Money),
        DateKind: st.dates(date(1990, 1, 1), date(2099, 12, 31)),
        Number: st.integers(-(10**14), 10**14).map(lambda n: Number().read(f"{Decimal(n) / 1000:f}")),
        WholeNumber: st.integers(-(10**14), 10**14),
        YesNo: st.booleans(),
        YearKind: years,
        QuarterKind: st.builds(Quarter, years, st.integers(1, 4)),
        Choice: st.sampled_from(list(kind.options)) if isinstance(kind, Choice) else st.nothing(),
    }
    found = by_kind.get(type(kind), NAMES if column.required else WORDS)
    if column.nullable:
        return st.none() | found
    if column.default is not None and column.default not in {"", 0}:
        return st.just(column.default) | found.filter(lambda value: value != "")
    return found


@st.composite
def programmes(draw: st.DrawFn) -> list[Record]:
    """Up to three records of every kind, of any values at all, that refer to each other."""
    records: list[Record] = []
    ids: dict[str, int] = {}
    for kind in RECORDS:
        needed = [c for c in columns(kind) if c.refers_to and c.required]
        if any(not ids.get(column.refers_to or "") for column in needed):
            continue
        taken: set[str] = set()
        for record_id in range(1, draw(st.integers(0, 3)) + 1):
            filled: dict[str, Any] = {}
            for column in columns(kind):
                if column.refers_to:
                    last = (
                        record_id - 1 if column.refers_to == kind.__name__ else ids.get(column.refers_to, 0)
                    )
                    there = st.integers(1, last) if last else st.none()
                    filled[column.name] = draw(there if column.required else st.none() | there)
                elif column.key:
                    filled[column.name] = draw(NAMES.filter(lambda name, t=taken: name.casefold() not in t))
                    taken.add(filled[column.name].casefold())
                else:
                    filled[column.name] = draw(values(column))
            records.append(kind(id=record_id, **filled))
            ids[kind.__name__] = record_id
    return records


@settings(max_examples=12)
@given(programmes())
def test_any_records_come_back_equal(records: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "programme.xlsx")
        if not records:
            return
        export(records, path)
        found = proposed(path)
    # Rows that say the same are pointed out, and taken all the same.
    assert [str(problem) for problem in found.errors] == []
    assert sorted(found.records, key=in_order) == sorted(records, key=in_order)
    assert all(at_home(found.records, n) for n in range(len(found.records)))


def in_order(item: Record) -> tuple[int, int]:
    return RECORDS.index(type(item)), item.id


def at_home(records: tuple[Record, ...], n: int) -> bool:
    """What a record refers to stands before it."""
    before = {(type(item), item.id) for item in records[:n]}
    item = records[n]
    return all(
        (by_name(column.refers_to), getattr(item, column.name)) in before
        for column in columns(type(item))
        if column.refers_to and getattr(item, column.name) is not None
    )
