"""The lines of a ledger as cases from which durations are learnt."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from konvoi.accord.facts import of_lines
from konvoi.accord.stage_durations import WIDEST
from konvoi.flow.gathered import Gathered
from konvoi.forecast.leadtimes.cases import CASES, DEVIATION, PROMISED, RECEIVED, SEASON, SPAN
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.places import PLACES
from konvoi.model.stages import ROUTES, Stage

Row = Mapping[str, Any]

_LASTS = {str(stages[-1]) for stages in ROUTES.values()} | {str(Stage.HANDED_OVER)}
_ENDS = PLACES.group_by("route").agg(
    pl.col("stage").sort_by("at").last().alias("end"), pl.col("at").max().alias("end_at")
)


def of_ledger(gathered: Gathered) -> tuple[pl.DataFrame, list[Finding]]:
    """Cases of the lines of a ledger: from each stage to the next of its route and to the end of it, and
    against first promises.

    A line is in a stage from the first day on which it was. What begins on a day that is not known to a month
    teaches nothing; what ended on such a day ended some time until then, and where of a kind's cases on a
    route more have such an end than a known one, none of them is learnt from, and that is told. A stage that
    a route passes and a line skipped is told of: neither what leads to it nor what follows can be measured.
    """
    ledger = gathered.ledger
    names = dict(gathered.documents.select("submission", "name").iter_rows())
    entries = ledger.history.with_columns(pl.col("submission").replace(names))
    gone = pl.col("stage") == Stage.WITHDRAWN
    lines = of_lines(entries.filter(~gone), ledger.relations)
    left = _withdrawn(lines, entries.filter(gone))
    reached = _reached(lines)
    every = pl.concat(
        [_steps(reached, left), _to_ends(reached, left), _promises(lines, reached, left)], how="vertical"
    )
    cases, undated = _dated(every)
    return cases, [*_skipped(reached), *undated]


def _reached(lines: pl.DataFrame) -> pl.DataFrame:
    """Return, for each line (key) and stage of its route, the first and last day of reaching it, and the next
    stage.
    """
    told = {"day_to": pl.coalesce("day_to", "known_on"), "dated": pl.col("day_to").is_not_null()}
    facts = lines.join(PLACES, on=["route", "stage"], how="inner").with_columns(**told)
    about = (
        lines.sort("key", "known_on", "entry")
        .group_by("key", maintain_order=True)
        .agg(
            pl.col("party", "kind", "good", "package", "line").drop_nulls().first(),
            supplier=pl.col("implementer").filter(pl.col("stage") == Stage.CONTRACTED).drop_nulls().first(),
        )
    )
    return (
        facts.filter(pl.col("day_to").is_not_null())
        .sort("key", "at", "day_to", "day_from", "entry")
        .group_by("key", "route", "stage", "at", "next", maintain_order=True)
        .agg(
            pl.col("dated").first(),
            first=pl.col("day_from").first(),
            last=pl.col("day_to").first(),
            **_place(),
        )
        .join(about, on="key", how="left", maintain_order="left")
    )


def _place() -> dict[str, pl.Expr]:
    return {
        name: pl.col(of).first() for name, of in (("file", "submission"), ("sheet", "sheet"), ("row", "row"))
    }


def _withdrawn(lines: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """The day on which each line (key) was withdrawn, itself or with its whole package."""
    own = ["source", "package", "line"]
    whole = ["source", "package"]
    days = gone.with_columns(gone=pl.coalesce("day_to", "day_from", "known_on")).select(*own, "gone")
    keys = lines.select("key", *own).unique("key", keep="first", maintain_order=True)
    alone = keys.join(days.drop_nulls("line"), on=own, how="inner", nulls_equal=True)
    all_of = days.filter(pl.col("line").is_null()).drop("line")
    every = keys.join(all_of, on=whole, how="inner", nulls_equal=True)
    return (
        pl.concat([one.select("key", "gone") for one in (alone, every)])
        .group_by("key")
        .agg(pl.col("gone").min())
    )


def _steps(reached: pl.DataFrame, left: pl.DataFrame) -> pl.DataFrame:
    """Each line's stages as cases: from one to the next of its route."""
    later = reached.select("key", "at", ended_from="first", ended_to="last").with_columns(pl.col("at") - 1)
    beyond = pl.col("at").max().over("key") > pl.col("at")
    spans = (
        reached.with_columns(beyond=beyond)
        .filter(pl.col("next").is_not_null())
        .join(later, on=["key", "at"], how="left", maintain_order="left")
        # What lies behind a stage that was skipped has no end that is known.
        .filter(_BEGUN, pl.col("ended_to").is_not_null() | ~pl.col("beyond"))
        .with_columns(measure=pl.format("{} > {}", "stage", "next"), since="last", of=pl.lit(SPAN))
    )
    return _as_cases(spans, left)


_BEGUN = pl.col("dated") & ((pl.col("last") - pl.col("first")).dt.total_days() <= WIDEST).fill_null(True)
"""Whether the day on which a stage was reached is known well enough to count from."""


def _to_ends(reached: pl.DataFrame, left: pl.DataFrame) -> pl.DataFrame:
    """Each line's stages as cases: from one to the end of its route, where that is not the next."""
    at_end = (
        reached.join(_ENDS, on="route", how="left")
        .filter(pl.col("at") == pl.col("end_at"))
        .select("key", ended_from="first", ended_to="last")
    )
    spans = (
        reached.join(_ENDS, on="route", how="left", maintain_order="left")
        .filter(_BEGUN, pl.col("at") < pl.col("end_at") - 1)
        .join(at_end, on="key", how="left", maintain_order="left")
        .with_columns(measure=pl.format("{} > {}", "stage", "end"), since="last", of=pl.lit(SPAN))
    )
    return _as_cases(spans, left)


