"""The rows of the plan and its forecast that a reader may see, by the tables of the reader's view."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import polars as pl

from konvoi.forecast.outlook import Outlook
from konvoi.plan.plan import PRICES, Plan

Tables = Mapping[str, pl.DataFrame]

NOT_SHOWN = "not-shown"
"""The cause of an unmet need whose cause names something that the audience may not see."""

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
"""Tables whose records movements, legs and causes of unmet needs name."""


def released_plan(plan: Plan | None, cell: Tables, view: Tables) -> Plan | None:
    """Return the movements and unmet needs of which every record named is visible to a reader.

    cell: the tables of the coordination cell. view: those of the reader. Digest, value, bound, prices, stop
    reason and parameters of the plan are the cell's alone, and so are causes of unmet needs that name
    anything else.
    """
    if plan is None:
        return None
    hidden = {key: _hidden(cell, view, table, key) for table, key in _TABLES}
    named = hidden["party"] | _hidden(cell, view, "screening_hits", "party")
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
        unmet=_without_named(unmet, named.union(*hidden.values())),
        payments=plan.payments.join(
            movements.select("movement"), on="movement", how="semi", maintain_order="left"
        ),
        stopped="",
        parameters={},
        prices=pl.DataFrame(schema=PRICES),
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


def _without_named(unmet: pl.DataFrame, gone: Iterable[str]) -> pl.DataFrame:
    """Return unmet needs whose cause names nothing hidden; of the others the cause is left out."""
    hidden = frozenset(gone)
    named = [_names(parameters, hidden) for parameters in unmet["parameters"]]
    mask = pl.Series(named, dtype=pl.Boolean())
    return unmet.with_columns(
        cause=pl.when(~mask).then(pl.col("cause")).otherwise(pl.lit(NOT_SHOWN)),
        parameters=pl.when(~mask).then(pl.col("parameters")).otherwise(pl.lit("{}")),
        confirmed=pl.lit(None, dtype=pl.String),
    )


def _names(parameters: str | None, hidden: frozenset[str]) -> bool:
    """Return True if a cause's parameters name anything hidden; what cannot be read counts as naming it."""
    try:
        known = json.loads(parameters or "{}")
    except ValueError:
        return True
    flat = list(_texts(known))
    # Several ids may stand in one text, such as the places of a way.
    words = {word for text in flat for word in re.split(r"[,;\s]+", text)}
    return bool(hidden & (words | set(flat))) or any(
        id in text for id in hidden if " " in id for text in flat
    )


def _texts(known: object) -> Iterator[str]:
    """All texts of a cause's parameters, those of further causes too."""
    if isinstance(known, (dict, list)):
        for one in known.values() if isinstance(known, dict) else known:
            yield from _texts(one)
    else:
        yield str(known)
