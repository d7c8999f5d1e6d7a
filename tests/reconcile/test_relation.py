"""What is alike is proposed; accepted is only what judged pairs of chance bear out at their lower bound."""

import polars as pl

from konvoi.reconcile.policy import Policy
from konvoi.reconcile.relation import likely

PAIRS = pl.DataFrame(
    {
        "left": ["a", "b", "c"],
        "right": ["x", "y", "z"],
        "probability": [0.999, 0.999, 0.999],
        "lower": [0.979, 0.98, None],
        "evidence": ["[]"] * 3,
    }
)


def test_a_pair_is_accepted_from_its_lower_bound_on_and_never_where_nothing_is_calibrated() -> None:
    found = likely(PAIRS, "same_as", Policy(sure=0.98)).relations
    assert found["status"].to_list() == ["undecided", "accepted", "undecided"]


def test_settings_can_forbid_even_that() -> None:
    found = likely(PAIRS, "same_as", Policy(sure=1.0)).relations
    assert found["status"].to_list() == ["undecided"] * 3
