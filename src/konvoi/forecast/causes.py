"""Causes of late movements, and the basis of the days of their steps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from konvoi.forecast.delay import Ints
from konvoi.forecast.delays import MEMBERS
from konvoi.forecast.journeys import Journeys
from konvoi.forecast.outlook import BASES, CAUSES, FEW
from konvoi.forecast.steps import USUAL, Assumed
from konvoi.forecast.tally import Group, Tally

_STATED = 3


def causes(tally: Tally, arrives: Mapping[str, date]) -> pl.DataFrame:
    """Return CAUSES of late movements by need and partner, the largest first."""
    late = (
        tally.runs - np.cumsum(tally.seen, axis=1, dtype=np.int64)[np.arange(len(tally.seen)), tally.laid.due]
    )
    days = [(arrives[name] - tally.laid.start).days for name in tally.laid.ids]
    planned = np.array(days) > tally.laid.due
    lines = [
        *_of("need", tally, tally.needs, late, planned),
        *_of("partner", tally, tally.partners, late, planned),
    ]
    frame = pl.DataFrame(lines, schema=CAUSES, orient="row")
    return frame.sort("of", "id", "share", "kind", "key", descending=[False, False, True, False, False])


def _of(
    of: str, tally: Tally, group: Group, late: Ints, planned: NDArray[np.bool_]
) -> Iterator[tuple[str, str, str, str, float]]:
    first = tally.laid.ways.first
    for number, name in enumerate(group.names):
        moves = group.movements[group.first[number] : group.first[number + 1]]
        every = int(late[moves].sum())
        saved: dict[tuple[str, str], int] = defaultdict(int)
        for move in moves:
            if planned[move]:
                saved["plan", ""] += int(late[move])
            for at in range(int(first[move]), int(first[move + 1])):
                step = tally.laid.steps[at]
                saved[step.kind, step.key] += int(tally.saved[at])
        for (kind, key), count in sorted(saved.items()):
            if count and name:
                yield of, name, kind, key, min(1.0, count / every)


def bases(laid: Journeys, assumed: Assumed = USUAL) -> pl.DataFrame:
    """Return the basis of the days of each kind of step: BASES, in the order of the steps.

    assumed: days by kind, where they are not the usual ones.
    """
    lines = []
    for member in MEMBERS:
        mine = [
            (step, basis)
            for step, basis in zip(laid.steps, laid.basis, strict=True)
            if step.kind == member.name
        ]
        if not mine:
            continue
        known = [basis for _, basis in mine if basis is not None]
        stated = sum(basis is None and step.stated == _STATED for step, basis in mine)
        rest = len(mine) - len(known) - stated
        spread = assumed.get(member.name, member.assumed)
        lines.append(
            (
                member.name,
                len(mine),
                len(known),
                sum(basis.cases < FEW for basis in known),
                stated,
                rest,
                min((basis.cases for basis in known), default=None),
                "; ".join(sorted({basis.data for basis in known})) or None,
                *((spread.low, spread.middle, spread.high, member.times) if rest else [None] * 4),
            )
        )
    return pl.DataFrame(lines, schema=BASES, orient="row")
