"""What anybody could find of first hops."""

import polars as pl
import pytest
from bench.reconciling.ceiling import _told, first_hop


def test_what_may_come_from_three_flows_is_not_told() -> None:
    """Of four hops two are certain, one is one of two, one is one of three: 3 of 4 told edges are true."""
    choice = pl.DataFrame({"choices": [1, 1, 2, 3], "findable": [True, False, True, True]})
    assert _told(choice) == {"precision": 0.75, "recall of findable": pytest.approx(2 / 3)}


def test_equal_undertakings_keep_everybody_from_finding_all() -> None:
    told = first_hop(1, 3_000)
    assert 0.9 < told["precision"] < 1
    assert 0.8 < told["recall of findable"] < 1
