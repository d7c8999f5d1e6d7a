"""The textbook model of a tiny problem: whole steps flow day by day on arcs, one commodity a source and need.

Read straight from the tables by docs/reference/problem.md, and by no code of the planner or the audit. Only
tables without a fault are understood.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import highspy
import numpy as np
import polars as pl

Row = dict[str, Any]
Tables = Mapping[str, pl.DataFrame]
LOADS = {"tonnes": "weight_kg", "pallets": "pallets", "neq_kg": "neq_kg"}


@dataclass(frozen=True)
class Source:
    """An offer, or what one tranche buys: days on which it may leave, and what a unit counts in rows."""

    row: Row
    days: frozenset[int]
    counts: tuple[tuple[str, float], ...]


@dataclass
class Model:
    """A mixed programme, as it is built: rows are sums; those with a bound are at most that."""

    paid: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    steps: list[bool] = field(default_factory=list)
    rows: dict[object, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    bound: dict[object, float] = field(default_factory=dict)

    def amount(self, paid: float = 0.0, most: float = highspy.kHighsInf, *, steps: bool = True) -> int:
        """A new unknown from zero up; steps: whole ones."""
        self.paid.append(paid)
        self.most.append(most)
        self.steps.append(steps)
        return len(self.paid) - 1

    def shut(self) -> None:
        """No part of a step of which not one is possible: then none is used in whole steps either."""
        scarce = {"offer", "stock", "cap", "most", "money", "room"}
        for name in self.rows:
            if isinstance(name, tuple) and name[0] in scarce and name in self.bound:
                taken: dict[int, float] = defaultdict(float)
                for at, by in self.rows[name]:
                    taken[at] += by
                for at in (at for at, by in taken.items() if by > self.bound[name] + 1e-9):
                    self.most[at] = 0.0

    def best(self, *, whole: bool) -> float:
        """The highest value; whole: of whole steps, else of any parts of those that are possible."""
        if not whole:
            self.shut()
        size, names = len(self.paid), [name for name in self.rows if name in self.bound]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = size, len(names)
        lp.col_cost_ = np.array(self.paid)
        lp.col_lower_, lp.col_upper_ = np.zeros(size), np.array(self.most)
        lp.row_lower_ = np.full(len(names), -highspy.kHighsInf)
        lp.row_upper_ = np.array([self.bound[name] for name in names])
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lengths = [len(self.rows[name]) for name in names]
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
        flat = [term for name in names for term in self.rows[name]]
        lp.a_matrix_.index_ = np.array([at for at, _ in flat], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([by for _, by in flat], dtype=float)
        if whole:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[steps] for steps in self.steps]
        return _solved(lp)


def _solved(lp: Any) -> float:
    """Solve to the end, on one thread."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    exact = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 1e-9}
    for name, setting in exact.items():
        solver.setOptionValue(name, setting)
    solver.passModel(lp)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the textbook model was not solved: {solver.getModelStatus()}")
    return float(solver.getInfo().objective_function_value)


