"""One scenario as it was planned, as a part of a page: both answers, what to do first, who loses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from konvoi.kit.progress import BY_HAND
from konvoi.plan.plan import Plan
from konvoi.plan.planner import Outcome
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

    tables: of the problem as it would be. close, independent: the best plan close to the plan in force, and
    the best whatever it changes. idle: budgets whose delay changes nothing. only_less: whether it only takes
    away and delays; then nothing can become better.
    """

    scenario: Scenario
    tables: Mapping[str, pl.DataFrame]
    close: Outcome
    independent: Outcome
    idle: tuple[str, ...] = ()
    only_less: bool = False

    @property
    def cost_of_staying_close(self) -> Decimal:
        """Return the value that the close plan gives up."""
        return self.independent.plan.value - self.close.plan.value

    @property
    def one_answer(self) -> bool:
        """Return True if no plan was found that is better than the close one."""
        return self.close.plan.movements is self.independent.plan.movements

    def outcomes(self) -> dict[str, Outcome]:
        """Return both answers by name."""
        return {"close": self.close, "independent": self.independent}


def section(case: Case, before: Plan, tried: Tried, id: str) -> Section:
    """The part of a page that is about one scenario; `id` is its anchor."""
    names = Names(replace(case, tables={**case.tables, **tried.tables}))
    close = _Part(names, before, tried, tried.close, "close", id)
    independent = _Part(names, before, tried, tried.independent, "independent", f"{id}-independent")
    parts = (close,) if tried.one_answer else (close, independent)
    return Section(
        id,
        Message("What if: {name}", {"name": tried.scenario.name}),
        (
            *(sentence for part in parts for sentence in part.answer()),
            *independent.certainty(),
            *supposed(names, tried.scenario, tried.idle),
            *(sentence for part in parts for sentence in part.first()),
        ),
        parts[-1].charts(),
        tuple(table for part in parts for table in part.tables()),
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
    """One answer in a section; kind: close, independent."""

    names: Names
    before: Plan
    tried: Tried
    outcome: Outcome
    kind: str
    id: str

    @cached_property
    def name(self) -> Message:
        """Return the plan's name in headings."""
        return Message("close plan") if self.kind == "close" else Message("independent plan")

    def answer(self) -> Iterator[Message]:
        """Yield the value of the plan, and the part of the plan in force that stays."""
        change = self.outcome.difference.value
        words: dict[str, Value] = {
            "before": self._worth(self.before.value),
            "after": self._worth(self.outcome.plan.value),
            "share": part_of(change, self.before.value),
        }
        yield self._close(change, words) if self.kind == "close" else self._independent(change, words)
        yield self._counts()

    def _close(self, change: Decimal, words: dict[str, Value]) -> Message:
        if not change:
            return Message("Close to the plan in force: value {after}, as much as the plan in force.", words)
        if change < 0:
            return Message(
                "Close to the plan in force: value {after} instead of {before}, {share} % less.", words
            )
        return Message(
            "Close to the plan in force: value {after} instead of {before}, {share} % more.", words
        )

    def _independent(self, change: Decimal, words: dict[str, Value]) -> Message:
        if not change:
            return Message("Independent of it: value {after}, as much as the plan in force.", words)
        if change < 0:
            return Message("Independent of it: value {after} instead of {before}, {share} % less.", words)
        return Message("Independent of it: value {after} instead of {before}, {share} % more.", words)

    def certainty(self) -> Iterator[Message]:
        """Yield the cost of staying close, and how much of a loss is proven."""
        change = self.outcome.difference.value
        plan = self.outcome.plan
        cost = self.tried.cost_of_staying_close
        if cost > 0:
            words: dict[str, Value] = {"cost": self._worth(cost), "share": part_of(cost, plan.value)}
            yield Message("Staying close costs {cost}, {share} % of the independent plan.", words)
        elif self.tried.one_answer:
            yield Message("Staying close costs nothing: no better plan was found.")
        if change < 0:
            yield self._sure(change)
        if change > 0 and self.tried.only_less:
            yield Message(
                "Nothing was added, and the plan has a higher value: the plan in force can be "
                "improved without this. Plan again before you decide."
            )
        if plan.stopped in (BY_HAND, "time"):
            yield Message("The planning was stopped early; more time may bring a better plan.")

    def _worth(self, value: Decimal) -> Number:
        return worth(value, self._needs_id)

    @property
    def _needs_id(self) -> str:
        """Return the anchor of the table of needs; that of the close plan where there is one answer."""
        return f"{self.id.removesuffix('-independent') if self.tried.one_answer else self.id}-needs"

    def _counts(self) -> Message:
        """Return the number of needs and kits that lose and gain, and of consignments that stay."""
        counts = self.outcome.difference.counts()
        words: dict[str, Value] = {
            name: Number(Decimal(counts[name]), to=f"{self.id}-needs") for name in ("lost", "gained")
        }
        words |= {
            name: Number(Decimal(counts[name]), to=f"{self.id}-kits") for name in ("kits_lost", "kits_gained")
        }
        words |= {
            "kept": Number(Decimal(counts["kept"]), to=f"{self.id}-moves"),
            "all": Number(Decimal(self.before.movements.height), to=f"{self.id}-moves"),
        }
        if not self.outcome.difference.kits.height:
            words = {name: word for name, word in words.items() if not name.startswith("kits")}
            return Message(
                "Needs that lose: {lost}; that gain: {gained}. Consignments that stay as they are: {kept} of "
                "{all}.",
                words,
            )
        return Message(
            "Needs that lose: {lost}; that gain: {gained}. Kits with fewer sets: {kits_lost}; with more: "
            "{kits_gained}. Consignments that stay as they are: {kept} of {all}.",
            words,
        )

    def _sure(self, change: Decimal) -> Message:
        """Return the proven part of a loss: no plan is worth more than its bound."""
        bound = self.outcome.plan.bound
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
        words["plan"] = self.name
        yield Message(
            "First change of the {plan}, within a week from {day}: {count}.",
            words,
            "First changes of the {plan}, within a week from {day}: {count}.",
            count,
        )
        for row in rows[: min(count, MOST_SENTENCES)]:
            yield Message("{day}, {what}: {quantity} {good}, {party}, for {place}.", self._deed(row))
        if count > MOST_SENTENCES:
            more = Number(Decimal(count - MOST_SENTENCES), to=f"{self.id}-moves")
            yield Message("And {count} more, in the table of consignments that change.", {"count": more})

    @cached_property
    def _moves(self) -> list[Row]:
        return self.outcome.difference.moves.to_dicts()

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
        lost = [row for row in self.outcome.difference.needs.to_dicts() if row["value"] < 0]
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

    def tables(self) -> Iterator[Table]:
        """Yield the needs, the kits and the consignments that change."""
        yield self.needs()
        if self.outcome.difference.kits.height:
            yield self.kits()
        yield self.moves()

    def kits(self) -> Table:
        """The kits of which more or fewer sets come whole and in time."""
        rows = self.outcome.difference.kits.iter_rows(named=True)
        lines = tuple(
            (row["kit"], Number(Decimal(row["before"])), Number(Decimal(row["after"])), worth(row["value"]))
            for row in rows
        )
        title = Message("Kits with more or fewer sets: {plan}", {"plan": self.name})
        empty = Message("No kit gets more or fewer sets than by the plan in force.")
        return Table(f"{self.id}-kits", title, _KITS, lines, empty)

    def needs(self) -> Table:
        """The needs that lose or gain."""
        rows = self.outcome.difference.needs.to_dicts()
        late = any(row["late_before"] or row["late_after"] for row in rows)
        kinds = ("quantity", "before", "after", *(("late_before", "late_after") if late else ()))
        heads = (Column(_NEED_HEADS[kind], "", "number") for kind in kinds)
        columns = (*_NEED, *heads, Column(Message("Unit")), Column(Message("Why not more")))
        lines = tuple(self._need(row, kinds) for row in rows)
        empty = Message("No need gets more or less than by the plan in force.")
        title = Message("Needs that lose and gain: {plan}", {"plan": self.name})
        return Table(f"{self.id}-needs", title, columns, lines, empty)

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
        title = Message("Consignments that change: {plan}", {"plan": self.name})
        return Table(f"{self.id}-moves", title, _MOVES, lines, empty)

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
    Column(Message("Due date"), "", "day"),
)
_NEED_HEADS = {
    "quantity": Message("Requested"),
    "before": Message("In time so far"),
    "after": Message("In time then"),
    "late_before": Message("Late so far"),
    "late_after": Message("Late then"),
}
_KITS = (
    Column(Message("Kit")),
    Column(Message("Sets so far"), "", "number"),
    Column(Message("Sets then"), "", "number"),
    Column(Message("Difference in value"), "", "number"),
)
_MOVES = (
    Column(Message("Act by"), "", "day"),
    Column(Message("Action")),
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
