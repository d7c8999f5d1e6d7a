"""Places of projects: communities and oblasts, people in need there, and damage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

import polars as pl

from konvoi.fund.steps import Row, Tables, key, listed, table
from konvoi.kit.text import fold
from konvoi.model.tables.projects import EVERY_CLUSTER

_OFFICIAL = re.compile(r"UA\d{17}")
_CLUSTER = {
    "education": "education",
    "health": "health",
    "water and waste": "water and sanitation",
    "housing": "shelter",
}
"""Cluster of people in need by sector of a project; for all other sectors, people in need of anything."""

_PLACES = Decimal("0.000001")


def official_code(code: str) -> bool:
    """Return True if a code has the form of the codifier of Ukrainian communities.

    >>> official_code("UA05020030000031457"), official_code("Vinnytsia")
    (True, False)
    """
    return _OFFICIAL.fullmatch(code) is not None


def oblast_of(code: str, communities: Mapping[str, Row]) -> str:
    """Return the oblast of a community: by the table, else from an official code; empty: not known."""
    if code in communities:
        return str(communities[code]["oblast"])
    return code[:4] if official_code(code) else ""


@dataclass(frozen=True)
class InNeed:
    """People in need in an oblast: number, population, cluster and year; `behind`: its row."""

    oblast: str
    cluster: str
    year: int
    people: int
    population: int
    behind: str

    @property
    def share(self) -> Decimal:
        """The part of the people that is in need, from 0 to 1."""
        return min(Decimal(1), (Decimal(self.people) / self.population).quantize(_PLACES))


@dataclass(frozen=True)
class Places:
    """Communities, people in need and damages of tables, found by a project's place."""

    tables: Tables

    @cached_property
    def communities(self) -> Mapping[str, Row]:
        """Return all communities that were submitted, by code."""
        return {str(row["community"]): row for row in table(self.tables, "communities").iter_rows(named=True)}

    def oblasts(self, project: Row) -> tuple[str, ...]:
        """The oblasts that a project lies in, as far as they are known."""
        codes = listed(project["communities"])
        return tuple(sorted({oblast_of(code, self.communities) for code in codes} - {""}))

    def in_need(self, project: Row, day: date) -> InNeed | None:
        """Return the greatest need of its oblasts, of its sector's cluster if that is reported, else of all.

        By the latest year up to the day's; None where nothing is known.
        """
        cluster = _CLUSTER.get(str(project["sector"]), EVERY_CLUSTER)
        found = [one for oblast in self.oblasts(project) if (one := self._of_oblast(oblast, cluster, day))]
        return max(found, key=lambda one: one.share, default=None)

    def _of_oblast(self, oblast: str, cluster: str, day: date) -> InNeed | None:
        for name in (cluster, EVERY_CLUSTER):
            rows = [row for row in self._needs.get((oblast, name), ()) if int(str(row["year"])) <= day.year]
            if rows:
                row = rows[-1]
                year, people, population = (int(str(row[one])) for one in ("year", "people", "population"))
                return InNeed(oblast, name, year, people, population, key("people_in_need", row))
        return None

    @cached_property
    def _needs(self) -> Mapping[tuple[str, str], list[Row]]:
        """Return the rows that state a population, the oldest first, by oblast and cluster."""
        rows = table(self.tables, "people_in_need").filter(pl.col("population") > 0).sort("year")
        found: dict[tuple[str, str], list[Row]] = {}
        for row in rows.iter_rows(named=True):
            found.setdefault((str(row["oblast"]), str(row["cluster"])), []).append(row)
        return found

    def damages(self, project: Row) -> list[Row]:
        """The damage that a project makes good, the oldest first.

        Rows that name it; of those that name no project the ones of its building in one of its communities.
        """
        building = fold(str(project["building"] or ""))
        there = [(code, building) for code in listed(project["communities"]) if building]
        found = [*self._damages.get(project["project"], ())]
        found += [row for place in there for row in self._damages.get(place, ())]
        return sorted(found, key=lambda row: (row["day"], row["damage"]))

    @cached_property
    def _damages(self) -> Mapping[object, list[Row]]:
        """The rows of damages by their project, else by community and building."""
        found: dict[object, list[Row]] = {}
        for row in table(self.tables, "damages").iter_rows(named=True):
            place = (row["community"], fold(str(row["building"] or "")))
            found.setdefault(row["project"] or place, []).append(row)
        return found
