"""What follows from the tables: the history no write can avoid, what is frozen, search, sums, and indexes to sort by.

Made from the records; dropped and made again by every migration, so that it always fits the tables.
"""

from collections.abc import Callable, Iterator, Sequence

from fundtracker.domain.columns import Record, columns, table_name
from fundtracker.domain.costs import Cost
from fundtracker.domain.records import RECORDS
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage import search
from fundtracker.storage.sql import MANY_ROWS, collation

EMPTY_SEAL = "0" * 64
HISTORY_TABLES = ("entry", "change", "open_entry")
FROZEN_COLUMNS: dict[str, tuple[str, ...]] = {
    "frozen_return": ("id", "form_version", "snapshot", "sha256", "head_seq", "head_seal"),
    "frozen_file": ("id", "return_id", "name", "sha256"),
}
"""Tables that are not records but are recorded like them; a file's bytes are recorded by their hash."""


def recorded_columns() -> dict[str, tuple[str, ...]]:
    """Every table whose changes the history holds, with the columns it holds of it."""
    records = {
        table_name(kind): ("id", "version", *(each.name for each in columns(kind))) for kind in RECORDS
    }
    return {**records, **FROZEN_COLUMNS}


def statements() -> Iterator[str]:
    """Every trigger and search table, in the order to make them."""
    for table, names in recorded_columns().items():
        yield from _history(table, names)
    yield from _history_guards()
    yield from _freezing()
    yield from search.statements()
    yield from _cost_summary()
    for kind in MANY_ROWS:
        yield from _sorting(kind)


def _sorting(kind: type[Record]) -> Iterator[str]:
    table = table_name(kind)
    for each in columns(kind):
        if each.refers_to is None and not each.key:
            yield f"CREATE INDEX sort_{table}_{each.name} ON {table} ({each.name}{collation(each)}, id)"
    if kind is Cost:
        yield "CREATE INDEX sort_cost_reference ON cost (reference COLLATE NOCASE, id)"


# History


def _written(row: str, names: Sequence[str]) -> str:
    """SQL: a row as text that `rowtext.read` reads back. (JSON functions are barred from triggers by trusted_schema = off.)"""
    return " || ".join(f"'{',' if n else ''}{name}=' || quote({row}.{name})" for n, name in enumerate(names))


def _history(table: str, names: Sequence[str]) -> Iterator[str]:
    old, new = _written("OLD", names), _written("NEW", names)
    for event, record, before, after in (
        ("INSERT", "NEW", "NULL", new),
        ("UPDATE", "NEW", old, new),
        ("DELETE", "OLD", old, "NULL"),
    ):
        yield f"""CREATE TRIGGER history_{table}_{event.lower()} AFTER {event} ON {table} BEGIN
            SELECT RAISE(ABORT, 'Nothing can be written outside the program: every change has an actor.') WHERE NOT EXISTS (SELECT 1 FROM open_entry);
            INSERT INTO change (entry_seq, table_name, record_id, before, after)
            SELECT seq, '{table}', {record}.id, {before}, {after} FROM open_entry;
        END"""
    yield f"""CREATE TRIGGER history_{table}_same_id BEFORE UPDATE ON {table} WHEN NEW.id IS NOT OLD.id BEGIN
        SELECT RAISE(ABORT, 'A record keeps its id for ever.');
    END"""


def _history_guards() -> Iterator[str]:
    yield f"""CREATE TRIGGER guard_entry_order BEFORE INSERT ON entry
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
        OR NEW.previous IS NOT coalesce((SELECT seal FROM entry ORDER BY seq DESC LIMIT 1), '{EMPTY_SEAL}')
        BEGIN SELECT RAISE(ABORT, 'The history is written in order, and only at its end.'); END"""
    yield """CREATE TRIGGER guard_change_open BEFORE INSERT ON change
        WHEN NOT EXISTS (SELECT 1 FROM open_entry WHERE seq = NEW.entry_seq)
        BEGIN SELECT RAISE(ABORT, 'The history is written in order, and only at its end.'); END"""
    yield """CREATE TRIGGER guard_change_order AFTER INSERT ON change
        WHEN NEW.id IS NOT (SELECT max(id) FROM change) OR NEW.id < 1
        BEGIN SELECT RAISE(ABORT, 'The history is written in order, and only at its end.'); END"""
    yield """CREATE TRIGGER guard_open_entry BEFORE INSERT ON open_entry
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
        BEGIN SELECT RAISE(ABORT, 'The history is written in order, and only at its end.'); END"""
    for table in ("entry", "change"):
        for event in ("UPDATE", "DELETE"):
            yield f"""CREATE TRIGGER guard_{table}_{event.lower()} BEFORE {event} ON {table}
                BEGIN SELECT RAISE(ABORT, 'The history is never changed.'); END"""


