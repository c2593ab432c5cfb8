"""Text as it is kept, and as messages quote it; and that no text takes long, whatever it is made of."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.periods import read_date
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.text import as_shown, clean_text

ODD = {"Cc", "Cf", "Cs", "Co", "Cn"}


@given(st.text(max_size=100))
def test_composed_and_without_what_cannot_be_seen(text: str) -> None:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = "".join(c for c in composed if c in "\n\t" or unicodedata.category(c) not in ODD)
    assert clean_text(text) == plain.strip()


def test_a_letter_keeps_thirty_marks_and_a_text_of_thousands_takes_no_time() -> None:
    tower = "\u0301\u0323" * 20_000
    begun = time.process_time()
    found = clean_text(f"Tŷ a{tower} b")
    assert time.process_time() - begun < 1
    assert unicodedata.normalize("NFD", found) == unicodedata.normalize("NFD", f"Tŷ a{tower[:30]} b")
    few = "e" + "\u0301\u0323" * 5
    assert clean_text(few * 30) == unicodedata.normalize("NFC", few * 30)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" 12,5 ", "12,5"),
        ("\u202eevil\x00", "evil"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 80 + "…"),
        ("\ud800", ""),
    ],
)
def test_what_was_typed_is_quoted_so_that_it_can_be_read(text: str, shown: str) -> None:
    assert as_shown(text) == shown


def test_blanks_that_could_be_parted_in_many_ways_are_no_day_at_once() -> None:
    begun = time.process_time()
    for count in (20, 500, 15_000):
        with pytest.raises(Unreadable):
            read_date(f"1{' ' * count}1{' ' * count}x")
    assert time.process_time() - begun < 1
    assert read_date(f"1{' ' * 500}4{' ' * 500}2026") == read_date("1 4 2026")
