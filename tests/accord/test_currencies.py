"""Currencies by code, sign and name, and those that depend on whose word it is."""

import pytest

from konvoi.accord.currencies import CODES, currency, home


@pytest.mark.parametrize(
    ("written", "own", "code"),
    [
        *(("US$", "", "USD"), ("$", "", "USD"), ("$", "CAD", "CAD"), ("$", "EUR", "USD")),
        *(("Swedish kronor", "", "SEK"), ("kroner", "NOK", "NOK"), ("kroner", "", ""), ("kr", "DKK", "DKK")),
        *(
            ("pounds sterling", "", "GBP"),
            ("zlotys", "", "PLN"),
            ("Swiss  francs", "", "CHF"),
            ("євро", "", "EUR"),
        ),
    ],
)
def test_a_name_means_one_currency_or_none(written: str, own: str, code: str) -> None:
    assert currency(written, own) == code


def test_every_currency_has_its_code_for_a_name() -> None:
    assert [currency(code.lower()) for code in CODES] == CODES


def test_what_is_no_state_has_no_currency_of_its_own() -> None:
    assert (home("IS"), home("NATO"), home("EU"), home("")) == ("ISK", "", "", "")