# What is frozen

_FROZEN_STATES = "('Submitted', 'Queried', 'Accepted', 'Paid')"
_MOVING = frozenset({"id", "version", "state", "query", "received", "received_on"})
"""What still moves on a submitted return: what the funder does."""


def _freezing() -> Iterator[str]:
    yield from _frozen_returns()
    yield from _kept_with_the_submission()
    yield from _frozen_beneath_returns()
    yield from _frozen_quarters()
    yield from _frozen_variations()


def _frozen_returns() -> Iterator[str]:
    """Returns themselves, and what belongs to them."""
    fixed = " OR ".join(
        f"NEW.{each.name} IS NOT OLD.{each.name}"
        for each in columns(FunderReturn)
        if each.name not in _MOVING
    )
    frozen = f"OLD.state IN {_FROZEN_STATES}"
    yield _refusal(
        "funder_return",
        "UPDATE",
        f"{frozen} AND ({fixed} OR NEW.state NOT IN {_FROZEN_STATES})",
        "A submitted return is frozen: a correction goes into the next return.",
    )
    yield _refusal("funder_return", "DELETE", frozen, "A submitted return is frozen and can't be removed.")
    for table in ("return_line", "variance_reason", "forecast"):
        yield from _all_events(
            table,
            lambda row: (
                f"EXISTS (SELECT 1 FROM funder_return WHERE id = {row}.return_id AND state IN {_FROZEN_STATES})"
            ),
            "This belongs to a submitted return, which is frozen.",
        )
    for table in ("frozen_return", "frozen_file"):
        for event in ("UPDATE", "DELETE"):
            yield _refusal(table, event, "1", "What a submitted return said is kept as it was.")


def _frozen_beneath_returns() -> Iterator[str]:
    """What every return of an award rests on, from its first."""
    yield from _all_events(
        "award_line",
        lambda row: (
            f"EXISTS (SELECT 1 FROM funder_return WHERE award_id = {row}.award_id AND state IN {_FROZEN_STATES})"
        ),
        "A submitted return rests on this award: record a variation instead of changing what was first agreed.",
    )
    yield from _all_events(
        "profile_line",
        lambda row: (
            f"EXISTS (SELECT 1 FROM funder_return JOIN intervention ON intervention.award_id = funder_return.award_id"
            f" WHERE intervention.id = {row}.intervention_id AND funder_return.state IN {_FROZEN_STATES})"
        ),
        "A submitted return rests on this profile: record a variation that re-profiles instead of changing what was first agreed.",
    )
    yield _refusal(
        "intervention",
        "UPDATE",
        "NEW.award_id IS NOT OLD.award_id AND EXISTS (SELECT 1 FROM funder_return"
        f" WHERE award_id IN (OLD.award_id, NEW.award_id) AND state IN {_FROZEN_STATES})",
        "A submitted return rests on this intervention: it stays with its award. Reverse its costs and record them under an intervention of the other award.",
    )


