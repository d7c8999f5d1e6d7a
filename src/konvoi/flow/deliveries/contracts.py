"""Contracts against what stands before and after them, and as they leave for others to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import polars as pl

from konvoi.accord.stage_reconciliation import ABOVE, JOINTS, MET, OPEN, UNKNOWN, measured
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
        """Return the number of transitions in each state."""
        return {
            state: self.rows.filter(pl.col("state") == state).height for state in (MET, OPEN, ABOVE, UNKNOWN)
        }

    def as_dict(self) -> dict[str, object]:
        """Return the transitions as JSON values: both figures as numbers, each with its unit or currency."""
        rows = [
            {
                **{name: row[name] for name in ("level", "record", "route", "party", "from", "to", "state")},
                **_side(row, "had", "from"),
                **_side(row, "came", "to"),
                **{name: row[name] for name in ("file", "sheet", "row")},
            }
            for row in self.rows.iter_rows(named=True)
        ]
        return {"counts": self.counts(), "transitions": rows}


def _side(row: Mapping[str, object], side: str, name: str) -> dict[str, Decimal | str | None]:
    """Return a side of a transition as two fields: the figure and its unit or currency; null if unknown."""
    value, of = measured(row, side)
    return {f"{name}_value": value, f"{name}_unit": of or None}


def joined_of(gathered: Gathered) -> Joined:
    """The transitions of what was gathered; none where nothing was agreed or signed."""
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