def _dated(cases: pl.DataFrame) -> tuple[pl.DataFrame, list[Finding]]:
    """The cases without those of which most ends have no day: what is left would seem never to end."""
    width = (pl.col("ended_to") - pl.col("ended_from")).dt.total_days()
    wide = (pl.col("how") == RECEIVED) & (width > WIDEST)
    known = (pl.col("how") == RECEIVED) & (width <= WIDEST)
    group = ("kind", "measure", "route")
    told = cases.with_columns(_wide=wide.fill_null(False).sum().over(group), _known=known.sum().over(group))
    lost = pl.col("_wide") > pl.col("_known")
    without = (
        told.filter(lost).sort(*group, "file", "sheet", "row").group_by(group, maintain_order=True).first()
    )
    kept = told.filter(lost.not_()).drop("_wide", "_known")
    return kept, [_undated(row) for row in without.iter_rows(named=True)]


def _undated(row: Row) -> Finding:
    values = {name: str(row[name]) for name in ("measure", "kind", "route")} | {"count": str(row["_wide"])}
    return Finding(
        Severity.NOTE,
        "lead-time-without-days",
        Place(row["file"] or "", row["sheet"] or "", row["row"] or 0),
        row["case"] or "",
        "{measure}, {kind}, channel “{route}”: end dates known to the month; unknown: {count}",
        "Submit the dates; until most cases have one, these items are not used for learning",
        values,
    )


def _promises(lines: pl.DataFrame, reached: pl.DataFrame, left: pl.DataFrame) -> pl.DataFrame:
    """Lines with a promised day as cases: the first day that was promised, and when it was there."""
    first = (
        lines.filter(pl.col("promised").is_not_null())
        .sort("key", "known_on", "promised", "entry")
        .group_by("key", maintain_order=True)
        .agg(since=pl.col("promised").first())
    )
    there = (
        reached.filter(pl.col("stage").is_in(list(_LASTS)))
        .group_by("key", maintain_order=True)
        .agg(ended_from=pl.col("first").first(), ended_to=pl.col("last").first(), day=pl.col("dated").first())
    )
    about = reached.unique("key", keep="first", maintain_order=True)
    told = about.join(first, on="key", how="inner", maintain_order="left").join(there, on="key", how="left")
    # Of what is there since nobody knows when, nobody knows whether it was early or late.
    told = told.filter(pl.col("day").fill_null(True))
    return _as_cases(told.with_columns(measure=pl.lit(PROMISED), of=pl.lit(DEVIATION)), left)


def _as_cases(told: pl.DataFrame, left: pl.DataFrame) -> pl.DataFrame:
    """CASES; an open line that was withdrawn ended so, on that day."""
    is_gone = pl.col("ended_to").is_null() & pl.col("gone").is_not_null()
    how = (
        pl.when(pl.col("ended_to").is_not_null())
        .then(pl.lit(RECEIVED))
        .when(is_gone)
        .then(pl.lit("withdrawn"))
    )
    # An end without a first day came some time between its beginning and its last day.
    early = pl.when(pl.col("ended_to").is_not_null()).then(pl.coalesce("ended_from", "since"))
    ended = [
        pl.when(is_gone).then("gone").otherwise(early).alias("ended_from"),
        pl.when(is_gone).then("gone").otherwise("ended_to").alias("ended_to"),
    ]
    found = (
        told.join(left, on="key", how="left", maintain_order="left")
        .with_columns(how=how)
        .with_columns(*ended, case=pl.col("line"), shipment=pl.col("package"), partner=pl.col("party"))
        .with_columns(season=SEASON)
    )
    blank = [pl.lit(None).alias(name) for name in CASES if name not in found.columns]
    return found.with_columns(blank).select(pl.col(name).cast(kind) for name, kind in CASES.items())


def _skipped(reached: pl.DataFrame) -> list[Finding]:
    """Return a finding for each route and stage that lines went past without a day, with their number and the
    first place.
    """
    places = PLACES.select("route", "at", missing="stage")
    had = reached.select("key", "route", "at", "file", "sheet", "row", "line")
    range_ = had.group_by("key", "route").agg(
        pl.col("at").min().alias("low"), pl.col("at").max().alias("high")
    )
    missed = (
        range_.join(places, on="route", how="inner")
        .filter((pl.col("at") > pl.col("low")) & (pl.col("at") < pl.col("high")))
        .join(had.select("key", "at"), on=["key", "at"], how="anti")
        .join(had.unique("key", keep="last", maintain_order=True).drop("route", "at"), on="key", how="left")
        .sort("route", "at", "file", "sheet", "row")
        .group_by("route", "missing", maintain_order=True)
        .agg(pl.len().alias("count"), pl.col("file", "sheet", "row", "line").first())
    )
    return [_skip(row) for row in missed.iter_rows(named=True)]


def _skip(row: Row) -> Finding:
    values = {"stage": row["missing"], "route": row["route"], "count": str(row["count"])}
    return Finding(
        Severity.NOTE,
        "lead-time-stage-missing",
        Place(row["file"] or "", row["sheet"] or "", row["row"] or 0),
        row["line"] or "",
        "a date for the stage “{stage}” of channel “{route}”; items without one: {count}",
        "Submit the date; until then these items are not used to learn the lead times before and after came",
        values,
    )
