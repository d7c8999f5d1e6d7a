"""Statement of a title: approximation, total, instalment, joint package, and the words of its content."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from konvoi.kit.latin import latin
from konvoi.kit.text import fold, script
from konvoi.reconcile import phrases
from konvoi.reconcile.lexicon import called

AT_LEAST = "at least"
ABOUT = "about"
AT_MOST = "at most"
TO_DATE = "to date"
JOINT = "joint"
_STEM = 5
_CURRENCY = "(?:eur|usd|gbp|euro|us|hryvnia|uah|pln|sek|nok|dkk|chf)"


class Statement(NamedTuple):
    """Statement of a title on how it counts.

    bound: AT_LEAST, ABOUT or AT_MOST, where its number is an approximation. lead: TO_DATE or JOINT. total:
    names a total, which may or may not repeat earlier statements. including: contains what may be stated
    elsewhere. share: a party's own share of a joint package. more: adds to earlier statements. period: days
    after which it recurs. marks: months, years and ordinals such as `month 1`, `ordinal 2`. since: `month 1`,
    `year 2022` or `year`, for the start of the year of the statement. words: stems of the words that name
    its content, in one language where the lexicon knows them. several: names itself one of several parts.
    in_parts: is given in parts. pays: a payment into a fund, where it names one. revised: states the new
    figure of an earlier statement (`raised from 10 to 12`). language: in which most of its common words are,
    where one language has most.
    """

    bound: str | None = None
    lead: str | None = None
    total: bool = False
    including: bool = False
    share: bool = False
    more: bool = False
    period: int | None = None
    marks: tuple[str, ...] = ()
    since: str | None = None
    words: tuple[str, ...] = ()
    several: bool = False
    in_parts: bool = False
    pays: bool = False
    revised: bool = False
    language: str | None = None


@lru_cache(maxsize=200_000)
def statement(text: str) -> Statement:
    """Return the statement of a title in English, German, French, Polish or Ukrainian.

    >>> statement("over 200 tanks").bound, statement("rund 10 Mio. Euro für Zelte").bound
    ('at least', 'about')
    >>> statement("Генератори: загалом 50 млн з січня")[1:3], statement("second tranche").marks
    (('to date', True), ('ordinal 2',))
    """
    plain = _plain(text)
    share = _has(plain, "SHARE")
    to_date = _has(plain, "TO_DATE") or _has(plain, "SINCE_TOTAL") or _has(plain, "RISING_TOTAL")
    joint = _has(plain, "JOINT") and not share
    return Statement(
        bound=_bound(text, plain),
        lead=TO_DATE if to_date else JOINT if joint else None,
        total=to_date or (not joint and _has(plain, "IN_TOTAL")),
        including=_has(plain, "INCLUDING"),
        share=share,
        more=_has(plain, "MORE"),
        period=next((days for days in phrases.PERIODS if _has(plain, f"PERIOD {days}")), None),
        marks=_marks(text, plain),
        since=_since(plain) if to_date else None,
        words=_words(text),
        several=part_of_several(text),
        in_parts=_has(plain, "IN_PARTS"),
        pays=_has(plain, "PAYS_FUND"),
        revised=_has(plain, "REVISED"),
        language=_language(text, plain),
    )


def _plain(text: str) -> str:
    return fold(latin(text))


def _bound(text: str, plain: str) -> str | None:
    """Return the approximation before a number of the text; signs such as ~200 and 200+ included."""
    if re.search(r"[~≈]\s*\d", text):
        return ABOUT
    if re.search(r"\d\s*\+(?!\s*\d)", text) or re.search(r"[>≥]\s*\d", text):
        return AT_LEAST
    if re.search(r"[<≤]\s*\d", text):
        return AT_MOST
    found = [(match.start(), name) for name, match in _approximations(plain) if match]
    return min(found)[1] if found else None


def _approximations(plain: str) -> Iterable[tuple[str, re.Match[str] | None]]:
    for name, kind in ((AT_LEAST, "AT_LEAST"), (ABOUT, "ABOUT"), (AT_MOST, "AT_MOST")):
        yield name, _pattern(kind).search(plain)


def _has(plain: str, name: str) -> bool:
    return _pattern(name).search(plain) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return the pattern of a list of phrases."""
    if name == "SINCE_TOTAL":
        # A total and `from January`: words too common to mean `since` elsewhere.
        total = _any(phrases.IN_TOTAL.values())
        since = _any(phrases.FROM_MONTH.values())
        when = f"(?:\\d{{1,2}} )?(?:{_month()}|20\\d\\d)"
        return re.compile(rf"\b{total}\b.*\b{since} {when}\b|\b{since} {when}\b.*\b{total}\b")
    if name == "RISING_TOTAL":
        # `bringing our support to 9 million`: the new figure is a sum of money, or that of a word for a sum.
        rises = _any(phrases.RISES.values())
        raises = _any(phrases.RAISES.values())
        sums = _any([*phrases.IN_TOTAL.values(), *phrases.SUM.values()])
        words = r"(?:(?!\d)\w+ ){0,8}"
        few = r"(?:(?!\d)\w+ ){0,5}"
        money = rf"\d[\d ]*(?:{_any([phrases.SCALES])}|{_CURRENCY})\b"
        before = rf"{_to()}(?:{_CURRENCY} )?"
        summed = rf"(?:{rises}|{raises}) {few}{sums} {words}{before}(?!20\d\d\b)\d"
        return re.compile(rf"\b{rises} {words}{before}{money}|\b{summed}")
    if name.startswith("PERIOD "):
        return re.compile(rf"\b{_any(phrases.PERIODS[int(name.split()[1])].values())}\b")
    if name == "REVISED":
        # The verb states that a figure changes, `to` before a number that the new figure is given.
        verb = _any(phrases.REVISED.values())
        number = rf"{_to()}(?:{_CURRENCY} )?(?!20\d\d\b)\d"
        return re.compile(rf"\b{verb}\b.*\b{number}|\b{number}.*\b{verb}\b")
    listed = _any(getattr(phrases, name).values())
    if name == "JOINT":
        # A name or a kind may stand between: `joint Baltic package`.
        joined = (one.strip() for one in phrases.JOINT["en"].split(","))
        things = _any(one.removeprefix("joint ") for one in joined if one.startswith("joint "))
        return re.compile(rf"\b{listed}\b|\bjoint (?:\w+ ){{1,2}}{things}\b")
    if name in ("AT_LEAST", "ABOUT", "AT_MOST"):
        # Before a number, with at most a currency between.
        scale = _any([phrases.SCALES])
        return re.compile(rf"\b{listed}(?: (?:a|{_CURRENCY}))?(?: (?!20[23]\d\b)\d|\s{scale}\b)")
    return re.compile(rf"\b{listed}\b")


