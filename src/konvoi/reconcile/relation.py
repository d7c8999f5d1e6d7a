"""The form of a relation between two entries, and the evidence in which it is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from konvoi.model.entries import RELATIONS
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.statement_table import statement_table


@dataclass(frozen=True)
class Evidence:
    """The evidence in which a relation may be found.

    entries: ENTRIES in force. records: RECORDS of them. scopes: SCOPES of them; dimension `activity` names
    the activity on that side of a flow. pairs: what may be one undertaking, as `left_id`, `right_id`,
    `probability`, `evidence`, and of both sides `source`, `known`, `first`, `loose` with the ends _left,
    _right. stated: relations stated by documents themselves (RELATIONS). rates: of exchange, where they are
    known. scopes with dimension `participant` name who takes part in a whole, one line each. tables: of the
    workbook, of which `parties` and `goods` are read.
    """

    entries: pl.DataFrame
    records: pl.DataFrame
    scopes: pl.DataFrame
    pairs: pl.DataFrame
    policy: Policy
    stated: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RELATIONS))
    rates: pl.DataFrame | None = None
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @cached_property
    def statements(self) -> pl.DataFrame:
        """The records with the statements of their titles, as statement_table returns them."""
        return statement_table(self.records, self.entries, self.scopes, self.tables)


@dataclass(frozen=True)
class Found:
    """Proposals of one relation (RELATIONS), and groups skipped because they make too many pairs."""

    relations: pl.DataFrame
    overflow: pl.DataFrame | None = None


Propose = Callable[[Evidence], Found]


@dataclass(frozen=True)
class Relation:
    """A relation in which one entry may stand to another.

    A member never raises for bad data, proposes each pair once, sorted, with `accepted` only by structure
    or an equal reference, and leaves the rest `undecided`. directed: left and right are not the same.
    propose: None if only documents themselves and people state it.
    """

    name: str
    directed: bool
    propose: tuple[Propose, ...] = ()


def likely(pairs: pl.DataFrame, relation: str, policy: Policy) -> Found:
    """Pairs that are alike (left, right, probability, lower, evidence) as RELATIONS of one kind.

    Accepted are those whose calibrated probability is not below `policy.sure` even at its lower bound.
    """
    sure = pl.when(pl.col("lower") >= policy.sure).then(pl.lit("accepted")).otherwise(pl.lit("undecided"))
    return proposals(pairs, relation, status=sure)


def proposals(
    pairs: pl.DataFrame, relation: str, *, status: str | pl.Expr = "undecided", basis: str = "probability"
) -> Found:
    """Pairs (left, right; probability and evidence where known) as sorted RELATIONS of one kind."""
    if pairs.is_empty():
        return Found(RELATIONS.to_frame())
    stands = pl.lit(status) if isinstance(status, str) else status
    filled = pairs.with_columns(
        pl.lit(default, dtype=RELATIONS[name]).alias(name)
        for name, default in (("subtype", None), ("probability", 1.0), ("evidence", "[]"))
        if name not in pairs.columns
    ).with_columns(relation=pl.lit(relation), status=stands, basis=pl.lit(basis))
    return Found(
        filled.select(list(RELATIONS)).cast(RELATIONS).unique(["left", "right"]).sort("left", "right")
    )
