"""Check digits hold for real public numbers and break with each digit that is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from konvoi.align.identifiers import TYPES, fits, identifier

# Published numbers of banks, ministries, ships and a company of ships.
HOLDING = {
    "imo-ship": "9074729",
    "imo-company": "5213962",
    "inn": "7707083893",
    "ogrn": "1027700132195",
    "edrpou": "00032129",
    "rnokpp": "2086000524",
    "lei": "529900T8BM49AURSDO55",
}


@pytest.mark.parametrize("type", sorted(HOLDING))
def test_a_number_that_holds_is_valid_and_a_changed_digit_is_not(type: str) -> None:
    value = HOLDING[type]
    assert fits(type, value)
    wrong = value[:-1] + str((int(value[-1]) + 1) % 10)
    found = identifier(type, wrong)
    assert found is not None
    assert found.valid is False


@pytest.mark.parametrize("value", ["500100732259", "316861700133226"])
def test_longer_forms_hold_as_well(value: str) -> None:
    """An INN of a person has two check digits, an OGRN of a sole trader fifteen digits."""
    assert fits("inn" if len(value) == 12 else "ogrn", value)


def test_the_number_of_a_ship_is_not_that_of_a_company() -> None:
    assert not fits("imo-company", HOLDING["imo-ship"])
    assert not fits("imo-ship", HOLDING["imo-company"])


def test_a_series_typed_in_cyrillic_letters_that_look_latin_is_the_same() -> None:
    """ЕС in Cyrillic is EC; a letter that only Cyrillic has stays, and so do those beside it."""
    (cyrillic, latin, other) = (
        identifier("passport", text) for text in ("ЕС 441077", "EC441077", "ФС 441077")
    )
    assert cyrillic is not None
    assert latin is not None
    assert other is not None
    assert (cyrillic.value == latin.value, other.value) == (True, "ФС441077")


@given(text=st.text(max_size=40), type=st.sampled_from(sorted(TYPES)))
def test_no_text_raises_and_what_is_found_is_folded(text: str, type: str) -> None:
    found = identifier(type, text)
    if found:
        assert found.value == found.value.upper()
        assert found.value.isalnum()
        again = identifier(type, found.value)
        assert again is not None
        assert again.value == found.value
