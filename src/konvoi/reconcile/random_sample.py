"""Random sample of pairs for review, and the decisions on them: the basis of every stated error."""

from collections.abc import Sequence

import polars as pl

from konvoi.kit.digest import key
from konvoi.reconcile.judgement import RANDOM, decided, in_force, names

OF = 10
"""One decision in so many is on a pair drawn by chance."""

LABELLED = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "relation": pl.String(),
        "verdict": pl.String(),
        "probability": pl.Float64(),
        "random": pl.Boolean(),
        "accepted": pl.Boolean(),
    }
)
"""One line for each decision in force on values that still stand. left, right: entries. probability: by the
pairs' current likeness; none if only a person or a document joined them. random: whether chance chose the
pair. accepted: whether it counts as one without a person."""

_PAIR = ["left", "right", "relation"]
_DIGITS = 16


def drawn(number: int, seed: int) -> bool:
    """Return True if the decision of this number, counted from 0, is on a pair drawn by chance.

    One of every ten consecutive decisions is drawn, at a place that cannot be foreseen without the seed.
    """
    block, at = divmod(number, OF)
    return int(key("turn", seed, block), 16) % OF == at


def order(relations: pl.DataFrame, entries: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Return the pairs that were found by likeness, in random order: left, right, relation, place.

    relations: RELATIONS as proposed, before any judgement. place: from 0 to 1, by the records' stable names
    and the seed alone, so that neither the order of rows nor further submissions move a pair.
    """
    found = relations.filter((pl.col("basis") == "probability") & pl.col("probability").is_not_null())
    ends = pl.concat([found["left"], found["right"]]).unique().to_list()
    named = dict(names(entries, ends).select("entry", "name").iter_rows())
    rows = [
        (left, right, relation, place((named.get(left, left), named.get(right, right)), relation, seed))
        for left, right, relation in found.select(_PAIR).iter_rows()
    ]
    schema = dict.fromkeys(_PAIR, pl.String()) | {"place": pl.Float64()}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("place", *_PAIR)


def place(pair: Sequence[str], relation: str, seed: int) -> float:
    """Return the random place of a pair of stable names, from 0 to 1."""
    ends = sorted(pair) if relation == "same_as" else pair
    return float(int(key("place", seed, *ends, relation), 16) / 16**_DIGITS)


def labelled(
    judgements: pl.DataFrame, relations: pl.DataFrame, entries: pl.DataFrame, *, seed: int = 1
) -> pl.DataFrame:
    """Return the review decisions, as LABELLED, sorted.

    relations: as proposed, before any judgement. A pair that was judged for its weight before its turn came
    stands earlier in the order of chance than one that was drawn: it belongs to the sample, or the sample
    would lack the weighty pairs.
    """
    pairs = decided(judgements, entries).pairs.filter("current")
    marked = in_force(judgements).filter(pl.col("drawn") == RANDOM)["judgement"]
    same = pl.col("relation") == "same_as"
    low = pl.min_horizontal("left", "right")
    high = pl.max_horizontal("left", "right")
    ends = {
        "left": pl.when(same).then(low).otherwise("left"),
        "right": pl.when(same).then(high).otherwise("right"),
    }
    places = order(relations, entries, seed).with_columns(**ends)
    found = relations.with_columns(**ends).select(
        *_PAIR,
        alike=pl.col("basis") == "probability",
        value="probability",
        accepted=(pl.col("basis") == "probability") & (pl.col("status") == "accepted"),
    )
    joined = (
        pairs.with_columns(**ends, mark=pl.col("judgement").is_in(marked.implode()))
        .join(places, on=_PAIR, how="left")
        .join(found.unique(_PAIR, keep="first", maintain_order=True), on=_PAIR, how="left")
    )
    last = joined.filter("mark")["place"].max()
    before = pl.col("place") <= last if last is not None else pl.lit(False)
    return (
        joined.with_columns(
            probability=pl.when("alike").then("value"),
            random=pl.col("place").is_not_null() & (pl.col("mark") | before),
            accepted=pl.col("accepted").fill_null(False),
        )
        .select(list(LABELLED))
        .cast(LABELLED)
        .sort(_PAIR)
    )
