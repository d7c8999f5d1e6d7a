"""Records that a submission would show to more readers than before: two persons decide on that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from konvoi.flow.cut import marking_of
from konvoi.flow.settings import Settings
from konvoi.flow.submissions.changes import reference_of
from konvoi.intake.join import headed
from konvoi.model.document import COALITION, OWN, PUBLIC, Reading
from konvoi.model.markings import parties_of
from konvoi.model.tables import BY_NAME

At = tuple[str, str]
"""Table and reference of a record."""
_RANK = {PUBLIC: 0, COALITION: 1, OWN: 3}
_NAMED = 2


@dataclass(frozen=True, order=True)
class Widened:
    """A record with its marking before and after."""

    table: str
    reference: str
    before: str
    after: str

    def as_dict(self) -> dict[str, str]:
        """The record as plain JSON values."""
        return {**vars(self)}


def widened_markings(
    stated: Sequence[Reading], before: Sequence[Reading], settings: Settings
) -> tuple[Widened, ...]:
    """Return the records of one party that documents would show to more readers than all documents before.

    stated: documents that are added; before: those that are in force. Of several statements of a record the
    narrowest counts on both sides: a wider one shows nothing while the narrower one is in force.
    """
    # The head of CSV tables is a file beside them.
    old = narrowest(headed(before), settings)
    new = narrowest(headed(stated), settings)
    return tuple(sorted(_wider(old, new)))


def _wider(old: Mapping[At, str], new: Mapping[At, str]) -> Iterator[Widened]:
    for at in old.keys() & new.keys():
        if not is_within(new[at], old[at]):
            yield Widened(*at, old[at], new[at])


def is_within(marking: str, other: str) -> bool:
    """Return True if a marking admits no reader whom the other does not admit."""
    if _rank(marking) != _NAMED or _rank(other) != _NAMED:
        return _rank(marking) >= _rank(other)
    return set(parties_of(marking)) <= set(parties_of(other))


def _rank(marking: str) -> int:
    return _RANK.get(marking, _NAMED)


def narrowest(readings: Sequence[Reading], settings: Settings) -> dict[At, str]:
    """Return the narrowest marking of each record by table and reference."""
    found: dict[At, str] = {}
    for reading in readings:
        marking = marking_of(reading, settings)
        for name in (name for name in reading.tables if name in BY_NAME and BY_NAME[name].key):
            for row in reading.tables[name].iter_rows(named=True):
                at = name, reference_of(name, row)
                own = str(row.get("marking") or "").strip() or marking
                if at not in found or is_within(own, found[at]):
                    found[at] = own
    return found
