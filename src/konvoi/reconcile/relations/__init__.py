"""Relations between entries; of these only same_as is transitive."""

from konvoi.reconcile.relation import Relation
from konvoi.reconcile.relations.contracts_for import CONTRACTS_FOR
from konvoi.reconcile.relations.part_of import PART_OF
from konvoi.reconcile.relations.passes_through import PASSES_THROUGH
from konvoi.reconcile.relations.reimburses import REIMBURSES
from konvoi.reconcile.relations.restates import RESTATES
from konvoi.reconcile.relations.same_as import SAME_AS
from konvoi.reconcile.relations.serves import SERVES

RELATIONS: tuple[Relation, ...] = (
    SAME_AS,
    RESTATES,
    PART_OF,
    PASSES_THROUGH,
    REIMBURSES,
    CONTRACTS_FOR,
    SERVES,
)
