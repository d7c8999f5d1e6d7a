"""The speed of each step: days from stage to stage with open cases, promised days kept and moved."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import polars as pl

from konvoi.accord.facts import of_lines
from konvoi.accord.line_frameworks import behind
from konvoi.accord.stage_durations import FEWEST, pace, passages, still_open
from konvoi.ledger.units import owned
from konvoi.report.case import Case
from konvoi.report.forecast.on_time_rate import kept, moved_days
from konvoi.report.ledger.figures import stage_name
from konvoi.report.names import Names
from konvoi.report.page import Column, Curve, Curves, Message, Number, Section, Table, Titled, Value
from konvoi.report.report import Report

Row = dict[str, Any]
MOST_CURVES = 8
_KNOWN = pl.col("ended_no_day") <= pl.col("ended")
NONE = Message("Not computed: no item has dates for two stages.")
_NOTE = Message(
    "Kaplan–Meier estimate: open (right-censored) cases are included. “No date”: cases without a stage "
    "date known to the month; no median can be computed where most completed cases have none. Figures "
    "from fewer than {few} cases are uncertain.",
    {"few": FEWEST},
)


def section(case: Case) -> Section:
    """Days from stage to stage, on-time shares, and slips."""
    rows = _passages(case)
    every = pace(rows)
    return Section(
        "speed",
        Message("Lead times between stages"),
        tuple(_answer(case, every)),
        _charts(case, rows, every),
        (*_paces(case, rows, every), *kept(case), moved_days(case)),
    )


def _passages(case: Case) -> pl.DataFrame:
    ledger = case.ledger
    lines = of_lines(owned(ledger.entries, ledger.owners), ledger.relations)
    found = passages(lines, case.day)
    return found.join(behind(case.tables), on="line", how="left", maintain_order="left")


def _answer(case: Case, every: pl.DataFrame) -> Iterable[Message]:
    """The passage with the most cases in words; and of how many passages no day is known."""
    if every.is_empty():
        return (NONE,)
    found = []
    known = every.filter(_KNOWN & (pl.col("cases") > 0))
    if known.height:
        row = known.sort("ended", "cases", descending=True, maintain_order=True).row(0, named=True)
        found.append(_pace_sentence(case, row))
    unknown = every.filter(pl.col("no_day") > 0)
    if unknown.height:
        ids = unknown["behind"].explode().unique().sort().to_list()
        count = Number(Decimal(int(unknown["no_day"].sum())), "", "", case.day, tuple(ids))
        text = "{count} transitions have a stage without a date; they are not included in the curves."
        found.append(Message(text, {"count": count}))
    if not every.filter(_KNOWN & (pl.col("ended") > 0)).height:
        text = "Lead times not computed: too few completed cases with known dates."
        found.append(Message(text))
    return found


def _pace_sentence(case: Case, row: Row) -> Message:
    values: dict[str, Value] = {
        "first": stage_name(row["from"]),
        "last": stage_name(row["to"]),
        "route": Message(row["route"]),
        "cases": _count(case, row, "cases"),
        "open": _count(case, row, "open"),
    }
    if row["middle"] is None:
        text = (
            "Channel “{route}”, “{first}” to “{last}”: median not reached; cases: {cases}; still open: "
            "{open}."
        )
        return Message(text, values)
    text = "Channel “{route}”, “{first}” to “{last}”: median {days}; cases: {cases}; still open: {open}."
    return Message(text, values | {"days": _days(case, row, "middle")})


def _why(row: Row) -> Message:
    """Return the reason for which a figure is not given."""
    lost = row["ended_no_day"] > row["ended"]
    return Message("cannot be computed") if lost else Message("not reached")


def _count(case: Case, row: Row, name: str) -> Number:
    return Number(Decimal(row[name]), "line", "", case.day, tuple(row["behind"]))


def _days(case: Case, row: Row, name: str) -> Number | None:
    value = row[name]
    return None if value is None else Number(Decimal(value), "d", "", case.day, tuple(row["behind"]))


def _charts(case: Case, rows: pl.DataFrame, every: pl.DataFrame) -> tuple[Curves, ...]:
    """The passages with the most cases, as they stand in the table."""
    known = every.filter(_KNOWN & (pl.col("ended") > 0))
    largest = known.sort("cases", descending=True, maintain_order=True).head(MOST_CURVES)
    chosen = known.join(largest.select("route", "from", "to"), on=["route", "from", "to"], how="semi")
    if chosen.is_empty():
        return ()
    source = Message("Source: submissions, as of {day}.", {"day": case.day})
    title = Message("Share of items still open, by days since the stage")
    curves = tuple(_curve(case, rows, row) for row in chosen.iter_rows(named=True))
    return (Curves("speed-curves", title, curves, source),)


def _curve(case: Case, rows: pl.DataFrame, row: Row) -> Curve:
    own = rows.filter(
        (pl.col("route") == row["route"]) & (pl.col("from") == row["from"]) & (pl.col("to") == row["to"])
    )
    steps = tuple(
        (days, Decimal(share.numerator) / Decimal(share.denominator)) for days, share in still_open(own)
    )
    until = int(str(own["days"].drop_nulls().max() or 0))
    half = _days(case, row, "middle")
    values: dict[str, Value] = {"cases": row["cases"], "open": row["open"], "days": half}
    figure = Message("cases: {cases}; still open: {open}; median: {days}", values)
    if half is None:
        figure = Message("cases: {cases}; still open: {open}; median not reached", values)
    label = Message(
        "{route}: {first} → {last}",
        {"route": Message(row["route"]), "first": stage_name(row["from"]), "last": stage_name(row["to"])},
    )
    return Curve(label, steps, until, figure)


def _paces(case: Case, rows: pl.DataFrame, every: pl.DataFrame) -> Iterable[Table]:
    names = Names(case)
    yield _table(case, Titled("speed-by-route", Message("Time between stages, days"), None), every)
    titled = Titled("speed-by-partner", Message("Time between stages by partner, days"), Message("Partner"))
    yield _table(case, titled, pace(rows, "party"), names.party)
    titled = Titled("speed-by-kind", Message("Time between stages by kind, days"), Message("Kind"))
    yield _table(case, titled, pace(rows, "kind"), names.kind)
    with_document = rows.filter(pl.col("document").is_not_null())
    titled = Titled(
        "speed-by-document",
        Message("Time between stages by framework document, days"),
        Message("Document"),
    )
    yield _table(case, titled, pace(with_document, "document"), str)


def _table(
    case: Case,
    titled: Titled,
    found: pl.DataFrame,
    named: Callable[[str], Value] | None = None,
) -> Table:
    id, title, head = titled
    counts = (
        Message("Cases"),
        Message("Completed"),
        Message("Still open"),
        Message("No date"),
        Message("Reversed order"),
    )
    shares = (Message("25th percentile"), Message("Median"), Message("75th percentile"))
    columns = (
        *([Column(head)] if head else []),
        Column(Message("Channel")),
        Column(Message("From stage")),
        Column(Message("To stage or later")),
        *(Column(one, "", "number") for one in counts),
        *(Column(one, "d", "number") for one in shares),
    )
    rows = tuple(
        (
            *([named(row["key"]) if row["key"] else Message("not stated")] if named else []),
            Message(row["route"]),
            stage_name(row["from"]),
            stage_name(row["to"]),
            *(_count(case, row, name) for name in ("cases", "ended", "open", "no_day", "backwards")),
            *(_days(case, row, name) or _why(row) for name in ("first", "middle", "last")),
        )
        for row in found.iter_rows(named=True)
    )
    return Table(id, title, columns, rows, NONE, note=_NOTE if rows and head is None else None)


SPEED_REPORT = Report("speed", section)
