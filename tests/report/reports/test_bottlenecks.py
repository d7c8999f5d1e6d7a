"""What would bring more: each bottleneck that was tried, in words and as a table."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from tests.report import cases
from tests.report.cases import case
from tests.report.views import seen_case

from konvoi.plan.bottlenecks import BOTTLENECKS
from konvoi.report.language import Language
from konvoi.report.page import Number, Section
from konvoi.report.reports.bottlenecks import section

ENGLISH = Language("en")
MONDAY = date(2026, 4, 6)
LORRY: dict[str, object] = {
    "kind": "lane",
    "key": "L4",
    "resource": "tonnes",
    "from": MONDAY,
    "to": date(2026, 4, 13),
    "more": Decimal(20),
    "price": Decimal(9),
    "gain": Decimal(7),
    "good": "tent",
    "site": "karsk",
    "quantity": Decimal(7),
}


def tried(*rows: dict[str, object]) -> dict[str, pl.DataFrame]:
    return {**cases.tables(), "bottlenecks": pl.DataFrame(list(rows), schema=BOTTLENECKS)}


def drawn(*rows: dict[str, object]) -> Section:
    found = section(case(tables=tried(*rows)))
    assert found is not None
    return found


def said(*rows: dict[str, object]) -> list[str]:
    return [ENGLISH.text(sentence) for sentence in drawn(*rows).answer]


def test_more_room_is_told_as_a_lorry_or_a_train_a_week() -> None:
    """A train is what stands for a lane by rail: 1,000 t."""
    lorry, train = said(LORRY, LORRY | {"more": Decimal(1000)})
    assert lorry.startswith(
        "One more lorry (20 t) a week at Lorn Hub (Лорн) → Karsk (Карськ) in 2026-W15 – 2026-W16"
    )
    assert train.startswith("One more train (1,000 t) a week on Lorn Hub")


def test_a_tranche_a_week_later_costs_what_comes_no_more() -> None:
    money = {"kind": "budget", "key": "B-1", "resource": "money", "to": MONDAY, "more": Decimal(7)}
    later = LORRY | money | {"gain": Decimal(-5), "quantity": Decimal(-5)}
    (sentence,) = said(later)
    assert sentence.startswith("A week of delay of B-1's tranche of 6 Apr 2026 costs 5")
    assert [ENGLISH.text(value) for value in drawn(later).tables[0].rows[0]][1:3] == [
        "7 days later",
        "6 Apr 2026",
    ]


def test_where_all_was_tried_in_vain_it_says_so_and_where_nothing_was_tried_nothing() -> None:
    assert said() == ["Removing any single bottleneck would not increase deliveries."]
    assert section(case()) is None


@pytest.mark.parametrize("reader", ["public", "XA"])
def test_bottlenecks_are_the_coordination_cells_alone(reader: str) -> None:
    """What was tried rests on all movements."""
    assert section(seen_case(case(tables=tried(LORRY)), reader)) is None


def test_each_figure_opens_the_capacities_of_its_place() -> None:
    behind = [value.behind for value in drawn(LORRY).tables[0].rows[0] if isinstance(value, Number)]
    assert behind
    assert all(ids and all(id.startswith("capacities/L4#") for id in ids) for ids in behind)
