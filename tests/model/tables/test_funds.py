"""The tables of economic packages: children name their parents, and what is not known is not asked for."""

from konvoi.model.table import Column, Table, Type
from konvoi.model.tables.funds import ASSESSMENTS, CONDITIONS, MEMBERS, PROGRAMMES, TRANCHES


def column(table: Table, name: str) -> Column:
    return next(one for one in table.columns if one.name == name)


def test_each_names_its_parent() -> None:
    """Programme, tranche, condition, assessment."""
    assert column(TRANCHES, "programme").refers == PROGRAMMES.name
    assert column(CONDITIONS, "programme").refers == PROGRAMMES.name
    assert column(CONDITIONS, "tranche").refers == TRANCHES.name
    assert column(ASSESSMENTS, "condition").refers == CONDITIONS.name
    assert column(ASSESSMENTS, "tranche").refers == TRANCHES.name


def test_a_catalogue_of_steps_may_leave_open_tranche_day_and_weight() -> None:
    """The Ukraine Plan says what is to be done; a table brings the rest."""
    assert {one.name for one in CONDITIONS.columns if one.must} == {"condition", "programme", "title"}


def test_a_condition_has_no_state_of_its_own() -> None:
    """Only an assessment says that it is met."""
    assert {"state", "met", "verdict"} & {one.name for one in CONDITIONS.columns} == set()


def test_amounts_stand_beside_their_currency() -> None:
    for table in MEMBERS:
        assert any(one.type == Type.MONEY for one in table.columns)
        assert column(table, "currency").type == Type.CURRENCY
