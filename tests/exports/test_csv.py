"""CSV that Excel opens as it was meant, and never works out."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.money import Money
from fundtracker.exports.csv_text import csv_line, field_text, guarded, write_csv


def test_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [
        ("C-1", "Bright & Co, Ltd", Money(-123456), 12, Decimal("1E+3"), date(2024, 3, 31), None),
        ("C-2", 'say "no"\nor yes', Money(0), -3, Decimal("-0.5"), date(2024, 4, 1), "-2"),
    ]
    write_csv(path, ("Ref", "Supplier", "Net", "Units", "Rate", "Day", "=Note"), rows)
    assert path.read_bytes().decode("utf-8") == (
        "\ufeffRef,Supplier,Net,Units,Rate,Day,'=Note\r\n"
        'C-1,"Bright & Co, Ltd",-1234.56,12,1000,31/03/2024,\r\n'
        'C-2,"say ""no""\nor yes",0.00,-3,-0.5,01/04/2024,\'-2\r\n'
    )


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "@A1", "-2", "\t=1", "\r=1", "\n=1", " =1+1", "\u00a0=1", "\0=1"]
)
def test_text_that_might_be_worked_out_begins_with_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text.replace("\0", "")


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1, max_size=5
    )
)
def test_a_reader_gets_the_text_back(texts: list[str]) -> None:
    line = csv_line(["first", *texts])
    found = (
        next(csv.reader([line[:-2]], strict=True))
        if "\n" not in line[:-2] and "\r" not in line[:-2]
        else None
    )
    if found is not None:
        assert found == ["first", *(guarded(text) for text in texts)]
        assert not any(cell[:1] in {"=", "+", "-", "@", "\t"} for cell in found)


@given(st.lists(st.text("=+-@\t\r\n ,;\"'a\u00e9\U0001f6a8", max_size=8), min_size=1, max_size=4))
def test_awkward_characters_stay_in_their_fields(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "l.csv"
    write_csv(path, ["h"], [texts])
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True))
    assert rows[1:] == [[guarded(text) for text in texts]] or (rows[1:] == [[]] and texts == [""])


def test_numbers_are_never_touched() -> None:
    assert [field_text(Money(-1)), field_text(-12), field_text(Decimal("-1.50"))] == ["-0.01", "-12", "-1.50"]


def test_what_has_no_place_in_a_field_is_refused() -> None:
    for value in (1.5, True, datetime(2024, 1, 1, tzinfo=UTC), Decimal("NaN")):
        with pytest.raises(TypeError, match="can't hold"):
            field_text(value)  # pyright: ignore[reportArgumentType] - the point of the test


def test_progress_is_told_and_can_stop_the_writing(tmp_path: Path) -> None:
    heard: list[int] = []

    def rows() -> Iterator[tuple[int]]:
        for n in range(1200):
            yield (n,)

    write_csv(tmp_path / "a.csv", ["n"], rows(), heard.append)
    assert heard == [512, 1024, 1200]

    def stop(_done: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_csv(tmp_path / "b.csv", ["n"], rows(), stop)
    (tmp_path / "b.csv").unlink()
