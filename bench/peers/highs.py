"""linopy with HiGHS on the model of flows on arcs: python -m bench.peers.highs MODEL.npz."""

from typing import Any

import linopy  # type: ignore[import-not-found]
import numpy as np
import xarray as xr  # type: ignore[import-not-found]
from bench.peers.programme import Programme, solved


def build(programme: Programme) -> Any:
    """The programme in linopy: rows of about as many entries each are one block."""
    model = linopy.Model()
    size = len(programme.paid)
    columns = model.add_variables(lower=0, upper=xr.DataArray(programme.most, dims="column"), name="x")
    labels = columns.labels.values
    rows = np.arange(len(programme.start) - 1)
    many = np.diff(programme.start)
    wide = np.ceil(np.log2(np.maximum(many, 1))).astype(int)
    for limited in (True, False):
        for width in np.unique(wide).tolist():
            chosen = rows[(wide == width) & (many > 0) & ((rows < len(programme.upper)) == limited)]
            if len(chosen):
                line = _lines(programme, labels, chosen, model)
                upper = programme.upper[chosen] if limited else np.zeros(len(chosen))
                model.add_constraints(line, "<=" if limited else "=", xr.DataArray(upper, dims="row"))
    paid = xr.DataArray(programme.paid, dims="column", coords={"column": np.arange(size)})
    model.add_objective((columns * paid).sum(), sense="max")
    return model


def _lines(programme: Programme, labels: Any, rows: Any, model: Any) -> Any:
    """Some rows as one expression, the shorter ones filled up with nothing."""
    many = programme.start[rows + 1] - programme.start[rows]
    at = programme.start[rows][:, None] + np.arange(many.max())
    there = np.arange(many.max()) < many[:, None]
    at = np.where(there, at, 0)
    known = {
        "coeffs": (("row", "_term"), np.where(there, programme.amount[at], np.nan)),
        "vars": (("row", "_term"), np.where(there, labels[programme.column[at]], -1)),
        "const": (("row",), np.zeros(len(rows))),
    }
    return linopy.LinearExpression(xr.Dataset(known, coords={"row": np.arange(len(rows))}), model)


def run(model: Any) -> tuple[bool, float]:
    """Solve it by interior points, which on such models is the fastest that HiGHS has."""
    status, _ = model.solve(solver_name="highs", io_api="direct", solver="ipm", output_flag=False)
    return status == "ok", float(model.objective.value)


if __name__ == "__main__":
    solved(build, run)
