"""Training pairs from review decisions: pairs decided as same or different, and the origin of each."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from konvoi.kit.digest import key
from konvoi.kit.union import components
from konvoi.reconcile.judgement import RANDOM, decided, in_force
from konvoi.reconcile.random_sample import place

FOLDS = 10
"""Into so many parts judged pairs are parted; what a pair teaches does not count for its own part."""

LESSONS = pl.Schema(
    {
        "left": pl.String(),
        "right": pl.String(),
        "same": pl.Boolean(),
        "random": pl.Boolean(),
        "fold": pl.Int64(),
        "place": pl.Float64(),
    }
)
"""One line for each pair of records (left before right) that a person decided as same or different.

random: whether chance chose it (konvoi.reconcile.random_sample.labelled). fold: its part, from 0, by names
alone. place: in the order of chance, from 0 to 1.
"""

_ALIKE = ("same_as", "restates", "contracts_for")
"""Relations that are found by likeness, which does not apply to a whole and its part."""


@dataclass(frozen=True)
class Lessons:
    """Training pairs. told: LESSONS, sorted. reach: how far chance has drawn, from 0 to 1."""

    told: pl.DataFrame = field(default_factory=LESSONS.to_frame)
    reach: float = 0.0


def lessons(judgements: pl.DataFrame, entries: pl.DataFrame, seed: int = 1) -> Lessons:
    """Return the training pairs from judgements in force whose values still stand.

    Unsure teaches nothing, nor does what contradicts itself (A is B, B is C, A is not C): until that is
    solved none of the three joins. A pair of which any relation holds belongs together. Neither the order of
    rows nor what was taken back counts.
    """
    pairs = decided(judgements, entries).pairs.filter(
        pl.col("current") & pl.col("relation").is_in(_ALIKE) & pl.col("verdict").is_in(["same", "different"])
    )
    if pairs.is_empty():
        return Lessons()
    named = in_force(judgements).select("judgement", "drawn", a="left", b="right")
    rows = list(_rows(pairs.join(named, on="judgement", how="left", maintain_order="left"), seed))
    reach = max((at for *_, at, drawn in rows if drawn), default=0.0)
    told = pl.DataFrame(
        [(*ends, same, 0 < at <= reach, fold, at) for *ends, same, fold, at, _ in rows],
        schema=LESSONS,
        orient="row",
    )
    once = told.group_by("left", "right").agg(
        pl.col("same").any(), pl.col("random").any(), pl.col("fold").first(), pl.col("place").min()
    )
    return Lessons(_agreeing(once.sort("left", "right").select(list(LESSONS))), reach)


def _rows(pairs: pl.DataFrame, seed: int) -> Iterator[tuple[str, str, bool, int, float, bool]]:
    """left, right, same, fold, place in the order of chance, whether it was drawn."""
    for row in pairs.iter_rows(named=True):
        left, right = sorted((row["left"], row["right"]))
        names = (row["a"] or "", row["b"] or "")
        fold = int(key("fold", *sorted(names)), 16) % FOLDS
        at = place(names, row["relation"], seed)
        yield left, right, row["verdict"] == "same", fold, at, row["drawn"] == RANDOM


def _agreeing(told: pl.DataFrame) -> pl.DataFrame:
    """Without pairs that others contradict: all that hang together by "same" where a "different" stands
    between two of them."""
    joined: dict[str, str] = components(told.filter("same").select("left", "right").iter_rows())
    ends = [(joined.get(a, a), joined.get(b, b)) for a, b in told.select("left", "right").iter_rows()]
    against = {
        one for (one, other), same in zip(ends, told["same"], strict=True) if one == other and not same
    }
    return told.filter(
        pl.Series([not (one == other and one in against) for one, other in ends], dtype=pl.Boolean)
    )
