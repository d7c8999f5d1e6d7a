"""The tables of needs: by good, by need, and those that nobody has validated."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.figures import joined
from konvoi.report.names import Names
from konvoi.report.page import Chance, Column, Message, Number, Share, Table, Value
from konvoi.report.planning.arrivals import needs
from konvoi.report.planning.need_status import PARTS, Served, papers

NO_NEEDS = Message("No needs submitted. Fill the table “needs” of the workbook and submit it.")
ALL_VALIDATED = Message("Every open need is validated.")

_HEADS = {
    "received": Message("Received"),
    "under_way": Message("Under way"),
    "on_time": Message("Planned on time"),
    "late": Message("Planned late"),
    "open": Message("Not covered"),
}
_BY_PLAN = Message(
    "Needed is the sum of the columns to its right. Planned, on time or late: on the planned days, "
    "without delays. Only needs released to this reader are counted."
)
_BY_RATIO = Message("Parts of a piece: counted by the ratio at which other goods serve instead.")
_UNASSIGNED = Message("received, not assigned to a need")
_TO_DO = {
    "requested": Message("Validate the need in the table “needs”; until then it is not planned."),
    "changed": Message("Validate the change in the table “needs”; until then the need is not planned."),
    "deferred": Message("When the need is due again, set its state to validated in the table “needs”."),
}
UNVALIDATED = tuple(_TO_DO)
"""The states of needs that are still asked for and not planned."""


def tables(case: Case, found: tuple[Served, ...]) -> tuple[Table, ...]:
    """Return tables by good, by need, and, where there are any, of the needs not planned as nobody validated
    them.
    """
    waiting = unvalidated(case)
    return (
        _by_good(case, found),
        _by_need(case, found),
        *((_waiting(case, waiting),) if waiting else ()),
    )


def unvalidated(case: Case) -> list[dict[str, object]]:
    """The needs that are asked for, changed or deferred: nothing is planned for them."""
    return needs(case, UNVALIDATED)


def in_parts(quantity: Decimal | None, unit: str) -> bool:
    """Return True if things that are whole are counted in parts, because another good serves at a ratio.

    >>> in_parts(Decimal("157.2"), "piece"), in_parts(Decimal("3.5"), "t"), in_parts(Decimal(3), "piece")
    (True, False, False)
    """
    return quantity is not None and unit in _WHOLE and quantity != quantity.to_integral_value()


_WHOLE = frozenset({"piece", "set", "kit", "round", "pallet", "box", "pair"})


def _note(found: tuple[Served, ...], names: Names) -> Message:
    """Return the note on the figures of both tables."""
    parted = any(
        in_parts(one.part(name), names.unit(str(one.need["good"]))) for one in found for name in PARTS
    )
    told: tuple[Value, ...] = (
        _BY_PLAN,
        *((" ", _BY_RATIO) if parted else ()),
    )
    return Message("{told}", {"told": told})


def _shown(case: Case, found: tuple[Served, ...]) -> tuple[str, ...]:
    """The parts that have a column: what came where papers tell it, what is not shown where there is any."""
    gone = set() if papers(case) else {"received", "under_way"}
    return tuple(part for part in PARTS if part not in gone)


def _numbers(parts: tuple[str, ...], ones: list[Served], unit: str, day: date | None) -> list[Value]:
    """Return the quantity needed, and each part."""
    ids = joined(*(one.ids for one in ones))
    asked = joined(*((f"needs/{one.need['need']}",) for one in ones))
    cells: list[Value] = [Number(sum((s.needed for s in ones), Decimal(0)), unit, "needed", day, asked)]
    for part in parts:
        units = sum((one.part(part) for one in ones), Decimal(0))
        cells.append(Number(units, unit, _STAGE.get(part, ""), day, ids))
    return cells


_STAGE = {"received": "received", "on_time": "planned", "late": "planned"}


def _by_good(case: Case, found: tuple[Served, ...]) -> Table:
    names = Names(case)
    parts = _shown(case, found)
    goods: dict[str, list[Served]] = defaultdict(list)
    for one in found:
        goods[str(one.need["good"])].append(one)
    elsewhere = _received(case)
    rows: list[tuple[Value, ...]] = []
    for good in sorted(goods):
        ones = goods[good]
        unit = names.unit(good)
        numbers = _numbers(parts, ones, unit, case.day)
        if "received" in parts and good in elsewhere and not any(one.received for one in ones):
            # A receipt that names no place of a need is no evidence that nothing was received.
            numbers[1 + parts.index("received")] = _UNASSIGNED
        rows.append((names.good(good), Message(unit), *numbers, _covered(ones)))
    columns = (
        Column(Message("Good")),
        Column(Message("Unit")),
        Column(Message("Needed"), "", "number"),
        *(Column(_HEADS[part], "", "number") for part in parts),
        Column(Message("Received, under way or planned on time"), "%", "number"),
    )
    title = Message("Coverage by good")
    return Table("needs-by-good", title, columns, tuple(rows), NO_NEEDS, note=_note(found, names))


def _received(case: Case) -> frozenset[str]:
    """Return the goods of which any receipt tells."""
    rows = case.entries.filter(pl.col("stage") == Stage.RECEIVED)
    return frozenset(rows["good"].drop_nulls())


def _covered(ones: list[Served]) -> Value:
    """The share that is received, under way or planned on time."""
    asked = sum((one.needed for one in ones), Decimal(0))
    return Share(sum((one.met + one.on_time for one in ones), Decimal(0)) / asked if asked else None)


_OF_A_NEED = (
    Column(Message("Need")),
    Column(Message("Good")),
    Column(Message("Place")),
    Column(Message("Unit")),
    Column(Message("Due date"), "", "day"),
)


def _of_a_need(names: Names, need: Mapping[str, object]) -> tuple[Value, ...]:
    """The cells below _OF_A_NEED."""
    good = str(need["good"])
    due = need["due"]
    return (
        str(need["need"]),
        names.good(good),
        names.site(str(need["site"])),
        Message(names.unit(good)),
        due if isinstance(due, date) else None,
    )


def _by_need(case: Case, found: tuple[Served, ...]) -> Table:
    names = Names(case)
    parts = _shown(case, found)
    outlook = {}
    if case.outlook is not None:
        outlook = {row["need"]: row for row in case.outlook.needs.iter_rows(named=True)}
    rows = tuple(_need_row(names, parts, one, outlook.get(str(one.need["need"]), {})) for one in found)
    columns = (
        *_OF_A_NEED,
        Column(Message("Needed"), "", "number"),
        *(Column(_HEADS[part], "", "number") for part in parts),
        Column(Message("On-time probability")),
        Column(Message("Arrival, 10th percentile"), "", "day"),
        Column(Message("Arrival, 90th percentile"), "", "day"),
    )
    anchors = tuple(f"need-{one.need['need']}" for one in found)
    note = _note(found, names)
    return Table("needs", Message("Coverage by need"), columns, rows, NO_NEEDS, anchors=anchors, note=note)


def _need_row(
    names: Names, parts: tuple[str, ...], one: Served, seen: dict[str, object]
) -> tuple[Value, ...]:
    unit = names.unit(str(one.need["good"]))
    probability = seen.get("on_time")
    first = seen.get("first")
    last = seen.get("last")
    return (
        *_of_a_need(names, one.need),
        *_numbers(parts, [one], unit, None),
        Chance(probability) if isinstance(probability, float) else _unsure(one),
        first if isinstance(first, date) else None,
        last if isinstance(last, date) else None,
    )


def _unsure(one: Served) -> Message:
    """Return the reason for which there is no chance to tell."""
    if one.arrivals:
        return Message("not known")
    return Message("no remaining quantity") if one.met == one.needed else Message("nothing planned")


def _waiting(case: Case, waiting: list[dict[str, object]]) -> Table:
    """Needs that are not planned because nobody validated them, and what is to be done."""
    names = Names(case)
    columns = (
        *_OF_A_NEED,
        Column(Message("Requested"), "", "number"),
        Column(Message("State")),
        Column(Message("Action")),
    )
    rows = tuple(_waiting_row(names, need) for need in waiting)
    anchors = tuple(f"need-{need['need']}" for need in waiting)
    title = Message("Needs not validated (not planned)")
    return Table("needs-unvalidated", title, columns, rows, ALL_VALIDATED, anchors=anchors)


def _waiting_row(names: Names, need: dict[str, object]) -> tuple[Value, ...]:
    quantity = need["quantity"]
    unit = names.unit(str(need["good"]))
    state = str(need["state"])
    asked = quantity if isinstance(quantity, Decimal) else None
    return (
        *_of_a_need(names, need),
        Number(asked, unit, "needed", None, (f"needs/{need['need']}",)),
        Message("{state}: not validated, not planned", {"state": Message(state)}),
        _TO_DO[state],
    )
