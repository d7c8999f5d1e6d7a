"""First-order steps come to the optimum that a solver of linear programmes finds."""

import numpy as np
import pytest

from konvoi.plan.core.exact_mix import exact_mix
from konvoi.plan.core.first_order import Blocks, Point, scaled, steps, weight_of
from konvoi.plan.core.pool import Matrix
from konvoi.plan.net import Floats


def _packing(seed: int) -> tuple[Matrix, Floats, Floats, Floats]:
    """Thirty unknowns, twelve rows, each unknown in three of them."""
    dice = np.random.default_rng(seed)
    row = np.concatenate([np.sort(dice.permutation(12)[:3]) for _ in range(30)]).astype(np.int32)
    matrix = Matrix(np.arange(31) * 3, row, dice.uniform(0.5, 20.0, 90))
    return matrix, dice.uniform(1.0, 9.0, 30), dice.uniform(5.0, 50.0, 12), np.full(30, 4.0)


def _blocks(first: list[int], share: float, asked: list[float], unknowns: int) -> Blocks:
    """Unknowns need by need, each of the same share."""
    return Blocks(np.array(first), np.full(unknowns, share), np.array(asked))


def _mixed(matrix: Matrix, paid: Floats, limits: tuple[Floats, Floats], blocks: Blocks, count: int) -> Point:
    """Where so many steps from nothing come to, in units of the problem."""
    programme = scaled(matrix, paid, limits, blocks)
    point = Point(np.zeros(len(paid)), np.zeros(len(limits[0])), np.zeros(len(blocks.asked)))
    for _ in range(count // 200):
        steps(programme, point, 200, weight_of(programme, point))
    return Point(point.x * programme.columns, point.y * programme.rows, point.need)


def test_two_unknowns_that_share_a_row_by_hand() -> None:
    """3 x + 2 y with x + y <= 4, both at most 3: three of x and one of y bring 11; the row is worth 2."""
    matrix = Matrix(np.array([0, 1, 2]), np.zeros(2, dtype=np.int32), np.ones(2))
    limits = np.array([4.0]), np.array([3.0, 3.0])
    found = _mixed(matrix, np.array([3.0, 2.0]), limits, _blocks([2], 1.0, [], 2), 2000)
    assert found.x == pytest.approx([3.0, 1.0], abs=1e-4)
    assert found.y == pytest.approx([2.0], abs=1e-4)


def test_what_a_need_takes_has_a_price_and_no_row() -> None:
    """The same as one need that takes four of both: no row at all, and a unit of the need is worth 2."""
    matrix = Matrix(np.array([0, 0, 0]), np.zeros(0, dtype=np.int32), np.zeros(0))
    limits = np.zeros(0), np.array([3.0, 3.0])
    found = _mixed(matrix, np.array([3.0, 2.0]), limits, _blocks([0, 2], 1.0, [4.0], 2), 2000)
    assert found.x == pytest.approx([3.0, 1.0], abs=1e-4)
    assert found.need == pytest.approx([2.0], abs=1e-4)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_agrees_with_highs(seed: int) -> None:
    matrix, paid, upper, most = _packing(seed)
    exact = exact_mix(matrix, paid, upper, most, corner=True)
    assert exact is not None
    found = _mixed(matrix, paid, (upper, most), _blocks([30], 1.0, [], 30), 8000)
    assert float(paid @ found.x) == pytest.approx(float(paid @ exact[0]), rel=1e-4)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_needs_kept_to_within_the_steps_are_as_rows_that_highs_keeps(seed: int) -> None:
    matrix, paid, upper, most = _packing(seed)
    asked, share = [6.0, 3.0, 9.0], 0.8
    first = np.arange(31) * 4
    row = np.insert(matrix.row, np.arange(30) * 3 + 3, 12 + np.arange(30) // 10).astype(np.int32)
    amount = np.insert(matrix.amount, np.arange(30) * 3 + 3, share)
    exact = exact_mix(Matrix(first, row, amount), paid, np.array([*upper, *asked]), most, corner=True)
    assert exact is not None
    found = _mixed(matrix, paid, (upper, most), _blocks([0, 10, 20, 30], share, asked, 30), 8000)
    assert float(paid @ found.x) == pytest.approx(float(paid @ exact[0]), rel=1e-4)
    assert (share * found.x.reshape(3, 10).sum(axis=1) <= np.array(asked) + 1e-9).all()


def test_more_steps_from_the_last_point_go_on_where_it_stood() -> None:
    matrix, paid, upper, most = _packing(4)
    exact = exact_mix(matrix, paid, upper, most, corner=True)
    assert exact is not None
    off = [
        abs(float(paid @ _mixed(matrix, paid, (upper, most), _blocks([30], 1.0, [], 30), count).x) - best)
        for best in (float(paid @ exact[0]),)
        for count in (400, 2400)
    ]
    assert off[-1] < 0.01 * off[0]


def test_a_corner_has_no_more_unknowns_between_their_bounds_than_rows() -> None:
    matrix, paid, upper, most = _packing(5)
    exact = exact_mix(matrix, paid, upper, most, corner=True)
    assert exact is not None
    between = (exact[0] > 1e-7) & (exact[0] < most - 1e-7)
    assert 0 < between.sum() <= 12
