"""Shares of true candidates by class."""

from pathlib import Path

import polars as pl
from bench.coalition.build import build
from bench.reconciling.classes import by_class, of_plants, of_records


def test_a_candidate_of_made_records_is_true_within_a_commitment_or_along_an_edge(tmp_path: Path) -> None:
    pl.DataFrame({"id": ["a", "b", "c", "d"], "cluster": ["1", "1", "2", "3"]}).write_parquet(
        tmp_path / "truth.parquet"
    )
    edges = {"child": ["2", "3"], "whole": ["1", "2"], "relation": ["part_of", "passes_through"]}
    pl.DataFrame(edges).write_parquet(tmp_path / "edges.parquet")
    true = of_records(tmp_path)
    assert true("a", "b", "same_as")
    assert true("a", "c", "part_of")
    assert not true("a", "d", "same_as")
    assert not true("c", "d", "same_as")
    assert not true("x", "y", "same_as")


def test_a_candidate_of_a_coalition_is_true_within_a_plant_that_counts_one_of_the_two() -> None:
    plants = build(1, faults=("renewed-promise", "coincidence", "to-date-by-giver"), rounds=1, gifts=0).plants
    true = of_plants(plants)
    again, apart, total = (
        [str(slot.row["package"]) for slot in plant.rows if slot.table == "packages"] for plant in plants
    )
    assert true(again[0], again[1], "restates")
    assert not true(apart[0], apart[1], "same_as")
    assert true(total[-1], total[0], "restates")
    assert not true(total[0], total[1], "restates")
    assert not true(again[0], apart[0], "same_as")


def test_classes_have_their_number_and_their_share() -> None:
    found = pl.DataFrame(
        {
            "relation": ["same_as"] * 3,
            "subtype": ["fund-gift", "fund-gift", None],
            "probability": [0.8, 0.8, 0.57],
            "true": [True, False, True],
        }
    )
    assert by_class(found).rows() == [
        ("same_as", "fund-gift", 0.8, 2, 1, 0.5),
        ("same_as", None, 0.5, 1, 1, 1.0),
    ]
