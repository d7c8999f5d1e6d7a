"""Reimbursement of a giver by a payer: stated by documents or decided in review."""

from konvoi.reconcile.relation import Relation

REIMBURSES = Relation(name="reimburses", directed=True)
