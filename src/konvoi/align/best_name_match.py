"""The likest names of two parties, agreement of patronymics, and legal forms."""

import polars as pl

from konvoi.align.blocking import Candidates
from konvoi.align.judging import FORMS
from konvoi.align.likeness import likenesses


def likest(asked: Candidates, names: pl.DataFrame, words: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Return for each pair of owners its two likest names, patronymics and legal forms, for `judged`.

    names, words: as konvoi.align.naming gives them, the words weighed. held: owner, name.
    """
    also = asked.identifiers.select("left", "right").unique()
    own = held.select("owner", "name").unique()
    more = also.join(own, left_on="left", right_on="owner").rename({"name": "a"})
    more = more.join(own, left_on="right", right_on="owner").rename({"name": "b"})
    pairs = asked.names
    if more.height:
        pairs = pl.concat([pairs, more.select("left", "right", "a", "b")]).unique()
    best = _best(likenesses(pairs, words), names)
    texts = names.select("name", "text")
    best = best.join(texts, left_on="a", right_on="name").rename({"text": "text_left"})
    best = best.join(texts, left_on="b", right_on="name").rename({"text": "text_right"})
    fathers = _fathers(best.select("left", "right"), names, own)
    kept = best.join(fathers, on=("left", "right"), how="left")
    said = (
        "for_",
        "likeness",
        "share",
        "how",
        "inside",
        "rarest",
        "prior",
        "fathers",
        "forms",
        "text_left",
        "text_right",
    )
    return kept.select("left", "right", *said).sort("left", "right")


def _best(rows: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Return for two owners the pair of names with most evidence, the likest, the first; and if forms agree.

    Forms are numbers, and no text is taken along: there are four times as many pairs of names as of owners.
    """
    forms = names.select("name", form=pl.when(pl.col("form") != "").then("form").rank("dense"))
    rows = rows.join(forms, left_on="a", right_on="name")
    rows = rows.join(forms, left_on="b", right_on="name", suffix="_right")
    equal = pl.col("form") == pl.col("form_right")
    weight = pl.when(equal).then(FORMS["equal"]).when(~equal).then(FORMS["other"]).otherwise(0.0)
    pair = ("left", "right")
    told = pl.col("for_") + weight
    most = rows.filter(told == told.max().over(pair))
    ordered = most.sort(*pair, "likeness", "a", "b", descending=[False, False, True, False, False])
    said = pl.when(equal).then(pl.lit("equal")).when(~equal).then(pl.lit("other"))
    return ordered.unique(pair, keep="first", maintain_order=True).with_columns(forms=said)


def _fathers(pairs: pl.DataFrame, names: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Return left, right, fathers: patronymics of both sides are equal, alike at the start, or other."""
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
