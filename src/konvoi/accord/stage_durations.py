"""Time from one stage to the next, and from the pledge to the end of the route, by line."""

from fractions import Fraction

import polars as pl

from konvoi.kit.survival import curve, percentile
from konvoi.model.places import PLACES

WIDEST = 31
"""Largest uncertainty of a day, in days, for a passage to be measured."""
FEWEST = 20
"""A figure based on fewer cases is reported as resting on few."""

PASSAGES = pl.Schema(
    {
        "key": pl.UInt32(),
        "line": pl.String(),
        "party": pl.String(),
        "kind": pl.String(),
        "route": pl.String(),
        "from": pl.String(),
        "to": pl.String(),
        "since": pl.Date(),
        "days": pl.Int64(),
        "state": pl.String(),
        "behind": pl.List(pl.String()),
    }
)
"""One row for each line and passage: from a stage that it reached to the next of its route (or one beyond),
and from its first word to the end of its route.

state: `ended` after `days`; `open` for `days` so far; `ended, no day` and `no day` (still open): a day is
not known to a month; or `backwards`: the later stage has the earlier day (these without `days`). behind:
the entries of both stages.
"""

PACE = pl.Schema(
    {
        "route": pl.String(),
        "from": pl.String(),
        "to": pl.String(),
        "key": pl.String(),
        "cases": pl.Int64(),
        "ended": pl.Int64(),
        "open": pl.Int64(),
        "no_day": pl.Int64(),
        "ended_no_day": pl.Int64(),
        "backwards": pl.Int64(),
        "first": pl.Int64(),
        "middle": pl.Int64(),
        "last": pl.Int64(),
        "behind": pl.List(pl.String()),
    }
)
"""One row for each passage and key. cases = ended + open: what the figures rest on. no_day: all without a
day, ended_no_day: of these the ended ones. first, middle, last: days after which 25, 50 and 75 of 100 had
passed on, by Kaplan and Meier; null where so many never have, and where more ended ones lack their day than
have it: those that are left would make it seem that nothing ever passes on."""

_PLACES = PLACES.rename({"next": "to"}).with_columns(end=pl.col("stage").last().over("route"))
_SHARES = {"first": Fraction(1, 4), "middle": Fraction(1, 2), "last": Fraction(3, 4)}


def passages(lines: pl.DataFrame, day: object) -> pl.DataFrame:
    """PASSAGES of lines (konvoi.accord.facts.of_lines) as they stand on a day, sorted."""
    met = _stages(lines, day)
    steps = met.filter(pl.col("to").is_not_null()).with_columns(pl.col("stage").alias("from"))
    first = met.sort("key", "at").group_by("key", maintain_order=True).first()
    ways = _to_end(first).select(steps.columns)
    # If the next stage is the end, the step and the whole route are one passage.
    whole = ways.join(steps.select("key", "from", "to"), on=["key", "from", "to"], how="anti")
    return _ended(pl.concat([steps, whole]), met, day)


def to_end(lines: pl.DataFrame, day: object) -> pl.DataFrame:
    """PASSAGES from each stage that a line reached to the end of its route, sorted."""
    met = _stages(lines, day)
    return _ended(_to_end(met), met, day)


def _to_end(met: pl.DataFrame) -> pl.DataFrame:
    return met.filter(pl.col("stage") != pl.col("end")).with_columns(pl.col("stage").alias("from"), to="end")


def _ended(spans: pl.DataFrame, met: pl.DataFrame, day: object) -> pl.DataFrame:
    """Spans with the first entry of their last stage or of one beyond it, if there is any."""
    later = met.select("key", l_at="at", l_from="early", l_to="on", l_ids="ids")
    of = _PLACES.select("route", pl.col("stage").alias("to"), to_at="at")
    ends = (
        spans.select("key", "route", "from", "to")
        .join(of, on=["route", "to"], how="left")
        .join(later, on="key", how="inner")
        .filter(pl.col("l_at") >= pl.col("to_at"))
        .sort("key", "from", "to", "l_to", "l_at")
        .group_by("key", "from", "to", maintain_order=True)
        .agg(pl.col("l_from", "l_to", "l_ids").first())
    )
    joined = spans.join(ends, on=["key", "from", "to"], how="left").with_columns(
        days=(pl.coalesce("l_to", pl.lit(day, pl.Date)) - pl.col("on")).dt.total_days()
    )
    return _judged(joined).sort("key", "from", "to").select(list(PASSAGES)).cast(PASSAGES)


