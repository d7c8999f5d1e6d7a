"""The feasible part of a mix: consignments in exceeded rows are cut, then filled up where room is left."""

import numpy as np

from konvoi.kit.compiled import compiled
from konvoi.plan.core.pool import Matrix
from konvoi.plan.net import Floats


@compiled
def fitting(matrix: Matrix, kits: int, amounts: Floats, most: Floats, bounds: Floats) -> Floats:
    """Return the largest part of a mix within every row, in two turns; kits, which come first, as far as
    filled.

    Each consignment is cut by its most exceeded row, then filled up to its amount in the mix as long as all
    its rows have room. amounts, most: of each unknown; bounds: of each row.
    """
    first, row, amount = matrix
    found = amounts.copy()
    taken = np.zeros(len(bounds))
    for j in range(kits, len(found)):
        _take(matrix, j, found[j], taken)
    room = bounds.copy()
    for j in range(kits, len(found)):
        for k in range(first[j], first[j + 1]):
            i = row[k]
            if amount[k] > 0 and taken[i] > bounds[i]:
                found[j] = min(found[j], amounts[j] * bounds[i] / taken[i])
        _take(matrix, j, -found[j], room)
    for j in range(kits, len(found)):
        more = amounts[j] - found[j]
        for k in range(first[j], first[j + 1]):
            if amount[k] > 0:
                more = min(more, room[row[k]] / amount[k])
        if more > 0:
            found[j] += more
            _take(matrix, j, -more, room)
    for j in range(kits):
        found[j] = most[j]
        for k in range(first[j], first[j + 1]):
            found[j] = min(found[j], room[row[k]] / amount[k])
        _take(matrix, j, -found[j], room)
    return found


@compiled
def _take(matrix: Matrix, j: int, units: float, taken: Floats) -> None:
    """Add what so many units of one unknown take."""
    for k in range(matrix.first[j], matrix.first[j + 1]):
        taken[matrix.row[k]] += units * matrix.amount[k]
