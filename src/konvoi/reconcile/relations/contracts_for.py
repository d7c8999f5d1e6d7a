"""A contract fulfils a line and links its stages: documents say it, or a person."""

from konvoi.reconcile.relation import Relation

CONTRACTS_FOR = Relation(name="contracts_for", directed=True)
