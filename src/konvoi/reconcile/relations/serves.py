"""Service of a need by a line, with a share: stated by documents or decided in review."""

from konvoi.reconcile.relation import Relation

SERVES = Relation(name="serves", directed=True)
