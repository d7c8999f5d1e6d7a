"""Contracts against what stands before and after them, and as they leave for others to read."""

from dataclasses import dataclass

import polars as pl

from konvoi.accord.stage_reconciliation import ABOVE, JOINTS, MET, OPEN, UNKNOWN, amount
from konvoi.flow.cases import bare
from konvoi.flow.gathered import Gathered
from konvoi.flow.today import today
from konvoi.flow.workspace import Workspace
from konvoi.report.exports.ocds import Publication, release_package

UNREGISTERED = "konvoi"
"""Stands before the ids of processes where the workspace names no registered prefix."""


@dataclass(frozen=True)
class Joined:
    """JOINTS of what was gathered."""

    rows: pl.DataFrame
    gathered: Gathered

    def counts(self) -> dict[str, int]:
        """Return the number of joints in each state."""
        return {
            state: self.rows.filter(pl.col("state") == state).height for state in (MET, OPEN, ABOVE, UNKNOWN)
        }

    def as_dict(self) -> dict[str, object]:
        """The joints as plain JSON values: had and came as text with unit or currency, else null."""
        rows = [
            {
                **{name: row[name] for name in ("level", "record", "route", "party", "from", "to", "state")},
                "had": amount(row, "had") or None,
                "came": amount(row, "came") or None,
                **{name: row[name] for name in ("file", "sheet", "row")},
            }
            for row in self.rows.iter_rows(named=True)
        ]
        return {"counts": self.counts(), "joints": rows}


def joined_of(gathered: Gathered) -> Joined:
    """The joints of what was gathered; none where nothing was agreed or signed."""
    return Joined(gathered.tables.get("joints", pl.DataFrame(schema=JOINTS)), gathered)


def published(gathered: Gathered, work: Workspace) -> bytes:
    """The contracts and call-offs of a view, as a package of OCDS releases."""
    settings = work.settings
    made = Publication(
        publisher=settings.name,
        prefix=settings.ocid or UNREGISTERED,
        day=today(gathered, work),
        exercise=settings.exercise or gathered.exercise,
    )
    return release_package(bare(gathered, work), made)
