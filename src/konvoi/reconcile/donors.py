"""The party that gives, by any name: a state's in any language, as registers invert it, or an agency's."""

import re
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from konvoi.kit.latin import latin
from konvoi.kit.text import fold
from konvoi.model.party import party_id
from konvoi.model.spelling import party_misspelt, party_named

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
    """Return the state or institution that a name, code or agency stands for; None where none is known.

    A long name may have a letter lost, doubled or swapped, where only one is so near.

    >>> giver("Germany, Government of"), giver("Latvija"), giver("Allemange"), giver("Sida")
    ('DE', 'LV', 'DE', 'SE')
    >>> giver("Harbour Relief Ltd")
    """
    plain = _FORM.sub("", name)
    if party_id(plain) == plain:
        return plain  # Names in all languages take a second to gather, and an id needs none.
    known = _agencies().get(_key(plain)) or party_named(plain)
    if known or len(plain) < _LONG:
        return known
    near = process.extract(_key(plain), _long_names(), scorer=OSA.distance, score_cutoff=1)
    meant = {_agencies()[str(text)] for text, _, _ in near}
    return meant.pop() if len(meant) == 1 else party_misspelt(plain)


def _key(name: str) -> str:
    return fold(latin(name))


@cache
def _agencies() -> dict[str, str]:
    """The names of agencies and the formal names of _THROUGH in Latin letters, folded."""
    return {_key(name): party for party, names in _THROUGH.items() for name in names}


@cache
def _long_names() -> tuple[str, ...]:
    return tuple(sorted(name for name in _agencies() if len(name) >= _LONG))
