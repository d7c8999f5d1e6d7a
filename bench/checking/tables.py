"""The tables of a problem and of a plan, read from their CSV files."""

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from pathlib import Path

Row = dict[str, str]

LOADS = {"tonnes": ("weight_kg", 1000), "pallets": ("pallets", 1), "neq_kg": ("neq_kg", 1)}
"""Resources of lanes and sites: the column of a good that counts in each, and its parts in one unit."""


def rows_of(folder: Path, name: str) -> list[Row]:
    """Return the rows of a table; none if there is no file of it."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str | None, empty: Fraction | int = 0) -> Fraction:
    """Return a cell as a fraction; `empty` if it states nothing."""
    return Fraction(text) if text else Fraction(empty)


def day_of(text: str) -> date:
    """Return a cell as a day."""
    return date.fromisoformat(text)


def monday(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Problem:
    """The tables of a problem; only tables without a fault are understood."""

    folder: Path

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a table."""
        if name not in self._read:
            self._read[name] = rows_of(self.folder, name)
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, list[Row]]:
        return {}

    def named(self, name: str, key: str) -> dict[str, Row]:
        """Return the rows of a table by the column that names each."""
        return {row[key]: row for row in self.rows(name)}

    def listed(self, name: str, *columns: str) -> dict[tuple[str, ...], list[Row]]:
        """Return the rows of a table that have the same text in some columns."""
        found = defaultdict[tuple[str, ...], list[Row]](list)
        for row in self.rows(name):
            found[tuple(row.get(column) or "" for column in columns)].append(row)
        return found

    @cached_property
    def start(self) -> date:
        """Return the first day of the horizon, a Monday."""
        return monday(day_of(self.rows("horizon")[0]["start"]))

    @cached_property
    def end(self) -> date:
        """Return the last day of the horizon."""
        return self.start + timedelta(days=7 * int(self.rows("horizon")[0]["weeks"]) - 1)

    @cached_property
    def late_credit(self) -> Fraction:
        """Return the part of its value that a late unit has."""
        return number(self.rows("horizon")[0].get("late_credit"), Fraction(1, 2))

    @cached_property
    def goods(self) -> dict[str, Row]:
        """Return the goods by id."""
        return self.named("goods", "good")

    @cached_property
    def needs(self) -> dict[str, Row]:
        """Return the needs by id."""
        return self.named("needs", "need")

    @cached_property
    def offers(self) -> dict[str, Row]:
        """Return the offers by id."""
        return self.named("offers", "offer")

    @cached_property
    def lanes(self) -> dict[str, Row]:
        """Return the lanes by id."""
        return self.named("lanes", "lane")

    @cached_property
    def sites(self) -> dict[str, Row]:
        """Return the sites by id."""
        return self.named("sites", "site")

    @cached_property
    def ratios(self) -> dict[tuple[str, str], Fraction]:
        """Return the units of need that a unit of a good serves, by good and needed good."""
        found = {(row["good"], row["serves"]): Fraction(row["ratio"]) for row in self.rows("equivalences")}
        return found | {(good, good): Fraction(1) for good in self.goods}

    @cached_property
    def purchases(self) -> dict[tuple[str, ...], list[Row]]:
        """Return the purchases by budget, good and supplier."""
        found = self.listed("budgets", "budget", "good", "supplier")
        return {key: rows for key, rows in found.items() if key[1]}

    @cached_property
    def tranches(self) -> dict[str, list[tuple[date, Fraction]]]:
        """Return the day and the amount in minor units of each tranche, by budget."""
        found = defaultdict[str, list[tuple[date, Fraction]]](list)
        for row in self.rows("budgets"):
            if row.get("amount"):
                day = day_of(row["day"]) if row["day"] else self.start
                found[row["budget"]].append((max(day, self.start), Fraction(row["amount"]) * 100))
        return found

    def step(self, good: str) -> Fraction:
        """Return the step of a good."""
        return number(self.goods[good].get("step"), 1)

    def loads(self, good: str) -> dict[str, Fraction]:
        """Return the amount of each resource that one unit of a good takes."""
        row = self.goods[good]
        return {name: number(row.get(column)) / parts for name, (column, parts) in LOADS.items()}

    def transit(self, lane: str) -> timedelta:
        """Return the days that a lane is planned with."""
        return timedelta(days=max(1, math.ceil(Fraction(self.lanes[lane]["days_p50"]))))

    def last(self, need: Row) -> date:
        """Return the last useful day of a need."""
        return day_of(need.get("last_useful") or need["due"])


@dataclass(frozen=True)
class PlanFolder:
    """The files of a plan."""

    folder: Path

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the rows of a table."""
        yield from rows_of(self.folder, name)

    @cached_property
    def movements(self) -> list[Row]:
        """Return the movements."""
        return rows_of(self.folder, "movements")

    @cached_property
    def legs(self) -> dict[str, list[Row]]:
        """Return the legs of each movement, in order."""
        found = defaultdict[str, list[Row]](list)
        for row in sorted(rows_of(self.folder, "legs"), key=lambda row: int(row["leg"])):
            found[row["movement"]].append(row)
        return found

    @cached_property
    def payments(self) -> dict[str, list[Row]]:
        """Return the payments for each movement."""
        found = defaultdict[str, list[Row]](list)
        for row in rows_of(self.folder, "payments"):
            found[row["movement"]].append(row)
        return found

    @cached_property
    def stated(self) -> dict[str, Fraction]:
        """Return the value and the bound that the plan states."""
        document = json.loads((self.folder / "plan.json").read_text("utf-8"))
        return {name: Fraction(str(document[name])) for name in ("value", "bound")}
