"""Givers by whatever name."""

import pytest

from konvoi.model.party import states
from konvoi.reconcile.donors import giver


@pytest.mark.parametrize(
    "name", ["Germany", "Germany, Government of", "Allemagne", "Niemcy", "Німеччина", "BMZ", "DE"]
)
def test_one_state_has_many_names(name: str) -> None:
    assert giver(name) == "DE"


def test_a_slip_in_a_long_name_is_read_where_only_one_is_meant() -> None:
    """Nigera may be Niger or Nigeria."""
    assert giver("Bulgria") == "BG"
    assert giver("Nigera") is None


def test_every_state_is_known_by_its_code_and_name() -> None:
    assert [code for code, name in states().items() if giver(code) != code or giver(name) is None] == []


def test_an_organisation_is_no_state() -> None:
    assert giver("Harbour Relief Ltd") is None
