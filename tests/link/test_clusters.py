"""Clusters grow from the surest pair on and never join what must stay apart."""

from hypothesis import given
from hypothesis import strategies as st

from konvoi.link.clusters import clusters

NAMES = st.sampled_from("abcdefg")
PAIRS = st.lists(
    st.tuples(NAMES, NAMES, st.sampled_from([0.5, 0.7, 0.9])).filter(lambda p: p[0] != p[1]), max_size=12
)


def test_the_surer_pair_is_joined_first() -> None:
    """b is nearer to c; a and c are parted; so a stays alone."""
    found = clusters([("a", "b", 0.7), ("b", "c", 0.9)], apart=[("a", "c")])
    assert found == {"a": "a", "b": "b", "c": "b"}


def test_on_average_all_pairs_of_a_cluster_must_be_alike() -> None:
    """a–b and b–c are alike, a–c was never seen: on average 0.45 between {a} and {b, c}."""
    pairs = [("a", "b", 0.9), ("b", "c", 0.95)]
    assert clusters(pairs, mean=0.5) == {"a": "a", "b": "b", "c": "b"}
    assert clusters(pairs, mean=0.45) == {"a": "a", "b": "a", "c": "a"}


def test_a_pair_below_the_bar_joins_nothing() -> None:
    assert clusters([("a", "b", 0.4)], join=0.5) == {}


@given(PAIRS, st.lists(st.tuples(NAMES, NAMES).filter(lambda p: p[0] != p[1]), max_size=4), st.randoms())
def test_what_is_parted_never_meets_and_order_changes_nothing(
    pairs: list[tuple[str, str, float]], apart: list[tuple[str, str]], chance: object
) -> None:
    found = clusters(pairs, apart=apart)
    assert all(found.get(a, a) != found.get(b, b) for a, b in apart)
    assert clusters(list(reversed(pairs)), apart=apart) == found
    assert set(found) == {name for a, b, _ in pairs for name in (a, b)}
