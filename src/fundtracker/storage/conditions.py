"""What counts, in SQL: the conditions and sums that every question about money is put together from."""

QUARTER_OF_RECEIPT = (
    "(CAST(substr(cost.received_on, 1, 4) AS INTEGER) - (CAST(substr(cost.received_on, 6, 2) AS INTEGER) < 4)) || '-' ||"
    " printf('%02d', (CAST(substr(cost.received_on, 1, 4) AS INTEGER) + (CAST(substr(cost.received_on, 6, 2) AS INTEGER) >= 4)) % 100) || '-Q' ||"
    " ((CAST(substr(cost.received_on, 6, 2) AS INTEGER) + 8) % 12 / 3 + 1)"
)
"""The quarter a cost counts in, as the database keeps quarters ("2023-24-Q3"), from the day it was received."""
ELIGIBLE = "cost.net + CASE cost.vat_recoverable WHEN 1 THEN 0 ELSE cost.vat END"
COUNTED = "cost.received_on <= :day AND (cost.grant_id IS NULL OR cost.accepted_on IS NOT NULL)"
FROZEN = "('Submitted', 'Queried', 'Accepted', 'Paid')"
IN_FORCE = "variation.approved_on <= :day AND variation.effective_on <= :day"
MOVES_MONEY = "variation_change.kind IN ('Amount', 'Virement')"
DIFFERENCE = "coalesce(variation_change.new_amount, 0) - coalesce(variation_change.old_amount, 0)"
