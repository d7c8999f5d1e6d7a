"""Consignments of a plan, with all data for those who load, carry and receive them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from konvoi.kit.days import monday
from konvoi.model.table import QUANTITY
from konvoi.model.tables import BY_NAME
from konvoi.plan import allowed
from konvoi.plan.clean import Notes, clean
from konvoi.plan.exact import WIDE
from konvoi.plan.network import listed
from konvoi.plan.numbers import numbers
from konvoi.plan.plan import Plan
from konvoi.plan.vehicles import vehicles
from konvoi.plan.world import Row, World, world

CONSIGNMENTS = pl.Schema(
    {
        "consignment": pl.String(),
        "week": pl.Date(),
        "party": pl.String(),
        "offer": pl.String(),
        "line": pl.String(),
        "budget": pl.String(),
        "supplier": pl.String(),
        "need": pl.String(),
        "good": pl.String(),
        "quantity": QUANTITY,
        "unit": pl.String(),
        "gross_kg": QUANTITY,
        "volume_m3": QUANTITY,
        "pallets": QUANTITY,
        "neq_kg": QUANTITY,
        "hazard": pl.String(),
        "from": pl.String(),
        "to": pl.String(),
        "pickup_from": pl.Date(),
        "pickup_to": pl.Date(),
        "departs": pl.Date(),
        "arrives": pl.Date(),
        "due": pl.Date(),
        "on_time": pl.Boolean(),
        "crossing": pl.String(),
        "way": pl.String(),
        "consignee": pl.String(),
        "carriers": pl.String(),
        "number": pl.String(),
    }
)
"""One line for each movement of a plan. `week`: the Monday of its loading week. Loads are null where the
catalogue does not state them; `hazard` is null where no code of the scheme UN or HD is given. `crossing`,
`way` (lanes in order) and `carriers` list ids parted by `; `. `number`: what people call it
(konvoi.plan.numbers)."""

LEGS = pl.Schema(
    {
        "consignment": pl.String(),
        "leg": pl.Int64(),
        "lane": pl.String(),
        "mode": pl.String(),
        "carrier": pl.String(),
        "from": pl.String(),
        "to": pl.String(),
        "departs": pl.Date(),
        "arrives": pl.Date(),
        "week": pl.Date(),
        "vehicles": pl.Int64(),
    }
)
"""One line for each leg, from 1; `week`: the Monday of the week in which it loads. vehicles: whole ones, by
the mode (konvoi.plan.vehicles); null where the load is not known or the mode has no vehicle."""

HAZARDS = ("HD", "UN")
"""Schemes of `goods.codes` that state a hazard: hazard division, United Nations number."""

HUBS = ("hub", "port", "railhead", "airport")


@dataclass(frozen=True)
class Ground:
    """The tables behind the orders: as submitted, and as the audit counts with them."""

    tables: Mapping[str, pl.DataFrame]
    plan: Plan
    recipient: str = ""
    legs: Mapping[str, list[Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame], plan: Plan, *, recipient: str = "") -> "Ground":
        """The ground of a plan; `recipient` is the consignee of needs that name none."""
        legs: dict[str, list[Row]] = {}
        for row in plan.legs.sort("movement", "leg").iter_rows(named=True):
            legs.setdefault(row["movement"], []).append(row)
        return cls(tables, plan, recipient, legs)

    @cached_property
    def world(self) -> World:
        """The tables in exact numbers."""
        states = tuple(str(one) for one in _listed(self.plan, "states", ("validated",)))
        usual = ("accepted", "accepted in part")
        offers = tuple(str(one) for one in _listed(self.plan, "offer_states", usual))
        return world(clean(self.tables, Notes()), states, offers)

    @cached_property
    def moves(self) -> dict[str, Row]:
        """The plan's movements by id, each with the site it starts at."""
        return {
            row["movement"]: row | {"_from": self._start(row)}
            for row in self.plan.movements.sort("movement").iter_rows(named=True)
        }

    def _start(self, row: Row) -> str:
        """Return the place where a movement starts: its first leg's site, else the need's own."""
        legs = self.legs.get(row["movement"])
        return str(legs[0]["from"] if legs else self.rows("needs").get(row["need"], {}).get("site") or "")

    def rows(self, name: str) -> Mapping[str, Row]:
        """Return a table's rows by id, as submitted."""
        return self._rows[name]

    @cached_property
    def _rows(self) -> dict[str, dict[str, Row]]:
        return {
            name: {
                row[BY_NAME[name].key[0]]: row
                for row in self.tables.get(name, BY_NAME[name].empty()).iter_rows(named=True)
            }
            for name in ("goods", "needs", "offers", "sites", "lanes")
        }

    @cached_property
    def ways(self) -> Mapping[str, list[tuple[str, str]]]:
        """For each site the lanes that lead from it, and where each leads."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name, lane in sorted(self.world.lanes.items()):
            found.setdefault(lane["from"], []).append((name, lane["to"]))
        return found

    @cached_property
    def payers(self) -> Mapping[str, str]:
        """Return the owner of each budget."""
        budgets = self.tables.get("budgets", BY_NAME["budgets"].empty())
        return dict(budgets.select("budget", "party").unique("budget", keep="first").iter_rows())

    def party(self, move: Row) -> str:
        """Return the sender of a movement: the partner who offers the goods, or whose money buys them."""
        if move["offer"] is not None:
            return str(self.rows("offers").get(move["offer"], {}).get("party") or "")
        return self.payers.get(move["budget"] or "", "")

    def covered(self, move: Row) -> set[str]:
        """Return the records that a movement's approvals may be for: its offer, its line, its budget."""
        line = self.rows("offers").get(move["offer"] or "", {}).get("line")
        return {name for name in (move["offer"], line, move["budget"]) if name}


