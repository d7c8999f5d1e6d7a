"""Support still to come: the number of open lines that will have arrived by each day, and those that never
will.
"""

from collections.abc import Sequence
from decimal import Decimal

from konvoi.forecast.ends import FEWEST_ENDED, Never, interval, never
from konvoi.ledger.units import owned
from konvoi.report.case import Case
from konvoi.report.forecast.coming import learnt_from
from konvoi.report.forecast.prospects import DAYS, Prospect, prospects
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Section, Share, Table, Value
from konvoi.report.report import Report

NONE = Message("Not computed: no open item has a channel and a date.")
_NOTE = Message(
    "Range: 80 % interval, items assumed independent; common causes of delay widen it. Items without a "
    "forecast are not included."
)
_NEVER_NOTE = Message(
    "Computed for kinds with at least {few} completed items. Bounds: 80 % interval of the share withdrawn.",
    {"few": FEWEST_ENDED},
)


def section(case: Case) -> Section:
    """Open lines by kind with their forecast; what of them will never come."""
    found = prospects(case)
    ledger = case.ledger
    lost = never(owned(ledger.entries, ledger.owners))
    return Section(
        "prospect",
        Message("Outlook for open line items"),
        (*_answer(case, found), *_never_answer(case, lost)),
        (),
        (_table(case, found), _never_table(case, lost)),
    )


def _answer(case: Case, found: Sequence[Prospect]) -> tuple[Message, ...]:
    if not found:
        return (NONE,)
    every = Number(Decimal(sum(one.lines for one in found)), "line", "", case.day, _ids(found))
    told = sum(one.told for one in found)
    values: dict[str, Value] = {"lines": every, "told": told}
    if not told:
        text = "Not yet delivered: {lines}. Arrival forecast: not computed (too few completed cases)."
        return (Message(text, values),)
    expected, low, high = interval([chances[1] for one in found for chances in one.chances])
    values |= {"expected": Decimal(str(round(expected, 1))), "low": low, "high": high, "days": DAYS[1]}
    text = (
        "Not yet delivered: {lines}; with a forecast: {told}. Expected to arrive within {days} days: "
        "{expected} (range {low}–{high})."
    )
    learnt = [pair for one in found for pair in one.learnt]
    by_plan = told - sum(wait.basis is not None for wait, _ in learnt)
    return (Message(text, values), *_by_plan(case, found, by_plan), *learnt_from(case.day, learnt))


def _by_plan(case: Case, found: Sequence[Prospect], count: int) -> tuple[Message, ...]:
    """Return the number of lines whose days the plan gives."""
    if not count:
        return ()
    ids = tuple(sorted({entry for one in found for entry in one.told_entries}))
    lines = Number(Decimal(count), "line", "", case.day, ids)
    return (Message("Delivery dates taken from the plan: {lines}.", {"lines": lines}),)


def _ids(found: Sequence[Prospect]) -> tuple[str, ...]:
    return tuple(sorted({entry for one in found for entry in one.entries}))


def _never_answer(case: Case, lost: Sequence[Never]) -> tuple[Message, ...]:
    known = [one for one in lost if one.share is not None]
    if not lost:
        return ()
    if not known:
        text = "Withdrawal rate: not computed; no kind has {few} completed items."
        return (Message(text, {"few": FEWEST_ENDED}),)
    names = Names(case)
    return tuple(
        Message(
            "Withdrawal rate, {kind}: {share} of {ended} completed items (80 % interval {low} to {high}).",
            {
                "kind": names.kind(one.kind),
                "ended": one.ended,
                "share": _share(one.share),
                "low": _share(one.low),
                "high": _share(one.high),
            },
        )
        for one in known
    )


def _share(value: float | None) -> Share:
    return Share(None if value is None else Decimal(str(round(value, 4))))


def _table(case: Case, found: Sequence[Prospect]) -> Table:
    names = Names(case)
    columns = [Column(Message("Kind")), Column(Message("Open items"), "", "number")]
    columns.append(Column(Message("With a forecast"), "", "number"))
    for days in DAYS:
        columns.append(Column(Message("Arrival within {days} days", {"days": days}), "", "number"))
        columns.append(Column(Message("range, {days} days", {"days": days})))
    rows = []
    for one in found:
        cells: list[Value] = [
            names.kind(one.kind),
            Number(Decimal(one.lines), "line", "", case.day, one.entries),
            Number(Decimal(one.told), "line", "", case.day, one.told_entries),
        ]
        for expected, low, high in one.by:
            if not one.told:
                cells += [Message("no basis"), Message("no basis")]
                continue
            value = Decimal(str(round(expected, 1)))
            cells += [Number(value, "line", "", case.day, one.told_entries), f"{low}–{high}"]
        rows.append(tuple(cells))
    title = Message("Open items by forecast arrival")
    return Table("prospect-table", title, tuple(columns), tuple(rows), NONE, note=_NOTE if rows else None)


def _never_table(case: Case, lost: Sequence[Never]) -> Table:
    names = Names(case)
    heads = (Message("Arrived"), Message("Withdrawn"), Message("Still open"))
    columns = (
        Column(Message("Kind")),
        *(Column(head, "", "number") for head in heads),
        *(Column(head, "%", "number") for head in _NEVER_HEADS),
    )
    basis = Message("no basis")
    rows = tuple(
        (
            names.kind(one.kind),
            *(one.arrived, one.withdrawn, one.open),
            *(basis if value is None else _share(value) for value in (one.share, one.low, one.high)),
        )
        for one in lost
    )
    title = Message("Withdrawal rates")
    return Table("never-table", title, columns, rows, NONE, note=_NEVER_NOTE if rows else None)


_NEVER_HEADS = (Message("Withdrawal rate"), Message("Lower bound (80 %)"), Message("Upper bound (80 %)"))

PROSPECT_REPORT = Report("prospect", section)
