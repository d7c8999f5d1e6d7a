"""One reader's orders: its weeks, its consignments with their cells, conflicts and changes first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cached_property

from konvoi.report.names import Names
from konvoi.report.orders.view import Issue, Reader, View
from konvoi.report.orders.wording import NOT_SHOWN, NOT_STATED, OF_THE_NEED, Row, Wording, days
from konvoi.report.page import Message, Number, Value

Lines = tuple[Value, ...]
"""The lines of one cell, in order."""

SMALL = "ID "
"""What stands before words in small print."""

HEADS = (
    "Consignment",
    "Goods",
    "Load",
    "Hazard",
    "Pick-up",
    "Way",
    "Consignee",
    "Papers",
)
"""The columns of the printed sheet; each cell has several lines."""

KINDS = {
    "partner": Message("Orders for the partner {reader}"),
    "hub": Message("Orders for the hub {reader}"),
    "carrier": Message("Orders for the carrier {reader}"),
    "consignee": Message("Orders for the consignee {reader}"),
}


@dataclass(frozen=True)
class Item:
    """A consignment on a sheet of a week, with the numbers of the legs that the reader has to do with."""

    row: Row
    legs: tuple[int, ...]
    day: date


@dataclass(frozen=True)
class Sheet:
    """One reader's orders. weeks: by Monday. gone: ids of its consignments that the last issue had."""

    issue: Issue
    reader: Reader
    view: View
    marking: Message
    weeks: Mapping[date, Sequence[Item]]
    gone: tuple[str, ...] = ()
    conflicts: tuple[Row, ...] = ()

    @cached_property
    def wording(self) -> Wording:
        """Words for what the reader may see."""
        return Wording(self.issue, self.view)

    @cached_property
    def mine(self) -> frozenset[str]:
        """The ids of all consignments on the sheets."""
        return frozenset(str(item.row["consignment"]) for items in self.weeks.values() for item in items)

    @property
    def title(self) -> Message:
        """The title of the sheet, with its reader."""
        names = Names(self.issue.case)
        reader: Value = (
            names.site(self.reader.id) if self.reader.kind == "hub" else names.party(self.reader.id)
        )
        return Message(KINDS[self.reader.kind].id, {"reader": reader})

    @property
    def totals(self) -> tuple[int, int]:
        """The number of consignments and of weeks."""
        return len(self.mine), len(self.weeks)


def cell(wording: Wording, item: Item, at: int) -> Lines:
    """One cell of a consignment, by its place in HEADS."""
    row = item.row
    name = str(item.row["consignment"])
    match HEADS[at]:
        case "Consignment":
            lines = (*changed(wording, name), *_lines(wording, row), *_small(wording, name))
            return (wording.issue.number(name), *lines)
        case "Goods":
            return goods(wording, row)
        case "Load":
            return load(row)
        case "Hazard":
            return danger(row)
        case "Pick-up":
            return _pickup(wording, row)
        case "Way":
            return way(wording, row, item.legs, lambda one: leg(wording, one))
        case "Consignee":
            return _consignee(wording, row)
    return papers(wording, name)


def _small(wording: Wording, name: str) -> Lines:
    """Its id in small print, where that is another than its number."""
    return () if wording.issue.number(name) == name else ((SMALL, name),)


def changed(wording: Wording, name: str) -> Iterator[Value]:
    """Yield the differences of a consignment from the last issue, as far as the reader may know."""
    need = wording.issue.rows[name]["need"]
    for row in wording.issue.changes.get(name, ()):
        if row["field"] not in OF_THE_NEED or wording.view.may("needs", need):
            yield ("▲ ", wording.change(row))


def _lines(wording: Wording, row: Row) -> Lines:
    """The partner's line or the budget, the need, the sender."""
    line = row["line"] or row["offer"] or row["budget"] or ""
    need = str(row["need"]) if wording.view.may("needs", row["need"]) else NOT_SHOWN
    return (
        Message("line {line}", {"line": str(line) if wording.view.sender(row) else NOT_SHOWN}),
        Message("need {need}", {"need": need}),
    )


def goods(wording: Wording, row: Row) -> Lines:
    """Return the good and its quantity."""
    good = str(row["good"])
    quantity = row["quantity"]
    figure = Number(quantity if isinstance(quantity, Decimal) else None, str(row["unit"] or ""))
    return (wording.names.good(good), figure)


def load(row: Row) -> Lines:
    """Gross weight, volume and whole pallets; what the catalogue does not state is said to be so."""
    return (
        _measure("gross {amount}", row["gross_kg"], "kg"),
        _measure("volume {amount}", row["volume_m3"], "m³"),
        _measure("pallet places {amount}", whole(row["pallets"]), ""),
    )


