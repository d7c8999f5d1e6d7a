"""The lists by which words are rare: the first of each regime in the month of its list in force.

They stay the same for a month, so that a new list changes only pairs with a listing that changed.
"""

from pathlib import Path

import polars as pl

from konvoi.align.candidate_search import Basis, prepared
from konvoi.align.frames import together
from konvoi.align.list_status import Standing, State
from konvoi.flow.cache import keep, kept
from konvoi.flow.package_digest import package_digest
from konvoi.flow.sanctions.grouping import content
from konvoi.flow.sanctions.list_reader import tables
from konvoi.flow.sanctions.lists import Lists
from konvoi.kit.digest import key

_ROOMS = ("align", "link", "kit")
_RARE = pl.Schema(
    {
        "kind": pl.String(),
        "skeleton": pl.String(),
        "df": pl.Int64(),
        "owners": pl.Int64(),
        "weight": pl.Float64(),
    }
)
_CROWDED = pl.Schema({"key": pl.String()})


def basis_of(found: Lists, folder: Path) -> tuple[str, Basis | None]:
    """Return the digest of the basis and the basis; none where the lists in force are their own."""
    chosen = _first_of_month(found.standings)
    if all(one.state == State.IN_FORCE for one in chosen):
        return "", None
    frames = together(tables(found.readings[one.taken.snapshot.id]) for one in chosen)
    name = key(package_digest(*_ROOMS), content(frames))
    basis = _kept(folder / f"basis-{name}")
    if basis is None:
        whole = prepared(frames)
        basis = Basis(whole.rare, whole.crowded)
        keep(folder / f"basis-{name}", {"rare": basis.rare, "crowded": basis.crowded})
    return (name, basis) if basis.knows(found.frames.listings["kind"]) else ("", None)


def _kept(place: Path) -> Basis | None:
    before = kept(place, {"rare": _RARE, "crowded": _CROWDED})
    return Basis(before["rare"], before["crowded"]) if before else None


def _first_of_month(standings: tuple[Standing, ...]) -> list[Standing]:
    """Return the earliest good list of each regime in the month of its list in force."""
    good = [one for one in standings if one.state in (State.SUPERSEDED, State.IN_FORCE)]
    months = {
        one.taken.snapshot.regime: one.taken.day.replace(day=1) for one in good if one.state == State.IN_FORCE
    }
    first: dict[str, Standing] = {}
    for one in sorted(good, key=lambda one: one.taken.day):
        regime = one.taken.snapshot.regime
        if one.taken.day.replace(day=1) == months.get(regime):
            first.setdefault(regime, one)
    return [first[name] for name in sorted(first)]
