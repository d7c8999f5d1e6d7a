"""OR-Tools GLOP on the model of flows on arcs: python -m bench.peers.glop MODEL.npz."""

from typing import Any

from bench.peers.programme import Programme, solved
from ortools.linear_solver import pywraplp  # type: ignore[import-not-found]


def build(programme: Programme) -> Any:
    """The programme in OR-Tools."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    columns = [solver.NumVar(0.0, most, "") for most in programme.most.tolist()]
    index, amount, start = programme.column.tolist(), programme.amount.tolist(), programme.start.tolist()
    for row in range(len(start) - 1):
        limited = row < len(programme.upper)
        lower = -solver.infinity() if limited else 0.0
        line = solver.Constraint(lower, float(programme.upper[row]) if limited else 0.0)
        for at in range(start[row], start[row + 1]):
            line.SetCoefficient(columns[index[at]], amount[at])
    for column, paid in zip(columns, programme.paid.tolist(), strict=True):
        solver.Objective().SetCoefficient(column, paid)
    solver.Objective().SetMaximization()
    return solver


def run(solver: Any) -> tuple[bool, float]:
    """Solve it."""
    status = solver.Solve()
    return status == solver.OPTIMAL, float(solver.Objective().Value())


if __name__ == "__main__":
    solved(build, run)
