"""Framework documents behind each line, by the amounts allocated to their undertakings."""

import polars as pl

from konvoi.accord.facts import Tables, table

BEHIND = pl.Schema({"line": pl.String(), "document": pl.String()})
"""One row for each line with a document behind it; several of one line stand together, with `; `."""


def behind(tables: Tables) -> pl.DataFrame:
    """BEHIND of the tables `allocations`, `undertakings` and `lines`: a normal line has none.

    A line names its agreement itself, or money was set aside for it to fulfil an undertaking.
    """
    given = table(tables, "allocations").select("line", "undertaking").drop_nulls()
    words = table(tables, "undertakings").select("undertaking", "document").drop_nulls()
    stated = table(tables, "lines").select("line", document="agreement").drop_nulls()
    return (
        pl.concat([given.join(words, on="undertaking", how="inner").select("line", "document"), stated])
        .group_by("line")
        .agg(document=pl.col("document").unique().sort().str.join("; "))
        .sort("line")
        .select(list(BEHIND))
        .cast(BEHIND)
    )
