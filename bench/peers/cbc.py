"""PuLP with CBC on the model of flows on arcs: python -m bench.peers.cbc MODEL.npz."""

from typing import Any

import pulp  # type: ignore[import-not-found]
from bench.peers.programme import Programme, solved


def build(programme: Programme) -> Any:
    """The programme in PuLP."""
    model = pulp.LpProblem("arcs", pulp.LpMaximize)
    columns = [
        pulp.LpVariable(f"x{number}", 0, None if most == float("inf") else most)
        for number, most in enumerate(programme.most.tolist())
    ]
    paid = programme.paid.tolist()
    model += pulp.LpAffineExpression([(columns[number], one) for number, one in enumerate(paid) if one])
    index, amount, start = programme.column.tolist(), programme.amount.tolist(), programme.start.tolist()
    for row in range(len(start) - 1):
        span = range(start[row], start[row + 1])
        line = pulp.LpAffineExpression([(columns[index[at]], amount[at]) for at in span])
        if span and row < len(programme.upper):
            model += line <= float(programme.upper[row])
        elif span:
            model += line == 0
    return model


def run(model: Any) -> tuple[bool, float]:
    """Solve it."""
    status = model.solve(pulp.PULP_CBC_CMD(msg=False))
    return status == pulp.LpStatusOptimal, float(pulp.value(model.objective))


if __name__ == "__main__":
    solved(build, run)
