"""Stalled lines: those in a stage for longer than four of five lines, the party to act, and the next
stage."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import polars as pl

from konvoi.kit.survival import percentile
from konvoi.model.places import PLACES
from konvoi.model.stages import RANK, Stage

FEWEST = 20
SHARE = Fraction(4, 5)
LIMIT = 60
"""Days in a stage after which a line is stalled, if there are too few cases and no limit is set."""

STALLED = pl.Schema(
    {
        "line": pl.String(),
        "party": pl.String(),
        "route": pl.String(),
        "kind": pl.String(),
        "stage": pl.String(),
        "since": pl.Date(),
        "days": pl.Int64(),
        "limit": pl.Int64(),
        "cases": pl.Int64(),
        "basis": pl.String(),
        "eur_minor": pl.Int64(),
        "mover": pl.String(),
        "moves": pl.String(),
        "next": pl.String(),
        "behind": pl.List(pl.String()),
        "file": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
    }
)
"""One row for each stalled line, the longest first.

limit: the days that it went beyond; basis: `cases` (the 80th percentile of that many) or `limit`. eur_minor:
what is at stake, null where it is not known. mover: the party whose move it is; moves: in which part (giver,
supplier, carrier, recipient); next: the stage that comes next on the route. behind: the line's entries.
"""

_MOVES = {
    **dict.fromkeys((Stage.AT_HUB, Stage.HANDED_OVER), "carrier"),
    Stage.PRODUCED: "supplier",
    Stage.RECEIVED: "recipient",
}
_GROUP = ["route", "stage", "kind"]


def stays(lines: pl.DataFrame, day: date) -> pl.DataFrame:
    """Return the stay of each line in each stage by a day: key, route, kind, stage, next, since, days, ended.

    lines: entries of konvoi.accord.facts.of_lines. A stage begins with its first entry (the last day on which
    that can have been) and ends with the first entry of any later one; the last of a route has no length.
    A line is where its farthest part is. What contradicts itself (left before it was entered) is left out.
    """
    told = (
        lines.with_columns(on=pl.coalesce("day_to", "day_from", "known_on"))
        .filter(pl.col("on") <= day)
        .join(PLACES, on=["route", "stage"], how="inner")
        .group_by("key", *_GROUP[:2], "at", "next")
        .agg(since=pl.col("on").min(), kind=pl.col("kind").drop_nulls().first())
        .sort("key", "at")
        .with_columns(kind=pl.col("kind").drop_nulls().first().over("key"))
    )
    later = pl.col("since").reverse().cum_min().reverse().shift(-1).over("key")
    return (
        told.with_columns(left=later)
        .filter(pl.col("next").is_not_null())
        .with_columns(ended=pl.col("left").is_not_null(), until=pl.coalesce("left", pl.lit(day)))
        .with_columns(days=(pl.col("until") - pl.col("since")).dt.total_days())
        .filter(pl.col("days") >= 0)
        .select("key", *_GROUP, "next", "since", "days", "ended")
    )


def limits(known: pl.DataFrame, own: Mapping[str, int]) -> pl.DataFrame:
    """For each route, stage and kind: limit, cases, basis. own: days by stage; `days` for all others."""
    rows = []
    for group, cases in known.group_by(_GROUP, maintain_order=True):
        lengths = list(cases.select("days", "ended").iter_rows())
        found = percentile(lengths, SHARE) if len(lengths) >= FEWEST else None
        given = own.get(str(group[1]), own.get("days", LIMIT))
        basis = "cases" if found is not None else "limit"
        rows.append((*group, given if found is None else found, len(lengths), basis))
    kinds: dict[str, pl.DataType] = {"limit": pl.Int64(), "cases": pl.Int64(), "basis": pl.String()}
    return pl.DataFrame(rows, schema={**dict.fromkeys(_GROUP, pl.String()), **kinds}, orient="row")


def stalled(
    lines: pl.DataFrame, day: date, *, own: Mapping[str, int] | None = None, recipient: str = ""
) -> pl.DataFrame:
    """STALLED: the lines that are longer in their stage than its limit.

    lines: entries of konvoi.accord.facts.of_lines with `eur_minor`. own: limits of konvoi.toml, by stage.
    """
    known = stays(lines, day)
    beyond = known.join(limits(known, own or {}), on=_GROUP, how="left", nulls_equal=True).filter(
        ~pl.col("ended") & (pl.col("days") > pl.col("limit"))
    )
    return (
        whose_move(beyond, lines, day, recipient=recipient)
        .sort("days", "eur_minor", "line", "key", descending=[True, True, False, False], nulls_last=True)
        .select(list(STALLED))
        .cast(STALLED)
    )


def whose_move(rows: pl.DataFrame, lines: pl.DataFrame, day: date, *, recipient: str = "") -> pl.DataFrame:
    """Return rows of `key` and `next` (the stage to come) with mover, moves and all columns of STALLED;
    lines: as `stalled` takes them.
    """
    moves = {str(stage): name for stage, name in _MOVES.items()}
    part = pl.col("next").replace_strict(moves, default="giver", return_dtype=pl.String)
    return (
        rows.join(_about(lines, day), on="key", how="left")
        .with_columns(
            moves=pl.when((part == "carrier") & pl.col("carrier").is_null())
            .then(pl.lit("giver"))
            .otherwise(part)
        )
        .with_columns(
            mover=pl.when(pl.col("moves") == "recipient")
            .then(pl.coalesce("counterparty", pl.lit(recipient or None, pl.String)))
            .when(pl.col("moves") == "supplier")
            .then("supplier")
            .when(pl.col("moves") == "carrier")
            .then("carrier")
            .otherwise("party")
        )
    )


def _about(lines: pl.DataFrame, day: date) -> pl.DataFrame:
    """Return for each line: giver, recipient, supplier, carrier; its value; the place of its last entry."""
    rank = pl.col("stage").replace_strict({str(s): r for s, r in RANK.items()}, return_dtype=pl.Int64)
    on = pl.coalesce("day_to", "day_from", "known_on")
    told = lines.filter(on <= day).with_columns(rank=rank, on=on).sort("key", "rank", "on", "entry")
    worth = (
        told.filter(pl.col("eur_minor").is_not_null())
        .group_by("key", "rank")
        .agg(pl.col("eur_minor").sum())
        .sort("key", "rank")
        .group_by("key", maintain_order=True)
        .agg(pl.col("eur_minor").last())
    )
    signed = pl.col("stage") == Stage.CONTRACTED
    moved = pl.col("rank").is_between(RANK[Stage.DISPATCHED], RANK[Stage.HANDED_OVER])
    return (
        told.group_by("key", maintain_order=True)
        .agg(
            pl.col("line").first(),
            pl.col("party", "counterparty").drop_nulls().first(),
            supplier=pl.col("implementer").filter(signed).drop_nulls().first(),
            carrier=pl.col("implementer").filter(moved).drop_nulls().last(),
            behind=pl.col("entry"),
            file=pl.col("submission").last(),
            sheet=pl.col("sheet").last(),
            row=pl.col("row").last(),
        )
        .join(worth, on="key", how="left")
    )
