"""A cluster gives what one machine gives: equal codes, weights, pairs and clusters."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest
from bench.matching.crowd import CROWD_SETTINGS, crowd
from polars.testing import assert_frame_equal
from tests.link.people import PEOPLE, SETTINGS

from konvoi.flow.matching.match_files import Room, matched
from konvoi.gateways.cluster import cluster
from konvoi.gateways.refusal import Refused
from konvoi.link.comparison import OTHERWISE, Comparison, Level
from konvoi.link.keeping import kept
from konvoi.link.match import Matches, match
from konvoi.link.settings import Settings
from konvoi.link.spark_backend import Spread

MISSING = [
    name
    for name, there in (("pyspark", find_spec("pyspark")), ("Java 17", shutil.which("java")))
    if not there
]
spark = pytest.mark.skipif(bool(MISSING), reason=f"no {', no '.join(MISSING)}: docs/how-to/scale-out.md")


@pytest.fixture(scope="module")
def engine() -> Iterator[Spread]:
    """Two workers on this machine, for all tests."""
    with cluster("local[2]", "2GB") as opened:
        yield opened


def same(found: Matches, other: Matches) -> None:
    """All that a match answers is equal, to the last place."""
    assert found.findings == other.findings
    assert_frame_equal(found.pairs, other.pairs, check_exact=True)
    assert_frame_equal(found.clusters, other.clusters)
    assert_frame_equal(found.weights, other.weights, check_exact=True)
    told = [kept(one.used) if one.used else "" for one in (found, other)]
    assert told[0] == told[1]


@spark
@pytest.mark.slow
@pytest.mark.parametrize(
    "settings",
    [
        SETTINGS,
        replace(SETTINGS, learn=True, by_density=True),
        replace(SETTINGS, directed=True, allowed="l.name < r.name OR r.born IS NULL", least=0.0),
    ],
)
def test_a_few_people_are_matched_alike(settings: Settings, engine: Spread) -> None:
    same(match(PEOPLE, settings, engine=engine), match(PEOPLE, settings))


@spark
@pytest.mark.slow
def test_two_tables_and_labels_are_matched_alike(engine: Spread) -> None:
    tables = {"a": PEOPLE[:3], "b": PEOPLE[3:]}
    judged = pl.DataFrame({"left_id": ["1", "3"], "right_id": ["4", "4"], "same": [False, True]})
    truth = pl.DataFrame({"id": PEOPLE["id"], "cluster": ["a", "a", "b", "b", "c"]})
    settings = replace(SETTINGS, between="across")
    for labels in (judged, truth):
        same(match(tables, settings, labels=labels, engine=engine), match(tables, settings, labels=labels))


@spark
@pytest.mark.slow
def test_a_hundred_thousand_records_have_equal_codes_and_weights(engine: Spread) -> None:
    records = crowd(100_000, 1)
    here = match(records, CROWD_SETTINGS)
    assert here.pairs.height > 50_000
    same(match(records, CROWD_SETTINGS, engine=engine), here)


@spark
@pytest.mark.slow
def test_a_predicate_that_makes_no_sense_of_a_value_is_told(engine: Spread) -> None:
    level = Level("before", "CAST(l.name AS DOUBLE) < 3", 0.5, 0.5)
    odd = Comparison("odd", ("name",), (level, Level("not", OTHERWISE, 0.5, 0.5)))
    found = match(PEOPLE, replace(SETTINGS, comparisons=(odd,)), engine=engine)
    assert [f.code for f in found.findings] == ["predicate-unfit"]
    assert found.pairs.height == 0


@spark
@pytest.mark.slow
def test_a_cluster_that_gives_up_is_told_in_its_own_words(
    engine: Spread, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Python of a worker ends in the midst of its work, also when it is begun anew; later ones do not."""
    with monkeypatch.context() as broken:
        broken.setattr("konvoi.link.spark_backend._scoring", lambda measure: lambda batches: os._exit(7))
        found = match(PEOPLE, SETTINGS, engine=engine)
    assert [f.code for f in found.findings] == ["match-cluster"]
    assert "worker" in found.findings[0].values["said"].lower()
    assert found.pairs.height == found.clusters.height == 0
    same(match(PEOPLE, SETTINGS, engine=engine), match(PEOPLE, SETTINGS))


def test_without_spark_or_java_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    monkeypatch.setitem(__import__("sys").modules, "pyspark.errors", None)
    with pytest.raises(Refused, match="Apache Spark is not installed"), cluster("local[2]", "1GB"):
        pass
    PEOPLE.write_csv(tmp_path / "people.csv")
    text = '[[block]]\non = ["name"]\n[[comparison]]\nkind = "equal"\ncolumn = "name"\n'
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="konvoi\\[spark\\]"):
        matched([tmp_path / "people.csv"], settings=tmp_path / "s.toml", room=Room(spark="local[2]"))
