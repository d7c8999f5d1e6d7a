"""Lines of a workspace that are stalled, by its own cases and limits."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from konvoi.flow.derive import derived
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.today import today
from konvoi.flow.workspace import Workspace
from konvoi.kit.money import to_major
from konvoi.kit.progress import Stop, never

EURO = "EUR"


@dataclass(frozen=True)
class Stalled:
    """The stalled lines on a day (konvoi.accord.stalled.STALLED), and what they were read from."""

    day: date
    rows: pl.DataFrame
    gathered: Gathered

    def as_dict(self) -> dict[str, object]:
        """The rows as plain JSON values, the longest first."""
        return {"day": self.day.isoformat(), "stalled": [_plain(row) for row in self.rows.to_dicts()]}


def of_workspace(work: Workspace, *, stop: Stop = never) -> Stalled:
    """The stalled lines of a workspace or of files, on its day."""
    gathered = loaded(work, stop=stop)
    day = today(gathered, work)
    rows = derived(gathered, work.settings, day, "stalled")["stalled"]
    return Stalled(day, rows, gathered)


def euros(row: dict[str, object]) -> Decimal | None:
    """Return the amount at stake in euros; None where it is not known."""
    minor = row["eur_minor"]
    return to_major(minor, EURO) if isinstance(minor, int) else None


def _plain(row: dict[str, object]) -> dict[str, object]:
    plain = {name: value for name, value in row.items() if name not in ("eur_minor", "behind")}
    return plain | {"eur": euros(row), "entries": row["behind"]}
