"""Limits of a problem in a workspace: rows that limit nothing of it any more, and waivers that count."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from konvoi.flow.gathered import Gathered
from konvoi.flow.planning.blocks import PARTIES, blocks
from konvoi.flow.store import WAIVERS
from konvoi.model.limiting import UNREAD_ROWS, packed, unpacked
from konvoi.model.tables import BY_NAME
from konvoi.plan.known_ids import ACTING, nearest

Tables = Mapping[str, pl.DataFrame]
_COLUMNS = {"caps": "party", "stocks": "party", "earmarks": "offer", "approvals": "covers"}


def with_limits(tables: Tables, gathered: Gathered) -> dict[str, pl.DataFrame]:
    """Return the tables of a problem with the limits that concern it, and the waivers that count.

    An offer that has left and a party that offers nothing have no part in the problem; what limits them alone
    is left out, so that it is not taken for a misspelt limit of another.
    """
    found = dict(tables)
    apart = unpacked(tables.get(UNREAD_ROWS))
    gone = _gone(tables, gathered)
    for name, column in _COLUMNS.items():
        found[name] = found[name].filter(~pl.col(column).is_in(sorted(gone[column])).fill_null(value=False))
        if name in apart:
            apart[name] = apart[name].filter(
                ~pl.col(column).is_in(sorted(gone[column])).fill_null(value=False)
            )
    found["blocked"] = _concerning(found["blocked"], tables, gone["party"])
    if "blocked" in apart:
        apart["blocked"] = _of_any_kind(apart["blocked"], gathered.tables)
    rows = [packed(some, name) for name, some in apart.items() if some.height]
    found[UNREAD_ROWS] = pl.concat([tables[UNREAD_ROWS].clear(), *rows])
    if gathered.folder is not None:
        # In a workspace a waiver is a decision of the coordination cell, not of a partner.
        found["waivers"] = tables["waivers"].filter(pl.col("_file") == WAIVERS)
    return found


def _gone(tables: Tables, gathered: Gathered) -> dict[str, set[str]]:
    """Identifiers that the workspace knows and that have no part in the problem, by column."""
    before = gathered.tables

    def held(rows: Tables, *columns: tuple[str, str]) -> set[str]:
        there = [rows[table][column] for table, column in columns if table in rows]
        return {str(one) for column in there for one in column.drop_nulls()}

    offers = held(before, ("offers", "offer")) - held(tables, ("offers", "offer"))
    lines = held(before, ("offers", "line"), ("lines", "line")) - held(tables, ("offers", "line"))
    apart = unpacked(tables.get(UNREAD_ROWS))
    offers -= held(apart, ("offers", "offer"))
    lines -= held(apart, ("offers", "line"))
    parties = held(before, ("parties", "party"), *ACTING) - held(tables, *ACTING) - held(apart, *ACTING)
    budgets = held(tables, ("budgets", "budget"))
    return {"offer": offers, "covers": (offers | lines) - budgets, "party": parties}


def _concerning(rows: pl.DataFrame, tables: Tables, gone: set[str]) -> pl.DataFrame:
    """Return blocks without those of known parties that have no part here, where another is spelled alike."""
    acting = {str(one) for table, column in ACTING for one in tables[table][column].drop_nulls()}
    kept = [
        not (kind in PARTIES and value in gone and nearest(value, acting))
        for kind, value in rows.select("kind", "value").iter_rows()
    ]
    return rows.filter(pl.Series(kept, dtype=pl.Boolean))


def _of_any_kind(rows: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Return blocks that were left out, each with the ids that its value may mean in any role."""
    found: list[dict[str, Any]] = []
    kinds = next(one.choices for one in BY_NAME["blocked"].columns if one.name == "kind")
    for row in rows.iter_rows(named=True):
        kind = row["kind"]
        asked = pl.DataFrame(
            [row | {"kind": one} for one in ((kind,) if kind else kinds)], schema=rows.schema
        )
        meant = blocks(asked, tables)[0]["value"].unique(maintain_order=True)
        found += [row | {"value": one} for one in meant]
    return pl.DataFrame(found, schema=rows.schema)
