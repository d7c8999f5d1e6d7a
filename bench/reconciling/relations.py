"""Directed relations that totals over clusters need, by rule; what konvoi proposes is in `proposed`.

Each finder takes `records` (RECORDS with `cluster` and `related`) and gives pairs of records: whatever holds
of one record of a cluster holds of all.
"""

from collections.abc import Callable

import polars as pl

_PAYMENT = 720
_DRAWN = 90
_APART = 0.1


def all_relations(records: pl.DataFrame) -> pl.DataFrame:
    """All pairs (left_id, right_id, subtype) found, each once."""
    parts = [
        pairs.select("left_id", "right_id", subtype=pl.lit(name))
        for name, find in FINDERS.items()
        if (pairs := find(records)).height
    ]
    return pl.concat(parts).unique().sort("subtype", "left_id", "right_id")


def _spread(found: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """Pairs of a cluster (left) and a cluster (right), as pairs of their records."""
    side = records.select("id", "cluster")
    left = (
        found.select("left", "right")
        .unique()
        .join(side, left_on="left", right_on="cluster")
        .rename({"id": "left_id"})
    )
    both = left.join(side, left_on="right", right_on="cluster").rename({"id": "right_id"})
    return both.filter(pl.col("left") != pl.col("right")).select("left_id", "right_id")


def heads(records: pl.DataFrame) -> pl.DataFrame:
    """Clusters of gifts (cluster, party, counterparty, thing, day, eur): first word, most exact sum.

    Of sums that lie apart those count that lie near the middle one, for a record may be in the wrong cluster.
    least, most: the smallest and the largest sum that any record of the cluster can mean, each as exact as
    it was announced: 46 million are 45.5 to 46.5.
    """
    gifts = records.filter(pl.col("lead").is_null() & ~pl.col("stage").is_in(["paid in", "contracted"]))
    exact = (pl.col("step") / pl.col("amount").abs()).fill_nan(None)
    ranked = gifts.with_columns(_exact=pl.when(pl.col("amount") > 0).then(exact))
    middle = pl.col("eur").filter(pl.col("amount") > 0).median().over("cluster")
    ranked = ranked.with_columns(_far=(pl.col("eur") / middle).log().abs() > _APART)
    half = pl.col("eur") * (pl.col("step") / pl.col("amount") / 2)
    priced = pl.col("amount") > 0
    order = ("_far", "_exact", "known", "id")
    return ranked.group_by("cluster").agg(
        pl.col("party", "counterparty", "thing").drop_nulls().mode().sort().first(),
        day=pl.coalesce(pl.col("first").filter(pl.col("stage") == "pledged").min(), pl.col("last").min()),
        eur=pl.col("eur").sort_by(order, nulls_last=True).first(),
        least=(pl.col("eur") - half).filter(priced).min(),
        most=(pl.col("eur") + half).filter(priced).max(),
    )


def versions(records: pl.DataFrame) -> pl.DataFrame:
    """A later row of a register under the same number, of the same cluster, restates the earlier one."""
    rows = records.filter(
        pl.col("stage").is_in(["committed", "disbursed"]) & pl.col("reference").is_not_null()
    )
    rows = rows.filter(pl.col("variant").is_in(["tracker", "fts"]))
    side = rows.select("id", "cluster", "source", "reference", "known", "first")
    both = side.join(side, on=["cluster", "source", "reference", "first"], suffix="_r")
    return both.filter(pl.col("known") > pl.col("known_r")).select(left_id="id", right_id="id_r")


def again(records: pl.DataFrame) -> pl.DataFrame:
    """A later word of one partner in one cluster restates his first one."""
    words = records.filter((pl.col("variant").is_in(["ministry", "press"])) & (pl.col("stage") == "pledged"))
    first = words.sort("first", "id").unique("cluster", keep="first", maintain_order=True)
    later = words.filter(pl.col("variant") == "ministry")
    both = later.join(first.select("cluster", right_id="id", began="first"), on="cluster")
    return both.filter(pl.col("first") > pl.col("began")).select("right_id", left_id="id")


def lines(records: pl.DataFrame) -> pl.DataFrame:
    """A row without a sum, of another good under a package's number, is a line of it."""
    rows = records.filter((pl.col("variant") == "tracker") & pl.col("reference").is_not_null())
    side = rows.select("id", "cluster", "reference", "counterparty", "thing", "place", "numbered", "amount")
    told = side.group_by("cluster").agg(
        pl.col("reference", "counterparty", "thing").first(),
        size=pl.col("amount").is_not_null().any(),
        marked=pl.any_horizontal(pl.col("place").is_not_null().any(), pl.col("numbered").is_not_null().any()),
    )
    size = records.group_by("cluster").agg(words=(pl.col("stage") == "pledged").sum(), all=pl.len())
    ranked = told.join(size, on="cluster").sort(
        "reference",
        "size",
        "words",
        "marked",
        "all",
        "cluster",
        descending=[False, True, True, True, True, False],
    )
    whole = ranked.unique(["reference", "counterparty"], keep="first", maintain_order=True)
    both = told.join(
        whole.select("reference", "counterparty", right="cluster", other="thing"),
        on=["reference", "counterparty"],
    )
    both = both.filter((pl.col("cluster") != pl.col("right")) & ~pl.col("size"))
    return _spread(both.rename({"cluster": "left"}), records)


def payments(records: pl.DataFrame) -> pl.DataFrame:
    """A payment under an activity is part of the commitment before it, the nearest that is not smaller."""
    rows = records.filter((pl.col("variant") == "iati") & pl.col("reference").is_not_null())
    paid = rows.filter(pl.col("stage") == "disbursed").select(
        "reference", "counterparty", "first", "thing", "numbered", "eur", left="cluster"
    )
    due = rows.filter(pl.col("stage") == "committed").select(
        "reference", "counterparty", began="first", whole="eur", right="cluster", other="numbered"
    )
    both = paid.join(due, on=["reference", "counterparty"]).filter(
        (pl.col("left") != pl.col("right"))
        & (pl.col("first") - pl.col("began")).is_between(0, _PAYMENT)
        & (pl.col("eur") <= pl.col("whole") * 1.05)
        & (pl.col("numbered") == pl.col("other")).fill_null(value=True)
    )
    near = both.sort("left", "began", "right", descending=[False, True, False])
    return _spread(near.unique("left", keep="first", maintain_order=True), records)


def children(records: pl.DataFrame) -> pl.DataFrame:
    """A flow of a giver that nobody spoke of, soon after one that was emptied, is drawn from that one."""
    flows = records.filter((pl.col("variant") == "fts") & pl.col("lead").is_null())
    words = records.filter(pl.col("stage") == "pledged").select("cluster").unique()
    on = ["source", "party", "counterparty", "thing", "currency"]
    parked = flows.filter(pl.col("amount") == 0).select(*on, began="first", right="cluster")
    drawn = flows.filter(pl.col("amount") > 0).join(words, on="cluster", how="anti")
    both = drawn.select(*on, "first", left="cluster").join(parked, on=on)
    near = both.filter((pl.col("first") - pl.col("began")).is_between(0, _DRAWN)).sort(
        "left", "began", "right", descending=[False, True, False]
    )
    return _spread(near.unique("left", keep="first", maintain_order=True), records)


def replaces(records: pl.DataFrame) -> pl.DataFrame:
    """What is given instead of a good takes the place of the gift named, or of the last such one."""
    new = records.filter(pl.col("instead").is_not_null()).select(
        "party", "counterparty", "related", "instead", "first", "eur", left="cluster"
    )
    old = heads(records).rename({"cluster": "right", "thing": "instead", "eur": "sum"})
    numbers = records.filter(pl.col("reference").is_not_null()).select(
        "counterparty", related="reference", right="cluster"
    )
    named = new.filter(pl.col("related").is_not_null()).join(numbers, on=["counterparty", "related"])
    both = new.join(old, on=["party", "counterparty", "instead"]).filter(
        (pl.col("day") < pl.col("first")) & (pl.col("left") != pl.col("right"))
    )
    both = both.with_columns(off=(pl.col("eur") / pl.col("sum")).log().abs().fill_null(9.0) > 0.03)
    alike = both.sort("left", "off", "day", "right", descending=[False, False, True, False])
    alike = (
        alike.filter(~pl.col("off"))
        .join(named, on="left", how="anti")
        .unique("left", keep="first", maintain_order=True)
    )
    return _spread(pl.concat([named.select("left", "right"), alike.select("left", "right")]), records)


FINDERS: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
    "version": versions,
    "again": again,
    "line": lines,
    "payment": payments,
    "child": children,
    "replacement": replaces,
}
"""Finders by the generator's subtypes."""
