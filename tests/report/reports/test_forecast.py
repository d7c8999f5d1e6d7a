"""The forecast in the brief: how sure, why not, what to change, on what the days rest."""

from dataclasses import replace

import polars as pl
import pytest
from tests.report.cases import case, outlook, plan
from tests.report.views import seen_case

from konvoi.forecast import outlook as out
from konvoi.forecast.outlook import Outlook
from konvoi.model.entries import frame
from konvoi.report.case import Case
from konvoi.report.forecast.foresight import BASES, CHANGES, KINDS, STEPS, SUPPOSED
from konvoi.report.language import Language
from konvoi.report.page import Chance, Number, Section
from konvoi.report.reports.forecast import section

ENGLISH = Language("en")
CAUSE = {"of": "need", "id": "N1", "kind": "transit", "key": "L4", "share": 0.8}
REMEDY = {
    "need": "N1",
    "change": "earlier",
    "movements": 1,
    "days": 7,
    "before": 0.5,
    "after": 0.95,
    "expected_before": 3.0,
    "expected_after": 5.7,
}
BASIS = {"kind": "approval", "steps": 2, "learnt": 0, "few": 0, "stated": 0, "assumed": 2}
BASIS |= {"low": 0.0, "middle": 0.0, "high": 21.0, "times": False}
PARTNER = {"partner": "ARV", "movements": 2, "on_time": 0.7, "all_on_time": 0.5}


def seen(**tables: pl.DataFrame) -> Outlook:
    usual = {
        "causes": frame([CAUSE, CAUSE | {"of": "partner", "id": "ARV"}], out.CAUSES),
        "bases": frame([BASIS], out.BASES),
        "partners": frame([PARTNER], out.PARTNERS),
    }
    return replace(outlook(plan()), **(usual | tables))  # type: ignore[arg-type]


def full(**tables: pl.DataFrame) -> Case:
    tried = frame([REMEDY], out.REMEDIES)
    usual = case(outlook=seen(**tables))
    return replace(usual, tables={**usual.tables, "remedies": tried})


def drawn(given: Case) -> Section:
    found = section(given)
    assert found is not None
    return found


def said(given: Case, language: Language = ENGLISH) -> list[str]:
    return [language.text(sentence).replace("\xa0", " ") for sentence in drawn(given).answer]


def test_the_answer_says_how_sure_in_the_words_of_the_scale() -> None:
    assert said(full())[0] == (
        "1 need with planned deliveries. On-time arrival of all planned deliveries: very likely (1)."
    )


def test_then_it_says_what_makes_late_what_to_change_and_on_what_days_rest() -> None:
    _, why, change, rest, shut = said(full())
    assert why.endswith(
        " of late arrivals would be on time with the planned duration for the lane "
        "Lorn Hub (Лорн) → Karsk (Карськ)."
    )
    assert change == (
        "First change to make, for N1: dispatch or order earlier (7 days). Probability of full "
        "on-time arrival: then very likely (95 %); as planned about as likely as not (50 %)."
    )
    assert rest == (
        "Assumed durations (10th, 50th, 90th percentile; no observed cases): approvals: 0, 0, 21 days."
    )
    assert shut == "Unannounced closures are not simulated: their frequency is not reported."


def test_what_is_assumed_as_part_of_planned_days_and_closures_are_told() -> None:
    times = BASIS | {"kind": "production", "low": 0.9, "middle": 1.0, "high": 1.5, "times": True}
    shut = BASIS | {"kind": "closure", "steps": 4, "stated": 4, "assumed": 0, "low": None}
    *_, rest, closures = said(full(bases=frame([times, shut], out.BASES)))
    assert rest.endswith(": production: planned days × 0.9, 1, 1.5.")
    assert closures == (
        "Unannounced closures are simulated as set in konvoi.toml; affected transport legs: 4."
    )


def test_days_learnt_from_few_cases_say_so_with_their_number() -> None:
    few = BASIS | {"learnt": 2, "few": 1, "assumed": 0, "cases": 12, "data": "past.csv"}
    rest = said(full(bases=frame([few], out.BASES)))[-2]
    assert rest == "The days of approvals are learnt from few cases: 12 at least, fewer than 30."
    many = few | {"few": 0, "cases": 500}
    rest = said(full(bases=frame([many], out.BASES)))[-2]
    assert rest == "The days of approvals are learnt from past.csv: 500 cases at least."


def test_queues_are_told_where_they_make_a_need_less_sure() -> None:
    short = frame([{"need": "N1", "runs": 200, "free": 0.9, "queued": 0.6}], out.QUEUES)
    assert (
        "Queues at scarce capacity lower the on-time probability of 1 need by up to 30 percentage points."
    ) in said(full(queues=short))


def test_a_need_and_a_partner_have_their_chance_their_days_and_their_cause() -> None:
    needs, partners = drawn(full()).tables
    (row,) = needs.rows
    assert row[4] == Chance(0.95)
    assert ENGLISH.text(row[8]) == "the lane Lorn Hub (Лорн) → Karsk (Карськ)"
    assert row[11] == Chance(0.95)
    (sent,) = partners.rows
    assert isinstance(sent[1], Number)
    assert (ENGLISH.text(sent[0]), sent[2], sent[3]) == ("Arvenia", Chance(0.7), Chance(0.5))


def test_without_a_forecast_the_part_is_left_out_and_an_empty_one_says_so() -> None:
    assert section(replace(case(), outlook=None)) is None
    empty = Outlook("q", 1, 0)
    assert said(case(outlook=empty)) == ["No forecast: nothing is planned."]


@pytest.mark.parametrize("reader", ["public", "BRE"])
def test_what_rests_on_all_movements_is_the_coordination_cells_alone(reader: str) -> None:
    """Of partners, causes and changes nothing is told to other readers."""
    shown = seen_case(full(), reader)
    assert shown.outlook is not None
    assert shown.outlook.partners.is_empty()
    assert shown.outlook.causes.is_empty()
    assert "remedies" not in shown.tables


@pytest.mark.parametrize("code", ["de", "uk"])
def test_every_phrase_is_translated(code: str) -> None:
    language = Language(code)
    for phrases in (STEPS, KINDS, CHANGES, BASES, SUPPOSED):
        assert [one for one in phrases.values() if language.say(one) == one] == []
