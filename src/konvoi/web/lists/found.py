"""Rows of a list for a viewer: those of a page with their number, or all of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.urls import NoReverseMatch

from konvoi.kit.digest import key
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.asked import Asked, written
from konvoi.web.lists.columns import Column, Row
from konvoi.web.lists.query import Filter, ListQuery
from konvoi.web.lists.sources import Part
from konvoi.web.pages.languages import code


@dataclass(frozen=True)
class Cell:
    """A cell of a page. address: where it leads; empty for none. parts: single texts with their addresses."""

    column: Column
    text: str
    address: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Found:
    """Rows of a list for a viewer."""

    query: ListQuery
    asked: Asked
    part: Part

    @property
    def total(self) -> int:
        """Number of all rows that meet the filters."""
        return self.part.total

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the page."""
        return self.part.rows

    @property
    def digest(self) -> str:
        """The view digest: of everything that the list is made of, as far as the viewer may see it."""
        return self.part.digest

    @property
    def tag(self) -> str:
        """The entity tag: view digest and query."""
        values = sorted((name, *all) for name, all in self.asked.given.items())
        places = (self.asked.wanted.after, self.asked.wanted.before)
        return f'"{key(self.digest, self.query.name, code(), *values, *places)}"'

    @property
    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """The rows as a page shows them."""
        for row in self.rows:
            yield tuple(self._cell(one, row) for one in self.asked.columns)

    def _cell(self, column: Column, row: Row) -> Cell:
        value = row.get(column.name)
        if (each := self.query.each.get(column.name)) and value:
            return Cell(
                column,
                column.text(row),
                "",
                tuple((str(one), _made(partial(each, str(one)))) for one in value),
            )
        return Cell(column, column.text(row), self._address(column, row) if value is not None else "")

    def _address(self, column: Column, row: Row) -> str:
        link = self.query.links.get(column.name)
        return "" if link is None else _made(partial(link, row))

    @property
    def next(self) -> str:
        """The parameter `after` of the next page; empty on the last one."""
        return "" if self.part.next is None else written(self.part.next, self.asked.wanted.order)

    @property
    def previous(self) -> str:
        """The parameter `before` of the page before; empty on the first one."""
        return "" if self.part.previous is None else written(self.part.previous, self.asked.wanted.order)


def _made(link: Callable[[], str]) -> str:
    """Return the address of a link; empty where none can be made, so that the list is shown without it."""
    try:
        return link()
    except NoReverseMatch:
        return ""


def found(query: ListQuery, viewer: Viewer, asked: Asked) -> Found:
    """Return the rows of a page; NotReady where results are missing, Moved for a page of other results."""
    return Found(query, asked, query.source.part(viewer, asked.wanted))


def all_rows(query: ListQuery, viewer: Viewer, asked: Asked) -> Iterator[Sequence[Row]]:
    """Return all rows that meet the filters, a part at a time."""
    return query.source.batches(viewer, asked.wanted)


def choices(query: ListQuery, viewer: Viewer, one: Filter) -> list[str] | None:
    """Return the values that a filter can take, an empty one for rows without; None for too many."""
    return query.source.values(viewer, one.of)
