"""Clustering pair by pair, in compiled loops: sums between clusters are kept, never recomputed."""

from typing import NamedTuple

import numpy as np

from konvoi.kit.compiled import compiled, inner


class Graph(NamedTuple):
    """Pairs of records, the surest first, with their probability in billionths."""

    left: np.ndarray
    right: np.ndarray
    weight: np.ndarray


class Foes(NamedTuple):
    """Records that must never meet: those of each record begin at `begin` in `others`."""

    begin: np.ndarray
    others: np.ndarray


class Held(NamedTuple):
    """Values of each record by scheme: the lines of each record begin at `begin`."""

    begin: np.ndarray
    scheme: np.ndarray
    value: np.ndarray


class Sums(NamedTuple):
    """Hash table of the weights between two clusters: keys, -1 for an empty place, weights, places in use."""

    keys: np.ndarray
    weights: np.ndarray
    used: int


class Lists(NamedTuple):
    """Chains of lines, one for each cluster: its first and last line, how many; what follows each line."""

    head: np.ndarray
    tail: np.ndarray
    size: np.ndarray
    next: np.ndarray


@inner
def _root(parent: np.ndarray, one: int) -> int:
    while parent[one] != one:
        parent[one] = parent[parent[one]]
        one = parent[one]
    return one


@inner
def _slot(keys: np.ndarray, key: int) -> int:
    """Return the place of a key in a hash table, or the place it would take; -1 is an empty place."""
    mask = len(keys) - 1
    mixed = key * 0x2545F4914F6CDD1D
    slot = (mixed ^ (mixed >> 32)) & mask
    while keys[slot] != key and keys[slot] != -1:
        slot = (slot + 1) & mask
    return slot


@inner
def _wider(keys: np.ndarray, weights: np.ndarray) -> Sums:
    """Return the table with twice the room, without the weights that were taken away."""
    more = np.full(2 * len(keys), -1, dtype=np.int64)
    values = np.zeros(2 * len(keys), dtype=np.int64)
    count = 0
    for n in range(len(keys)):
        if keys[n] != -1 and weights[n]:
            slot = _slot(more, keys[n])
            more[slot] = keys[n]
            values[slot] = weights[n]
            count += 1
    return Sums(more, values, count)


@inner
def _chained(begin: np.ndarray) -> Lists:
    """Each record's lines, which lie one after the other, as chains."""
    height = len(begin) - 1
    lists = Lists(
        np.full(height, -1, dtype=np.int64),
        np.full(height, -1, dtype=np.int64),
        np.zeros(height, dtype=np.int64),
        np.full(max(begin[height], 1), -1, dtype=np.int64),
    )
    for one in range(height):
        for line in range(begin[one], begin[one + 1]):
            _append(lists, one, line)
    return lists


@inner
def _append(lists: Lists, one: int, line: int) -> None:
    lists.next[line] = -1
    if lists.size[one]:
        lists.next[lists.tail[one]] = line
    else:
        lists.head[one] = line
    lists.tail[one] = line
    lists.size[one] += 1


@inner
def _moved(lists: Lists, one: int, other: int) -> None:
    """The chain of the other cluster hangs at the end of the one's."""
    if lists.size[other]:
        if lists.size[one]:
            lists.next[lists.tail[one]] = lists.head[other]
        else:
            lists.head[one] = lists.head[other]
        lists.tail[one] = lists.tail[other]
        lists.size[one] += lists.size[other]


@inner
def _are_foes(parent: np.ndarray, lists: Lists, others: np.ndarray, one: int, other: int) -> bool:
    if lists.size[one] > lists.size[other]:
        one, other = other, one
    line = lists.head[one]
    while line != -1:
        if _root(parent, others[line]) == other:
            return True
        line = lists.next[line]
    return False


@inner
def _contradict(lists: Lists, held: Held, one: int, other: int) -> bool:
    """Return True if two clusters hold two values of one scheme."""
    line = lists.head[one]
    while line != -1:
        with_ = lists.head[other]
        while with_ != -1:
            if held.scheme[line] == held.scheme[with_] and held.value[line] != held.value[with_]:
                return True
            with_ = lists.next[with_]
        line = lists.next[line]
    return False


