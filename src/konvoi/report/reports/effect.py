"""The effect of the support: needs served in time, two lines of effect, goods per head by oblast."""

from collections.abc import Sequence
from decimal import Decimal

from konvoi.report.case import Case
from konvoi.report.forecast.in_time import (
    ZERO,
    Financing,
    KitMonths,
    Month,
    PerHead,
    before_and_after,
    disbursed,
    financing,
    kits,
    months,
    per_head,
)
from konvoi.report.ledger.figures import joined
from konvoi.report.page import Bar, Bars, Column, Message, Number, Section, Share, Table, Value
from konvoi.report.planning.need_status import papers
from konvoi.report.report import Report

NO_NEEDS = Message("Not computed: no validated need has a due date.")
NO_KITS = Message("Not computed: no validated need requests a kit.")
NO_MONEY = Message("No financing need reported (table financing_needs).")
NO_OBLAST = Message(
    "Civil goods per person: not computed; no need for civil goods has a site with an oblast."
)


def section(case: Case) -> Section:
    """Coverage in time, the two lines of effect, and civil goods by oblast."""
    due = months(case)
    made = kits(case)
    money = financing(case)
    heads = per_head(case)
    return Section(
        "effect",
        Message("Effect of the support"),
        (
            *_timely(case, due),
            _defence(case, made),
            *_economy(case, money),
            *_least(case, heads),
        ),
        _charts(case, due),
        (_months(case, due), _kits(case, made), _money(case, money), _heads(case, heads)),
    )


def _worth(case: Case, due: Sequence[Month], value: Decimal, stage: str = "needed") -> Number:
    return Number(value, "", stage, case.day, joined(*(one.ids for one in due)))


def _timely(case: Case, due: Sequence[Month]) -> tuple[Message, ...]:
    if not due:
        return (NO_NEEDS,)
    past, coming = before_and_after(case)
    found = []
    if past.needed and not papers(case):
        found.append(Message("No receipts submitted: timely coverage cannot be computed."))
    elif past.needed:
        values: dict[str, Value] = {
            "share": Share(past.in_time / past.needed, "received"),
            "late": Share(past.late / past.needed, "received"),
            "day": case.day,
        }
        text = "Needs due by {day}, by value: {share} received by the due date, {late} received later."
        found.append(Message(text, values))
    if coming.needed and case.plan is not None:
        values = {
            "planned": Share((coming.in_time + coming.planned) / coming.needed),
            "expected": Share((coming.in_time + coming.expected) / coming.needed),
        }
        text = "Later needs: {planned} received or planned by the due date; {expected} with forecast delays."
        found.append(Message(text, values))
    return tuple(found)


def _defence(case: Case, made: Sequence[KitMonths]) -> Message:
    own = [kit for kit in made if kit.military]
    if not own:
        return NO_KITS
    ids = joined(*(kit.ids for kit in own))
    if not papers(case):
        asked = Number(Decimal(sum(kit.asked for kit in own)), "", "needed", case.day, ids)
        text = (
            "Defence: {asked} kits requested; no dispatches or receipts submitted, so usable kits "
            "cannot be computed."
        )
        return Message(text, {"asked": asked})
    values: dict[str, Value] = {
        "whole": Number(Decimal(sum(kit.whole for kit in own)), "", "handed over", case.day, ids),
        "asked": Number(Decimal(sum(kit.asked for kit in own)), "", "needed", case.day, ids),
    }
    text = "Defence: {whole} of {asked} requested kits handed over complete and usable."
    return Message(text, values)


def _economy(case: Case, money: Sequence[Financing]) -> tuple[Message, ...]:
    unit = next((one.currency for one in money), "")
    known = [one for one in money if one.disbursed is not None and one.first <= case.day]
    if not money:
        return (NO_MONEY,)
    if not known:
        text = (
            "Economy: the stated need for money is in another currency than the totals; "
            "they are not compared."
        )
        return (Message(text),)
    ids = joined(*(one.ids for one in known))
    paid = sum((one.disbursed or ZERO for one in known), ZERO)
    needed = sum((one.needed for one in known), ZERO)
    values: dict[str, Value] = {
        "paid": Number(paid, unit, "disbursed", case.day, ids),
        "needed": Number(needed, unit, "needed", case.day, ids),
        "share": Share(paid / needed if needed else None),
    }
    text = "Economy: {paid} disbursed of a stated need of {needed} in the periods started so far ({share})."
    return (Message(text, values),)


def _least(case: Case, heads: Sequence[PerHead]) -> tuple[Message, ...]:
    if not heads:
        return (NO_OBLAST,)
    if not papers(case):
        text = "No receipts submitted: civil goods received by oblast cannot be computed."
        return (Message(text),)
    first = heads[0]
    values: dict[str, Value] = {"oblast": first.oblast.name, "share": Share(first.share, "received")}
    text = "Lowest coverage: {oblast}, {share} of requested civil goods received."
    return (Message(text, values),)


def _charts(case: Case, due: Sequence[Month]) -> tuple[Bars, ...]:
    if not due or not papers(case):
        return ()
    bars = []
    for one in due:
        needed = Number(one.needed, "", "needed", case.day, one.ids)
        levels = (
            (Number(one.in_time + one.planned, "", "planned", case.day, one.ids), 1),
            (Number(one.in_time, "", "received", case.day, one.ids), 5),
        )
        label = Message("due in {month}", {"month": f"{one.month:%Y-%m}"})
        bars.append(Bar(label, levels, needed))
    title = Message("Validated needs by the month in which they are due, by value")
    caption = "Dark: received by the due date; light: planned by the due date; outline: needed. As of {day}."
    return (Bars("effect-months", title, "", tuple(bars), Message(caption, {"day": case.day})),)


