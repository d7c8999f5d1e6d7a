"""The records behind the numbers of a page: one list for each set of records, each record listed once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass
from dataclasses import fields as dataclass_fields

from konvoi.report.page import Number, Page

CAPTIONS = 6


@dataclass
class Binder:
    """Collects the numbers of a page while it is written, and says where each of them leads.

    lists: for each set of records its number, from 1, and the figures that rest on it, in the order in
    which they were met. Records are numbered from 1 in the page's order; what a number names but the page
    does not hold is left out.
    """

    at: dict[str, int]
    lists: dict[tuple[int, ...], list[Number]] = field(default_factory=dict)
    names: dict[tuple[int, ...], int] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page) -> "Binder":
        """A binder for the records of a page."""
        return cls({record.id: number for number, record in enumerate(page.records, 1)})

    def href(self, number: Number) -> str:
        """Return the target of a number: its one record, the list behind it, or the table whose rows it
        counts; or nowhere.
        """
        known = self.known(number)
        if len(known) == 1:
            return f"#e{known[0]}"
        if known:
            return f"#b{self.number(number)}"
        return f"#{number.to}" if number.to else ""

    def known(self, number: Number) -> tuple[int, ...]:
        """The records behind a figure, by their numbers."""
        return tuple(sorted({self.at[id] for id in number.behind if id in self.at}))

    def number(self, number: Number) -> int:
        """The number of the list behind a figure; 0 where there is none."""
        known = self.known(number)
        if not known:
            return 0
        captions = self.lists.setdefault(known, [])
        if len(captions) < CAPTIONS and not any(_same(number, other) for other in captions):
            captions.append(number)
        return self.names.setdefault(known, len(self.names) + 1)


def ids_behind(parts: object) -> frozenset[str]:
    """Return the ids of all records that rest behind numbers of sections, charts or tables."""
    if isinstance(parts, Number):
        return frozenset(parts.behind)
    if isinstance(parts, Mapping):
        return frozenset().union(*map(ids_behind, parts.values()))
    if isinstance(parts, tuple):
        return frozenset().union(*map(ids_behind, parts))
    if is_dataclass(parts):
        return frozenset().union(*(ids_behind(getattr(parts, one.name)) for one in dataclass_fields(parts)))
    return frozenset()


def _same(one: Number, other: Number) -> bool:
    return (one.value, one.unit, one.stage) == (other.value, other.unit, other.stage)


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Sorted numbers as runs (first, last).

    >>> runs([1, 2, 3, 7])
    [(1, 3), (7, 7)]
    """
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] + 1 == number:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
