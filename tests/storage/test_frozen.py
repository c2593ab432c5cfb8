"""What a submitted return rests on can't be changed underneath it by any path: raw SQL inside an open entry included."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from filing import filed, stamp
from fundtracker.domain.columns import columns
from fundtracker.domain.problems import Refused
from fundtracker.domain.returns import FunderReturn
from fundtracker.storage import frozen
from fundtracker.storage.database import Database
from fundtracker.storage.journal import head, transaction
from fundtracker.storage.verify import verify
from one_of_each import one_of_each

FROZEN = "A submitted return is frozen: a correction goes into the next return."
NOT_REMOVED = "A submitted return is frozen and can't be removed."
BELONGS = "This belongs to a submitted return, which is frozen."
KEPT = "What a submitted return said is kept as it was."
AWARD = (
    "A submitted return rests on this award: record a variation instead of changing what was first agreed."
)
PROFILE = "A submitted return rests on this profile: record a variation that re-profiles instead of changing what was first agreed."
PROGRESS = "This quarter's return is submitted: its progress report is frozen."
MATCH = "This quarter's return is submitted: its match is frozen."
READINGS = "This quarter's return is submitted: its readings are frozen."
SLIPPED = "A submitted return rests on the award as it stood then"
VARIATION = "A submitted return rests on this approved variation: record a further variation instead."
MOVED = "A submitted return rests on this intervention: it stays with its award."

# What the funder does moves on after submission; everything else a return says is fixed.
MOVING = {"state", "query", "received", "received_on"}
FIXED = {
    "award_id": "2",
    "quarter": "'2024-25-Q1'",
    "reference": "'Other'",
    "due_on": "'2024-02-01'",
    "claim": "claim + 1",
    "earlier_years": "1",
    "prepared_by": "'Somebody'",
    "prepared_on": "NULL",
    "checked_by": "'Somebody'",
    "checked_on": "NULL",
    "signed_by": "'Somebody'",
    "signed_role": "'Clerk'",
    "signed_on": "'2024-01-20'",
    "submitted_on": "'2024-01-01'",
    "underspend_cause": "'Other'",
    "underspend_request": "'Other'",
    "surrendered": "1",
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with filed(tmp_path / "one.fundtracker") as workspace:
        # A second award, free of returns, with its own intervention and variation to move things to and from.
        with transaction(workspace.database, stamp()) as tx:
            for sql in (
                "INSERT INTO award SELECT 2, 1, bid_id, 'SSF5-ASB', agreement, project_number, starts_on, ends_on, status, agreed_on, note FROM award",
                "INSERT INTO intervention SELECT 2, 1, 2, 'SSF5-ASB-01', title, type_id, theme, priorities, lead_id, district, status, starts_on, ends_on, note, site_detail FROM intervention",
                "INSERT INTO intervention SELECT 3, 1, 1, 'SSF5-VAWG-09', title, type_id, theme, priorities, lead_id, district, status, starts_on, ends_on, note, site_detail FROM intervention WHERE id = 1",
                "INSERT INTO award_line SELECT 3, 1, 2, year, expense, amount FROM award_line WHERE id = 1",
                "INSERT INTO profile_line SELECT 2, 1, 2, quarter, expense, category_id, amount FROM profile_line",
                (
                    "INSERT INTO progress (id, version, intervention_id, quarter, status, delivery, spend, risk, delay_cause, narrative, worse_reason)"
                    " SELECT 2, 1, 1, '2023-24-Q4', status, delivery, spend, risk, delay_cause, narrative, worse_reason FROM progress"
                ),
                (
                    "INSERT INTO variation (id, version, reference, award_id, number, reason, decision_reference, approved_by, approved_on, effective_on, year_end_consent)"
                    " VALUES (2, 1, 'V2', 1, 2, 'Later', '', 'Commissioner', '2024-03-01', '2024-03-01', ''),"
                    " (3, 1, 'V3', 1, 3, 'Proposed', '', '', NULL, NULL, ''), (4, 1, 'V4', 1, 4, 'Effective later', '', 'Commissioner', '2024-01-10', '2024-04-01', '')"
                ),
                (
                    "INSERT INTO variation_change (id, version, variation_id, kind, year, expense, old_amount, new_amount, old_text, new_text)"
                    " SELECT 10 + variation.id, 1, variation.id, 'Amount', '2024/25', 'Resource', 0, 100, '', '' FROM variation WHERE id > 1"
                ),
                *(
                    f"INSERT INTO indicator SELECT {number}, 1, intervention_id, 'IND-{number}', title, '{measures}', unit, direction, baseline, baseline_period, target, source, place FROM indicator WHERE id = 1"
                    for number, measures in ((2, "Output"), (3, "Outcome"))
                ),
            ):
                tx.connection.execute(sql)
        yield workspace.database


def test_every_field_of_a_return_is_either_fixed_or_moves() -> None:
    """A field added to the record is decided about here."""
    assert {each.name for each in columns(FunderReturn)} == MOVING | FIXED.keys()


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        *(
            (f"UPDATE funder_return SET {name} = {value} WHERE id = 1", FROZEN)
            for name, value in FIXED.items()
        ),
        ("UPDATE funder_return SET state = 'Draft' WHERE id = 1", FROZEN),
        ("UPDATE funder_return SET state = 'With CFO' WHERE id = 1", FROZEN),
        ("UPDATE funder_return SET state = 'Submitted!' WHERE id = 1", FROZEN),
        ("INSERT OR REPLACE INTO funder_return SELECT * FROM funder_return WHERE id = 1", NOT_REMOVED),
        ("DELETE FROM funder_return WHERE id = 1", NOT_REMOVED),
        ("UPDATE return_line SET amount = amount + 1", BELONGS),
        ("UPDATE return_line SET return_id = 2", BELONGS),
        ("DELETE FROM return_line", BELONGS),
        (
            "INSERT INTO return_line SELECT 9, 1, 1, cost_id, intervention_id, quarter, expense, category_id, 5, '' FROM return_line",
            BELONGS,
        ),
        ("INSERT OR REPLACE INTO return_line SELECT * FROM return_line", BELONGS),
        ("UPDATE variance_reason SET reason = 'Other'", BELONGS),
        ("DELETE FROM variance_reason", BELONGS),
        ("INSERT INTO variance_reason VALUES (9, 1, 1, 1, 'Capital', 1, 'Other')", BELONGS),
        ("UPDATE forecast SET amount = 1", BELONGS),
        ("UPDATE forecast SET return_id = 2", BELONGS),
        ("DELETE FROM forecast", BELONGS),
        ("INSERT INTO forecast VALUES (9, 1, 1, 1, '2024-25-Q1', 'Resource', 1, 5)", BELONGS),
        ("UPDATE frozen_return SET snapshot = '{}'", KEPT),
        ("UPDATE frozen_return SET sha256 = 'x'", KEPT),
        ("DELETE FROM frozen_return", KEPT),
        ("UPDATE frozen_file SET content = x'00'", KEPT),
        ("UPDATE frozen_file SET name = 'other.xlsx'", KEPT),
        ("DELETE FROM frozen_file", KEPT),
        ("INSERT INTO frozen_file VALUES (9, 1, 'another.xlsx', 'x', x'00')", KEPT),
        ("INSERT OR REPLACE INTO frozen_return SELECT * FROM frozen_return", KEPT),
        ("UPDATE award_line SET amount = amount + 1 WHERE id = 1", AWARD),
        ("UPDATE award_line SET award_id = 2 WHERE id = 1", AWARD),
        ("UPDATE award_line SET award_id = 1, year = '2025/26' WHERE id = 3", AWARD),
        ("DELETE FROM award_line WHERE id = 2", AWARD),
        ("INSERT INTO award_line VALUES (9, 1, 1, '2025/26', 'Resource', 5)", AWARD),
        ("UPDATE profile_line SET amount = amount + 1 WHERE id = 1", PROFILE),
        ("UPDATE profile_line SET intervention_id = 2, quarter = '2024-25-Q2' WHERE id = 1", PROFILE),
        ("UPDATE profile_line SET intervention_id = 1, quarter = '2024-25-Q2' WHERE id = 2", PROFILE),
        ("DELETE FROM profile_line WHERE id = 1", PROFILE),
        ("INSERT INTO profile_line VALUES (9, 1, 1, '2024-25-Q4', 'Capital', 1, 5)", PROFILE),
        ("UPDATE progress SET narrative = 'Other' WHERE id = 1", PROGRESS),
        ("UPDATE progress SET quarter = '2024-25-Q1' WHERE id = 1", PROGRESS),
        ("DELETE FROM progress WHERE id = 1", PROGRESS),
        (
            "INSERT INTO progress SELECT 9, 1, 3, quarter, status, delivery, spend, risk, delay_cause, narrative, worse_reason FROM progress WHERE id = 1",
            PROGRESS,
        ),
        ("UPDATE progress SET intervention_id = 3, quarter = '2023-24-Q3' WHERE id = 2", PROGRESS),
        ("UPDATE variation SET approved_on = NULL WHERE id = 1", VARIATION),
        ("UPDATE variation SET effective_on = '2024-06-01' WHERE id = 1", VARIATION),
        ("UPDATE variation SET award_id = 2 WHERE id = 1", VARIATION),
        ("DELETE FROM variation WHERE id = 1", VARIATION),
        ("UPDATE variation_change SET new_amount = 1 WHERE id = 1", VARIATION),
        ("UPDATE variation_change SET variation_id = 3 WHERE id = 1", VARIATION),
        ("UPDATE variation_change SET variation_id = 1 WHERE id = 13", VARIATION),
        ("DELETE FROM variation_change WHERE id = 1", VARIATION),
        (
            "INSERT INTO variation_change (id, version, variation_id, kind, old_text, new_text) VALUES (9, 1, 1, 'Scope', '', 'x')",
            VARIATION,
        ),
        # the award as the return took it
        (
            "UPDATE variation SET approved_on = '2023-12-01', effective_on = '2023-12-01' WHERE id = 3",
            SLIPPED,
        ),
        ("UPDATE variation SET effective_on = '2023-12-01' WHERE id = 4", SLIPPED),
        (
            "INSERT INTO variation SELECT 9, 1, 'V9', 1, NULL, 9, 'Slipped in', '', 'Commissioner', '2023-12-01', '2023-12-01', ''",
            SLIPPED,
        ),
        # what its quarter said beside the money
        ('UPDATE "match" SET amount = amount + 1', MATCH),
        ("UPDATE \"match\" SET quarter = '2024-25-Q1'", MATCH),
        ('DELETE FROM "match"', MATCH),
        (
            'INSERT INTO "match" (id, version, award_id, source, kind, quarter, amount) SELECT 9, 1, 1, \'Other\', kind, quarter, 5 FROM "match"',
            MATCH,
        ),
        ("UPDATE reading SET value = value + 1 WHERE id = 1", READINGS),
        ("UPDATE reading SET quarter = '2024-25-Q1' WHERE id = 1", READINGS),
        ("DELETE FROM reading WHERE id = 1", READINGS),
        (
            "INSERT INTO reading (id, version, indicator_id, quarter, value) VALUES (9, 1, 2, '2023-24-Q3', 5)",
            READINGS,
        ),
        ("UPDATE intervention SET award_id = 2 WHERE id = 1", MOVED),
        ("UPDATE intervention SET award_id = 1 WHERE id = 2", MOVED),
    ],
)
def test_raw_sql_is_refused_in_plain_words(database: Database, sql: str, message: str) -> None:
    with pytest.raises(Refused) as refused, transaction(database, stamp()) as tx:
        tx.connection.execute(sql)
    assert str(refused.value).startswith(message)
    with database.reader() as conn:
        assert verify(conn) == ()


@pytest.mark.parametrize("state", ["Queried", "Accepted", "Paid"])
def test_it_stays_frozen_in_every_later_state(database: Database, state: str) -> None:
    with transaction(database, stamp()) as tx:
        tx.connection.execute("UPDATE funder_return SET state = ? WHERE id = 1", (state,))
    for sql, message in (
        ("UPDATE funder_return SET claim = 0 WHERE id = 1", FROZEN),
        ("DELETE FROM return_line", BELONGS),
        ("UPDATE award_line SET amount = 0 WHERE id = 1", AWARD),
        ("UPDATE profile_line SET amount = 0 WHERE id = 1", PROFILE),
        ("DELETE FROM progress WHERE id = 1", PROGRESS),
        ("DELETE FROM variation_change WHERE id = 1", VARIATION),
    ):
        with pytest.raises(Refused) as refused, transaction(database, stamp()) as tx:
            tx.connection.execute(sql)
        assert str(refused.value) == message


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE funder_return SET state = 'Queried', query = 'Why is equipment early?' WHERE id = 1",
        "UPDATE funder_return SET state = 'Accepted' WHERE id = 1",
        "UPDATE funder_return SET state = 'Paid', received = claim, received_on = '2024-02-20' WHERE id = 1",
        # the draft, and what belongs to it
        "UPDATE funder_return SET prepared_by = 'Somebody', due_on = NULL WHERE id = 2",
        "INSERT INTO variance_reason VALUES (9, 1, 2, 1, 'Resource', 1, 'Other')",
        "INSERT INTO forecast VALUES (9, 1, 2, 1, '2024-25-Q1', 'Resource', 1, 5)",
        "DELETE FROM funder_return WHERE id = 2",
        # the ledger: late changes stand in the next return
        "UPDATE cost SET net = net + 1 WHERE id = 1",
        "UPDATE intervention SET title = 'New title', status = 'Complete' WHERE id = 1",
        # another award, another quarter
        "UPDATE award_line SET amount = 7 WHERE id = 3",
        "DELETE FROM profile_line WHERE id = 2",
        "UPDATE progress SET narrative = 'Other' WHERE id = 2",
        "INSERT INTO progress SELECT 9, 1, 2, quarter, status, delivery, spend, risk, delay_cause, narrative, worse_reason FROM progress WHERE id = 1",
        # variations proposed, approved after the return, or effective after it
        "UPDATE variation SET number = 5 WHERE id IN (2, 3, 4)",
        "UPDATE variation_change SET new_amount = 7 WHERE variation_id IN (2, 3, 4)",
        "DELETE FROM variation_change WHERE variation_id = 2",
        "UPDATE variation SET approved_on = '2024-02-01', effective_on = '2023-12-01' WHERE id = 3",
        "UPDATE \"match\" SET secured = 1, basis = 'Letter of 2 March'",
        # the open quarter's match and readings, and an outcome that became known later
        "INSERT INTO \"match\" (id, version, award_id, source, kind, secured, basis, quarter, amount) SELECT 9, 1, 1, 'Other', kind, secured, basis, '2023-24-Q4', -5 FROM \"match\"",
        "INSERT INTO reading (id, version, indicator_id, quarter, value, evidence_held, caveat) VALUES (9, 1, 1, '2023-24-Q4', 5, 0, '')",
        "INSERT INTO reading (id, version, indicator_id, quarter, value, evidence_held, caveat) VALUES (9, 1, 3, '2023-24-Q3', 5, 0, '')",
    ],
)
def test_what_must_go_on_goes_on(database: Database, sql: str) -> None:
    with transaction(database, stamp()) as tx:
        assert tx.connection.execute(sql).rowcount > 0
    with database.reader() as conn:
        assert verify(conn) == ()


def test_what_a_return_without_its_day_used_is_frozen_whenever_it_was_approved(tmp_path: Path) -> None:
    """Nobody knows what was in force on that day: all that is approved stays. What is only proposed can still be changed."""
    undated = [
        replace(each, submitted_on=None) if isinstance(each, FunderReturn) else each for each in one_of_each()
    ]
    with filed(tmp_path / "one.fundtracker", undated) as workspace:
        database = workspace.database
        for sql in (
            "UPDATE variation SET approved_on = NULL",
            "DELETE FROM variation",
            "UPDATE variation_change SET new_amount = 1",
        ):
            with pytest.raises(Refused, match=VARIATION), transaction(database, stamp()) as tx:
                tx.connection.execute(sql)
        with transaction(database, stamp()) as tx:
            tx.connection.execute(
                "INSERT INTO variation (id, version, reference, award_id, number, reason, decision_reference, approved_by, year_end_consent)"
                " VALUES (2, 1, 'V2', 1, 2, 'Later', '', '', '')"
            )
            tx.connection.execute("UPDATE variation SET approved_on = '2030-01-01' WHERE id = 2")


def test_a_document_is_kept_only_with_the_submission_itself(database: Database) -> None:
    """A return sent before the file was begun has no document, and none can be slipped in later."""
    with transaction(database, stamp()) as tx:
        tx.connection.execute("UPDATE funder_return SET state = 'Submitted' WHERE id = 2")
    with pytest.raises(Refused, match="kept as it was"), transaction(database, stamp()) as tx:
        frozen.keep(
            tx.connection,
            return_id=2,
            form_version="1",
            text="{}",
            sha256=hashlib.sha256(b"{}").hexdigest(),
            head=head(tx.connection),
            files=[],
        )


def test_what_was_kept_comes_back_byte_for_byte(database: Database) -> None:
    content = bytes(range(256)) * 100
    with transaction(database, stamp()) as tx:
        tx.connection.execute("UPDATE funder_return SET state = 'Submitted' WHERE id = 2")
        frozen.keep(
            tx.connection,
            return_id=2,
            form_version="1",
            text='{"é":1}',
            sha256=hashlib.sha256('{"é":1}'.encode()).hexdigest(),
            head=head(tx.connection),
            files=[frozen.FrozenFile.of("a.xlsx", content), frozen.FrozenFile.of("a.pdf", b"")],
        )
    with database.reader() as conn:
        assert frozen.snapshot_text(conn, 2) == '{"é":1}'
        assert [(each.name, each.content) for each in frozen.files(conn, 2)] == [
            ("a.xlsx", content),
            ("a.pdf", b""),
        ]
        assert frozen.snapshot_text(conn, 99) is None
        assert frozen.files(conn, 99) == ()
        assert verify(conn) == ()
