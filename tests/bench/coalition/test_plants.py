"""Each fault states what its name says, and its truth is that of a careful person."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from bench.coalition.build import FAULTS, fault_documents, small, truth
from bench.coalition.measure import ROUNDING
from bench.coalition.plants import Plant
from bench.coalition.world import eur


def _plant(fault: str) -> Plant:
    world, _ = small(4)
    return FAULTS[fault](world)


def _stated(plant: Plant) -> list[Decimal]:
    """Return the amounts of all rows of packages in EUR, in the order of handing in."""
    return [
        eur(amount, str(row["currency"]))
        for document in fault_documents([plant])
        for row in document.tables.get("packages", [])
        if isinstance(amount := row["amount"], Decimal)
    ]


@pytest.mark.parametrize(
    ("fault", "true"),
    [
        ("correction-down", lambda stated: stated[1]),
        ("correction-up", lambda stated: stated[1]),
        ("quantity-corrected", lambda stated: stated[0]),
        ("withdrawn-by-zero", lambda stated: Decimal(0)),
        ("withdrawn-by-stage", lambda stated: Decimal(0)),
        ("same-day-conflict", min),
        ("file-twice", lambda stated: stated[0] + stated[1]),
        ("version-supersedes", lambda stated: stated[3] + stated[4]),
        ("refund", sum),
        ("stages-of-one", lambda stated: stated[0]),
        ("renewed-promise", lambda stated: stated[0]),
        ("to-date-by-giver", lambda stated: stated[0] + stated[1] + stated[2]),
        ("amount-missing", lambda stated: Decimal(0)),
    ],
)
def test_the_truth_of_a_fault_follows_from_its_rows(
    fault: str, true: Callable[[list[Decimal]], Decimal]
) -> None:
    plant = _plant(fault)
    assert truth(plant.gifts).total == true(_stated(plant))


@pytest.mark.parametrize("fault", ["wrong-currency", "factor-1000-low", "factor-1000-high", "factor-10"])
def test_a_wrong_scale_or_currency_states_the_truth_and_the_excess(fault: str) -> None:
    plant = _plant(fault)
    (stated,), ((_, _, excess),) = _stated(plant), plant.excess
    assert stated == truth(plant.gifts).total + excess
    assert excess != 0


def test_each_of_three_partners_states_the_whole_of_a_joint_package_in_its_own_currency() -> None:
    plant = _plant("joint-whole-by-each")
    true = truth(plant.gifts)
    assert len(true.partners) == 3
    assert all(abs(stated - true.total) < ROUNDING for stated in _stated(plant))
