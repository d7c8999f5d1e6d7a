"""What is true of pairs of two lists by valid numbers, and how right an answer is, with how sure that is."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from konvoi.align.frames import Frames

TYPES = {
    "entity": ("inn", "ogrn", "edrpou", "lei"),
    "ship": ("imo-ship",),
    "person": ("passport", "national-id"),
}
_LONG = 6
"""Characters from which on a passport's or a card's number, which has no check digits, tells who bears it."""

SAMPLES = 1000


@dataclass(frozen=True)
class Truth:
    """held: listing, regime, type, value, that no two listings of a list bear. twice: how many do.

    true: left, right: listings of two regimes with an equal number.
    """

    held: pl.DataFrame
    true: pl.DataFrame
    twice: int

    def scored(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """left, right, same of those pairs of which a type on both sides tells whether they are one."""
        types = self.held.group_by("listing").agg(types=pl.col("type").unique())
        both = _ordered(pairs).join(types, left_on="left", right_on="listing")
        both = both.join(types, left_on="right", right_on="listing", suffix="_right")
        meet = pl.col("types").list.set_intersection("types_right").list.len() > 0
        told = both.filter(meet).select("left", "right").unique()
        known = self.true.with_columns(same=pl.lit(value=True))
        return told.join(known, on=("left", "right"), how="left").with_columns(
            pl.col("same").fill_null(value=False)
        )


def truth(frames: Frames, kind: str) -> Truth:
    """The truth of all pairs of two regimes in these listings; persons may have several papers."""
    sure = pl.col("valid") | (pl.col("valid").is_null() & (pl.col("value").str.len_chars() >= _LONG))
    valid = frames.identifiers.filter(sure, pl.col("type").is_in(TYPES[kind]))
    held = valid.join(frames.listings.select("listing", "regime"), on="listing")
    held = held.select("listing", "regime", "type", "value").unique()
    many = held.filter(pl.col("listing").n_unique().over("regime", "type", "value") > 1)
    once = held.join(many, on=("regime", "type", "value"), how="anti")
    both = once.join(once, on=("type", "value")).filter(pl.col("regime") < pl.col("regime_right"))
    true = _ordered(both.select(left="listing", right="listing_right")).unique().sort("left", "right")
    return Truth(once, true, many.select("type", "value").n_unique())


def _ordered(pairs: pl.DataFrame) -> pl.DataFrame:
    """The same pairs, the smaller name left."""
    return pairs.select(left=pl.min_horizontal("left", "right"), right=pl.max_horizontal("left", "right"))


def counts(known: Truth, answered: pl.DataFrame) -> pl.DataFrame:
    """left, hit, wrong, missed of an answer (left, right): counted at each left listing."""
    scored = known.scored(answered)
    missed = known.true.join(scored, on=("left", "right"), how="anti").group_by("left").agg(missed=pl.len())
    told = scored.group_by("left").agg(hit=pl.col("same").sum(), wrong=(~pl.col("same")).sum())
    both = told.join(missed, on="left", how="full", coalesce=True)
    return both.with_columns(pl.col("hit", "wrong", "missed").fill_null(0).cast(pl.Int64)).sort("left")


def rates(told: pl.DataFrame) -> dict[str, float]:
    """Precision, recall, F1 of what was counted."""
    hit, wrong, missed = (float(told[name].sum()) for name in ("hit", "wrong", "missed"))
    return {
        "precision": hit / max(hit + wrong, 1),
        "recall": hit / max(hit + missed, 1),
        "F1": 2 * hit / max(2 * hit + wrong + missed, 1),
    }


def between(
    ours: pl.DataFrame, theirs: pl.DataFrame | None = None, *, what: str = "F1", seed: int = 1
) -> tuple[float, float]:
    """The 95 % interval of a rate of ours, or of ours less theirs: listings drawn again and again."""
    both = ours if theirs is None else ours.join(theirs, on="left", how="full", coalesce=True, suffix="_t")
    both = both.fill_null(0).sort("left")
    if not both.height:
        return 0.0, 0.0
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(both.height, np.full(both.height, 1 / both.height), SAMPLES)
    found = _drawn(drawn, both, what, "") - (0 if theirs is None else _drawn(drawn, both, what, "_t"))
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def _drawn(drawn: np.ndarray, told: pl.DataFrame, what: str, end: str) -> np.ndarray:
    hit, wrong, missed = (
        drawn @ told[f"{name}{end}"].to_numpy().astype(np.float64) for name in ("hit", "wrong", "missed")
    )
    of = {"precision": hit + wrong, "recall": hit + missed, "F1": hit + (wrong + missed) / 2}[what]
    return np.asarray(hit / np.maximum(of, 0.5))
