"""What stands around a pair: figures small enough to be reckoned by hand, weights that labels give back."""

import numpy as np
import polars as pl
import pytest
from bench.reconciling.around import FIGURES, Aspect, fitted, kept, surrounded, taken, weighed
from hypothesis import given
from hypothesis import strategies as st

PAIRS = {"a": [0, 1, 2], "b": [1, 2, 3], "probability": [0.9, 0.8, 0.3]}


def chain() -> pl.DataFrame:
    """0 and 2 were never looked at; 1 goes between; 3 stands outside and draws 2."""
    return surrounded(pl.DataFrame(PAIRS), np.array([0, 0, 0, 3]))


def figures(pairs: pl.DataFrame, a: int, b: int) -> dict[str, float]:
    return pairs.filter(a=a, b=b).select(FIGURES).row(0, named=True)


def test_a_pair_nobody_looked_at_comes_in_by_its_go_between() -> None:
    told = figures(chain(), 0, 2)
    assert told["probability"] == 0
    assert told["surest go-between"] == pytest.approx(0.8)
    assert told["go-betweens"] == pytest.approx(0.72)
    assert told["records"] == 3


def test_ties_within_and_out_of_the_cluster_are_told_apart() -> None:
    told = figures(chain(), 1, 2)
    assert told["strongest rival of either"] == pytest.approx(0.3)
    assert told["strongest rival of both"] == 0
    assert told["mean tie of the looser"] == pytest.approx(0.4)
    assert told["mean tie of the firmer"] == pytest.approx(0.85)
    across = chain().filter(a=2, b=3)
    assert across["together"].to_list() == [False]
    assert across["records"].to_list() == [1]


@given(st.permutations(range(3)))
def test_the_order_of_pairs_and_of_their_ends_changes_nothing(order: list[int]) -> None:
    turned = pl.DataFrame(PAIRS)[order].rename({"a": "b", "b": "a"})
    assert surrounded(turned, np.array([0, 0, 0, 3])).equals(chain())


def test_no_pairs_are_no_pairs() -> None:
    none = pl.DataFrame(PAIRS).clear()
    assert surrounded(none, np.arange(4)).is_empty()
    assert weighed(surrounded(none, np.arange(4)), ()).tolist() == []


def test_labels_give_back_how_often_each_step_is_true() -> None:
    """Pairs at 0.2 are true one time in four, pairs at 0.8 three times in four."""
    n = 4_000
    pairs = pl.DataFrame(
        {"a": np.arange(0, 2 * n, 2), "b": np.arange(1, 2 * n, 2), "probability": [0.2, 0.8] * (n // 2)}
    )
    seen = surrounded(pairs, np.arange(2 * n))
    true = np.tile([True, True, False, True, False, True, False, False], n // 8)
    assert true[::2].mean() == 0.25
    assert true[1::2].mean() == 0.75
    aspects = fitted(seen, true, {"probability": (0.5,)})
    assert weighed(seen, aspects)[:2] == pytest.approx([0.25, 0.75], abs=0.01)


def test_a_file_gives_back_what_was_kept() -> None:
    aspects = (Aspect("records", (2.0, 3.5), (0.25, -1.0, 2.0), (0.0, 0.0, 1.0)),)
    assert taken(kept(aspects)) == aspects


@pytest.mark.parametrize(
    "text",
    [
        '[[aspect]]\nname = "moon"\nedges = []\ntogether = [1]\napart = [1]',
        '[[aspect]]\nname = "records"\nedges = [1]\ntogether = [1]\napart = [1]',
    ],
)
def test_a_file_of_other_figures_or_too_few_steps_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        taken(text)
