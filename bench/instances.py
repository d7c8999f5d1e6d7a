"""Planning problems of any size, made from a seed: depots, ports, hubs, crossings, destinations.

Written as the CSV files that `konvoi plan solve` reads by: python -m bench.instances SIZE FOLDER --seed 1
"""

import argparse
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
from bench.dice import Dice

from konvoi.gateways.files import write_folder
from konvoi.model.tables import BY_NAME
from konvoi.report.tables import csv_files

START = date(2026, 1, 5)


@dataclass(frozen=True)
class Size:
    """How large a problem is; sites are depots, ports, hubs, crossings, destinations."""

    partners: int
    needs: int
    offers: int
    sites: tuple[int, int, int, int, int]
    weeks: int
    goods: int


SIZES: Mapping[str, Size] = {
    "XXS": Size(4, 12, 16, (2, 1, 1, 1, 2), 8, 4),
    "XS": Size(15, 60, 90, (6, 2, 2, 2, 4), 26, 12),
    "S": Size(15, 200, 300, (9, 2, 3, 3, 5), 26, 20),
    "SM": Size(20, 600, 900, (11, 2, 3, 3, 7), 39, 30),
    "M": Size(25, 2000, 3000, (14, 3, 4, 4, 9), 52, 45),
    "L": Size(32, 10_000, 15_000, (18, 4, 5, 5, 14), 78, 80),
    "XL": Size(40, 50_000, 100_000, (24, 5, 6, 6, 19), 104, 120),
}
_KINDS = ("depot", "port", "hub", "crossing", "destination")
_WEIGHTS = (27, 9, 3, 1)


def tables(size: str = "S", seed: int = 1, *, tight: float = 1.0) -> dict[str, pl.DataFrame]:
    """The tables of one problem; equal sizes and seeds give equal tables. `tight` scales the capacities."""
    made = _Maker(SIZES[size], Dice(seed), tight)
    made.build()
    return {name: frame(name, rows) for name, rows in made.rows.items()}


def _parties(size: Size) -> list[dict[str, object]]:
    """The partners, their suppliers, and whoever gives consent; none of them is a real one."""
    states = dict.fromkeys([*(f"P{number}" for number in range(size.partners)), "XX"], "state")
    kinds = states | {f"s{number}": "supplier" for number in range(5)}
    return [{"party": name, "name": f"Invented {name}", "kind": kind} for name, kind in kinds.items()]


