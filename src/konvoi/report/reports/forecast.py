"""Timely arrivals by the forecast, with certainty, by need and partner; the changes to make first."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.forecast.outlook import Outlook
from konvoi.report.case import Case
from konvoi.report.forecast.chance import WORDS, word
from konvoi.report.forecast.foresight import Called, based
from konvoi.report.names import Names
from konvoi.report.page import Chance, Column, Gantt, Message, Number, Section, Share, Table, Task, Value
from konvoi.report.planning.arrivals import behind, needs
from konvoi.report.report import Report
from konvoi.report.reports.movements import MOST_TASKS

Row = Mapping[str, object]

SENTENCES = {
    "count": "{count} need with planned deliveries. On-time arrival of all planned deliveries: {words}.",
    "cause": "{share} of late arrivals would be on time with the planned duration for {cause}.",
    "change": "First change to make, for {need}: {change}. Probability of full on-time arrival: then "
    "{after}; as planned {before}.",
    "queues": (
        "Queues at scarce capacity lower the on-time probability of {count} need by up to {points} "
        "percentage points."
    ),
}
"""What the forecast comes to. All name what is planned alone: nothing here has arrived."""

_COUNTS = "{count} needs with planned deliveries. On-time arrival of all planned deliveries: {words}."
_QUEUES = (
    "Queues at scarce capacity lower the on-time probability of {count} needs by up to {points} "
    "percentage points."
)

NONE = Message("No forecast: nothing is planned.")
_NO_PARTNER = Message("Not shown: no partner's deliveries are fully released to this reader.")
_LEAST = 0.01


def section(case: Case) -> Section | None:
    """The forecast; left out where there is none."""
    outlook = case.outlook
    if case.plan is None or outlook is None:
        return None
    rows = outlook.needs.sort("on_time", "need").rows(named=True)
    notes = based(outlook.bases.rows(named=True)) if rows else ()
    return Section(
        "forecast",
        Message("On-time probability of the plan"),
        (*_answer(case, outlook, rows), *notes),
        _charts(case, rows),
        (_needs(case, outlook, rows), _partners(case, outlook)),
    )


def _answer(case: Case, outlook: Outlook, rows: list[dict[str, object]]) -> tuple[Message, ...]:
    if not rows:
        return (NONE,)
    counts = Counter(word(_chance(row)) for row in rows)
    words: list[Value] = []
    for one in WORDS:
        if counts[one]:
            number = Number(Decimal(counts[one]), "", "planned", case.day, to="forecast-needs")
            words += [*([", "] if words else []), Message(one), " (", number, ")"]
    count = Number(Decimal(len(rows)), "", "planned", case.day, to="forecast-needs")
    values: dict[str, Value] = {"count": count, "words": tuple(words)}
    first = Message(SENTENCES["count"], values, _COUNTS, len(rows))
    return (first, *_why(case, outlook), *_changed(case), *_queued(case, outlook))


def _why(case: Case, outlook: Outlook) -> tuple[Message, ...]:
    """Return the most frequent cause of lateness, over all needs that are shown."""
    assert case.plan is not None
    needs = dict(case.plan.movements.select("movement", "need").iter_rows())
    late: dict[str, float] = defaultdict(float)
    for movement, on_time in outlook.movements.select("movement", "on_time").iter_rows():
        late[needs.get(movement, "")] += 1.0 - on_time
    weights: dict[tuple[str, str], float] = defaultdict(float)
    of_needs = (pl.col("of") == "need") & (pl.col("kind") != "plan")
    for row in outlook.causes.filter(of_needs).iter_rows(named=True):
        weights[row["kind"], row["key"]] += row["share"] * late[row["id"]]
    whole = sum(late.values())
    if not weights or whole < _LEAST:
        return ()
    (kind, key), weight = max(weights.items(), key=lambda one: (one[1], one[0]))
    values: dict[str, Value] = {
        "share": Share(Decimal(str(round(min(1.0, weight / whole), 4)))),
        "cause": Called(case).step(kind, key),
    }
    return (Message(SENTENCES["cause"], values),)


def _changed(case: Case) -> tuple[Message, ...]:
    """The change that brings most."""
    rows = list(case.tables["remedies"].iter_rows(named=True)) if "remedies" in case.tables else []
    if not rows:
        return ()
    best = max(rows, key=lambda row: (row["after"] - row["before"], row["need"]))
    values: dict[str, Value] = {
        "need": str(best["need"]),
        "change": Called(case).change(best),
        "before": Chance(best["before"]),
        "after": Chance(best["after"]),
    }
    return (Message(SENTENCES["change"], values),)


def _queued(case: Case, outlook: Outlook) -> tuple[Message, ...]:
    worse = outlook.queues.with_columns(lost=pl.col("free") - pl.col("queued")).filter(
        pl.col("lost") >= _LEAST
    )
    if worse.is_empty():
        return ()
    count = worse.height
    values: dict[str, Value] = {
        "count": Number(Decimal(count), "", "planned", case.day, to="forecast-needs"),
        "points": Decimal(round(max(worse["lost"].to_list()) * 100)),
    }
    return (Message(SENTENCES["queues"], values, _QUEUES, count),)


def _chance(row: Row) -> float:
    found = row["on_time"]
    return found if isinstance(found, float) else 0.0


def _charts(case: Case, rows: list[dict[str, object]]) -> tuple[Gantt, ...]:
    """The least sure needs: planned days, the interval in which all is there, the due day."""
    tasks = [task for row in rows[:MOST_TASKS] if (task := _task(case, row))]
    if not tasks:
        return ()
    text = (
        "Line: 80 % interval of the day when all deliveries have arrived. Mark: due date. Source: "
        "forecast as of {day}."
    )
    if len(rows) > MOST_TASKS:
        text = (
            "{drawn} of {all} needs, lowest on-time probability first. Line: 80 % interval of the day "
            "when all deliveries have arrived. Mark: due date. Source: forecast as of {day}."
        )
    source = Message(text, {"drawn": len(tasks), "all": len(rows), "day": case.day})
    title = Message("Planned deliveries by need: planned days and forecast completion")
    return (Gantt("forecast-gantt", title, tuple(tasks), len(rows), source),)


def _task(case: Case, row: Row) -> Task | None:
    assert case.plan is not None
    moves = case.plan.movements.filter(pl.col("need") == row["need"]).rows(named=True)
    asked = {need["need"]: need for need in needs(case)}.get(row["need"])
    first = row["first"]
    last = row["last"]
    planned = row["planned"]
    if not moves or asked is None or not isinstance(planned, Decimal):
        return None
    names = Names(case)
    due = asked["due"]
    good = str(asked["good"])
    departs = min(move["departs"] for move in moves)
    ids = tuple(sorted({one for move in moves for one in behind(move)}))
    likely = _chance(row)
    return Task(
        names.good(good),
        str(row["need"]),
        Number(planned, names.unit(good), "planned", departs, ids),
        departs,
        max(move["arrives"] for move in moves),
        first if isinstance(first, date) else None,
        last if isinstance(last, date) else None,
        due if isinstance(due, date) else None,
        "on time" if likely >= 0.66 else "at risk" if likely >= 0.1 else "late",
    )


_DAYS = (
    Column(Message("Arrival, 10th percentile"), "", "day"),
    Column(Message("50th percentile"), "", "day"),
    Column(Message("90th percentile"), "", "day"),
)
_NEEDS = (
    Column(Message("Need")),
    Column(Message("Good")),
    Column(Message("Place")),
    Column(Message("Due date"), "", "day"),
    Column(Message("On-time probability")),
    *_DAYS,
    Column(Message("Main cause of delay")),
    Column(Message("share of late arrivals"), "", "number"),
    Column(Message("First change to make")),
    Column(Message("On-time probability after the change")),
    Column(Message("With queues")),
)


def _needs(case: Case, outlook: Outlook, rows: list[dict[str, object]]) -> Table:
    names = Names(case)
    called = Called(case)
    asked = {need["need"]: need for need in needs(case)}
    why = _first(outlook, "need")
    tried = {}
    if "remedies" in case.tables:
        tried = {row["need"]: row for row in case.tables["remedies"].iter_rows(named=True)}
    queues = {row["need"]: row for row in outlook.queues.iter_rows(named=True)}
    lines: list[tuple[Value, ...]] = []
    for row in rows:
        name = str(row["need"])
        need = asked.get(name, {})
        cause = why.get(name)
        change = tried.get(name)
        due = need.get("due")
        lines.append(
            (
                name,
                names.good(str(need.get("good") or "")),
                names.site(str(need.get("site") or "")),
                due if isinstance(due, date) else None,
                Chance(_chance(row)),
                *_days(row),
                called.step(str(cause["kind"]), str(cause["key"])) if cause else "",
                _share(cause) if cause else None,
                called.change(change) if change else "",
                Chance(change["after"]) if change else "",
                Chance(queues[name]["queued"]) if name in queues else "",
            )
        )
    title = Message("Forecast by need, lowest on-time probability first")
    return Table("forecast-needs", title, _NEEDS, tuple(lines), NONE)


_PARTNERS = (
    Column(Message("Partner")),
    Column(Message("Movements"), "", "number"),
    Column(Message("On time, mean")),
    Column(Message("On-time probability")),
    *_DAYS,
    Column(Message("Main cause of delay")),
    Column(Message("share of late arrivals"), "", "number"),
)


def _partners(case: Case, outlook: Outlook) -> Table:
    names = Names(case)
    called = Called(case)
    why = _first(outlook, "partner")
    lines: list[tuple[Value, ...]] = []
    for row in outlook.partners.sort("on_time", "partner").iter_rows(named=True):
        cause = why.get(row["partner"])
        lines.append(
            (
                names.party(row["partner"]),
                Number(Decimal(row["movements"]), "", "planned", case.day, to="movements-table"),
                Chance(_chance(row)),
                Chance(row["all_on_time"]),
                *_days(row),
                called.step(str(cause["kind"]), str(cause["key"])) if cause else "",
                _share(cause) if cause else None,
            )
        )
    title = Message("Forecast by partner, lowest on-time probability first")
    return Table("forecast-partners", title, _PARTNERS, tuple(lines), _NO_PARTNER)


def _first(outlook: Outlook, of: str) -> dict[str, dict[str, object]]:
    """Return the most frequent cause of each delay."""
    rows = outlook.causes.filter(pl.col("of") == of).unique("id", keep="first", maintain_order=True)
    return {row["id"]: row for row in rows.iter_rows(named=True)}


def _share(cause: Row) -> Share:
    return Share(Decimal(str(round(float(str(cause["share"])), 4))))


def _days(row: Row) -> tuple[Value, ...]:
    found = (row[name] for name in ("first", "middle", "last"))
    return tuple(day if isinstance(day, date) else None for day in found)


FORECAST_REPORT = Report("forecast", section)
