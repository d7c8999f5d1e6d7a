"""Framework documents behind each line, by the amounts allocated to their undertakings."""

import polars as pl

from konvoi.accord.facts import Tables, table

BEHIND = pl.Schema({"line": pl.String(), "document": pl.String()})
"""One row for each line with a document behind it; several of one line stand together, with `; `."""


def behind(tables: Tables) -> pl.DataFrame:
    """BEHIND of the tables `allocations` and `undertakings`: a normal line has none."""
    given = table(tables, "allocations").select("line", "undertaking").drop_nulls()
    words = table(tables, "undertakings").select("undertaking", "document").drop_nulls()
    return (
        given.join(words, on="undertaking", how="inner")
        .group_by("line")
        .agg(document=pl.col("document").unique().sort().str.join("; "))
        .sort("line")
        .select(list(BEHIND))
        .cast(BEHIND)
    )
