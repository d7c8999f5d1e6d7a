"""A result's location is one of the activity's own."""

from tests.intake.iati.records import faults

from konvoi.intake.iati.checks.locations import locations


def test_a_location_that_the_activity_has_is_no_fault() -> None:
    assert faults(locations) == []


def test_a_location_that_the_activity_lacks_is_told_where_it_stands() -> None:
    (found,) = faults(locations, ('value="0"><location ref="L1"/>', 'value="0"><location ref="L9"/>'))
    assert (found.code, found.read, found.column) == ("iati-location-unknown", "L9", "ref")
