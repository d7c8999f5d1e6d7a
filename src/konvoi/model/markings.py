"""Markings: which readers a record is released to."""

import re
from collections.abc import Sequence
from functools import lru_cache

MARKINGS = PUBLIC, COALITION, OWN = ("public", "coalition", "own")
"""Readers of a record, from everybody to the party alone; besides, parties by id."""

_SEPARATORS = re.compile(r"[,;\s]+")


def admits(marking: str, parties: Sequence[str], reader: str, *, partner: bool = True) -> bool:
    """Return True if a marking admits a reader: `public`, `coalition`, or a party by its id.

    parties: those to whom the record belongs; they always see it. Of several parts each must admit the
    public or the coalition: a wide word beside a narrow one widens nothing. An empty marking admits only
    those to whom the record belongs. partner: whether a party is a partner of the coalition.
    """
    return _admits(marking, tuple(parties), reader, partner)


def parties_of(marking: str) -> tuple[str, ...]:
    """Return the parties that a marking names.

    >>> parties_of("PL, DE"), parties_of("coalition")
    (('PL', 'DE'), ())
    """
    return tuple(part for part in _SEPARATORS.split(marking.strip()) if part and part not in MARKINGS)


@lru_cache(maxsize=4096)
def _admits(marking: str, parties: tuple[str, ...], reader: str, partner: bool) -> bool:
    parts = [part for part in _SEPARATORS.split(marking.strip()) if part]
    wide = bool(parts) and all(part in (PUBLIC, COALITION) for part in parts)
    public = wide and COALITION not in parts
    if reader == PUBLIC:
        return public
    if reader == COALITION:
        return wide
    return (wide if partner else public) or reader in parts or reader in parties
