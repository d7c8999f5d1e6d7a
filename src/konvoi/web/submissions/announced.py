"""Digests of what an upload was announced to do: equal ones do the same, whatever others changed since."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from konvoi.flow.ledger.preview import Effect
from konvoi.flow.submissions.import_submission import Submission, Taken
from konvoi.kit.digest import key
from konvoi.model.finding import Finding
from konvoi.web.submissions.preview import stated

_PLACED = ("submission", "entry", "corrects", "known_on", "_file")
"""Columns that depend on the name and the day under which a file is kept."""


def announced(found: Submission) -> str:
    """Return a digest of what files do: records as read, changes, findings, and what readers learn.

    Totals count by their differences, so that a change of other records of the party leaves the digest as it
    is. Names under which files would be kept are left out. A new contact has another commitment each time it
    is read, so it counts by its place among them.
    """
    intake = found.intake
    names = {one.name: str(at) for at, one in enumerate(intake.files)}
    places = {one.id: f"contact {at}" for at, one in enumerate(found.result.contacts)}
    told = (
        [list(_file(one, names, found.original(one.reading.digest), places)) for one in intake.files],
        [_finding(one, names) for one in intake.elsewhere],
        [_difference(one) for one in intake.effects if one.differs],
        [one.as_dict() for one in intake.exposures],
        [one.as_dict() for one in intake.audiences],
        [one.as_dict() for one in found.widened],
    )
    return key(_placed(told, places) if places else told)


def _placed(told: object, places: Mapping[str, str]) -> object:
    """Return values with the places of new contacts in their texts."""
    match told:
        case str():
            for one, place in places.items():
                told = told.replace(one, place)
            return told
        case dict():
            return {name: _placed(value, places) for name, value in told.items()}
        case list() | tuple():
            return [_placed(one, places) for one in told]
    return told


def _file(one: Taken, names: Mapping[str, str], original: str, places: Mapping[str, str]) -> Iterator[object]:
    """Yield the outcome of a file, its changes, findings and answers, and its rows as they were read."""
    reading = one.reading
    yield one.outcome, dict(one.answers or {}), original
    yield [change.as_dict() for change in one.changes]
    yield [_finding(finding, names) for finding in reading.findings]
    for name, rows in sorted({**reading.tables, "": reading.entries}.items()):
        kept = rows.select(column for column in rows.columns if column not in _PLACED).rows()
        yield name, key(_placed(kept, places) if places else kept)


def _finding(finding: Finding, names: Mapping[str, str]) -> dict[str, object]:
    values = stated(finding)
    return values | {"file": names.get(finding.place.file, finding.place.file)}


def _difference(effect: Effect) -> tuple[object, ...]:
    """Return what a total changes by; figures before and after change with every other submission."""
    known = effect.before is not None, effect.after is not None
    whole = (effect.after or Decimal(0)) - (effect.before or Decimal(0))
    place = effect.what, effect.stage, effect.good, effect.unit
    figures = (whole, effect.statements, effect.matching, *effect.spread)
    return *place, *known, *(None if one is None else one.normalize() for one in figures), effect.why
