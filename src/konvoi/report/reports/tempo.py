"""The speed from pledge to delivery: month by month, and promises against the promised day."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.ledger.units import FULFILLED
from konvoi.report.case import Case
from konvoi.report.forecast.promises import STATES, Promise, promises
from konvoi.report.ledger.allocation_speed import speed, speed_tables
from konvoi.report.ledger.figures import FUNNEL, TEMPO, Step, joined, reported, shade, stage_name, steps
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Strip, Strips, Table, Value
from konvoi.report.report import Report

MONTHS_DRAWN = 36


def section(case: Case) -> Section:
    """The tempo of amounts or, where no amounts by month are known, of entries; and the promises."""
    found = promises(case)
    return Section(
        "tempo",
        Message("Pledges and deliveries by month"),
        (*speed(case), *_pace(case), _kept(case, found)),
        _charts(case),
        (*speed_tables(case), _promises_table(case, found)),
    )


def _by_month(case: Case) -> list[tuple[str, str, dict[date, Number]]]:
    """Return, for each stage that anybody reports, its unit and its numbers by month."""
    drawn = steps(case, TEMPO)
    if drawn:
        return [(step.stage, step.total.unit, _months(case, step)) for step in reported(drawn)]
    days = dict(case.entries.select("entry", pl.coalesce("day_to", "day_from", "known_on")).iter_rows())
    return [(step.stage, "", _counts(case, step, days)) for step in reported(steps(case, FUNNEL))]


def _months(case: Case, step: Step) -> dict[date, Number]:
    found = {}
    for part in step.total.by:
        year, _, month = part.key.partition("-")
        if year.isdigit() and month.isdigit():
            day = date(int(year), int(month), 1)
            found[day] = Number(part.value, step.total.unit, step.stage, day, part.entries)
    return found


def _counts(case: Case, step: Step, days: dict[str, date | None]) -> dict[date, Number]:
    by_month: dict[date, list[str]] = defaultdict(list)
    for entry in step.total.entries:
        day = days.get(entry)
        if day is not None:
            by_month[day.replace(day=1)].append(entry)
    return {
        month: Number(Decimal(len(ids)), "", step.stage, month, tuple(sorted(ids)))
        for month, ids in by_month.items()
    }


def _charts(case: Case) -> tuple[Strips, ...]:
    by_month = ((stage, unit, found) for stage, unit, found in _by_month(case) if stage != FULFILLED)
    series = [(stage, unit, found) for stage, unit, found in by_month if found]
    if not series:
        return ()
    last = max(max(found) for _, _, found in series)
    start = _months_before(last, MONTHS_DRAWN - 1)
    first = max(start, min(min(found) for _, _, found in series))
    strips = tuple(
        Strip(stage_name(stage), shade(stage), tuple((m, found[m]) for m in sorted(found) if m >= first))
        for stage, _, found in series
    )
    unit = series[0][1]
    title = (
        Message("New amounts by month and stage")
        if unit
        else Message("Entries of each month, by stage reached")
    )
    source = Message("Source: submissions, by the last day of each entry; as of {day}.", {"day": case.day})
    return (Strips("tempo-months", title, unit, first, last, strips, source),)


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _pace(case: Case) -> tuple[Message, ...]:
    """Return the amounts of the last twelve months: pledged, and fulfilled."""
    series = [found for found in _by_month(case) if found[2]]
    if not series:
        return ()
    since = _months_before(case.day.replace(day=1), 11)
    stage, unit, found = series[0]
    end = next((one for name, _, one in series if name == FULFILLED), {})
    first = _recent(case, since, found, (unit, stage))
    last = _recent(case, since, end, (unit, FULFILLED))
    values: dict[str, Value] = {"since": since, "day": case.day, "first_stage": Message(stage)}
    values |= {"first": first, "last": last}
    if not last.behind:
        text = "{since} to {day}: {first} {first_stage}; no delivery or disbursement reported."
        if not unit:
            text = "{since} to {day}, entries included: {first} ({first_stage}), none delivered or disbursed."
        return (Message(text, values), *_without_value(case, since))
    text = "{since} to {day}: {first} {first_stage}; {last} delivered or disbursed."
    if not unit:
        text = (
            "{since} to {day}, entries included: {first} ({first_stage}) and {last} (delivered or disbursed)."
        )
    return (Message(text, values), *_without_value(case, since))


def _recent(case: Case, since: date, found: dict[date, Number], of: tuple[str, str]) -> Number:
    """Return the total of the months since a day; of: the unit and the stage of the figure."""
    recent = [number for month, number in found.items() if month >= since]
    amount = sum((number.value or Decimal(0) for number in recent), Decimal(0))
    return Number(amount, *of, case.day, joined(*(number.behind for number in recent)))


def _without_value(case: Case, since: date) -> tuple[Message, ...]:
    """Return the number of entries of these months that report a fulfilment without its value."""
    end = case.totals.get(f"{TEMPO}{FULFILLED}")
    months = [one for one in end.unvalued if one.key >= f"{since:%Y-%m}"] if end else []
    ids = joined(*(one.entries for one in months))
    if not ids:
        return ()
    return (
        Message(
            "{count} further entry has no stated value.",
            {"count": Number(Decimal(len(ids)), "", FULFILLED, case.day, ids)},
            "{count} further entries have no stated value.",
            len(ids),
        ),
    )


def _kept(case: Case, found: tuple[Promise, ...]) -> Message:
    if not found:
        return Message("No promised dates submitted. Ask partners to fill the column “promised”.")
    counts: dict[str, Value] = {
        state.replace(" ", "_"): _count(case, [p for p in found if p.state == state], state)
        for state in STATES
    }
    text = (
        "Items by first promised date: on time {on_time}, late {late}, overdue {overdue}, not yet due "
        "{not_yet_due}, no date {without_a_day}."
    )
    return Message(text, counts)


def _count(case: Case, found: list[Promise], what: str) -> Number:
    ids = joined(*(promise.entries for promise in found))
    return Number(Decimal(len(found)), "line", what, case.day, ids)


def _promises_table(case: Case, found: tuple[Promise, ...]) -> Table:
    names = Names(case)
    parties = sorted({promise.party for promise in found})
    rows = tuple(
        (names.party(party), *_row(case, [p for p in found if p.party == party])) for party in parties
    )
    columns = (
        Column(Message("Partner")),
        Column(Message("Line items"), "", "number"),
        *(Column(Message(state), "", "number") for state in STATES),
        Column(Message("Median delay"), "d", "number"),
        Column(Message("On time by the latest promised date"), "", "number"),
    )
    sums: tuple[Value, ...] = (Message("All"), *_row(case, list(found))) if rows else ()
    empty = Message("No promised dates submitted. Ask partners to fill the column “promised”.")
    return Table("promises", Message("Promises by partner"), columns, rows, empty, sums)


def _row(case: Case, found: list[Promise]) -> tuple[Value, ...]:
    by_state = [_count(case, [p for p in found if p.state == state], state) for state in STATES]
    slips = sorted(promise.slip for promise in found if promise.slip is not None)
    middle = (
        Number(Decimal(slips[len(slips) // 2]), "d", "slip", case.day, _slipped(found)) if slips else None
    )
    at_last = _count(case, [p for p in found if p.on_time_at_last], "on time by the last promised day")
    return (_count(case, found, ""), *by_state, middle, at_last)


def _slipped(found: list[Promise]) -> tuple[str, ...]:
    return joined(*(promise.entries for promise in found if promise.slip is not None))


TEMPO_REPORT = Report("tempo", section)
