"""Sums of money, shares of GDP and years in a sentence, each with the place where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from konvoi.accord.currencies import currency, patterns

_SCALES = {
    **dict.fromkeys(("hundred thousand",), 5),
    **dict.fromkeys(("thousand", "k", "тис."), 3),
    **dict.fromkeys(("million", "millions", "mn", "mln", "mio", "m", "млн", "мільйонів"), 6),
    **dict.fromkeys(("billion", "billions", "bn", "bln", "b", "mrd", "mld", "млрд", "мільярдів"), 9),
    **dict.fromkeys(("trillion", "trillions", "tn", "trn", "t"), 12),
}
_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: Decimal(at) for at, word in enumerate(_UNITS, 1)}
_WORDS |= {word: Decimal(10 * at) for at, word in enumerate(_TENS, 2)}
_WORDS |= {"a": Decimal(1), "an": Decimal(1), "half": Decimal("0.5"), "quarter": Decimal("0.25")}
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]\d)|\d+(?:[.,’'](?=\d)\d+)*"
_WORD = "|".join([*sorted(_WORDS, key=len, reverse=True), "hundred"])
_SPELT = rf"(?:{_WORD})(?:(?:[\s-]|\sand\s)(?:{_WORD}))*"
_LARGE = "|".join(re.escape(one) for one in sorted(_SCALES, key=len, reverse=True) if len(one) > 3)
_SCALE = rf"(?:{'|'.join(re.escape(one) for one in sorted(_SCALES, key=len, reverse=True))})(?!\w)"
_RANGE = r"\s?(?:[–—-]|to)\s?"
_BEFORE, _BEHIND = patterns()
_MONEY = re.compile(
    rf"(?P<before>{_BEFORE})\s?(?P<one>{_DIGITS})(?:[\s-]?(?P<of>{_SCALE}))?"
    # "and" makes a range only where the scale stands once: "between EUR 1 and 2 billion".
    rf"(?:(?(of){_RANGE}|(?:{_RANGE}|\sand\s))(?:{_BEFORE})?\s?(?P<groupto>{_DIGITS})[\s-]?(?P<of_to>{_SCALE}))?"
    rf"|(?P<two>{_DIGITS}|\b{_SPELT}(?=[\s-](?:{_LARGE})))(?:{_RANGE}(?P<two_to>{_DIGITS}))?"
    rf"(?:[\s-]?(?P<by>{_SCALE}))?[\s-]?(?:of\s)?(?P<after>{_BEHIND})",
    re.IGNORECASE,
)
_PER_CENT = r"(?:%|per\s?cent(?:age points?)?\b)"
_PER_MILLE = r"(?:‰|per\s?mille\b)"
_PRODUCT = r"(?:gross (?:domestic|national) product|GDP\b|ВВП\b|валового внутрішнього продукту)"
_PART_OF_PRODUCT = rf"\s*(?:of\s+)?(?:[\w’'-]+\s+){{0,5}}?{_PRODUCT}|\s*(?:of\s+)?[\w’'-]+[’']s?\s+{_PRODUCT}"
_SHARE = re.compile(
    rf"(?P<one>{_DIGITS}|\b{_SPELT})(?P<more>(?:(?:,|\sand|,\sand)\s(?:{_DIGITS}))*)\s?"
    rf"(?:of (?:one |a )?)?(?P<in>{_PER_CENT}|{_PER_MILLE}|відсотк\w+)(?:{_PART_OF_PRODUCT})"
    rf"|(?:share|proportion|percentage) of (?:[\w’'-]+\s+){{0,3}}?{_PRODUCT}[^.;]{{0,30}}?"
    rf"(?P<two>{_DIGITS})\s?{_PER_CENT}",
    re.IGNORECASE,
)
_BOUNDS = {
    **dict.fromkeys(
        ("at least", "not less than", "no less than", "more than", "over", "a minimum of", "upwards of"),
        "at least",
    ),
    **dict.fromkeys(
        ("in excess of", "exceeding", "well over", "a further at least", "not be lower than"), "at least"
    ),
    **dict.fromkeys(
        ("up to", "at most", "not more than", "no more than", "a maximum of", "not exceeding", "as much as"),
        "up to",
    ),
    **dict.fromkeys(
        ("approximately", "around", "about", "some", "close to", "almost", "nearly", "roughly", "circa"),
        "about",
    ),
    **dict.fromkeys(("an estimated", "in the order of", "approx."), "about"),
}
_ARTICLE = r"(?:(?:a|an|the|another|an? (?:additional|further)|additional|further)\s+)?"
_BOUND = re.compile(
    rf"\b({'|'.join(re.escape(one) for one in sorted(_BOUNDS, key=len, reverse=True))})\s+{_ARTICLE}$",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_YEARS = re.compile(
    rf"\b{_YEAR}(?:(?:\s*[–/-]\s*|,\s*|,?\s+and\s+|\s+(?:to|through|until|till)\s+){_YEAR})*(?:/\d\d)?\b"
)
_UNTIL = re.compile(
    r"\b(?:until|till|through|by|before)\s+(?:the\s+)?(?:(?!in\b|for\b)\w+\s+){0,3}$|"
    r"\bto\s+(?:the end of\s+)?$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"\b(?:annual(?:ly)?|yearly|per (?:year|annum)|(?:a|each|every) year|each of the (?:calendar )?years)\b",
    re.I,
)
_POINT_OF_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""A number of money without a scale, such as "180.000": nobody counts thousandths of a euro."""
_GROUPS_OF_THREE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_CONVERTS = re.compile(
    r"[(\[]?\s*(?:(?:which|this) (?:is|was|would be|being|equals)|at present|i\.e\.|=|~|≈|"
    r"approx|equivalent|equal|or\b|that is|about|around|roughly|some|ca\.|currently)"
    r"[^,;.)]{0,40}$",
    re.IGNORECASE,
)


