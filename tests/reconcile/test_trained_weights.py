"""Judgements of a workspace make others that look so more or less likely, once there are enough of them."""

import json
import random
from functools import cache
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reconcile.ledgers import entries

from konvoi.model.calibration import CalibrationState
from konvoi.reconcile.candidates import CALIBRATED, Alike, alike
from konvoi.reconcile.judgement import JUDGEMENTS, RANDOM, judged, taken_back
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.records import records
from konvoi.reconcile.relate import relate
from konvoi.reconcile.trained_weights import LEAST, RANDOM_PAIRS, lacking, state
from konvoi.reconcile.training_pairs import LESSONS, Lessons

MANY = 60
WORDS = ("alpha", "bravo", "delta", "gamma", "kappa", "omega", "sigma", "theta")
GIFTS: list[dict[str, object]] = [
    {
        "entry": f"{source}{n:02d}",
        "source": source,
        "amount_minor": round(1_000_000 * 1.3**n) * 100,
        "currency": "EUR",
        "text": f"{source} {WORDS[n % 8]}",
    }
    for source in ("a", "b")
    for n in range(MANY)
]
"""Sixty gifts, each of its own sum, told by two sources in two words of which one is the same."""
LEDGER = entries(*GIFTS)
RECORDS = records(LEDGER)


def taught(count: int, *, same: bool = False, drawn: int = 0) -> Lessons:
    """The first so many gifts judged, the first of them drawn by chance."""
    rows = [(f"a{n:02d}", f"b{n:02d}", same, n < drawn, n % 10, (n + 1) / MANY) for n in range(count)]
    return Lessons(pl.DataFrame(rows, schema=LESSONS, orient="row"), drawn / MANY)


@cache
def found(count: int, *, same: bool = False, drawn: int = 0) -> Alike:
    return alike(RECORDS, Policy(), taught(count, same=same, drawn=drawn))


def chance(found: Alike, n: int) -> float | None:
    """How likely it is that the two reports of a gift are one."""
    row = found.pairs.filter((pl.col("left_id") == f"a{n:02d}") & (pl.col("right_id") == f"b{n:02d}"))
    return row["probability"].item() if row.height else None


def test_pairs_that_nobody_judged_follow_those_that_look_the_same() -> None:
    before, less, more = (chance(one, 55) for one in (found(0), found(30), found(30, same=True)))
    assert before is not None
    assert less is not None
    assert more is not None
    assert less < before < more


def test_a_few_judgements_teach_nothing() -> None:
    assert found(LEAST - 1).learnt is None
    assert found(LEAST - 1).pairs.equals(found(0).pairs)
    assert found(30).learnt is not None


def test_a_judged_pair_does_not_bear_itself_out() -> None:
    """Of thirty gifts one alone was judged the same: to itself it is as unlikely as the others make it."""
    rows = taught(30).told.with_columns(same=pl.col("left") == "a07")
    one = alike(RECORDS, Policy(), Lessons(rows))
    assert chance(one, 7) == pytest.approx(chance(found(30), 55), abs=0.1)


def test_bits_add_up_to_the_odds_also_where_probabilities_are_calibrated() -> None:
    for one in (found(30, same=True), found(45, same=True, drawn=RANDOM_PAIRS)):
        for evidence, probability in one.pairs.select("evidence", "probability").iter_rows():
            bits = sum(weight for _, _, weight in json.loads(evidence))
            assert 1 / (1 + 2**-bits) == pytest.approx(probability, abs=0.01)


def test_nothing_is_calibrated_by_fewer_pairs_of_chance_than_stated() -> None:
    less, enough = (found(45, same=True, drawn=n) for n in (RANDOM_PAIRS - 1, RANDOM_PAIRS))
    assert [one.used.calibration is not None for one in (less, enough) if one.used] == [False, True]
    assert CALIBRATED in enough.pairs["evidence"][-1]


def test_nothing_is_calibrated_where_the_sample_has_not_caught_up_with_records_added_since() -> None:
    """Of 60 pairs that stand before the last of the sample, 40 are reviewed: fewer than 70 %."""
    told = taught(45, same=True, drawn=RANDOM_PAIRS).told.with_columns(place=pl.col("place") * MANY / 40)
    behind = alike(RECORDS, Policy(), Lessons(told, reach=1.0))
    assert behind.used is not None
    assert behind.used.calibration is None


def test_the_number_of_reviews_needed_is_stated() -> None:
    less, enough = (taught(45, same=True, drawn=n) for n in (RANDOM_PAIRS - 15, RANDOM_PAIRS))
    states = [state(told, alike(RECORDS, Policy(), told).learnt) for told in (taught(0), less, enough)]
    assert states == [
        CalibrationState(False, 0, RANDOM_PAIRS),
        CalibrationState(False, RANDOM_PAIRS - 15, 15),
        CalibrationState(True, RANDOM_PAIRS, 0),
    ]


@given(st.lists(st.floats(0, 1), max_size=130), st.lists(st.floats(0, 1), max_size=10), st.integers(0, 500))
def test_a_further_review_never_takes_a_calibration_away(
    places: list[float], more: list[float], shown: int
) -> None:
    if not lacking(np.array(places), shown):
        assert not lacking(np.array([*places, *more]), shown)


def test_calibration_stays_when_judging_raises_the_number_of_pairs_shown() -> None:
    """Right reviews of further pairs make others likelier; the sample stays as large as it was."""
    shown = []
    for count in range(RANDOM_PAIRS, MANY + 1, 5):
        one = found(count, same=True, drawn=RANDOM_PAIRS)
        assert one.used is not None
        assert one.used.calibration is not None
        assert one.learnt is not None
        shown.append(one.learnt.shown)
    assert len(set(shown)) == 1


def test_how_many_judgements_stand_behind_an_answer_is_kept() -> None:
    used = found(30, same=True).used
    assert used is not None
    assert [int(each[:, 0].sum()) for each in used.judged] == [30] * len(used.comparisons)
    assert not any(each[:, 1].any() for each in used.judged)


def test_answers_keep_the_order_in_which_they_are_declared() -> None:
    used, declared = found(30).used, found(0).used
    assert used is not None
    assert declared is not None
    for bits, before in zip(used.bits, declared.bits, strict=True):
        order = sorted(range(1, len(before)), key=before.__getitem__)
        assert all(bits[a] <= bits[b] for a, b in pairwise(order) if before[a] < before[b])


def judgements(count: int) -> list[dict[str, str]]:
    at = "2022-06-01T10:00:00Z"
    return [
        judged((f"a{n:02d}", f"b{n:02d}"), "different", relation="same_as", by="desk", at=at, entries=LEDGER)
        | {"drawn": RANDOM if n % 10 == 0 else ""}
        for n in range(count)
    ]


def test_relations_follow_judgements_in_any_order_and_forget_those_taken_back() -> None:
    rows = judgements(LEAST)
    first = relate(LEDGER, judgements=pl.DataFrame(rows, schema=JUDGEMENTS))
    mixed = random.Random(3).sample(rows, len(rows))
    assert relate(LEDGER, judgements=pl.DataFrame(mixed, schema=JUDGEMENTS)).relations.equals(first.relations)
    bare = relate(LEDGER)
    assert not first.proposed.equals(bare.proposed)
    back = taken_back(rows[0], by="desk", at="2022-06-02T10:00:00Z")
    undone = relate(LEDGER, judgements=pl.DataFrame([*rows, back], schema=JUDGEMENTS))
    assert undone.proposed.equals(bare.proposed)
