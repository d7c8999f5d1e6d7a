"""Made-up records go through the model as a source would hand them in; none is lost."""

from pathlib import Path

import polars as pl

from konvoi.reconcile.comparison import RECORDS


def test_every_record_is_one_record_of_the_model(small: Path) -> None:
    table = pl.read_parquet(small / "prepared.parquet")
    assert table.schema == RECORDS
    truth = pl.read_parquet(small / "clusters.parquet")
    assert sorted(table["id"]) == sorted(truth["id"])


def test_pages_name_their_giver_in_words_and_it_is_found_out(small: Path) -> None:
    """The press has no codes: hardly a name stays unread."""
    table = pl.read_parquet(small / "prepared.parquet").filter(pl.col("variant") == "press")
    assert table["party"].str.contains(r"^[A-Z]{2,3}$").sum() > 0.95 * table.height


def test_a_second_call_takes_what_lies_there(small: Path) -> None:
    from bench.reconciling.prepared import prepare

    before = (small / "prepared.parquet").stat().st_mtime_ns
    assert prepare(1_500, 1, 1, small.parent) == small
    assert (small / "prepared.parquet").stat().st_mtime_ns == before
