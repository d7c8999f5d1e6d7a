"""Economic packages as far as all that they rest on may be seen."""

from collections.abc import Mapping

import polars as pl

from konvoi.fund.steps import key

Tables = Mapping[str, pl.DataFrame]

_DRAWN = ("money", "tranche_standing", "programme_standing", "step_standing")
_OWN = ("programmes", "tranches", "conditions", "assessments")


def seen_funds(every: Tables, shown: Tables) -> dict[str, pl.DataFrame]:
    """The shown tables, of what is drawn of economic packages only the rows that rest on nothing hidden.

    What a row says of what was decided or is held would be false beside a hidden decision or assessment.
    Budgets lose what flows into them from such rows.
    """
    found = dict(shown)
    known = frozenset(_keys(shown))
    for name in _DRAWN:
        if name in every:
            found[name] = every[name].filter(_visible(every[name], known))
    if "money" in every and "budgets" in found:
        place = ["_file", "_sheet", "_row"]
        gone = every["money"].filter(~_visible(every["money"], known)).select(place).unique()
        found["budgets"] = found["budgets"].join(gone, on=place, how="anti", nulls_equal=True)
    return found


def unseen_funds(every: Tables, shown: Tables) -> frozenset[str]:
    """The tranches of which anything is hidden."""
    if "tranche_standing" not in every:
        return frozenset()
    return frozenset(every["tranche_standing"]["tranche"]) - frozenset(shown["tranche_standing"]["tranche"])


def _keys(tables: Tables) -> list[str]:
    return [key(name, row) for name in _OWN if name in tables for row in tables[name].iter_rows(named=True)]


def _visible(rows: pl.DataFrame, known: frozenset[str]) -> pl.Series:
    return pl.Series([all(one in known for one in behind) for behind in rows["behind"]], dtype=pl.Boolean)
