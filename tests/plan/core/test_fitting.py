"""What of a mix fits keeps every row, and is all of a mix that keeps them already."""

import numpy as np
import pytest

from konvoi.plan.core.fitting import fitting
from konvoi.plan.core.pool import Matrix


def _matrix() -> Matrix:
    """A kit of one unit each from rows 1 and 2; two consignments that take row 0 and fill rows 1 and 2."""
    row = np.array([1, 2, 0, 1, 0, 2], dtype=np.int32)
    return Matrix(np.array([0, 2, 4, 6]), row, np.array([1.0, 1.0, 2.0, -1.0, 1.0, -1.0]))


def test_a_row_taken_too_much_of_is_cut_and_kits_are_counted_from_what_is_left() -> None:
    """Row 0 holds 6 and is asked for 12: half of each fits, two of the first and two of the second."""
    found = fitting(_matrix(), 1, np.array([4.0, 4.0, 4.0]), np.full(3, 9.0), np.array([6.0, 0.0, 0.0]))
    assert found.tolist() == [2.0, 2.0, 2.0]


def test_what_is_cut_for_one_row_is_filled_up_where_another_left_room() -> None:
    """The first is cut to 2 by row 0, then to none by its own row; the second takes what that leaves free."""
    row = np.array([0, 1, 0], dtype=np.int32)
    matrix = Matrix(np.array([0, 2, 3]), row, np.ones(3))
    found = fitting(matrix, 0, np.array([4.0, 4.0]), np.full(2, 9.0), np.array([4.0, 0.0]))
    assert found.tolist() == [0.0, 4.0]


@pytest.mark.parametrize("seed", range(20))
def test_every_row_is_kept_and_a_mix_that_fits_stays(seed: int) -> None:
    dice = np.random.default_rng(seed)
    row = np.concatenate([np.sort(dice.permutation(6)[:3]) for _ in range(12)]).astype(np.int32)
    matrix, bounds = Matrix(np.arange(13) * 3, row, dice.uniform(0.1, 3.0, 36)), dice.uniform(1.0, 9.0, 6)
    found = fitting(matrix, 0, dice.uniform(0.0, 4.0, 12), np.full(12, 4.0), bounds)
    taken = np.bincount(row, matrix.amount * np.repeat(found, 3), minlength=6)
    assert (found >= 0).all()
    assert (taken <= bounds + 1e-9).all()
    assert fitting(matrix, 0, found * 0.999, np.full(12, 4.0), bounds) == pytest.approx(found * 0.999)
