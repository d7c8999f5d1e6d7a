"""Countries of boundaries have the three letters of today."""

import pytest

from konvoi.model.country import three_letters
from konvoi.model.party import states


@pytest.mark.parametrize(
    ("two", "three"),
    [("DE", "DEU"), ("RU", "RUS"), ("CD", "COD"), ("MM", "MMR"), ("TL", "TLS"), ("YE", "YEM"), ("FR", "FRA")],
)
def test_former_states_do_not_stand_for_those_of_today(two: str, three: str) -> None:
    assert three_letters(two) == three


def test_no_code_means_two_states() -> None:
    codes = [code for two in states() if (code := three_letters(two))]
    assert len(codes) == len(set(codes)) > 240


def test_what_is_no_code_has_none() -> None:
    assert three_letters("ZZ") is None
