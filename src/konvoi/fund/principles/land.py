"""Land compensation budgeted: money is set aside for those whose land is taken, at least so much."""

from konvoi.fund.principle import (
    AT_LEAST,
    BUDGETED,
    UNREADABLE,
    Answer,
    Asked,
    Principle,
    behind,
    number,
    plain,
)
from konvoi.model.oc4ids import LAND
from konvoi.model.tables.projects import UNKNOWN


def measure(asked: Asked) -> Answer | None:
    """The sum as it is budgeted, in its own currency; the threshold is meant in the same."""
    told = asked.at(LAND)
    if not told:
        return None
    last = told[-1]
    value = number(last)
    if value is None:
        return Answer(UNKNOWN, UNREADABLE, str(last["value"]), behind([last]))
    words = f"{plain(value)} {last['currency'] or ''}".strip()
    return Answer(MEMBER.held(value, asked.threshold), BUDGETED, words, behind([last]))


MEMBER = Principle("land compensation budgeted", LAND, AT_LEAST, measure=measure)
