"""Any table is matched: each pair once, with its evidence, whatever the order of rows."""

import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.link.people import PEOPLE, SETTINGS

from konvoi.link.comparison import OTHERWISE, Comparison, Level
from konvoi.link.grouping import CLUSTERS
from konvoi.link.levels import alike, equal
from konvoi.link.match import PAIRS, Matches, match
from konvoi.link.settings import Block, Settings, Window


def test_two_spellings_of_one_person_are_a_pair_with_its_evidence() -> None:
    """Name equal, surname alike by more than 92 percent, day of birth equal."""
    found = match(PEOPLE, SETTINGS).pairs.filter(pl.col("left_id") == "1", pl.col("right_id") == "2")
    assert json.loads(found["evidence"][0]) == [
        ["name", "equal"],
        ["surname", "alike by 92% or more"],
        ["born", "equal"],
    ]
    assert found["relation"].to_list() == ["same_as"]
    # prior 1 : 9, then 0.9/0.05, 0.15/0.02, 0.95/0.01: odds of 1425 to 1.
    assert found["probability"][0] == pytest.approx(1425 / 1426)


def test_what_is_missing_speaks_neither_for_nor_against() -> None:
    """3 and 4: name and surname equal, no day of birth on one side; odds (1/9) · 18 · 70 = 140."""
    found = match(PEOPLE, SETTINGS).pairs.filter(pl.col("left_id") == "3")
    assert found["probability"][0] == pytest.approx(140 / 141)


def test_clusters_hold_every_record() -> None:
    found = match(PEOPLE, SETTINGS).clusters
    assert found.rows() == [("1", "1"), ("2", "1"), ("3", "3"), ("4", "3"), ("5", "5")]
    assert found.schema == CLUSTERS


@cache
def in_order() -> Matches:
    return match(PEOPLE, SETTINGS)


@pytest.mark.slow
@given(st.integers())
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    order = random.Random(seed).sample(range(PEOPLE.height), PEOPLE.height)
    usual, turned = in_order(), match(PEOPLE[order], SETTINGS)
    assert turned.pairs.equals(usual.pairs)
    assert turned.clusters.equals(usual.clusters)


def test_a_pair_scores_the_same_whichever_side_is_first() -> None:
    """The ids are turned round, so that each pair is seen from its other side."""
    turned = PEOPLE.with_columns(id=(9 - pl.col("id").cast(pl.Int64)).cast(pl.String))
    scores = [sorted(match(table, SETTINGS).pairs["probability"].to_list()) for table in (PEOPLE, turned)]
    assert scores[0] == scores[1]


def test_pairs_across_two_tables_only() -> None:
    tables = {"a": PEOPLE[:3], "b": PEOPLE[3:]}
    across = match(tables, replace(SETTINGS, between="across")).pairs
    assert across.select("left_id", "right_id").rows()[0] == ("3", "4")
    assert ("1", "2") not in across.select("left_id", "right_id").rows()
    within = match(tables, replace(SETTINGS, between="within")).pairs
    assert ("3", "4") not in within.select("left_id", "right_id").rows()


def test_a_window_of_days_keeps_far_pairs_out() -> None:
    days = PEOPLE.with_columns(born=pl.col("born").str.to_date())
    near = replace(SETTINGS, blocks=(Block("surname", ("surname",), window=Window("born", 30, 30)),))
    assert match(days, near).pairs.height == 0
    wide = replace(
        SETTINGS, blocks=(Block("surname", ("surname",), window=Window("born", 9999, 9999)),), least=0
    )
    assert match(days, wide).pairs.select("left_id", "right_id").rows() == [("1", "5")]


def test_a_list_joins_where_one_of_its_parts_is_equal() -> None:
    words = pl.DataFrame(
        {"id": ["1", "2", "3"], "words": [["old", "tank"], ["tank"], ["ship"]], "x": ["a", "a", "a"]}
    )
    settings = Settings(comparisons=(equal("x"),), blocks=(Block("word", ("words",)),), least=0)
    assert match(words, settings).pairs.select("left_id", "right_id").rows() == [("1", "2")]


def test_a_directed_relation_joins_other_columns_on_each_side() -> None:
    flows = pl.DataFrame(
        {"id": ["1", "2"], "giver": ["DE", "WFP"], "taker": ["WFP", "UA"], "sum": ["5", "5"]}
    )
    settings = Settings(
        comparisons=(equal("sum"),),
        blocks=(Block("handed on", ("taker",), ("giver",)),),
        relation="passes_through",
        directed=True,
        least=0,
    )
    assert match(flows, settings).pairs.select("left_id", "right_id", "relation").rows() == [
        ("1", "2", "passes_through")
    ]


