"""Unknown units."""

from konvoi.intake.check import Whole, by_place
from konvoi.intake.mentions import mentions
from konvoi.model.finding import Finding, Severity
from konvoi.model.units import is_unit, nearest_unit

_WORDS = (
    "a unit that is known, such as piece or t, or that a good is counted in",
    "Use the unit of the good; until then the quantity is counted separately in the unit entered.",
)


def units_unknown(whole: Whole) -> tuple[Finding, ...]:
    """A quantity is in a unit that is known, or in one that some good is counted in."""
    tables = [one.tables["goods"] for one in whole.readings if "goods" in one.tables]
    own = {unit for rows in tables if "unit" in rows.columns for unit in rows["unit"].drop_nulls()}
    return by_place(
        one.told(Severity.WARNING, "unit-unknown", *_WORDS, nearest_unit(one.name))
        for reading in whole.readings
        for one in mentions(reading, lambda table, column: table != "goods" and column.name == "unit")
        if one.name not in own and not is_unit(one.name)
    )
