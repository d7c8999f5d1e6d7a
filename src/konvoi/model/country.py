"""Countries in scopes: ISO 3166 three-letter codes, as boundaries name them."""

from functools import cache

from babel.core import get_global

from konvoi.model.party import states

# ISO 3166-3: codes of states that are no more, which CLDR lists beside those of today.
_FORMER = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})


def three_letters(two: str) -> str | None:
    """The three-letter code of a two-letter one; None where there is none.

    >>> three_letters("DE"), three_letters("UA"), three_letters("ZZ")
    ('DEU', 'UKR', None)
    """
    return _codes().get(two)


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for old, new in get_global("territory_aliases").items():
        if len(old) == 3 and old.isalpha() and len(new) == 1 and old not in _FORMER and new[0] in states():
            found[new[0]] = old
    return found