class Arcs:
    """The model of some tables."""

    def __init__(self, tables: Tables) -> None:
        self.rows = {name: frame.rows(named=True) for name, frame in tables.items()}
        horizon = self.rows["horizon"][0]
        self.start = horizon["start"] - timedelta(days=horizon["start"].weekday())
        self.days = horizon["weeks"] * 7
        self.credit = 0.5 if horizon["late_credit"] is None else float(horizon["late_credit"])
        self.goods = {row["good"]: row for row in self.of("goods")}
        self.sites = {row["site"]: row for row in self.of("sites")}
        self.lanes = self.of("lanes")
        self.model = Model()

    def of(self, name: str) -> list[Row]:
        """A table's rows."""
        return self.rows.get(name, [])

    def optimum(self, *, whole: bool) -> float:
        """The highest value of any plan; not whole: of its linear relaxation."""
        sources = [*self._offers(), *self._purchases()]
        for need in self.of("needs"):
            counted = self._need(need)
            for source in sources:
                self._flow(source, need, counted)
        self._kits()
        self._room()
        return self.model.best(whole=whole)

    def day(self, when: date | None, otherwise: int) -> int:
        """The number of a day, from the first of the horizon."""
        return otherwise if when is None else (when - self.start).days

    def due(self, need: Row) -> int:
        """The day on which a need is due: the last useful day where that is earlier."""
        due = self.day(need["due"], 0)
        return min(due, self.day(need["last_useful"], due))

    def span(self, row: Row) -> range:
        """The days of a row from `from` to `to`."""
        return range(self.day(row["from"], 0), self.day(row["to"], self.days) + 1)

    def shut(self, kinds: set[str], name: str | None, day: int) -> bool:
        """Whether something is blocked on a day, or closed."""
        rows = [r for r in self.of("blocked") if r["kind"] in kinds and r["value"] == name]
        if kinds & {"lane", "site"}:
            rows += [r for r in self.of("closures") if r["on"] == name]
        return any(day in self.span(row) for row in rows)

    def _papers(self, names: set[str | None], day: int) -> bool:
        """Whether every approval is there on a day."""
        for row in (r for r in self.of("approvals") if r["covers"] in names - {None}):
            due = row["due"] if row["due"] and row["due"] >= self.start else None
            given = None if row["refused"] else row["given"] or due
            if given is None or not self.day(given, 0) <= day <= self.day(row["expires"], self.days):
                return False
        return True

    def _offers(self) -> Iterator[Source]:
        """What is offered."""
        for row in self.of("offers"):
            able = range(max(0, self.day(row["ready"], 0)), self.day(row["until"], self.days) + 1)
            days = {
                d
                for d in able
                if self._papers({row["offer"], row["line"]}, d) and not self.shut({"party"}, row["party"], d)
            }
            self.model.bound["offer", row["offer"]] = float(row["quantity"])
            counts: list[Any] = [(("offer", row["offer"]), 1.0), *self._stocks(row), *self._caps(row)]
            yield Source(row, frozenset(days), tuple(counts))

    def _stocks(self, row: Row) -> list[Any]:
        """What a unit takes of what its partner can spare."""
        found = []
        for number, stock in enumerate(self.of("stocks")):
            if (stock["party"], stock["good"]) == (row["party"], row["good"]):
                self.model.bound["stock", number] = max(0.0, float(stock["stock"] - stock["floor"]))
                found.append((("stock", number), 1.0))
        return found

    def _caps(self, row: Row) -> list[Any]:
        """What a unit counts in its partner's caps."""
        found = []
        for number, cap in enumerate(self.of("caps")):
            if cap["party"] == row["party"] and cap["good"] in {None, row["good"]}:
                self.model.bound["cap", number] = float(cap["most"])
                counted = {
                    "tonnes": float(self.goods[row["good"]]["weight_kg"]) / 1000,
                    "quantity": 1.0,
                    # Values and prices are in minor units; the problems of the tests count in euro alone.
                    "value": (row.get("unit_value") or row.get("price") or 0) / 100,
                }
                found.append((("cap", number), counted[cap["what"]]))
        return found

    def _purchases(self) -> Iterator[Source]:
        """What may be bought with the money of each tranche."""
        for number, row in enumerate(self.of("budgets")):
            if row["good"] is None:
                continue
            money = [
                r for r in self.of("budgets") if r["budget"] == row["budget"] and r["amount"] is not None
            ]
            orders = sorted({max(0, self.day(r["day"], 0)) for r in money})
            if row["most"] is not None:
                self.model.bound["most", number] = float(row["most"])
            for order in orders:
                counts: list[Any] = [(("most", number), 1.0), *self._caps(row)]
                for later in (day for day in orders if day >= order):
                    key = ("money", row["budget"], later)
                    there = [r["amount"] for r in money if self.day(r["day"], 0) <= later]
                    self.model.bound[key] = float(sum(there))
                    counts.append((key, float(row["price"])))
                yield Source(row, self._bought(row, order), tuple(counts))

    def _bought(self, row: Row, order: int) -> frozenset[int]:
        """The days on which what is ordered on one day may leave."""
        stopped = [({"party"}, row["party"]), ({"supplier"}, row["supplier"])]
        if any(self.shut(kinds, name, order) for kinds, name in stopped):
            return frozenset()
        return frozenset(
            day
            for day in range(order + (row["lead_days"] or 0), self.days)
            if self._papers({row["budget"]}, day)
            and not any(self.shut(kinds, name, day) for kinds, name in stopped)
        )

    def _need(self, need: Row) -> tuple[object, object]:
        """What counts of a need in time and late; a need useful only in full counts when all has come."""
        name, asked = need["need"], float(need["quantity"])
        weight = 1.0 if need["weight"] is None else float(need["weight"])
        in_time, late = ("in time", name), ("late", name)
        for row, paid in ((in_time, weight), (late, weight * self.credit)):
            counted = self.model.amount(paid, steps=False)
            self.model.rows[row].append((counted, 1.0))
            self.model.rows["asked", name].append((counted, 1.0))
            self.model.bound[row] = 0.0
        self.model.bound["asked", name] = asked
        if need["whole"]:
            full = self.model.amount(most=1.0)
            self.model.rows["asked", name].append((full, -asked))
            self.model.rows["full", name].append((full, asked))
            self.model.bound["asked", name] = self.model.bound["full", name] = 0.0
        return in_time, late

    def _ratio(self, source: Source, need: Row) -> float:
        """Units of need for one unit; 0 where it does not serve, or is tied elsewhere."""
        region = self.sites[need["site"]]["region"]
        mine = {"need": need["need"], "site": need["site"], "region": region, "recipient": need["recipient"]}
        ties = [r for r in self.of("earmarks") if r["offer"] == source.row.get("offer")]
        if ties and all(row["value"] != mine[row["to"]] for row in ties):
            return 0.0
        if any(self._lacks(source.row["good"], need, point) for point in self.of("standards")):
            return 0.0
        if source.row["good"] == need["good"]:
            return 1.0
        pair = (source.row["good"], need["good"])
        return sum(float(r["ratio"]) for r in self.of("equivalences") if (r["good"], r["serves"]) == pair)

    def _lacks(self, good: object, need: Row, point: Row) -> bool:
        """Whether a good is known to lack what a standard asks on a need's due day."""
        if point["good"] != need["good"] or self.day(point["in_force"], -99) > self.due(need):
            return False
        if point["requirement"] == "interchangeable with":
            swaps = {(row["good"], row["serves"]) for row in self.of("equivalences")}
            return good not in {point["value"], need["good"]} and (good, point["value"]) not in swaps
        codes = str(self.goods[good]["codes"] or "").split(";")
        scheme = str(point["value"]).split(":")[0]
        known = [code for code in codes if code.split(":")[0] == scheme]
        return bool(known) and point["value"] not in known

    def _flow(self, source: Source, need: Row, counted: tuple[object, object]) -> None:
        """Steps of a source to a need: they leave on a day, travel or wait, and are used on a day."""
        ratio = self._ratio(source, need)
        due = self.due(need)
        last = min(self.day(need["last_useful"], due), self.days - 1)
        if not ratio:
            return
        mark = (id(source), need["need"])
        for day in range(last + 1):
            if day in source.days:
                self._leave(source, need, (mark, day, last))
            for lane in self.lanes:
                self._leg(source, lane, (mark, day, last), leaving=False)
            for site in self.sites:
                self._wait(mark, site, day, last)
        self._used(source, need, (mark, last, ratio), counted)

    def _leave(self, source: Source, need: Row, when: tuple[object, int, int]) -> None:
        """Steps that begin their way on a day: by a lane, or handed over where they lie."""
        mark, day, _ = when
        for lane in self.lanes:
            if lane["from"] == source.row["site"]:
                self._leg(source, lane, when, leaving=True)
        if source.row["site"] == need["site"] and not self.shut({"site"}, need["site"], day):
            given = self.model.amount()
            self.model.rows["used", mark, day].append((given, -1.0))
            self._count(source, given)

    def _leg(self, source: Source, lane: Row, when: tuple[object, int, int], *, leaving: bool) -> None:
        """Steps on a lane, loading on a day; leaving: straight from their source."""
        mark, day, last = when
        there = day + max(1, int(np.ceil(float(lane["days_p50"]))))
        closed = self.shut({"lane"}, lane["lane"], day) or self.shut({"site"}, lane["from"], day)
        closed |= self.shut({"site"}, lane["to"], there)
        closed |= lane["carrier"] is not None and self.shut({"carrier"}, lane["carrier"], day)
        if closed or there > last:
            return
        sent = self.model.amount()
        self.model.rows["here", mark, lane["to"], there].append((sent, -1.0))
        if leaving:
            self._count(source, sent)
        else:
            self.model.rows["here", mark, lane["from"], day].append((sent, 1.0))
        good = self.goods[source.row["good"]]
        step = float(good["step"] or 1)
        for resource, column in LOADS.items():
            load = step * float(good[column] or 0) / (1000 if resource == "tonnes" else 1)
            places = [(lane["lane"], day), (lane["to"], there), *([(lane["from"], day)] if leaving else [])]
            for on, at in places if load else []:
                self.model.rows["room", on, at // 7, resource].append((sent, load))

    def _wait(self, mark: object, site: str, day: int, last: int) -> None:
        """Steps that stay a day at a site; no more go on than are there."""
        self.model.bound["here", mark, site, day] = 0.0
        if day < last:
            waiting = self.model.amount()
            self.model.rows["here", mark, site, day].append((waiting, 1.0))
            self.model.rows["here", mark, site, day + 1].append((waiting, -1.0))

    def _used(
        self, source: Source, need: Row, what: tuple[object, int, float], counted: tuple[object, object]
    ) -> None:
        """Steps that are used on a day at the goal."""
        mark, last, ratio = what
        due = self.due(need)
        # A step that brings more than is needed counts as what is needed.
        brings = min(float(self.goods[source.row["good"]]["step"] or 1) * ratio, float(need["quantity"]))
        for day in range(last + 1):
            for row in (("here", mark, need["site"], day), ("used", mark, day)):
                used = self.model.amount()
                self.model.rows[row].append((used, 1.0))
                self.model.bound[row] = 0.0
                self.model.rows[counted[0 if day <= due else 1]].append((used, -brings))
                self.model.rows["full", need["need"]].append((used, -brings))

    def _count(self, source: Source, sent: int) -> None:
        """What steps count in at their source."""
        step = float(self.goods[source.row["good"]]["step"] or 1)
        for row, by in source.counts:
            self.model.rows[row].append((sent, step * by))

    def _kits(self) -> None:
        """Whole kits: each needs so much of every component in time."""
        quantity = {row["need"]: row["quantity"] for row in self.of("needs")}
        for kit in sorted({row["kit"] for row in self.of("kits")}):
            rows = [row for row in self.of("kits") if row["kit"] == kit]
            weight = max((float(r["weight"]) for r in rows if r["weight"] is not None), default=1.0)
            sets = self.model.amount(weight, float(min(quantity[r["need"]] // r["per_kit"] for r in rows)))
            for row in rows:
                key = ("kit", kit, row["need"])
                self.model.rows[key].append((sets, float(row["per_kit"])))
                self.model.rows[key] += [
                    (at, -by) for at, by in self.model.rows["in time", row["need"]] if by > 0
                ]
                self.model.bound[key] = 0.0

    def _room(self) -> None:
        """What lanes and sites take in each week that a row touches: the smallest of several."""
        for row in self.of("capacities"):
            for week in {day // 7 for day in self.span(row) if 0 <= day < self.days}:
                for resource in (name for name in LOADS if row[name] is not None):
                    key = ("room", row["on"], week, resource)
                    self.model.bound[key] = min(float(row[resource]), self.model.bound.get(key, np.inf))


def optimum(tables: Tables, *, whole: bool = True) -> float:
    """The highest value that any plan has; not whole: of the model without whole steps."""
    return Arcs(tables).optimum(whole=whole)
