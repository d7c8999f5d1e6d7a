"""Timely supply: needs by the month of their due day, kits, money, goods per head."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

import polars as pl

from konvoi.kit.money import to_major
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.figures import FUNNEL, TEMPO, joined
from konvoi.report.names import table
from konvoi.report.planning.need_status import Served, served
from konvoi.report.planning.oblasts import Oblast, oblasts

ZERO = Decimal(0)


@dataclass(frozen=True)
class Month:
    """The needs that are due in one month, by value. needed = in_time + late + open.

    in_time: received by the due day; late: received after it; no_day: of `in_time`, by receipts that say no
    day. planned, expected: of what is open, what the plan brings by the due day, by its own days and by the
    middle of the simulated runs.
    """

    month: date
    needed: Decimal
    in_time: Decimal
    late: Decimal
    open: Decimal
    planned: Decimal
    expected: Decimal
    no_day: Decimal
    ids: tuple[str, ...]


def months(case: Case) -> tuple[Month, ...]:
    """The validated needs by the month in which they are due, the earliest first."""
    by_month: dict[date, list[Served]] = defaultdict(list)
    for one in served(case):
        by_month[_due(one).replace(day=1)].append(one)
    return tuple(_month(month, found) for month, found in sorted(by_month.items()))


def before_and_after(case: Case) -> tuple[Month, Month]:
    """The validated needs that are due by the case's day, and those that are due later, each together."""
    found = served(case)
    past, coming = ([one for one in found if (_due(one) <= case.day) == by] for by in (True, False))
    return _month(case.day, past), _month(case.day, coming)


def _due(one: Served) -> date:
    due = one.need["due"]
    if not isinstance(due, date):
        raise ValueError(f"a need that is served has a due day: {one.need!r}")
    return due


def _month(month: date, found: Sequence[Served]) -> Month:
    return Month(
        month,
        _sum(one.value(one.needed) for one in found),
        _sum(one.value(min(one.there(_due(one)), one.needed)) for one in found),
        _sum(one.value(one.received - one.there(_due(one))) for one in found),
        _sum(one.value(one.needed - one.received) for one in found),
        _sum(one.value(one.on_time) for one in found),
        _sum(one.value(one.planned(_due(one), "middle")) for one in found),
        _sum(one.value(sum((u for day, u in one.came if day is None), ZERO)) for one in found),
        joined(*(one.ids for one in found)),
    )


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


@dataclass(frozen=True)
class KitMonths:
    """One kit: how many its needs could make, and how many whole ones had been handed over by each day.

    military: whether any of its components is given as military.
    """

    name: str
    asked: int
    by_day: tuple[tuple[date, int], ...]
    military: bool
    ids: tuple[str, ...]

    @property
    def whole(self) -> int:
        """The number that are whole by now."""
        return self.by_day[-1][1] if self.by_day else 0


class _Component(NamedTuple):
    """A need for one good of a kit, and the units of it in one kit."""

    need: Served
    per_kit: Decimal


def kits(case: Case) -> tuple[KitMonths, ...]:
    """Kits of which every component is a validated need, as hand-overs make them whole over time."""
    known = {str(one.need["need"]): one for one in served(case)}
    parts: dict[str, list[_Component]] = defaultdict(list)
    broken = set()
    for row in table(case, "kits").sort("kit", "need").iter_rows(named=True):
        if row["need"] in known and row["per_kit"] and row["per_kit"] > 0:
            parts[row["kit"]].append(_Component(known[row["need"]], row["per_kit"]))
        else:
            broken.add(row["kit"])
    military = goods_of(case, "military")
    return tuple(_kit(name, parts[name], military) for name in sorted(parts) if name not in broken)


def goods_of(case: Case, kind: str) -> frozenset[str]:
    """The goods that are given as of a kind."""
    rows = case.entries.filter(pl.col("kind") == kind)["good"].drop_nulls().unique()
    return frozenset(str(one) for one in rows)


