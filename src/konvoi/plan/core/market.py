"""Inputs and results of pricing, as tuples of arrays for compiled code."""

from typing import NamedTuple

import numpy as np

from konvoi.plan.core.chunks import Chunks
from konvoi.plan.core.field import LEGS, Ground, Short, Small
from konvoi.plan.net import Floats

NEVER = -1e18
LEAST = 1e-7
FULL = 1e17
"""Rent of a place that has no room for a single step: more than anything is worth."""


class Prices(NamedTuple):
    """The cost of each resource at given prices of rows.

    lane[week, lane, use] and site[week, site, use]: of one unit of a use; haul[lane]: of a tonne;
    source[source, use]; need[need] and kit[need]: of a unit of need, and of one in time;
    arrival[need, day]: what a unit of need is paid.
    """

    lane: Floats
    site: Floats
    haul: Floats
    source: Floats
    need: Floats
    kit: Floats
    arrival: Floats


class Found(NamedTuple):
    """The best consignments of each pair, `most` at most: source -1 where there is none.

    gain: of one unit. best[pair]: the most that a unit of need gains, 0 where none does.
    """

    source: Small
    gain: Floats
    departs: Short
    arrives: Short
    legs: Short
    lane: Short
    day: Short
    best: Floats


def nothing_found(pairs: int, most: int) -> Found:
    """Room for what pricing finds."""
    shape = (pairs, most)
    return Found(
        source=np.full(shape, -1, dtype=np.int32),
        gain=np.zeros(shape),
        departs=np.zeros(shape, dtype=np.int16),
        arrives=np.zeros(shape, dtype=np.int16),
        legs=np.zeros(shape, dtype=np.int16),
        lane=np.zeros((*shape, LEGS), dtype=np.int16),
        day=np.zeros((*shape, LEGS), dtype=np.int16),
        best=np.zeros(pairs),
    )


class Market(NamedTuple):
    """The pairs to price, and the prices."""

    ground: Ground
    chunks: Chunks
    prices: Prices


class Sheet(NamedTuple):
    """The work of one chunk.

    leave[day, site, pair]: a unit that moves on, or is handed over, on that very day; reach: one that comes
    in on a day and pays for being handled; start: one that sets out on that day or later. Days count from
    `low`, sites as in Chunks; place[site]: which of them, -1 for none. loads[use, pair], goods[pair].
    """

    leave: Floats
    reach: Floats
    start: Floats
    loads: Floats
    goods: Small
    low: int
    high: int
    base: int
    place: Small
