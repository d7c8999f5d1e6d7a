"""Matching as it is now: the results of a run with what people have decided since laid over them."""

import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import from_bytes
from konvoi.flow.matching.component import Component, Figures, Signature
from konvoi.flow.matching.review_results import (
    ANSWERS,
    SHARED,
    SUMMARY,
    of_component,
    part_name,
)
from konvoi.flow.settings import Settings
from konvoi.gateways.refusal import Refused
from konvoi.reconcile.judgement import JUDGEMENTS, VERDICTS, in_force
from konvoi.reconcile.queue import QUEUES

Verdicts = Mapping[str, str]
"""Verdict in force by id of a pair."""
_PAIR = ["left", "right", "relation"]
_MOST_KEPT = 4_096
_MOST_COMPONENTS = 32


@dataclass(eq=False)
class ReviewResults:
    """Results of matching of one reader, as a run has kept them (konvoi.flow.matching.review_results).

    file: content of a file of the results by its name. What is weighed once is kept, by the decisions on
    which it rests.
    """

    pairs: pl.DataFrame
    file: Callable[[str], bytes | None]
    settings: Settings
    _figures: dict[tuple[int, Signature], Figures] = field(default_factory=dict, repr=False)
    _relations: dict[tuple[int, Signature], pl.DataFrame] = field(default_factory=dict, repr=False)
    _rows: dict[tuple[int, Signature], pl.DataFrame] = field(default_factory=dict, repr=False)
    _components: dict[int, Component] = field(default_factory=dict, repr=False)
    _read_last: tuple[pl.DataFrame, Verdicts] | None = field(default=None, repr=False)
    _now: "ReviewNow | None" = field(default=None, repr=False)

    @cached_property
    def summary(self) -> Mapping[str, Any]:
        """Total, currency, day and calibration at the run."""
        found: Mapping[str, Any] = json.loads(self._content(SUMMARY))
        return found

    @property
    def total(self) -> Figures | None:
        """The total pledged at the run; None where it is not shown."""
        known = self.summary["total"]
        return Figures(*map(Decimal, known)) if known else None

    @cached_property
    def answers(self) -> pl.DataFrame:
        """Decisions that come of answers to questions, as JUDGEMENTS."""
        return pl.read_csv(io.BytesIO(self._content(ANSWERS)), schema=JUDGEMENTS).fill_null("")

    @cached_property
    def known(self) -> Verdicts:
        """The verdicts on which the results rest."""
        rows = self.pairs.filter(pl.col("verdict") != "").select("pair", "verdict")
        return dict(rows.iter_rows())

    @cached_property
    def component_of(self) -> Mapping[str, int]:
        """The component of each pair."""
        return dict(self.pairs.select("pair", "component").drop_nulls().iter_rows())

    @cached_property
    def ids(self) -> Mapping[tuple[str, str, str], str]:
        """Ids of pairs by their stable names and relation, in both directions of the same."""
        found: dict[tuple[str, str, str], str] = {}
        rows = self.pairs.select("left_name", "right_name", "relation", "pair").iter_rows()
        for left, right, relation, pair in rows:
            found[left, right, relation] = pair
            if relation == "same_as":
                found[right, left, relation] = pair
        return found

    @cached_property
    def seen(self) -> Mapping[str, str]:
        """Digest of the values of each pair."""
        return dict(self.pairs.select("pair", "seen").iter_rows())

    def verdicts(self, judgements: pl.DataFrame) -> Verdicts:
        """Return the verdicts in force on values that still stand, by pair.

        judgements: JUDGEMENTS; asked again with the same frame, nothing is read again.
        """
        if self._read_last is None or self._read_last[0] is not judgements:
            self._read_last = judgements, self._in_force(judgements)
        return self._read_last[1]

    def now(self, judgements: pl.DataFrame) -> "ReviewNow":
        """Return the pairs as decisions leave them; asked again with the same frame, nothing is found again.

        judgements: JUDGEMENTS.
        """
        verdicts = self.verdicts(judgements)
        known = self._now
        if known is None or known.verdicts is not verdicts:
            known = self._now = ReviewNow(self, verdicts)
        return known

    def _in_force(self, judgements: pl.DataFrame) -> Verdicts:
        every = pl.concat([judgements, self.answers]) if self.answers.height else judgements
        found = {}
        rows = in_force(every).select("left", "right", "relation", "verdict", "seen")
        for left, right, relation, verdict, seen in rows.iter_rows():
            pair = self.ids.get((left or "", right or "", relation or ""))
            if pair is not None and verdict and (not seen or seen == self.seen[pair]):
                found[pair] = verdict
        return found

    def figures(self, component: int, verdicts: Verdicts) -> Figures:
        """Return what a component adds to the total under some verdicts."""
        known = self._figures.get((component, self._signature(component, verdicts)))
        return self.weigh(component, [verdicts])[0] if known is None else known

    def weigh(self, component: int, verdicts: Sequence[Verdicts]) -> list[Figures]:
        """Return what a component adds to the total under each of several sets of verdicts, in one pass."""
        signed = [self._signature(component, one) for one in verdicts]
        at_hand = {one: self._figures.get((component, one)) for one in signed}
        known = {one: figures for one, figures in at_hand.items() if figures is not None}
        missing = [one for one in at_hand if one not in known]
        if missing:
            weighed = self.component(component)
            relations = weighed.relations(missing)
            for one, related, figures in zip(missing, relations, weighed.figures(relations), strict=True):
                known[one] = figures
                _remember(self._relations, (component, one), related)
                _remember(self._figures, (component, one), figures)
        return [known[one] for one in signed]

    def rows(self, component: int, verdicts: Verdicts) -> pl.DataFrame:
        """Return the pairs of a component as PAIRS_SCHEMA, weighed under some verdicts."""
        signed = self._signature(component, verdicts)
        known = self._rows.get((component, signed))
        if known is None:
            weighed = self.component(component)
            relations = self._relations.get((component, signed))
            known = weighed.weighed(
                signed, weighed.relations([signed])[0] if relations is None else relations
            )
            _remember(self._rows, (component, signed), known)
        return known

    def component(self, component: int) -> Component:
        """Return a component with its records; those looked at last are kept."""
        known = self._components.get(component)
        if known is None:
            pairs = self.pairs.filter(pl.col("component") == component)
            part = self._read(part_name(int(pairs["part"][0])))
            records = of_component(part, self._shared, component)
            known = Component(records, pairs, self.settings)
            _remember(self._components, component, known, most=_MOST_COMPONENTS)
        return known

    @cached_property
    def _shared(self) -> Gathered:
        return self._read(SHARED)

    def _signature(self, component: int, verdicts: Verdicts) -> Signature:
        inside = self._pairs_of[component]
        return tuple((one, verdicts[one]) for one in inside if one in verdicts)

    @cached_property
    def _pairs_of(self) -> Mapping[int, tuple[str, ...]]:
        grouped = self.pairs.drop_nulls("component").group_by("component").agg(pl.col("pair").sort())
        return {component: tuple(pairs) for component, pairs in grouped.iter_rows()}

    def _read(self, name: str) -> Gathered:
        found = from_bytes(self._content(name), None)
        if found is None:
            raise Refused("the results of matching are damaged; compute them anew")
        return found

    def _content(self, name: str) -> bytes:
        content = self.file(name)
        if content is None:
            raise Refused("the results of matching are damaged; compute them anew")
        return content


