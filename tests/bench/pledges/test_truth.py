"""What is true of records is sound: by hand on a few, and as properties on many."""

from dataclasses import fields
from typing import Any

import numpy as np
import polars as pl
from bench.pledges.book import ROLE, SUBTYPE, Book, Columns
from bench.pledges.chance import Whole
from bench.pledges.exchange import exchange
from bench.pledges.generate import Tables
from bench.pledges.truth import across, findable, same, totals, versions
from bench.pledges.world import World

DE, PL, EU = 0, 1, 2
DAY_2022, DAY_2023 = 19_100, 19_500


def whole(*numbers: int) -> Whole:
    """A column."""
    return np.array(numbers, dtype=np.int64)


def world(**columns: Whole) -> World:
    """A few undertakings: none is tied to another but as said."""
    n = len(columns["eur"])
    nothing = {
        name: np.full(n, -1, dtype=np.int64) for name in ("joint", "replaces", "twin", "run", "detail")
    }
    zeros: dict[str, Any] = {f.name: np.zeros(n, dtype=np.int64) for f in fields(World)}
    return World(**{**zeros, **nothing, "silent": np.zeros(n, dtype=np.bool_), **columns})


def book_of(made: World) -> tuple[Book, Columns, Columns]:
    """One announcement of each undertaking but of the last, without relations."""
    book = Book(made)
    at = np.arange(len(made) - 1)
    records = book.of(at, role=ROLE["announcement"], amount=np.where(made.silent[at], -1, made.amount[at]))
    return book, records, {name: whole() for name in ("left", "right", "subtype", "share")}


def test_totals_by_hand() -> None:
    """Of five, 100 and 50 count, 70 was replaced, 30 is nowhere priced, 20 is a silent participant's.

    DE gives 100 in 2022 and 50 in 2023, the latter in place of its 70; PL's 30 is unpriced; PL's part of 20
    in a joint package is reported by nobody but the institution that announced the whole.
    """
    made = world(
        partner=whole(DE, DE, DE, PL, PL),
        eur=whole(100, 70, 50, 30, 20),
        amount=whole(100, 70, 50, 30, 20),
        day=whole(DAY_2022, DAY_2022, DAY_2023, DAY_2022, DAY_2022),
        replaces=whole(-1, -1, 1, -1, -1),
        joint=whole(-1, -1, -1, -1, 0),
        silent=np.array([False, False, False, True, False]),
    )
    book, records, edges = book_of(made)
    found = totals(book, records, edges, EU)
    assert found.rows() == [
        (DE, 2022, 100, 1, 1, 0),
        (DE, 2023, 50, 1, 0, 0),
        (PL, 2022, 0, 0, 0, 1),
        (EU, 2022, 20, 1, 0, 0),
    ]


def test_three_records_of_one_thing_make_three_pairs() -> None:
    """Rows 0, 2 and 3 speak of 5; row 1 of 9 alone."""
    left, right = same(whole(5, 9, 5, 5))
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 2), (0, 3), (2, 3)]


def test_a_relation_holds_between_every_two_records_of_its_ends() -> None:
    """Node 0 has rows 0 and 3, node 1 rows 1 and 2, node 2 none."""
    edges = {"left": whole(0, 2), "right": whole(1, 1)}
    edge, left, right = across(edges, whole(0, 1, 1, 0))
    assert list(zip(edge.tolist(), left.tolist(), right.tolist(), strict=True)) == [
        (0, 0, 1), (0, 0, 2), (0, 3, 1), (0, 3, 2),
    ]  # fmt: skip


def test_each_later_version_restates_each_earlier_one() -> None:
    """Entry 4 has versions 1, 3 and 2 in rows 0, 1 and 2; row 3 is of no entry."""
    later, earlier = versions({"entry": whole(4, 4, 4, -1), "version": whole(1, 3, 2, 1)})
    found = sorted(zip(later.tolist(), earlier.tolist(), strict=True))
    assert found == [(1, 0), (1, 2), (2, 0)]


def test_findable_is_a_shared_reference_or_a_party_and_good_within_90_days() -> None:
    """Row 0 against five: same number, its activity named, its implementer in time, late, other good."""
    n = 6
    records = {
        name: np.full(n, -1, dtype=np.int64) for name in ("project", "scheme", "related", "related_scheme")
    }
    records |= {name: np.full(n, -1, dtype=np.int64) for name in ("activity", "receiver", "giver")}
    records |= {"day": whole(0, 500, 500, 90, 91, 5), "good": whole(1, 1, 1, 1, 1, 2)}
    records["project"][[0, 1]] = 7
    records["scheme"][[0, 1]] = 3
    records["activity"][0] = 8
    records["related"][2], records["related_scheme"][2] = 8, 3
    records["receiver"][[0, 3, 4, 5]] = 1001
    found = findable(records, np.zeros(5, dtype=np.int64), np.arange(1, 6))
    assert found.tolist() == [True, True, True, False, False]


