"""The basis of a brief's totals: rows summed by source, rules of drawing, rates, and values left out."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from konvoi.ledger.answer import Total
from konvoi.ledger.units import FULFILLED
from konvoi.report.case import Case
from konvoi.report.ledger.figures import FUNNEL, MIXED, QUANTITY, Step, stage_name, steps
from konvoi.report.names import Names
from konvoi.report.page import Column, Message, Number, Table, Value

VARIANTS = {
    "konvoi": Message("Konvoi tables"),
    "kiel": Message("Kiel tracker"),
    "fts": Message("FTS"),
    "iati": Message("IATI, reported by providers"),
    "iati-secondary": Message("IATI, reported by others about providers"),
    "iati-receiver": Message("IATI, as receivers report"),
}
"""Whose meaning of a stage an entry has, in words."""

LEVELS = {
    "package": Message("packages by their own value, otherwise by their items"),
    "lines": Message("items only"),
    "both": Message("packages and items"),
}
FUNDS = {
    "none": Message("contributions of a fund counted at the fund"),
    "members": Message("what a fund gave at its members"),
    "on top": Message("what a fund gave at the fund and at its members"),
}
STATED = "as stated by the source"
_DAY = r"(\d{4}-\d{2}-\d{2})"
_DAYS = re.compile(rf"(.+) {_DAY}(?: to {_DAY} \((\d+) days\))?")
_SEVERAL = re.compile(r"(.+) \((\d+) rates\)")
_EMPTY = Message("No amounts submitted. Add submissions with konvoi add, then run konvoi run.")


def mixing(case: Case, found: Iterable[Step]) -> tuple[Message, ...]:
    """The sentence that names the sources which mean different things by a stage, where totals add them."""
    names = sorted({name for step in found if len(step.total.variants) > 1 for name in step.total.variants})
    if len(names) < 2:
        return ()
    text = (
        "The totals combine sources that define stages differently: {sources}. Amounts by source: “{table}”."
    )
    values: dict[str, Value] = {
        "sources": listed([variant(name) for name in names], "; "),
        "table": Message("Basis of totals"),
    }
    return (Message(text, values),)


def variant(name: str) -> Value:
    """Return the party whose meaning of a stage it is, in words; of several joined by +, each."""
    return listed([Message(one) for one in variant_ids(name)], " + ")


def variant_ids(name: str) -> tuple[str, ...]:
    """The message ids of a variant, or of several joined by +."""
    return tuple(VARIANTS[one].id if one in VARIANTS else one for one in name.split(" + "))


def basis(case: Case) -> Table:
    """One row for each total of amounts, one for all quantities; the note says how they are drawn."""
    found = steps(case, FUNNEL)
    goods = [total for name, total in sorted(case.totals.items()) if name.startswith(QUANTITY)]
    rows = (*(_row(case, step) for step in found), *([_goods_row(case, goods)] if goods else ()))
    columns = (
        Column(Message("Total")),
        Column(Message("Records summed")),
        Column(Message("Rates")),
        Column(Message("Entries included"), "", "number"),
        Column(Message("Excluded entries, with reason")),
    )
    note = _ways(case, [step.total for step in found], goods) if rows else None
    return Table("basis", Message("Basis of totals"), columns, rows, _EMPTY, note=note)


def _ways(case: Case, amounts: list[Total], goods: list[Total]) -> Message:
    """Return the rules of drawing totals: boundary, level, where funds are shown, rule of delivery."""
    ways = [
        Message("{what}: {drawn}.", {"what": what, "drawn": listed(_distinct(case, totals), " / ")})
        for what, totals in ((Message("Amounts"), amounts), (Message("Quantities"), goods))
        if totals
    ]
    return Message("{both}", {"both": listed(ways, " ")})


def _distinct(case: Case, totals: list[Total]) -> list[Value]:
    """Each way in which some of these totals are drawn, once, in their order."""
    found: list[Value] = []
    for total in totals:
        drawn = _drawn(case, total)
        found += [] if drawn in found else [drawn]
    return found


def mixed_goods(case: Case, names: Names) -> Table:
    """Return the part of each source in the quantities of goods that several sources report."""
    rows: list[tuple[Value, ...]] = []
    for name, total in sorted(case.totals.items()):
        if name.startswith(f"{MIXED}quantity/"):
            good, _, stage = name.removeprefix(f"{MIXED}quantity/").rpartition("/")
            rows.append(
                (names.good(good), stage_name(stage), _whole(case, total), _summed(case, total, total))
            )
    columns = (
        Column(Message("Good")),
        Column(Message("Stage")),
        Column(Message("quantity"), "", "number"),
        Column(Message("Records summed")),
    )
    title = Message("Goods with quantities from several sources")
    return Table("basis-goods", title, columns, tuple(rows), _EMPTY)


def _row(case: Case, step: Step) -> tuple[Value, ...]:
    total = step.total
    used = Number(
        Decimal(total.used), "", step.stage, behind=total.entries, to="" if total.entries else "entries"
    )
    named = {"stage": stage_name(step.stage)}
    reach = Message("at least {stage}", named) if not (total.exact or step.stage == FULFILLED) else None
    return (
        reach or stage_name(step.stage),
        _summed(case, total, case.totals.get(f"{MIXED}amount/{step.stage}")),
        listed([rate(name) for name in total.rates], "; "),
        used,
        listed(
            [Message("{reason}: {count}", {"reason": Message(why), "count": n}) for why, n in total.unused],
            "; ",
        ),
    )


def rate(name: str) -> Value:
    """A rate as a total names it, its days and its number in words of the reader."""
    days = _DAYS.fullmatch(name)
    if days is None:
        several = _SEVERAL.fullmatch(name)
        if several is None:
            return Message(name) if name == STATED else name
        count = int(several[2])
        values: dict[str, Value] = {"source": Message(several[1]), "count": count}
        return Message("{source} ({count} rate)", values, "{source} ({count} rates)", count)
    source, first, last, number = days.groups()
    try:
        told: dict[str, Value] = {"source": source, "first": date.fromisoformat(first)}
        if last is None:
            return Message("{source}, {first}", told)
        told |= {"last": date.fromisoformat(last), "count": int(number)}
    except ValueError:
        return name
    return Message(
        "{source}, {first} to {last} ({count} day)",
        told,
        "{source}, {first} to {last} ({count} days)",
        int(number),
    )


def _goods_row(case: Case, goods: list[Total]) -> tuple[Value, ...]:
    """All quantities together: they are drawn alike, good by good."""
    variants = sorted({name for total in goods for name in total.variants})
    entries = tuple(sorted({entry for total in goods for entry in total.entries}))
    return (
        Message("quantities by good"),
        listed([variant(name) for name in variants], "; "),
        "",
        Number(Decimal(len(entries)), "", "", case.day, entries),
        "",
    )


def _summed(case: Case, total: Total, mixed: Total | None) -> Value:
    """Return the part of each variant; of a total of one variant its name alone."""
    if mixed is None or not mixed.by:
        return listed([variant(name) for name in total.variants], "; ")
    parts = [
        Message(
            "{source}: {figure}",
            {
                "source": variant(part.key),
                "figure": Number(part.value, mixed.unit, mixed.stage, case.day, part.entries),
            },
        )
        for part in mixed.by
    ]
    return listed(parts, "; ")


def _drawn(case: Case, total: Total) -> Value:
    """Boundary, level, where funds are shown, and the rule of delivery."""
    parts: list[Value] = [_boundary(case, total), LEVELS[total.level]]
    if total.level != "lines":
        parts.append(FUNDS[total.attribute])
    if total.rule:
        parts.append(Message("delivered: {rule}", {"rule": Message(total.rule)}))
    return listed(parts, "; ")


def _boundary(case: Case, total: Total) -> Value:
    """The boundary in words, the recipient by its name."""
    if total.boundary == f"coalition → {case.recipient}":
        return Message("coalition → {recipient}", {"recipient": Names(case).party(case.recipient)})
    return Message(total.boundary) if total.boundary == "all submissions" else total.boundary


def _whole(case: Case, total: Total) -> Number:
    return Number(total.value, total.unit, total.stage, case.day, total.entries)


def listed(values: Iterable[Value], separator: str) -> Value:
    """Values one after another, a separator between them."""
    between: list[Value] = []
    for value in values:
        between += [separator, value]
    return tuple(between[1:])
