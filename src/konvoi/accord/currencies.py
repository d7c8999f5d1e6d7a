"""Currencies as running text writes them: codes, signs and names, some of which several states share."""

import re
from functools import cache

from babel.numbers import get_currency_name, get_territory_currencies

CODES = (
    "EUR GBP USD SEK DKK NOK ISK PLN CHF CAD AUD NZD JPY CZK UAH HUF RON BGN TRY KRW TWD SGD ALL MKD MDL GEL"
).split()
"""Currencies of states that support one another, by ISO 4217; the source of names is CLDR."""

_SIGNS = {
    "us$": "USD",
    "usd$": "USD",
    "c$": "CAD",
    "ca$": "CAD",
    "cad$": "CAD",
    "cdn$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "nz$": "NZD",
    "£": "GBP",
    "€": "EUR",
    "¥": "JPY",
    "zł": "PLN",
    "kč": "CZK",
    "₴": "UAH",
}
_NAMES = {
    "EUR": ("euro", "euros", "євро"),
    "GBP": ("pounds sterling", "pound sterling", "pounds", "sterling"),
    "USD": ("us dollars", "u.s. dollars", "american dollars", "united states dollars", "доларів США"),
    "PLN": ("zloty", "zlotys", "zlotych", "złoty", "złotych", "polish zloty"),
    "JPY": ("yen", "japanese yen"),
    "CZK": ("czech crowns", "czech koruna", "czech koruny", "koruna", "korunas", "koruny"),
    "SEK": ("swedish crowns", "swedish krona"),
    "NOK": ("norwegian crowns", "norwegian krone"),
    "DKK": ("danish crowns", "danish krone"),
    "ISK": ("icelandic kronur", "icelandic krona", "icelandic kroner"),
    "UAH": ("hryvnia", "hryvnias", "hryvnya", "гривень", "грн"),
    "HUF": ("forints", "forint"),
    "BGN": ("leva", "lev"),
    "ALL": ("albanian lek", "lek", "lekë"),
    "RON": ("lei", "romanian lei"),
    "CAD": ("canadian dollar",),
    "AUD": ("australian dollar",),
}
_SHARED = {
    **dict.fromkeys(("$", "dollars", "dollar"), ("USD", "CAD", "AUD", "NZD", "SGD", "TWD")),
    **dict.fromkeys(
        ("kr", "kronor", "kroner", "krone", "krona", "kronur", "krónur", "crowns"),
        ("SEK", "NOK", "DKK", "ISK", "CZK"),
    ),
    **dict.fromkeys(("francs", "franc"), ("CHF",)),
}
"""Names of several currencies: that of the giver's own state is meant, if it is one of them."""


def home(party: str) -> str:
    """Return the currency of a state by its id; empty where it is none, or not known.

    >>> home("NO"), home("DE"), home("EU-COM")
    ('NOK', 'EUR', '')
    """
    return next(iter(get_territory_currencies(party)), "") if len(party) == 2 and party != "EU" else ""


def currency(written: str, own: str = "") -> str:
    """Return the currency that a code, a sign or a name means; empty where it may be several.

    own: the currency of the giver. A dollar sign alone is that of the United States, unless the giver has a
    dollar of its own.

    >>> currency("Norwegian kroner"), currency("kroner", "DKK"), currency("kroner"), currency("$", "CAD")
    ('NOK', 'DKK', '', 'CAD')
    """
    text = re.sub(r"\s+", " ", written.casefold())
    if several := _SHARED.get(text):
        return own if own in several else several[0] if several[0] in ("USD", "CHF") else ""
    return _spellings().get(text, "")


@cache
def patterns() -> tuple[str, str]:
    """Return patterns of what stands before a number (codes, signs) and of what stands behind it."""
    signs = sorted({*_SIGNS, "$"}, key=len, reverse=True)
    before = "|".join([*(rf"(?<!\w){re.escape(one)}" for one in signs), rf"\b(?:{'|'.join(CODES)})\b"])
    names = sorted({*_spellings(), *_SHARED} - {*signs}, key=len, reverse=True)
    words = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in names)
    return before, rf"(?:{'|'.join(map(re.escape, signs))})|\b(?:{words})\b"


@cache
def _spellings() -> dict[str, str]:
    found = {code.casefold(): code for code in CODES}
    for code in CODES:
        found |= {get_currency_name(code, count, locale="en").casefold(): code for count in (None, 1, 2)}
    found |= {name.casefold(): code for code, names in _NAMES.items() for name in names}
    return found | _SIGNS
