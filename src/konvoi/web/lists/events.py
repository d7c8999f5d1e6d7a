"""Event tables as sources of lists: filtered, sorted and paged by the database."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from konvoi.kit.digest import key
from konvoi.web.access.scope import seen_by
from konvoi.web.access.selection import Condition, Op
from konvoi.web.access.viewer import Viewer
from konvoi.web.lists.sources import Part, Row, Wanted, count_choices, distinct, start_of

_BATCH = 2_000


@dataclass(frozen=True)
class OfEvents:
    """Rows of a table to which rows are only added.

    events: those that a viewer may see. rows: returns rows of the list for events. number: the field that
    numbers events; the list has a column of that name. texts: fields that hold an empty text where there is
    no value. fields: by column, where a field is called otherwise.
    """

    events: Callable[[Viewer], QuerySet[Any]]
    rows: Callable[[Sequence[Any]], Sequence[Row]]
    number: str
    texts: frozenset[str] = frozenset()
    fields: Mapping[str, str] = field(default_factory=dict)

    def part(self, viewer: Viewer, wanted: Wanted) -> Part:
        """Return the rows that are wanted."""
        found = self._found(viewer, wanted)
        start = start_of(wanted)
        end = start + wanted.limit if wanted.before is None else wanted.before.start
        last = self._last(viewer)
        rows = tuple(self.rows(list(found[start:end])))
        return Part(rows, found.count(), start, key(last))

    def batches(self, viewer: Viewer, wanted: Wanted) -> Iterator[Sequence[Row]]:
        """Return all rows that meet the conditions now, a part at a time; later ones are left out."""
        return self._batches(viewer, wanted, self._last(viewer))

    def _batches(self, viewer: Viewer, wanted: Wanted, last: object) -> Iterator[Sequence[Row]]:
        start = 0
        while True:
            # Parts are read after the request has ended: what may be seen is set for each.
            with seen_by(viewer):
                known = self._found(viewer, wanted).filter(**{f"{self.number}__lte": last})
                rows = self.rows(list(known[start : start + _BATCH]))
            if not rows:
                return
            yield rows
            start += _BATCH

    def _last(self, viewer: Viewer) -> Any:
        events = self.events(viewer).order_by(f"-{self.number}")
        return events.values_list(self.number, flat=True).first() or 0

    def values(self, viewer: Viewer, column: str) -> list[str] | None:
        """Return the values of a column."""
        return distinct(self.events(viewer).order_by().values_list(self._field(column), flat=True).distinct())

    def counts(self, viewer: Viewer, wanted: Wanted, column: str) -> Mapping[str, int]:
        """Return how many rows have each value of a column."""
        return count_choices(self._found(viewer, wanted).values_list(self._field(column), flat=True))

    def _field(self, column: str) -> str:
        return self.fields.get(column, column)

    def _found(self, viewer: Viewer, wanted: Wanted) -> QuerySet[Any]:
        order = [
            f"{'-' if one.startswith('-') else ''}{self._field(one.removeprefix('-'))}"
            for one in wanted.order
        ]
        tests = [self._test(one) for one in wanted.conditions]
        return self.events(viewer).filter(*tests).order_by(*order, f"-{self.number}")

    def _test(self, condition: Condition) -> Q:
        name = self._field(condition.column)
        match condition.op:
            case Op.IS:
                absent = Q(**{name: ""}) if condition.column in self.texts else Q(**{f"{name}__isnull": True})
                known = Q(**{f"{name}__in": [one for one in condition.values if one is not None]})
                return known | absent if None in condition.values else known
            case Op.CONTAINS:
                return Q(**{f"{name}__icontains": condition.values[0]})
        (end,) = condition.values
        if isinstance(end, date):
            return _from(name, end) if condition.op == Op.FROM else ~_from(name, end + timedelta(days=1))
        return Q(**{f"{name}__{'gte' if condition.op == Op.FROM else 'lte'}": end})


def _from(name: str, day: date) -> Q:
    return Q(**{f"{name}__gte": datetime.combine(day, time(), UTC)})
