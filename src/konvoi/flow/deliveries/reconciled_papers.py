"""Documents of despatch and receipt of what was gathered, compared."""

from konvoi.flow.deliveries.consignments import consignments
from konvoi.flow.derive import frames_of
from konvoi.flow.gathered import Gathered
from konvoi.ledger.reconciled import Reconciled


def reconciled_papers(gathered: Gathered) -> Reconciled:
    """Return the reconciled state of each consignment, with a finding on each difference."""
    return consignments(frames_of(gathered, "consignments"))
