"""The rows of a workspace that declare names of goods, implementers and places."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from konvoi.flow.parties import spellings_of
from konvoi.model.entries import PLACE
from konvoi.model.table import Column
from konvoi.reconcile.names import Vocabulary

DECLARING = ("goods", "parties", "sites")
"""The tables whose rows declare names."""

_SITE_NAMES = ("name", "name_local", "name_de", "name_uk")


@dataclass(frozen=True)
class Named:
    """The names of one kind of thing: where they stand, and which rows declare them.

    table: in which they are declared. of: the columns that hold names, by table and column. side: the column
    of entries, or the dimension of their scopes; empty: neither has them. vocabulary: the declared rows.
    units: of goods, by id. value: the text that stands for an id, if it is not the id.
    """

    table: str
    of: Callable[[str, Column], bool]
    side: str
    vocabulary: Vocabulary
    units: Mapping[str, str] = field(default_factory=dict)
    value: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The name of the kind: places in titles and references to sites are declared in one table."""
        return self.table if self.side else f"references to {self.table}"


def declared_names(tables: Mapping[str, pl.DataFrame]) -> tuple[Named, ...]:
    """Return the names of goods, implementers, places and sites that a workspace's tables declare."""
    places = _places(tables)
    return _goods(tables), _implementers(tables), places, _sites(places)


def _rows(tables: Mapping[str, pl.DataFrame], name: str) -> Iterator[dict[str, object]]:
    rows = tables.get(name)
    return rows.iter_rows(named=True) if rows is not None else iter(())


def _goods(tables: Mapping[str, pl.DataFrame]) -> Named:
    names: dict[str, tuple[str, ...]] = {}
    units: dict[str, str] = {}
    for row in _rows(tables, "goods"):
        if good := str(row.get("good") or ""):
            names[good] = (good, *spellings_of(row))
            units[good] = str(row.get("unit") or "")
    # A family that has no row of its own is a good, too.
    for row in _rows(tables, "goods"):
        if family := str(row.get("family") or ""):
            names.setdefault(family, (family,))

    def of(table: str, column: Column) -> bool:
        return column.refers == "goods"

    return Named("goods", of, "good", Vocabulary(names, translated=True), units)


def _implementers(tables: Mapping[str, pl.DataFrame]) -> Named:
    names = {
        str(row["party"]): (str(row["party"]), *spellings_of(row))
        for row in _rows(tables, "parties")
        if row.get("party") and ":" not in str(row["party"])
    }

    def of(table: str, column: Column) -> bool:
        return table == "packages" and column.name == "implementer"

    return Named("parties", of, "implementer", Vocabulary(names))


def _places(tables: Mapping[str, pl.DataFrame]) -> Named:
    names: dict[str, tuple[str, ...]] = {}
    value: dict[str, str] = {}
    for row in _rows(tables, "sites"):
        if site := str(row.get("site") or ""):
            aliases = str(row.get("aliases") or "").split(";")
            told = [str(text) for text in (*(row.get(one) for one in _SITE_NAMES), *aliases) if text]
            names[site] = (site, *told)
            # Places are compared with the words of titles, so that a name stands for its site.
            value[site] = str(row.get("name") or site)

    def of(table: str, column: Column) -> bool:
        return table == "packages" and column.name == "place"

    return Named("sites", of, PLACE, Vocabulary(names), value=value)


def _sites(places: Named) -> Named:
    """Return the names of sites where a row refers to one by its id; places: as titles name them."""

    def of(table: str, column: Column) -> bool:
        # A capacity holds on a lane or at a site.
        return column.refers == "sites" or (table, column.name) == ("capacities", "on")

    return Named("sites", of, "", places.vocabulary)
