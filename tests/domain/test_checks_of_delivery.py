"""Progress, readings, forecasts and risks: what a return wants of each intervention under way."""

from datetime import date

import pytest

from domain.telling import ERROR, WARNING, Step, Told
from fundtracker.domain.delivery import (
    Measures,
)
from fundtracker.domain.interventions import InterventionStatus, Rag
from fundtracker.domain.problems import Severity

# Delivery


def test_an_intervention_under_way_reports_its_progress() -> None:
    office = Told()
    assert not office.says("has no progress report"), "planned only"
    office.starts()
    assert office.says("SSF5-VAWG-01 Op Vigilant has no progress report for 2024/25 Q1") == [(ERROR, "")]
    office.reports("2023/24 Q4", Rag.AMBER)
    assert office.says("has no progress report for 2024/25 Q1") == [(ERROR, "")]
    office.reports("2024/25 Q1", Rag.GREEN)
    assert not office.says("has no progress report")
    assert not office.says("a RAG is worse"), "better"


@pytest.mark.parametrize(("why", "found"), [("", [(ERROR, "")]), (" ", [(ERROR, "")]), ("Frost", [])])
def test_a_worse_rag_wants_a_reason(why: str, found: list[tuple[Severity, str]]) -> None:
    office = Told()
    office.starts()
    office.reports("2023/24 Q4", Rag.GREEN)
    office.reports("2024/25 Q1", Rag.AMBER_GREEN, why)
    assert office.says("a RAG is worse than last quarter's. Write why.") == found


@pytest.mark.parametrize(
    ("measures", "reading", "found"),
    [
        (Measures.OUTPUT, None, [(ERROR, "")]),
        (Measures.OUTPUT, "0", []),
        (Measures.OUTCOME, None, []),
    ],
)
def test_an_output_has_its_reading_and_nought_is_one(
    measures: Measures, reading: str | None, found: list[tuple[Severity, str]]
) -> None:
    office = Told()
    office.starts()
    office.counts(measures, reading)
    assert office.says("has no reading for 2024/25 Q1") == found


def test_the_rest_of_the_year_is_forecast_for_each_intervention() -> None:
    office = Told()
    assert not office.says("forecast of the quarters to come"), "nothing is under way"
    office.starts()
    assert office.says("This return has no forecast of the quarters to come") == [(ERROR, "")]
    other = office.changes(office.intervenes("Lights"), status=InterventionStatus.UNDER_WAY)
    office.plans(other, "75", "2024/25 Q4")
    office.forecasts(office.op, "1")
    assert not office.says("This return has no forecast")
    assert office.says("SSF5-VAWG-02 Lights has £75 in its profile for the rest of 2024/25") == [
        (WARNING, "")
    ]
    office.forecasts(other, "0")
    assert not office.says("in its profile for the rest")


def test_after_the_last_quarter_of_the_year_nothing_is_forecast() -> None:
    office = Told("2024/25 Q4")
    office.starts()
    assert not office.says("forecast of the quarters to come")


RISKS: list[tuple[Step, list[tuple[Severity, str]]]] = [
    (lambda _: None, [(WARNING, "")]),
    (lambda office: office.risks(None), []),
    (lambda office: office.risks(office.op), []),
    (lambda office: office.risks(office.intervenes("Other")), [(WARNING, "")]),
    (lambda office: office.risks(None, closed=date(2024, 5, 1)), [(WARNING, "")]),
]


@pytest.mark.parametrize(("risks", "found"), RISKS)
def test_an_intervention_under_way_has_an_open_risk(risks: Step, found: list[tuple[Severity, str]]) -> None:
    office = Told()
    office.starts()
    risks(office)
    assert office.says("SSF5-VAWG-01 Op Vigilant has no open risk") == found
