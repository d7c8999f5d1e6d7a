"""Consultation held: at least so many meetings with the people concerned have taken place."""

from decimal import Decimal

from konvoi.fund.principle import AT_LEAST, CONSULTATIONS, UNREADABLE, Answer, Asked, Principle, behind
from konvoi.kit.days import iso
from konvoi.model.oc4ids import MEETING
from konvoi.model.tables.projects import UNKNOWN


def measure(asked: Asked) -> Answer | None:
    """Return the meetings up to the day; later ones do not count."""
    told = asked.at(f"{MEETING}/date")
    if not told:
        return None
    days = [iso(str(one["value"])[:10]) for one in told]
    if None in days:
        wrong = told[days.index(None)]
        return Answer(UNKNOWN, UNREADABLE, str(wrong["value"]), behind([wrong]))
    held = sum(one is not None and one.last <= asked.day for one in days)
    return Answer(MEMBER.held(Decimal(held), asked.threshold), CONSULTATIONS, str(held), behind(told))


MEMBER = Principle("consultation held", f"{MEETING}/date", AT_LEAST, measure=measure)
