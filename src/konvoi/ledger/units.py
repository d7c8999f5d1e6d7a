"""Progress of each package or line: the amount that has reached a stage, and the amount that stands at it."""

import polars as pl

from konvoi.model.stages import RANK, ROUTES, Stage

UNIT = ("source", "package", "line")

FULFILLED = "fulfilled"
"""Lines at the end of their route: goods received, money disbursed, a service completed."""

ENDS = (Stage.RECEIVED, Stage.DISBURSED, Stage.COMPLETED)
_MOVED = tuple(str(stage) for stage, rank in RANK.items() if rank >= RANK[Stage.DISPATCHED])


def onwards(stage: str) -> tuple[str, ...]:
    """The stages that have reached a stage: itself, and those that come after it on a route that has it.

    >>> onwards("started"), onwards("disbursed"), onwards(FULFILLED)
    (('completed', 'started'), ('disbursed',), ('completed', 'disbursed', 'received'))
    """
    if stage == FULFILLED:
        return tuple(sorted(str(end) for end in ENDS))
    after = {
        str(later)
        for stages in ROUTES.values()
        if stage in stages
        for later in stages[stages.index(Stage(stage)) :]
    }
    return tuple(sorted(after | {str(stage)}))


def owners(entries: pl.DataFrame) -> pl.DataFrame:
    """Return for each entry about a line that its own source never promised the one source that did: entry,
    owner.

    If none or several sources promised a package and line of these names, the entry stays with its own
    source.
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
    """Return the entries with reports of one party on another's line under the source whose line it is."""
    if owners.is_empty():
        return entries
    return (
        entries.join(owners, on="entry", how="left", maintain_order="left")
        .with_columns(source=pl.coalesce("owner", "source"))
        .drop("owner")
    )


def reached(values: pl.DataFrame, stage: str, *, exact: bool = False) -> pl.DataFrame:
    """Return the value of each unit at a stage or beyond; `stage` may be FULFILLED.

    values: entries with `unit`, `stage`, `value`. Entries of one unit at one stage add up (partial
    receipts, refunds); stages never add: what has reached a stage is the most that any stage from it on
    holds, less what was withdrawn before it left. exact: less what has gone beyond.
    Returns unit, value; a unit none of whose values is known is left out.
    """
    far = onwards(stage)
    at = _at_least(values, far)
    later = tuple(name for name in far if name != stage)
    if not exact or stage == FULFILLED or not later:
        return at
    beyond = _at_least(values, later).rename({"value": "beyond"})
    return (
        at.join(beyond, on="unit", how="left")
        .select("unit", value=pl.col("value") - pl.col("beyond").fill_null(0))
        .filter(pl.col("value") != 0)
    )


def _at_least(values: pl.DataFrame, stages: tuple[str, ...]) -> pl.DataFrame:
    sums = _most(values, stages).rename({"most": "value"})
    gone = values.filter(pl.col("stage") == Stage.WITHDRAWN)
    if gone.is_empty() or set(stages) <= {*_MOVED, str(Stage.WITHDRAWN)}:
        return sums
    left = _most(values, _MOVED).rename({"most": "shipped"})
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


def _most(values: pl.DataFrame, stages: tuple[str, ...]) -> pl.DataFrame:
    """The most that each unit holds at any of these stages: unit, most."""
    return (
        values.filter(pl.col("stage").is_in(stages) & pl.col("value").is_not_null())
        .group_by("unit", "stage")
        .agg(pl.col("value").sum())
        .group_by("unit")
        .agg(most=pl.col("value").max())
    )


def arrived(stage: str) -> pl.Expr:
    """Return an expression: True for entries of a stage or one beyond it, and for withdrawals."""
    return pl.col("stage").is_in([*onwards(stage), str(Stage.WITHDRAWN)])


def passes(stage: str) -> pl.Expr:
    """Return an expression: True if an entry's route has a stage; without a route, if any route has both."""
    ends = set(onwards(stage)) if stage == FULFILLED else {stage}
    any_route = {name: (*stages, Stage.WITHDRAWN) for name, stages in ROUTES.items()}
    routes = {name: stages for name, stages in any_route.items() if ends & set(stages)}
    beside = {str(one) for stages in routes.values() for one in stages}
    free = pl.col("route").is_null() & pl.col("stage").is_in(sorted(beside))
    return free | pl.col("route").is_in(sorted(routes))
