"""The totals of a brief, and what each source gave to one that mixes several."""

from decimal import Decimal

import polars as pl
from tests.ledger.ledgers import ledger

from konvoi.flow.gathered import DOCUMENTS, Gathered
from konvoi.flow.ledger.brief_totals import ALWAYS, totals
from konvoi.flow.settings import Settings
from konvoi.flow.totals_asked import ask, sources
from konvoi.ledger.question import Question
from konvoi.ledger.units import FULFILLED


def gathered(*rows: dict[str, object]) -> Gathered:
    """What was gathered of some entries."""
    return Gathered(
        ledger=ledger(*rows),
        tables={},
        documents=pl.DataFrame(schema=DOCUMENTS),
        claims=pl.DataFrame(),
        findings=(),
    )


TENT: dict[str, object] = {
    "package": "P",
    "line": "L",
    "good": "tent",
    "quantity": Decimal(5),
    "unit": "piece",
}


def test_a_stage_that_entries_name_is_told_besides_those_that_always_are() -> None:
    drawn = totals(gathered({"stage": "paid in", "route": "pooled fund"}), Settings())
    stages = [name.rpartition("/")[2] for name in drawn if name.startswith("tempo/amount/")]
    assert stages == [*ALWAYS, "paid in", FULFILLED]


def test_a_good_has_its_word_what_its_entries_name_and_an_end_where_one_is_reported() -> None:
    made = gathered(
        TENT | {"stage": "committed"},
        TENT | {"stage": "received", "quantity": Decimal(2)},
        TENT | {"stage": "committed", "line": "M", "good": "tank"},
    )
    drawn = totals(made, Settings())
    values = {n: t.value for n, t in drawn.items() if n.startswith("funnel/quantity/")}
    assert values == {
        "funnel/quantity/tank/committed": 5,
        "funnel/quantity/tank/pledged": 5,
        "funnel/quantity/tent/committed": 5,
        "funnel/quantity/tent/pledged": 5,
        "funnel/quantity/tent/received": 2,
        "funnel/quantity/tent/fulfilled": 2,
    }


def test_a_total_that_mixes_sources_has_one_by_variant_beside_it_and_no_other_has() -> None:
    both = gathered(
        {"variant": "kiel"}, {"variant": "fts", "stage": "committed"}, TENT, TENT | {"variant": "kiel"}
    )
    drawn = totals(both, Settings())
    assert [name for name in drawn if name.startswith("mixed/")] == [
        "mixed/amount/pledged",
        "mixed/quantity/tent/pledged",
    ]
    assert {part.key: part.value for part in drawn["mixed/amount/pledged"].by} == {
        "kiel": Decimal("1.00"),
        "fts": Decimal("1.00"),
        "kiel + konvoi": Decimal("2.00"),
    }


def test_what_each_source_gave_is_told_of_mixed_totals_alone() -> None:
    both = gathered({"variant": "kiel"}, {"variant": "fts", "amount_minor": 2_00})
    mixed = Question(mix=True)
    parts = sources(both, mixed, Settings(), ask(both, mixed, Settings()))
    assert [(part.key, part.value) for part in parts] == [("fts", Decimal("2.00")), ("kiel", Decimal("1.00"))]
    assert sources(both, Question(), Settings(), ask(both, Question(), Settings())) == ()
    one = gathered({})
    assert sources(one, mixed, Settings(), ask(one, mixed, Settings())) == ()
