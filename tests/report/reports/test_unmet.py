"""Unmet needs: the largest loss first, each with its cause."""

import json
import re
from dataclasses import replace
from decimal import Decimal

import polars as pl
from tests.report import cases
from tests.report.cases import DAY, case, table

from konvoi.plan.causes import CAUSES
from konvoi.plan.without import WITHOUT
from konvoi.report.case import Case
from konvoi.report.language import Language
from konvoi.report.names import Names
from konvoi.report.planning.causes import cause
from konvoi.report.planning.need_status import served
from konvoi.report.reports import coverage
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


def unplannable() -> Case:
    """Beside the usual needs: one below zero, one of a good that nobody knows, and a refused row."""
    tables = cases.tables()
    more = [
        {"need": "N-MINUS", "good": "tent", "quantity": Decimal(-5), "site": "ODR", "due": DAY},
        {"need": "N-LOST", "good": "tnet", "quantity": Decimal(7), "site": "ODR", "due": DAY},
    ]
    tables["needs"] = pl.concat([tables["needs"], table("needs", more)], how="diagonal_relaxed")
    refused = {"table": "needs", "key": "N1", "why": "repeated", "used": "N1"}
    plan = case().plan
    assert plan is not None
    return replace(case(tables=tables), plan=replace(plan, without=pl.DataFrame([refused], schema=WITHOUT)))


def test_needs_that_are_not_planned_are_named_with_the_reason() -> None:
    shown = section(unplannable())
    rows = [[ENGLISH.text(cell) for cell in row] for row in shown.tables[0].rows]
    why = {row[0]: row[5] for row in rows if row[5].startswith("not planned")}
    assert why == {
        "N-LOST": "not planned: tnet is in no table of goods",
        "N-MINUS": "not planned: the quantity is not above zero",
        "N1": "not planned: the row was refused; its finding names what to correct",
    }
    assert [ENGLISH.text(one) for one in shown.answer][:2] == [
        "3 needs are not met in full by their due dates; the largest shortfalls come first.",
        "2 needs cannot be planned and are not included in these figures.",
    ]


def test_what_is_in_no_sum_is_not_counted_as_covered() -> None:
    found = served(unplannable())
    usual = len(served(case()))
    assert len(found) == usual + 1
    told = [ENGLISH.text(one) for one in coverage.section(unplannable()).answer]
    assert any(f"of {usual + 1} needs covered in full" in one for one in told)
    assert "2 needs cannot be planned and are not included in these figures." in told
