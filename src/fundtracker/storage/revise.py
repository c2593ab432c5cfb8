"""Write the next revision: python -m fundtracker.storage.revise "what changed". Read it before it is committed.

Compares the records with the newest revision (on an empty database) and writes what differs as an Alembic script; raise HEAD in
`migrations/__init__.py` with it.
"""

import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations import ops
from sqlalchemy import CheckConstraint, DefaultClause, text

from fundtracker.domain.columns import columns, table_name
from fundtracker.domain.records import RECORDS
from fundtracker.storage.migrate import SCRIPTS, on_engine, run_revisions
from fundtracker.storage.tables import metadata

_TEMPLATE = '''"""{message}."""

import sqlalchemy as sa
from alembic import op

revision = "{number:04d}"
down_revision = {down}


def upgrade() -> None:
{body}
'''


def revise(message: str) -> Path:
    """The path of the new revision; ValueError where nothing differs."""
    number = len(list((SCRIPTS / "versions").glob("[0-9]*.py"))) + 1
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        if number > 1:
            run_revisions(conn, 0)
        with on_engine(conn) as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "include_object": _ours}
            )
            found = produce_migrations(context, metadata())
    if found.upgrade_ops is None or found.upgrade_ops.is_empty():
        raise ValueError("The records and the newest revision agree: there is nothing to write.")
    _with_first_values(found.upgrade_ops)
    beside = _written_beside(found.upgrade_ops)
    body = render_python_code(found.upgrade_ops)
    for (table, name), constraint in beside.items():
        body = _beside(body, table, name, constraint)
    slug = re.sub(r"\W+", "_", message.lower()).strip("_")
    path = SCRIPTS / "versions" / f"{number:04d}_{slug}.py"
    down = f'"{number - 1:04d}"' if number > 1 else "None"
    lines = "\n".join(line if line.strip() else "" for line in _indented(body).splitlines())
    path.write_text(
        _TEMPLATE.format(message=message.strip().rstrip("."), number=number, down=down, body=lines),
        encoding="utf-8",
    )
    head = SCRIPTS / "__init__.py"
    head.write_text(
        re.sub(r"(?m)^HEAD = \d+$", f"HEAD = {number}", head.read_text(encoding="utf-8")), encoding="utf-8"
    )
    return path


def _ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
    """Search tables and SQLite's own are made elsewhere."""
    return not (kind in {"table", "index"} and (name or "").startswith(("search_", "sort_", "sqlite_")))


def _with_first_values(upgrade: ops.UpgradeOps) -> None:
    """A column added to a table with rows needs a first value for them: its record's default, else empty text or nought.

    Whoever reviews the revision may give a better one.
    """
    for table in upgrade.ops:
        for each in getattr(table, "ops", []):
            added = isinstance(each, ops.AddColumnOp) and not each.column.nullable
            if added and each.column.server_default is None:
                each.column.server_default = DefaultClause(
                    text(_first_value(each.table_name, each.column.name))
                )


def _written_beside(upgrade: ops.UpgradeOps) -> dict[tuple[str, str], str]:
    """By table and new column, the reference or CHECK that goes into its own line: SQLite adds no constraint to a table that is there.

    Takes what Alembic would add afterwards out of the revision. ValueError for a constraint that no new column can bring.
    """
    found: dict[tuple[str, str], str] = {}
    for table in upgrade.ops:
        if not isinstance(table, ops.ModifyTableOps):
            continue
        new = {each.column.name: each.column for each in table.ops if isinstance(each, ops.AddColumnOp)}
        for name in new:
            if check := _check_of(table.table_name, name):
                found[table.table_name, name] = check
        for each in tuple(table.ops):
            if isinstance(each, ops.CreateForeignKeyOp) and each.local_cols[0] in new:
                target = f"{each.referent_table}.{each.remote_cols[0]}"
                found[table.table_name, each.local_cols[0]] = (
                    f"sa.ForeignKey({target!r}, name={str(each.constraint_name)!r}, ondelete={each.kw['ondelete']!r})"
                )
                table.ops.remove(each)
            elif isinstance(each, ops.AddConstraintOp | ops.DropConstraintOp):
                named = each.to_constraint().name
                raise ValueError(
                    f"SQLite can't add or drop {named} on the table {table.table_name} that is there:"
                    " describe it otherwise, or bring it with a new table or a new column."
                )
    return found


def _check_of(table: str, name: str) -> str | None:
    """The CHECK of a column, which Alembic doesn't look for."""
    wanted = f"ck_{table}_{name}"
    return next(
        (
            f"sa.CheckConstraint({str(each.sqltext)!r}, name={wanted!r})"
            for each in metadata().tables[table].constraints
            if isinstance(each, CheckConstraint) and each.name == wanted
        ),
        None,
    )


def _beside(body: str, table: str, name: str, constraint: str) -> str:
    """The revision with a constraint in the line that adds its column."""
    begins = f"op.add_column('{table}', sa.Column('{name}', sa.Integer(), "
    start = body.index(begins) + len(begins)
    end = body.index("\n", start)
    inline = ", inline_references=True" if constraint.startswith("sa.ForeignKey") else ""
    line = body[start:end].rstrip().removesuffix(")")
    return f"{body[:start]}{constraint}, {line}{inline}){body[end:]}"


def _first_value(table: str, name: str) -> str:
    """SQL: what rows already there hold in a new column."""
    kind = next((kind for kind in RECORDS if table_name(kind) == table), None)
    column = next((each for each in columns(kind) if each.name == name), None) if kind else None
    if column is None or column.default is None:
        return "0" if column and column.kind.database_type == "INTEGER" else "''"
    kept = column.kind.keep(column.default)
    doubled = str(kept).replace("'", "''")
    return str(kept) if isinstance(kept, int) else f"'{doubled}'"


def _indented(body: str) -> str:
    lines = (line for line in body.splitlines() if not line.strip().startswith("# ###"))
    return "\n".join(line if line.startswith("    ") else f"    {line}" for line in lines)


if __name__ == "__main__":
    print(revise(" ".join(sys.argv[1:]) or "Change the records"))  # noqa: T201 - says where it wrote
