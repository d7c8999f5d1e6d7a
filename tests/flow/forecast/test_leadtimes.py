"""Lead times of a workspace: cases of its ledger, its model on disk, and what a forecast is told."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tests.flow.workspaces import workspace

from konvoi.flow.forecast.forecast_workspace import forecast
from konvoi.flow.forecast.history import of_ledger
from konvoi.flow.forecast.leadtimes import (
    FILE,
    keep,
    learnt,
    model_at,
    model_of,
    models,
    models_for,
    taught,
    teacher,
)
from konvoi.flow.load_workspace import gathering
from konvoi.flow.planning.plan_workspace import planning
from konvoi.flow.planning.problem import problem
from konvoi.flow.run import run
from konvoi.flow.workspace import opened
from konvoi.forecast.leadtimes.cases import CASES, PROMISED
from konvoi.gateways.refusal import Refused
from konvoi.model.entries import frame
from konvoi.model.finding import Finding

MADE = "contracted > produced"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, list[Finding]]:
    """The cases of the small workspace: ten tents promised for March 1, four sent on February 1."""
    return of_ledger(gathering(opened([workspace(tmp_path_factory.mktemp("cell"))])))


def test_a_stage_that_was_left_for_the_next_is_a_case(found: tuple[pl.DataFrame, list[Finding]]) -> None:
    cases, _ = found
    assert cases.schema == CASES
    sent = cases.filter(measure="dispatched > at hub")
    assert sent.is_empty()
    assert set(cases["kind"]) == {"humanitarian"}


def test_a_promise_is_counted_from_the_first_promised_day(found: tuple[pl.DataFrame, list[Finding]]) -> None:
    cases, _ = found
    mine = cases.filter(measure=PROMISED, case="L-1").row(0, named=True)
    assert (mine["since"], mine["of"], mine["partner"]) == (date(2031, 3, 1), "deviation", "AR")
    assert (mine["ended_to"], mine["how"]) == (date(2031, 2, 8), "received")


def test_stages_that_were_skipped_are_told_of_once(found: tuple[pl.DataFrame, list[Finding]]) -> None:
    """Committed, sent and received, but neither allocated nor approved nor at a hub."""
    _, findings = found
    skipped = {one.values["stage"]: one for one in findings}
    assert {"allocated", "approved", "at hub"} <= set(skipped)
    assert all(one.code == "lead-time-stage-missing" and one.read == "L-1" for one in findings)
    assert skipped["allocated"].values["count"] == "1"


def _history(folder: Path, count: int = 40) -> Path:
    rows = [f"military,{MADE},forge,2031-01-01,2031-01-{8 + n % 4:02}" for n in range(count)]
    path = folder / "made.csv"
    path.write_text("\n".join(["kind,measure,supplier,begun,received", *rows]) + "\n")
    return path


def test_a_workspace_keeps_its_model_and_reads_it_again(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "cell")
    work = opened([folder])
    assert model_of(work) is None
    told = learnt(work, [_history(tmp_path)])
    keep(told.model, folder / FILE)
    again = model_of(work)
    assert again is not None
    assert (again.data, again.digest) == ("Exercise, made.csv", told.model.digest)
    assert again.find("military", MADE) is not None


def test_the_digest_follows_from_what_was_read(tmp_path: Path) -> None:
    once = learnt(None, [_history(tmp_path)]).model.digest
    assert learnt(None, [_history(tmp_path)]).model.digest == once
    assert learnt(None, [_history(tmp_path, 39)]).model.digest != once


def test_a_damaged_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"format": "weather"}')
    with pytest.raises(Refused, match="make it anew with konvoi plan learn"):
        model_at(tmp_path / FILE)


def test_nothing_to_learn_from_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("begun,received\n")
    with pytest.raises(Refused, match="nothing to learn from"):
        learnt(None, [path])


def test_what_came_later_than_the_day_asked_for_is_open_and_no_fault(tmp_path: Path) -> None:
    told = learnt(None, [_history(tmp_path)], on=date(2031, 1, 5))
    assert told.findings == ()
    (one,) = told.model.learnt
    assert (one.cases, one.ended) == (40, 0)


@pytest.mark.slow
def test_the_brief_s_forecast_rests_on_it_too(tmp_path: Path) -> None:
    folder = workspace(tmp_path / "cell")
    path = tmp_path / "roads.csv"
    rows = ["humanitarian,departed > arrived,road,2031-01-01,2031-02-10"] * 40
    path.write_text("\n".join(["kind,measure,lane,begun,received", *rows]) + "\n")
    keep(learnt(None, [path]).model, folder / FILE)
    outlook = run(opened([folder])).case.outlook
    assert outlook is not None
    assert outlook.bases.filter(kind="transit")["data"].to_list() == ["roads.csv"]


def _entries(kind: str) -> pl.DataFrame:
    return frame([{"entry": "E-1", "line": "L-1", "good": "shell", "kind": kind}])


OFFERS = pl.DataFrame({"offer": ["O-1"], "line": ["L-1"]})


@pytest.mark.parametrize(("kind", "known"), [("military", True), ("humanitarian", False), ("", False)])
def test_a_forecast_is_told_days_of_its_own_kind_only(tmp_path: Path, kind: str, known: bool) -> None:
    asked = taught([learnt(None, [_history(tmp_path)]).model], OFFERS, _entries(kind))
    case = {"offer": "O-1", "good": "shell", "key": "forge", "planned": 9}
    days = asked("production", [case])
    assert (days is not None) == known
    assert asked("hand over", [case]) is None
    if days is not None:
        assert days.quantiles(np.array([0.5]))[0, 0] in {8, 9}
        assert days.basis[0] is not None
        assert days.basis[0].cases == 40


def test_a_workspace_tells_its_forecasts_what_its_model_says(tmp_path: Path) -> None:
    """Tents of the offer O-1 are humanitarian; what is known is of military goods alone, then of both."""
    folder = workspace(tmp_path / "cell")
    work = opened([folder])
    gathered = gathering(work)
    case = {"offer": "O-1", "good": "tent", "key": "forge"}
    assert teacher(work, gathered)("production", [case]) is None
    path = _history(tmp_path)
    keep(learnt(None, [path]).model, folder / FILE)
    assert teacher(work, gathered)("production", [case]) is None
    path.write_text(path.read_text().replace("military", "humanitarian"))
    keep(learnt(None, [path]).model, folder / FILE)
    assert teacher(work, gathered)("production", [case]) is not None


@pytest.mark.parametrize("kind", ["humanitarian", "military"])
def test_a_forecast_rests_on_what_was_learnt_of_its_lane_and_kind(tmp_path: Path, kind: str) -> None:
    """The lane says 2, 3, 6 days; forty lorries of humanitarian goods took 40. Tents are needed after 33."""
    folder = workspace(tmp_path / "cell")
    work = opened([folder])
    plan, _ = planning(problem(gathering(work)), work)
    assert plan is not None
    before, _, _ = forecast(work, plan, (1, 50), named=folder, changing=False)
    path = tmp_path / "roads.csv"
    rows = [f"{kind},departed > arrived,road,2031-01-01,2031-02-10" for _ in range(40)]
    path.write_text("\n".join(["kind,measure,lane,begun,received", *rows]) + "\n")
    keep(learnt(None, [path]).model, folder / FILE)
    after, _, _ = forecast(work, plan, (1, 50), named=folder, changing=False)
    (transit,) = after.bases.filter(kind="transit").rows(named=True)
    assert before.needs["on_time"][0] == 1.0
    if kind == "humanitarian":
        assert (transit["learnt"], transit["cases"], transit["data"]) == (transit["steps"], 40, "roads.csv")
        assert after.needs["on_time"][0] < 0.2
    else:
        assert (transit["learnt"], transit["data"]) == (0, None)
        assert after.needs.equals(before.needs)


def test_a_movement_of_bought_goods_has_the_kind_of_all_lines_of_its_good(tmp_path: Path) -> None:
    asked = taught([learnt(None, [_history(tmp_path)]).model], OFFERS, _entries("military"))
    assert asked("production", [{"offer": None, "good": "shell", "key": "forge"}]) is not None
    assert asked("production", [{"offer": None, "good": "tent", "key": "forge"}]) is None


def test_of_two_models_that_know_a_case_the_first_is_taken(tmp_path: Path) -> None:
    slow = _history(tmp_path)
    slow.write_text(slow.read_text().replace("2031-01-01,2031-01", "2031-01-01,2031-03"))
    late = learnt(None, [slow]).model
    soon = learnt(None, [_history(tmp_path)]).model
    case = {"offer": "O-1", "good": "shell", "key": "forge", "planned": 9}
    for told in ([soon, late], [replace(soon, learnt=()), soon, late]):
        days = taught(told, OFFERS, _entries("military"))("production", [case])
        assert days is not None
        assert days.quantiles(np.array([0.5]))[0, 0] in {8, 9}


def test_a_reader_s_forecasts_are_learnt_from_what_the_reader_is_shown(tmp_path: Path) -> None:
    """The workspace's own model comes first for who sees all, and is not used for who does not."""
    folder = workspace(tmp_path / "cell")
    keep(learnt(None, [_history(tmp_path)]).model, folder / FILE)
    work = opened([folder])
    gathered = gathering(work)
    every = gathered.ledger.entries
    assert [one.data for one in models(work, gathered)] == ["made.csv", "Exercise"]
    assert models_for(work, gathered, every) == models(work, gathered)
    (less,) = models_for(work, gathered, every.filter(package="P-1"))
    (own,) = models_for(work, gathered, every.clear())
    assert (less.data, own.learnt) == ("Exercise", ())
    assert sum(one.cases for one in less.learnt) < sum(one.cases for one in models(work, gathered)[1].learnt)


@pytest.mark.parametrize("line", ["L-2", None])
def test_a_line_that_was_withdrawn_itself_or_with_its_package_ended_so(
    tmp_path: Path, line: str | None
) -> None:
    gathered = gathering(opened([workspace(tmp_path)]))
    entries = gathered.ledger.entries
    day = date(2031, 2, 20)
    known: dict[str, object] = {"stage": "withdrawn", "line": line, "day_from": day, "day_to": day}
    row = (
        entries.filter(package="P-2")
        .head(1)
        .with_columns(pl.lit("X").alias("entry"), *_cells(entries, known))
    )
    ledger = replace(gathered.ledger, entries=entries.vstack(row))
    cases, _ = of_ledger(replace(gathered, ledger=ledger))
    mine = cases.filter(measure=PROMISED).sort("case")
    assert mine.select("case", "how").rows() == [("L-1", "received"), ("L-2", "withdrawn")]
    assert mine["ended_to"][1] == date(2031, 2, 20)


def _cells(entries: pl.DataFrame, known: dict[str, object]) -> list[pl.Expr]:
    return [pl.lit(value, entries.schema[name]).alias(name) for name, value in known.items()]
