"""Lead times of a workspace: cases from its ledger, its model, and what a forecast asks of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from konvoi.accord.facts import of_lines
from konvoi.flow.cases import today
from konvoi.flow.collect import gathering
from konvoi.flow.deliveries import PROMISED, deliveries
from konvoi.flow.gather import Gathered
from konvoi.flow.workspace import Workspace
from konvoi.forecast.distribution import Distribution
from konvoi.forecast.leadtimes.cases import CASES, DEVIATION, FACTORS, RECEIVED, SEASON, SPAN, sound
from konvoi.forecast.leadtimes.document import NoModel, read, written
from konvoi.forecast.leadtimes.learn import learn
from konvoi.forecast.leadtimes.model import Model
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.kit.digest import digest
from konvoi.kit.progress import Stop, never
from konvoi.model.finding import Finding, Place, Severity
from konvoi.model.places import PLACES
from konvoi.model.stages import ROUTES, Stage

FILE = "leadtimes.json"
"""The model of a workspace, beside its konvoi.toml."""

Row = Mapping[str, Any]
Teacher = Callable[[str, Sequence[Row]], Distribution | None]

MEASURES = {"production": f"{Stage.CONTRACTED} > {Stage.PRODUCED}", "transit": "departed > arrived"}
"""For a step of a plan's forecast, the measure that tells how long it takes."""


@dataclass(frozen=True)
class Lessons:
    """A model, the cases it was learnt from (CASES), and what was wrong with the others."""

    model: Model
    cases: pl.DataFrame
    findings: tuple[Finding, ...]


def learnt(
    work: Workspace | None, tables: Sequence[Path], *, on: date | None = None, stop: Stop = never
) -> Lessons:
    """What the ledger of a workspace and CSVs of deliveries teach, as known on a day.

    on: by default the day of the workspace, else the last day that a delivery names.
    """
    parts, findings = [pl.DataFrame(schema=CASES)], list[Finding]()
    names, contents, day = list[str](), list[bytes](), on
    if work is not None:
        gathered = gathering(work, stop=stop)
        day = day or today(gathered, work)
        cases, more = of_ledger(gathered)
        parts.append(cases)
        findings += more
        names.append(work.settings.name or "ledger")
        contents += [document.content for document in work.documents]
    for path in tables:
        cases, more = deliveries(path)
        parts.append(cases)
        findings += more
        names.append(path.name)
        contents.append(files.content(path) or b"")
    every = pl.concat(parts)
    last = pl.max_horizontal(every["since"].max(), every["ended_to"].max())
    told = pl.select(last).item()
    day = day or told
    if day is None:
        raise Refused("nothing with two days was read; there is nothing to learn from")
    # On an earlier day, what came later was merely not known.
    kept, more = sound(every, max(day, told) if on and told else day)
    whole = digest("".join(digest(content) for content in contents).encode())
    model = learn(kept, day, data=", ".join(names), digest=whole)
    return Lessons(model, kept, (*findings, *more))


def model_of(work: Workspace) -> Model | None:
    """The model of a workspace; None where it has none. Refused where the file is damaged."""
    return None if work.folder is None else model_at(work.folder / FILE)


def model_at(path: Path) -> Model | None:
    """The model of a file; None where there is no such file. Refused where it is damaged."""
    text = files.text(path)
    if text is None:
        return None
    try:
        return read(text)
    except NoModel as wrong:
        raise Refused(f"{path}: no model of lead times: {wrong}; make it anew with konvoi learn") from None


def known_column(name: str) -> str:
    """The column by which groups are asked for; refused with those that there are."""
    if name and name not in FACTORS:
        raise Refused(f"{name}: no column that tells cases apart; there are {', '.join(FACTORS)}")
    return name


def keep(model: Model, path: Path) -> None:
    """Write a model, whole or not at all."""
    files.write(path, written(model).encode())


def teacher(work: Workspace, gathered: Gathered) -> Teacher | None:
    """What the model of a workspace tells a forecast; None where it has none, refused where it is damaged."""
    model = model_of(work)
    if model is None:
        return None
    offers = gathered.tables.get("offers", pl.DataFrame(schema={"offer": pl.String(), "line": pl.String()}))
    return taught(model, offers, gathered.ledger.entries)


