"""The rows of the plan and its forecast that a reader may see, by the tables of the reader's view."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import polars as pl

from konvoi.forecast.outlook import Outlook
from konvoi.plan.plan import OWN_PRICES, PRICES, Plan

Tables = Mapping[str, pl.DataFrame]

NOT_SHOWN = "not-shown"
"""The cause of an unmet need for all readers but the coordination cell: causes rest on hidden rows too."""

_TABLES = (
    ("offers", "offer"),
    ("needs", "need"),
    ("budgets", "budget"),
    ("lanes", "lane"),
    ("sites", "site"),
    ("parties", "party"),
    ("approvals", "approval"),
    ("lines", "line"),
    ("contracts", "contract"),
    ("kits", "kit"),
    ("standards", "standard"),
)
"""Tables whose records movements and legs name."""


def released_plan(plan: Plan | None, cell: Tables, view: Tables) -> Plan | None:
    """Return the movements and unmet needs of which every record named is visible to a reader.

    cell: the tables of the coordination cell. view: those of the reader. Digest, value, bound, prices, stop
    reason and parameters of the plan are the cell's alone, and so are causes of unmet needs.
    """
    if plan is None:
        return None
    hidden = {key: _hidden(cell, view, table, key) for table, key in _TABLES}
    movements = _kept_movements(plan, hidden)
    lost = plan.movements.join(movements.select("movement"), on="movement", how="anti")
    unmet = plan.unmet.filter(~pl.col("need").is_in(sorted({*lost["need"].drop_nulls(), *hidden["need"]})))
    return replace(
        plan,
        problem="",
        value=Decimal(0),
        bound=Decimal(0),
        movements=movements,
        legs=plan.legs.join(movements.select("movement"), on="movement", how="semi", maintain_order="left"),
        unmet=_without_causes(unmet),
        payments=plan.payments.join(
            movements.select("movement"), on="movement", how="semi", maintain_order="left"
        ),
        stopped="",
        parameters={},
        prices=pl.DataFrame(schema=PRICES),
        own_prices=pl.DataFrame(schema=OWN_PRICES),
        without=plan.without.clear(),
    )


def released_outlook(outlook: Outlook | None, plan: Plan | None, shown: Plan | None) -> Outlook | None:
    """Return the forecast of visible movements, and of needs that these alone serve.

    Figures of a partner, the bases of the forecast and causes rest on all movements: they are the cell's.
    """
    if outlook is None or plan is None or shown is None:
        return None
    kept = shown.movements["movement"].implode()
    hidden = plan.movements.filter(~pl.col("movement").is_in(kept))
    served = shown.movements["need"].drop_nulls().implode()
    alone = pl.col("need").is_in(served) & ~pl.col("need").is_in(hidden["need"].drop_nulls().implode())
    return replace(
        outlook,
        movements=outlook.movements.filter(pl.col("movement").is_in(kept)),
        lateness=outlook.lateness.filter(pl.col("movement").is_in(kept)),
        needs=outlook.needs.filter(alone),
        queues=outlook.queues.filter(alone),
        partners=outlook.partners.clear(),
        bases=outlook.bases.clear(),
        causes=outlook.causes.clear(),
    )


OF_OWN_RECORDS = frozenset(
    {
        *("not-dispatched", "need-gone", "good-gone", "offer-gone", "lane-gone", "not-accepted", "not-ready"),
        *("not-bought-in-time", "step-changed", "too-small", "shut", "too-late", "route-changed"),
    }
)
"""Reasons of changes that rest on the records of the movement itself."""
ELSEWHERE = "elsewhere"
"""The reason of all other changes for all readers but the coordination cell: it rests on hidden rows too."""


def released_changes(changes: pl.DataFrame, view: Tables) -> pl.DataFrame:
    """Return the changes of movements of which every record named is visible to a reader.

    changes: with the columns of konvoi.plan.roll_reasons.ROLL_CHANGES. A record that is gone is visible to
    nobody: what is not among the reader's tables hides the row.
    """
    shown = pl.lit(True)
    for table, key in _OF_CHANGES:
        known = sorted(set(view[table][key].drop_nulls())) if table in view else []
        shown = shown & (pl.col(key).is_null() | (pl.col(key) == "") | pl.col(key).is_in(known))
    lanes = _lanes_shown(view)
    ways = changes.select("way", "way_before").iter_rows()
    used = [" ".join(way or "" for way in both).split() for both in ways]
    shown = shown & pl.Series([lanes.issuperset(one) for one in used], dtype=pl.Boolean)
    own = pl.col("reason").is_in(sorted(OF_OWN_RECORDS))
    return changes.filter(shown).with_columns(
        reason=pl.when(own).then("reason").otherwise(pl.lit(ELSEWHERE)),
        values=pl.when(own).then("values").otherwise(pl.lit("{}")),
    )


_OF_CHANGES = (("offers", "offer"), ("needs", "need"), ("budgets", "budget"))


def _lanes_shown(view: Tables) -> set[str]:
    """Return the lanes of which both ends are visible."""
    if "lanes" not in view or "sites" not in view:
        return set()
    sites = sorted(set(view["sites"]["site"].drop_nulls()))
    lanes = view["lanes"].filter(pl.col("from").is_in(sites) & pl.col("to").is_in(sites))
    return set(lanes["lane"].drop_nulls())


def _hidden(cell: Tables, view: Tables, table: str, key: str) -> set[str]:
    """Return the keys of the cell's table that are not in the view."""
    if table not in cell:
        return set()
    shown = set(view[table][key].drop_nulls()) if table in view else set()
    return set(cell[table][key].drop_nulls()) - shown


def _kept_movements(plan: Plan, gone: Mapping[str, set[str]]) -> pl.DataFrame:
    kept = plan.movements
    for key in ("offer", "need", "budget"):
        kept = kept.filter(~pl.col(key).is_in(sorted(gone[key])).fill_null(False))
    hidden = pl.col("lane").is_in(sorted(gone["lane"])).fill_null(False)
    for end in ("from", "to"):
        hidden = hidden | pl.col(end).is_in(sorted(gone["site"])).fill_null(False)
    return kept.join(
        plan.legs.filter(hidden).select("movement"), on="movement", how="anti", maintain_order="left"
    )


def _without_causes(unmet: pl.DataFrame) -> pl.DataFrame:
    """Return unmet needs without their causes, one row for each need: the cause rests on the whole plan."""
    return (
        unmet.group_by("need", maintain_order=True)
        .agg(pl.col("quantity").sum())
        .with_columns(
            cause=pl.lit(NOT_SHOWN), parameters=pl.lit("{}"), confirmed=pl.lit(None, dtype=pl.String)
        )
        .select(unmet.columns)
    )
