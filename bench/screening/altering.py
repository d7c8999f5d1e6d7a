"""Listed names as people write them: initials, letters changed round, words written together, cut."""

import random
import re

_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST = 4


def initials(given: str, family: str) -> str:
    """Return a person's name with the initials of all given names.

    >>> initials("Vladimir Vladimirovich", "PUTIN"), initials("Владимир", "Путин")
    ('V. V. PUTIN', 'В. Путин')
    """
    return f"{' '.join(f'{word[0].upper()}.' for word in _LETTERS.findall(given))} {family}"


def transposed(name: str, seed: int) -> str:
    """Return a name with two neighbouring letters of one word changed round; the same if none can be.

    >>> transposed("Igor Sechin", 1) != "Igor Sechin", transposed("Li Na", 1)
    (True, 'Li Na')
    """
    rng = random.Random(seed)
    places = [
        at
        for word in _LETTERS.finditer(name)
        if len(word[0]) >= _LEAST
        for at in range(word.start(), word.end() - 1)
        if name[at].casefold() != name[at + 1].casefold()
    ]
    if not places:
        return name
    at = rng.choice(places)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def glued(name: str, seed: int) -> str:
    """Return a name with two neighbouring words written as one.

    >>> glued("Siemens AG", 1)
    'SiemensAG'
    """
    places = [found.start() for found in re.finditer(r"(?<=[^\W_]) (?=[^\W_])", name)]
    if not places:
        return name
    at = random.Random(seed).choice(places)
    return name[:at] + name[at + 1 :]


def truncated(name: str) -> str:
    """Return a name without the last half of its last word, as a field cuts it.

    >>> truncated("ROSNEFT OIL OPEN JOINT STOCK COMPANY")
    'ROSNEFT OIL OPEN JOINT STOCK COMP'
    """
    last = [found.end() - found.start() for found in _LETTERS.finditer(name)][-1:]
    return name[: -max((last or [1])[0] // 2, 1)].rstrip() if last else name