def test_a_block_that_is_too_full_is_put_aside_and_told() -> None:
    """Ten equal names make 45 pairs; only 20 are allowed, and nothing is cut from the group."""
    many = pl.DataFrame(
        {"id": [str(n) for n in range(10)], "name": ["x"] * 10, "city": ["a"] * 5 + ["b"] * 5}
    )
    settings = Settings(comparisons=(equal("city"),), blocks=(Block("name", ("name",), most=20),), least=0)
    found = match(many, settings)
    assert found.pairs.height == 0
    assert found.overflow.rows() == [("name", "x", 45)]
    assert [f.code for f in found.findings] == ["block-overflow"]


def test_a_block_that_is_too_full_is_split_first() -> None:
    """Split by city it makes twice ten pairs, which are within the limit."""
    many = pl.DataFrame(
        {"id": [str(n) for n in range(10)], "name": ["x"] * 10, "city": ["a"] * 5 + ["b"] * 5}
    )
    block = Block("name", ("name",), narrower=("city",), most=20)
    found = match(many, Settings(comparisons=(equal("city"),), blocks=(block,), least=0))
    assert found.pairs.height == 20
    assert found.overflow.height == 0


def test_the_limit_counts_pairs_within_the_window() -> None:
    """Of ten records on ten days 9 pairs are a day apart: as many as allowed, though 45 share the name."""
    many = pl.DataFrame({"id": [str(n) for n in range(10)], "name": ["x"] * 10}).with_columns(
        day=pl.date(2022, 1, 1) + pl.duration(days=pl.col("id").cast(pl.Int64))
    )
    block = Block("name", ("name",), window=Window("day", 1, 1), most=9)
    found = match(many, Settings(comparisons=(equal("name"),), blocks=(block,), least=0))
    assert (found.pairs.height, found.overflow.height) == (9, 0)


def test_two_values_of_one_scheme_never_meet_in_a_cluster() -> None:
    """1 and 3 bear two numbers of one register; 2 is like both and may join one of them only."""
    table = pl.DataFrame(
        {"id": ["1", "2", "3"], "name": ["x"] * 3, "scheme": ["r", None, "r"], "number": ["5", None, "6"]}
    )
    settings = Settings(
        comparisons=(equal("name"),),
        blocks=(Block("name", ("name",)),),
        apart=("scheme", "number"),
        prior=0.9,
    )
    assert match(table, settings).clusters["cluster"].to_list() == ["1", "1", "3"]
    free = match(table, replace(settings, apart=()))
    assert free.clusters["cluster"].to_list() == ["1", "1", "1"]


def test_where_each_table_holds_a_thing_once_a_record_joins_its_best_match_alone() -> None:
    """3 is like 1 in all, and like 2 in name and day; both of these are of one table."""
    tables = {"a": PEOPLE[:2], "b": PEOPLE[:1].with_columns(id=pl.lit("3"))}
    free = match(tables, replace(SETTINGS, between="across"))
    assert free.pairs.select("left_id", "right_id").rows() == [("1", "3"), ("2", "3")]
    once = match(tables, replace(SETTINGS, between="across", once=True))
    assert once.pairs.equals(free.pairs)
    assert once.clusters["cluster"].to_list() == ["1", "2", "1"]
    assert match(tables, replace(SETTINGS, once=True)).clusters.equals(once.clusters)
    parted = replace(SETTINGS, once=True, apart=("born",))
    assert match(tables, parted).clusters.equals(once.clusters)


def test_where_two_of_a_table_are_as_like_a_record_none_is_taken_by_chance() -> None:
    """3 is like 1 and 2 alike: one of them at most, so each at odds below even."""
    tables = {
        "a": pl.concat([PEOPLE[:1], PEOPLE[:1].with_columns(id=pl.lit("2"))]),
        "b": PEOPLE[:1].with_columns(id=pl.lit("3")),
    }
    found = match(tables, replace(SETTINGS, between="across", once=True, join=0.5))
    assert found.pairs["probability"].min() > 0.99  # type: ignore[operator]
    assert found.clusters["cluster"].to_list() == ["1", "2", "3"]
    third = tables | {"c": PEOPLE[:1].with_columns(id=pl.lit("4"))}
    of = dict(match(third, replace(SETTINGS, between="across", once=True, join=0.5)).clusters.iter_rows())
    # What excludes a pair stands in its own two tables: 3 and 4 have no rival in each other's.
    assert of["3"] == of["4"]


def test_a_pair_that_a_person_parted_stays_parted() -> None:
    apart = pl.DataFrame({"left_id": ["2"], "right_id": ["1"]})
    found = match(PEOPLE, SETTINGS, apart=apart)
    assert dict(found.clusters.iter_rows())["2"] == "2"
    assert found.pairs.filter(pl.col("left_id") == "1").height


def test_a_column_that_is_not_there_is_told_of() -> None:
    found = match(PEOPLE.drop("born"), SETTINGS)
    assert [(f.code, f.read) for f in found.findings] == [("column-missing", "born")]
    assert found.pairs.schema == PAIRS


