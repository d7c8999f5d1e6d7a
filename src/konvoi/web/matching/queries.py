"""Pairs of a viewer as decisions now leave them, each with its state for this person."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl
from django.http import Http404

from konvoi.flow.matching.review import Pair
from konvoi.flow.matching.review_now import ReviewNow, ReviewResults
from konvoi.flow.matching.review_results import PAIRS
from konvoi.reconcile.judgement import RANDOM, WEIGHT
from konvoi.reconcile.queue import QUEUES
from konvoi.reconcile.random_sample import drawn
from konvoi.web.access.roles import Right
from konvoi.web.access.view import Opened, view
from konvoi.web.access.viewer import Viewer
from konvoi.web.matching.answers import (
    Answer,
    Answers,
    answered,
    answers_now,
    asked_of,
    disagreement,
    judgements_now,
    open_requests,
)
from konvoi.web.matching.models import OpinionAsked
from konvoi.web.record import settings_now

OPEN, THIRD, SECOND, UNSURE, DECIDED, SETTLED = STATES = (
    "open",
    "third person",
    "second opinion",
    "unsure",
    "decided",
    "settled by matching",
)
"""States of a pair. third person: two reviewers disagree. second opinion: a person was asked for one. settled
by matching: accepted or rejected without a person."""
_ENDS = ("party", "source")


_RESULTS: OrderedDict[tuple[str, str, str], ReviewResults] = OrderedDict()
_MOST_RESULTS = 8


def _results(opened: Opened) -> ReviewResults | None:
    """Return the results of matching of a reader, read once; None where the run kept none."""
    settings = settings_now()
    at = str(opened.folder), opened.manifest.digest, repr(settings)
    if at not in _RESULTS:
        pairs = opened.frame(PAIRS)
        if pairs is None:
            return None
        _RESULTS[at] = ReviewResults(pairs, opened.file, settings)
        while len(_RESULTS) > _MOST_RESULTS:
            _RESULTS.popitem(last=False)
    return _RESULTS[at]


@dataclass(frozen=True)
class Row:
    """A pair with its state for one person. values: columns of PAIRS_SCHEMA."""

    values: Mapping[str, Any]
    state: str
    given: Sequence[Answer]
    hides_answers: bool
    waits: bool

    @property
    def id(self) -> str:
        """The id of the pair."""
        return str(self.values["pair"])

    @property
    def pair(self) -> Pair:
        """The pair as reviews on the command line know it."""
        row = self.values
        return Pair(
            left=row["left"],
            right=row["right"],
            relation=row["relation"],
            probability=row["probability"],
            evidence=row["evidence"] or "[]",
            queue=row["queue"],
            seen=row["seen"],
            change=row["change_minor"],
            proxy=row["proxy_minor"],
            prices=row["prices"],
            good=row["good"] or "",
            unit=row["unit"] or "",
            quantity=row["change_quantity"],
        )


@dataclass
class Desk:
    """The pairs that one viewer may see. The newest state is shown, whatever day is chosen."""

    viewer: Viewer
    opened: Opened
    now: ReviewNow
    answers: Answers

    @property
    def me(self) -> str:
        """The viewer as it stands in the record."""
        return str(self.viewer.person)

    @property
    def decides(self) -> bool:
        """True for a viewer who decides on pairs, for the coordination cell."""
        return self.viewer.may(Right.DECIDE) and self.viewer.is_cell and self.viewer.user is not None

    @cached_property
    def asked(self) -> Mapping[str, Sequence[OpinionAsked]]:
        """Second opinions that were asked for and not given yet, by pair; of others the viewer sees none."""
        if not self.viewer.is_cell:
            return {}
        return open_requests(self.answers)

    def row(self, pair: str) -> Row | None:
        """Return a pair; None where the viewer has no such pair."""
        found = self.now.pair(pair)
        return None if found is None or not self._own(found) else self._row(found)

    def row_shown(self, pair: str) -> Row:
        """Return a pair; one that the viewer has not is answered as one that is not there."""
        found = self.row(pair)
        if found is None:
            raise Http404
        return found

    def _own(self, values: Mapping[str, Any]) -> bool:
        """Return True for a pair of records that both are the viewer's own; of the cell all are."""
        party = self.viewer.party
        return self.viewer.is_cell or all(
            party in (values[f"{side}_{name}"] for name in _ENDS) for side in ("left", "right")
        )

    @cached_property
    def pairs(self) -> pl.DataFrame:
        """All pairs that the viewer may see (PAIRS_SCHEMA), in the order of the queue."""
        every = self.now.pairs
        if self.viewer.is_cell:
            return every
        own = [
            pl.any_horizontal(pl.col(f"{side}_{name}") == self.viewer.party for name in _ENDS)
            for side in ("left", "right")
        ]
        return every.filter(pl.all_horizontal(own).fill_null(False))

    @cached_property
    def states(self) -> pl.DataFrame:
        """The pairs with a column `state`."""
        special = {
            pair: THIRD for pair, given in self.answers.items() if disagreement(given) and self.viewer.is_cell
        }
        special |= {pair: SECOND for pair in self.asked if pair not in special}
        verdict, status = pl.col("verdict"), pl.col("status")
        plain = (
            pl.when(verdict.is_in(["same", "different"]))
            .then(pl.lit(DECIDED))
            .when(verdict == "unsure")
            .then(pl.lit(UNSURE))
            .when(status == "undecided")
            .then(pl.lit(OPEN))
            .otherwise(pl.lit(SETTLED))
        )
        if not special:
            return self.pairs.with_columns(state=plain)
        return self.pairs.with_columns(
            state=pl.coalesce(
                pl.col("pair").replace_strict(special, default=None, return_dtype=pl.String), plain
            )
        )

    def _row(self, values: Mapping[str, Any]) -> Row:
        given = self.answers.get(values["pair"], ()) if self.viewer.is_cell else ()
        state = values.get("state") or self._state(values, given)
        mine = self.me in answered(given)
        asked = any(str(one.person) == self.me for one in self.asked.get(values["pair"], ()))
        third = state == THIRD and not mine
        return Row(values, state, given, asked or third, state == OPEN or asked or third)

    def _state(self, values: Mapping[str, Any], given: Sequence[Answer]) -> str:
        if disagreement(given):
            return THIRD
        if values["pair"] in self.asked:
            return SECOND
        if values["verdict"] in ("same", "different"):
            return DECIDED
        if values["verdict"] == "unsure":
            return UNSURE
        return OPEN if values["status"] == "undecided" else SETTLED

    def rows(self, found: pl.DataFrame) -> list[Row]:
        """Return rows of `states` with what this person may do."""
        return [self._row(values) for values in found.iter_rows(named=True)]

    def waiting(self) -> pl.DataFrame:
        """Return the pairs that wait for this person: what it was asked for first, then by their effect."""
        mine = asked_of(self.me, self.answers) if self.viewer.is_cell else frozenset[str]()
        first = pl.col("pair").is_in(sorted(mine))
        found = self.states.filter(first | (pl.col("state") == OPEN))
        return found.with_columns(_first=~first).sort("_first", maintain_order=True).drop("_first")

    def counts(self) -> dict[str, int]:
        """Return the number of open pairs in each queue."""
        waiting = self.states.filter(pl.col("state") == OPEN)["queue"].to_list()
        return {name: waiting.count(name) for name in QUEUES}

    @cached_property
    def drawn_pair(self) -> str:
        """The pair that chance puts before the next reviewer; empty where its turn is not come."""
        seed = settings_now().seed
        reviewed = sum(
            one.drawn in (RANDOM, WEIGHT) and one.pair in self.now.results.component_of
            for given in self.answers.values()
            for one in given
        )
        if self.now.results.pairs.is_empty() or not drawn(reviewed, seed):
            return ""
        free = self.pairs.filter((pl.col("verdict") == "") & pl.col("place").is_not_null()).sort("place")
        return str(free["pair"][0]) if free.height else ""

    def next(self, skipped: Iterable[str] = ()) -> str:
        """Return the id of the pair that is put to this person now; empty where none is left."""
        left = list(skipped)
        if self.drawn_pair and self.drawn_pair not in left:
            return self.drawn_pair
        waiting = self.waiting().filter(~pl.col("pair").is_in(left))
        return str(waiting["pair"][0]) if waiting.height else ""


def desk_of(viewer: Viewer) -> Desk | None:
    """Return the pairs of a viewer; None where no results are there yet."""
    opened = view(viewer.on(None))
    results = None if opened is None else _results(opened)
    if opened is None or results is None:
        return None
    answers = {
        pair: current
        for pair, given in answers_now().items()
        if pair in results.seen
        and (current := [one for one in given if one.seen in ("", results.seen[pair])])
    }
    return Desk(viewer, opened, results.now(judgements_now()), answers)
