"""Goods that are in no catalogue."""

from konvoi.intake.check import Whole, by_place
from konvoi.intake.mentions import mentions
from konvoi.model.finding import Finding, Severity

_WORDS = (
    "a good from the table “goods”; no goods submitted",
    "Submit its row with unit and weight; until then it counts as written, and no plan can load it.",
)


def goods_without_row(whole: Whole) -> tuple[Finding, ...]:
    """A good that is named has a row among the goods.

    If a table of goods was submitted, a good that is not in it is reported as an unknown reference.
    """
    tables = [one.tables["goods"] for one in whole.readings if "goods" in one.tables]
    if any(rows.height for rows in tables):
        return ()
    return by_place(
        one.told(Severity.NOTE, "good-without-row", *_WORDS)
        for reading in whole.readings
        for one in mentions(reading, lambda _, column: column.refers == "goods")
    )
