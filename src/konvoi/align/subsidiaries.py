"""Subsidiaries that lists themselves name of those whom they list: stated ownership without a share."""

from collections.abc import Sequence

import polars as pl

from konvoi.align.asking import Asked
from konvoi.align.frames import Frames
from konvoi.align.legalforms import parted
from konvoi.align.listing import Tie
from konvoi.align.skeleton import skeleton, words
from konvoi.align.stated import Stated


def subsidiaries(parties: Sequence[Asked], lists: Frames) -> tuple[Stated, ...]:
    """What lists say of subsidiaries that sound like one of the parties, whatever script and legal form."""
    named = {_heard(name.text): party.name for party in parties for name in party.known.names}
    named.pop((), None)
    rows = lists.links.filter(pl.col("tie") == Tie.SUBSIDIARY.value)
    told = rows.join(lists.listings, on="listing", suffix="_listed").sort("listing", "name")
    found = []
    for row in told.iter_rows(named=True):
        if (party := named.get(_heard(row["name"]))) is not None:
            source = f"{row['regime']} {row['reference']}: {row['name']}"
            found.append(Stated(row["name_listed"], party, None, source))
    return tuple(dict.fromkeys(found))


def _heard(name: str) -> tuple[str, ...]:
    """The skeletons of a name's words, without legal form."""
    return tuple(sorted({skeleton(word) for word in parted(words(name))[0]}))
