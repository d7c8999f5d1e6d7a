"""Who gives, by whatever name: in the languages of Europe, as registers invert it, or by an agency's name."""

import re
from functools import cache, lru_cache

from babel import UnknownLocaleError
from babel.languages import get_official_languages
from rapidfuzz import process
from rapidfuzz.distance import OSA

from konvoi.kit.latin import latin
from konvoi.kit.text import fold
from konvoi.model.party import INSTITUTIONS, party_id, states

_LANGUAGES = ("en", "de", "fr", "uk", "pl")
_LONG = 5
_FORM = re.compile(r",.{0,2}gov.*$|^(the )?government of( the)? ", re.IGNORECASE)

# Ministries and agencies through which a state gives, and formal names that CLDR does not list.
_THROUGH: dict[str, tuple[str, ...]] = {
    "AT": ("Republik Österreich", "ADA Austrian Development Agency"),
    "AU": ("DFAT", "AusAID"),
    "BE": ("Enabel",),
    "CA": ("Global Affairs Canada", "GAC"),
    "CH": ("SDC", "DEZA", "Suisse/DEZA", "SECO"),
    "CZ": (
        "Tschechische Republik",
        "Чеська Республіка",
        "République tchèque",
        "Česká republika",
        "Czech Republic",
    ),
    "DE": ("BMZ", "KfW", "GIZ", "ФРН", "RFN", "Bundesrepublik Deutschland"),
    "DK": ("Danida",),
    "EU": (
        "Commission européenne",
        "Union européenne",
        "Komisja Europejska",
        "Unia Europejska",
        "UE",
        "ЄС",
        "European Commission",
        "Europäische Kommission",
        "Європейська комісія",
    ),
    "EIB": ("EIB", "BEI", "ЄІБ", "Banque européenne d'investissement", "Europejski Bank Inwestycyjny"),
    "EPF": ("EPF", "ЄФМ", "Facilité européenne pour la paix", "Europejski Instrument na rzecz Pokoju"),
    "FR": ("République française", "AFD", "Agence française de développement"),
    "GB": ("FCDO", "DFID", "Foreign, Commonwealth and Development Office"),
    "IE": ("Irish Aid",),
    "IT": ("AICS",),
    "JP": ("JICA",),
    "KR": ("KOICA", "ROK"),
    "LU": ("LuxDev",),
    "NO": ("NMFA", "Norad"),
    "PL": ("Rzeczpospolita Polska", "Polish Aid"),
    "SE": ("Sida",),
    "US": ("USAID", "Stany Zjednoczone Ameryki", "United States of America", "США"),
    "NL": ("Holland", "The Netherlands"),
    "SK": ("Slovak Republic",),
    "GR": ("Hellenic Republic",),
    "TR": ("Republic of Türkiye", "Turkey"),
}


@lru_cache(maxsize=100_000)
def giver(name: str) -> str | None:
    """The state or institution that a name, code or agency stands for; None where nobody knows.

    A long name may have a letter lost, doubled or swapped, where only one is so near.

    >>> giver("Germany, Government of"), giver("Latvija"), giver("Allemange"), giver("Sida")
    ('DE', 'LV', 'DE', 'SE')
    >>> giver("Harbour Relief Ltd")
    """
    plain = _FORM.sub("", name)
    if party_id(plain) == plain:
        return plain  # Names in all languages take a third of a second to gather, and an id needs none.
    known = _names().get(_key(plain)) or party_id(plain)
    if known or len(plain) < _LONG:
        return known
    near = process.extract(_key(plain), _long_names(), scorer=OSA.distance, score_cutoff=1)
    meant = {_names()[str(text)] for text, _, _ in near}
    return meant.pop() if len(meant) == 1 else None


def _key(name: str) -> str:
    return fold(latin(name))


@cache
def _names() -> dict[str, str]:
    """Every name in Latin letters, folded; what is said here stands above what CLDR says."""
    found: dict[str, str] = {}
    for code in states():
        for language in reversed((*_LANGUAGES, *get_official_languages(code, de_facto=True))):
            if written := _states(language).get(code):
                found[_key(written)] = code
    found |= {_key(name): party for party, names in INSTITUTIONS.items() for name in names}
    return found | {_key(name): party for party, names in _THROUGH.items() for name in names}


def _states(language: str) -> dict[str, str]:
    """Their names in a language; empty where CLDR does not have it."""
    try:
        return states(language)
    except (UnknownLocaleError, ValueError):
        return {}


@cache
def _long_names() -> tuple[str, ...]:
    return tuple(sorted(name for name in _names() if len(name) >= _LONG))
