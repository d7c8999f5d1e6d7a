"""Numbers of consignments: short enough for the telephone, the same from issue to issue."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

_DIGEST = re.compile(r"[0-9a-f]{16}")
_SHORTEST = 4


def numbers(ids: Iterable[str], before: Mapping[str, Mapping[str, object]] | None = None) -> dict[str, str]:
    """Return a number for each consignment's id, such as K-8C34; no two are equal.

    The number is K and the first signs of the id, as few as distinguish the ids (four at least); an id that
    is no digest is its own number. before: the last issue's consignments by id: what had a number keeps it,
    and none of them is given to another.

    >>> numbers(["8c345cf18307319d", "8c345d0000000000", "0072439805b91def", "M-1"])["0072439805b91def"]
    'K-0072'
    >>> sorted(numbers(["8c345cf18307319d", "8c345d0000000000", "M-1"]).values())
    ['K-8C345C', 'K-8C345D', 'M-1']
    """
    known = {id: str(row["number"]) for id, row in (before or {}).items() if row.get("number")}
    every = sorted(set(ids))
    found = {id: known[id] for id in every if id in known}
    taken = set(known.values())
    fresh = [id for id in every if id not in found]
    found |= {id: id for id in fresh if not _DIGEST.fullmatch(id)}
    left = [id for id in fresh if id not in found]
    for size in range(_SHORTEST, 17):
        spelt = {id: f"K-{id[:size].upper()}" for id in left}
        often = Counter(spelt.values())
        alone = {id: one for id, one in spelt.items() if often[one] == 1 and one not in taken}
        found |= alone
        left = [id for id in left if id not in alone]
    return found | {id: id for id in left}
