"""The mix by first-order steps: primal-dual, anchored, restarted; needs are kept to exactly at each step.

Maximise paid·x with A x <= b, 0 <= x <= u, and for the unknowns of each need share·x <= asked. Each step is
two products with A and a projection onto what each need takes; started from the last mix it takes few. No
row and no price stands for a need within the steps, so what is slowest to settle is never out of balance.
What such a mix lacks in accuracy the bound repairs.
"""

from typing import NamedTuple

import numpy as np

from konvoi.kit.compiled import compiled
from konvoi.plan.core.field import Small
from konvoi.plan.core.pool import Matrix
from konvoi.plan.net import Floats, Ints

_CHECK = 20
_STEP = 0.998
_ENOUGH = 0.2
_STALLED = 0.8
_LONGEST = 0.36
_TINY = 1e-12
_NEWTON = 40
_DUAL = 6.0
_USUAL = 6.0
"""Factor of price steps over those that bring both sides equally far from zero: measured."""


class Blocks(NamedTuple):
    """Groups of unknowns that share a need: first[n] to first[n + 1]; those before first[0] are free.

    share[unknown]: units of need in one; asked[need]: units of need at most.
    """

    first: Ints
    share: Floats
    asked: Floats


class Scaled(NamedTuple):
    """A mix in which an unknown counts what it may bring, and a row what its largest taker takes of it.

    by_row, by_column: starts, indices, amounts. x = `columns` x scaled x, y = `rows` x scaled y. along and
    across: the length of a step of each unknown and of each price.
    """

    by_row: tuple[Ints, Small, Floats]
    by_column: tuple[Ints, Small, Floats]
    blocks: Blocks
    paid: Floats
    b: Floats
    u: Floats
    columns: Floats
    rows: Floats
    along: Floats
    across: Floats


class Point(NamedTuple):
    """The current point of the search: unknowns, prices of rows, prices of needs; changed in place."""

    x: Floats
    y: Floats
    need: Floats


def scaled(matrix: Matrix, paid: Floats, limits: tuple[Floats, Floats], blocks: Blocks) -> Scaled:
    """Bring a mix to a like size; limits: b of the rows, u of the unknowns."""
    b, u = limits
    worth = _worth(matrix, paid, int(blocks.first[0]))
    amount = np.abs(matrix.amount)
    sizes = np.diff(matrix.first)
    columns = 1.0 / worth
    spread = np.repeat(columns, sizes)
    rows = np.zeros(len(b))
    np.maximum.at(rows, matrix.row, amount * spread)
    rows = np.where(rows > _TINY, 1.0 / np.maximum(rows, _TINY), 1.0)
    amount = matrix.amount * spread * rows[matrix.row]
    turned = _turned(matrix.first, matrix.row, amount, len(b))
    along = 1.0 / np.maximum(np.bincount(np.repeat(np.arange(len(u)), sizes), np.abs(amount), len(u)), 1.0)
    across = 1.0 / np.maximum(np.bincount(matrix.row, np.abs(amount), len(b)), _TINY)
    return Scaled(
        turned,
        (matrix.first, matrix.row, amount),
        blocks._replace(share=blocks.share * columns),
        paid * columns,
        b * rows,
        u / columns,
        columns,
        rows,
        along,
        across,
    )


def _worth(matrix: Matrix, paid: Floats, free: int) -> Floats:
    """Return the most that a unit of each unknown may bring: its payment, and its part in the kits (free)."""
    first, row, amount = matrix
    price = np.zeros(int(row.max(initial=-1)) + 1)
    for j in range(free):
        at = slice(first[j], first[j + 1])
        price[row[at]] = max(paid[j], 0.0) / np.maximum(np.abs(amount[at]) * (first[j + 1] - first[j]), _TINY)
    parts = np.bincount(
        np.repeat(np.arange(len(paid)), np.diff(first)), np.abs(amount) * price[row], len(paid)
    )
    parts[:free] = 0.0
    worth = np.maximum(paid, 0.0) + parts
    usual = float(np.median(worth[worth > 0])) if (worth > 0).any() else 1.0
    return np.maximum(worth, 1e-3 * usual)


@compiled
def _turned(first: Ints, row: Small, amount: Floats, rows: int) -> tuple[Ints, Small, Floats]:
    """Return the same matrix row by row."""
    starts = np.zeros(rows + 1, dtype=np.int64)
    for k in range(len(row)):
        starts[row[k] + 1] += 1
    for i in range(rows):
        starts[i + 1] += starts[i]
    at = starts[:-1].copy()
    index = np.empty(len(row), dtype=np.int32)
    turned = np.empty(len(row))
    for j in range(len(first) - 1):
        for k in range(first[j], first[j + 1]):
            i = row[k]
            index[at[i]] = j
            turned[at[i]] = amount[k]
            at[i] += 1
    return starts, index, turned


def weight_of(programme: Scaled, point: Point) -> float:
    """The weight of the primal side from what is known: how far both sides are from nothing."""
    x = float(np.sqrt((point.x**2 / programme.along).sum()))
    y = float(np.sqrt((point.y**2 / programme.across).sum()))
    if x > _TINY and y > _TINY:
        return _DUAL * y / x
    most = float(np.sqrt((programme.u**2 / programme.along).sum()))
    return _USUAL * float(np.sqrt(len(point.y) or 1)) / max(most, _TINY)


