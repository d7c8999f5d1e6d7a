"""Decisions about pairs of listings, in judgements.csv beside all others."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from konvoi.align.deciding import values
from konvoi.align.frames import Frames
from konvoi.flow.matching.relate import judged
from konvoi.flow.name_lookup import Unknown, nearest
from konvoi.flow.sanctions.lists import NAMES, lists
from konvoi.flow.store import kept_text
from konvoi.flow.workspace import JUDGEMENTS as FILE
from konvoi.reconcile.judgement import JUDGEMENTS, in_force, seen_of

LISTING = "listings/"
"""Stands before the id of a listing in judgements, which name records of lines else."""

Pair = tuple[str, str]


def of_listings(pair: Pair) -> bool:
    """Return True if two ids are those of listings: the regime stands before the first colon."""
    return all(one.partition(":")[0] in NAMES and ":" in one for one in pair)


def decisions(folder: Path, frames: Frames, on: date | None = None) -> dict[Pair, str]:
    """The verdicts in force about pairs of listings, of which the values are those that the person saw.

    on: decisions that count from a later day on are left out.
    """
    rows, _ = judged(kept_text(folder, FILE) or "")
    if on is not None:
        rows = rows.filter(pl.col("on").str.slice(0, 10).fill_null("") <= on.isoformat())
    both = pl.col("left").str.starts_with(LISTING) & pl.col("right").str.starts_with(LISTING)
    found = in_force(rows.filter(both))
    bare = [
        (row["left"].removeprefix(LISTING), row["right"].removeprefix(LISTING), row["verdict"], row["seen"])
        for row in found.iter_rows(named=True)
    ]
    now = values(frames, {one for left, right, *_ in bare for one in (left, right)})
    return {
        (left, right): verdict
        for left, right, verdict, seen in bare
        if not seen or seen == seen_of((left, now[left]), (right, now[right]))
    }


def listings_row(folder: Path, pair: Pair) -> dict[str, str]:
    """Return the columns of a judgement on a pair of listings, whoever decides what; Unknown where one is on
    no list.
    """
    frames = lists(folder).frames
    known = frames.listings["listing"].to_list()
    there = set(known)
    for one in pair:
        if one not in there:
            alike = [other for other in known if other.startswith(one.rpartition(":")[0])]
            raise Unknown("the pair", one, tuple(known), nearest(one, {name: name for name in alike[:2000]}))
    left, right = sorted(pair)
    digests: Mapping[str, str] = values(frames, pair)
    return dict.fromkeys(JUDGEMENTS, "") | {
        "left": f"{LISTING}{left}",
        "right": f"{LISTING}{right}",
        "relation": "same_as",
        "seen": seen_of((left, digests[left]), (right, digests[right])),
    }
