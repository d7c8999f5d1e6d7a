"""Unmet needs: the largest loss first, each with its cause."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.cases import case

from konvoi.plan.causes import CAUSES
from konvoi.report.language import Language
from konvoi.report.names import Names
from konvoi.report.planning.causes import cause
from konvoi.report.reports.unmet import section

ENGLISH = Language("en")


def test_the_largest_loss_stands_first() -> None:
    """200 tents at 1 weigh more than 6 generators at 3."""
    said = [ENGLISH.text(sentence) for sentence in section(case()).answer]
    assert said[0].startswith("2 needs are not met in full")
    assert said[1].startswith("family tent, Odrin (Одрін): 200 pieces not covered.")
    assert said[2].startswith("generator 100 kW, Karsk (Карськ): 6 pieces not covered.")


def test_what_is_not_met_opens_the_need() -> None:
    number = section(case()).tables[0].rows[0][3]
    assert getattr(number, "behind", None) == ("needs/N2",)


def test_a_cause_is_told_with_the_names_of_the_places() -> None:
    said = [ENGLISH.text(row[5]) for row in section(case()).tables[0].rows]
    assert said == [
        "At capacity: Arven Depot → Mell Crossing, Mell Crossing in 2026-W09 – 2026-W12. One more "
        "lorry (20 t) in each of these weeks would deliver 40 more.",
        "generator 100 kW or an equivalent good is not offered.",
    ]


def test_every_cause_of_the_planner_is_filled_by_its_own_parameters() -> None:
    """Whatever the planner sends, a sentence has no open brace where its parameter is there."""
    for code, sentence in CAUSES.items():
        names = re.findall(r"\{(\w+)\}", sentence)
        said = ENGLISH.text(cause(Names(case()), code, json.dumps(dict.fromkeys(names, "1"))))
        assert "{" not in said


def test_further_causes_follow_the_first() -> None:
    also = [{"cause": "no-offer", "parameters": {"good": "gen"}}, {"cause": "past", "parameters": {}}]
    told = json.dumps({"offer": "O-1", "day": "2026-03-01", "also": also})
    assert ENGLISH.text(cause(Names(case()), "ready-late", told)) == (
        "Offer O-1 is ready on 1 Mar 2026, too late. Also: generator 100 kW or an equivalent good is "
        "not offered. Last useful day before the first day of the plan."
    )
    assert ENGLISH.text(cause(Names(case()), "past", '{"also": 3}')).startswith("Last useful day")


def test_a_cause_that_nobody_put_into_words_stands_for_itself() -> None:
    assert ENGLISH.text(cause(Names(case()), "some-new-code", "{}")) == "some-new-code"
    assert ENGLISH.text(cause(Names(case()), "some-new-code", "not json")) == "some-new-code"


def test_a_plan_that_meets_everything_says_so() -> None:
    done = replace(cases.plan(), unmet=cases.plan().unmet.clear())
    assert ENGLISH.text(section(case(plan=done)).answer[0]).startswith("All needs are covered")


def test_parts_of_a_piece_are_said_to_be_counted_by_ratio() -> None:
    parts = cases.plan().unmet.with_columns(
        quantity=pl.lit(Decimal("283.2")).cast(cases.plan().unmet["quantity"].dtype)
    )
    said = [ENGLISH.text(one) for one in section(case(plan=replace(cases.plan(), unmet=parts))).answer]
    assert said[2].startswith(
        "family tent, Odrin (Одрін): 283.2 pieces stay unmet, counted by the ratio at which other "
        "goods serve instead."
    )
    assert not any("ratio" in ENGLISH.text(one) for one in section(case()).answer)


def test_one_piece_stays_and_several_stay() -> None:
    one = cases.plan().unmet.with_columns(
        quantity=pl.lit(Decimal(1)).cast(cases.plan().unmet["quantity"].dtype)
    )
    said = section(case(plan=replace(cases.plan(), unmet=one))).answer[2]
    assert ENGLISH.text(said).startswith("family tent, Odrin (Одрін): 1 piece not covered.")
    assert Language("de").text(said).startswith("Familienzelt, Odrin (Одрін): 1 Stück ungedeckt.")
