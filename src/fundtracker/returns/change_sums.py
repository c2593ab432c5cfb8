"""What a variation changed, from and to: sums as sums, which an auditor can add, and anything else in words."""

from fundtracker.domain.money import Money
from fundtracker.domain.snapshot import ChangeRow


def old_and_new(row: ChangeRow) -> tuple[Money | str | None, Money | str | None]:
    """Before and after; None where nothing stood there. A change of money is one that has a difference."""
    if row.difference is None:
        return row.old or None, row.new or None
    return Money.read(row.old) if row.old else None, Money.read(row.new) if row.new else None
