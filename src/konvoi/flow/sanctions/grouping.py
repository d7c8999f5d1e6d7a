"""Listings grouped by party, found once for the same lists and kept beside their readings."""

from pathlib import Path

import polars as pl

from konvoi.align.compare import UNDECIDED
from konvoi.align.frames import Frames
from konvoi.align.judging import Verdict
from konvoi.align.matrix import PARTIES
from konvoi.align.parties import NEAREST, aligned
from konvoi.flow.cache import keep, kept
from konvoi.flow.package_digest import package_digest
from konvoi.flow.workspace import CACHE
from konvoi.kit.digest import key

_ROOMS = ("align", "link", "kit")


def grouped(folder: Path, frames: Frames) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """PARTIES of konvoi.align.matrix with a row for each listing, UNDECIDED of konvoi.align.compare, and
    NEAREST of konvoi.align.parties.
    """
    place = folder / CACHE / f"parties-{key(package_digest(*_ROOMS), content(frames))}"
    if before := kept(place, {"parties": PARTIES, "undecided": UNDECIDED, "nearest": NEAREST}):
        return before["parties"], before["undecided"], before["nearest"]
    found = aligned(frames)
    own = frames.listings.select("listing").unique().join(found.parties, on="listing", how="left")
    parties = own.select(pl.coalesce("party", "listing").alias("party"), "listing").sort("listing")
    open_ = _undecided(found.pairs, parties)
    keep(place, {"parties": parties, "undecided": open_, "nearest": found.nearest})
    return parties, open_, found.nearest


def _undecided(pairs: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """Two parties of which a pair of listings may be one: likely and yet not joined, a question, or alike."""
    asked = pairs.select(
        "probability",
        a="left",
        b="right",
        evidence=pl.col("evidence").list.join("; "),
        asked=pl.col("verdict") != Verdict.APART.value,
    )
    for side in ("a", "b"):
        of = parties.select(pl.col("listing").alias(side), pl.col("party").alias(f"{side}_party"))
        asked = asked.join(of, on=side)
    both = asked.filter(pl.col("a_party") != pl.col("b_party")).with_columns(
        left=pl.min_horizontal("a_party", "b_party"), right=pl.max_horizontal("a_party", "b_party")
    )
    likeliest = both.sort(-pl.col("probability"), "a", "b").unique(("left", "right"), keep="first")
    return likeliest.select(UNDECIDED.names()).sort("left", "right")


def content(frames: Frames) -> str:
    """A digest of what parties on lists are known by, in whatever order: listings, names, births, numbers."""
    said = (frames.listings, frames.names, frames.births, frames.identifiers)
    return key(pl.__version__, *(one.hash_rows(seed=7).sum() for one in said))
