"""Add partner forms and the finance ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "ledger_layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("transaction_heading", sa.Text(), nullable=False),
        sa.Column("date_heading", sa.Text(), nullable=False),
        sa.Column("supplier_heading", sa.Text(), nullable=False),
        sa.Column("invoice_heading", sa.Text(), nullable=False),
        sa.Column("description_heading", sa.Text(), nullable=False),
        sa.Column("code_heading", sa.Text(), nullable=False),
        sa.Column("amount_heading", sa.Text(), nullable=False),
        sa.Column("debit_heading", sa.Text(), nullable=False),
        sa.Column("credit_heading", sa.Text(), nullable=False),
        sa.Column("payments", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_ledger_layout_version"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", name="uq_ledger_layout_name"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "ledger_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("layout_id", sa.Integer(), nullable=False),
        sa.Column("transaction_number", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("posted_on", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("invoice_number", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("set_aside", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_ledger_line_version"),
        sa.ForeignKeyConstraint(
            ["layout_id"], ["ledger_layout.id"], name="fk_ledger_line_layout_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("layout_id", "transaction_number", "line", name="uq_ledger_line"),
        sa.UniqueConstraint("reference", name="uq_ledger_line_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_ledger_line_layout_id", "ledger_line", ["layout_id", "id"], unique=False)
    op.create_table(
        "partner_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("chased_on", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.Text(), nullable=True),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("challenges", sa.Text(), nullable=False),
        sa.Column("coming", sa.Text(), nullable=False),
        sa.Column("declared_by", sa.Text(), nullable=False),
        sa.Column("declared_role", sa.Text(), nullable=False),
        sa.Column("declared_on", sa.Text(), nullable=True),
        sa.CheckConstraint("version > 0", name="ck_partner_form_version"),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grant.id"], name="fk_partner_form_grant_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["partner_form.id"], name="fk_partner_form_replaces_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_partner_form_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_partner_form_grant_id", "partner_form", ["grant_id", "id"], unique=False)
    op.create_index("ix_partner_form_replaces_id", "partner_form", ["replaces_id", "id"], unique=False)
    op.create_table(
        "agreed_balance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Text(), nullable=False),
        sa.Column("agreed_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_agreed_balance_version"),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name="fk_agreed_balance_award_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_agreed_balance_award_id", "agreed_balance", ["award_id", "id"], unique=False)
    op.create_table(
        "form_forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_form_forecast_version"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["cost_category.id"], name="fk_form_forecast_category_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["partner_form.id"], name="fk_form_forecast_form_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name="fk_form_forecast_intervention_id",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "form_id", "intervention_id", "quarter", "expense", "category_id", name="uq_form_forecast"
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_form_forecast_category_id", "form_forecast", ["category_id", "id"], unique=False)
    op.create_index("ix_form_forecast_form_id", "form_forecast", ["form_id", "id"], unique=False)
    op.create_index(
        "ix_form_forecast_intervention_id", "form_forecast", ["intervention_id", "id"], unique=False
    )
    op.create_table(
        "form_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_form_line_version"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["cost_category.id"], name="fk_form_line_category_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["partner_form.id"], name="fk_form_line_form_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name="fk_form_line_intervention_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_id", "intervention_id", "expense", "category_id", name="uq_form_line"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_form_line_category_id", "form_line", ["category_id", "id"], unique=False)
    op.create_index("ix_form_line_form_id", "form_line", ["form_id", "id"], unique=False)
    op.create_index("ix_form_line_intervention_id", "form_line", ["intervention_id", "id"], unique=False)
    op.create_table(
        "form_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_form_reason_version"),
        sa.ForeignKeyConstraint(
            ["form_id"], ["partner_form.id"], name="fk_form_reason_form_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name="fk_form_reason_intervention_id",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_id", "intervention_id", name="uq_form_reason"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_form_reason_form_id", "form_reason", ["form_id", "id"], unique=False)
    op.create_index("ix_form_reason_intervention_id", "form_reason", ["intervention_id", "id"], unique=False)
    op.create_table(
        "ledger_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("intervention_id", sa.Integer(), nullable=True),
        sa.Column("expense", sa.Text(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("version > 0", name="ck_ledger_code_version"),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name="fk_ledger_code_award_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["cost_category.id"], name="fk_ledger_code_category_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name="fk_ledger_code_intervention_id",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", name="uq_ledger_code_code"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_ledger_code_award_id", "ledger_code", ["award_id", "id"], unique=False)
    op.create_index("ix_ledger_code_category_id", "ledger_code", ["category_id", "id"], unique=False)
    op.create_index("ix_ledger_code_intervention_id", "ledger_code", ["intervention_id", "id"], unique=False)
    op.create_table(
        "form_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("evidence_held", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("caveat", sa.Text(), nullable=False),
        sa.CheckConstraint("evidence_held IN (0, 1)", name="ck_form_reading_evidence_held"),
        sa.CheckConstraint("version > 0", name="ck_form_reading_version"),
        sa.ForeignKeyConstraint(
            ["form_id"], ["partner_form.id"], name="fk_form_reading_form_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name="fk_form_reading_indicator_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("form_id", "indicator_id", name="uq_form_reading"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_form_reading_form_id", "form_reading", ["form_id", "id"], unique=False)
    op.create_index("ix_form_reading_indicator_id", "form_reading", ["indicator_id", "id"], unique=False)
    op.create_table(
        "ledger_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("cost_id", sa.Integer(), nullable=True),
        sa.Column("instalment_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_ledger_match_version"),
        sa.ForeignKeyConstraint(
            ["cost_id"], ["cost.id"], name="fk_ledger_match_cost_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["instalment.id"], name="fk_ledger_match_instalment_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["ledger_line.id"], name="fk_ledger_match_line_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_ledger_match_cost_id", "ledger_match", ["cost_id", "id"], unique=False)
    op.create_index("ix_ledger_match_instalment_id", "ledger_match", ["instalment_id", "id"], unique=False)
    op.create_index("ix_ledger_match_line_id", "ledger_match", ["line_id", "id"], unique=False)
    op.add_column("condition", sa.Column("reference", sa.Text(), nullable=True))
    op.create_index("uq_condition_reference", "condition", ["reference"], unique=True)
    op.add_column(
        "cost",
        sa.Column(
            "form_id",
            sa.Integer(),
            sa.ForeignKey("partner_form.id", name="fk_cost_form_id", ondelete="RESTRICT"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column("cost", sa.Column("form_row", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.create_index("ix_cost_form_id", "cost", ["form_id", "id"], unique=False)
    op.add_column(
        "document",
        sa.Column(
            "instalment_id",
            sa.Integer(),
            sa.ForeignKey("instalment.id", name="fk_document_instalment_id", ondelete="RESTRICT"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "document",
        sa.Column(
            "condition_id",
            sa.Integer(),
            sa.ForeignKey("condition.id", name="fk_document_condition_id", ondelete="RESTRICT"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "document",
        sa.Column(
            "reading_id",
            sa.Integer(),
            sa.ForeignKey("reading.id", name="fk_document_reading_id", ondelete="RESTRICT"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "document",
        sa.Column(
            "form_id",
            sa.Integer(),
            sa.ForeignKey("partner_form.id", name="fk_document_form_id", ondelete="RESTRICT"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "document",
        sa.Column(
            "restricted",
            sa.Integer(),
            sa.CheckConstraint("restricted IN (0, 1)", name="ck_document_restricted"),
            server_default=sa.text("0"),
            nullable=False,
        ),
    )
    op.create_index("ix_document_condition_id", "document", ["condition_id", "id"], unique=False)
    op.create_index("ix_document_form_id", "document", ["form_id", "id"], unique=False)
    op.create_index("ix_document_instalment_id", "document", ["instalment_id", "id"], unique=False)
    op.create_index("ix_document_reading_id", "document", ["reading_id", "id"], unique=False)
    op.add_column("reading", sa.Column("reference", sa.Text(), nullable=True))
    op.create_index("uq_reading_reference", "reading", ["reference"], unique=True)
