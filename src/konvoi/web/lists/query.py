"""Queries of lists: declared once, asked by the page, the files and the API."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from konvoi.web.access.roles import Right
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.columns import Column, Kind, Row
from konvoi.web.lists.columns import column as declared_column
from konvoi.web.lists.sources import OfRows, OfSnapshot, Source
from konvoi.web.pages.texts import say

RESERVED = frozenset({"day", "sort", "after", "before", "limit", "columns"})
"""Parameters of an address that every list has: day: as of which it is shown; the others say which part."""
FROM, UNTIL = "_from", "_until"


@dataclass(frozen=True)
class Filter:
    """A filter: a parameter of the address.

    name: of the parameter, and of the column unless `column` names another. kind: CHOICE and PARTY take one
    or several values, `-` for rows without one; YES takes yes or no; TEXT what the column contains; DAY and
    NUMBER take NAME_from and NAME_until. title: message id; empty: the heading of the column. more: the page
    shows it on request. labels: of values, where the column
    shows something else.
    """

    name: str
    kind: Kind = Kind.CHOICE
    column: str = ""
    title: str = ""
    more: bool = False
    labels: Callable[[], Mapping[str, str]] | None = None

    @property
    def of(self) -> str:
        """The column that is compared."""
        return self.column or self.name

    @property
    def is_range(self) -> bool:
        """True for a filter with a lower and an upper end."""
        return self.kind in (Kind.DAY, Kind.MOMENT, Kind.NUMBER)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Parameters of the address."""
        return (self.name + FROM, self.name + UNTIL) if self.is_range else (self.name,)


@dataclass(frozen=True)
class ListQuery:
    """A list, declared once.

    name: of the route, and of the list in the API. title: message id, or a function that returns the title.
    table: a table of the results, a function that returns the rows that a viewer may see, or another source.
    columns: names of the table's columns, or columns. sorts: columns by which readers may sort. order:
    without a choice; a minus sorts downwards. key: the column that names a row. links: addresses of cells by
    column. each: addresses of the single texts of a column of several texts. day: whether the list depends
    on the as-of day. calendar: the column of the day on which a row stands in a calendar; empty: the list has
    no calendar. empty: message id of what to do where there is no row at all. counted: a filter; the page
    says how many of the rows have each of its values. titles: message ids of headings by column, where the
    tables of the product have no name for it.
    """

    name: str
    title: str | Callable[[], str]
    table: str | Callable[[Viewer], Iterable[Row]] | Source
    columns: tuple[str | Column, ...]
    filters: tuple[Filter, ...] = ()
    sorts: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    key: str = ""
    right: Right = Right.READ
    links: Mapping[str, Callable[[Row], str]] = field(default_factory=lambda: MappingProxyType({}))
    each: Mapping[str, Callable[[str], str]] = field(default_factory=lambda: MappingProxyType({}))
    day: bool = True
    calendar: str = ""
    empty: str = ""
    counted: str = ""
    titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        known = {one.name for one in self.shown}
        parameters = [name for one in self.filters for name in one.parameters]
        ordered = {one.lstrip("-") for one in self.order}
        strange = [
            *(name for name in parameters if name in RESERVED or parameters.count(name) > 1),
            *(
                {
                    *self.sorts,
                    *ordered,
                    *self.links,
                    *self.each,
                    *self.titles,
                    *self.money.values(),
                    self.key,
                    self.calendar,
                }
                - known
                - {""}
            ),
            *({self.counted} - {one.name for one in self.filters if not one.is_range} - {""}),
        ]
        if strange:
            raise ValueError(f"list {self.name}: not declared, or twice: {', '.join(sorted(strange))}")

    @property
    def heading(self) -> str:
        """The title in the reader's language."""
        return say(self.title) if isinstance(self.title, str) else self.title()

    @property
    def rows_of(self) -> str:
        """The table whose rows are shown; the name of the list where they are of none."""
        return self.table if isinstance(self.table, str) else self.name

    @cached_property
    def source(self) -> Source:
        """Source of the rows."""
        if isinstance(self.table, str):
            return OfSnapshot(self.table)
        return OfRows(self.table) if callable(self.table) else self.table

    @cached_property
    def shown(self) -> tuple[Column, ...]:
        """All columns that can be shown."""
        known = (
            one
            if isinstance(one, Column)
            else declared_column(self.table, one)
            if isinstance(self.table, str)
            else Column(one)
            for one in self.columns
        )
        return tuple(replace(one, title=one.title or self.titles.get(one.name, "")) for one in known)

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by name."""
        return {one.name: one for one in self.shown}

    @cached_property
    def money(self) -> dict[str, str]:
        """Columns of money, each with the column of its currency."""
        return {one.name: one.currency for one in self.shown if one.currency}

    @property
    def forms(self) -> tuple[str, ...]:
        """Endings of the files of this list."""
        return ("csv", "xlsx", "json", "ics") if self.calendar else ("csv", "xlsx", "json")


LISTS: dict[str, ListQuery] = {}
"""All lists that have addresses, by name."""
