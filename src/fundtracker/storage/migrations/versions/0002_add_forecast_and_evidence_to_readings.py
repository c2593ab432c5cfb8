"""Add forecast and evidence to readings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("reading", sa.Column("forecast", sa.Integer(), nullable=True))
    op.add_column("reading", sa.Column("evidence", sa.Text(), server_default=sa.text("''"), nullable=False))
