"""A child is part of a whole that counts once: documents say it, or a person; of parked money we ask."""

from konvoi.reconcile.joint import joint
from konvoi.reconcile.joint_shares import joint_shares
from konvoi.reconcile.parked import parked
from konvoi.reconcile.parts_of_whole import included, instalments
from konvoi.reconcile.relation import Relation

PART_OF = Relation(name="part_of", directed=True, propose=(parked, joint, joint_shares, instalments, included))
