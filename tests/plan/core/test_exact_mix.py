"""The mix is solved to the end: its prices prove it, whatever is left of it once it is made smaller."""

import numpy as np
import pytest

from konvoi.plan.core.exact_mix import exact_mix
from konvoi.plan.core.pool import Matrix
from konvoi.plan.net import Floats


def _matrix(*columns: dict[int, float]) -> Matrix:
    sizes = [len(column) for column in columns]
    flat = [term for column in columns for term in column.items()]
    rows, amounts = np.array([row for row, _ in flat], dtype=np.int32), np.array([by for _, by in flat])
    return Matrix(np.concatenate([[0], np.cumsum(sizes)]), rows, amounts)


def _reduced(matrix: Matrix, paid: Floats, prices: Floats) -> list[float]:
    """What each unknown costs more than it brings."""
    spans = [slice(a, b) for a, b in zip(matrix.first, matrix.first[1:], strict=False)]
    return [float(prices[matrix.row[s]] @ matrix.amount[s] - p) for s, p in zip(spans, paid, strict=True)]


def test_an_entry_that_stands_twice_counts_twice() -> None:
    """Ten of a row, each unit takes one of it and one more: five units, each worth two prices."""
    twice = Matrix(np.array([0, 2]), np.array([0, 0], dtype=np.int32), np.array([1.0, 1.0]))
    found = exact_mix(twice, np.array([3.0]), np.array([10.0]), np.array([np.inf]), corner=False)
    assert found is not None
    assert found[0] == pytest.approx([5.0], abs=1e-4)
    assert found[1] == pytest.approx([1.5], abs=1e-4)


@pytest.mark.parametrize("corner", [False, True])
def test_prices_hold_where_presolving_leaves_nothing(corner: bool) -> None:
    """One kit and five consignments, at which HiGHS without a corner stops with prices that do not hold."""
    matrix = _matrix(
        {6: 1, 7: 1},
        {1: 1, 3: 1, 6: -1},
        {0: 1, 4: 1.5},
        {1: 1, 5: 1},
        {2: 1, 4: 1.5},
        {1: 1, 4: 1},
    )
    paid, upper = np.array([3.0, 1, 6, 4, 6, 4]), np.array([4.0, 3, 3, 1, 6, 2, 0, 0])
    most = np.array([1.0, *[np.inf] * 5])
    found = exact_mix(matrix, paid, upper, most, corner=corner)
    assert found is not None
    kit, *others = _reduced(matrix, paid, found[1])
    assert min(others) >= -1e-4
    assert found[1] @ upper + max(0.0, -kit) == pytest.approx(paid @ found[0], abs=1e-3)
    assert paid @ found[0] == pytest.approx(33, abs=1e-3)