def _to() -> str:
    """Return the pattern of `to` before a new figure."""
    to = _any(phrases.NEW_FIGURE.values())
    more = _any(phrases.BEFORE_NUMBER.values())
    return f"{to} (?:{more} )?"


def _any(lists: Iterable[str]) -> str:
    """Return the alternatives of lists of phrases, the longest first."""
    plain = {
        _plain(one.replace("*", " ")) + ("*" if one.strip().endswith("*") else "")
        for each in lists
        for one in each.split(",")
    }
    ordered = sorted(plain - {"", "*"}, key=lambda one: (-len(one), one))
    return (
        "(?:" + "|".join(re.escape(one).replace(r"\*", r"\w*").replace(r"\ ", " ") for one in ordered) + ")"
    )


@cache
def _month() -> str:
    return _any(phrases.MONTHS.values())


@cache
def _months() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((number, re.compile(rf"\b{_any([names])}\b")) for number, names in phrases.MONTHS.items())


@cache
def _ordinals() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((number, re.compile(rf"\b{_any([names])}\b")) for number, names in phrases.ORDINALS.items())


@cache
def _numbered() -> re.Pattern[str]:
    things = _any([phrases.NUMBERED_PARTS])
    return re.compile(
        rf"\b{things} (?:no |nr |n )?(\d{{1,3}}|[ivx]{{1,4}})\b|\b(\d{{1,3}})(?:st|nd|rd|th|te|e|eme) "
    )


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_DOTTED = re.compile(r"(?<![\d.])([1-9]\d?)\.\s+[^\W\d]")
_YEAR = re.compile(r"\b(20\d\d)\b")
_QUARTER = re.compile(r"\bq([1-4])\b|\b([1-4]) (?:quarter|quartal|kwartal|kvartal|trimestre)\b")
_PART = re.compile(r"\b(\d{1,2}) ?(?:of|out of|von|sur|z|iz|ze) ?(\d{1,2})\b")
_SLASH = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])")


def _marks(text: str, plain: str) -> tuple[str, ...]:
    """Return the months, years, quarters and ordinals that distinguish instalments."""
    found = {f"month {number}" for number, pattern in _months() if pattern.search(plain)}
    if re.search(r"\bMay\b", text):
        found.add("month 5")
    found |= {f"ordinal {number}" for number, pattern in _ordinals() if pattern.search(plain)}
    for match in _numbered().finditer(plain):
        number = match[1] or match[2]
        found.add(f"ordinal {_ROMAN.get(number, number)}")
    found |= {f"ordinal {int(number)}" for number in _DOTTED.findall(text)}
    found |= {f"year {year}" for year in _YEAR.findall(plain)}
    found |= {f"quarter {one or other}" for one, other in _QUARTER.findall(plain)}
    parts = [*_PART.findall(plain), *_SLASH.findall(text)]
    found |= {f"ordinal {int(one)}" for one, of in parts if 0 < int(one) <= int(of)}
    return tuple(sorted(found))


def names_fund(name: str) -> bool:
    """Return True if a name is that of a fund.

    >>> names_fund("Energy Fund"), names_fund("Фонд підтримки енергетики"), names_fund("Norland")
    (True, True, False)
    """
    return _has(_plain(name), "FUND")


def part_of_several(text: str) -> bool:
    """Return True if the text names itself one of several parts: `first of three`, `2/3`.

    >>> part_of_several("Teil 1 von 3"), part_of_several("перша з трьох частин"), part_of_several("12 tents")
    (True, True, False)
    """
    plain = _plain(text)
    return bool(_PART.search(plain) or _SLASH.search(text) or _several().search(plain))


