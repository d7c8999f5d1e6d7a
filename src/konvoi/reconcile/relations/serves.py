"""A line serves a need, with a share: documents say it, or a person."""

from konvoi.reconcile.relation import Relation

SERVES = Relation(name="serves", directed=True)
