"""Kind: how a value is read, shown, kept in the database and put in a cell. One object per kind of value.

`keep` gives what the database holds (text or a whole number, never a float), `recall` the value again;
`cell` gives what a spreadsheet holds, `number_format` how it shows it. None is handled by the caller: a kind only
ever sees a value that is there.
"""

import math
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, ClassVar

from fundtracker.domain.money import LARGEST_PENCE, Money
from fundtracker.domain.periods import FinancialYear, Quarter, read_date, short_date
from fundtracker.domain.problems import Unreadable
from fundtracker.domain.text import as_shown, clean_text

Kept = str | int
"""What a database column holds."""
CellValue = str | int | Decimal | date
"""What a spreadsheet cell holds."""

LONGEST_TEXT = 30_000
"""Characters: below the 32,767 that a spreadsheet cell can hold."""


class Kind:
    """How one kind of value behaves everywhere. The base keeps text."""

    name: ClassVar[str] = "text"
    database_type: ClassVar[str] = "TEXT"
    right_aligned: ClassVar[bool] = False
    number_format: ClassVar[str] = "@"
    width: ClassVar[int] = 28  # characters, for a column that shows it
    hint: ClassVar[str] = "text"  # what to type, for templates and tool tips

    def read(self, typed: str) -> Any:
        """The value a person typed; Unreadable says what to type instead."""
        text = clean_text(typed)
        if len(text) > LONGEST_TEXT:
            raise Unreadable(f"This text has {len(text):,} characters; at most {LONGEST_TEXT:,} can be kept.")
        return text

    def show(self, value: Any) -> str:
        return str(value)

    def typed(self, value: Any) -> str:
        """What a person would type to get `value`: read(typed(value)) == value."""
        return self.show(value)

    def keep(self, value: Any) -> Kept:
        return str(value)

    def recall(self, kept: Any) -> Any:
        return kept

    def cell(self, value: Any) -> CellValue:
        return self.show(value)

    def from_cell(self, found: Any) -> Any:
        """The value in a cell; Unreadable where it is of another type than it should be (trust: never guess)."""
        if isinstance(found, str):
            return self.read(found)
        if isinstance(found, bool):
            raise Unreadable("this is TRUE or FALSE, and should be text.")
        if isinstance(found, (int, Decimal)):
            return self.read(str(found))
        if isinstance(found, float):
            return self.read(repr(found) if not found.is_integer() else str(int(found)))
        raise Unreadable("this is a date, and should be text: format the cell as Text and type it again.")

    def accepts(self, value: Any) -> bool:
        return isinstance(value, str)


class LongText(Kind):
    """Text of several lines."""

    name = "long text"
    width = 48


class WholeNumber(Kind):
    """A count."""

    name = "whole number"
    database_type = "INTEGER"
    right_aligned = True
    number_format = "#,##0"
    width = 10
    hint = "a whole number"

    def read(self, typed: str) -> int:
        text = typed.strip().replace(",", "").replace("\u2212", "-")
        try:
            number = int(text)
        except ValueError:
            raise Unreadable(f"“{as_shown(typed)}” is not a whole number: type it as 12.") from None
        if abs(number) > 2**53:
            raise Unreadable(f"“{as_shown(typed)}” is too large to hold.")
        return number

    def show(self, value: int) -> str:
        return f"{value:,}"

    def keep(self, value: int) -> int:
        return value

    def cell(self, value: int) -> int:
        return value

    def from_cell(self, found: Any) -> int:
        if isinstance(found, str):
            return self.read(found)
        if (
            isinstance(found, bool)
            or not isinstance(found, (int, float, Decimal))
            or not math.isfinite(found)
            or int(found) != found
        ):
            raise Unreadable("this should be a whole number.")
        return self.read(str(int(found)))

    def accepts(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)


