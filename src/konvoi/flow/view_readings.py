"""Documents as a reader may have them read: as if the rows that are hidden from the reader were not there.

Separators, the order of day and month, totals, repeated keys and names of parties are settled from the rows
of a document, and separators also from the sender's other documents. So a document that holds hidden rows,
and in which rows are read by what others hold, is read again without them (semantics 17, decision 0026).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import polars as pl

from konvoi.flow.cut import Place, detached, places, shown_rows
from konvoi.flow.kept_markings import with_kept_markings
from konvoi.flow.parse_documents import read_documents, sender_separators
from konvoi.flow.settings import Settings
from konvoi.flow.stated_markings import with_stated_markings
from konvoi.flow.view import View
from konvoi.intake.join import headed
from konvoi.kit.progress import never
from konvoi.model.document import Document, Reading


class _Manner(NamedTuple):
    """The rows without which a document is read, and the decimal separator of its sender."""

    hidden: frozenset[Place] = frozenset()
    decimal: str = ""


def _same(reading: Reading) -> Reading:
    return reading


@dataclass(frozen=True)
class Sources:
    """Documents with their readings by the coordination cell, from which the readings of a view are made.

    stated: the readings as they are. readings: the same, rows with the markings that they keep. documents: by
    name and digest. trimmed: applied to what is read again, as it was to `stated`.
    """

    stated: Sequence[Reading]
    readings: Sequence[Reading]
    documents: Mapping[tuple[str, str], Document]
    settings: Settings
    cache: Path | None = None
    trimmed: Callable[[Reading], Reading] = _same
    _fresh: dict[tuple[str, _Manner], Reading] = field(default_factory=dict)

    def cut(self, view: View) -> list[Reading]:
        """Return the readings of a view, without anything that depends on rows that are hidden from it."""
        return list(self.readings) if view.is_cell else detached(self.shown(view), view)

    def shown(self, *views: View) -> list[Reading]:
        """Return the readings with the rows that the readers of all views may see, under their own numbers.

        A document of which nothing is hidden is the same object as in `readings`.
        """
        readings = self.readings
        if any(one.interdependent for one in readings):
            readings = self._settled(views)
        return self._shown(readings, views)

    def _shown(self, readings: Sequence[Reading], views: Sequence[View]) -> list[Reading]:
        shown = list(readings)
        for view in views:
            shown = shown_rows(shown, view, self.settings)
        return shown

    def _settled(self, views: Sequence[View]) -> list[Reading]:
        """Read documents again until no row is read by one that the views do not hold.

        Rows once hidden stay so: without them others may be read that are hidden too.
        """
        current = list(self.readings)
        read = {one.document: _Manner(decimal=one.separators.remembered) for one in current}
        hidden = {one.document: frozenset[Place]() for one in current}
        while True:
            found = self._hidden(current, views, hidden)
            hidden |= {name: hidden[name] | rows for name, rows in found.items()}
            decimals = sender_separators([one for one in current if one.document in found], self.settings)
            wanted = {
                one.document: _Manner(
                    hidden[one.document], decimals.get(one.document, read[one.document].decimal)
                )
                for one in current
                if one.document in found and one.interdependent
            }
            again = {name: manner for name, manner in wanted.items() if manner != read[name]}
            if not again:
                return current
            read |= again
            fresh = self._again(again, current)
            current = [fresh.get(one.document, one) for one in current]

    def _hidden(
        self,
        readings: Sequence[Reading],
        views: Sequence[View],
        known: Mapping[str, frozenset[Place]],
    ) -> dict[str, frozenset[Place]]:
        """Return the hidden rows of each document of which anything is shown; rows that are left out count.

        Parties come first: by their names other rows belong to a party.
        """
        whole = [_with_left_out(one) for one in readings]
        left = {one.document: places(one) for one in self._shown(whole, views)}
        here = [one for one in whole if one.document in left]
        parties = {one.document: places(one, "parties") - left[one.document] for one in here}
        if any(rows - known[name] for name, rows in parties.items()):
            return {name: frozenset(rows) for name, rows in parties.items()}
        return {one.document: frozenset(places(one) - left[one.document]) for one in here}

    def _again(self, wanted: Mapping[str, _Manner], readings: Sequence[Reading]) -> dict[str, Reading]:
        """Read documents again, each in its manner; with the head beside them and the markings they keep."""
        digests = {one.document: one.digest for one in readings}
        new = [(name, manner) for name, manner in wanted.items() if (name, manner) not in self._fresh]
        documents = [
            replace(self.documents[name, digests[name]], hidden=tuple(sorted(hidden)), decimal=decimal)
            for name, (hidden, decimal) in new
        ]
        read = read_documents(documents, self.settings, never, self.cache)
        by_name = {one.document: self.trimmed(one) for one in read}
        whole = headed([by_name.get(one.document, one) for one in readings])
        fresh = [one for one in whole if one.document in by_name]
        marked = with_kept_markings(fresh, self.settings, stated=self.stated)
        for one in with_stated_markings(marked, self.settings, stated=self.stated):
            self._fresh[one.document, wanted[one.document]] = one
        return {name: self._fresh[name, manner] for name, manner in wanted.items()}


def _with_left_out(reading: Reading) -> Reading:
    """Return a reading with the rows that are left out among its tables; their markings hide them as well."""
    if not reading.left_out:
        return reading
    tables = {name: pl.concat([reading.tables[name], rows]) for name, rows in reading.left_out.items()}
    return replace(reading, tables={**reading.tables, **tables})


def sources(
    readings: Sequence[Reading],
    documents: Sequence[Document],
    settings: Settings,
    *,
    cache: Path | None = None,
    trimmed: Callable[[Reading], Reading] = _same,
) -> Sources:
    """Return the sources of views: documents with their readings."""
    return Sources(
        readings,
        with_stated_markings(with_kept_markings(readings, settings), settings),
        {(one.name, one.digest): one for one in documents},
        settings,
        cache,
        trimmed,
    )
