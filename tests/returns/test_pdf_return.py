"""A return as a PDF, read back with pypdf: every figure is there, every part, and nothing that was not said."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from fundtracker.domain.money import Money, total
from fundtracker.domain.preparation import Provenance, prepare
from fundtracker.domain.snapshot import MilestoneRow, Snapshot
from fundtracker.domain.snapshot_text import canonical, fingerprint
from fundtracker.returns.pdf import write_pdf
from programme import Programme
from returns.test_pdf_sample import SEAL, rich

PARTS = ["Cover", "Summary", "Spend", "Costs", "Match", "Delivery", "Outputs", "Outcomes", "Risks", "Changes", "Onward grants", "Assets", "Underspend", "Checks"]  # fmt: skip


def reader_of(snapshot: Snapshot, path: Path) -> PdfReader:
    write_pdf(snapshot, path)
    return PdfReader(path)


def text_of(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def words_of(reader: PdfReader) -> str:
    return " ".join(text_of(reader).split())


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    return reader_of(rich(), tmp_path_factory.mktemp("return") / "draft.pdf")


def section(reader: PdfReader, title: str) -> str:
    """The text of the pages from a part's bookmark to the next part's."""
    starts = {
        str(each.title): reader.get_destination_page_number(each)
        for each in reader.outline
        if not isinstance(each, list)
    }
    following = [starts[name] for name in PARTS[PARTS.index(title) + 1 :]]
    first, last = starts[title], following[0] if following else len(reader.pages) - 1
    assert first is not None
    assert last is not None
    return "\n".join(reader.pages[n].extract_text() for n in range(first, last + 1))


def test_every_figure_of_the_summary_is_printed(draft: PdfReader) -> None:
    snapshot = rich()
    printed = section(draft, "Summary").split()
    figures = [getattr(snapshot.cash, name) for name in snapshot.cash.__slots__]
    for row in snapshot.years:
        figures += [row.original, row.awarded, row.profile, row.spent, row.outturn, row.variance, row.left]
    for row in snapshot.quarters:
        figures += [row.original, row.current, row.spent, row.forecast]
    assert [each.shown for each in figures if each and each.shown not in printed] == []


def test_every_spend_row_is_printed_figure_by_figure_in_order(draft: PdfReader) -> None:
    snapshot = rich()
    text = " ".join(section(draft, "Spend").split())
    place = 0
    for row in snapshot.spend:
        amounts = (row.original, row.current, row.claimed_before, row.this_quarter, row.accrued, row.adjustments, row.to_date, *row.forecasts, row.outturn, row.variance)  # fmt: skip
        line = [f"{row.expense}, {row.category}", *(each.shown if each else "–" for each in amounts)]
        place = text.index(" ".join(line), place) + 1
    sums = (
        total(getattr(row, name) for row in snapshot.spend)
        for name in (
            "original",
            "current",
            "claimed_before",
            "this_quarter",
            "accrued",
            "adjustments",
            "to_date",
        )
    )
    assert " ".join(["Total", *(each.shown for each in sums)]) in text[place:]


def test_what_is_on_order_stands_before_the_reason_where_there_is_any(
    draft: PdfReader, tmp_path: Path
) -> None:
    snapshot = rich()
    first, second, *others = snapshot.spend
    spend = (replace(first, ordered=Money(7_277_07)), replace(second, ordered=Money(12_340_56)), *others)
    text = " ".join(section(reader_of(replace(snapshot, spend=spend), tmp_path / "o.pdf"), "Spend").split())
    for row in spend[:2]:
        percent = "–" if row.variance_percent is None else f"{row.variance_percent:.1f}%"
        assert f"{row.variance.shown} {percent} {row.ordered.shown}" in text
    variance = total(row.variance for row in spend)
    percent = variance.percent_of(total(row.current for row in spend))
    assert f"{variance.shown} {percent}% 19,617.63" in text.rpartition(" Total ")[2]
    heads = "Variance % Ordered Reason for the variance"
    assert heads in text
    assert heads.replace(" Ordered", "") in " ".join(section(draft, "Spend").split())


def test_an_output_has_its_forecast_and_where_its_evidence_is(draft: PdfReader) -> None:
    text = " ".join(section(draft, "Outputs").split())
    assert "28.5% 390 Not held TR/0/Q2" in text
    assert "28.5% 391 Held TR/1/Q2" in text
    assert text.count("Forecast") == 1, "no outcome has one"


def test_every_cost_line_stands_under_its_part_with_its_amount(draft: PdfReader) -> None:
    snapshot = rich()
    text = section(draft, "Costs")
    assert sorted(re.findall(r"^C-\d{5}", text, re.MULTILINE)) == sorted(row.cost for row in snapshot.costs)
    apart = text.split("Corrections to earlier years", 1)[1]
    late = [row for row in snapshot.costs if row.part == "Earlier year"]
    assert [row.cost for row in late] == re.findall(r"^C-\d{5}", apart, re.MULTILINE)
    for row in snapshot.costs:
        assert row.amount.shown in text
    assert "not part of this claim" in " ".join(apart.split())


def test_bookmarks_name_the_parts_in_the_workbooks_order(draft: PdfReader) -> None:
    assert [str(each.title) for each in draft.outline if not isinstance(each, list)] == PARTS


def test_the_cover_declares_and_identifies(draft: PdfReader) -> None:
    snapshot = rich()
    cover = " ".join(draft.pages[0].extract_text().split())
    assert f"Version {snapshot.header.agreement_version}" in cover
    assert f"Page 1 of {len(draft.pages)}" in cover
    for said in (
        snapshot.sign_off.text,
        "Office of the Police and Crime Commissioner for Gloucestershire",
        f"£{snapshot.cash.claim.shown}",
        "Safer Streets co-ordinator",
        "18 October 2024",
        "Head of commissioning",
        f"history entry 1204, seal {SEAL}",
        f"Fingerprint 1204:{SEAL}",
        fingerprint(canonical(snapshot)),
        f"Form version {snapshot.header.form_version}",
        "Demonstration: illustrative data, today is 21 October 2024",
        "OFFICIAL",
    ):
        assert said in cover


def test_a_draft_says_draft_on_every_page_and_a_submitted_return_never(draft: PdfReader, tmp_path: Path) -> None:  # fmt: skip
    assert all("DRAFT" in page.extract_text() for page in draft.pages)
    submitted = reader_of(rich(draft=False), tmp_path / "s.pdf")
    assert "draft" not in text_of(submitted).lower()
    cover = " ".join(submitted.pages[0].extract_text().split())
    assert "Submitted Signed on 28 October 2024 and frozen." in cover
    assert "Chief Finance Officer (section 151)" in cover


def test_hostile_and_endless_text_comes_back_as_typed(tmp_path: Path) -> None:
    snapshot = rich()
    hostile = ("<b>", '<img src="/etc/passwd"/>', "a<@b.c>", "=1+1", "@SUM(A1)", "&amp;")
    reason = "\n".join(f"Line {n} of the reason" for n in range(40))
    spend = (
        replace(snapshot.spend[0], title=hostile[0], category=hostile[1], reason=reason),
        *snapshot.spend[1:],
    )
    costs = (
        replace(snapshot.costs[0], supplier=hostile[2], invoice_number=hostile[3], description=hostile[4]),
        *snapshot.costs[1:],
    )
    header = replace(snapshot.header, title=hostile[5])
    changed = replace(snapshot, spend=spend, costs=costs, header=header)
    text = text_of(reader_of(changed, tmp_path / "h.pdf"))
    solid = "".join(text.split())
    for each in hostile:
        assert "".join(each.split()) in solid
    assert re.findall(r"Line \d+ of the reason", text) == reason.split("\n")


def test_a_missing_reason_is_asked_for_in_words(draft: PdfReader) -> None:
    silent = [row for row in rich().spend if row.reason_needed and not row.reason]
    assert silent
    assert section(draft, "Spend").count("Reason needed, none given") == len(silent)


def test_empty_parts_say_so(tmp_path: Path) -> None:
    programme = Programme()
    programme.promises("1000", "2024/25")
    made = Provenance(program_version="0", history_sequence=1, history_seal=SEAL, draft=True)
    snapshot = prepare(programme.book(), programme.begins_return("2024/25 Q2"), made)
    found = words_of(reader_of(replace(snapshot, milestones=(), bridge=()), tmp_path / "e.pdf"))
    for said in (
        "Office not recorded",
        "Nothing is planned, spent or forecast in 2024/25.",
        "No cost line stands behind this return",
        "No match is recorded for 2024/25.",
        "No progress is reported for 2024/25 Q2.",
        "No milestones are recorded.",
        "No outputs are recorded.",
        "No outcomes are recorded.",
        "No risks are recorded for this award.",
        "The award has not been varied.",
        "No grant to a partner is paid from this award.",
        "No asset is recorded for this award.",
        "There is nothing to bridge",
    ):
        assert said in found


def test_a_difference_shows_where_it_is(tmp_path: Path) -> None:
    snapshot = rich()
    wrong = replace(snapshot.controls[0], other=snapshot.controls[0].other + Money(1))
    row = replace(snapshot.bridge[0], closing=snapshot.bridge[0].closing + Money(1))
    changed = replace(snapshot, controls=(wrong, *snapshot.controls[1:]), bridge=(row, *snapshot.bridge[1:]))
    assert section(reader_of(changed, tmp_path / "w.pdf"), "Checks").count("Does not tie") == 2
    assert "Does not tie" not in section(reader_of(snapshot, tmp_path / "r.pdf"), "Checks")


_SCRIPT = """
import sys
from pathlib import Path
from fundtracker.domain.snapshot_text import recalled
from fundtracker.returns.pdf import write_pdf
write_pdf(recalled(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
"""


def test_a_frozen_snapshot_gives_the_same_bytes_in_another_time_zone_and_locale(tmp_path: Path) -> None:
    kept = tmp_path / "snapshot.json"
    kept.write_text(canonical(rich(draft=False)), encoding="utf-8")
    write_pdf(rich(draft=False), tmp_path / "here.pdf")
    for number, (zone, locale) in enumerate((("Pacific/Auckland", "C"), ("Europe/London", "C.UTF-8"))):
        path = tmp_path / f"{number}.pdf"
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": str(number)}
        command = [sys.executable, "-c", _SCRIPT, str(kept), str(path)]
        subprocess.run(command, env=environment, check=True, timeout=120)
        assert path.read_bytes() == (tmp_path / "here.pdf").read_bytes()


def test_progress_counts_the_lines_and_may_stop_the_work(tmp_path: Path) -> None:
    snapshot = rich()
    seen: list[tuple[int, int]] = []
    write_pdf(snapshot, tmp_path / "p.pdf", lambda done, whole: seen.append((done, whole)))
    assert seen[-1][0] == seen[-1][1] > len(snapshot.costs)

    def stop(done: int, whole: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write_pdf(snapshot, tmp_path / "q.pdf", stop)
    assert not (tmp_path / "q.pdf").exists()


def test_changes_stand_under_their_variation_with_what_they_share(draft: PdfReader) -> None:
    text = " ".join(section(draft, "Changes").split())
    for change in rich().changes:
        assert f"Variation {change.number}: {change.variation}" in text
        assert change.reason in text
        assert change.difference is None or change.difference.shown in text


def test_an_overspent_award_shows_its_minus_before_the_pound(tmp_path: Path) -> None:
    snapshot = rich()
    overspent = replace(snapshot, cash=replace(snapshot.cash, left=Money(-1_234_50)))
    cover = reader_of(overspent, tmp_path / "o.pdf").pages[0].extract_text()
    assert "-£1,234.50" in cover
    assert "£-" not in cover


def test_a_milestone_whose_date_is_past_is_overdue_and_never_on_time(tmp_path: Path) -> None:
    snapshot = rich()
    end = snapshot.header.ends_on
    stood = [(end, None, None), (end - timedelta(9), end, None), (end, end + timedelta(1), None), (end + timedelta(1), None, None), (end, None, end)]  # fmt: skip
    rows = tuple(
        MilestoneRow("SSF5-VAWG-01", f"Step {n}", baseline, forecast, actual, ((actual or forecast or baseline) - baseline).days)
        for n, (baseline, forecast, actual) in enumerate(stood)
    )  # fmt: skip
    text = section(reader_of(replace(snapshot, milestones=rows), tmp_path / "m.pdf"), "Delivery")
    found = re.findall(
        r"Overdue, no forecast|Overdue|Expected 1 day late|Expected on time|Done on time", text
    )
    assert found == ["Overdue, no forecast", "Overdue", "Expected 1 day late", "Expected on time", "Done on time"]  # fmt: skip


def test_columns_in_which_nothing_stands_are_left_out(tmp_path: Path) -> None:
    snapshot = rich()
    ordered = replace(snapshot.costs[0], received_on=None, invoiced_on=None, paid_on=None, accrued=Money(0))
    passed = tuple(replace(row, result="Passed", message="", clause="") for row in snapshot.checks)
    only = replace(snapshot, costs=(), orders=(ordered,), checks=passed)
    costs = section(reader_of(only, tmp_path / "o.pdf"), "Costs").split("Ordered, not received")[1]
    costs = costs.split("Match")[0]
    for heading in ("Received", "Invoiced", "Paid", "of which"):
        assert heading not in costs
    assert ordered.amount.shown in costs
    checks = section(reader_of(only, tmp_path / "r.pdf"), "Checks")
    assert ("What was found" in checks, "Clause" in checks) == (False, False)
    assert "What was found" in section(reader_of(snapshot, tmp_path / "s.pdf"), "Checks")


def test_match_says_what_of_it_is_secured(draft: PdfReader) -> None:
    rows = rich().match
    secured = total(row.to_date for row in rows if row.secured)
    assert secured != total(row.to_date for row in rows)
    assert f"of which secured {total(row.this_quarter for row in rows if row.secured).shown} {secured.shown}" in words_of(draft)  # fmt: skip
