"""A linear programme solved to a chosen accuracy by first-order steps: primal-dual, averaged, restarted.

Minimise c·x with A x <= b and 0 <= x <= u. Each step is two products with A; started from the last solution
it takes few. What it lacks in accuracy the bound repairs.
"""

from typing import NamedTuple

import numpy as np

from konvoi.kit.compiled import compiled
from konvoi.plan.core.field import Small
from konvoi.plan.core.pool import Matrix
from konvoi.plan.net import Floats, Ints

_CHECK = 40
_LONGEST = 1000
_STEP = 0.95
_ROUNDS = 6


class Scaled(NamedTuple):
    """A programme in which rows and columns are of like size; both orders of the matrix.

    by_row, by_column: starts, indices, amounts. x = `columns` x scaled x, y = `rows` x scaled y.
    """

    by_row: tuple[Ints, Small, Floats]
    by_column: tuple[Ints, Small, Floats]
    c: Floats
    b: Floats
    u: Floats
    columns: Floats
    rows: Floats


def scaled(matrix: Matrix, c: Floats, b: Floats, u: Floats) -> Scaled:
    """Bring a programme to a like size: columns to their bounds, then rows and columns in turn."""
    amount = matrix.amount.copy()
    columns, rows = u.copy(), np.ones(len(b))
    _scale(matrix.first, matrix.row, amount, columns, rows)
    by_row = _turned(matrix.first, matrix.row, amount, len(b))
    return Scaled(
        by_row, (matrix.first, matrix.row, amount), c * columns, b * rows, u / columns, columns, rows
    )


@compiled
def _scale(first: Ints, row: Small, amount: Floats, columns: Floats, rows: Floats) -> None:
    """Scale in place: columns to their bounds, then by the root of the largest, at last of the sums."""
    size = len(columns)
    for j in range(size):
        for k in range(first[j], first[j + 1]):
            amount[k] *= columns[j]
    for turn in range(_ROUNDS + 1):
        ends = turn == _ROUNDS
        down, right = np.zeros(len(rows)), np.zeros(size)
        for j in range(size):
            for k in range(first[j], first[j + 1]):
                a = abs(amount[k])
                down[row[k]] = down[row[k]] + a if ends else max(down[row[k]], a)
                right[j] = right[j] + a if ends else max(right[j], a)
        for i in range(len(rows)):
            down[i] = 1.0 / np.sqrt(down[i]) if down[i] > 1e-12 else 1.0
            rows[i] *= down[i]
        for j in range(size):
            right[j] = 1.0 / np.sqrt(right[j]) if right[j] > 1e-12 else 1.0
            columns[j] *= right[j]
            for k in range(first[j], first[j + 1]):
                amount[k] *= right[j] * down[row[k]]


@compiled
def _turned(first: Ints, row: Small, amount: Floats, rows: int) -> tuple[Ints, Small, Floats]:
    """The same matrix row by row."""
    starts = np.zeros(rows + 1, dtype=np.int64)
    for k in range(len(row)):
        starts[row[k] + 1] += 1
    for i in range(rows):
        starts[i + 1] += starts[i]
    at = starts[:-1].copy()
    index, turned = np.empty(len(row), dtype=np.int32), np.empty(len(row))
    for j in range(len(first) - 1):
        for k in range(first[j], first[j + 1]):
            i = row[k]
            index[at[i]] = j
            turned[at[i]] = amount[k]
            at[i] += 1
    return starts, index, turned


@compiled
def steps(programme: Scaled, x: Floats, y: Floats, count: int, weight: float) -> float:
    """Take so many steps from x and y, in place; gives back the primal side's weight for the next call."""
    size, rows = len(x), len(y)
    ahead, mean_x, mean_y = np.empty(size), np.zeros(size), np.zeros(rows)
    from_x, from_y = x.copy(), y.copy()
    since, last = 0, np.inf
    for number in range(count):
        _one(programme, x, y, ahead, weight)
        for j in range(size):
            mean_x[j] += x[j]
        for i in range(rows):
            mean_y[i] += y[i]
        since += 1
        ends = number == count - 1
        if since % _CHECK and not ends:
            continue
        ax, ay = mean_x / since, mean_y / since
        of_mean, of_point = _error(programme, ax, ay, weight), _error(programme, x, y, weight)
        least = min(of_mean, of_point)
        if ends or least < 0.3 * last or since >= _LONGEST:
            if of_mean < of_point:
                x[:] = ax
                y[:] = ay
            last, since = least, 0
            weight = _balanced(weight, x, from_x, y, from_y)
            from_x[:] = x
            from_y[:] = y
            mean_x[:] = 0.0
            mean_y[:] = 0.0
    return weight


@compiled
def _balanced(weight: float, x: Floats, from_x: Floats, y: Floats, from_y: Floats) -> float:
    """The weight of the primal side that makes both sides move alike, halfway from the one so far."""
    dx = np.sqrt(((x - from_x) ** 2).sum())
    dy = np.sqrt(((y - from_y) ** 2).sum())
    if dx > 1e-9 and dy > 1e-9:
        return float(np.exp(0.5 * np.log(dy / dx) + 0.5 * np.log(weight)))
    return weight


@compiled
def _one(programme: Scaled, x: Floats, y: Floats, ahead: Floats, weight: float) -> None:
    """One step of both sides."""
    first, row, amount = programme.by_column
    tau, sigma = _STEP / weight, _STEP * weight
    c, u, b = programme.c, programme.u, programme.b
    for j in range(len(x)):
        slope = c[j]
        for k in range(first[j], first[j + 1]):
            slope += amount[k] * y[row[k]]
        new = min(max(x[j] - tau * slope, 0.0), u[j])
        ahead[j] = 2.0 * new - x[j]
        x[j] = new
    starts, index, turned = programme.by_row
    for i in range(len(y)):
        taken = -b[i]
        for k in range(starts[i], starts[i + 1]):
            taken += turned[k] * ahead[index[k]]
        y[i] = max(y[i] + sigma * taken, 0.0)


@compiled
def _error(programme: Scaled, x: Floats, y: Floats, weight: float) -> float:
    """How far from the best: by how much rows are exceeded, and the gap between both sides."""
    first, row, amount = programme.by_column
    starts, index, turned = programme.by_row
    over, primal, dual = 0.0, 0.0, 0.0
    for i in range(len(y)):
        taken = -programme.b[i]
        for k in range(starts[i], starts[i + 1]):
            taken += turned[k] * x[index[k]]
        over += max(taken, 0.0) ** 2
        dual -= programme.b[i] * y[i]
    for j in range(len(x)):
        slope = programme.c[j]
        for k in range(first[j], first[j + 1]):
            slope += amount[k] * y[row[k]]
        if slope < 0:
            dual += slope * programme.u[j]
        primal += programme.c[j] * x[j]
    return float(np.sqrt(weight * weight * over + (primal - dual) ** 2))
