"""LISTINGS: text files that call themselves listings of a finance system, as nobody should send them."""

from collections.abc import Callable
from dataclasses import dataclass

_HEADINGS = "Trans No,Posting Date,Supplier Name,Invoice No,Description,GL Code,Amount\n"
_LINE = 'PV1,31/01/2024,ACME,INV-1,"Lamps, two",7401,120.00\n'
_MEGABYTE = 2**20
_TOWER = "a" + "\u0301\u0323" * 19_000
_LARGEST = 20 * _MEGABYTE


@dataclass(frozen=True)
class HostileListing:
    """One file of text. `heavy` ones are as large as may be."""

    name: str
    what: str
    build: Callable[[], bytes]
    heavy: bool = False


def _listing(*lines: str) -> bytes:
    return (_HEADINGS + _LINE + "".join(lines)).encode()


def _filled(text: str, size: int = _LARGEST) -> bytes:
    """The same text again and again, as much as may be."""
    whole = text.encode()
    return (_HEADINGS.encode() + whole * (size // len(whole)))[:size]


LISTINGS: tuple[HostileListing, ...] = (
    HostileListing("nothing", "an empty file", lambda: b""),
    HostileListing("blanks", "nothing that can be seen", lambda: b" \r\n\t\r\n" * 500),
    HostileListing("noughts", "as a broken disk leaves them", lambda: bytes(10_000)),
    HostileListing("noise", "bytes of any kind", lambda: bytes(range(256)) * 100),
    HostileListing("a workbook", "named .csv", lambda: b"PK\x03\x04" + bytes(1_000)),
    HostileListing("UTF-16 broken off", "in the middle of a letter", lambda: "\ufeffTrans No,Amount\nPV1,1\n".encode("utf-16-le")[:-1]),
    HostileListing("UTF-16 with half letters", "surrogates that have no other half", lambda: b"\xff\xfe" + b"\x00\xd8" * 500),
    HostileListing("a mark and nothing", "only the mark of UTF-8", lambda: b"\xef\xbb\xbf"),
    HostileListing("an open quotation mark", "that swallows the rest", lambda: _listing('PV2,"01/02/2024,B,C,D,1,1\n' * 50)),
    HostileListing("quotation marks within words", "where they mean nothing", lambda: _listing('PV2,01/02/2024,A"B"C,D,E,1,1\n', 'P"V3,01/02/2024,"A"B,D,E,1,1\n')),
    HostileListing("a field without end", "two megabytes in one field", lambda: _listing(f'PV2,01/02/2024,"{"x" * 2 * _MEGABYTE}",D,E,1,1\n')),
    HostileListing("a row without end", "100,000 fields", lambda: _listing("," * 100_000 + "\n")),
    HostileListing("rows of every width", "none like another", lambda: _listing(*("," * n + "\n" for n in range(255)))),
    HostileListing("old line ends", "carriage returns alone, and nothing else", lambda: _listing().replace(b"\n", b"\r")),
    HostileListing("mixed line ends", "each line another", lambda: b"Trans No,Amount\rPV1,1\r\nPV2,2\n\rPV3,3\x0bPV4,4\x85"),
    HostileListing("headings twice", "every heading two times", f"{_HEADINGS.strip()},{_HEADINGS}{_LINE.strip()},{_LINE}".encode),
    HostileListing("headings alone", "and no line", _HEADINGS.encode),
    HostileListing("no headings", "lines alone", lambda: _LINE.encode() * 20),
    HostileListing("headings a hundred times", "as a report repeats them on each page", lambda: (_HEADINGS + _LINE).encode() * 100),
    HostileListing("hostile amounts", "none of them a sum", lambda: _listing(*(f'PV{n},31/01/2024,A,B,C,1,"{each}"\n' for n, each in enumerate(("NaN", "1e999", "inf", "--1", "£", "()", "(1", "1,2,3", "9" * 5_000, "１２", "1" + "0" * 30, "0.001", "=1+1", "#REF!", "TRUE", "CR", "1.00-", "1,234.56 CR"), 2)))),
    HostileListing("hostile dates", "none of them a day", lambda: _listing(*(f'PV{n},"{each}",A,B,C,1,1.00\n' for n, each in enumerate(("31/02/2024", "0/0/0", "99/99/9999", "1/1/1", "9" * 5_000, "tomorrow", "45000", "２９/02/2024", "-1"), 2)))),
    HostileListing("hostile words", "bidirectional, control, escapes, formulas", lambda: _listing(*(f"PV{n},31/01/2024,{each},{each},{each},{each},1.00\n" for n, each in enumerate(("\u202eevil", "\x1b[31mred", "\x07", "=cmd|' /C calc'!A0", "\ufeff", "\u200b" * 500, "a\u0301" * 3_000, "a" + "\u0301\u0323" * 2_000, "'; DROP TABLE cost; --"), 2)))),
    HostileListing("blanks that take long to search", "in amounts and days", lambda: _listing(*(f"PV{n},1{' ' * n}1{' ' * n}x,A,B,C,1,1{' ' * n}x\n" for n in (30, 500, 9_000)))),
    HostileListing("one number for all", "the same transaction 5,000 times", lambda: _listing(_LINE * 5_000)),
    HostileListing("the system's own ways", '="00123" in every field', lambda: _listing('="PV2",="31/01/2024",="A",="B",="C",="1",="1.00"\n', '="="="\n', '=""\n')),
    HostileListing("too large", "a byte more than may be", lambda: _filled(_LINE, _LARGEST + 1), heavy=True),
    HostileListing("commas", "twenty megabytes of them", lambda: _filled("," * 200 + "\n"), heavy=True),
    HostileListing("short fields", "twenty megabytes, ten million of them", lambda: _filled("1," * 200 + "1\n"), heavy=True),
    HostileListing("different short fields", "twenty megabytes, five million of them", lambda: _filled("".join(f"{n:03d}," for n in range(250)) + "1\n"), heavy=True),
    HostileListing("empty lines", "twenty megabytes of them", lambda: _filled("\n"), heavy=True),
    HostileListing("short lines", "seven million", lambda: _filled("1\n"), heavy=True),
    HostileListing("quotation marks", "twenty megabytes of them", lambda: _filled('"'), heavy=True),
    HostileListing("towers of accents", "that take long to sort", lambda: _listing(f"PV2,31/01/2024,{_TOWER},B,C,1,1.00\n" * 40), heavy=True),
    HostileListing("wide letters", "twenty megabytes, one of which takes four bytes", lambda: "\U0001f600".encode() + _filled("x" * 9_999 + "\n", _LARGEST - 4), heavy=True),
    HostileListing("lines without number", "as many as a busy year has", lambda: _listing(",31/01/2024,ACME,INV-1,Lamps,7401,120.00\n" * 20_000), heavy=True),
)  # fmt: skip
