"""Names of parties and places in FTS: governments as states, places as ISO 3166 three-letter codes."""

import re

from konvoi.kit.text import fold
from konvoi.model.country import three_letters
from konvoi.model.party import INSTITUTIONS, party_id

_GOVERNMENT = re.compile(r"(.+?)(?: \([^)]*\))?, Government of")

# Names that FTS uses and CLDR does not know.
_PLACES = {"occupied palestinian territory": "PSE"}


def organisation(number: str, name: str) -> str:
    """The party that an organisation is: a state for a government, an institution we know, else its FTS id.

    >>> organisation("2924", "Switzerland, Government of"), organisation("3049", "World Food Programme")
    ('CH', 'fts-org:3049')
    """
    government = _GOVERNMENT.fullmatch(name)
    if government:
        return party_id(government[1]) or f"fts-org:{number}"
    known = party_id(name)
    return known if known in INSTITUTIONS else f"fts-org:{number}"


def country(name: str) -> str | None:
    """The ISO 3166 three-letter code of a place's name; None where it is not known.

    >>> country("Iran, Islamic Republic of"), country("occupied Palestinian territory"), country("Atlantis")
    ('IRN', 'PSE', None)
    """
    return _PLACES.get(fold(name)) or three_letters(party_id(name) or "")
