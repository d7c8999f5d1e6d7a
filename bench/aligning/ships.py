"""Ships of two lists by their names, their IMO numbers hidden; and with the numbers shown."""

import polars as pl
from bench.aligning.companies import Regimes, parts, spoken, theirs
from bench.aligning.people import across
from bench.aligning.truth import Truth, counts
from bench.record import Benchmark

from konvoi.align.frames import Frames
from konvoi.align.naming import named
from konvoi.align.parties import aligned


def ships(bench: Benchmark, name: str, regimes: Regimes, *, alone: bool) -> None:
    """What is asked by name counts as found, since a name alone accepts no ship; renamed hulls by number."""
    told = parts(regimes, "ship")
    found = bench.measure(f"{name}: ours", lambda: [aligned(one.frames) for one in told], runs=1)
    asked = [_asked(one.pairs, part.frames) for one, part in zip(found, told, strict=True)]
    mine = pl.concat(counts(part.known, one) for part, one in zip(told, asked, strict=True))
    spoken(bench, name, told, mine)
    accepted = sum(across(one, part.frames.listings).height for one, part in zip(found, told, strict=True))
    bench.at_most(f"{name}: accepted on a name alone", accepted, 0, unit="pairs")
    shown = [aligned(part.whole) for part in told]
    hulls = [_renamed(part.whole, part.known.true) for part in told]
    both = [across(one, part.whole.listings) for one, part in zip(shown, told, strict=True)]
    lost = sum(
        hull.join(one, on=("left", "right"), how="anti").height for hull, one in zip(hulls, both, strict=True)
    )
    bench.figures[f"{name}: renamed hulls"] = sum(one.height for one in hulls)
    bench.at_most(f"{name}: renamed hulls not found once their numbers are shown", lost, 0, unit="hulls")
    same = [_namesakes(part.whole, part.known) for part in told]
    wrong = sum(
        one.join(two, on=("left", "right"), how="semi").height for one, two in zip(same, both, strict=True)
    )
    bench.figures[f"{name}: namesakes with other numbers"] = sum(one.height for one in same)
    bench.at_most(f"{name}: namesakes with other numbers taken for one", wrong, 0, unit="pairs")
    if not alone:
        bench.at_least(f"{name}: not below the peer's best", theirs(bench, name, told, mine)[2], 0, unit="F1")


def _asked(pairs: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    """Pairs of two lists that a person is asked about; a list's own repeats are none of them."""
    of = dict(frames.listings.select("listing", "regime").iter_rows())
    left, right = (pl.col(side).replace_strict(of, default=None) for side in ("left", "right"))
    return pairs.filter((pl.col("verdict") == "review") & (left != right))


def _words(frames: Frames) -> pl.DataFrame:
    """listing, sound: whole names of ships as they sound, since theirs are one word."""
    found = named(frames.listings, frames.names)
    return found.held.join(found.words, on="name").select("listing", "sound").unique()


def _alike(frames: Frames) -> pl.DataFrame:
    """left, right: each two listings with an equal name."""
    words = _words(frames)
    both = words.join(words, on="sound").filter(pl.col("listing") < pl.col("listing_right"))
    return both.select(left="listing", right="listing_right").unique()


def _renamed(frames: Frames, true: pl.DataFrame) -> pl.DataFrame:
    return true.join(_alike(frames), on=("left", "right"), how="anti")


def _namesakes(frames: Frames, known: Truth) -> pl.DataFrame:
    scored = known.scored(_alike(frames))
    regimes = frames.listings.select("listing", "regime")
    both = scored.filter(~pl.col("same")).join(regimes, left_on="left", right_on="listing")
    both = both.join(regimes, left_on="right", right_on="listing", suffix="_right")
    return both.filter(pl.col("regime") != pl.col("regime_right")).select("left", "right")
