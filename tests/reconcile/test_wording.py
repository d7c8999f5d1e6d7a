"""What a text says: kind of good, place, number, in five languages and with slips of the pen."""

import pytest

from konvoi.reconcile.wording import said


@pytest.mark.parametrize(
    "text",
    [
        "20 diesel generators",
        "Stromaggregate",
        "groupes électrogènes",
        "дизельні генератори",
        "agregaty prądotwórcze",
    ],
)
def test_one_kind_of_good_in_five_languages(text: str) -> None:
    assert said(text).thing == "generator"


def test_what_is_not_given_is_told_apart() -> None:
    assert said("helmets instead of drones")[:2] == ("helmet", "drone")


@pytest.mark.parametrize("text", ["ambbulances", "amblances", "abmulances"])
def test_a_letter_doubled_lost_or_swapped_in_a_long_word_does_no_harm(text: str) -> None:
    assert said(text).thing == "ambulance"


def test_nothing_known_is_nothing_said() -> None:
    assert said("155 things") == (None,) * 5


@pytest.mark.parametrize(
    "text", ["gemeinsames Paket Artilleriegeschosse", "ліки спільний пакет", "wspólny pakiet: drony"]
)
def test_a_short_word_of_one_language_is_not_a_slip_in_a_long_one_of_another(text: str) -> None:
    """Paket is German and Ukrainian, pakiet Polish: one letter apart, and each is a joint package."""
    assert said(text).lead == "joint"


@pytest.mark.parametrize(
    "text",
    [
        "ambulances (hospital no. 51)",
        "Krankenwagen für das Krankenhaus Nr. 51",
        "ambulances, hôpital n° 51",
        "карети швидкої допомоги (лікарня № 51)",
        "karetki, szpital nr 51",
        "ambulances (hosptial no. 51)",
    ],
)
def test_a_number_is_told_with_the_kind_of_thing_that_bears_it_in_five_languages(text: str) -> None:
    assert said(text).numbered == "hospital 51"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("transformers (substation 51)", "substation 51"),
        ("Transformatoren (Umspannwerk 51)", "substation 51"),
        ("transformateurs (poste électrique 51)", "substation 51"),
        ("transformers No. 51", "51"),
        ("transformers (51)", "51"),
        ("hospital beds for the towns of the north, No. 51", "51"),
        ("gemeinsames Paket (Beschluss Nr. 7)", "decision 7"),
    ],
)
def test_things_of_two_kinds_with_one_number_are_two_and_an_unknown_kind_is_none(
    text: str, number: str
) -> None:
    assert said(text).numbered == number
