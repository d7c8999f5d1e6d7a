"""Maintenance stated: for how long the building is to be kept up, at least so many days."""

from decimal import Decimal

from konvoi.fund.principle import AT_LEAST, DAYS, UNREADABLE, Answer, Asked, Principle, behind, number, plain
from konvoi.fund.steps import Row
from konvoi.kit.days import iso
from konvoi.model.oc4ids import MAINTENANCE
from konvoi.model.tables.projects import UNKNOWN


def measure(asked: Asked) -> Answer | None:
    """The days of the period, by its two ends, else as it is stated; of several files the longest."""
    ends = asked.at(f"{MAINTENANCE}/endDate")
    starts = asked.at(f"{MAINTENANCE}/startDate")
    stated = asked.at(f"{MAINTENANCE}/durationInDays")
    told = [*starts, *ends, *stated]
    if not told:
        return None
    found = [*(_span(one, starts) for one in ends), *(number(one) for one in stated)]
    days = [one for one in found if one is not None]
    if not days:
        return Answer(UNKNOWN, UNREADABLE, str(told[0]["value"]), behind(told))
    return Answer(MEMBER.held(max(days), asked.threshold), DAYS, plain(max(days)), behind(told))


def _span(end: Row, starts: list[Row]) -> Decimal | None:
    """The days from the beginning in the same file to an end, both of them counted."""
    begun = next((one for one in starts if one["_file"] == end["_file"]), None)
    first, last = (iso(str(one["value"])[:10]) if one else None for one in (begun, end))
    return Decimal((last.last - first.first).days + 1) if first and last else None


MEMBER = Principle("maintenance stated", MAINTENANCE, AT_LEAST, "d", measure)
