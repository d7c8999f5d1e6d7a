"""Figures of the product's path, on cases small enough to check by hand."""

from datetime import date

import polars as pl
import pytest
from bench.pledges.handed import EDGES, FUNDS, RECORDS, TOTALS, TRUTH, Made
from bench.reconciling.product import Figures, clusters, figures
from bench.reconciling.unlabelled import table


def made() -> Made:
    """Three statements of two commitments of PL: 100 in 2023, 50 in 2024, and one of DE: 10 in 2024."""
    rows = [
        ("P-1", "PL", date(2023, 5, 1), "500 tents (depot 7)", 10_000),
        ("N-1", "Poland", date(2023, 5, 2), "tents", 10_000),
        ("P-2", "PL", date(2024, 5, 1), "flour", 5_000),
        ("D-1", "DE", date(2024, 6, 1), "radios", 1_000),
    ]
    usual = {"sender": "S", "document": "1", "known_on": date(2024, 7, 1), "kind": "military"}
    usual |= {"currency": "EUR", "stage": "pledged"}
    names = ("id", "party", "day", "title", "amount_minor")
    stated = [usual | dict(zip(names, r, strict=True)) for r in rows]
    truth = [("P-1", "a", "own"), ("N-1", "a", "press"), ("P-2", "b", "own"), ("D-1", "c", "own")]
    totals = [("PL", 2023, 10_000), ("PL", 2024, 5_000), ("DE", 2024, 1_000)]
    return Made(
        records=pl.DataFrame(stated, schema=RECORDS),
        truth=pl.DataFrame(truth, schema=TRUTH, orient="row"),
        edges=pl.DataFrame(schema=EDGES),
        totals=pl.DataFrame(totals, schema=TOTALS, orient="row"),
        exchange=pl.DataFrame(),
        funds=pl.DataFrame(schema=FUNDS),
    )


def stated(lowest: float) -> dict[str, object]:
    """Totals that count the press report of PL once more."""
    return {
        "total": {"value": 260.0, "estimate": 200.0},
        "partners": [
            {"key": "PL", "value": 150.0, "lowest": lowest, "highest": 150.0},
            {"key": "Poland", "value": 100.0, "lowest": 0.0, "highest": 100.0},
            {"key": "DE", "value": 10.0, "lowest": 10.0, "highest": 10.0},
        ],
        "years": [
            {"partner": "PL", "year": "2023", "value": 100.0, "estimate": 100.0},
            {"partner": "PL", "year": "2024", "value": 50.0, "estimate": 50.0},
            {"partner": "Poland", "year": "2023", "value": 100.0, "estimate": 40.0},
            {"partner": "DE", "year": "2024", "value": 10.0, "estimate": 10.0},
        ],
    }


def scored(probability: float) -> pl.DataFrame:
    """One true pair, stated from right to left, and one false pair."""
    return pl.DataFrame(
        {"left_id": ["P-1", "P-2"], "right_id": ["N-1", "D-1"], "probability": [probability, 0.2]}
    )


def test_a_report_counted_twice_is_an_error_of_its_amount() -> None:
    """260 instead of 160, over all and by partner and year; both true partners lie in their ranges."""
    found = figures(scored(0.9), made(), stated(50.0), 1.0)
    assert found.overall == pytest.approx(100 / 160)
    assert found.yearly == pytest.approx(100 / 160)
    assert found.expected == pytest.approx(40 / 160)
    assert found.expected_yearly == pytest.approx(40 / 160)
    assert found.within == 1.0
    assert found.rows == 3
    assert found.width == pytest.approx((100 / 150 + 0) / 2)


def test_a_true_sum_outside_its_range_is_counted() -> None:
    """PL's range begins above its true 150."""
    assert figures(scored(0.9), made(), stated(151.0), 1.0).within == 0.5


def test_pairs_count_from_one_half_on_whatever_their_direction() -> None:
    """The true pair found, the false one below one half."""
    assert figures(scored(0.9), made(), stated(0.0), 1.0).pairs == {
        "F1": 1.0,
        "precision": 1.0,
        "recall": 1.0,
    }
    assert figures(scored(0.4), made(), stated(0.0), 1.0).pairs["recall"] == 0.0


def test_what_a_person_decided_is_not_calibrated() -> None:
    """Its probability of 1 is a decision; the other pair of 0.2 is false."""
    decided = scored(1.0).with_columns(basis=pl.Series(["person", "probability"]))
    assert figures(decided, made(), stated(0.0), 1.0).calibration == pytest.approx(0.2)


def test_clusters_are_connected_components() -> None:
    """Two joined over a third, one alone."""
    ids = pl.Series("id", ["a", "b", "c", "d"])
    found = dict(clusters(ids, pl.DataFrame({"left_id": ["a", "c"], "right_id": ["b", "b"]})).iter_rows())
    assert found["a"] == found["b"] == found["c"] != found["d"]


def test_figures_bear_the_mark_that_they_are_given() -> None:
    assert "x partner rows" in Figures().named("x ")


def test_splink_gets_what_an_analyst_prepares() -> None:
    """Codes of states by name, euros, the first number as a quantity, the one in brackets as a number."""
    rows = {row["id"]: row for row in table(made()).iter_rows(named=True)}
    assert rows["P-1"]["party"] == rows["N-1"]["party"] == "PL"
    assert (rows["P-1"]["eur"], rows["P-1"]["quantity"], rows["P-1"]["number"]) == (100.0, 500, "7")
    assert rows["N-1"]["quantity"] is None
