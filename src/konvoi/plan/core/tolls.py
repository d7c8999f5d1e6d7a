"""Cost of lanes, sites, sources and needs, from the price of each row."""

import numpy as np

from konvoi.plan.core.field import Field, Terms
from konvoi.plan.core.market import Prices
from konvoi.plan.goal import Payoff
from konvoi.plan.net import Floats
from konvoi.plan.parts import USES


def tolls(found: Field, y: Floats, payoff: Payoff) -> Prices:
    """Return the cost of all resources at prices y of the rows, and the payments."""
    ways = found.ground.ways
    wants = found.ground.wants
    source = _summed(found.source, y)
    source[:, 0] -= payoff.source
    return Prices(
        lane=_weekly(found.lane, y, len(ways.heads), found.weeks),
        site=_weekly(found.site, y, len(ways.first) - 1, found.weeks),
        haul=payoff.haul,
        source=source,
        need=_summed(found.served, y)[: len(wants.site), 0].copy(),
        kit=_summed(found.in_time, y)[: len(wants.site), 0].copy(),
        arrival=payoff.arrival,
    )


def _summed(terms: Terms, y: Floats) -> Floats:
    """Return the cost of one unit of each use of each thing: an array (thing, use)."""
    things = len(terms.first) - 1
    thing = np.repeat(np.arange(things), np.diff(terms.first))
    place = thing * len(USES) + terms.use
    size = things * len(USES)
    cost: Floats = np.bincount(place, weights=y[terms.row] * terms.factor, minlength=size).astype(np.float64)
    return cost.reshape(things, len(USES))


def _weekly(terms: Terms, y: Floats, places: int, weeks: int) -> Floats:
    """Return the same by week: an array (week, place, use)."""
    return np.ascontiguousarray(_summed(terms, y).reshape(places, weeks, len(USES)).transpose(1, 0, 2))
