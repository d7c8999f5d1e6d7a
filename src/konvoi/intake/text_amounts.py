"""Amounts of money in a text: numbers with a currency, with every value that they may mean."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from konvoi.intake.scales import times_of
from konvoi.intake.sums import currencies
from konvoi.kit.text import fold

_CROWNS = frozenset({"SEK", "NOK", "DKK", "CZK", "ISK"})
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD"})
_SIGNS: dict[str, frozenset[str]] = {
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "$": _DOLLARS,
    "us$": frozenset({"USD"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₴": frozenset({"UAH"}),
    "zł": frozenset({"PLN"}),
    "kč": frozenset({"CZK"}),
}
_STEMS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("euro", "євро"), frozenset({"EUR"})),
    **dict.fromkeys(("dollar", "долар"), _DOLLARS),
    **dict.fromkeys(("pound", "pfund", "фунт"), frozenset({"GBP"})),
    **dict.fromkeys(("krona", "krone", "kronor", "kroner", "koruna", "крон", "kr"), _CROWNS),
    **dict.fromkeys(("zlot", "злот", "zl"), frozenset({"PLN"})),
    **dict.fromkeys(("hryvn", "hrywn", "гривен", "гривн", "грн"), frozenset({"UAH"})),
    **dict.fromkeys(("yen", "єн", "ієн"), frozenset({"JPY"})),
    **dict.fromkeys(("franc", "franken", "франк"), frozenset({"CHF"})),
}
"""Beginnings of the names of currencies in several languages; short ones are whole words."""

_NUMBER = r"\d+(?:(?:[.,] (?=\d{3}\b)|[.,’' \u00a0\u202f])\d+)*"
_NAME = r"US\$|[€£$¥₴]|zł\b|Kč\b|[^\W\d_]+"
_BEFORE = re.compile(rf"(?P<currency>{_NAME})\s?(?P<number>{_NUMBER})(?:\s?(?P<scale>[^\W\d_]+))?")
_AFTER = re.compile(rf"(?P<number>{_NUMBER})[\s\u00a0-]?(?P<one>{_NAME})(?:\.?[\s\u00a0-]?(?P<two>{_NAME}))?")


@dataclass(frozen=True)
class TextAmount:
    """A number with a currency: the values that it may mean, and the codes that the currency may mean."""

    text: str
    values: frozenset[Decimal]
    currencies: frozenset[str]


def text_amounts(text: str) -> list[TextAmount]:
    """Return the amounts of money in a text, in their order.

    >>> [(sorted(one.values), sorted(one.currencies)) for one in text_amounts("SEK 1.1 bn, 24 tanks")]
    [([Decimal('1100000000.0')], ['SEK'])]
    >>> [sorted(one.currencies) for one in text_amounts("1,5 Mrd. Euro und 300 Millionen Kronen")]
    [['EUR'], ['CZK', 'DKK', 'ISK', 'NOK', 'SEK']]
    """
    found: dict[int, TextAmount] = {}
    for one in _BEFORE.finditer(text):
        if codes := _codes(one["currency"]):
            found[one.start("number")] = _amount(one[0], one["number"], one["scale"] or "", codes)
    for one in _AFTER.finditer(text):
        at = one.start("number")
        first = one["one"]
        second = one["two"] or ""
        if at in found:
            continue
        if codes := _codes(first):
            found[at] = _amount(text[at : one.end("one")], one["number"], "", codes)
        elif times_of(first) != (1,) and (codes := _codes(second)):
            found[at] = _amount(one[0], one["number"], first, codes)
    return [found[at] for at in sorted(found)]


def is_currency(name: str) -> bool:
    """Return True for the code, sign or name of a currency.

    >>> is_currency("EUR"), is_currency("euros"), is_currency("€"), is_currency("gifts")
    (True, True, True, False)
    """
    return bool(_codes(name))


def _amount(text: str, number: str, scale: str, codes: frozenset[str]) -> TextAmount:
    values = frozenset(value * times for value in _values(number) for times in times_of(scale))
    return TextAmount(text, values, codes)


@lru_cache(maxsize=10_000)
def _codes(name: str) -> frozenset[str]:
    """The currencies that a code, sign or name may mean."""
    if name in currencies():
        return frozenset({name})
    if name.casefold() in _SIGNS:
        return _SIGNS[name.casefold()]
    word = fold(name)
    for stem, codes in _STEMS.items():
        if word == fold(stem) or (len(stem) > 3 and word.startswith(fold(stem))):
            return codes
    return frozenset()


def _values(text: str) -> set[Decimal]:
    """The numbers that digits with separators may mean: one separator before three digits leaves two."""
    plain = re.sub(r"[’' \u00a0\u202f]", "", text)
    parts = re.split(r"[.,]", plain)
    if len(parts) == 1:
        return {Decimal(plain)}
    whole = "".join(parts[:-1])
    last = parts[-1]
    grouped = len(last) == 3 and all(len(part) == 3 for part in parts[1:])
    values = {Decimal(whole + last)} if grouped else set()
    if not grouped or len(parts) == 2:
        values.add(Decimal(f"{whole}.{last}"))
    return values
