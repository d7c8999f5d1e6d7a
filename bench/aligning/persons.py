"""Persons of lists: how many of two lists on Russia, how rightly; and by their papers over all lists."""

import polars as pl
from bench.aligning.errors import groups, kinds, shown
from bench.aligning.lists import FILES, every, hidden, of_kind
from bench.aligning.peer import asked
from bench.aligning.truth import between, counts, rates, truth
from bench.record import Benchmark

from bench.aligning import people
from konvoi.align.contradictions import SLIGHT, births
from konvoi.align.frames import Frames
from konvoi.align.parties import Aligned, aligned


def russia(bench: Benchmark, name: str) -> None:
    """The United Kingdom's list on Russia and an act of the EU: how many pairs, how rightly."""
    frames = people.russia()
    found = bench.measure(f"{name}: ours", lambda: aligned(frames), runs=1)
    pairs = people.across(found, frames.listings)
    told = people.strata(pairs, found)
    sample = people.judged().join(pairs, on=people.PAIR, how="semi")
    bench.figures[f"{name}: pairs of an equal name and year of birth"] = people.joined(frames)
    bench.figures[f"{name}: pairs judged of those accepted"] = sample.height
    for verdict, count in sorted(sample["verdict"].value_counts().iter_rows()):
        bench.figures[f"{name}: judged {verdict}"] = count
    low, high = people.between(sample, told)
    bench.figures |= {f"{name}: precision from": low, f"{name}: precision to": high}
    bench.at_least(f"{name}: pairs", pairs.height, 850, unit="pairs")
    bench.at_least(f"{name}: precision", people.precision(sample, told), 0.99, unit="")
    bench.at_most(f"{name}: accepted with disjoint births", disjoint(frames, found), 0, unit="parties")


def papers(bench: Benchmark, name: str) -> None:
    """Persons of all lists with an equal passport or national number, which is hidden."""
    whole = of_kind(every(sorted(FILES)), sorted(FILES), "person")
    frames, known = hidden(whole), truth(whole, "person")
    found = bench.measure(f"{name}: ours", lambda: aligned(frames), runs=1)
    pairs = people.across(found, frames.listings)
    told = counts(known, pairs)
    low, high = between(told, what="recall")
    bench.figures |= {
        f"{name}: truths": known.true.height,
        f"{name}: numbers borne twice, left out": known.twice,
        f"{name}: recall from": low,
        f"{name}: recall to": high,
    }
    bench.figures |= {f"{name}: {line}": one for line, one in shown(groups(frames, known, pairs))}
    ways = kinds(known, pairs, asked(frames), found.pairs)
    bench.figures |= {f"{name}: {way}": count for way, count in ways.items()}
    bench.at_least(f"{name}: recall", rates(told)["recall"], 0.97, unit="")
    bench.at_most(f"{name}: accepted with disjoint births", disjoint(frames, found), 0, unit="parties")


def disjoint(frames: Frames, found: Aligned) -> int:
    """How many parties two lists tell only births of that meet nowhere.

    A list may tell several births of a party, in one listing or in its repeats: all of them count.
    """
    told = found.parties.join(frames.listings.select("listing", "regime"), on="listing")
    told = told.with_columns(owner=pl.concat_str("party", "regime", separator="|"))
    both = told.select("party", "owner").unique()
    pairs = both.join(both, on="party").filter(pl.col("owner") < pl.col("owner_right"))
    known = frames.births.join(told.select("listing", "owner"), on="listing")
    said = births(pairs.select(left="owner", right="owner_right"), known)
    return said.filter(pl.col("births").is_in(["disjoint", *SLIGHT])).height
