"""Comparison of uncommon words in both texts, in whatever language or script the others are."""

from itertools import product

from konvoi.reconcile.comparison import OTHERWISE, Comparison, Level

_KEYS = ("key1", "key2", "key3")


def _shared(left: str, right: str) -> str:
    return f"l.{left} = r.{right}"


_ANY = " OR ".join(_shared(left, right) for left, right in product(_KEYS, _KEYS))
_RARE = " OR ".join(f"(l.{left} = r.{right} AND l.{left}_rare)" for left, right in product(_KEYS, _KEYS))
_TWO = " OR ".join(
    f"(({_shared(*one)}) AND ({_shared(*two)}))"
    for one, two in (
        ((a, b), (c, d))
        for a, c in (("key1", "key2"), ("key1", "key3"), ("key2", "key3"))
        for b, d in product(_KEYS, _KEYS)
        if b != d
    )
)

# Declared without weight: the weight of a shared word can only be estimated from the records.
WORDS = Comparison(
    name="uncommon words",
    columns=("key1",),
    levels=(
        Level("two uncommon words in common", _TWO, 0.05, 0.05),
        Level("a rare word in common", _RARE, 0.05, 0.05),
        Level("an uncommon word in common", _ANY, 0.1, 0.1),
        Level("no uncommon word in common", OTHERWISE, 0.8, 0.8),
    ),
)
