"""More than one tenderer: in each contracting process at least as many as the threshold."""

from konvoi.fund.principle import (
    AT_LEAST,
    FEWEST,
    SOME_NOT_TOLD,
    UNREADABLE,
    Answer,
    Asked,
    Principle,
    behind,
    number,
    plain,
)
from konvoi.model.oc4ids import PROCESS, TENDERERS
from konvoi.model.tables.projects import NOT_MET, UNKNOWN


def measure(asked: Asked) -> Answer | None:
    """Return the fewest tenderers of any process; unknown if one process does not state them."""
    told = asked.at(TENDERERS)
    wrong = [one for one in told if number(one) is None]
    if wrong:
        return Answer(UNKNOWN, UNREADABLE, str(wrong[0]["value"]), behind(wrong))
    counts = {str(one["process"]): found for one in told if (found := number(one)) is not None}
    if not counts:
        return None
    fewest = min(counts.values())
    verdict = MEMBER.held(fewest, asked.threshold)
    silent = sorted({str(one["process"]) for one in asked.facts if _of_process(one)} - counts.keys())
    if silent and verdict != NOT_MET:
        return Answer(UNKNOWN, SOME_NOT_TOLD, silent[0], behind(told))
    return Answer(verdict, FEWEST, plain(fewest), behind(told))


def _of_process(fact: object) -> bool:
    return isinstance(fact, dict) and str(fact["path"]).startswith(PROCESS)


MEMBER = Principle("more than one tenderer", TENDERERS, AT_LEAST, measure=measure)
