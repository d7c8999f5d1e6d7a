"""Goal for births: persons of the United Nations' list, asked with the birth that another list gives."""

from collections.abc import Iterator

import polars as pl
from bench.aligning.lists import of_kind
from bench.aligning.truth import truth
from bench.record import Benchmark
from bench.screening.asking import Wanted, asked, found_share

from konvoi.align.frames import Frames
from konvoi.align.screening import Ready
from konvoi.kit.days import Days

UN = "un"


def differing(frames: Frames) -> Iterator[Wanted]:
    """Yield each UN person under the UN's name and each other list's birth; equal papers say who is who."""
    regimes = sorted(frames.listings["regime"].unique())
    known = truth(of_kind(frames, regimes, "person"), "person").true
    both = pl.concat([known, known.select(left="right", right="left")])
    pairs = both.filter(pl.col("left").str.starts_with(f"{UN}:")).sort("left", "right")
    names = dict(frames.listings.select("listing", "name").iter_rows())
    born = frames.births.drop_nulls("first").select("listing", "first", "last")
    first = born.unique("listing", keep="first", maintain_order=True)
    told = pairs.join(first, left_on="right", right_on="listing", maintain_order="left")
    for at, (left, _, start, end) in enumerate(told.select("left", "right", "first", "last").iter_rows()):
        yield Wanted(left, asked(f"{at}", names[left], "person", born=Days(start, end)))


def births(bench: Benchmark, lists: Ready) -> None:
    """Measure how many are a match or a question."""
    wanted = list(differing(lists.frames))
    share, _ = found_share(wanted, lists)
    bench.figures["UN names with another list's birth: pairs"] = len(wanted)
    bench.at_least("UN names with another list's birth: found", share, 0.98, unit="")
