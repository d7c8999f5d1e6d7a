"""The goals of a plan, in order: a later one decides between plans that are equal by the earlier ones."""

from konvoi.plan.goal import Goal
from konvoi.plan.goals import cost, coverage, earliness

MEMBERS: tuple[Goal, ...] = (coverage.MEMBER, earliness.MEMBER, cost.MEMBER)
