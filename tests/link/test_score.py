"""Probabilities that contradict the prior are reported, and only these."""

from dataclasses import replace

import polars as pl
import pytest
from tests.link.people import PEOPLE, SETTINGS

from konvoi.link.levels import equal
from konvoi.link.match import match
from konvoi.link.settings import Block, Settings

RULES = Settings(
    (equal("name", true=0.9, chance=0.01), equal("born", true=0.9, chance=0.01)),
    (Block("town", ("town",)),),
    prior=0.01,
)


def table(twice: int, once: int) -> pl.DataFrame:
    """People of one town: so many are in it twice, the others once, none of another's name or birthday."""
    of = [n for n in range(twice) for _ in range(2)] + list(range(twice, twice + once))
    return pl.DataFrame({"id": [f"{n:04}" for n in range(len(of))], "name": of, "born": of}).with_columns(
        pl.col("name", "born").cast(pl.String), town=pl.lit("Lviv")
    )


def codes(records: pl.DataFrame, settings: Settings) -> list[str]:
    return [one.code for one in match(records, settings).findings]


def test_a_prior_that_the_answers_confirm_is_not_reported() -> None:
    """25 of 2,775 pairs are true, 0.9 in a hundred; the prior says one in a hundred."""
    assert codes(table(25, 25), RULES) == []


@pytest.mark.parametrize("prior", [0.0005, 0.1])
def test_a_prior_far_from_the_sum_of_probabilities_is_reported(prior: float) -> None:
    """8 or 278 pairs are expected where 75 or 25 are true; sums below ten pairs count as ten."""
    rules = replace(RULES, prior=prior)
    records = table(75, 25) if prior < 0.01 else table(25, 25)
    assert codes(records, rules) == ["prior-contradicted"]


def test_what_is_found_and_the_pairs_stand_in_the_finding() -> None:
    (finding,) = match(table(25, 25), replace(RULES, prior=0.1)).findings
    assert finding.read == "0.1"
    assert finding.values == {"found": "0.01", "pairs": "2775"}


def test_few_pairs_contradict_nothing() -> None:
    """All pairs of ten records are true, but there are only five of them."""
    assert codes(table(5, 0), replace(RULES, prior=0.0001)) == []
    assert codes(PEOPLE, SETTINGS) == []


def test_weights_that_were_learnt_elsewhere_are_doubted_too() -> None:
    """A table of doubles teaches a prior that a table without any contradicts."""
    rules = replace(RULES, learn=True)
    learnt = match(table(45, 0), rules)
    assert learnt.findings == ()
    assert learnt.used is not None
    other = match(table(0, 200), rules, weights=replace(learnt.used, prior=0.05))
    assert [one.code for one in other.findings] == ["prior-contradicted"]
