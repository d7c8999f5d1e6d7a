"""Weights estimated in the table itself: declared shares come first, and stay in small tables."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from konvoi.link.levels import days, equal
from konvoi.link.match import Matches, match
from konvoi.link.settings import Block, Population, Settings, Window

PARTNER = replace(equal("partner", true=0.99, chance=0.05), name="partner")
YEAR = Window("day", 366, 366)
SETTINGS = Settings(
    (
        PARTNER,
        equal("title", true=0.6, chance=0.3),
        equal("city", true=0.6, chance=0.3),
        equal("sum", true=0.7, chance=0.1),
        days("day"),
    ),
    (Block("title", ("partner", "title"), window=YEAR), Block("city", ("partner", "city"), window=YEAR)),
    prior=0.01,
    least=0.0,
    population=Population(Block("partner", ("partner",), window=YEAR), "partner", (("title", "city"),)),
)


def table(gifts: int, *, partners: int = 4, titles: int = 40, seed: int = 1) -> pl.DataFrame:
    """Records of gifts, of which each third is reported once more some days later, in other words at times.

    A city follows from the title, so that two titles that are equal tell of the city, too.
    """
    chance = np.random.default_rng(seed)
    title, day = chance.integers(0, titles, gifts), chance.integers(0, 700, gifts)
    again = np.arange(gifts) % 3 == 0
    sums = chance.integers(0, 25, gifts)
    late = day + chance.integers(0, 5, gifts)
    rows = [
        {"id": f"{n:05}", "gift": n, "partner": n % partners, "title": t, "city": t % 10, "day": d, "sum": s}
        for n, (t, d, s) in enumerate(zip(title.tolist(), day.tolist(), sums.tolist(), strict=True))
    ]
    rows += [
        {
            **rows[n],
            "id": f"{n:05}b",
            "day": int(late[n]),
            "title": rows[n]["title"] if n % 4 else -n - 1,
            "sum": rows[n]["sum"] if n % 5 else -1,
        }
        for n in np.flatnonzero(again).tolist()
    ]
    found = pl.DataFrame(rows, infer_schema_length=None)
    return found.with_columns(
        pl.col("partner", "title", "city", "sum").cast(pl.String),
        day=pl.date(2022, 1, 1) + pl.duration(days="day"),
    )


def true(found: Matches, records: pl.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The probability of each pair, and whether both ends are one gift."""
    of = dict(records.select("id", "gift").iter_rows())
    ends = found.pairs.select("left_id", "right_id").iter_rows()
    return found.pairs["probability"].to_numpy(), np.array([of[a] == of[b] for a, b in ends])


def loss(found: Matches, records: pl.DataFrame) -> float:
    """The mean logarithmic loss over all pairs of blocks."""
    p, hit = true(found, records)
    p = np.clip(p, 1e-9, 1 - 1e-9)
    return float(-np.where(hit, np.log(p), np.log(1 - p)).mean())


def declared(records: pl.DataFrame) -> Matches:
    return match(records, replace(SETTINGS, population=None))


def test_what_is_expected_to_be_true_is_about_what_is_true() -> None:
    """Declared shares expect six times as many; the estimate comes near, and tells pairs apart."""
    records = table(1200)
    before, after = true(declared(records), records), true(match(records, SETTINGS), records)
    whole = float(after[1].sum())
    assert before[0].sum() > 5 * whole
    assert after[0].sum() == pytest.approx(whole, rel=0.3)
    sure = after[0] >= 0.5
    assert after[1][sure].mean() > 0.8
    assert after[1][sure].sum() > 0.7 * whole


def test_answers_that_follow_from_one_another_count_once() -> None:
    """An equal title brings an equal city: counted apart, both together would speak twice."""
    records = table(1200)
    rule = SETTINGS.population
    assert rule is not None
    apart = replace(SETTINGS, population=replace(rule, jointly=()))
    assert loss(match(records, SETTINGS), records) < loss(match(records, apart), records)


@pytest.mark.parametrize("gifts", [5, 20, 60])
def test_in_a_small_table_the_declared_weights_stay(gifts: int) -> None:
    records = table(gifts)
    used, before = match(records, SETTINGS).used, declared(records).used
    assert used is not None
    assert before is not None
    assert used.origin == "declared"
    assert match(records, SETTINGS).pairs.drop("density").equals(declared(records).pairs.drop("density"))


