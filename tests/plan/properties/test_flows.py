"""Plain flows: a bound at convergence is the optimum of the textbook model, on networks of others too."""

from pathlib import Path
from random import Random

import pytest
from tests.plan.properties.flows import (
    Network,
    Tables,
    Transport,
    as_problem,
    most_flow,
    most_transported,
    of_dow,
    transport_problem,
)
from tests.plan.properties.to_the_end import VALUE_ALONE

from konvoi.plan.audit import audit
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

SQUARE = """ MULTIGEN.DAT:
      4       4       2
      1       2     100       5     595       1       1
      2       4     100       3     595       1       2
      1       3     100       4     595       1       3
      3       4     100       6     595       1       4
      1       4      10
      3       4       3
"""


def bound(world: Tables, best: float) -> tuple[float, float]:
    """Value and bound of a plan that the audit is content with."""
    plan = solve(from_tables(world), parameters=VALUE_ALONE)
    assert audit(world, plan) == ()
    assert float(plan.value) <= best + 1e-6
    return float(plan.value), float(plan.bound)


def test_a_file_of_a_network_is_read_arc_by_arc_and_good_by_good() -> None:
    assert of_dow(SQUARE, times=2) == Network(
        (("1", "2", 5), ("2", "4", 3), ("1", "3", 4), ("3", "4", 6)), (("1", "4", 20), ("3", "4", 6))
    )


def test_two_goods_share_an_arc_as_can_be_counted_by_hand() -> None:
    """Three units by 2, three of the other good worth two each, and three of the first beside it by 3."""
    net = of_dow(SQUARE)
    assert most_flow(net) == pytest.approx(12)
    assert bound(as_problem(net), 12) == pytest.approx((12, 12), abs=1e-4)


@pytest.mark.slow(all=True)
@pytest.mark.real_data
@pytest.mark.parametrize("times", [1, 4, 12])
@pytest.mark.parametrize("name", [f"r0{number}.1" for number in range(1, 6)])
def test_networks_of_the_canad_family_have_the_bound_of_the_textbook_model(
    real_data: Path, name: str, times: int
) -> None:
    """10 nodes, 35 or 60 arcs, 10 to 50 goods. As stated all fits; so more is taken, too."""
    net = of_dow((real_data / "planning" / f"{name}.dow").read_text("utf-8"), times=times)
    best = most_flow(net)
    assert bound(as_problem(net), best)[1] == pytest.approx(best, rel=2e-6)


@pytest.mark.parametrize("seed", range(10))
def test_transportation_problems_have_the_bound_and_the_plan_of_the_textbook_model(seed: int) -> None:
    """Their best flow is whole where all numbers are, so the plan may reach it, too; most do."""
    draw = Random(seed)
    case = Transport(
        there=[draw.randint(0, 20) for _ in range(6)],
        needed=[(draw.randint(1, 20), draw.randint(1, 9)) for _ in range(8)],
        lanes=[[draw.choice([0, 2, 5, 9]) for _ in range(8)] for _ in range(6)],
    )
    best = most_transported(case)
    value, most = bound(transport_problem(case), best)
    assert most == pytest.approx(best, rel=2e-6)
    assert value == pytest.approx(best, rel=0.01)
