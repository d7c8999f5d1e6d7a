"""The assignment of orders to readers: the sheets of all readers of an issue."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from konvoi.kit.days import monday
from konvoi.model.markings import COALITION, PUBLIC
from konvoi.report.names import Names
from konvoi.report.orders.sheet import Item, Sheet
from konvoi.report.orders.view import Issue, Reader, View
from konvoi.report.page import Message


@dataclass
class Binding:
    """The sheets of an issue. audience: empty for all readers, public, coalition, or one reader's id."""

    issue: Issue
    audience: str = ""

    def sheets(self) -> Iterator[Sheet]:
        """The orders of each reader, by kind and id."""
        for reader in self.readers:
            if self.audience in ("", PUBLIC, COALITION, reader.id):
                yield self.sheet(reader)

    @cached_property
    def readers(self) -> list[Reader]:
        """All readers that have a consignment now, or had one in the last issue."""
        found = [*self.issue.orders.calls.select("kind", "reader").iter_rows(), *self._former]
        order = {"partner": 0, "hub": 1, "carrier": 2, "consignee": 3}
        return [Reader(*one) for one in sorted(set(found), key=lambda one: (order[one[0]], one))]

    @cached_property
    def _former(self) -> dict[tuple[str, str], list[str]]:
        """The consignments of the last issue that are gone, by reader."""
        found: dict[tuple[str, str], list[str]] = {}
        gone = {name for name, rows in self.issue.changes.items() if rows[0]["change"] in ("dropped", "past")}
        if self.issue.gone.is_empty():
            return found
        for kind, reader, name in (
            self.issue.gone.select("kind", "reader", "consignment").unique().iter_rows()
        ):
            if name in gone:
                found.setdefault((kind, reader), []).append(name)
        return found

    @cached_property
    def _items(self) -> dict[tuple[str, str], dict[date, list[Item]]]:
        found: dict[tuple[str, str], dict[date, list[Item]]] = {}
        for call in self.issue.orders.calls.iter_rows(named=True):
            row = self.issue.rows[call["consignment"]]
            legs = tuple(call["legs"])
            item = Item(row, legs, self._day(call, row, legs))
            weeks = found.setdefault((call["kind"], call["reader"]), {})
            weeks.setdefault(call["week"], []).append(item)
        return found

    def _day(self, call: dict[str, object], row: dict[str, object], legs: tuple[int, ...]) -> date:
        """The first day of the week on which the reader has to do with a consignment."""
        kind = call["kind"]
        name = str(call["consignment"])
        if kind == "partner":
            days = [row["departs"]]
        elif kind == "consignee":
            days = [row["arrives"]]
        else:
            mine = [leg for leg in self.issue.legs[name] if leg["leg"] in legs]
            days = [leg["departs"] for leg in mine if kind == "carrier" or leg["from"] == call["reader"]]
            days += [leg["arrives"] for leg in mine if kind == "hub" and leg["to"] == call["reader"]]
        return min(day for day in days if isinstance(day, date) and monday(day) == call["week"])

    @cached_property
    def everything(self) -> dict[date, list[Item]]:
        """All consignments by loading week."""
        weeks: dict[date, list[Item]] = {}
        for row in self.issue.rows.values():
            week = row["week"]
            day = row["departs"]
            if isinstance(week, date) and isinstance(day, date):
                weeks.setdefault(week, []).append(Item(row, (), day))
        return dict(sorted(weeks.items()))

    def sheet(self, reader: Reader) -> Sheet:
        """One reader's orders."""
        weeks = {
            week: sorted(items, key=lambda item: (item.day, str(item.row["consignment"])))
            for week, items in sorted(self._items.get((reader.kind, reader.id), {}).items())
        }
        found = Sheet(
            self.issue,
            reader,
            View(self._hidden(reader.audience)),
            self._marking(reader),
            weeks,
            tuple(sorted(self._former.get((reader.kind, reader.id), ()))),
        )
        return replace(found, conflicts=tuple(_concerning(self.issue, found)))

    def _hidden(self, audience: str) -> dict[str, frozenset[str]]:
        if audience not in self._known:
            self._known[audience] = dict(self.issue.eyes(audience))
        return self._known[audience]

    @cached_property
    def _known(self) -> dict[str, dict[str, frozenset[str]]]:
        return {}

    def _marking(self, reader: Reader) -> Message:
        names = Names(self.issue.case)
        if self.audience == PUBLIC:
            return Message("public")
        if reader.kind == "hub":
            return Message("for the coalition only")
        return Message("releasable to {party} only", {"party": names.party(reader.id)})


def _concerning(issue: Issue, sheet: Sheet) -> Iterator[dict[str, object]]:
    """Yield the conflicts that concern a reader: of its consignments; a hub or carrier, at its own places."""
    mine = sheet.mine
    places = {
        str(leg[end])
        for items in sheet.weeks.values()
        for item in items
        for leg in issue.legs.get(str(item.row["consignment"]), ())
        if leg["leg"] in item.legs
        for end in ("lane", "from", "to")
    }
    for conflict in issue.conflicts:
        names = conflict["consignments"]
        if not (isinstance(names, list) and mine.intersection(names)):
            continue
        if sheet.reader.kind == "hub" and conflict["kind"] != "paper" and conflict["on"] != sheet.reader.id:
            continue
        if sheet.reader.kind == "carrier" and conflict["kind"] != "paper" and conflict["on"] not in places:
            continue
        yield conflict
