"""Records that a submission would show to more readers than before: two persons decide on that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from konvoi.flow.cut import marking_of
from konvoi.flow.settings import Settings
from konvoi.flow.stated_markings import At, is_within, statements, with_stated_markings
from konvoi.flow.submissions.changes import reference_of
from konvoi.intake.join import headed
from konvoi.model.document import Reading
from konvoi.model.stages import COUNT_MODES, DEFAULT_COUNT_MODE
from konvoi.model.tables import BY_NAME


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
    held = headed(before)
    whole = [*held, *(one for one in headed(stated) if one.document not in {old.document for old in held})]
    old = narrowest(with_stated_markings(held, settings), settings)
    new = narrowest(with_stated_markings(headed(stated), settings, stated=whole), settings)
    # Records whose markings are stated anew, in the documents that hold them already.
    told = {at for own in statements(stated).values() for at in own}
    after = [one for one in whole if one.document in {old.document for old in held}]
    again = narrowest(with_stated_markings(after, settings, stated=whole), settings)
    new |= {at: again[at] for at in told & again.keys()}
    return tuple(sorted({*_wider(old, new), *_counted_wider(held, whole, settings, told)}))


def _counted_wider(
    held: Sequence[Reading], whole: Sequence[Reading], settings: Settings, told: "set[At]"
) -> Iterator[Widened]:
    """Yield the records whose count mode is stated anew so that others learn more of them."""
    old = _count_modes(with_stated_markings(held, settings))
    new = _count_modes(with_stated_markings(held, settings, stated=whole))
    for at in sorted(told & old.keys() & new.keys()):
        if COUNT_MODES.index(new[at]) < COUNT_MODES.index(old[at]):
            yield Widened(*at, old[at], new[at])


def _count_modes(readings: Sequence[Reading]) -> dict[At, str]:
    """Return the count mode of each record, of several the one by which others learn most."""
    found: dict[At, str] = {}
    for reading in readings:
        for name in (
            one for one in reading.tables if one in BY_NAME and "count_mode" in BY_NAME[one].schema()
        ):
            for row in reading.tables[name].iter_rows(named=True):
                at, mode = (name, reference_of(name, row)), str(row["count_mode"] or DEFAULT_COUNT_MODE)
                if at not in found or COUNT_MODES.index(mode) < COUNT_MODES.index(found[at]):
                    found[at] = mode
    return found


def _wider(old: Mapping[At, str], new: Mapping[At, str]) -> Iterator[Widened]:
    for at in old.keys() & new.keys():
        if not is_within(new[at], old[at]):
            yield Widened(*at, old[at], new[at])


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
