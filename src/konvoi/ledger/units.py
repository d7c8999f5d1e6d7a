"""How far each package or line has come: what has reached a stage, and what stands at it."""

import polars as pl

from konvoi.model.stages import RANK, ROUTES, Stage

UNIT = ("source", "package", "line")


def owners(entries: pl.DataFrame) -> pl.DataFrame:
    """For each entry about a line that its own source never promised, the one source that did: entry, owner.

    Where nobody or more than one source promised a package and line of these names, the entry stays with its
    own source.
    """
    lines = entries.filter(pl.col("line").is_not_null()).select("entry", *UNIT, "stage")
    words = [str(stage) for stage, rank in RANK.items() if 0 <= rank <= RANK[Stage.ALLOCATED]]
    promised = lines.filter(pl.col("stage").is_in(words)).select(UNIT).unique()
    strange = lines.join(promised, on=list(UNIT), how="anti", nulls_equal=True)
    one = (
        promised.group_by("package", "line")
        .agg(owner=pl.col("source").first(), many=pl.len())
        .filter(pl.col("many") == 1)
    )
    found = strange.join(one, on=["package", "line"], how="inner", nulls_equal=True)
    return found.select("entry", "owner").sort("entry")


def owned(entries: pl.DataFrame, owners: pl.DataFrame) -> pl.DataFrame:
    """Entries in which what one party tells of another's line stands under the source whose line it is."""
    if owners.is_empty():
        return entries
    return (
        entries.join(owners, on="entry", how="left", maintain_order="left")
        .with_columns(source=pl.coalesce("owner", "source"))
        .drop("owner")
    )


def reached(values: pl.DataFrame, stage: Stage, *, exact: bool = False) -> pl.DataFrame:
    """What each unit has at a stage or beyond.

    values: entries with `unit`, `stage`, `value`. Entries of one unit at one stage add up (partial
    receipts, refunds); stages never add: what has reached a stage is the most that any stage from it on
    holds, less what was withdrawn before it left. exact: less what has gone beyond.
    Returns unit, value; a unit none of whose values is known is left out.
    """
    at = _at_least(values, RANK[stage])
    if not exact:
        return at
    beyond = _at_least(values, RANK[stage] + 1).rename({"value": "beyond"})
    return (
        at.join(beyond, on="unit", how="left")
        .select("unit", value=pl.col("value") - pl.col("beyond").fill_null(0))
        .filter(pl.col("value") != 0)
    )


def _at_least(values: pl.DataFrame, rank: int) -> pl.DataFrame:
    ranked = values.with_columns(
        rank=pl.col("stage").replace_strict({str(s): r for s, r in RANK.items()}, return_dtype=pl.Int64)
    )
    sums = (
        ranked.filter((pl.col("rank") >= rank) & pl.col("value").is_not_null())
        .group_by("unit", "rank")
        .agg(pl.col("value").sum())
        .group_by("unit")
        .agg(pl.col("value").max())
    )
    gone = ranked.filter(pl.col("rank") == RANK[Stage.WITHDRAWN])
    if gone.is_empty() or rank >= RANK[Stage.DISPATCHED]:
        return sums
    left = (
        ranked.filter((pl.col("rank") >= RANK[Stage.DISPATCHED]) & pl.col("value").is_not_null())
        .group_by("unit")
        .agg(shipped=pl.col("value").sum())
    )
    taken = gone.group_by("unit").agg(taken=pl.col("value").sum(), whole=pl.col("value").is_null().any())
    net = pl.when("whole").then(0).otherwise(pl.col("value") - pl.col("taken"))
    return (
        sums.join(taken, on="unit", how="left")
        .join(left, on="unit", how="left")
        .select(
            "unit",
            value=pl.when(pl.col("taken").is_null())
            .then(pl.col("value"))
            .otherwise(pl.max_horizontal(net, pl.col("shipped").fill_null(0))),
        )
    )


def arrived(stage: Stage) -> pl.Expr:
    """Whether an entry speaks of a stage or one beyond it, or takes something back."""
    far = [str(s) for s, rank in RANK.items() if rank >= RANK[stage] or s == Stage.WITHDRAWN]
    return pl.col("stage").is_in(far)


def passes(stage: Stage) -> pl.Expr:
    """Whether an entry's route knows a stage; an entry without a route may have any."""
    routes = [name for name, stages in ROUTES.items() if stage in stages]
    return pl.col("route").is_null() | pl.col("route").is_in(routes)
