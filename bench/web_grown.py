"""Results of the instance of the tests, grown to a million entries: rows are repeated under new references.

Only what pages read is grown (entries, packages, source cells); the record keeps its few submissions. A page
reads the snapshot alone, and so takes as long as with as many entries that were handed in.
"""

from dataclasses import replace
from pathlib import Path

import polars as pl

from konvoi.flow.snapshots import MANIFEST, PACKAGE_LIST, TABLES, Manifest, in_order
from konvoi.gateways import files
from konvoi.web.instance import Instance

OF_A_PACKAGE = 4
"""Entries of a package."""


def grow(instance: Instance, entries: int) -> None:
    """Grow the results of each reader to about so many entries, with a quarter as many packages."""
    for place in (instance.snapshots / "first").iterdir():
        manifest = Manifest.read((place / MANIFEST).read_text(encoding="utf-8"))
        if not manifest.tables.get("entries"):
            continue
        times = entries // manifest.tables["entries"]
        rows = {
            "entries": _entries(_table(place, "entries"), times),
            "packages": _packages(_table(place, "packages"), times // OF_A_PACKAGE),
            PACKAGE_LIST: _list(_table(place, PACKAGE_LIST), times // OF_A_PACKAGE),
            "passage_places": _places(_table(place, "passage_places"), times),
        }
        for name, one in rows.items():
            in_order(name, one).write_parquet(place / TABLES / f"{name}.parquet")
        tables = {**manifest.tables, **{name: one.height for name, one in rows.items()}}
        files.write(place / MANIFEST, replace(manifest, tables=tables).text().encode())


def _table(place: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(place / TABLES / f"{name}.parquet")


def _repeated(rows: pl.DataFrame, times: int) -> pl.DataFrame:
    """Return rows many times, numbered in `copy` from nought."""
    return rows.join(pl.DataFrame({"copy": range(times)}, schema={"copy": pl.Int64()}), how="cross")


def _numbered(name: str, number: pl.Expr) -> pl.Expr:
    """Return a reference of each copy; the first one keeps its own."""
    later = pl.concat_str(name, pl.lit("-"), number)
    return pl.when(number == 0).then(pl.col(name)).otherwise(later).alias(name)


def _entries(rows: pl.DataFrame, times: int) -> pl.DataFrame:
    copy = pl.col("copy")
    spread = pl.duration(days=copy % 28)
    return (
        _repeated(rows, times)
        .with_columns(
            pl.when(copy == 0)
            .then("entry")
            .otherwise(pl.concat_str("entry", copy).hash(1).cast(pl.String()).str.head(16).str.zfill(16))
            .alias("entry"),
            _numbered("package", copy // OF_A_PACKAGE),
            _numbered("reference", copy),
            day_from=pl.col("day_from") + spread,
            day_to=pl.col("day_to") + spread,
            amount_minor=pl.col("amount_minor") + 100 * copy,
            stated_minor=pl.col("stated_minor") + 100 * copy,
        )
        .select(rows.columns)
        .cast(rows.schema)
        .unique("entry", keep="first", maintain_order=True)
    )


def _packages(rows: pl.DataFrame, times: int) -> pl.DataFrame:
    copy = pl.col("copy")
    named = _repeated(rows, times).with_columns(_numbered("package", copy), _row=pl.col("_row") + copy)
    return named.select(rows.columns).cast(rows.schema)


def _list(rows: pl.DataFrame, times: int) -> pl.DataFrame:
    named = _repeated(rows, times).with_columns(_numbered("package", pl.col("copy")))
    return named.with_columns(entries=pl.lit(OF_A_PACKAGE, pl.Int64())).select(rows.columns)


def _places(rows: pl.DataFrame, times: int) -> pl.DataFrame:
    """Return the cells of records, of which pages look for one."""
    copy = pl.col("copy")
    return _repeated(rows, times // rows.height).with_columns(_numbered("record", copy)).select(rows.columns)
