"""Match records made up from a seed, beside Splink: pairs, clusters, totals, ranges, seconds.

    PYTHONPATH=src:. .venv/bin/python -m bench.reconcile --seeds 11 --reviews   # the product's own path
    PYTHONPATH=src:. .venv/bin/python -m bench.reconcile --engine --seeds 11    # the engine, fitted weights

The first measures files in, `konvoi total` out, without labels, for two generators; the second the engine on
a prepared table with weights fitted to the training seeds. Seeds 11-13 serve development, 101-103 the final
measure.
"""

import argparse
import json
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import NoReturn

import polars as pl
from bench.reconciling.gathered import gathered
from bench.reconciling.prepared import LEAST, prepare
from bench.reconciling.product import GENERATORS, measure
from bench.reconciling.proposed import GOALS
from bench.reconciling.relations import all_relations
from bench.reconciling.seen import SURE_ENOUGH
from bench.reconciling.surrounding import train as surrounding
from bench.reconciling.train import PEER, train
from bench.record import ROOT, Benchmark, arguments, peer

from bench.reconciling import measures
from bench.reconciling import peer as splink

_ENGINE, _PATH = 1_100_000, 36_000
DEFAULT, TRIED = 0.95, (0.5, 0.7, 0.8, 0.9, 0.95, 0.99)
SCRIPT = ROOT / "bench" / "peers" / "splink_pledges.py"
TEST = 101


def ours(bench: Benchmark, folder: Path) -> dict[str, float]:
    """Run ours in a process of its own."""
    told = bench.command("ours", [sys.executable, "-m", "bench.reconciling.ours", str(folder)], runs=1)
    return {name: float(value) for name, value in json.loads(told.splitlines()[-1]).items()}


def relations(bench: Benchmark, folder: Path) -> dict[str, float]:
    """Directed relations as konvoi proposes them, in a process of its own."""
    argv = [sys.executable, "-m", "bench.reconciling.proposed", str(folder)]
    return {
        name: float(value) for name, value in json.loads(bench.command("relations", argv, runs=1)).items()
    }


def theirs(bench: Benchmark, folder: Path) -> dict[str, float]:
    """Run Splink in its own environment, with as many threads and the same table."""
    splink.table(pl.read_parquet(folder / "prepared.parquet")).write_parquet(folder / "splink-in.parquet")
    task = {
        "table": str(folder / "splink-in.parquet"),
        "model": str(PEER),
        "out": str(folder / "splink.parquet"),
        "spill": str(folder / "spill"),
        "threads": 2,
        "memory": "4GB",
        "least": LEAST,
        "clusters": TRIED,
    }
    (folder / "task.json").write_text(json.dumps(task), encoding="utf-8")
    argv = [peer("splink"), str(SCRIPT), "predict", str(folder / "task.json")]
    told = bench.command("splink", argv, runs=1)
    return {name: float(value) for name, value in json.loads(told.splitlines()[-1]).items()}


def once(pairs: pl.DataFrame) -> pl.DataFrame:
    """Each pair once, whatever side its ends stand on."""
    ends = {
        "left_id": pl.min_horizontal("left_id", "right_id"),
        "right_id": pl.max_horizontal("left_id", "right_id"),
    }
    return pairs.with_columns(**ends).group_by("left_id", "right_id").agg(pl.col("probability").max())


def scored(folder: Path, name: str) -> tuple[pl.DataFrame, int]:
    """Scored pairs with whether they are true, and how many true ones there are."""
    truth = pl.read_parquet(folder / "clusters.parquet").select("id", "cluster")
    return measures.hits(once(pl.read_parquet(folder / f"{name}.parquet")), truth), measures.true_pairs(truth)


def table(folder: Path, clusters: str) -> pl.DataFrame:
    """Records with the clusters of a file."""
    records = pl.read_parquet(folder / "prepared.parquet").join(pl.read_parquet(folder / clusters), on="id")
    return records.join(pl.read_parquet(folder / "besides.parquet"), on="id")


def totals(records: pl.DataFrame, which: str = "eur") -> pl.DataFrame:
    """Counted once, by partner and year."""
    return measures.counted(records, all_relations(records), which)


