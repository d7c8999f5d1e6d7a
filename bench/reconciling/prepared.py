"""Tables ready to be matched: made-up records through the model, with the truth beside them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
from bench.pledges.generate import generate
from bench.reconciling.fitted import JOIN, MEAN
from bench.reconciling.handed import entries, rates, scopes

from konvoi.link.settings import Settings
from konvoi.reconcile.candidates import settings as reconciling
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.records import records
from konvoi.reconcile.wording import said

LEAST = 0.02
KEPT = ("records", "exchange", "clusters", "pairs", "edges", "lookalikes", "totals")


def settings() -> Settings:
    """As konvoi.reconcile matches, in a table of several recipients whose registers repeat their rows."""
    policy = Policy(
        unique=(), within=("counterparty",), least=LEAST, memory="4GB", most=2_000_000, learn=False
    )
    asked = replace(reconciling(policy), by_density=True, join=JOIN, mean=MEAN)
    return replace(asked, prior=Settings.prior)


def prepare(count: int, seed: int, density: float, folder: Path) -> Path:
    """A folder with RECORDS (prepared.parquet), what was handed in, and the truth."""
    at = folder / f"{seed}-{count}-{density:g}"
    if (at / "done").exists():
        return at
    at.mkdir(parents=True, exist_ok=True)
    made = generate(count, seed, density)
    tabled(made).write_parquet(at / "prepared.parquet")
    besides(made["records"]).write_parquet(at / "besides.parquet")
    for name in KEPT:
        made[name].write_parquet(at / f"{name}.parquet")
    (at / "done").touch()
    return at


def tabled(made: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """RECORDS of what was handed in, with the places that registers name."""
    table = records(entries(made["records"]), rates(made["exchange"]))
    return _placed(table, scopes(made["records"]))


def besides(handed: pl.DataFrame) -> pl.DataFrame:
    """What rules for totals read besides: which reference a record names."""
    return handed.select("id", related=pl.col("related_id").str.replace(r"^(.*)-(\d+)$", "${1}:${2}"))


def _placed(table: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Records with the place that a register names in a column of its own, where the text names none."""
    places = named.filter(pl.col("dimension") == "place")
    known = {value: said(value).place for value in places["value"].unique()}
    read = places.select(id="entry", _told=pl.col("value").replace_strict(known, return_dtype=pl.String))
    joined = table.join(read, on="id", how="left", maintain_order="left")
    return joined.with_columns(place=pl.coalesce("place", "_told")).drop("_told")


def training(folders: list[Path]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Records and true clusters of several seeds in one table, in which no two seeds meet."""
    tables, labels = [], []
    for folder in folders:
        mark = pl.lit(folder.name + "/")
        own = [(mark + pl.col(name)).alias(name) for name in ("id", "unit", "counterparty")]
        tables.append(pl.read_parquet(folder / "prepared.parquet").with_columns(own))
        truth = pl.read_parquet(folder / "clusters.parquet")
        labels.append(truth.select(id=mark + pl.col("id"), cluster=mark + pl.col("cluster").cast(pl.String)))
    return pl.concat(tables), pl.concat(labels)
