"""The steps of a workspace as they stand, or as they stood by what was known on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from konvoi.accord.steps import ENDED, standing
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.name_lookup import party as known_party
from konvoi.flow.today import today
from konvoi.flow.workspace import Workspace
from konvoi.kit.progress import Stop, never

_LIVE = ~pl.col("state").is_in(ENDED)
_LATE = pl.col("late").is_not_null()


@dataclass(frozen=True)
class Steps:
    """Steps on a day (accord.steps.STANDING), and what they were read from.

    every: those of all that were asked of; rows: those of them that are shown.
    """

    day: date
    every: pl.DataFrame
    rows: pl.DataFrame
    gathered: Gathered

    def counts(self) -> Mapping[str, int]:
        """Return the number of steps that are open, of open ones that are late or have no day, and of ended
        ones.
        """
        live = self.every.filter(_LIVE)
        return {
            "open": live.height,
            "overdue": live.filter(_LATE).height,
            "undated": live.filter(pl.col("due").is_null()).height,
            "ended": self.every.height - live.height,
        }

    def as_dict(self) -> dict[str, object]:
        """The steps as plain JSON values."""
        return {
            "day": self.day.isoformat(),
            "counts": dict(self.counts()),
            "steps": self.rows.rename({"_file": "file", "_sheet": "sheet", "_row": "row"}).to_dicts(),
        }


def steps(
    work: Workspace,
    *,
    party: str = "",
    overdue: bool = False,
    stop: Stop = never,
) -> Steps:
    """The steps of a workspace, of one party, or those overdue alone."""
    gathered = loaded(work, stop=stop)
    party = known_party("--of", party, gathered, work.settings)
    day = today(gathered, work)
    every = standing(gathered.tables, day=day)
    every = every.filter(pl.col("party") == party) if party else every
    return Steps(day, every, every.filter(_LIVE & _LATE) if overdue else every, gathered)
