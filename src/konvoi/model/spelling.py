"""States by any written name: in many languages, as a government or ministry, misspelt by a letter."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain

import numpy as np
from babel import Locale
from babel.core import get_global
from rapidfuzz import process
from rapidfuzz.distance import OSA

from konvoi.kit.latin import latin
from konvoi.kit.text import fold, script
from konvoi.model.party import INSTITUTIONS, party_id, states

LANGUAGES = tuple(
    "en de fr es it pt nl da sv nb fi et lv lt pl cs sk hu sl hr sr bs sq mk bg ro el tr uk be ru ga mt is "
    "ca ja ko zh ar he".split()
)
"""Languages in which CLDR's names of states are known: those of Europe, and of partners elsewhere."""
_UNIONS = ("EU", "UN")
_SECOND = re.compile(r"\s+[-–—]\s+|\s*[(（,،]")
_MOST_WORDS = 8
_OF_MANY = frozenset({"en", "pt", "zh", "ar", "ca", "nb", "sr"})
"""Languages after which no one state is called."""
_LONG = 6
_FRAME = 5
_SHORT = 4
_STEM = 5
_VOWELS = "aeiouy"

# Words by which a state, its government or a ministry calls itself. Who else bears a state's name (a society,
# a company, a town, a member state of a federation) has other words, and is not the state.
_WORDS = """
the of and for de la le l du des d et der die das fur und van voor het i och og do da dos della dell di
del e ta v va ve his her majesty s government govt gov regierung bundesregierung gouvernement gobierno
governo regering regeringen regjeringen rzad urjad uriad vlada vladata hallitus valitsus valdiba
vyriausybe kormany guvernul guvern pravitelstvo hukumeti kyvernisi ministry ministries minister mod mfa
mofa moi min ministere ministerium ministerio ministero ministerie ministeriet ministerstwo ministerstvo
ministerstvoto ministarstvo ministeerium ministrija ministerija miniszterium miniszteriuma ministerul
bakanligi ypourgeio bundesministerium foreign external affairs affaires etrangeres europeennes asuntos
exteriores affari esteri negocios estrangeiros auswartiges auswartigen auswartige amt aussenministerium
buitenlandse zaken spraw zagranicznych zakordonnykh sprav msz mzs mid utenriksdepartementet
utrikesdepartementet udenrigsministeriet ulkoministerio valisministeerium zahranicnich veci foreigns
office department defence defense verteidigung verteidigungsministerium bmvg armees difesa defensa
defensie obrony narodowej oborony forsvarsdepartementet forsvarsministeriet puolustusministerio
kaitseministeerium obrany obrane interior finance finances finanzen finanzministerium economy
development cooperation republic republik republique repubblica republica rzeczpospolita respublika
republika republiken republikken kingdom konigreich royaume reino regno koninkrijk kongeriget kongeriket
konungariket kungariket krolestwo korolivstvo kralovstvi kuningaskunta federal federale bundes national
nationale confederation rep repub fed
""".split()

_ADJECTIVES: Mapping[str, str] = {
    adjective: code
    for code, adjectives in {
        "AL": "albanian", "AU": "australian", "AT": "austrian", "BE": "belgian", "BR": "brazilian",
        "BG": "bulgarian", "CA": "canadian", "CN": "chinese", "HR": "croatian", "CY": "cypriot",
        "CZ": "czech", "DK": "danish", "EE": "estonian", "FI": "finnish", "FR": "french", "DE":
        "german", "GR": "greek hellenic", "HU": "hungarian", "IS": "icelandic", "IN": "indian",
        "IE": "irish", "IT": "italian", "JP": "japanese", "LV": "latvian", "LT": "lithuanian", "LU":
        "luxembourgish", "MT": "maltese", "MD": "moldovan", "ME": "montenegrin", "NL": "dutch",
        "NO": "norwegian", "PL": "polish", "PT": "portuguese", "RO": "romanian", "RS": "serbian",
        "SK": "slovak", "SI": "slovenian slovene", "ES": "spanish", "SE": "swedish", "CH": "swiss",
        "TR": "turkish", "UA": "ukrainian", "GB": "british",
    }.items()
    for adjective in adjectives.split()
}  # fmt: skip
"""English adjectives; they count only beside a word of government."""


