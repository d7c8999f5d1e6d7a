"""Other readings of a name in Latin letters: as French and German texts write Cyrillic names.

A letter may stand for several there (c for ц and ч in DIN 1460 without its signs), or several for one (tch,
ou in French), so that such a name sounds like another one; each reading is a guess, good for a question only.
"""

import re
from collections.abc import Mapping

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_FRENCH = {"chtch": "shch", "tch": "ch", "ch": "sh", "iou": "yu", "ou": "u", "j": "zh"}
_SIGNLESS = {"sc": "shch", "ch": "kh", "dz": "dzh"}
_SCHEMES: tuple[Mapping[str, str], ...] = (
    _FRENCH,
    _SIGNLESS | {"c": "ch"},
    _SIGNLESS | {"c": "ts"},
)
_PATTERNS = tuple(
    (re.compile("|".join(sorted(scheme, key=len, reverse=True))), scheme) for scheme in _SCHEMES
)


def readings(name: str) -> tuple[str, ...]:
    """Return the readings of a name in the letters of most lists, in lower case; none for a Cyrillic name.

    >>> readings("Tchoubaïs"), readings("Cubajs"), readings("Ivanov")
    (('chubaïs', 'tkhoubaïs'), ('cubazhs', 'chubajs', 'tsubajs'), ())
    """
    if _CYRILLIC.search(name):
        return ()
    plain = name.casefold()
    read = [_read(plain, pattern, scheme) for pattern, scheme in _PATTERNS]
    return tuple(one for one in dict.fromkeys(read) if one != plain)


def _read(name: str, pattern: re.Pattern[str], scheme: Mapping[str, str]) -> str:
    return pattern.sub(lambda found: scheme[found[0]], name)
