"""Chunks of pairs priced together: those of one destination, with the sites and lanes that lead to it."""

from typing import NamedTuple

import numpy as np

from konvoi.plan.core.field import Ground, Small, starts

SIDE = 16
"""Number of pairs priced side by side: as many as a processor adds up in a few steps."""


class Chunks(NamedTuple):
    """Pairs by chunk, and the network to each destination.

    Chunk c holds pairs[first[c] : first[c + 1]], at most SIDE of them, all to be served at site goal[c], on
    days from low[c] to high[c]. To site g lead the sites sites[reach[g] : reach[g + 1]]; the lanes from the
    k-th of these are lanes[leaving[k] : leaving[k + 1]], and ends[...] gives the one that each reaches.
    """

    pairs: Small
    first: Small
    goal: Small
    low: Small
    high: Small
    reach: Small
    sites: Small
    leaving: Small
    lanes: Small
    ends: Small


def chunks_of(ground: Ground) -> Chunks:
    """Put the pairs that have sources side by side, the earliest last days first."""
    pairs = ground.pairs
    wants = ground.wants
    low = _earliest(ground)
    last = wants.last[pairs.need]
    live = np.flatnonzero((np.diff(pairs.first) > 0) & (low <= last) & (last >= 0))
    goals = wants.site[pairs.need[live]]
    live = live[np.lexsort((live, low[live], last[live], goals))]
    first = _cuts(wants.site[pairs.need[live]])
    return Chunks(
        pairs=live.astype(np.int32),
        first=first,
        goal=wants.site[pairs.need[live[first[:-1]]]],
        low=np.minimum.reduceat(low[live], first[:-1]).astype(np.int32) if len(live) else first[:0],
        high=np.maximum.reduceat(last[live], first[:-1]).astype(np.int32) if len(live) else first[:0],
        **_ways_to(ground),
    )


def part_of(ground: Ground, chunks: Chunks, need: int) -> Chunks:
    """Return the pairs of one need in chunks of their own."""
    pairs = chunks.pairs[ground.pairs.need[chunks.pairs] == need]
    count = -(-len(pairs) // SIDE)
    every = np.ones(count, dtype=np.int32)
    return chunks._replace(
        pairs=pairs,
        first=np.append(np.arange(count) * SIDE, len(pairs)).astype(np.int32),
        goal=every * ground.wants.site[need],
        low=every * _earliest(ground)[pairs].min(initial=2**30),
        high=every * ground.wants.last[need],
    )


def _earliest(ground: Ground) -> Small:
    """For each pair the first day on which any of its sources may leave."""
    found = np.full(len(ground.pairs.need), 2**30, dtype=np.int32)
    sizes = np.diff(ground.pairs.first)
    some = sizes > 0
    if some.any():
        leaves = ground.stock.first[ground.pairs.sources]
        found[some] = np.minimum.reduceat(leaves, ground.pairs.first[:-1][some])
    return found


def _cuts(goals: Small) -> Small:
    """Return the starts of chunks: at a new destination, and after SIDE pairs."""
    cuts = [0]
    for at in range(1, len(goals)):
        if goals[at] != goals[at - 1] or at - cuts[-1] == SIDE:
            cuts.append(at)
    return np.array([*cuts, len(goals)] if len(goals) else [0], dtype=np.int32)


def _ways_to(ground: Ground) -> dict[str, Small]:
    """For each site the sites from which it can be reached, nearest first, and the lanes between them."""
    ways = ground.ways
    entering: list[list[int]] = [[] for _ in range(len(ways.first) - 1)]
    for lane, head in enumerate(ways.heads.tolist()):
        entering[head].append(int(ways.tails[lane]))
    reach = []
    leaving = []
    sites = []
    lanes = []
    ends = []
    for goal in range(len(ways.first) - 1):
        order = [goal]
        for site in order:
            order += [tail for tail in dict.fromkeys(entering[site]) if tail not in order]
        place = {site: number for number, site in enumerate(order)}
        reach.append(len(order))
        for site in order:
            on = [
                x
                for x in ways.lanes[ways.first[site] : ways.first[site + 1]].tolist()
                if ways.heads[x] in place
            ]
            leaving.append(len(on))
            lanes += on
            ends += [place[int(ways.heads[lane])] for lane in on]
        sites += order
    named = {"sites": sites, "lanes": lanes, "ends": ends}
    return {"reach": starts(reach), "leaving": starts(leaving)} | {
        name: np.array(found, dtype=np.int32) for name, found in named.items()
    }
