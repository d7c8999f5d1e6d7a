"""Prefer consignments of the plan in force: deviate from it as little as possible."""

import numpy as np

from konvoi.plan.goal import Force, Goal, Level, Row, Sendings
from konvoi.plan.net import Floats
from konvoi.plan.problem import Problem


def _level(problem: Problem, sent: Sendings, force: Force) -> Level:
    """Return the level: by source and need, units more and units less than in force, as separate unknowns."""
    kept = {pair: number for number, pair in enumerate(sorted(force))}
    pairs = [kept.get((int(s), int(n)), -1) for s, n in zip(sent.source, sent.need, strict=True)]
    of = np.array(pairs, dtype=np.int64)
    rows = []
    for pair, number in kept.items():
        at = np.flatnonzero(of == number)
        ends = ((2 * number, -1.0), (2 * number + 1, 1.0))
        rows.append(Row(force[pair], force[pair], at, np.ones(len(at)), ends))
    new = np.where(of < 0, 1.0, 0.0)
    ties = tuple(rows)

    def otherwise(units: Floats) -> float:
        """Units that are sent otherwise."""
        return float(new @ units) + sum(abs(float(units[tie.at].sum()) - tie.most) for tie in ties)

    return Level(new, (1.0,) * (2 * len(kept)), ties, otherwise)


MEMBER = Goal("closeness", 0.0, level=_level)
