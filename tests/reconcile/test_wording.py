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
