"""Parties by name: states by ISO 3166, the institutions of the coalition, and their groups."""

from functools import cache

from babel import Locale
from babel.core import get_global

from konvoi.kit.text import fold, tidy

LANGUAGES = ("en", "de", "uk")

INSTITUTIONS: dict[str, tuple[str, str, str]] = {
    "EU": ("European Union", "Europäische Union", "Європейський Союз"),
    "EU-COM": (
        "EU (Commission and Council)",
        "EU (Kommission und Rat)",
        "ЄС (Комісія та Рада)",
    ),
    "EU-EC": ("European Commission", "Europäische Kommission", "Європейська комісія"),
    "EU-EUCO": ("European Council", "Europäischer Rat", "Європейська рада"),
    "EIB": ("European Investment Bank", "Europäische Investitionsbank", "Європейський інвестиційний банк"),
    "EPF": ("European Peace Facility", "Europäische Friedensfazilität", "Європейський фонд миру"),
    "NATO": ("NATO", "NATO", "НАТО"),
    "UN": ("United Nations", "Vereinte Nationen", "Організація Об’єднаних Націй"),
    "IMF": ("International Monetary Fund", "Internationaler Währungsfonds", "Міжнародний валютний фонд"),
    "WB": ("World Bank", "Weltbank", "Світовий банк"),
    "EBRD": (
        "European Bank for Reconstruction and Development",
        "Europäische Bank für Wiederaufbau und Entwicklung",
        "Європейський банк реконструкції та розвитку",
    ),
}
"""Institutions and funds by id, with their names in English, German, Ukrainian."""

EU_MEMBERS = (
    "AT",
    "BE",
    "BG",
    "CY",
    "CZ",
    "DE",
    "DK",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "HU",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "SI",
    "SK",
)
"""The 27 members of the European Union."""

GROUPS: dict[str, tuple[str, ...]] = {
    "EU": (*EU_MEMBERS, "EU-COM", "EU-EC", "EU-EUCO", "EIB", "EPF"),
    "G7": ("CA", "DE", "FR", "GB", "IT", "JP", "US"),
}
"""Groups by id: EU is its members, its Commission and Councils, its bank and its Peace Facility."""

# Common spellings that are neither a name in CLDR nor a code of ISO 3166.
_ALIASES: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia", "Bosnia-Herzegovina", "Bosnien"),
    "BY": ("Weissrussland",),
    "CD": ("Democratic Republic of the Congo", "Democratic Republic of Congo", "DR Congo", "DRC"),
    "CG": ("Republic of the Congo", "Republic of Congo", "Congo-Brazzaville"),
    "CI": ("Ivory Coast", "Cote d'Ivoire", "Elfenbeinküste"),
    "CN": ("People's Republic of China", "PRC", "Volksrepublik China"),
    "CZ": ("Czech Republic", "The Czech Republic", "Tschechische Republik", "Чеська Республіка"),
    "DE": ("Federal Republic of Germany", "Bundesrepublik Deutschland", "Deutschland (Bund)", "BRD"),
    "FR": ("French Republic",),
    "GB": (
        "UK",
        "U.K.",
        "Great Britain",
        "Britain",
        "United Kingdom of Great Britain and Northern Ireland",
        "Großbritannien",
        "Велика Британія",
        "Сполучене Королівство",
    ),
    "GR": ("EL", "Hellas", "Hellenic Republic"),
    "IE": ("Republic of Ireland",),
    "IR": ("Islamic Republic of Iran", "Iran, Islamic Republic of"),
    "KP": ("DPRK", "Democratic People's Republic of Korea"),
    "KR": ("South Korea", "Republic of Korea", "Korea, Republic of", "Südkorea", "Південна Корея"),
    "MD": ("Republic of Moldova", "Moldova, Republic of", "Republik Moldau", "Молдова"),
    "MK": ("Macedonia", "Republic of North Macedonia", "FYROM"),
    "NL": ("The Netherlands", "Holland", "Королівство Нідерландів"),
    "PL": ("Republic of Poland",),
    "PS": ("State of Palestine", "Palestine, State of"),
    "RU": ("Russian Federation", "Russische Föderation", "Російська Федерація", "РФ"),
    "SK": ("Slovak Republic", "Slowakische Republik"),
    "SY": ("Syrian Arab Republic",),
    "TR": ("Turkey", "Republic of Turkey", "Republic of Türkiye"),
    "TW": ("Taiwan, Province of China", "Republic of China"),
    "US": (
        "USA",
        "U.S.",
        "U.S.A.",
        "United States of America",
        "The United States",
        "America",
        "Vereinigte Staaten von Amerika",
        "США",
        "Сполучені Штати Америки",
    ),
    "VN": ("Viet Nam",),
    "EU": ("ЄС",),
    "EU-COM": ("EU Commission and Council", "EU (Commission & Council)", "EU Institutions"),
    "EU-EC": ("EU Commission", "EU-Kommission", "Єврокомісія"),
    "EPF": ("Європейський фонд підтримки миру",),
    "NATO": ("North Atlantic Treaty Organization", "North Atlantic Treaty Organisation"),
    "UN": ("ООН", "UNO"),
    "IMF": ("IWF", "МВФ"),
    "EBRD": ("EBWE", "ЄБРР"),
}


def party_id(name: str) -> str | None:
    """The id that a name, code or alias means; None where it is not known (nothing is guessed).

    >>> party_id("Czech Republic"), party_id("deu"), party_id("Польща"), party_id("Atlantis")
    ('CZ', 'DE', 'PL', None)
    """
    return _known().get(fold(name)) if name else None


def party_name(party: str, language: str = "en") -> str:
    """The name of a state or institution in a language; the id itself where it is not known.

    >>> party_name("DE", "uk"), party_name("EU-COM"), party_name("X-1")
    ('Німеччина', 'EU (Commission and Council)', 'X-1')
    """
    if party in INSTITUTIONS:
        return INSTITUTIONS[party][LANGUAGES.index(language) if language in LANGUAGES else 0]
    return states(language).get(party, party)


@cache
def states(language: str = "en") -> dict[str, str]:
    """States and territories by ISO 3166 two-letter code, with their names in a language."""
    names = Locale.parse(language).territories
    return {code: tidy(names[code]) for code in sorted(names) if _is_state(code)}


def _is_state(code: str) -> bool:
    # CLDR also lists regions by number, and codes that ISO keeps free: ZZ unknown, XA and XB tests.
    return len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


@cache
def _known() -> dict[str, str]:
    """Every folded spelling and the id it means; what is more exact is written last and wins."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        found |= {fold(name): code for code, name in states(language).items()}
    found |= {fold(name): party for party, names in INSTITUTIONS.items() for name in names}
    found |= {fold(name): party for party, names in _ALIASES.items() for name in names}
    found |= {old.lower(): code for old, code in _three_letters() if code in states()}
    found |= {fold(party): party for party in INSTITUTIONS}
    return found | {code.lower(): code for code in states()}


def _three_letters() -> list[tuple[str, str]]:
    codes = get_global("territory_aliases").items()
    return [(old, new[0]) for old, new in codes if len(old) == 3 and old.isalpha()]
