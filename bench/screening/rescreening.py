"""Re-screening of ten thousand parties after a list changed: processor time, and equality with a full one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from bench.record import Benchmark

from konvoi.align.asking import Asked
from konvoi.align.frames import Frames
from konvoi.align.screening import Ready, look, ready
from konvoi.flow.sanctions.screening_cache import looked

TEN = 10


def with_names(lists: Frames) -> Frames:
    """Return lists with ten further names of persons, each of a new given name and a listed word."""
    persons = lists.listings.filter(kind="person")["listing"].unique().sort()
    chosen = persons.gather([at * len(persons) // TEN for at in range(TEN)])
    texts = lists.names.filter(script="Latin")["name"].unique().sort()
    words = [texts[at * len(texts) // TEN].split()[-1] for at in range(TEN)]
    first = lists.names.filter(pl.col("listing").is_in(chosen.implode()))
    new = first.unique("listing", keep="first").sort("listing")
    names = [f"Zbyslav{chr(ord('a') + at)} {words[at]}ovsky" for at in range(new.height)]
    new = new.with_columns(name=pl.Series(names), script=pl.lit("Latin"))
    return replace(lists, names=pl.concat([lists.names, new]))


def with_births(lists: Frames) -> Frames:
    """Return lists with ten births moved by three days."""
    step = max(lists.births.height // TEN, 1)
    moved = pl.when(pl.int_range(pl.len()) % step == 0).then(pl.duration(days=3)).otherwise(pl.duration())
    return replace(lists, births=lists.births.with_columns(pl.col("first", "last") + moved))


def without_listings(lists: Frames) -> Frames:
    """Return lists without ten of their listings."""
    ids = lists.listings["listing"].unique().sort()
    gone = pl.DataFrame({"listing": ids.gather([at * len(ids) // TEN for at in range(TEN)])})
    return Frames(**{name: one.join(gone, on="listing", how="anti") for name, one in vars(lists).items()})


CHANGES: Mapping[str, Callable[[Frames], Frames]] = {
    "ten names more": with_names,
    "ten births changed": with_births,
    "ten listings delisted": without_listings,
}


def rescreening(bench: Benchmark, lists: Ready, parties: Sequence[Asked]) -> None:
    """Screen all parties, change the lists one way after the other, and screen again what changed."""
    basis = lists.own_basis
    wrong = 0
    with TemporaryDirectory() as folder:

        def screened(frames: Frames) -> pl.DataFrame:
            return looked(parties, ready(frames, lists.days, basis), Path(folder), "basis")

        now = lists.frames
        bench.measure("re-screening: in full", partial(screened, now), runs=1)
        bench.measure("re-screening: nothing changed", partial(screened, now), runs=1)
        for name, change in CHANGES.items():
            now = change(now)
            found = bench.measure(f"re-screening: {name}", partial(screened, now), runs=1)
            wrong += not found.equals(look(parties, ready(now, lists.days, basis)))
    bench.at_most("re-screenings that differ from a full one", wrong, 0, unit="")
    full = bench.runs["re-screening: in full"].cpu_median
    for name in CHANGES:
        share = bench.runs[f"re-screening: {name}"].cpu_median / full
        bench.at_most(f"re-screening, {name}: part of a full one", share, 1, unit="")
