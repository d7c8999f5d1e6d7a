"""Persons of the United Kingdom's list on Russia and of an act of the EU: who is on both; a sample judged.

    PYTHONPATH=src .venv/bin/python -m bench.aligning.people > drawn.csv

writes the sample without a verdict: what both lists tell of each pair, neither score nor evidence. Verdicts
and reasons were then written down pair by pair from those fields alone, and stand in `russia.csv`.
"""

import csv
import sys
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from bench.aligning.lists import chosen, every

from konvoi.align.frames import Frames
from konvoi.align.parties import Aligned, aligned
from konvoi.kit.text import fold

ACT, PROGRAMME, IN_FORCE = "32014R0269", "Russia", date(2022, 5, 4)
JUDGED = Path(__file__).with_name("russia.csv")
SAMPLE, SAMPLES = 200, 300
LEAST = 20
"""How many of each stratum are drawn at least, so that rare kinds of pairs are seen."""

PAIR = ["left", "right"]


def russia() -> Frames:
    """Persons of both lists; of the EU those whose listing of 2026 has been in force since that day."""
    found = every(["eu", "uk"])
    person = pl.col("kind") == "person"
    british = (pl.col("regime") == "uk") & (pl.col("programme") == PROGRAMME)
    european = (pl.col("file") == f"{ACT}.csv") & (pl.col("since_last") <= IN_FORCE)
    return chosen(found, person & (british | european))


def across(found: Aligned, listings: pl.DataFrame) -> pl.DataFrame:
    """left, right: each two listings of one party on two lists, the first regime left."""
    told = found.parties.join(listings.select("listing", "regime"), on="listing")
    both = told.join(told, on="party").filter(pl.col("regime") < pl.col("regime_right"))
    return both.select(left="listing", right="listing_right").unique().sort(PAIR)


def joined(frames: Frames) -> int:
    """How many pairs a join finds: a name that folds to the same letters, and a year of birth."""
    names = frames.names.with_columns(name=pl.col("name").map_elements(fold, return_dtype=pl.String))
    years = frames.births.drop_nulls("first").with_columns(year=pl.col("first").dt.year())
    held = names.join(years, on="listing").join(frames.listings, on="listing")
    told = held.select("listing", "regime", "name", "year").unique()
    both = told.join(told, on=("name", "year")).filter(pl.col("regime") < pl.col("regime_right"))
    return both.select("listing", "listing_right").unique().height


def strata(pairs: pl.DataFrame, found: Aligned) -> pl.DataFrame:
    """left, right, stratum: what the evidence says of births, fathers, and whether all words meet."""
    words = found.pairs.select(*PAIR, pl.col("evidence").list.join("\n"))
    told = pairs.join(words, on=PAIR, how="left").with_columns(pl.col("evidence").fill_null(""))
    born = pl.col("evidence").str.extract(r"births:(\w+)").fill_null("unknown")
    whole = pl.when(pl.col("evidence").str.contains(r"name:.*:1\.0")).then(pl.lit("whole"))
    return told.select(*PAIR, stratum=pl.concat_str(born, whole.otherwise(pl.lit("part")), separator=", "))


def drawn(told: pl.DataFrame, seed: int = 1) -> pl.DataFrame:
    """A sample of pairs with strata: at least so many of each, the rest as there are."""
    mixed = told.sort(PAIR).sample(fraction=1.0, shuffle=True, seed=seed)
    ranked = mixed.with_columns(rank=pl.int_range(pl.len()).over("stratum"))
    first = ranked.filter(pl.col("rank") < LEAST)
    rest = ranked.filter(pl.col("rank") >= LEAST).head(SAMPLE - first.height)
    return pl.concat([first, rest]).drop("rank")


def fields(frames: Frames, listings: pl.Series) -> dict[str, dict[str, str]]:
    """What a list tells of each listing: names, births with places, nationalities, numbers."""
    ids = listings.to_list()
    tables = {
        "names": frames.names.select("listing", text="name"),
        "births": frames.births.select("listing", text=pl.concat_str("text", "place", separator=" ")),
        "nationalities": frames.nationalities.select("listing", text="nationality"),
        "numbers": frames.identifiers.select("listing", text=pl.concat_str("type", "value", separator=" ")),
    }
    told: dict[str, dict[str, str]] = {one: dict.fromkeys(tables, "") for one in ids}
    for name, table in tables.items():
        kept = table.filter(pl.col("listing").is_in(ids)).unique(maintain_order=True)
        for listing, text in kept.group_by("listing", maintain_order=True).agg("text").iter_rows():
            told[listing][name] = " / ".join(one.strip() for one in text if one and one.strip())
    return told


def judged() -> pl.DataFrame:
    """left, right, verdict, reason of the pairs that were read one by one."""
    return pl.read_csv(JUDGED, infer_schema=False)


def precision(sample: pl.DataFrame, told: pl.DataFrame) -> float:
    """The share of true pairs among all, each stratum weighed as there are pairs of it.

    sample: left, right, verdict. told: all pairs, with strata.
    """
    size = told.group_by("stratum").agg(size=pl.len())
    seen = told.join(sample, on=PAIR).with_columns(same=pl.col("verdict") == "same")
    each = seen.group_by("stratum").agg(share=pl.col("same").mean()).join(size, on="stratum")
    weight = each["size"].to_numpy()
    return float(each["share"].to_numpy() @ weight / weight.sum())


def between(sample: pl.DataFrame, told: pl.DataFrame, *, seed: int = 1) -> tuple[float, float]:
    """The 95 % interval of the precision: within each stratum pairs are drawn again and again."""
    seen = sample.join(told, on=PAIR)
    drawn = [
        precision(
            pl.concat(
                one.sample(one.height, with_replacement=True, seed=seed * SAMPLES + n)
                for one in seen.partition_by("stratum", maintain_order=True)
            ).select(*PAIR, "verdict"),
            told,
        )
        for n in range(SAMPLES)
    ]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def main() -> None:
    """Write the sample for judging."""
    frames = russia()
    found = aligned(frames)
    told = drawn(strata(across(found, frames.listings), found)).sort(PAIR)
    what = fields(frames, pl.concat([told["left"], told["right"]]).unique())
    names = ("names", "births", "nationalities", "numbers")
    out = csv.writer(sys.stdout)
    out.writerow([*PAIR, *(f"{side} {name}" for side in ("EU", "UK") for name in names), "verdict", "reason"])
    for left, right in told.select(PAIR).iter_rows():
        out.writerow([left, right, *(what[one][name] for one in (left, right) for name in names), "", ""])


if __name__ == "__main__":
    main()
