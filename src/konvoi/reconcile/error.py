"""Error rates of the engine in the random sample of pairs: overall, by partner, by script."""

import math
from collections.abc import Iterator

import polars as pl

from konvoi.kit.text import script

LEAST = 20
"""With fewer decided pairs drawn by chance there is no basis for a share."""

Z = 1.959964
"""The standard normal quantile of a two-sided 95 % interval."""

ERROR = pl.Schema(
    {
        "by": pl.String(),
        "key": pl.String(),
        "pairs": pl.Int64(),
        "unsure": pl.Int64(),
        "wrong": pl.Int64(),
        "same": pl.Int64(),
        "expected": pl.Float64(),
        "share": pl.Float64(),
        "lowest": pl.Float64(),
        "highest": pl.Float64(),
    }
)
"""One line for each group of pairs drawn by chance. by: all, accepted, partner, script. pairs: decided as
same or different; unsure: beside them. wrong: pairs for which the engine gave the other the higher
probability (of accepted ones: that are not one). same: of the pairs, those judged the same; expected: their
expected number by the probabilities (calibration). share: wrong of pairs, with its 95 % interval; none with
fewer than LEAST pairs."""

_ORDER = ("all", "accepted", "partner", "script")


def published(labelled: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Return the ERROR of LABELLED pairs, the whole first.

    entries: those that the reader may see; a pair of which one end is not among them is left out, so that no
    count reveals it. A pair stands under the party of each of its ends, once; its script is that of the
    words of both ends.
    """
    told = entries.select("entry", "party", script=_scripts(entries))
    sample = labelled.filter(pl.col("random") & pl.col("probability").is_not_null())
    for side in ("left", "right"):
        named = told.rename({"entry": side, "party": f"party_{side}", "script": f"script_{side}"})
        sample = sample.join(named, on=side, how="inner")
    same = pl.col("verdict") == "same"
    rows = sample.with_columns(wrong=(pl.col("probability") >= 0.5) != same, held=~same)
    groups = [group for row in rows.iter_rows(named=True) for group in _groups(row)]
    schema = dict.fromkeys(("by", "key", "verdict"), pl.String) | {"p": pl.Float64, "wrong": pl.Boolean}
    every = pl.DataFrame(groups, schema=schema, orient="row")
    decided = pl.col("verdict") != "unsure"
    counts = every.group_by("by", "key").agg(
        pairs=decided.sum(),
        unsure=(~decided).sum(),
        wrong=(decided & pl.col("wrong")).sum(),
        same=(pl.col("verdict") == "same").sum(),
        expected=pl.col("p").filter(decided).sum().round(6),
    )
    whole = [_stated(row) for row in counts.iter_rows(named=True)]
    whole.sort(key=lambda row: (_ORDER.index(str(row["by"])), -int(str(row["pairs"])), str(row["key"])))
    return pl.DataFrame(whole, schema=ERROR)


def _groups(row: dict[str, object]) -> Iterator[tuple[object, ...]]:
    """The groups that a pair belongs to: by, key, verdict, probability, whether the engine was wrong."""
    said = (row["verdict"], row["probability"])
    yield "all", "", *said, row["wrong"]
    if row["accepted"]:
        yield "accepted", "", *said, row["held"]
    for party in sorted({str(row[f"party_{side}"] or "") for side in ("left", "right")} - {""}):
        yield "partner", party, *said, row["wrong"]
    scripts = sorted({str(row[f"script_{side}"]) for side in ("left", "right")} - {""})
    yield "script", " – ".join(scripts), *said, row["wrong"]


def _scripts(entries: pl.DataFrame) -> pl.Series:
    """The script of each entry's words: its text, else its implementer; empty where it has none."""
    words = entries.select(pl.coalesce("text", "implementer").fill_null("").alias("w"))["w"]
    known = {text: script(text) for text in words.unique()}
    return pl.Series([known[text] for text in words], dtype=pl.String)


def _stated(row: dict[str, int]) -> dict[str, object]:
    if row["pairs"] < LEAST:
        return {**row, "share": None, "lowest": None, "highest": None}
    lowest, highest = wilson(row["wrong"], row["pairs"])
    return {**row, "share": row["wrong"] / row["pairs"], "lowest": lowest, "highest": highest}


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score (1927); from 0 to 1 where nothing was tried.

    >>> [round(end, 4) for end in wilson(0, 20)], [round(end, 4) for end in wilson(5, 50)]
    ([0.0, 0.1611], [0.0435, 0.2136])
    """
    if not trials:
        return 0.0, 1.0
    share = hits / trials
    square = Z * Z
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = Z / (1 + square / trials) * math.sqrt(share * (1 - share) / trials + square / (4 * trials**2))
    # At the ends the formula gives 0 and 1 exactly, but for the last digit.
    return 0.0 if not hits else middle - half, 1.0 if hits == trials else middle + half
