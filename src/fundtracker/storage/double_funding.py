"""Costs that may be claimed twice, over all awards and funds: pairs of ids, found by SQL before anything is compared letter by letter.

Reversals, costs they take back whole and costs of nothing don't count.
"""

import sqlite3

from fundtracker.storage.undone import STANDS

MOST_ALIKE = 40
"""Costs of one amount and day of which pairs are made; more alike than that are a payroll or a subscription, not one cost twice."""

_NUMBER = (
    "replace(replace(replace(replace(lower(trim(invoice_number)), ' ', ''), '-', ''), '/', ''), '.', '')"
)
"""SQL: an invoice number without what people put in it and leave out."""


def of_one_sum(conn: sqlite3.Connection) -> list[tuple[int, int]]:
    """Pairs of standing costs with the same net and VAT, and the same invoice number, or received, invoiced or paid on one day.

    The earlier one first.
    """
    found: set[tuple[int, int]] = set()
    for by in (_NUMBER, "received_on", "invoiced_on", "paid_on"):
        rows = conn.execute(
            f"""SELECT group_concat(id) FROM (SELECT id, net, vat, {by} AS said FROM cost WHERE {STANDS} AND {by} <> '')
            GROUP BY net, vat, said HAVING count(*) > 1"""
        )
        for (ids,) in rows:
            alike = sorted(map(int, str(ids).split(",")))[:MOST_ALIKE]
            found.update((one, other) for place, one in enumerate(alike) for other in alike[place + 1 :])
    return sorted(found)


def of_one_gross(conn: sqlite3.Connection) -> list[tuple[int, int]]:
    """Pairs of standing costs with the same invoice number and the same sum with VAT, split otherwise into net and VAT.

    So it is where a partner claims an invoice gross, and the office holds it net. The earlier one first.
    """
    rows = conn.execute(
        f"""SELECT group_concat(id || ':' || net) FROM (SELECT id, net, net + vat AS gross, {_NUMBER} AS said FROM cost WHERE {STANDS} AND {_NUMBER} <> '')
        GROUP BY gross, said HAVING count(*) > 1 AND min(net) < max(net)"""
    )
    found: set[tuple[int, int]] = set()
    for (text,) in rows:
        alike = sorted(tuple(map(int, each.split(":"))) for each in str(text).split(","))[:MOST_ALIKE]
        for place, (one, net) in enumerate(alike):
            found.update((one, other) for other, another in alike[place + 1 :] if another != net)
    return sorted(found)


def of_one_file(conn: sqlite3.Connection) -> list[tuple[int, int, str]]:
    """Pairs of standing costs that rest on the same evidence file, and its name; the earlier one first."""
    return [
        (one, other, name)
        for one, other, name in conn.execute(
            f"""SELECT first.cost_id, second.cost_id, min(second.name) FROM document AS first
            JOIN document AS second ON second.sha256 = first.sha256 AND second.cost_id > first.cost_id
            WHERE first.cost_id IN (SELECT id FROM cost WHERE {STANDS}) AND second.cost_id IN (SELECT id FROM cost WHERE {STANDS})
            GROUP BY 1, 2 ORDER BY 1, 2"""
        )
    ]
