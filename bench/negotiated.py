"""An invented draft of many clauses in two rounds, and what many parties say to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import polars as pl

from konvoi.accord.clause_positions import heard
from konvoi.accord.distance import clauses, stands
from konvoi.accord.position_validation import faults
from konvoi.accord.rounds import rounds
from konvoi.model.clauses import CLAUSES, Kind
from konvoi.model.tables import BY_NAME
from konvoi.model.tables.positions import ACCEPT, AMEND, REJECT, RESERVES, SUPPORT

CLAUSES_OF_A_DRAFT, PARTIES = 1_000, 20
DAY = date(2031, 3, 31)
_IN_A_PART = 50
_VERBS = ("share", "keep", "send", "name", "count", "pay", "guard", "repair", "carry", "train")
_THINGS = ("schedules", "lists", "crews", "depots", "bridges", "sums", "papers", "roads", "pumps", "grids")
_STANCES = (AMEND, SUPPORT, REJECT, ACCEPT, *RESERVES)


@dataclass(frozen=True)
class Draft:
    """The tables of a draft, and its text in each round."""

    tables: Mapping[str, pl.DataFrame]
    texts: Mapping[str, pl.DataFrame]


def drafted(count: int, parties: int) -> Draft:
    """A draft: in its second round of ten clauses one has other words, of fifty one is gone.

    Each party takes a position on one clause of ten in each round, but on every third none does; what it
    supports is an amendment of that clause, where there is one.
    """
    first = {number: _words(number) for number in range(count)}
    second = {
        number: f"{words}, and tell of it" if number % 10 == 3 else words
        for number, words in first.items()
        if number % _IN_A_PART != 7
    }
    who = [f"P{number:02}" for number in range(parties)]
    rows = [
        {"round": "R1", "document": "D", "opened": date(2031, 1, 1), "deadline": date(2031, 1, 31)},
        {"round": "R2", "document": "D", "opened": date(2031, 2, 1), "deadline": date(2031, 2, 28)},
    ]
    places = {"R1": _placed(first), "R2": _placed(second)}
    said = [row for name, own in places.items() for row in _said(name, own, who)]
    tables = {
        "documents": _table("documents", [{"document": "D", "parties": ";".join(who)}]),
        "rounds": _table("rounds", rows),
        "positions": _table("positions", said),
    }
    texts = {
        name: _text({places[name][at]: said for at, said in words.items()})
        for name, words in (("R1", first), ("R2", second))
    }
    return Draft(tables, texts)


def worked(draft: Draft) -> dict[str, object]:
    """All that is told of a draft: the matrix, the distances, the best changes, what contradicts itself."""
    held = rounds(draft.tables, draft.texts)
    said = {name: heard(own, draft.tables["positions"], DAY) for name, own in held.items()}
    found = [(clauses(one), stands(one, DAY)) for own in said.values() for one in own]
    last, cells = found[-1]
    return {
        "cells": sum(own.height for _, own in found),
        "states": dict(last["state"].value_counts().sort("state").iter_rows()),
        "open": int(cells["open"].sum()),
        "best": last["best"].drop_nulls().len(),
        "told": len(faults(draft.tables, held, said, day=DAY)),
    }


def _words(number: int) -> str:
    """The words of a clause; no two are the same."""
    verb, thing, other = (
        names[number // 10**at % 10] for at, names in enumerate((_VERBS, _THINGS, _THINGS[::-1]))
    )
    return f"The parties {verb} {thing} and {other} of the {number + 1}th kind within {number % 28 + 1} days"


def _placed(words: Mapping[int, str]) -> dict[int, str]:
    """The id of each clause: its part, and its number in it."""
    counts: dict[int, int] = {}
    found = {}
    for number in words:
        part = number // _IN_A_PART + 1
        counts[part] = counts.get(part, 0) + 1
        found[number] = f"{part}/{counts[part]}"
    return found


def _said(name: str, places: Mapping[int, str], who: list[str]) -> list[dict[str, object]]:
    first = date(2031, 1, 2) if name == "R1" else date(2031, 2, 2)
    rows: list[dict[str, object]] = []
    tabled: dict[str, str] = {}
    for (at, clause), (number, party) in product(enumerate(places.values()), enumerate(who)):
        if at % 3 == 0 or (at * 7 + number * 3) % 10:
            continue
        stance = _STANCES[(at + number) % len(_STANCES)]
        id = f"{name}-{clause}-{party}"
        amended = tabled.get(clause)
        if stance == AMEND:
            tabled[clause] = id
        day = first + timedelta(days=(at + number) % 25)
        rows.append(
            {
                "position": id,
                "round": name,
                "party": party,
                "stance": REJECT if stance == SUPPORT and not amended else stance,
                "day": day,
                "clause": clause,
                "amendment": amended if stance == SUPPORT else None,
                "words": "The parties do less.",
                "lifts": date(2031, 6, 1),
            }
        )
    return rows


def _text(words: Mapping[str, str]) -> pl.DataFrame:
    frame = pl.DataFrame({"clause": list(words), "text": list(words.values())})
    missing = [pl.lit(None, kind).alias(name) for name, kind in CLAUSES.items() if name not in frame.columns]
    return frame.with_columns(missing).with_columns(kind=pl.lit(str(Kind.PARAGRAPH))).select(CLAUSES.names())


def _table(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    origin = {"_file": "a.xlsx", "_sheet": name}
    whole = [{**origin, "_row": at, **row} for at, row in enumerate(rows, 2)]
    return pl.DataFrame(whole, schema=BY_NAME[name].schema())
