"""The form of a constraint: a table that people can read, without a solver.

A **limit** is a set of rows "no more than so much": terms state the use, bounds the amount there is.
A **barrier** takes days away from a source, a lane or a site, or keeps a source and a need apart.
Members lie in `constraints/`, one file each.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from konvoi.plan.problem import Problem

Small = NDArray[np.int32]
FACTOR = pl.Decimal(38, 9)

TERMS = pl.Schema(
    {
        "row": pl.String(),
        "at": pl.String(),
        "key": pl.String(),
        "week": pl.Int64(),
        "per": pl.String(),
        "factor": FACTOR,
    }
)
"""One line for each thing that counts in a row.

at: source, need, lane, site or kit. key: its id. week: of the horizon, from 0, for lanes and sites: that of
the day on which a leg departs (lane), on which a movement starts at or a leg arrives at (site).
per: unit, tonnes, pallets or neq_kg of what is sent; for needs served or served on time, in units of need;
for kits kit. factor: what one of it counts as.
"""

BOUNDS = pl.Schema(
    {
        "row": pl.String(),
        "kind": pl.String(),
        "key": pl.String(),
        "week": pl.Date(),
        "resource": pl.String(),
        "upper": FACTOR,
    }
)
"""One line for each row: its name, the kind of limit, on what, when, of which resource, how much there is."""

SHUT = pl.Schema(
    {
        "at": pl.String(),
        "key": pl.String(),
        "first": pl.Int64(),
        "last": pl.Int64(),
        "cause": pl.String(),
        "values": pl.String(),
    }
)
"""One line for each span of days that is not to be had.

at: source (it cannot depart), lane (no departure), site (no departure, no arrival). first, last: days of the
horizon, null for without end. cause: a code of konvoi.plan.causes; values: a JSON object for its sentence.
"""


class Term(NamedTuple):
    """One line of TERMS."""

    row: str
    at: str
    key: str
    week: int | None
    per: str
    factor: Decimal


class Bound(NamedTuple):
    """One line of BOUNDS."""

    row: str
    kind: str
    key: str
    week: date | None
    resource: str
    upper: Decimal


@dataclass(frozen=True)
class Rows:
    """The rows of one limit: TERMS and BOUNDS."""

    terms: pl.DataFrame
    bounds: pl.DataFrame


@dataclass(frozen=True)
class Limit:
    """A constraint on a scarce resource: `kind` is the name of its rows in prices.csv.

    of_needs: whether its rows hang on the needs and kits of the problem.
    """

    kind: str
    rows: Callable[[Problem], Rows]
    of_needs: bool = False


@dataclass(frozen=True)
class Apart:
    """Sources and needs that do not go together, side by side by their numbers in the problem.

    cause: a code of konvoi.plan.causes; words: the values in its sentence for a source and a need.
    """

    source: Small
    need: Small
    cause: str
    words: Callable[[int, int], Mapping[str, str]]


def shut(lines: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Return lines of SHUT; columns missing in a line are null, its values are empty."""
    made = [{"values": "{}"} | dict(line) for line in lines]
    return pl.DataFrame({name: [line.get(name) for line in made] for name in SHUT}, schema=SHUT)


def no_days(problem: Problem) -> pl.DataFrame:
    """Return no lines of SHUT."""
    return shut(())


@dataclass(frozen=True)
class Barrier:
    """A constraint that excludes combinations: `kind` is its name where it leaves nothing.

    shut: days, as lines of SHUT. apart: combinations excluded on all days.
    """

    kind: str
    shut: Callable[[Problem], pl.DataFrame] = no_days
    apart: Callable[[Problem], Apart] | None = None


def rows(
    terms: Iterable[Term],
    bounds: Iterable[Bound],
) -> Rows:
    """Return the rows with these terms and bounds."""
    return Rows(
        pl.DataFrame(list(terms), schema=TERMS, orient="row"),
        pl.DataFrame(list(bounds), schema=BOUNDS, orient="row"),
    )
