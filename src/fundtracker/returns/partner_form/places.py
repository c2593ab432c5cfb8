"""Where the tables of a form stand: known before anything is drawn, since its formulas point at each other's sheets."""

from dataclasses import dataclass

from fundtracker.domain.partner_forms.case import FormCase
from fundtracker.domain.partner_forms.layout import FormTable
from fundtracker.exports.sheets import cell_at, column_letters, on_sheet

KEY_COLUMN = 1
"""Hidden: the keys of the rows."""
STATUS = "$B$3"
"""The cell that says To do or Done, on every sheet to fill in."""
TITLE_ROW, WHOSE_ROW, STATUS_ROW, TOLD_ROW, TOTAL_ROW = range(1, 6)
FIRST_HEADING = TOTAL_ROW + 1


@dataclass(frozen=True, slots=True)
class Place:
    """A table on its sheet: the row of its headings, help under them, then its rows. An empty table has one row without a key."""

    table: FormTable
    heading: int
    rows: int

    @property
    def help(self) -> int:
        return self.heading + 1

    @property
    def first(self) -> int:
        return self.heading + 2

    @property
    def last(self) -> int:
        return self.first + max(1, self.rows) - 1

    def column(self, name: str) -> int:
        """The number of a column, A being 1."""
        names = [each.name for each in self.table.columns]
        return KEY_COLUMN + 1 + names.index(name)

    def cell(self, name: str, row: int) -> str:
        """ "$F12": a cell of the formula's own row; the column stays when it is copied."""
        return f"${column_letters(self.column(name))}{row}"

    def area(self, name: str, *, away: bool = False) -> str:
        """ "$F$8:$F$20": every row of a column; with its sheet's name where another sheet asks (`away`)."""
        column = self.column(name)
        area = f"{cell_at(self.first, column, fixed=True)}:{cell_at(self.last, column, fixed=True)}"
        return on_sheet(self.table.sheet, area) if away else area

    def open_area(self, name: str) -> str:
        """The same without dollars, as drop-downs and conditional formats name it."""
        return self.area(name).replace("$", "")


@dataclass(frozen=True, slots=True)
class Places:
    """Every table's place, by its name."""

    case: FormCase
    by_name: dict[str, Place]

    @classmethod
    def of(cls, case: FormCase) -> "Places":
        found: dict[str, Place] = {}
        below: dict[str, int] = {}
        for table in case.tables:
            before = below.get(table.sheet)
            heading = FIRST_HEADING if before is None else before + 3  # a gap and the table's own title
            found[table.name] = Place(table, heading, len(case.rows[table.name]))
            below[table.sheet] = found[table.name].last
        return cls(case, found)

    def __getitem__(self, table: str) -> Place:
        return self.by_name[table]

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place.table.sheet for place in self.by_name.values()))

    def on(self, sheet: str) -> tuple[Place, ...]:
        return tuple(place for place in self.by_name.values() if place.table.sheet == sheet)
