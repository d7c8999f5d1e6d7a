"""The dataset: tables of a workspace under a view, computed on request from what they declare."""

from collections.abc import Callable, Mapping
from functools import cached_property

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.declare import SETTINGS, Derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.view import View
from konvoi.flow.workspace import Workspace, viewed
from konvoi.kit.progress import Stop, never

_OF_LEDGER = {
    "entries": "entries",
    "earlier_entries": "superseded",
    "relations": "relations",
    "scopes": "scopes",
    "owners": "owners",
    "disputes": "disputes",
    "disputed_entries": "disputed",
    "plausible_entries": "plausible",
}


class SchemaBroken(Exception):
    """A function gave another frame than its table declares."""


class Tables:
    """The tables of one view; each is computed once, from its declared inputs alone."""

    def __init__(self, work: Workspace, view: View, *, stop: Stop = never) -> None:
        self._work = viewed(work, view)
        self._stop = stop
        self._computed: dict[tuple[str, tuple[tuple[str, str], ...]], pl.DataFrame] = {}

    def table(self, name: str, **parameters: str) -> pl.DataFrame:
        """Return a table by its name in the catalogue.

        parameters: those that the table declares; a parameter that is left out has its default. Raises
        KeyError for a table or a parameter that is not declared.
        """
        declared = CATALOGUE[name]
        asked = _parameters(declared, parameters)
        place = (name, tuple(sorted(asked.items())))
        if place not in self._computed:
            self._computed[place] = _checked(declared, self._compute(declared, asked))
        return self._computed[place]

    def _compute(self, declared: Derived, asked: Mapping[str, str]) -> pl.DataFrame:
        if not declared.compute:
            return self._input(declared)
        inputs: dict[str, object] = {
            one: self._work.settings if one == SETTINGS else self.table(one) for one in declared.inputs
        }
        compute: Callable[..., pl.DataFrame] = declared.function()
        return compute(**inputs, **asked)

    def _input(self, declared: Derived) -> pl.DataFrame:
        """Return a table that is read from the documents of the view."""
        whole, name = self.gathered, declared.name
        if name in _OF_LEDGER:
            found: pl.DataFrame | None = getattr(whole.ledger, _OF_LEDGER[name])
        elif name == "submissions":
            found = whole.documents
        elif name == "conventions":
            found = _conventions(whole)
        else:
            found = whole.tables.get(name, whole.ledger.tables.get(name))
        if found is None:
            return declared.schema().to_frame()
        absent = [
            pl.lit(None, dtype).alias(column)
            for column, dtype in declared.schema().items()
            if column not in found.columns
        ]
        return found.with_columns(absent).select(list(declared.schema()))

    @cached_property
    def gathered(self) -> Gathered:
        """The case of the documents of the view."""
        return loaded(self._work, stop=self._stop)


class Dataset:
    """A workspace as tables; `view` opens it for a reader on a day."""

    def __init__(self, work: Workspace, *, stop: Stop = never) -> None:
        self._work = work
        self._stop = stop

    def view(self, view: View) -> Tables:
        """Return the tables of a view."""
        return Tables(self._work, view, stop=self._stop)


def _parameters(declared: Derived, given: Mapping[str, str]) -> dict[str, str]:
    known = {one.name: one.default for one in declared.parameters}
    if strange := sorted(set(given) - set(known)):
        raise KeyError(f"{declared.name} has no parameter {', '.join(strange)}")
    return known | dict(given)


def _checked(declared: Derived, found: pl.DataFrame) -> pl.DataFrame:
    if dict(found.schema) != dict(declared.schema()):
        raise SchemaBroken(f"{declared.name}: {found.schema} instead of {declared.schema()}")
    return found


def _conventions(whole: Gathered) -> pl.DataFrame:
    state = whole.calibration
    row = {
        "boundary": whole.boundary,
        "currency": whole.currency,
        "calibrated": bool(state and state.calibrated),
        "reviewed": state.reviewed if state else 0,
        "needed": state.needed if state else 0,
    }
    return pl.DataFrame([row], schema=CATALOGUE["conventions"].schema())
