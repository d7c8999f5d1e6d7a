"""How much of what is needed the plan covers, week by week, and how surely."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from konvoi.kit.days import monday
from konvoi.report.arrivals import Arrival, arrivals, needs
from konvoi.report.case import Case
from konvoi.report.figures import joined
from konvoi.report.names import Names, table
from konvoi.report.page import Area, Chance, Column, Message, Number, Point, Section, Share, Table, Value
from konvoi.report.report import Report

Row = dict[str, object]
NO_NEEDS = Message("No needs were read. Fill the table “needs” of the workbook and hand it in.")
BY_PLAN = Message("On time, late, open: by the plan's own days, as if nothing were held up.")
NO_PLAN = Message("There is no plan yet: konvoi run makes one once needs, offers, sites and lanes are there.")


@dataclass(frozen=True)
class Served:
    """One need and what comes for it: units of need on time, late but useful, and what stays open."""

    need: dict[str, object]
    arrivals: tuple[Arrival, ...]
    on_time: Decimal
    late: Decimal
    open: Decimal

    @property
    def ids(self) -> tuple[str, ...]:
        """What the figures of this need rest on."""
        return joined([f"needs/{self.need['need']}"], *(arrival.behind for arrival in self.arrivals))


def section(case: Case) -> Section:
    """Needs covered: the answer, the curve over weeks, by good, by need."""
    found = served(case)
    answer = (NO_NEEDS,) if not found else (NO_PLAN,) if case.plan is None else _answer(case, found)
    return Section(
        "coverage",
        Message("Needs covered"),
        answer,
        _charts(case, found),
        (_by_good(case, found), _by_need(case, found)),
    )


def served(case: Case) -> tuple[Served, ...]:
    """Every need that is planned, by due day, with what the plan sends to it."""
    by_need: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in arrivals(case):
        by_need[arrival.need].append(arrival)
    return tuple(_served(need, tuple(by_need[str(need["need"])])) for need in needs(case))


def _served(need: dict[str, object], coming: tuple[Arrival, ...]) -> Served:
    due, last = need["due"], need["last_useful"]
    quantity = need["quantity"]
    if not isinstance(due, date) or not isinstance(last, date) or not isinstance(quantity, Decimal):
        raise ValueError(f"needs() gives whole rows, not {need!r}")
    early = sum((a.units for a in coming if a.arrives <= due), Decimal(0))
    useful = sum((a.units for a in coming if a.arrives <= last), Decimal(0))
    on_time = min(early, quantity)
    late = min(useful, quantity) - on_time
    return Served(need, coming, on_time, late, quantity - on_time - late)


def _value(need: dict[str, object], units: Decimal) -> Decimal:
    weight = need["weight"]
    return units * (weight if isinstance(weight, Decimal) else Decimal(1))


def _answer(case: Case, found: tuple[Served, ...]) -> tuple[Message, ...]:
    everything = sum((_value(s.need, s.on_time + s.late + s.open) for s in found), Decimal(0)) or Decimal(1)
    parts = {
        "on_time": sum((_value(s.need, s.on_time) for s in found), Decimal(0)),
        "late": sum((_value(s.need, s.late) for s in found), Decimal(0)),
        "open": sum((_value(s.need, s.open) for s in found), Decimal(0)),
    }
    values: dict[str, Value] = {key: Share(value / everything) for key, value in parts.items()}
    full = [s for s in found if s.on_time and not s.late and not s.open]
    values |= {
        "full": Number(Decimal(len(full)), "", "", case.day, to="needs"),
        "all": Number(Decimal(len(found)), "", "", case.day, to="needs"),
    }
    text = (
        "By value and by the plan's own days, {on_time} of what is needed comes on time, {late} comes late, "
        "{open} stays open. {full} of {all} needs are met in full and on time."
    )
    return (Message(text, values), *((_foreseen(found, everything),) if case.outlook is not None else ()))


def _foreseen(found: tuple[Served, ...], everything: Decimal) -> Message:
    """What of the needs is there by its due day, on three days of each movement's forecast."""
    shares: dict[str, Value] = {
        which: Share(sum((_by_due(s, which) for s in found), Decimal(0)) / everything)
        for which in ("first", "middle", "last")
    }
    text = (
        "The plan's days hold if nothing is held up. With the delays of the forecast, {middle} is expected "
        "on time: {first} if every movement is early (10th of 100 days), {last} if every one is late (90th)."
    )
    return Message(text, shares)


def _by_due(s: Served, which: str) -> Decimal:
    """The value of what is there by the due day, no more than is needed."""
    due = s.need["due"]
    units = sum((a.units for a in s.arrivals if isinstance(due, date) and a.on(which) <= due), Decimal(0))
    return _value(s.need, min(units, s.on_time + s.late + s.open))


def _charts(case: Case, found: tuple[Served, ...]) -> tuple[Area, ...]:
    weeks = _weeks(case, found)
    if case.plan is None or not weeks:
        return ()
    whole = sum((_value(s.need, s.on_time + s.late + s.open) for s in found), Decimal(0)) or Decimal(1)
    points = tuple(_point(found, week, whole, seen=case.outlook is not None) for week in weeks)
    text = "Share of the value of all needs (weight × quantity). Source: needs and plan as of {day}."
    if case.outlook is not None:
        text = (
            "Share of the value of all needs (weight × quantity). Planned: on the plan's own days, as if "
            "nothing were held up. Expected: each movement on the middle one of its simulated days. Band: "
            "all early (10th of 100 days) to all late (90th). Source: needs, plan and forecast as of {day}."
        )
    source = Message(text, {"day": case.day})
    return (Area("coverage-weeks", Message("Needed by then, and there by then"), points, source),)