def taught(model: Model, offers: pl.DataFrame, entries: pl.DataFrame) -> Teacher:
    """What a forecast asks: for the name of a step and its cases the days of each; None where none is known.

    offers: the table, entries: ENTRIES. The kind of a movement is that of the line behind its offer, or of
    all lines of its good; where that is not known, there is no basis.
    """
    lines: dict[str, str] = dict(entries.select("line", "kind").drop_nulls().iter_rows())
    behind: dict[str, str] = dict(offers.select("offer", "line").drop_nulls().iter_rows())
    goods: dict[str, set[str]] = {}
    for good, kind in entries.select("good", "kind").drop_nulls().unique().iter_rows():
        goods.setdefault(good, set()).add(kind)

    def kind_of(case: Row) -> str:
        among = goods.get(case.get("good") or "", set())
        only = next(iter(among)) if len(among) == 1 else ""
        return lines.get(behind.get(case.get("offer") or "", ""), only)

    def asked(step: str, cases: Sequence[Row]) -> Distribution | None:
        measure = MEASURES.get(step)
        if measure is None:
            return None
        named = "supplier" if step == "production" else "lane"
        rows = [(kind_of(case), measure, str(case["key"] or "")) for case in cases]
        schema = dict.fromkeys(("kind", "measure", named), pl.String())
        found = model.distribution(pl.DataFrame(rows, schema=schema, orient="row"))
        return found if found.known.any() else None

    return asked


_LASTS = {str(stages[-1]) for stages in ROUTES.values()} | {str(Stage.HANDED_OVER)}


def of_ledger(gathered: Gathered) -> tuple[pl.DataFrame, list[Finding]]:
    """Cases of the lines of a ledger, from each stage to the next of its route, and against first promises.

    A line is in a stage from the first day on which it was. What has no day teaches nothing. A stage that a
    route passes and a line skipped is told of: neither what leads to it nor what follows can be measured.
    """
    ledger = gathered.ledger
    names = dict(gathered.documents.select("submission", "name").iter_rows())
    entries = ledger.entries.with_columns(pl.col("submission").replace(names))
    gone = pl.col("stage") == Stage.WITHDRAWN
    lines = of_lines(entries.filter(~gone), ledger.relations)
    left = _withdrawn(lines, entries.filter(gone))
    reached = _reached(lines)
    cases = pl.concat([_steps(reached, left), _promises(lines, reached, left)])
    return cases, _skipped(reached)


def _reached(lines: pl.DataFrame) -> pl.DataFrame:
    """For each line (key) and stage of its route: first and last day of reaching it, and what comes next."""
    facts = lines.join(PLACES, on=["route", "stage"], how="inner").filter(pl.col("day_to").is_not_null())
    about = (
        lines.sort("key", "known_on", "entry")
        .group_by("key", maintain_order=True)
        .agg(
            pl.col("party", "kind", "good", "package", "line").drop_nulls().first(),
            supplier=pl.col("implementer").filter(pl.col("stage") == Stage.CONTRACTED).drop_nulls().first(),
        )
    )
    return (
        facts.sort("key", "at", "day_to", "day_from", "entry")
        .group_by("key", "route", "stage", "at", "next", maintain_order=True)
        .agg(first=pl.col("day_from").first(), last=pl.col("day_to").first(), **_place())
        .join(about, on="key", how="left", maintain_order="left")
    )


def _place() -> dict[str, pl.Expr]:
    return {
        name: pl.col(of).first() for name, of in (("file", "submission"), ("sheet", "sheet"), ("row", "row"))
    }


def _withdrawn(lines: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """The day on which each line (key) was withdrawn, itself or with its whole package."""
    own, whole = ["source", "package", "line"], ["source", "package"]
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
        .filter(pl.col("ended_to").is_not_null() | ~pl.col("beyond"))
        .with_columns(measure=pl.format("{} > {}", "stage", "next"), since="last", of=pl.lit(SPAN))
    )
    return _as_cases(spans, left)


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
        .agg(ended_from=pl.col("first").first(), ended_to=pl.col("last").first())
    )
    about = reached.unique("key", keep="first", maintain_order=True)
    told = about.join(first, on="key", how="inner", maintain_order="left").join(there, on="key", how="left")
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
    ended = [pl.when(is_gone).then("gone").otherwise(name).alias(name) for name in ("ended_from", "ended_to")]
    found = (
        told.join(left, on="key", how="left", maintain_order="left")
        .with_columns(how=how)
        .with_columns(*ended, case=pl.col("line"), shipment=pl.col("package"), partner=pl.col("party"))
        .with_columns(season=SEASON)
    )
    blank = [pl.lit(None).alias(name) for name in CASES if name not in found.columns]
    return found.with_columns(blank).select(pl.col(name).cast(kind) for name, kind in CASES.items())


def _skipped(reached: pl.DataFrame) -> list[Finding]:
    """For each route and stage that lines went past without a day: how many, and where the first is."""
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
        "a day of the stage “{stage}”, which the route “{route}” passes; lines without one: {count}",
        "Hand in the day; how long the steps before and after it take is not learnt from these lines",
        values,
    )
