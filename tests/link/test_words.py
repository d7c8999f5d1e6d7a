"""Likeness of words in any order is that of rapidfuzz, to the last place."""

import numpy as np
import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from konvoi.link.words import alike, room, words

TEXT = st.text("ab dé\u0434 \u0436\x85\xa0\u3000\x1f\U0001f6a2", max_size=12) | st.lists(
    st.sampled_from(["field", "hospital", "of", "64", "ambulances", "a" * 70]), max_size=5
).map(" ".join)


def likeness(texts: list[str], least: float) -> list[float]:
    found = words(pl.Series(texts, dtype=pl.String))
    left, right = (side.astype(np.int32) for side in np.triu_indices(len(texts), k=1))
    return [float(one) for one in alike(found, (left, right), room(found), least)]


@given(st.lists(TEXT, min_size=2, max_size=6, unique=True))
@example(["a\x85b", "b a", "\u4e00\x85b", ""])
@example(["z" * 300 + " b", "b " + "z" * 299, "y" * 130])
def test_words_are_as_alike_as_rapidfuzz_has_them(texts: list[str]) -> None:
    pairs = zip(*np.triu_indices(len(texts), k=1), strict=True)
    wanted = [round(fuzz.token_set_ratio(texts[a], texts[b]) / 100, 4) for a, b in pairs]
    assert likeness(texts, 0.0) == wanted


@given(st.lists(TEXT, min_size=2, max_size=6, unique=True), st.floats(0.01, 1))
def test_only_what_is_less_than_asked_may_be_told_as_less(texts: list[str], least: float) -> None:
    for exact, found in zip(likeness(texts, 0.0), likeness(texts, least), strict=True):
        assert found == exact if exact > least else found <= exact