def test_tables_with_other_columns_and_kinds_are_matched_by_what_they_share() -> None:
    """One has a column more and its days as days, the other's are texts."""
    days = PEOPLE.with_columns(born=pl.col("born").str.to_date(), more=pl.lit(1))
    whole = match(PEOPLE, SETTINGS).pairs
    assert match({"a": days[:3], "b": PEOPLE[3:].select(reversed(PEOPLE.columns))}, SETTINGS).pairs.equals(
        whole
    )


def test_a_window_over_what_is_no_day_is_told() -> None:
    odd = PEOPLE.with_columns(born=pl.Series(["1980-02-01", "soon", None, None, None]))
    block = Block("surname", ("surname",), window=Window("born", 3, 3))
    found = match(odd, replace(SETTINGS, blocks=(block,)))
    assert [(f.code, f.read) for f in found.findings] == [("window-no-day", "born: soon")]


def test_a_predicate_that_makes_no_sense_of_a_value_is_told() -> None:
    level = Level("before", "CAST(l.name AS DOUBLE) < 3", 0.5, 0.5)
    odd = Comparison("odd", ("name",), (level, Level("not", OTHERWISE, 0.5, 0.5)))
    found = match(PEOPLE, replace(SETTINGS, comparisons=(odd,)))
    assert [f.code for f in found.findings] == ["predicate-unfit"]
    assert "Anna" in found.findings[0].values["said"] or "Petro" in found.findings[0].values["said"]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (replace(SETTINGS, blocks=()), "no-block"),
        (replace(SETTINGS, blocks=(Block("b", ("name",), ("surname",)),)), "block-lopsided"),
        (replace(SETTINGS, comparisons=(equal("name"), equal("name"))), "comparison-twice"),
        (replace(SETTINGS, comparisons=(alike("name", measure="magic"),)), "measure-unknown"),
        (replace(SETTINGS, id="surname"), "id-twice"),
    ],
)
def test_settings_that_do_not_fit_are_told_of(settings: Settings, code: str) -> None:
    assert code in [f.code for f in match(PEOPLE, settings).findings]


def test_an_empty_table_gives_no_pairs() -> None:
    assert match(PEOPLE.clear(), SETTINGS).pairs.height == 0


def test_records_without_a_pair_in_any_block_start_no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    match(PEOPLE, SETTINGS)
    monkeypatch.setattr("konvoi.link.pair_store.connect", None)
    alone = match(PEOPLE[:1], SETTINGS)
    assert alone.pairs.schema == PAIRS
    assert alone.pairs.is_empty()
    assert alone.clusters["id"].to_list() == ["1"]
    assert not alone.findings


def test_each_record_of_a_match_without_pairs_may_still_be_judged() -> None:
    """No block holds a pair, and one pair was judged: it needs the engine all the same."""
    judged = pl.DataFrame({"left_id": ["1"], "right_id": ["4"], "same": [False]})
    lone = replace(SETTINGS, blocks=(Block("id", ("id",)),))
    assert match(PEOPLE, lone, labels=judged).pairs.is_empty()


def test_predicates_are_tried_once_for_tables_of_the_same_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    match(PEOPLE, SETTINGS)
    monkeypatch.setattr("konvoi.link.binding.connect", None)
    assert match(PEOPLE[::-1], SETTINGS).pairs.height
    with pytest.raises(TypeError):
        match(PEOPLE.with_columns(born=pl.lit(7, pl.Int16)), SETTINGS)


def test_weights_can_be_learnt_and_kept() -> None:
    """An equal surname is rarer by chance than an equal name, so it weighs more; the table says both."""
    learnt = match(
        pl.concat([PEOPLE, PEOPLE.with_columns(id="x" + pl.col("id"))]), replace(SETTINGS, learn=True)
    )
    assert learnt.weights.filter(pl.col("label") == "equal")["bits"].min() > 0  # type: ignore[operator]
    assert learnt.weights.filter(pl.col("level") == 0)["bits"].to_list() == [0, 0, 0]


@pytest.mark.real_data
def test_fake_people_are_found_again_without_labels(real_data: Path) -> None:
    """fake_1000 has 2,031 true pairs; F1 at 0.1 as measured, with 81 percent of the pairs in blocks."""
    table = pl.read_csv(real_data / "er" / "fake_1000.csv", infer_schema_length=0)
    truth = dict(table.select("unique_id", "cluster").iter_rows())
    columns = ("first_name", "surname", "dob", "email")
    settings = Settings(
        id="unique_id",
        comparisons=(
            alike("first_name"),
            alike("surname"),
            alike("dob", measure="levenshtein", at_least=(0.9, 0.8)),
            equal("city"),
            alike("email", at_least=(0.95, 0.88)),
        ),
        blocks=tuple(Block(column, (column,)) for column in columns),
        learn=True,
        prior=0.0001,
        least=0.1,
    )
    found = match(table, settings).pairs
    right = sum(truth[a] == truth[b] for a, b in found.select("left_id", "right_id").iter_rows())
    sizes = table.group_by("cluster").len()["len"].to_list()
    true = sum(n * (n - 1) // 2 for n in sizes)
    assert 2 * right / (found.height + true) == pytest.approx(0.853, abs=0.005)
