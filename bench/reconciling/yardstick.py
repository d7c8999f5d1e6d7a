"""How far one comes who knows giver, recipient and good of every record, and looks around pairs besides.

    PYTHONPATH=src:. python -m bench.reconciling.yardstick --density 10 --undertakings 6000

The yardstick of bench.pledges: its chances, counted on one seed, stand in place of what an engine says of a
pair by itself. On a second seed what stands around pairs is fitted, on a third it is read.
"""

import click
import numpy as np
import polars as pl
from bench.pledges.lexicon import lexicon, split_of
from bench.pledges.world import Setting
from bench.pledges.yardstick import LEVELS, paired, told
from bench.reconciling.around import fitted, surrounded, weighed
from bench.reconciling.fitted import JOIN, MEAN
from bench.reconciling.surrounding import EDGES

from bench.reconciling import measures
from konvoi.link.clusters import clusters

COUNTED, FITTED, READ = 4, 6, 5
LEAST, PRECISE = 0.02, 0.9
Pairs = tuple[pl.DataFrame, np.ndarray, int]


def measured(density: float, undertakings: int) -> dict[str, float]:
    """Best F1; precision and recall at 0.9; calibration; recall of the surest pairs of which 0.9 are true."""
    chances = _chances(density, undertakings)
    pairs, true, _ = _around(FITTED, density, undertakings, chances)
    aspects = fitted(pairs, true, EDGES)
    pairs, true, every = _around(READ, density, undertakings, chances)
    found = pl.DataFrame({"probability": weighed(pairs, aspects), "hit": true})
    ranked = found.sort("probability", descending=True).with_columns(
        precision=pl.col("hit").cum_sum() / pl.int_range(1, pl.len() + 1),
        recall=pl.col("hit").cum_sum() / every,
    )
    sure = measures.of_pairs(found, every, measures.SURE)
    return {
        "best F1": measures.best(found, every)[0],
        "sure precision": sure["precision"],
        "sure recall": sure["recall"],
        "calibration error": measures.calibration(found),
        "recall at precision 0.9": float(ranked.filter(pl.col("precision") >= PRECISE)["recall"].max() or 0),  # type: ignore[arg-type]
    }


def _records(seed: int, density: float, undertakings: int) -> tuple[pl.DataFrame, int]:
    return told(Setting.of(seed, density, lexicon(split_of(seed))), undertakings)


def _chances(density: float, undertakings: int) -> pl.DataFrame:
    """How often each combination of levels was the same."""
    counted = paired(_records(COUNTED, density, undertakings)[0]).group_by(LEVELS)
    shares = counted.agg(chance=(pl.col("hit").sum() + 0.1) / (pl.len() + 1))
    return shares.select(*LEVELS, "chance")


def _around(seed: int, density: float, undertakings: int, chances: pl.DataFrame) -> Pairs:
    """Pairs with what stands around them, whether they are the same, and how many pairs are."""
    records, every = _records(seed, density, undertakings)
    known = paired(records).join(chances, on=LEVELS, how="left").with_columns(pl.col("chance").fill_null(0.1))
    scored = known.select(a="row", b="row_right", probability="chance").filter(pl.col("probability") >= LEAST)
    node = np.full(int(records["row"].max()) + 1, -1, dtype=np.int64)  # type: ignore[arg-type]
    node[records["row"].to_numpy()] = records["node"].to_numpy()
    ends = (scored["a"].to_numpy(), scored["b"].to_numpy())
    first = clusters(ends, scored["probability"].to_numpy(), len(node), join=JOIN, mean=MEAN)
    seen = surrounded(scored, first)
    return seen, node[seen["a"].to_numpy()] == node[seen["b"].to_numpy()], every


@click.command(help="How far one comes who knows giver and good of every record and looks around pairs.")
@click.option("--density", type=click.FloatRange(min=0, min_open=True), default=10.0, show_default=True)
@click.option("--undertakings", type=click.IntRange(min=1000), default=6_000, show_default=True)
def main(density: float, undertakings: int) -> None:
    """Measure and print."""
    for name, value in measured(density, undertakings).items():
        print(f"{name:24} {value:.3f}")


if __name__ == "__main__":
    main()