def whole(pallets: object) -> object:
    """Pallets as they take places: a part of one takes a whole place.

    >>> whole(Decimal("108.96")), whole(Decimal(2)), whole(None)
    (Decimal('109'), Decimal('2'), None)
    """
    return pallets.to_integral_value(ROUND_CEILING) if isinstance(pallets, Decimal) else pallets


def danger(row: Row) -> Lines:
    """Hazard class and net explosive quantity, never guessed."""
    stated = str(row["hazard"]) if row["hazard"] else NOT_STATED
    return (Message("class {hazard}", {"hazard": stated}), _measure("NEQ {amount}", row["neq_kg"], "kg"))


def _measure(id: str, amount: object, unit: str) -> Message:
    known = Number(amount, unit) if isinstance(amount, Decimal) else NOT_STATED
    return Message(id, {"amount": known})


def _pickup(wording: Wording, row: Row) -> Lines:
    """Days, planned day, place, and whom to call there."""
    desk = wording.desk(row["party"]) if wording.view.sender(row) else NOT_SHOWN
    window = days(row["pickup_from"], row["pickup_to"])
    supplier: Lines = (wording.party(row["supplier"]),) if row["supplier"] else ()
    planned = Message("planned {day}", {"day": day_of(row["departs"])})
    narrow = row["pickup_from"] == row["pickup_to"]
    return (window, *(() if narrow else (planned,)), wording.site(row["from"]), *supplier, desk)


def way(wording: Wording, row: Row, mine: Sequence[int], said: Callable[[Row], Value]) -> Lines:
    """The legs, each with mode, days and carrier, and the crossing."""
    legs = shown_legs(wording, row, mine)
    if not legs:
        return (
            (Message("no leg: it lies where it is needed"),)
            if not wording.issue.legs.get(str(row["consignment"]))
            else (NOT_SHOWN,)
        )
    crossing: Lines = ()
    if row["crossing"]:
        places = tuple(wording.site(one) for one in str(row["crossing"]).split("; "))
        crossing = (Message("border at {place}", {"place": places}),)
    return (*(said(one) for one in legs), *crossing)


def shown_legs(wording: Wording, row: Row, mine: Sequence[int]) -> list[Row]:
    """The legs that the reader has to do with; where the need may not be shown, not those that lead to it."""
    legs = [one for one in wording.issue.legs.get(str(row["consignment"]), ()) if one["leg"] in mine]
    if not wording.view.may("needs", row["need"]):
        legs = [one for one in legs if one["to"] != row["to"]]
    return list(legs)


def leg(wording: Wording, one: Row) -> Value:
    """One leg."""
    values: dict[str, Value] = {
        "leg": str(one["leg"]),
        "mode": Message(str(one["mode"] or "not stated")),
        "from": wording.site(one["from"]),
        "to": wording.site(one["to"]),
        "departs": day_of(one["departs"]),
        "arrives": day_of(one["arrives"]),
    }
    route = Message("{leg}. {from} → {to}, {mode}, {departs} – {arrives}", values)
    count = one.get("vehicles")
    loaded = (", ", _vehicles(str(one["mode"]), count)) if isinstance(count, int) else ()
    carried = (", ", wording.desk(one["carrier"])) if one["carrier"] else ()
    return (route, *loaded, *carried) if loaded or carried else route


def _vehicles(mode: str, count: int) -> Message:
    """Return the number of lorries, wagons or containers."""
    words: dict[str, Value] = {"count": Decimal(count)}
    match mode:
        case "road":
            return Message("{count} lorry", words, "{count} lorries", count)
        case "rail":
            return Message("{count} wagon", words, "{count} wagons", count)
    return Message("{count} container", words, "{count} containers", count)


def _consignee(wording: Wording, row: Row) -> Lines:
    """Return the consignee, the site, the day of arrival, and the due day."""
    if not wording.view.may("needs", row["need"]):
        return (NOT_SHOWN,)
    return (
        wording.party(row["consignee"]),
        wording.site(row["to"]),
        Message("there on {day}", {"day": day_of(row["arrives"])}),
        Message("due {day}" if row["on_time"] else "due {day}: late", {"day": day_of(row["due"])}),
        wording.desk(row["consignee"]),
    )


def papers(wording: Wording, name: str) -> Lines:
    """The papers, those that are missing first."""
    found = [one for one in wording.issue.papers.get(name, ()) if wording.view.may("approvals", one["paper"])]
    missing = [(("✗ ", wording.paper(one))) for one in found if one["missing"]]
    there = [(("✓ ", wording.paper(one))) for one in found if not one["missing"]]
    return (*missing, *there) or (Message("none recorded"),)


def day_of(value: object) -> Value:
    """A day, or that it is not known."""
    return value if isinstance(value, date) else NOT_STATED
