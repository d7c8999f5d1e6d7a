"""A child is part of a whole that counts once: documents say it, or a person."""

from konvoi.reconcile.relation import Relation

PART_OF = Relation(name="part_of", directed=True)