def _listed(plan: Plan, name: str, usual: tuple[str, ...]) -> Sequence[object]:
    stated = plan.parameters.get(name)
    return list(stated) if isinstance(stated, list | tuple) else usual


def consignments(ground: Ground, before: Mapping[str, Mapping[str, object]] | None = None) -> pl.DataFrame:
    """Return consignments by loading day and id (CONSIGNMENTS); before: the last issue's; numbers stay."""
    known = numbers(ground.moves, before)
    rows = [_consignment(ground, move) | {"number": known[name]} for name, move in ground.moves.items()]
    return _frame(rows, CONSIGNMENTS).sort("departs", "consignment")


def legs(ground: Ground) -> pl.DataFrame:
    """All legs by consignment and number (LEGS)."""
    lanes = ground.rows("lanes")
    rows = []
    for name, move in ground.moves.items():
        load = _load(ground, move)
        for leg in ground.legs.get(name, []):
            lane = lanes.get(leg["lane"], {})
            rows.append(
                {column: leg.get(column) for column in LEGS}
                | {"consignment": name, "mode": lane.get("mode"), "carrier": lane.get("carrier") or None}
                | {"vehicles": vehicles(lane.get("mode"), load, _stated(lane))}
            )
    return _frame(rows, LEGS).sort("consignment", "leg")


def _stated(lane: Row) -> dict[str, Decimal | None]:
    """Return what a vehicle of a lane carries, as far as the lane says so."""
    return {"tonnes": lane.get("vehicle_tonnes"), "pallets": lane.get("vehicle_pallets")}