def joined(folder: Path, clusters: str) -> dict[str, float]:
    """The error of the totals over clusters as they are, and once they are gathered."""
    true = pl.read_parquet(folder / "totals.parquet")
    records = table(folder, clusters)
    return {
        f"{name}, {step}": value
        for step, one in (("clusters alone", records), ("gathered", gathered(records)))
        for name, value in measures.error(totals(one), true).items()
    }


def bounds(folder: Path) -> dict[str, float]:
    """Whether the true totals of partners lie between the lowest and the highest, and how wide that is.

    Lowest: whatever may be one is, with its least sum; highest: only what is sure is, with its largest.
    """
    lowest = totals(gathered(table(folder, "ours-lowest.parquet")), "least")
    highest = totals(table(folder, "ours-highest.parquet"), "most")
    return measures.between(lowest, highest, pl.read_parquet(folder / "totals.parquet"))


def seed(bench: Benchmark, folder: Path, number: int, *, alone: bool) -> None:
    """Measure one seed."""
    mark = f"seed {number}: "
    told, proposed = ours(bench, folder), relations(bench, folder)
    mine, true = scored(folder, "ours")
    pairs, sure = measures.of_pairs(mine, true, SURE_ENOUGH), measures.of_pairs(mine, true, measures.SURE)
    truth = pl.read_parquet(folder / "clusters.parquet").select("id", "cluster")
    clusters = measures.of_clusters(pl.read_parquet(folder / "ours-clusters.parquet"), truth)
    whole = gathered(table(folder, "ours-clusters.parquet"))
    found = measures.of_clusters(whole.select("id", "cluster"), truth)
    related = measures.of_relations(all_relations(whole), pl.read_parquet(folder / "pairs.parquet"))
    error, open_ = joined(folder, "ours-clusters.parquet"), bounds(folder)
    bench.figures |= {f"{mark}{name}": value for name, value in (told | proposed).items()}
    bench.figures |= {f"{mark}pairs, {name}": value for name, value in pairs.items()}
    bench.figures |= {f"{mark}pairs at 0.9, {name}": value for name, value in sure.items()}
    bench.figures |= {f"{mark}clusters, {name}": value for name, value in clusters.items()}
    bench.figures |= {f"{mark}clusters gathered, {name}": value for name, value in found.items()}
    bench.figures |= {f"{mark}lowest to highest, {name}": value for name, value in open_.items()}
    for relation, values in sorted(related.items()):
        bench.figures |= {f"{mark}{relation}, {name}": value for name, value in values.items()}
    bench.figures |= {f"{mark}total off, {name}": value for name, value in error.items()}
    bench.at_most(f"{mark}calibration error", measures.calibration(mine), 0.03, unit="")
    bench.at_least(f"{mark}precision at 0.9", sure["precision"], 0.9, unit="")
    bench.at_least(f"{mark}recall at 0.9", sure["recall"], 0.6, unit="")
    bench.at_most(f"{mark}total off over all", error["over all, gathered"], 0.05, unit="")
    bench.at_least(f"{mark}partners between lowest and highest", open_["partners within"], 0.95, unit="")
    for name, sign, bound in GOALS:
        (bench.at_least if sign == ">=" else bench.at_most)(f"{mark}{name}", proposed[name], bound, unit="")
    if not alone:
        _beside(bench, folder, mark, (told, pairs, clusters, error))


