"""What does not change an undertaking does not change its clusters, or the evidence says what changed."""

import json
import random
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import polars as pl
import pytest
from tests.reconcile.ledgers import DAY, entries

from konvoi.kit.union import components
from konvoi.ledger.post import post
from konvoi.model.entries import ENTRIES
from konvoi.reconcile.policy import Policy
from konvoi.reconcile.relate import relate

ALL = Policy(least=0.0)
SURE_ENOUGH = 0.38
RATES = pl.DataFrame(
    {"currency": ["USD"], "day": [DAY], "per_eur": pl.Series(["1.112"]).str.to_decimal(scale=6)}
)
# What each column is compared in; what is said of a line is part of what its good is called.
COMPARED = {
    "amount_minor": {"amount"},
    "currency": {"amount"},
    "good": {"good"},
    "quantity": {"quantity and unit"},
    "unit": {"quantity and unit"},
    "implementer": {"implementer"},
    "text": {"text", "good"},
    "reference": {"reference"},
    "counterparty": set(),
    "kind": set(),
}
CYRILLIC = str.maketrans(
    "abvhgdeyiklmnoprstufzABVHGDEYIKLMNOPRSTUFZ", "абвгґдеиіклмнопрстуфзАБВГҐДЕИІКЛМНОПРСТУФЗ"
)
THINGS = (
    ("tent", "Tents for the north", "Red Medics", 1_200, 900_000_00),
    ("generator", "Generators in spring", "Holm Logistics", 80, 2_340_000_00),
    ("truck", "Lorries with spares", "Vand Brothers", 45, 3_150_000_00),
    ("radio", "Radio sets", "Holm Logistics", 300, 615_000_00),
)


def ledger() -> pl.DataFrame:
    """Four undertakings as their partner, a register and a paper tell them: package and line, days apart."""
    rows: list[dict[str, object]] = []
    for at, source in enumerate(("NL-1", "REGISTER", "PAPER")):
        for number, (good, text, carrier, quantity, amount) in enumerate(THINGS):
            name = f"{source}-{number}"
            day = DAY + timedelta(days=40 * number + 2 * at)
            said: dict[str, object] = {
                "source": source,
                "submission": f"{source}.csv",
                "package": name,
                "text": text,
                "implementer": carrier,
                "day_from": day,
                "day_to": day,
                "known_on": day,
                "currency": "EUR",
            }
            rows.append(said | {"entry": name, "reference": name, "amount_minor": amount})
            line = {
                "good": good,
                "quantity": quantity,
                "unit": "piece",
                "line": f"{name}/1",
                "currency": None,
            }
            rows.append(said | line | {"entry": f"{name}/1", "reference": f"{name}/1"})
    return entries(*rows)


def related(table: pl.DataFrame) -> pl.DataFrame:
    return relate(table, rates=RATES, policy=ALL).relations


@cache
def before() -> pl.DataFrame:
    return related(ledger())


def clusters(relations: pl.DataFrame) -> set[frozenset[str]]:
    """Records joined by pairs that count as found."""
    sure = relations.filter(
        (pl.col("probability") >= SURE_ENOUGH) & pl.col("relation").is_in(["same_as", "restates"])
    )
    found: dict[str, set[str]] = {}
    joined: dict[str, str] = components(sorted(sure.select("left", "right").iter_rows()))
    for name, cluster in joined.items():
        found.setdefault(cluster, set()).add(name)
    return {frozenset(members) for members in found.values()}


Answers = Mapping[tuple[str, str], Mapping[str, str]]


def answers(relations: pl.DataFrame) -> Answers:
    told = relations.filter(basis="probability").select("left", "right", "evidence").iter_rows()
    return {(left, right): {what: said for what, said, _ in json.loads(text)} for left, right, text in told}


def explained(after: pl.DataFrame, by: set[str]) -> set[str]:
    """The comparisons that answer otherwise than before; each of them must be one of these.

    Where the clusters differ, a pair of the difference has such an answer: nothing changes without a reason.
    """
    old, new = answers(before()), answers(after)
    changed: dict[tuple[str, str], set[str]] = {
        pair: {name for name in old[pair] if old[pair][name] != new[pair][name]} for pair in old.keys() & new
    }
    told = set().union(*changed.values()) if changed else set()
    assert told <= by
    moved = clusters(before()) ^ clusters(after)
    for cluster in moved:
        assert any(changed.get(pair) for pair in changed if set(pair) & cluster), cluster
    return told


def test_each_undertaking_is_a_cluster_of_packages_and_one_of_lines() -> None:
    """Otherwise the tests below would hold of nothing."""
    expected = {
        frozenset(f"{source}-{number}{end}" for source in ("NL-1", "REGISTER", "PAPER"))
        for number in range(len(THINGS))
        for end in ("", "/1")
    }
    assert clusters(before()) == expected


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    table = ledger()
    order = random.Random(seed).sample(range(table.height), table.height)
    assert related(table[order]).equals(before())


def test_another_currency_changes_no_cluster_and_only_what_is_said_of_amounts() -> None:
    """The register tells everything in dollars, at the rate of the day, to the cent."""
    own = pl.col("source") == "REGISTER"
    table = ledger().with_columns(
        amount_minor=pl.when(own)
        .then((pl.col("amount_minor") * 1.112).round(0).cast(pl.Int64))
        .otherwise("amount_minor"),
        currency=pl.when(own & pl.col("currency").is_not_null()).then(pl.lit("USD")).otherwise("currency"),
    )
    after = related(table)
    assert explained(after, {"amount"}) == {"amount"}
    assert clusters(after) == clusters(before())


def test_names_in_another_script_change_no_cluster_and_only_what_is_said_of_names() -> None:
    """The paper writes implementers and texts in Cyrillic letters."""
    own = pl.col("source") == "PAPER"
    table = ledger().with_columns(
        pl.when(own)
        .then(pl.col(name).map_elements(lambda text: text.translate(CYRILLIC), return_dtype=pl.String))
        .otherwise(name)
        .alias(name)
        for name in ("implementer", "text")
    )
    assert table["implementer"].to_list() != ledger()["implementer"].to_list()
    after = related(table)
    explained(after, {"implementer", "text", "good"})
    assert clusters(after) == clusters(before())


def test_a_source_handed_in_twice_changes_no_cluster() -> None:
    """The same rows in a second file a month later are one statement each once they are posted."""
    table = ledger()
    again = table.filter(pl.col("source") == "REGISTER").with_columns(
        submission=pl.lit("second.csv"), known_on=pl.lit(date(2022, 9, 1))
    )
    after = related(post([pl.concat([table, again])]).entries)
    assert after.equals(before())


@pytest.mark.slow(all=True)
@pytest.mark.parametrize("column", COMPARED)
def test_an_emptied_column_changes_only_what_is_said_of_it(column: str) -> None:
    """Nobody says it any more; clusters that fall apart for it are told by the comparison that lacks it."""
    table = ledger().with_columns(pl.lit(None, ENTRIES[column]).alias(column))
    explained(related(table), COMPARED[column])


@pytest.mark.parametrize("column", ["good", "quantity", "implementer", "text"])
def test_no_one_column_holds_the_clusters_together(column: str) -> None:
    """The others say enough."""
    table = ledger().with_columns(pl.lit(None, ENTRIES[column]).alias(column))
    assert clusters(related(table)) == clusters(before())
