"""The progress of lines on each route: reached, still open, and the number that nobody reports."""

from decimal import Decimal
from operator import itemgetter
from typing import Any

import polars as pl

from konvoi.ledger.funnel import absence, silent_stages, stated
from konvoi.model.stages import NOT_STATED, Stage
from konvoi.report.case import Case
from konvoi.report.ledger.basis import listed
from konvoi.report.ledger.figures import shade, stage_name
from konvoi.report.ledger.funnels import currency, funnels, summed
from konvoi.report.names import Names, table
from konvoi.report.page import Bar, Bars, Column, Message, Name, Number, Section, Share, Table, Titled, Value
from konvoi.report.report import Report

Row = dict[str, Any]
EMPTY = Message("No items submitted. Add submissions with konvoi add, then run konvoi run.")
_BY = {
    "party": Titled("stages-by-partner", Message("Items by partner and stage"), Message("Partner")),
    "kind": Titled("stages-by-kind", Message("Items by kind and stage"), Message("Kind")),
    "document": Titled(
        "stages-by-document", Message("Items by framework document and stage"), Message("Document")
    ),
}


def section(case: Case) -> Section:
    """The funnels of all routes by lines, and in tables what they are worth or how many pieces they are."""
    rows = funnels(case)
    every = stated(rows)
    names = Names(case)
    goods = funnels(case, "quantity").filter(pl.col("good").is_not_null() & pl.col("word").is_not_null())
    tables = [_table(case, Titled("stages-by-route", Message("Items by channel and stage"), None), every)]
    tables += [_by(case, names, rows, by) for by in _BY]
    tables.append(_goods(case, names, stated(goods, "good")))
    return Section(
        "stages",
        Message("Progress by delivery channel"),
        (*_answer(case, every), *_counted(case, stated(goods), every), *_silent(rows))
        if rows.height
        else (EMPTY,),
        tuple(_chart(case, str(route[0]), found) for route, found in _routes(every) if found.height > 1),
        tuple(tables),
    )


def _told(case: Case, rows: pl.DataFrame, goods: pl.DataFrame) -> tuple[Message, ...]:
    every = stated(rows)
    return (*_answer(case, every), *_counted(case, stated(goods), every), *_silent(rows))


def _routes(every: pl.DataFrame) -> list[tuple[tuple[object, ...], pl.DataFrame]]:
    return list(every.group_by("route", maintain_order=True))


def _answer(case: Case, every: pl.DataFrame) -> list[Message]:
    """Return, for each route, the number of lines at the last stage that anybody reports.

    Where nobody reports a stage after the pledge, and where no route is stated, that is the answer.
    """
    found = []
    for (route,), rows in _routes(every):
        if route == NOT_STATED:
            found.append(
                Message("Channel not stated: {lines}.", {"lines": _all(case, rows.row(0, named=True))})
            )
            continue
        last = rows.row(-1, named=True)
        if last["stage"] == Stage.PLEDGED:
            found.append(
                Message("Channel “{route}”: {lines}; no later stage is reported.", _come(case, last))
            )
            continue
        text = "Channel “{route}”: {lines}; of these, {came} reached the stage “{stage}” in full or in part."
        if last["unknown"]:
            text = (
                "Channel “{route}”: {lines}; of these, {came} reached the stage “{stage}” in full or in "
                "part. No status reported: {unknown}."
            )
        found.append(Message(text, _come(case, last)))
    return found


def _counted(case: Case, goods: pl.DataFrame, every: pl.DataFrame) -> list[Message]:
    """The same for lines of which a quantity is known, where that says anything else."""
    told = {route: _SAYS(rows.row(-1, named=True)) for (route,), rows in _routes(every)}
    found = []
    for (route,), rows in _routes(goods):
        last = rows.row(-1, named=True)
        if route == NOT_STATED or not last["unknown"] or _SAYS(last) == told.get(route):
            continue
        text = (
            "Channel “{route}”, items with a known quantity: {lines}; of these, {came} reached the stage "
            "“{stage}” in full or in part. No status reported: {unknown}."
        )
        found.append(Message(text, _come(case, last)))
    return found


_SAYS = itemgetter("stage", "lines", "came", "unknown")
"""What a sentence on a route tells of its last stage."""


def _come(case: Case, last: Row) -> dict[str, Value]:
    """Return the values of a sentence about the last stage of a route."""
    return {
        "route": Message(last["route"]),
        "lines": _all(case, last),
        "stage": stage_name(last["stage"]),
        "came": _count(case, last["came"], last, "entries"),
        "unknown": _count(case, last["unknown"], last, "silent_entries"),
    }


