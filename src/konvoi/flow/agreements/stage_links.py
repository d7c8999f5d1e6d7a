"""The gathered tables with each joint from stage to stage, and joints whose later stage exceeds the
earlier.
"""

from dataclasses import replace

from konvoi.accord.facts import agreed
from konvoi.accord.stage_reconciliation import exceeded
from konvoi.flow.derive import derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.settings import Settings


def with_joints(gathered: Gathered, settings: Settings) -> Gathered:
    """The same with the table `joints`, and a finding on each where more came than stood before it.

    Where nobody handed in undertakings, allocations, contracts or call-offs, nothing is added.
    """
    if not agreed(gathered.tables):
        return gathered
    found = derived(gathered, settings, None, "joints")
    told = exceeded(found["joints"])
    return replace(gathered, tables={**gathered.tables, **found}, findings=(*gathered.findings, *told))
