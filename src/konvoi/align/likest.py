"""The likest names of two parties, whether their fathers' names meet, and their legal forms."""

import polars as pl

from konvoi.align.blocking import Candidates
from konvoi.align.judging import FORMS, weight
from konvoi.align.likeness import likenesses


def likest(asked: Candidates, names: pl.DataFrame, words: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """For each pair of owners its two likest names, patronymics and legal forms, for `judged`.

    names, words: as konvoi.align.naming gives them, the words weighed. held: owner, name.
    """
    also = asked.identifiers.select("left", "right").unique()
    own = held.select("owner", "name").unique()
    more = also.join(own, left_on="left", right_on="owner").rename({"name": "a"})
    more = more.join(own, left_on="right", right_on="owner").rename({"name": "b"})
    pairs = pl.concat([asked.names, more.select("left", "right", "a", "b")]).unique()
    told = names.select("name", "text", "form", "father")
    rows = pairs.join(likenesses(pairs, words), on=("a", "b"))
    rows = rows.join(told, left_on="a", right_on="name").join(
        told, left_on="b", right_on="name", suffix="_right"
    )
    form = pl.when((pl.col("form") != "") & (pl.col("form_right") != "")).then(
        pl.when(pl.col("form") == pl.col("form_right")).then(pl.lit("equal")).otherwise(pl.lit("other"))
    )
    rows = rows.with_columns(forms=form)
    told_for = pl.col("for_") + weight(FORMS, "forms")
    ordered = rows.sort("left", "right", -told_for, -pl.col("likeness"), "a", "b")
    best = ordered.unique(("left", "right"), keep="first", maintain_order=True)
    fathers = _fathers(best.select("left", "right"), names, own)
    kept = best.join(fathers, on=("left", "right"), how="left")
    return kept.select(
        "left",
        "right",
        "for_",
        "likeness",
        "prior",
        "fathers",
        "forms",
        text_left="text",
        text_right="text_right",
    )


def _fathers(pairs: pl.DataFrame, names: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """left, right, fathers: whether patronymics of both sides are equal, alike at first, or other."""
    told = names.filter(pl.col("father") != "").select("name", "father")
    borne = own.join(told, on="name").select("owner", "father").unique()
    both = pairs.join(borne, left_on="left", right_on="owner").join(
        borne, left_on="right", right_on="owner", suffix="_right"
    )
    start = pl.col("father").str.slice(0, 2) == pl.col("father_right").str.slice(0, 2)
    rank = pl.when(pl.col("father") == pl.col("father_right")).then(0).when(start).then(1).otherwise(2)
    least = both.with_columns(rank=rank).group_by("left", "right").agg(pl.col("rank").min())
    spoken = {0: "equal", 1: "alike", 2: "other"}
    return least.select(
        "left", "right", fathers=pl.col("rank").replace_strict(spoken, return_dtype=pl.String)
    )
