"""Numbers of parties, and ships: what screening goes by beside names."""

from konvoi.align.identifiers import TYPES
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.screening import HULLS, IDENTITIES, IDENTITY_TYPES


def test_every_type_is_one_that_lists_bear_or_a_day_of_birth() -> None:
    assert set(IDENTITY_TYPES) - {"born"} <= set(TYPES)


def test_a_number_belongs_to_a_party_and_a_party_may_have_several_of_one_type() -> None:
    assert next(one.refers for one in IDENTITIES.columns if one.name == "party") == "parties"
    assert IDENTITIES.key == ("party", "type", "value")


def test_a_ship_needs_no_more_than_an_id_and_a_name() -> None:
    assert {one.name for one in HULLS.columns if one.must} == {"hull", "name"}
    assert {"identities", "hulls"} <= set(BY_NAME)