def _beside(bench: Benchmark, folder: Path, mark: str, mine: tuple[dict[str, float], ...]) -> None:
    """The same of Splink, and the goals that are set against it."""
    told, pairs, clusters, error = mine
    other = theirs(bench, folder)
    found, true = scored(folder, "splink")
    best, at = measures.best(found, true)
    truth = pl.read_parquet(folder / "clusters.parquet").select("id", "cluster")
    tried = {
        one: measures.of_clusters(pl.read_parquet(folder / f"splink-{one}.parquet"), truth) for one in TRIED
    }
    top = max(tried, key=lambda one: tried[one]["F1"])
    cubed = max(one["B-cubed"] for one in tried.values())
    off = joined(folder, f"splink-{top}.parquet")
    bench.figures |= {
        f"{mark}splink predict": other["predict"],
        f"{mark}splink pairs, best F1": best,
        f"{mark}splink pairs, at": at,
        f"{mark}splink clusters at {DEFAULT}, F1": tried[DEFAULT]["F1"],
        f"{mark}splink clusters at {DEFAULT}, B-cubed": tried[DEFAULT]["B-cubed"],
        f"{mark}splink clusters, best F1": tried[top]["F1"],
        f"{mark}splink clusters, B-cubed": cubed,
        f"{mark}splink clusters, at": top,
        **{f"{mark}splink total off, {name}": value for name, value in off.items()},
    }
    bench.at_least(f"{mark}pair F1 above splink", pairs["F1"] - best, 0.02, unit="")
    bench.at_least(f"{mark}cluster F1 above splink", clusters["F1"] - tried[top]["F1"], 0.05, unit="")
    bench.at_least(f"{mark}B-cubed above splink", clusters["B-cubed"] - cubed, 0.02, unit="")
    bench.at_most(f"{mark}block and score over predict", told["score"] / other["predict"], 1 / 3, unit="")
    share = error["by partner and year, gathered"] / off["by partner and year, clusters alone"]
    bench.at_most(f"{mark}total off over splink's", share, 1 / 3, unit="")


def numbers(text: str) -> list[int]:
    """Seeds as 11 or 11-13."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def along(bench: Benchmark, asked: argparse.Namespace) -> NoReturn:
    """Measure generators and seeds on the product's own path."""
    with tempfile.TemporaryDirectory() as spare:
        for generator in asked.generators.split(","):
            for number in numbers(asked.seeds):
                measure(
                    bench, asked.folder or Path(spare), generator=generator, records=asked.records,
                    seed=number, reviews=asked.reviews, alone=asked.alone,
                )  # fmt: skip
    bench.finish(asked)


def main() -> None:
    """Train, or measure seeds."""
    parser = arguments()
    parser.add_argument("--engine", action="store_true", help="the engine alone, with fitted weights")
    parser.add_argument(
        "--generators", default=",".join(GENERATORS), help="of the path: registers, campaigns, or both"
    )
    parser.add_argument("--reviews", action="store_true", help="measure the path again after 250 reviews")
    parser.add_argument(
        "--records", type=int, help="about so many records a seed; 36,000, of the engine 1,100,000"
    )
    parser.add_argument("--density", type=float, default=1.0, help="as in bench.pledges")
    parser.add_argument(
        "--seeds", default="11", help="one or several, such as 11-13; 101 and above are the test"
    )
    parser.add_argument(
        "--train", action="store_true", help="fit the weights anew on seeds 1-5 and write them"
    )
    parser.add_argument(
        "--around", action="store_true", help="fit anew what stands around pairs on seeds 6-7 and write it"
    )
    parser.add_argument("--alone", action="store_true", help="without Splink")
    parser.add_argument("--folder", type=Path, help="where prepared tables are kept for the next run")
    asked = parser.parse_args()
    engine = asked.engine or asked.train or asked.around
    asked.records = asked.records or (_ENGINE if engine else _PATH)
    data = {"records": asked.records, "density": asked.density, "seeds": asked.seeds}
    bench = Benchmark("reconcile", data | ({} if engine else {"generators": asked.generators}))
    if not engine:
        along(bench, asked)
    with tempfile.TemporaryDirectory() as spare:
        folder = asked.folder or Path(spare)
        if asked.train:
            weights = bench.measure("train", lambda: train(folder), runs=1)
            bench.figures["whole codes"] = len(weights.together)
            bench.finish(asked)
        if asked.around:
            bench.figures["aspects"] = len(bench.measure("around", lambda: surrounding(folder), runs=1))
            bench.finish(asked)
        for number in numbers(asked.seeds):
            made = partial(prepare, asked.records, number, asked.density, folder)
            prepared = bench.once("prepare", made)
            seed(bench, prepared, number, alone=asked.alone)
    bench.finish(asked)


if __name__ == "__main__":
    main()
