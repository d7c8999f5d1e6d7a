"""Constraints of a plan: limits on scarce resources, and barriers in the order of questions."""

from konvoi.plan.constraint import Barrier, Limit
from konvoi.plan.constraints import (
    approvals,
    blocked,
    budgets,
    caps,
    closures,
    earmarks,
    kits,
    lane_capacity,
    need_quantity,
    offer_quantity,
    purchase_most,
    readiness,
    site_capacity,
    standards,
    stock_floors,
)

LIMITS: tuple[Limit, ...] = (
    offer_quantity.MEMBER,
    purchase_most.MEMBER,
    need_quantity.MEMBER,
    lane_capacity.MEMBER,
    site_capacity.MEMBER,
    budgets.MEMBER,
    caps.MEMBER,
    stock_floors.MEMBER,
    kits.MEMBER,
)
BARRIERS: tuple[Barrier, ...] = (
    standards.MEMBER,
    earmarks.MEMBER,
    blocked.MEMBER,
    approvals.MEMBER,
    readiness.MEMBER,
    closures.MEMBER,
)
MEMBERS: tuple[Limit | Barrier, ...] = (*LIMITS, *BARRIERS)
