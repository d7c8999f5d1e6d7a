"""Records stand beside one another by equal keys, days within reach and receivers that do not differ."""

import polars as pl
import pytest

from konvoi.reconcile.joint_packages import beside

SCHEMA = {"id": pl.String, "thing": pl.String, "counterparty": pl.String, "first": pl.Int32}
Row = tuple[str, str | None, str | None, int | None]


def found(one: Row, *others: Row) -> list[str]:
    """Ids of those that stand beside the one: of its good, from 3 days before it to 200 after."""
    ones, rest = (pl.DataFrame(list(rows), schema=SCHEMA, orient="row") for rows in ((one,), others))
    days = (pl.col("first") - 3, pl.col("first") + 200)
    return beside(ones, rest, ("thing",), days)["id_part"].sort().to_list()


def test_the_first_and_the_last_day_are_within_reach_and_no_day_beyond() -> None:
    told = [(str(days), "tent", "UA", 19_000 + days) for days in (-4, -3, 0, 60, 200, 201)]
    assert found(("w", "tent", "UA", 19_000), *told) == ["-3", "0", "200", "60"]


def test_a_good_that_neither_names_is_one_and_a_good_that_only_one_names_is_not() -> None:
    told: tuple[Row, ...] = (("a", None, "UA", 0), ("b", "tent", "UA", 0))
    assert found(("w", None, "UA", 0), *told) == ["a"]
    assert found(("w", "tent", "UA", 0), *told) == ["b"]


@pytest.mark.parametrize(("receiver", "beside_it"), [("UA", ["a", "none"]), (None, ["a", "b", "none"])])
def test_a_receiver_that_only_one_names_is_no_other_one(receiver: str | None, beside_it: list[str]) -> None:
    told = [(name, "tent", to, 0) for name, to in (("a", "UA"), ("b", "MD"), ("none", None))]
    assert found(("w", "tent", receiver, 0), *told) == beside_it


def test_what_has_no_day_stands_beside_nothing() -> None:
    assert found(("w", "tent", "UA", None), ("a", "tent", "UA", None), ("b", "tent", "UA", 0)) == []