def _frozen_quarters() -> Iterator[str]:
    """What a return said of its quarter beside the money. To date is what the returns said, so it can't change beneath them."""
    of_intervention = (
        "EXISTS (SELECT 1 FROM funder_return JOIN intervention ON intervention.award_id = funder_return.award_id"
        " WHERE intervention.id = {row}.intervention_id AND funder_return.quarter = {row}.quarter"
        f" AND funder_return.state IN {_FROZEN_STATES})"
    )
    yield from _all_events(
        "progress",
        lambda row: of_intervention.format(row=row),
        "This quarter's return is submitted: its progress report is frozen.",
    )
    of_award = (
        "EXISTS (SELECT 1 FROM funder_return WHERE award_id = {row}.award_id AND quarter = {row}.quarter"
        f" AND state IN {_FROZEN_STATES})"
    )
    matched = "This quarter's return is submitted: its match is frozen. Record a correction in the open quarter, above or below nought."
    # That it has been secured since may be said of it.
    moved = " OR ".join(f"NEW.{each} IS NOT OLD.{each}" for each in ("award_id", "quarter", "amount"))
    before, after = of_award.format(row="OLD"), of_award.format(row="NEW")
    yield _refusal("match", "INSERT", after, matched)
    yield _refusal("match", "UPDATE", f"({moved}) AND ({before} OR {after})", matched)
    yield _refusal("match", "DELETE", before, matched)
    of_indicator = (
        "EXISTS (SELECT 1 FROM funder_return JOIN intervention ON intervention.award_id = funder_return.award_id"
        " JOIN indicator ON indicator.intervention_id = intervention.id"
        " WHERE indicator.id = {row}.indicator_id AND funder_return.quarter = {row}.quarter"
        f" AND funder_return.state IN {_FROZEN_STATES})"
    )
    read = "This quarter's return is submitted: its readings are frozen. Say what was wrong in the open quarter's reading."
    either = f"{of_indicator.format(row='OLD')} OR {of_indicator.format(row='NEW')}"
    yield _refusal("reading", "UPDATE", either, read)
    yield _refusal("reading", "DELETE", of_indicator.format(row="OLD"), read)
    # An outcome of a returned quarter may become known later; an output is counted to date.
    counted = "EXISTS (SELECT 1 FROM indicator WHERE id = NEW.indicator_id AND measures = 'Output')"
    yield _refusal("reading", "INSERT", f"{counted} AND {of_indicator.format(row='NEW')}", read)


def _frozen_variations() -> Iterator[str]:
    """The award as a return took it: approved variations it used stay, and none is slipped in beneath it afterwards."""
    used = (
        "EXISTS (SELECT 1 FROM funder_return WHERE award_id = {award} AND state IN "
        + _FROZEN_STATES
        + " AND coalesce(submitted_on, '{unknown}') >= {day})"
    )
    in_force = "max({row}.approved_on, coalesce({row}.effective_on, {row}.approved_on))"
    message = "A submitted return rests on this approved variation: record a further variation instead."
    for event in ("UPDATE", "DELETE"):
        day = in_force.format(row="OLD")
        found = used.format(
            award="OLD.award_id", day=day, unknown="9999-12-31"
        )  # unknown: all that was approved
        yield _refusal("variation", event, f"OLD.approved_on IS NOT NULL AND {found}", message)
    for event in ("INSERT", "UPDATE"):
        found = used.format(award="NEW.award_id", day=in_force.format(row="NEW"), unknown="0001-01-01")
        yield _refusal(
            "variation",
            event,
            f"NEW.approved_on IS NOT NULL AND {found}",
            "A submitted return rests on the award as it stood then: make the variation effective after the day of the last submission.",
            "_backwards",
        )
    day = in_force.format(row="variation")
    found = used.format(award="variation.award_id", day=day, unknown="9999-12-31")
    yield from _all_events(
        "variation_change",
        lambda row: (
            f"EXISTS (SELECT 1 FROM variation WHERE variation.id = {row}.variation_id"
            f" AND variation.approved_on IS NOT NULL AND {found})"
        ),
        message,
    )


def _kept_with_the_submission() -> Iterator[str]:
    """A return's document is kept in the entry that submits it, and never added to or slipped in later."""
    said = "What a submitted return said is kept as it was."
    this_entry = "(SELECT seq FROM open_entry)"
    submitted_now = f"EXISTS (SELECT 1 FROM change WHERE entry_seq = {this_entry} AND table_name = 'funder_return' AND record_id = NEW.id)"
    yield _refusal("frozen_return", "INSERT", f"NOT {submitted_now}", said)
    kept_before = f"SELECT 1 FROM frozen_return WHERE id = NEW.return_id AND head_seq + 1 < {this_entry}"
    yield _refusal("frozen_file", "INSERT", f"EXISTS ({kept_before})", said)