class Number(Kind):
    """An exact number of at most three decimals (a rate, a reading, a percentage); kept as whole thousandths."""

    name = "number"
    database_type = "INTEGER"
    right_aligned = True
    number_format = "#,##0.###"
    width = 12
    hint = "a number, three decimals at most"

    def read(self, typed: str) -> Decimal:
        text = typed.strip().replace(",", "").replace("\u2212", "-").removesuffix("%").strip()
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise Unreadable(f"“{as_shown(typed)}” is not a number: type it as 12.5.") from None
        if not number.is_finite() or abs(number) >= Decimal("1e12"):
            raise Unreadable(f"“{as_shown(typed)}” is not a number that can be held.")
        if number * 1000 != (number * 1000).to_integral_value():
            raise Unreadable(f"“{as_shown(typed)}” has more than three decimals.")
        return _plain_decimal(number)

    def show(self, value: Decimal) -> str:
        return f"{_plain_decimal(value):,}"

    def keep(self, value: Decimal) -> int:
        return int(value * 1000)

    def recall(self, kept: int) -> Decimal:
        return _plain_decimal(Decimal(kept) / 1000)

    def cell(self, value: Decimal) -> Decimal:
        return value

    def from_cell(self, found: Any) -> Decimal:
        if isinstance(found, str):
            return self.read(found)
        if isinstance(found, bool) or not isinstance(found, (int, float, Decimal)):
            raise Unreadable("this should be a number.")
        return self.read(repr(found) if isinstance(found, float) else str(found))

    def accepts(self, value: Any) -> bool:
        return (
            isinstance(value, Decimal)
            and value.is_finite()
            and value * 1000 == (value * 1000).to_integral_value()
        )


def _plain_decimal(number: Decimal) -> Decimal:
    """Without trailing noughts or an exponent: 12.500 is 12.5, 1E+3 is 1000."""
    trimmed = number.normalize()
    exponent = trimmed.as_tuple().exponent
    return trimmed.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else trimmed + 0


class YesNo(Kind):
    """Yes or no."""

    name = "yes or no"
    database_type = "INTEGER"
    width = 8
    hint = "Yes or No"

    def read(self, typed: str) -> bool:
        word = typed.strip().lower()
        if word in {"yes", "y", "true", "1"}:
            return True
        if word in {"no", "n", "false", "0"}:
            return False
        raise Unreadable(f"“{as_shown(typed)}” is neither Yes nor No.")

    def show(self, value: bool) -> str:
        return "Yes" if value else "No"

    def keep(self, value: bool) -> int:
        return int(value)

    def recall(self, kept: int) -> bool:
        return bool(kept)

    def from_cell(self, found: Any) -> bool:
        if isinstance(found, bool):
            return found
        if isinstance(found, str):
            return self.read(found)
        raise Unreadable("this should be Yes or No.")

    def accepts(self, value: Any) -> bool:
        return isinstance(value, bool)


class MoneyKind(Kind):
    """Pounds and pence; kept as whole pence."""

    name = "money"
    database_type = "INTEGER"
    right_aligned = True
    number_format = "#,##0.00;[Red]-#,##0.00"
    width = 15
    hint = "pounds and pence, as 1,234.56"

    def read(self, typed: str) -> Money:
        return Money.read(typed)

    def show(self, value: Money) -> str:
        return value.shown

    def keep(self, value: Money) -> int:
        return value.pence

    def recall(self, kept: int) -> Money:
        return Money(kept)

    def cell(self, value: Money) -> Decimal:
        return value.in_pounds

    def from_cell(self, found: Any) -> Money:
        if isinstance(found, str):
            return Money.read(found)
        if isinstance(found, bool) or not isinstance(found, (int, float, Decimal)):
            raise Unreadable("this should be an amount of money.")
        if not math.isfinite(found) or abs(found) > 10**12:
            raise Unreadable("this is not an amount that can be held.")
        # A spreadsheet's 0.1 + 0.2 is a hair off: its own display rounds at 15 digits, and so does this.
        exact = Decimal(f"{found:.15g}") if isinstance(found, float) else Decimal(found)
        pence = exact * 100
        nearest = pence.to_integral_value()
        if abs(pence - nearest) > Decimal("0.0001"):
            raise Unreadable(f"{found} has part pence: round it to two decimals.")
        return Money(int(nearest))

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Money) and abs(value.pence) <= LARGEST_PENCE


