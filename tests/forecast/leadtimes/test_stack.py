"""Mixtures: weights go to the member that was right, the drift follows a shift, few cases change nothing."""

from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
import pytest
from tests.forecast.leadtimes.made import DAY, PROMISED, drawn, promise, table

from konvoi.forecast.distribution import Floats
from konvoi.forecast.leadtimes.document import written
from konvoi.forecast.leadtimes.learn import Settings, learn
from konvoi.forecast.leadtimes.model import Learnt
from konvoi.forecast.leadtimes.stack import (
    MEMBERS,
    Outcome,
    Stacking,
    drift,
    errors,
    shifted,
    tried,
    weights,
)

ALONE = Settings(stacking=None)
BOLD = Settings(stacking=Stacking(prior=1.0))
"""Weights that are not drawn to equal shares, so that tests see where they go."""


def _outcome(late: list[int], known: int = 30) -> Outcome:
    days, ones = np.array(late), np.ones(len(late))
    return Outcome(days, days, np.full(len(late), known), (days > 0).astype(float), ones, np.ones_like(days))


def _errors(chances: list[list[float]], late: list[int], known: int = 30) -> Floats:
    """Errors of members that say the same of all cases: the chance of each of the days 0 to n."""
    until = np.cumsum(np.array(chances), axis=1)[:, None, :]
    return errors(np.repeat(until, len(late), axis=1), 0, _outcome(late, known))


def _learnt(cases: pl.DataFrame, settings: Settings | None = None) -> Learnt:
    found = learn(cases, DAY, data="made up", settings=settings).find("energy", PROMISED)
    assert found is not None
    return found