def _months(case: Case, due: Sequence[Month]) -> Table:
    heads = (
        *(Message("Needed, by value"), Message("Received by the due date"), Message("Received later")),
        *(Message("Of which without a date"), Message("Still open"), Message("Planned by the due date")),
        Message("Expected by the due date"),
    )
    shown = papers(case)
    unknown = Message("not known")

    def row(one: Month) -> tuple[Value, ...]:
        came = (one.in_time, one.late, one.no_day)
        told: tuple[Value, ...] = tuple(_worth(case, [one], value, "received") for value in came)
        rest = tuple(_worth(case, [one], value, "planned") for value in (one.planned, one.expected))
        first = (one.month, _worth(case, [one], one.needed))
        open_ = _worth(case, [one], one.open, "gap")
        share = Share(one.in_time / one.needed if one.needed else None)
        return (
            *first,
            *(told if shown else (unknown,) * 3),
            open_,
            *(rest if case.plan is not None else (Message("no plan"),) * 2),
            share if shown else unknown,
        )

    columns = (
        Column(Message("Due in"), "", "month"),
        *(Column(head, "", "number") for head in heads),
        Column(Message("Covered on time"), "%", "number"),
    )
    title = Message("Needs covered by the due date")
    note = Message("By value: quantity × weight of the need, as in the plan.")
    return Table("effect-months-table", title, columns, tuple(row(one) for one in due), NO_NEEDS, note=note)


def _kits(case: Case, made: Sequence[KitMonths]) -> Table:
    shown = papers(case)
    columns = (
        Column(Message("Kit")),
        Column(Message("Military")),
        Column(Message("By")),
        Column(Message("Handed over complete"), "", "number"),
        Column(Message("Requested"), "", "number"),
    )
    rows = tuple(
        (
            kit.name,
            Message("yes") if kit.military else Message("no"),
            day,
            Number(Decimal(count), "", "handed over", day, kit.ids) if shown else Message("not known"),
            Number(Decimal(kit.asked), "", "needed", case.day, kit.ids),
        )
        for kit in made
        for day, count in (kit.by_day or ((case.day, 0),))
    )
    title = Message("Defence: usable kits handed over")
    return Table("effect-kits", title, columns, rows, NO_KITS)


def _money(case: Case, money: Sequence[Financing]) -> Table:
    title = Message("Economy: financing available and stated need")
    if not money:
        return _by_month(case, title)
    unit = money[0].currency
    columns = (
        Column(Message("First day"), "", "day"),
        Column(Message("Last day"), "", "day"),
        Column(Message("Stated need"), unit, "number"),
        Column(Message("disbursed"), unit, "number"),
        Column(Message("share"), "%", "number"),
    )
    rows = tuple(
        (
            one.first,
            one.last,
            Number(one.needed, one.currency, "needed", one.last, one.ids),
            Number(one.disbursed, one.currency, "disbursed", case.day, one.ids),
            Share(one.disbursed / one.needed if one.disbursed is not None and one.needed else None),
        )
        for one in money
    )
    return Table("effect-money", title, columns, rows, NO_MONEY)


def _by_month(case: Case, title: Message) -> Table:
    """Return the amounts disbursed by month, where nobody states a need."""
    found = disbursed(case)
    unit = case.totals["tempo/amount/disbursed"].unit if found else ""
    columns = (
        Column(Message("Month"), "", "month"),
        Column(Message("Stated need")),
        Column(Message("disbursed"), unit, "number"),
    )
    rows = tuple(
        (month, Message("not known"), Number(value, unit, "disbursed", month, ids))
        for month, (value, ids) in found.items()
    )
    return Table("effect-money", title, columns, rows, NO_MONEY)


def _heads(case: Case, heads: Sequence[PerHead]) -> Table:
    shown = papers(case)
    columns = (
        Column(Message("Oblast")),
        Column(Message("People"), "", "number"),
        Column(Message("Needed, by value"), "", "number"),
        Column(Message("Received, by value"), "", "number"),
        Column(Message("Received of the need"), "%", "number"),
        Column(Message("Received for 1,000 people"), "kg", "number"),
    )
    unknown = Message("not known")
    rows = tuple(
        (
            one.oblast.name,
            one.oblast.people if one.oblast.people is not None else unknown,
            Number(one.needed, "", "needed", case.day, one.ids),
            Number(one.received, "", "received", case.day, one.ids) if shown else unknown,
            Share(one.share) if shown else unknown,
            Number(round(one.per_thousand, 1), "kg", "received", case.day, one.ids)
            if shown and one.per_thousand is not None
            else unknown,
        )
        for one in heads
    )
    title = Message("Civil goods received by oblast, lowest coverage first")
    note = Message(
        "People at the start of 2022: data set of hromadas of the KSE Institute (MIT licence); "
        "of the city of Kyiv: its statistical office."
    )
    return Table("effect-oblasts", title, columns, rows, NO_OBLAST, note=note if rows else None)


EFFECT_REPORT = Report("effect", section)
