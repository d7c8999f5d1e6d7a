"""The planning problem read from tables of the workbook."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import polars as pl

from konvoi.kit.days import monday
from konvoi.plan import network, supply
from konvoi.plan.clean import Notes, clean, digest_of
from konvoi.plan.conditions import conditions
from konvoi.plan.exact import micro
from konvoi.plan.parts import Good, Site
from konvoi.plan.problem import NEED_STATES, OFFER_STATES, Problem
from konvoi.plan.validate import not_possible

_HALF = 500_000
_MOST_WEEKS = 520


class _Horizon(NamedTuple):
    """First day, number of weeks, and the part of its value that a late unit keeps, in millionths."""

    start: date
    weeks: int
    late_credit: int


class _Known(NamedTuple):
    """The goods and sites of a problem, and the ground on which its supply is read."""

    goods: tuple[Good, ...]
    sites: tuple[Site, ...]
    ground: supply.Ground


def from_tables(
    tables: Mapping[str, pl.DataFrame],
    *,
    states: tuple[str, ...] = NEED_STATES,
    offer_states: tuple[str, ...] = OFFER_STATES,
) -> Problem:
    """Return the problem in tables of the workbook; report and leave out what cannot be used.

    Tables and columns may be missing; the order of rows changes nothing. `states` and `offer_states` select
    the needs and offers to plan.
    """
    notes = Notes()
    cleaned = clean(tables, notes)
    horizon = _horizon(cleaned["horizon"], notes)
    goods = network.goods(cleaned, notes)
    sites = network.sites(cleaned)
    ground = supply.Ground(
        horizon.start,
        horizon.weeks * 7,
        catalogue=frozenset(cleaned["goods"]["good"]),
        goods={good.id: number for number, good in enumerate(goods)},
        sites={site.id: number for number, site in enumerate(sites)},
        states=states,
        offer_states=offer_states,
    )
    return _problem(cleaned, horizon, _Known(goods, sites, ground), notes)


def _problem(
    cleaned: Mapping[str, pl.DataFrame],
    horizon: _Horizon,
    known: _Known,
    notes: Notes,
) -> Problem:
    """Return the problem of cleaned tables."""
    ground = known.ground
    conditions(cleaned, ground, notes)
    needs = supply.needs(cleaned, ground, notes)
    money = network.money(cleaned, horizon.start)
    tranches = supply.tranches(cleaned, ground, notes)
    bought = supply.purchases(cleaned, ground, tranches, money, notes)
    return Problem(
        start=horizon.start,
        weeks=horizon.weeks,
        late_credit=horizon.late_credit,
        goods=known.goods,
        sites=known.sites,
        lanes=network.lanes(cleaned, ground.sites, money, notes),
        needs=needs,
        sources=(*supply.offers(cleaned, ground, notes), *bought),
        tranches=tranches,
        kits=supply.kits(cleaned, needs, notes),
        pairs=supply.pairs(cleaned, needs, known.goods, notes),
        digest=digest_of(cleaned, (ground.states, ground.offer_states)),
        states=ground.states,
        offer_states=ground.offer_states,
        tables=cleaned,
        findings=tuple(sorted(notes.found, key=lambda f: (f.place, f.code))),
        without=notes.without,
    )


def _horizon(frame: pl.DataFrame, notes: Notes) -> _Horizon:
    """Return the horizon; report what it lacks."""
    if frame.height == 0:
        notes.tell(
            "problem-no-horizon",
            "horizon",
            {},
            "start",
            "one row with the first day and the number of weeks",
            "Fill the table horizon; without it nothing can be planned.",
            severity="error",
        )
        return _Horizon(date(1970, 1, 5), 0, _HALF)
    row = frame.row(0, named=True)
    for other in frame.rows(named=True)[1:]:
        notes.tell(
            "problem-id-twice",
            "horizon",
            other,
            "start",
            "one row only",
            "Delete the row; the other row, which starts earlier or is shorter, is used.",
        )
    start = monday(row["start"])
    if start != row["start"]:
        notes.tell(
            "problem-not-a-monday",
            "horizon",
            row,
            "start",
            "a Monday",
            "Write a Monday; the Monday before is used.",
        )
    weeks = min(max(0, row["weeks"]), _MOST_WEEKS)
    if weeks != row["weeks"] or not weeks:
        not_possible(notes, "horizon", row, "weeks")
    credit = micro(row["late_credit"], _HALF)
    if not 0 <= credit <= 10**6:
        not_possible(notes, "horizon", row, "late_credit")
        credit = _HALF
    return _Horizon(start, weeks, credit)
