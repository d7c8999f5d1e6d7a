"""Parents, owners and subsidiaries that lists themselves name: stated ownership without a share."""

from collections.abc import Iterable, Sequence

import polars as pl

from konvoi.align.asking import Asked
from konvoi.align.frames import Frames
from konvoi.align.legalforms import parted
from konvoi.align.listing import Tie
from konvoi.align.phonetic_key import skeleton, words
from konvoi.align.stated import Stated

_UP = (Tie.PARENT.value, Tie.OWNER.value)
_DOWN = (Tie.SUBSIDIARY.value,)


def subsidiaries(parties: Sequence[Asked], lists: Frames, known: Iterable[Stated] = ()) -> tuple[Stated, ...]:
    """Return the ownership that lists state for the parties, and for those in the rows already known.

    A name means whom it sounds like, whatever script and legal form. An association (linked to) and a manager
    are no ownership.
    """
    named = {_heard(text): text for row in known for text in (row.owner, row.owned)}
    named |= {_heard(name.text): party.name for party in parties for name in party.known.names}
    named.pop((), None)
    rows = lists.links.filter(pl.col("tie").is_in([*_UP, *_DOWN]))
    told = rows.join(lists.listings, on="listing", suffix="_listed").sort("listing", "tie", "name")
    found = []
    for row in told.iter_rows(named=True):
        ends = (row["name"], row["name_listed"])
        owner, owned = ends if row["tie"] in _UP else ends[::-1]
        if (held := named.get(_heard(owned))) is not None:
            source = f"{row['regime']} {row['reference']}: {row['name']}"
            found.append(Stated(owner, held, None, source))
    return tuple(dict.fromkeys(found))


def _heard(name: str) -> tuple[str, ...]:
    """The skeletons of a name's words, without legal form."""
    return tuple(sorted({skeleton(word) for word in parted(words(name))[0]}))
