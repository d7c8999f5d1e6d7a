"""The dataset: tables of a workspace under a view, computed on request from what they declare."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.cut import DESCRIBING
from konvoi.flow.declare import (
    DAY,
    FORECAST,
    LISTS,
    PLAN,
    PROBLEM,
    READER_IS_CELL,
    SCREENING,
    SETTINGS,
    Derived,
)
from konvoi.flow.derive import Derivation, input_of
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.settings import Settings
from konvoi.flow.shown_rows import shown_rows
from konvoi.flow.today import known_today
from konvoi.flow.view import CELL, View
from konvoi.flow.workspace import Workspace, viewed
from konvoi.gateways.refusal import Refused
from konvoi.kit.progress import Stop, never

if TYPE_CHECKING:
    from konvoi.flow.forecast.figures import Forecast
    from konvoi.flow.planning.plan_in_force import PlanNow
    from konvoi.flow.planning.problem import Made
    from konvoi.flow.sanctions.list_comparison import Sanctions
    from konvoi.flow.sanctions.screening import Screened
    from konvoi.plan.plan import Plan


class Tables:
    """The tables of one view; each is computed once, from its declared inputs alone.

    whole: the tables of the coordination cell on the same day, where they are at hand.
    """

    def __init__(
        self, work: Workspace, view: View, *, whole: "Tables | None" = None, stop: Stop = never
    ) -> None:
        self._work = viewed(work, view)
        self._stop = stop
        self._whole = self if view.is_cell else whole
        self._derivation = Derivation(self._read, self._given, None if view.is_cell else self._shown)

    def table(self, name: str, **parameters: str) -> pl.DataFrame:
        """Return a table by its name in the catalogue.

        parameters: those that the table declares; a parameter that is left out has its default. Raises
        KeyError for a table or a parameter that is not declared.
        """
        return self._derivation.table(name, **parameters)

    def keys(self, name: str) -> Collection[str]:
        """Return the identifiers of a table's records in this view."""
        return frozenset(str(one) for one in self.table(name)[CATALOGUE[name].identifier].drop_nulls())

    def told(self, name: str) -> Collection[str]:
        """Return the records of a table that the reader may see.

        Of a describing table (goods, sites, parties …) these are also the ones that rows of the view name:
        such a row is shown although what it names is not described (konvoi.flow.cut).
        """
        if name not in DESCRIBING:
            return self.keys(name)
        naming = [
            self.table(one.name)[column.name].drop_nulls()
            for one in CATALOGUE.values()
            if not one.compute
            for column in one.columns
            if column.refers == name
        ]
        return frozenset(self.keys(name)).union(*(map(str, rows) for rows in naming))

    @cached_property
    def gathered(self) -> Gathered:
        """The case of the documents of the view."""
        return loaded(self._work, stop=self._stop)

    @property
    def settings(self) -> Settings:
        """The settings of the workspace, with the day of the view."""
        return self._work.settings

    @cached_property
    def day(self) -> date | None:
        """The day of everything that says "today"; None where nothing is dated."""
        return known_today(self.gathered, self._work.settings)

    @cached_property
    def _planned(self) -> "PlanNow":
        from konvoi.flow.planning.plan_in_force import plan_now
        from konvoi.flow.planning.problem import problem

        return plan_now(self._work, problem(self.gathered), self.gathered, stop=self._stop)

    @cached_property
    def problem(self) -> "Made":
        """The planning problem of the view, with the assumptions of the plan in force."""
        return self._planned.made

    @cached_property
    def plan(self) -> "Plan | None":
        """The plan of the problem; None where there is nothing to plan."""
        return self._planned.plan

    @cached_property
    def forecast(self) -> "Forecast | None":
        """The forecast of the plan; None where nothing is sent."""
        from konvoi.flow.forecast.figures import Forecast
        from konvoi.flow.forecast.forecast_workspace import Ahead

        plan = self.plan
        if plan is None or plan.movements.is_empty():
            return None
        ahead = Ahead.of(self._work, self.problem, self.gathered)
        outlook = ahead.run(plan, stop=self._stop)
        return Forecast(outlook, plan.movements, lambda: ahead.changes(plan, outlook, stop=self._stop))

    def _read(self, declared: Derived) -> pl.DataFrame:
        if declared.name == "proposals":
            found = self.sanctioned[0].get("proposals")
            return declared.schema().to_frame() if found is None else found
        return input_of(self.gathered, declared)

    @cached_property
    def sanctioned(self) -> "tuple[dict[str, pl.DataFrame], Sanctions | None]":
        """The tables of the sanctions lists of the workspace, and the lists where they can be read."""
        from konvoi.flow.sanctions.comparison_case import sanctioned

        return sanctioned(self.gathered, self._work, stop=self._stop)

    @cached_property
    def screened(self) -> "Screened | None":
        """The screening of all parties; None without lists that can be read."""
        from konvoi.flow.sanctions.screening_workspace import workspace_screened

        try:
            return workspace_screened(self.gathered)
        except Refused:
            return None

    def _given(self, name: str) -> object:
        """Return the value of an input that is no table."""
        return _GIVEN[name](self)

    @cached_property
    def cell(self) -> "Tables":
        """The tables of the coordination cell on the same day."""
        if self._whole is not None:
            return self._whole
        return Tables(self._work, replace(self._work.view, reader=CELL), stop=self._stop)

    def _shown(self, declared: Derived, asked: Mapping[str, str]) -> pl.DataFrame:
        """Return the rows of a table of scope CELL that the reader of this view sees."""
        rows = self.cell.table(declared.name, **asked)
        return shown_rows(declared, rows, self.gathered.view, own=self.told, whole=self.cell.keys)


_GIVEN: Mapping[str, Callable[[Tables], object]] = {
    SETTINGS: lambda tables: tables.settings,
    DAY: lambda tables: tables.day,
    READER_IS_CELL: lambda tables: tables.gathered.view.is_cell,
    LISTS: lambda tables: tables.sanctioned[1],
    SCREENING: lambda tables: tables.screened,
    PROBLEM: lambda tables: tables.problem,
    PLAN: lambda tables: tables.plan,
    FORECAST: lambda tables: tables.forecast,
}
"""The inputs that are no tables (konvoi.flow.declare.GIVEN)."""


class Dataset:
    """A workspace as tables; `view` opens it for a reader on a day."""

    def __init__(self, work: Workspace, *, stop: Stop = never) -> None:
        self._work = work
        self._stop = stop

    def view(self, view: View) -> Tables:
        """Return the tables of a view."""
        return Tables(self._work, view, stop=self._stop)
