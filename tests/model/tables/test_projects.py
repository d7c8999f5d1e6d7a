"""The tables of reconstruction: what is not known is not asked for; nothing but an attestation says met."""

from konvoi.model.table import Column, Table, Type
from konvoi.model.tables.projects import (
    ATTESTATIONS,
    DAMAGES,
    FINANCING,
    MEMBERS,
    PRINCIPLES_TABLE,
    PROJECTS,
)


def column(table: Table, name: str) -> Column:
    return next(one for one in table.columns if one.name == name)


def test_money_damage_and_attestations_name_their_project() -> None:
    for table in (FINANCING, DAMAGES, ATTESTATIONS):
        assert column(table, "project").refers == PROJECTS.name


def test_damage_is_nothing_without_amount_method_and_day() -> None:
    assert {one.name for one in DAMAGES.columns if one.must} == {
        *("damage", "amount", "currency", "method", "day")
    }


def test_a_principle_names_what_adopted_it_its_threshold_and_who_may_attest_it() -> None:
    names = {one.name for one in PRINCIPLES_TABLE.columns}
    assert {"decision", "document", "clause", "threshold", "attested_by"} <= names
    assert column(PRINCIPLES_TABLE, "decision").refers == "decisions"


def test_a_project_has_no_answer_of_its_own_and_may_lie_in_several_communities() -> None:
    assert {"met", "verdict", "state"} & {one.name for one in PROJECTS.columns} == set()
    assert column(PROJECTS, "communities").type == Type.LIST


def test_amounts_stand_beside_their_currency() -> None:
    for table in MEMBERS:
        if any(one.type == Type.MONEY for one in table.columns):
            assert column(table, "currency").type == Type.CURRENCY
