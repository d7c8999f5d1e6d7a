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
NONE = Message("No line was followed from one stage to another: no days between stages can be told.")
_NOTE = Message(
    "By Kaplan and Meier: what is still open counts for as long as it has lasted. “No day”: a stage whose "
    "day is not known to a month says nothing on how long it took; where most that ended have none, nothing "
    "can be computed. Under {few} cases a figure rests on few.",
    {"few": FEWEST},
)


def section(case: Case) -> Section:
    """Days from stage to stage, on-time shares, and slips."""
    rows = _passages(case)
    every = pace(rows)
    return Section(
        "speed",
        Message("Lead times by step"),
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
        text = (
            "Of {count} passages the day of a stage is not known: how long they took cannot be computed, "
            "and is in no curve."
        )
        found.append(Message(text, {"count": count}))
    if not every.filter(_KNOWN & (pl.col("ended") > 0)).height:
        text = "No step has ended on known days often enough: nothing can be said on how fast any step goes."
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
            "Route {route}, from {first} to {last}: of {cases}, {open} are still open; half have not passed "
            "on yet."
        )
        return Message(text, values)
    text = (
        "Route {route}, from {first} to {last}: half had passed on after {days}; of {cases}, {open} are "
        "still open."
    )
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
    source = Message("Source: entries of the submissions, as of {day}.", {"day": case.day})
    title = Message("Share of lines still open after so many days")
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
    figure = Message("{cases} cases, {open} still open; half after {days}", values)
    if half is None:
        figure = Message("{cases} cases, {open} still open; half have not passed on", values)
    label = Message(
        "{route}: {first} → {last}",
        {"route": Message(row["route"]), "first": stage_name(row["from"]), "last": stage_name(row["to"])},
    )
    return Curve(label, steps, until, figure)


def _paces(case: Case, rows: pl.DataFrame, every: pl.DataFrame) -> Iterable[Table]:
    names = Names(case)
    yield _table(case, Titled("speed-by-route", Message("Days from stage to stage"), None), every)
    titled = Titled("speed-by-partner", Message("Days from stage to stage, by partner"), Message("Partner"))
    yield _table(case, titled, pace(rows, "party"), names.party)
    titled = Titled("speed-by-kind", Message("Days from stage to stage, by kind"), Message("Kind"))
    yield _table(case, titled, pace(rows, "kind"), names.kind)
    with_document = rows.filter(pl.col("document").is_not_null())
    titled = Titled(
        "speed-by-document",
        Message("Days from stage to stage, by framework document"),
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
        Message("Ended"),
        Message("Still open"),
        Message("No day"),
        Message("Backwards"),
    )
    shares = (Message("25 of 100 after"), Message("Half after"), Message("75 of 100 after"))
    columns = (
        *([Column(head)] if head else []),
        Column(Message("Route")),
        Column(Message("From stage")),
        Column(Message("To, or beyond")),
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
