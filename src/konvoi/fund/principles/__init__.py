"""Principles that may be required of a project, as `principles.principle` names them."""

from konvoi.fund.principles import (
    accessible,
    consultation,
    damage,
    demined,
    documents,
    energy,
    land,
    local_owner,
    maintenance,
    running_cost,
    tenderers,
)

MEMBERS = (
    tenderers.MEMBER,
    documents.MEMBER,
    consultation.MEMBER,
    maintenance.MEMBER,
    land.MEMBER,
    local_owner.MEMBER,
    damage.MEMBER,
    demined.MEMBER,
    energy.MEMBER,
    accessible.MEMBER,
    running_cost.MEMBER,
)
BY_NAME = {principle.name: principle for principle in MEMBERS}
