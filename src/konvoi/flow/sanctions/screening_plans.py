"""Open plans screened again: the movements of a workspace's plans that use somebody who is blocked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from konvoi.align.hits import Hit
from konvoi.align.roles import Role
from konvoi.flow.gathered import Gathered
from konvoi.flow.plans import plan_at
from konvoi.flow.sanctions.screening import Screened
from konvoi.flow.sanctions.screening_records import FOLDER
from konvoi.gateways import files
from konvoi.gateways.refusal import Refused
from konvoi.plan.plan import Plan


@dataclass(frozen=True)
class Touched:
    """A movement of a plan that uses a blocked party. plan: its folder below the workspace."""

    plan: str
    movement: str
    role: Role
    departs: date
    hit: Hit

    def as_dict(self) -> dict[str, str]:
        """As plain values."""
        told = {"plan": self.plan, "movement": self.movement, "role": str(self.role)}
        return told | {"party": self.hit.party, "hit": self.hit.id, "departs": self.departs.isoformat()}


def touched(folder: Path, gathered: Gathered, found: Screened) -> tuple[Touched, ...]:
    """The movements of all plans below a workspace's folder that use somebody who is blocked when they leave.

    A plan that cannot be read is left aside: konvoi plan audit tells why.
    """
    stopping = [one for one in found.hits if one.stops]
    plans = sorted(path.parent for path in folder.glob("**/plan.json")) if stopping else []
    told: list[Touched] = []
    for at in plans:
        try:
            plan = plan_at(at)
        except Refused:
            continue
        name = at.relative_to(folder).as_posix()
        used = list(_used(plan, gathered))
        told += [
            Touched(name, movement, role, day, hit)
            for movement, role, party, day in used
            for hit in stopping
            if hit.party == party and role in hit.blocks and _then(hit, day)
        ]
    return tuple(sorted(told, key=lambda one: (one.plan, one.departs, one.movement, one.role, one.hit.id)))


def _then(hit: Hit, day: date) -> bool:
    return (hit.since is None or hit.since <= day) and (hit.until is None or day <= hit.until)


def _used(plan: Plan, gathered: Gathered) -> Iterator[tuple[str, Role, str, date]]:
    """Yield the parties that each movement uses: movement, role, party, day on which it leaves."""
    lanes = _map(gathered, "lanes", "lane", "carrier")
    needs = _map(gathered, "needs", "need", "recipient")
    for row in plan.movements.iter_rows(named=True):
        if row["supplier"]:
            yield row["movement"], Role.SUPPLIER, row["supplier"], row["departs"]
        if party := needs.get(row["need"]):
            yield row["movement"], Role.CONSIGNEE, party, row["departs"]
    for row in plan.legs.unique(("movement", "lane"), maintain_order=True).iter_rows(named=True):
        if party := lanes.get(row["lane"]):
            yield row["movement"], Role.CARRIER, party, row["departs"]


def _map(gathered: Gathered, table: str, key: str, value: str) -> dict[str, str]:
    rows = gathered.tables.get(table)
    if rows is None or value not in rows.columns:
        return {}
    return dict(rows.select(key, value).filter(pl.col(value).is_not_null()).iter_rows())


def unseen(folder: Path, found: Screened) -> tuple[Hit, ...]:
    """The hits that stop somebody and stand in no record of this workspace yet."""
    known: set[str] = set()
    for path in sorted((folder / FOLDER).glob("*.json")):
        try:
            told = json.loads(files.content(path) or b"{}")
            known |= {one["hit"] for one in told.get("hits", ())}
        except (ValueError, TypeError, KeyError, AttributeError):
            continue
    return tuple(one for one in found.hits if one.stops and one.id not in known)
