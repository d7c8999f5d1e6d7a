"""What is changed first: what helps most of what is possible, confirmed by other runs."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

import polars as pl
from tests.forecast.test_run import RISKY, SURE, Planned, move, planned
from tests.plan.worlds import Rows, day, tables

from konvoi.forecast.outlook import REMEDIES
from konvoi.forecast.remedies import Possible, remedies
from konvoi.forecast.run import run

LANES: Rows = [
    {"lane": "DX", "from": "D", "to": "X", **RISKY},
    {"lane": "XS", "from": "X", "to": "S", **SURE},
]
AROUND: Rows = [*LANES, {"lane": "DS", "from": "D", "to": "S", "days_p10": 4, "days_p50": 4, "days_p90": 4}]


def anything(gone: Collection[str], moves: Sequence[Any], legs: Sequence[Any]) -> bool:
    return True


def sent(departs: int = 7) -> Planned:
    """Ten tents over the risky lane, planned to come four days after they leave."""
    head, legs = move("M", departs, ("DX", departs, departs + 2), ("XS", departs + 2, departs + 4))
    one = planned((head | {"quantity": Decimal(10), "on_time": True}, legs))
    ends = [pl.Series("from", ["D", "X"]), pl.Series("to", ["X", "S"])]
    weeks = pl.Series("week", [day(departs - departs % 7)] * 2)
    loads = [pl.Series(name, [Decimal(1)] * 2) for name in ("tonnes", "pallets", "neq_kg")]
    return Planned(one.movements, one.legs.with_columns(*ends, weeks, *loads))


def tried(lanes: Rows, possible: Possible = anything, *, due: int = 12) -> list[dict[str, Any]]:
    every = tables(lanes=lanes, needs=[{"due": day(due)}])
    plan = sent()
    found = remedies(every, plan, run(every, plan, samples=1000, seed=5), possible)
    assert found.schema == REMEDIES
    return found.rows(named=True)


def test_a_week_earlier_is_a_week_of_slack() -> None:
    (row,) = tried(LANES)
    assert (row["change"], row["movements"]) == ("earlier", 1)
    assert row["days"] in (7, 14, 21)
    assert row["after"] > row["before"] + 0.1
    assert row["expected_after"] > row["expected_before"]


def test_where_it_may_not_leave_earlier_it_goes_around_the_risky_lane() -> None:
    def not_earlier(gone: Collection[str], moves: Sequence[Any], legs: Sequence[Any]) -> bool:
        return all(one["departs"] >= day(7) for one in moves)

    (row,) = tried(AROUND, not_earlier)
    assert (row["change"], row["without"], row["way"], row["days"]) == ("way", "DX", "DS", None)
    assert row["after"] > 0.85


def test_where_there_is_room_for_half_only_half_of_it_is_sent_so() -> None:
    def half(gone: Collection[str], moves: Sequence[Any], legs: Sequence[Any]) -> bool:
        return len(moves) == 2 and all(one["departs"] >= day(7) for one in moves)

    (row,) = tried(AROUND, half)
    assert (row["change"], row["movements"], row["way"]) == ("split", 2, "DS")


def test_what_is_not_possible_is_not_told_and_what_is_sure_asks_for_nothing() -> None:
    assert tried(AROUND, lambda gone, moves, legs: False) == []
    assert tried(LANES, due=60) == []


def test_what_was_split_is_all_there_with_its_load_and_its_own_id() -> None:
    seen: list[tuple[Sequence[Any], Sequence[Any]]] = []

    def watching(gone: Collection[str], moves: Sequence[Any], legs: Sequence[Any]) -> bool:
        seen.append((moves, legs))
        return False

    tried(AROUND, watching)
    assert {len(moves) for moves, _ in seen} == {1, 2}
    for moves, legs in seen:
        assert sum(one["quantity"] for one in moves) == Decimal(10)
        assert len({one["movement"] for one in moves}) == len(moves)
        for one in moves:
            mine = sorted(
                (leg for leg in legs if leg["movement"] == one["movement"]), key=lambda leg: leg["leg"]
            )
            assert [leg["leg"] for leg in mine] == list(range(1, len(mine) + 1))
            assert mine[0]["departs"] == one["departs"]
            assert mine[-1]["arrives"] == one["arrives"]
            assert all(leg["tonnes"] == one["quantity"] / 10 for leg in mine)
