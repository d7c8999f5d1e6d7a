"""Lines that are likely to come late: promised day against forecast, by cost, with the party whose turn it
is.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from konvoi.forecast.leadtimes.model import FEWEST
from konvoi.model.stages import RANK, Stage
from konvoi.report.case import Case
from konvoi.report.forecast.coming import BY_PLAN, LEARNT, NO_BASIS, LearntLine, learnt_from, rests_on
from konvoi.report.forecast.lateness import WITHIN, Late, late
from konvoi.report.ledger.figures import joined, stage_name
from konvoi.report.names import Names
from konvoi.report.page import Chance, Column, Message, Number, Section, Share, Table, Value
from konvoi.report.report import Report

NONE = Message("No open item is overdue, due within {days} days or forecast to be late.")
_EMPTY = Message(NONE.id, {"days": WITHIN})
_NOTE = Message(
    "Loss of coverage: share of all validated needs, by value, covered on the promised date but not on "
    "the forecast date; without a forecast, delivery is assumed not to take place. Forecasts come from "
    "the plan, otherwise from at least {few} completed cases of the same kind. The workbook adds first "
    "promised dates, forecast bounds, their basis and remaining quantities.",
    {"few": FEWEST},
)


def section(case: Case) -> Section:
    """Open lines whose promised day has passed, is near, or will be missed."""
    found = late(case)
    answer = _answer(case, found) if found else (_EMPTY,)
    return Section("late", Message("Overdue and at-risk deliveries"), answer, (), (_table(case, found),))


def _answer(case: Case, found: Sequence[Late]) -> tuple[Message, ...]:
    overdue = [one for one in found if one.promised < case.day]
    unknown = [one for one in found if one.basis == NO_BASIS]
    text = (
        "Open and overdue, due within {days} days or forecast to be late: {lines}; overdue: {overdue}. "
        "No arrival forecast: {unknown}."
    )
    values: dict[str, Value] = {"lines": _count(case.day, found), "days": WITHIN}
    values |= {"overdue": _count(case.day, overdue), "unknown": _count(case.day, unknown)}
    told = [Message(text, values), *bases(case.day, found)]
    if found[0].cost:
        first = found[0]
        names = Names(case)
        costly: dict[str, Value] = {
            "line": first.line,
            "party": names.party(first.party),
            "share": Share(first.share),
            "mover": names.party(first.mover) if first.mover else Message("not known"),
            "next": stage_name(first.next) if first.next else Message("not known"),
        }
        told.append(
            Message(
                "Highest impact: item {line} ({party}), {share} of all validated needs. Next action: "
                "{mover}, {next}.",
                costly,
            )
        )
    return tuple(told)


def bases(day: date, found: Sequence[Late]) -> Iterator[Message]:
    """Yield the basis of the forecasts: each data set with its number of lines and its least number of
    cases.
    """
    planned = [one for one in found if one.basis == BY_PLAN]
    if planned:
        yield Message("Delivery dates taken from the plan: {lines}.", {"lines": _count(day, planned)})
    yield from learnt_from(day, [LearntLine(one.learnt, one.entries) for one in found if one.learnt])


def _count(day: date, found: Sequence[Late]) -> Number:
    ids = joined(*(one.entries for one in found))
    return Number(Decimal(len(found)), "line", "", day, ids)


def _table(case: Case, found: Sequence[Late]) -> Table:
    names = Names(case)
    columns = (
        Column(Message("Line item")),
        Column(Message("Partner")),
        Column(Message("Good")),
        Column(Message("Stage reached")),
        Column(Message("First promised date"), "", "day", beside=True),
        Column(Message("Latest promised date"), "", "day"),
        Column(Message("Forecast, 10th percentile"), "", "day", beside=True),
        Column(Message("Median forecast date"), "", "day"),
        Column(Message("Forecast, 90th percentile"), "", "day", beside=True),
        Column(Message("Delay"), "d", "number"),
        Column(Message("Probability of delay")),
        Column(Message("Basis"), beside=True),
        Column(Message("Open items and forecast"), "", "number", beside=True),
        Column(Message("Unit"), beside=True),
        Column(Message("Loss of coverage"), "%", "number"),
        Column(Message("Responsible")),
        Column(Message("Next stage")),
    )
    rows = tuple(_row(case, names, one) for one in found)
    title = Message("Promised dates and forecast, highest impact first")
    return Table("late-table", title, columns, rows, _EMPTY, note=_NOTE if rows else None)


def _row(case: Case, names: Names, one: Late) -> tuple[Value, ...]:
    days = None if one.days is None else Number(Decimal(one.days), "d", "", case.day, one.entries)
    return (
        one.line,
        names.party(one.party),
        names.good(one.good),
        _standing(one),
        one.first,
        one.promised,
        *(day or _why(one) for day in (one.low, one.middle, one.high)),
        days,
        Chance(one.chance) if one.chance is not None else None,
        Message(one.basis) if one.learnt is None else rests_on(one.learnt),
        Number(one.open, one.unit, one.stage, case.day, one.entries),
        Message(one.unit) if one.unit else None,
        Share(one.share),
        (names.party(one.mover) if one.mover else Message("not known"), " (", Message(one.moves), ")"),
        stage_name(one.next) if one.next else Message("not known"),
    )


def _standing(one: Late) -> Message:
    """Return the stage of a line; of one of which a part has not come so far, that it is so in part."""
    name = stage_name(one.stage)
    part = bool(one.next) and RANK[Stage(one.stage)] >= RANK[Stage(one.next)]
    return Message("{stage}, in part", {"stage": name}) if part else name


def _why(one: Late) -> Message:
    """Return the reason for which a day of a forecast is not given."""
    if one.basis == LEARNT:
        return Message("not reached")
    return rests_on(one.learnt) if one.learnt else Message(NO_BASIS)


LATE_REPORT = Report("late", section)
