"""Identifiers that rows of limits may name, and the one that a misspelt identifier is meant for."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Any

import polars as pl

from konvoi.kit.text import fold
from konvoi.model.party import party_id

_NEAR = 0.75
_COMPARED = 200_000
_LOOKALIKE = str.maketrans({"o": "0", "о": "0", "l": "1", "i": "1", "і": "1"})

_PLACES = {"lane": (("lanes", "lane"),), "site": (("sites", "site"),)}
ROLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "party": (("offers", "party"), ("budgets", "party")),
    "supplier": (("budgets", "supplier"),),
    "carrier": (("lanes", "carrier"),),
}
"""Tables and columns that name those who act in a plan, by role: who offers or pays, supplies, carries."""

ACTING = tuple(column for columns in ROLES.values() for column in columns)
"""The same, of all roles."""

BLOCKABLE: Mapping[str, tuple[tuple[str, str], ...]] = {**ROLES, **_PLACES}
"""Tables and columns that name what a row of `blocked` may stop, by its kind."""

_NAMED = {
    "covers": (("offers", "offer"), ("offers", "line"), ("budgets", "budget")),
    "offer": (("offers", "offer"),),
    "on": (*_PLACES["lane"], *_PLACES["site"]),
    "party": ROLES["party"],
    "good": (("goods", "good"),),
}
_PARTIES = (*ACTING, ("needs", "recipient"), ("approvals", "party"))


class Known:
    """The identifiers of a problem's tables, rows with unreadable cells included; more: parties besides."""

    def __init__(self, frames: Mapping[str, pl.DataFrame], more: frozenset[str] = frozenset()) -> None:
        self._frames = frames
        self._more = more
        self._ids: dict[tuple[tuple[str, str], ...], frozenset[str]] = {}
        # A table of thousands of strange identifiers is not one of slips: it would only cost hours.
        self._left = _COMPARED

    def ids(self, *columns: tuple[str, str]) -> frozenset[str]:
        """Return the identifiers in some columns, each given by its table."""
        if columns not in self._ids:
            self._ids[columns] = frozenset(
                one for table, column in columns for one in self._frames[table][column] if one
            )
        return self._ids[columns]

    def nearest(self, table: str, column: str, row: Mapping[str, Any]) -> tuple[str, ...]:
        """Return what a row's cell may be meant for; nothing once very many have been compared."""
        candidates = self.candidates(table, column, row)
        self._left -= len(candidates)
        return nearest(row[column], candidates) if self._left > 0 else ()

    @cached_property
    def parties(self) -> frozenset[str]:
        """Parties that any table but those of caps and stocks names."""
        return self.ids(*_PARTIES) | self._more

    def candidates(self, table: str, column: str, row: Mapping[str, Any]) -> frozenset[str]:
        """Return what a row's cell may name."""
        if table == "blocked":
            return self.ids(*BLOCKABLE.get(row["kind"], ()))
        return self.ids(*_NAMED[column])

    def is_strange(self, table: str, column: str, row: Mapping[str, Any]) -> bool:
        """Return True if a row names something that is not there."""
        if table == "blocked":
            return row["kind"] in BLOCKABLE and row["value"] not in self.candidates(table, column, row)
        return row[column] not in self._names(table, column)

    def _names(self, table: str, column: str) -> frozenset[str]:
        known = self.ids(*_NAMED[column])
        if column == "party":
            other = "stocks" if table == "caps" else "caps"
            known |= self.parties | self.ids((other, "party"))
        return known

    def strange(self, table: str, column: str) -> pl.Expr:
        """Return the condition that a row names something that is not there."""
        cell = pl.col(column)
        if table == "blocked":
            there = [
                (pl.col("kind") == kind) & cell.is_in(sorted(self.ids(*of))) for kind, of in BLOCKABLE.items()
            ]
            found = pl.col("kind").is_in(list(BLOCKABLE)) & ~pl.any_horizontal(there)
        else:
            found = ~cell.is_in(sorted(self._names(table, column)))
        return (found & (cell != "")).fill_null(value=False)

    def allowed(self, table: str, column: str, row: Mapping[str, Any]) -> bool:
        """Return True if an identifier need not be part of a problem: a state, or one who is blocked."""
        if table == "blocked":
            return row["kind"] in ROLES
        return column == "party" and party_id(row[column]) == row[column]


def nearest(text: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Return the identifiers that a misspelt one is most like; none where it is like none of them.

    >>> nearest("HUB-O1", ["HUB-01", "HUB-02"]), nearest("LANE-9", ["LANE-1", "LANE-2"])
    (('HUB-01',), ('LANE-1', 'LANE-2'))
    """
    plain = _plain(text)
    known = {one: _plain(one) for one in sorted(set(candidates))}
    same = tuple(one for one, spelled in known.items() if spelled == plain)
    if same:
        return same
    matcher = SequenceMatcher(None)
    matcher.set_seq2(plain)
    best = _NEAR
    found: list[str] = []
    for one, spelled in known.items():
        matcher.set_seq1(spelled)
        if matcher.real_quick_ratio() < best or matcher.quick_ratio() < best:
            continue
        ratio = matcher.ratio()
        if ratio > best:
            found = []
            best = ratio
        if ratio == best:
            found.append(one)
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _plain(text: str) -> str:
    """An identifier without signs, in signs that look alike."""
    return "".join(sign for sign in fold(text).translate(_LOOKALIKE) if sign.isalnum())
