"""A payer gives back to the giver what was given: documents say it, or a person."""

from konvoi.reconcile.relation import Relation

REIMBURSES = Relation(name="reimburses", directed=True)