def _remember(known: dict[Any, Any], at: object, value: object, *, most: int = _MOST_KEPT) -> None:
    if len(known) >= most:
        known.clear()
    known[at] = value


@dataclass
class ReviewNow:
    """The pairs of one reader and the total as decisions now leave them. verdicts: all that are in force."""

    results: ReviewResults
    verdicts: Verdicts

    @cached_property
    def changed(self) -> tuple[int, ...]:
        """The components in which something was decided since the run."""
        now, before = self.verdicts, self.results.known
        pairs = (one for one in {*now, *before} if now.get(one, "") != before.get(one, ""))
        of = self.results.component_of
        return tuple(sorted({of[one] for one in pairs if one in of}))

    @cached_property
    def total(self) -> Figures | None:
        """The total pledged now; None where it is not shown."""
        known = self.results.total
        if known is None:
            return None
        for component in self.changed:
            known += self.figures(component, self.verdicts) - self.figures(component, self.results.known)
        return known

    def figures(self, component: int, verdicts: Verdicts) -> Figures:
        """Return what a component adds to the total under some verdicts."""
        return self.results.figures(component, verdicts)

    def if_decided(self, verdicts: Verdicts) -> Figures | None:
        """Return the total if these verdicts, by pair, were given besides those in force."""
        if self.total is None:
            return None
        supposed = {**self.verdicts, **verdicts}
        of = self.results.component_of
        found = self.total
        for component in sorted({of[one] for one in verdicts if one in of}):
            found += self.figures(component, supposed) - self.figures(component, self.verdicts)
        return found

    def if_each(self, pair: str) -> dict[str, Figures | None]:
        """Return the total by each verdict that may be given on a pair; all are weighed in one pass."""
        component = self.results.component_of.get(pair)
        if component is not None and self.total is not None:
            supposed = [{**self.verdicts, pair: verdict} for verdict in VERDICTS]
            self.results.weigh(component, [self.verdicts, *supposed])
        return {verdict: self.if_decided({pair: verdict}) for verdict in VERDICTS}

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """All pairs (PAIRS_SCHEMA) as they stand now, in the order of the queue."""
        every = self.results.pairs
        if not self.changed:
            return every
        fresh = [self.results.rows(component, self.verdicts) for component in self.changed]
        kept = every.filter(~pl.col("component").is_in(list(self.changed)).fill_null(False))
        rank = pl.col("queue").replace_strict(
            {name: at for at, name in enumerate(QUEUES)}, return_dtype=pl.Int8
        )
        minor = pl.coalesce("change_minor", "proxy_minor").fill_null(0).abs()
        chance = pl.col("probability").fill_null(0.5)
        return pl.concat([kept, *fresh]).sort(
            [
                pl.col("status") != "undecided",
                rank,
                minor,
                pl.col("share").fill_null(0),
                chance * (1 - chance),
                *_PAIR,
            ],
            descending=[False, False, True, True, True, False, False, False],
        )

    def pair(self, pair: str) -> Mapping[str, Any] | None:
        """Return a pair by its id; None where the reader has no such pair."""
        component = self.results.component_of.get(pair)
        rows = (
            self.results.rows(component, self.verdicts)
            if component in self.changed and component is not None
            else self.results.pairs
        )
        return next(rows.filter(pl.col("pair") == pair).iter_rows(named=True), None)

    def entries(self, row: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """Yield both records of a pair, as rows of ENTRIES."""
        entries = self.results.component(row["component"]).records.ledger.entries
        for side in ("left", "right"):
            yield entries.filter(pl.col("entry") == row[side]).row(0, named=True)
