"""Parents, owners and subsidiaries that lists themselves name: stated ownership without a share."""

from collections.abc import Iterable, Sequence

import polars as pl

from konvoi.align.asking import Asked
from konvoi.align.holdings import OWNER, alike, spelt_owner
from konvoi.align.legalforms import parted
from konvoi.align.listing import Kind, Tie
from konvoi.align.phonetic_key import skeleton, words
from konvoi.align.screening import Ready
from konvoi.align.stated import Stated

_UP = (Tie.PARENT.value, Tie.OWNER.value)
_DOWN = (Tie.SUBSIDIARY.value,)


def subsidiaries(parties: Sequence[Asked], lists: Ready, known: Iterable[Stated] = ()) -> tuple[Stated, ...]:
    """Return the ownership that lists state for the parties, and for those in the rows already known.

    A name means whom it sounds like, whatever script and legal form. One that the matcher finds alike is
    returned under its own spelling: konvoi.align.holdings joins it, or asks. An association (linked to) and
    a manager are no ownership.
    """
    texts = dict.fromkeys(text for row in known for text in (row.owner, row.owned))
    named = {_heard(text): text for text in texts}
    named |= {_heard(name.text): party.name for party in parties for name in party.known.names}
    named.pop((), None)
    frames = lists.frames
    rows = frames.links.filter(pl.col("tie").is_in([*_UP, *_DOWN]))
    told = rows.join(frames.listings, on="listing", suffix="_listed").sort("listing", "tie", "name")
    stated = []
    for row in told.iter_rows(named=True):
        ends = (row["name"], row["name_listed"])
        owner, owned = ends if row["tie"] in _UP else ends[::-1]
        source = f"{row['regime']} {row['reference']}: {row['name']}"
        stated.append(Stated(owner, named.get(_heard(owned), owned), None, source))
    others = dict.fromkeys(row.owned for row in stated if row.owned not in named.values())
    near = _near(list(others), [*parties, *(spelt_owner(f"{OWNER}{text}", (text,)) for text in texts)], lists)
    return tuple(dict.fromkeys(row for row in stated if row.owned not in others or row.owned in near))


def _near(texts: Sequence[str], whom: Sequence[Asked], lists: Ready) -> set[str]:
    """Return the names that the matcher takes for one of some parties, or for one that may be."""
    asked = {f"{OWNER}{text}": spelt_owner(f"{OWNER}{text}", (text,), Kind.ENTITY) for text in texts}
    pairs = alike(list(asked.values()), whom, lists) if whom else []
    return {asked[one].name for a, b, _ in pairs for one in (a, b) if one in asked}


def _heard(name: str) -> tuple[str, ...]:
    """The skeletons of a name's words, without legal form."""
    return tuple(sorted({skeleton(word) for word in parted(words(name))[0]}))
