"""Entries of the drop-downs of a small template: what a reader may see of a workspace, by name."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from konvoi.flow.dataset import Tables
from konvoi.flow.view import View
from konvoi.flow.workspace import viewed, workspace
from konvoi.intake.cells import currencies
from konvoi.kit.progress import Stop, never
from konvoi.kit.text import fold
from konvoi.model.party import party_id, party_name
from konvoi.report.submissions.desk_template import COMMON_CURRENCIES, Good, Lists

_SCHEME = ":"
_CARRIES = pl.col("kind").is_in(["carrier", "supplier"])
_MOST = 2_000
"""Entries of a list; a longer one is of no use to a person, and what is not in it can be typed."""


def template_lists(folder: Path, view: View, *, party: str, language: str, stop: Stop = never) -> Lists:
    """Return the entries of a workspace for a template.

    view: of whoever receives it: nothing else of the workspace gets into the file. party: whose items are
    known already; empty for none. Names are in the language where the tables have them. Two rows of one name
    are listed by their identifiers.
    """
    tables = Tables(viewed(workspace(folder), view), view, stop=stop)
    goods = _goods(tables.table("goods"), language)
    return Lists(
        goods=goods,
        partners=_parties(tables.table("parties"), ~_CARRIES, language),
        carriers=_parties(tables.table("parties"), _CARRIES, language),
        sites=_named(tables.table("sites"), "site", language),
        agreements=_references(tables.table("documents"), "document"),
        items=_items(tables, party) if party else (),
        movements=_references(tables.table("movements"), "movement"),
        currencies=(*COMMON_CURRENCIES, *sorted(currencies() - set(COMMON_CURRENCIES))),
    )


def _goods(rows: pl.DataFrame, language: str) -> tuple[Good, ...]:
    names = _names(rows, "good", language)
    units = dict(rows.select("good", "unit").iter_rows())
    found = sorted((fold(name), name, good) for good, name in names.items())
    return tuple(Good(name, good, str(units[good] or "")) for _, name, good in found)[:_MOST]


def _named(rows: pl.DataFrame, key: str, language: str) -> tuple[str, ...]:
    return _sorted(_names(rows, key, language).values())


def _names(rows: pl.DataFrame, key: str, language: str) -> Mapping[str, str]:
    """Return the name of each row by its key; the key itself where a name is missing or stands twice."""
    own = f"name_{language}"
    wanted = [one for one in (own, "name") if one in rows.columns]
    name = pl.coalesce([*wanted, key])
    names = dict(rows.select(key, name.alias("_name")).drop_nulls().iter_rows())
    twice = {one for one, count in Counter(map(fold, names.values())).items() if count > 1}
    return {one: one if fold(name) in twice else name for one, name in names.items()}


def _parties(rows: pl.DataFrame, wanted: pl.Expr, language: str) -> tuple[str, ...]:
    """Return parties by name where every reader of submissions knows it, else by their ids.

    Ids with a scheme were made by a format from another register; nobody writes them by hand.
    """
    found = []
    for party in rows.filter(wanted)["party"].drop_nulls().unique():
        if _SCHEME in party:
            continue
        name = party_name(party, language)
        found.append(name if party_id(name) == party else party)
    return _sorted(found)


def _references(rows: pl.DataFrame, column: str) -> tuple[str, ...]:
    return _sorted(rows[column].drop_nulls().unique())


def _items(tables: Tables, party: str) -> tuple[str, ...]:
    """Return the references of a party's items."""
    packages = tables.table("packages").filter(pl.col("party") == party).select("package")
    return _references(tables.table("lines").join(packages, on="package", how="semi"), "line")


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (fold(text), text)))[:_MOST]
