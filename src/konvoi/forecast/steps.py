"""The steps of each movement of a plan: contract, production, approvals, legs, closures, passing,
hand-over."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

import polars as pl

from konvoi.forecast.core.draw import ADD, BY, WAIT
from konvoi.forecast.delay import Spread
from konvoi.forecast.delays import BY_NAME
from konvoi.forecast.delays.closure import Shut
from konvoi.kit.days import monday

Row = Mapping[str, Any]
Tables = Mapping[str, pl.DataFrame]

PASSED = ("crossing", "hub", "port", "railhead", "airport")
"""Kinds of sites that take time to pass."""


class Planned(Protocol):
    """Parts of a plan that a forecast reads: movements and legs (columns: docs/reference/plan-folder.md).

    It may also have `payments`, which give the days of orders.
    """

    @property
    def movements(self) -> pl.DataFrame:
        """One line for each consignment."""

    @property
    def legs(self) -> pl.DataFrame:
        """One line for each leg."""


@dataclass(frozen=True)
class Step:
    """One step of a movement.

    kind: the name of its delay. key: the supplier, state, lane or site that it hangs on. shared: steps of one
    text have a part of their luck in common; empty: none. how: ADD, WAIT or BY. day: for WAIT the planned day
    of departure, for BY the day from which it counts. lane: of a leg. stated: how many of the three days were
    stated; the others are assumed.
    """

    kind: str
    key: str
    spread: Spread
    how: int = ADD
    shared: str = ""
    day: date = date.min
    lane: str = ""
    stated: int = 0


@dataclass(frozen=True)
class Way:
    """A movement with its steps; `begins` is the day from which the first of them counts."""

    move: Row
    begins: date
    steps: tuple[Step, ...]


Assumed = Mapping[str, Spread]
"""Days by the name of a delay, as its own `assumed`, to be assumed instead of those."""

USUAL: Assumed = {}

SHOCKS = pl.Schema(
    {
        "on": pl.String(),
        "a_year": pl.Float64(),
        "low": pl.Float64(),
        "middle": pl.Float64(),
        "high": pl.Float64(),
    }
)
"""The table `shocks`: frequency and days of closures without notice of a lane, a site, or each site of a
kind: one time in ten less than low, half the time less than middle, one time in ten more than high."""


def ways(tables: Tables, plan: Planned, assumed: Assumed) -> tuple[Way, ...]:
    """The movements of a plan by need and id, with their steps."""
    return tuple(_Ground(tables, plan, assumed).ways())


class _Ground:
    """The tables by their ids."""

    def __init__(self, tables: Tables, plan: Planned, assumed: Assumed) -> None:
        self.delays = {
            name: replace(delay, assumed=assumed.get(name, delay.assumed)) for name, delay in BY_NAME.items()
        }
        self.moves = plan.movements.sort("need", "movement").rows(named=True)
        self.lanes = {row["lane"]: row for row in rows(tables, "lanes")}
        self.kinds = {row["site"]: row["kind"] for row in rows(tables, "sites")}
        self.offers = {row["offer"]: row for row in rows(tables, "offers")}
        self.budgets = rows(tables, "budgets")
        self.start = min((row["start"] for row in rows(tables, "horizon") if row["start"]), default=date.min)
        self.contracts = {row["line"]: row for row in rows(tables, "contracts") if row["line"]}
        self.approvals: dict[str, list[Row]] = defaultdict(list)
        for row in rows(tables, "approvals"):
            self.approvals[row["covers"]].append(row)
        self.shut = {row["on"]: row for row in rows(tables, "shocks")}
        self.legs: dict[str, list[Row]] = defaultdict(list)
        for row in plan.legs.sort("movement", "leg").iter_rows(named=True):
            self.legs[row["movement"]].append(row)
        payments: pl.DataFrame | None = getattr(plan, "payments", None)
        known = (
            ()
            if payments is None or payments.is_empty()
            else payments.select("movement", "ordered").drop_nulls().iter_rows()
        )
        self.ordered: dict[str, date] = dict(known)

    def ways(self) -> Iterator[Way]:
        """Each movement with its steps."""
        for move in self.moves:
            begins, made = self._made(move)
            steps = (*made, *self._papers(move), *self._legs(move))
            yield Way(move, begins, steps)

    def _made(self, move: Row) -> tuple[date, tuple[Step, ...]]:
        """Return the day from which it is prepared, and the steps until it is ready."""
        if move.get("offer") is None and move.get("budget"):
            return self._bought(move)
        offer = self.offers.get(move.get("offer") or "", {})
        contract = self.contracts.get(offer.get("line") or "")
        ready = offer.get("ready")
        if contract is None or ready is None or ready <= self.start:
            return move["departs"], ()
        begins = min(ready, max(contract["day"] or self.start, self.start))
        step = self._production(contract["supplier"] or offer["party"], (ready - begins).days)
        return (begins, (step,)) if ready > begins else (move["departs"], ())

    def _bought(self, move: Row) -> tuple[date, tuple[Step, ...]]:
        """Return the planned day of an order, and the steps until the goods are ready."""
        supplier = move.get("supplier") or ""
        lead = max((one for row in self.budgets if (one := _lead(row, move)) is not None), default=0)
        ordered = self.ordered.get(move["movement"], move["departs"] - timedelta(days=lead))
        member = self.delays["contract"]
        contract = Step(member.name, supplier, member.spread(), shared=f"contract {supplier}")
        return ordered, (contract, *((self._production(supplier, lead),) if lead > 0 else ()))

    def _papers(self, move: Row) -> Iterator[Step]:
        """The approvals that are not given yet."""
        line = self.offers.get(move.get("offer") or "", {}).get("line")
        member = self.delays["approval"]
        for name in sorted({one for one in (move.get("offer"), line, move.get("budget")) if one}):
            for row in self.approvals.get(name, ()):
                if row["given"] is None and row["refused"] is None and row["due"] is not None:
                    shared = f"approval {row['party']}"
                    state = row["party"] or ""
                    yield Step(member.name, state, member.spread(), BY, shared, row["due"])

    def _legs(self, move: Row) -> Iterator[Step]:
        """The legs, what lies between them, and the hand-over."""
        legs = self.legs[move["movement"]]
        for number, leg in enumerate(legs, 1):
            yield self._leg(leg)
            yield from self._closures(leg)
            if number < len(legs) and self.kinds.get(self.lanes[leg["lane"]]["to"]) in PASSED:
                yield self._passed(self.lanes[leg["lane"]]["to"], leg["arrives"])
        member = self.delays["hand over"]
        to = str(self.lanes[legs[-1]["lane"]]["to"]) if legs else ""
        how = ADD if legs else WAIT
        yield Step(member.name, to, member.spread(), how, day=move["departs"])

    def _leg(self, leg: Row) -> Step:
        """One leg, with its lane's days."""
        lane = self.lanes[leg["lane"]]
        member = self.delays["transit"]
        middle = max(0.1, float(lane["days_p50"] or 0))
        low, high = (lane.get(name) for name in ("days_p10", "days_p90"))
        usual = member.spread(middle)
        spread = Spread(
            usual.low if low is None else min(middle, max(0.1, float(low))),
            middle,
            usual.high if high is None else max(middle, float(high)),
        )
        shared = f"transit {leg['lane']} {monday(leg['departs'])}"
        stated = 1 + (low is not None) + (high is not None)
        return Step(member.name, leg["lane"], spread, WAIT, shared, leg["departs"], leg["lane"], stated)

    def _closures(self, leg: Row) -> Iterator[Step]:
        """Yield the closures of a leg's lane and of the site it leads to, where their frequency is stated."""
        to = self.lanes[leg["lane"]]["to"]
        of_site = self.shut.get(to) or self.shut.get(self.kinds.get(to))
        for on, row in ((leg["lane"], self.shut.get(leg["lane"])), (to, of_site)):
            if row is not None:
                spread = Shut(row["low"], row["middle"], row["high"], row["a_year"])
                shared = f"closure {on} {monday(leg['arrives'])}"
                yield Step(self.delays["closure"].name, on, spread, shared=shared, stated=3)

    def _production(self, supplier: str, days: int) -> Step:
        member = self.delays["production"]
        return Step(
            member.name, supplier, member.spread(float(days)), shared=f"production {supplier}", stated=1
        )

    def _passed(self, site: str, day: date) -> Step:
        member = self.delays["passing"]
        return Step(member.name, site, member.spread(), shared=f"passing {site} {monday(day)}")


def rows(tables: Tables, name: str) -> list[dict[str, Any]]:
    """The rows of a table, none where it is missing."""
    return tables[name].rows(named=True) if name in tables else []


def _lead(row: Row, move: Row) -> int | None:
    """The lead days of what a movement buys, where this row of a budget sells it."""
    same = row["budget"] == move["budget"] and row["good"] == move["good"]
    if not same or (row["supplier"] or "") != (move.get("supplier") or "") or row["lead_days"] is None:
        return None
    return max(0, int(row["lead_days"]))