def _refusal(table: str, event: str, condition: str, message: str, suffix: str = "") -> str:
    return f"""CREATE TRIGGER frozen_{table}_{event.lower()}{suffix} BEFORE {event} ON {table} WHEN {condition}
        BEGIN SELECT RAISE(ABORT, '{message.replace("'", "''")}'); END"""


def _all_events(
    table: str,
    condition: Callable[[str], str],
    message: str,
) -> Iterator[str]:
    for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        yield _refusal(table, event, " OR ".join(condition(row) for row in rows), message)


# Sums of costs


def _quarter(row: str) -> str:
    """SQL: the quarter a cost counts in, "" while it doesn't (not received, or a partner's and not accepted)."""
    year, month = (
        f"CAST(substr({row}.received_on, 1, 4) AS INTEGER)",
        f"CAST(substr({row}.received_on, 6, 2) AS INTEGER)",
    )
    code = f"({year} - ({month} < 4)) || '-' || printf('%02d', ({year} + ({month} >= 4)) % 100) || '-Q' || (({month} + 8) % 12 / 3 + 1)"
    return f"CASE WHEN {row}.received_on IS NULL OR ({row}.grant_id IS NOT NULL AND {row}.accepted_on IS NULL) THEN '' ELSE {code} END"


def eligible(row: str) -> str:
    """SQL: net plus irrecoverable VAT."""
    return f"({row}.net + CASE {row}.vat_recoverable WHEN 1 THEN 0 ELSE {row}.vat END)"


SUMMARY = "award_id, quarter, expense, lines, net, vat, eligible"


def _add_to_summary(row: str, sign: str) -> str:
    return f"""INSERT INTO cost_summary ({SUMMARY})
        SELECT award_id, {_quarter(row)}, {row}.expense, {sign}1, {sign}({row}.net), {sign}({row}.vat), {sign}{eligible(row)}
        FROM intervention WHERE id = {row}.intervention_id
        ON CONFLICT (award_id, quarter, expense) DO UPDATE SET lines = lines + excluded.lines, net = net + excluded.net,
        vat = vat + excluded.vat, eligible = eligible + excluded.eligible;"""


def _summed(condition: str) -> str:
    """SQL: write the sums worked out from the costs of some awards."""
    return f"INSERT INTO cost_summary ({SUMMARY}) {summary_of_costs(condition)}"


def summary_of_costs(condition: str = "1") -> str:
    """SQL: what the sums should be, worked out from the costs."""
    return f"""SELECT intervention.award_id, {_quarter("cost")}, cost.expense, count(*), sum(cost.net), sum(cost.vat), sum({eligible("cost")})
        FROM cost JOIN intervention ON intervention.id = cost.intervention_id WHERE {condition} GROUP BY 1, 2, 3"""


def _cost_summary() -> Iterator[str]:
    add, take = _add_to_summary("NEW", ""), _add_to_summary("OLD", "-")
    yield f"CREATE TRIGGER summary_cost_insert AFTER INSERT ON cost BEGIN {add} END"
    yield f"CREATE TRIGGER summary_cost_delete AFTER DELETE ON cost BEGIN {take} END"
    yield f"CREATE TRIGGER summary_cost_update AFTER UPDATE ON cost BEGIN {take} {add} END"
    both = "award_id IN (OLD.award_id, NEW.award_id)"
    yield f"""CREATE TRIGGER summary_intervention_moved AFTER UPDATE OF award_id ON intervention WHEN NEW.award_id IS NOT OLD.award_id
        BEGIN DELETE FROM cost_summary WHERE {both}; {_summed(f"intervention.{both}")}; END"""


def rebuild_summary() -> tuple[str, ...]:
    """The sums worked out anew from the costs."""
    return ("DELETE FROM cost_summary", _summed("1"))
