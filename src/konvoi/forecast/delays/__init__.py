"""Delays of a movement, in the order of its steps."""

from konvoi.forecast.delay import Delay
from konvoi.forecast.delays import approval, closure, contract, hand_over, passing, production, transit

MEMBERS: tuple[Delay, ...] = (
    contract.MEMBER,
    production.MEMBER,
    approval.MEMBER,
    transit.MEMBER,
    closure.MEMBER,
    passing.MEMBER,
    hand_over.MEMBER,
)
BY_NAME = {member.name: member for member in MEMBERS}
