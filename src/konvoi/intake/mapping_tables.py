"""Further tables that the rows of a partner's own file fill: line items beside packages, and sites."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from konvoi.intake.cell import text_of, unknown
from konvoi.intake.heading import is_tag_row
from konvoi.intake.mapping import TableMapping
from konvoi.intake.mapping_columns import completed, fitted
from konvoi.intake.sheet import Row, Value
from konvoi.kit.text import fold
from konvoi.model.tables import BY_NAME

_OF_ITEMS = ("good", "quantity", "unit")
_MONEY = ("amount", "currency")
_OF_PACKAGES = frozenset({"title", "day", "kind", "stage", "amount", "party"})
_SITES = {"needs": ("site", "destination"), "offers": ("site", "depot"), "movements": ("to", "destination")}
"""Table → its column of a site, and the kind of that site."""


def packages_and_lines(
    head: Row, body: Sequence[Row], given: Mapping[str, str]
) -> tuple[tuple[TableMapping, TableMapping], int] | None:
    """Return mappings of packages and their line items, and how well they fit; None where rows are no such.

    Rows need a heading of the good or its quantity, and one of the package's reference. Where several rows
    have the reference of one package, they are its items, and only what they have in common belongs to the
    package.
    """
    packages, score = fitted(BY_NAME["packages"], head, body, given)
    lines, score_of_lines = fitted(BY_NAME["lines"], head, body, given)
    items = {name: lines.columns[name] for name in _OF_ITEMS if name in lines.columns}
    known = lines.columns.get("package") or packages.columns.get("package") or lines.columns.get("line")
    about = {
        name: heading
        for name, heading in packages.columns.items()
        if heading not in items.values() and heading != known
    }
    if not ({"good", "quantity"} & set(items)) or not known or not _OF_PACKAGES & set(about):
        return None
    names = [text_of(value) for value in head.cells]
    rows = [row for row in body if not is_tag_row(row)]
    groups = _groups(rows, names.index(known))
    several = any(len(group) > 1 for group in groups)
    own = lines.columns.get("line", "")
    of_lines = {**items, "package": known}
    if own not in ("", known):
        of_lines["line"] = own
    if several:
        common = {name: heading for name, heading in about.items() if _same(groups, names.index(heading))}
        of_lines |= {
            name: heading
            for name, heading in {**about, **lines.columns}.items()
            if name in (*_MONEY, "stage", "promised", "route")
            and name not in common
            and heading not in (*of_lines.values(), *common.values())
        }
        about = common
    first = _complete("packages", {**about, "package": known}, names, rows, given)
    of_packages = {column.name for column in BY_NAME["packages"].columns} - {*_MONEY}
    stated = {name: value for name, value in given.items() if name not in of_packages}
    second = _complete("lines", of_lines, names, rows, stated)
    if "line" not in of_lines:
        second = replace(second, reference=_of_line(known, items, names, rows) if several else (known,))
    return (replace(first, distinct=several), second), score + 3 * len(items) + max(0, min(score_of_lines, 3))


def _of_line(
    known: str, items: Mapping[str, str], names: Sequence[str], rows: Sequence[Row]
) -> tuple[str, ...]:
    """Return the headings of which a line item's reference is made.

    A quantity that is corrected later would make another one, so it is taken only where package and good do
    not tell the rows apart.
    """
    made = tuple(dict.fromkeys((known, items.get("good", known))))
    at = [names.index(heading) for heading in made]
    texts = [tuple(fold(text_of(row[index])) for index in at) for row in rows]
    further = () if len(set(texts)) == len(texts) else (items.get("quantity", known),)
    return tuple(dict.fromkeys((*made, *further)))


def with_sites(
    mapping: TableMapping, head: Row, body: Sequence[Row], given: Mapping[str, str]
) -> TableMapping | None:
    """Return a mapping of the sites that rows name with their coordinates; None where some of it is open."""
    column, kind = _SITES.get(mapping.table, ("", ""))
    if column not in mapping.columns:
        return None
    found, _ = fitted(BY_NAME["sites"], head, body, given)
    if not {"lat", "lon"} <= set(found.columns):
        return None
    names = [text_of(value) for value in head.cells]
    heading = mapping.columns[column]
    columns = {"site": heading, "name": found.columns.get("name", heading)}
    columns |= {
        name: found.columns[name] for name in ("lat", "lon", "country", "region") if name in found.columns
    }
    sites = _complete("sites", columns, names, body, {**given, "kind": given.get("kind", kind)})
    return None if sites.open() else replace(sites, distinct=True)


def _complete(
    table: str,
    columns: Mapping[str, str],
    names: Sequence[str],
    rows: Sequence[Row],
    given: Mapping[str, str],
) -> TableMapping:
    at = {name: names.index(heading) for name, heading in columns.items()}
    stated = {name: value for name, value in given.items() if name != "currency" or "amount" in columns}
    return completed(TableMapping(table=table, columns=dict(columns)), at, names, rows, stated)


def _groups(rows: Sequence[Row], index: int) -> list[list[Row]]:
    """Return the rows of each reference; rows without one are left out."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not unknown(row[index]):
            found[fold(text_of(row[index]))].append(row)
    return list(found.values())


def _same(groups: Sequence[Sequence[Row]], index: int) -> bool:
    """Return True if the rows of each group have one value, or none, in a column."""
    return all(len({fold(text_of(value)) for value in _filled(group, index)}) <= 1 for group in groups)


def _filled(rows: Sequence[Row], index: int) -> list[Value]:
    return [row[index] for row in rows if not unknown(row[index])]
