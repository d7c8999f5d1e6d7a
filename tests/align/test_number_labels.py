"""Numbers called by name: the value after the name, or before it in brackets, is taken out of the text."""

import pytest

from konvoi.align.listing import Kind
from konvoi.align.number_labels import LISTED, OWN, imo_types, labelled


def test_what_is_called_by_name_is_taken_out_of_the_text() -> None:
    found, rest = labelled("INN: 7707083893, passport 12345", LISTED, None)
    assert [(one.type, one.value) for one in found] == [("inn", "7707083893")]
    assert ("7707083893" in rest, "passport 12345" in rest) == (False, True)


def test_a_text_of_a_list_names_passports_and_ships_of_others() -> None:
    """Only in a field of a party's own numbers are these its own."""
    text = "operates the ship IMO 9074729, passport EC922162"
    assert labelled(text, LISTED, Kind.ENTITY)[0] == ()
    assert [one.type for one in labelled(text, OWN, Kind.ENTITY)[0]] == ["imo-ship", "passport"]


@pytest.mark.parametrize(
    ("value", "kind", "types"),
    [
        ("5213962", Kind.SHIP, ("imo-ship",)),
        ("9074729", Kind.PERSON, ("imo-company",)),
        ("9074729", Kind.ENTITY, ("imo-ship",)),
        ("9074728", Kind.ENTITY, ("imo-company",)),
        ("8000020", Kind.ENTITY, ("imo-company",)),
        ("8000020", None, ("imo-ship", "imo-company")),
    ],
)
def test_a_ship_has_its_own_number_and_an_organisation_its_companys(
    value: str, kind: Kind | None, types: tuple[str, ...]
) -> None:
    assert imo_types(value, kind) == types
