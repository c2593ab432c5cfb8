"""The tables, derived from the records: STRICT, text and whole numbers only, every constraint with a name.

Imports SQLAlchemy, so it is itself imported only where tables are made, migrated or compared.
"""

from functools import cache

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from fundtracker.domain.columns import Column as Described
from fundtracker.domain.columns import Record, columns, table_name
from fundtracker.domain.kinds import YesNo
from fundtracker.domain.records import RECORDS, by_name

UNIQUE: dict[str, tuple[str, ...]] = {
    "bid_amount": ("bid_id", "year", "expense"),
    "award_line": ("award_id", "year", "expense"),
    "profile_line": ("intervention_id", "quarter", "expense", "category_id"),
    "progress": ("intervention_id", "quarter"),
    "grant_source": ("grant_id", "intervention_id", "year"),
    "funder_return": ("award_id", "quarter"),
    "variance_reason": ("return_id", "intervention_id", "expense", "category_id"),
    "forecast": ("return_id", "intervention_id", "quarter", "expense", "category_id"),
    "reading": ("indicator_id", "quarter"),
    "form_line": ("form_id", "intervention_id", "expense", "category_id"),
    "form_forecast": ("form_id", "intervention_id", "quarter", "expense", "category_id"),
    "form_reading": ("form_id", "indicator_id"),
    "form_reason": ("form_id", "intervention_id"),
    "ledger_line": ("layout_id", "transaction_number", "line"),
}
"""What can stand only once, beside the human references."""


@cache
def metadata() -> MetaData:
    """Every table of a file but the search tables, which SQLAlchemy has no words for (see `search`)."""
    made = MetaData()
    for kind in RECORDS:
        _record_table(made, kind)
    _history_tables(made)
    _frozen_tables(made)
    _summary_table(made)
    return made


def _record_table(made: MetaData, kind: type[Record]) -> Table:
    name = table_name(kind)
    parts: list[SchemaItem] = [
        Column("id", Integer, primary_key=True),
        Column("version", Integer, nullable=False),
    ]
    for each in columns(kind):
        parts.append(
            Column(
                each.name,
                Integer() if each.kind.database_type == "INTEGER" else Text(),
                nullable=each.nullable,
            )
        )
        parts.extend(_constraints(name, each))
    if name in UNIQUE:
        parts.append(UniqueConstraint(*UNIQUE[name], name=f"uq_{name}"))
    parts.append(CheckConstraint("version > 0", name=f"ck_{name}_version"))
    table = Table(name, made, *parts, sqlite_strict=True, sqlite_autoincrement=True)
    for each in columns(kind):
        if each.refers_to:
            Index(f"ix_{name}_{each.name}", table.c[each.name], table.c.id)
        if (
            each.key and each.nullable
        ):  # given to a table that was there: SQLite adds an index to it, but no constraint
            Index(f"uq_{name}_{each.name}", table.c[each.name], unique=True)
    return table


def _constraints(table: str, each: Described) -> list[SchemaItem]:
    found: list[SchemaItem] = []
    if each.refers_to:
        target = table_name(by_name(each.refers_to))
        found.append(
            ForeignKeyConstraint(
                [each.name], [f"{target}.id"], name=f"fk_{table}_{each.name}", ondelete="RESTRICT"
            )
        )
    if each.key and not each.nullable:
        found.append(UniqueConstraint(each.name, name=f"uq_{table}_{each.name}"))
    if isinstance(each.kind, YesNo):
        found.append(CheckConstraint(f"{each.name} IN (0, 1)", name=f"ck_{table}_{each.name}"))
    return found


def _history_tables(made: MetaData) -> None:
    """entry: one sealed transaction each; change: what it changed; open_entry: the one being written, never committed."""
    Table(
        "entry",
        made,
        Column("seq", Integer, primary_key=True),
        Column("actor", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("program", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("undoes", Integer),
        Column("changes", Integer, nullable=False),
        Column("previous", Text, nullable=False),
        Column("seal", Text, nullable=False),
        UniqueConstraint("seal", name="uq_entry_seal"),
        sqlite_strict=True,
    )
    change = Table(
        "change",
        made,
        Column("id", Integer, primary_key=True),
        Column("entry_seq", Integer, nullable=False),
        Column("table_name", Text, nullable=False),
        Column("record_id", Integer, nullable=False),
        Column("before", Text),
        Column("after", Text),
        ForeignKeyConstraint(
            ["entry_seq"], ["entry.seq"], name="fk_change_entry_seq", deferrable=True, initially="DEFERRED"
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    Index("ix_change_entry_seq", change.c.entry_seq)
    Table(
        "open_entry",
        made,
        Column("id", Integer, primary_key=True),
        Column("seq", Integer, nullable=False),
        Column("actor", Text, nullable=False),
        CheckConstraint("id = 1", name="ck_open_entry_one"),
        CheckConstraint("length(trim(actor)) > 0", name="ck_open_entry_actor"),
        ForeignKeyConstraint(
            ["seq"], ["entry.seq"], name="fk_open_entry_seq", deferrable=True, initially="DEFERRED"
        ),
        sqlite_strict=True,
    )


def _frozen_tables(made: MetaData) -> None:
    """A submitted return's snapshot, and its files as they were rendered."""
    Table(
        "frozen_return",
        made,
        Column("id", Integer, primary_key=True),
        Column("form_version", Text, nullable=False),
        Column("snapshot", Text, nullable=False),
        Column("sha256", Text, nullable=False),
        Column("head_seq", Integer, nullable=False),
        Column("head_seal", Text, nullable=False),
        ForeignKeyConstraint(["id"], ["funder_return.id"], name="fk_frozen_return_id", ondelete="RESTRICT"),
        sqlite_strict=True,
    )
    frozen_file = Table(
        "frozen_file",
        made,
        Column("id", Integer, primary_key=True),
        Column("return_id", Integer, nullable=False),
        Column("name", Text, nullable=False),
        Column("sha256", Text, nullable=False),
        Column("content", LargeBinary, nullable=False),
        ForeignKeyConstraint(
            ["return_id"], ["frozen_return.id"], name="fk_frozen_file_return_id", ondelete="RESTRICT"
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    Index("ix_frozen_file_return_id", frozen_file.c.return_id)


def _summary_table(made: MetaData) -> None:
    """Sums of costs, kept by triggers: by award, quarter ("" while a cost doesn't count) and capital or resource."""
    Table(
        "cost_summary",
        made,
        Column("award_id", Integer, primary_key=True),
        Column("quarter", Text, primary_key=True),
        Column("expense", Text, primary_key=True),
        Column("lines", Integer, nullable=False),
        Column("net", Integer, nullable=False),
        Column("vat", Integer, nullable=False),
        Column("eligible", Integer, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
