"""A plan and its outlook without the movements that an audience may not see, nor what would give them
away."""

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
)


def seen_plan(plan: Plan | None, every: Tables, shown: Tables) -> Plan | None:
    """The movements between what is shown; a need that others serve too keeps no unmet quantity and no
    cause."""
    if plan is None:
        return None
    gone = {key: _gone(every, shown, table, key) for table, key in _TABLES}
    parties = _gone(every, shown, "parties", "party") if "parties" in every else set()
    # That somebody is blocked by a hit tells of the hit.
    hits = _gone(every, shown, "screening_hits", "party")
    unseen = _unseen_met(every, shown)
    if not any(gone.values()) and not parties and not unseen:
        unmet = _without_named(plan.unmet, hits)
        return plan if unmet.equals(plan.unmet) else replace(plan, unmet=unmet)
    movements = _kept_movements(plan, gone)
    lost = plan.movements.join(movements.select("movement"), on="movement", how="anti")
    cut = {*lost["need"].drop_nulls(), *gone["need"], *unseen}
    unmet = plan.unmet.filter(~pl.col("need").is_in(sorted(cut)))
    return replace(
        plan,
        problem="",
        value=Decimal(0),
        bound=Decimal(0),
        movements=movements,
        legs=plan.legs.join(movements.select("movement"), on="movement", how="semi", maintain_order="left"),
        unmet=_without_named(unmet, parties.union(hits, *gone.values())),
        prices=pl.DataFrame(schema=PRICES),
    )


def seen_outlook(outlook: Outlook | None, plan: Plan | None, shown: Plan | None) -> Outlook | None:
    """The outlook of the movements that are shown, and of the needs that these alone serve."""
    if outlook is None or plan is None or shown is None:
        return outlook
    kept = shown.movements["movement"].implode()
    hidden = plan.movements.filter(~pl.col("movement").is_in(kept))
    shown_needs = ~pl.col("need").is_in(hidden["need"].drop_nulls().implode())
    cut = replace(
        outlook,
        movements=outlook.movements.filter(pl.col("movement").is_in(kept)),
        lateness=outlook.lateness.filter(pl.col("movement").is_in(kept)),
        needs=outlook.needs.filter(shown_needs),
        queues=outlook.queues.filter(shown_needs),
    )
    if hidden.is_empty():
        return cut
    # What a partner's movements come to rests on those that are not shown, too.
    return replace(
        cut,
        partners=outlook.partners.clear(),
        bases=outlook.bases.clear(),
        causes=outlook.causes.filter(
            (pl.col("of") == "need") & pl.col("id").is_in(cut.needs["need"].implode())
        ),
    )


def withheld(plan: Plan | None, seen: Plan | None, every: Tables, shown: Tables) -> frozenset[str]:
    """The shown needs of which a movement, or something that they were met with, is not shown."""
    lost = _unseen_met(every, shown)
    if plan is not None and seen is not None:
        kept = seen.movements["movement"].implode()
        lost.update(plan.movements.filter(~pl.col("movement").is_in(kept))["need"].drop_nulls())
    return frozenset(lost - _gone(every, shown, "needs", "need"))


def _unseen_met(every: Tables, shown: Tables) -> set[str]:
    """The needs of which something that they were met with is not shown."""
    if "met" not in every:
        return set()
    return set(every["met"].join(shown["met"], on=["need", "kind", "record"], how="anti")["need"])


def _gone(every: Tables, shown: Tables, table: str, key: str) -> set[str]:
    if table not in every:
        return set()
    return set(every[table][key].drop_nulls()) - set(shown[table][key].drop_nulls())


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
    """Unmet needs whose cause names nothing hidden; of the others the cause is not told."""
    hidden = frozenset(gone)
    named = [_names(parameters, hidden) for parameters in unmet["parameters"]]
    mask = pl.Series(named, dtype=pl.Boolean())
    return unmet.with_columns(
        cause=pl.when(~mask).then(pl.col("cause")).otherwise(pl.lit(NOT_SHOWN)),
        parameters=pl.when(~mask).then(pl.col("parameters")).otherwise(pl.lit("{}")),
    )


def _names(parameters: str | None, hidden: frozenset[str]) -> bool:
    """Whether a cause's parameters name anything hidden; what cannot be read counts as naming it."""
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