def _silent(rows: pl.DataFrame) -> list[Message]:
    text = "Channel “{route}”: not reported: {stages}."
    return [
        Message(
            text, {"route": Message(route), "stages": listed([stage_name(stage) for stage in stages], ", ")}
        )
        for route, stages in silent_stages(rows).items()
        if route != NOT_STATED
    ]


def _count(case: Case, count: int, row: Row, of: str) -> Number:
    return Number(Decimal(count), "line", row["stage"], case.day, tuple(row[of]))


def _all(case: Case, row: Row) -> Number:
    """All lines of a row."""
    behind = tuple(sorted({*row["entries"], *row["silent_entries"]}))
    return Number(Decimal(row["lines"]), "line", "pledged", case.day, behind)


def _chart(case: Case, route: str, rows: pl.DataFrame) -> Bars:
    """Each stage as a bar against all lines of the route, and what nobody says as a bar of its own."""
    bars: list[Bar] = []
    for row in rows.iter_rows(named=True):
        whole = _all(case, row)
        came = _count(case, row["came"], row, "entries")
        bars.append(Bar(stage_name(row["stage"]), ((came, shade(row["stage"])),), whole))
        if row["unknown"]:
            silent = _count(case, row["unknown"], row, "silent_entries")
            label = Message("{stage}: not reported", {"stage": stage_name(row["stage"])})
            bars.append(Bar(label, (), hatch=silent, told=silent))
    return Bars(
        f"stages-{route.replace(' ', '-')}",
        Message(
            "Items by stage, channel “{route}” (outline: all; hatched: status not reported)",
            {"route": Message(route)},
        ),
        "line",
        tuple(bars),
        Message("Source: submissions, as of {day}.", {"day": case.day}),
    )


def _by(case: Case, names: Names, rows: pl.DataFrame, by: str) -> Table:
    of = rows.filter(pl.col("document").is_not_null()) if by == "document" else rows
    named = {"party": names.party, "kind": names.kind, "document": _document(case)}[by]
    return _table(case, _BY[by], stated(of, by), named)


def _document(case: Case) -> Any:
    titles = dict(table(case, "documents").select("document", "title").iter_rows())
    return lambda ids: "; ".join(titles.get(one) or one for one in str(ids).split("; "))


def _goods(case: Case, names: Names, found: pl.DataFrame) -> Table:
    titled = Titled("stages-by-good", Message("Quantities by good and stage"), Message("Good"))
    return _table(case, titled, found, names.good)


def _table(case: Case, titled: Titled, found: pl.DataFrame, named: Any = None) -> Table:
    """One row for each route, key and stage; goods have each its own unit, all else the currency."""
    id, title, head = titled
    unit = "" if id == "stages-by-good" else currency(case)
    counts = (Message("Line items"), Message("Stage reached by"), Message("Not reported"))
    sums = (Message("Pledged"), Message("Reached"), Message("Outstanding"), Message("No value stated"))
    columns = (
        Column(Message("Channel")),
        *([Column(head)] if head else []),
        Column(Message("Stage")),
        *(Column(name, "", "number") for name in counts),
        *([] if unit else [Column(Message("Unit"))]),
        *(Column(name, unit, "number") for name in sums),
        Column(Message("Reached, share of reported"), "%", "number"),
    )
    rows = tuple(_row(case, row, named, unit) for row in found.iter_rows(named=True))
    return Table(id, title, columns, rows, EMPTY, note=_NOTE if rows and head is None else None)


def _row(case: Case, row: Row, named: Any, unit: str) -> tuple[Value, ...]:
    measure = row["measure"]
    stage = row["stage"]
    both = sorted({*row["entries"], *row["silent_entries"]})
    behind = {
        "word": both,
        "reached": row["entries"],
        "open": row["entries"],
        "silent": row["silent_entries"],
    }
    sums = {
        name: Message(reason)
        if (reason := absence(row, name))
        else summed(row[name], measure, stage, case, ids)
        for name, ids in behind.items()
    }
    told = (row["reached"] or 0) + (row["open"] or 0)
    key: Value = named(row["key"]) if named and row["key"] else Name("")
    return (
        Message(row["route"]),
        *([key if row["key"] else Message("not stated")] if named else []),
        stage_name(stage),
        _all(case, row),
        _count(case, row["came"], row, "entries"),
        _count(case, row["unknown"], row, "silent_entries"),
        *([] if unit else [Message(measure or "")]),
        *sums.values(),
        Share(Decimal(row["reached"]) / told) if told else None,
    )


_NOTE = Message(
    "Each item counts once. Pledged = reached + outstanding + not reported. Items without a stated "
    "value are not included; goods in different units are not added."
)

STAGES_REPORT = Report("stages", section)
