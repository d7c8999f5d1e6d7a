"""Chains of receipts that this process has verified: where one has only grown, the new lines are verified."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from konvoi.flow.receipts import Receipt, receipts
from konvoi.kit.digest import digest

MOST = 8
"""Places of which a chain is kept."""


@dataclass(frozen=True)
class _Beginning:
    """A verified chain. size: of its bytes. sha256: their digest."""

    size: int
    sha256: str
    chain: tuple[Receipt, ...]


_VERIFIED: OrderedDict[Hashable, _Beginning] = OrderedDict()


def verified_receipts(place: Hashable, content: bytes) -> tuple[Receipt, ...]:
    """Return what `receipts` does of a content, and raise what it raises.

    place: of the chain. All of its bytes are read each time. Only where those that were verified last are the
    same to the last byte are they not verified again; else the whole content is.
    """
    known = _VERIFIED.get(place)
    if known is not None and digest(content[: known.size]) == known.sha256:
        if len(content) == known.size:
            return known.chain
        chain = receipts(content[known.size :], known.chain)
    else:
        chain = receipts(content)
    _VERIFIED.pop(place, None)
    _VERIFIED[place] = _Beginning(len(content), digest(content), chain)
    while len(_VERIFIED) > MOST:
        _VERIFIED.popitem(last=False)
    return chain