@inner
def _hold(lists: Lists, held: Held, one: int, other: int) -> None:
    """The one takes over the values of the other in schemes in which it holds none."""
    line = lists.head[other]
    while line != -1:
        after = lists.next[line]
        known = lists.head[one]
        while known != -1 and held.scheme[known] != held.scheme[line]:
            known = lists.next[known]
        if known == -1:
            _append(lists, one, line)
        line = after


@inner
def _key(one: int, other: int, height: int) -> int:
    return min(one, other) * height + max(one, other)


@inner
def _summed(graph: Graph, near: Lists, height: int) -> Sums:
    """A hash table of what stands between two records, and the lines of each; the first of a pair counts."""
    room = 16
    used = 0
    while room < 2 * len(graph.left):
        room *= 2
    keys = np.full(room, -1, dtype=np.int64)
    weights = np.zeros(room, dtype=np.int64)
    for n in range(len(graph.left)):
        key = _key(int(graph.left[n]), int(graph.right[n]), height)
        slot = _slot(keys, key)
        if keys[slot] == -1 and graph.weight[n]:
            keys[slot] = key
            weights[slot] = graph.weight[n]
            used += 1
            _append(near, graph.left[n], 2 * n)
            _append(near, graph.right[n], 2 * n + 1)
    return Sums(keys, weights, used)


@inner
def _absorbed(
    graph: Graph,
    parent: np.ndarray,
    near: Lists,
    sums: Sums,
    ends: tuple[int, int],
) -> Sums:
    """Move the weights between the second cluster and others to the first one; return the table."""
    x, y = ends
    keys = sums.keys
    weights = sums.weights
    used = sums.used
    height = len(parent)
    line = near.head[y]
    while line != -1:
        z = _root(parent, graph.right[line // 2] if line % 2 == 0 else graph.left[line // 2])
        slot = _slot(keys, _key(y, z, height))
        if z != x and z != y and keys[slot] != -1 and weights[slot]:
            moving = weights[slot]
            weights[slot] = 0
            slot = _slot(keys, _key(x, z, height))
            if keys[slot] == -1:
                keys[slot] = _key(x, z, height)
                used += 1
            weights[slot] += moving
            if 2 * used > len(keys):
                wider = _wider(keys, weights)
                keys = wider.keys
                weights = wider.weights
                used = wider.used
        line = near.next[line]
    return Sums(keys, weights, used)


@compiled
def joined(graph: Graph, foes: Foes, held: Held, join: int, mean: int) -> np.ndarray:
    """Return for each record the first of its cluster; konvoi.link.clusters defines the pairs that join."""
    height = len(foes.begin) - 1
    count = len(graph.left)
    parent = np.arange(height)
    least = np.arange(height)
    size = np.ones(height, dtype=np.float64)
    hostile = _chained(foes.begin)
    holding = _chained(held.begin)
    alone = _chained(np.zeros(height + 1, dtype=np.int64))
    near = Lists(alone.head, alone.tail, alone.size, np.full(max(2 * count, 1), -1, dtype=np.int64))
    sums = _summed(graph, near, height)
    for n in range(count):
        if graph.weight[n] < join:
            break
        x = _root(parent, graph.left[n])
        y = _root(parent, graph.right[n])
        if x == y or _are_foes(parent, hostile, foes.others, x, y) or _contradict(holding, held, x, y):
            continue
        total = sums.weights[_slot(sums.keys, _key(x, y, height))]
        if np.float64(total) < mean * size[x] * size[y]:
            continue
        if near.size[x] < near.size[y]:
            x, y = y, x
        sums = _absorbed(graph, parent, near, sums, (x, y))
        parent[y] = x
        size[x] += size[y]
        least[x] = min(least[x], least[y])
        _moved(near, x, y)
        _moved(hostile, x, y)
        _hold(holding, held, x, y)
    for one in range(height):
        parent[one] = _root(parent, one)
    return least[parent]
