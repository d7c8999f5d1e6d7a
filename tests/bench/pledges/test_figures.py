"""Sums as they are said, and parts that add up."""

import numpy as np
import pytest
from bench.pledges.chance import Chance
from bench.pledges.figures import amounts, length, rounded, significant
from bench.pledges.lexicon import lexicon
from bench.pledges.rates import rates
from bench.pledges.registered import parts
from bench.pledges.world import Setting


def test_sums_are_rounded_to_digits_halves_up_and_the_unknown_stays() -> None:
    """661,226,068 in two digits is 660 million."""
    assert rounded(np.array([661_226_068, 95, 95, -1, 0]), np.array([2, 2, 1, 2, 2])).tolist() == [
        660_000_000, 95, 100, -1, 0,
    ]  # fmt: skip


def test_digits_of_a_sum_are_counted_without_its_zeros() -> None:
    """1,200,000 has two, 100 one, 661,226,068 nine."""
    assert significant(np.array([1_200_000, 100, 661_226_068])).tolist() == [2, 1, 9]
    assert length(np.array([1, 9, 10, 999, 1000])).tolist() == [1, 1, 2, 3, 4]


def test_sums_in_a_weak_currency_are_worth_what_those_in_a_strong_one_are() -> None:
    """A yen's sums have two more digits than a euro's, and as many significant ones."""
    euro = amounts(Chance(1), rates(), np.full(20_000, 1.0))
    yen = amounts(Chance(1), rates(), np.full(20_000, 130.0))
    assert (yen == euro * 100).all()


def test_sums_have_as_many_digits_as_the_two_registers_that_they_are_taken_from() -> None:
    """Half of them as in FTS, half as in the tracker: the share of one digit lies between the two."""
    drawn = significant(amounts(Chance(1), rates(), np.full(50_000, 1.0)))
    shares = [rates().counts(name)[0] / sum(rates().counts(name)) for name in ("fts.digits", "kiel.digits")]
    assert float((drawn == 1).mean()) == pytest.approx(sum(shares) / 2, abs=0.02)


def test_parts_add_up_to_the_unit() -> None:
    """Whatever the weights, nothing is lost: 100 in three, 7 in two, 0 in one."""
    to = Setting.of(1, 1, lexicon("train"))
    total, count = np.array([100, 7, 0, 9_999_999_999_999]), np.array([3, 2, 1, 5])
    place, rank, amount = parts(to, "test", total, count)
    assert [int(amount[place == i].sum()) for i in range(4)] == total.tolist()
    assert rank.tolist() == [0, 1, 2, 0, 1, 0, 0, 1, 2, 3, 4]
    assert (amount >= 0).all()
