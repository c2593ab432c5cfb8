"""Files of a pack have names that every system takes, whatever people called what they evidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.file_names import LONGEST, Names, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C-00012 Invoice AP2853", "C-00012 Invoice AP2853.pdf"),
        ("C-1 Invoice 12/34\\5:6*?", "C-1 Invoice 12-34-5-6.pdf"),
        ("C-1 Invoice INV#12 at 50%", "C-1 Invoice INV-12 at 50.pdf"),  # Excel finds neither behind a link
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("CON", "_CON.pdf"),
        ("com1.invoice", "_com1.invoice.pdf"),
        ("LPT¹", "_LPT¹.pdf"),
        ("line\nbreak\tand\u202eturned\u0000", "line break andturned.pdf"),
        (" . -", "File.pdf"),
        ("", "File.pdf"),
        ("Trefaldwyn w\u0302y", "Trefaldwyn ŵy.pdf"),
        ("x" * 300, "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_names(text: str, name: str) -> None:
    assert safe_name(text, ".pdf") == name


@given(st.lists(st.text(max_size=120), max_size=12))
def test_any_texts_give_names_of_their_own(texts: list[str]) -> None:
    names = Names()
    found = [names.take(each, ".pdf") for each in texts]
    assert len({each.casefold() for each in found}) == len(found)
    for each in found:
        assert each.endswith(".pdf")
        assert len(each) <= LONGEST
        assert len(each.encode()) <= 255
        assert not set(each) & set('<>:"/\\|?*#%')
        assert each.isprintable()
        assert each[0] not in " .-"


def test_a_name_that_is_taken() -> None:
    names = Names()
    taken = [names.take("C-1 Invoice", ".pdf", "C-1 scan"), names.take("c-1 INVOICE", ".pdf", "C-1 scan")]
    taken += [names.take("C-1 invoice", ".pdf", "C-1 scan"), names.take("C-1 invoice", ".png")]
    assert taken == ["C-1 Invoice.pdf", "C-1 scan.pdf", "C-1 scan (2).pdf", "C-1 invoice.png"]
