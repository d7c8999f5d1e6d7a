"""Declared weights give way to judged pairs as far as these reach, keep their order, and forget nothing."""

from dataclasses import replace

import numpy as np
import pytest

from konvoi.link.comparison import OTHERWISE, Codes, Comparison, Level
from konvoi.link.pair_backend import Seen
from konvoi.link.shrinkage import REST, SHOWN, Told, declared, leaned
from konvoi.link.weights import Weights, given

SUM = Comparison(
    "sum",
    ("sum",),
    (
        Level("equal", "l.sum = r.sum", 0.8, 0.1),
        Level("near", "l.sum < 9", 0.1, 0.1),
        Level("other", OTHERWISE, 0.1, 0.8),
    ),
)
DAY = Comparison(
    "day", ("day",), (Level("equal", "l.day = r.day", 0.9, 0.3), Level("other", OTHERWISE, 0.1, 0.7))
)
START = given((SUM, DAY), 0.2)
CODES = Codes((SUM, DAY))
EVERY = [(a, b) for a in range(4) for b in range(3)]
SEEN = Seen(*(np.array(each) for each in ([CODES.pack(one) for one in EVERY], [0] * 12, [100] * 12)))


def told(*pairs: tuple[tuple[int, int], bool, int]) -> Told:
    """Pairs by their answers, whether they belong together, and how many of them there are."""
    codes = np.array([CODES.pack(levels) for levels, _, count in pairs for _ in range(count)], dtype=np.int64)
    same = np.array([float(true) for _, true, count in pairs for _ in range(count)])
    return Told(codes, same, np.ones(len(codes)), np.zeros(len(codes), dtype=np.int64))


def taught(*pairs: tuple[tuple[int, int], bool, int]) -> Weights:
    return leaned(START, told(*pairs), declared(START, SEEN, 0.1))


def chance(weights: Weights, *levels: int) -> float:
    return float(weights.probabilities(np.array([CODES.pack(levels)]))[0])


def test_without_judgements_nothing_moves() -> None:
    assert taught() is START


def test_what_people_told_of_pairs_becomes_likely_of_others_that_look_so() -> None:
    """Near sums of one day: 40 are different; the same answer beside another day falls, too."""
    after = taught(((2, 1), False, 40), ((1, 1), True, 40))
    assert chance(after, 2, 1) < 0.6 * chance(START, 2, 1)
    assert chance(after, 2, 2) < chance(START, 2, 2)
    assert chance(after, 1, 1) > chance(START, 1, 1)


def test_more_judgements_move_more_and_a_thousand_are_believed() -> None:
    found = [chance(taught(((1, 1), False, count)), 1, 1) for count in (0, 10, 100, 1000)]
    assert found == sorted(found, reverse=True)
    assert found[1] > 0.5
    assert found[3] < 0.1


def test_answers_keep_their_order_whatever_is_told() -> None:
    """Equal sums 60 times different, near ones 60 times the same: in the end both say as much."""
    after = taught(((1, 1), False, 60), ((2, 1), True, 60), ((3, 1), True, 60))
    bits = after.bits[0]
    assert bits[1] == bits[2] >= bits[3]
    assert START.bits[0][1] > bits[1]


def test_what_is_not_known_says_nothing_still() -> None:
    after = taught(((0, 0), False, 50), ((1, 0), False, 50))
    assert [bits[0] for bits in after.bits] == [0.0, 0.0]


def test_how_often_an_answer_was_judged_is_counted() -> None:
    after = taught(((1, 1), True, 3), ((1, 2), False, 2))
    assert after.judged[0].tolist() == [[0, 0], [3, 2], [0, 0], [0, 0]]
    assert after.judged[1].tolist() == [[0, 0], [3, 0], [0, 2]]


def test_the_order_of_judgements_does_not_matter() -> None:
    pairs = (((1, 1), True, 30), ((2, 1), False, 20), ((3, 2), False, 9))
    first, second = taught(*pairs), taught(*pairs[::-1])
    assert first.prior == pytest.approx(second.prior, abs=1e-9)
    for one, other in zip(first.bits, second.bits, strict=True):
        assert one.tolist() == pytest.approx(other.tolist(), abs=2e-4)


def test_what_is_declared_counts_as_so_many_pairs_and_none_for_more_than_a_judged_one() -> None:
    few = declared(START, replace(SEEN, pairs=np.full(12, 5)), 0.1)
    assert few.pairs.tolist() == [5.0] * 12
    many = declared(START, SEEN, 0.1)
    shown = many.same >= 0.1
    assert many.pairs[shown].sum() == pytest.approx(SHOWN)
    assert many.pairs[~shown].sum() == pytest.approx(REST)
