"""The planning problem: the tables as goods, network, needs and sources, and rows that could not be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from konvoi.kit.days import monday
from konvoi.model.finding import Finding
from konvoi.plan import network, supply
from konvoi.plan.clean import Notes, clean, digest_of
from konvoi.plan.conditions import conditions
from konvoi.plan.exact import micro
from konvoi.plan.parts import Good, Kit, Lane, Need, Pair, Site, Source, Tranche
from konvoi.plan.validate import not_possible
from konvoi.plan.without import Without

NEED_STATES = ("validated",)
OFFER_STATES = ("accepted", "accepted in part")
_HALF = 500_000
_MOST_WEEKS = 520


@dataclass(frozen=True)
class Problem:
    """A planning problem; docs/reference/problem.md describes each table.

    without: cells that limit the plan and could not be read, with what holds instead.
    tables: the cleaned tables, for constraints to read. late_credit: millionths. days: weeks times seven.
    """

    start: date
    weeks: int
    late_credit: int
    goods: tuple[Good, ...]
    sites: tuple[Site, ...]
    lanes: tuple[Lane, ...]
    needs: tuple[Need, ...]
    sources: tuple[Source, ...]
    tranches: tuple[Tranche, ...]
    kits: tuple[Kit, ...]
    pairs: tuple[Pair, ...]
    digest: str
    states: tuple[str, ...] = NEED_STATES
    offer_states: tuple[str, ...] = OFFER_STATES
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()
    without: tuple[Without, ...] = ()

    @property
    def days(self) -> int:
        """Return the number of days of the horizon."""
        return self.weeks * 7

    def monday_of(self, week: int) -> date:
        """The Monday of a week of the horizon, counted from 0."""
        return self.start + timedelta(weeks=week)


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
    start, weeks, credit = _horizon(cleaned["horizon"], notes)
    goods = network.goods(cleaned, notes)
    sites = network.sites(cleaned)
    ground = supply.Ground(
        start,
        weeks * 7,
        catalogue=frozenset(cleaned["goods"]["good"]),
        goods={good.id: number for number, good in enumerate(goods)},
        sites={site.id: number for number, site in enumerate(sites)},
        states=states,
        offer_states=offer_states,
    )
    return _problem(cleaned, (start, weeks, credit), (goods, sites, ground), notes)


def _problem(
    cleaned: Mapping[str, pl.DataFrame],
    horizon: tuple[date, int, int],
    known: tuple[tuple[Good, ...], tuple[Site, ...], supply.Ground],
    notes: Notes,
) -> Problem:
    """The problem of cleaned tables, when horizon, goods and sites are known."""
    start, weeks, credit = horizon
    goods, sites, ground = known
    conditions(cleaned, ground, notes)
    needs = supply.needs(cleaned, ground, notes)
    money = network.money(cleaned, start)
    tranches = supply.tranches(cleaned, ground, notes)
    bought = supply.purchases(cleaned, ground, (tranches, money), notes)
    return Problem(
        start=start,
        weeks=weeks,
        late_credit=credit,
        goods=goods,
        sites=sites,
        lanes=network.lanes(cleaned, ground.sites, money, notes),
        needs=needs,
        sources=(*supply.offers(cleaned, ground, notes), *bought),
        tranches=tranches,
        kits=supply.kits(cleaned, needs, notes),
        pairs=supply.pairs(cleaned, needs, goods, notes),
        digest=digest_of(cleaned, (ground.states, ground.offer_states)),
        states=ground.states,
        offer_states=ground.offer_states,
        tables=cleaned,
        findings=tuple(sorted(notes.found, key=lambda f: (f.place, f.code))),
        without=notes.without,
    )


def _horizon(frame: pl.DataFrame, notes: Notes) -> tuple[date, int, int]:
    """First day, number of weeks, and the part of its value that a late unit keeps."""
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
        return date(1970, 1, 5), 0, _HALF
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
    if weeks != row["weeks"]:
        not_possible(notes, "horizon", row, "weeks")
    credit = micro(row["late_credit"], _HALF)
    if not 0 <= credit <= 10**6:
        not_possible(notes, "horizon", row, "late_credit")
        credit = _HALF
    return start, weeks, credit
