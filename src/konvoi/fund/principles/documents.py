"""Documents published: at least so many kinds of documents, each with the address where it can be read."""

from decimal import Decimal

from konvoi.fund.principle import AT_LEAST, KINDS, Answer, Asked, Principle, behind
from konvoi.model.oc4ids import DOCUMENTS


def measure(asked: Asked) -> Answer | None:
    """The kinds of documents of the project and of its contracting processes, each kind once."""
    told = [one for place in DOCUMENTS for one in asked.at(f"{place}/documentType")]
    read = {_place(one) for place in DOCUMENTS for one in asked.at(f"{place}/url")}
    if not told:
        return None
    kinds = {str(one["value"]) for one in told if _place(one) in read}
    verdict = MEMBER.held(Decimal(len(kinds)), asked.threshold)
    return Answer(verdict, KINDS, str(len(kinds)), behind(told))


def _place(fact: object) -> tuple[object, ...]:
    return (fact["_file"], fact["process"], fact["item"]) if isinstance(fact, dict) else ()


MEMBER = Principle("documents published", "documents/documentType", AT_LEAST, measure=measure)
