"""Derive declared tables from what was gathered: each once, from its declared inputs alone."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from konvoi.flow.catalogue import CATALOGUE
from konvoi.flow.declare import DAY, GIVEN, READER_IS_CELL, SETTINGS, Derived, Scope, Undeclared
from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings

OF_LEDGER = {
    "entries": "entries",
    "earlier_entries": "superseded",
    "relations": "relations",
    "scopes": "scopes",
    "owners": "owners",
    "disputes": "disputes",
    "disputed_entries": "disputed",
    "plausible_entries": "plausible",
}
"""Tables that are frames of the ledger: the attribute of each."""

Asked = tuple[str, tuple[tuple[str, str], ...]]


class SchemaBroken(Exception):
    """A function gave another frame than its table declares."""


class Derivation:
    """Tables over inputs. Each is computed on its first request and checked against its columns.

    inputs: the frame of a table that is read from documents. given: the value of an input that is no table.
    shown: the rows of a table of scope CELL that a reader sees; None for the coordination cell.
    """

    def __init__(
        self,
        inputs: Callable[[Derived], pl.DataFrame],
        given: Callable[[str], object],
        shown: Callable[[Derived, Mapping[str, str]], pl.DataFrame] | None = None,
    ) -> None:
        self._inputs = inputs
        self._given = given
        self._shown = shown
        self._computed: dict[Asked, pl.DataFrame] = {}

    def table(self, name: str, **parameters: str) -> pl.DataFrame:
        """Return a table by its name in the catalogue.

        parameters: those that the table declares; a parameter that is left out has its default. Raises
        KeyError for a table or a parameter that is not declared.
        """
        declared = CATALOGUE[name]
        asked = tuple(sorted(_parameters(declared, parameters).items()))
        if (name, asked) not in self._computed:
            for one, rows in self._compute(declared, dict(asked)).items():
                self._computed[one, asked] = checked(CATALOGUE[one], rows)
        return self._computed[name, asked]

    def keep(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """Take tables that are computed already, so that they are not computed again.

        Raises Undeclared for a table that the catalogue does not know.
        """
        refuse_undeclared(tables)
        for name, rows in tables.items():
            if CATALOGUE[name].compute:
                self._computed[name, ()] = checked(CATALOGUE[name], rows)

    def _compute(self, declared: Derived, asked: Mapping[str, str]) -> Mapping[str, pl.DataFrame]:
        """Return the table by its name, with those that are computed together with it."""
        if not declared.compute:
            return {declared.name: self._inputs(declared)}
        if declared.scope == Scope.CELL and self._shown is not None:
            return {declared.name: self._shown(declared, asked)}
        inputs: dict[str, object] = {
            one: self._given(one) if one in GIVEN else self.table(one) for one in declared.inputs
        }
        compute: Callable[..., pl.DataFrame | Mapping[str, pl.DataFrame]] = declared.function()
        found = compute(**inputs, **asked)
        return {declared.name: found} if isinstance(found, pl.DataFrame) else found


def derived(whole: Gathered, settings: Settings, day: date | None, *names: str) -> dict[str, pl.DataFrame]:
    """Return tables by name, as the catalogue declares them, derived from the gathered documents.

    day: of the view.
    """
    known: dict[str, object] = {SETTINGS: settings, DAY: day, READER_IS_CELL: whole.view.is_cell}
    derivation = Derivation(lambda declared: input_of(whole, declared), known.__getitem__)
    derivation.keep(whole.tables)
    return {name: derivation.table(name) for name in names}


def frames_of(whole: Gathered, name: str) -> dict[str, pl.DataFrame]:
    """Return the inputs of a table that are read from documents, by name."""
    inputs = (CATALOGUE[one] for one in CATALOGUE[name].inputs if one in CATALOGUE)
    return {one.name: input_of(whole, one) for one in inputs}


def refuse_undeclared(names: Iterable[str]) -> None:
    """Raise Undeclared where a table is in no subject's declarations: it would be held to no law."""
    if strange := sorted(set(names) - set(CATALOGUE)):
        raise Undeclared(f"no subject declares the tables: {', '.join(strange)}")


def checked(declared: Derived, found: pl.DataFrame) -> pl.DataFrame:
    """Return a frame that has exactly the columns and types of its table; raises SchemaBroken otherwise."""
    if dict(found.schema) != dict(declared.schema()):
        raise SchemaBroken(f"{declared.name}: {found.schema} instead of {declared.schema()}")
    return found


def input_of(whole: Gathered, declared: Derived) -> pl.DataFrame:
    """Return a table that is read from documents; without a row where nobody handed it in."""
    name = declared.name
    found: pl.DataFrame | None
    if name in OF_LEDGER:
        found = getattr(whole.ledger, OF_LEDGER[name])
    elif name in _READ:
        found = _READ[name](whole)
    else:
        found = whole.tables.get(name, whole.ledger.tables.get(name))
    return as_declared(declared, found)


def as_declared(declared: Derived, found: pl.DataFrame | None) -> pl.DataFrame:
    """Return a frame with the columns of its table, absent ones empty; without a row where there is none."""
    if found is None:
        return declared.schema().to_frame()
    absent = [
        pl.lit(None, dtype).alias(column)
        for column, dtype in declared.schema().items()
        if column not in found.columns
    ]
    return found.with_columns(absent).select(list(declared.schema()))


def _parameters(declared: Derived, given: Mapping[str, str]) -> dict[str, str]:
    known = {one.name: one.default for one in declared.parameters}
    if strange := sorted(set(given) - set(known)):
        raise KeyError(f"{declared.name} has no parameter {', '.join(strange)}")
    return known | dict(given)


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


def _findings(whole: Gathered) -> pl.DataFrame:
    rows = [
        {
            "severity": str(one.severity),
            "code": one.code,
            "file": one.place.file,
            "sheet": one.place.sheet,
            "row": one.place.row or None,
            "column": one.place.column,
            "read": one.read,
            "expected": _filled(one.expected, one.values),
            "remedy": _filled(one.remedy, one.values),
        }
        for one in whole.findings
    ]
    return pl.DataFrame(rows, schema=CATALOGUE["findings"].schema())


def _filled(text: str, values: Mapping[str, Any]) -> str:
    from konvoi.model.finding import filled

    return filled(text, values)


_READ: Mapping[str, Callable[[Gathered], pl.DataFrame]] = {
    "submissions": lambda whole: whole.documents,
    "conventions": _conventions,
    "findings": _findings,
    "claims": lambda whole: whole.claims,
}
"""Tables that are made of what was gathered besides rows of documents."""
