"""The goals of a plan, in order: a later one decides between plans that are equal by the earlier ones."""

from konvoi.plan.goal import Goal
from konvoi.plan.goals import closeness, cost, coverage, earliness, lateness, partners, regions

MEMBERS: tuple[Goal, ...] = (
    coverage.MEMBER,
    lateness.MEMBER,
    earliness.MEMBER,
    cost.MEMBER,
    regions.MEMBER,
    partners.MEMBER,
    closeness.MEMBER,
)
