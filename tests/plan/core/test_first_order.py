"""First-order steps come to the optimum that a solver of linear programmes finds."""

import numpy as np
import pytest

from konvoi.plan.core.exact_mix import exact_mix
from konvoi.plan.core.first_order import scaled, steps
from konvoi.plan.core.pool import Matrix
from konvoi.plan.net import Floats


def _packing(seed: int) -> tuple[Matrix, Floats, Floats, Floats]:
    """Thirty unknowns, twelve rows, each unknown in three of them."""
    dice = np.random.default_rng(seed)
    row = np.concatenate([np.sort(dice.permutation(12)[:3]) for _ in range(30)]).astype(np.int32)
    matrix = Matrix(np.arange(31) * 3, row, dice.uniform(0.5, 20.0, 90))
    return matrix, dice.uniform(1.0, 9.0, 30), dice.uniform(5.0, 50.0, 12), np.full(30, 4.0)


def test_two_unknowns_that_share_a_row_by_hand() -> None:
    """3 x + 2 y with x + y <= 4, both at most 3: three of x and one of y bring 11; the row is worth 2."""
    matrix = Matrix(np.array([0, 1, 2]), np.zeros(2, dtype=np.int32), np.ones(2))
    programme = scaled(matrix, -np.array([3.0, 2.0]), np.array([4.0]), np.array([3.0, 3.0]))
    x, y = np.zeros(2), np.zeros(1)
    steps(programme, x, y, 2000, 1.0)
    assert x * programme.columns == pytest.approx([3.0, 1.0], abs=1e-4)
    assert y * programme.rows == pytest.approx([2.0], abs=1e-4)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_agrees_with_highs(seed: int) -> None:
    matrix, paid, upper, most = _packing(seed)
    exact = exact_mix(matrix, paid, upper, most, corner=True)
    assert exact is not None
    programme = scaled(matrix, -paid, upper, most)
    x, y = np.zeros(30), np.zeros(12)
    steps(programme, x, y, 8000, 1.0)
    assert float(paid @ (x * programme.columns)) == pytest.approx(float(paid @ exact[0]), rel=1e-4)


def test_more_steps_from_the_last_point_go_on_where_it_stood() -> None:
    matrix, paid, upper, most = _packing(4)
    programme = scaled(matrix, -paid, upper, most)
    exact = exact_mix(matrix, paid, upper, most, corner=True)
    assert exact is not None
    off = []
    x, y, weight = np.zeros(30), np.zeros(12), 1.0
    for _ in range(6):
        weight = steps(programme, x, y, 400, weight)
        off.append(abs(float(paid @ (x * programme.columns)) - float(paid @ exact[0])))
    assert off[-1] < 0.01 * off[0]


def test_a_corner_has_no_more_unknowns_between_their_bounds_than_rows() -> None:
    matrix, paid, upper, most = _packing(5)
    exact = exact_mix(matrix, paid, upper, most, corner=True)
    assert exact is not None
    between = (exact[0] > 1e-7) & (exact[0] < most - 1e-7)
    assert 0 < between.sum() <= 12
