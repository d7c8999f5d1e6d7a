"""A component weighed under several sets of decisions at once gives what each set gives alone."""

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from tests.examples.folders import EXAMPLES
from tests.flow.matching.test_review_impact import two_desks
from tests.flow.matching.test_review_now import kept
from tests.flow.reports import told_twice

from konvoi.flow.load_workspace import gathering
from konvoi.flow.matching.component import NONE, Figures, Signature
from konvoi.flow.matching.review_impact import Weighing
from konvoi.flow.matching.review_now import ReviewNow, ReviewResults
from konvoi.flow.totals_asked import full
from konvoi.flow.workspace import workspace
from konvoi.ledger.question import Question
from konvoi.ledger.total import total
from konvoi.ledger.units import owned
from konvoi.model.stages import Stage
from konvoi.reconcile.judgement import JUDGEMENTS, VERDICTS
from konvoi.reconcile.relate import decide

WEIGHED = [
    *("left", "right", "relation", "queue", "change_minor", "proxy_minor", "prices"),
    *("good", "unit", "change_quantity"),
]


def reports(folder: Path) -> Path:
    return told_twice(folder, 4)


def lines(folder: Path) -> Path:
    """Two packages, each reported twice; one with lines, whose pairs follow from that of their packages."""
    day = "2031-01-10,humanitarian"
    own = (f"P-1,AR,{day},,,committed,Winter help", f"P-2,AR,{day},4000.00,EUR,committed,Stoves")
    told = (f"X-1,AR,{day},,,committed,Winter help", f"X-2,AR,{day},4321.00,EUR,committed,Stoves")
    rows: dict[str, tuple[str, ...]] = {
        "own": ("L-1,P-1,tent,10,piece,1500.00,EUR", "L-2,P-1,stove,4,piece,800.00,EUR"),
        "told": ("M-1,X-1,tent,10,piece,1512.00,EUR", "M-2,X-1,stove,5,piece,,"),
    }
    two_desks(folder, own, told, rows)
    return folder


@pytest.fixture(
    params=[
        reports,
        lines,
        pytest.param(lambda _: EXAMPLES / "exercise", marks=pytest.mark.slow, id="exercise"),
    ]
)
def results(request: pytest.FixtureRequest, tmp_path: Path) -> ReviewResults:
    make: Callable[[Path], Path] = request.param
    work = workspace(make(tmp_path))
    files = kept(gathering(work), work)
    return ReviewResults(files.pairs, files.files.get, work.settings)


def alone(results: ReviewResults, component: int, signed: Signature) -> tuple[Figures, pl.DataFrame]:
    """Return figures and queue of a component by the rules of a whole run, asked for one set of decisions."""
    records = results.component(component).records
    entries = owned(records.ledger.entries, records.ledger.owners)
    names = results.pairs.select("pair", "left_name", "right_name", "relation").rows_by_key("pair")
    said = [
        dict.fromkeys(JUDGEMENTS, "")
        | dict(zip(("left", "right", "relation"), names[pair][0], strict=True))
        | {"verdict": verdict, "at": f"{at}"}
        for at, (pair, verdict) in enumerate(signed)
    ]
    relations, _ = decide(records.proposed, pl.DataFrame(said, schema=JUDGEMENTS), entries)
    decided = replace(records, ledger=replace(records.ledger, relations=relations))
    question = full(decided, Question(stage=Stage.PLEDGED, mix=True), results.settings)
    drawn = total(decided.ledger, question, recipient=results.settings.recipient)
    queue = Weighing.of(decided, results.settings).queue(relations)
    if drawn.value is None or drawn.lowest is None or drawn.highest is None:
        return NONE, queue
    return Figures(drawn.value, drawn.lowest, drawn.highest), queue


def test_sets_of_decisions_weighed_together_are_weighed_as_each_alone(results: ReviewResults) -> None:
    chance = random.Random(7)
    known = sorted(set(results.pairs["component"].drop_nulls()))
    for component in chance.sample(known, min(6, len(known))):
        pairs = sorted(results.pairs.filter(pl.col("component") == component)["pair"])
        sets = [{one: chance.choice(VERDICTS) for one in pairs if chance.random() < 0.6} for _ in range(4)]
        found = results.weigh(component, [{}, *sets])
        for verdicts, figures in zip([{}, *sets], found, strict=True):
            wanted, queue = alone(results, component, tuple(sorted(verdicts.items())))
            assert figures == wanted
            rows = results.rows(component, verdicts)
            # The share is one of the whole total, which the run has found.
            waiting = rows.filter(pl.col("status") == "undecided").select(WEIGHED).sort(WEIGHED[:3])
            assert waiting.rows() == queue.select(WEIGHED).sort(WEIGHED[:3]).rows()


def test_the_total_by_each_verdict_is_that_of_the_verdict_alone(results: ReviewResults) -> None:
    pair = str(results.pairs["pair"][0])
    found = ReviewNow(results, results.known).if_each(pair)
    fresh = ReviewResults(results.pairs, results.file, results.settings)
    for verdict in VERDICTS:
        assert found[verdict] == ReviewNow(fresh, fresh.known).if_decided({pair: verdict})
    assert ReviewNow(fresh, {**fresh.known, pair: "same"}).total == found["same"]


def test_the_number_of_queries_does_not_grow_with_the_sets_of_decisions(results: ReviewResults) -> None:
    pair, component = results.pairs.select("pair", "component").row(0)
    results.weigh(component, [{}])

    def queries(verdicts: list[dict[str, str]]) -> int:
        found = 0

        def called(frame: object, event: str, what: object) -> None:
            nonlocal found
            found += event == "c_call" and getattr(what, "__name__", "") == "collect"

        sys.setprofile(called)
        try:
            results.weigh(component, verdicts)
        finally:
            sys.setprofile(None)
        return found

    alone = [queries([{pair: verdict}]) for verdict in VERDICTS]
    results._figures.clear()
    together = queries([{pair: verdict} for verdict in VERDICTS])
    assert 0 < max(alone) <= together < 2 * max(alone) < sum(alone)