_CONVERTS_LATER = re.compile(
    r"[,(–—]\s*(?:(?:which|this) (?:is|was|would be|being|equals|corresponds to)|"
    r"equivalent to|equal to|i\.e\.|"
    r"that is)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Years:
    """The first and the last year that words name, and where they stand; first: None for "until 2030"."""

    first: int | None
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Sum:
    """An amount with its currency, or a share of GDP in per cent (then there is no currency).

    bound: "at least", "up to" or "about", else empty. start, end: where it stands, with its bound. yearly:
    whether it is a sum for each year.
    """

    value: Decimal
    currency: str
    bound: str
    start: int
    end: int
    years: Years | None = None
    yearly: bool = False


def sums(sentence: str, own: str = "") -> list[Sum]:
    """The sums of a sentence, in their order, each with the years that it is for.

    own: the currency of the giver, for names and signs that several currencies share. A conversion of a sum
    into another currency is left out.

    >>> [(one.value, one.currency, one.bound) for one in sums("In 2024, up to 3 billion euros")]
    [(Decimal('3000000000'), 'EUR', 'up to')]
    >>> sums("0.25% of GDP annually")[0].value
    Decimal('0.25')
    """
    found = [one for match in _MONEY.finditer(sentence) if (one := _money(sentence, match, own))]
    found += [one for match in _SHARE.finditer(sentence) for one in _shares(sentence, match)]
    kept: list[Sum] = []
    for one in sorted(found, key=lambda one: one.start):
        if not (kept and _is_conversion(kept[-1], one, sentence[kept[-1].end : one.start])):
            kept.append(one)
    return _dated(sentence, kept)


def _is_conversion(before: Sum, one: Sum, between: str) -> bool:
    """Return True if a sum states the one before it in another currency."""
    if not one.currency or one.currency == before.currency:
        return False
    opened = between.count("(") + between.count("[") > between.count(")") + between.count("]")
    if _CONVERTS_LATER.search(between):
        return True
    return opened or (len(between) < 60 and _CONVERTS.fullmatch(between.lstrip(" ,–-")) is not None)


def years(sentence: str) -> list[Years]:
    """The years and spans of years that a sentence names.

    >>> [(one.first, one.last) for one in years("for 2024, 2025 and 2026, since 2022")]
    [(2024, 2026), (2022, 2022)]
    >>> [(one.first, one.last) for one in years("until the end of 2030")]
    [(None, 2030)]
    """
    found = []
    for one in _YEARS.finditer(sentence):
        named = [int(year) for year in re.findall(rf"\b{_YEAR}", one[0])]
        if split := re.search(r"(\d\d)\d\d/(\d\d)$", one[0]):
            named.append(int(split[1] + split[2]))
        alone = len(named) == 1 and _UNTIL.search(sentence[: one.start()])
        found.append(Years(None if alone else min(named), max(named), one.start(), one.end()))
    return found


def decimal(text: str) -> Decimal:
    """A number as it is written in English; a comma before other than three digits is a decimal comma.

    >>> decimal("180,000"), decimal("1,6"), decimal("2.5"), decimal("75 000 000"), decimal("half a")
    (Decimal('180000'), Decimal('1.6'), Decimal('2.5'), Decimal('75000000'), Decimal('0.5'))
    """
    if text[:1].isalpha():
        return _spelt(text)
    text = re.sub(r"[ \u00a0\u202f’']", "", text)
    if text.count(".") > 1:
        text = text.replace(".", "")
    grouped = _GROUPS_OF_THREE.fullmatch(text)
    plain = text.replace(",", "") if grouped else text.replace(",", ".")
    whole, _, rest = plain.partition(".")
    return Decimal(f"{whole}.{rest.replace('.', '')}" if rest else whole)


def _spelt(text: str) -> Decimal:
    """A number in English words: "one hundred and twenty-six", "half a", "one and a half"."""
    value = Decimal(0)
    halves = text.casefold().endswith((" and a half", "-and-a-half"))
    words = [word for word in re.split(r"[\s-]+", text.casefold()) if word not in ("and", "hundred")]
    if words[:1] in (["half"], ["quarter"]) or words[:2] in (
        ["a", "half"],
        ["a", "quarter"],
        ["one", "quarter"],
    ):
        return _WORDS[words[0] if words[0] in ("half", "quarter") else words[1]]
    for word in re.split(r"[\s-]+", text.casefold()):
        if word == "hundred":
            value = (value or Decimal(1)) * 100
        elif word not in ("and", "half") and not (halves and word == "a"):
            value += _WORDS[word]
    return value + (_WORDS["half"] if halves else 0)


def _shares(sentence: str, found: re.Match[str]) -> list[Sum]:
    """Return the shares of GDP of a match in per cent: one, or several with one unit."""
    first = _bounded(sentence, found, decimal(found["one"] or found["two"]), "")
    more = re.findall(_DIGITS, found["more"] or "")
    each = [first, *(replace(first, value=decimal(text), start=first.end - 1) for text in more)]
    if found["in"] and re.match(_PER_MILLE, found["in"], re.IGNORECASE):
        return [replace(one, value=one.value / 10) for one in each]
    return each


def _money(sentence: str, found: re.Match[str], own: str) -> Sum | None:
    """Return the sum of a match; None where its currency may be several. Of a range it is the lower end."""
    meant = currency(found["before"] or found["after"], own)
    if not meant:
        return None
    scale = found["of"] or found["of_to"] or found["by"] or ""
    written = found["one"] or found["two"]
    if not scale and _POINT_OF_THOUSANDS.fullmatch(written):
        written = written.replace(".", "")
    value = decimal(written).scaleb(_SCALES.get(scale.casefold(), 0))
    one = _bounded(sentence, found, Decimal(f"{value:f}"), meant)
    ranged = found["groupto"] or found["two_to"]
    return replace(one, bound="at least") if ranged else one


def _bounded(sentence: str, found: re.Match[str], value: Decimal, meant: str) -> Sum:
    at = found.start("two") if meant == "" and found["two"] else found.start()
    bound = _BOUND.search(sentence[:at])
    start = min(bound.start() if bound else at, found.start())
    return Sum(value, meant, _BOUNDS[bound[1].casefold()] if bound else "", start, found.end())


def _dated(sentence: str, found: Sequence[Sum]) -> list[Sum]:
    """Each sum with its years: those between it and the next sum, else the nearest before it."""
    named = years(sentence)
    return [
        replace(
            one,
            years=_nearest(sentence, one, found[at + 1 : at + 2], named),
            yearly=_yearly(sentence, found, at),
        )
        for at, one in enumerate(found)
    ]


def _nearest(sentence: str, one: Sum, following: Sequence[Sum], named: Sequence[Years]) -> Years | None:
    until = following[0].start if following else None
    named = [
        group
        for group in named
        if ";" not in sentence[group.end : one.start] + sentence[one.end : group.start]
    ]
    behind = [group for group in named if one.end <= group.start and (until is None or group.start < until)]
    ahead = [group for group in named if group.end <= one.start]
    if behind and ahead and re.search(r"[,;]|\band\b", sentence[one.end : behind[0].start]):
        return ahead[-1]
    return behind[0] if behind else ahead[-1] if ahead else None


def _yearly(sentence: str, found: Sequence[Sum], at: int) -> bool:
    """Return True if words beside a sum, and not those of the sum before it, say that it is for each year."""
    one = found[at]
    end = found[at + 1].start if at + 1 < len(found) else len(sentence)
    ahead = sentence[found[at - 1].end : one.start] if at else sentence[: one.start]
    own = re.split(r"[,;]|\band\b", ahead)[-1] if at else ahead
    behind = re.split(r"[;]|,? and\b", sentence[one.end : end])[0]
    return _EACH.search(own) is not None or _EACH.search(behind) is not None
