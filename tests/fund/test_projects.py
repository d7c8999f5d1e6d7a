"""Each project as it stands, the most pressing first."""

from datetime import date

import polars as pl
from tests.fund.rebuilding import DAY, SENDERS, attested, money, principle, project, rebuilt

from konvoi.fund.answers import answers
from konvoi.fund.priority import Weights
from konvoi.fund.projects import PROJECTS, projects

Row = dict[str, object]


def standing(**rows: list[Row]) -> pl.DataFrame:
    tables = rebuilt(**rows)
    found = projects(tables, answers(tables, DAY, SENDERS), DAY, Weights())
    assert found.schema == PROJECTS
    return found


def test_the_most_pressing_stands_first_and_what_is_done_last() -> None:
    rows = [project("done", stage="completed"), project("bare"), project("ready")]
    found = standing(
        projects=rows, principles=[principle("demined")], attestations=[attested("demined", project="ready")]
    )
    assert found["project"].to_list() == ["ready", "bare", "done"]
    assert found["priority"].is_null().to_list() == [False, False, True]


def test_unknown_answers_are_counted_apart_and_never_as_met() -> None:
    rules = [principle(name) for name in ("demined", "local owner", "accessible")]
    told = [attested("demined"), attested("accessible", "not met")]
    row = standing(principles=rules, attestations=told).row(0, named=True)
    assert (row["met"], row["not_met"], row["unknown"]) == (1, 1, 1)
    assert f"{row['readiness']:.2f}" == "0.33"


def test_damage_is_its_latest_assessment_and_not_assessed_without_one() -> None:
    rows: list[Row] = [
        {"damage": str(at), "day": date(2031, at, 1), "method": f"M{at}", "amount": at, "currency": "EUR",
         "project": "P"}
        for at in (1, 2, 4)
    ]  # fmt: skip
    row = standing(damages=rows).row(0, named=True)
    assert (row["damage"], row["damage_method"], row["damage_day"]) == (2, "M2", date(2031, 2, 1))
    assert standing().row(0, named=True)["damage"] is None


def test_it_rests_on_all_that_it_tells() -> None:
    row = standing(
        principles=[principle("demined")], attestations=[attested("demined")], financing=[money("paid", 5)]
    ).row(0, named=True)
    kinds = {one.partition("/")[0] for one in row["behind"]}
    assert kinds == {"projects", "financing", "principles", "attestations"}


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [project(name) for name in "abc"]
    one, other = (standing(projects=order)["project"].to_list() for order in (rows, rows[::-1]))
    assert one == other
