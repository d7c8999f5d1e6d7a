"""Sentences of orders: conflicts, the change that solves each, papers, and what changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from konvoi.report.names import Names
from konvoi.report.orders.view import Issue, View
from konvoi.report.page import Message, Number, Share, Value, Week
from konvoi.report.sentences import quoted

Row = Mapping[str, object]

UNITS = {"tonnes": "t", "pallets": "pallet", "neq_kg": "kg NEQ"}
NOT_SHOWN = Message("not shown")
NOT_STATED = Message("not stated")
NOT_KNOWN = Message("not known")

PAPER_STATES = {
    "given": "{kind} {paper} of {party}: given on {day}",
    "expected": "{kind} {paper} of {party}: missing, expected on {day}",
    "late": "{kind} {paper} of {party}: missing, comes only on {day}",
    "overdue": "{kind} {paper} of {party}: missing, was due on {day}",
    "refused": "{kind} {paper} of {party}: refused on {day}",
    "expired": "{kind} {paper} of {party}: ceased to hold after {day}",
    "no day": "{kind} {paper} of {party}: missing, no day named",
    "no record": "{kind} {paper}: no record of it",
}
FIELDS = {
    "quantity": "quantity sent",
    "gross_kg": "gross weight",
    "volume_m3": "volume",
    "pallets": "pallet places",
    "neq_kg": "net explosive quantity",
    "hazard": "hazard class",
    "from": "pick-up place",
    "to": "destination",
    "pickup_from": "first pick-up day",
    "pickup_to": "last pick-up day",
    "departs": "loading day",
    "arrives": "arrival",
    "way": "way",
    "crossing": "crossing",
    "consignee": "consignee",
    "papers": "papers missing",
}
MISSING = {
    "expected": "expected",
    "late": "too late",
    "overdue": "overdue",
    "refused": "refused",
    "expired": "expired",
    "no day": "no day named",
    "no record": "no record of it",
}
OF_THE_NEED = ("to", "arrives", "way", "crossing", "consignee")
"""Fields that would give away a need that may not be shown."""

MARKS = {"new": "new", "changed": "changed", "dropped": "dropped", "past": "past"}


@dataclass(frozen=True)
class Wording:
    """Makes the sentences of one issue for what a view may see."""

    issue: Issue
    view: View = field(default_factory=View)

    @cached_property
    def names(self) -> Names:
        """The names of parties, goods and sites."""
        return Names(self.issue.case)

    def site(self, site: object) -> Value:
        """A site's name, with its id where that says more."""
        if not self.view.may("sites", site):
            return NOT_SHOWN
        return self.names.site(str(site or ""))

    def party(self, party: object) -> Value:
        """A party's name."""
        return self.names.party(str(party or "")) if self.view.may("parties", party) else NOT_SHOWN

    def desk(self, party: object) -> Message:
        """Return the desk to call: a role, never a person."""
        return Message("duty desk of {party}", {"party": self.party(party)})

    def place(self, on: object) -> Value:
        """A lane by its ends, or a site."""
        lane = self._lanes.get(str(on))
        if lane is None:
            return self.site(on)
        if not self.view.may("lanes", on):
            return NOT_SHOWN
        return (self.site(lane["from"]), " → ", self.site(lane["to"]))

    @cached_property
    def _lanes(self) -> Mapping[str, Row]:
        if "lanes" not in self.issue.case.tables:
            return {}
        return {row["lane"]: row for row in self.issue.case.tables["lanes"].iter_rows(named=True)}

    def way(self, lanes: object) -> Value:
        """Lanes parted by `; ` as the places they pass."""
        found: list[Value] = []
        for name in str(lanes or "").split("; "):
            lane = self._lanes.get(name)
            if lane is None:
                return str(lanes or "")
            found += [self.site(lane["from"])] if not found else []
            found += [" → ", self.site(lane["to"])]
        return tuple(found)

    def paper(self, row: Row) -> Message:
        """Return the state of a paper."""
        values: dict[str, Value] = {
            "kind": Message(str(row["kind"])),
            # What a standard asks for is its own words; other papers are called by their number.
            "paper": quoted(str(row["paper"])) if row["kind"] == "paper set" else str(row["paper"]),
            "party": self.party(row["party"]),
            "day": _day(row["day"]),
        }
        return Message(PAPER_STATES[str(row["state"])], values)

    def change(self, row: Row) -> Message:
        """One line of CHANGES."""
        kind = str(row["change"])
        field = str(row["field"])
        if kind == "changed":
            values: dict[str, Value] = {
                "field": Message(FIELDS[field]),
                "before": self._shown(field, str(row["before"])),
                "after": self._shown(field, str(row["after"])),
            }
            return Message("{field}: {before} → {after}", values)
        if field == "in place of":
            old = self.issue.number(str(row["before"]))
            return Message("new, in place of {consignment}", {"consignment": old})
        return Message(MARKS[kind])

    def _shown(self, field: str, text: str) -> Value:
        """Return the former or present content of a field."""
        if not text:
            return NOT_STATED
        if field in ("from", "to", "crossing"):
            return _between(self.site(one) for one in text.split("; "))
        if field == "papers":
            known = [one.partition(": ") for one in text.split("; ")]
            seen = [(id, " ", Message(MISSING[state])) for id, _, state in known if state in MISSING]
            return _between(one for one in seen if self.view.may("approvals", one[0])) or NOT_SHOWN
        if field == "way":
            return self.way(text)
        if field == "consignee":
            return self.party(text)
        if field in ("pickup_from", "pickup_to", "departs", "arrives"):
            return date.fromisoformat(text)
        return Decimal(text) if field in ("quantity", "gross_kg", "volume_m3", "pallets", "neq_kg") else text

    def conflict(self, row: Row, mine: frozenset[str]) -> Message:
        """A conflict as one may be told who has to do with the consignments `mine` alone."""
        if row["kind"] == "paper":
            return self._paper(row)
        if row["kind"] == "closure":
            values: dict[str, Value] = {
                "place": self.place(row["on"]),
                "day": _day(row["first"]),
                "consignment": ", ".join(map(self.issue.number, _list(row["consignments"]))),
                "reason": str(row["state"] or ""),
            }
            if row["state"] and self.view.may("closures", row["on"]):
                return Message("{place} is shut on {day} ({reason}): {consignment} cannot pass.", values)
            return Message("{place} is shut on {day}: {consignment} cannot pass.", values)
        return self._crowd(row, mine)

    def _paper(self, row: Row) -> Message:
        name = _list(row["consignments"])[0]
        found = [one for one in self.issue.papers.get(name, ()) if one["paper"] == row["on"]]
        told = self.paper(found[0]) if found and self.view.may("approvals", row["on"]) else NOT_SHOWN
        number = self.issue.number(name)
        values: dict[str, Value] = {"consignment": number, "day": _day(row["first"]), "paper": told}
        return Message("{consignment} may not load on {day}. {paper}.", values)

    def _crowd(self, row: Row, mine: frozenset[str]) -> Message:
        unit = UNITS[str(row["resource"])]
        names = _list(row["consignments"])
        parties = _list(row["parties"])
        load = Decimal(str(row["load"]))
        limit = Decimal(str(row["limit"]))
        values: dict[str, Value] = {
            "place": self.place(row["on"]),
            "when": _when(row),
            "load": Number(load, unit),
            "limit": Number(limit, unit) if self.view.may("capacities", row["on"]) else NOT_SHOWN,
            "share": Share(load / limit if limit else None),
        }
        over = row["severity"] == "over"
        senders = all(self.view.sender(self.issue.rows[name]) for name in names)
        if set(names) <= mine and senders and self.view.may("capacities", row["on"]):
            values["parties"] = _between(self.party(party) for party in parties)
            return Message(_OVER if over else _NEAR, values)
        return Message(_OVER_1 if over else _NEAR_1, values)

    def solution(self, row: Row, mine: frozenset[str]) -> Iterator[Message]:
        """Yield the solutions of a conflict, as far as they concern the consignments `mine`."""
        steps = self.issue.solutions.get(str(row["conflict"]), [])
        if not steps:
            yield self._none(row)
            return
        own = [step for step in steps if step["consignment"] in mine]
        for step in own:
            values: dict[str, Value] = {
                "consignment": self._what(str(step["consignment"])),
                "week": Week(_date(step["week"])),
                "departs": _day(step["departs"]),
                "arrives": _day(step["arrives"]),
                "way": self.way(step["way"]),
            }
            yield Message(_STEPS[str(step["how"])], values)
        if len(own) < len(steps):
            yield Message("A change by another partner is proposed, too." if own else _ELSEWHERE)
        elif row["load_after"] and frozenset(_list(row["consignments"])) <= mine:
            unit = UNITS[str(row["resource"])]
            after: dict[str, Value] = {
                "load": Number(Decimal(str(row["load_after"])), unit),
                "limit": Number(Decimal(str(row["limit"])), unit),
            }
            if self.view.may("capacities", row["on"]):
                yield Message("Then {load} of {limit} are taken.", after)

    def _what(self, name: str) -> Value:
        """A consignment by its good and its number."""
        return (self.names.good(str(self.issue.rows[name]["good"])), " ", self.issue.number(name))

    def _none(self, row: Row) -> Message:
        if row["kind"] == "paper":
            known = self.view.may("approvals", row["on"])
            values: dict[str, Value] = {"party": self.party(row["party"]) if known else NOT_SHOWN}
            return Message(
                "Another week before the due date would not help: {party} has to grant the approval.", values
            )
        if row["kind"] == "closure":
            return Message(
                "No free capacity in another week or by another way before the due date: plan again."
            )
        if row["severity"] == "near":
            return Message(
                "No free capacity in another week or by another way before the due date: load as "
                "ordered, without delay."
            )
        short = Decimal(str(row["load"])) - Decimal(str(row["limit"]))
        unit = UNITS[str(row["resource"])]
        return Message(
            "No free capacity in another week or by another way before the due date: add {more} "
            "here, or plan again.",
            {"more": Number(short, unit)},
        )