def _stages(lines: pl.DataFrame, day: object) -> pl.DataFrame:
    """Each line's stages by that day: the first entry of each, with its days and place on the route."""
    told = lines.with_columns(
        on=pl.coalesce("day_to", "day_from", "known_on"), early=pl.coalesce("day_from", "day_to", "known_on")
    )
    return (
        told.filter(pl.col("on") <= pl.lit(day, pl.Date))
        .join(_PLACES, on=["route", "stage"], how="inner")
        .sort("key", "at", "on", "entry")
        .group_by("key", "route", "stage", "at", "to", "end", maintain_order=True)
        .agg(
            pl.col("on", "early").first(),
            pl.col("line", "party", "kind").drop_nulls().first(),
            ids=pl.col("entry").sort(),
        )
        .with_columns(pl.col("party", "kind").drop_nulls().first().over("key"))
    )


def _judged(spans: pl.DataFrame) -> pl.DataFrame:
    wide = (pl.col("on") - pl.col("early")).dt.total_days() > WIDEST
    wide_end = ((pl.col("l_to") - pl.col("l_from")).dt.total_days() > WIDEST).fill_null(value=False)
    state = (
        pl.when((wide & pl.col("l_to").is_not_null()) | wide_end)
        .then(pl.lit("ended, no day"))
        .when(wide)
        .then(pl.lit("no day"))
        .when(pl.col("days") < 0)
        .then(pl.lit("backwards"))
        .when(pl.col("l_to").is_null())
        .then(pl.lit("open"))
        .otherwise(pl.lit("ended"))
    )
    counted = pl.col("state").is_in(["open", "ended"])
    ids = pl.concat_list("ids", pl.col("l_ids").fill_null([])).list.unique().list.sort()
    return spans.with_columns(state=state, since="on", behind=ids).with_columns(
        days=pl.when(counted).then("days")
    )


def pace(rows: pl.DataFrame, by: str = "") -> pl.DataFrame:
    """PACE of PASSAGES, by one of their columns (empty: all together), in the order of the routes."""
    found = []
    key = pl.col(by).fill_null("") if by else pl.lit("")
    keyed = rows.with_columns(_key=key).sort("route", "_key", "from", "to")
    for group, cases in keyed.group_by("route", "from", "to", "_key", maintain_order=True):
        states = dict(cases["state"].value_counts().iter_rows())
        ended = states.get("ended", 0)
        lost = states.get("ended, no day", 0)
        lengths = [] if lost > ended else lengths_of(cases)
        figures = {name: percentile(lengths, share) if lengths else None for name, share in _SHARES.items()}
        open_, no_day, back = (states.get(name, 0) for name in ("open", "no day", "backwards"))
        behind = cases["behind"].explode().drop_nulls().unique().sort().to_list()
        counts = (ended + open_, ended, open_, no_day + lost, lost, back)
        found.append((*group, *counts, *figures.values(), behind))
    table = pl.DataFrame(found, schema=PACE, orient="row")
    at = _PLACES.select("route", pl.col("stage").alias("from"), "at")
    to = _PLACES.select("route", pl.col("stage").alias("to"), to_at="at")
    placed = table.join(at, on=["route", "from"], how="left").join(to, on=["route", "to"], how="left")
    return placed.sort("route", "at", "to_at", "key").select(list(PACE))


def lengths_of(rows: pl.DataFrame) -> list[tuple[int, bool]]:
    """The cases of PASSAGES that can be counted: days, and whether they have ended."""
    counted = rows.filter(pl.col("days").is_not_null())
    return [(days, state == "ended") for days, state in counted.select("days", "state").iter_rows()]


def still_open(rows: pl.DataFrame) -> tuple[tuple[int, Fraction], ...]:
    """The share of PASSAGES that is still open after each number of days at which any ended."""
    return curve(lengths_of(rows))
