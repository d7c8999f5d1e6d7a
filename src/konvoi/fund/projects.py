"""Each project as it stands: its place, money, damage, answers of the principles, and priority."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.fund.priority import DONE, Weights, money_left, priority
from konvoi.fund.project_money import Money
from konvoi.fund.project_places import Places
from konvoi.fund.steps import Row, Tables, key, table
from konvoi.model.table import QUANTITY
from konvoi.model.tables.projects import ANSWERS

PROJECTS = pl.Schema(
    {
        "project": pl.String(),
        "title": pl.String(),
        "stage": pl.String(),
        "owner": pl.String(),
        "communities": pl.String(),
        "oblasts": pl.String(),
        "building": pl.String(),
        "sector": pl.String(),
        "ends": pl.Date(),
        "currency": pl.String(),
        "cost": pl.Int64(),
        "committed": pl.Int64(),
        "contracted": pl.Int64(),
        "paid": pl.Int64(),
        "left": pl.Int64(),
        "damage": pl.Int64(),
        "damage_currency": pl.String(),
        "damage_method": pl.String(),
        "damage_day": pl.Date(),
        "met": pl.Int64(),
        "not_met": pl.Int64(),
        "unknown": pl.Int64(),
        "need": QUANTITY,
        "people": pl.Int64(),
        "population": pl.Int64(),
        "cluster": pl.String(),
        "year": pl.Int64(),
        "readiness": QUANTITY,
        "money": QUANTITY,
        "priority": QUANTITY,
        "highest": QUANTITY,
        "behind": pl.List(pl.String()),
        "marking": pl.String(),
        "_file": pl.String(),
        "_sheet": pl.String(),
        "_row": pl.Int64(),
    }
)
"""One line for each project, the most pressing first; null: not reported, or not known.

cost to left: minor units of currency; left: committed less paid. damage: of its latest assessment, in minor
units of damage_currency; null: not assessed. met, not_met, unknown: how many principles answer so. need,
readiness, money: the parts of its priority, from 0 to 1 (konvoi.fund.priority.Priority); need is people of
population in the oblast where it is greatest, of a cluster in a year. priority, highest: null for what is
completed, out of use or cancelled. behind: the rows it rests on (konvoi.fund.steps.key)."""

_OWN = ("project", "title", "stage", "owner", "communities", "building", "sector", "ends", "cost", "marking")
_PLACE = ("_file", "_sheet", "_row")


def projects(tables: Tables, answered: pl.DataFrame, day: date, weights: Weights) -> pl.DataFrame:
    """All projects (PROJECTS); answered: what the principles answer (konvoi.fund.answers.ANSWERS)."""
    world = _World(Places(tables), Money(tables), day, weights)
    counts: dict[str, dict[str, int]] = {}
    behind: dict[str, list[str]] = {}
    for row in answered.iter_rows(named=True):
        own = counts.setdefault(str(row["project"]), dict.fromkeys(ANSWERS, 0))
        own[str(row["verdict"])] += 1
        behind.setdefault(str(row["project"]), []).extend(row["behind"])
    rows = [
        _project(row, world, counts.get(str(row["project"]), {}))
        | {"behind": _behind(row, world, behind.get(str(row["project"]), []))}
        for row in table(tables, "projects").iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=PROJECTS).sort(
        "priority", "highest", "project", descending=[True, True, False], nulls_last=True
    )


@dataclass(frozen=True)
class _World:
    """Context of projects: places, money, the day, and the weights of a priority."""

    places: Places
    money: Money
    day: date
    weights: Weights


def _project(row: Row, world: _World, counts: Mapping[str, int]) -> dict[str, object]:
    sums = world.money.sums(row)
    need = world.places.in_need(row, world.day)
    cost = row["cost"] if isinstance(row["cost"], int) else None
    told = tuple(counts.get(answer, 0) for answer in ANSWERS)
    share = money_left(sums["left"], cost, sums["paid"])
    met, not_met, unknown = told
    found = priority(need, (met, not_met, unknown), share, world.weights)
    pressing = row["stage"] not in DONE
    return {
        **{name: row[name] for name in (*_OWN, *_PLACE)},
        "oblasts": ";".join(world.places.oblasts(row)) or None,
        "currency": world.money.currency(row),
        **sums,
        **_damage(world.places.damages(row), world.day),
        **dict(zip(("met", "not_met", "unknown"), told, strict=True)),
        "need": found.need,
        **({"people": need.people, "population": need.population} if need else {}),
        **({"cluster": need.cluster, "year": need.year} if need else {}),
        "readiness": found.readiness,
        "money": found.money,
        "priority": found.value if pressing else None,
        "highest": found.highest if pressing else None,
    }


def _damage(rows: list[Row], day: date) -> dict[str, object]:
    known = [row for row in rows if isinstance(row["day"], date) and row["day"] <= day]
    if not known:
        return {}
    last = known[-1]
    named = (("damage", "amount"), ("damage_currency", "currency"), ("damage_method", "method"))
    return {name: last[column] for name, column in (*named, ("damage_day", "day"))}


def _behind(row: Row, world: _World, answered: list[str]) -> list[str]:
    need = world.places.in_need(row, world.day)
    damages = world.places.damages(row)
    own = [key("projects", row), *world.money.behind(row), *(key("damages", one) for one in damages)]
    return list(dict.fromkeys([*own, *([need.behind] if need else []), *answered]))


def share(part: int, of: int) -> Decimal | None:
    """A part of a whole; None where the whole is nothing."""
    return Decimal(part) / of if of else None
