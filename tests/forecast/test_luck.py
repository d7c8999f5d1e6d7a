"""Luck on a grid is a normal number: its mean, its spread, its tails, shared or not."""

from statistics import NormalDist

import numpy as np
import pytest

from konvoi.forecast.luck import CELLS, FOURS, GRID, NONE, POINTS, fours, own, shared


@pytest.mark.parametrize("part", [0.0, 0.3, 0.5, 0.8])
def test_the_two_parts_add_up_to_a_normal_number(part: float) -> None:
    """All pairs of a shared and an own quantile, each as likely as any other."""
    theirs = shared(part)[8::16].astype(np.int64) if part else np.array([NONE])
    cells = (theirs[:, None] + own(part).astype(np.int64)[None, :]).ravel()
    drawn = GRID[cells]
    assert abs(float(drawn.mean())) < 0.002
    assert abs(float(drawn.std()) - 1.0) < 0.004
    for share in (0.01, 0.1, 0.5, 0.9, 0.99):
        assert abs(float((drawn <= NormalDist().inv_cdf(share)).mean()) - share) < 0.003


def test_no_pair_leaves_the_grid() -> None:
    for part in (0.0, 0.5):
        theirs = shared(part) if part else np.array([NONE], dtype=np.uint16)
        least, most = (int(f(theirs)) + int(f(own(part))) for f in (np.min, np.max))
        assert least >= 0
        assert most < CELLS
    assert len(own(0.5)) == POINTS


def test_each_of_four_runs_side_by_side_draws_from_all_luck_and_together_they_draw_each_quantile() -> None:
    cells = own(0.5)
    runs = fours(cells).view(np.uint16).reshape(FOURS, 4)
    assert np.array_equal(np.sort(runs.ravel()), np.sort(cells))
    for run in range(4):
        assert np.array_equal(np.sort(runs[:, run]), np.sort(cells[run::4]))


def test_of_four_runs_side_by_side_one_is_in_each_quarter_of_luck() -> None:
    ranks = fours(np.arange(POINTS, dtype=np.uint16)).view(np.uint16).reshape(FOURS, 4)
    assert (np.sort(ranks // FOURS, axis=1) == np.arange(4)).all()
