"""One scenario as it was planned, as a part of a page: what it costs, what to do first, who loses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from konvoi.plan.difference import Difference
from konvoi.plan.plan import Plan
from konvoi.plan.scenario import Scenario
from konvoi.report.case import Case
from konvoi.report.names import Names, table
from konvoi.report.page import Bar, Bars, Column, Message, Number, Section, Table, Value
from konvoi.report.planning.arrivals import behind
from konvoi.report.planning.causes import cause
from konvoi.report.planning.scenario_assumptions import supposed

MOST_SENTENCES = 5
MOST_BARS = 10
_WHOLE = 100

Row = dict[str, Any]


@dataclass(frozen=True)
class Tried:
    """One scenario, planned.

    tables: of the problem as it would be. difference: of its plan from the plan in force. idle: budgets whose
    delay changes nothing. only_less: whether it only takes away and delays; then nothing can become better.
    """

    scenario: Scenario
    tables: Mapping[str, pl.DataFrame]
    plan: Plan
    difference: Difference
    idle: tuple[str, ...] = ()
    only_less: bool = False


def section(case: Case, before: Plan, tried: Tried, id: str) -> Section:
    """The part of a page that is about one scenario; `id` is its anchor."""
    part = _Part(Names(replace(case, tables={**case.tables, **tried.tables})), before, tried, id)
    return Section(
        id,
        Message("What if: {name}", {"name": tried.scenario.name}),
        (*part.answer(), *supposed(part.names, tried.scenario, tried.idle), *part.first()),
        part.charts(),
        (part.needs(), part.moves()),
    )


def worth(value: Decimal, to: str = "") -> Number:
    """A value for reading: whole where it is large."""
    return Number(round(value, 0 if abs(value) >= 1000 else 1) + Decimal(0), to=to)


def part_of(change: Decimal, whole: Decimal) -> Decimal:
    """Return the share of a change in a whole, in per cent and without its sign; small ones are given more
    exactly.
    """
    share = abs(100 * change / whole) if whole else Decimal(0)
    return round(share, 1 if share >= 1 else 2)


def todo(row: Row) -> Message:
    """Return the action for a consignment that does not stay as it is."""
    if row["change"] != "changed":
        return Message("send" if row["change"] == "new" else "do not send")
    if row["way"] != row["way_before"]:
        return Message("send by another way")
    if row["departs"] != row["departs_before"]:
        return Message("send later" if row["departs"] > row["departs_before"] else "send earlier")
    return Message("send more" if row["quantity"] > row["quantity_before"] else "send less")


@dataclass(frozen=True)
class _Part:
    """The making of one section."""

    names: Names
    before: Plan
    tried: Tried
    id: str

    def answer(self) -> Iterator[Message]:
        """Yield the cost or gain of the scenario, its certainty, and the part that stays."""
        change = self.tried.difference.value
        plan = self.tried.plan
        words: dict[str, Value] = {
            "before": self._worth(self.before.value),
            "after": self._worth(plan.value),
            "share": part_of(change, self.before.value),
        }
        if not change:
            yield Message("The plan would be worth as much as the one in force: {after}.", words)
        elif change < 0:
            yield Message("The plan would be worth {share} % less: {after} instead of {before}.", words)
        else:
            yield Message("The plan would be worth {share} % more: {after} instead of {before}.", words)
        yield self._counts()
        if change < 0:
            yield self._sure(change)
        if change > 0 and self.tried.only_less:
            yield Message(
                "Nothing was added, and yet the plan is worth more: the plan in force can be bettered "
                "without this, too. Plan anew before you decide."
            )
        if plan.stopped == "by hand":
            yield Message("The planning was stopped early; more time may bring a better plan.")

    def _worth(self, value: Decimal) -> Number:
        return worth(value, f"{self.id}-needs")

    def _counts(self) -> Message:
        """Return the number of needs that lose and gain, and of consignments that stay."""
        counts = self.tried.difference.counts()
        words: dict[str, Value] = {
            name: Number(Decimal(counts[name]), to=f"{self.id}-needs") for name in ("lost", "gained")
        }
        words |= {
            "kept": Number(Decimal(counts["kept"]), to=f"{self.id}-moves"),
            "all": Number(Decimal(self.before.movements.height), to=f"{self.id}-moves"),
        }
        return Message(
            "Needs that lose: {lost}; that gain: {gained}. Consignments that stay as they are: {kept} of "
            "{all}.",
            words,
        )

    def _sure(self, change: Decimal) -> Message:
        """Return the proven part of a loss: no plan is worth more than its bound."""
        bound = self.tried.plan.bound
        least = self.before.value - bound
        words: dict[str, Value] = {"bound": self._worth(bound), "least": part_of(least, change)}
        if least > 0 and part_of(least, change) >= _WHOLE:
            return Message("The loss cannot be planned away: no plan can be worth more than {bound}.", words)
        if least > 0:
            return Message(
                "At least {least} % of the loss cannot be planned away: no plan can be worth more than "
                "{bound}.",
                words,
            )
        return Message(
            "Whether another plan would avoid the loss is not proven: none can be worth more than {bound}.",
            words,
        )

    def first(self) -> Iterator[Message]:
        """Yield the first changes to make."""
        rows = self._moves
        if not rows:
            return
        day = rows[0]["act"]
        count = sum(row["act"] < day + timedelta(days=7) for row in rows)
        words: dict[str, Value] = {"count": Number(Decimal(count), to=f"{self.id}-moves"), "day": day}
        yield Message(
            "To be done first, within a week from {day}: {count} change.",
            words,
            "To be done first, within a week from {day}: {count} changes.",
            count,
        )
        for row in rows[: min(count, MOST_SENTENCES)]:
            yield Message("{day}, {what}: {quantity} {good}, {party}, for {place}.", self._deed(row))
        if count > MOST_SENTENCES:
            more = Number(Decimal(count - MOST_SENTENCES), to=f"{self.id}-moves")
            yield Message("And {count} more, in the table of consignments that change.", {"count": more})

    @cached_property
    def _moves(self) -> list[Row]:
        return self.tried.difference.moves.to_dicts()

    @cached_property
    def _givers(self) -> dict[str, dict[str, str]]:
        kinds = (("offer", "offers"), ("budget", "budgets"))
        return {
            key: dict(table(self.names.case, name).select(key, "party").iter_rows()) for key, name in kinds
        }

    @cached_property
    def _needs(self) -> dict[str, Row]:
        return {row["need"]: row for row in table(self.names.case, "needs").iter_rows(named=True)}

    @cached_property
    def _lanes(self) -> dict[str, tuple[str, str]]:
        rows = table(self.names.case, "lanes").select("lane", "from", "to").iter_rows()
        return {lane: (start, end) for lane, start, end in rows}

    def _deed(self, row: Row) -> dict[str, Value]:
        quantity = row["quantity_before"] if row["quantity"] is None else row["quantity"]
        return {
            "day": row["act"],
            "what": todo(row),
            "quantity": self._quantity(row, quantity),
            "good": self.names.good(row["good"]),
            "party": self._party(row),
            "place": self.names.site(self._needs.get(row["need"], {}).get("site")),
        }

    def _party(self, row: Row) -> Value:
        """The partner that sends or buys."""
        found = next((known.get(row[key]) for key, known in self._givers.items() if row[key]), None)
        return self.names.party(found)

    def _quantity(self, row: Row, quantity: Decimal | None) -> Number | None:
        if quantity is None:
            return None
        return Number(quantity, self.names.unit(row["good"]), "planned", behind=behind(row))

    def charts(self) -> tuple[Bars, ...]:
        """Return the chart of the needs that lose most: their value in the plan in force, and in this one."""
        lost = [row for row in self.tried.difference.needs.to_dicts() if row["value"] < 0]
        if not lost:
            return ()
        source = Message("Outline: the plan in force. Filled: what would be left. Value: units by weight.")
        title = Message("What comes to the needs that lose most, by value")
        return (Bars(f"{self.id}-bars", title, "", tuple(map(self._bar, lost[:MOST_BARS])), source),)

    def _bar(self, row: Row) -> Bar:
        """A need's value then, of its value so far."""
        stated = self._needs.get(row["need"], {}).get("weight")
        weight = Decimal(1) if stated is None else stated
        horizon = table(self.names.case, "horizon")["late_credit"]
        credit = horizon[0] if len(horizon) and horizon[0] is not None else Decimal("0.5")
        known = (f"needs/{row['need']}",)
        was, now = (
            replace(worth(weight * (row[at] + credit * row[f"late_{at}"])), stage="planned", behind=known)
            for at in ("before", "after")
        )
        label = (self.names.good(row["good"]), ", ", self.names.site(row["site"]))
        return Bar(label, ((now, 3),), was)

    def needs(self) -> Table:
        """The needs that lose or gain."""
        rows = self.tried.difference.needs.to_dicts()
        late = any(row["late_before"] or row["late_after"] for row in rows)
        kinds = ("quantity", "before", "after", *(("late_before", "late_after") if late else ()))
        heads = (Column(_NEED_HEADS[kind], "", "number") for kind in kinds)
        columns = (*_NEED, *heads, Column(Message("Unit")), Column(Message("Why not more")))
        lines = tuple(self._need(row, kinds) for row in rows)
        empty = Message("No need gets more or less than by the plan in force.")
        return Table(f"{self.id}-needs", Message("Needs that lose and gain"), columns, lines, empty)

    def _need(self, row: Row, kinds: tuple[str, ...]) -> tuple[Value, ...]:
        unit = self.names.unit(row["good"])
        known = (f"needs/{row['need']}",)
        stages = {"quantity": "needed"}
        figures = (Number(row[kind], unit, stages.get(kind, "planned"), behind=known) for kind in kinds)
        why = cause(self.names, row["cause"], row["parameters"] or "{}") if row["cause"] else ""
        gains = "▲ " if row["value"] > 0 else "▼ "
        said = Message("gains") if row["value"] > 0 else Message("loses")
        place = self.names.site(row["site"])
        who = (row["need"], self.names.good(row["good"]), place, row["due"])
        return ((gains, said), *who, *figures, Message(unit), why)

    def moves(self) -> Table:
        """The consignments that do not stay as they are, by the day on which something else is done."""
        lines = tuple(self._line(row) for row in self._moves)
        empty = Message("Every consignment stays as it is.")
        return Table(f"{self.id}-moves", Message("Consignments that change"), _MOVES, lines, empty)

    def _line(self, row: Row) -> tuple[Value, ...]:
        lanes = (row["way"] or row["way_before"] or "").split()
        ends = [self._lanes[lane] for lane in lanes if lane in self._lanes]
        stops = [ends[0][0], *(end for _, end in ends)] if ends else []
        way: tuple[Value, ...] = tuple(part for stop in stops for part in (" → ", self.names.site(stop)))[1:]
        return (
            row["act"],
            todo(row),
            self._party(row),
            self.names.good(row["good"]),
            self._quantity(row, row["quantity_before"]),
            self._quantity(row, row["quantity"]),
            Message(self.names.unit(row["good"])),
            row["need"],
            row["departs_before"],
            row["departs"],
            row["arrives_before"],
            row["arrives"],
            way,
            row["movement"],
        )


_NEED = (
    Column(Message("Change")),
    Column(Message("Need")),
    Column(Message("Good")),
    Column(Message("Place")),
    Column(Message("Due"), "", "day"),
)
_NEED_HEADS = {
    "quantity": Message("Asked for"),
    "before": Message("In time so far"),
    "after": Message("In time then"),
    "late_before": Message("Late so far"),
    "late_after": Message("Late then"),
}
_MOVES = (
    Column(Message("Act by"), "", "day"),
    Column(Message("What to do")),
    Column(Message("Partner")),
    Column(Message("Good")),
    Column(Message("Quantity so far"), "", "number"),
    Column(Message("Quantity then"), "", "number"),
    Column(Message("Unit")),
    Column(Message("Need")),
    Column(Message("Departs so far"), "", "day"),
    Column(Message("Departs then"), "", "day"),
    Column(Message("Arrives so far"), "", "day"),
    Column(Message("Arrives then"), "", "day"),
    Column(Message("Way")),
    Column(Message("Consignment")),
)
