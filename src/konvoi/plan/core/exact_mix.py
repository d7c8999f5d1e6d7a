"""The mix solved to the end by HiGHS: for small problems, and where a search is to converge."""

import highspy
import numpy as np

from konvoi.plan.core.highs import Options, solver
from konvoi.plan.core.pool import Matrix
from konvoi.plan.net import Floats

_WITHIN: dict[str, Options] = {"presolve": "off", "solver": "ipm", "ipm_optimality_tolerance": 1e-6}
_SCALE = 100.0


def exact_mix(
    matrix: Matrix, paid: Floats, upper: Floats, most: Floats, *, corner: bool
) -> tuple[Floats, Floats] | None:
    """Return the optimal amount of each unknown, and the price of every row; None if HiGHS finds nothing.

    most: inf where only the rows limit an unknown. corner: a mix of as few unknowns as there are rows.
    """
    size = float(np.median(paid[paid > 0])) if (paid > 0).any() else 1.0
    scale = _SCALE / size
    highs = solver(**_WITHIN, run_crossover="on" if corner else "off")
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(paid), len(upper)
    model.col_cost_, model.col_lower_, model.col_upper_ = -paid * scale, np.zeros(len(paid)), most
    model.row_lower_, model.row_upper_ = np.full(len(upper), -np.inf), upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    once = _summed(matrix, len(upper))
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = once
    highs.passModel(model)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        # If presolve leaves nothing to solve, only a corner has valid prices.
        highs.setOptionValue("run_crossover", "on")
        highs.run()
    solution = highs.getSolution()
    if not solution.value_valid or not solution.dual_valid:
        return None
    prices = np.maximum(0.0, -np.array(solution.row_dual)) / scale
    return np.maximum(0.0, np.array(solution.col_value)), prices


def _summed(matrix: Matrix, rows: int) -> Matrix:
    """One entry for each column and row; with two, as of a lane taken twice in a week, HiGHS never ends."""
    column = np.repeat(np.arange(len(matrix.first) - 1), np.diff(matrix.first))
    place, at = np.unique(column * rows + matrix.row, return_inverse=True)
    if len(place) == len(matrix.row):
        return matrix
    first = np.searchsorted(place, np.arange(len(matrix.first)) * rows)
    return Matrix(first, (place % rows).astype(np.int32), np.bincount(at, matrix.amount).astype(np.float64))
