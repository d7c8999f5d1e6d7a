"""What konvoi proposes is measured between what records speak of: each edge once, from a threshold on."""

from pathlib import Path

import polars as pl
import pytest
from bench.reconciling.ours import paired
from bench.reconciling.proposed import FIND, Tables, figures, measured, rates, told, true, unlike

CLUSTERS = {"g1": (1, "announcement"), "g2": (1, "row"), "h": (2, "announcement"), "in": (3, "first hop")}


def tables() -> Tables:
    """Two gifts, of which the first has two records; what came in of the first; a second hop nobody tells."""
    edges = [(1, 3, "first_hop", True), (2, 9, "first_hop", True), (1, 2, "joint", None)]
    return {
        "clusters": pl.DataFrame(
            [(one, *of) for one, of in CLUSTERS.items()], schema=["id", "cluster", "role"], orient="row"
        ),
        "edges": pl.DataFrame(edges, schema=["left", "right", "subtype", "findable"], orient="row"),
        "lookalikes": pl.DataFrame(
            {"left_id": ["g1"], "right_id": ["h"], "kind": ["equal flow"]},
            schema_overrides={"kind": pl.String},
        ),
    }


def proposals(*rows: tuple[str, str, float, str]) -> pl.DataFrame:
    schema = {"left": pl.String, "right": pl.String, "probability": pl.Float64, "status": pl.String}
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def test_proposals_of_two_records_of_one_gift_are_one_edge_as_sure_as_the_surer() -> None:
    found = proposals(("g1", "in", 0.4, "undecided"), ("g2", "in", 0.7, "accepted"))
    assert told(found, tables()).rows() == [(1, 3, 0.7, True)]


def test_only_edges_to_the_roles_that_are_asked_for_are_told() -> None:
    found = proposals(("g1", "in", 0.7, "undecided"), ("g1", "h", 0.7, "undecided"))
    assert told(found, tables(), roles=("first hop",))["right"].to_list() == [3]


def test_what_no_record_speaks_of_is_nobodys_to_find() -> None:
    assert true(tables(), "first_hop").select("left", "right").rows() == [(1, 3)]


def test_precision_is_of_what_is_told_and_recall_of_what_is_true() -> None:
    edges = told(proposals(("g1", "in", 0.7, "undecided"), ("h", "in", 0.7, "undecided")), tables())
    of = rates(edges, true(tables(), "first_hop"))
    assert (of.told, of.precision, of.findable, of.all) == (2, 0.5, 1.0, 1.0)
    assert of.f1 == pytest.approx(2 / 3)


def test_flows_that_another_equals_are_left_out_where_they_are() -> None:
    assert unlike(tables(), true(tables(), "first_hop")).height == 0


def test_each_relation_counts_from_its_own_threshold_on() -> None:
    """A hop at 0.5 is none, a part at 0.5 is one; what is accepted and wrong is told."""
    every = dict.fromkeys(FIND, proposals())
    hop = every | {"passed on": proposals(("g1", "in", 0.5, "undecided"))}
    assert figures(hop, tables())["first hop: precision"] == 0.0
    part = every | {"joint": proposals(("g1", "h", 0.5, "undecided"), ("h", "g1", 0.9, "accepted"))}
    said = figures(part, tables())
    assert (said["joint: precision"], said["joint: recall of all"]) == (0.5, 1.0)
    assert (said["joint: wrong among accepted"], said["joint: groups accepted"]) == (1.0, 0.0)


@pytest.mark.slow
def test_hops_parts_totals_and_contracts_are_found_in_a_small_set(small: Path) -> None:
    said = measured(small, paired(pl.read_parquet(small / "prepared.parquet")))
    assert {name: said[f"{name}: F1"] > 0.6 for name in ("first hop", "joint", "to date", "contract")} == {
        "first hop": True, "joint": True, "to date": True, "contract": True,
    }  # fmt: skip
    assert all(said[f"{name}: processor seconds"] > 0 for name in FIND)