@cache
def _several() -> re.Pattern[str]:
    listed = _any(phrases.ORDINALS.values())
    between = _any([phrases.OF_PARTS])
    return re.compile(rf"\b{listed} (?:\w+ )?{between} \w+")


def _since(plain: str) -> str | None:
    """Return the start of a total: the month or year behind `since`, or the start of its year."""
    behind = _behind_since().search(plain)
    rest = " ".join(behind[1].split()[:4]) if behind else ""
    month = next((number for number, pattern in _months() if pattern.search(rest)), None)
    if month is None and rest.startswith("may"):
        month = 5
    year = _YEAR.search(rest)
    if month is not None:
        return f"month {month}" + (f" {year[1]}" if year else "")
    if year is not None:
        return f"year {year[1]}"
    return "year" if _this_year().search(plain) else None


@cache
def _behind_since() -> re.Pattern[str]:
    since = _any([*phrases.FROM_MONTH.values(), *phrases.TO_DATE.values()])
    start = r"(?:start of |beginning of |beginn |anfang |debut |\d{1,2} )?"
    return re.compile(rf"\b{since} (?:the |dem |der |le |la )?{start}(.*)$")


@cache
def _this_year() -> re.Pattern[str]:
    words = _any(
        ["this year, dieses jahr, cette année, tego roku, цього року, року, roku, year, jahres, année"]
    )
    return re.compile(rf"\b{words}\b")


@cache
def _empty_words() -> re.Pattern[str]:
    lists = (
        *(phrases.GENERIC, phrases.RENEWED, phrases.MORE, phrases.AT_LEAST, phrases.ABOUT, phrases.AT_MOST),
        *(phrases.TO_DATE, phrases.IN_TOTAL, phrases.INCLUDING, phrases.JOINT, phrases.SHARE),
        *(phrases.RISES, phrases.RAISES, phrases.SUM),
        *(phrases.FROM_MONTH, phrases.IN_PARTS, phrases.REVISED, *phrases.PERIODS.values()),
    )
    written = [
        *(listed for each in lists for listed in each.values()),
        *(*phrases.MONTHS.values(), *phrases.ORDINALS.values(), phrases.SCALES, phrases.OF_PARTS),
        phrases.NUMBERED_PARTS,
    ]
    words = {word for listed in written for one in listed.split(",") for word in _parts(one)}
    words |= {"eur", "euro", "usd", "dollar", "gbp", "uah", "pln", "may", "no", "nr"}
    return re.compile("|".join(re.escape(one).replace(r"\*", r"\w*") for one in sorted(words)))


def _language(text: str, plain: str) -> str | None:
    """Return the language whose words without content are the most frequent in a title."""
    if script(text) == "Cyrillic":
        return "uk"
    words = plain.split()
    counts = {
        code: sum(bool(known.fullmatch(word)) for word in words)
        for code, known in _words_by_language().items()
    }
    most = max(counts.values())
    found = [code for code, count in counts.items() if count == most]
    return found[0] if most and len(found) == 1 else None


@cache
def _words_by_language() -> Mapping[str, re.Pattern[str]]:
    """Return for each language the words that do not name the content."""
    lists = (phrases.GENERIC, phrases.RENEWED, phrases.MORE, phrases.JOINT, phrases.SHARE, phrases.TO_DATE)
    found = {}
    for code in phrases.GENERIC:
        words = {word for each in lists for one in each[code].split(",") for word in _parts(one)}
        found[code] = re.compile("|".join(re.escape(one).replace(r"\*", r"\w*") for one in sorted(words)))
    return found


def _parts(phrase: str) -> list[str]:
    """Return the words of a phrase as they stand in plain text; the last one keeps its `*`."""
    words = _plain(phrase.replace("*", " ")).split()
    if phrase.strip().endswith("*") and words:
        words[-1] += "*"
    return words


def _words(text: str) -> tuple[str, ...]:
    """Return the stems of the words that name a content, sorted, each once."""
    empty = _empty_words()
    kept = {
        word[:_STEM] if "_" not in word else word
        for word in called(text).split()
        if not any(one.isdigit() for one in word) and len(word) > 1 and not empty.fullmatch(word)
    }
    return tuple(sorted(kept))


def adds(earlier: Statement, later: Statement, days: int) -> bool:
    """Return True if period or wording shows that the later of two statements adds to the earlier one.

    days: between the two.

    >>> adds(statement("Budget support January"), statement("Budget support February"), 31)
    True
    >>> adds(statement("Tents for Riga"), statement("Tents for Riga"), 31)
    False
    """
    if later.period is not None and days >= later.period * 4 // 5:
        return True
    if later.more and not earlier.more:
        return True
    for kind in ("month", "quarter", "ordinal", "year"):
        one = {mark for mark in earlier.marks if mark.startswith(kind)}
        other = {mark for mark in later.marks if mark.startswith(kind)}
        if one and other and not one & other:
            return True
        if kind == "ordinal" and not one and other - {"ordinal 1"}:
            return True
    return False
