"""Decisions on pairs of listings: joined, kept apart, reviewed again if values change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from konvoi.align.compare import UNDECIDED
from konvoi.align.frames import Frames
from konvoi.align.matrix import PARTIES
from konvoi.kit.digest import key
from konvoi.kit.union import components

SAME = "same"
DIFFERENT = "different"


@dataclass(frozen=True)
class Decided:
    """parties: PARTIES after what people decided; undecided: UNDECIDED that still wait.

    torn: pairs of listings that are the same by some decisions and different by another; none of these is
    joined until that is solved.
    """

    parties: pl.DataFrame
    undecided: pl.DataFrame
    torn: tuple[tuple[str, str], ...] = ()


def values(frames: Frames, listings: Collection[str]) -> dict[str, str]:
    """Return a digest of the identifying values of each listing: a decision holds while it stays."""
    wanted = sorted(set(listings))
    of = pl.col("listing").is_in(wanted)
    told: dict[str, list[str]] = {one: [] for one in wanted}
    parts = (
        frames.listings.filter(of).select("listing", "kind"),
        frames.names.filter(of).select("listing", "name", "kind"),
        frames.births.filter(of).select("listing", "first", "last", "text"),
        frames.identifiers.filter(of).select("listing", "type", "value"),
    )
    for at, rows in enumerate(parts):
        for listing, *rest in rows.unique().iter_rows():
            told[listing].append(key(at, *(str(one) for one in rest)))
    return {one: key(*sorted(parts)) for one, parts in told.items()}


def decided(parties: pl.DataFrame, undecided: pl.DataFrame, pairs: Mapping[tuple[str, str], str]) -> Decided:
    """Parties as people decided; pairs: two listings → same or different. Others decide nothing.

    same joins the parties of both. different ends the question; of two listings of one party the one that
    does not give it its id leaves it.
    """
    of: dict[str, str] = dict(parties.select("listing", "party").iter_rows())
    known = {pair: verdict for pair, verdict in pairs.items() if pair[0] in of and pair[1] in of}
    told = sorted(known.items())
    for (left, right), verdict in told:
        if verdict == DIFFERENT and of[left] == of[right]:
            leaves = left if of[right] == right else right
            of[leaves] = leaves
    kept = [(of[a], of[b]) for (a, b), verdict in told if verdict == DIFFERENT]
    joined = sorted(_ordered(of[a], of[b]) for (a, b), verdict in told if verdict == SAME)
    torn: list[tuple[str, str]] = []
    first: dict[str, str] = dict(components(joined))
    for a, b in kept:
        if a in first and first[a] == first.get(b):
            torn.append((a, b))
            whole = first[a]
            first = {name: name if one == whole else one for name, one in first.items()}
    rows = [
        (first.get(party, party), listing) for listing, party in sorted(of.items(), key=lambda one: one[0])
    ]
    found = pl.DataFrame(rows, schema=PARTIES, orient="row")
    apart = {_ordered(first.get(a, a), first.get(b, b)) for a, b in kept}
    now = {listing: party for party, listing in rows}
    return Decided(found, _still(undecided, now, apart), tuple(torn))


def _ordered(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)


def _still(
    undecided: pl.DataFrame, of: Mapping[str, str], apart: Collection[tuple[str, str]]
) -> pl.DataFrame:
    """Return the undecided pairs, by the parties as they are now."""
    rows = []
    for row in undecided.iter_rows(named=True):
        left, right = _ordered(of.get(row["a"], row["left"]), of.get(row["b"], row["right"]))
        if left != right and (left, right) not in apart:
            rows.append({**row, "left": left, "right": right})
    found = pl.DataFrame(rows, schema=UNDECIDED)
    return found.unique(("left", "right"), keep="first", maintain_order=True)
