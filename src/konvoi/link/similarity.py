"""Similarity of two texts: measures by name, which are the same for every engine."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler, Levenshtein

MEASURES: Mapping[str, Callable[..., float]] = {
    "jaro-winkler": JaroWinkler.normalized_similarity,
    "levenshtein": Levenshtein.normalized_similarity,
    "ratio": fuzz.ratio,
    "token-set": fuzz.token_set_ratio,
    "token-sort": fuzz.token_sort_ratio,
}
"""Measures by name: of spelling letter by letter, or of words in any order."""

_OUT_OF_100 = frozenset({"ratio", "token-set", "token-sort"})


def similarities(pairs: pl.DataFrame, measure: str) -> pl.DataFrame:
    """Distinct pairs of texts (a, b) with `score` from 0 to 1; a pair of equal texts is 1.

    Both orders of a pair have one score: it is worked out for the texts in their order.
    """
    distinct = pairs.select("a", "b").unique().sort("a", "b")
    first = distinct.select(pl.min_horizontal("a", "b")).to_series().to_list()
    second = distinct.select(pl.max_horizontal("a", "b")).to_series().to_list()
    return distinct.with_columns(score=pl.Series(scores(first, second, measure), dtype=pl.Float64))


def scores(first: Sequence[str], second: Sequence[str], measure: str) -> np.ndarray:
    """Return the likeness of texts, pair by pair, from 0 to 1 in four places; the lesser text comes first."""
    if not first:
        return np.zeros(0)
    found = process.cpdist(first, second, scorer=MEASURES[measure], dtype=np.float64, workers=1)
    return np.asarray((found / (100 if measure in _OUT_OF_100 else 1)).round(4))
