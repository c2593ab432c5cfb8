"""totals: the cost list's totals and Home's money at 1,000,000 costs; floor: one scan of an index that covers them."""

from datetime import date

from _list import workspace
from _measure import main, median_of
from fundtracker.application.glance import glance
from fundtracker.domain.costs import Cost
from fundtracker.storage.queries import ListQuery

GOAL = 0.1
SCAN = "SELECT sum(net), count(*) FROM cost INDEXED BY sort_cost_net"


def ours() -> float:
    with workspace() as held:
        query = ListQuery(Cost)
        totals = held.lists.totals(query)
        with held.database.reader() as conn:
            (pence, count) = conn.execute(SCAN).fetchone()
        if totals["net"] != f"{pence // 100:,}.{pence % 100:02d}" or held.lists.count(query) != count:
            raise SystemExit("the kept sums differ from the costs")
        if held.today != date(2024, 10, 21) or not glance(held):
            raise SystemExit("Home shows no award")
        return median_of(lambda: (held.lists.totals(query), held.lists.count(query), glance(held)))


def floor() -> float:
    with workspace() as held, held.database.reader() as conn:
        return median_of(lambda: conn.execute(SCAN).fetchone())


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
