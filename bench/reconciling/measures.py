"""What was found, against the truth: pairs, clusters, calibration, totals."""

import polars as pl
from bench.reconciling.relations import FINDERS, heads

BINS, FROM, SURE = 10, 0.05, 0.9


def hits(pairs: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """Pairs with `hit`, whether both ends truly are of one cluster. truth: id, cluster."""
    left = pairs.join(truth, left_on="left_id", right_on="id")
    both = left.join(truth, left_on="right_id", right_on="id", suffix="_right")
    return both.with_columns(hit=pl.col("cluster") == pl.col("cluster_right"))


def true_pairs(truth: pl.DataFrame) -> int:
    """How many pairs truly are one undertaking, also those that nobody looked at."""
    return _twos(truth.group_by("cluster").len()["len"])


def f1(hit: int, found: int, true: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * hit / max(found + true, 1)


def of_pairs(scored: pl.DataFrame, true: int, at: float) -> dict[str, float]:
    """F1, precision and recall of pairs from a probability on; scored: probability, hit."""
    kept = scored.filter(pl.col("probability") >= at)
    hit = int(kept["hit"].sum())
    return {
        "F1": f1(hit, kept.height, true),
        "precision": hit / max(kept.height, 1),
        "recall": hit / max(true, 1),
    }


def best(scored: pl.DataFrame, true: int) -> tuple[float, float]:
    """The best F1 at any threshold, and that threshold, which parts no two pairs of one probability."""
    ranked = scored.sort("probability", descending=True).with_columns(
        f1=2 * pl.col("hit").cum_sum() / (pl.int_range(1, pl.len() + 1) + true)
    )
    top = ranked.unique("probability", keep="last", maintain_order=True).sort("f1").tail(1)
    return (float(top["f1"][0]), float(top["probability"][0])) if top.height else (0.0, 1.0)


def calibration(scored: pl.DataFrame) -> float:
    """The mean distance of probability and share of hits over ten bins of equal count from 0.05 on."""
    ranked = scored.filter(pl.col("probability") >= FROM).sort("probability").with_row_index("n")
    bins = ranked.group_by(pl.col("n") * BINS // max(ranked.height, 1)).agg(
        off=(pl.col("probability").mean() - pl.col("hit").mean()).abs(), size=pl.len()
    )
    return float((bins["off"] * bins["size"]).sum()) / max(int(bins["size"].sum()), 1)


def of_clusters(found: pl.DataFrame, truth: pl.DataFrame) -> dict[str, float]:
    """Pairwise F1 and B-cubed of clusters (id, cluster)."""
    both = found.join(truth, on="id", suffix="_true")
    met = both.group_by("cluster", "cluster_true").len("both")
    met = met.join(both.group_by("cluster").len("one"), on="cluster")
    met = met.join(both.group_by("cluster_true").len("true"), on="cluster_true")
    square = pl.col("both").cast(pl.Float64) ** 2
    precision, recall = (
        float(met.select((square / pl.col(side)).sum()).item()) / max(both.height, 1)
        for side in ("one", "true")
    )
    pairs = (_twos(met["both"]), _twos(both.group_by("cluster").len()["len"]), true_pairs(truth))
    return {"F1": f1(*pairs), "B-cubed": 2 * precision * recall / max(precision + recall, 1e-9)}


def of_relations(found: pl.DataFrame, truth: pl.DataFrame) -> dict[str, dict[str, float]]:
    """F1, precision, recall of directed pairs, by the subtypes that are looked for over clusters."""
    ends, result = ["left_id", "right_id"], {}
    for (name,), true in truth.filter(pl.col("subtype").is_in(list(FINDERS))).group_by("subtype"):
        mine = found.filter(pl.col("subtype") == name)
        hit = mine.join(true, on=ends, how="semi").height
        result[str(name)] = {
            "F1": f1(hit, mine.height, true.height),
            "precision": hit / max(mine.height, 1),
            "recall": hit / max(true.height, 1),
        }
    return result


def counted(records: pl.DataFrame, related: pl.DataFrame, which: str = "eur") -> pl.DataFrame:
    """Euro by partner and year, each cluster once; what is part of another, or gave way to one, adds nothing.

    What is drawn from a flow, or paid of a commitment, of which no sum is known adds its own. which: of a
    cluster's sums the likeliest (eur), the least or the most.
    """
    known = heads(records)
    ends = related.join(records.select("cluster", left_id="id"), on="left_id").join(
        records.select("cluster", right_id="id"), on="right_id", suffix="_right"
    )
    priced = known.filter(pl.col("eur") > 0)["cluster"].implode()
    drawn = pl.col("subtype").is_in(["payment", "child"]) & pl.col("cluster_right").is_in(priced)
    taken = pl.col("subtype") == "replacement"
    gone = pl.concat(
        [
            ends.filter(drawn | (pl.col("subtype") == "line")).select("cluster"),
            ends.filter(taken).select(cluster="cluster_right"),
        ]
    )
    kept = known.join(gone.unique(), on="cluster", how="anti")
    sums = kept.filter(pl.col("eur") > 0).with_columns(year=pl.from_epoch("day", time_unit="d").dt.year())
    return (
        sums.group_by(partner="party", year="year")
        .agg(eur=pl.col(which).sum())
        .filter(pl.col("partner").is_not_null())
    )


def between(lowest: pl.DataFrame, highest: pl.DataFrame, truth: pl.DataFrame) -> dict[str, float]:
    """The share of partners whose true total lies between two totals, and how far these lie apart.

    width: of all partners together, over the true total.
    """

    def of(totals: pl.DataFrame, name: str) -> pl.DataFrame:
        return totals.group_by("partner").agg(pl.col("eur").sum().alias(name))

    true = truth.group_by("partner").agg(true=pl.col("eur_minor").sum() / 100).filter(pl.col("true") > 0)
    both = true.join(of(lowest, "lowest"), on="partner", how="left")
    both = both.join(of(highest, "highest"), on="partner", how="left").fill_null(0.0)
    within = (both["lowest"] <= both["true"]) & (both["true"] <= both["highest"])
    width = float((both["highest"] - both["lowest"]).sum()) / float(both["true"].sum())
    return {"partners within": int(within.sum()) / max(both.height, 1), "width": width}


def error(found: pl.DataFrame, truth: pl.DataFrame) -> dict[str, float]:
    """The sum of how far each total by partner and year is off, over the true total; and how far all are."""
    both = found.join(
        truth.select("partner", "year", true=pl.col("eur_minor") / 100),
        on=["partner", "year"],
        how="full",
        coalesce=True,
    )
    both = both.fill_null(0.0)
    whole = float(both["true"].sum())
    return {
        "by partner and year": float((both["eur"] - both["true"]).abs().sum()) / whole,
        "over all": abs(float(both["eur"].sum()) - whole) / whole,
    }


def _twos(sizes: pl.Series) -> int:
    return int((sizes.cast(pl.Int64) * (sizes.cast(pl.Int64) - 1) // 2).sum())