class DateKind(Kind):
    """A day."""

    name = "date"
    number_format = "dd/mm/yyyy"
    width = 12
    hint = "a date, as 31/03/2025"

    def read(self, typed: str) -> date:
        return _sensible(read_date(typed))

    def show(self, value: date) -> str:
        return short_date(value)

    def keep(self, value: date) -> str:
        return value.isoformat()

    def recall(self, kept: str) -> date:
        return date.fromisoformat(kept)

    def cell(self, value: date) -> date:
        return value

    def from_cell(self, found: Any) -> date:
        if isinstance(found, datetime):
            return _sensible(found.date())
        if isinstance(found, date):
            return _sensible(found)
        if isinstance(found, str):
            return self.read(found)
        raise Unreadable("this should be a date: format the cell as a date and type it as 31/03/2025.")

    def accepts(self, value: Any) -> bool:
        return isinstance(value, date) and not isinstance(value, datetime)


def _sensible(day: date) -> date:
    if not 1990 <= day.year <= 2099:  # noqa: PLR2004 - a slip of the finger, not a grant
        raise Unreadable(f"{short_date(day)} is not between 1990 and 2099: check the year.")
    return day


class YearKind(Kind):
    """A financial year, kept as "2023/24"."""

    name = "financial year"
    width = 10
    hint = "a financial year, as 2023/24"

    def read(self, typed: str) -> FinancialYear:
        return FinancialYear.read(typed)

    def recall(self, kept: str) -> FinancialYear:
        return FinancialYear(int(kept[:4]))

    def accepts(self, value: Any) -> bool:
        return isinstance(value, FinancialYear)


class QuarterKind(Kind):
    """A quarter, kept as "2023-24-Q3", shown as "2023/24 Q3"."""

    name = "quarter"
    width = 12
    hint = "a quarter, as 2023/24 Q3"

    def read(self, typed: str) -> Quarter:
        return Quarter.read(typed)

    def keep(self, value: Quarter) -> str:
        return value.code

    def recall(self, kept: str) -> Quarter:
        return Quarter(FinancialYear(int(kept[:4])), int(kept[-1]))

    def accepts(self, value: Any) -> bool:
        return isinstance(value, Quarter)


class Choice(Kind):
    """One of a few words: an Enum whose values are the words that people see and the database keeps."""

    name = "choice"
    width = 18

    def __init__(self, options: type[Enum]) -> None:
        self.options = options
        self.by_word = {str(option.value).lower(): option for option in options}

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(str(option.value) for option in self.options)

    def read(self, typed: str) -> Enum:
        option = self.by_word.get(clean_text(typed).lower())
        if option is None:
            raise Unreadable(f"“{as_shown(typed)}” is not one of: {', '.join(self.words)}.")
        return option

    def show(self, value: Enum) -> str:
        return str(value.value)

    def keep(self, value: Enum) -> str:
        return str(value.value)

    def recall(self, kept: str) -> Enum:
        return self.options(kept)

    def accepts(self, value: Any) -> bool:
        return isinstance(value, self.options)


class Reference(Kind):
    """Another record, kept as its id; people see and type its human reference, which only the storage can look up."""

    name = "reference"
    database_type = "INTEGER"
    width = 24

    def __init__(self, target: str) -> None:
        self.target = target

    def read(self, typed: str) -> str:
        """The human reference as typed; whoever calls looks it up."""
        return clean_text(typed)

    def keep(self, value: int) -> int:
        return value

    def accepts(self, value: Any) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and value > 0