def party_named(name: str) -> str | None:
    """The state or institution that a name surely means; None where it means none, or more than one.

    A name in any language of CLDR, by itself or with words of government around it. A name that two languages
    use for two states means neither.

    >>> party_named("Rep. of Poland"), party_named("МЗС Німеччини"), party_named("Norwegian MoD")
    ('PL', 'DE', 'NO')
    >>> party_named("Congo"), party_named("State of Georgia"), party_named("Red Cross of Poland")
    (None, None, None)
    """
    return party_id(name) or _meant(name, misspelt=False)


def party_misspelt(name: str) -> str | None:
    """The one that a name means with a letter lost, doubled, changed or swapped in a long word; else None.

    The name of a city is no slip: Vienna is not Vietnam.

    >>> party_misspelt("Govt of Netheralnds"), party_misspelt("Gernany"), party_misspelt("Austrlia")
    ('NL', 'DE', None)
    >>> party_misspelt("Vienna")
    >>> party_misspelt("Swedn"), party_misspelt("Oxfam"), party_misspelt("Natio")
    ('SE', None, None)
    """
    return None if fold(latin(name)) in _cities() else _meant(name, misspelt=True)


def parties_like(name: str) -> tuple[str, ...]:
    """All parties that a name may mean: those whose names stand in it, or are nearly spelt so.

    >>> parties_like("Congo"), parties_like("Austrlia")
    (('CD', 'CG'), ('AT', 'AU'))
    """
    words = _words(name)
    found = set().union(*(_names().get(" ".join(words[a:b]), frozenset()) for a, b in _spans(words)))
    return tuple(sorted(found or set().union(*(ids for _, ids in _near(" ".join(words), most=2)))))


def parties_of_city(name: str) -> frozenset[str]:
    """The state after whose city CLDR names a time zone in any language: a hint that its government is meant.

    >>> sorted(parties_of_city("Лондон")), sorted(parties_of_city("Londinium"))
    (['GB'], [])
    """
    return _cities().get(fold(latin(name)), frozenset())


@cache
def _cities() -> Mapping[str, frozenset[str]]:
    territories = get_global("zone_territories")
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        zones = Locale.parse(language).time_zones
        for zone, state in territories.items():
            city = zones.get(zone, {}).get("city", zone.rpartition("/")[2].replace("_", " "))
            if state in states():
                found.setdefault(fold(latin(city)), set()).add(state)
    return {city: frozenset(those) for city, those in found.items() if len(those) == 1}


def spellings(party: str) -> frozenset[str]:
    """The folded names of a state or institution in all languages, as written and in Latin letters."""
    names = [
        name for language in LANGUAGES for name in _spoken(Locale.parse(language).territories.get(party, ""))
    ]
    names += INSTITUTIONS.get(party, ())
    return frozenset(key for name in names for key in (fold(name), fold(latin(name))) if key)


@lru_cache(maxsize=100_000)
def _meant(name: str, *, misspelt: bool) -> str | None:
    words = _words(name)
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    found = _meant_by(words, name, misspelt=misspelt)
    if misspelt and not found:
        # A space moved into a word: two words are one.
        joined = ([*words[:n], words[n] + words[n + 1], *words[n + 2 :]] for n in range(len(words) - 1))
        found = set().union(*(_meant_by(one, name, misspelt=misspelt) for one in joined))
    return found.pop() if len(found) == 1 else None


def _meant_by(words: list[str], name: str, *, misspelt: bool) -> set[str]:
    meant: set[str] = set()
    for first, last in _spans(words):
        rest = [*words[:first], *words[last:]]
        if not all(_framing(word, misspelt=misspelt) for word in _long_words(rest, misspelt=misspelt)):
            continue
        key = " ".join(words[first:last])
        ids = _names().get(key, frozenset())
        if not ids and rest:
            ids = _inflected(key, name) or _adjective(key)
        if not ids and misspelt:
            ids = frozenset(chain.from_iterable(one for _, one in _near(key)))
        meant |= ids
    return meant


def _long_words(rest: list[str], *, misspelt: bool) -> list[str]:
    """The words around a name that must be words of government: beside one, all but those of two letters."""
    longer = [word for word in rest if len(word) > 2]
    return longer if misspelt and longer else rest


def _words(name: str) -> list[str]:
    return fold(latin(name)).split()


def _spans(words: list[str]) -> Iterator[tuple[int, int]]:
    return ((a, b) for a in range(len(words)) for b in range(len(words), a, -1))


@cache
def _frame() -> frozenset[str]:
    return frozenset(_WORDS)


