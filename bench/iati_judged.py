"""The twice-told IATI activities, some pairs judged as they truly are: what that makes of all the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from bench.iati_twice import DATA, SEEDS, Rates, dollars, files, table, twice
from bench.record import Benchmark

from konvoi.reconcile.candidates import alike
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.random_sample import drawn, place
from konvoi.reconcile.records import records
from konvoi.reconcile.training_pairs import FOLDS, LESSONS, Lessons

JUDGED = (10, 40, 150)
"""So many pairs are judged, one in ten of them by chance."""
MORE = 250, 4
"""Enough to calibrate: so many, one in so many by chance."""
LIKELY = 0.5
BINS = 10
Pair = tuple[str, str]


@dataclass(frozen=True)
class Space:
    """Records of some files in two copies each; pairs that are one, in the order of their ids."""

    records: pl.DataFrame
    true: frozenset[Pair]

    def only(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """Pairs of these records."""
        ids = self.records["id"].implode()
        return pairs.filter(pl.col("left_id").is_in(ids) & pl.col("right_id").is_in(ids))


@dataclass(frozen=True)
class Figures:
    """How right pairs are: precision and recall from a half on, squared error, calibration error."""

    precision: float
    recall: float
    squared: float
    calibration: float


def space(paths: Iterable[Path], seed: int, rates: Rates) -> Space:
    """Files told twice with a seed, as one workspace."""
    tables, true = [], set()
    for path in paths:
        copies = twice(path, seed, rates)
        if not copies.twins:
            continue
        own = records(copies.entries, table(rates))
        tables.append(own)
        of = copies.entries.select("entry", "package").join(own.select(entry="id"), on="entry")
        entry = {package: id_ for id_, package in of.iter_rows()}
        both = [(entry.get(a), entry.get(b)) for a, b in copies.twins]
        true |= {(min(a, b), max(a, b)) for a, b in both if a and b}
    return Space(pl.concat(tables), frozenset(true))


def judged(where: Space, pairs: pl.DataFrame, count: int, each: int = 10) -> Lessons:
    """So many of these pairs as they truly are: the weightiest first, one in `each` drawn by chance."""
    euros = dict(where.records.select("id", pl.col("eur").fill_null(0.001).abs()).iter_rows())
    rows = [
        (min(euros[a], euros[b]) * p * (1 - p), a, b)
        for a, b, p in pairs.select("left_id", "right_id", "probability").iter_rows()
    ]
    weighty = [(a, b) for _, a, b in sorted(rows, reverse=True)]
    turns = sorted(weighty, key=lambda pair: place(pair, "same_as", 1))
    done: list[Pair] = []
    reach = 0.0
    for number in range(min(count, len(weighty))):
        chance = drawn(number, 1) if each == 10 else number % each == 0
        pair = next(one for one in (turns if chance else weighty) if one not in done)
        done.append(pair)
        reach = max(reach, place(pair, "same_as", 1)) if chance else reach
    told = []
    for n, pair in enumerate(sorted(done)):
        at = place(pair, "same_as", 1)
        told.append((*pair, pair in where.true, at <= reach, n % FOLDS, at))
    return Lessons(pl.DataFrame(told, schema=LESSONS, orient="row"), reach)


def measured(where: Space, pairs: pl.DataFrame, without: Lessons | None = None) -> Figures:
    """How right PAIRS of a space are, leaving out what was judged."""
    done = set(without.told.select("left", "right").iter_rows()) if without else set()
    rows = where.only(pairs).select("left_id", "right_id", "probability").iter_rows()
    left = [((a, b) in where.true, p) for a, b, p in rows if (a, b) not in done]
    true, likely = (np.array(each, dtype=float) for each in zip(*left, strict=True))
    said, all_true = likely >= LIKELY, len(where.true - done)
    order = np.array_split(np.argsort(likely, kind="stable"), BINS)
    missed = all_true - true.sum()
    return Figures(
        float(true[said].sum() / max(said.sum(), 1)),
        float(true[said].sum() / all_true),
        float((((true - likely) ** 2).sum() + missed) / all_true),
        sum(abs(float(true[at].mean() - likely[at].mean())) * len(at) for at in order) / len(true),
    )


def main() -> None:
    """All files with three seeds; then weights that one half of the files taught, on the other half."""
    rates, every = dollars(DATA), files(DATA)
    bench = Benchmark("iati_judged", data={"files": len(every), "seeds": len(SEEDS)})
    for seed in SEEDS:
        whole = space(every, seed, rates)
        for count, each in (*((n, 10) for n in JUDGED), MORE):
            _compared(bench, f"seed {seed}, {count} judged", (whole, whole, whole), count, each)
    big = [path for path in every if path.stem == "who-arg"]
    rest = [path for path in every if path.stem != "who-arg"]
    whole, one, other = (space(paths, 1, rates) for paths in (every, big, rest))
    for count in JUDGED:
        _compared(bench, f"{count} judged of one file, on the others", (whole, one, other), count, 10)
        _compared(bench, f"{count} judged of the others, on that file", (whole, other, one), count, 10)
    bench.finish()


def _compared(bench: Benchmark, name: str, of: tuple[Space, Space, Space], count: int, each: int) -> None:
    """Figures before and after; of: the workspace, where pairs are judged in it, where it is measured."""
    whole, taught, tested = of
    before = alike(whole.records, Policy()).pairs
    lessons = judged(taught, taught.only(before), count, each)
    found = bench.once(f"relations, {name}", lambda: alike(whole.records, Policy(), lessons))
    calibrated = found.used is not None and found.used.calibration is not None
    bench.figures[f"{name}: pairs of chance"] = int(lessons.told["random"].sum())
    bench.figures[f"{name}: calibrated"] = int(calibrated)
    for when, pairs in (("before", before), ("after", found.pairs)):
        one = measured(tested, pairs, lessons)
        bench.figures |= {f"{name}, {when}: {key}": round(value, 3) for key, value in vars(one).items()}


if __name__ == "__main__":
    main()
