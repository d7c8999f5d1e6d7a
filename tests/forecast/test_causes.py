"""What makes late is told by kind and key, with its share; what days rest on, with the number of cases."""

from collections.abc import Sequence

import numpy as np
from tests.forecast.test_run import CALM, RISKY, SURE, move, planned, world

from konvoi.forecast.distribution import Basis, Distribution
from konvoi.forecast.outlook import FEW
from konvoi.forecast.run import run
from konvoi.forecast.steps import Row

TWO = move("M", 0, ("DX", 0, 2), ("XS", 2, 4))


def test_the_risky_lane_is_what_makes_late_and_the_sure_one_never_does() -> None:
    found = run(world(RISKY, SURE, due=4), planned(TWO), samples=500, assumed=CALM).causes
    assert found.select("of", "id", "kind", "key", "share").rows() == [("need", "N", "transit", "DX", 1.0)]


def test_of_two_risky_lanes_each_has_its_share_and_the_larger_stands_first() -> None:
    worse = {"days_p10": 2, "days_p50": 3, "days_p90": 12}
    found = run(world(RISKY, worse, due=9), planned(TWO), samples=2000, assumed=CALM).causes
    assert found["key"].to_list() == ["XS", "DX"]
    assert 0 < found["share"][1] < found["share"][0] <= 1


def test_a_partner_is_told_what_makes_its_movements_late() -> None:
    sent = (TWO[0] | {"offer": "O"}, TWO[1])
    found = run(world(RISKY, SURE, due=4), planned(sent), samples=300, assumed=CALM).causes
    assert found.filter(found["of"] == "partner").row(0) == ("partner", "P", "transit", "DX", 1.0)


def test_days_that_nobody_stated_are_said_to_be_assumed() -> None:
    """SURE states all three days of a lane, p50 alone states one."""
    found = run(world(SURE, {"days_p50": 2}), planned(TWO), samples=10).bases
    rows = {row["kind"]: (row["stated"], row["assumed"], row["cases"]) for row in found.iter_rows(named=True)}
    assert rows == {"transit": (1, 1, None), "passing": (0, 1, None), "hand over": (0, 1, None)}


def taught(cases: int, known: Sequence[bool]) -> object:
    """A model that says of lanes: surely seven days; of each case, or of none."""

    def learnt(kind: str, asked: Sequence[Row]) -> Distribution | None:
        if kind != "transit":
            return None
        basis = Basis("past.csv", "d" * 8, "2025-01-01", "", cases)
        until = np.array([[0.0] * 7 + [1.0] if is_known else [0.0] * 8 for is_known in known])
        assert [case["lane"] for case in asked] == ["DX", "XS"]
        return Distribution(0, until, tuple(basis if is_known else None for is_known in known))

    return learnt


def test_days_that_are_learnt_take_the_place_of_those_that_are_stated() -> None:
    """Seven days on DX instead of two; of XS nothing is known, so its own two days stay: day 7 + 2."""
    plan = planned(TWO)
    found = run(world(SURE, SURE), plan, samples=20, assumed=CALM, learnt=taught(99, (True, False)))  # type: ignore[arg-type]
    assert found.lateness["days"].to_list() == [5]
    row = found.bases.row(0, named=True)
    assert [row[name] for name in ("kind", "steps", "learnt", "few", "stated", "cases", "data")] == [
        *("transit", 2, 1, 0, 1, 99, "past.csv")
    ]


def test_what_is_learnt_from_few_cases_is_counted() -> None:
    learnt = taught(FEW - 1, (True, True))
    found = run(world(SURE, SURE), planned(TWO), samples=20, learnt=learnt)  # type: ignore[arg-type]
    assert (found.bases["few"][0], found.bases["cases"][0]) == (2, FEW - 1)
