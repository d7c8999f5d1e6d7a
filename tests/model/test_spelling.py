"""A state is known by its name in many languages, and as a government; two states never become one."""

import pytest

from konvoi.model.party import EU_MEMBERS, party_name
from konvoi.model.spelling import parties_like, party_misspelt, party_named


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Rep. of Poland", "PL"),
        ("Kingdom of Denmark", "DK"),
        ("Bundesrepublik Deutschland", "DE"),
        ("Польща", "PL"),
        ("Republique francaise", "FR"),
        ("Norwegian MoD", "NO"),
        ("Norvegia", "NO"),
        ("Gouvernement : Espagne", "ES"),
        ("МЗС Німеччини", "DE"),
        ("Unión Europea", "EU"),
        ("Swiss Confederation", "CH"),
    ],
)
def test_a_name_in_any_language_or_form_is_the_state(name: str, party: str) -> None:
    assert party_named(name) == party


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Republic of the Congo", "Democratic Republic of the Congo"),
        ("Republic of Korea", "Democratic People's Republic of Korea"),
        ("Dominica", "Dominican Republic"),
        ("Guinea", "Papua New Guinea"),
        ("Niger", "Nigeria"),
        ("Sudan", "South Sudan"),
        ("China", "Republic of China"),
    ],
)
def test_two_states_of_like_names_stay_two(one: str, other: str) -> None:
    assert party_named(one) is not None
    assert party_named(other) is not None
    assert party_named(one) != party_named(other)


@pytest.mark.parametrize(
    "name",
    [
        "Congo",
        "State of Georgia",
        "Red Cross of Poland",
        "New Jersey",
        "Northern Ireland",
        "Washington",
        "Nigera",
    ],
)
def test_what_may_be_another_is_nobody(name: str) -> None:
    assert party_named(name) is None
    assert party_misspelt(name) is None


def test_a_slip_in_a_long_name_is_read_where_only_one_is_meant() -> None:
    assert party_misspelt("Gernany") == "DE"
    assert party_misspelt("Govt of Netheralnds") == "NL"
    assert party_misspelt("Austrlia") is None
    assert parties_like("Austrlia") == ("AT", "AU")


@pytest.mark.parametrize("party", EU_MEMBERS)
def test_every_member_is_itself_as_a_ministry_and_in_three_languages(party: str) -> None:
    for language in ("en", "de", "uk"):
        assert party_named(party_name(party, language)) == party
        assert party_named(f"{party_name(party, language)} - Ministry of Foreign Affairs") == party
