"""Drafts in their rounds and sister texts, as far as all that they rest on may be seen."""

from collections.abc import Mapping

import polars as pl

from konvoi.accord.rounds import is_named, text_names

Tables = Mapping[str, pl.DataFrame]

LEFT_OUT = "positions_left_out"
_DRAWN = ("round_clauses", "round_stands")
_PLACE = ["_file", "_sheet", "_row"]


def seen_positions(every: Tables, shown: Tables) -> dict[str, pl.DataFrame]:
    """The shown tables, of rounds only those of which all is shown: text, positions, and the rounds before.

    Beside a hidden position a party's silence would seem to be acceptance, and a clause settled. The ids of
    rounds that are held back stand in `rounds_withheld`. Of sister texts a row goes whose first text is
    hidden: the others are compared with its words.
    """
    found = dict(shown)
    whole = sorted(_whole(every, shown))
    for name in _DRAWN:
        if name in every:
            found[name] = every[name].filter(pl.col("round").is_in(whole))
    if "round_clauses" in every:
        gone = every["round_clauses"].filter(~pl.col("round").is_in(whole))
        known = shown["rounds"]["round"] if "rounds" in shown else pl.Series("round", [], dtype=pl.String)
        found["rounds_withheld"] = (
            gone.select("round").unique().filter(pl.col("round").is_in(known.implode()))
        )
    if "sisters" in shown:
        place = ["under", "number"]
        firsts = shown["sisters"].filter(pl.col("said") == "first").select(place).unique()
        found["sisters"] = shown["sisters"].join(firsts, on=place, how="semi", maintain_order="left")
    return found


def unseen_positions(every: Tables, shown: Tables) -> frozenset[str]:
    """The positions that are hidden."""
    if "positions" not in every:
        return frozenset()
    left = frozenset(shown["positions"]["position"]) if "positions" in shown else frozenset()
    return frozenset(every["positions"]["position"]) - left


def _whole(every: Tables, shown: Tables) -> list[str]:
    """The rounds of which all may be seen, and of each round before."""
    if "rounds" not in every or "rounds" not in shown:
        return []
    known = set(shown["rounds"]["round"])
    positions = _gone(every, shown, "positions", "round") | _lost(every, shown)
    files = _gone(every, shown, "clauses", "_file")
    names = text_names(every)
    told: dict[str, list[bool]] = {}
    found = []
    for one, document in every["rounds"].sort("deadline", "round").select("round", "document").iter_rows():
        text = any(is_named(file, names[one]) for file in files)
        before = told.setdefault(document, [])
        before.append(one in known and one not in positions and not text)
        if all(before):
            found.append(one)
    return found


def _lost(every: Tables, shown: Tables) -> set[str]:
    """The rounds of hidden positions that could not be read; all where one may be of any."""
    lost = every.get(LEFT_OUT)
    if lost is None:
        return set()
    left = shown.get(LEFT_OUT, lost.clear())
    hidden = lost.join(left, on=_PLACE, how="anti", nulls_equal=True)["round"]
    return set(every["rounds"]["round"]) if hidden.null_count() else set(hidden)


def _gone(every: Tables, shown: Tables, name: str, column: str) -> set[str]:
    """What a column says in the rows of a table that are hidden."""
    if name not in every:
        return set()
    left = shown.get(name, every[name].clear())
    return set(every[name].join(left, on=_PLACE, how="anti", nulls_equal=True)[column].drop_nulls())
