"""What is blocked by a name is blocked, and a block that means nobody is told."""

import polars as pl
import pytest
from tests.plan.worlds import Rows, table, tables

from konvoi.flow.planning.blocks import blocks
from konvoi.model.finding import Finding
from konvoi.plan.read_problem import from_tables
from konvoi.plan.solve import solve

PARTIES = pl.DataFrame(
    {
        "party": ["PL", "CAR", "CAR2"],
        "name": ["Poland", "Carrier Ltd", "Second Carrier"],
        "aliases": [None, "CL; The Firm", "The Firm"],
    }
)
LANES = [
    {"lane": "DX", "from": "D", "to": "X", "days_p50": 2, "carrier": "CAR"},
    {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
]
SITES = [{"site": "D"}, {"site": "X", "name": "Medyka"}, {"site": "S"}]


def of(kind: str, value: str, **changed: Rows) -> tuple[dict[str, pl.DataFrame], tuple[Finding, ...]]:
    """The tiny problem with one block, as the flow hands it to the planner; and what is told."""
    world: dict[str, Rows] = {"offers": [{"party": "PL"}], "lanes": LANES, "sites": SITES}
    here = tables(**world | changed) | {"parties": PARTIES}
    found, told = blocks(table("blocked", [{"kind": kind, "value": value, "reason": "listed"}]), here)
    return here | {"blocked": found}, told


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("party", "Poland"),
        ("party", "Polen"),
        ("party", "pl "),
        ("carrier", "carrier ltd"),
        ("carrier", "CL"),
        ("site", "medyka"),
        ("lane", "xs"),
    ],
)
def test_a_name_blocks_as_the_id_does(kind: str, value: str) -> None:
    here, told = of(kind, value)
    assert told == ()
    assert solve(from_tables(here)).movements.height == 0


def test_a_carrier_that_the_lanes_call_by_its_name_is_blocked_by_its_id() -> None:
    here, _ = of("carrier", "CAR", lanes=[LANES[0] | {"carrier": "Carrier Ltd"}, LANES[1]])
    assert here["blocked"]["value"].to_list() == ["Carrier Ltd"]


@pytest.mark.parametrize(("value", "meant"), [("Polnad", "PL"), ("Atlantis", ""), ("The Firm", "CAR, CAR2")])
def test_a_block_that_means_nobody_or_several_is_told_with_the_nearest_name(value: str, meant: str) -> None:
    here, (told,) = of("carrier" if value == "The Firm" else "party", value)
    assert (told.code, told.severity, told.place.sheet, told.place.row) == (
        "block-of-nobody",
        "warning",
        "blocked",
        2,
    )
    assert told.values.get("meant", "") == meant
    assert here["blocked"]["value"].to_list() == [value]


def test_a_known_party_that_has_no_part_in_the_problem_is_no_mistake_here() -> None:
    assert of("supplier", "Second Carrier")[1] == ()
    assert of("party", "Germany")[1] == ()
    assert of("hull", "IMO 1")[1] == ()
