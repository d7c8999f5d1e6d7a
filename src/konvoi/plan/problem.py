"""The planning problem: the tables as goods, network, needs and sources, and rows that could not be used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from konvoi.model.finding import Finding
from konvoi.plan.parts import Good, Kit, Lane, Need, Pair, Site, Source, Tranche
from konvoi.plan.without import Without

NEED_STATES = ("validated",)
OFFER_STATES = ("accepted", "accepted in part")


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
