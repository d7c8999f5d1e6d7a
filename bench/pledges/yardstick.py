"""How far same and alike lie apart for one who knows giver, recipient and good of every record.

    PYTHONPATH=src .venv/bin/python -m bench.pledges.yardstick --density 10

No matcher: it reads what only the generator knows, compares the rest level by level, takes how often each
combination of levels was the same on one seed and reads it on another. A matcher that must find giver and
good first stands below it on pairs; it may stand above where it weighs evidence better than a table does, or
joins clusters.
"""

import click
import numpy as np
import polars as pl
from bench.pledges.book import ROLE, Columns
from bench.pledges.generate import reported
from bench.pledges.lexicon import lexicon, split_of
from bench.pledges.said import quantities
from bench.pledges.truth import same
from bench.pledges.wording import table
from bench.pledges.world import Setting

DAYS = 60
FIT, READ = 4, 5
LEVELS = ("sum", "quantity", "region", "detail", "reference", "sources", "apart")
KNOWN = ("recipient", "giver", "good")
SURE = 0.9
EDGES = (1, 5, 14, 45)


def told(to: Setting, undertakings: int) -> tuple[pl.DataFrame, int]:
    """What each record says as numbers (-1 for nothing), what it speaks of; and how many pairs are true."""
    book = reported(to, undertakings)
    records: Columns = book.records()
    said, euro = (
        table(to, book, records),
        to.fx.cents(np.maximum(records["amount"], 1), records["day"], records["currency"]),
    )
    amount, unit = quantities(to, records)
    detail = said["text"].str.contains(r"\(.*\d").fill_null(False).to_numpy()
    frame = pl.DataFrame(
        {
            **{name: records[name] for name in (*KNOWN, "day", "node", "source", "role")},
            "sum": np.where(records["amount"] > 0, euro, -1),
            "quantity": np.where(unit >= 0, amount * 10 + unit, -1),
            "region": np.where(said["region"].is_not_null().to_numpy(), records["region"], -1),
            "detail": np.where(detail, records["detail"], -1),
            "number": said["activity_id"].fill_null(said["reference"]),
            "row": np.arange(len(euro)),
        }
    )  # fmt: skip
    return frame.filter(pl.col("role") != ROLE["to date"]), len(same(records["node"])[0])


def _level(name: str) -> pl.Expr:
    """0 unknown, 1 different, 2 equal."""
    one, two = pl.col(name), pl.col(f"{name}_right")
    return pl.when((one < 0) | (two < 0)).then(0).when(one == two).then(2).otherwise(1).alias(name)


def _compared(frame: pl.DataFrame) -> pl.DataFrame:
    """Every two records within the days, by combination of levels: how many, and how many are the same."""
    counted = paired(frame).group_by(LEVELS)
    return counted.agg(pl.len().alias("pairs"), pl.col("hit").sum().alias("hits"))


def paired(frame: pl.DataFrame) -> pl.DataFrame:
    """Every two records within the days: LEVELS, row, row_right, and whether they are the same (hit)."""
    slot = frame.with_columns(slot=pl.col("day") // (DAYS + 1))
    near = [
        slot.join(slot.with_columns(pl.col("slot") + step), on=[*KNOWN, "slot"]).filter(
            pl.col("row") < pl.col("row_right")
        )
        for step in (-1, 0, 1)
    ]
    pairs = pl.concat(near)
    ratio, apart = pl.col("sum") / pl.col("sum_right"), (pl.col("day") - pl.col("day_right")).abs()
    close = (
        pl.when(ratio.is_between(0.994, 1.006))
        .then(3)
        .when(ratio.is_between(0.94, 1.06))
        .then(2)
        .otherwise(1)
    )
    unknown = (pl.col("sum") < 0) | (pl.col("sum_right") < 0)
    number = pl.when(pl.col("number") == pl.col("number_right")).then(2)
    both = pl.col("number").is_not_null() & pl.col("number_right").is_not_null()
    low, high = (side("source", "source_right") for side in (pl.min_horizontal, pl.max_horizontal))
    return (
        pairs.with_columns(hit=pl.col("node") == pl.col("node_right"), days=apart)
        .filter(pl.col("days") <= DAYS)
        .with_columns(
            *(_level(name) for name in ("quantity", "region", "detail")),
            pl.when(unknown).then(0).otherwise(close).alias("sum"),
            number.when(both).then(1).otherwise(0).alias("reference"),
            (low * 10 + high).alias("sources"),
            pl.sum_horizontal(pl.col("days") > edge for edge in EDGES).alias("apart"),
        )
        .select(*LEVELS, "row", "row_right", "hit")
    )


def measured(density: float, undertakings: int = 12_000) -> dict[str, float]:
    """Best F1 with its precision and recall, and precision and recall of pairs that are sure at 0.9."""
    frames = [told(Setting.of(seed, density, lexicon(split_of(seed))), undertakings) for seed in (FIT, READ)]
    fitted, read = (_compared(frame) for frame, _ in frames)
    chance = ((pl.col("hits") + 0.1) / (pl.col("pairs") + 1)).alias("chance")
    joined = read.join(fitted.select(*LEVELS, chance), on=LEVELS, how="left").with_columns(
        pl.col("chance").fill_null(0.1)
    )
    ranked = joined.sort("chance", *LEVELS, descending=True).with_columns(
        precision=pl.col("hits").cum_sum() / pl.col("pairs").cum_sum(),
        recall=pl.col("hits").cum_sum() / frames[1][1],
    )
    ranked = ranked.with_columns(
        f1=2 * pl.col("precision") * pl.col("recall") / (pl.col("precision") + pl.col("recall"))
    )
    best = ranked.sort("f1").tail(1).select("f1", "precision", "recall").row(0, named=True)
    sure = ranked.filter(pl.col("chance") >= SURE).tail(1).select("precision", "recall").row(0, named=True)
    return {**best, **{f"sure {name}": value for name, value in sure.items()}}


@click.command(
    help="How far same and alike lie apart for one who knows giver, recipient and good of every record."
)
@click.option(
    "--density", type=click.FloatRange(min=0, min_open=True), default=1.0, show_default=True, help="As there."
)
def main(density: float) -> None:
    """Measure and print."""
    for name, value in measured(density).items():
        print(f"{name:16} {value:.3f}")


if __name__ == "__main__":
    main()