def frame(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    """Rows as a table of the workbook."""
    schema = BY_NAME[name].schema()
    filled = [{"_file": "instance", "_sheet": name, "_row": at} | row for at, row in enumerate(rows, 2)]
    return pl.DataFrame({column: [row.get(column) for row in filled] for column in schema}, schema=schema)


def decimal_of(value: float, places: int = 3) -> Decimal:
    """A float as a decimal of a few places."""
    return Decimal(round(value * 10**places)).scaleb(-places)


@dataclass
class _Maker:
    """Makes one problem, table by table."""

    size: Size
    dice: Dice
    tight: float
    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    tonnes: list[float] = field(default_factory=list)
    places: list[tuple[str, float, float]] = field(default_factory=list)
    total: float = 0.0

    def build(self) -> None:
        """All tables, in an order of their own, for each draws on."""
        self.rows = {name: [] for name in BY_NAME}
        self.rows["horizon"] = [{"start": START, "weeks": self.size.weeks}]
        self.rows["parties"] = _parties(self.size)
        self._goods()
        self._sites()
        self._lanes()
        self._needs()
        self._offers()
        self._budgets()
        self._capacities()

    def _day(self, number: int) -> date:
        return START + timedelta(days=number)

    def _goods(self) -> None:
        """Ammunition with net explosive quantity, heavy systems without pallets, and supplies."""
        for number in range(self.size.goods):
            sort = ("supply", "ammunition", "system")[min(2, self.dice.whole(0, 4) // 2)]
            weight = min(
                60.0, max(0.02, self.dice.heavy({"supply": 1, "ammunition": 0.1, "system": 8}[sort], 0.8))
            )
            self.tonnes.append(weight)
            self.rows["goods"].append(
                {
                    "good": f"g{number:03}",
                    "name": f"{sort} {number}",
                    "unit": "piece",
                    "weight_kg": decimal_of(weight * 1000),
                    "pallets": None if sort == "system" else decimal_of(weight / 0.8),
                    "neq_kg": decimal_of(weight * 200) if sort == "ammunition" else None,
                    "step": Decimal(1) if sort == "system" else Decimal("0.01"),
                }
            )
            if number % 3 == 2:
                ratio = decimal_of(0.8 + 0.4 * self.dice.one(), 2)
                self.rows["equivalences"].append(
                    {"good": f"g{number:03}", "serves": f"g{number - 1:03}", "ratio": ratio}
                )

    def _sites(self) -> None:
        """Depots in the west, destinations in the east, all else between."""
        spans = ((0.0, 6.0), (4.0, 6.0), (7.0, 9.0), (10.0, 10.3), (11.0, 14.0))
        for kind, count, (west, east) in zip(_KINDS, self.size.sites, spans, strict=True):
            for number in range(count):
                x, y = west + (east - west) * self.dice.one(), 8 * self.dice.one()
                name = f"{kind}{number}"
                self.places.append((name, x, y))
                self.rows["sites"].append(
                    {"site": name, "name": name, "kind": kind, "country": "XX", "region": f"r{number % 3}"}
                )

    def _near(self, name: str, kind: str, count: int) -> list[str]:
        """The nearest sites of a kind."""
        x, y = next((x, y) for n, x, y in self.places if n == name)
        found = [((px - x) ** 2 + (py - y) ** 2, n) for n, px, py in self.places if n.startswith(kind)]
        return [n for _, n in sorted(found) if n != name][:count]

    def _lanes(self) -> None:
        """By road and rail from depots to hubs, by sea over ports, over crossings to the destinations."""
        for name, _, _ in self.places:
            if name.startswith("depot"):
                for hub in self._near(name, "hub", 3):
                    self._lane(name, hub, "road")
                    self._lane(name, hub, "rail")
                for port in self._near(name, "port", 2):
                    self._lane(name, port, "rail")
            elif name.startswith("port"):
                for hub in self._near(name, "hub", 3):
                    self._lane(name, hub, "sea")
            elif name.startswith("hub"):
                for crossing in self._near(name, "crossing", 9):
                    self._lane(name, crossing, "road")
                    if self.dice.one() < 0.6:
                        self._lane(name, crossing, "rail")
            elif name.startswith("crossing"):
                for goal in self._near(name, "destination", max(3, self.size.sites[4] * 6 // 10)):
                    self._lane(name, goal, "road")
        for name in [n for n, _, _ in self.places if n.startswith("destination")]:
            self._lane(self._near(name, "crossing", 1)[0], name, "rail")

    def _lane(self, start: str, end: str, mode: str) -> None:
        """One lane; slower ways are cheaper."""
        far = math.dist(*(next((x, y) for n, x, y in self.places if n == name) for name in (start, end)))
        pace, cost = {"road": (1.2, 100), "rail": (1.8, 50), "sea": (3.5, 20)}[mode]
        days = max(0.4, far * pace)
        self.rows["lanes"].append(
            {
                "lane": f"{start}-{end}-{mode}",
                "from": start,
                "to": end,
                "mode": mode,
                "days_p50": decimal_of(days, 1),
                "days_p10": decimal_of(days * 0.7, 1),
                "days_p90": decimal_of(days * 2.2, 1),
                "cost": round(far * cost * 100),
                "currency": "EUR",
            }
        )

    def _needs(self) -> None:
        """Needs of all sizes; some only in full, some in kits of two to four at one site."""
        days = self.size.weeks * 7
        for number in range(self.size.needs):
            good = self.dice.whole(0, self.size.goods - 1)
            wanted = self.dice.heavy(5.0, 1.4)
            quantity = max(1, math.ceil(wanted / self.tonnes[good]))
            self.total += quantity * self.tonnes[good]
            due = self.dice.whole(min(28, days // 3), days - 15)
            weight = _WEIGHTS[min(3, self.dice.whole(0, 9) // 2)] * self.tonnes[good] ** 0.35
            self.rows["needs"].append(
                {
                    "need": f"n{number:05}",
                    "good": f"g{good:03}",
                    "quantity": Decimal(quantity),
                    "site": f"destination{self.dice.whole(0, self.size.sites[4] - 1)}",
                    "due": self._day(due),
                    "last_useful": self._day(due + self.dice.whole(7, 56)),
                    "weight": decimal_of(max(weight, 0.001)),
                    "whole": self.dice.one() < 0.12,
                }
            )
        self._kits()

    def _kits(self) -> None:
        """One need in four belongs to a kit, which bears most of its weight."""
        first = 0
        while first + 4 <= len(self.rows["needs"]) // 4:
            members = self.rows["needs"][first : first + self.dice.whole(2, 4)]
            sets = min(int(str(member["quantity"])) for member in members)
            worth = max(Decimal(str(one["weight"])) * Decimal(str(one["quantity"])) for one in members)
            for member in members:
                member["site"], member["due"] = members[0]["site"], members[0]["due"]
                member["last_useful"], member["whole"] = members[0]["last_useful"], False
                member["weight"] = (Decimal(str(member["weight"])) * Decimal("0.15")).quantize(
                    Decimal("0.0001")
                )
                per_kit = Decimal(int(str(member["quantity"])) // sets)
                self.rows["kits"].append(
                    {
                        "kit": f"k{first:04}",
                        "need": member["need"],
                        "per_kit": per_kit,
                        "weight": (worth * Decimal("0.85") / sets).quantize(Decimal("0.0001")),
                    }
                )
            first += len(members)

    def _offers(self) -> None:
        """Stock of all sizes; some needs an approval, some is tied to a region."""
        days = self.size.weeks * 7
        for number in range(self.size.offers):
            good = self.dice.whole(0, self.size.goods - 1)
            quantity = max(1, math.ceil(self.dice.heavy(4.0, 1.4) / self.tonnes[good]))
            ready = 0 if self.dice.one() < 0.45 else self.dice.whole(0, days * 2 // 3)
            name = f"o{number:05}"
            self.rows["offers"].append(
                {
                    "offer": name,
                    "party": f"P{self.dice.whole(0, self.size.partners - 1)}",
                    "good": f"g{good:03}",
                    "quantity": Decimal(quantity),
                    "site": f"depot{self.dice.whole(0, self.size.sites[0] - 1)}",
                    "ready": self._day(ready),
                }
            )
            if self.dice.one() < 0.3:
                due = self._day(ready + self.dice.whole(0, 60))
                paper = {"approval": f"a{number:05}", "kind": "re-transfer consent", "party": "XX"}
                self.rows["approvals"].append(paper | {"covers": name, "asked": START, "due": due})
            if self.dice.one() < 0.25:
                region = f"r{self.dice.whole(0, min(2, self.size.sites[4] - 1))}"
                self.rows["earmarks"].append({"offer": name, "to": "region", "value": region})

    def _budgets(self) -> None:
        """A budget for each fourth partner, in four tranches, for a few goods."""
        days = self.size.weeks * 7
        for number in range(max(1, self.size.partners // 4)):
            usual = {"budget": f"b{number}", "party": f"P{number}", "currency": "EUR"}
            for part in range(4):
                day = self._day(part * days // 6)
                self.rows["budgets"].append(
                    usual | {"day": day, "amount": self.dice.whole(1, 9) * 20_000_000}
                )
            for good in range(number, self.size.goods, max(1, self.size.partners // 4)):
                price = max(1, round(self.tonnes[good] * self.dice.heavy(12_000, 0.6) * 100))
                self.rows["budgets"].append(
                    usual
                    | {
                        "good": f"g{good:03}",
                        "price": price,
                        "lead_days": self.dice.whole(28, max(42, days // 3)),
                        "supplier": f"s{good % 5}",
                        "site": f"depot{self.dice.whole(0, self.size.sites[0] - 1)}",
                    }
                )

    def _capacities(self) -> None:
        """Weekly room on every lane such that crossings bind; some lanes shut for weeks, partners capped."""
        weekly = self.total / (self.size.weeks * 0.75)
        counts: dict[tuple[str, str], int] = {}
        for lane in self.rows["lanes"]:
            counts[_layer(lane)] = counts.get(_layer(lane), 0) + 1
        for lane in self.rows["lanes"]:
            share = self.dice.heavy(1.0, 0.7) * weekly * self.tight * 1.1 / counts[_layer(lane)]
            limits: dict[str, object] = {"tonnes": decimal_of(share, 2)}
            if _layer(lane)[1] == "crossing":
                limits["neq_kg"] = decimal_of(share * 60, 1)
            if lane["mode"] == "road" and _layer(lane)[0] == "hub":
                limits["pallets"] = decimal_of(share * 1.1, 1)
            self.rows["capacities"].append({"on": lane["lane"]} | limits)
            if self.dice.one() < 0.12:
                first = self.dice.whole(0, self.size.weeks * 7 - 8)
                last = first + self.dice.whole(6, 34)
                span = {"from": self._day(first), "to": self._day(last)}
                self.rows["closures"].append({"on": lane["lane"]} | span)
        for number in range(self.size.sites[2]):
            most = decimal_of(weekly * self.tight * 1.5 / self.size.sites[2], 2)
            self.rows["capacities"].append({"on": f"hub{number}", "tonnes": most})
        for number in range(0, self.size.partners, 5):
            most = decimal_of(self.total / self.size.partners * 0.6, 2)
            self.rows["caps"].append({"party": f"P{number}", "what": "tonnes", "most": most})


def _layer(lane: Mapping[str, object]) -> tuple[str, str]:
    """Between which kinds of sites a lane runs."""
    return str(lane["from"]).rstrip("0123456789"), str(lane["to"]).rstrip("0123456789")


def main() -> None:
    """Write one problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write_folder(asked.folder, csv_files(tables(asked.size, asked.seed)))


if __name__ == "__main__":
    main()
