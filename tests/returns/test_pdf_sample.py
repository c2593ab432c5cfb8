"""A full return to draw, made as the program makes one; the parts beside the money are written out here."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from fundtracker.domain.delivery import Direction
from fundtracker.domain.money import Money, total
from fundtracker.domain.preparation import Provenance, prepare
from fundtracker.domain.snapshot import (
    AssetRow,
    ChangeRow,
    GrantRow,
    IndicatorRow,
    MatchNeed,
    MatchRow,
    MilestoneRow,
    ProgressRow,
    RiskRow,
    Snapshot,
    Underspend,
)
from programme import CAPITAL, RESOURCE, Programme

SEAL = "9f3a" * 16
TITLES = (
    "Op Vigilant: plain-clothes patrols in the night-time economy",
    "Fixed CCTV, Gloucester docks and city centre",
    "Street lighting and alley gates",
    "Bystander training for licensed premises",
    "Theatre in education: “Chelsea's Choice”",
    "Safer Streets co-ordinator and evaluation",
    "Ŵyth llwybr: Welsh-language campaign at the Fferm bus station",
)


def _spending(programme: Programme) -> None:
    """Two returned quarters before, two of the year, one late invoice, one late cost of last year."""
    months = {
        "2023/24 Q3": date(2023, 11, 9),
        "2023/24 Q4": date(2024, 2, 9),
        "2024/25 Q1": date(2024, 5, 9),
        "2024/25 Q2": date(2024, 8, 9),
    }
    ops = [programme.intervenes(title) for title in TITLES]
    for n, op in enumerate(ops):
        for of in (*months, "2024/25 Q3", "2024/25 Q4"):
            programme.plans(op, f"{9000 + 2750 * n}.00", of)
            if n in {1, 2}:
                programme.plans(op, "6000", of, CAPITAL)
    for code, first in months.items():
        for n, op in enumerate(ops):
            for m in range(5 if code == "2024/25 Q2" else 3):
                net = Money(123_456 + 98_765 * n + 7_777 * m)
                programme.spends(
                    op,
                    net,
                    first.replace(day=first.day + m),
                    vat=Money(net.pence // 5),
                    vat_recoverable=m % 2 == 0,
                    ordered_on=first.replace(day=1),
                    invoiced_on=None if m == 4 else first.replace(day=20),
                    paid_on=None if m >= 3 else first.replace(day=28),
                    supplier=("Severn Lighting Ltd", "Cotswold District Council", "Cymdeithas Ŵylan")[m % 3],
                    description="Supply and fitting of redeployable columns, brackets and signs"
                    if m % 2
                    else "Patrol hours",
                    ledger_code=f"SS5-{n:02d}{m:02d}",
                    category_id=programme.equipment.id if n in {1, 2} else programme.staff.id,
                    expense=CAPITAL if n in {1, 2} and m == 1 else RESOURCE,
                )
        if code != "2024/25 Q2":
            programme.submits(programme.begins_return(code))
    programme.spends(
        ops[0], "1875.20", date(2024, 6, 21), adjustment_reason="The June invoice came in August"
    )
    programme.spends(ops[3], "-240", date(2024, 5, 2), adjustment_reason="Credit note for a cancelled course")
    programme.spends(ops[2], "612.45", date(2024, 3, 14), adjustment_reason="Found at the year-end audit")


def money_part() -> Snapshot:
    """The return of 2024/25 Q2 as the program prepares it."""
    programme = Programme()
    for of, resource in (("2023/24", "350000"), ("2024/25", "442950")):
        programme.promises(resource, of)
        programme.promises("48000", of, CAPITAL)
    _spending(programme)
    draft = programme.begins_return("2024/25 Q2")
    return prepare(
        programme.book(),
        draft,
        Provenance(program_version="0.1.0", history_sequence=1204, history_seal=SEAL, draft=True),
    )


def rich(*, draft: bool = True) -> Snapshot:
    """Every part filled, with long and awkward text in it."""
    snapshot = money_part()
    header = replace(
        snapshot.header,
        office="Office of the Police and Crime Commissioner for Gloucestershire",
        office_short="Gloucestershire",
        demonstration="Demonstration: illustrative data, today is 21 October 2024",
        agreement="SSF5/GLO/002 v1.2",
        agreement_version="As varied by SSF5-VAWG-V1 (effective 6 August 2024)",
        project_number="P-0417",
        lead="Office of the Police and Crime Commissioner for Gloucestershire",
        title="Violence against women and girls",
        due_on=date(2024, 10, 31),
        draft=draft,
    )
    spend = tuple(
        replace(
            row,
            reason="Officers were taken for public order in August; the hours are planned again for December and January."
            if n % 2
            else row.reason,
        )
        for n, row in enumerate(snapshot.spend)
    )
    return replace(
        snapshot,
        header=header,
        quarters=tuple(
            replace(q, forecast=Money(14_000_000 + n * 900_000) if n > 1 else Money(0))
            for n, q in enumerate(snapshot.quarters)
        ),
        spend=spend,
        sign_off=replace(
            snapshot.sign_off,
            prepared_by="Safer Streets co-ordinator",
            prepared_on=date(2024, 10, 18),
            checked_by="Head of commissioning",
            checked_on=date(2024, 10, 21),
            signed_by="" if draft else "Chief Finance Officer",
            signed_role="" if draft else "Chief Finance Officer (section 151)",
            signed_on=None if draft else date(2024, 10, 28),
        ),
        underspend=Underspend(
            Money.pounds("61234.56"), "Late delivery of columns", "Move £40,000 to 2025/26", Money(0)
        ),
        **_others(),
    )


def _others() -> dict[str, object]:
    refs = [f"SSF5-VAWG-{n:02d}" for n in range(1, 8)]
    return {
        "match": (
            MatchRow("Gloucester City Council", "Cash", True, "Letter of 3 May 2024", Money(2_500_000), Money(5_000_000)),
            MatchRow("Volunteers", "In kind", False, "412 hours at £12.60", Money(259_560), Money(519_120)),
        ),
        "match_need": MatchNeed(Decimal(20), Money(9_819_000), Money(5_519_120), Money(4_299_880), "T-4: at least 20% of the award"),
        "progress": tuple(
            ProgressRow(
                ref, title, "Under way", ("1 Green", "2 Amber/Green", "3 Amber", "4 Amber/Red", "5 Red")[n % 5], "2 Amber/Green",
                "3 Amber", "3 Amber", "1 Green", "" if n == 6 else "1 Green", ("New", "Same", "Worse", "Better")[n % 4],
                "Supply of goods" if n % 2 else "No delay",
                "Patrols ran on 34 of 36 planned nights; 212 conversations, nine orders given. " * (1 + n % 3),
                "The supplier's factory closed in August" if n == 2 else "",
            )
            for n, (ref, title) in enumerate(zip(refs, TITLES, strict=True))
        ),
        "milestones": tuple(
            MilestoneRow(ref, f"Stage {n + 1}: installed and signed off", date(2024, 6, 30), date(2024, 9, 30) if n % 2 else None,
                         date(2024, 7, 2) if not n % 3 else None, (2 if not n % 3 else 92 if n % 2 else 0))
            for n, ref in enumerate(refs)
        ),
        "outputs": tuple(
            IndicatorRow(ref, f"O-{n:02d}", "Officers and door staff trained to step in", "people", Direction.INCREASE.value, Decimal(0), "",
                         Decimal(400), Decimal(37 + n), Decimal(112 + n), Decimal("28.5"), Decimal(390 + n), bool(n % 2), f"TR/{n}/Q2", "Training register", "Gloucester, Cheltenham", "")
            for n, ref in enumerate(refs)
        ),
        "outcomes": (
            IndicatorRow(refs[0], "C-01", "Recorded sexual offences, night-time economy", "offences a quarter", Direction.REDUCE.value,
                         Decimal("61.5"), "Oct 2022 to Sep 2023", Decimal(50), None, None, None, None, None, "", "Police recorded crime", "E01022290",
                         "Recording may rise as trust in the police improves"),
        ),
        "risks": tuple(
            RiskRow("Whole award" if not n else ref, "Delivery", "Suppliers cannot deliver columns before the winter", 4, 5 - n % 3, 4 * (5 - n % 3),
                    "Two further suppliers on the framework; weekly call", 3, 4 - n % 4, 3 * (4 - n % 4), "Programme manager", "Within three months",
                    date(2023, 11, 1), date(2024, 8, 1) if n > 4 else None)
            for n, ref in enumerate(refs)
        ),
        "changes": (
            ChangeRow("SSF5-VAWG-V1", 1, "Amount", "2024/25, resource", "£480,000", "£442,950", Money.pounds(-37050),
                      "The funder cut every award of the round by the same share; the letter of 30 July is kept as evidence.",
                      "D12-2024", "Commissioner", date(2024, 8, 6), date(2024, 8, 6)),
            ChangeRow("SSF5-VAWG-V1", 1, "Virement", "SSF5-VAWG-02, 2024/25 Q3, resource, Staff", "£12,000", "£8,000", Money.pounds(-4000),
                      "The funder cut every award of the round by the same share; the letter of 30 July is kept as evidence.",
                      "D12-2024", "Commissioner", date(2024, 8, 6), date(2024, 8, 6)),
            ChangeRow("SSF5-VAWG-V2", 2, "Extension", "The agreement", "31 March 2025", "30 June 2025", None, "Columns come late", "", "", None, None),
        ),
        "grants": (
            GrantRow("G-01", "Cotswold District Council", "Cotswold CSP", Money.pounds(50000), Money.pounds(50000), Money.pounds(25000),
                     Money.pounds(25000), Money.pounds("31234.56"), Money.pounds("-6234.56"), "Accepted 12/05/2024", "Outstanding, due 30/09/2024"),
            GrantRow("G-02", "City Safe", "Gloucester City", Money.pounds(46000), Money.pounds(30000), Money.pounds(46000),
                     Money(0), Money.pounds(40000), Money.pounds(6000), "Not asked for", "Received 01/07/2024, not yet accepted"),
        ),
        "assets": (
            AssetRow(refs[1], date(2024, 2, 9), "Redeployable camera, 4K", Money.pounds(11250), "Depot, Gloucester", "SN-0009921-A",
                     "None", None, "Straight line, five years", None, ""),
        ),
        "asset_threshold": Money.pounds(10000),
    }  # fmt: skip


def test_the_sample_is_a_return_that_ties() -> None:
    snapshot = rich()
    assert [row.difference for row in snapshot.controls] == [Money(0)] * 8
    assert total(row.this_quarter for row in snapshot.spend) == snapshot.cash.this_quarter
    assert {row.part for row in snapshot.costs} == {
        "Earlier return",
        "This quarter",
        "Adjustment",
        "Earlier year",
    }
