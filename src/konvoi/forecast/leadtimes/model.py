"""A model of lead times: what was learnt, from what, until when; and the distribution of any case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from konvoi.forecast.distribution import Basis, Distribution, Floats
from konvoi.forecast.leadtimes.cases import DEVIATION, FACTORS
from konvoi.forecast.leadtimes.part import Ladder, Part, key_of
from konvoi.forecast.leadtimes.stack import Stack, shifted

FEWEST = 30
"""So many ended cases of a kind and measure at least, or there is no basis for a forecast."""

TELLING = 10
"""A group is named as the basis of a forecast from so many ended cases of its own on."""

EARLY, ON_THE_DAY, LATE, OTHERWISE = range(4)
"""Outcomes of a promise: the places of the part `when`; otherwise: withdrawn or replaced by its day."""


@dataclass(frozen=True)
class Learnt:
    """Lead times learnt for one kind and measure.

    cases: all of them, of which so many ended and so many are open. parts: `days` of a span; of a deviation
    `when`, and the days of those that are `early` and `late`, which count from one day on. stack: further
    forecasts that are mixed with that of the parts; None: too few cases to weigh them.
    """

    kind: str
    measure: str
    of: str
    cases: int
    ended: int
    ladders: tuple[Ladder, ...]
    parts: Mapping[str, Part]
    stack: Stack | None = None

    @property
    def enough(self) -> bool:
        """Return True if a forecast may rest on it."""
        return self.ended >= FEWEST

    @property
    def first(self) -> int:
        """Return the first day that it covers."""
        return -self.parts["early"].long_run.size if self.of == DEVIATION else 0

    def chances(self, rows: Sequence[Mapping[str, str]]) -> Floats:
        """The chance of each row on each day from `first` on: of being received, and of ending otherwise:
        (2, row, day)."""
        if self.stack is None:
            return self._grouped(self.parts, rows)
        members = self.members(rows, self.stack)
        mixed = np.tensordot(np.array(self.stack.weights), members, axes=1)
        stated = self.stack.regression.stated(rows)[None, :, None]
        # Weights and drift were learnt from cases that state all columns, and hold for such rows alone.
        return np.where(stated, shifted(mixed, self.first, self.stack.drift), members[0])

    def members(self, rows: Sequence[Mapping[str, str]], stack: Stack) -> Floats:
        """Return the chances of each of MEMBERS: (member, 2, row, day)."""
        recent = self._grouped(self.parts, rows)
        steady = self._grouped(stack.steady, rows)
        return np.stack([recent, steady, stack.regression.tilted(steady, self.first, rows)])

    def _grouped(self, parts: Mapping[str, Part], rows: Sequence[Mapping[str, str]]) -> Floats:
        """Return the chances that the groups of some parts give."""
        shares = next(iter(parts.values())).shares(self.ladders, rows)
        told = {name: part.curves(self.ladders, rows, shares) for name, part in parts.items()}
        if self.of != DEVIATION:
            return np.stack([told["days"][0], told["days"][1:].sum(axis=0)])
        when = told["when"][0]
        early = told["early"][0]
        late = told["late"]
        # Earliness is bounded: the probability beyond the end of the curve is spread over its days.
        early = early / np.maximum(early.sum(axis=1, keepdims=True), np.finfo(float).tiny)
        came = (when[:, [EARLY]] * early[:, ::-1], when[:, [ON_THE_DAY]], when[:, [LATE]] * late[0])
        lost = (0.0 * early, when[:, [OTHERWISE]], when[:, [LATE]] * late[1:].sum(axis=0))
        return np.stack([np.concatenate(came, axis=1), np.concatenate(lost, axis=1)])

    def basis(self, row: Mapping[str, str]) -> tuple[str, int]:
        """The smallest group of a row with enough cases to be named, and how many ended ones it has."""
        groups = next(iter(self.parts.values())).groups
        found = ("", self.ended)
        for ladder in self.ladders:
            for depth in range(1, len(ladder) + 1):
                key = key_of(row, ladder[:depth])
                group = groups.get(key)
                if group and TELLING <= group.cases < found[1]:
                    found = (", ".join(f"{column}={value or '?'}" for column, value in key), group.cases)
        return found


@dataclass(frozen=True)
class Model:
    """Lead times learnt from one data set; name and digest of the data, and the last day known to it."""

    data: str
    digest: str
    until: date
    learnt: tuple[Learnt, ...]

    def find(self, kind: str, measure: str) -> Learnt | None:
        """Return the lead times of a kind and measure; a kind never inherits another kind's."""
        return next((one for one in self.learnt if (one.kind, one.measure) == (kind, measure)), None)

    def distribution(self, rows: pl.DataFrame) -> Distribution:
        """The days of each row; rows: kind, measure, and any of FACTORS (unknown where missing).

        A row of a kind and measure with fewer than FEWEST ended cases has no basis.
        """
        wanted = ["kind", "measure", *FACTORS]
        blank = [pl.lit(None, pl.String).alias(name) for name in wanted if name not in rows.columns]
        asked = rows.with_columns(blank).select(pl.col(name).fill_null("") for name in wanted)
        own = asked.unique(maintain_order=True)
        found = self._distinct(own.rows(named=True))
        at = asked.join(own.with_row_index("_at"), on=wanted, how="left", maintain_order="left")["_at"]
        numbers = at.to_numpy()
        lost = None if found.otherwise is None else found.otherwise[numbers]
        return Distribution(found.first, found.until[numbers], tuple(found.basis[n] for n in numbers), lost)

    def _distinct(self, rows: Sequence[Mapping[str, str]]) -> Distribution:
        """The days of rows of which no two are alike."""
        by: dict[tuple[str, str], list[int]] = {}
        for number, row in enumerate(rows):
            by.setdefault((row["kind"], row["measure"]), []).append(number)
        parts = [(self.find(*name), mine) for name, mine in by.items()]
        sure = [(one, mine) for one, mine in parts if one and one.enough]
        told = [(one, mine, one.chances([rows[number] for number in mine])) for one, mine in sure]
        first = min((one.first for one, _, _ in told), default=0)
        last = max((one.first + chances.shape[2] for one, _, chances in told), default=first + 1)
        until = np.zeros((2, len(rows), last - first))
        basis: list[Basis | None] = [None] * len(rows)
        for one, mine, chances in told:
            start = one.first - first
            until[:, mine, start : start + chances.shape[2]] = chances
            for number in mine:
                group, cases = one.basis(rows[number])
                basis[number] = Basis(self.data, self.digest, self.until.isoformat(), group, cases)
        came, lost = np.clip(np.cumsum(until, axis=2), 0.0, 1.0)
        return Distribution(first, came, tuple(basis), lost)
