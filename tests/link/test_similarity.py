"""Likeness of texts is the same from both sides and 1 for equal ones."""

import polars as pl
import pytest

from konvoi.link.similarity import MEASURES, similarities


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_both_sides_see_the_same_likeness(measure: str) -> None:
    pairs = pl.DataFrame(
        {"a": ["main battle tank", "tank", "same"], "b": ["tank", "main battle tank", "same"]}
    )
    scores = {(a, b): s for a, b, s in similarities(pairs, measure).iter_rows()}
    assert scores["main battle tank", "tank"] == scores["tank", "main battle tank"]
    assert scores["same", "same"] == 1
    assert all(0 <= score <= 1 for score in scores.values())


def test_no_pairs_give_no_scores() -> None:
    assert (
        similarities(
            pl.DataFrame({"a": [], "b": []}, schema={"a": pl.String, "b": pl.String}), "ratio"
        ).height
        == 0
    )
