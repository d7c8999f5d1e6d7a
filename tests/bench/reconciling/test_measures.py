"""Figures small enough to be checked by hand."""

import polars as pl
import pytest

from bench.reconciling import measures

TRUTH = pl.DataFrame({"id": ["a", "b", "c", "d"], "cluster": ["1", "1", "1", "2"]})


def scored() -> pl.DataFrame:
    """Of three true pairs two are found, one of them surely; one pair is false."""
    pairs = pl.DataFrame(
        {"left_id": ["a", "a", "c"], "right_id": ["b", "c", "d"], "probability": [0.9, 0.6, 0.5]}
    )
    return measures.hits(pairs, TRUTH)


def test_recall_is_over_all_true_pairs_also_those_nobody_looked_at() -> None:
    assert measures.true_pairs(TRUTH) == 3
    found = measures.of_pairs(scored(), 3, 0.55)
    assert found == {"F1": pytest.approx(0.8), "precision": 1.0, "recall": pytest.approx(2 / 3)}


def test_the_best_threshold_leaves_the_false_pair_out() -> None:
    f1, threshold = measures.best(scored(), 3)
    assert f1 == pytest.approx(0.8)
    assert threshold == 0.6


def test_b_cubed_and_pairs_of_clusters_by_hand() -> None:
    """a b | c d against a b c | d: precision (1+1+.5+.5)/4, recall (2/3+2/3+1/3+1)/4."""
    found = pl.DataFrame({"id": ["a", "b", "c", "d"], "cluster": ["x", "x", "y", "y"]})
    told = measures.of_clusters(found, TRUTH)
    precision, recall = 0.75, 2 / 3
    assert told["F1"] == pytest.approx(2 * 1 / (2 + 3))
    assert told["B-cubed"] == pytest.approx(2 * precision * recall / (precision + recall))


def test_calibration_is_exact_where_every_bin_holds_what_it_says() -> None:
    halves = pl.DataFrame({"probability": [0.5] * 20, "hit": [True, False] * 10})
    assert measures.calibration(halves) == pytest.approx(0.0)
    assert measures.calibration(halves.with_columns(probability=pl.lit(0.8))) == pytest.approx(0.3)


def test_errors_of_totals_do_not_cancel_across_partners() -> None:
    found = pl.DataFrame({"partner": ["A", "B"], "year": [2022, 2022], "eur": [12.0, 8.0]}).with_columns(
        pl.col("year").cast(pl.Int64)
    )
    truth = pl.DataFrame({"partner": ["A", "B"], "year": [2022, 2022], "eur_minor": [1000, 1000]})
    assert measures.error(found, truth) == {"by partner and year": pytest.approx(0.2), "over all": 0.0}


def test_a_partner_is_within_where_its_true_total_lies_between_the_two() -> None:
    """A's 10 lie between 8 and 12; B's 10 are above 9, over both years; C has no true total."""

    def totals(*rows: tuple[str, int, float]) -> pl.DataFrame:
        return pl.DataFrame(rows, schema=["partner", "year", "eur"], orient="row")

    truth = pl.DataFrame(
        {"partner": ["A", "B", "B", "C"], "year": [2022, 2022, 2023, 2022], "eur_minor": [1000, 600, 400, 0]}
    )
    lowest = totals(("A", 2022, 8.0), ("B", 2022, 5.0))
    highest = totals(("A", 2022, 12.0), ("B", 2022, 5.0), ("B", 2023, 4.0))
    told = measures.between(lowest, highest, truth)
    assert told == {"partners within": 0.5, "width": pytest.approx(0.4)}


def one(cluster: str, amount: float | None, **said: object) -> dict[str, object]:
    """A record of a cluster, in whole euros of 2022."""
    base: dict[str, object] = {
        "id": f"{cluster}{amount}", "cluster": cluster, "lead": None, "stage": "committed", "party": "NL",
        "counterparty": "UA", "thing": "tent", "place": None, "numbered": None, "first": 19_000,
        "last": 19_000, "known": 19_000, "step": 1.0, "amount": amount, "eur": amount, "usd": None,
    }  # fmt: skip
    return base | said


def test_parts_count_only_where_no_sum_of_their_whole_is_known() -> None:
    whole, silent = one("w", 10.0), one("s", None)
    parts = one("p", 4.0), one("q", 5.0)
    records = pl.DataFrame([whole, silent, *parts], schema_overrides={"usd": pl.Float64, "lead": pl.String})
    related = pl.DataFrame(
        {"left_id": ["p4.0", "q5.0"], "right_id": ["w10.0", "sNone"], "subtype": ["payment", "child"]}
    )
    assert measures.counted(records, related)["eur"].to_list() == [15.0]


def test_a_sum_far_from_the_others_of_its_cluster_is_not_the_one_that_counts() -> None:
    rows = [one("w", amount) for amount in (10.0, 10.2, 400.0)]
    records = pl.DataFrame(rows, schema_overrides={"usd": pl.Float64, "lead": pl.String})
    none = pl.DataFrame(schema=dict.fromkeys(("left_id", "right_id", "subtype"), pl.String))
    assert measures.counted(records, none)["eur"].to_list() == [10.2]
    assert measures.counted(records, none, "most")["eur"].to_list() == [400.5]


def test_the_least_and_the_most_reach_as_far_as_a_sum_was_announced() -> None:
    """46 million said to the million are 45.5 to 46.5; 46.2 exactly lies between them."""
    rows = [one("w", 46e6, step=1e6), one("w", 46.2e6)]
    records = pl.DataFrame(rows, schema_overrides={"usd": pl.Float64, "lead": pl.String})
    none = pl.DataFrame(schema=dict.fromkeys(("left_id", "right_id", "subtype"), pl.String))
    told = [measures.counted(records, none, which)["eur"][0] for which in ("least", "eur", "most")]
    assert told == [45.5e6, 46.2e6, 46.5e6]
