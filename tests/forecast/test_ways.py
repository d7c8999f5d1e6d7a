"""The quickest way around a lane."""

from tests.plan.worlds import Rows, day, tables

from konvoi.forecast.ways import Network

LANES: Rows = [
    {"lane": "DX", "from": "D", "to": "X", "days_p50": 2},
    {"lane": "XS", "from": "X", "to": "S", "days_p50": 1},
    {"lane": "DS", "from": "D", "to": "S", "days_p50": 9},
    {"lane": "XZ", "from": "X", "to": "S", "days_p50": "1.5"},
]


def way(avoid: str) -> list[tuple[str, int, int]]:
    found = Network.of(tables(lanes=LANES)).quickest(("D", "S"), avoid, day(1))
    return [(leg["lane"], (leg["departs"] - day(0)).days, (leg["arrives"] - day(0)).days) for leg in found]


def test_the_quickest_way_without_a_lane_is_found_with_its_days() -> None:
    assert way("DS") == [("DX", 1, 3), ("XS", 3, 4)]
    assert way("XS") == [("DX", 1, 3), ("XZ", 3, 5)]
    assert way("DX") == [("DS", 1, 10)]


def test_where_there_is_no_other_way_there_is_none() -> None:
    assert Network.of(tables()).quickest(("D", "S"), "XS", day(1)) == []


def test_a_site_stands_for_the_lane_that_leads_to_it() -> None:
    network = Network.of(tables(lanes=LANES))
    assert network.lane_to("X", ["DX", "XS"]) == "DX"
    assert (network.lane_to("DS", []), network.lane_to("nowhere", ["DX"])) == ("DS", None)
