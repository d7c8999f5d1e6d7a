"""Where the way to a need is full, and what one more lorry a week would bring: tried, not guessed."""

from collections.abc import Mapping
from decimal import Decimal

from konvoi.kit.days import week as week_name
from konvoi.plan.core.look import Look
from konvoi.plan.exact import decimal
from konvoi.plan.limits import SCALE, Limits

Cause = tuple[str, Mapping[str, str]]
LORRY = {"tonnes": Decimal(20), "pallets": Decimal(33), "neq_kg": Decimal(16000)}
"""What one more lorry takes: 20 t, the 33 pallet places of a semi-trailer, 16 t of net explosive quantity."""


def full_way(seen: Look, limits: Limits, ask: tuple[int, int]) -> Cause | None:
    """The full places on the way that a source would take if there were room; None where nothing is full.

    ask: the number of a pair and of a source.
    """
    problem, frame = limits.problem, limits.frame
    last = problem.needs[problem.pairs[ask[0]].need].last
    places = {(frame["kind"][row], frame["key"][row]) for row in seen.full(ask, last)}
    if not places:
        return None
    rows = _rows(seen, limits, ask, sorted(places))
    weeks, named = sorted({frame["week"][row] for row in rows}), sorted({frame["key"][row] for row in rows})
    values = {
        "places": ", ".join(named),
        "weeks": " – ".join(sorted({week_name(weeks[0]), week_name(weeks[-1])})),
    }
    more = [(row, int(LORRY[frame["resource"][row]]) * SCALE) for row in rows]
    gain = seen.brings([ask], last, more)
    if gain <= 0:
        return "corridor-full", values
    return "corridor-full-gain", values | {"gain": str(decimal(gain, 12)), "lorry": str(LORRY["tonnes"])}


def _rows(seen: Look, limits: Limits, ask: tuple[int, int], places: list[tuple[str, str]]) -> list[int]:
    """The rows of full places, in all full weeks from the start of the way to the need's last day."""
    problem = limits.problem
    pair = problem.pairs[ask[0]]
    good, last = problem.goods[pair.good], problem.needs[pair.need].last
    index = {"lane": [lane.id for lane in problem.lanes], "site": [site.id for site in problem.sites]}
    departs, _ = seen.way(ask, last)
    found = set()
    for kind, key in places:
        terms = limits.lane if kind == "lane" else limits.site
        place = index[kind].index(key)
        for week in range(departs // 7, last // 7 + 1):
            for row, use, factor in terms.get((place, week), ()):
                if seen.short(row, factor * good.loads[use] * good.step):
                    found.add(row)
    return sorted(found)
