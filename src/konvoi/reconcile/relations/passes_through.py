"""Money passed on: the outflow of one arrives as the reported receipt of another, less fees."""

from konvoi.reconcile.onward_grants import activities, onward
from konvoi.reconcile.paid_in import paid_in
from konvoi.reconcile.received import received
from konvoi.reconcile.relation import Relation

PASSES_THROUGH = Relation(
    name="passes_through", directed=True, propose=(activities, onward, received, paid_in)
)