@compiled
def steps(programme: Scaled, point: Point, count: int, weight: float) -> None:
    """Take so many steps, in place; return the weight of the primal side for the next call.

    Each step goes a little back to where the last restart was, the less the longer it is ago; the steps start
    anew where they have come much nearer, or come no nearer.
    """
    x = point.x
    y = point.y
    new_x = x.copy()
    new_y = y.copy()
    ahead = np.empty(len(x))
    from_x = x.copy()
    from_y = y.copy()
    since = 0
    at_first = np.inf
    last = np.inf
    for number in range(1, count + 1):
        _one(programme, point, (new_x, new_y, ahead), weight)
        checks = number % _CHECK == 0 or number == count
        off = np.inf
        if since == 0 or checks:
            off = _moved(programme, point, (new_x, new_y), weight)
            at_first = off if since == 0 else at_first
        since += 1
        anew = off <= _ENOUGH * at_first or (off <= _STALLED * at_first and off > last)
        if number == count or (checks and since > 1 and (anew or since >= _LONGEST * number)):
            x[:] = new_x
            y[:] = new_y
            from_x[:] = new_x
            from_y[:] = new_y
            since = 0
            last = np.inf
            continue
        if checks:
            last = off
        part = since / (since + 1.0)
        for j in range(len(x)):
            x[j] = part * (2.0 * new_x[j] - x[j]) + (1.0 - part) * from_x[j]
        for i in range(len(y)):
            y[i] = part * (2.0 * new_y[i] - y[i]) + (1.0 - part) * from_y[i]


@compiled
def _one(programme: Scaled, point: Point, out: tuple[Floats, Floats, Floats], weight: float) -> None:
    """One step of both sides from a point, into `out`."""
    x = point.x
    y = point.y
    need = point.need
    new_x, new_y, ahead = out
    first, row, amount = programme.by_column
    tau = _STEP / weight
    sigma = _STEP * weight
    for j in range(len(x)):
        slope = programme.paid[j]
        for k in range(first[j], first[j + 1]):
            slope -= amount[k] * y[row[k]]
        new_x[j] = x[j] + tau * programme.along[j] * slope
    _within(programme, new_x, need, tau)
    for j in range(len(x)):
        ahead[j] = 2.0 * new_x[j] - x[j]
    starts, index, turned = programme.by_row
    for i in range(len(y)):
        taken = -programme.b[i]
        for k in range(starts[i], starts[i + 1]):
            taken += turned[k] * ahead[index[k]]
        new_y[i] = max(y[i] + sigma * programme.across[i] * taken, 0.0)


@compiled
def _within(programme: Scaled, x: Floats, need: Floats, tau: float) -> None:
    """The nearest unknowns that keep their bounds and what each need takes; need: its price, in and out."""
    u = programme.u
    along = programme.along
    first, share, asked = programme.blocks
    for j in range(first[0]):
        x[j] = min(max(x[j], 0.0), u[j])
    for n in range(len(asked)):
        taken = 0.0
        for j in range(first[n], first[n + 1]):
            taken += share[j] * min(max(x[j], 0.0), u[j])
        price = 0.0
        if taken > asked[n]:
            price = _price(programme, x, (first[n], first[n + 1], asked[n]), need[n] * tau)
        need[n] = price / tau
        for j in range(first[n], first[n + 1]):
            x[j] = min(max(x[j] - price * along[j] * share[j], 0.0), u[j])


@compiled
def _price(programme: Scaled, x: Floats, block: tuple[int, int, float], guess: float) -> float:
    """The price at which the unknowns of one need take what it asks, by Newton's steps between two bounds."""
    low = 0.0
    high = np.inf
    price = guess
    along = programme.along
    share = programme.blocks.share
    u = programme.u
    start, end, asked = block
    for _ in range(_NEWTON):
        over = -asked
        slope = 0.0
        for j in range(start, end):
            z = x[j] - price * along[j] * share[j]
            if z >= u[j]:
                over += share[j] * u[j]
            elif z > 0.0:
                over += share[j] * z
                slope += share[j] * share[j] * along[j]
        if abs(over) <= 1e-10 * asked:
            break
        if over > 0:
            low = price
        else:
            high = price
        price = price + over / slope if slope > 0 else np.inf
        if not low < price < high:
            price = 0.5 * (low + high) if high < np.inf else 2.0 * low + _TINY
    return price


@compiled
def _moved(programme: Scaled, point: Point, to: tuple[Floats, Floats], weight: float) -> float:
    """Return the length of a step."""
    x = point.x
    y = point.y
    new_x, new_y = to
    dx = 0.0
    dy = 0.0
    for j in range(len(x)):
        dx += (new_x[j] - x[j]) ** 2 / programme.along[j]
    for i in range(len(y)):
        dy += (new_y[i] - y[i]) ** 2 / programme.across[i]
    return float(np.sqrt(weight * dx + dy / weight))
