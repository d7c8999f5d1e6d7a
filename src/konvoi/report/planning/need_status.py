"""The status of each need: received, under way, planned, open, or not shown to the reader; it adds up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.model.met import RECEIVED, UNDER_WAY
from konvoi.model.stages import Stage
from konvoi.report.case import Case
from konvoi.report.ledger.figures import joined
from konvoi.report.names import table
from konvoi.report.planning.arrivals import Arrival, arrivals, needs

PARTS = ("received", "under_way", "on_time", "late", "open")
"""The parts of a need, in the order in which they are told."""


@dataclass(frozen=True)
class Served:
    """One need and what becomes of it, in units of the need; the PARTS add up to what is needed.

    came: what was received, by day; handed: what was handed over, by the day of the hand-over where a paper
    tells it, else of the receipt. on_time, late: planned, by the plan's own days.
    """

    need: dict[str, object]
    arrivals: tuple[Arrival, ...]
    came: tuple[tuple[date | None, Decimal], ...]
    handed: tuple[tuple[date | None, Decimal], ...]
    received: Decimal
    under_way: Decimal
    on_time: Decimal
    late: Decimal
    open: Decimal

    @property
    def needed(self) -> Decimal:
        """The quantity needed: all parts together."""
        return sum((self.part(name) for name in PARTS), Decimal(0))

    @property
    def met(self) -> Decimal:
        """The quantity received or under way: the plan leaves it alone."""
        return self.received + self.under_way

    @property
    def full(self) -> bool:
        """Return True if all of it is received, under way, or planned on time."""
        return not (self.late or self.open)

    @property
    def ids(self) -> tuple[str, ...]:
        """The records behind the figures of this need."""
        return joined([f"needs/{self.need['need']}"], *(arrival.behind for arrival in self.arrivals))

    def part(self, name: str) -> Decimal:
        """One of the PARTS."""
        found: Decimal = getattr(self, name)
        return found

    def value(self, units: Decimal) -> Decimal:
        """Return the value of so many units of the need: its weight times them."""
        weight = self.need["weight"]
        return units * (weight if isinstance(weight, Decimal) else Decimal(1))

    def planned(self, end: date, which: str = "arrives") -> Decimal:
        """Return the quantity that the plan has brought by a day, at most the planned one; `which`: see
        Arrival.on.
        """
        units = sum((a.units for a in self.arrivals if a.on(which) <= end), Decimal(0))
        return min(units, self.needed - self.met)

    def there(self, end: date) -> Decimal:
        """Return the quantity received by a day; a receipt without a day counts from the first."""
        return sum((units for day, units in self.came if day is None or day <= end), Decimal(0))

    def over(self, end: date) -> Decimal:
        """Return the quantity handed over by a day; without a day it counts from the first."""
        return sum((units for day, units in self.handed if day is None or day <= end), Decimal(0))


def served(case: Case) -> tuple[Served, ...]:
    """Every need that is planned, by due day, with what becomes of it."""
    by_need: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in arrivals(case):
        by_need[arrival.need].append(arrival)
    met = _met(case)
    return tuple(
        _served(need, tuple(by_need[str(need["need"])]), met[str(need["need"])]) for need in needs(case)
    )


def papers(case: Case) -> bool:
    """Return True if there is any despatch or receipt that shows arrivals; without one nobody knows of
    any.
    """
    return any(not table(case, name).is_empty() for name in ("movements", "receipts"))


def worth(found: Iterable[Served], name: str) -> Decimal:
    """The value of one of the PARTS, or of all that is `needed`, over several needs."""
    return sum((one.value(one.needed if name == "needed" else one.part(name)) for one in found), Decimal(0))


Came = tuple[str, date | None, Decimal, bool, date | None]


def _met(case: Case) -> dict[str, list[Came]]:
    """Return, by need, the supply that met it before the plan: kind, day, units, handed over or not, since
    when.
    """
    found: dict[str, list[Came]] = defaultdict(list)
    rows = case.tables.get("met")
    if rows is not None:
        over = (pl.col("kind") == RECEIVED) | (pl.col("stage") == Stage.HANDED_OVER).fill_null(value=False)
        columns = ("need", "kind", "day", "quantity", over.alias("over"), pl.coalesce("handed", "day"))
        for need, *told in rows.select(columns).iter_rows():
            found[need].append((told[0], told[1], told[2], told[3], told[4]))
    return found


def _served(need: dict[str, object], coming: tuple[Arrival, ...], met: list[Came]) -> Served:
    due = need["due"]
    last = need["last_useful"]
    quantity = need["quantity"]
    if not isinstance(due, date) or not isinstance(last, date) or not isinstance(quantity, Decimal):
        raise ValueError(f"needs() gives whole rows, not {need!r}")
    came = tuple((day, units) for kind, day, units, _, _ in met if kind == RECEIVED)
    handed = tuple((since, units) for _, _, units, over, since in met if over)
    received = sum((units for _, units in came), Decimal(0))
    under_way = sum((units for kind, _, units, _, _ in met if kind == UNDER_WAY), Decimal(0))
    wanted = quantity - received - under_way
    on_time = min(sum((a.units for a in coming if a.arrives <= due), Decimal(0)), wanted)
    useful = min(sum((a.units for a in coming if a.arrives <= last), Decimal(0)), wanted)
    return Served(
        need=need,
        arrivals=coming,
        came=came,
        handed=handed,
        received=received,
        under_way=under_way,
        on_time=on_time,
        late=useful - on_time,
        open=wanted - useful,
    )
