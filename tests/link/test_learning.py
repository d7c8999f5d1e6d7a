"""Weights are learnt from how often answers come, without a label."""

import numpy as np

from konvoi.link.comparison import Codes
from konvoi.link.learning import Counts, learnt
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
