"""United Nations: resolutions of the Security Council, which the list or its reader cites by symbol."""

import re

from konvoi.align.acts.act import Act, Authority, Theme

_SYMBOL = re.compile(r"S/RES/(\d+)(?: \((\d{4})\))?")
_YEARS = {"1973": "2011"}
"""Years of resolutions that comments of the list name by number alone."""

_THEMES = {
    "Al-Qaida": Theme.TERRORISM,
    "CAR": Theme.CAR,
    "DPRK": Theme.DPRK,
    "DRC": Theme.DRC,
    "GB": Theme.GUINEA_BISSAU,
    "Haiti": Theme.HAITI,
    "Iran": Theme.IRAN,
    "Iraq": Theme.IRAQ,
    "Libya": Theme.LIBYA,
    "Mali": Theme.MALI,
    "Somalia": Theme.SOMALIA,
    "SouthSudan": Theme.SOUTH_SUDAN,
    "Sudan": Theme.SUDAN,
    "Taliban": Theme.AFGHANISTAN,
    "Yemen": Theme.YEMEN,
}


def _derive(tag: str) -> Act | None:
    """Return the resolution of a symbol; its day of adoption is not in it.

    >>> _derive("S/RES/1970 (2011)").number, _derive("S/RES/1973").link
    ('United Nations Security Council resolution 1970 (2011)', 'https://undocs.org/S/RES/1973(2011)')
    """
    found = _SYMBOL.fullmatch(tag)
    year = (found[2] or _YEARS.get(found[1], "")) if found else ""
    if not found or not year:
        return None
    number = found[1]
    cited = f"United Nations Security Council resolution {number} ({year})"
    return Act("", cited, f"https://undocs.org/S/RES/{number}({year})")


UN = Authority("un", themes=_THEMES, derive=_derive)
