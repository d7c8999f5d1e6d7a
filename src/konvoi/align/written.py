"""Numbers as people write them: in groups with separators, after a label, beside days, phones and amounts."""

import re
import unicodedata
from collections.abc import Iterator

from konvoi.align.identifiers import LEI, SWIFT, TYPES, fits
from konvoi.kit.text import HIDDEN

_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SPACES = re.compile(rf"[^\S\n]|[{HIDDEN}]")
_GROUP = re.compile(r"[^\W_]+")
_GAP = re.compile(r"\s?[\s._/-]\s?")
_LED = re.compile(r"[^\W\d_]*(\d+)")
_SWIFT = re.compile(
    r"(?<![^\W_])([A-Z]{4})[\s._/-]?([A-Z]{2})[\s._/-]?([A-Z0-9]{2})(?:[\s._/-]?([A-Z0-9]{3}))?(?![^\W_])"
)
_LONGEST = 20

APART = " ¦ "
"""Put for what is no number, so that nothing is read across it."""

_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_MONEY = r"EUR|USD|UAH|GBP|CHF|PLN|SEK|NOK|DKK|CZK|RUB|JPY|CAD|AUD"
_CURRENCY = rf"(?:[€$£¥₴₽]|\b(?:{_MONEY})\b)"
_COUNTED = rf"(?:[€$£¥₴₽%]|(?:{_MONEY}|грн|руб|млн|млрд|тис|mln|million|billion|bn)\b)"
_AMOUNT = r"\d(?:[\d.,' ]*\d)?"
_OTHERS = re.compile(
    "|".join(
        (
            rf"(?<![\w./-]){_DAY}([./-]){_MONTH}\1{_YEAR}(?![\w/-]|\.\d)",
            rf"(?<![\w./-]){_MONTH}/{_DAY}/{_YEAR}(?![\w/-]|\.\d)",
            rf"(?<![\w./-]){_YEAR}([./-]){_MONTH}\2{_DAY}(?![\w/-]|\.\d)",
            rf"(?<!\w){_DAY}\.? [^\W\d_]{{3,12}}\.?,? {_YEAR}(?!\w)",
            r"(?<![\w-])\+\d[\d\s()./-]{5,}\d",
            r"(?<!\w)(?:tel|telephone|phone|fax|mobile|тел|телефон|факс)\b[.:\s]*\+?[\d(][\d\s()./-]{4,}\d",
            r"(?<!\w)\(0\d{1,4}\)\s?\d[\d\s/-]{3,}\d",
            rf"{_CURRENCY}\s?{_AMOUNT}(?!\w)",
            rf"(?<!\w){_AMOUNT}\s?{_COUNTED}",
            r"(?<![\w.,])(?<![A-Z] )\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])",
        )
    ),
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return a text with one sort of space and one sort of dash, its letters and digits of usual width.

    >>> plain("7707\u00a0083\u2013893")
    '7707 083-893'
    """
    return _SPACES.sub(" ", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))


def numbers_alone(text: str) -> str:
    """Return a text without days, phone numbers and amounts of money.

    >>> numbers_alone("7707083893, 12.03.2015, tel. 044 123-45-67, EUR 5 000 000").count("¦")
    3
    """
    return _OTHERS.sub(APART, text)


def read_at(type: str, text: str, at: int) -> tuple[str, int, bool] | None:
    """Return the number of a type at a place of a text, where it ends, and whether its check digits hold.

    Groups are joined: the longest that holds, else the first that has the length.

    >>> read_at("lei", "5299-00T8-BM49-AURS-DO55", 0), read_at("inn", "12.03", 0)
    (('529900T8BM49AURSDO55', 24, True), None)
    """
    if type == SWIFT:
        found = _SWIFT.match(text, at)
        return ("".join(filter(None, found.groups())), found.end(), True) if found else None
    joined, best, slip, end = "", None, None, at
    for group in _GROUP.finditer(text, at):
        if (joined and not _GAP.fullmatch(text, end, group.start())) or (not joined and group.start() > at):
            break
        led = None if type == LEI else (_LED if not joined else _GROUP).fullmatch(group[0])
        digits = led[1] if led and not joined else group[0]
        if type != LEI and not (led and digits.isascii() and digits.isdecimal()):
            break
        joined, end = joined + digits.upper(), group.end()
        if len(joined) > _LONGEST:
            break
        if fits(type, joined):
            best = joined, end, True
        elif not slip and TYPES[type].shape.fullmatch(joined):
            slip = joined, end, False
    return best or slip


def read_all(type: str, text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the numbers of a type in a text whose check digits hold, with their places.

    >>> list(read_all("inn", "7707 083 893 / 770101001"))
    [('7707083893', 0, 12)]
    """
    end = 0
    for group in _GROUP.finditer(text):
        if group.start() >= end and (found := read_at(type, text, group.start())) and found[2]:
            end = found[1]
            yield found[0], group.start(), end
