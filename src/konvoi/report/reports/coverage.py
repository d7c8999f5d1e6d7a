"""The share of needs that is received, under way or planned, week by week, with its certainty."""

from datetime import date, timedelta
from decimal import Decimal

from konvoi.kit.days import monday
from konvoi.report.case import Case
from konvoi.report.ledger.figures import joined
from konvoi.report.names import table
from konvoi.report.page import Area, Message, Number, Point, Section, Share, Value
from konvoi.report.planning.coverage_tables import NO_NEEDS, tables, unvalidated
from konvoi.report.planning.need_status import PARTS, Served, papers, served, worth
from konvoi.report.planning.not_planned import not_counted
from konvoi.report.report import Report

NO_PAPERS = Message(
    "No dispatches or receipts released to this reader: goods already received are not reported."
)
NO_PLAN = Message(
    "There is no plan yet: konvoi run computes one when needs, offers, sites and lanes are submitted."
)


SENTENCES = {
    "met": "{received} of needs, by value, received; {under_way} under way.",
    "planned": "Planned, by value: {on_time} of needs on time, {late} late; {open} without cover.",
    "view": "Only deliveries that this reader may see are counted; others may serve these needs.",
    "full": "{full} of {all} needs covered in full: received, under way or planned on time.",
}


def section(case: Case) -> Section:
    """Needs covered: the answer, the curve over weeks, by good, by need."""
    found = served(case)
    return Section(
        "coverage",
        Message("Coverage of needs"),
        (*_told(case, found), *not_counted(case), *_waiting(case)),
        _charts(case, found),
        tables(case, found),
    )


def _told(case: Case, found: tuple[Served, ...]) -> tuple[Message, ...]:
    if not found:
        return (NO_NEEDS,)
    return (NO_PLAN,) if case.plan is None else _answer(case, found)


def _answer(case: Case, found: tuple[Served, ...]) -> tuple[Message, ...]:
    everything = worth(found, "needed") or Decimal(1)
    values: dict[str, Value] = {part: Share(worth(found, part) / everything) for part in PARTS}
    values |= {
        "full": Number(Decimal(sum(one.full for one in found)), "", "", case.day, to="needs"),
        "all": Number(Decimal(len(found)), "", "", case.day, to="needs"),
    }
    return (
        Message(SENTENCES["met"], values) if papers(case) else NO_PAPERS,
        Message(SENTENCES["planned"], values),
        Message(SENTENCES["full"], values),
        *((Message(SENTENCES["view"]),) if case.reader != "cell" else ()),
        *((_foreseen(found, everything),) if case.outlook is not None else ()),
    )


def _foreseen(found: tuple[Served, ...], everything: Decimal) -> Message:
    """Return the coverage by the plan on the due days, on three days of each movement's forecast."""
    shares: dict[str, Value] = {
        which: Share(sum((_by_due(one, which) for one in found), Decimal(0)) / everything)
        for which in ("first", "middle", "last")
    }
    text = (
        "With forecast delays, the plan is expected to deliver {middle} on time: {first} in the "
        "optimistic case (10th percentile), {last} in the pessimistic case (90th percentile)."
    )
    return Message(text, shares)


def _by_due(one: Served, which: str) -> Decimal:
    """The value of what the plan brings by the due day."""
    due = one.need["due"]
    return one.value(one.planned(due, which)) if isinstance(due, date) else Decimal(0)


def _waiting(case: Case) -> tuple[Message, ...]:
    """Return the number of needs that are in none of the figures because nobody validated them."""
    count = len(unvalidated(case))
    if not count:
        return ()
    values: dict[str, Value] = {
        "count": Number(Decimal(count), "", "", case.day, to="needs-unvalidated"),
    }
    return (
        Message(
            "{count} need is not validated; it is not planned and not included in these figures.",
            values,
            "{count} needs are not validated; they are not planned and not included in these figures.",
            count,
        ),
    )


def _charts(case: Case, found: tuple[Served, ...]) -> tuple[Area, ...]:
    weeks = _weeks(case, found)
    if case.plan is None or not weeks or not found:
        return ()
    whole = worth(found, "needed") or Decimal(1)
    points = tuple(_point(found, week, whole, seen=case.outlook is not None) for week in weeks)
    text = (
        "Share of the value of all needs (weight × quantity). Goods under way have no arrival day in "
        "their documents. Source: needs, receipts, dispatches and plan as of {day}."
    )
    if case.outlook is not None:
        text = (
            "Share of the value of all needs (weight × quantity). Planned: on the planned days, without "
            "delays. Expected: each movement on its median simulated day. Band: optimistic case (10th "
            "percentile) to pessimistic case (90th percentile). Goods under way have no arrival day in "
            "their documents. Source: needs, receipts, dispatches, plan and forecast as of {day}."
        )
    source = Message(text, {"day": case.day})
    title = Message("Cumulative needs and deliveries")
    share = worth(found, "under_way") * 100 / whole
    under_way = Number(share, "%", "", case.day, _behind(found, "under_way"))
    return (Area("coverage-weeks", title, points, source, under_way),)


def _behind(found: tuple[Served, ...], part: str) -> tuple[str, ...]:
    return joined(*((f"needs/{one.need['need']}",) for one in found if one.part(part)))


def _weeks(case: Case, found: tuple[Served, ...]) -> list[date]:
    days = [arrival.arrives for one in found for arrival in one.arrivals]
    days += [due for one in found if isinstance(due := one.need["due"], date)]
    horizon = table(case, "horizon").select("start", "weeks").drop_nulls().sort("start")
    for start, count in horizon.head(1).iter_rows():
        return [monday(start) + timedelta(weeks=week) for week in range(count)]
    if not days:
        return []
    first = monday(min(days))
    last = monday(max(days))
    return [first + timedelta(weeks=week) for week in range((last - first).days // 7 + 1)]


def _point(found: tuple[Served, ...], week: date, whole: Decimal, *, seen: bool) -> Point:
    end = week + timedelta(days=6)
    due = [one for one in found if isinstance(day := one.need["due"], date) and day <= end]
    planned, low, high = (_there(found, end, whole, which) for which in ("arrives", "last", "first"))
    coming = [one for one in found if one.there(end) or any(a.arrives <= end for a in one.arrivals)]
    received = sum((one.value(one.there(end)) for one in found), Decimal(0)) * 100 / whole
    return Point(
        week,
        Number(
            worth(due, "needed") * 100 / whole, "%", "needed", end, joined(*(one.ids[-1:] for one in due))
        ),
        Number(planned, "%", "planned", end, joined(*(one.ids for one in coming))),
        low,
        high,
        _there(found, end, whole, "middle") if seen else None,
        Number(received, "%", "received", end, _behind(found, "received")),
    )


def _there(found: tuple[Served, ...], end: date, whole: Decimal, which: str) -> Decimal:
    """Return the coverage by a day: goods received by then, or brought by the plan."""
    units = ((one, one.there(end) + one.planned(end, which)) for one in found)
    return sum((one.value(there) for one, there in units), Decimal(0)) * 100 / whole


COVERAGE_REPORT = Report("coverage", section)
