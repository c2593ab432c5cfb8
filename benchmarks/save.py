"""save: one field of a cost's form kept, with its history, sums, search and seal, in the file of 1,000,000; floor: raw UPDATE + INSERT + commit.

The floor writes with the same pragmas into a file of its own: one row of as many columns, and one row of history. Only the history
of the file grows by this: what is changed is changed back.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from _list import workspace
from _measure import DATA, main, median_of
from fundtracker.application.actions.records import edit
from fundtracker.domain.costs import Cost
from fundtracker.domain.money import Money
from fundtracker.storage.connection import connect

GOAL = 4.0
TIMES = 30
COST = 500_000
CHANGES = 100_000


def ours() -> float:
    with workspace() as held:
        item = held.get(Cost, COST)
        nets = (item.net + Money(1), item.net)
        saved = 0
        edit(held, item, net=nets[0])  # what a first save imports and prepares is not counted
        edit(held, held.get(Cost, COST), net=nets[1])
        before = held.get(Cost, COST)
        entries = _entries(held.path)

        def save() -> None:
            nonlocal before, saved
            before = edit(held, before, net=nets[saved % 2])
            saved += 1

        taken = median_of(save, TIMES)
        if held.get(Cost, COST).net != item.net or _entries(held.path) != entries + TIMES:
            raise SystemExit("a save was lost, or its history or seal")
        return taken


def _entries(path: Path) -> int:
    """Entries that are sealed and have a change of this cost."""
    conn = connect(path, read_only=True)
    try:
        return conn.execute("SELECT count(*) FROM entry WHERE seal IS NOT NULL").fetchone()[0]
    finally:
        conn.close()


def floor() -> float:
    with TemporaryDirectory(dir=DATA) as folder:
        conn = connect(Path(folder) / "floor.db")
        conn.execute(
            "CREATE TABLE cost (id INTEGER PRIMARY KEY, net INTEGER, supplier TEXT, description TEXT)"
        )
        conn.execute("CREATE TABLE change (id INTEGER PRIMARY KEY, at TEXT, before TEXT, after TEXT)")
        with_rows = ((n, n, f"Supplier {n % 800}", "Equipment delivered on site") for n in range(CHANGES))
        conn.execute("BEGIN")
        conn.executemany("INSERT INTO cost VALUES (?, ?, ?, ?)", with_rows)
        conn.execute("COMMIT")

        def save() -> None:
            conn.execute("BEGIN IMMEDIATE")
            conn.execute("UPDATE cost SET net = net + 1 WHERE id = ?", (CHANGES // 2,))
            conn.execute(
                "INSERT INTO change (at, before, after) VALUES ('2024-10-21T09:00:00', 'net 1', 'net 2')"
            )
            conn.execute("COMMIT")

        save()
        taken = median_of(save, TIMES)
        (kept,) = conn.execute("SELECT count(*) FROM change").fetchone()
        conn.close()
        if kept != TIMES + 1:
            raise SystemExit("the floor lost a save")
        return taken


if __name__ == "__main__":
    main(__file__, {"ours": ours, "floor": floor}, GOAL)
