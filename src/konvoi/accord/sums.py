"""Sums of money, shares of GDP and years in a sentence, each with the place where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_CURRENCIES = {
    **dict.fromkeys(("£", "pound", "pounds", "pounds sterling"), "GBP"),
    **dict.fromkeys(("€", "euro", "euros"), "EUR"),
    "us$": "USD",
    **{code.casefold(): code for code in "EUR GBP USD SEK DKK NOK PLN CHF CAD AUD JPY CZK UAH".split()},
}
_SCALES = {
    "thousand": 3,
    "k": 3,
    "million": 6,
    "mn": 6,
    "m": 6,
    "billion": 9,
    "bn": 9,
    "trillion": 12,
    "tn": 12,
}
_SIGN = r"US\$|£|€|\b(?:EUR|GBP|USD|SEK|DKK|NOK|PLN|CHF|CAD|AUD|JPY|CZK|UAH)\b"
_WORD = r"\b(?:euros?|pounds sterling|pounds?)\b"
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALE = r"(?:thousand|million|billion|trillion|bn|mn|tn|k|m)"
_MONEY = re.compile(
    rf"(?:(?P<before>{_SIGN})\s?(?P<one>{_NUMBER})\s?(?P<of>{_SCALE}\b)?"
    rf"|(?P<two>{_NUMBER})\s?(?P<by>{_SCALE})?\s?(?P<after>{_SIGN}|{_WORD}))",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?P<one>{_NUMBER})\s?(?:%|per ?cent)\s+of\s+(?:the\s+|its\s+)?(?:gross domestic product|GDP)",
    re.IGNORECASE,
)
_BOUNDS = {
    **dict.fromkeys(("at least", "not less than", "more than", "over"), "at least"),
    **dict.fromkeys(("up to", "at most", "not more than"), "up to"),
    **dict.fromkeys(("approximately", "around", "about", "some", "close to", "almost", "nearly"), "about"),
}
_BOUND = re.compile(rf"\b({'|'.join(_BOUNDS)})\s+$", re.IGNORECASE)
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(rf"\b{_YEAR}(?:(?:\s*[–-]\s*|,\s*|,?\s+and\s+|\s+to\s+){_YEAR})*\b")
_GROUPS_OF_THREE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@dataclass(frozen=True)
class Years:
    """The first and the last year that words name, and where they stand."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Sum:
    """An amount with its currency, or a share of GDP in per cent (then there is no currency).

    bound: "at least", "up to" or "about", else empty. start, end: where it stands, with its bound.
    """

    value: Decimal
    currency: str
    bound: str
    start: int
    end: int
    years: Years | None = None


def sums(sentence: str) -> list[Sum]:
    """The sums of a sentence, in their order, each with the years that it is for.

    A sum in brackets behind one in another currency is a conversion of that one, and left out.

    >>> [(one.value, one.currency, one.bound) for one in sums("In 2024, up to 3 billion euros")]
    [(Decimal('3000000000'), 'EUR', 'up to')]
    >>> sums("0.25% of GDP annually")[0].value
    Decimal('0.25')
    """
    found = [_money(sentence, one) for one in _MONEY.finditer(sentence)]
    found += [_bounded(sentence, one, decimal(one["one"]), "") for one in _SHARE.finditer(sentence)]
    kept: list[Sum] = []
    for one in sorted(found, key=lambda one: one.start):
        between = sentence[kept[-1].end : one.start] if kept else ""
        if not (kept and one.currency != kept[-1].currency and between.count("(") > between.count(")")):
            kept.append(one)
    return _dated(sentence, kept)


def years(sentence: str) -> list[Years]:
    """The years and spans of years that a sentence names.

    >>> [(one.first, one.last) for one in years("for 2024, 2025 and 2026, since 2022")]
    [(2024, 2026), (2022, 2022)]
    """
    found = []
    for one in _YEARS.finditer(sentence):
        named = [int(year) for year in re.findall(_YEAR, one[0])]
        found.append(Years(min(named), max(named), one.start(), one.end()))
    return found


def decimal(text: str) -> Decimal:
    """A number as it is written in English; a comma before other than three digits is a decimal comma.

    >>> decimal("180,000"), decimal("1,6"), decimal("2.5")
    (Decimal('180000'), Decimal('1.6'), Decimal('2.5'))
    """
    grouped = _GROUPS_OF_THREE.fullmatch(text)
    plain = text.replace(",", "") if grouped else text.replace(",", ".")
    whole, _, rest = plain.partition(".")
    return Decimal(f"{whole}.{rest.replace('.', '')}" if rest else whole)


def _money(sentence: str, found: re.Match[str]) -> Sum:
    scale = _SCALES.get((found["of"] or found["by"] or "").casefold(), 0)
    value = decimal(found["one"] or found["two"]).scaleb(scale)
    currency = _CURRENCIES[(found["before"] or found["after"]).casefold()]
    return _bounded(sentence, found, Decimal(f"{value:f}"), currency)


def _bounded(sentence: str, found: re.Match[str], value: Decimal, currency: str) -> Sum:
    bound = _BOUND.search(sentence[: found.start()])
    start = bound.start() if bound else found.start()
    return Sum(value, currency, _BOUNDS[bound[1].casefold()] if bound else "", start, found.end())


def _dated(sentence: str, found: Sequence[Sum]) -> list[Sum]:
    """Each sum with its years: those between it and the next sum, else the nearest before it."""
    named = years(sentence)
    dated = []
    for at, one in enumerate(found):
        until = found[at + 1].start if at + 1 < len(found) else len(sentence)
        behind = [group for group in named if one.end <= group.start < until]
        ahead = [group for group in named if group.end <= one.start]
        its = behind[0] if behind else ahead[-1] if ahead else None
        dated.append(Sum(one.value, one.currency, one.bound, one.start, one.end, its))
    return dated
