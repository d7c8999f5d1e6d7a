"""How far the simulation is from what is known exactly, in standard errors."""

import math
from statistics import NormalDist

import numpy as np

from konvoi.forecast.core.draw import ADD, BY, Small, Span, Ways, journeys
from konvoi.forecast.luck import GRID, NONE, fours, own

RUNS = 100_000
"""Ten times what a plan is simulated with here. At a million the 4,096 values of a draw begin to show."""
DAYS = 20_000
_SHARES = np.minimum(np.array([NormalDist().cdf(luck) for luck in GRID]), 1 - 1e-12)


def errors(seed: int) -> dict[str, float]:
    """The largest distance of each kind in standard errors: sums of exponentials, maxima of uniforms."""
    return {
        "sums of exponentials": max(_sum(count, seed + count) for count in (1, 3, 6)),
        "maxima of uniforms": max(_maximum(count, seed + count) for count in (1, 2, 6)),
    }


def _drawn(how: int, days: Small, count: int, seed: int) -> Small:
    """The days of one movement of so many steps of its own luck."""
    every = np.arange(DAYS, dtype=np.uint16)
    zero = np.zeros(count, dtype=np.int64)
    ways = Ways(
        first=np.array([0, count]),
        starts=np.array([0], dtype=np.uint16),
        due=np.array([0], dtype=np.uint16),
        key=np.array([seed], dtype=np.uint64),
        how=np.full(count, how, dtype=np.uint8),
        group=zero,
        part=zero,
        table=zero,
        line=zero,
        base=np.zeros(count, dtype=np.uint16),
        planned=np.zeros(count, dtype=np.uint16),
        days=days[None, :],
        onward=every[None, :],
        weekly=np.zeros(1, dtype=np.bool_),
        own=fours(own(0.0))[None, :],
    )
    common = np.full((1, RUNS), NONE, dtype=np.uint16)
    found, seen = np.zeros((1, RUNS), dtype=np.uint16), np.zeros((1, DAYS), dtype=np.int32)
    journeys(ways, common, Span(0, 1, np.uint64(7919 * seed + 13)), found, seen)
    drawn: Small = found[0]
    return drawn


def _sum(count: int, seed: int) -> float:
    """Exponentials of mean 200 days: their mean, and Erlang's distribution at three days."""
    days = np.round(-200 * np.log1p(-_SHARES)).astype(np.uint16)
    found = _drawn(ADD, days, count, seed).astype(float)
    apart = [abs(found.mean() - 200 * count) / (200 * math.sqrt(count / RUNS))]
    for at in (100 * count, 200 * count, 340 * count):
        x = (at + 0.5) / 200
        by = 1 - sum(math.exp(-x) * x**k / math.factorial(k) for k in range(count))
        apart.append(_apart(float((found <= at).mean()), by))
    return float(max(apart))


def _maximum(count: int, seed: int) -> float:
    """Uniform days from 0 to 10,000: the power of the share, at three days."""
    days = np.round(10_000 * _SHARES).astype(np.uint16)
    found = _drawn(BY, days, count, seed)
    return max(
        _apart(float((found <= at).mean()), ((at + 0.5) / 10_000) ** count) for at in (3000, 7000, 9000)
    )


def _apart(found: float, exact: float) -> float:
    return abs(found - exact) / math.sqrt(exact * (1 - exact) / RUNS)
