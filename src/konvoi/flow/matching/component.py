"""One component of the results of matching: the records that decisions can move together, and their figures.

All that does not depend on decisions is found once. Several sets of decisions are weighed in one pass, each
on a copy of the records, so that the number of queries does not grow with the number of sets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.matching.review_impact import Weighing
from konvoi.flow.matching.review_results import PAIRS_SCHEMA
from konvoi.flow.settings import Settings
from konvoi.ledger.alternatives import Alternatives, copies
from konvoi.ledger.parts import plain
from konvoi.ledger.units import owned
from konvoi.reconcile.judgement import DECIDED, Decided, names
from konvoi.reconcile.queue import NOTHING
from konvoi.reconcile.relate import settle

Signature = tuple[tuple[str, str], ...]
"""Pairs of a component with their verdicts, sorted by pair."""
_WEIGHED = ("change_minor", "proxy_minor", "prices", "good", "unit", "change_quantity")
_PAIR = ["left", "right", "relation"]
_END = "\x1d"


class Figures(NamedTuple):
    """A total with its range, or the part of it that some records make up."""

    value: Decimal
    lowest: Decimal
    highest: Decimal

    def __add__(self, other: object) -> "Figures":
        """Return the sum."""
        if not isinstance(other, Figures):
            return NotImplemented
        return Figures(*(a + b for a, b in zip(self, other, strict=True)))

    def __sub__(self, other: "Figures") -> "Figures":
        """Return the difference."""
        return Figures(*(a - b for a, b in zip(self, other, strict=True)))


NONE = Figures(Decimal(0), Decimal(0), Decimal(0))


@dataclass(eq=False)
class Component:
    """Records that decisions can move together. pairs: those of the component, as PAIRS_SCHEMA."""

    records: Gathered
    pairs: pl.DataFrame
    settings: Settings

    @cached_property
    def _entries(self) -> pl.DataFrame:
        return owned(self.records.ledger.entries, self.records.ledger.owners)

    @cached_property
    def _weighing(self) -> Weighing:
        return Weighing.of(self.records, self.settings)

    @cached_property
    def _total(self) -> Alternatives:
        weighing = self._weighing
        base = weighing.amounts.base
        return Alternatives.of(weighing.ledger, weighing.question, base, recipient=self.settings.recipient)

    @cached_property
    def _ends(self) -> Mapping[str, tuple[str, str, str]]:
        """The entries of each pair by its id, found again by their stable names; with the relation."""
        named: dict[str, str] = {}
        for entry, name in names(self._entries).select("entry", "name").iter_rows():
            named.setdefault(name, entry)
        rows = self.pairs.select("pair", "left_name", "right_name", "relation").iter_rows()
        return {
            pair: (named[left], named[right], relation)
            for pair, left, right, relation in rows
            if left in named and right in named
        }

    def relations(self, signatures: Sequence[Signature]) -> list[pl.DataFrame]:
        """Return the relations that follow from each of several sets of decisions, as RELATIONS."""
        marks = [f"{number}{_END}" for number in range(len(signatures))]
        said = [
            row for mark, signed in zip(marks, signatures, strict=True) for row in self._decided(mark, signed)
        ]
        settled, _ = settle(
            copies(self.records.proposed, marks, ("left", "right")),
            Decided(pl.DataFrame(said, schema=DECIDED, orient="row"), ()),
            copies(self._entries, marks, ("entry", "source")),
        )
        apart = settled.with_columns(
            pl.col("left").str.split_exact(_END, 1).struct.rename_fields(["_mark", "left"]),
            pl.col("right").str.split_exact(_END, 1).struct.field("field_1").alias("right"),
        ).unnest("left")
        by_mark = apart.partition_by("_mark", as_dict=True, include_key=False, maintain_order=True)
        none = settled.clear()
        return [by_mark.get((mark[:-1],), none).select(none.columns) for mark in marks]

    def _decided(self, mark: str, signed: Signature) -> list[tuple[str, str, str, str, str, bool]]:
        """Return decisions as rows of DECIDED; of two on one pair the later one in the signature holds."""
        found: dict[tuple[str, str, str], tuple[str, str, str, str, str, bool]] = {}
        for pair, verdict in signed:
            if pair in self._ends:
                left, right, relation = self._ends[pair]
                at = (min(left, right), max(left, right), relation)
                found[at] = (mark + left, mark + right, relation, verdict, pair, True)
        return list(found.values())

    def figures(self, relations: Sequence[pl.DataFrame]) -> list[Figures]:
        """Return what the component adds to the total under each of several sets of relations."""
        found = self._total.figures(relations)
        scale = self._total.scale
        return [
            NONE if one is None else Figures(*(plain(number, scale) for number in one[:3])) for one in found
        ]

    def weighed(self, signed: Signature, relations: pl.DataFrame) -> pl.DataFrame:
        """Return the pairs as PAIRS_SCHEMA under decisions. relations: those that follow from them."""
        weighed = self._weighing.queue(relations)
        verdict = dict(signed)
        return (
            self.pairs.drop("queue", "status", *_WEIGHED)
            .join(weighed.select(*_PAIR, "queue", *_WEIGHED), on=_PAIR, how="left", maintain_order="left")
            .join(relations.select(*_PAIR, "status"), on=_PAIR, how="left", maintain_order="left")
            .with_columns(
                queue=pl.col("queue").fill_null(NOTHING),
                status=pl.col("status").fill_null("rejected"),
                verdict=pl.Series([verdict.get(one, "") for one in self.pairs["pair"]], dtype=pl.String),
            )
            .select(list(PAIRS_SCHEMA))
            .cast(PAIRS_SCHEMA)
        )