def _frame(rows: list[dict[str, Any]], schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame({name: [row[name] for row in rows] for name in schema}, schema=schema)


def _consignment(ground: Ground, move: Row) -> Row:
    """One movement as those who handle it read it."""
    need = ground.rows("needs").get(move["need"], {})
    good = ground.rows("goods").get(move["good"], {})
    first, last = window(ground, move)
    return {
        "consignment": move["movement"],
        "week": monday(move["departs"]),
        "party": ground.party(move) or None,
        "line": ground.rows("offers").get(move["offer"] or "", {}).get("line"),
        "unit": good.get("unit"),
        "gross_kg": _times(move["quantity"], good.get("weight_kg")),
        "volume_m3": _times(move["quantity"], good.get("volume_m3")),
        "pallets": _times(move["quantity"], good.get("pallets")),
        "neq_kg": _times(move["quantity"], good.get("neq_kg")),
        "hazard": hazard(good.get("codes")),
        "from": move["_from"],
        "to": need.get("site"),
        "pickup_from": first,
        "pickup_to": last,
        "due": need.get("due"),
        "consignee": need.get("recipient") or ground.recipient or need.get("site"),
        **{name: move[name] for name in ("offer", "budget", "supplier", "need", "good", "quantity")},
        **{name: move[name] for name in ("departs", "arrives", "on_time")},
        **_way(ground, ground.legs.get(move["movement"], [])),
    }


def _load(ground: Ground, move: Row) -> dict[str, Decimal | None]:
    """Return tonnes, pallets and net explosive quantity of a movement; None where the catalogue is silent."""
    good = ground.rows("goods").get(move["good"], {})
    kg = _times(move["quantity"], good.get("weight_kg"))
    return {
        "tonnes": None if kg is None else kg / 1000,
        "pallets": _times(move["quantity"], good.get("pallets")),
        "neq_kg": _times(move["quantity"], good.get("neq_kg")),
    }


def _times(quantity: Decimal, each: Decimal | None) -> Decimal | None:
    """Return the total for so many units, to six places; unknown if the value of one unit is unknown."""
    return None if each is None else round(WIDE.multiply(quantity, each), 6)


def hazard(codes: str | None) -> str | None:
    """The hazard that a good's codes state; None where they state none. Nothing is concluded from a name.

    >>> hazard("NSN:1315-01-107-7155; UN:0303; HD:1.2G"), hazard("CN:3926")
    ('HD 1.2G, UN 0303', None)
    """
    parts = [code.partition(":") for code in listed(codes)]
    found = sorted((scheme.upper(), value.strip()) for scheme, _, value in parts if value.strip())
    return ", ".join(f"{scheme} {value}" for scheme, value in found if scheme in HAZARDS) or None


def _way(ground: Ground, found: list[Row]) -> dict[str, str | None]:
    """Return crossings, lanes and carriers of a path, each once, in order."""
    sites = ground.rows("sites")
    lanes = ground.rows("lanes")
    passed = [found[0]["from"], *(leg["to"] for leg in found)] if found else []
    crossings = [site for site in passed if sites.get(site, {}).get("kind") == "crossing"]
    carriers = [str(lanes.get(leg["lane"], {}).get("carrier") or "") for leg in found]
    return {
        "crossing": _text(crossings),
        "way": _text([leg["lane"] for leg in found]),
        "carriers": _text([one for one in carriers if one]),
    }


def _text(ids: list[str]) -> str | None:
    return "; ".join(dict.fromkeys(ids)) or None


def window(ground: Ground, move: Row) -> tuple[date, date]:
    """The days on which a movement can be picked up so that all that follows stays as planned.

    Days of its loading week around the planned one, from the day it is ready, on which its papers hold and
    its first lane is open, and from which it is in time for its next leg (or, after the only leg, for the
    need: no later than planned to be of the same use).
    """
    day = move["departs"]
    week = monday(day)
    first = last = day
    while first > week and _can_load(ground, move, first - timedelta(days=1)):
        first -= timedelta(days=1)
    while last < week + timedelta(days=6) and _can_load(ground, move, last + timedelta(days=1)):
        last += timedelta(days=1)
    return first, last


def _can_load(ground: Ground, move: Row, day: date) -> bool:
    """Return True if a movement can load on a day."""
    here = ground.world
    found = ground.legs.get(move["movement"], [])
    offer = here.offers.get(move["offer"] or "")
    if day < here.start or (offer is not None and not allowed.ready(here, offer, day)):
        return False
    if offer is None and day < move["departs"]:
        # A purchase is ready when its order's lead time is over, and no earlier.
        return False
    if not found or found[0]["lane"] not in here.lanes:
        return False
    lane = found[0]["lane"]
    there = day + timedelta(days=here.transit(lane))
    latest = found[1]["departs"] if len(found) > 1 else _of_use(ground, move)
    return there <= latest and allowed.passable(here, lane, day, there)


def _of_use(ground: Ground, move: Row) -> date:
    """The last day of arrival that leaves a movement's use as planned: the due day, or the planned day."""
    need = ground.world.needs.get(move["need"])
    due: date = need["due"] if need and move["on_time"] else move["arrives"]
    arrives: date = move["arrives"]
    return max(due, arrives)


def papers_of(ground: Ground, move: Row) -> Iterator[Row]:
    """The rows of `approvals` that a movement needs, in order of their ids."""
    names = ground.covered(move)
    found = [row for name in sorted(names) for row in ground.world.papers.get(name, ())]
    yield from sorted(found, key=lambda row: str(row["approval"]))