def _weeks(case: Case, found: tuple[Served, ...]) -> list[date]:
    days = [arrival.arrives for s in found for arrival in s.arrivals]
    days += [due for s in found if isinstance(due := s.need["due"], date)]
    horizon = table(case, "horizon").select("start", "weeks").drop_nulls().sort("start")
    for start, count in horizon.head(1).iter_rows():
        return [monday(start) + timedelta(weeks=week) for week in range(count)]
    if not days:
        return []
    first, last = monday(min(days)), monday(max(days))
    return [first + timedelta(weeks=week) for week in range((last - first).days // 7 + 1)]


def _point(found: tuple[Served, ...], week: date, whole: Decimal, *, seen: bool) -> Point:
    end = week + timedelta(days=6)
    due = [s for s in found if isinstance(day := s.need["due"], date) and day <= end]
    needed = sum((_value(s.need, s.on_time + s.late + s.open) for s in due), Decimal(0))
    planned, low, high = (_there(found, end, whole, which) for which in ("arrives", "last", "first"))
    coming = [s for s in found if any(a.arrives <= end for a in s.arrivals)]
    percent = Decimal(100) / whole
    return Point(
        week,
        Number(needed * percent, "%", "needed", end, joined(*(s.ids[-1:] for s in due))),
        Number(planned, "%", "planned", end, joined(*(s.ids for s in coming))),
        low,
        high,
        _there(found, end, whole, "middle") if seen else None,
    )


def _there(found: tuple[Served, ...], end: date, whole: Decimal, which: str) -> Decimal:
    value = Decimal(0)
    for s in found:
        units = sum((a.units for a in s.arrivals if a.on(which) <= end), Decimal(0))
        value += _value(s.need, min(units, s.on_time + s.late + s.open))
    return value * 100 / whole


def _by_good(case: Case, found: tuple[Served, ...]) -> Table:
    names = Names(case)
    goods: dict[str, list[Served]] = defaultdict(list)
    for s in found:
        goods[str(s.need["good"])].append(s)
    rows: list[tuple[Value, ...]] = []
    for good in sorted(goods):
        unit = names.unit(good)
        ids = joined(*(s.ids for s in goods[good]))
        asked = sum((s.on_time + s.late + s.open for s in goods[good]), Decimal(0))
        sums = [
            sum((getattr(s, part) for s in goods[good]), Decimal(0)) for part in ("on_time", "late", "open")
        ]
        numbers = [Number(value, unit, "", case.day, ids) for value in (asked, *sums)]
        rows.append((names.good(good), Message(unit), *numbers, Share(sums[0] / asked if asked else None)))
    columns = (
        Column(Message("Good needed")),
        Column(Message("Unit")),
        Column(Message("Needed"), "", "number"),
        Column(Message("On time"), "", "number"),
        Column(Message("Late"), "", "number"),
        Column(Message("Open"), "", "number"),
        Column(Message("Covered on time"), "%", "number"),
    )
    return Table("needs-by-good", Message("By good needed"), columns, tuple(rows), NO_NEEDS, note=BY_PLAN)


def _by_need(case: Case, found: tuple[Served, ...]) -> Table:
    names = Names(case)
    outlook = {}
    if case.outlook is not None:
        outlook = {row["need"]: row for row in case.outlook.needs.iter_rows(named=True)}
    rows = tuple(_need_row(names, s, outlook.get(str(s.need["need"]), {})) for s in found)
    columns = (
        Column(Message("Need")),
        Column(Message("Good")),
        Column(Message("Place")),
        Column(Message("Unit")),
        Column(Message("Due"), "", "day"),
        Column(Message("Needed"), "", "number"),
        Column(Message("On time"), "", "number"),
        Column(Message("Late"), "", "number"),
        Column(Message("Open"), "", "number"),
        Column(Message("All that is planned there by the due day")),
        Column(Message("There in 10 of 100 runs"), "", "day"),
        Column(Message("There in 90 of 100 runs"), "", "day"),
    )
    anchors = tuple(f"need-{s.need['need']}" for s in found)
    return Table("needs", Message("By need"), columns, rows, NO_NEEDS, anchors=anchors, note=BY_PLAN)


def _need_row(names: Names, s: Served, seen: dict[str, object]) -> tuple[Value, ...]:
    good, unit = str(s.need["good"]), names.unit(str(s.need["good"]))
    due = s.need["due"]
    probability = seen.get("on_time")
    first, last = seen.get("first"), seen.get("last")
    asked = Number(s.on_time + s.late + s.open, unit, "needed", None, (f"needs/{s.need['need']}",))
    numbers = [Number(value, unit, "planned", None, s.ids) for value in (s.on_time, s.late, s.open)]
    return (
        str(s.need["need"]),
        names.good(good),
        names.site(str(s.need["site"])),
        Message(unit),
        due if isinstance(due, date) else None,
        asked,
        *numbers,
        Chance(probability) if isinstance(probability, float) else Message(_UNSURE[bool(s.arrivals)]),
        first if isinstance(first, date) else None,
        last if isinstance(last, date) else None,
    )


_UNSURE = {True: "not known", False: "nothing planned"}

COVERAGE_REPORT = Report("coverage", section)
