"""The tables of what is needed and what is offered: what the planner cannot do without."""

import pytest

from konvoi.model.table import Table, Type
from konvoi.model.tables.supplies import BUDGETS, EQUIVALENCES, GOODS, KITS, NEEDS, OFFERS


def _must(table: Table) -> set[str]:
    return {column.name for column in table.columns if column.must}


def test_a_need_says_what_how_much_where_and_until_when() -> None:
    """Everything else has a meaning where it is left out."""
    assert _must(NEEDS) == {"need", "good", "quantity", "site", "due"}


def test_an_offer_says_who_what_how_much_and_from_where() -> None:
    """From when is: at once, where it is left out."""
    assert _must(OFFERS) == {"offer", "party", "good", "quantity", "site"}


@pytest.mark.parametrize("name", ["weight_kg", "volume_m3", "pallets", "neq_kg"])
def test_what_a_good_takes_has_a_unit_and_may_be_unknown(name: str) -> None:
    """Unknown is not zero: such a good cannot be loaded against a limit in that unit."""
    column = next(column for column in GOODS.columns if column.name == name)
    assert (column.type, column.must, bool(column.unit)) == (Type.NUMBER, False, True)


def test_rows_of_a_kit_and_of_an_equivalence_are_told_apart_by_both_ends() -> None:
    """One kit has several components, one good serves several needs."""
    assert KITS.key == ("kit", "need")
    assert EQUIVALENCES.key == ("good", "serves")


def test_several_rows_may_share_a_budget() -> None:
    """Tranches and what may be bought stand in rows of their own, so the budget is no key."""
    assert BUDGETS.key == ()
