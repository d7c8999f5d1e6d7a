"""Damage assessed: how much, by which method, and at most so many days ago."""

from datetime import date
from decimal import Decimal

from konvoi.fund.principle import ASSESSED, AT_MOST, TOO_OLD, Answer, Asked, Principle
from konvoi.fund.steps import key
from konvoi.model.tables.projects import MET


def measure(asked: Asked) -> Answer | None:
    """The latest row of `damages` of the project or its building."""
    known = [one for one in asked.damages if isinstance(one["day"], date) and one["day"] <= asked.day]
    if not known:
        return None
    last = known[-1]
    age = (asked.day - date.fromisoformat(str(last["day"]))).days
    verdict = MEMBER.held(Decimal(age), asked.threshold)
    party = str(last["party"]) if last["party"] else None
    words = f"{last['day']}, {last['method']}"
    reason = ASSESSED if verdict == MET else TOO_OLD
    return Answer(verdict, reason, words, (key("damages", last),), party)


MEMBER = Principle("damage assessed", "damages.day", AT_MOST, "d", measure)