_OVER = "{place}, {when}: {parties} together bring {load}; the limit is {limit}."
_NEAR = "{place}, {when}: {parties} together bring {load}, {share} of the limit of {limit}."
_OVER_1 = "{place}, {when}: with what other partners send, the limit of {limit} is exceeded."
_NEAR_1 = (
    "{place}, {when}: with what other partners send, more than nine tenths of the limit of {limit} are taken."
)
_ELSEWHERE = "A change by another partner is proposed; nothing is asked of you."
_STEPS = {
    "week": "Would solve it: {consignment} loads in week {week}, on {departs}, and is there on {arrives}.",
    "day": "Would solve it: {consignment} loads on {departs} and is there on {arrives}.",
    "way": "Would solve it: {consignment} goes by {way}, loads on {departs} and is there on {arrives}.",
}


def _when(row: Row) -> Value:
    first = _date(row["first"])
    last = _date(row["last"])
    return first if first == last else Message("week {week}", {"week": Week(first)})


def _between(values: Iterator[Value]) -> Value:
    found: list[Value] = []
    for value in values:
        found += [", ", value] if found else [value]
    return tuple(found)


def _list(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise ValueError(f"a day is expected: {value!r}")
    return value


def _day(value: object) -> Value:
    return value if isinstance(value, date) else NOT_KNOWN


def days(first: object, last: object) -> Value:
    """A span of days; one day where both are the same."""
    return _day(first) if first == last else (_day(first), " – ", _day(last))