def test_clusters_are_the_closure_of_the_same_pairs(made: Tables) -> None:
    """Every two records of a cluster are a pair, no pair crosses clusters: counted from both ends."""
    cluster = dict(made["clusters"].select("id", "cluster").iter_rows())
    pairs = made["pairs"].filter(pl.col("relation") == "same_as").select("left_id", "right_id").rows()
    assert all(cluster[left] == cluster[right] and left < right for left, right in pairs)
    sizes = made["clusters"].group_by("cluster").len()["len"]
    assert (
        len(set(pairs)) == len(pairs) == int((sizes.cast(pl.Int64) * (sizes.cast(pl.Int64) - 1) // 2).sum())
    )


def test_what_is_restated_by_version_or_again_is_the_same_and_was_there_before(
    made: Tables, told: pl.DataFrame
) -> None:
    """The later one stands on the left."""
    known = told.select("id", "cluster", "known_on")
    pairs = made["pairs"].filter(pl.col("subtype").is_in(["version", "again"]))
    both = pairs.join(known, left_on="left_id", right_on="id").join(known, left_on="right_id", right_on="id")
    assert both.height == pairs.height > 1_000
    assert (both["cluster"] == both["cluster_right"]).all()
    assert (both["known_on"] >= both["known_on_right"]).all()


def test_pairs_of_other_relations_are_those_of_the_edges(made: Tables) -> None:
    """Each such pair joins the clusters of an edge; each edge whose ends are both reported has one."""
    cluster = made["clusters"].select("id", "cluster")
    within = ["report", "version", "again"]
    pairs = made["pairs"].filter(~pl.col("subtype").is_in(within))
    ends = pairs.join(cluster, left_on="left_id", right_on="id").join(
        cluster, left_on="right_id", right_on="id"
    )
    seen = set(ends.select("cluster", "cluster_right", "subtype").rows())
    reported = set(cluster["cluster"])
    edges = made["edges"].filter(pl.col("left").is_in(reported) & pl.col("right").is_in(reported))
    assert seen == set(edges.select("left", "right", "subtype").rows())


def test_shares_of_a_joint_package_add_up_to_what_is_announced(made: Tables, told: pl.DataFrame) -> None:
    """To the euro where the announcement is exact, else within the rounding to two digits; some are exact."""
    shares = (
        made["edges"]
        .filter(pl.col("subtype") == "joint")
        .group_by("right")
        .agg(pl.col("share_eur_minor").sum())
    )
    said = told.filter(pl.col("role") == "whole").join(shares, left_on="cluster", right_on="right")
    off = (said["amount_minor"] - said["share_eur_minor"] // 100 * 100).abs()
    assert said.height > 20
    assert (off <= said["share_eur_minor"] * 0.05).all()
    assert int((off == 0).sum()) > said.height // 4


def test_payments_add_up_to_their_commitment(told: pl.DataFrame, made: Tables) -> None:
    """In the commitment's own currency, to the unit."""
    edges = made["edges"].filter(pl.col("subtype") == "payment").select("left", "right")
    paid = told.filter(pl.col("role") == "payment").join(edges, left_on="cluster", right_on="left")
    sums = paid.group_by("right").agg(pl.col("amount_minor").sum(), pl.col("currency").n_unique())
    commitments = told.filter(pl.col("role") == "commitment").join(sums, left_on="cluster", right_on="right")
    assert commitments.height > 200
    assert (commitments["amount_minor"] == commitments["amount_minor_right"]).all()
    assert (commitments["currency_right"] == 1).all()


def test_money_passed_on_is_the_whole_less_a_fee(book: Book) -> None:
    """The parts of each first hop make 87 to 97 in a hundred of what the undertaking is worth."""
    edges = book.related()
    hop = edges["subtype"] == SUBTYPE["first_hop"]
    left, share = edges["left"][hop], edges["share"][hop]
    passed = np.zeros(len(book.world), dtype=np.int64)
    np.add.at(passed, left, share)
    of = passed[np.unique(left)] / book.world.eur[np.unique(left)]
    assert len(of) > 100
    assert of.min() > 0.8699
    assert of.max() < 0.9701
    assert of.max() - of.min() > 0.05


def test_a_total_to_date_is_what_its_parts_make(made: Tables, told: pl.DataFrame) -> None:
    """Within rounding and the rates of the days between; its parts lie within its days."""
    edges = made["edges"].filter(pl.col("subtype") == "to_date")
    parts = told.filter(pl.col("role") == "announcement").select("cluster", "day_to")
    both = edges.join(parts, left_on="right", right_on="cluster").join(
        told.filter(pl.col("role") == "to date").select("cluster", "day_from", last="day_to"),
        left_on="left", right_on="cluster",
    )  # fmt: skip
    assert both.height == edges.height > 100
    assert ((both["day_to"] >= both["day_from"]) & (both["day_to"] <= both["last"])).all()


def test_a_total_to_date_names_every_undertaking_of_its_days_and_adds_them_up(book: Book) -> None:
    """One programme from the first part's day to the last's, nothing left out; the sum within rounding."""
    edges, world = book.related(), book.world
    kept = edges["subtype"] == SUBTYPE["to_date"]
    left, right = edges["left"][kept], edges["right"][kept]
    records = book.records()
    said = dict(zip(records["node"].tolist(), np.arange(len(records["node"])), strict=True))
    assert len(np.unique(left)) > 100
    for node in np.unique(left):
        part = right[left == node]
        assert len(set(world.programme[part])) == 1
        days, row = world.day[part], said[int(node)]
        within = (
            (world.programme == world.programme[part[0]])
            & (world.day >= days.min())
            & (world.day <= days.max())
        )
        assert set(part.tolist()) == set(np.flatnonzero(within & (world.joint < 0)).tolist())
        assert records["day"][row] - records["span"][row] == days.min()
        euro = exchange().cents(*(records[name][[row]] for name in ("amount", "day", "currency")))
        assert abs(int(euro[0]) / int(world.eur[part].sum()) - 1) < 0.051


def test_lookalikes_are_not_the_same(made: Tables) -> None:
    """Equal flows, months of a run, members of a package, equal sums by chance: each kind is there."""
    cluster = dict(made["clusters"].select("id", "cluster").iter_rows())
    rows = made["lookalikes"].rows()
    assert all(cluster[left] != cluster[right] for left, right, _ in rows)
    assert {kind for _, _, kind in rows} == {"equal flow", "run of months", "joint package", "chance"}
