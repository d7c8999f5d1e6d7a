"""Chance from a seed: the same numbers everywhere, even, and as often as counted."""

import numpy as np
from bench.pledges.chance import Chance


def test_the_first_draws_of_a_seed_are_fixed_for_ever() -> None:
    """Splitmix64 by whole numbers: no release of a library and no machine changes them."""
    assert Chance(1).bits("day", 3).tolist() == [
        6246228069818611004,
        15405507152650578905,
        17771516615426676630,
    ]
    assert Chance(1).below("day", 5, 28).tolist() == [9, 23, 26, 8, 0]


def test_a_place_is_drawn_alike_however_many_are_drawn() -> None:
    """So that a larger set starts as the smaller one does."""
    assert Chance(7).below("x", 5, 100).tolist() == Chance(7).below("x", 50, 100).tolist()[:5]


def test_streams_and_seeds_do_not_follow_each_other() -> None:
    """Two names, or two seeds, agree on one place in a hundred, as chance has it."""
    one = Chance(1).below("a", 100_000, 100)
    for other in (Chance(1).below("b", 100_000, 100), Chance(2).below("a", 100_000, 100)):
        assert 0.008 < float((one == other).mean()) < 0.012


def test_each_value_is_drawn_as_often_as_it_was_counted() -> None:
    """3 in 4 and 1 in 4; what counts nothing never."""
    drawn = Chance(1).weighted("w", 100_000, [3, 0, 1])
    share = np.bincount(drawn, minlength=3) / 100_000
    assert abs(share[0] - 0.75) < 0.01
    assert share[1] == 0


def test_something_that_never_or_always_happens_does_so() -> None:
    """The ends of a share are exact."""
    chance = Chance(3)
    assert not chance.happens("n", 1000, 0.0).any()
    assert chance.happens("a", 1000, 1.0).all()


def test_a_spread_stays_between_its_second_and_its_last_but_one_quantile() -> None:
    """The outermost twentieths hold what nobody believes, as a date 846 days before its report."""
    quantiles = [-999, *range(0, 190, 10), 999]
    drawn = Chance(1).spread("s", 100_000, quantiles)
    assert (drawn.min(), drawn.max()) == (0, 180)
    assert abs(float(drawn.mean()) - 90) < 1


def test_a_tail_has_no_end_but_halves_each_time() -> None:
    """Half are 0, a quarter 1, and some of a hundred thousand are beyond 12."""
    drawn = Chance(1).tail("t", 100_000)
    assert abs(float((drawn == 0).mean()) - 0.5) < 0.01
    assert abs(float((drawn == 1).mean()) - 0.25) < 0.01
    assert drawn.max() > 12