def _promises(late: Floats, seed: int = 1, **factors: Any) -> pl.DataFrame:
    """Promises of the last 500 days, the chance of each being five days late, else on the day."""
    dice = np.random.default_rng(seed)
    rows = []
    for number, chance in enumerate(late):
        since = DAY - timedelta(days=500 - number * 499 // len(late))
        more = {name: values[number] for name, values in factors.items()}
        rows.append(promise(f"P{number}", since, 5 if dice.random() < chance else 0, **more))
    return table(*rows)


@pytest.mark.parametrize("right", range(3))
def test_all_weight_goes_to_the_one_member_that_is_right(right: int) -> None:
    """Of 1,000 cases, half end on day 0 and half on day 4; two members say day 9 of all."""
    chances = [[0.0] * 9 + [1.0] for _ in range(3)]
    chances[right] = [0.5, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0]
    found = weights(_errors(chances, [0, 4] * 500), 1000.0, 10.0)
    assert found[right] > 0.9
    assert sum(found) == pytest.approx(1.0)


def test_two_members_that_err_in_opposite_ways_share_the_weight() -> None:
    """One says day 0, one day 4, the third day 9; half end on day 0 and half on day 4."""
    chances = [[float(day == sure) for day in range(10)] for sure in (0, 4, 9)]
    found = weights(_errors(chances, [0, 4] * 500), 1000.0, 10.0)
    assert found[:2] == pytest.approx((0.5, 0.5), abs=0.02)


def test_few_cases_leave_the_first_member_nearly_alone_whatever_they_say() -> None:
    chances = [[float(day == sure) for day in range(10)] for sure in (9, 0, 0)]
    error = _errors(chances, [0, 0])
    assert weights(error, 2.0, 100.0)[0] > 0.9
    assert weights(np.zeros((3, 3)), 0.0, 100.0) == (1.0, 0.0, 0.0)


def test_weights_are_the_least_of_all_on_a_grid() -> None:
    dice = np.random.default_rng(5)
    chances = dice.dirichlet(np.ones(8), 3)
    error = _errors(chances.tolist(), dice.integers(0, 8, 50).tolist())
    found = np.array(weights(error, 50.0, 1e-6))
    assert sum(found) == pytest.approx(1.0, abs=1e-12)
    grid = [np.array([a, b, 20 - a - b]) / 20 for a in range(21) for b in range(21 - a)]
    assert found @ error @ found <= min(one @ error @ one for one in grid) + 1e-6


def test_a_case_counts_only_on_the_days_of_which_its_outcome_is_known() -> None:
    """Day 3 is the last known: members that part after it are equally good, open or not."""
    chances = [[0.5, 0, 0, 0, 0.5, 0], [0.5, 0, 0, 0, 0, 0.5]]
    error = _errors(chances, [0, 5], known=3)
    assert error.ravel().tolist() == pytest.approx([2.0] * 4)


def test_days_between_the_first_and_last_on_which_a_case_can_have_ended_do_not_count() -> None:
    one = np.array([1.0])
    outcome = Outcome(np.array([1]), np.array([3]), np.array([4]), one, one, np.array([9]))
    until = np.array([[[0.5, 0.5, 0.5, 0.5, 0.5]]])
    assert errors(until, 0, outcome)[0, 0] == pytest.approx(0.75)


def test_what_is_withdrawn_by_its_day_was_expected_not_to_be_late_and_never_comes() -> None:
    """A chance of a quarter each: received on day 0 and on day 1, withdrawn on day 0 and on day 1."""
    chances = np.array([[[[0.25, 0.25]], [[0.25, 0.25]]]])
    never, one = np.array([99]), np.array([1.0])
    trial = tried(chances, 0, Outcome(never, never, np.array([1]), one, one, np.array([9])))
    assert trial.said[0, 0] == pytest.approx(0.5)
    assert trial.error[0, 0] == pytest.approx(0.25**2 + 0.5**2)


def test_the_drift_follows_a_planted_shift_and_is_nought_without_one() -> None:
    """A tenth late was said, three tenths were: the odds are 27/7 of those said."""
    said, ones = np.full(1000, 0.1), np.ones(1000)
    was = (np.arange(1000) % 10 < 3).astype(np.float64)
    assert drift(said, was, ones, 1.0) == pytest.approx(np.log(27 / 7), abs=0.05)
    assert drift(said, (np.arange(1000) % 10 < 1).astype(np.float64), ones, 1.0) == pytest.approx(0, abs=1e-3)
    assert 0 < drift(said[:10], was[:10], ones[:10], 20.0) < 0.2


def test_shifted_chances_of_being_late_have_other_odds_and_the_same_days() -> None:
    chances = np.array([[[0.3, 0.3, 0.2, 0.1]], [[0.0, 0.0, 0.0, 0.05]]])
    found = shifted(chances, -1, float(np.log(2)))
    late = 1 - found[:, :, :2].sum()
    assert late / (1 - late) == pytest.approx(2 * 0.4 / 0.6)
    assert found[0, 0, 2] / found[0, 0, 3] == pytest.approx(2)
    assert found[0, 0, 2] / found[1, 0, 3] == pytest.approx(4)
    assert shifted(chances, -1, 0.0) is chances


def test_where_each_of_many_groups_stays_what_it_is_cases_of_all_ages_count() -> None:
    """Seventy lanes of ten cases in 500 days; every second is nearly always late, the others hardly ever."""
    lane = np.arange(700) % 70
    found = _learnt(_promises(np.where(lane % 2, 0.95, 0.05), lane=[f"L{one}" for one in lane]), BOLD)
    assert found.stack is not None
    recent, steady, _ = found.stack.weights
    assert steady > 0.7
    assert recent < 0.1


def test_where_lateness_comes_and_goes_newer_cases_count() -> None:
    """By turns of 180 days hardly anything and nearly everything is late."""
    late = np.where(np.arange(700) * 500 // 700 // 180 % 2, 0.95, 0.05)
    found = _learnt(_promises(late), BOLD)
    assert found.stack is not None
    assert found.stack.weights[1] < 0.1


def test_where_effects_add_up_over_many_groups_the_regression_counts() -> None:
    """Twenty suppliers times twenty programmes, each pair once or twice: no group of both is ever large."""
    dice = np.random.default_rng(3)
    supplier, programme = dice.integers(0, 20, 800), dice.integers(0, 20, 800)
    odds = dice.normal(0, 2, 20)[supplier] + dice.normal(0, 2, 20)[programme]
    suppliers, programmes = ([f"V{one}" for one in column] for column in (supplier, programme))
    cases = _promises(1 / (1 + np.exp(-odds)), supplier=suppliers, programme=programmes)
    found = _learnt(cases, BOLD)
    assert found.stack is not None
    shares = dict(zip(MEMBERS, found.stack.weights, strict=True))
    assert shares["regression"] > 0.5


def test_a_recent_shift_of_lateness_gives_a_drift() -> None:
    """One in ten was late until 60 days ago, six in ten since: the groups follow, the drift adds to it."""
    late = np.where(np.arange(700) * 500 // 700 > 440, 0.6, 0.1)
    found = _learnt(_promises(late))
    assert found.stack is not None
    assert found.stack.drift > 0.1


def test_a_question_that_leaves_out_what_all_cases_state_is_answered_by_the_recent_groups_alone() -> None:
    cases = _promises(np.full(300, 0.3), mode=["air", "sea", "road"] * 100)
    mixed, alone = (learn(cases, DAY, data="d", settings=each) for each in (None, ALONE))
    asked = pl.DataFrame({"kind": "energy", "measure": PROMISED, "mode": [None, "air"]})
    one, other = (model.distribution(asked).until for model in (mixed, alone))
    assert one[0].tolist() == pytest.approx(other[0].tolist())
    assert abs(one[1] - other[1]).max() > 0.001


def test_what_travels_with_an_earlier_case_tells_nothing_of_how_good_a_forecast_was() -> None:
    """All is one shipment: no case is left that could be asked of, and so there is no mixture."""
    together = _promises(np.full(300, 0.3)).with_columns(shipment=pl.lit("S"))
    assert _learnt(together).stack is None


def test_days_from_stage_to_stage_have_no_mixture() -> None:
    cases = drawn(3, 300)
    assert written(learn(cases, DAY, data="d")) == written(learn(cases, DAY, data="d", settings=ALONE))


@pytest.mark.parametrize("count", [0, 1, 29, 40, 90])
def test_a_small_history_teaches_what_it_did_without_a_mixture(count: int) -> None:
    cases = _promises(np.full(count, 0.3))
    assert written(learn(cases, DAY, data="d")) == written(learn(cases, DAY, data="d", settings=ALONE))


def test_the_same_cases_in_any_order_give_the_same_bytes() -> None:
    cases = _promises(np.full(300, 0.3), mode=["air", "sea", "road"] * 100)
    turned = cases.sample(fraction=1.0, shuffle=True, seed=4)
    text = written(learn(cases, DAY, data="d"))
    assert '"regression"' in text
    assert written(learn(turned, DAY, data="d")) == text
