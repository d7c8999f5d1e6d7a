"""Decisions weighed on one component give the total that a whole run gives, and what is kept depends on the
reader's rows alone."""

import random
from pathlib import Path

import polars as pl
import pytest
from tests.flow.reports import told_twice

from konvoi.flow.gathered import Gathered
from konvoi.flow.load_workspace import gathering
from konvoi.flow.matching.component import Figures
from konvoi.flow.matching.review import Review
from konvoi.flow.matching.review_now import ReviewNow, ReviewResults
from konvoi.flow.matching.review_results import PAIRS_SCHEMA, ReviewFiles, part_name, review_files
from konvoi.flow.totals_asked import ask
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed, workspace
from konvoi.ledger.question import Question
from konvoi.model.stages import Stage
from konvoi.reconcile.judgement import JUDGEMENTS
from konvoi.reconcile.queue import QUEUE

AT = "2031-03-01T10:00:00.000000+00:00"


def total(gathered: Gathered, work: Workspace) -> Figures:
    found = ask(gathered, Question(stage=Stage.PLEDGED, mix=True), work.settings)
    assert None not in (found.value, found.lowest, found.highest)
    return Figures(found.value, found.lowest, found.highest)  # type: ignore[arg-type]


def kept(gathered: Gathered, work: Workspace) -> ReviewFiles:
    found = ask(gathered, Question(stage=Stage.PLEDGED, mix=True), work.settings)
    return review_files(gathered, work.settings, found, work.judgements)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told_twice(tmp_path_factory.mktemp("now"), hidden=3)


@pytest.fixture(scope="module")
def gathered(folder: Path) -> Gathered:
    return gathering(workspace(folder))


@pytest.fixture
def results(folder: Path, gathered: Gathered) -> ReviewResults:
    work = workspace(folder)
    files = kept(gathered, work)
    return ReviewResults(files.pairs, files.files.get, work.settings)


def test_the_pairs_stand_in_the_order_of_a_review(
    folder: Path, gathered: Gathered, results: ReviewResults
) -> None:
    desk = Review(workspace(folder), gathered)
    waiting = results.pairs.filter(status="undecided")
    assert waiting.select("left", "right", "relation").rows() == [one.key for one in desk.queue()]
    assert waiting["change_minor"].to_list() == [one.change for one in desk.queue()]
    assert waiting["seen"].to_list() == [one.seen for one in desk.queue()]
    assert results.pairs.schema == PAIRS_SCHEMA


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_total_after_decisions_is_that_of_a_whole_run(
    folder: Path, gathered: Gathered, results: ReviewResults, seed: int
) -> None:
    chance = random.Random(seed)
    desk = Review(workspace(folder), gathered)
    given = {}
    for one in desk.known():
        if chance.random() < 0.6:
            verdict = chance.choice(["same", "different", "unsure"])
            desk.decide(one, verdict, by="A", at=AT)
            given[one.key] = verdict
    try:
        work = workspace(folder)
        whole = gathering(work)
        verdicts = results.verdicts(desk._rows)
        now = ReviewNow(results, verdicts)
        assert now.total == total(whole, work)
        again = kept(whole, work).pairs.select(*QUEUE, "status", "verdict")
        assert now.pairs.select(*QUEUE, "status", "verdict").sort("left").equals(again.sort("left"))
    finally:
        for name in ("judgements.csv", "receipts.jsonl", "receipts.head"):
            (folder / name).unlink(missing_ok=True)


def test_what_a_decision_would_do_is_what_it_does(results: ReviewResults) -> None:
    first = str(results.pairs["pair"][0])
    before = ReviewNow(results, results.known)
    after = ReviewNow(results, {first: "same"})
    assert before.if_decided({first: "same"}) == after.total
    assert before.total is not None
    assert after.total is not None
    assert after.total.value < before.total.value
    assert before.if_decided({first: "unsure"}) == before.total


def test_pairs_and_total_are_found_once_for_one_state_of_the_decisions(results: ReviewResults) -> None:
    row = results.pairs.row(0, named=True)
    said = dict.fromkeys(JUDGEMENTS, "") | {name: row[f"{name}_name"] for name in ("left", "right")}
    said |= {"relation": row["relation"], "verdict": "same", "at": AT}
    none, one = pl.DataFrame(schema=JUDGEMENTS), pl.DataFrame([said], schema=JUDGEMENTS)
    first = results.now(none)
    assert results.now(none) is first
    second = results.now(one)
    assert second.total == ReviewNow(results, {row["pair"]: "same"}).total != first.total
    assert results.now(none).total == first.total


def test_what_is_kept_for_a_reader_depends_on_its_rows_alone(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = told_twice(tmp_path_factory.mktemp("other"), hidden=3)
    closed = other / "submissions" / "CO" / "closed" / "packages.csv"
    closed.write_text(closed.read_text().replace("Shelter for winter", "Boats and bridges"))
    found = []
    for one in (folder, other):
        work = viewed(workspace(one), View(None, "BE"))
        found.append(kept(gathering(work), work))
    assert found[0].files == found[1].files
    assert found[0].pairs.equals(found[1].pairs)
    assert found[0].pairs.height == 9
    assert part_name(0) in found[0].files
