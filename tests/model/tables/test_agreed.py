"""The tables of what was agreed: each row names the one before it, from the document to the call-off."""

from konvoi.model.stages import Stage
from konvoi.model.table import Column, Table
from konvoi.model.tables.agreed import ALLOCATIONS, CALL_OFFS, DOCUMENTS, UNDERTAKINGS
from konvoi.model.tables.words import CONTRACTS, LINES


def column(table: Table, name: str) -> Column:
    return next(one for one in table.columns if one.name == name)


def test_each_names_its_parent() -> None:
    """Document, undertaking, allocation, line, contract, call-off."""
    assert column(UNDERTAKINGS, "document").refers == DOCUMENTS.name
    assert column(ALLOCATIONS, "undertaking").refers == UNDERTAKINGS.name
    assert column(ALLOCATIONS, "line").refers == LINES.name
    assert column(CALL_OFFS, "contract").refers == CONTRACTS.name


def test_a_parent_that_is_not_known_need_not_be_invented() -> None:
    """An allocation without an undertaking is normal, and so is a contract whose line is not known yet."""
    for table, name in ((ALLOCATIONS, "undertaking"), (ALLOCATIONS, "line"), (CONTRACTS, "line")):
        assert not column(table, name).must


def test_a_statement_of_the_past_is_a_force_of_its_own() -> None:
    """What was given before is told in agreements and is never promised by them."""
    assert "statement of the past" in column(UNDERTAKINGS, "force").choices
    assert Stage.PLEDGED not in column(UNDERTAKINGS, "force").choices
