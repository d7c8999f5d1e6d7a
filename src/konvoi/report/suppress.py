"""Totals in which hidden entries count, drawn so that no hidden part can be told from what is published."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import polars as pl

from konvoi.ledger.answer import Part, Refusal, Total, Unvalued

LEAST = 3
WITHHELD = (
    "Not shown here: fewer than three partners stand behind a part of it that this audience may not see."
)

Cell = tuple[str, str]
"""The name of a total, and the key of one of its parts; an empty key is the total itself."""


@dataclass(frozen=True)
class _Hidden:
    """What is hidden: entries that may count unnamed, by party, and those that may not count at all."""

    quiet: Mapping[str, str]
    forbidden: frozenset[str]
    all: frozenset[str]


def protected(totals: Mapping[str, Total], hidden: pl.DataFrame) -> dict[str, Total]:
    """Totals without what would give hidden entries away; ids of hidden entries are nowhere in them.

    hidden: the entries that the audience may not see (columns entry, party, count_mode). Those with count
    mode `named` count and may be told by partner; those with `in total, not named` count where nobody can
    tell them apart; a cell that rests on any other is withheld. Hidden entries that stand in exactly the
    same published cells form one unknown; each unknown must come from three parties or more, for every sum
    or difference of published cells is a sum of such unknowns. Cells are withheld, the smallest first,
    until that holds.
    """
    cells = _cells(totals)
    known = _sorted_out(hidden)
    gone = {cell for cell, entries in cells.items() if entries & known.forbidden}
    gone |= {(name, part.key) for name, key in gone if not key for part in totals[name].by}
    while bad := _bad_cells(cells, gone, known.quiet):
        cell = min(bad, key=lambda cell: (not cell[1], len(cells[cell]), cell))
        gone.add(cell)
        if not cell[1]:
            gone |= {(cell[0], part.key) for part in totals[cell[0]].by}
    return {name: _shown(name, total, gone, known.all) for name, total in totals.items()}


def _cells(totals: Mapping[str, Total]) -> dict[Cell, frozenset[str]]:
    cells = {}
    for name in sorted(totals):
        parts = totals[name].by
        cells[name, ""] = frozenset(totals[name].entries).union(*(part.entries for part in parts))
        cells |= {(name, part.key): frozenset(part.entries) for part in parts}
    return cells


def _sorted_out(hidden: pl.DataFrame) -> _Hidden:
    rows = list(hidden.select("entry", "party", "count_mode").iter_rows())
    quiet = {entry: party or "" for entry, party, mode in rows if mode == "in total, not named"}
    named = {entry for entry, _, mode in rows if mode == "named"}
    every = frozenset(entry for entry, _, _ in rows)
    return _Hidden(quiet, every - named - set(quiet), every)


def _bad_cells(cells: Mapping[Cell, frozenset[str]], gone: set[Cell], quiet: Mapping[str, str]) -> set[Cell]:
    """The published cells that hold an unknown of fewer than three parties."""
    where: dict[str, list[Cell]] = defaultdict(list)
    for cell in sorted(set(cells) - gone):
        for entry in cells[cell] & quiet.keys():
            where[entry].append(cell)
    parties: dict[tuple[Cell, ...], set[str]] = defaultdict(set)
    for entry, found in where.items():
        parties[tuple(found)].add(quiet[entry])
    return {cell for found, names in parties.items() if len(names) < LEAST for cell in found}


def _shown(name: str, total: Total, gone: set[Cell], hidden: frozenset[str]) -> Total:
    if (name, "") in gone:
        return _withheld(total)
    parts = tuple(_bare(part, hidden) for part in total.by if (name, part.key) not in gone)
    entries = tuple(entry for entry in total.entries if entry not in hidden)
    lost = len(total.entries) - len(entries)
    silent = _unvalued(name, total, gone, hidden)
    return replace(total, by=parts, entries=entries, used=total.used - lost, unvalued=silent)


def _unvalued(name: str, total: Total, gone: set[Cell], hidden: frozenset[str]) -> tuple[Unvalued, ...]:
    """What is not known of each row: entries without a value, and under its bare key what is withheld."""
    withheld = {part.key: Unvalued(part.key, ()) for part in total.by if (name, part.key) in gone}
    seen = {one.key: tuple(entry for entry in one.entries if entry not in hidden) for one in total.unvalued}
    told = {key: Unvalued(key, entries) for key, entries in seen.items() if entries}
    return tuple(one for _, one in sorted((withheld | told).items()))


def _bare(part: Part, hidden: Iterable[str]) -> Part:
    return replace(part, entries=tuple(entry for entry in part.entries if entry not in hidden))


def _withheld(total: Total) -> Total:
    """A total of which nothing is left but what was asked."""
    return replace(
        total,
        value=None,
        lowest=None,
        highest=None,
        estimate=None,
        valuation={},
        used=0,
        unknown=0,
        unused=(),
        shared=Decimal(0),
        internal=Decimal(0),
        perhaps=Decimal(0),
        by=(),
        unvalued=(),
        entries=(),
        refused=Refusal(WITHHELD),
    )
