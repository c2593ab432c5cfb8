"""What counts, in SQL: the conditions and sums that every question about money is put together from."""


def quarter_of(day: str) -> str:
    """SQL: the quarter a day falls in, as the database keeps quarters ("2023-24-Q3"); years begin on 1 April."""
    year, month = f"CAST(substr({day}, 1, 4) AS INTEGER)", f"CAST(substr({day}, 6, 2) AS INTEGER)"
    return (
        f"({year} - ({month} < 4)) || '-' || printf('%02d', ({year} + ({month} >= 4)) % 100)"
        f" || '-Q' || (({month} + 8) % 12 / 3 + 1)"
    )


def year_of(quarter: str) -> str:
    """SQL: the financial year of a quarter, as the database keeps years ("2023/24")."""
    return f"substr({quarter}, 1, 4) || '/' || substr({quarter}, 6, 2)"


QUARTER_OF_RECEIPT = quarter_of("cost.received_on")
"""The quarter a cost counts in, from the day it was received."""
ELIGIBLE = "cost.net + CASE cost.vat_recoverable WHEN 1 THEN 0 ELSE cost.vat END"
COUNTS = "cost.received_on IS NOT NULL AND (cost.grant_id IS NULL OR cost.accepted_on IS NOT NULL)"
"""Whether a cost is spent at all; COUNTED: whether it was by a day."""
COUNTED = "cost.received_on <= :day AND (cost.grant_id IS NULL OR cost.accepted_on IS NOT NULL)"
FROZEN = "('Submitted', 'Queried', 'Accepted', 'Paid')"
IN_FORCE = "variation.approved_on <= :day AND variation.effective_on <= :day"
MOVES_MONEY = "variation_change.kind IN ('Amount', 'Virement')"
DIFFERENCE = "coalesce(variation_change.new_amount, 0) - coalesce(variation_change.old_amount, 0)"
LEFT_TO_MATCH = (
    "ledger_line.amount - coalesce((SELECT sum(amount) FROM ledger_match WHERE line_id = ledger_line.id), 0)"
)
"""What of a ledger line is matched to nothing, in pence."""
MATCHING = {
    "unmatched": f"ledger_line.set_aside = '' AND {LEFT_TO_MATCH} <> 0",
    "matched": f"ledger_line.set_aside = '' AND {LEFT_TO_MATCH} = 0",
    "set aside": "ledger_line.set_aside <> ''",
}
"""Ledger lines by what was said of them; one matched in part is unmatched still."""
ENDS_ON = f"""coalesce((
    SELECT variation_change.new_date FROM variation JOIN variation_change ON variation_change.variation_id = variation.id
    WHERE variation.award_id = award.id AND variation_change.kind IN ('Extension', 'Termination')
    AND variation_change.new_date IS NOT NULL AND {IN_FORCE}
    ORDER BY variation.effective_on DESC, variation_change.id DESC LIMIT 1), award.ends_on)"""
"""An award's last day, as the variation in force that took effect last moves it."""
