"""Steps one after the other, beside one another, and waiting: drawn as exact results say."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pytest

from konvoi.forecast.core.draw import (
    ADD,
    BY,
    FARTHEST,
    WAIT,
    Counts,
    Seen,
    Small,
    Span,
    Ways,
    commons,
    journeys,
    spared,
)
from konvoi.forecast.delay import Ints
from konvoi.forecast.luck import GRID, NONE, fours, own, shared

RUNS = 100_000
DAYS = 20_000
SHARES = np.minimum(np.array([NormalDist().cdf(z) for z in GRID]), 1 - 1e-12)


@dataclass(frozen=True)
class Drawn:
    """What was drawn of one movement."""

    days: Small
    seen: Seen
    saved: Counts


EVERY = np.arange(DAYS)
FROM_50 = np.maximum(EVERY, 50)


def drawn(
    steps: list[tuple[int, Small]],
    *,
    due: int = DAYS - 1,
    block: int = 7,
    line: Ints = FROM_50,
    weekly: bool = False,
) -> Drawn:
    """One movement whose steps have these days by luck, none shared; line 1 waits for day 50."""
    count = len(steps)
    ways = Ways(
        first=np.array([0, count]),
        starts=np.array([0], dtype=np.uint16),
        due=np.array([due], dtype=np.uint16),
        key=np.array([11], dtype=np.uint64),
        how=np.array([how for how, _ in steps], dtype=np.uint8),
        group=np.zeros(count, dtype=np.int64),
        part=np.zeros(count, dtype=np.int64),
        table=np.arange(count),
        line=np.array([int(how == WAIT) for how, _ in steps]),
        base=np.array([50 * (how == WAIT) for how, _ in steps], dtype=np.uint16),
        planned=np.zeros(count, dtype=np.uint16),
        days=np.array([days for _, days in steps], dtype=np.uint16),
        onward=np.array([EVERY, line], dtype=np.uint16),
        weekly=np.array([False, weekly]),
        own=np.array([fours(own(0.0))]),
    )
    common = np.full((1, RUNS), NONE, dtype=np.uint16)
    days, seen = np.zeros((1, RUNS), dtype=np.uint16), np.zeros((1, DAYS), dtype=np.int32)
    saved = np.zeros(count, dtype=np.int64)
    luck = np.uint64(block)
    journeys(ways, common, Span(0, 1, luck), days, seen)
    spared(ways, common, Span(0, 1, luck), days, saved)
    return Drawn(days[0], seen[0], saved)


def curve(quantile: np.ndarray) -> Small:
    return np.round(quantile).astype(np.uint16)


EXPONENTIAL = curve(-200 * np.log1p(-SHARES))
UNIFORM = curve(1000 * SHARES)


@pytest.mark.parametrize("count", [1, 3, 7])
def test_a_sum_of_exponentials_is_within_three_standard_errors_of_erlangs_distribution(count: int) -> None:
    found = drawn([(ADD, EXPONENTIAL)] * count).days.astype(float)
    mean, error = 200.0 * count, 200.0 * math.sqrt(count / RUNS)
    assert abs(found.mean() - mean) < 3 * error
    for at in (0.5 * mean, mean, 1.7 * mean):
        x = (at + 0.5) / 200
        by = 1 - sum(math.exp(-x) * x**k / math.factorial(k) for k in range(count))
        assert abs((found <= at).mean() - by) < 3 * math.sqrt(by * (1 - by) / RUNS)


@pytest.mark.parametrize("count", [1, 2, 6])
def test_a_maximum_of_uniforms_is_within_three_standard_errors_of_its_power(count: int) -> None:
    found = drawn([(BY, UNIFORM)] * count).days
    for at in (300, 700, 900):
        by = ((at + 0.5) / 1000) ** count
        assert abs((found <= at).mean() - by) < 3 * math.sqrt(by * (1 - by) / RUNS)


def test_what_waits_goes_on_on_its_day_and_what_comes_later_at_once() -> None:
    """Half wait 0 days and half 100 before a step that may start on day 50 and takes 3."""
    half = np.where(GRID < 0, 0, 100).astype(np.uint16)
    three = np.full(len(GRID), 3, dtype=np.uint16)
    found = drawn([(ADD, half), (WAIT, three)])
    assert set(found.days.tolist()) == {53, 103}
    assert abs(found.seen[53] / RUNS - 0.5) < 3 * 0.5 / math.sqrt(RUNS)


def test_a_lane_that_is_never_shut_needs_no_table() -> None:
    """Planned for day 50, whose week ends with day 55: the same days drawn by a line and without."""
    days = [EVERY[:50] * 0 + 50, EVERY[50:56], -(-EVERY[56:] // 7) * 7]
    line = np.minimum(np.concatenate(days), DAYS - 1)
    steps = [(ADD, curve(130 * SHARES)), (WAIT, EXPONENTIAL)]
    by_line, without = (drawn(steps, line=line, weekly=weekly).days for weekly in (False, True))
    assert np.array_equal(by_line, without)
    none = [(ADD, EVERY[: len(GRID)].astype(np.uint16) * 0 + at) for at in (49, 50, 55, 56, 57, FARTHEST - 7)]
    wait = (WAIT, np.zeros(len(GRID), dtype=np.uint16))
    found = [int(drawn([step, wait], line=EVERY, weekly=True).days[0]) for step in none]
    assert found == [50, 50, 55, 56, 63, -(-(FARTHEST - 7) // 7) * 7]


def test_the_step_that_makes_late_is_the_one_that_would_have_spared_it() -> None:
    """The first takes ten days half the time, the second none ever; due on day 5."""
    half = np.where(GRID < 0, 0, 10).astype(np.uint16)
    none = np.zeros(len(GRID), dtype=np.uint16)
    found = drawn([(ADD, half), (ADD, none)], due=5)
    late = int((found.days > 5).sum())
    assert found.saved.tolist() == [late, 0]
    assert late > RUNS / 3


def test_with_the_same_block_the_same_days_and_with_another_other_ones() -> None:
    one, again, other = (drawn([(ADD, EXPONENTIAL)], block=block).days for block in (3, 3, 4))
    assert np.array_equal(one, again)
    assert abs(float(np.corrcoef(one, other)[0, 1])) < 3 / math.sqrt(RUNS)


def test_the_steps_of_a_movement_draw_apart() -> None:
    """The variance of seven adds up."""
    found = drawn([(ADD, UNIFORM)] * 7).days.astype(float)
    variance = 7 * 1000**2 / 12
    assert abs(found.var() / variance - 1) < 3 * math.sqrt(2 / RUNS)


def test_the_luck_of_runs_side_by_side_hangs_together_in_one_step_and_not_from_step_to_step() -> None:
    """Four runs are a quarter of luck apart in each step; which quarter is whose is drawn anew."""
    one, two = (drawn([(ADD, UNIFORM)] * steps).days.astype(float) for steps in (1, 2))
    fours = one.reshape(-1, 4)
    assert fours.mean(axis=1).std() < 0.5 * one.std() / 2
    for run in range(4):
        assert abs(fours[:, run].mean() - 500) < 3 * 1000 / math.sqrt(12 * RUNS / 4)
    second = two - one
    assert abs(float(np.corrcoef(one, second)[0, 1])) < 3 / math.sqrt(RUNS)


def test_groups_share_as_much_of_their_luck_as_they_are_told() -> None:
    keys = np.array([5, 5, 9], dtype=np.uint64)
    common = np.full((4, RUNS), NONE, dtype=np.uint16)
    commons(keys, np.array([0, 0, 0]), np.array([shared(0.5)]), np.uint64(1), common)
    assert np.array_equal(common[0], common[1])
    assert abs(float(np.corrcoef(common[0], common[2])[0, 1])) < 3 / math.sqrt(RUNS)
    assert (common[3] == NONE).all()