def _kit(name: str, parts: Sequence[_Component], military: frozenset[str]) -> KitMonths:
    days = sorted({day or date.min for one, _ in parts for day, _ in one.handed} - {date.min})
    counted = [(day, min(_whole(one.over(day), per) for one, per in parts)) for day in days]
    steps = [step for at, step in enumerate(counted) if step[1] > (counted[at - 1][1] if at else 0)]
    return KitMonths(
        name,
        min(_whole(one.needed, per) for one, per in parts),
        tuple(steps),
        any(str(one.need["good"]) in military for one, _ in parts),
        joined(*(one.ids for one, _ in parts)),
    )


def _whole(units: Decimal, per_kit: Decimal) -> int:
    return int((units / per_kit).to_integral_value(ROUND_FLOOR))


@dataclass(frozen=True)
class Financing:
    """One period of the stated financing need, and what was disbursed in its months; None: no such figure.

    currency: of `needed`; disbursed is in the totals' currency, and None where that is another one.
    """

    first: date
    last: date
    needed: Decimal
    currency: str
    disbursed: Decimal | None
    ids: tuple[str, ...]


def disbursed(case: Case) -> dict[date, tuple[Decimal, tuple[str, ...]]]:
    """Return the amount put at the state's disposal by month, by the totals of the stage disbursed."""
    total = case.totals.get(f"{TEMPO}{Stage.DISBURSED}")
    found = {}
    for part in total.by if total else ():
        year, _, month = part.key.partition("-")
        if year.isdigit() and month.isdigit():
            found[date(int(year), int(month), 1)] = (part.value, part.entries)
    return dict(sorted(found.items()))


def financing(case: Case) -> tuple[Financing, ...]:
    """The periods of the stated need (table financing_needs), the earliest first."""
    months_ = disbursed(case)
    total = case.totals.get(f"{FUNNEL}{Stage.DISBURSED}")
    unit = total.unit if total else ""
    found = []
    rows = table(case, "financing_needs").drop_nulls(["from", "to", "amount", "currency"])
    for row in rows.sort("from", "financing_need").iter_rows(named=True):
        first = row["from"]
        last = row["to"]
        currency = str(row["currency"])
        inside = {m: v for m, v in months_.items() if first.replace(day=1) <= m <= last}
        known = unit == currency
        found.append(
            Financing(
                first,
                last,
                to_major(row["amount"], currency),
                currency,
                sum((value for value, _ in inside.values()), ZERO) if known else None,
                joined([f"financing_needs/{row['financing_need']}"], *(ids for _, ids in inside.values())),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class PerHead:
    """Civil goods in one oblast: kg received (None: a weight is not known), the needs there by value."""

    oblast: Oblast
    kg: Decimal | None
    needed: Decimal
    received: Decimal
    ids: tuple[str, ...]

    @property
    def share(self) -> Decimal | None:
        """The share of the need there that was received."""
        return self.received / self.needed if self.needed else None

    @property
    def per_thousand(self) -> Decimal | None:
        """kg for each thousand people; None where weight or people are not known."""
        if self.kg is None or not self.oblast.people:
            return None
        return self.kg * 1000 / self.oblast.people


def per_head(case: Case) -> tuple[PerHead, ...]:
    """Civil goods by oblast, those that got least of what they need first."""
    where = oblasts(case)
    military = goods_of(case, "military")
    weights = dict(table(case, "goods").select("good", "weight_kg").iter_rows())
    by_code: dict[str, list[Served]] = defaultdict(list)
    names: dict[str, Oblast] = {}
    for one in served(case):
        oblast = where.get(str(one.need["site"] or ""))
        if oblast is not None and str(one.need["good"]) not in military:
            by_code[oblast.code].append(one)
            names[oblast.code] = oblast
    rows = [_of_oblast(names[code], found, weights) for code, found in by_code.items()]
    return tuple(sorted(rows, key=lambda row: (row.share or ZERO, -row.needed, row.oblast.code)))


def _of_oblast(oblast: Oblast, found: Sequence[Served], weights: dict[str, Decimal | None]) -> PerHead:
    heavy = [(one.received, weights.get(str(one.need["good"]))) for one in found if one.received]
    kg = [units * weight for units, weight in heavy if weight is not None]
    return PerHead(
        oblast,
        sum(kg, ZERO) if len(kg) == len(heavy) else None,
        sum((one.value(one.needed) for one in found), ZERO),
        sum((one.value(one.received) for one in found), ZERO),
        joined(*(one.ids for one in found)),
    )
