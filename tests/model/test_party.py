"""Who a name means."""

import pytest

from konvoi.kit.text import fold
from konvoi.model.party import EU_MEMBERS, GROUPS, INSTITUTIONS, LANGUAGES, party_id, party_name, states


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Czech Republic", "CZ"),
        ("south korea", "KR"),
        ("USA", "US"),
        ("UK", "GB"),
        ("Велика Британія", "GB"),
        ("Tschechien", "CZ"),
        ("UKR", "UA"),
        ("EU (Commission and Council)", "EU-COM"),
        ("European Investment Bank", "EIB"),
        ("European Peace Facility", "EPF"),
        ("European Council", "EU-EUCO"),
        ("European Commission", "EU-EC"),
        ("NATO", "NATO"),
        ("Turkey", "TR"),
        ("  türkiye ", "TR"),
    ],
)
def test_names_in_three_languages_codes_and_aliases_mean_one_party(name: str, party: str) -> None:
    assert party_id(name) == party


def test_a_name_that_nobody_knows_is_not_guessed() -> None:
    assert party_id("Korea") is None
    assert party_id("Polland") is None
    assert party_id("") is None


def test_no_spelling_means_two_states() -> None:
    for language in LANGUAGES:
        names = [fold(name) for name in states(language).values()]
        assert len(names) == len(set(names))


def test_each_id_is_found_by_its_own_names() -> None:
    for party in (*states(), *INSTITUTIONS):
        for language in LANGUAGES:
            assert party_id(party_name(party, language)) == party


def test_the_union_has_27_members_and_its_institutions() -> None:
    assert len(EU_MEMBERS) == 27
    assert set(EU_MEMBERS) < set(GROUPS["EU"])
    assert {"EU-COM", "EIB", "EPF"} < set(GROUPS["EU"])
    assert "GB" not in GROUPS["EU"]
