"""Why needs stay unmet: one cause for each, as a code with its parameters."""

import polars as pl

from konvoi.plan.limits import Limits
from konvoi.plan.net import Net
from konvoi.plan.plan import UNMET
from konvoi.plan.room import Taken


def unmet(net: Net, limits: Limits, taken: Taken) -> pl.DataFrame:
    """One line for each need and cause."""
    return pl.DataFrame(schema=UNMET)
