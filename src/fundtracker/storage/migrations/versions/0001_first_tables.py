"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "cost_category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_cost_category_version"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", name="uq_cost_category_name"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "cost_summary",
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("net", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("award_id", "quarter", "expense"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("seal", name="uq_entry_seal"),
        sqlite_strict=True,
    )
    op.create_table(
        "fund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("funder", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_fund_version"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", name="uq_fund_code"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "intervention_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_intervention_type_version"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", name="uq_intervention_type_name"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("today", sa.Text(), nullable=True),
        sa.CheckConstraint("version > 0", name="ck_office_version"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", name="uq_office_name"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_organisation_version"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name", name="uq_organisation_name"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "priority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_priority_version"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", name="uq_priority_code"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_seq", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_seq"], ["entry.seq"], name="fk_change_entry_seq", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_change_entry_seq", "change", ["entry_seq"], unique=False)
    op.create_table(
        "funding_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Text(), nullable=True),
        sa.Column("closes_on", sa.Text(), nullable=True),
        sa.Column("delivery_from", sa.Text(), nullable=False),
        sa.Column("delivery_to", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_funding_round_version"),
        sa.ForeignKeyConstraint(
            ["fund_id"], ["fund.id"], name="fk_funding_round_fund_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", name="uq_funding_round_code"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_funding_round_fund_id", "funding_round", ["fund_id", "id"], unique=False)
    op.create_table(
        "open_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_open_entry_one"),
        sa.CheckConstraint("length(trim(actor)) > 0", name="ck_open_entry_actor"),
        sa.ForeignKeyConstraint(
            ["seq"], ["entry.seq"], name="fk_open_entry_seq", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_table(
        "partnership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("accountable_body_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_partnership_version"),
        sa.ForeignKeyConstraint(
            ["accountable_body_id"],
            ["organisation.id"],
            name="fk_partnership_accountable_body_id",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", name="uq_partnership_code"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_partnership_accountable_body_id", "partnership", ["accountable_body_id", "id"], unique=False
    )
    op.create_table(
        "bid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("match_offered", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Text(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_bid_version"),
        sa.ForeignKeyConstraint(["lead_id"], ["organisation.id"], name="fk_bid_lead_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["funding_round.id"], name="fk_bid_round_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_bid_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_bid_lead_id", "bid", ["lead_id", "id"], unique=False)
    op.create_index("ix_bid_round_id", "bid", ["round_id", "id"], unique=False)
    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("recipient_id", sa.Integer(), nullable=False),
        sa.Column("partnership_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_grant_version"),
        sa.ForeignKeyConstraint(
            ["partnership_id"], ["partnership.id"], name="fk_grant_partnership_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["recipient_id"], ["organisation.id"], name="fk_grant_recipient_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_grant_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_grant_partnership_id", "grant", ["partnership_id", "id"], unique=False)
    op.create_index("ix_grant_recipient_id", "grant", ["recipient_id", "id"], unique=False)
    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("project_number", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_award_version"),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name="fk_award_bid_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_award_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_award_bid_id", "award", ["bid_id", "id"], unique=False)
    op.create_table(
        "bid_amount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("bid_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_bid_amount_version"),
        sa.ForeignKeyConstraint(["bid_id"], ["bid.id"], name="fk_bid_amount_bid_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("bid_id", "year", "expense", name="uq_bid_amount"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_bid_amount_bid_id", "bid_amount", ["bid_id", "id"], unique=False)
    op.create_table(
        "instalment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Text(), nullable=True),
        sa.CheckConstraint("version > 0", name="ck_instalment_version"),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grant.id"], name="fk_instalment_grant_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_instalment_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_instalment_grant_id", "instalment", ["grant_id", "id"], unique=False)
    op.create_table(
        "award_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_award_line_version"),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name="fk_award_line_award_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("award_id", "year", "expense", name="uq_award_line"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_award_line_award_id", "award_line", ["award_id", "id"], unique=False)
    op.create_table(
        "condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("instalment_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("accepted_on", sa.Text(), nullable=True),
        sa.CheckConstraint("version > 0", name="ck_condition_version"),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grant.id"], name="fk_condition_grant_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["instalment_id"], ["instalment.id"], name="fk_condition_instalment_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_condition_grant_id", "condition", ["grant_id", "id"], unique=False)
    op.create_index("ix_condition_instalment_id", "condition", ["instalment_id", "id"], unique=False)
    op.create_table(
        "funder_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("earlier_years", sa.Integer(), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("prepared_on", sa.Text(), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Text(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_role", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Text(), nullable=True),
        sa.Column("submitted_on", sa.Text(), nullable=True),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("underspend_cause", sa.Text(), nullable=False),
        sa.Column("underspend_request", sa.Text(), nullable=False),
        sa.Column("surrendered", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_funder_return_version"),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name="fk_funder_return_award_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("award_id", "quarter", name="uq_funder_return"),
        sa.UniqueConstraint("reference", name="uq_funder_return_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_funder_return_award_id", "funder_return", ["award_id", "id"], unique=False)
    op.create_table(
        "intervention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("priorities", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("site_detail", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_intervention_version"),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name="fk_intervention_award_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["organisation.id"], name="fk_intervention_lead_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["type_id"], ["intervention_type.id"], name="fk_intervention_type_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_intervention_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_intervention_award_id", "intervention", ["award_id", "id"], unique=False)
    op.create_index("ix_intervention_lead_id", "intervention", ["lead_id", "id"], unique=False)
    op.create_index("ix_intervention_type_id", "intervention", ["type_id", "id"], unique=False)
    op.create_table(
        "match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("secured", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("secured IN (0, 1)", name="ck_match_secured"),
        sa.CheckConstraint("version > 0", name="ck_match_version"),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name="fk_match_award_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_match_award_id", "match", ["award_id", "id"], unique=False)
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("year", sa.Text(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_term_version"),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name="fk_term_award_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name="fk_term_grant_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["funding_round.id"], name="fk_term_round_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_term_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_term_award_id", "term", ["award_id", "id"], unique=False)
    op.create_index("ix_term_grant_id", "term", ["grant_id", "id"], unique=False)
    op.create_index("ix_term_round_id", "term", ["round_id", "id"], unique=False)
    op.create_table(
        "variation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decision_reference", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Text(), nullable=True),
        sa.Column("effective_on", sa.Text(), nullable=True),
        sa.Column("year_end_consent", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_variation_version"),
        sa.ForeignKeyConstraint(
            ["award_id"], ["award.id"], name="fk_variation_award_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grant.id"], name="fk_variation_grant_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_variation_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_variation_award_id", "variation", ["award_id", "id"], unique=False)
    op.create_index("ix_variation_grant_id", "variation", ["grant_id", "id"], unique=False)
    op.create_table(
        "asset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("bought_on", sa.Text(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("serial_number", sa.Text(), nullable=False),
        sa.Column("title_deeds", sa.Text(), nullable=False),
        sa.Column("disposed_on", sa.Text(), nullable=True),
        sa.Column("depreciation", sa.Text(), nullable=False),
        sa.Column("proceeds", sa.Integer(), nullable=True),
        sa.Column("transferee", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_asset_version"),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name="fk_asset_intervention_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_asset_intervention_id", "asset", ["intervention_id", "id"], unique=False)
    op.create_table(
        "cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("invoice_number", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("ordered_on", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("invoiced_on", sa.Text(), nullable=True),
        sa.Column("paid_on", sa.Text(), nullable=True),
        sa.Column("net", sa.Integer(), nullable=False),
        sa.Column("vat", sa.Integer(), nullable=False),
        sa.Column("vat_recoverable", sa.Integer(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("ledger_code", sa.Text(), nullable=False),
        sa.Column("accepted_on", sa.Text(), nullable=True),
        sa.Column("reversal_of", sa.Integer(), nullable=True),
        sa.Column("adjustment_reason", sa.Text(), nullable=False),
        sa.Column("duplicate_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("vat_recoverable IN (0, 1)", name="ck_cost_vat_recoverable"),
        sa.CheckConstraint("version > 0", name="ck_cost_version"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["cost_category.id"], name="fk_cost_category_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name="fk_cost_grant_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name="fk_cost_intervention_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["reversal_of"], ["cost.id"], name="fk_cost_reversal_of", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_cost_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_cost_category_id", "cost", ["category_id", "id"], unique=False)
    op.create_index("ix_cost_grant_id", "cost", ["grant_id", "id"], unique=False)
    op.create_index("ix_cost_intervention_id", "cost", ["intervention_id", "id"], unique=False)
    op.create_index("ix_cost_reversal_of", "cost", ["reversal_of", "id"], unique=False)
    op.create_table(
        "forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_forecast_version"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["cost_category.id"], name="fk_forecast_category_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name="fk_forecast_intervention_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["funder_return.id"], name="fk_forecast_return_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "return_id", "intervention_id", "quarter", "expense", "category_id", name="uq_forecast"
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_forecast_category_id", "forecast", ["category_id", "id"], unique=False)
    op.create_index("ix_forecast_intervention_id", "forecast", ["intervention_id", "id"], unique=False)
    op.create_index("ix_forecast_return_id", "forecast", ["return_id", "id"], unique=False)
    op.create_table(
        "frozen_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_version", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["funder_return.id"], name="fk_frozen_return_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_table(
        "grant_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_grant_source_version"),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["grant.id"], name="fk_grant_source_grant_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name="fk_grant_source_intervention_id",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("grant_id", "intervention_id", "year", name="uq_grant_source"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_grant_source_grant_id", "grant_source", ["grant_id", "id"], unique=False)
    op.create_index(
        "ix_grant_source_intervention_id", "grant_source", ["intervention_id", "id"], unique=False
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Integer(), nullable=False),
        sa.Column("baseline_period", sa.Text(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_indicator_version"),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name="fk_indicator_intervention_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference", name="uq_indicator_reference"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_indicator_intervention_id", "indicator", ["intervention_id", "id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("baseline_on", sa.Text(), nullable=False),
        sa.Column("forecast_on", sa.Text(), nullable=True),
        sa.Column("actual_on", sa.Text(), nullable=True),
        sa.CheckConstraint("version > 0", name="ck_milestone_version"),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name="fk_milestone_intervention_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_milestone_intervention_id", "milestone", ["intervention_id", "id"], unique=False)
    op.create_table(
        "profile_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_profile_line_version"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["cost_category.id"], name="fk_profile_line_category_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name="fk_profile_line_intervention_id",
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("intervention_id", "quarter", "expense", "category_id", name="uq_profile_line"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_profile_line_category_id", "profile_line", ["category_id", "id"], unique=False)
    op.create_index(
        "ix_profile_line_intervention_id", "profile_line", ["intervention_id", "id"], unique=False
    )
    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("spend", sa.Text(), nullable=False),
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("delay_cause", sa.Text(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("worse_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_progress_version"),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name="fk_progress_intervention_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("intervention_id", "quarter", name="uq_progress"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_progress_intervention_id", "progress", ["intervention_id", "id"], unique=False)
    op.create_table(
        "risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("impact_before", sa.Integer(), nullable=False),
        sa.Column("likelihood_before", sa.Integer(), nullable=False),
        sa.Column("mitigation", sa.Text(), nullable=False),
        sa.Column("impact_after", sa.Integer(), nullable=False),
        sa.Column("likelihood_after", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("proximity", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.CheckConstraint("version > 0", name="ck_risk_version"),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name="fk_risk_award_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["intervention.id"], name="fk_risk_intervention_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_risk_award_id", "risk", ["award_id", "id"], unique=False)
    op.create_index("ix_risk_intervention_id", "risk", ["intervention_id", "id"], unique=False)
    op.create_table(
        "variance_reason",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_variance_reason_version"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["cost_category.id"], name="fk_variance_reason_category_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name="fk_variance_reason_intervention_id",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["funder_return.id"], name="fk_variance_reason_return_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "return_id", "intervention_id", "expense", "category_id", name="uq_variance_reason"
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_variance_reason_category_id", "variance_reason", ["category_id", "id"], unique=False)
    op.create_index(
        "ix_variance_reason_intervention_id", "variance_reason", ["intervention_id", "id"], unique=False
    )
    op.create_index("ix_variance_reason_return_id", "variance_reason", ["return_id", "id"], unique=False)
    op.create_table(
        "variation_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("variation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Text(), nullable=True),
        sa.Column("expense", sa.Text(), nullable=True),
        sa.Column("intervention_id", sa.Integer(), nullable=True),
        sa.Column("quarter", sa.Text(), nullable=True),
        sa.Column("category_id", sa.Integer(), nullable=True),
        sa.Column("old_amount", sa.Integer(), nullable=True),
        sa.Column("new_amount", sa.Integer(), nullable=True),
        sa.Column("old_date", sa.Text(), nullable=True),
        sa.Column("new_date", sa.Text(), nullable=True),
        sa.Column("old_text", sa.Text(), nullable=False),
        sa.Column("new_text", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_variation_change_version"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["cost_category.id"], name="fk_variation_change_category_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name="fk_variation_change_intervention_id",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["variation_id"], ["variation.id"], name="fk_variation_change_variation_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        "ix_variation_change_category_id", "variation_change", ["category_id", "id"], unique=False
    )
    op.create_index(
        "ix_variation_change_intervention_id", "variation_change", ["intervention_id", "id"], unique=False
    )
    op.create_index(
        "ix_variation_change_variation_id", "variation_change", ["variation_id", "id"], unique=False
    )
    op.create_table(
        "waiver",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=False),
        sa.Column("decision_reference", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_waiver_version"),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name="fk_waiver_term_id", ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_waiver_term_id", "waiver", ["term_id", "id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("cost_id", sa.Integer(), nullable=True),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("variation_id", sa.Integer(), nullable=True),
        sa.Column("return_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_document_version"),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name="fk_document_award_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["cost_id"], ["cost.id"], name="fk_document_cost_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name="fk_document_grant_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["return_id"], ["funder_return.id"], name="fk_document_return_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["variation_id"], ["variation.id"], name="fk_document_variation_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_document_award_id", "document", ["award_id", "id"], unique=False)
    op.create_index("ix_document_cost_id", "document", ["cost_id", "id"], unique=False)
    op.create_index("ix_document_grant_id", "document", ["grant_id", "id"], unique=False)
    op.create_index("ix_document_return_id", "document", ["return_id", "id"], unique=False)
    op.create_index("ix_document_variation_id", "document", ["variation_id", "id"], unique=False)
    op.create_table(
        "frozen_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["return_id"], ["frozen_return.id"], name="fk_frozen_file_return_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_frozen_file_return_id", "frozen_file", ["return_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("evidence_held", sa.Integer(), nullable=False),
        sa.Column("caveat", sa.Text(), nullable=False),
        sa.CheckConstraint("evidence_held IN (0, 1)", name="ck_reading_evidence_held"),
        sa.CheckConstraint("version > 0", name="ck_reading_version"),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name="fk_reading_indicator_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("indicator_id", "quarter", name="uq_reading"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_reading_indicator_id", "reading", ["indicator_id", "id"], unique=False)
    op.create_table(
        "return_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("cost_id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("expense", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("version > 0", name="ck_return_line_version"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["cost_category.id"], name="fk_return_line_category_id", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["cost_id"], ["cost.id"], name="fk_return_line_cost_id", ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["intervention.id"],
            name="fk_return_line_intervention_id",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["funder_return.id"], name="fk_return_line_return_id", ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index("ix_return_line_category_id", "return_line", ["category_id", "id"], unique=False)
    op.create_index("ix_return_line_cost_id", "return_line", ["cost_id", "id"], unique=False)
    op.create_index("ix_return_line_intervention_id", "return_line", ["intervention_id", "id"], unique=False)
    op.create_index("ix_return_line_return_id", "return_line", ["return_id", "id"], unique=False)
