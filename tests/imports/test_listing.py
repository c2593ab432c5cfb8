"""Listings from workbooks and text files: every common way of saving one, and refusals in plain words for the rest."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from fundtracker.domain.ledger_listing import BadCell, ListingRow
from fundtracker.domain.problems import Refused
from fundtracker.imports.listing import read_listing_file

ROWS = [
    ("Date", "Supplier", "Amount"),
    ("31/03/2024", "Caffè & Co, Ltd", "1,234.50"),
    ("01/04/2024", 'The "Yard"', "-2.00"),
]
WANTED = tuple(ListingRow(n, row) for n, row in enumerate(ROWS, 1))


def written(separator: str) -> str:
    quoted = (",".join(f'"{each.replace(chr(34), chr(34) * 2)}"' for each in row) for row in ROWS)
    return "\r\n".join(line.replace('","', f'"{separator}"') for line in quoted)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_file_in_every_common_form(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "listing.csv"
    path.write_bytes(written(separator).encode(encoding))
    (sheet,) = read_listing_file(path).sheets
    assert (sheet.name, sheet.rows) == ("", WANTED)
    assert sheet.place(2, 2) == "C2"


def test_guarded_numbers_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "listing.csv"
    path.write_text('No,Amount\n\n="00123",5\n , \n', encoding="utf-8")
    (sheet,) = read_listing_file(path).sheets
    assert sheet.rows == (ListingRow(1, ("No", "Amount")), ListingRow(3, ("00123", "5")))


def test_a_workbook_with_formulas_and_errors(tmp_path: Path) -> None:
    path = tmp_path / "listing.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "GL"
    sheet.append(["Date", "Amount"])
    sheet.append([date(2024, 3, 31), 12.5])
    sheet.append([date(2024, 4, 1), "=B2*2"])
    sheet.append(["#REF!", 1])
    sheet["A4"].data_type = "e"
    sheet.row_dimensions[2].hidden = True
    book.save(path)
    (found,) = read_listing_file(path).sheets
    unsaved = "holds a formula whose result was never worked out: open the workbook in your spreadsheet program, save it, and import it again; or type the value"
    assert (found.name, found.hidden_rows) == ("GL", (2,))
    assert found.rows == (
        ListingRow(1, ("Date", "Amount")),
        ListingRow(2, (date(2024, 3, 31), 12.5)),
        ListingRow(3, (date(2024, 4, 1), BadCell(unsaved))),
        ListingRow(4, (BadCell("shows #REF!: mend the formula, or type the value"), 1)),
    )


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xls", b"x", "“a.xls” is neither an Excel workbook (.xlsx) nor a text file (.csv): save the listing as one of them."),
        ("a.csv", b" \n", "“a.csv” is empty: export the listing again."),
        ("a.csv", b"a,b\0c\n", "“a.csv” is not a text file that can be read: export the listing as .csv (UTF-8) or .xlsx."),
        (
            "a.csv", b'a,b\n"1,2\n3,4\n',
            "“a.csv” has a quotation mark that is never closed, or in the wrong place: export the listing again, as .xlsx if you can.",
        ),
        ("a.csv", b"," * 300, "Row 1 of “a.csv” has 301 fields; at most 256 are read: is it the right file?"),
        ("a.csv", b"1\n" * 250_001, "“a.csv” has more than 250,000 rows: split it by date into several listings."),
        ("a.csv", b"1," * (11 * 2**20), "“a.csv” is larger than 20 MB, the most that can be imported: remove pictures and sheets that aren't needed, or split it into several workbooks."),
    ],
)  # fmt: skip
def test_what_cannot_be_a_listing_is_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_listing_file(path)
    assert str(refused.value) == told


def test_a_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    for path, told in (
        (tmp_path / "no.csv", f"There is no file {tmp_path / 'no.csv'}: check its name and folder."),
        (tmp_path / "folder.csv", "“folder.csv” is not a file: choose the finance system's listing."),
    ):
        (tmp_path / "folder.csv").mkdir(exist_ok=True)
        with pytest.raises(Refused) as refused:
            read_listing_file(path)
        assert str(refused.value) == told