@pytest.mark.parametrize("gifts", [240, 400, 800])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_estimate_never_does_worse_than_what_is_declared(gifts: int, seed: int) -> None:
    """From the smallest tables on in which anything is estimated."""
    records = table(gifts, seed=seed, titles=12)
    assert loss(match(records, SETTINGS), records) <= loss(declared(records), records) + 1e-9


def test_where_nothing_is_reported_twice_nothing_becomes_likely() -> None:
    records = table(1500).filter(~pl.col("id").str.ends_with("b"))
    p, _ = true(match(records, SETTINGS), records)
    assert (p >= 0.5).mean() < 0.01


def test_two_comparisons_alone_cannot_tell_two_kinds_of_pairs_apart() -> None:
    """Three independent answers are needed; a title with its city, and a day, are two."""
    comparisons = tuple(one for one in SETTINGS.comparisons if one.name != "sum")
    used = match(table(1200), replace(SETTINGS, comparisons=comparisons)).used
    assert used is not None
    assert used.origin == "declared"


def test_the_order_of_rows_changes_nothing() -> None:
    records = table(900)
    assert match(records, SETTINGS).pairs.equals(match(records.reverse(), SETTINGS).pairs)


def test_in_a_crowd_a_pair_is_less_likely() -> None:
    used = match(table(1200), SETTINGS).used
    assert used is not None
    priors = used.crowds[6:12]
    assert list(priors) == sorted(priors, reverse=True)


def test_a_population_names_comparisons_that_are_there() -> None:
    rule = SETTINGS.population
    assert rule is not None
    wrong = replace(SETTINGS, population=replace(rule, jointly=(("title", "colour"),)))
    assert [one.code for one in match(table(5), wrong).findings] == ["population-unfit"]


def series(rounds: int = 3, *, seed: int = 3) -> pl.DataFrame:
    """Records of which some come in series: one title and sum every 40 days, each told by two documents."""
    chance = np.random.default_rng(seed)
    rows = []
    for n in range(150):
        first, title, total = (
            chance.integers(0, 400),
            int(chance.integers(0, 60)),
            int(chance.integers(0, 400)),
        )
        for again in range(rounds if n % 3 else 1):
            day = first + 40 * again
            for document in ("a", "b"):
                gap = int(chance.integers(0, 4)) if document == "b" else 0
                rows.append(
                    (f"{n:03}{again}{document}", n * 10 + again, n % 3, title, day + gap, total, document)
                )
    found = pl.DataFrame(rows, ["id", "gift", "partner", "title", "day", "sum", "document"], orient="row")
    return found.with_columns(
        pl.col("partner", "title", "sum").cast(pl.String),
        city=(pl.col("title") % 10).cast(pl.String),
        day=pl.date(2022, 1, 1) + pl.duration(days="day"),
    )


def test_series_teach_that_the_nearest_day_decides() -> None:
    """Without documents all pairs of a series are likely; the share of true pairs far apart goes down."""
    records, rule = series(), SETTINGS.population
    assert rule is not None
    once = replace(SETTINGS, population=replace(rule, once=("document",)))
    usual, found = match(records, SETTINGS), match(records, once)
    assert usual.used is not None
    assert found.used is not None
    assert found.used.origin == "learnt"
    assert found.used.true[-1][-2] < 0.9 * usual.used.true[-1][-2]
    assert loss(found, records) < 0.95 * loss(usual, records)
    assert found.pairs.equals(match(records.reverse(), once).pairs)


def test_a_document_that_is_not_known_has_no_rivals() -> None:
    records, rule = series().with_columns(document=pl.lit(None, pl.String)), SETTINGS.population
    assert rule is not None
    once = replace(SETTINGS, population=replace(rule, once=("document",)))
    usual, found = match(records, SETTINGS).pairs, match(records, once).pairs
    assert found["probability"].to_list() == pytest.approx(usual["probability"].to_list(), abs=0.01)


def test_weak_agreement_counts_for_more_in_blocks_that_hold_few_of_its_chance_agreements() -> None:
    """Blocks by a number that is not compared hold all true pairs and a tenth of all others."""
    records = table(1200, titles=4).with_columns(key=pl.col("gift") % 10)
    asked = replace(SETTINGS, blocks=(Block("key", ("partner", "key"), window=YEAR),))
    found, hit = true(match(records, asked), records)
    assert found.sum() == pytest.approx(hit.sum(), rel=0.15)


def test_no_pair_is_drawn_where_the_population_has_too_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("konvoi.link.population.drawn", None)
    assert match(table(40), SETTINGS).used is not None
    with pytest.raises(TypeError):
        match(table(600), SETTINGS)
