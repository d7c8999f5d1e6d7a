"""Tables of the results: a list of them all, and each as a list of its own."""

from collections.abc import Sequence
from functools import cache

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from konvoi.flow.catalogue import CATALOGUE
from konvoi.model.naming import localized
from konvoi.model.tables import BY_NAME
from konvoi.report.language import Language
from konvoi.web.access.roles import Right
from konvoi.web.access.view import view, view_of
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.columns import Column, Kind, Row, columns
from konvoi.web.lists.query import RESERVED, Filter, ListQuery
from konvoi.web.lists.sources import NotReady
from konvoi.web.lists.views import list_file, list_page
from konvoi.web.pages.languages import code

_SHOWN = 6
"""Filters that a page shows at once."""


def title_of(table: str) -> str:
    """Return the title of a table in the reader's language."""
    if table in BY_NAME:
        found = localized("table", table, code()).replace("_", " ")
        return found[:1].upper() + found[1:]
    return Language(code()).say(CATALOGUE[table].title)


def tables(viewer: Viewer) -> list[Row]:
    """Return the tables that the results of a viewer hold, with the number of their rows."""
    opened = view(viewer)
    if opened is None:
        raise NotReady
    return [
        {"table": name, "title": title_of(name), "rows": rows}
        for name, rows in opened.manifest.tables.items()
        if name in CATALOGUE
    ]


TABLES = ListQuery(
    name="tables",
    title="Tables",
    table=tables,
    columns=(
        Column("table", title="Table"),
        Column("title", title="Title"),
        Column("rows", Kind.NUMBER, title="Rows"),
    ),
    filters=(Filter("title", Kind.TEXT), Filter("rows", Kind.NUMBER)),
    sorts=("table", "title", "rows"),
    order=("table",),
    key="table",
    right=Right.PUBLIC,
    links={"table": lambda row: reverse("table", kwargs={"table": row["table"]})},
)


@cache
def table_query(table: str) -> ListQuery:
    """Return the list of a table: all its columns, each with a filter where it can have one."""
    known = columns(table)
    return ListQuery(
        name=table,
        title=lambda: title_of(table),
        table=table,
        columns=known,
        filters=_filters(known),
        sorts=tuple(one.name for one in known if one.kind != Kind.TEXTS),
        order=CATALOGUE[table].key,
        key=CATALOGUE[table].identifier if CATALOGUE[table].key else "",
        right=Right.PUBLIC,
    )


def _filters(known: Sequence[Column]) -> tuple[Filter, ...]:
    found: list[Filter] = []
    taken = set(RESERVED)
    for one in known:
        if one.kind == Kind.MONEY:
            continue
        shown = sum(not other.more for other in found) < _SHOWN
        first = shown and not one.more and one.kind in (Kind.CHOICE, Kind.PARTY, Kind.YES, Kind.DAY)
        kind = Kind.TEXT if one.kind in (Kind.TEXTS, Kind.PARTIES) else one.kind
        filter = Filter(one.name, kind, more=not first)
        if taken.isdisjoint(filter.parameters):
            found.append(filter)
            taken.update(filter.parameters)
    return tuple(found)


def table_page(request: HttpRequest, table: str) -> HttpResponseBase:
    """Show a table of the viewer's results."""
    return list_page(request, query=_known(request, table))


def table_file(request: HttpRequest, table: str, form: str) -> HttpResponseBase:
    """Give a table of the viewer's results as a file."""
    return list_file(request, query=_known(request, table), form=form)


def _known(request: HttpRequest, table: str) -> ListQuery:
    opened = view_of(request)
    if opened is None or table not in opened.manifest.tables or table not in CATALOGUE:
        raise Http404
    return table_query(table)
