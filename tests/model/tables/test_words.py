"""The tables of what was said, and what holds for every table of the workbook."""

import pytest

from konvoi.model.stages import NOT_STATED, ROUTES, Stage
from konvoi.model.table import QUANTITY, Table, Type
from konvoi.model.tables import BY_NAME, TABLES
from konvoi.model.tables.words import LINES, MEMBERS, MOVEMENTS, PACKAGES, RECEIPTS

EVERY = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@EVERY
def test_a_table_has_at_most_sixteen_columns_of_which_five_must_be_filled(table: Table) -> None:
    """What is wider than a screen is filled wrongly; what must be filled but is not known is invented.

    Names in other languages stand at the end of a table of places, where nobody has to fill them.
    """
    spoken = {"name_de", "name_uk"} if table.name == "sites" else set()
    assert len([column for column in table.columns if column.name not in spoken]) <= 16
    assert len([column for column in table.columns if column.desk and column.name not in spoken]) <= 12
    assert all(column.desk for column in table.columns if column.must)
    assert 1 <= sum(column.must for column in table.columns) <= 5


@EVERY
def test_a_key_is_made_of_columns_that_must_be_filled(table: Table) -> None:
    """A row without its key could not be recognised in a later version."""
    must = {column.name for column in table.columns if column.must}
    # A standard of one version need not name it; nor a tranche its day and part where nobody knows them.
    assert set(table.key) - {"version", "day", "part"} <= must


@EVERY
def test_a_reference_leads_to_a_table_with_a_key(table: Table) -> None:
    """Otherwise nobody could tell which row is meant."""
    goals = {column.refers for column in table.columns if column.refers}
    assert [goal for goal in sorted(goals) if not BY_NAME[goal].key] == []


@EVERY
def test_choices_are_given_where_there_is_a_choice_and_nowhere_else(table: Table) -> None:
    """And none is offered twice."""
    for column in table.columns:
        assert bool(column.choices) == (column.type == Type.CHOICE), column.name
        assert len(set(column.choices)) == len(column.choices), column.name


@EVERY
def test_an_amount_stands_beside_its_currency(table: Table) -> None:
    """An amount without one cannot be kept in minor units."""
    kinds = {column.type for column in table.columns}
    assert Type.MONEY not in kinds or Type.CURRENCY in kinds


@EVERY
def test_no_name_is_given_twice(table: Table) -> None:
    """Neither to two columns of a table nor to two tables."""
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert [other.name for other in TABLES].count(table.name) == 1


def test_a_frame_has_the_columns_and_where_each_row_comes_from() -> None:
    """Amounts are whole minor units, quantities exact decimals."""
    schema = LINES.schema()
    assert schema.names() == [*(column.name for column in LINES.columns), "_file", "_sheet", "_row"]
    assert str(schema["amount"]) == "Int64"
    assert schema["quantity"] == QUANTITY
    assert LINES.empty().schema == schema


def test_a_package_a_line_a_movement_and_a_receipt_follow_one_another() -> None:
    """Each names the one before it."""
    refers = {table.name: {c.refers for c in table.columns if c.refers} for table in MEMBERS}
    assert "packages" in refers[LINES.name]
    assert "lines" in refers[MOVEMENTS.name]
    assert {column.name for column in RECEIPTS.columns if column.must} >= {"reference", "received"}


def test_choices_of_stages_and_routes_are_those_of_the_ledger() -> None:
    """A word that the ledger does not know would never count."""
    stages = {
        c for t in (PACKAGES, MOVEMENTS) for col in t.columns if col.name == "stage" for c in col.choices
    }
    assert stages <= set(Stage)
    routes = next(column for column in LINES.columns if column.name == "route")
    assert routes.choices == (*ROUTES, NOT_STATED)