@lru_cache(maxsize=20_000)
def _framing(word: str, *, misspelt: bool) -> bool:
    if word in _frame():
        return True
    if not misspelt or len(word) < _SHORT:
        return False
    near = process.extract(word, _frame(), scorer=OSA.distance, score_cutoff=1, limit=None)
    return any((len(text) >= _FRAME and len(word) >= _FRAME) or swapped(word, text) for text, _, _ in near)


def swapped(one: str, other: str) -> bool:
    """True if two different words of four letters or more have the same letters in another order.

    >>> swapped("gvot", "govt"), swapped("not", "ton")
    (True, False)
    """
    return len(one) >= _SHORT and one != other and sorted(one) == sorted(other)


def _near(key: str, most: int = 1) -> Iterable[tuple[str, frozenset[str]]]:
    # A name of six letters with one lost has five.
    if len(key) < (_LONG - 1 if most == 1 else _LONG):
        return ()
    found = process.extract(key, _long(), scorer=OSA.distance, score_cutoff=most, limit=None)
    best = min((distance for _, distance, _ in found), default=0)
    return [(text, _names()[text]) for text, distance, _ in found if distance == best]


def _inflected(key: str, name: str) -> frozenset[str]:
    """The states whose name in Cyrillic has another ending only, as after "government of"."""
    if script(name) != "Cyrillic" or len(stem := key.rstrip(_VOWELS)) < _STEM:
        return frozenset()
    return _stems().get(stem, frozenset())


def _adjective(key: str) -> frozenset[str]:
    """The state whose adjective a word is: in English, or as its language is called in that of the word."""
    if key in _ADJECTIVES:
        return frozenset({_ADJECTIVES[key]})
    found = {
        _tongues()[key[:end]]
        for end in range(max(_STEM, len(key) - 2), len(key) + 1)
        if key[:end] in _tongues()
    }
    return frozenset(found) if len(found) == 1 else frozenset()


@cache
def _tongues() -> Mapping[str, str]:
    """The one state that gave a language its name, by what languages are called in others."""
    likely = get_global("likely_subtags")
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        names = Locale.parse(language).languages
        for one in LANGUAGES:
            state = likely.get(one, "").rpartition("_")[2]
            if one in names and state in states() and one not in _OF_MANY:
                found.setdefault(fold(latin(names[one])), set()).add(state)
    return {name: next(iter(of)) for name, of in found.items() if len(of) == 1}


@cache
def _names() -> Mapping[str, frozenset[str]]:
    """The states and institutions that each folded name in Latin letters may mean."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        territories = Locale.parse(language).territories
        for code in (*states(), *_UNIONS):
            for name in _spoken(territories.get(code, "")):
                found.setdefault(fold(latin(name)), set()).add(code)
    for key, ids in found.items():
        # A name in English, German or Ukrainian, or a common alias, keeps its meaning.
        if len(ids) > 1 and (known := party_id(key)) in ids:
            found[key] = {str(known)}
    _with_slips(found)
    for party, names in INSTITUTIONS.items():
        for name in names:
            found[fold(latin(name))] = {party}
    return {key: frozenset(ids) for key, ids in found.items() if len(key) > 2}


def _with_slips(names: dict[str, set[str]]) -> None:
    """Add to each name of a language that few write in the states for whose usual names it may be a slip.

    Nigera is Niger in Latvian, and Nigeria without a letter in English: it may be either.
    """
    usual = {key: code for code, name in states().items() if len(key := fold(name)) >= _LONG}
    rare = [key for key in names if len(key) >= _LONG - 1 and not party_id(key)]
    near = process.cdist(rare, list(usual), scorer=OSA.distance, score_cutoff=1)
    for row, column in zip(*np.nonzero(near <= 1), strict=True):
        names[rare[row]].add(list(usual.values())[column])


def _spoken(name: str) -> tuple[str, ...]:
    """A name, and what stands before its dash, comma or bracket: Congo - Kinshasa is a Congo, too."""
    return tuple(dict.fromkeys(part for part in (name, _SECOND.split(name)[0]) if part))


@cache
def _long() -> tuple[str, ...]:
    return tuple(sorted(name for name in _names() if len(name) >= _LONG))


@cache
def _stems() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for language in ("uk", "be", "bg", "ru", "sr", "mk"):
        territories = Locale.parse(language).territories
        for code in states():
            stem = fold(latin(territories.get(code, ""))).rstrip(_VOWELS)
            if len(stem) >= _STEM:
                found.setdefault(stem, set()).add(code)
    return {stem: frozenset(ids) for stem, ids in found.items()}
