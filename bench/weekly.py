"""Planning problems of another structure, made from a seed: they are planned by weeks and by standards.

Transit takes whole weeks, every lane has another capacity each week, goods serve by standard of a class at a
ratio, one class may serve several, late units keep a fifth, partners are capped by tonnes, and kits take
parts of units. With `hopeless` a part of the needs can be met by nothing: too heavy for any lane, too early,
or useful only in full and never offered in full; some of them belong to kits with needs that could be met.
With `sharing` each kit takes a need of the kit before it, too. With `by_value` offers state values, and the
partners without a cap by tonnes have one by value.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
from bench.dice import Dice
from bench.instances import SIZES, START, Size, decimal_of, frame

_LAYERS = (("depot", "port"), ("depot", "hub"), ("port", "hub"), ("hub", "crossing"), ("crossing", "site"))
_MODES = {"road": (1, 1.0), "rail": (1, 1.6), "sea": (2, 2.2), "air": (1, 0.12)}
_STANDARDS = 3


def weekly(
    size: str = "S",
    seed: int = 1,
    *,
    hopeless: float = 0.0,
    sharing: bool = False,
    by_value: bool = False,
) -> dict[str, pl.DataFrame]:
    """The tables of one problem; equal arguments give equal tables.

    hopeless: part that nothing can meet. sharing: whether kits have needs in common. by_value: whether
    partners are capped by value, too.
    """
    made = _Weekly(SIZES[size], Dice(7_000 + seed), hopeless, sharing)
    made.build()
    if by_value:
        made.values(Dice(8_000 + seed))
    return {name: frame(name, rows) for name, rows in made.rows.items()}


@dataclass
class _Weekly:
    """Makes one problem, table by table."""

    size: Size
    dice: Dice
    hopeless: float
    sharing: bool = False
    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    tonnes: dict[str, float] = field(default_factory=dict)
    sites: dict[str, list[str]] = field(default_factory=dict)
    total: float = 0.0

    def build(self) -> None:
        """All tables, in an order of their own, for each draws on."""
        names = ("horizon", "parties", "goods", "equivalences", "sites", "lanes", "needs", "kits", "offers")
        self.rows = {name: [] for name in (*names, "approvals", "earmarks", "budgets", "capacities", "caps")}
        self.rows["horizon"] = [{"start": START, "weeks": self.size.weeks, "late_credit": Decimal("0.2")}]
        states = [f"P{at}" for at in range(self.size.partners)]
        self.rows["parties"] = [
            {"party": name, "name": f"Invented {name}", "kind": "state"} for name in states
        ]
        self._goods()
        self._network()
        self._needs()
        self._kits()
        self._offers()
        self._budgets()
        self._capacities()

    def values(self, dice: Dice) -> None:
        """State values of offers, and caps that let each second partner send a part of what it offers."""
        held: dict[str, int] = {}
        per_tonne = {good: dice.heavy(900_000, 0.5) for good in sorted(self.tonnes)}
        for row in self.rows["offers"]:
            good, party = str(row["good"]), str(row["party"])
            value = max(1, round(self.tonnes.get(good, 1.0) * per_tonne.get(good, 1.0)))
            row |= {"unit_value": value, "currency": "EUR"}
            held[party] = held.get(party, 0) + int(value * Decimal(str(row["quantity"])))
        for at in range(1, self.size.partners, 2):
            most = round(held.get(f"P{at}", 0) * (0.3 + 0.5 * dice.one()) / 100)
            row = {"party": f"P{at}", "what": "value", "most": Decimal(most), "currency": "EUR"}
            self.rows["caps"].append(row)

    def _day(self, week: int) -> date:
        return START + timedelta(weeks=week)

    def _choice(self, names: Sequence[str]) -> str:
        return names[self.dice.whole(0, len(names) - 1)]

    def _goods(self) -> None:
        """Classes that are needed by standard, and goods that serve a standard and all lower ones."""
        for kind in range(self.size.goods):
            system = self.dice.one() < 0.3
            weight = min(60.0, self.dice.heavy(8.0 if system else 0.6, 0.8))
            for standard in range(_STANDARDS):
                name = f"c{kind:03}s{standard}"
                self.rows["goods"].append({"good": name, "name": name, "unit": "unit", "step": Decimal(1)})
            for piece in range(2):
                name = f"g{kind:03}v{piece}"
                self.tonnes[name] = weight * self.dice.heavy(1.0, 0.15)
                self.rows["goods"].append(
                    {
                        "good": name,
                        "name": name,
                        "unit": "piece",
                        "weight_kg": decimal_of(self.tonnes[name] * 1000, 2),
                        "pallets": None if system else decimal_of(self.tonnes[name] / 0.7, 5),
                        "neq_kg": decimal_of(self.tonnes[name] * 150) if self.dice.one() < 0.3 else None,
                        "step": Decimal(1) if system else Decimal("0.01"),
                    }
                )
                for standard in range(piece + 2):
                    ratio = Decimal(1) if system else decimal_of(0.85 + 0.3 * self.dice.one(), 3)
                    row = {"good": name, "serves": f"c{kind:03}s{standard}", "ratio": ratio}
                    self.rows["equivalences"].append(row)

    def _network(self) -> None:
        """Sites by layer; two or three lanes from each to the next layer, and some more by air."""
        layers = ("depot", "port", "hub", "crossing", "site")
        for layer, count in zip(layers, self.size.sites, strict=True):
            self.sites[layer] = [f"{layer}{at}" for at in range(count)]
            for at, name in enumerate(self.sites[layer]):
                self.rows["sites"].append(
                    {"site": name, "name": name, "kind": "hub", "country": "XX", "region": f"r{at % 3}"}
                )
        for start, end in _LAYERS:
            for name in self.sites[start]:
                for other in dict.fromkeys(self._choice(self.sites[end]) for _ in range(3)):
                    for mode in ("sea",) if start == "port" else ("road", "rail")[: self.dice.whole(1, 2)]:
                        self._lane(name, other, mode)
        for name in self.sites["site"]:
            self._lane(self._choice(self.sites["crossing"]), name, "road")
        for name in self.sites["depot"][::2]:
            self._lane(name, self._choice(self.sites["crossing"]), "air")

    def _lane(self, start: str, end: str, mode: str) -> None:
        days = 7 * self.dice.whole(*((1, 1) if mode == "air" else (_MODES[mode][0], 2)))
        row: dict[str, object] = {
            "lane": f"l{len(self.rows['lanes']):04}",
            "from": start,
            "to": end,
            "mode": mode,
        }
        cost = self.dice.whole(1_000, 20_000)
        self.rows["lanes"].append(row | {"days_p50": Decimal(days), "cost": cost, "currency": "EUR"})

    def _needs(self) -> None:
        """Needs by class and standard; some only in full, some that nothing can meet."""
        weeks = self.size.weeks
        for at in range(self.size.needs):
            kind = self.dice.whole(0, self.size.goods - 1)
            each = self.tonnes[f"g{kind:03}v0"]
            quantity = max(1, round(self.dice.heavy(5.0, 1.3) / each))
            self.total += quantity * each
            priority = (27, 9, 3, 1)[self.dice.whole(0, 3)]
            due = self.dice.whole(min(5, weeks // 2), weeks - 2)
            row: dict[str, object] = {
                "need": f"n{at:05}",
                "good": f"c{kind:03}s{self.dice.whole(0, _STANDARDS - 1)}",
                "quantity": Decimal(quantity),
                "site": self._choice(self.sites["site"]),
                "due": self._day(due) - timedelta(days=1),
                "last_useful": self._day(due + self.dice.whole(1, 7)) - timedelta(days=1),
                "weight": decimal_of(priority * (quantity * each) ** 0.35 / quantity, 6),
                "whole": self.dice.one() < 0.12,
            }
            if self.dice.one() < self.hopeless:
                row |= self._out_of_reach(at)
            self.rows["needs"].append(row)

    def _out_of_reach(self, at: int) -> dict[str, object]:
        """What makes a need one that nothing can meet."""
        if at % 3 == 0:
            return {"due": START, "last_useful": START + timedelta(days=3)}
        if at % 3 == 1:
            return {"quantity": Decimal(10**6), "whole": True, "weight": Decimal("0.01")}
        if not any(row["good"] == "heavy" for row in self.rows["goods"]):
            heavy = {"good": "heavy", "name": "heavy", "unit": "piece", "weight_kg": Decimal(10**9)}
            self.rows["goods"].append(heavy | {"step": Decimal(1)})
            self.rows["offers"].append(
                {"offer": "heavy", "party": "P0", "good": "heavy", "quantity": Decimal(99), "site": "depot0"}
            )
        return {"good": "heavy", "quantity": Decimal(2)}

    def _kits(self) -> None:
        """One need in five belongs to a kit of two to four, which bears most of the weight."""
        needs = self.rows["needs"]
        first = 0
        shared: list[dict[str, object]] = []
        while first + 4 <= len(needs) // 5:
            members = needs[first : first + self.dice.whole(2, 4)]
            sets = self.dice.whole(1, 4)
            weight = sum(Decimal(str(one["weight"])) * Decimal(str(one["quantity"])) for one in members)
            for one in members:
                one["site"] = members[0]["site"]
                one["weight"] = (Decimal(str(one["weight"])) * Decimal("0.15")).quantize(Decimal("0.000001"))
            for one in [*members, *shared]:
                per_kit = (Decimal(str(one["quantity"])) / sets).quantize(Decimal("0.0001"))
                row = {"kit": f"k{first:04}", "need": one["need"], "per_kit": per_kit}
                self.rows["kits"].append(
                    row | {"weight": (weight * Decimal("0.85") / sets).quantize(Decimal("0.0001"))}
                )
            shared = members[-1:] if self.sharing else []
            first += len(members)

    def _offers(self) -> None:
        """Stock, part of it tied to a region or waiting for a paper."""
        for at in range(self.size.offers):
            good = f"g{self.dice.whole(0, self.size.goods - 1):03}v{self.dice.whole(0, 1)}"
            ready = 0 if self.dice.one() < 0.45 else self.dice.whole(0, self.size.weeks * 2 // 3)
            name = f"o{at:06}"
            self.rows["offers"].append(
                {
                    "offer": name,
                    "party": f"P{self.dice.whole(0, self.size.partners - 1)}",
                    "good": good,
                    "quantity": decimal_of(max(1, round(self.dice.heavy(3.5, 1.4) / self.tonnes[good])), 0),
                    "site": self._choice(self.sites["depot"]),
                    "ready": self._day(ready),
                }
            )
            if self.dice.one() < 0.25:
                paper = {"approval": f"a{at:06}", "kind": "export licence", "party": "P0", "covers": name}
                self.rows["approvals"].append(paper | {"given": self._day(ready + self.dice.whole(0, 9))})
            if self.dice.one() < 0.25:
                value = f"r{self.dice.whole(0, min(2, self.size.sites[4] - 1))}"
                self.rows["earmarks"].append({"offer": name, "to": "region", "value": value})

    def _budgets(self) -> None:
        """A few budgets in tranches, each for some goods."""
        for at in range(max(2, self.size.partners // 5)):
            usual = {"budget": f"b{at}", "party": f"P{at}", "currency": "EUR"}
            for part in range(3):
                week = part * self.size.weeks // 5
                self.rows["budgets"].append(
                    usual | {"day": self._day(week), "amount": self.dice.whole(1, 9) * 10_000_000}
                )
            for kind in range(at, self.size.goods, 4):
                good = f"g{kind:03}v{self.dice.whole(0, 1)}"
                price = max(1, round(self.tonnes[good] * self.dice.heavy(900_000, 0.5)))
                bought = {"good": good, "price": price, "lead_days": 7 * self.dice.whole(2, 8)}
                self.rows["budgets"].append(usual | bought | {"site": self._choice(self.sites["depot"])})

    def _capacities(self) -> None:
        """Room on each lane in each week, shut at times; partners are capped."""
        weekly_tonnes = self.total / (self.size.weeks * 0.75)
        layer = {row["lane"]: str(row["from"]).rstrip("0123456789") for row in self.rows["lanes"]}
        counts = {name: list(layer.values()).count(name) for name in set(layer.values())}
        for lane in self.rows["lanes"]:
            name = layer[lane["lane"]]
            share = (
                1.3 * weekly_tonnes / counts[name] * self.dice.heavy(1.0, 0.6) * _MODES[str(lane["mode"])][1]
            )
            for week in range(self.size.weeks):
                room = share * self.dice.heavy(1.0, 0.15) * (self.dice.one() > 0.02)
                row: dict[str, object] = {
                    "on": lane["lane"],
                    "from": self._day(week),
                    "tonnes": decimal_of(room, 4),
                }
                if lane["mode"] == "air":
                    row |= {"pallets": decimal_of(room * 1.2, 4), "neq_kg": decimal_of(room * 40)}
                self.rows["capacities"].append(row | {"to": self._day(week) + timedelta(days=6)})
        for at in range(0, self.size.partners, 2):
            most = decimal_of(self.total / self.size.partners * (0.4 + self.dice.one()), 4)
            self.rows["caps"].append({"party": f"P{at}", "what": "tonnes", "most": most})
