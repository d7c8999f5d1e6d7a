"""What is right and wrong by script, by length of name, and by kind of error."""

from collections.abc import Iterator

import polars as pl
from bench.aligning.truth import Truth

from konvoi.align.frames import Frames

_MOST = 4


def groups(frames: Frames, known: Truth, answered: pl.DataFrame) -> pl.DataFrame:
    """group, truths, hit, wrong: of answers (left, right) by scripts of both sides, and by words of a name.

    Scripts are of all names of a listing. Words are those of the shorter of both listed names.
    """
    told = known.scored(answered).select("left", "right", "same", answered=True)
    missed = known.true.join(told, on=("left", "right"), how="anti")
    every = pl.concat([told, missed.with_columns(same=True, answered=False)])
    scripts = frames.names.filter(pl.col("script") != "").group_by("listing")
    written = scripts.agg(script=pl.col("script").unique().sort().str.join("+"))
    named = frames.listings.select(
        "listing", words=pl.col("name").str.split(" ").list.len().clip(upper_bound=_MOST)
    )
    of = written.join(named, on="listing")
    both = every.join(of, left_on="left", right_on="listing")
    both = both.join(of, left_on="right", right_on="listing", suffix="_right")
    pair = pl.concat_list("script", "script_right").list.sort().list.join(" and ")
    words = pl.min_horizontal("words", "words_right")
    length = pl.format("{} {}", words, pl.when(words == 1).then(pl.lit("word")).otherwise(pl.lit("words")))
    kept = [both.select("same", "answered", group=one) for one in (pair, length)]
    told_of = (
        pl.concat(kept)
        .group_by("group")
        .agg(
            truths=pl.col("same").sum(),
            hit=(pl.col("same") & pl.col("answered")).sum(),
            wrong=(~pl.col("same") & pl.col("answered")).sum(),
        )
    )
    return told_of.filter(pl.col("truths") + pl.col("wrong") > 0).sort("group")


def kinds(known: Truth, answered: pl.DataFrame, asked: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, int]:
    """How many truths are missed and how: never compared, asked, told apart, or thought unlike.

    asked: left, right that share a key. pairs: what was said of listings or groups of them (PAIRS).
    """
    missed = known.true.join(_ordered(answered), on=("left", "right"), how="anti")
    said = pairs.select("left", "right", "verdict")
    told = missed.join(said, on=("left", "right"), how="left")
    compared = told.join(_ordered(asked), on=("left", "right"), how="semi")
    verdict = compared["verdict"].fill_null("unlike").value_counts().rows()
    return {"missed: never compared": told.height - compared.height} | {
        f"missed: {_SPOKEN[name]}": count for name, count in sorted(verdict)
    }


_SPOKEN = {
    "review": "asked",
    "apart": "told apart by a number or a birth",
    "same": "sure, and kept apart by a third",
    "unlike": "thought unlike",
}


def shown(told: pl.DataFrame) -> Iterator[tuple[str, float]]:
    """Lines of figures."""
    for group, truths, hit, wrong in told.iter_rows():
        yield f"{group}: truths", truths
        yield f"{group}: recall", hit / max(truths, 1)
        yield f"{group}: false hits", wrong


def _ordered(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(left=pl.min_horizontal("left", "right"), right=pl.max_horizontal("left", "right"))
