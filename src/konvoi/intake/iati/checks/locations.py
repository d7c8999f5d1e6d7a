"""A result's location must be one of the activity's own."""

from collections.abc import Iterator

from lxml import etree

from konvoi.intake.iati.check import Fault, Standard
from konvoi.model.finding import Severity

_WORDS = (
    "the ref of a location of this activity",
    "Correct the reference, or add the location to the activity.",
)


def locations(record: etree._Element, standard: Standard) -> Iterator[Fault]:
    """Each location of a baseline, target or actual value must refer to a location of the activity."""
    own = {one.get("ref") for one in record.iterfind("location")}
    for result in record.iterfind("result"):
        for one in result.iter("location"):
            if (ref := one.get("ref")) and ref not in own:
                yield Fault(Severity.WARNING, "iati-location-unknown", _WORDS, one, column="ref", read=ref)
