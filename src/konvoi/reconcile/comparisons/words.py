"""The same uncommon words stand in both texts, in whatever language or script the others are."""

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

WORDS = Comparison(
    name="uncommon words",
    columns=("key1",),
    levels=(
        Level("two uncommon words in common", _TWO, 0.15, 0.01),
        Level("a rare word in common", _RARE, 0.1, 0.01),
        Level("an uncommon word in common", _ANY, 0.2, 0.08),
        Level("no uncommon word in common", OTHERWISE, 0.55, 0.9),
    ),
)
