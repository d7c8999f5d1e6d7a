"""Clusters grow from the surest pair on and never join what must stay apart."""

import random
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link import textbook

from konvoi.link.clusters import Apart, clusters

Pair = tuple[str, str]
NAMES = "abcdefgh"
NAME = st.sampled_from(NAMES)
TWO = st.tuples(NAME, NAME).filter(lambda p: p[0] != p[1])
PAIRS = st.dictionaries(
    TWO.map(lambda p: (min(p), max(p))), st.sampled_from([0.2, 0.5, 0.7, 0.9]), max_size=20
)
HELD = st.dictionaries(NAME, st.dictionaries(st.sampled_from("rs"), st.sampled_from("xyz"), max_size=2))


def numbers(names: Sequence[str]) -> np.ndarray:
    return np.array([NAMES.index(name) for name in names], dtype=np.int32)


def compiled(
    pairs: Sequence[tuple[str, str, float]],
    *,
    apart: Sequence[Pair] = (),
    held: Mapping[str, Mapping[str, str]] | None = None,
    join: float = 0.0,
    mean: float = 0.0,
) -> dict[str, str]:
    """What `clusters` gives, for the names that the textbook gives."""
    lines = [(name, scheme, value) for name, one in (held or {}).items() for scheme, value in one.items()]
    parted = Apart(
        (numbers([a for a, _ in apart]), numbers([b for _, b in apart])),
        numbers([name for name, _, _ in lines]),
        np.array(["rs".index(scheme) for _, scheme, _ in lines], dtype=np.int32),
        np.array(["xyz".index(value) for _, _, value in lines], dtype=np.int32),
    )
    ends = (numbers([a for a, _, _ in pairs]), numbers([b for _, b, _ in pairs]))
    probability = np.array([p for _, _, p in pairs], dtype=float)
    found = clusters(ends, probability, len(NAMES), apart=parted, join=join, mean=mean)
    seen = sorted({name for a, b, p in pairs if p >= join for name in (a, b)})
    return {name: NAMES[found[NAMES.index(name)]] for name in seen}


def test_the_surer_pair_is_joined_first() -> None:
    """b is nearer to c; a and c are parted; so a stays alone."""
    found = compiled([("a", "b", 0.7), ("b", "c", 0.9)], apart=[("a", "c")])
    assert found == {"a": "a", "b": "b", "c": "b"}


def test_on_average_all_pairs_of_a_cluster_must_be_alike() -> None:
    """a–b and b–c are alike, a–c was never seen: on average 0.45 between {a} and {b, c}."""
    pairs = [("a", "b", 0.9), ("b", "c", 0.95)]
    assert compiled(pairs, mean=0.5) == {"a": "a", "b": "b", "c": "b"}
    assert compiled(pairs, mean=0.45) == {"a": "a", "b": "a", "c": "a"}


def test_a_pair_below_the_bar_joins_nothing() -> None:
    assert compiled([("a", "b", 0.4)], join=0.5) == {}


def test_a_cluster_holds_one_value_in_a_scheme() -> None:
    """b takes up a's number; then c, which bears another, cannot join it."""
    pairs = [("a", "b", 0.9), ("b", "c", 0.8)]
    assert compiled(pairs, held={"a": {"r": "x"}, "c": {"r": "y"}}) == {"a": "a", "b": "a", "c": "c"}
    assert compiled(pairs, held={"a": {"r": "x"}, "c": {"s": "y"}}) == {"a": "a", "b": "a", "c": "a"}


def test_of_a_pair_that_is_given_twice_the_surer_counts() -> None:
    assert compiled([("a", "b", 0.9), ("b", "a", 0.3)], join=0.3, mean=0.9) == {"a": "a", "b": "a"}


@given(
    PAIRS, st.lists(TWO, max_size=4), HELD, st.sampled_from([0.0, 0.5, 0.7]), st.sampled_from([0.0, 0.3, 0.7])
)
def test_they_are_those_of_the_textbook(
    pairs: dict[Pair, float], apart: list[Pair], held: dict[str, dict[str, str]], join: float, mean: float
) -> None:
    given_ = [(a, b, p) for (a, b), p in pairs.items()]
    expected = textbook.clusters(given_, apart=apart, held=held, join=join, mean=mean)
    assert compiled(given_, apart=apart, held=held, join=join, mean=mean) == expected


@given(PAIRS, st.lists(TWO, max_size=4), st.integers())
def test_what_is_parted_never_meets_and_order_changes_nothing(
    pairs: dict[Pair, float], apart: list[Pair], seed: int
) -> None:
    given_ = [(a, b, p) for (a, b), p in pairs.items()]
    found = compiled(given_, apart=apart)
    assert all(found.get(a, a) != found.get(b, b) for a, b in apart)
    assert compiled(random.Random(seed).sample(given_, len(given_)), apart=apart) == found


@pytest.mark.parametrize("seed", range(3))
def test_in_a_crowd_they_are_those_of_the_textbook_too(seed: int) -> None:
    """300 records in a crowd of 6,000 pairs: sums are moved, and their table grows, many times."""
    chance = np.random.default_rng(seed)
    left, right = chance.integers(0, 300, (2, 6000))
    apart, ends = left != right, (left.astype(np.int32), right.astype(np.int32))
    ends = (ends[0][apart], ends[1][apart])
    weight = chance.random(len(ends[0])).round(2)
    found = clusters(ends, weight, 300, join=0.3, mean=0.2)
    name = [f"{n:03}" for n in range(300)]
    pairs = [(name[a], name[b], float(p)) for a, b, p in zip(*ends, weight, strict=True)]
    expected = textbook.clusters(pairs, join=0.3, mean=0.2)
    assert {name[n]: name[first] for n, first in enumerate(found)} == expected
    assert len(set(found)) < 150
