"""Weights are learnt from how often answers come, without a label."""

import numpy as np

from konvoi.link.comparison import Codes
from konvoi.link.learning import Counts, dependent, learnt
from konvoi.link.levels import equal
from konvoi.link.weights import given

BOTH = (equal("name"), equal("born"))
ALIKE, UNLIKE = Codes(BOTH).pack((1, 1)), Codes(BOTH).pack((2, 2))


def test_true_pairs_in_the_sample_are_not_taken_for_chance() -> None:
    """Of 1,000 pairs ten are equal in both columns, far more than chance makes: these are the true ones."""
    counts = Counts(
        codes=np.array([ALIKE]),
        pairs=np.array([10]),
        sample_codes=np.array([ALIKE, UNLIKE]),
        sample_pairs=np.array([10, 990]),
        possible=1000,
    )
    found = learnt(given(BOTH, 0.001), counts)
    assert found.chance[0][1] < 0.001
    assert abs(found.prior - 0.01) < 0.001
    assert found.probabilities(np.array([ALIKE]))[0] > 0.99


def test_equal_answers_that_chance_explains_stay_with_chance() -> None:
    """Half of all names are equal, but no more of them where the day is equal, too: one thing, not two."""
    codes = [Codes(BOTH).pack(pair) for pair in ((1, 1), (1, 2), (2, 1), (2, 2))]
    counts = Counts(
        codes=np.array(codes[:3]),
        pairs=np.array([5, 495, 5]),
        sample_codes=np.array(codes),
        sample_pairs=np.array([5, 495, 5, 495]),
        possible=1000,
    )
    found = learnt(given(BOTH, 0.001), counts)
    assert abs(found.chance[0][1] - 0.5) < 0.05
    assert found.prior < 0.02


def test_names_that_follow_from_one_another_are_counted_together() -> None:
    """A hundredth of 100,000 pairs has both names equal, none has one: more than 100 people explain."""
    names = (equal("first"), equal("surname"), equal("born"))
    pack = Codes(names).pack
    seen = {(1, 1, 2): 990, (1, 1, 1): 10, (2, 2, 2): 99_000}
    codes, pairs = np.array([pack(one) for one in seen]), np.array(list(seen.values()))
    counts = Counts(codes[:2], pairs[:2], codes, pairs, possible=100_000, records=100)
    groups = dependent(counts, names)
    assert groups == ((0, 1),)
    found = learnt(given(names, 0.0001), counts, groups).probabilities(codes)
    assert found[0] < 0.1
    assert found[1] > 0.9
    assert learnt(given(names, 0.0001), counts).probabilities(codes)[0] > 0.9


def test_true_pairs_make_no_comparisons_dependent() -> None:
    """With as many people as pairs whose names are equal, all of these may be true."""
    names = (equal("first"), equal("surname"), equal("born"))
    pack = Codes(names).pack
    codes = np.array([pack((1, 1, 2)), pack((2, 2, 2))])
    counts = Counts(
        codes[:1], np.array([990]), codes, np.array([990, 99_010]), possible=100_000, records=1000
    )
    assert dependent(counts, names) == ()
