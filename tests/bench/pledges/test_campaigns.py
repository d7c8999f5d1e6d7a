"""The second generator: the same tables from the same seed, and a truth that its records bear out."""

import hashlib

import polars as pl
import pytest
from bench.pledges.campaigns import campaigns
from bench.pledges.campaigns.draw import Draw
from bench.pledges.campaigns.world import World
from bench.pledges.handed import Generator, Made, registers
from bench.pledges.vocabulary import half


@pytest.fixture(scope="module")
def made() -> Made:
    """About 6,000 records of a dev seed."""
    return campaigns(6_000, 11)


def test_a_seed_gives_the_same_tables_everywhere() -> None:
    """The digest changes where a single cell does: say so in the README when it is meant."""
    one = campaigns(2_000, 11)
    parts = (one.records, one.truth, one.edges, one.totals)
    found = hashlib.sha256("".join(part.write_csv() for part in parts).encode()).hexdigest()
    assert found[:16] == "341cf08ad4f7af0a"
    assert not campaigns(2_000, 12).records.equals(one.records)


def test_draws_do_not_depend_on_the_release_of_python() -> None:
    """Only random.random is used, of which the language promises the sequence."""
    draw = Draw(1, "a")
    assert [draw.below(100) for _ in range(5)] == [68, 5, 98, 50, 53]


@pytest.mark.parametrize(("records", "within"), [(2_000, 0.25), (20_000, 0.05)])
def test_there_are_about_as_many_records_as_asked(records: int, within: float) -> None:
    assert campaigns(records, 12).records.height == pytest.approx(records, rel=within)


@pytest.mark.parametrize("generator", [campaigns, registers])
def test_every_reference_has_one_truth(generator: Generator) -> None:
    """References are unique but for corrections of one sender; each belongs to exactly one cluster."""
    one = generator(3_000, 11)
    assert one.truth["id"].is_unique().all()
    assert set(one.records["id"]) == set(one.truth["id"])
    senders = one.records.group_by("id").agg(
        pl.col("sender").n_unique(), pl.col("document").n_unique(), pl.len()
    )
    assert (senders["sender"] == 1).all()
    # Only publishers of activities state several payments under one reference.
    several = senders.filter(pl.col("document") != pl.col("len"))
    assert set(one.records.filter(pl.col("id").is_in(several["id"].implode()))["sender"]) <= {"IATI"}
    assert one.records["party"].null_count() == one.records["kind"].null_count() == 0


def test_references_tell_nothing_of_the_commitment(made: Made) -> None:
    """Numbers follow the day on which a statement became known."""
    rows = made.records.unique("id", keep="first").filter(pl.col("sender") == "PRESS1").sort("id")
    assert rows["known_on"].is_sorted()


def test_a_correction_stands_under_the_reference_of_what_it_corrects(made: Made) -> None:
    """Partners alone correct; the later amount is another one, or 0 for a withdrawal."""
    again = made.records.filter(pl.len().over("id") > 1).sort("id", "known_on")
    assert again["id"].n_unique() > 40
    assert set(again["sender"]) <= set(again["party"])
    pairs = again.group_by("id").agg(first=pl.col("amount_minor").first(), last=pl.col("amount_minor").last())
    assert pairs.filter(pl.col("first") != pl.col("last")).height > 0.95 * pairs.height
    assert 0.05 < pairs.filter(pl.col("last") == 0).height / pairs.height < 0.4


def test_totals_count_each_commitment_once_with_its_last_amount() -> None:
    """Recomputed from the world: corrected ones by the correction, withdrawn ones and unpriced ones as 0."""
    one = campaigns(3_000, 11)
    total = int(one.totals["eur_minor"].sum())
    own = one.records.join(one.truth.filter(pl.col("role") == "own"), on="id").sort("known_on")
    last = (
        own.group_by("cluster").agg(pl.col("amount_minor", "currency", "day").last().name.keep()).drop_nulls()
    )
    world = World.of(11, 1)
    stated = sum(
        world.eur_minor(amount, currency, day)
        for amount, currency, day in last.select("amount_minor", "currency", "day").iter_rows()
    )
    assert 0.6 * total < stated <= 1.0001 * total


def test_shares_of_a_joint_package_add_up_to_the_whole() -> None:
    """In euros at the rates of their days, where every member states its share exactly."""
    made, world = campaigns(40_000, 11), World.of(11, 1)
    stated = made.records.join(made.truth, on="id")
    whole = stated.filter(pl.col("role") == "whole", pl.col("sender") == "EU")
    shares = stated.filter(pl.col("role") == "own", pl.col("amount_minor") > 0)
    checked = 0
    for cluster, total in whole.select("cluster", "amount_minor").iter_rows():
        children = made.edges.filter(pl.col("whole") == cluster)["child"]
        known = shares.filter(pl.col("cluster").is_in(children.implode()))
        assert 2 <= len(children) <= 5
        if known["cluster"].n_unique() == len(children):
            rows = known.select("amount_minor", "currency", "day").iter_rows()
            assert abs(sum(world.eur_minor(*row) for row in rows) - total) <= len(children)
            checked += 1
    assert checked > 3


def test_a_total_to_date_names_its_parts_and_counts_nothing(made: Made) -> None:
    """Its cluster is no commitment, and its amount is the sum of parts as they stood, within rounding."""
    told = made.records.join(made.truth.filter(pl.col("role") == "to date"), on="id")
    parts = made.edges.filter(pl.col("relation") == "restates").group_by("child").len()
    assert told.height == parts.height > 20
    assert min(parts["len"].to_list()) >= 3


def test_press_says_again_up_to_a_year_later_in_another_currency(made: Made) -> None:
    """Two digits in most cases; some more than 300 days after the first report."""
    press = made.records.join(made.truth.filter(pl.col("role") == "press"), on="id")
    gaps = press.group_by("cluster").agg(span=(pl.col("day").max() - pl.col("day").min()).dt.total_days())
    assert 300 < max(gaps["span"].to_list()) <= 350
    digits = press["amount_minor"].drop_nulls().cast(pl.String).str.strip_chars_end("0").str.len_chars()
    assert 0.6 < digits.filter(digits <= 2).len() / digits.len() < 0.95
    assert {"USD", "EUR", "UAH", "PLN"} <= set(press["currency"].drop_nulls())


def test_all_languages_and_the_words_of_the_half_are_used(made: Made) -> None:
    """Goods of the dev half in each of eight languages, none of the test half."""
    text = "\n".join(made.records["title"])
    for language in ("en", "de", "fr", "uk", "pl", "es", "it", "nl"):
        names = {n for good in half("dev").goods for n in good.names[language]}
        assert sum(name in text for name in names) > 0.5 * len(names), language
    other = {n for good in half("test").goods for names in good.names.values() for n in names}
    assert [name for name in other if name in text] == []


def test_a_withdrawn_commitment_is_in_no_register_and_in_no_total(made: Made) -> None:
    """What a partner takes back was announced at most."""
    last = made.records.sort("known_on").unique("id", keep="last")
    gone = last.filter(pl.col("amount_minor") == 0).join(made.truth, on="id")["cluster"]
    assert len(gone) > 8
    roles = made.truth.filter(pl.col("cluster").is_in(gone.implode()))["role"]
    assert set(roles) <= {"own", "press", "claim of a fund's gift"}
