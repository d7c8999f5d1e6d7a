"""Parts of a whole that counts once: stated by documents or decided in review; others are proposed."""

import polars as pl

from konvoi.reconcile.joint_packages import joint
from konvoi.reconcile.joint_shares import joint_shares
from konvoi.reconcile.multi_year_flows import parked
from konvoi.reconcile.parts_of_whole import included, instalments
from konvoi.reconcile.relation import Evidence, Found, Relation


def _joint(evidence: Evidence) -> Found:
    """Parts of joint packages by participants, goods and sums; of other wholes by wording or sums alone."""
    made = joint(evidence)
    more = joint_shares(evidence, made.relations["right"].unique())
    return Found(pl.concat([made.relations, more.relations]).sort("left", "right"), made.overflow)


PART_OF = Relation(name="part_of", directed=True, propose=(parked, _joint, instalments, included))
