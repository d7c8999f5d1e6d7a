"""Lines of a workspace that are likely to come late, by its plan, where it has one, or by its own history."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from konvoi.flow.forecast.chapters import seen_ahead
from konvoi.flow.gathered import Gathered
from konvoi.flow.kept_views import loaded
from konvoi.flow.workspace import Workspace
from konvoi.forecast.leadtimes.model import FEWEST
from konvoi.forecast.waiting import Waiting
from konvoi.kit.progress import Stop, never
from konvoi.report.forecast.lateness import Late, late


@dataclass(frozen=True)
class Lateness:
    """The lines that are likely to be late on a day, the dearest first; planned: whether a plan was used."""

    day: date
    within: int
    rows: tuple[Late, ...]
    planned: bool
    gathered: Gathered

    def as_dict(self) -> dict[str, object]:
        """The rows as plain JSON values."""
        return {
            "day": self.day.isoformat(),
            "within": self.within,
            "planned": self.planned,
            "late": [_plain(one) for one in self.rows],
        }


def of_workspace(
    work: Workspace,
    within: int,
    plan: Path | None = None,
    *,
    stop: Stop = never,
) -> Lateness:
    """The late lines of a workspace or of files, on the day of its view.

    plan: the folder of a plan of its problem.
    """
    gathered = loaded(work, stop=stop)
    case = seen_ahead(work, gathered, plan, stop=stop)
    return Lateness(case.day, within, late(case, within), plan is not None, gathered)


def _plain(one: Late) -> dict[str, object]:
    days = {name: getattr(one, name) for name in ("first", "promised", "low", "middle", "high")}
    return {
        **{name: getattr(one, name) for name in ("party", "line", "good", "stage", "next")},
        **days,
        "days": one.days,
        "chance": None if one.chance is None else round(one.chance, 4),
        "basis": one.basis,
        **_learnt(one.learnt),
        "open": one.open,
        "unit": one.unit,
        "cost": one.cost,
        "share": None if one.share is None else round(one.share, 6),
        "mover": one.mover,
        "moves": one.moves,
        "entries": list(one.entries),
    }


def _learnt(wait: Waiting | None) -> dict[str, object]:
    """Return the basis of a forecast: measure, data, day, group, number of ended cases, and the least number
    required.
    """
    basis = None if wait is None else wait.basis
    return {
        "measure": None if wait is None else wait.measure or None,
        "cases": None if wait is None else wait.cases,
        "fewest": FEWEST,
        "data": None if basis is None else basis.data,
        "digest": None if basis is None else basis.digest,
        "until": None if basis is None else basis.until,
        "group": None if basis is None else basis.group,
    }
