"""Records of one source in one document that are like the same record share its likelihood."""

import polars as pl
import pytest

from konvoi.link.match import PAIRS
from konvoi.reconcile.rivals import against_rivals

RECORDS = pl.DataFrame({"id": ["a", "b1", "b2", "c"], "source": list("ABBC"), "submission": list("ABBC")})


def pairs(**likely: float) -> pl.DataFrame:
    rows = [(*name.split("_"), "same_as", p, "[]", 0, None, 0) for name, p in likely.items()]
    return pl.DataFrame(rows, PAIRS, orient="row")


def found(**likely: float) -> dict[str, float]:
    told = against_rivals(pairs(**likely), RECORDS)
    return {f"{left}_{right}": p for left, right, p in told[:, [0, 1, 3]].iter_rows()}


def test_a_pair_without_rivals_is_as_likely_as_before() -> None:
    assert found(a_b1=0.9, a_c=0.8) == {"a_b1": 0.9, "a_c": 0.8}


def test_two_records_of_one_document_make_each_other_less_likely() -> None:
    """Odds of 9 beside odds of 9: 9 / (1 + 9 + 0.4 * 9); c stands in another document."""
    told = found(a_b1=0.9, a_b2=0.9, a_c=0.9)
    assert told == {"a_b1": pytest.approx(9 / 13.6), "a_b2": pytest.approx(9 / 13.6), "a_c": 0.9}


def test_a_sure_pair_leaves_little_to_its_rival() -> None:
    """Odds of 1 beside odds of 999: 1 / (1 + 1 + 399.6), and 999 / (1000 + 0.4)."""
    told = found(a_b1=0.999, a_b2=0.5)
    assert told["a_b2"] == pytest.approx(1 / 401.6)
    assert told["a_b1"] == pytest.approx(999 / 1000.4)


def test_pairs_stay_in_the_order_of_probability() -> None:
    told = against_rivals(pairs(a_b2=0.9, a_b1=0.9, a_c=0.85), RECORDS)
    assert told.select("left_id", "right_id").rows() == [("a", "c"), ("a", "b1"), ("a", "b2")]
    assert told.schema == PAIRS


def test_a_document_of_several_sources_makes_no_rivals_of_these() -> None:
    """A list of what two papers write may hold one gift twice."""
    several = RECORDS.with_columns(source=pl.Series(list("ABDC")))
    told = against_rivals(pairs(a_b1=0.9, a_b2=0.9), several)
    assert told["probability"].to_list() == [0.9, 0.9]
