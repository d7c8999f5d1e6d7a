"""Countries that a text names, also by the adjective that lists use for nationalities."""

import re
from functools import lru_cache

from konvoi.kit.text import fold
from konvoi.model.party import party_id, states

_ADJECTIVES = {
    "afghan": "AF",
    "algerian": "DZ",
    "american": "US",
    "armenian": "AM",
    "azerbaijani": "AZ",
    "belarusian": "BY",
    "belarussian": "BY",
    "bosnian": "BA",
    "british": "GB",
    "burmese": "MM",
    "chinese": "CN",
    "congolese": "CD",
    "cypriot": "CY",
    "egyptian": "EG",
    "emirati": "AE",
    "french": "FR",
    "georgian": "GE",
    "german": "DE",
    "indonesian": "ID",
    "iranian": "IR",
    "iraqi": "IQ",
    "israeli": "IL",
    "italian": "IT",
    "jordanian": "JO",
    "kazakh": "KZ",
    "kuwaiti": "KW",
    "lebanese": "LB",
    "libyan": "LY",
    "malaysian": "MY",
    "maltese": "MT",
    "moldovan": "MD",
    "moroccan": "MA",
    "north korean": "KP",
    "omani": "OM",
    "pakistani": "PK",
    "qatari": "QA",
    "russian": "RU",
    "rwandan": "RW",
    "saudi": "SA",
    "serbian": "RS",
    "somali": "SO",
    "sudanese": "SD",
    "swiss": "CH",
    "syrian": "SY",
    "tajik": "TJ",
    "tunisian": "TN",
    "turkish": "TR",
    "turkmen": "TM",
    "ugandan": "UG",
    "ukrainian": "UA",
    "uzbek": "UZ",
    "venezuelan": "VE",
    "yemeni": "YE",
    "korea north": "KP",
    "korea south": "KR",
    "crimea": "UA",
    "burma": "MM",
}
_SHORT = frozenset({"UAE", "USA", "DRC", "UK", "US"})
_WORDS_OF_A_NAME = 6
_SHORTEST = 4


@lru_cache(maxsize=20_000)
def country(text: str) -> str:
    """The ISO 3166 code of the first country that a text names; empty where it names none.

    A code of two or three letters counts where it stands alone in capitals: "no." is not Norway.

    >>> country("Issued in Jordan"), country("UAE"), country("national identity card no."), country("Iranian")
    ('JO', 'AE', '', 'IR')
    """
    bare = text.strip(" .,;")
    if len(bare) < _SHORTEST:
        return _state(bare) if bare.isupper() else ""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", bare)
    for first in range(len(words)):
        for last in range(min(len(words), first + _WORDS_OF_A_NAME), first, -1):
            found = _state(" ".join(words[first:last]))
            if found and (last - first > 1 or len(words[first]) >= _SHORTEST or words[first] in _SHORT):
                return found
    return ""


def _state(name: str) -> str:
    key = fold(name)
    found = _ADJECTIVES.get(key) or party_id(name) or ""
    return found if found in states() else ""
