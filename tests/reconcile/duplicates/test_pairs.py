"""Pairs of records in blocks."""

from typing import Any

import polars as pl
import pytest

from konvoi.reconcile.duplicates import pairs as p


def _table(*rows: dict[str, Any]) -> pl.DataFrame:
    """Return records with the columns of NARROW, and `known` and `giver`; what a row leaves out is null."""
    kinds: dict[str, Any] = dict.fromkeys(p.NARROW, pl.Float64()) | dict.fromkeys(
        ("id", "source", "party", "kind", "money", "unit_of", "giver"), pl.String()
    )
    kinds |= dict.fromkeys(("first", "last", "known"), pl.Int64())
    return pl.DataFrame([dict.fromkeys(kinds) | row for row in rows], schema=kinds)


def _of(*days: int) -> pl.DataFrame:
    """Return records a, b, … of one giver on days."""
    names = "abcdefghij"
    return _table(
        *({"id": names[n], "giver": "PL", "first": day, "known": day} for n, day in enumerate(days))
    )


def _ids(found: pl.DataFrame) -> list[tuple[str, str]]:
    return sorted(found.select("id", "id_later").rows())


def test_up_to_most_records_with_one_key_are_all_paired_and_of_more_only_neighbours() -> None:
    assert _ids(p.equal(_of(1, 2, 3), ("giver",), most=3)) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert _ids(p.equal(_of(1, 2, 3), ("giver",), most=2)) == [("a", "b"), ("b", "c")]


def test_the_nearest_in_time_are_kept_also_where_one_record_has_several_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Each of two contents of `a` meets others; together no more than the two nearest days are kept.
    table = _of(0, 1, 5, 3)
    ones = table.filter(pl.col("id") == "a").join(pl.DataFrame({"content": ["tank", "fuel"]}), how="cross")
    others = table.filter(pl.col("id") != "a").with_columns(content=pl.Series(["tank", "tank", "fuel"]))
    for chunk in (1, 500):
        monkeypatch.setattr(p, "_CHUNK", chunk)
        found = p.beside(ones, others, ("giver", "content"), days=(10, 10), where=pl.lit(value=True), most=2)
        assert _ids(found) == [("a", "b"), ("a", "d")]


def test_pairs_are_judged_once_with_the_earlier_report_first_however_many_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = _of(3, 1, 2)
    found = [
        pl.DataFrame({"id": ["a", "b"], "id_later": ["b", "c"]}),
        pl.DataFrame({"id": ["b", "c"], "id_later": ["a", "a"]}),
    ]
    for wide in (1, 50_000):
        monkeypatch.setattr(p, "_WIDE", wide)
        told = p.judged(
            found,
            table,
            lambda pairs: pairs.select(
                "id", "id_later", lag=pl.col("first_later") - pl.col("first"), at_once=pl.len()
            ),
        )
        at_once = min(wide, 3)
        assert sorted(told.rows()) == [("b", "a", 2, at_once), ("b", "c", 1, at_once), ("c", "a", 1, at_once)]


def test_no_pairs_at_all_are_judged_as_none() -> None:
    none = pl.DataFrame(schema={"id": pl.String(), "id_later": pl.String()})
    assert p.judged([none], _of(1), lambda pairs: pairs.select("id", "id_later")).is_empty()
