"""Parties that hold two own keys of one regime: each joined pair of keys was judged once by hand.

    PYTHONPATH=src:. python -m bench.aligning.own_keys

prints all such pairs with names, births and verdict; one without a verdict has not been judged. Verdicts
stand in `own_keys.csv`: same, different, or unsure, by both listings. A pair is a listing and the first one
of its regime in the party.
"""

import csv
import sys
from pathlib import Path

import polars as pl
from bench.aligning.lists import FILES, every
from bench.aligning.people import PAIR
from bench.record import Benchmark

from konvoi.align.frames import Frames
from konvoi.align.own_keys import ONE_KEY
from konvoi.align.own_keys import own_keys as keyed
from konvoi.align.parties import aligned

JUDGED = Path(__file__).with_name("own_keys.csv")
BANK, CENTRAL = "Bank Rossiya", "Central Bank of the Russian Federation"


def joined(frames: Frames, parties: pl.DataFrame) -> pl.DataFrame:
    """left, right, regime: of each party the first listing of a regime with each that has another own key."""
    told = keyed(frames.listings.unique("listing", keep="first")).join(parties, on="listing").sort("listing")
    first = pl.col("listing").first().over("party", "regime")
    other = pl.col("key") != pl.col("key").first().over("party", "regime")
    return told.with_columns(left=first).filter(other).select("left", "regime", right="listing")


def judged() -> pl.DataFrame:
    """left, right, verdict, reason."""
    return pl.read_csv(JUDGED, infer_schema=False)


def own_keys(bench: Benchmark, name: str) -> None:
    """All seven lists: how many pairs of own keys are in one party, and how many of them wrongly."""
    frames = every(sorted(FILES))
    found = bench.measure(f"{name}: ours", lambda: aligned(frames), runs=1)
    pairs = joined(frames, found.parties)
    told = pairs.join(judged(), on=PAIR, how="left")
    keyed_ = pairs.filter(pl.col("regime").is_in(sorted(ONE_KEY))).height
    bench.figures |= {f"{name}: pairs in one party": pairs.height, f"{name}: of lists with one key": keyed_}
    bench.at_most(f"{name}: wrong", told.filter(verdict="different").height, 0, unit="pairs")
    bench.at_most(f"{name}: not judged", told.filter(pl.col("verdict").is_null()).height, 0, unit="pairs")
    of = frames.listings.select("listing", "name").join(found.parties, on="listing")
    banks, central = (set(of.filter(name=one)["party"]) for one in (BANK, CENTRAL))
    bench.at_most(f"{name}: {BANK} that is the {CENTRAL}", len(banks & central), 0, unit="parties")


def main() -> None:
    """Print the pairs with what speaks for each."""
    frames = every(sorted(FILES))
    pairs = joined(frames, aligned(frames).parties).join(judged(), on=PAIR, how="left")
    names = dict(frames.listings.select("listing", "name").iter_rows())
    births = frames.births.group_by("listing").agg(pl.col("text").unique().sort().str.join(" / "))
    born = dict(births.iter_rows())
    out = csv.writer(sys.stdout)
    out.writerow([*PAIR, "left name", "right name", "left birth", "right birth", "verdict", "reason"])
    for row in pairs.sort(PAIR).iter_rows(named=True):
        ends = [row[side] for side in PAIR]
        said = [names[one] for one in ends] + [born.get(one, "") for one in ends]
        out.writerow([*ends, *said, row["verdict"] or "", row["reason"] or ""])


if __name__ == "__main__":
    main()
