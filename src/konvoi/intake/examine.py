"""All checks over whole submissions."""

from collections.abc import Iterable

from konvoi.intake.check import whole
from konvoi.intake.checks import CHECKS
from konvoi.model.document import Reading
from konvoi.model.finding import Finding


def examine(readings: Iterable[Reading], parties: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Return the contradictions within and between readings, check by check, each sorted by place.

    parties: ids and groups that are known beside those of the readings.
    """
    everything = whole(readings, parties)
    by_name = {reading.document: reading for reading in everything.readings}
    found = (finding for check in CHECKS for finding in check(everything))
    return tuple(by_name[one.place.file].headed(one) if one.place.file in by_name else one for one in found)
