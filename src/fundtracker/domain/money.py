"""Money: whole pence, exact; no floats in, no floats out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering

from fundtracker.domain.problems import Unreadable
from fundtracker.domain.text import as_shown

LARGEST_PENCE = 99_999_999_999_99
"""£99,999,999,999.99: more than any police fund, and exact in every spreadsheet program (15 digits)."""

_TYPED = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?\s*(?P<unit>k|m)?", re.IGNORECASE)
_UNITS = {"k": 1_000, "m": 1_000_000}
HOW_TO_TYPE = "type an amount such as 1,234.56 or 2.5k"


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An exact sum in pounds sterling, held as whole pence; negative sums are allowed."""

    pence: int

    @classmethod
    def pounds(cls, amount: str | int) -> "Money":
        """From a plain literal such as "749124.00" or 50_000; ValueError for part pence."""
        value = Decimal(amount) * 100
        if value != value.to_integral_value():
            raise ValueError(f"{amount} has part pence")
        return cls(int(value))

    @classmethod
    def read(cls, typed: str) -> "Money":
        """What a person typed: "£1,234.56", "1234.5", "2.5k", "(12.00)" or "-12". Raises Unreadable."""
        text = typed.strip().replace("£", "").replace("\u2212", "-").strip()
        negative = False
        if text.startswith("(") and text.endswith(")"):
            negative, text = True, text[1:-1].strip()
        elif text.startswith(("-", "+")):
            negative, text = text[0] == "-", text[1:].strip()
        match = _TYPED.fullmatch(text)
        if match is None or not (match["whole"] or match["part"]):
            raise Unreadable(f"“{as_shown(typed)}” is not an amount: {HOW_TO_TYPE}.")
        number = Decimal(f"{(match['whole'] or '0').replace(',', '')}.{match['part'] or '0'}")
        pence = number * 100 * _UNITS.get((match["unit"] or "").lower(), 1)
        if pence != pence.to_integral_value():
            raise Unreadable(
                f"“{as_shown(typed)}” has part pence: give pounds and pence, two decimals at most."
            )
        if pence > LARGEST_PENCE:
            raise Unreadable(
                f"“{as_shown(typed)}” is larger than £99,999,999,999.99, the most that can be held."
            )
        return cls(-int(pence) if negative else int(pence))

    @property
    def plain(self) -> str:
        """Two decimals, no separators: "1234.56", for files and commands."""
        sign = "-" if self.pence < 0 else ""
        return f"{sign}{abs(self.pence) // 100}.{abs(self.pence) % 100:02d}"

    @property
    def shown(self) -> str:
        """Two decimals with separators, for columns: "1,234.56"."""
        sign = "-" if self.pence < 0 else ""
        return f"{sign}{abs(self.pence) // 100:,}.{abs(self.pence) % 100:02d}"

    @property
    def in_prose(self) -> str:
        """ "£75" or "£75.50", as it stands in a sentence."""
        sign = "-" if self.pence < 0 else ""
        part = f".{abs(self.pence) % 100:02d}" if self.pence % 100 else ""
        return f"{sign}£{abs(self.pence) // 100:,}{part}"

    @property
    def in_full(self) -> str:
        """ "£75.00" or "-£1,234.56", as it stands in a line of figures."""
        return f"{'-' if self.pence < 0 else ''}£{abs(self).shown}"

    @property
    def in_pounds(self) -> Decimal:
        """The exact sum in pounds."""
        return Decimal(self.pence) / 100

    def __str__(self) -> str:
        return self.shown

    def __bool__(self) -> bool:
        return self.pence != 0

    def __lt__(self, other: "Money") -> bool:
        return self.pence < other.pence

    def __add__(self, other: "Money") -> "Money":
        return Money(self.pence + other.pence)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.pence - other.pence)

    def __neg__(self) -> "Money":
        return Money(-self.pence)

    def __abs__(self) -> "Money":
        return Money(abs(self.pence))

    def __mul__(self, times: int) -> "Money":
        return Money(self.pence * times)

    def percent_of(self, whole: "Money") -> Decimal | None:
        """The percentage it is of `whole`, to one decimal (half away from nought); None where `whole` is nought."""
        if not whole:
            return None
        part, of = abs(self.pence), abs(whole.pence)
        tenths = (part * 2000 + of) // (2 * of)
        return Decimal(tenths if (self.pence < 0) == (whole.pence < 0) else -tenths) / 10

    def share(self, weights: Sequence[int]) -> tuple["Money", ...]:
        """Split in proportion to `weights` (none negative, not all nought); the parts add up to the whole, to the penny.

        Pennies left by rounding down go to the largest remainders, earlier parts first.
        """
        whole = sum(weights)
        if whole <= 0 or min(weights) < 0:
            raise ValueError("weights must not be negative, and not all nought")
        sign = -1 if self.pence < 0 else 1
        exact = [divmod(abs(self.pence) * weight, whole) for weight in weights]
        parts = [quotient for quotient, _ in exact]
        left = abs(self.pence) - sum(parts)
        by_remainder = sorted(range(len(parts)), key=lambda n: -exact[n][1])
        for n in by_remainder[:left]:
            parts[n] += 1
        return tuple(Money(sign * part) for part in parts)


ZERO = Money(0)


def total(sums: Iterable[Money]) -> Money:
    """The sum of any number of sums, nought for none."""
    return Money(sum(each.pence for each in sums))
